//! What the cells of a workbook hold, and what explains them.

use crate::book::Book;
use crate::custom;
use crate::date::{Date, Minute};
use crate::exchange::listed::own_text;
use crate::exchange::written_cell;
use crate::import::{Half, half_heading};
use crate::quantity::Unit;
use crate::schema::{AnyRecord, FieldSpec, Record, TableSpec};
use crate::tables::{CustomField, Goal, Metric, Reading, Target};
use crate::value::{Kind, Outcome, Value};
use crate::words::{Lang, Words, words};

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Blank,
    Text(String),
    /// Hundredths.
    Amount(i64),
    Whole(i64),
    Date(Date),
    Month(Date),
    Minute(Minute),
}

/// One column of a sheet: a field, or half of one.
pub(super) struct Column {
    pub(super) place: usize,
    pub(super) spec: &'static FieldSpec,
    /// Which half of it, and what that is called.
    pub(super) half: Option<(Half, Words)>,
}

/// What a kind's cells are, for the sheet that explains them.
pub(super) const fn kind_words(kind: Kind) -> Words {
    match kind {
        Kind::Text(_) => words("文字", "text"),
        Kind::Flag => words("是或否", "yes or no"),
        Kind::Whole => words("整数", "whole number"),
        Kind::Money => words("金额（元）", "amount of money (yuan)"),
        Kind::Quantity => words("数量", "quantity"),
        Kind::Date => words("日期", "date"),
        Kind::Month => words("月份（存为当月一日）", "month (kept as its first day)"),
        Kind::Minute => words("日期和时间", "date and time"),
        Kind::Slot => words("开始时间和分钟数", "start and length in minutes"),
        Kind::Span => words("起止日期", "first and last day"),
        Kind::Place => words("纬度、经度", "latitude, longitude"),
        Kind::Choice(_) => words("选项之一", "one of a list"),
        Kind::Choices(_) => words("若干选项", "several of a list"),
        Kind::Tags => words("标签", "tags"),
        Kind::Ref(_) => words("另一条记录的名称", "another record, by its name"),
        Kind::Refs(_) => words("若干记录的名称", "several records, by their names"),
        Kind::Link => words("任一记录的名称", "any record, by its name"),
        Kind::Course => words("基线和目标值", "baseline and target"),
        Kind::Figure => words(
            "数值和截至日期（公式指标为算出的值）",
            "amount and the day up to which it counts (worked out where a formula gives it)",
        ),
        Kind::Shape => words("十二个月的权重", "weights of twelve months"),
        Kind::Outcome => words("结果和日期", "how it came out, and when"),
        Kind::Notation(_) => words("规则的说明", "a rule, described"),
    }
}

/// The columns of a table, without what is internal where the screen is shared.
pub(super) fn columns(table: &'static TableSpec, shared: bool) -> Vec<Column> {
    let visible = table
        .fields
        .iter()
        .enumerate()
        .filter(|(_, spec)| !(shared && (spec.internal || table.internal)));
    visible
        .flat_map(|(place, spec)| {
            let column = |half| Column { place, spec, half };
            match spec.kind.halves() {
                Some([first, second]) => vec![
                    column(Some((Half::First, first))),
                    column(Some((Half::Second, second))),
                ],
                None => vec![column(None)],
            }
        })
        .collect()
}

impl Column {
    pub(super) fn heading(&self, lang: Lang) -> String {
        let label = self.spec.label.in_lang(lang);
        match self.half {
            Some((_, half)) => half_heading(label, half, lang),
            None => label.to_owned(),
        }
    }

    pub(super) fn cell(&self, book: &Book, row: &dyn AnyRecord, lang: Lang) -> Cell {
        let value = row.value(self.place);
        if value.is_empty() {
            return Cell::Blank;
        }
        let first = self.half.is_none_or(|(half, _)| half == Half::First);
        match (self.spec.kind, &value) {
            (Kind::Whole, Value::Number(number)) => Cell::Whole(*number),
            (_, Value::Number(hundredths)) => Cell::Amount(*hundredths),
            (_, Value::Date(day)) => Cell::Date(*day),
            (_, Value::Month(month)) => Cell::Month(month.first()),
            (_, Value::Minute(minute)) => Cell::Minute(*minute),
            (_, Value::Span(span)) if first => Cell::Date(span.start()),
            (_, Value::Span(span)) => Cell::Date(span.end()),
            (_, Value::Slot(slot)) if first => Cell::Minute(slot.start),
            (_, Value::Slot(slot)) => Cell::Whole(slot.minutes.into()),
            (_, Value::Course(course)) if first => Cell::Amount(course.baseline.0),
            (_, Value::Course(course)) => Cell::Amount(course.target.0),
            (_, Value::Figure(figure)) if first => Cell::Amount(figure.amount.0),
            (_, Value::Figure(figure)) => Cell::Date(figure.as_of),
            (_, Value::Outcome(outcome)) if first => {
                Cell::Text(outcome.words().in_lang(lang).to_owned())
            }
            (_, Value::Outcome(Outcome::Done(day) | Outcome::Dropped(day))) => Cell::Date(*day),
            (_, Value::Outcome(Outcome::Open)) => Cell::Blank,
            (kind, value) => match written_cell(book, kind, value, lang) {
                text if text.is_empty() => Cell::Blank,
                text => Cell::Text(text),
            },
        }
    }
}

/// What a record holds in a field of the team's own.
pub(super) fn own_cell(book: &Book, field: &CustomField, row: &dyn AnyRecord) -> Cell {
    match custom::value(book, field, row.uuid()) {
        Value::Number(hundredths) => Cell::Amount(hundredths),
        Value::Date(day) => Cell::Date(day),
        _ => match own_text(book, field, row) {
            text if text.is_empty() => Cell::Blank,
            text => Cell::Text(text),
        },
    }
}

/// In what a field's numbers are counted.
pub(super) fn unit_words(table: &TableSpec, spec: &FieldSpec, lang: Lang) -> String {
    let follows = words("由指标决定", "as the metric says");
    let told = match spec.kind {
        Kind::Money => Unit::Yuan.words(),
        Kind::Figure | Kind::Course | Kind::Quantity
            if [
                Reading::NUMBER,
                Goal::NUMBER,
                Target::NUMBER,
                Metric::NUMBER,
            ]
            .contains(&table.number) =>
        {
            follows
        }
        _ => return String::new(),
    };
    told.in_lang(lang).to_owned()
}
