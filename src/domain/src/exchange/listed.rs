//! Records of any table as a sheet.

use super::Sheet;
use crate::book::Book;
use crate::custom;
use crate::schema::{AnyRecord, Record, TableSpec};
use crate::tables::{CustomField, Metric};
use crate::value::{Kind, Outcome, Value};
use crate::words::Lang;

/// Records as a sheet, with the columns at some places of their table and those of the team's own
/// fields, headed in a language.
/// Values are written as the import reads them; references by what their records are called.
/// With the screen shared, internal columns are left out.
pub fn listed(
    book: &Book,
    table: &TableSpec,
    rows: &[&dyn AnyRecord],
    columns: &[usize],
    lang: Lang,
    shared: bool,
) -> Sheet {
    let columns: Vec<_> = columns
        .iter()
        .filter_map(|place| Some((*place, table.fields.get(*place)?)))
        .filter(|(_, spec)| !(shared && (spec.internal || table.internal)))
        .collect();
    let own: Vec<_> = custom::fields(book, table.number)
        .into_iter()
        .filter(|field| !(shared && (table.internal || field.hidden == Some(true))))
        .collect();
    let headings = columns
        .iter()
        .map(|(_, spec)| spec.label.in_lang(lang).to_owned());
    Sheet {
        headings: headings
            .chain(own.iter().map(|field| field.name.clone()))
            .collect(),
        rows: rows
            .iter()
            .map(|row| {
                let cells = columns
                    .iter()
                    .map(|(place, spec)| written_cell(book, spec.kind, &row.value(*place), lang));
                let own = own.iter().map(|field| own_text(book, field, *row));
                cells.chain(own).collect()
            })
            .collect(),
    }
}

/// What a record holds in a field of the team's own, as it is typed.
pub(super) fn own_text(book: &Book, field: &CustomField, row: &dyn AnyRecord) -> String {
    let kind = field.content().unwrap_or(Kind::Flag);
    custom::value(book, field, row.uuid()).input_text(kind)
}

/// A value as a cell of a file.
pub(crate) fn written_cell(book: &Book, kind: Kind, value: &Value, lang: Lang) -> String {
    let name = |table: u16, id| {
        if table == Metric::NUMBER {
            let metric = book.metric(crate::id::Id::new(id));
            return metric.map_or_else(String::new, |metric| metric.title(lang).to_owned());
        }
        book.title(table, id).unwrap_or_default()
    };
    match (kind, value) {
        (Kind::Ref(table), Value::Ref(id)) => name(table, *id),
        (Kind::Refs(table), Value::Refs(ids)) => {
            let names: Vec<_> = ids.iter().map(|id| name(table, *id)).collect();
            names.join("、")
        }
        (_, Value::Link(link)) => name(link.table, link.id),
        (Kind::Choice(_) | Kind::Choices(_) | Kind::Flag, value) => value.show(kind, lang),
        (_, Value::Minute(minute)) => minute.to_string().replace('T', " "),
        (_, Value::Figure(figure)) => figure.amount.to_string(),
        (Kind::Notation(_), value) => value.show(kind, lang),
        (_, Value::Outcome(outcome)) => {
            let word = outcome.words().in_lang(lang);
            match outcome {
                Outcome::Open => word.to_owned(),
                Outcome::Done(day) | Outcome::Dropped(day) => format!("{word} {day}"),
            }
        }
        (kind, value) => value.input_text(kind),
    }
}
