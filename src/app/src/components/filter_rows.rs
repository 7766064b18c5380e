//! Filters as rows to fill in: a field, a test, a value.

use super::entry_table::{Cell, Column, EntryTable};
use super::own_fields::own_fields;
use crate::locales::{Words, filter as texts, views};
use crate::state::scene::Scene;
use std::sync::Arc;
use tongxing_domain::filter::{Condition, Filter, Test, member_kind};
use tongxing_domain::id::Id;
use tongxing_domain::schema::{FieldSpec, Record as _, TableSpec};
use tongxing_domain::tables::{CustomField, Dealer, Metric};
use tongxing_domain::text::Lines;
use tongxing_domain::value::{Kind, Value};
use tongxing_view::prelude::*;

/// The months over which a metric can be looked at.
const MONTHS: [u8; 2] = [3, 12];

/// What a row looks at.
#[derive(Clone)]
enum Subject {
    Field(usize, &'static FieldSpec),
    Metric(Id<Metric>, u8),
    Own(Arc<CustomField>),
    Overdue,
    Behind,
}

const OVERDUE: &str = "overdue";
const BEHIND: &str = "behind";

impl Subject {
    /// What it holds; nothing for what is so or not.
    fn kind(&self) -> Option<Kind> {
        match self {
            Self::Field(_, spec) => Some(spec.kind),
            Self::Metric(..) => Some(Kind::Quantity),
            Self::Own(field) => field.content(),
            Self::Overdue | Self::Behind => None,
        }
    }

    fn key(&self) -> String {
        match self {
            Self::Field(_, spec) => spec.key.to_owned(),
            Self::Metric(metric, months) => format!("{metric}:{months}"),
            Self::Own(field) => format!("own:{}", field.id),
            Self::Overdue => OVERDUE.to_owned(),
            Self::Behind => BEHIND.to_owned(),
        }
    }

    fn named(s: Scene, table: &'static TableSpec, key: &str) -> Option<Self> {
        if let Some(place) = table.position(key) {
            return Some(Self::Field(place, table.fields.get(place)?));
        }
        match key.split_once(':') {
            Some(("own", field)) => {
                let field = field.parse().ok()?;
                let field = s.store.peek(|book| book.custom_fields.get(field).cloned());
                field.map(Self::Own)
            }
            Some((metric, months)) => {
                Some(Self::Metric(metric.parse().ok()?, months.parse().ok()?))
            }
            None if key == OVERDUE => Some(Self::Overdue),
            None if key == BEHIND => Some(Self::Behind),
            None => None,
        }
    }

    fn name(&self, s: Scene) -> String {
        match self {
            Self::Field(_, spec) => s.t(spec.label).to_owned(),
            Self::Metric(metric, months) => {
                let title = s.store.peek(|book| book.metric(*metric));
                let title = title.map(|metric| metric.title(s.lang).to_owned());
                texts::over(s.lang, title.as_deref().unwrap_or("?"), *months)
            }
            Self::Own(field) => field.name.clone(),
            Self::Overdue => s.t(views::OVERDUE).to_owned(),
            Self::Behind => s.t(views::BEHIND).to_owned(),
        }
    }

    /// The tests that fit it; none for a field that is not looked at.
    fn tests(&self) -> &'static [&'static str] {
        let options = match self {
            Self::Own(field) => field.option_list().next().is_some(),
            _ => false,
        };
        match self.kind() {
            None => &["so"],
            Some(Kind::Choice(_) | Kind::Choices(_)) => &["among", "not_among", "filled", "empty"],
            Some(Kind::Text(Lines::One) | Kind::Tags) if options => {
                &["among", "not_among", "filled", "empty"]
            }
            Some(Kind::Text(_) | Kind::Tags) => &["contains", "filled", "empty"],
            Some(Kind::Whole | Kind::Money | Kind::Quantity | Kind::Date | Kind::Month) => {
                &["at_least", "at_most", "filled", "empty"]
            }
            Some(Kind::Flag) => &["so", "not_so"],
            Some(_) => &[],
        }
    }

    /// What one of its values is typed into.
    fn cell(&self, s: Scene) -> Cell {
        if let Self::Own(field) = self {
            let options: Vec<_> = field
                .option_list()
                // A comma parts what is chosen.
                .filter(|option| !option.contains(','))
                .map(|option| (option.to_owned(), option.to_owned()))
                .collect();
            if !options.is_empty() {
                return Cell::Several(options);
            }
        }
        match self.kind() {
            None => Cell::Nothing,
            Some(Kind::Choice(list) | Kind::Choices(list)) => {
                let all = list
                    .iter()
                    .map(|it| (it.key.to_owned(), s.t(it.words).to_owned()));
                Cell::Several(all.collect())
            }
            Some(Kind::Date) => Cell::Date,
            Some(Kind::Whole | Kind::Money | Kind::Quantity) => Cell::Number(""),
            Some(_) => Cell::Text,
        }
    }

    /// The condition that a test makes of it.
    fn condition(self, test: Test) -> Option<Condition> {
        Some(match self {
            Self::Field(place, _) => Condition::Field { place, test },
            Self::Metric(metric, months) => Condition::Metric {
                metric,
                months,
                test,
            },
            Self::Own(field) => Condition::Own {
                field: field.id,
                kind: field.kind?,
                test,
            },
            Self::Overdue => Condition::Overdue,
            Self::Behind => Condition::Behind,
        })
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
        "so" => views::IS_SO,
        "not_so" => views::IS_NOT_SO,
        _ => texts::EMPTY,
    };
    s.t(words).to_owned()
}

