//! The readings of a metric within a span of days, and what they come to: what goals,
//! scorecards and incentives are reckoned from.

use crate::book::Book;
use crate::date::{Date, DateSpan, Month, days_between};
use crate::id::Id;
use crate::money::div_half_even;
use crate::quantity::Quantity;
use crate::tables::{Dealer, Gathering, Metric, Reading};

/// What one month's reading gives to a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Covered {
    /// The reading, for opening it.
    pub reading: Id<Reading>,
    /// Its month.
    pub month: Month,
    /// The amount as it was read.
    pub read: Quantity,
    /// For months that add up, the part of the amount that falls into the span.
    pub amount: Quantity,
    /// The last day that it covers, within the span.
    pub as_of: Date,
    /// Whether it covers the month as far as the span goes.
    pub complete: bool,
}

/// The readings of a dealer's metric within a span and up to today, by month.
///
/// A month that the span cuts counts by its days when months add up: of a March with
/// readings to the 31st, a span from the 15th takes 17 ÷ 31.
pub fn covered(
    book: &Book,
    dealer: Id<Dealer>,
    metric: Id<Metric>,
    span: DateSpan,
    gathering: Gathering,
    today: Date,
) -> Vec<Covered> {
    let (first, last) = (Month::of(span.start()), Month::of(span.end()));
    let mut found: Vec<Covered> = book
        .readings
        .of(dealer)
        .filter(|reading| reading.dealer == dealer && reading.metric == metric)
        .filter_map(|reading| {
            let month = reading
                .month
                .filter(|month| (first..=last).contains(month))?;
            let figure = reading.figure?;
            // A day outside its month is a slip of another system: the whole month is meant.
            let read_to = if Month::of(figure.as_of) == month {
                figure.as_of
            } else {
                month.last()
            };
            let read_to = read_to.min(today);
            let as_of = read_to.min(span.end());
            let begin = month.first().max(span.start());
            if as_of < begin {
                return None;
            }
            let within = days_between(begin, as_of) + 1;
            let whole = days_between(month.first(), read_to) + 1;
            let amount = match gathering {
                Gathering::Sum => Quantity::held(div_half_even(
                    i128::from(figure.amount.0) * i128::from(within),
                    i128::from(whole),
                )?),
                Gathering::Last | Gathering::Newer(_) => figure.amount,
            };
            Some(Covered {
                reading: reading.id,
                month,
                read: figure.amount,
                amount,
                as_of,
                complete: as_of >= month.last().min(span.end()),
            })
        })
        .collect();
    found.sort_by_key(|covered| covered.month);
    // Two rows of one month come only from another program's ids; the later one counts.
    found.dedup_by(|later, kept| {
        let same = later.month == kept.month;
        if same {
            *kept = *later;
        }
        same
    });
    found
}

/// The actual after each reading: the start and what was added since, or the last value.
pub fn actuals(covered: &[Covered], baseline: Quantity, gathering: Gathering) -> Vec<Quantity> {
    let mut running = i128::from(baseline.0);
    covered
        .iter()
        .map(|reading| {
            running = match gathering {
                Gathering::Sum => running + i128::from(reading.amount.0),
                Gathering::Last | Gathering::Newer(_) => i128::from(reading.amount.0),
            };
            Quantity::held(running)
        })
        .collect()
}

/// Months of a span before the last reading that have none.
pub fn missing(covered: &[Covered], span: DateSpan) -> Vec<Month> {
    let Some(last) = covered.last() else {
        return Vec::new();
    };
    span.months()
        .take_while(|month| *month < last.month)
        .filter(|month| covered.iter().all(|reading| reading.month != *month))
        .collect()
}
