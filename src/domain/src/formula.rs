//! Formula metrics: a metric worked out of others, month by month.
//!
//! **Language.** Numbers with at most two decimals, metrics, `+ − × ÷` with brackets, and
//! `min(a, b)`, `max(a, b)`. A metric stands for its value in its own unit: 12.5 % is 12.5.
//! What a person types names metrics in square brackets or, where the name has no sign in it,
//! bare: `[销售额] ÷ [进货额] × 100`. What is stored refers to metrics by id, so that a metric
//! may be renamed at any time.
//!
//! **Value.** Arithmetic is exact; the result is rounded half to even to hundredths of the
//! unit. A month in which an operand has no reading, or in which something is divided by zero,
//! has no value, and says why. So does every month of metrics that refer to each other in a
//! circle.

mod reading;
#[cfg(test)]
mod tests;
mod working;

use crate::book::Book;
use crate::id::Id;
use crate::quantity::{Quantity, plain_hundredths};
use crate::tables::Metric;
use crate::value::{Notation, Noted};
use crate::words::Lang;
use std::fmt;

pub use reading::FormulaFault;
pub use working::{NoValue, circle, explain, tried, work_out};

/// The deepest nesting of brackets, so that no text can exhaust the stack.
const DEEPEST: u32 = 40;
/// The most numbers, metrics and signs.
const MOST_PARTS: usize = 200;

/// How two values become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// Sum.
    Plus,
    /// Difference.
    Minus,
    /// Product.
    Times,
    /// Quotient.
    Over,
    /// The smaller.
    Min,
    /// The larger.
    Max,
}

/// A part of a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expression {
    Number(Quantity),
    Metric(Id<Metric>),
    Both(Operator, Box<Self>, Box<Self>),
}

/// How a metric follows from others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula(Expression);

impl Formula {
    /// Reads what a person typed, with metrics by the names that the book knows.
    ///
    /// # Errors
    /// [`FormulaFault`], which names the place.
    pub fn typed(text: &str, book: &Book) -> Result<Self, FormulaFault> {
        reading::read(text, &|name| {
            book.metric_named(name).map(|metric| metric.id)
        })
    }

    /// The metrics that it refers to, each once.
    pub fn operands(&self) -> Vec<Id<Metric>> {
        let mut found = Vec::new();
        self.0.operands(&mut found);
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The formula as [`Formula::typed`] reads it back, with the names of today.
    pub fn text(&self, book: &Book, lang: Lang) -> String {
        let name = |id: Id<Metric>| match book.metric(id) {
            Some(metric) => metric.title(lang).to_owned(),
            None => id.to_string(),
        };
        self.0.write(&name, 0)
    }
}

impl Expression {
    fn operands(&self, found: &mut Vec<Id<Metric>>) {
        match self {
            Self::Number(_) => {}
            Self::Metric(id) => found.push(*id),
            Self::Both(_, left, right) => {
                left.operands(found);
                right.operands(found);
            }
        }
    }

    /// `outer` is how strongly what stands around binds: 0 not at all, 1 as a sum, 2 as a
    /// product, 3 as the right side of a quotient.
    fn write(&self, name: &dyn Fn(Id<Metric>) -> String, outer: u8) -> String {
        match self {
            Self::Number(number) if number.0 < 0 && outer > 0 => {
                format!("({})", plain_hundredths(number.0))
            }
            Self::Number(number) => plain_hundredths(number.0),
            Self::Metric(id) => format!("[{}]", name(*id)),
            Self::Both(operator @ (Operator::Min | Operator::Max), left, right) => {
                let called = if *operator == Operator::Min {
                    "min"
                } else {
                    "max"
                };
                format!(
                    "{called}({}, {})",
                    left.write(name, 0),
                    right.write(name, 0)
                )
            }
            Self::Both(operator, left, right) => {
                let (sign, binds) = match operator {
                    Operator::Plus => ("+", 1),
                    Operator::Minus => ("-", 1),
                    Operator::Times => ("*", 2),
                    _ => ("/", 2),
                };
                // What stands on the right is read after what stands on the left.
                let text = format!(
                    "{} {sign} {}",
                    left.write(name, binds),
                    right.write(name, binds + 1)
                );
                if outer > binds {
                    format!("({text})")
                } else {
                    text
                }
            }
        }
    }
}

impl fmt::Display for Formula {
    /// With metrics by their ids: `[307d…] / [8b41…] * 100`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.write(&|id| id.to_string(), 0))
    }
}

impl Noted for Formula {
    const NOTATION: &'static Notation = &Notation {
        read: Self::rewritten,
        show: Self::shown,
        examples: &[
            "[307d4e95f7be53789ba217f127791c71] / 12.5 * 100",
            "max([307d4e95f7be53789ba217f127791c71] - (-5), 0)",
            "([307d4e95f7be53789ba217f127791c71] + 1) / (2 - (3 - 4))",
        ],
    };

    fn parse(text: &str) -> Option<Self> {
        reading::read(text, &|id| id.parse().ok()).ok()
    }

    fn show(&self, lang: Lang) -> String {
        self.text(Book::nothing(), lang)
    }
}
