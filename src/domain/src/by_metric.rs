//! What is known of several metrics month by month, such as readings and targets: found by the metric, then by the
//! month.

use crate::date::Month;
use crate::id::Id;
use crate::tables::Metric;
use std::ops::Range;

/// Something of a metric's month.
pub(crate) trait Monthly {
    /// The metric.
    fn metric(&self) -> Id<Metric>;
    /// The month.
    fn month(&self) -> Month;
}

/// Things by metric and month, one of each.
#[derive(Debug)]
pub(crate) struct ByMetric<T> {
    all: Vec<T>,
    /// Where those of each metric end. To look a metric up here touches less memory than to search for it among all.
    ends: Vec<(Id<Metric>, usize)>,
}

impl<T> Default for ByMetric<T> {
    fn default() -> Self {
        Self {
            all: Vec::new(),
            ends: Vec::new(),
        }
    }
}

impl<T: Monthly> ByMetric<T> {
    /// Two of one metric and month come only from another program's ids; the later one counts.
    pub(crate) fn new(mut all: Vec<T>) -> Self {
        let key = |it: &T| (it.metric(), it.month());
        // The sort is stable.
        all.reverse();
        all.sort_by_key(key);
        all.dedup_by_key(|it| key(it));
        let mut ends: Vec<(Id<Metric>, usize)> = Vec::new();
        for (place, it) in all.iter().enumerate() {
            match ends.last_mut() {
                Some((metric, end)) if *metric == it.metric() => *end = place + 1,
                _ => ends.push((it.metric(), place + 1)),
            }
        }
        Self { all, ends }
    }

    /// All of them, by metric, then by month.
    pub(crate) fn all(&self) -> &[T] {
        &self.all
    }

    /// Where those of a metric lie.
    pub(crate) fn places(&self, metric: Id<Metric>) -> Range<usize> {
        let at = self.ends.iter().position(|(other, _)| *other == metric);
        let end = |at: usize| self.ends.get(at).map(|(_, end)| *end);
        at.and_then(|at| Some(at.checked_sub(1).and_then(end).unwrap_or(0)..end(at)?))
            .unwrap_or(0..0)
    }

    /// That of a metric's month.
    pub(crate) fn of(&self, metric: Id<Metric>, month: Month) -> Option<&T> {
        in_month(self.all.get(self.places(metric))?, month)
    }
}

/// Where the first of a month or of a later one lies among one metric's.
pub(crate) fn place_from<T: Monthly>(own: &[T], month: Month) -> usize {
    // Mostly there is one for every month: then it lies as many places on as it is months later.
    let ahead = own
        .first()
        .map_or(0, |first| month.index() - first.month().index());
    let guess = usize::try_from(ahead).unwrap_or(0);
    match own.get(guess) {
        Some(there) if there.month() == month => guess,
        _ => own.partition_point(|it| it.month() < month),
    }
}

/// That of a month among one metric's.
pub(crate) fn in_month<T: Monthly>(own: &[T], month: Month) -> Option<&T> {
    let there = own.get(place_from(own, month))?;
    (there.month() == month).then_some(there)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Clone, Debug, PartialEq)]
    struct One(Id<Metric>, Month, u8);

    impl Monthly for One {
        fn metric(&self) -> Id<Metric> {
            self.0
        }

        fn month(&self) -> Month {
            self.1
        }
    }

    fn month(ahead: i32) -> Month {
        Month::new(2026, 1).unwrap().plus(ahead)
    }

    proptest! {
        /// Whatever is missing, the last of each metric and month is found, and nothing else.
        #[test]
        fn the_last_of_each_month_is_found(
            all in prop::collection::vec((0u8..4, -20i32..20, any::<u8>()), 0..60),
            asked in (0u8..4, -22i32..22),
        ) {
            let metric = |number: u8| Id::natural(&[&number.to_string()]);
            let all: Vec<One> = all
                .into_iter()
                .map(|(number, ahead, amount)| One(metric(number), month(ahead), amount))
                .collect();
            let (asked, on) = (metric(asked.0), month(asked.1));
            let last = all.iter().rfind(|it| it.0 == asked && it.1 == on);
            let by_metric = ByMetric::new(all.clone());
            prop_assert_eq!(by_metric.of(asked, on), last);
            let own = by_metric.all().get(by_metric.places(asked)).unwrap();
            let before = own.iter().filter(|it| it.1 < on).count();
            prop_assert_eq!(place_from(own, on), before);
            prop_assert!(own.iter().all(|it| it.0 == asked));
        }
    }
}
