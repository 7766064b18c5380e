//! Activity on its way to the others, beside the rows in memory.
//!
//! What was changed long ago is seldom read, so records of activity stay on their shelf, and the
//! member keeps no more than the keys of those that the endpoint is not known to have. The shell
//! reads a few when they are due and hands them over to be pushed. A record is due once its window
//! is over, and is closed then: it never changes from then on, whatever becomes of the device's time,
//! so each is pushed once and merged never. What others have pushed goes to the shelf at once.

use std::collections::BTreeMap;

use super::history::Seen;
use super::take::Taken;
use super::{Member, Step};
use crate::activity::{rows, window_of};
use crate::replica::Replica;
use crate::row::{Row, RowKey};
use crate::storage::{Records, Shelf};

/// Records that the endpoint is not known to have.
#[derive(Debug, Default)]
pub(super) struct Activities {
    /// Their keys on the shelf.
    lacking: BTreeMap<RowKey, Vec<u8>>,
    /// Those of them that were read.
    pub(super) read: BTreeMap<RowKey, Row>,
}

impl Activities {
    /// A record was written here.
    pub(super) fn written(&mut self, key: &[u8]) {
        self.lacking.insert(rows::row_key(key), key.to_vec());
    }

    /// The endpoint has it.
    pub(super) fn settle(&mut self, row: &RowKey) {
        self.lacking.remove(row);
        self.read.remove(row);
    }
}

impl Member {
    /// Takes note of the records of activity that are on their shelf, by their keys: after opening, and
    /// after each new epoch.
    pub fn activities_on_shelf(&mut self, keys: Vec<Vec<u8>>) {
        for key in keys {
            let row = rows::row_key(&key);
            if !self.history.seen(self.sealer.blind(row)).complete() {
                self.activities.lacking.insert(row, key);
            }
        }
    }

    /// The keys of at most so many records that are due to be pushed, and are added to no more: the shell
    /// reads them once all batches of the replica are written, and hands them to
    /// [`Member::activities_read`] before it asks for the next request.
    #[must_use]
    pub fn activities_due(&self, replica: &mut Replica, now_ms: u64, most: usize) -> Vec<Vec<u8>> {
        if self.read_only || !self.caught_up || !self.activities.read.is_empty() {
            return Vec::new();
        }
        let present = window_of(now_ms.saturating_add_signed(self.history.offset_ms));
        // A window ahead was opened while this device's time was wrong; nothing is added to it either.
        let over = |key: &[u8]| rows::window(key).is_some_and(|window| window != present);
        let lacking = self.activities.lacking.values();
        let due: Vec<_> = lacking
            .filter(|key| over(key))
            .take(most)
            .cloned()
            .collect();
        replica.close_activities(&due);
        due
    }

    /// Takes records in that were read. One that cannot be read, or is not there, is not pushed.
    pub fn activities_read(&mut self, asked: &[Vec<u8>], records: Records) {
        for (key, record) in records {
            let place = rows::row_key(&key);
            // What a newer version has in this place is not pushed over.
            let held = self.unopened.contains(self.sealer.blind(place));
            if let Some(row) = rows::to_row(&key, &record).filter(|_| !held) {
                self.activities.read.insert(place, row);
            }
        }
        for key in asked {
            let row = rows::row_key(key);
            if !self.activities.read.contains_key(&row) {
                self.activities.lacking.remove(&row);
            }
        }
    }

    /// Puts a record of another member on the shelf, unless the shelf may have a fuller one: a copy of the
    /// store that was put back brings records along as they were before they were closed.
    pub(super) fn take_activity(&mut self, version: &Taken, step: &mut Step) {
        if !self.read_only && self.activities.lacking.contains_key(&version.key) {
            let ours = self.activities.read.get(&version.key);
            if ours.is_none_or(|ours| rows::tells_more(ours, &version.row)) {
                let seen = Seen {
                    ahead: true,
                    // Once ours is read and pushed, the answer brings this version again.
                    unread: ours.is_none(),
                    ..Seen::at(version.seq)
                };
                self.history.note(version.blind, seen);
                return;
            }
        }
        if let Some((key, record)) = rows::from_row(&version.row) {
            step.batch.put(Shelf::Activity, key, record);
        }
        self.activities.settle(&version.key);
        self.history.note(version.blind, Seen::at(version.seq));
    }
}
