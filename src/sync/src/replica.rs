//! The replica: the book in memory, and the batches that keep its copy on disk the same.
//!
//! It does no reading or writing of its own. [`Opening`] takes stored records and becomes a
//! [`Replica`]; every method that changes something changes memory at once and hands out a
//! [`Batch`] for the shell to write. What the shell has to keep:
//!
//! * **Write batches in the order in which they were handed out**, each after the one before is
//!   `Ok`. The disk then always holds exactly some first part of them, whatever happens.
//! * A commit's batch that could not be written is kept and written again: memory is ahead of the
//!   disk until then. A fold's batch may be dropped instead: the journal still has everything.
//! * **One opening at a time folds** a store (a lock elects it among tabs), and it calls
//!   [`catch_up`] when it gets the lock, before its first [`Replica::fold`]. Commits need no lock.

mod book;
mod commit;
mod fold;
mod open;
mod receive;
mod replace;

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::activity::{Activity, Subject};
use crate::format::{self, Damage, Kind};
use crate::hlc::{Clock, DeviceId, Hlc};
use crate::journal::CommitKey;
use crate::row::{Row, RowId, RowKey, TableId};
use crate::storage::{Batch, Shelf};

use book::Book;
pub use commit::{Commit, CommitError, CommitRequest, Edit, Prepared};
pub use open::{OpenError, Opened, Opening, Progress, catch_up, open};
pub use receive::{Absorbed, Received};

/// With more new rows than this, a commit or a page of received rows goes straight into segments
/// of its own rather than through the journal.
pub const BULK_ROWS: usize = 512;

/// Keys of the meta shelf that belong to the replica; the shell may use any others.
pub mod meta_key {
    /// The clock, written with every commit whose journal record does not tell it.
    pub const CLOCK: &[u8] = b"clock";
    /// The version in which the store is written.
    pub const FORMAT: &[u8] = b"format";
}

/// The book in memory, and what it takes to write it down.
#[derive(Debug)]
pub struct Replica {
    book: Book,
    clock: Clock,
    /// Tells the records of this opening of the store from those of other tabs.
    session: u64,
    next_sequence: u64,
    /// Journal records not yet folded, each with the rows that it changed.
    unfolded: BTreeMap<CommitKey, Vec<RowKey>>,
    activities: FxHashMap<(RowKey, Subject), OpenActivity>,
    folds: bool,
}

/// An activity record that further edits of this opening, row and window still go into.
#[derive(Debug)]
struct OpenActivity {
    activity: Activity,
    begun: Hlc,
}

impl Replica {
    fn new(fresh: DeviceId) -> Self {
        Self {
            book: Book::default(),
            clock: Clock::new(fresh),
            session: fresh.0,
            next_sequence: 0,
            unfolded: BTreeMap::new(),
            activities: FxHashMap::default(),
            folds: true,
        }
    }

    /// The device whose edits these are.
    #[must_use]
    pub const fn device(&self) -> DeviceId {
        self.clock.device()
    }

    /// The clock as it stands.
    #[must_use]
    pub const fn clock(&self) -> Clock {
        self.clock
    }

    /// A row, deleted ones included.
    #[must_use]
    pub fn row(&self, key: &RowKey) -> Option<&Row> {
        self.book.row(key)
    }

    /// All rows of a table, deleted ones included, in no particular order.
    pub fn rows(&self, table: TableId) -> impl ExactSizeIterator<Item = (RowId, &Row)> {
        self.book.rows(table)
    }

    /// The tables that have rows, ascending, those included that only a newer version knows.
    pub fn tables(&self) -> impl Iterator<Item = TableId> {
        self.book.tables()
    }

    /// How many rows there are, deleted ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.book.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many commits wait in the journal to be folded into segments.
    #[must_use]
    pub fn unfolded(&self) -> usize {
        self.unfolded.len()
    }

    /// Leaves the journal as it is for as long as this replica lives. For a store whose damaged
    /// records could not be set aside: folding would write over them.
    pub fn never_fold(&mut self) {
        self.folds = false;
    }

    /// The clock's time makes sequences ascend from one opening to the next, even when the
    /// journal has been folded away in between.
    pub(crate) fn next_commit_key(&mut self) -> CommitKey {
        let sequence = self.next_sequence.max(self.clock.last().time());
        self.next_sequence = sequence.saturating_add(1);
        CommitKey {
            sequence,
            session: self.session,
        }
    }

    /// Joins written or received rows into the book and puts them into `batch`, with the clock unless
    /// the journal tells it; new ones go into segments of their own if there are many (`bulk`).
    fn keep(&mut self, commit: CommitKey, rows: Vec<(RowKey, Row)>, bulk: bool, batch: &mut Batch) {
        let mut journaled = Vec::new();
        let mut fresh: BTreeMap<TableId, Vec<RowId>> = BTreeMap::new();
        for (key, row) in rows {
            if bulk && self.book.row(&key).is_none() {
                self.book.join(key, row);
                fresh.entry(key.table).or_default().push(key.id);
            } else {
                self.book.join(key, row.clone());
                journaled.push((key, row));
            }
        }
        for (table, ids) in fresh {
            for segment in self.book.place_apart(table, &ids, self.session) {
                self.put_segment(table, segment, batch);
            }
        }
        let told = journaled
            .iter()
            .any(|(_, row)| self.tells_clock(commit, row) == Some(self.clock.last().time()));
        if !journaled.is_empty() {
            batch.put(
                Shelf::Journal,
                commit.to_bytes(),
                crate::journal::encode(&journaled),
            );
            let keys = journaled.into_iter().map(|(key, _)| key).collect();
            self.unfolded.insert(commit, keys);
        }
        if !told {
            self.put_clock(batch);
        }
    }

    /// The time of the clock when this device made a commit, where a journaled row of it has the
    /// commit's own stamp. A commit's key has that time too, but later than the clock after stamps
    /// were put back; and a register that replaced one from the future has a stamp beyond the clock.
    /// Either alone tells nothing, so both have to agree.
    fn tells_clock(&self, commit: CommitKey, row: &Row) -> Option<u64> {
        let device = self.device();
        row.iter()
            .map(|register| register.hlc)
            .any(|stamp| stamp.device() == device && stamp.time() == commit.sequence)
            .then_some(commit.sequence)
    }

    fn put_clock(&self, batch: &mut Batch) {
        batch.put(Shelf::Meta, meta_key::CLOCK, encode_clock(self.clock));
    }

    fn put_segment(&mut self, table: TableId, segment: u32, batch: &mut Batch) {
        if let Some((key, bytes)) = self.book.pack(table, segment) {
            batch.put(Shelf::Segments, key.to_bytes(), bytes);
        }
    }
}

const CLOCK_KIND: Kind = *b"TXCK";

fn encode_clock(clock: Clock) -> Vec<u8> {
    format::seal(CLOCK_KIND, &clock.last().to_bytes())
}

fn decode_clock(bytes: &[u8]) -> Result<Clock, Damage> {
    let (version, mut reader) = format::unseal(CLOCK_KIND, bytes)?;
    let last = Hlc::from_bytes(reader.array().ok_or(Damage::Malformed)?);
    format::check_end(version, &reader)?;
    Ok(Clock::resume(last))
}
