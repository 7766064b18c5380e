//! Folding: the journal into segments, many outbox records into one. Nothing visible changes.

use std::collections::BTreeSet;

use super::Replica;
use crate::journal::CommitKey;
use crate::outbox::Outbox;
use crate::row::TableId;
use crate::storage::{Batch, Shelf};

impl Replica {
    /// Folds journal records into the segments of the rows they changed: a batch that rewrites
    /// about `limit` segments and removes the records that it covers, or `None` if the journal is
    /// empty. The oldest record is always among them. Call it when idle, again and again; see the
    /// [module](super) for who may.
    pub fn fold(&mut self, limit: usize) -> Option<Batch> {
        if !self.folds {
            return None;
        }
        let mut touched: BTreeSet<(TableId, u32)> = BTreeSet::new();
        let mut folded: Vec<CommitKey> = Vec::new();
        for (commit, rows) in &self.unfolded {
            let mut segments: Vec<_> = rows
                .iter()
                .filter_map(|row| Some((row.table, self.book.place(*row, self.session)?)))
                .collect();
            segments.retain(|segment| !touched.contains(segment));
            segments.sort_unstable();
            segments.dedup();
            // The first record is folded whatever it touches, for there must be progress; a later
            // one only if there is room, which one that touches nothing new never lacks.
            if !folded.is_empty() && touched.len() + segments.len() > limit.max(touched.len()) {
                continue;
            }
            touched.extend(segments);
            folded.push(*commit);
        }
        if folded.is_empty() {
            return None;
        }
        let mut batch = Batch::new();
        for (table, segment) in touched {
            self.put_segment(table, segment, &mut batch);
        }
        for commit in folded {
            self.unfolded.remove(&commit);
            batch.delete(Shelf::Journal, commit.to_bytes());
        }
        // The journal told it until now.
        self.put_clock(&mut batch);
        Some(batch)
    }

    /// Folds outbox records, as they were read from their shelf, into one under the last key.
    /// Damaged ones stay; `None` if there is nothing to bring together.
    #[must_use]
    pub fn fold_outbox(records: &[(Vec<u8>, Vec<u8>)]) -> Option<Batch> {
        let mut sound: Vec<_> = records
            .iter()
            .filter_map(|(key, bytes)| Some((key, Outbox::decode(bytes).ok()?)))
            .collect();
        sound.sort_by_key(|(key, _)| *key);
        let keys: Vec<_> = sound.iter().map(|(key, _)| *key).collect();
        let (last, earlier) = keys
            .split_last()
            .filter(|(_, earlier)| !earlier.is_empty())?;
        let outbox = Outbox::fold(sound.into_iter().map(|(_, outbox)| outbox));
        let mut batch = Batch::new();
        for key in earlier {
            batch.delete(Shelf::Outbox, key.as_slice());
        }
        batch.put(Shelf::Outbox, last.as_slice(), outbox.encode());
        Some(batch)
    }
}
