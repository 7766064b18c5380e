//! What belongs to each dealer, taken out of its records: close together and in order, from when it is first
//! asked for until it changes. Whoever reckons over all dealers meets each of it several times.

use crate::id::{Id, IdMap};
use crate::tables::Dealer;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// What was taken out, and what it was taken from.
type Taken<T, K> = (K, Arc<T>);

/// What belongs to each dealer. `K` tells what it was taken from: mostly the revision of the dealer's records.
pub(crate) struct ByDealer<T: ?Sized, K = u64>(Mutex<IdMap<Id<Dealer>, Taken<T, K>>>);

impl<T: ?Sized, K> Default for ByDealer<T, K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: ?Sized, K> fmt::Debug for ByDealer<T, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ByDealer")
    }
}

impl<T: ?Sized, K: PartialEq> ByDealer<T, K> {
    /// A dealer's: as it was taken out from the very same, or taken out now.
    pub(crate) fn of(&self, dealer: Id<Dealer>, from: K, take: impl FnOnce() -> Arc<T>) -> Arc<T> {
        // What is in it is whole at any moment.
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, taken)) = kept.get(&dealer)
            && *of == from
        {
            return Arc::clone(taken);
        }
        let taken = take();
        kept.insert(dealer, (from, Arc::clone(&taken)));
        taken
    }
}

/// One of each key, in the keys' order. Two records of one key come only from another program's ids; the later
/// one counts.
pub(crate) fn one_of_each<T, K: Ord>(mut taken: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    // The sort is stable.
    taken.reverse();
    taken.sort_by_key(&key);
    taken.dedup_by_key(|it| key(it));
    taken
}
