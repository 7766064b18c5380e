//! Segments: up to [`ROWS`] rows of one table in one stored record.
//!
//! ```text
//! segment := "TXSG" major:u8 minor:u8 table:u16 rows:u32 entry[rows]     (integers big-endian)
//! entry   := id[16] length:u32 checksum:u32 row[length]                 (see `row`)
//! ```
//!
//! Reading a hundred thousand rows from a browser's database takes less than half the time when
//! they are packed like this.

use crate::bytes::Reader;
use crate::format::{self, Damage, Kind, Version};
use crate::packed::{self, KeyForm};
use crate::quarantine::Quarantined;
use crate::row::{Row, RowId, RowKey, TableId};

/// How many rows go into one segment.
pub const ROWS: usize = 256;
/// A segment of fewer rows takes no more once it has this many bytes: every edit rewrites one.
pub const FULL_BYTES: usize = 512 << 10;

const KIND: Kind = *b"TXSG";

/// A segment's key on its shelf.
///
/// `session` keeps apart the segments of two tabs that write to one store at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SegmentKey {
    /// The table whose rows it holds.
    pub table: TableId,
    /// Its number within the table.
    pub number: u32,
    /// The opening of the store that made it.
    pub session: u64,
}

impl SegmentKey {
    /// The key's bytes, sorting as the key does.
    #[must_use]
    pub fn to_bytes(self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(14);
        bytes.extend_from_slice(&self.table.0.to_be_bytes());
        bytes.extend_from_slice(&self.number.to_be_bytes());
        bytes.extend_from_slice(&self.session.to_be_bytes());
        bytes
    }

    /// Reads what [`SegmentKey::to_bytes`] wrote.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        let table = TableId(u16::from_be_bytes(reader.array()?));
        let number = reader.u32()?;
        let session = u64::from_be_bytes(reader.array()?);
        reader.is_empty().then_some(Self {
            table,
            number,
            session,
        })
    }
}

/// What a segment held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The table of all its rows.
    pub table: TableId,
    /// The version in which it was written.
    pub version: Version,
    /// The rows that are sound.
    pub rows: Vec<(RowId, Row)>,
    /// The rest.
    pub quarantined: Vec<Quarantined>,
}

/// Packs rows of one table.
#[must_use]
pub fn encode(table: TableId, rows: &[(RowId, &Row)]) -> Vec<u8> {
    let form = KeyForm::Id(table);
    let size = rows
        .iter()
        .map(|(_, row)| packed::entry_length(form, row))
        .sum::<usize>();
    let mut out = Vec::with_capacity(12 + size);
    format::put_header(&mut out, KIND);
    out.extend_from_slice(&table.0.to_be_bytes());
    out.extend_from_slice(&u32::try_from(rows.len()).unwrap_or(u32::MAX).to_be_bytes());
    for (id, row) in rows {
        packed::put_entry(&mut out, form, RowKey::new(table, *id), row);
    }
    out
}

/// Reads a segment of this or an older version: every row that is sound, the rest aside.
///
/// # Errors
/// What is wrong with the record as a whole, so that nothing in it could be read.
pub fn decode(bytes: &[u8]) -> Result<Segment, Damage> {
    let mut reader = Reader::new(bytes);
    let version = format::read_header(&mut reader, KIND)?;
    let table = TableId(
        reader
            .array()
            .map(u16::from_be_bytes)
            .ok_or(Damage::CutShort)?,
    );
    let announced = reader.u32().ok_or(Damage::CutShort)?;
    // The announced number is not trusted with memory.
    let mut rows = Vec::with_capacity((announced as usize).min(ROWS));
    let form = KeyForm::Id(table);
    let quarantined = packed::read_entries(form, version, announced, reader.rest(), |key, row| {
        rows.push((key.id, row));
    });
    Ok(Segment {
        table,
        version,
        rows,
        quarantined,
    })
}
