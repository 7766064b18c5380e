//! What is made of the records around one of them: of a dealer's readings, of an enrolment. It is made when it is
//! first asked for, and kept until what it is made from changes. Whoever reckons over all dealers meets each of it
//! several times.

use crate::id::{Id, IdMap};
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// What was made for each record of a table. `K` tells what it was made from: mostly the revision of the records that
/// refer to it.
pub(crate) struct ByRecord<R, T, K = u64>(Mutex<IdMap<Id<R>, (K, T)>>);

impl<R, T, K> Default for ByRecord<R, T, K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<R, T, K> fmt::Debug for ByRecord<R, T, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ByRecord")
    }
}

impl<R, T: Clone, K: PartialEq> ByRecord<R, T, K> {
    /// A record's: as it was made from the very same, or made now.
    pub(crate) fn of(&self, record: Id<R>, from: K, make: impl FnOnce() -> T) -> T {
        // What is in it is whole at any moment.
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, made)) = kept.get(&record)
            && *of == from
        {
            return made.clone();
        }
        // Another record's may be asked for while this one is made.
        drop(kept);
        let made = make();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(record, (from, made.clone()));
        made
    }
}
