//! The readings of a metric within a span of days, and what they come to: what goals,
//! scorecards and incentives are reckoned from.

use crate::book::Book;
use crate::by_metric::{ByMetric, Monthly, in_month, place_from};
use crate::date::{Date, DateSpan, Month, days_between};
use crate::formula::work_out;
use crate::id::Id;
use crate::money::div_half_even;
use crate::quantity::Quantity;
use crate::tables::{Dealer, Gathering, Metric, Reading};
use crate::value::Figure;
use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

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
    covered_in(&figures.pop().unwrap_or_default(), span, gathering, today).collect()
}

/// [`covered`] of figures that are at hand.
pub fn covered_in(
    figures: &Figures,
    span: DateSpan,
    gathering: Gathering,
    today: Date,
) -> impl Iterator<Item = Covered> {
    let (first, last) = (Month::of(span.start()), Month::of(span.end()));
    figures
        .within(first..=last)
        .iter()
        .filter_map(move |measured| {
            let Measured {
                month,
                reading,
                figure,
                ..
            } = *measured;
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
                // Mostly the whole month lies in the span.
                Gathering::Sum if within == whole => figure.amount,
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
}

/// A metric's figure of one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    /// The metric.
    pub metric: Id<Metric>,
    /// The month.
    pub month: Month,
    /// The reading that it is from; `None` for a metric that is worked out of others.
    pub reading: Option<Id<Reading>>,
    /// The figure.
    pub figure: Figure,
}

/// A metric's figures: each month once, ascending. They are taken, not copied, from what was read of the
/// dealer.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    of: Arc<ReadOf>,
    own: Range<usize>,
}

/// All that was read of a dealer.
pub(crate) type ReadOf = ByMetric<Measured>;

impl Monthly for Measured {
    fn metric(&self) -> Id<Metric> {
        self.metric
    }

    fn month(&self) -> Month {
        self.month
    }
}

impl std::ops::Deref for Figures {
    type Target = [Measured];

    fn deref(&self) -> &[Measured] {
        self.of.all().get(self.own.clone()).unwrap_or_default()
    }
}

impl Figures {
    /// Those of one metric among all that was read of a dealer.
    fn of_metric(of: &Arc<ReadOf>, metric: Id<Metric>) -> Self {
        Self {
            own: of.places(metric),
            of: Arc::clone(of),
        }
    }

    /// Those of some months.
    pub fn within(&self, months: RangeInclusive<Month>) -> &[Measured] {
        let begin = place_from(self, *months.start());
        let rest = self.get(begin..).unwrap_or_default();
        let own = rest.iter().take_while(|it| it.month <= *months.end());
        rest.get(..own.count()).unwrap_or_default()
    }

    /// The figure of a month.
    pub fn of(&self, month: Month) -> Option<Figure> {
        Some(in_month(self, month)?.figure)
    }
}

impl Book {
    /// All that was read of a dealer, by metric and month.
    fn read_of(&self, dealer: Id<Dealer>) -> Arc<ReadOf> {
        let revision = self.readings.revision_of(dealer);
        let gathered = || Arc::new(ReadOf::new(read(self.readings.of(dealer), dealer)));
        self.made.read.of(dealer, revision, gathered)
    }

    /// What was read of a metric in a month, whatever else could be worked out.
    pub(crate) fn read_in(
        &self,
        dealer: Id<Dealer>,
        metric: Id<Metric>,
        month: Month,
    ) -> Option<Figure> {
        Some(self.read_of(dealer).of(metric, month)?.figure)
    }
}

fn read<'a>(readings: impl Iterator<Item = &'a Arc<Reading>>, dealer: Id<Dealer>) -> Vec<Measured> {
    let own = readings.filter(|reading| reading.dealer == dealer);
    let read = own.filter_map(|reading| {
        Some(Measured {
            metric: reading.metric,
            month: reading.month?,
            reading: Some(reading.id),
            figure: reading.figure?,
        })
    });
    read.collect()
}

/// Every figure of a dealer's metric: read, or worked out of what was read.
pub fn figures(book: &Book, dealer: Id<Dealer>, metric: Id<Metric>) -> Figures {
    let read = book.read_of(dealer);
    match book.formula(metric) {
        Some(_) => worked_out(book, dealer, metric, &read, None),
        None => Figures::of_metric(&read, metric),
    }
}

/// The figures of several metrics of a dealer, in the metrics' order. Those that are worked out of others
/// are so within some months alone.
pub fn figures_of(
    book: &Book,
    dealer: Id<Dealer>,
    metrics: &[Id<Metric>],
    months: RangeInclusive<Month>,
) -> Vec<Figures> {
    let read = book.read_of(dealer);
    let of = |metric: &Id<Metric>| match book.formula(*metric) {
        Some(_) => worked_out(book, dealer, *metric, &read, Some(&months)),
        None => Figures::of_metric(&read, *metric),
    };
    metrics.iter().map(of).collect()
}

