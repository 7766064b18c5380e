//! Rows packed one after another, as segments and journal records hold them.
//!
//! ```text
//! entry := key length:u32 checksum:u32 row[length]      (format 1 has no checksum)
//! ```
//!
//! The checksum covers the full row key and the row's bytes. Where an entry is damaged, its length
//! is not to be trusted either: reading goes on at the first place from which an entry can be
//! verified.

use crate::bytes::{Reader, length};
use crate::format::{Damage, Version, checksum};
use crate::quarantine::Quarantined;
use crate::row::{Row, RowId, RowKey, TableId};

/// How many bytes may be checksummed in search of the next sound entry of one record. Chance
/// damage needs next to none; the limit keeps bytes made to deceive from stalling the opening.
const SEARCH_BUDGET: usize = 8 << 20;
/// The shortest row: no registers, no stamps.
const SHORTEST_ROW: usize = 2;

/// How entries name their row.
#[derive(Clone, Copy, Debug)]
pub(crate) enum KeyForm {
    /// By its id: all are of one table.
    Id(TableId),
    /// By table and id.
    Full,
}

pub(crate) fn entry_length(form: KeyForm, row: &Row) -> usize {
    let key = match form {
        KeyForm::Id(_) => 16,
        KeyForm::Full => RowKey::BYTES,
    };
    key + 8 + row.as_bytes().len()
}

pub(crate) fn put_entry(out: &mut Vec<u8>, form: KeyForm, id: RowKey, row: &Row) {
    let key = id.to_bytes();
    match form {
        KeyForm::Id(_) => out.extend_from_slice(&id.id.0),
        KeyForm::Full => out.extend_from_slice(&key),
    }
    out.extend_from_slice(&length(row.as_bytes()).to_be_bytes());
    out.extend_from_slice(&checksum(&[&key, row.as_bytes()]).to_be_bytes());
    out.extend_from_slice(row.as_bytes());
}

/// An entry whose bytes are all there, sound or not.
struct Entry<'a> {
    key: RowKey,
    row: &'a [u8],
    checksum: Option<u32>,
    length: usize,
}

impl<'a> Entry<'a> {
    fn read(form: KeyForm, version: Version, bytes: &'a [u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        let key = match form {
            KeyForm::Id(table) => RowKey::new(table, RowId(reader.array()?)),
            KeyForm::Full => RowKey::from_bytes(reader.array()?),
        };
        let length = usize::try_from(reader.u32()?).ok()?;
        let checksum = if version.checks_rows() {
            Some(reader.u32()?)
        } else {
            None
        };
        let row = reader.take(length)?;
        Some(Self {
            key,
            row,
            checksum,
            length: bytes.len() - reader.rest().len(),
        })
    }

    fn intact(&self) -> bool {
        self.checksum
            .is_none_or(|sum| sum == checksum(&[&self.key.to_bytes(), self.row]))
    }
}

/// Reads all entries in `bytes`, of which `announced` were written, and hands the sound ones to
/// `visit`; what is left goes into quarantine.
pub(crate) fn read_entries(
    form: KeyForm,
    version: Version,
    announced: u32,
    bytes: &[u8],
    mut visit: impl FnMut(RowKey, Row),
) -> Vec<Quarantined> {
    let mut quarantined = Vec::new();
    let mut found = 0;
    let mut rest = bytes;
    let mut budget = SEARCH_BUDGET;
    while !rest.is_empty() {
        let entry = Entry::read(form, version, rest);
        let (key, reason, step) = match &entry {
            Some(entry) if entry.intact() => {
                found += 1;
                match Row::decode(entry.row) {
                    Ok(row) => {
                        visit(entry.key, row);
                        rest = rest.get(entry.length..).unwrap_or(&[]);
                        continue;
                    }
                    Err(error) => (Some(entry.key), Damage::Row(error), entry.length),
                }
            }
            Some(entry) => {
                let step = search(form, version, rest, &mut budget);
                // A key is told only if the damage seems to lie within this one entry.
                let key = (step == entry.length).then_some(entry.key);
                (key, Damage::Checksum, step)
            }
            None => {
                let step = if version.checks_rows() {
                    search(form, version, rest, &mut budget)
                } else {
                    rest.len()
                };
                (None, Damage::CutShort, step)
            }
        };
        let (damaged, after) = rest.split_at_checked(step).unwrap_or((rest, &[]));
        quarantined.push(Quarantined {
            key,
            bytes: damaged.to_vec(),
            reason,
        });
        rest = after;
    }
    if quarantined.is_empty() && found != announced {
        let reason = Damage::Count {
            expected: announced,
            found,
        };
        quarantined.push(Quarantined {
            key: None,
            bytes: Vec::new(),
            reason,
        });
    }
    quarantined
}

/// The distance to the next entry that can be verified, or to the end.
fn search(form: KeyForm, version: Version, bytes: &[u8], budget: &mut usize) -> usize {
    for at in 1..bytes.len() {
        let Some(entry) = bytes
            .get(at..)
            .and_then(|rest| Entry::read(form, version, rest))
        else {
            continue;
        };
        if entry.row.len() < SHORTEST_ROW {
            continue;
        }
        let Some(left) = budget.checked_sub(entry.row.len()) else {
            break;
        };
        *budget = left;
        if entry.intact() {
            return at;
        }
    }
    bytes.len()
}
