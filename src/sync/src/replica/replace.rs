//! What is no join: another device id, and stamps put back because the clock was wrong.

use crate::hlc::{Clock, DeviceId, Hlc};
use crate::storage::Batch;

use super::Replica;

impl Replica {
    /// Takes another device id, drawn at random. To be called, and its batch written, after a
    /// backup of the whole store has been put back: the lost future of the old id may already be
    /// with the team, and no two edits may ever share a stamp.
    pub fn renew_device(&mut self, fresh: DeviceId) -> Batch {
        self.clock = Clock::resume(Hlc::from_time(self.clock.last().time(), fresh));
        let mut batch = Batch::new();
        self.put_clock(&mut batch);
        batch
    }
}

#[cfg(feature = "team")]
mod restamped {
    use std::collections::BTreeSet;

    use super::{Clock, Replica};
    use crate::row::{Row, RowKey, TableId};
    use crate::storage::Batch;

    impl Replica {
        /// Whether journal records may be folded here, see [`Replica::never_fold`].
        pub(crate) const fn may_fold(&self) -> bool {
            self.folds
        }

        /// The greatest stamp's time of all registers that are not later than `limit_ms`.
        pub(crate) fn latest_until(&self, limit_ms: u64) -> u64 {
            let rows = self.tables().flat_map(|table| self.rows(table));
            rows.flat_map(|(_, row)| row.iter())
                .filter(|register| register.hlc.ms() <= limit_ms)
                .map(|register| register.hlc.time())
                .max()
                .unwrap_or(0)
        }

        /// Puts rows in the place of those that were there, and sets the clock. A join would keep
        /// the greater stamps, so every stored copy is written anew: the journal is folded away
        /// and all segments with these rows are rewritten. `None`, and nothing is changed, if
        /// this replica never folds.
        pub(crate) fn replace(&mut self, rows: Vec<(RowKey, Row)>, clock: Clock) -> Option<Batch> {
            if !self.may_fold() {
                return None;
            }
            let mut touched: BTreeSet<(TableId, u32)> = BTreeSet::new();
            for (key, row) in rows {
                let holders = self.book.holders(&key);
                touched.extend(holders.into_iter().map(|segment| (key.table, segment)));
                self.book.replace(&key, row);
            }
            self.clock = clock;
            let mut batch = self.fold(usize::MAX).unwrap_or_default();
            for (table, segment) in touched {
                self.put_segment(table, segment, &mut batch);
            }
            self.put_clock(&mut batch);
            Some(batch)
        }
    }
}
