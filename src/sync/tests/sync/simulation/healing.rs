//! The end of a life: the team comes together, and the book is held against the truth.

use std::collections::{BTreeMap, BTreeSet};

use proptest::test_runner::TestCaseError;
use proptest::{prop_assert, prop_assert_eq};
use tongxing_sync::activity::{Activity, WINDOW_MS};
use tongxing_sync::conflict::{self, Conflict};
use tongxing_sync::member::Comparison;
use tongxing_sync::row::{FieldKey, RowKey};
use tongxing_sync::storage::Shelf;

use super::ledger::{Known, WriteId, id_of};
use super::world::{Device, World};
use crate::courier::{Line, here};

impl World {
    /// All faults end; the team comes together.
    pub(crate) fn heal(&mut self) -> Result<(), TestCaseError> {
        self.requests.clear();
        self.responses.clear();
        let mut all = Known::new();
        for (_, envelope) in self.endpoint.rows.values() {
            if let Some((key, known)) = self.ledger.opened(envelope) {
                all.entry(*key).or_default().extend(known);
            }
        }
        for at in 0..self.devices.len() {
            let storage = self.devices[at].tablet.shop.storage.reopen();
            let device = &mut self.devices[at];
            device.tablet.shop.storage = storage;
            device.fault = None;
            device.cut_off = false;
            for (key, known) in &device.known {
                all.entry(*key).or_default().extend(known);
            }
        }
        let kept = self.activities_of_all();
        // What was found last has to reach those who were first; and a window that is open now, or that
        // a clock ran ahead to, is over after two.
        for _ in 0..4 {
            self.now_ms += WINDOW_MS;
            for at in 0..self.devices.len() {
                self.sync(at);
                self.carry(at, Line::SOUND);
                self.sync(at);
            }
        }
        self.check_equal()?;
        self.check_nothing_lost(&all)?;
        self.check_activities(&kept)?;
        self.check_blobs()?;
        self.check_disks()?;
        self.drift()
    }

    fn check_equal(&self) -> Result<(), TestCaseError> {
        let first = self.devices[0].tablet.shop.rows();
        for device in &self.devices {
            prop_assert_eq!(device.tablet.shop.rows(), first.clone());
            let status = device.tablet.member.status();
            prop_assert_eq!((status.waiting, status.caught_up), (0, true));
        }
        let activities = self.devices[0].tablet.shop.records(Shelf::Activity).len();
        prop_assert_eq!(self.endpoint.rows.len(), first.len() + activities);
        for (key, row) in &first {
            let blind = self.sealer.blind(*key);
            let (_, envelope) = &self.endpoint.rows[&blind];
            prop_assert_eq!(
                self.sealer.open(blind, envelope),
                Ok((*key, row.clone())),
                "the endpoint has what all have"
            );
            // No stamp that ran ahead was let out, unless to stay after one that had been.
            let latest = row.latest().map_or(0, |latest| latest.ms());
            prop_assert!(
                latest <= self.now_ms + 120_000,
                "{latest} at {}",
                self.now_ms
            );
        }
        Ok(())
    }

