//! Between a record and the registers of its row.

use super::{AnyRecord, Change, DELETED, FieldSource, NO, Record, RowState, TableSpec, YES};
use crate::id::{Id, Uuid};
use crate::value::Value;
use std::collections::BTreeSet;

/// Reads a record from its row. Registers that cannot be read leave the field empty and
/// mark the record as needing a newer version; they are not written over.
pub fn read<T: Record>(id: Id<T>, source: &dyn FieldSource) -> T {
    let mut record = T::with_id(id);
    let needs_newer = fill(&mut record, source);
    record.set_state(RowState {
        deleted: source.deleted(),
        needs_newer,
    });
    record
}

/// Fills a record's fields; tells whether something needs a newer version.
pub(crate) fn fill(record: &mut dyn AnyRecord, source: &dyn FieldSource) -> bool {
    let mut needs_newer = false;
    for (place, spec) in record.table().fields.iter().enumerate() {
        let value = if spec.kind.is_set() {
            let mut members = Vec::new();
            source.members(spec.number, &mut |member| members.push(member));
            if members.is_empty() {
                continue;
            }
            Some(Value::from_members(spec.kind, members.into_iter()))
        } else {
            match source.field(spec.number) {
                None => continue,
                Some(bytes) => Value::from_bytes(spec.kind, bytes),
            }
        };
        let read = value.is_some_and(|value| record.write(place, value).is_ok());
        needs_newer |= !read;
    }
    needs_newer || record.holds_newer_choice()
}

/// The registers to write so that `before` becomes `after`. Without `before`, every filled
/// field of a new record; a record without any filled field still writes its deletion
/// register, so that the row exists.
pub fn changes<T: Record>(before: Option<&T>, after: &T) -> Vec<Change> {
    changes_of_any(before.map(|before| before as &dyn AnyRecord), after)
}

/// As [`changes`], for records of one table that is known only while the app runs.
pub fn changes_of_any(before: Option<&dyn AnyRecord>, after: &dyn AnyRecord) -> Vec<Change> {
    let (table, id) = (after.table(), after.uuid());
    let old = |place| before.map_or(Value::Empty, |record| record.value(place));
    let mut out = value_changes(table, id, &old, &|place| after.value(place));
    if before.is_none() {
        out.push(bin_any(table.number, id, false));
    }
    out
}

/// The registers to write so that the fields of a record change from some values to others,
/// both given by the fields' places.
pub fn value_changes(
    table: &TableSpec,
    id: Uuid,
    before: &dyn Fn(usize) -> Value,
    after: &dyn Fn(usize) -> Value,
) -> Vec<Change> {
    let mut out = Vec::new();
    let mut write = |field: u16, member: Vec<u8>, value: Vec<u8>| {
        out.push(Change {
            table: table.number,
            id,
            field,
            member,
            value,
        });
    };
    for (place, spec) in table.fields.iter().enumerate() {
        let (new, old) = (after(place), before(place));
        if old == new || (old.is_empty() && new.is_empty()) {
            continue;
        }
        if spec.kind.is_set() {
            let (was, is): (BTreeSet<_>, BTreeSet<_>) = (
                old.members().into_iter().collect(),
                new.members().into_iter().collect(),
            );
            for gone in was.difference(&is) {
                write(spec.number, gone.clone(), NO.to_vec());
            }
            for come in is.difference(&was) {
                write(spec.number, come.clone(), YES.to_vec());
            }
        } else {
            write(spec.number, Vec::new(), new.to_bytes());
        }
    }
    out
}

/// The register that puts a record into the bin, or takes it out again.
pub fn bin<T: Record>(id: Id<T>, deleted: bool) -> Change {
    bin_any(T::NUMBER, id.uuid(), deleted)
}

/// As [`bin`], for a record whose table is known only while the app runs.
pub fn bin_any(table: u16, id: Uuid, deleted: bool) -> Change {
    Change {
        table,
        id,
        field: DELETED,
        member: Vec::new(),
        value: if deleted { YES } else { NO }.to_vec(),
    }
}
