//! Activity as rows of a reserved table, for the other members to read.
//!
//! They are rows on their way alone: on a device they lie on the activity shelf. A row is made once
//! nothing more is added to its record, so it never changes, and there is nothing to merge.
//!
//! | number | field | value |
//! | --- | --- | --- |
//! | 1 | key | the record's key on the shelf |
//! | 2 | record | as on the shelf |

use super::Activity;
use crate::hlc::Hlc;
use crate::row::{RegisterRef, Row, RowId, RowKey, TableId, check_limits};
use crate::team_key::first_half;

/// The table of activity.
pub const TABLE: TableId = TableId(0xFFFC);

const KEY: u16 = 1;
const RECORD: u16 = 2;

/// Where the row of a record lies, by the record's key on its shelf.
pub(crate) fn row_key(key: &[u8]) -> RowKey {
    RowKey::new(TABLE, RowId(first_half(&blake3::hash(key))))
}

/// The window of a record, by its key on its shelf.
pub(crate) fn window(key: &[u8]) -> Option<u32> {
    let window = key.get(16..20)?.try_into().ok()?;
    Some(u32::from_be_bytes(window))
}

/// The stamp with which a record was begun, by its key on its shelf.
fn begun(key: &[u8]) -> Option<Hlc> {
    Some(Hlc::from_bytes(*key.last_chunk()?))
}

/// The row of a record; `None` if the record cannot be read, or is too long for a register.
pub(crate) fn to_row(key: &[u8], record: &[u8]) -> Option<Row> {
    let hlc = begun(key)?;
    let activity = Activity::decode(record).ok()?;
    check_limits(&[], record).ok()?;
    (activity.shelf_key(hlc) == key).then(|| {
        let register = |number, value| RegisterRef {
            number,
            member: &[],
            hlc,
            value,
        };
        Row::pack(&[register(KEY, key), register(RECORD, record)])
    })
}

/// Whether a row's record has something that the other row's has not. What cannot be read is taken as it
/// is: a newer version knows what it wrote.
pub(crate) fn tells_more(row: &Row, other: &Row) -> bool {
    let record = |row| Activity::decode(from_row(row)?.1).ok();
    let Some((ours, theirs)) = record(row).zip(record(other)) else {
        return false;
    };
    let mut joined = theirs.clone();
    joined.join(&ours) && joined != theirs
}

/// The record in a row of [`TABLE`], with its key; `None` if a newer version wrote it in another form.
pub(crate) fn from_row(row: &Row) -> Option<(&[u8], &[u8])> {
    let value = |number| row.get(number).map(|register| register.value);
    let (key, record) = (value(KEY)?, value(RECORD)?);
    let activity = Activity::decode(record).ok()?;
    (activity.shelf_key(begun(key)?) == key).then_some((key, record))
}
