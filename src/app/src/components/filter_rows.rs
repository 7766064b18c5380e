//! Filters as rows to fill in: a field, a test, a value.

use super::entry_table::{Cell, Column, EntryTable};
use crate::locales::filter as texts;
use crate::state::scene::Scene;
use tongxing_domain::filter::{Condition, Filter, Test};
use tongxing_domain::id::Id;
use tongxing_domain::schema::{FieldSpec, Record as _, TableSpec};
use tongxing_domain::tables::{Dealer, Metric};
use tongxing_domain::text::Lines;
use tongxing_domain::value::{Kind, Value};
use tongxing_view::prelude::*;

/// The months over which a metric can be looked at.
const MONTHS: [u8; 2] = [3, 12];

/// What a row looks at.
#[derive(Clone, Copy)]
enum Subject {
    Field(usize, &'static FieldSpec),
    Metric(Id<Metric>, u8),
}

impl Subject {
    fn kind(self) -> Kind {
        match self {
            Self::Field(_, spec) => spec.kind,
            Self::Metric(..) => Kind::Quantity,
        }
    }

    fn key(self) -> String {
        match self {
            Self::Field(_, spec) => spec.key.to_owned(),
            Self::Metric(metric, months) => format!("{metric}:{months}"),
        }
    }

    fn named(table: &'static TableSpec, key: &str) -> Option<Self> {
        if let Some((metric, months)) = key.split_once(':') {
            return Some(Self::Metric(metric.parse().ok()?, months.parse().ok()?));
        }
        let place = table.position(key)?;
        Some(Self::Field(place, table.fields.get(place)?))
    }
}

/// The kind of one member of a set, or the kind itself.
const fn member(kind: Kind) -> Kind {
    match kind {
        Kind::Choices(list) => Kind::Choice(list),
        Kind::Tags => Kind::Text(Lines::One),
        kind => kind,
    }
}

/// The tests that fit a kind of field; none for a field that is not looked at.
const fn tests(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Choice(_) | Kind::Choices(_) => &["among", "not_among", "filled", "empty"],
        Kind::Text(Lines::One) | Kind::Tags => &["contains", "filled", "empty"],
        Kind::Whole | Kind::Money | Kind::Quantity | Kind::Date | Kind::Month => {
            &["at_least", "at_most", "filled", "empty"]
        }
        _ => &[],
    }
}

fn test_name(s: Scene, key: &str) -> String {
    let words = match key {
        "among" => texts::AMONG,
        "not_among" => texts::NOT_AMONG,
        "contains" => texts::CONTAINS,
        "at_least" => texts::AT_LEAST,
        "at_most" => texts::AT_MOST,
        "filled" => texts::FILLED,
        _ => texts::EMPTY,
    };
    s.t(words).to_owned()
}

/// The rows of a filter over a table.
pub fn filter_rows(s: Scene, table: &'static TableSpec, filter: Option<&Filter>) -> EntryTable {
    let mut fields: Vec<(String, String)> = table
        .fields
        .iter()
        .filter(|spec| s.shows(spec) && !tests(spec.kind).is_empty())
        .map(|spec| (spec.key.to_owned(), s.t(spec.label).to_owned()))
        .collect();
    if table.number == Dealer::NUMBER {
        let metrics = s.store.peek(|book| book.all_metrics());
        for metric in metrics {
            for months in MONTHS {
                let key = Subject::Metric(metric.id, months).key();
                fields.push((key, texts::over(s.lang, metric.title(s.lang), months)));
            }
        }
    }
    let rows: Vec<Vec<String>> = filter.map_or_else(Vec::new, |filter| {
        filter
            .conditions()
            .iter()
            .map(|it| texts_of(table, it))
            .collect()
    });
    // A condition over other months than those offered stays.
    for row in &rows {
        if let Some(key) = row.first()
            && fields.iter().all(|(other, _)| other != key)
            && let Some(Subject::Metric(metric, months)) = Subject::named(table, key)
        {
            let title = s.store.peek(|book| book.metric(metric));
            let title = title.map(|metric| metric.title(s.lang).to_owned());
            let name = texts::over(s.lang, title.as_deref().unwrap_or("?"), months);
            fields.push((key.clone(), name));
        }
    }
    let test = Callback::new(move |before: Vec<String>| {
        let subject = before.first().and_then(|key| Subject::named(table, key));
        let keys = subject.map_or(&[][..], |subject| tests(subject.kind()));
        Cell::Choice(
            keys.iter()
                .map(|key| ((*key).to_owned(), test_name(s, key)))
                .collect(),
        )
    });
    let value = Callback::new(move |before: Vec<String>| {
        let subject = before.first().and_then(|key| Subject::named(table, key));
        let test = before.get(1).map_or("", String::as_str);
        match (subject.map(Subject::kind), test) {
            (None, _) | (_, "" | "filled" | "empty") => Cell::Nothing,
            (Some(Kind::Choice(list) | Kind::Choices(list)), _) => {
                let all = list
                    .iter()
                    .map(|it| (it.key.to_owned(), s.t(it.words).to_owned()));
                Cell::Several(all.collect())
            }
            (Some(Kind::Date), _) => Cell::Date,
            (Some(Kind::Whole | Kind::Money | Kind::Quantity), _) => Cell::Number(""),
            (Some(_), _) => Cell::Text,
        }
    });
    let columns = vec![
        Column::new(texts::FIELD, Cell::Choice(fields)),
        Column::new(texts::TEST, Cell::Following(test)),
        Column::new(texts::VALUE, Cell::Following(value)),
    ];
    EntryTable::new(columns, rows)
}

