//! Working formulas out, and saying why there is no value.

use super::{Expression, Formula, Operator};
use crate::book::Book;
use crate::date::{Date, Month};
use crate::explain::{Explanation, Line};
use crate::id::Id;
use crate::quantity::{Quantity, Unit};
use crate::ratio::Ratio;
use crate::tables::{Dealer, Metric};
use crate::value::{Figure, Kind, Value};
use crate::words::{Lang, words};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Why a formula has no value in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoValue {
    /// A metric that it needs has no reading.
    #[error("a metric that it needs has no reading")]
    Missing(Id<Metric>),
    /// A metric that it needs is not in the book.
    #[error("a metric that it needs is not in the book")]
    Unknown(Id<Metric>),
    /// A value is divided by zero in the formula of this metric.
    #[error("a value is divided by zero")]
    DividedByZero(Id<Metric>),
    /// The metric's formula leads back to itself.
    #[error("the formula leads back to itself")]
    Circle(Id<Metric>),
    /// Beyond the range.
    #[error("the value is too large")]
    TooLarge(Id<Metric>),
}

impl NoValue {
    /// What to tell the person, and what to do.
    pub fn text(self, book: &Book, lang: Lang) -> String {
        let name = |id| match book.metric(id) {
            Some(metric) => metric.title(lang).to_owned(),
            None => "?".to_owned(),
        };
        match (self, lang) {
            (Self::Missing(id), Lang::Zh) => format!("“{}”没有数据", name(id)),
            (Self::Missing(id), Lang::En) => format!("“{}” has no reading", name(id)),
            (Self::Unknown(_), Lang::Zh) => "公式用到的一个指标已不存在，请修改公式".to_owned(),
            (Self::Unknown(_), Lang::En) => {
                "A metric of the formula is gone; change the formula".to_owned()
            }
            (Self::DividedByZero(id), Lang::Zh) => {
                format!("“{}”的公式里除数为 0，没有值", name(id))
            }
            (Self::DividedByZero(id), Lang::En) => {
                format!("The formula of “{}” divides by zero: no value", name(id))
            }
            (Self::Circle(id), Lang::Zh) => {
                format!("“{}”的公式绕回到自己，请修改公式", name(id))
            }
            (Self::Circle(id), Lang::En) => {
                format!(
                    "The formula of “{}” leads back to itself; change it",
                    name(id)
                )
            }
            (Self::TooLarge(id), Lang::Zh) => format!("“{}”的值太大，算不下", name(id)),
            (Self::TooLarge(id), Lang::En) => {
                format!("The value of “{}” is too large to reckon with", name(id))
            }
        }
    }
}

/// The metrics through which a formula of `metric` would lead back to itself, in order;
/// empty when it would not.
pub fn circle(book: &Book, metric: Id<Metric>, formula: &Formula) -> Vec<Id<Metric>> {
    let mut path = vec![metric];
    if leads_back(book, metric, formula, &mut path) {
        path
    } else {
        Vec::new()
    }
}

fn leads_back(
    book: &Book,
    metric: Id<Metric>,
    formula: &Formula,
    path: &mut Vec<Id<Metric>>,
) -> bool {
    for operand in formula.operands() {
        if operand == metric {
            return true;
        }
        // A circle that others make without this metric is theirs.
        if path.contains(&operand) {
            continue;
        }
        path.push(operand);
        if let Some(inner) = book.formula(operand)
            && leads_back(book, metric, inner, path)
        {
            return true;
        }
        path.pop();
    }
    false
}

impl Book {
    /// The formula of a metric, if it has one.
    pub fn formula(&self, metric: Id<Metric>) -> Option<&Formula> {
        self.metrics.get(metric)?.formula.as_ref()
    }
}

/// The value of a formula metric of a dealer in a month, and the last day that all of its
/// operands cover.
///
/// # Errors
/// [`NoValue`], which says why there is none.
pub fn work_out(
    book: &Book,
    dealer: Id<Dealer>,
    metric: Id<Metric>,
    month: Month,
) -> Result<Figure, NoValue> {
    let mut path = Vec::new();
    let (value, as_of) = value_of(book, dealer, metric, month, &mut path)?;
    let hundredths = value
        .times(Ratio::whole(100))
        .and_then(Ratio::rounded)
        .ok_or(NoValue::TooLarge(metric))?;
    Ok(Figure {
        amount: Quantity(hundredths),
        as_of,
    })
}

fn value_of(
    book: &Book,
    dealer: Id<Dealer>,
    metric: Id<Metric>,
    month: Month,
    path: &mut Vec<Id<Metric>>,
) -> Result<(Ratio, Date), NoValue> {
    let Some(formula) = book.formula(metric) else {
        let figure =
            book.read_in(dealer, metric, month)
                .ok_or(if book.metric(metric).is_some() {
                    NoValue::Missing(metric)
                } else {
                    NoValue::Unknown(metric)
                })?;
        let value = Ratio::new(figure.amount.0.into(), 100).unwrap_or(Ratio::ZERO);
        let within = Month::of(figure.as_of) == month;
        return Ok((value, if within { figure.as_of } else { month.last() }));
    };
    if path.contains(&metric) {
        return Err(NoValue::Circle(metric));
    }
    path.push(metric);
    let mut as_of = month.last();
    let mut operand = |id| {
        let (value, read_to) = value_of(book, dealer, id, month, path)?;
        as_of = as_of.min(read_to);
        Ok(value)
    };
    let value = reckon(&formula.0, metric, &mut operand);
    path.pop();
    Ok((value?, as_of))
}

