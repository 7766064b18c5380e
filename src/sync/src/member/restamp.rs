//! Stamps that ran ahead because the device's time was wrong, put back before they are sent.
//!
//! They are put back under a new device id. The stamps of one id always ascend, which is what
//! tells a device's later edit from a concurrent one; and a backup may still hold the old stamps.

use std::collections::{BTreeMap, BTreeSet};

use super::{Member, Step};
use crate::hlc::{Clock, DeviceId, Hlc, MAX_AHEAD_MS};
use crate::outbox::Unsent;
use crate::replica::Replica;
use crate::row::{RegisterRef, Row, RowKey};

/// The registers of a row that wait, are later than `limit_ms`, and need not be: those that
/// replaced a value from the future have to stay after it.
fn early<'a>(row: &'a Row, unsent: &Unsent, limit_ms: u64) -> Vec<RegisterRef<'a>> {
    row.iter()
        .filter(|register| {
            register.hlc.ms() > limit_ms
                && unsent
                    .base(&register.field())
                    .is_some_and(|base| base.ms() <= limit_ms)
        })
        .collect()
}

/// The latest base that is not from the future.
fn latest_base(unsent: &Unsent, limit_ms: u64) -> u64 {
    let Unsent::Fields(bases) = unsent else {
        return 0;
    };
    let sane = bases.values().filter(|base| base.ms() <= limit_ms);
    sane.map(|base| base.time()).max().unwrap_or(0)
}

impl Member {
    /// Whether a row that waits has stamps to be put back first.
    pub(super) fn has_run_ahead(&self, key: &RowKey, row: &Row, corrected_ms: u64) -> bool {
        let limit_ms = corrected_ms.saturating_add(MAX_AHEAD_MS);
        row.latest().is_some_and(|latest| latest.ms() > limit_ms)
            && self
                .waiting
                .unsent(key)
                .is_some_and(|unsent| !early(row, &unsent, limit_ms).is_empty())
    }

    /// Stamps anew, in their order, all that waits and is more than a minute ahead of the time.
    pub(super) fn restamp(
        &mut self,
        corrected_ms: u64,
        fresh: DeviceId,
        replica: &mut Replica,
        step: &mut Step,
    ) {
        let limit_ms = corrected_ms.saturating_add(MAX_AHEAD_MS);
        let mut stamps: BTreeSet<Hlc> = BTreeSet::new();
        let mut rows: Vec<(RowKey, Unsent)> = Vec::new();
        for key in self.waiting.keys() {
            let Some(row) = replica.row(key) else {
                continue;
            };
            if row.latest().is_none_or(|latest| latest.ms() <= limit_ms) {
                continue;
            }
            let Some(unsent) = self.waiting.unsent(key) else {
                continue;
            };
            let early = early(row, &unsent, limit_ms);
            if !early.is_empty() {
                stamps.extend(early.iter().map(|register| register.hlc));
                rows.push((*key, unsent));
            }
        }
        if rows.is_empty() || !replica.may_fold() {
            return;
        }
        let bases = rows.iter().map(|(_, unsent)| latest_base(unsent, limit_ms));
        let floor = replica
            .latest_until(limit_ms)
            .max(bases.max().unwrap_or(0))
            .saturating_add(1)
            .max(Hlc::new(corrected_ms, 0, fresh).time());
        let moved: BTreeMap<Hlc, Hlc> = stamps
            .into_iter()
            .zip(floor..)
            .map(|(old, time)| (old, Hlc::from_time(time, fresh)))
            .collect();
        let last = moved.values().max().copied().unwrap_or_default();
        let stamped: Vec<_> = rows
            .iter()
            .filter_map(|(key, unsent)| {
                let row = replica.row(key)?;
                Some((*key, with_stamps(row, unsent, limit_ms, &moved)))
            })
            .collect();
        let Some(batch) = replica.replace(stamped, Clock::resume(last)) else {
            return;
        };
        step.batch.append(batch);
        step.new_device = Some(fresh);
        for (key, unsent) in rows {
            let record = replica.next_commit_key();
            self.waiting.replace(key, unsent, record);
            step.restamped.push(key);
        }
    }
}

fn with_stamps(row: &Row, unsent: &Unsent, limit_ms: u64, moved: &BTreeMap<Hlc, Hlc>) -> Row {
    let early: BTreeSet<_> = early(row, unsent, limit_ms)
        .iter()
        .map(|register| (register.number, register.member))
        .collect();
    let registers: Vec<_> = row
        .iter()
        .map(|register| {
            let moves = early.contains(&(register.number, register.member));
            let hlc = moved.get(&register.hlc).filter(|_| moves);
            RegisterRef {
                hlc: hlc.copied().unwrap_or(register.hlc),
                ..register
            }
        })
        .collect();
    Row::pack(&registers)
}
