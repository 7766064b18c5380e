//! Everything that a store holds, as one piece of bytes, and back into an empty store.
//!
//! ```text
//! backup := "TXBK" … *(shelf:u8 key value)              (see `format`; both with their length before)
//! ```
//!
//! What ties a device to its team stays out: a copy of a device is another device, which joins by an
//! invite of its own. Rows keep their stamps, so that a restored book joins with the team's as if it
//! had been offline since.

use thiserror::Error;

use crate::bytes::{Reader, put_slice};
use crate::format::{self, Damage, Kind, Version};
use crate::hlc::DeviceId;
use crate::member::Member;
use crate::membership::Membership;
use crate::replica::{OpenError, Opening};
use crate::row::{Row, RowId, RowKey};
use crate::segment;
use crate::storage::{Batch, KeyRange, Records, Shelf, Storage, StorageError};

const KIND: Kind = *b"TXBK";

/// How many records are read at a time.
const AT_A_TIME: usize = 256;

/// Why a backup was not put back. Nothing of it is stored then.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RestoreError {
    /// The disk failed; see there for what to do.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// There are rows already: take an empty store.
    #[error("the store has rows already")]
    NotEmpty,
    /// A newer version of the program wrote the backup: update the program.
    #[error("the backup has format {0}, which needs a newer version of the program")]
    NeedsNewerVersion(Version),
    /// The bytes are no backup, or are damaged.
    #[error("the backup cannot be read: {0}")]
    Damaged(Damage),
}

impl From<Damage> for RestoreError {
    fn from(damage: Damage) -> Self {
        match damage {
            Damage::NeedsNewerVersion(version) => Self::NeedsNewerVersion(version),
            damage => Self::Damaged(damage),
        }
    }
}

/// What came of putting a backup back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// How many rows there are.
    pub rows: usize,
    /// How many records of the backup could not be read; they were set aside.
    pub set_aside: usize,
}

/// Whether a record ties the device to its team.
fn is_of_the_device(shelf: Shelf, key: &[u8]) -> bool {
    shelf == Shelf::Meta
        && (Membership::meta_range().contains(key) || Member::meta_range().contains(key))
}

/// Everything that a store holds, but for what ties the device to its team.
///
/// # Errors
/// See [`StorageError`].
pub async fn take<S: Storage>(storage: &S) -> Result<Vec<u8>, StorageError> {
    let mut body = Vec::new();
    // The journal first: what is folded into segments in between is then there twice, not missing.
    let others = Shelf::ALL
        .into_iter()
        .filter(|shelf| *shelf != Shelf::Journal);
    for shelf in std::iter::once(Shelf::Journal).chain(others) {
        let mut rest = KeyRange::all();
        loop {
            let records = storage.read(shelf, rest.clone(), Some(AT_A_TIME)).await?;
            let Some((last, _)) = records.last() else {
                break;
            };
            rest = rest.after(last.clone());
            for (key, value) in &records {
                if !is_of_the_device(shelf, key) {
                    body.push(shelf as u8);
                    put_slice(&mut body, key);
                    put_slice(&mut body, value);
                }
            }
        }
    }
    Ok(format::seal(KIND, &body))
}

/// The records of a backup, by shelf.
fn read(backup: &[u8]) -> Result<Vec<(Shelf, Records)>, Damage> {
    let (version, mut reader) = format::unseal(KIND, backup)?;
    let mut shelves: Vec<(Shelf, Records)> = Shelf::ALL
        .iter()
        .map(|shelf| (*shelf, Records::new()))
        .collect();
    while !reader.is_empty() {
        let (shelf, key, value) = record(&mut reader).ok_or(Damage::Malformed)?;
        if let Some((_, records)) = shelves.get_mut(usize::from(shelf)) {
            records.push((key, value));
        } else if !version.may_go_on() {
            return Err(Damage::Malformed);
        }
    }
    Ok(shelves)
}

fn record(reader: &mut Reader<'_>) -> Option<(u8, Vec<u8>, Vec<u8>)> {
    let [shelf] = reader.array()?;
    Some((shelf, reader.slice()?.to_vec(), reader.slice()?.to_vec()))
}

/// A backup opened and put in order: rows without a journal beside them, in pieces that can be taken
/// in one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InPieces {
    /// The pieces; see [`piece`].
    pub pieces: Vec<Vec<u8>>,
    /// How many records of the backup could not be read.
    pub set_aside: usize,
}

