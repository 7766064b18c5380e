//! Saved views: records by a filter, sorted, in groups, with chosen columns.

mod column;
#[cfg(test)]
mod tests;

use crate::book::Book;
use crate::date::Date;
use crate::exchange::Sheet;
use crate::schema::AnyRecord;
use crate::search::name_order;
use crate::tables::View;
use crate::value::{Notation, Noted, Sign, Tokens, Value};
use crate::words::{Lang, words};
use std::cmp::Ordering;
use std::fmt;

pub use column::{Column, Stands, columns, offered};

/// How the records of a view are shown. Columns go by their keys; those that there are no longer
/// are passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrangement {
    /// The columns, in order; empty for the table's own.
    pub columns: Vec<String>,
    /// What the records are sorted by, and whether the largest come first.
    pub sort: Option<(String, bool)>,
    /// What they are grouped by.
    pub group: Option<String>,
}

impl fmt::Display for Arrangement {
    /// `columns name, region; sort turnover falling; group kind`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "columns")?;
        for (place, column) in self.columns.iter().enumerate() {
            let before = if place == 0 { " " } else { ", " };
            write!(f, "{before}{column}")?;
        }
        if let Some((key, falling)) = &self.sort {
            let way = if *falling { "falling" } else { "rising" };
            write!(f, "; sort {key} {way}")?;
        }
        if let Some(key) = &self.group {
            write!(f, "; group {key}")?;
        }
        Ok(())
    }
}

impl Noted for Arrangement {
    const NOTATION: &'static Notation = &Notation {
        read: Self::rewritten,
        show: Self::shown,
        examples: &[
            "columns",
            "columns name, region, phone; sort turnover falling; group kind",
            "columns; sort name rising",
        ],
    };

    fn parse(text: &str) -> Option<Self> {
        let mut tokens = Tokens::of(text)?;
        let mut arrangement = Self::default();
        tokens.need("columns")?;
        while let Some(column) = tokens.word() {
            arrangement.columns.push(column);
            if !tokens.sign(Sign::Comma) {
                break;
            }
        }
        while tokens.sign(Sign::Semicolon) {
            match tokens.word()?.as_str() {
                "sort" if arrangement.sort.is_none() => {
                    let key = tokens.word()?;
                    let falling = match tokens.word()?.as_str() {
                        "falling" => true,
                        "rising" => false,
                        _ => return None,
                    };
                    arrangement.sort = Some((key, falling));
                }
                "group" if arrangement.group.is_none() => {
                    arrangement.group = Some(tokens.word()?);
                }
                _ => return None,
            }
        }
        tokens.is_done().then_some(arrangement)
    }

    fn show(&self, lang: Lang) -> String {
        let count = self.columns.len();
        match lang {
            _ if count == 0 => words("默认列", "Usual columns").in_lang(lang).to_owned(),
            Lang::Zh => format!("{count} 列"),
            Lang::En if count == 1 => "1 column".to_owned(),
            Lang::En => format!("{count} columns"),
        }
    }
}

/// Records of a view that have the same value in the column they are grouped by.
pub struct Group<'a> {
    /// The value; empty where nothing is entered, or without groups.
    pub value: Value,
    /// The records, sorted.
    pub rows: Vec<&'a dyn AnyRecord>,
}

/// The records of a view on a day, in groups; one group where it has none. A record with
/// several values in the column that groups stands in the group of all of them together.
pub fn rows<'a>(book: &'a Book, view: &View, today: Date) -> Vec<Group<'a>> {
    let Some(filter) = &view.filter else {
        return Vec::new();
    };
    let table = filter.table();
    let arrangement = view.arrangement.clone().unwrap_or_default();
    let mut rows = filter.rows(book, today);
    if let Some((key, falling)) = &arrangement.sort
        && let Some(column) = Column::named(book, table, key)
    {
        rows = sorted(book, rows, &column, *falling, today);
    }
    let column = arrangement
        .group
        .and_then(|key| Column::named(book, table, &key));
    let Some(column) = column else {
        let value = Value::Empty;
        return vec![Group { value, rows }];
    };
    let mut groups: Vec<Group<'a>> = Vec::new();
    for row in rows {
        let value = column.value(book, row, today);
        match groups.iter_mut().find(|group| group.value == value) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group {
                value,
                rows: vec![row],
            }),
        }
    }
    groups.sort_by_cached_key(|group| Place::of(group.value.clone()));
    groups
}

/// Records by what stands in a column. What is not entered comes last, either way; who stands equal
/// stays in the order that was.
fn sorted<'a>(
    book: &Book,
    rows: Vec<&'a dyn AnyRecord>,
    column: &Column,
    falling: bool,
    today: Date,
) -> Vec<&'a dyn AnyRecord> {
    let mut placed: Vec<(Place, &dyn AnyRecord)> = rows
        .into_iter()
        .map(|row| (Place::of(column.value(book, row, today)), row))
        .collect();
    placed.sort_by(|(a, _), (b, _)| match (falling, a.is_last(), b.is_last()) {
        (true, false, false) => b.cmp(a),
        _ => a.cmp(b),
    });
    placed.into_iter().map(|(_, row)| row).collect()
}

/// Where a value stands among others of its kind: Chinese signs by how they sound, what is not entered
/// last.
#[derive(Clone, Debug, PartialEq)]
struct Place(Value);

impl Place {
    fn of(value: Value) -> Self {
        Self(match value {
            Value::Text(text) if !text.is_empty() => Value::Text(name_order(&text)),
            value => value,
        })
    }

    fn is_last(&self) -> bool {
        self.0.is_empty()
    }
}

impl Eq for Place {}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Place {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.is_last(), other.is_last()) {
            (false, false) => compare(&self.0, &other.0),
            (one, two) => one.cmp(&two),
        }
    }
}

/// The order of two values of one kind; values that have none are equal.
fn compare(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        (Value::Number(a), Value::Number(b)) => a.cmp(b),
        (Value::Flag(a), Value::Flag(b)) => a.cmp(b),
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::Month(a), Value::Month(b)) => a.cmp(b),
        (Value::Minute(a), Value::Minute(b)) => a.cmp(b),
        (Value::Slot(a), Value::Slot(b)) => (a.start, a.minutes).cmp(&(b.start, b.minutes)),
        (Value::Span(a), Value::Span(b)) => (a.start(), a.end()).cmp(&(b.start(), b.end())),
        (Value::Choice(a), Value::Choice(b)) => a.cmp(b),
        (Value::Choices(a), Value::Choices(b)) => a.cmp(b),
        (Value::Tags(a), Value::Tags(b)) => a.cmp(b),
        (Value::Figure(a), Value::Figure(b)) => a.amount.cmp(&b.amount),
        _ => Ordering::Equal,
    }
}

/// A view as a file: what it shows, in its order, headed in a language. With the screen shared,
/// internal columns are left out.
pub fn sheet(book: &Book, view: &View, today: Date, lang: Lang, shared: bool) -> Sheet {
    let Some(filter) = &view.filter else {
        return Sheet::default();
    };
    let arrangement = view.arrangement.clone().unwrap_or_default();
    let columns: Vec<Column> = columns(book, filter.table(), &arrangement)
        .into_iter()
        .filter(|column| !(shared && column.is_internal()))
        .collect();
    let groups = rows(book, view, today);
    let rows = groups.iter().flat_map(|group| &group.rows).map(|row| {
        let cell = |column: &Column| column.written(book, &column.value(book, *row, today), lang);
        columns.iter().map(cell).collect()
    });
    Sheet {
        headings: columns.iter().map(|column| column.heading(lang)).collect(),
        rows: rows.collect(),
    }
}
