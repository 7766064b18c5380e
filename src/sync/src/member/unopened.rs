//! Versions that could not be opened, kept aside on the meta shelf for a newer program:
//!
//! ```text
//! team/unopened/blind-id[16] := "TXUO" … seq:u64 envelope                  (see `format`)
//! ```

use std::collections::BTreeMap;

use super::push::Version;
use crate::format::{self, Kind};
use crate::storage::{Batch, Records, Shelf};
use crate::wire::{BlindId, Seq};

const UNOPENED: &[u8] = b"team/unopened/";
const KIND: Kind = *b"TXUO";

/// Versions that could not be opened.
#[derive(Debug, Default)]
pub(super) struct Unopened {
    versions: BTreeMap<BlindId, (Seq, Vec<u8>)>,
}

fn key(blind: BlindId) -> Vec<u8> {
    [UNOPENED, &blind.0].concat()
}

impl Unopened {
    /// Takes those in that were stored. A damaged one is no loss: its row is then offered, found
    /// to be there, and kept aside again.
    pub(super) fn read(records: Records) -> Self {
        let versions = records.into_iter().filter_map(|(key, bytes)| {
            let blind = BlindId(key.strip_prefix(UNOPENED)?.try_into().ok()?);
            let (_, mut reader) = format::unseal(KIND, &bytes).ok()?;
            let seq = Seq::new(u64::from_be_bytes(reader.array()?))?;
            Some((blind, (seq, reader.rest().to_vec())))
        });
        Self {
            versions: versions.collect(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.versions.len()
    }

    pub(super) fn contains(&self, blind: BlindId) -> bool {
        self.versions.contains_key(&blind)
    }

    pub(super) fn versions(&self) -> Vec<Version> {
        let all = self.versions.iter();
        all.map(|(blind, (seq, envelope))| (*blind, *seq, envelope.clone()))
            .collect()
    }

    /// Their versions are of an epoch that has ended.
    pub(super) fn restart(&mut self) {
        for (seq, _) in self.versions.values_mut() {
            *seq = Seq::ZERO;
        }
    }

    pub(super) fn keep(&mut self, blind: BlindId, seq: Seq, envelope: &[u8], batch: &mut Batch) {
        let body = [&seq.get().to_be_bytes(), envelope].concat();
        batch.put(Shelf::Meta, key(blind), format::seal(KIND, &body));
        self.versions.insert(blind, (seq, envelope.to_vec()));
    }

    pub(super) fn forget(&mut self, blind: BlindId, batch: &mut Batch) {
        if self.versions.remove(&blind).is_some() {
            batch.delete(Shelf::Meta, key(blind));
        }
    }
}
