//! What belongs to each dealer, taken out of its records: close together and in order, from when it is first
//! asked for until it changes. Whoever reckons over all dealers meets each of it several times.

use crate::id::{Id, IdMap};
use crate::tables::Dealer;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// What was taken out, and the revision of the dealer's records from which that is.
type Taken<T> = (u64, Arc<[T]>);

/// What belongs to each dealer.
pub(crate) struct ByDealer<T>(Mutex<IdMap<Id<Dealer>, Taken<T>>>);

impl<T> Default for ByDealer<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> fmt::Debug for ByDealer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ByDealer")
    }
}

impl<T> ByDealer<T> {
    /// A dealer's: as it was taken out at this revision of its records, or taken out now.
    pub(crate) fn of(
        &self,
        dealer: Id<Dealer>,
        revision: u64,
        take: impl FnOnce() -> Vec<T>,
    ) -> Arc<[T]> {
        // What is in it is whole at any moment.
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, taken)) = kept.get(&dealer)
            && *of == revision
        {
            return Arc::clone(taken);
        }
        let taken: Arc<[T]> = take().into();
        kept.insert(dealer, (revision, Arc::clone(&taken)));
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
