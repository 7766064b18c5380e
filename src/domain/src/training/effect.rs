//! A metric before and after a class.

use crate::book::Book;
use crate::date::{Date, Month};
use crate::explain::{Explanation, Line};
use crate::id::Id;
use crate::measured::figures;
use crate::money::div_half_even;
use crate::quantity::{Quantity, Unit};
use crate::ratio::Ratio;
use crate::tables::{Dealer, Direction, Metric};
use crate::value::{Kind, Value};
use crate::words::{Lang, Words, words};
use std::sync::Arc;

/// Months that are compared on each side of a class.
pub const EFFECT_MONTHS: i32 = 3;

/// A metric of a dealer before and after a class.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// The metric.
    pub metric: Arc<Metric>,
    /// The whole months before the class that have a figure, the earliest first.
    pub before: Vec<(Month, Quantity)>,
    /// Those after it.
    pub after: Vec<(Month, Quantity)>,
    /// The mean before.
    pub mean_before: Quantity,
    /// The mean after.
    pub mean_after: Quantity,
}

impl Effect {
    /// The effect of a class held on a day: the mean of up to three whole months before its
    /// month against that of the three after, as far as they are over. `None` where one side
    /// has no figure. That one came after the other does not prove that it came of it.
    pub fn of(
        book: &Book,
        dealer: Id<Dealer>,
        metric: Id<Metric>,
        held_on: Date,
        today: Date,
    ) -> Option<Self> {
        let month = Month::of(held_on);
        let known = figures(book, dealer, metric);
        let side = |months: &mut dyn Iterator<Item = i32>| -> Vec<(Month, Quantity)> {
            months
                .map(|ahead| month.plus(ahead))
                .filter(|month| month.last() <= today)
                .filter_map(|month| Some((month, known.of(month)?.amount)))
                .collect()
        };
        let before = side(&mut (-EFFECT_MONTHS..0));
        let after = side(&mut (1..=EFFECT_MONTHS));
        Some(Self {
            metric: book.metric(metric)?,
            mean_before: mean(&before)?,
            mean_after: mean(&after)?,
            before,
            after,
        })
    }

    /// The change against before; `None` when there was nothing before.
    pub fn change(&self) -> Option<Ratio> {
        let (before, after) = (
            i128::from(self.mean_before.0),
            i128::from(self.mean_after.0),
        );
        Ratio::new(after - before, before.abs())
    }

    /// Whether it is one for the better; `None` without a change.
    pub fn is_better(&self) -> Option<bool> {
        let falling = self.metric.direction == Some(Direction::Falling);
        (self.mean_before != self.mean_after)
            .then_some((self.mean_after > self.mean_before) != falling)
    }

    /// Each month, both means and the change.
    pub fn explain(&self, lang: Lang) -> Vec<Line> {
        let unit = self.metric.unit.unwrap_or(Unit::Pieces);
        let show = |quantity| unit.show(quantity, lang);
        let mut out = Explanation::new(lang);
        out.line(words("指标", "Metric"), self.metric.title(lang));
        let mut side = |label: Words, mean: Words, months: &[(Month, Quantity)], value| {
            for (month, amount) in months {
                let month = Value::Month(*month).show(Kind::Month, lang);
                out.line(label, format!("{month}: {}", show(*amount)));
            }
            out.line(mean, show(value));
        };
        side(
            words("培训前", "Before"),
            words("培训前月均", "Mean before"),
            &self.before,
            self.mean_before,
        );
        side(
            words("培训后", "After"),
            words("培训后月均", "Mean after"),
            &self.after,
            self.mean_after,
        );
        out.result(
            words("前后对比", "Before → after"),
            format!("{} → {}", show(self.mean_before), show(self.mean_after)),
        );
        if let Some(change) = self.change() {
            out.line(words("变化", "Change"), change.show_fine());
        }
        out.words(
            words("说明", "Note"),
            words(
                "只是前后对比，不证明由培训引起",
                "It came after; that does not prove it came of it",
            ),
        );
        out.done()
    }
}

fn mean(months: &[(Month, Quantity)]) -> Option<Quantity> {
    let sum: i128 = months.iter().map(|(_, amount)| i128::from(amount.0)).sum();
    div_half_even(sum, i128::try_from(months.len()).ok()?).map(Quantity::held)
}
