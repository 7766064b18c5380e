//! The whole book as JSON (RFC 8259), to keep and to read from scripts.
//!
//! ```json
//! {"format": "tongxing-book", "version": 1, "tables": {
//!   "dealer": [
//!     {"id": "0198…", "name": "…", "kind": "Retailer", "turnover": "12000000", "tags": ["…"]}
//!   ]
//! }}
//! ```
//!
//! **Version 1.** `tables` holds a list of records for each table by the table's key. A record
//! has its `id` (32 hexadecimal digits), `"deleted": true` when it is in the bin, and its fields
//! by their keys; a field that is not there is empty. By kind:
//!
//! | kind | JSON |
//! | --- | --- |
//! | text, notation | string |
//! | yes or no | boolean |
//! | whole number | number |
//! | money, quantity | string of plain digits, at most two decimals: `"1234.5"` |
//! | date, month, minute | `"2026-03-05"`, `"2026-03"`, `"2026-03-05T14:30"` |
//! | slot | start and minutes: `"2026-03-05T14:30+90"` |
//! | span, course | `"2026-01-01..2026-12-31"`, `"0..1000"` |
//! | figure | amount and the day up to which it counts: `"1234.5@2026-03-31"` |
//! | place | `"30.274100,120.155100"` |
//! | choice | the choice's key; `"#12"` for one that only a newer version knows |
//! | reference | the record's id |
//! | link | table number and id: `"11:0198…"` |
//! | outcome | `"done@2026-03-05"`, `"dropped@2026-03-05"` |
//! | shape | twelve weights: `"1,1,1,1,1,1,1,1,1,1,1,1"` |
//! | several of anything | array of strings |
//!
//! Tables and fields may be added within a version; a reader tells those that it does not know.
//! The schema is this declaration and the tables' own in [`crate::tables`].

use crate::book::Book;
use crate::id::Uuid;
use crate::schema::{AnyRecord, Change, FieldSpec, TableSpec, bin_any, value_changes};
use crate::text::{Lines, clean};
use crate::value::{Kind, Misread, Value};
use crate::words::Lang;
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, BTreeSet};

/// What the file calls itself.
const FORMAT: &str = "tongxing-book";
/// The version that is written, and the newest that is read.
pub const VERSION: u64 = 1;

/// The whole book, a record in each line.
pub fn write(book: &Book) -> String {
    let mut out = format!("{{\"format\":\"{FORMAT}\",\"version\":{VERSION},\"tables\":{{");
    let binned: BTreeSet<(u16, Uuid)> = book
        .binned()
        .into_iter()
        .map(|(table, id)| (table.number, id))
        .collect();
    for (at, table) in Book::TABLES.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        out.push_str(&format!("\n\"{}\":[", table.key));
        let mut rows = book.rows(table.number);
        let gone = binned.iter().filter(|(number, _)| *number == table.number);
        rows.extend(gone.filter_map(|(number, id)| book.any(*number, *id)));
        for (at, row) in rows.into_iter().enumerate() {
            out.push_str(if at > 0 { ",\n" } else { "\n" });
            out.push_str(&Json::Object(record(table, row)).to_string());
        }
        out.push(']');
    }
    out.push_str("\n}}\n");
    out
}

fn record(table: &TableSpec, row: &dyn AnyRecord) -> Map<String, Json> {
    let mut fields = Map::new();
    fields.insert("id".into(), row.uuid().simple().to_string().into());
    if row.row_state().deleted {
        fields.insert("deleted".into(), true.into());
    }
    for (place, spec) in table.fields.iter().enumerate() {
        let value = row.value(place);
        if !value.is_empty() {
            fields.insert(spec.key.into(), to_json(spec.kind, &value));
        }
    }
    fields
}

fn to_json(kind: Kind, value: &Value) -> Json {
    match (kind, value) {
        (_, Value::Flag(flag)) => (*flag).into(),
        (_, Value::Text(text)) => text.as_str().into(),
        (Kind::Whole, Value::Number(number)) => (*number).into(),
        (_, Value::Tags(tags)) => tags.clone().into(),
        (_, Value::Refs(ids)) => {
            let ids: Vec<_> = ids.iter().map(|id| id.simple().to_string()).collect();
            ids.into()
        }
        (Kind::Choices(list), Value::Choices(codes)) => {
            let one = |code: &u16| Value::Choice(*code).input_text(Kind::Choice(list));
            codes.iter().map(one).collect::<Vec<_>>().into()
        }
        (kind, value) => value.input_text(kind).into(),
    }
}