/// The figures of a metric that is worked out of others, of the months of any operand; those that lack
/// another have no value.
fn worked_out(
    book: &Book,
    dealer: Id<Dealer>,
    metric: Id<Metric>,
    read: &Arc<ReadOf>,
    wanted: Option<&RangeInclusive<Month>>,
) -> Figures {
    let Some(formula) = book.formula(metric) else {
        return Figures::default();
    };
    let mut months: BTreeSet<Month> = BTreeSet::new();
    for operand in formula.operands() {
        if operand == metric {
            continue;
        }
        // Those of any reading where it is a formula itself.
        if book.formula(operand).is_some() {
            months.extend(read.all().iter().map(|it| it.month));
        } else {
            months.extend(Figures::of_metric(read, operand).iter().map(|it| it.month));
        }
    }
    let all: Vec<Measured> = months
        .into_iter()
        .filter(|month| wanted.is_none_or(|wanted| wanted.contains(month)))
        .filter_map(|month| {
            Some(Measured {
                metric,
                month,
                reading: None,
                figure: work_out(book, dealer, metric, month).ok()?,
            })
        })
        .collect();
    Figures {
        own: 0..all.len(),
        of: Arc::new(ReadOf::new(all)),
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::parse_date;
    use crate::metrics;
    use crate::schema::Record;

    fn read(dealer: Id<Dealer>, month: u32, amount: i64) -> Reading {
        let (metric, month) = (metrics::sales_in(), Month::new(2026, month).unwrap());
        Reading {
            dealer,
            metric,
            month: Some(month),
            figure: Some(Figure {
                amount: Quantity(amount),
                as_of: month.last(),
            }),
            ..Reading::with_id(Reading::id_for(dealer, metric, month))
        }
    }

    fn amounts(book: &Book, dealer: Id<Dealer>) -> Vec<(u32, i64)> {
        let figures = figures(book, dealer, metrics::sales_in());
        let each = figures.iter();
        each.map(|it| (it.month.number(), it.figure.amount.0))
            .collect()
    }

    #[test]
    fn figures_follow_every_change_of_a_reading() {
        let (one, other) = (Id::natural(&["one"]), Id::natural(&["other"]));
        let mut book = Book::default();
        for reading in [read(one, 3, 30), read(one, 1, 10), read(other, 1, 99)] {
            book.readings.set(reading);
        }
        assert_eq!(amounts(&book, one), [(1, 10), (3, 30)]);
        // Asked for once, they are kept; a change is seen all the same.
        book.readings.set(read(one, 3, 31));
        book.readings.set(read(one, 2, 20));
        assert_eq!(amounts(&book, one), [(1, 10), (2, 20), (3, 31)]);
        let mut binned = read(one, 1, 10);
        binned.state.deleted = true;
        book.readings.set(binned);
        assert_eq!(amounts(&book, one), [(2, 20), (3, 31)]);
        // Another program's row of a month that is there already: the later one counts.
        let mut foreign = read(one, 2, 22);
        foreign.id = Id::natural(&["foreign"]);
        book.readings.set(foreign.clone());
        assert_eq!(amounts(&book, one), [(2, 22), (3, 31)]);
        foreign.dealer = other;
        book.readings.set(foreign);
        assert_eq!(amounts(&book, one), [(2, 20), (3, 31)]);
        assert_eq!(amounts(&book, other), [(1, 99), (2, 22)]);
    }

    #[test]
    fn some_months_of_the_figures_are_a_part_of_them() {
        let dealer = Id::natural(&["one"]);
        let mut book = Book::default();
        for month in [2, 3, 7, 12] {
            book.readings.set(read(dealer, month, 1));
        }
        let figures = figures(&book, dealer, metrics::sales_in());
        let month = |number| Month::new(2026, number).unwrap();
        let within = |first, last| {
            let some = figures.within(month(first)..=month(last)).iter();
            some.map(|it| it.month.number()).collect::<Vec<_>>()
        };
        assert_eq!(within(3, 7), [3, 7]);
        assert_eq!(within(1, 12), [2, 3, 7, 12]);
        assert_eq!((within(4, 6), within(9, 8)), (vec![], vec![]));
        assert_eq!(figures.of(month(7)).map(|it| it.amount), Some(Quantity(1)));
        assert_eq!(figures.of(month(8)), None);
    }

    #[test]
    fn a_month_within_the_span_counts_whole() {
        let dealer = Id::natural(&["one"]);
        let mut book = Book::default();
        book.readings.set(read(dealer, 3, 3_101));
        let day = |text| parse_date(text).unwrap();
        let covered = |from, to, today| {
            let span = DateSpan::new(day(from), day(to)).unwrap();
            let all = covered(
                &book,
                dealer,
                metrics::sales_in(),
                span,
                Gathering::Sum,
                day(today),
            );
            all[0].amount
        };
        assert_eq!(
            covered("2026-03-01", "2026-03-31", "2026-06-01"),
            Quantity(3_101)
        );
        assert_eq!(
            covered("2026-01-01", "2026-12-31", "2026-06-01"),
            Quantity(3_101)
        );
        // 17 of 31 days: 1,700.55, half to even.
        assert_eq!(
            covered("2026-03-15", "2026-12-31", "2026-06-01"),
            Quantity(1_701)
        );
    }
}
