//! Writing a file for another system by its preset.

use super::listed::{own_text, written_cell};
use super::moments::DateForm;
use super::orders::Orders;
use super::preset::{Cell, Preset, PresetColumn, Settled, Shape};
use super::{Sheet, Unheld};
use crate::book::Book;
use crate::custom;
use crate::id::{Id, Uuid};
use crate::import::Content;
use crate::quantity::Quantity;
use crate::schema::{AnyRecord, Record, TableSpec};
use crate::tables::{CustomField, Dealer, ForeignRecord, OtherSystem, Reading};
use crate::text::fold;
use crate::value::{Kind, Outcome, Value};
use crate::words::Lang;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A file for another system, and what it cannot hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outgoing {
    /// The file's table.
    pub sheet: Sheet,
    /// Fields of ours that the other system has no column for, with the number of records that
    /// fill them.
    pub unheld: Vec<Unheld>,
    /// Records that are of another kind there and not written.
    pub left_out: usize,
}

/// The records of a preset's table as a file for the other system; what it cannot hold is named
/// in the language `told`.
pub fn outgoing(book: &Book, preset: &'static Preset, form: DateForm, told: Lang) -> Outgoing {
    let mut out = Outgoing::default();
    let Some(table) = Book::table(preset.table) else {
        return out;
    };
    let columns: Vec<&PresetColumn> = preset.columns.iter().collect();
    let (own, staying) = own_fields(book, preset);
    out.sheet.headings = columns
        .iter()
        .filter_map(|column| column.headers.first())
        .map(|header| (*header).to_owned())
        .chain(own.iter().map(|field| field.name.clone()))
        .collect();
    let lang = match preset.system {
        OtherSystem::Zoho => Lang::En,
        OtherSystem::ShareCrm | OtherSystem::Newer(_) => Lang::Zh,
    };
    let writer = Writer {
        book,
        preset,
        table,
        form,
        lang,
        keys: keys(book, preset),
        orders: Orders::of(book, preset),
    };
    let mut unheld: BTreeMap<usize, usize> = BTreeMap::new();
    for row in book.rows(preset.table) {
        if !(preset.takes)(row) {
            out.left_out += 1;
            continue;
        }
        if preset.shape == Shape::Order {
            out.sheet.rows.extend(writer.orders(row));
            continue;
        }
        for (place, spec) in table.fields.iter().enumerate() {
            if !row.value(place).is_empty() && !writer.holds(spec.key) {
                *unheld.entry(place).or_default() += 1;
            }
        }
        let cells = columns.iter().map(|column| writer.cell(row, column.cell));
        let own = own.iter().map(|field| writer.own(row, field));
        out.sheet.rows.push(cells.chain(own).collect());
    }
    out.unheld = unheld
        .into_iter()
        .filter_map(|(place, rows)| {
            let spec = table.fields.get(place)?;
            let what = spec.label.in_lang(told).to_owned();
            Some(Unheld { what, rows })
        })
        .chain(staying.iter().map(|field| Unheld {
            what: field.name.clone(),
            rows: custom::filled(book, field),
        }))
        .collect();
    out
}

/// The team's own fields that somebody filled in: those that go along, since another system has such fields too,
/// under the names that the team gives them; and those that stay here, since the preset has a column of that name.
fn own_fields(
    book: &Book,
    preset: &'static Preset,
) -> (Vec<Arc<CustomField>>, Vec<Arc<CustomField>>) {
    let free = |field: &Arc<CustomField>| {
        let mut headers = preset.columns.iter().flat_map(|column| column.headers);
        headers.all(|header| fold(header) != fold(&field.name))
    };
    Content::Foreign(preset)
        .own(book)
        .filter(|field| custom::filled(book, field) > 0)
        .partition(free)
}

/// What the other system calls our records of the preset's table.
fn keys(book: &Book, preset: &Preset) -> BTreeMap<Uuid, String> {
    book.foreign_records
        .iter()
        .filter(|foreign| foreign.system == Some(preset.system))
        .filter(|foreign| foreign.module == preset.module)
        .filter_map(|foreign: &std::sync::Arc<ForeignRecord>| {
            Some((foreign.about?.id, foreign.key.clone()))
        })
        .collect()
}

struct Writer<'a> {
    book: &'a Book,
    preset: &'static Preset,
    table: &'static TableSpec,
    form: DateForm,
    lang: Lang,
    keys: BTreeMap<Uuid, String>,
    orders: Orders,
}