/// Why a file is not a book; each names the place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JsonFault {
    /// Not JSON.
    #[error("line {line}, column {column}: not JSON")]
    NotJson {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
    /// JSON, but no book.
    #[error("not a book of Tongxing")]
    NotABook,
    /// Written by a newer version of the program.
    #[error("written in version {0} of the format")]
    Newer(u64),
    /// A record without an id.
    #[error("{place}: a record without an id")]
    NoId {
        /// Table and record.
        place: String,
    },
    /// A field that cannot be read.
    #[error("{place}: {misread}")]
    Field {
        /// Table, record and field.
        place: String,
        /// Why.
        misread: Misread,
    },
}

impl JsonFault {
    /// What to tell the person, and what to do.
    pub fn text(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::NotJson { line, column }, Lang::Zh) => {
                format!("第 {line} 行第 {column} 个字符起不是 JSON，文件可能被截断或改动")
            }
            (Self::NotJson { line, column }, Lang::En) => format!(
                "From line {line}, column {column} on this is not JSON; the file may be cut off or altered"
            ),
            (Self::NotABook, Lang::Zh) => "这不是同行的台账文件".to_owned(),
            (Self::NotABook, Lang::En) => "This is not a book of Tongxing".to_owned(),
            (Self::Newer(_), Lang::Zh) => "文件由更新的版本写成，请先更新程序".to_owned(),
            (Self::Newer(_), Lang::En) => {
                "The file was written by a newer version; update the program first".to_owned()
            }
            (Self::NoId { place }, Lang::Zh) => format!("{place}：缺少 id"),
            (Self::NoId { place }, Lang::En) => format!("{place}: the id is missing"),
            (Self::Field { place, misread }, lang) => {
                format!("{place}: {}", misread.words().in_lang(lang))
            }
        }
    }
}

/// One record of a file: in the bin or not, and its values by the places of its fields.
#[derive(Clone, Debug, Default, PartialEq)]
struct Read {
    deleted: bool,
    values: BTreeMap<usize, Value>,
}

/// A book read from a file and not yet written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JsonBook {
    records: BTreeMap<(u16, Uuid), Read>,
    /// Tables and fields that this version does not know, with the number of records that have
    /// them; they are left out.
    pub unknown: BTreeMap<String, usize>,
}

/// Reads a file.
///
/// # Errors
/// Every [`JsonFault`]; nothing of the file is used then.
pub fn read(text: &str) -> Result<JsonBook, Vec<JsonFault>> {
    let json: Json =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
            vec![JsonFault::NotJson {
                line: error.line(),
                column: error.column(),
            }]
        })?;
    if json.get("format").and_then(Json::as_str) != Some(FORMAT) {
        return Err(vec![JsonFault::NotABook]);
    }
    match json.get("version").and_then(Json::as_u64) {
        Some(1..=VERSION) => {}
        Some(newer) => return Err(vec![JsonFault::Newer(newer)]),
        None => return Err(vec![JsonFault::NotABook]),
    }
    let tables = json.get("tables").and_then(Json::as_object);
    let tables = tables.ok_or_else(|| vec![JsonFault::NotABook])?;
    let (mut book, mut faults) = (JsonBook::default(), Vec::new());
    for (key, records) in tables {
        let records = records.as_array().map_or(&[][..], Vec::as_slice);
        let Some(table) = Book::table_named(key) else {
            book.unknown.insert(key.clone(), records.len());
            continue;
        };
        for (at, record) in records.iter().enumerate() {
            let place = format!("{key}[{at}]");
            book.take(table, record, &place, &mut faults);
        }
    }
    if faults.is_empty() {
        Ok(book)
    } else {
        Err(faults)
    }
}