    fn check_nothing_lost(&mut self, all: &Known) -> Result<(), TestCaseError> {
        let tablet = &self.devices[0].tablet;
        let mut lost: BTreeSet<(RowKey, FieldKey, WriteId)> = BTreeSet::new();
        for (_, row) in tablet.shop.replica.rows(conflict::TABLE) {
            let conflict = Conflict::from_row(row).unwrap();
            let (kept, gone) = (id_of(&conflict.kept.value), id_of(&conflict.lost.value));
            if let (Some(kept), Some(gone)) = (kept, gone) {
                lost.insert((conflict.key, conflict.field, gone));
                if !self.ledger.concurrent(kept, gone) {
                    self.counts.note("(conflicts that were none)");
                    prop_assert!(self.disturbed, "{kept} and {gone} were no conflict");
                }
            }
        }
        for (key, known) in all {
            let replaced = self.ledger.replaced(known);
            for id in known {
                let field = self.ledger.writes[*id as usize].field.clone();
                let present = tablet.shop.value(*key, field.number);
                let kept = present.as_deref().and_then(id_of) == Some(*id);
                prop_assert!(
                    kept || replaced.contains(id) || lost.contains(&(*key, field.clone(), *id)),
                    "write {id} of {key:?} {field:?} is nowhere"
                );
            }
        }
        for id in &self.acknowledged {
            let key = self.ledger.writes[*id as usize].key;
            let known = all.get(&key).is_some_and(|known| known.contains(id));
            if !known {
                self.counts.note("edits lost with a disk");
            }
            prop_assert!(known || self.excused.contains(id), "edit {id} is missing");
        }
        Ok(())
    }

    /// Every record of activity that is on some disk.
    fn activities_of_all(&self) -> Vec<(Vec<u8>, Activity)> {
        let of = |device: &Device| device.tablet.shop.records(Shelf::Activity);
        let all = self.devices.iter().flat_map(of);
        all.map(|(key, record)| (key, Activity::decode(&record).unwrap()))
            .collect()
    }

    /// All have every record, with all that it told anywhere.
    fn check_activities(&self, before: &[(Vec<u8>, Activity)]) -> Result<(), TestCaseError> {
        let first = self.devices[0].tablet.shop.records(Shelf::Activity);
        for device in &self.devices {
            prop_assert_eq!(&device.tablet.shop.records(Shelf::Activity), &first);
        }
        let by_key: BTreeMap<_, _> = first.into_iter().collect();
        for (key, activity) in before {
            let told = by_key
                .get(key)
                .map(|record| Activity::decode(record).unwrap());
            let mut joined = told.clone();
            if let Some(joined) = &mut joined {
                joined.join(activity);
            }
            prop_assert_eq!(joined, told, "{:?} is not told any more", activity);
        }
        Ok(())
    }

    /// All have every blob that was ever on a disk, but for those that went with one.
    fn check_blobs(&self) -> Result<(), TestCaseError> {
        let first = here(&self.devices[0].tablet);
        for device in &self.devices {
            prop_assert_eq!(&here(&device.tablet), &first);
        }
        for blob in self.drawn.difference(&self.drawn_and_lost) {
            prop_assert!(first.contains(blob), "{blob:?} is nowhere");
        }
        Ok(())
    }

    /// What is on the disks is what is in memory.
    fn check_disks(&mut self) -> Result<(), TestCaseError> {
        for at in 0..self.devices.len() {
            let before = self.devices[at].tablet.shop.rows();
            self.restart(at);
            prop_assert_eq!(self.devices[at].tablet.shop.rows(), before);
            prop_assert_eq!(self.devices[at].tablet.member.status().waiting, 0);
        }
        Ok(())
    }

    /// The endpoint loses a row; whoever compares digests puts it back.
    fn drift(&mut self) -> Result<(), TestCaseError> {
        let Some(lost) = self.endpoint.rows.keys().next().copied() else {
            return Ok(());
        };
        for at in 0..self.devices.len() {
            self.sync(at);
        }
        let before = self.endpoint.rows.len();
        self.endpoint.rows.remove(&lost);
        for at in 0..self.devices.len() {
            self.sync(at);
            let digest = self.endpoint.digest();
            let compared = self.devices[at].tablet.member.compare(&digest);
            if at == 0 {
                prop_assert_eq!(compared, Comparison::Repairing(1));
            }
            self.sync(at);
            let digest = self.endpoint.digest();
            let compared = self.devices[at].tablet.member.compare(&digest);
            prop_assert_eq!(compared, Comparison::Equal);
        }
        prop_assert_eq!(self.endpoint.rows.len(), before);
        self.counts.note("rows drifted and repaired");
        self.check_equal()
    }
}
