//! Drift: comparing digests, and pulling the buckets that differ once more.

use std::collections::BTreeSet;

use super::Member;
use super::push::Version;
use crate::replica::Replica;
use crate::row::RowKey;
use crate::wire::{BlindId, BucketSet, Buckets, Digest, Seq};

/// What comparing a digest came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// The member is not where the digest was made: sync first, then ask for another.
    NotNow,
    /// Endpoint and member have seen the same.
    Equal,
    /// They have not: the next requests repair that many buckets.
    Repairing(usize),
}

/// Buckets that are pulled once more, beside the cursor.
#[derive(Debug)]
pub(super) struct Repair {
    pub(super) buckets: BucketSet,
    pub(super) cursor: Seq,
    /// Rows of these buckets that have not come yet.
    missing: BTreeSet<BlindId>,
}

impl Member {
    /// Holds a digest against what has been seen.
    pub fn compare(&mut self, digest: &Digest) -> Comparison {
        let here = self.history.epoch == Some(digest.epoch)
            && self.history.cursor == digest.head
            && self.caught_up
            && self.flight.is_none()
            && self.repair.is_none();
        if !here {
            // A head behind the cursor will show in the next response.
            self.pull_due = true;
            return Comparison::NotNow;
        }
        let seen: Buckets = self.history.versions().collect();
        let buckets = seen.differing(&digest.buckets);
        if buckets.is_empty() {
            return Comparison::Equal;
        }
        let rows = self.history.versions().map(|(blind, _)| blind);
        let missing = rows
            .filter(|blind| buckets.contains(blind.bucket()))
            .collect();
        self.repair = Some(Repair {
            buckets,
            cursor: Seq::ZERO,
            missing,
        });
        Comparison::Repairing(buckets.iter().count())
    }

    /// Takes note of a page of a repair. After the last one, rows that the endpoint turned out
    /// not to have are offered. `true` if some of them are not in memory: records of activity.
    pub(super) fn take_repair(
        &mut self,
        versions: &[Version],
        cursor: Seq,
        more: bool,
        replica: &Replica,
    ) -> bool {
        let Some(repair) = &mut self.repair else {
            return false;
        };
        repair.cursor = cursor;
        for (blind, _, _) in versions {
            repair.missing.remove(blind);
        }
        if more {
            return false;
        }
        let missing = self.repair.take().map(|repair| repair.missing);
        let missing = missing.unwrap_or_default();
        for blind in &missing {
            let unseen = self.history.seen(*blind).unseen();
            self.history.note(*blind, unseen);
        }
        let lost: Vec<RowKey> = replica
            .tables()
            .flat_map(|table| replica.rows(table).map(move |(id, _)| (table, id)))
            .map(|(table, id)| RowKey::new(table, id))
            .filter(|key| missing.contains(&self.sealer.blind(*key)))
            .collect();
        let others = lost.len() < missing.len();
        self.offers.extend(lost);
        others
    }
}