impl JsonBook {
    fn take(
        &mut self,
        table: &'static TableSpec,
        record: &Json,
        place: &str,
        faults: &mut Vec<JsonFault>,
    ) {
        let id = record.get("id").and_then(Json::as_str);
        let id = id.and_then(|id| Uuid::parse_str(id).ok());
        let (Some(id), Some(fields)) = (id.filter(|id| !id.is_nil()), record.as_object()) else {
            faults.push(JsonFault::NoId {
                place: place.to_owned(),
            });
            return;
        };
        let mut read = Read {
            deleted: record.get("deleted") == Some(&Json::Bool(true)),
            ..Read::default()
        };
        for (key, json) in fields {
            if key == "id" || key == "deleted" {
                continue;
            }
            let spec = table
                .position(key)
                .and_then(|at| Some((at, table.fields.get(at)?)));
            let Some((at, spec)) = spec else {
                let unknown = format!("{}.{key}", table.key);
                *self.unknown.entry(unknown).or_default() += 1;
                continue;
            };
            match from_json(spec, json) {
                Ok(value) => {
                    read.values.insert(at, value);
                }
                Err(misread) => faults.push(JsonFault::Field {
                    place: format!("{place}.{key}"),
                    misread,
                }),
            }
        }
        self.records.insert((table.number, id), read);
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// What to write so that a book holds every record of the file as the file has it. Records
    /// that the file does not have stay.
    pub fn changes(&self, book: &Book) -> Vec<Change> {
        let mut out = Vec::new();
        for ((number, id), read) in &self.records {
            let Some(table) = Book::table(*number) else {
                continue;
            };
            let there = book.any(*number, *id);
            let before = |place| there.map_or(Value::Empty, |row| row.value(place));
            let after = |place| read.values.get(&place).cloned().unwrap_or_default();
            out.extend(value_changes(table, *id, &before, &after));
            let deleted = there.map(|row| row.row_state().deleted);
            if deleted != Some(read.deleted) {
                out.push(bin_any(table.number, *id, read.deleted));
            }
        }
        out
    }
}

fn from_json(spec: &FieldSpec, json: &Json) -> Result<Value, Misread> {
    let refused = match spec.kind {
        Kind::Flag => Misread::Flag,
        Kind::Whole => Misread::Whole,
        Kind::Choice(_) | Kind::Choices(_) | Kind::Ref(_) | Kind::Refs(_) => Misread::Choice,
        _ => Misread::NoText,
    };
    match (spec.kind, json) {
        (_, Json::Null) => Ok(Value::Empty),
        (Kind::Flag, Json::Bool(flag)) => Ok(Value::Flag(*flag)),
        (Kind::Whole, Json::Number(number)) => {
            number.as_i64().map(Value::Number).ok_or(Misread::Whole)
        }
        // Cleaned and never cut at separators, as a typed list would be.
        (Kind::Text(lines), Json::String(text)) => Ok(Value::Text(clean(text, lines))),
        (Kind::Choices(_) | Kind::Tags | Kind::Refs(_), Json::Array(members)) => {
            let members = members
                .iter()
                .map(|member| member.as_str().ok_or(refused))
                .collect::<Result<Vec<_>, _>>()?;
            set(spec.kind, &members)
        }
        (Kind::Choices(_) | Kind::Tags | Kind::Refs(_) | Kind::Flag, _) => Err(refused),
        (kind, Json::String(text)) => kind.read(text),
        _ => Err(refused),
    }
}

fn set(kind: Kind, members: &[&str]) -> Result<Value, Misread> {
    match kind {
        Kind::Choices(list) => {
            let mut codes = Vec::new();
            for member in members {
                match Kind::Choice(list).read(member)? {
                    Value::Choice(code) => codes.push(code),
                    _ => return Err(Misread::Choice),
                }
            }
            codes.sort_unstable();
            codes.dedup();
            Ok(Value::Choices(codes))
        }
        Kind::Refs(_) => {
            let ids = members.iter().map(|id| Uuid::parse_str(id));
            let mut ids = ids
                .collect::<Result<Vec<_>, _>>()
                .map_err(|_| Misread::Choice)?;
            ids.sort_unstable();
            ids.dedup();
            Ok(Value::Refs(ids))
        }
        _ => {
            let mut tags: Vec<String> = members
                .iter()
                .map(|tag| clean(tag, Lines::One))
                .filter(|tag| !tag.is_empty())
                .collect();
            tags.sort_unstable();
            tags.dedup();
            Ok(Value::Tags(tags))
        }
    }
}
