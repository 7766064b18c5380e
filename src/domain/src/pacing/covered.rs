//! The readings that count for a goal, and what they come to.

use super::schedule::{Schedule, held};
use crate::book::Book;
use crate::date::{Date, Month, days_between};
use crate::money::div_half_even;
use crate::quantity::Quantity;
use crate::tables::{Gathering, Goal};

/// What one month's reading gives to a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Covered {
    pub(super) month: Month,
    /// For months that add up, the part of the amount that falls into the goal's time.
    pub(super) amount: Quantity,
    /// The last day that it covers, within the goal's time.
    pub(super) as_of: Date,
    /// Whether it covers the month as far as the goal's time goes.
    pub(super) complete: bool,
}

/// The readings of a goal's metric within its time and up to today, by month.
///
/// A month that the goal's time cuts counts by its days when months add up: of a March with
/// readings to the 31st, a goal from the 15th takes 17 ÷ 31.
pub(super) fn covered(
    book: &Book,
    goal: &Goal,
    schedule: &Schedule,
    gathering: Gathering,
    today: Date,
) -> Vec<Covered> {
    let span = schedule.span();
    let (first, last) = (Month::of(span.start()), Month::of(span.end()));
    let mut found: Vec<Covered> = book
        .readings
        .of(goal.dealer)
        .filter(|reading| reading.dealer == goal.dealer && reading.metric == goal.metric)
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
                Gathering::Sum => held(div_half_even(
                    i128::from(figure.amount.0) * i128::from(within),
                    i128::from(whole),
                )?),
                Gathering::Last | Gathering::Newer(_) => figure.amount,
            };
            Some(Covered {
                month,
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
pub(super) fn actuals(
    covered: &[Covered],
    baseline: Quantity,
    gathering: Gathering,
) -> Vec<Quantity> {
    let mut running = i128::from(baseline.0);
    covered
        .iter()
        .map(|reading| {
            running = match gathering {
                Gathering::Sum => running + i128::from(reading.amount.0),
                Gathering::Last | Gathering::Newer(_) => i128::from(reading.amount.0),
            };
            held(running)
        })
        .collect()
}
