//! What a dealer did before: the measure of what it can do.

use crate::book::Book;
use crate::date::{DateSpan, Month, add_days};
use crate::id::Id;
use crate::money::div_half_even;
use crate::pacing::Schedule;
use crate::quantity::Quantity;
use crate::ratio::Ratio;
use crate::tables::{Dealer, Direction, Metric};
use crate::value::Course;
use std::collections::BTreeMap;

/// The readings of a metric before a stretch of time, and how many months that lasts.
pub(crate) struct Past {
    readings: BTreeMap<Month, Quantity>,
    start: Month,
    /// Whole months, at least 1.
    pub(crate) length: i32,
}

impl Past {
    pub(crate) fn of(book: &Book, dealer: Id<Dealer>, metric: Id<Metric>, span: DateSpan) -> Self {
        let months = Schedule::new(Course::default(), span, None)
            .months(add_days(span.start(), -1), span.end());
        let start = Month::of(span.start());
        Self {
            readings: book
                .readings
                .of(dealer)
                .filter(|reading| reading.metric == metric)
                .filter_map(|reading| Some((reading.month?, reading.figure?.amount)))
                .filter(|(month, _)| *month < start)
                .collect(),
            start,
            length: div_half_even(months.numerator(), months.denominator())
                .and_then(|months| i32::try_from(months).ok())
                .unwrap_or(i32::MAX)
                .max(1),
        }
    }

    /// The latest reading.
    pub(crate) fn latest(&self) -> Option<Quantity> {
        self.readings.last_key_value().map(|(_, amount)| *amount)
    }

    fn total(&self, first: Month) -> Option<i128> {
        (0..self.length).try_fold(0, |sum, n| {
            Some(sum + i128::from(self.readings.get(&first.plus(n))?.0))
        })
    }

    /// The total of as many months just before.
    pub(crate) fn total_before(&self) -> Option<i128> {
        self.total(self.start.plus(-self.length))
            .filter(|total| *total > 0)
    }

    /// The best growth of the total between neighbouring stretches, for the better: a metric
    /// that is better the lower grows by falling.
    pub(crate) fn best_growth(&self, metric: &Metric) -> Option<Ratio> {
        let firsts = self.readings.keys();
        firsts
            .filter_map(|first| {
                let before = self.total(*first).filter(|total| *total > 0)?;
                let now = self.total(first.plus(self.length))?;
                Ratio::new(better(metric) * (now - before), before)
            })
            .max()
    }

    /// The largest change upwards (`sign` 1) or downwards (−1) over that many months.
    pub(crate) fn best_change(&self, sign: i128) -> Option<i128> {
        let all = self.readings.iter();
        all.filter_map(|(first, from)| {
            let to = self.readings.get(&first.plus(self.length))?;
            Some(sign * (i128::from(to.0) - i128::from(from.0)))
        })
        .max()
    }
}

/// 1 for a metric that is better the higher, −1 for one that is better the lower.
pub(crate) fn better(metric: &Metric) -> i128 {
    if metric.direction == Some(Direction::Falling) {
        -1
    } else {
        1
    }
}
