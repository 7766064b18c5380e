//! What waits to be sent: the outbox in memory, record by record, so that what has been sent
//! leaves it and what has been edited meanwhile stays.

use std::collections::{BTreeMap, BTreeSet};

use crate::journal::CommitKey;
use crate::outbox::{Outbox, Unsent};
use crate::row::RowKey;
use crate::storage::{Batch, Shelf};

/// A moment between two commits: what was waiting then, and what came later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark(u64);

#[derive(Debug)]
struct Part {
    mark: Mark,
    record: CommitKey,
    unsent: Unsent,
}

/// The outbox, by row and by record.
#[derive(Debug)]
pub(super) struct Waiting {
    rows: BTreeMap<RowKey, Vec<Part>>,
    records: BTreeMap<CommitKey, BTreeSet<RowKey>>,
    /// Records whose rows have become fewer since they were written.
    touched: BTreeSet<CommitKey>,
    now: Mark,
}

impl Waiting {
    pub(super) const fn new() -> Self {
        Self {
            rows: BTreeMap::new(),
            records: BTreeMap::new(),
            touched: BTreeSet::new(),
            now: Mark(0),
        }
    }

    /// Takes a record of the outbox shelf in; one that is known already is passed over.
    pub(super) fn add(&mut self, record: CommitKey, outbox: Outbox) {
        if self.records.contains_key(&record) {
            return;
        }
        self.now = Mark(self.now.0 + 1);
        for (key, unsent) in outbox.entries {
            self.put(key, record, unsent);
        }
    }

    fn put(&mut self, key: RowKey, record: CommitKey, unsent: Unsent) {
        self.records.entry(record).or_default().insert(key);
        self.rows.entry(key).or_default().push(Part {
            mark: self.now,
            record,
            unsent,
        });
    }

    /// Everything added so far.
    pub(super) const fn mark(&self) -> Mark {
        self.now
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &RowKey> {
        self.rows.keys()
    }

    pub(super) fn contains(&self, key: &RowKey) -> bool {
        self.rows.contains_key(key)
    }

    /// What of a row waits, with the earliest base of each field.
    pub(super) fn unsent(&self, key: &RowKey) -> Option<Unsent> {
        let mut parts = self.rows.get(key)?.iter();
        let mut unsent = parts.next()?.unsent.clone();
        for part in parts {
            unsent.fold(part.unsent.clone());
        }
        Some(unsent)
    }

    /// Forgets what waited of a row until `mark`.
    pub(super) fn settle(&mut self, key: &RowKey, mark: Mark) {
        let Some(parts) = self.rows.remove(key) else {
            return;
        };
        let (left, gone): (Vec<_>, Vec<_>) = parts.into_iter().partition(|part| part.mark > mark);
        for part in gone {
            if let Some(rows) = self.records.get_mut(&part.record) {
                rows.remove(key);
            }
            self.touched.insert(part.record);
        }
        if !left.is_empty() {
            self.rows.insert(*key, left);
        }
    }

    /// Puts `unsent` in place of all that waited of a row, into a record that is not yet stored.
    pub(super) fn replace(&mut self, key: RowKey, unsent: Unsent, record: CommitKey) {
        self.settle(&key, self.now);
        if !unsent.is_nothing() {
            self.put(key, record, unsent);
            self.touched.insert(record);
        }
    }

    /// Writes the records that have changed.
    pub(super) fn flush(&mut self, batch: &mut Batch) {
        for record in std::mem::take(&mut self.touched) {
            let rows = self.records.get(&record);
            let entries: BTreeMap<_, _> = rows
                .into_iter()
                .flatten()
                .filter_map(|key| {
                    let parts = self.rows.get(key)?.iter();
                    let of_record = parts.filter(|part| part.record == record);
                    Some((*key, of_record.map(|part| part.unsent.clone()).next()?))
                })
                .collect();
            if entries.is_empty() {
                self.records.remove(&record);
                batch.delete(Shelf::Outbox, record.to_bytes());
            } else {
                batch.put(
                    Shelf::Outbox,
                    record.to_bytes(),
                    Outbox { entries }.encode(),
                );
            }
        }
    }
}
