//! The boundary to a disk: shelves of records under byte keys, written in atomic batches.
//!
//! Every implementation runs the suite in `crate::conformance` (feature `conformance`).

mod memory;

use std::ops::Bound;

use thiserror::Error;

pub use memory::{Fault, MemoryStorage};

/// A set of records under keys that sort bytewise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Shelf {
    /// Rows, packed ([`crate::segment`]).
    Segments = 0,
    /// Commits not yet folded into segments ([`crate::journal`]).
    Journal = 1,
    /// What is still to be sent ([`crate::outbox`]).
    Outbox = 2,
    /// Single facts about the store: clock, cursor, version.
    Meta = 3,
    /// Who changed what ([`crate::activity`]); not read at boot.
    Activity = 4,
    /// Photos, signatures, files; not read at boot.
    Blobs = 5,
    /// What could not be read ([`crate::quarantine`]).
    Quarantine = 6,
}

impl Shelf {
    /// All shelves, in the order of their numbers.
    pub const ALL: [Self; 7] = [
        Self::Segments,
        Self::Journal,
        Self::Outbox,
        Self::Meta,
        Self::Activity,
        Self::Blobs,
        Self::Quarantine,
    ];

    /// The shelf's name in a database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Segments => "segments",
            Self::Journal => "journal",
            Self::Outbox => "outbox",
            Self::Meta => "meta",
            Self::Activity => "activity",
            Self::Blobs => "blobs",
            Self::Quarantine => "quarantine",
        }
    }
}

/// A range of keys, in bytewise order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRange {
    /// Where it begins.
    pub start: Bound<Vec<u8>>,
    /// Where it ends.
    pub end: Bound<Vec<u8>>,
}

impl KeyRange {
    /// Every key.
    #[must_use]
    pub const fn all() -> Self {
        Self {
            start: Bound::Unbounded,
            end: Bound::Unbounded,
        }
    }

    /// One key.
    #[must_use]
    pub fn one(key: impl Into<Vec<u8>>) -> Self {
        let key = key.into();
        Self {
            start: Bound::Included(key.clone()),
            end: Bound::Included(key),
        }
    }

    /// From `start` up to, but without, `end`.
    #[must_use]
    pub fn between(start: impl Into<Vec<u8>>, end: impl Into<Vec<u8>>) -> Self {
        Self {
            start: Bound::Included(start.into()),
            end: Bound::Excluded(end.into()),
        }
    }

    /// Every key that begins with `prefix`.
    #[must_use]
    pub fn prefix(prefix: impl Into<Vec<u8>>) -> Self {
        let start = prefix.into();
        let mut end = start.clone();
        // The first key beyond the prefix: its last byte that can grow, grown by one.
        while end.pop_if(|last| *last == u8::MAX).is_some() {}
        let end = match end.last_mut() {
            Some(last) => {
                *last += 1;
                Bound::Excluded(end)
            }
            None => Bound::Unbounded,
        };
        Self {
            start: Bound::Included(start),
            end,
        }
    }

    /// The part of the range after `key`: for reading on where a limited read ended.
    #[must_use]
    pub fn after(mut self, key: impl Into<Vec<u8>>) -> Self {
        self.start = Bound::Excluded(key.into());
        self
    }

    /// Whether the range holds `key`.
    #[must_use]
    pub fn contains(&self, key: &[u8]) -> bool {
        let begun = match &self.start {
            Bound::Included(start) => start.as_slice() <= key,
            Bound::Excluded(start) => start.as_slice() < key,
            Bound::Unbounded => true,
        };
        let ended = match &self.end {
            Bound::Included(end) => key > end.as_slice(),
            Bound::Excluded(end) => key >= end.as_slice(),
            Bound::Unbounded => false,
        };
        begun && !ended
    }

    /// Whether no key can lie in the range. Databases refuse such ranges, so ask first.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match (&self.start, &self.end) {
            (Bound::Unbounded, Bound::Excluded(end)) => end.is_empty(),
            (Bound::Unbounded, _) | (_, Bound::Unbounded) => false,
            (Bound::Included(start), Bound::Included(end)) => start > end,
            (Bound::Included(start) | Bound::Excluded(start), Bound::Excluded(end))
            | (Bound::Excluded(start), Bound::Included(end)) => start >= end,
        }
    }
}

/// One step of a [`Batch`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// Stores a record, in place of the one that was there.
    Put {
        /// On this shelf
        shelf: Shelf,
        /// under this key.
        key: Vec<u8>,
        /// The record.
        value: Vec<u8>,
    },
    /// Removes a record, if there is one.
    Delete {
        /// On this shelf
        shelf: Shelf,
        /// under this key.
        key: Vec<u8>,
    },
    /// Removes all records in a range.
    DeleteRange {
        /// On this shelf
        shelf: Shelf,
        /// in this range.
        range: KeyRange,
    },
}

