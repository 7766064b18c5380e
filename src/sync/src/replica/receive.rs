//! Rows from elsewhere: from the endpoint, from a backup, from another tab of this device.

use super::open::{read_commit, read_segment};
use super::{BULK_ROWS, Replica};
use crate::hlc::Observed;
use crate::journal::CommitKey;
use crate::outbox::{Outbox, Unsent};
use crate::quarantine::{self, Quarantined};
use crate::row::{Row, RowKey};
use crate::storage::{Batch, Records, Shelf};

/// What came of received rows. Memory has them already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// To be written, together with whatever says that these rows have been received.
    pub batch: Batch,
    /// The rows that changed, in the order in which they came.
    pub changed: Vec<RowKey>,
    /// Rows with a stamp more than a minute ahead: some device's time is wrong.
    pub far_future: Vec<RowKey>,
}

/// What came of records that another tab stored. Memory has their rows already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Absorbed {
    /// The rows that changed.
    pub changed: Vec<RowKey>,
    /// What could not be read.
    pub quarantined: Vec<Quarantined>,
    /// Copies of that for the quarantine shelf, to be written before the next fold; mostly empty.
    pub batch: Batch,
}

impl Absorbed {
    fn set_aside(&mut self, shelf: Shelf, record: &[u8], damaged: Vec<Quarantined>) {
        self.batch.append(quarantine::keep(shelf, record, &damaged));
        self.quarantined.extend(damaged);
    }

    pub(super) fn append(&mut self, mut other: Self) {
        self.changed.append(&mut other.changed);
        self.quarantined.append(&mut other.quarantined);
        self.batch.append(other.batch);
    }
}

impl Replica {
    /// Joins rows from elsewhere. `corrected_now_ms` is wall time plus the endpoint's offset, in
    /// Unix milliseconds. Nothing goes into the outbox or the activity.
    pub fn receive(&mut self, rows: Vec<(RowKey, Row)>, corrected_now_ms: u64) -> Received {
        let mut received = Received::default();
        let mut news = Vec::new();
        for (key, row) in rows {
            let Some(latest) = row.latest() else { continue };
            if self.clock.observe(latest, corrected_now_ms) == Observed::FarFuture {
                received.far_future.push(key);
            }
            let new = match self.book.row(&key) {
                Some(ours) => !ours.changed_by(&row).is_empty(),
                None => true,
            };
            if new {
                received.changed.push(key);
                news.push((key, row));
            }
        }
        if !news.is_empty() {
            let key = self.next_commit_key();
            let created = |(key, _): &&(RowKey, Row)| self.book.row(key).is_none();
            let bulk = news.iter().filter(created).count() > BULK_ROWS;
            self.keep(key, news, bulk, &mut received.batch);
        }
        received
    }

    /// Joins rows of a backup that are not there. They keep their stamps, go into segments of their
    /// own, and wait to be sent.
    pub fn adopt(&mut self, mut rows: Vec<(RowKey, Row)>, corrected_now_ms: u64) -> Received {
        rows.retain(|(key, _)| self.book.row(key).is_none());
        let mut received = Received::default();
        let mut outbox = Outbox::default();
        for (key, row) in &rows {
            if let Some(latest) = row.latest()
                && self.clock.observe(latest, corrected_now_ms) == Observed::FarFuture
            {
                received.far_future.push(*key);
            }
            received.changed.push(*key);
            outbox.entries.insert(*key, Unsent::Whole);
        }
        if !rows.is_empty() {
            let key = self.next_commit_key();
            let unsent = outbox.encode();
            received.batch.put(Shelf::Outbox, key.to_bytes(), unsent);
            self.keep(key, rows, true, &mut received.batch);
        }
        received
    }

    /// Joins journal records that another tab wrote, as read from their shelf.
    pub fn absorb_journal(&mut self, records: Records) -> Absorbed {
        let mut absorbed = Absorbed::default();
        for (key, bytes) in records {
            match read_commit(&key, &bytes) {
                Ok((commit, record)) => {
                    absorbed
                        .changed
                        .extend(self.take_commit(commit, record.entries));
                    absorbed.set_aside(Shelf::Journal, &key, record.quarantined);
                }
                Err(reason) => {
                    let damaged = vec![Quarantined {
                        key: None,
                        bytes,
                        reason,
                    }];
                    absorbed.set_aside(Shelf::Journal, &key, damaged);
                }
            }
        }
        absorbed
    }

    /// Joins segments that another tab wrote, as read from their shelf.
    pub fn absorb_segments(&mut self, records: Records) -> Absorbed {
        let mut absorbed = Absorbed::default();
        for (key, bytes) in records {
            match read_segment(&key, &bytes) {
                Ok((place, segment)) => {
                    let changed = &mut absorbed.changed;
                    self.book
                        .take_segment(place, segment.rows, |row| changed.push(row));
                    absorbed.set_aside(Shelf::Segments, &key, segment.quarantined);
                }
                Err(reason) => {
                    let damaged = vec![Quarantined {
                        key: None,
                        bytes,
                        reason,
                    }];
                    absorbed.set_aside(Shelf::Segments, &key, damaged);
                }
            }
        }
        absorbed
    }

    /// Takes a journal record in, to be folded later, and says which rows it changed.
    pub(super) fn take_commit(
        &mut self,
        commit: CommitKey,
        entries: Vec<(RowKey, Row)>,
    ) -> Vec<RowKey> {
        self.next_sequence = self.next_sequence.max(commit.sequence.saturating_add(1));
        if let Some(time) = entries
            .iter()
            .find_map(|(_, row)| self.tells_clock(commit, row))
        {
            self.clock.stand_at_least_at(time);
        }
        self.unfolded
            .insert(commit, entries.iter().map(|(key, _)| *key).collect());
        let joined = entries.into_iter().filter_map(|(key, row)| {
            let changed = self.book.join(key, row);
            changed.then_some(key)
        });
        joined.collect()
    }
}
