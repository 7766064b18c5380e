//! What the rows tell of blobs, and what follows from it.

use std::collections::BTreeSet;

use super::{Address, MAX_BYTES, MAX_ID_BYTES};
use crate::activity::Subject;
use crate::replica::{Edit, Replica};
use crate::row::{FieldKey, Row, RowId, RowKey, TableId};
use crate::team_key::first_half;

/// The table of blobs.
pub const TABLE: TableId = TableId(0xFFFD);

const ID: u16 = 1;
const LENGTH: u16 = 2;
const ADDRESS: u16 = 3;

/// Tells that the endpoint has a blob.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its id.
    pub id: Vec<u8>,
    /// How many bytes it has, unsealed.
    pub length: usize,
    /// Where the endpoint has it.
    pub address: Address,
}

impl Note {
    /// Where the note lies: it follows from the blob's id.
    #[must_use]
    pub fn row_key(id: &[u8]) -> RowKey {
        RowKey::new(TABLE, RowId(first_half(&blake3::hash(id))))
    }

    /// The edits that write it.
    #[must_use]
    pub fn edits(&self) -> Vec<Edit> {
        let length = u32::try_from(self.length).unwrap_or(u32::MAX);
        let values = [
            (ID, self.id.clone()),
            (LENGTH, length.to_be_bytes().to_vec()),
            (ADDRESS, self.address.0.to_vec()),
        ];
        let edits = values.into_iter().map(|(number, value)| Edit {
            key: Self::row_key(&self.id),
            field: FieldKey::plain(number),
            value,
            subject: Subject::default(),
        });
        edits.collect()
    }

    /// The edits that take it back, for a member that asked and was told that the endpoint has no such
    /// blob: whoever has it sends it again then.
    #[must_use]
    pub fn retraction(&self) -> Vec<Edit> {
        let mut edits = self.edits();
        edits.retain(|edit| edit.field.number == ID);
        for edit in &mut edits {
            edit.value.clear();
        }
        edits
    }

    /// Reads a row of [`TABLE`]; `None` if it holds no note, or one of a blob that is longer than
    /// this version takes.
    #[must_use]
    pub fn from_row(row: &Row) -> Option<Self> {
        let value = |number| row.get(number).map(|register| register.value);
        let id = value(ID).filter(|id| !id.is_empty() && id.len() <= MAX_ID_BYTES)?;
        let length = u32::from_be_bytes(value(LENGTH)?.try_into().ok()?);
        Some(Self {
            id: id.to_vec(),
            length: usize::try_from(length)
                .ok()
                .filter(|length| *length <= MAX_BYTES)?,
            address: Address(value(ADDRESS)?.try_into().ok()?),
        })
    }
}

/// What is to be carried.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// The ids of blobs that are here, and not known to be at the endpoint.
    pub to_send: Vec<Vec<u8>>,
    /// Blobs that the endpoint has, and that are not here.
    pub to_fetch: Vec<Note>,
    /// Blobs that both have.
    pub shared: Vec<Note>,
}

/// Holds what the rows tell against the keys of the shelf of blobs.
#[must_use]
pub fn survey(replica: &Replica, mut here: BTreeSet<Vec<u8>>) -> Survey {
    let mut survey = Survey::default();
    for (_, row) in replica.rows(TABLE) {
        let Some(note) = Note::from_row(row) else {
            continue;
        };
        if here.remove(&note.id) {
            survey.shared.push(note);
        } else {
            survey.to_fetch.push(note);
        }
    }
    // Small ones first: signatures are not to wait for photos.
    survey
        .to_fetch
        .sort_by(|a, b| (a.length, &a.id).cmp(&(b.length, &b.id)));
    survey.to_send = here.into_iter().collect();
    survey
}
