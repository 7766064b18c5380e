//! Between the rows that merge and the records that people read: all the glue there is between
//! `domain` and `sync`, which know nothing of each other.

use tongxing_domain::book::Book;
use tongxing_domain::id::Uuid;
use tongxing_domain::schema::{Change, FieldSource, YES};
use tongxing_sync::activity::Subject;
use tongxing_sync::replica::{Edit, Replica};
use tongxing_sync::row::{FieldKey, Row, RowId, RowKey, TableId};

/// A row as the schema reads it.
pub struct RowFields<'a>(pub &'a Row);

impl FieldSource for RowFields<'_> {
    fn field(&self, number: u16) -> Option<&[u8]> {
        // Undoing the first edit of a field leaves a register without a value.
        self.0
            .get(number)
            .map(|register| register.value)
            .filter(|value| !value.is_empty())
    }

    fn members<'a>(&'a self, number: u16, each: &mut dyn FnMut(&'a [u8])) {
        for register in self.0.members(number) {
            if register.value == YES {
                each(register.member);
            }
        }
    }

    fn deleted(&self) -> bool {
        self.0.deleted()
    }
}

/// The key of a record's row.
#[must_use]
pub fn row_key(table: u16, id: Uuid) -> RowKey {
    RowKey {
        table: TableId(table),
        id: RowId(*id.as_bytes()),
    }
}

/// The record that a row's key means.
#[must_use]
pub fn record_of(key: RowKey) -> (u16, Uuid) {
    (key.table.0, Uuid::from_bytes(key.id.0))
}

/// An edit of the merge as the schema writes it.
#[must_use]
pub fn change_of(edit: Edit) -> Change {
    let (table, id) = record_of(edit.key);
    Change {
        table,
        id,
        field: edit.field.number,
        member: edit.field.member.into_vec(),
        value: edit.value,
    }
}

/// A change as the merge writes it; `subject` is what its activity is listed under.
#[must_use]
pub fn edit_of(change: Change, subject: Subject) -> Edit {
    Edit {
        key: row_key(change.table, change.id),
        field: FieldKey {
            number: change.field,
            member: change.member.into(),
        },
        value: change.value,
        subject,
    }
}

/// The book that a replica's rows make. Rows of tables that only a newer version knows are passed over.
#[must_use]
pub fn book_of(replica: &Replica) -> Book {
    let mut book = Book::default();
    for table in replica.tables() {
        for (id, row) in replica.rows(table) {
            book.take(table.0, Uuid::from_bytes(id.0), &RowFields(row));
        }
    }
    book
}
