//! Saved views: records by a filter, sorted, in groups, with chosen columns.

use crate::book::Book;
use crate::date::Date;
use crate::schema::{AnyRecord, TableSpec};
use crate::tables::View;
use crate::value::{Kind, Notation, Noted, Sign, Tokens, Value};
use crate::words::{Lang, words};
use std::cmp::Ordering;
use std::fmt;

/// How the records of a view are shown. Fields go by their keys; those that a table does not
/// have are passed over.
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

/// Records of a view that have the same value in the field they are grouped by.
pub struct Group<'a> {
    /// The value; empty where nothing is entered, or without groups.
    pub value: Value,
    /// The records, sorted.
    pub rows: Vec<&'a dyn AnyRecord>,
}

/// The records of a view on a day, in groups; one group where it has none. A record with
/// several values in the field that groups stands in the group of all of them together.
pub fn rows<'a>(book: &'a Book, view: &View, today: Date) -> Vec<Group<'a>> {
    let Some(filter) = &view.filter else {
        return Vec::new();
    };
    let table = filter.table();
    let arrangement = view.arrangement.clone().unwrap_or_default();
    let mut rows = filter.rows(book, today);
    if let Some((key, falling)) = &arrangement.sort
        && let Some(place) = table.position(key)
    {
        rows.sort_by(|a, b| {
            let (a, b) = (a.value(place), b.value(place));
            // What is not entered comes last, either way.
            match (a.is_empty(), b.is_empty()) {
                (false, false) if *falling => compare(&b, &a),
                (false, false) => compare(&a, &b),
                (a, b) => a.cmp(&b),
            }
        });
    }
    let place = arrangement.group.and_then(|key| table.position(&key));
    let Some(place) = place else {
        let value = Value::Empty;
        return vec![Group { value, rows }];
    };
    let mut groups: Vec<Group<'a>> = Vec::new();
    for row in rows {
        let value = row.value(place);
        match groups.iter_mut().find(|group| group.value == value) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group {
                value,
                rows: vec![row],
            }),
        }
    }
    groups.sort_by(|a, b| match (a.value.is_empty(), b.value.is_empty()) {
        (false, false) => compare(&a.value, &b.value),
        (a, b) => a.cmp(&b),
    });
    groups
}

/// The places of the columns that a view shows: its own, or the table's fields that forms
/// show.
pub fn columns(table: &TableSpec, arrangement: &Arrangement) -> Vec<usize> {
    let chosen: Vec<usize> = arrangement
        .columns
        .iter()
        .filter_map(|key| table.position(key))
        .collect();
    if !chosen.is_empty() {
        return chosen;
    }
    let shown = |kind| !matches!(kind, Kind::Link | Kind::Notation(_));
    (0..table.fields.len())
        .filter(|place| {
            let spec = table.fields.get(*place);
            spec.is_some_and(|spec| !spec.kept && shown(spec.kind))
        })
        .collect()
}

/// The order of two values of one kind; values that have none are equal.
pub fn compare(a: &Value, b: &Value) -> Ordering {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filter::Filter;
    use crate::id::Id;
    use crate::money::Fen;
    use crate::schema::Record;
    use crate::tables::Dealer;

    fn book() -> Book {
        let mut book = Book::default();
        for (name, region, turnover) in [
            ("a", "华东", Some(5)),
            ("b", "华北", Some(9)),
            ("c", "华东", None),
            ("d", "华东", Some(7)),
            ("e", "", Some(1)),
        ] {
            book.dealers.set(Dealer {
                name: name.into(),
                region: region.into(),
                turnover: turnover.map(Fen),
                ..Dealer::with_id(Id::natural(&[name]))
            });
        }
        book
    }

    fn names(view: &str, filter: &str) -> Vec<String> {
        let book = book();
        let view = View {
            filter: Filter::parse(filter),
            arrangement: Arrangement::parse(view),
            ..View::default()
        };
        rows(&book, &view, Date::default())
            .iter()
            .map(|group| {
                let names: Vec<_> = group
                    .rows
                    .iter()
                    .map(|row| {
                        row.value(0)
                            .show(Kind::Text(crate::text::Lines::One), Lang::En)
                    })
                    .collect();
                names.join("")
            })
            .collect()
    }

    #[test]
    fn views_sort_and_group_what_their_filter_takes() {
        assert_eq!(names("columns; sort turnover falling", "dealer"), ["bdaec"]);
        assert_eq!(names("columns; sort turnover rising", "dealer"), ["eadbc"]);
        assert_eq!(
            names("columns; sort turnover falling; group region", "dealer"),
            // 华东 comes before 华北 by its signs; without a region last.
            ["dac", "b", "e"]
        );
        assert_eq!(
            names("columns; sort name rising", "dealer; region among \"华东\""),
            ["acd"]
        );
    }

    #[test]
    fn columns_are_chosen_or_the_tables_own() {
        let of = |text| columns(Dealer::TABLE, &Arrangement::parse(text).unwrap());
        assert_eq!(of("columns region, no_such, name"), [3, 0]);
        assert_eq!(of("columns").len(), Dealer::TABLE.fields.len());
    }

    #[test]
    fn arrangements_read_back() {
        for example in Arrangement::NOTATION.examples {
            assert_eq!(Arrangement::rewritten(example).as_deref(), Some(*example));
        }
        for text in [
            "",
            "column a",
            "columns a b",
            "columns; sort a",
            "columns; sort a up",
        ] {
            assert!(Arrangement::parse(text).is_none(), "{text}");
        }
    }
}
