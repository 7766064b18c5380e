//! Journal records: one for each commit, holding what it changed until that is folded into
//! segments.
//!
//! ```text
//! record := "TXJN" major:u8 minor:u8 rows:u32 entry[rows]                (integers big-endian)
//! entry  := table:u16 id[16] length:u32 checksum:u32 row[length]        (see `row`)
//! ```
//!
//! A row here has only the registers that the commit wrote; joining it into the row is all that
//! replaying takes, in any order and any number of times.

use crate::bytes::Reader;
use crate::format::{self, Damage, Kind, Version};
use crate::packed::{self, KeyForm};
use crate::quarantine::Quarantined;
use crate::row::{Row, RowKey};

const KIND: Kind = *b"TXJN";

/// The key of a journal record, and of the outbox record of the same commit.
///
/// `session` keeps apart the commits of two tabs that write to one store at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommitKey {
    /// Ascends with every commit.
    pub sequence: u64,
    /// The opening of the store that made it.
    pub session: u64,
}

impl CommitKey {
    /// The key's 16 bytes, sorting as the key does.
    #[must_use]
    pub fn to_bytes(self) -> Vec<u8> {
        [self.sequence.to_be_bytes(), self.session.to_be_bytes()].concat()
    }

    /// Reads what [`CommitKey::to_bytes`] wrote.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        let sequence = u64::from_be_bytes(reader.array()?);
        let session = u64::from_be_bytes(reader.array()?);
        reader.is_empty().then_some(Self { sequence, session })
    }
}

/// What a journal record held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The version in which it was written.
    pub version: Version,
    /// Per row, the registers that were written.
    pub entries: Vec<(RowKey, Row)>,
    /// What could not be read.
    pub quarantined: Vec<Quarantined>,
}

/// Packs what one commit changed.
#[must_use]
pub fn encode(entries: &[(RowKey, Row)]) -> Vec<u8> {
    let form = KeyForm::Full;
    let size = entries
        .iter()
        .map(|(_, row)| packed::entry_length(form, row))
        .sum::<usize>();
    let mut out = Vec::with_capacity(10 + size);
    format::put_header(&mut out, KIND);
    out.extend_from_slice(
        &u32::try_from(entries.len())
            .unwrap_or(u32::MAX)
            .to_be_bytes(),
    );
    for (key, row) in entries {
        packed::put_entry(&mut out, form, *key, row);
    }
    out
}

/// Reads a journal record of this or an older version: every entry that is sound, the rest aside.
///
/// # Errors
/// What is wrong with the record as a whole, so that nothing in it could be read.
pub fn decode(bytes: &[u8]) -> Result<Record, Damage> {
    let mut reader = Reader::new(bytes);
    let version = format::read_header(&mut reader, KIND)?;
    let announced = reader.u32().ok_or(Damage::CutShort)?;
    let mut entries = Vec::new();
    let quarantined = packed::read_entries(
        KeyForm::Full,
        version,
        announced,
        reader.rest(),
        |key, row| {
            entries.push((key, row));
        },
    );
    Ok(Record {
        version,
        entries,
        quarantined,
    })
}