fn texts_of(table: &'static TableSpec, condition: &Condition) -> Vec<String> {
    let (subject, test) = match condition {
        Condition::Field { place, test } => match table.fields.get(*place) {
            Some(spec) => (Subject::Field(*place, spec), test),
            None => return Vec::new(),
        },
        Condition::Metric {
            metric,
            months,
            test,
        } => (Subject::Metric(*metric, *months), test),
    };
    let kind = member(subject.kind());
    let list = |values: &[Value]| {
        let texts: Vec<String> = values.iter().map(|value| value.input_text(kind)).collect();
        texts.join(",")
    };
    let (key, value) = match test {
        Test::Among(values) => ("among", list(values)),
        Test::NotAmong(values) => ("not_among", list(values)),
        Test::Contains(text) => ("contains", text.clone()),
        Test::AtLeast(value) => ("at_least", value.input_text(kind)),
        Test::AtMost(value) => ("at_most", value.input_text(kind)),
        Test::Filled => ("filled", String::new()),
        Test::Empty => ("empty", String::new()),
    };
    vec![subject.key(), key.to_owned(), value]
}

/// Rows say what is wrong with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blamed;

/// The filter that rows say; `None` without rows. Rows that say none are blamed.
///
/// # Errors
/// When a row says what is wrong with it.
pub fn read_filter(
    s: Scene,
    table: &'static TableSpec,
    rows: EntryTable,
) -> Result<Option<Filter>, Blamed> {
    let mut filter = Filter::all(table);
    let mut sound = true;
    let texts = rows.texts();
    for (place, row) in texts.iter().enumerate() {
        let found = condition(table, row).and_then(|condition| {
            let whole = filter.clone().and(condition);
            whole.map_err(|_| texts::NOT_A_VALUE)
        });
        match found {
            Ok(whole) => filter = whole,
            Err(why) => {
                rows.blame(place, s.t(why).to_owned());
                sound = false;
            }
        }
    }
    if sound {
        Ok((!texts.is_empty()).then_some(filter))
    } else {
        Err(Blamed)
    }
}

fn condition(
    table: &'static TableSpec,
    row: &[String],
) -> Result<Condition, crate::locales::Words> {
    let cell = |at: usize| row.get(at).map_or("", |text| text.trim());
    let subject = Subject::named(table, cell(0)).ok_or(texts::INCOMPLETE)?;
    let kind = member(subject.kind());
    let read = |text: &str| match kind.read(text) {
        Ok(value) if !value.is_empty() => Ok(value),
        _ => Err(texts::NOT_A_VALUE),
    };
    let several = || {
        let parts = cell(2).split(',').filter(|part| !part.is_empty());
        parts.map(read).collect::<Result<Vec<Value>, _>>()
    };
    let test = match cell(1) {
        "among" => Test::Among(several()?),
        "not_among" => Test::NotAmong(several()?),
        "contains" => Test::Contains(cell(2).to_owned()),
        "at_least" => Test::AtLeast(read(cell(2))?),
        "at_most" => Test::AtMost(read(cell(2))?),
        "filled" => Test::Filled,
        "empty" => Test::Empty,
        _ => return Err(texts::INCOMPLETE),
    };
    Ok(match subject {
        Subject::Field(place, _) => Condition::Field { place, test },
        Subject::Metric(metric, months) => Condition::Metric {
            metric,
            months,
            test,
        },
    })
}