impl Writer<'_> {
    /// Whether a field has a column, or is part of what columns are put together from.
    fn holds(&self, key: &str) -> bool {
        let by_shape: &[&str] = match self.preset.shape {
            Shape::Plain => &["dealer"],
            Shape::Meeting => &[
                "dealer", "planned", "started", "ended", "outcome", "purpose",
            ],
            Shape::Deal => &["dealer", "metric", "course", "span", "outcome"],
            Shape::Order => &["dealer", "metric", "month", "figure", "source"],
        };
        by_shape.contains(&key)
            || self.preset.constants.iter().any(|(other, _)| *other == key)
            || self.preset.columns.iter().any(|column| match column.cell {
                Cell::Field(other) | Cell::Choice(other, _) => other == key,
                Cell::GivenName | Cell::FamilyName => key == "name",
                Cell::Status(_) => key == "outcome",
                _ => false,
            })
    }

    fn value(&self, row: &dyn AnyRecord, key: &str) -> Value {
        let place = self.table.position(key);
        place.map_or(Value::Empty, |place| row.value(place))
    }

    fn cell(&self, row: &dyn AnyRecord, cell: Cell) -> String {
        match cell {
            Cell::Key => self.keys.get(&row.uuid()).cloned().unwrap_or_default(),
            Cell::Field(key) => self.field(row, key),
            Cell::Choice(key, words) => match self.value(row, key) {
                Value::Choice(code) => match words.iter().find(|(_, other)| *other == code) {
                    Some((word, _)) => (*word).to_owned(),
                    None => self.field(row, key),
                },
                _ => String::new(),
            },
            Cell::Dealer => match self.value(row, "dealer") {
                Value::Ref(id) => self.book.title(Dealer::NUMBER, id).unwrap_or_default(),
                _ => String::new(),
            },
            Cell::GivenName => self.names(row).0,
            Cell::FamilyName => self.names(row).1,
            Cell::Start => match (self.value(row, "planned"), self.value(row, "started")) {
                (Value::Slot(slot), _) => self.form.minute(slot.start),
                (_, Value::Minute(started)) => self.form.minute(started),
                _ => String::new(),
            },
            Cell::End => match (self.value(row, "planned"), self.value(row, "ended")) {
                (Value::Slot(slot), _) => self.form.minute(slot.end()),
                (_, Value::Minute(ended)) => self.form.minute(ended),
                _ => String::new(),
            },
            Cell::Status(words) => {
                let settled = match self.value(row, "outcome") {
                    Value::Outcome(Outcome::Done(_)) => Settled::Done,
                    Value::Outcome(Outcome::Dropped(_)) => Settled::Dropped,
                    _ => Settled::Open,
                };
                let word = words.iter().find(|(_, other)| *other == settled);
                word.map_or_else(String::new, |(word, _)| (*word).to_owned())
            }
            Cell::SettledOn => match (self.value(row, "started"), self.value(row, "outcome")) {
                (Value::Minute(started), _) => self.form.minute(started),
                (_, Value::Outcome(Outcome::Done(day) | Outcome::Dropped(day))) => {
                    self.form.date(day)
                }
                _ => String::new(),
            },
            Cell::Amount => match self.value(row, "course") {
                Value::Course(course) => course.target.to_string(),
                _ => String::new(),
            },
            Cell::From => match self.value(row, "span") {
                Value::Span(span) => self.form.date(span.start()),
                _ => String::new(),
            },
            Cell::Until => match self.value(row, "span") {
                Value::Span(span) => self.form.date(span.end()),
                _ => String::new(),
            },
        }
    }

    fn field(&self, row: &dyn AnyRecord, key: &str) -> String {
        let Some(place) = self.table.position(key) else {
            return String::new();
        };
        let kind = self.table.fields.get(place).map_or(Kind::Flag, |f| f.kind);
        match row.value(place) {
            Value::Date(day) => self.form.date(day),
            Value::Minute(minute) => self.form.minute(minute),
            // What a meeting to come is for stands where its minutes will.
            Value::Empty if key == "minutes" && !self.has_column("purpose") => {
                self.field(row, "purpose")
            }
            value => written_cell(self.book, kind, &value, self.lang),
        }
    }

    /// What a record holds in a field of the team's own.
    fn own(&self, row: &dyn AnyRecord, field: &CustomField) -> String {
        match custom::value(self.book, field, row.uuid()) {
            Value::Date(day) => self.form.date(day),
            _ => own_text(self.book, field, row),
        }
    }

    fn has_column(&self, key: &str) -> bool {
        let columns = self.preset.columns.iter();
        columns
            .filter(|column| matches!(column.cell, Cell::Field(other) if other == key))
            .count()
            > 0
    }

    /// Given name and family name: a Latin name is cut at its last blank, any other is the
    /// family name whole.
    fn names(&self, row: &dyn AnyRecord) -> (String, String) {
        match self.value(row, "name") {
            Value::Text(name) => match name.rsplit_once(' ') {
                Some((given, family)) if name.is_ascii() => (given.to_owned(), family.to_owned()),
                _ => (String::new(), name),
            },
            _ => (String::new(), String::new()),
        }
    }

    /// The orders of a month's sales-in; one for the whole month where none is known, and one
    /// more for what the reading has beyond them.
    fn orders(&self, row: &dyn AnyRecord) -> Vec<Vec<String>> {
        let (Value::Figure(figure), Value::Month(month)) =
            (self.value(row, "figure"), self.value(row, "month"))
        else {
            return Vec::new();
        };
        let dealer = self.cell(row, Cell::Dealer);
        let known = self.orders.behind(Id::<Reading>::new(row.uuid()));
        let sum: i128 = known.iter().map(|(_, _, a)| i128::from(a.0)).sum();
        let rest = Quantity::held(i128::from(figure.amount.0) - sum);
        let mut lines: Vec<(String, crate::date::Date, Quantity)> = known
            .into_iter()
            .map(|(key, day, amount)| (key.to_owned(), day, amount))
            .collect();
        if rest.0 != 0 || lines.is_empty() {
            let id = row.uuid().simple().to_string();
            let key = format!("TX-{month}-{}", id.get(..8).unwrap_or(&id));
            match lines.iter_mut().find(|(other, ..)| *other == key) {
                Some(own) => own.2 = Quantity(own.2.0.saturating_add(rest.0)),
                None => lines.push((key, figure.as_of, rest)),
            }
        }
        lines
            .into_iter()
            .map(|(key, day, amount)| {
                let columns = self.preset.columns.iter();
                columns
                    .map(|column| match column.cell {
                        Cell::Key => key.clone(),
                        Cell::Dealer => dealer.clone(),
                        Cell::Until => self.form.date(day),
                        Cell::Amount => amount.to_string(),
                        _ => String::new(),
                    })
                    .collect()
            })
            .collect()
    }
}
