//! Versions from the endpoint: opened, held against what waits, joined.

use std::collections::{BTreeMap, BTreeSet};

use super::history::Seen;
use super::push::Version;
use super::{Member, Step};
use crate::activity;
use crate::conflict::{self, Conflict, FIRST_RESERVED_TABLE};
use crate::envelope::OpenError;
use crate::hlc::{DeviceId, Hlc};
use crate::outbox::Unsent;
use crate::replica::Replica;
use crate::row::{Row, RowKey};
use crate::wire::{BlindId, Seq};

/// A version that has been opened.
pub(super) struct Taken {
    pub(super) key: RowKey,
    pub(super) blind: BlindId,
    pub(super) seq: Seq,
    pub(super) row: Row,
}

impl Member {
    /// Joins versions, finds conflicts, and notes what has been seen.
    pub(super) fn take_versions(
        &mut self,
        versions: Vec<Version>,
        corrected_ms: u64,
        fresh: DeviceId,
        replica: &mut Replica,
        step: &mut Step,
    ) {
        let taken = self.open_versions(versions, replica, step);
        self.take(taken, corrected_ms, Some(fresh), replica, step);
    }

    /// Tries again what could not be opened before: this may be a newer version of the program.
    pub(super) fn open_what_can_be(&mut self, replica: &mut Replica, now_ms: u64, step: &mut Step) {
        let mut taken = Vec::new();
        for (blind, seq, envelope) in self.unopened.versions() {
            match self.sealer.open(blind, &envelope) {
                Ok((key, row)) => {
                    self.unopened.forget(blind, &mut step.batch);
                    taken.push(Taken {
                        key,
                        blind,
                        seq,
                        row,
                    });
                }
                Err(reason) => step.unopened.push((blind, reason)),
            }
        }
        let corrected_ms = now_ms.saturating_add_signed(self.history.offset_ms);
        self.take(taken, corrected_ms, None, replica, step);
        self.waiting.flush(&mut step.batch);
        self.history.flush(&mut step.batch);
    }

    fn open_versions(
        &mut self,
        versions: Vec<Version>,
        replica: &Replica,
        step: &mut Step,
    ) -> Vec<Taken> {
        let mut taken: Vec<Taken> = Vec::with_capacity(versions.len());
        let mut places: BTreeMap<BlindId, usize> = BTreeMap::new();
        for (blind, seq, envelope) in versions {
            // Mostly what was pushed from here comes back like this.
            let seen = self.history.seen(blind);
            if seq > Seq::ZERO && seen.version() == seq && !seen.unread {
                continue;
            }
            match self.sealer.open(blind, &envelope) {
                Ok((key, row)) => {
                    self.unopened.forget(blind, &mut step.batch);
                    let version = Taken {
                        key,
                        blind,
                        seq,
                        row,
                    };
                    // A stale result and the page may both bring a row.
                    match places.get(&blind).and_then(|place| taken.get_mut(*place)) {
                        Some(earlier) if earlier.seq < seq => *earlier = version,
                        Some(_) => {}
                        None => {
                            places.insert(blind, taken.len());
                            taken.push(version);
                        }
                    }
                }
                Err(reason) => {
                    self.set_aside(blind, seq, &envelope, reason, replica, step);
                    step.unopened.push((blind, reason));
                }
            }
        }
        taken
    }

    /// Keeps what a newer version may be able to open. What no member sealed is overwritten with
    /// the row as it is here, if it is here.
    fn set_aside(
        &mut self,
        blind: BlindId,
        seq: Seq,
        envelope: &[u8],
        reason: OpenError,
        replica: &Replica,
        step: &mut Step,
    ) {
        let before = self.history.seen(blind);
        let forged = reason == OpenError::Forged;
        let seen = Seen {
            ahead: forged,
            doubtful: before.doubtful,
            ..Seen::at(seq)
        };
        self.history.note(blind, seen);
        if forged {
            let own = replica
                .tables()
                .flat_map(|table| replica.rows(table).map(move |(id, _)| (table, id)))
                .map(|(table, id)| RowKey::new(table, id))
                .find(|key| self.sealer.blind(*key) == blind);
            self.offers.extend(own);
        } else {
            self.unopened.keep(blind, seq, envelope, &mut step.batch);
        }
    }

