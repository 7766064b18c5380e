//! The end of a life: the team comes together, and the book is held against the truth.

use std::collections::BTreeSet;

use proptest::test_runner::TestCaseError;
use proptest::{prop_assert, prop_assert_eq};
use tongxing_sync::conflict::{self, Conflict};
use tongxing_sync::member::Comparison;
use tongxing_sync::row::{FieldKey, RowKey};

use super::ledger::{Known, WriteId, id_of};
use super::world::World;

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
        // What was found last has to reach those who were first.
        for _ in 0..4 {
            for at in 0..self.devices.len() {
                self.sync(at);
            }
        }
        self.check_equal()?;
        self.check_nothing_lost(&all)?;
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
        prop_assert_eq!(self.endpoint.rows.len(), first.len());
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
