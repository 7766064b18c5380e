//! What a column of a view shows.

use super::Arrangement;
use crate::book::Book;
use crate::cadence::Cadence;
use crate::custom;
use crate::date::Date;
use crate::exchange::written_cell;
use crate::filter::recent;
use crate::id::Id;
use crate::pacing::slowest;
use crate::quantity::{Quantity, Unit};
use crate::schema::{AnyRecord, FieldSpec, Record, TableSpec};
use crate::tables::{CustomField, Dealer, Metric};
use crate::text::Lines;
use crate::value::{Kind, Value};
use crate::words::{Lang, Words, words};
use std::sync::Arc;

/// Over so many months a metric is offered as a column.
const MONTHS: [u8; 2] = [3, 12];

/// How a dealer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// The day of the last contact.
    LastContact,
    /// The day on which the next contact is due.
    Due,
    /// The days by which the contact is overdue.
    Overdue,
    /// The pace of the slowest open goal.
    Pace,
}

impl Stands {
    /// Every one of them.
    pub const ALL: [Self; 4] = [Self::LastContact, Self::Due, Self::Overdue, Self::Pace];

    const fn key(self) -> &'static str {
        match self {
            Self::LastContact => "last_contact",
            Self::Due => "contact_due",
            Self::Overdue => "overdue_days",
            Self::Pace => "pace",
        }
    }

    const fn words(self) -> Words {
        match self {
            Self::LastContact => words("上次沟通", "Last contact"),
            Self::Due => words("应联系日期", "Contact due"),
            Self::Overdue => words("逾期天数", "Days overdue"),
            Self::Pace => words("最慢目标的进度", "Slowest goal's pace"),
        }
    }

    const fn kind(self) -> Kind {
        match self {
            Self::LastContact | Self::Due => Kind::Date,
            Self::Overdue => Kind::Whole,
            Self::Pace => Kind::Quantity,
        }
    }

    fn of(self, book: &Book, dealer: &Dealer, today: Date) -> Value {
        let day = |day: Option<Date>| day.map_or(Value::Empty, Value::Date);
        match self {
            Self::Pace => slowest(book, dealer.id, today)
                .map_or(Value::Empty, |(_, pace)| Value::Number(pace)),
            _ => {
                let cadence = Cadence::of(book, dealer, today);
                match self {
                    Self::LastContact => day(cadence.last_contact.map(|made| made.day)),
                    Self::Due => day(cadence.due),
                    _ if cadence.overdue_days > 0 => Value::Number(cadence.overdue_days),
                    _ => Value::Empty,
                }
            }
        }
    }
}

/// A column.
#[derive(Clone, Debug)]
pub enum Column {
    /// A field of the table, by its place.
    Field(usize, &'static FieldSpec),
    /// A field that the team added.
    Own(Arc<CustomField>),
    /// What a metric of the dealer came to over the last months.
    Metric(Arc<Metric>, u8),
    /// How the dealer stands.
    Stands(Stands),
}

impl PartialEq for Column {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Column {
    /// The column with a key, if there is one still.
    pub fn named(book: &Book, table: &'static TableSpec, key: &str) -> Option<Self> {
        if let Some(place) = table.position(key) {
            return Some(Self::Field(place, table.fields.get(place)?));
        }
        let mut parts = key.split(':');
        match (parts.next()?, parts.next(), parts.next()) {
            ("own", Some(id), None) => {
                let field = book.custom_fields.get(id.parse().ok()?)?;
                let of_table = field.on.is_some_and(|on| on.code() == table.number);
                (of_table && field.is_in_use()).then(|| Self::Own(Arc::clone(field)))
            }
            _ if table.number != Dealer::NUMBER => None,
            ("metric", Some(id), Some(months)) => Some(Self::Metric(
                book.metric(id.parse().ok()?)?,
                months.parse().ok()?,
            )),
            (key, None, None) => {
                let found = Stands::ALL.into_iter().find(|it| it.key() == key);
                found.map(Self::Stands)
            }
            _ => None,
        }
    }

    /// Its name in an arrangement.
    pub fn key(&self) -> String {
        match self {
            Self::Field(_, spec) => spec.key.to_owned(),
            Self::Own(field) => format!("own:{}", field.id),
            Self::Metric(metric, months) => format!("metric:{}:{months}", metric.id),
            Self::Stands(stands) => stands.key().to_owned(),
        }
    }

    /// What stands above it.
    pub fn heading(&self, lang: Lang) -> String {
        match self {
            Self::Field(_, spec) => spec.label.in_lang(lang).to_owned(),
            Self::Own(field) => field.name.clone(),
            Self::Metric(metric, months) => match lang {
                Lang::Zh => format!("{}（近 {months} 个月）", metric.title(lang)),
                Lang::En => format!("{} (last {months} months)", metric.title(lang)),
            },
            Self::Stands(stands) => stands.words().in_lang(lang).to_owned(),
        }
    }