    fn take(
        &mut self,
        taken: Vec<Taken>,
        corrected_ms: u64,
        fresh: Option<DeviceId>,
        replica: &mut Replica,
        step: &mut Step,
    ) {
        let (activities, taken): (Vec<_>, Vec<_>) = taken
            .into_iter()
            .partition(|version| version.key.table == activity::rows::TABLE);
        for version in &activities {
            self.take_activity(version, step);
        }
        let mut found: BTreeMap<RowKey, Row> = BTreeMap::new();
        let mut own_future = false;
        for version in &taken {
            own_future |= is_of_own_future(&version.row, replica.clock().last());
            for conflict in self.conflicts(version, replica) {
                let (key, row) = (conflict.row_key(), conflict.to_row());
                // Another member may have found it as well, and its row may come along.
                let coming = taken.iter().filter(|other| other.key == key);
                let mut known = replica.row(&key).into_iter().chain(coming.map(|v| &v.row));
                if known.all(|known| !known.changed_by(&row).is_empty()) {
                    found.insert(key, row);
                }
            }
        }
        if let Some(fresh) = fresh.filter(|_| own_future) {
            step.batch.append(replica.renew_device(fresh));
            step.new_device = Some(fresh);
        }
        let before: BTreeSet<RowKey> = taken
            .iter()
            .filter(|version| self.waiting.contains(&version.key))
            .map(|version| version.key)
            .collect();
        step.conflicts.extend(found.keys());
        let rows = taken
            .iter()
            .map(|version| (version.key, version.row.clone()))
            .chain(found)
            .collect();
        let received = replica.receive(rows, corrected_ms);
        step.batch.append(received.batch);
        step.changed.extend(received.changed);
        step.far_future.extend(
            received
                .far_future
                .into_iter()
                .filter(|key| key.table < FIRST_RESERVED_TABLE),
        );
        for version in &taken {
            self.note_version(version, before.contains(&version.key), replica);
        }
        for key in step.conflicts.clone() {
            self.offer(key);
        }
    }

    /// Offers a row, and remembers so.
    pub(super) fn offer(&mut self, key: RowKey) {
        self.offers.insert(key);
        let blind = self.sealer.blind(key);
        let seen = self.history.seen(blind);
        if seen.version() > Seq::ZERO {
            self.history.note(
                blind,
                Seen {
                    ahead: true,
                    ..seen
                },
            );
        }
    }

    /// The conflicts between a version and the row as it is here.
    fn conflicts(&self, version: &Taken, replica: &Replica) -> Vec<Conflict> {
        // People decide conflicts; when two decide one, either decision will do.
        if version.key.table >= FIRST_RESERVED_TABLE {
            return Vec::new();
        }
        let unsent = self.waiting.unsent(&version.key);
        let doubtful =
            self.history.seen(version.blind).doubtful && self.history.is_apart(version.seq);
        let Some(ours) = replica.row(&version.key) else {
            return Vec::new();
        };
        conflict::find(version.key, ours, unsent.as_ref(), &version.row, doubtful)
    }

    /// Notes a version that has been joined: what of the row is still to be sent.
    fn note_version(&mut self, version: &Taken, waited: bool, replica: &mut Replica) {
        let joined = replica.row(&version.key);
        let ahead = joined.is_some_and(|row| *row != version.row);
        let doubtful = ahead && self.history.seen(version.blind).doubtful;
        let still = joined
            .filter(|_| ahead && waited)
            .zip(self.waiting.unsent(&version.key))
            .map(|(row, unsent)| {
                let left = still_unsent(&unsent, row, &version.row);
                (left != unsent).then_some(left)
            });
        match still {
            Some(Some(left)) => {
                let record = replica.next_commit_key();
                self.waiting.replace(version.key, left, record);
            }
            Some(None) => {}
            None => self.waiting.settle(&version.key, self.waiting.mark()),
        }
        if ahead || version.seq == Seq::ZERO {
            self.offers.insert(version.key);
        } else {
            self.offers.remove(&version.key);
        }
        let seen = Seen {
            ahead,
            doubtful,
            ..Seen::at(version.seq)
        };
        self.history.note(version.blind, seen);
    }
}

/// What of a row still waits once a version has been joined: the fields in which the row has what
/// the version has not. They are based on the version's values from now on: where those were
/// concurrent, that has been noted.
fn still_unsent(unsent: &Unsent, row: &Row, version: &Row) -> Unsent {
    let ahead = version.changed_by(row);
    let bases = ahead
        .iter()
        .filter_map(|register| {
            let field = register.field();
            let base = unsent.base(&field)?;
            let theirs = version.member(register.number, register.member);
            let base = theirs.map_or(base, |theirs| base.max(theirs.hlc));
            Some((field, base))
        })
        .collect();
    Unsent::Fields(bases)
}

/// Whether a row has a stamp of this device that this store has never given.
fn is_of_own_future(row: &Row, last: Hlc) -> bool {
    row.iter()
        .any(|register| register.hlc.device() == last.device() && register.hlc > last)
}