fn reckon(
    expression: &Expression,
    metric: Id<Metric>,
    operand: &mut dyn FnMut(Id<Metric>) -> Result<Ratio, NoValue>,
) -> Result<Ratio, NoValue> {
    match expression {
        Expression::Number(number) => Ok(Ratio::new(number.0.into(), 100).unwrap_or(Ratio::ZERO)),
        Expression::Metric(id) => operand(*id),
        Expression::Both(operator, left, right) => {
            let (left, right) = (
                reckon(left, metric, operand)?,
                reckon(right, metric, operand)?,
            );
            let both = match operator {
                Operator::Plus => left.plus(right),
                Operator::Minus => left.minus(right),
                Operator::Times => left.times(right),
                Operator::Over if right == Ratio::ZERO => {
                    return Err(NoValue::DividedByZero(metric));
                }
                Operator::Over => left.over(right),
                Operator::Min => Some(left.min(right)),
                Operator::Max => Some(left.max(right)),
            };
            both.ok_or(NoValue::TooLarge(metric))
        }
    }
}

/// On how many dealers a formula is tried at most.
const TRIED_ON: usize = 20;

/// A formula tried out before it is kept: on the latest month in which the first dealer that has readings
/// of its operands gets a value, or else the reason why a month has none. Empty when no dealer has any.
pub fn tried(book: &Book, metric: Id<Metric>, formula: &Formula, lang: Lang) -> Vec<Line> {
    let operands = formula.operands();
    let needed = |id: Id<Metric>| operands.contains(&id) || book.formula(id).is_some();
    let mut without = None;
    let read = |dealer: &&Arc<Dealer>| book.readings.of(dealer.id).next().is_some();
    for dealer in book.dealers.iter().filter(read).take(TRIED_ON) {
        let months: BTreeSet<Month> = book
            .readings
            .of(dealer.id)
            .filter(|reading| reading.dealer == dealer.id && needed(reading.metric))
            .filter_map(|reading| reading.month)
            .collect();
        for month in months.into_iter().rev() {
            let mut path = vec![metric];
            let mut operand = |id| Ok(value_of(book, dealer.id, id, month, &mut path)?.0);
            let value = reckon(&formula.0, metric, &mut operand);
            let value = value.and_then(|value| {
                let hundredths = value.times(Ratio::whole(100)).and_then(Ratio::rounded);
                hundredths.map(Quantity).ok_or(NoValue::TooLarge(metric))
            });
            let found = value.is_ok();
            if !found && without.is_some() {
                continue;
            }
            let unit = book.metric(metric).and_then(|metric| metric.unit);
            let lines = trial(book, dealer.id, formula, month, lang, |lines| {
                lines.line(
                    words("结果", "Result"),
                    match value {
                        Ok(value) => unit.unwrap_or(Unit::Pieces).show(value, lang),
                        Err(reason) => reason.text(book, lang),
                    },
                );
            });
            if found {
                return lines;
            }
            without = Some(lines);
        }
    }
    without.unwrap_or_default()
}

fn trial(
    book: &Book,
    dealer: Id<Dealer>,
    formula: &Formula,
    month: Month,
    lang: Lang,
    result: impl FnOnce(&mut Explanation),
) -> Vec<Line> {
    let mut out = Explanation::new(lang);
    let name = book.dealers.get(dealer).map_or("", |dealer| &dealer.name);
    let month_name = Value::Month(month).show(Kind::Month, lang);
    out.line(
        words("试算对象", "Tried on"),
        format!("{name} · {month_name}"),
    );
    for id in formula.operands() {
        let found = book.metric(id);
        let label = found
            .as_ref()
            .map_or("?", |metric| metric.title(lang))
            .to_owned();
        let unit = found.and_then(|metric| metric.unit).unwrap_or(Unit::Pieces);
        let value = match work_out(book, dealer, id, month) {
            Ok(figure) => unit.show(figure.amount, lang),
            Err(reason) => reason.text(book, lang),
        };
        out.named(label, value);
    }
    result(&mut out);
    out.done()
}

/// How a formula metric's value of a month came about: the formula, each operand's reading or
/// own formula, and the result or why there is none.
pub fn explain(
    book: &Book,
    dealer: Id<Dealer>,
    metric: Id<Metric>,
    month: Month,
    lang: Lang,
) -> Vec<Line> {
    let mut out = Explanation::new(lang);
    let Some(formula) = book.formula(metric) else {
        return out.done();
    };
    out.line(words("公式", "Formula"), formula.text(book, lang));
    for id in formula.operands() {
        let found = book.metric(id);
        let name = found.as_ref().map_or("?", |metric| metric.title(lang));
        let unit = found.as_ref().and_then(|metric| metric.unit);
        let value = match work_out(book, dealer, id, month) {
            Ok(figure) => unit.unwrap_or(Unit::Pieces).show(figure.amount, lang),
            Err(reason) => reason.text(book, lang),
        };
        out.line(words("其中", "With"), format!("{name}: {value}"));
    }
    let unit = book.metric(metric).and_then(|metric| metric.unit);
    let result = match work_out(book, dealer, metric, month) {
        Ok(figure) => unit.unwrap_or(Unit::Pieces).show(figure.amount, lang),
        Err(reason) => reason.text(book, lang),
    };
    out.line(words("结果", "Result"), result);
    out.done()
}