    /// Whether shared-screen mode hides it.
    pub fn is_internal(&self) -> bool {
        match self {
            Self::Field(_, spec) => spec.internal,
            Self::Own(field) => field.hidden == Some(true),
            Self::Metric(..) => false,
            Self::Stands(_) => true,
        }
    }

    /// What it holds, and with it how it is shown and ordered.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Field(_, spec) => spec.kind,
            Self::Own(field) => field.content().unwrap_or(Kind::Text(Lines::One)),
            Self::Metric(..) => Kind::Quantity,
            Self::Stands(stands) => stands.kind(),
        }
    }

    /// What a record has in it on a day.
    pub fn value(&self, book: &Book, row: &dyn AnyRecord, today: Date) -> Value {
        let dealer = || Id::<Dealer>::new(row.uuid());
        match self {
            Self::Field(place, spec) => match (spec.kind, row.value(*place)) {
                // Records are ordered and grouped by what they are called.
                (Kind::Ref(_), value @ Value::Ref(_)) => {
                    let name = written_cell(book, spec.kind, &value, Lang::Zh);
                    Value::Text(name)
                }
                (_, value) => value,
            },
            Self::Own(field) => custom::value(book, field, row.uuid()),
            Self::Metric(metric, months) => recent(book, dealer(), metric.id, *months, today)
                .map_or(Value::Empty, |amount| Value::Number(amount.0)),
            Self::Stands(stands) => match book.dealers.get_any(dealer()) {
                Some(dealer) => stands.of(book, dealer, today),
                None => Value::Empty,
            },
        }
    }

    /// A value of it for reading.
    pub fn show(&self, book: &Book, value: &Value, lang: Lang) -> String {
        match (self, value) {
            (Self::Metric(metric, _), Value::Number(number)) => {
                let unit = metric.unit.unwrap_or(Unit::Pieces);
                unit.show(Quantity(*number), lang)
            }
            (Self::Stands(Stands::Pace), Value::Number(points)) => {
                Unit::Percent.show(Quantity(*points), lang)
            }
            (Self::Field(_, spec), value) if matches!(spec.kind, Kind::Refs(_)) => {
                written_cell(book, spec.kind, value, lang)
            }
            // A reference shows by its name.
            (_, Value::Text(text)) if matches!(self.kind(), Kind::Ref(_)) => text.clone(),
            (_, value) => value.show(self.kind(), lang),
        }
    }

    /// A value of it for a file, as the import reads it back.
    pub fn written(&self, book: &Book, value: &Value, lang: Lang) -> String {
        match (self, value) {
            (_, Value::Text(text)) => text.clone(),
            (Self::Own(_), Value::Tags(tags)) => tags.join("、"),
            (_, value) => written_cell(book, self.kind(), value, lang),
        }
    }

    /// Whether it holds figures, which stand at the right of their column.
    pub fn is_figure(&self) -> bool {
        matches!(self.kind(), Kind::Whole | Kind::Money | Kind::Quantity)
    }
}

/// The columns that a view shows: its own, or the first of the table's.
pub fn columns(book: &Book, table: &'static TableSpec, arrangement: &Arrangement) -> Vec<Column> {
    let chosen: Vec<Column> = arrangement
        .columns
        .iter()
        .filter_map(|key| Column::named(book, table, key))
        .collect();
    if !chosen.is_empty() {
        return chosen;
    }
    let usual = if table.number == Dealer::NUMBER {
        &[
            "name",
            "region",
            "kind",
            "status",
            "turnover",
            "last_contact",
        ][..]
    } else {
        return fields(table).collect();
    };
    usual
        .iter()
        .filter_map(|key| Column::named(book, table, key))
        .collect()
}

/// The fields of a table that people fill in.
fn fields(table: &'static TableSpec) -> impl Iterator<Item = Column> {
    let shown = |kind| !matches!(kind, Kind::Link | Kind::Notation(_));
    let fields = table.fields.iter().enumerate();
    fields
        .filter(move |(_, spec)| !spec.kept && shown(spec.kind))
        .map(|(place, spec)| Column::Field(place, spec))
}

/// Every column to choose from.
pub fn offered(book: &Book, table: &'static TableSpec) -> Vec<Column> {
    let mut all: Vec<Column> = fields(table).collect();
    all.extend(
        custom::fields(book, table.number)
            .into_iter()
            .map(Column::Own),
    );
    if table.number == Dealer::NUMBER {
        all.extend(Stands::ALL.map(Column::Stands));
        for metric in book.all_metrics() {
            all.extend(MONTHS.map(|months| Column::Metric(Arc::clone(&metric), months)));
        }
    }
    all
}
