//! Filters as data: which records of a table are meant. Saved views show them, schemes say
//! by them who may take part.

mod notation;
#[cfg(test)]
mod tests;

use crate::book::Book;
use crate::cadence::Cadence;
use crate::custom;
use crate::date::{Date, DateSpan, Month};
use crate::id::Id;
use crate::measured::{actuals, covered};
use crate::pacing::slowest;
use crate::quantity::{Quantity, Unit};
use crate::schema::{AnyRecord, FieldSpec, Record, TableSpec};
use crate::tables::{CustomField, CustomKind, Dealer, Gathering, Metric};
use crate::text::{Lines, fold};
use crate::value::{Kind, Value};
use crate::words::{Lang, words};

/// What a value has to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// One of these; of a set, at least one member is. Text is compared folded.
    Among(Vec<Value>),
    /// None of these.
    NotAmong(Vec<Value>),
    /// A text that has this in it, folded.
    Contains(String),
    /// This or more; this day or later.
    AtLeast(Value),
    /// This or less; this day or earlier.
    AtMost(Value),
    /// Anything at all.
    Filled,
    /// Nothing.
    Empty,
}

/// One condition of a filter.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// A field of the record, by its place in the table.
    Field {
        /// The place in [`TableSpec::fields`].
        place: usize,
        /// What it has to be.
        test: Test,
    },
    /// What a metric of the dealer came to over the last months, the running one included.
    Metric {
        /// What was measured.
        metric: Id<Metric>,
        /// Over how many months, 1–36.
        months: u8,
        /// What it has to be; an amount in hundredths of the metric's unit.
        test: Test,
    },
    /// What the record holds in a field that the team added.
    Own {
        /// The field.
        field: Id<CustomField>,
        /// What it held when the condition was made; the condition reads its values by it.
        kind: CustomKind,
        /// What it has to be.
        test: Test,
    },
    /// The contact with the dealer is overdue.
    Overdue,
    /// An open goal of the dealer falls behind.
    Behind,
}

/// The records of a table for which every condition holds.
#[derive(Clone, Debug)]
pub struct Filter {
    table: &'static TableSpec,
    conditions: Vec<Condition>,
}

impl PartialEq for Filter {
    fn eq(&self, other: &Self) -> bool {
        self.table.number == other.table.number && self.conditions == other.conditions
    }
}

/// Why a condition cannot be part of a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FilterFault {
    /// The table has no such field.
    #[error("the table has no such field")]
    NoField,
    /// The test does not fit what the field holds.
    #[error("the test does not fit what the field holds")]
    WrongTest,
    /// Metrics, contacts and goals are of dealers alone.
    #[error("only dealers have metrics, contacts and goals")]
    NotADealer,
    /// More months than are looked back, or none.
    #[error("a metric is looked at over 1 to 36 months")]
    Months,
}

/// The most months that a condition looks back.
const MOST_MONTHS: u8 = 36;

impl Filter {
    /// Every record of a table.
    pub fn all(table: &'static TableSpec) -> Self {
        Self {
            table,
            conditions: Vec::new(),
        }
    }

    /// Those records for which one more condition holds.
    ///
    /// # Errors
    /// [`FilterFault`] when the condition does not fit the table.
    pub fn and(mut self, condition: Condition) -> Result<Self, FilterFault> {
        match &condition {
            Condition::Field { place, test } => {
                let spec = self.table.fields.get(*place).ok_or(FilterFault::NoField)?;
                if !fits(spec.kind, test) {
                    return Err(FilterFault::WrongTest);
                }
            }
            Condition::Metric { months, test, .. } => {
                if self.table.number != Dealer::NUMBER {
                    return Err(FilterFault::NotADealer);
                }
                if !(1..=MOST_MONTHS).contains(months) {
                    return Err(FilterFault::Months);
                }
                if !fits(Kind::Quantity, test) {
                    return Err(FilterFault::WrongTest);
                }
            }
            Condition::Own { kind, test, .. } => {
                if !kind.content().is_some_and(|kind| fits(kind, test)) {
                    return Err(FilterFault::WrongTest);
                }
            }
            Condition::Overdue | Condition::Behind => {
                if self.table.number != Dealer::NUMBER {
                    return Err(FilterFault::NotADealer);
                }
            }
        }
        self.conditions.push(condition);
        Ok(self)
    }

