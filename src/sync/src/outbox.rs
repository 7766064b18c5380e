//! The outbox: which registers are still to be sent, and what each edit was based on.
//!
//! Every commit leaves one record. The base is the stamp of the value that was there before the
//! edit: when a pull brings another stamp greater than the base, both edits were concurrent.

use std::collections::BTreeMap;

use crate::bytes::{Reader, put_slice, put_varint};
use crate::format::{self, Damage, Kind};
use crate::hlc::Hlc;
use crate::row::{FieldKey, RowKey};

/// What of a row is still to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsent {
    /// The row was made here: every field of it, none of them based on another's value.
    Whole,
    /// These fields, each with the stamp of the value it was based on; [`Hlc::ZERO`] for none.
    Fields(BTreeMap<FieldKey, Hlc>),
}

impl Unsent {
    /// The base of a field's edit: `None` if the field is not waiting to be sent.
    #[must_use]
    pub fn base(&self, field: &FieldKey) -> Option<Hlc> {
        match self {
            Self::Whole => Some(Hlc::ZERO),
            Self::Fields(bases) => bases.get(field).copied(),
        }
    }

    pub(crate) fn is_nothing(&self) -> bool {
        matches!(self, Self::Fields(bases) if bases.is_empty())
    }

    pub(crate) fn fold(&mut self, other: Self) {
        match (&mut *self, other) {
            (Self::Whole, _) => {}
            (_, Self::Whole) => *self = Self::Whole,
            (Self::Fields(bases), Self::Fields(others)) => {
                for (field, base) in others {
                    bases
                        .entry(field)
                        .and_modify(|ours| *ours = base.min(*ours))
                        .or_insert(base);
                }
            }
        }
    }
}

/// What is still to be sent, by row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outbox {
    /// Per row, what of it.
    pub entries: BTreeMap<RowKey, Unsent>,
}

const KIND: Kind = *b"TXOB";
/// In place of a number of fields: the whole row.
const WHOLE: u32 = 0;

impl Outbox {
    /// Brings records together: per field the earliest base, and a whole row takes in its fields.
    /// The order of the records does not matter.
    #[must_use]
    pub fn fold(records: impl IntoIterator<Item = Self>) -> Self {
        let mut folded = Self::default();
        for (key, unsent) in records.into_iter().flat_map(|record| record.entries) {
            match folded.entries.get_mut(&key) {
                Some(ours) => ours.fold(unsent),
                None => {
                    folded.entries.insert(key, unsent);
                }
            }
        }
        folded
    }

    /// The record's bytes. A row with an empty list of fields is left out: nothing of it waits.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let waiting = || {
            self.entries
                .iter()
                .filter(|(_, unsent)| !unsent.is_nothing())
        };
        let mut body = Vec::with_capacity(8 + 64 * self.entries.len());
        put_varint(
            &mut body,
            u32::try_from(waiting().count()).unwrap_or(u32::MAX),
        );
        for (key, unsent) in waiting() {
            body.extend_from_slice(&key.to_bytes());
            match unsent {
                Unsent::Whole => put_varint(&mut body, WHOLE),
                Unsent::Fields(bases) => put_bases(&mut body, bases),
            }
        }
        format::seal(KIND, &body)
    }

    /// Reads a record; never panics, whatever the bytes are.
    ///
    /// # Errors
    /// What is wrong with the record. What it named is then unknown: offer every row once more.
    pub fn decode(bytes: &[u8]) -> Result<Self, Damage> {
        let (version, mut reader) = format::unseal(KIND, bytes)?;
        let outbox = read(&mut reader).ok_or(Damage::Malformed)?;
        format::check_end(version, &reader)?;
        Ok(outbox)
    }
}

fn put_bases(body: &mut Vec<u8>, bases: &BTreeMap<FieldKey, Hlc>) {
    put_varint(body, u32::try_from(bases.len()).unwrap_or(u32::MAX));
    for (field, base) in bases {
        put_varint(body, u32::from(field.number));
        put_slice(body, &field.member);
        // Most new fields have no base, and then need no stamp.
        let stamp = base.to_bytes();
        put_slice(body, if *base == Hlc::ZERO { &[] } else { &stamp });
    }
}

fn read(reader: &mut Reader<'_>) -> Option<Outbox> {
    let mut entries = BTreeMap::new();
    for _ in 0..reader.varint()? {
        let key = RowKey::from_bytes(reader.array()?);
        let unsent = match reader.varint()? {
            WHOLE => Unsent::Whole,
            fields => Unsent::Fields(read_bases(reader, fields)?),
        };
        if entries.insert(key, unsent).is_some() {
            return None;
        }
    }
    Some(Outbox { entries })
}

fn read_bases(reader: &mut Reader<'_>, fields: u32) -> Option<BTreeMap<FieldKey, Hlc>> {
    let mut bases = BTreeMap::new();
    for _ in 0..fields {
        let number = u16::try_from(reader.varint()?).ok()?;
        let field = FieldKey {
            number,
            member: reader.slice()?.into(),
        };
        let base = match reader.slice()? {
            [] => Hlc::ZERO,
            stamp => Hlc::from_bytes(stamp.try_into().ok()?),
        };
        if bases.insert(field, base).is_some() {
            return None;
        }
    }
    Some(bases)
}