/// What a piece of a backup holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Rows of one table.
    Rows(Vec<(RowKey, Row)>),
    /// A record of another shelf.
    Record(Shelf, Vec<u8>, Vec<u8>),
}

/// Opens a backup for a store that has rows already. What belongs to the device that wrote it stays
/// out: its clock, its outbox, what it had set aside.
///
/// # Errors
/// [`RestoreError::NeedsNewerVersion`] and [`RestoreError::Damaged`].
pub fn in_pieces(backup: &[u8], fresh: DeviceId) -> Result<InPieces, RestoreError> {
    let mut opening = Opening::new(fresh);
    let mut out = InPieces::default();
    for (shelf, records) in read(backup)? {
        match shelf {
            Shelf::Segments => opening.segments(records),
            Shelf::Journal => opening.journal(records),
            Shelf::Activity | Shelf::Blobs => {
                let records = records.iter();
                out.pieces
                    .extend(records.map(|(key, value)| packed(shelf, key, value)));
            }
            _ => {}
        }
    }
    let opened = opening.finish();
    out.set_aside = opened.quarantined.len();
    let replica = opened.replica;
    for table in replica.tables() {
        let mut rows: Vec<(RowId, &Row)> = replica.rows(table).collect();
        rows.sort_unstable_by_key(|(id, _)| *id);
        let packs = rows.chunks(segment::ROWS);
        let packs = packs.map(|rows| packed(Shelf::Segments, &[], &segment::encode(table, rows)));
        out.pieces.extend(packs);
    }
    Ok(out)
}

fn packed(shelf: Shelf, key: &[u8], value: &[u8]) -> Vec<u8> {
    let mut out = vec![shelf as u8];
    put_slice(&mut out, key);
    put_slice(&mut out, value);
    out
}

/// What a piece of [`in_pieces`] holds; `None` for any other bytes.
#[must_use]
pub fn piece(bytes: &[u8]) -> Option<Piece> {
    let (shelf, key, value) = record(&mut Reader::new(bytes))?;
    let shelf = *Shelf::ALL.get(usize::from(shelf))?;
    if shelf != Shelf::Segments {
        return Some(Piece::Record(shelf, key, value));
    }
    let segment = segment::decode(&value).ok()?;
    let table = segment.table;
    let rows = segment.rows.into_iter();
    Some(Piece::Rows(
        rows.map(|(id, row)| (RowKey::new(table, id), row))
            .collect(),
    ))
}

/// Puts a backup into an empty store, in one batch. `fresh` is a random number that becomes the
/// device's id: what the device wrote after the backup may be with the team already, and no two edits
/// may ever share a stamp.
///
/// # Errors
/// [`RestoreError`].
pub async fn put_back<S: Storage>(
    storage: &S,
    backup: &[u8],
    fresh: DeviceId,
) -> Result<Restored, RestoreError> {
    for shelf in [Shelf::Segments, Shelf::Journal] {
        if storage.count(shelf, KeyRange::all()).await? > 0 {
            return Err(RestoreError::NotEmpty);
        }
    }
    let shelves = read(backup)?;
    let mut batch = Batch::new();
    let mut opening = Opening::new(fresh);
    for (shelf, records) in &shelves {
        for (key, value) in records {
            if !is_of_the_device(*shelf, key) {
                batch.put(*shelf, key.clone(), value.clone());
            }
        }
        if *shelf == Shelf::Meta {
            opening.meta(records.clone()).map_err(|error| match error {
                OpenError::NeedsNewerVersion(version) => RestoreError::NeedsNewerVersion(version),
                OpenError::Storage(error) => RestoreError::Storage(error),
            })?;
        }
    }
    for (shelf, records) in shelves {
        match shelf {
            Shelf::Segments => opening.segments(records),
            Shelf::Journal => opening.journal(records),
            _ => {}
        }
    }
    let mut opened = opening.finish();
    for upkeep in opened.upkeep {
        batch.append(upkeep);
    }
    batch.append(opened.replica.renew_device(fresh));
    storage.write(batch).await?;
    Ok(Restored {
        rows: opened.replica.len(),
        set_aside: opened.quarantined.len(),
    })
}
