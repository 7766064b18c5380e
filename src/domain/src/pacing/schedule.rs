//! What is expected of a goal on each day of its time.

use crate::book::Book;
use crate::date::{Date, DateSpan, Month, days_between};
use crate::id::Id;
use crate::money::div_half_even;
use crate::quantity::Quantity;
use crate::ratio::Ratio;
use crate::tables::{Dealer, Metric};
use crate::value::{Course, Shape};

/// A multiple of every length of a month (28, 29, 30, 31), so that the weight of one day of
/// any month is a whole number.
const MONTH_LENGTHS: i128 = 28 * 29 * 15 * 31;

/// Days that weigh alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    first: Date,
    last: Date,
    day_weight: i128,
}

/// The expected way from a baseline to a target over a span of dates.
///
/// expected(t) = baseline + (target − baseline) · Σ weights of the days to t ÷ Σ weights of
/// all days. Evenly, each day weighs the same; with monthly weights, a month's weight is
/// spread evenly over its days, and a month that lies only partly in the span counts by its
/// days. This is the planned value of earned-value management (ISO 21508:2018), weighted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    course: Course,
    span: DateSpan,
    stretches: Vec<Stretch>,
    total: i128,
    weighted: bool,
}

impl Schedule {
    /// The schedule of a course over a span. Without a shape, or with one that is 0 in every
    /// month of the span, each day weighs the same.
    pub fn new(course: Course, span: DateSpan, shape: Option<Shape>) -> Self {
        if let Some(shape) = shape {
            let stretches: Vec<_> = span
                .months()
                .map(|month| Stretch {
                    first: month.first().max(span.start()),
                    last: month.last().min(span.end()),
                    day_weight: weight(shape, month) * MONTH_LENGTHS / i128::from(month.days()),
                })
                .collect();
            let total = stretches.iter().map(|s| s.weight_to(s.last)).sum();
            if total > 0 {
                return Self {
                    course,
                    span,
                    stretches,
                    total,
                    weighted: true,
                };
            }
        }
        let even = Stretch {
            first: span.start(),
            last: span.end(),
            day_weight: 1,
        };
        Self {
            course,
            span,
            total: even.weight_to(span.end()),
            stretches: vec![even],
            weighted: false,
        }
    }

    /// From where to where.
    pub fn course(&self) -> Course {
        self.course
    }

    /// From when to when.
    pub fn span(&self) -> DateSpan {
        self.span
    }

    /// Whether months weigh differently.
    pub fn is_weighted(&self) -> bool {
        self.weighted
    }

    /// The part of the whole way that is expected at the end of a day: 0 before the span,
    /// 1 from its end on.
    pub fn share(&self, day: Date) -> Ratio {
        let weight = self.stretches.iter().map(|s| s.weight_to(day)).sum();
        Ratio::new(weight, self.total).unwrap_or(Ratio::ZERO)
    }

    /// The part of the time that has passed at the end of a day, each day alike.
    pub fn time(&self, day: Date) -> Ratio {
        let passed = (days_between(self.span.start(), day) + 1).clamp(0, self.span.days());
        Ratio::new(passed.into(), self.span.days().into()).unwrap_or(Ratio::ZERO)
    }

    /// What is expected at the end of a day, rounded half to even.
    pub fn expected(&self, day: Date) -> Quantity {
        let share = self.share(day);
        let way = i128::from(self.course.target.0) - i128::from(self.course.baseline.0);
        // A share in lowest terms has at most the total as its denominator (below 2^47 for
        // any accepted span), so the product stays far within the range.
        let progress = div_half_even(way * share.numerator(), share.denominator()).unwrap_or(0);
        Quantity::held(i128::from(self.course.baseline.0) + progress)
    }

    /// How many months lie between the end of one day and the end of another, within the
    /// span, part months by their days.
    pub fn months(&self, after: Date, to: Date) -> Ratio {
        let days = |month: Month| {
            let first = month
                .first()
                .max(self.span.start())
                .max(crate::date::add_days(after, 1));
            let last = month.last().min(self.span.end()).min(to);
            let days = (days_between(first, last) + 1).max(0);
            i128::from(days) * (MONTH_LENGTHS / i128::from(month.days()))
        };
        Ratio::new(self.span.months().map(days).sum(), MONTH_LENGTHS).unwrap_or(Ratio::ZERO)
    }
}

impl Stretch {
    fn weight_to(&self, day: Date) -> i128 {
        let days = days_between(self.first, day.min(self.last)) + 1;
        i128::from(days.max(0)) * self.day_weight
    }
}

fn weight(shape: Shape, month: Month) -> i128 {
    shape
        .0
        .get(month.number() as usize - 1)
        .copied()
        .unwrap_or(0)
        .into()
}

/// The monthly weights of a dealer's own last year: each calendar month's part, in
/// thousandths, of what the twelve months before `before` add up to. `None` unless all
/// twelve have a reading and none is negative: a gap would read as a dead month.
pub fn last_years_shape(
    book: &Book,
    dealer: Id<Dealer>,
    metric: Id<Metric>,
    before: Month,
) -> Option<Shape> {
    let mut amounts = [0_i128; 12];
    for back in 1..=12 {
        let month = before.plus(-back);
        let figure = book.reading(dealer, metric, month)?.figure?;
        let amount = u64::try_from(figure.amount.0).ok()?;
        *amounts.get_mut(month.number() as usize - 1)? = amount.into();
    }
    let total: i128 = amounts.iter().sum();
    let mut weights = [0; 12];
    for (weight, amount) in weights.iter_mut().zip(amounts) {
        *weight = u16::try_from(div_half_even(amount * 1000, total)?).ok()?;
    }
    Some(Shape(weights))
}