    /// The table whose records are meant.
    pub fn table(&self) -> &'static TableSpec {
        self.table
    }

    /// The conditions, which all have to hold.
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// Whether a record is meant; a record of another table never is.
    pub fn takes<T: Record>(&self, book: &Book, record: &T, today: Date) -> bool {
        T::NUMBER == self.table.number && self.failed_by(book, record, today).is_none()
    }

    /// The first condition that a record fails, for saying why it is left out.
    pub fn failed_by<T: Record>(&self, book: &Book, record: &T, today: Date) -> Option<&Condition> {
        self.failing(book, record, today)
    }

    /// The records of the table that are meant, in the order of their ids.
    pub fn rows<'a>(&self, book: &'a Book, today: Date) -> Vec<&'a dyn AnyRecord> {
        let mut rows = book.rows(self.table.number);
        rows.retain(|row| self.failing(book, *row, today).is_none());
        rows
    }

    fn failing(&self, book: &Book, row: &dyn AnyRecord, today: Date) -> Option<&Condition> {
        self.conditions.iter().find(|condition| !match condition {
            Condition::Field { place, test } => test.holds(&row.value(*place)),
            Condition::Metric {
                metric,
                months,
                test,
            } => {
                let amount = recent(book, Id::new(row.uuid()), *metric, *months, today);
                test.holds(&amount.map_or(Value::Empty, |amount| Value::Number(amount.0)))
            }
            Condition::Own { field, test, .. } => {
                let held = book.custom_fields.get(*field);
                let value = held.map(|field| custom::value(book, field, row.uuid()));
                test.holds(&value.unwrap_or_default())
            }
            Condition::Overdue => dealer_of(book, row)
                .is_some_and(|dealer| Cadence::of(book, dealer, today).overdue_days > 0),
            Condition::Behind => {
                slowest(book, Id::new(row.uuid()), today).is_some_and(|(rag, _)| rag.is_behind())
            }
        })
    }

    /// The conditions for reading, one by one.
    pub fn describe(&self, book: &Book, lang: Lang) -> Vec<String> {
        self.conditions
            .iter()
            .map(|condition| match condition {
                Condition::Field { place, test } => match self.table.fields.get(*place) {
                    Some(spec) => test.show(spec.label.in_lang(lang), lang, &|value| {
                        show_value(book, spec, value, lang)
                    }),
                    None => String::new(),
                },
                Condition::Metric {
                    metric,
                    months,
                    test,
                } => {
                    let metric = book.metric(*metric);
                    let title = metric.as_ref().map_or("?", |metric| metric.title(lang));
                    let name = match lang {
                        Lang::Zh => format!("{title}（近 {months} 个月）"),
                        Lang::En => format!("{title} (last {months} months)"),
                    };
                    let unit = metric.as_ref().and_then(|metric| metric.unit);
                    test.show(&name, lang, &|value| match value {
                        Value::Number(n) => unit.unwrap_or(Unit::Pieces).show(Quantity(*n), lang),
                        _ => String::new(),
                    })
                }
                Condition::Own { field, kind, test } => {
                    let name = book.custom_fields.get_any(*field);
                    let name = name.map_or("?", |field| field.name.as_str());
                    let kind = kind.content().unwrap_or(Kind::Flag);
                    test.show(name, lang, &|value| value.show(member_kind(kind), lang))
                }
                Condition::Overdue => words("联系已逾期", "Contact overdue")
                    .in_lang(lang)
                    .to_owned(),
                Condition::Behind => words("有目标落后", "A goal is behind")
                    .in_lang(lang)
                    .to_owned(),
            })
            .collect()
    }
}

fn dealer_of<'a>(book: &'a Book, row: &dyn AnyRecord) -> Option<&'a Dealer> {
    let dealer = book.dealers.get_any(Id::new(row.uuid()))?;
    Some(&**dealer)
}

/// The kind of one member of a set, or the kind itself.
pub const fn member_kind(kind: Kind) -> Kind {
    match kind {
        Kind::Choices(list) => Kind::Choice(list),
        Kind::Tags => Kind::Text(Lines::One),
        Kind::Refs(table) => Kind::Ref(table),
        kind => kind,
    }
}

/// A value as it reads; of a reference, what the record is called.
fn show_value(book: &Book, spec: &FieldSpec, value: &Value, lang: Lang) -> String {
    match (spec.kind, value) {
        (Kind::Ref(table) | Kind::Refs(table), Value::Ref(id)) => {
            book.title(table, *id).unwrap_or_default()
        }
        (kind, value) => value.show(kind, lang),
    }
}

