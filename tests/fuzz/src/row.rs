//! Rows: packed bytes from members of the team and from the disk.

use tongxing_sync::blob::Note;
use tongxing_sync::conflict::Conflict;
use tongxing_sync::row::{Register, RegisterRef, Row};

fn is_row(bytes: &[u8]) -> Option<Row> {
    let row = Row::decode(bytes).ok()?;
    // Equal content has equal bytes.
    assert_eq!(row.as_bytes(), bytes);
    let registers: Vec<RegisterRef<'_>> = row.iter().collect();
    assert_eq!(registers.len(), row.len());
    let owned = registers.iter().map(|register| {
        let (hlc, value) = (register.hlc, register.value.into());
        (register.field(), Register { hlc, value })
    });
    assert_eq!(Row::from_registers(owned).as_ref(), Ok(&row));
    for register in &registers {
        let found = row.member(register.number, register.member);
        assert_eq!(found.as_ref(), Some(register));
        assert!(Some(register.hlc) <= row.latest());
    }
    let mut same = row.clone();
    assert!(!same.join(&row), "a row changes by itself");
    assert_eq!(same, row);
    let _ = (row.deleted(), row.edited_after_deletion());
    let _ = (Conflict::from_row(&row), Note::from_row(&row));
    Some(row)
}

/// Reads bytes as a row, and cut in two as two rows that are joined either way.
pub fn row(bytes: &[u8]) -> bool {
    let whole = is_row(bytes).is_some();
    let Some((&cut, rest)) = bytes.split_first() else {
        return whole;
    };
    let cut = usize::from(cut).min(rest.len());
    let (first, second) = rest.split_at(cut);
    let (Some(first), Some(second)) = (is_row(first), is_row(second)) else {
        return whole;
    };
    let (mut one, mut other) = (first.clone(), second.clone());
    one.join(&second);
    other.join(&first);
    assert_eq!(one, other, "joining depends on the order");
    assert!(!one.join(&first) && !one.join(&second));
    true
}