impl Write {
    /// The shelf that it writes to.
    #[must_use]
    pub const fn shelf(&self) -> Shelf {
        match self {
            Self::Put { shelf, .. } | Self::Delete { shelf, .. } => *shelf,
            Self::DeleteRange { shelf, .. } => *shelf,
        }
    }
}

/// Writes that take effect in order and all together, or not at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    writes: Vec<Write>,
}

impl Batch {
    /// A batch without writes.
    #[must_use]
    pub const fn new() -> Self {
        Self { writes: Vec::new() }
    }

    /// Stores a record.
    pub fn put(&mut self, shelf: Shelf, key: impl Into<Vec<u8>>, value: impl Into<Vec<u8>>) {
        self.writes.push(Write::Put {
            shelf,
            key: key.into(),
            value: value.into(),
        });
    }

    /// Removes a record.
    pub fn delete(&mut self, shelf: Shelf, key: impl Into<Vec<u8>>) {
        self.writes.push(Write::Delete {
            shelf,
            key: key.into(),
        });
    }

    /// Removes all records in a range.
    pub fn delete_range(&mut self, shelf: Shelf, range: KeyRange) {
        self.writes.push(Write::DeleteRange { shelf, range });
    }

    /// Appends another batch's writes, so that both take effect together.
    pub fn append(&mut self, mut other: Self) {
        self.writes.append(&mut other.writes);
    }

    /// Whether there is nothing to write.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.writes.is_empty()
    }

    /// The writes, in order.
    #[must_use]
    pub fn writes(&self) -> &[Write] {
        &self.writes
    }

    /// The writes, in order, for an implementation to take.
    #[must_use]
    pub fn into_writes(self) -> Vec<Write> {
        self.writes
    }

    /// The shelves that are written to, ascending: what a transaction must open.
    #[must_use]
    pub fn shelves(&self) -> Vec<Shelf> {
        let mut shelves: Vec<_> = self.writes.iter().map(Write::shelf).collect();
        shelves.sort_unstable();
        shelves.dedup();
        shelves
    }
}

/// Why the disk did not do what it was asked to. After an error nothing of a batch is stored.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StorageError {
    /// The disk, or the share of it that this site may use, is full. Keep the batch, tell the
    /// person, offer a backup and what can be freed, then write the batch again.
    #[error("there is no space left for this site's data")]
    QuotaExceeded,
    /// The connection was closed from outside. Open again and write the batch again.
    #[error("the connection to the stored data was closed")]
    Closed,
    /// A newer version of the program has the store: reload the page.
    #[error("a newer version of the program has opened the stored data")]
    NewerVersion,
    /// Storing is not allowed here, as in some private windows. Tell the person that nothing
    /// will be kept, and offer to export.
    #[error("this browser does not allow data to be stored")]
    Denied,
    /// Anything else. Try again; if it stays, show `detail` and offer a backup.
    #[error("storing failed: {detail}")]
    Failed {
        /// What the system said.
        detail: String,
    },
}

/// Records with their keys, ascending by key.
pub type Records = Vec<(Vec<u8>, Vec<u8>)>;

/// A disk. Handles are cheap to share within one thread; all methods take `&self`.
#[expect(
    async_fn_in_trait,
    reason = "all users are single-threaded, so no caller needs the futures to be Send"
)]
pub trait Storage {
    /// The records in a range, ascending, at most `limit` of them. To read on, pass
    /// `range.after(last key)`.
    ///
    /// # Errors
    /// See [`StorageError`].
    async fn read(
        &self,
        shelf: Shelf,
        range: KeyRange,
        limit: Option<usize>,
    ) -> Result<Records, StorageError>;

    /// The keys in a range, ascending, without the records: where those are long.
    ///
    /// # Errors
    /// See [`StorageError`].
    async fn keys(&self, shelf: Shelf, range: KeyRange) -> Result<Vec<Vec<u8>>, StorageError>;

    /// How many records lie in a range.
    ///
    /// # Errors
    /// See [`StorageError`].
    async fn count(&self, shelf: Shelf, range: KeyRange) -> Result<u64, StorageError>;

    /// Writes a batch, all of it or nothing. On `Ok` it is on the disk and survives a crash; an
    /// empty batch is `Ok` at once.
    ///
    /// # Errors
    /// See [`StorageError`].
    async fn write(&self, batch: Batch) -> Result<(), StorageError>;
}