/// What a dealer's metric came to over the last months; `None` without a reading.
pub fn recent(
    book: &Book,
    dealer: Id<Dealer>,
    metric: Id<Metric>,
    months: u8,
    today: Date,
) -> Option<Quantity> {
    let gathering = book.metric(metric)?.gathering.unwrap_or(Gathering::Last);
    let first = Month::of(today).plus(1 - i32::from(months));
    let span = DateSpan::new(first.first(), today)?;
    let readings = covered(book, dealer, metric, span, gathering, today);
    actuals(&readings, Quantity(0), gathering).last().copied()
}

/// Whether values of a kind can be tested so.
fn fits(kind: Kind, test: &Test) -> bool {
    let single = |value: &Value| {
        let member = match (kind, value) {
            (Kind::Choices(_), Value::Choice(_))
            | (Kind::Tags, Value::Text(_))
            | (Kind::Refs(_), Value::Ref(_)) => return true,
            (Kind::Choices(_) | Kind::Tags | Kind::Refs(_), _) => return false,
            (_, value) => value,
        };
        !member.is_empty()
            && kind
                .read(&member.input_text(kind))
                .is_ok_and(|read| read == *member)
    };
    match test {
        Test::Among(values) | Test::NotAmong(values) => {
            !values.is_empty() && values.iter().all(single)
        }
        Test::Contains(text) => {
            matches!(kind, Kind::Text(_) | Kind::Tags) && !fold(text).is_empty()
        }
        Test::AtLeast(value) | Test::AtMost(value) => {
            matches!(
                kind,
                Kind::Whole | Kind::Money | Kind::Quantity | Kind::Date | Kind::Month
            ) && single(value)
        }
        Test::Filled | Test::Empty => true,
    }
}

impl Test {
    fn holds(&self, value: &Value) -> bool {
        match self {
            Self::Among(values) => values.iter().any(|wanted| is(value, wanted)),
            Self::NotAmong(values) => !values.iter().any(|wanted| is(value, wanted)),
            Self::Contains(part) => match value {
                Value::Text(text) => fold(text).contains(&fold(part)),
                Value::Tags(tags) => tags.iter().any(|tag| fold(tag).contains(&fold(part))),
                _ => false,
            },
            Self::AtLeast(limit) => order(value, limit).is_some_and(std::cmp::Ordering::is_ge),
            Self::AtMost(limit) => order(value, limit).is_some_and(std::cmp::Ordering::is_le),
            Self::Filled => !value.is_empty(),
            Self::Empty => value.is_empty(),
        }
    }

    fn show(&self, name: &str, lang: Lang, value: &dyn Fn(&Value) -> String) -> String {
        let list = |values: &[Value]| {
            let shown: Vec<_> = values.iter().map(value).collect();
            shown.join(words("、", ", ").in_lang(lang))
        };
        match (self, lang) {
            (Self::Among(values), Lang::Zh) => format!("{name}为 {}", list(values)),
            (Self::Among(values), Lang::En) => format!("{name} is {}", list(values)),
            (Self::NotAmong(values), Lang::Zh) => format!("{name}不为 {}", list(values)),
            (Self::NotAmong(values), Lang::En) => format!("{name} is not {}", list(values)),
            (Self::Contains(part), Lang::Zh) => format!("{name}含“{part}”"),
            (Self::Contains(part), Lang::En) => format!("{name} contains “{part}”"),
            (Self::AtLeast(limit), _) => format!("{name} ≥ {}", value(limit)),
            (Self::AtMost(limit), _) => format!("{name} ≤ {}", value(limit)),
            (Self::Filled, Lang::Zh) => format!("{name}已填"),
            (Self::Filled, Lang::En) => format!("{name} is filled"),
            (Self::Empty, Lang::Zh) => format!("{name}未填"),
            (Self::Empty, Lang::En) => format!("{name} is empty"),
        }
    }
}

/// Whether a value is the wanted one, or a set that holds it.
fn is(value: &Value, wanted: &Value) -> bool {
    match (value, wanted) {
        (Value::Choices(codes), Value::Choice(code)) => codes.contains(code),
        (Value::Refs(ids), Value::Ref(id)) => ids.contains(id),
        (Value::Tags(tags), Value::Text(text)) => tags.iter().any(|tag| fold(tag) == fold(text)),
        (Value::Text(text), Value::Text(wanted)) => fold(text) == fold(wanted),
        (value, wanted) => value == wanted,
    }
}

fn order(value: &Value, limit: &Value) -> Option<std::cmp::Ordering> {
    match (value, limit) {
        (Value::Number(a), Value::Number(b)) => Some(a.cmp(b)),
        (Value::Date(a), Value::Date(b)) => Some(a.cmp(b)),
        (Value::Month(a), Value::Month(b)) => Some(a.cmp(b)),
        _ => None,
    }
}
