//! A book of dealers, and what a colleague edited in it: the same for everybody who merges.

use serde_json::{Map, Value, json};

/// Dealers in the book.
pub(crate) const ROWS: usize = 10_000;
/// Fields that a colleague has edited, each of another dealer.
pub(crate) const EDITS: usize = 5_000;
/// Coprime to [`ROWS`], so that the edits are spread over the whole book.
const STRIDE: usize = 7_919;

/// What is known of a dealer.
pub(crate) const FIELDS: [&str; 12] = [
    "name", "code", "region", "size", "turnover", "staff", "model", "phone", "address", "grade",
    "segment", "notes",
];

/// A dealer's id, as long as a UUID.
pub(crate) fn id(row: usize) -> String {
    format!("{row:032x}")
}

/// What stands in a field of a dealer at first.
pub(crate) fn value(row: usize, field: usize) -> String {
    match FIELDS.get(field) {
        Some(&"name") => format!("杭州云溪厨电 {row}"),
        Some(&"code") => format!("TX-{row:06}"),
        Some(&"region") => "浙江".to_owned(),
        Some(&"turnover") => format!("{}0000", row % 9_000),
        Some(&"model") => "零售为主，兼做小区团购".to_owned(),
        Some(&"phone") => format!("0571-0000-{row:04}"),
        Some(&"address") => format!("杭州市灶台路 {row} 号"),
        Some(&"notes") => format!("第 {row} 家：喜欢当面谈，月初对账"),
        _ => format!("{}", row % 60),
    }
}

/// One edit: the dealer, its field, and what stands there now.
pub(crate) struct Edit {
    pub(crate) row: usize,
    pub(crate) field: usize,
    pub(crate) value: String,
}

/// Everything that a colleague has edited.
pub(crate) fn edits() -> impl Iterator<Item = Edit> {
    (0..EDITS).map(|edit| Edit {
        row: edit * STRIDE % ROWS,
        field: edit * 31 % FIELDS.len(),
        value: format!("改过 {edit}"),
    })
}

/// All of it as JSON.
pub(crate) fn as_json() -> Value {
    let fields = |row| -> Map<String, Value> {
        let fields = FIELDS.iter().enumerate();
        fields
            .map(|(field, name)| ((*name).to_owned(), value(row, field).into()))
            .collect()
    };
    let dealers: Map<String, Value> = (0..ROWS).map(|row| (id(row), fields(row).into())).collect();
    let edits: Vec<Value> = edits()
        .map(|edit| json!([id(edit.row), FIELDS[edit.field], edit.value]))
        .collect();
    json!({ "dealers": dealers, "edits": edits })
}
