//! Ours: the replica that page and command line have.

use tongxing_sync::hlc::{DeviceId, Hlc};
use tongxing_sync::journal::{self, CommitKey};
use tongxing_sync::replica::{Opening, Replica};
use tongxing_sync::row::{FieldKey, Register, Row, RowError, RowId, RowKey, TableId};

use super::Book;
use crate::Failed;
use crate::dealers::{self, Edit, FIELDS, ROWS};

const TABLE: TableId = TableId(1);
const BEGUN_MS: u64 = 1_790_000_000_000;
/// The edits are the first commit of another device's opening.
const COMMIT: CommitKey = CommitKey {
    sequence: 1,
    session: 2,
};

/// A replica in memory.
pub(super) struct Ours(Replica);

impl Book for Ours {
    fn prepare() -> Result<(Vec<u8>, Vec<u8>), Failed> {
        let mut rows = Vec::with_capacity(ROWS);
        for row in 0..ROWS {
            let hlc = Hlc::new(BEGUN_MS, 0, DeviceId(1));
            let fields = (0..FIELDS.len()).map(|field| (field, dealers::value(row, field)));
            rows.push((key(row), packed(hlc, fields)?));
        }
        let mut edits = Vec::new();
        for (count, edit) in (1..).zip(dealers::edits()) {
            let hlc = Hlc::new(BEGUN_MS + 1_000 + count, 0, DeviceId(2));
            edits.push((key(edit.row), packed(hlc, [(edit.field, edit.value)])?));
        }
        Ok((journal::encode(&rows), journal::encode(&edits)))
    }

    fn open(book: &[u8]) -> Result<Self, Failed> {
        let mut replica = Opening::new(DeviceId(1)).finish().replica;
        let first = CommitKey {
            sequence: 0,
            ..COMMIT
        };
        replica.absorb_journal(vec![(first.to_bytes(), book.to_vec())]);
        Ok(Self(replica))
    }

    fn merge(&mut self, edits: &[u8]) -> Result<(), Failed> {
        self.0
            .absorb_journal(vec![(COMMIT.to_bytes(), edits.to_vec())]);
        Ok(())
    }

    fn has(&self, edit: &Edit) -> bool {
        let row = self.0.row(&key(edit.row));
        row.and_then(|row| row.get(number(edit.field)))
            .is_some_and(|register| register.value == edit.value.as_bytes())
    }
}

fn key(row: usize) -> RowKey {
    RowKey::new(TABLE, RowId((row as u128).to_be_bytes()))
}

fn number(field: usize) -> u16 {
    field as u16 + 1
}

fn packed(hlc: Hlc, fields: impl IntoIterator<Item = (usize, String)>) -> Result<Row, RowError> {
    Row::from_registers(fields.into_iter().map(|(field, value)| {
        let value = value.into_bytes().into();
        (FieldKey::plain(number(field)), Register { hlc, value })
    }))
}