/// Everything that a filter over a table can look at.
fn subjects(s: Scene, table: &'static TableSpec) -> Vec<Subject> {
    let fields = table.fields.iter().enumerate();
    let mut all: Vec<Subject> = fields
        .filter(|(_, spec)| s.shows(spec))
        .map(|(place, spec)| Subject::Field(place, spec))
        .collect();
    all.extend(own_fields(s, table.number).into_iter().map(Subject::Own));
    if table.number == Dealer::NUMBER {
        if !s.shared {
            all.extend([Subject::Overdue, Subject::Behind]);
        }
        for metric in s.store.peek(|book| book.all_metrics()) {
            all.extend(MONTHS.map(|months| Subject::Metric(metric.id, months)));
        }
    }
    all.retain(|subject| !subject.tests().is_empty());
    all
}

/// The rows of a filter over a table.
pub fn filter_rows(s: Scene, table: &'static TableSpec, conditions: &[Condition]) -> EntryTable {
    let mut fields: Vec<(String, String)> = subjects(s, table)
        .iter()
        .map(|subject| (subject.key(), subject.name(s)))
        .collect();
    let rows: Vec<Vec<String>> = conditions.iter().map(|it| texts_of(s, table, it)).collect();
    // A condition on something else than what is offered (other months, a retired field) stays.
    for row in &rows {
        if let Some(key) = row.first()
            && fields.iter().all(|(other, _)| other != key)
            && let Some(subject) = Subject::named(s, table, key)
        {
            fields.push((key.clone(), subject.name(s)));
        }
    }
    let test = Callback::new(move |before: Vec<String>| {
        let subject = before.first().and_then(|key| Subject::named(s, table, key));
        let keys = subject.map_or(&[][..], |subject| subject.tests());
        Cell::Choice(
            keys.iter()
                .map(|key| ((*key).to_owned(), test_name(s, key)))
                .collect(),
        )
    });
    let value = Callback::new(move |before: Vec<String>| {
        let subject = before.first().and_then(|key| Subject::named(s, table, key));
        let test = before.get(1).map_or("", String::as_str);
        match (subject, test) {
            (None, _) | (_, "" | "filled" | "empty" | "so" | "not_so") => Cell::Nothing,
            (Some(subject), _) => subject.cell(s),
        }
    });
    let columns = vec![
        Column::new(texts::FIELD, Cell::Choice(fields)),
        Column::new(texts::TEST, Cell::Following(test)),
        Column::new(texts::VALUE, Cell::Following(value)),
    ];
    EntryTable::new(columns, rows)
}

fn texts_of(s: Scene, table: &'static TableSpec, condition: &Condition) -> Vec<String> {
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
        Condition::Own { field, test, .. } => {
            match s
                .store
                .peek(|book| book.custom_fields.get_any(*field).cloned())
            {
                Some(field) => (Subject::Own(field), test),
                None => return Vec::new(),
            }
        }
        Condition::Overdue => return vec![OVERDUE.to_owned(), "so".to_owned(), String::new()],
        Condition::Behind => return vec![BEHIND.to_owned(), "so".to_owned(), String::new()],
    };
    let kind = subject.kind().map_or(Kind::Flag, member_kind);
    let list = |values: &[Value]| {
        let texts: Vec<String> = values.iter().map(|value| value.input_text(kind)).collect();
        texts.join(",")
    };
    let (key, value) = match test {
        Test::Among(values) if *values == [Value::Flag(true)] => ("so", String::new()),
        Test::NotAmong(values) if *values == [Value::Flag(true)] => ("not_so", String::new()),
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

/// The filter that rows say; every record without rows. Rows that say none are blamed.
///
/// # Errors
/// When a row says what is wrong with it.
pub fn read_filter(
    s: Scene,
    table: &'static TableSpec,
    rows: EntryTable,
) -> Result<Filter, Blamed> {
    let mut filter = Filter::all(table);
    let mut sound = true;
    for (place, row) in rows.texts().iter().enumerate() {
        let found = condition(s, table, row).and_then(|condition| {
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
    if sound { Ok(filter) } else { Err(Blamed) }
}

/// The conditions that rows say already, while they are filled in.
pub fn sound_conditions(s: Scene, table: &'static TableSpec, rows: EntryTable) -> Vec<Condition> {
    let said = rows.texts();
    let said = said.iter().filter_map(|row| condition(s, table, row).ok());
    said.filter(|condition| Filter::all(table).and(condition.clone()).is_ok())
        .collect()
}

fn condition(s: Scene, table: &'static TableSpec, row: &[String]) -> Result<Condition, Words> {
    let cell = |at: usize| row.get(at).map_or("", |text| text.trim());
    let subject = Subject::named(s, table, cell(0)).ok_or(texts::INCOMPLETE)?;
    let kind = subject.kind().map_or(Kind::Flag, member_kind);
    let read = |text: &str| match kind.read(text) {
        Ok(value) if !value.is_empty() => Ok(value),
        _ => Err(texts::NOT_A_VALUE),
    };
    let several = || {
        let parts = cell(2).split(',').filter(|part| !part.is_empty());
        parts.map(read).collect::<Result<Vec<Value>, _>>()
    };
    let test = match cell(1) {
        "so" => Test::Among(vec![Value::Flag(true)]),
        "not_so" => Test::NotAmong(vec![Value::Flag(true)]),
        "among" => Test::Among(several()?),
        "not_among" => Test::NotAmong(several()?),
        "contains" => Test::Contains(cell(2).to_owned()),
        "at_least" => Test::AtLeast(read(cell(2))?),
        "at_most" => Test::AtMost(read(cell(2))?),
        "filled" => Test::Filled,
        "empty" => Test::Empty,
        _ => return Err(texts::INCOMPLETE),
    };
    subject.condition(test).ok_or(texts::INCOMPLETE)
}
