//! The readings of a metric within a span of days, and what they come to: what goals,
//! scorecards and incentives are reckoned from.

use crate::book::Book;
use crate::date::{Date, DateSpan, Month, days_between};
use crate::formula::work_out;
use crate::id::Id;
use crate::money::div_half_even;
use crate::quantity::Quantity;
use crate::tables::{Dealer, Gathering, Metric, Reading};
use crate::value::Figure;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

/// What one month's reading gives to a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Covered {
    /// The reading, for opening it; `None` for a metric that is worked out of others.
    pub reading: Option<Id<Reading>>,
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
    let months = Month::of(span.start())..=Month::of(span.end());
    let mut figures = figures_of(book, dealer, &[metric], months);
    covered_in(&figures.pop().unwrap_or_default(), span, gathering, today)
}

/// [`covered`] of figures that are at hand.
pub fn covered_in(
    figures: &Figures,
    span: DateSpan,
    gathering: Gathering,
    today: Date,
) -> Vec<Covered> {
    let (first, last) = (Month::of(span.start()), Month::of(span.end()));
    figures
        .range(first..=last)
        .filter_map(|(month, (reading, figure))| {
            let (month, reading) = (*month, *reading);
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
                reading,
                month,
                read: figure.amount,
                amount,
                as_of,
                complete: as_of >= month.last().min(span.end()),
            })
        })
        .collect()
}

/// A metric's figures by month, with the reading that each is from.
pub type Figures = BTreeMap<Month, (Option<Id<Reading>>, Figure)>;

/// Every figure of a dealer's metric: read, or worked out of what was read.
pub fn figures(book: &Book, dealer: Id<Dealer>, metric: Id<Metric>) -> Figures {
    if let Some(formula) = book.formula(metric) {
        // The months of any operand; those that lack another have no value.
        let months: BTreeSet<Month> = formula
            .operands()
            .into_iter()
            .filter(|operand| *operand != metric)
            .flat_map(|operand| operand_months(book, dealer, operand))
            .collect();
        return months
            .into_iter()
            .filter_map(|month| {
                let figure = work_out(book, dealer, metric, month).ok()?;
                Some((month, (None, figure)))
            })
            .collect();
    }
    book.readings
        .of(dealer)
        .filter(|reading| reading.dealer == dealer && reading.metric == metric)
        .filter_map(|reading| Some((reading.month?, (Some(reading.id), reading.figure?))))
        // Two rows of one month come only from another program's ids; the later one counts.
        .collect()
}

/// The figures of several metrics of a dealer within some months, in the metrics' order: the
/// readings are gone through once for all metrics that are read.
pub fn figures_of(
    book: &Book,
    dealer: Id<Dealer>,
    metrics: &[Id<Metric>],
    months: RangeInclusive<Month>,
) -> Vec<Figures> {
    let worked_out: Vec<bool> = metrics
        .iter()
        .map(|metric| book.formula(*metric).is_some())
        .collect();
    let mut found: Vec<Figures> = metrics
        .iter()
        .zip(&worked_out)
        .map(|(metric, worked_out)| {
            if *worked_out {
                figures(book, dealer, *metric)
            } else {
                Figures::new()
            }
        })
        .collect();
    for reading in book.readings.of(dealer) {
        let Some((month, figure)) = reading.month.zip(reading.figure) else {
            continue;
        };
        if !months.contains(&month) || reading.dealer != dealer {
            continue;
        }
        let place = metrics.iter().position(|metric| *metric == reading.metric);
        let place = place.filter(|place| worked_out.get(*place) == Some(&false));
        if let Some(figures) = place.and_then(|place| found.get_mut(place)) {
            figures.insert(month, (Some(reading.id), figure));
        }
    }
    found
}

/// The months in which a formula's operand could have a value: those of any reading where it
/// is a formula itself.
fn operand_months(book: &Book, dealer: Id<Dealer>, operand: Id<Metric>) -> BTreeSet<Month> {
    let any = book.formula(operand).is_some();
    book.readings
        .of(dealer)
        .filter(|reading| reading.dealer == dealer && (any || reading.metric == operand))
        .filter_map(|reading| reading.month)
        .collect()
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
