//! Between the rows that merge and the records that people read: all the glue there is between
//! `domain` and `sync`, which know nothing of each other.

use std::cell::{RefCell, RefMut};
use tongxing_domain::book::Book;
use tongxing_domain::id::Uuid;
use tongxing_domain::schema::{Change, FieldSource, YES};
use tongxing_sync::activity::Subject;
use tongxing_sync::replica::{Edit, Replica};
use tongxing_sync::row::{FieldKey, RegisterRef, Registers, Row, RowId, RowKey, TableId};

/// A row as the schema reads it.
///
/// A row keeps its registers one after another, and the schema asks for nearly all of them, mostly in
/// that order: so each question goes on where the one before ended.
#[derive(Debug)]
pub struct RowFields<'a> {
    row: &'a Row,
    walk: RefCell<Walk<'a>>,
}

/// How far a row has been read.
#[derive(Clone, Debug)]
struct Walk<'a> {
    /// The field that was asked for last; every register of a lesser number is behind.
    asked: u16,
    here: Option<RegisterRef<'a>>,
    rest: Registers<'a>,
}

impl<'a> Walk<'a> {
    fn of(row: &'a Row) -> Self {
        let mut rest = row.iter();
        Self {
            asked: 0,
            here: rest.next(),
            rest,
        }
    }

    fn step(&mut self) {
        self.here = self.rest.next();
    }
}

impl<'a> RowFields<'a> {
    /// Reads a row from its first register on.
    #[must_use]
    pub fn new(row: &'a Row) -> Self {
        Self {
            row,
            walk: RefCell::new(Walk::of(row)),
        }
    }

    /// Goes to the first register of a field, or of the next one that the row has.
    fn seek(&self, number: u16) -> RefMut<'_, Walk<'a>> {
        let mut walk = self.walk.borrow_mut();
        if number < walk.asked {
            *walk = Walk::of(self.row);
        }
        walk.asked = number;
        while walk.here.is_some_and(|register| register.number < number) {
            walk.step();
        }
        walk
    }
}

impl FieldSource for RowFields<'_> {
    fn field(&self, number: u16) -> Option<&[u8]> {
        // Undoing the first edit of a field leaves a register without a value.
        self.seek(number)
            .here
            .filter(|register| register.number == number && register.member.is_empty())
            .map(|register| register.value)
            .filter(|value| !value.is_empty())
    }

    fn members<'a>(&'a self, number: u16, each: &mut dyn FnMut(&'a [u8])) {
        // What is called may ask for other fields.
        let mut walk = self.seek(number).clone();
        while let Some(register) = walk.here.filter(|register| register.number == number) {
            if !register.member.is_empty() && register.value == YES {
                each(register.member);
            }
            walk.step();
        }
    }

    fn deleted(&self) -> bool {
        self.row.deleted()
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
            book.take(table.0, Uuid::from_bytes(id.0), &RowFields::new(row));
        }
    }
    book
}

#[cfg(test)]
mod tests {
    use super::*;
    use tongxing_sync::hlc::{DeviceId, Hlc};
    use tongxing_sync::row::{Register, RowError};

    fn row() -> Result<Row, RowError> {
        let registers = [
            (FieldKey::plain(0), &b"\0"[..]),
            (FieldKey::plain(2), b"two"),
            (FieldKey::member(3, *b"in"), YES),
            (FieldKey::member(3, *b"out"), b"\0"),
            (FieldKey::member(3, *b"too"), YES),
            (FieldKey::plain(5), b""),
            (FieldKey::plain(8), b"eight"),
        ];
        Row::from_registers(registers.map(|(field, value)| {
            let register = Register {
                hlc: Hlc::new(1, 0, DeviceId(1)),
                value: value.into(),
            };
            (field, register)
        }))
    }

    #[test]
    fn fields_are_found_in_whatever_order_they_are_asked_for() -> Result<(), RowError> {
        let row = row()?;
        let asked = [0, 1, 2, 3, 5, 8, 9];
        for first in asked {
            for second in asked {
                let fields = RowFields::new(&row);
                for number in [first, second, second, first] {
                    let plain = row.get(number).map(|register| register.value);
                    let expected = plain.filter(|value| !value.is_empty());
                    assert_eq!(fields.field(number), expected, "{first} {second}: {number}");
                    let mut members = Vec::new();
                    fields.members(number, &mut |member| members.push(member));
                    let expected: &[&[u8]] = if number == 3 { &[b"in", b"too"] } else { &[] };
                    assert_eq!(members, expected, "{first} {second}: {number}");
                    assert!(!fields.deleted());
                }
            }
        }
        Ok(())
    }
}
