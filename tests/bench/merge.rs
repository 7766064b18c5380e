//! Merging what others edited: 5,000 field edits into 10,000 rows of 12 fields.
//!
//! The edits come as bytes, as they do from another tab or the endpoint, and are in memory in the end.
//! `merge.mjs` does the same with nested maps; rows, values and edits are the same there.

use tongxing_sync::hlc::{DeviceId, Hlc};
use tongxing_sync::journal::{self, CommitKey};
use tongxing_sync::replica::{Opening, Replica};
use tongxing_sync::row::{FieldKey, Register, Row, RowError, RowId, RowKey, TableId};

/// Rows in the book.
pub const ROWS: usize = 10_000;
/// Fields of each row.
pub const FIELDS: u16 = 12;
/// Field edits to merge.
pub const EDITS: usize = 5_000;

const TABLE: TableId = TableId(1);
const BEGUN_MS: u64 = 1_790_000_000_000;
/// Coprime to [`ROWS`], so that the edits are spread over the whole book.
const STRIDE: usize = 7_919;

/// A book, and the edits that are to be merged into it.
#[derive(Debug)]
pub struct Merge {
    replica: Replica,
    edits: Vec<(Vec<u8>, Vec<u8>)>,
}

impl Merge {
    /// Fills a book and packs the edits.
    ///
    /// # Errors
    /// [`RowError`] if a value could not be stored, which none here is.
    pub fn prepare() -> Result<Self, RowError> {
        let ours = DeviceId(1);
        let theirs = DeviceId(2);
        let mut rows = Vec::with_capacity(ROWS);
        for row in 0..ROWS {
            let registers = (0..FIELDS).map(|field| {
                // A row that was edited a few times since it was entered.
                let hlc = Hlc::new(BEGUN_MS + u64::from(field % 3), 0, ours);
                let value = format!("value {row}.{field}");
                (FieldKey::plain(field + 1), register(hlc, &value))
            });
            rows.push((key(row), Row::from_registers(registers)?));
        }
        let mut replica = Opening::new(ours).finish().replica;
        replica.receive(rows, BEGUN_MS + 60_000);
        let mut edits = Vec::with_capacity(EDITS);
        for edit in 0..EDITS {
            let hlc = Hlc::new(BEGUN_MS + 1_000 + edit as u64, 0, theirs);
            let field = FieldKey::plain((edit * 31 % usize::from(FIELDS)) as u16 + 1);
            let registers = [(field, register(hlc, &format!("edited {edit}")))];
            edits.push((key(edit * STRIDE % ROWS), Row::from_registers(registers)?));
        }
        let commit = CommitKey {
            sequence: 1,
            session: 2,
        };
        let record = (commit.to_bytes(), journal::encode(&edits));
        Ok(Self {
            replica,
            edits: vec![record],
        })
    }

    /// Merges the edits and tells how many rows changed.
    pub fn run(&mut self) -> usize {
        let records = std::mem::take(&mut self.edits);
        self.replica.absorb_journal(records).changed.len()
    }
}

fn key(row: usize) -> RowKey {
    RowKey::new(TABLE, RowId((row as u128).to_be_bytes()))
}

fn register(hlc: Hlc, value: &str) -> Register {
    Register {
        hlc,
        value: value.as_bytes().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_edit_changes_a_row_once() {
        let mut merge = Merge::prepare().unwrap();
        assert_eq!(merge.run(), EDITS);
        assert_eq!(merge.run(), 0);
        let edited = merge.replica.row(&key(STRIDE)).unwrap();
        assert_eq!(edited.len(), usize::from(FIELDS));
        assert_eq!(edited.get(31 % FIELDS + 1).unwrap().value, b"edited 1");
    }
}
