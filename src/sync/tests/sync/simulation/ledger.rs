//! What was written, by whom, knowing of what: the truth to hold the book against.

use std::collections::{BTreeMap, BTreeSet};

use tongxing_sync::row::{FieldKey, RowKey};

/// A number for each value that was ever written.
pub(super) type WriteId = u32;

/// Per row, the writes that a copy of it has taken in, whether they won there or not.
pub(super) type Known = BTreeMap<RowKey, BTreeSet<WriteId>>;

#[derive(Debug)]
pub(super) struct Written {
    pub(super) key: RowKey,
    pub(super) field: FieldKey,
    /// What the person saw in the field and replaced.
    pub(super) replaced: Option<WriteId>,
    /// What the row had taken in before.
    pub(super) past: BTreeSet<WriteId>,
}

/// All writes, and what each sealed version of a row had taken in.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    pub(super) writes: Vec<Written>,
    sealed: BTreeMap<Vec<u8>, (RowKey, BTreeSet<WriteId>)>,
}

impl Ledger {
    /// Numbers a write; the number is the value to be written.
    pub(super) fn write(&mut self, written: Written) -> WriteId {
        let id = self.writes.len() as WriteId;
        self.writes.push(written);
        id
    }

    pub(super) fn sealed(&mut self, envelope: &[u8], key: RowKey, known: BTreeSet<WriteId>) {
        self.sealed.insert(envelope.to_vec(), (key, known));
    }

    /// What a sealed version had taken in.
    pub(super) fn opened(&self, envelope: &[u8]) -> Option<&(RowKey, BTreeSet<WriteId>)> {
        self.sealed.get(envelope)
    }

    /// The writes that somebody saw and replaced, among `known`.
    pub(super) fn replaced(&self, known: &BTreeSet<WriteId>) -> BTreeSet<WriteId> {
        let writes = known.iter().filter_map(|id| self.writes.get(*id as usize));
        writes.filter_map(|written| written.replaced).collect()
    }

    /// Whether neither of two writes knew of the other.
    pub(super) fn concurrent(&self, one: WriteId, other: WriteId) -> bool {
        let knew = |a: WriteId, b: WriteId| self.writes[a as usize].past.contains(&b);
        !knew(one, other) && !knew(other, one)
    }
}

/// The value of a write.
pub(super) fn value(id: WriteId) -> Vec<u8> {
    [b"w", &id.to_be_bytes()[..]].concat()
}

/// The write of a value.
pub(super) fn id_of(value: &[u8]) -> Option<WriteId> {
    let number = value.strip_prefix(b"w")?;
    Some(WriteId::from_be_bytes(number.try_into().ok()?))
}
