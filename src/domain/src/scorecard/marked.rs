//! The marks of a dealer over a period, gathered from readings, targets and issues.
//!
//! Where months add up, actual and target are summed over the same months: those that have a
//! reading and a target. A month that is still running counts the target by its days. Where
//! the latest reading counts, it is held against the target of its month. So a missing month
//! neither helps nor hurts; it is shown.

use super::marks::{Mark, Marks};
use super::rubric::{Rubric, Weight};
use crate::aimed::Targets;
use crate::book::Book;
use crate::date::{Date, Month, days_between};
use crate::explain::Line;
use crate::id::Id;
use crate::measured::{Covered, Figures, covered_in, figures_of};
use crate::money::div_half_even;
use crate::period::Period;
use crate::quantity::{Quantity, Unit};
use crate::tables::{Dealer, Gathering, Issue, IssueKind, Metric};
use crate::value::{Kind, Outcome, Value};
use crate::words::{Lang, words};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// One month of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthMark {
    /// The reading.
    pub covered: Covered,
    /// What was to come by its day.
    pub target: Option<Quantity>,
}

/// One metric's mark with everything behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetricMark {
    /// The mark.
    pub mark: Mark,
    /// Each month that has a reading.
    pub months: Vec<MonthMark>,
    /// Months of the period up to today that have none.
    pub missing: Vec<Month>,
}

/// A dealer's marks over a period.
#[derive(Clone, Debug, PartialEq)]
pub struct Marked {
    /// The period.
    pub period: Period,
    /// The marks.
    pub marks: Marks,
    /// What is behind the mark of each metric, in the order of the rubric.
    pub metrics: Vec<MetricMark>,
    /// The issues that count as incidents.
    pub incidents: Vec<Arc<Issue>>,
}

/// The marks of a dealer over a period as the book has them on a day.
pub fn marked(
    book: &Book,
    rubric: &Rubric,
    dealer: Id<Dealer>,
    period: Period,
    today: Date,
) -> Marked {
    let gatherings = gatherings(book, rubric);
    Records::of(book, rubric, &gatherings, dealer, months(period, period)).marked(period, today)
}

/// The records that a dealer is marked by, gathered once for any number of periods.
pub(super) struct Records<'a> {
    book: &'a Book,
    rubric: &'a Rubric,
    dealer: Id<Dealer>,
    /// In the order of the rubric's weights.
    metrics: Vec<(Gathering, Figures)>,
    /// The dealer's own targets.
    targets: Targets,
}

/// How the months of each weighed metric become one figure.
pub(super) fn gatherings(book: &Book, rubric: &Rubric) -> Vec<Gathering> {
    let of = |weight: &Weight| {
        let metric = book.metric(weight.metric)?;
        metric.gathering
    };
    let weights = rubric.weights().iter();
    weights
        .map(|weight| of(weight).unwrap_or(Gathering::Last))
        .collect()
}

/// The months from one period to another.
pub(super) fn months(first: Period, last: Period) -> RangeInclusive<Month> {
    first.first()..=last.last()
}

impl<'a> Records<'a> {
    /// What a rubric asks for of a dealer within some months.
    pub(super) fn of(
        book: &'a Book,
        rubric: &'a Rubric,
        gatherings: &[Gathering],
        dealer: Id<Dealer>,
        months: RangeInclusive<Month>,
    ) -> Self {
        let metrics: Vec<Id<Metric>> = rubric.weights().iter().map(|it| it.metric).collect();
        let figures = figures_of(book, dealer, &metrics, months);
        Self {
            book,
            rubric,
            dealer,
            metrics: gatherings.iter().copied().zip(figures).collect(),
            targets: book.targets_of(dealer),
        }
    }

    /// The marks of a period as they are on a day.
    pub(super) fn marks(&self, period: Period, today: Date) -> Marks {
        let marks = self
            .months(period, today)
            .map(|(weight, gathering, months)| mark_of(weight.metric, gathering, &months));
        let marks = marks.collect();
        Marks {
            marks,
            incidents: self.counted(self.incidents(period, today)),
        }
    }

    /// The marks of a period with all that is behind them.
    fn marked(&self, period: Period, today: Date) -> Marked {
        let metrics: Vec<MetricMark> = self
            .months(period, today)
            .map(|(weight, gathering, months)| MetricMark {
                mark: mark_of(weight.metric, gathering, &months),
                missing: missing_of(&months, period, today),
                months,
            })
            .collect();
        let mut incidents: Vec<_> = self.incidents(period, today).cloned().collect();
        incidents.sort_by_key(|issue| (issue.reported_on, issue.id));
        Marked {
            period,
            marks: Marks {
                marks: metrics.iter().map(|metric| metric.mark).collect(),
                incidents: self.counted(incidents.iter()),
            },
            metrics,
            incidents,
        }
    }

    /// The months of a period that have a reading, of each weighed metric.
    fn months(
        &self,
        period: Period,
        today: Date,
    ) -> impl Iterator<Item = (&Weight, Gathering, Vec<MonthMark>)> {
        let span = period.span();
        let weighed = self.rubric.weights().iter().zip(&self.metrics);
        weighed.map(move |(weight, (gathering, figures))| {
            let covered = span.map(|span| covered_in(figures, span, *gathering, today));
            let months = covered.into_iter().flatten().map(|covered| MonthMark {
                target: self
                    .target(weight, covered.month)
                    .and_then(|target| by_days(target, &covered, *gathering)),
                covered,
            });
            (weight, *gathering, months.collect())
        })
    }

    /// The dealer's issues that count as incidents of a period.
    fn incidents(&self, period: Period, today: Date) -> impl Iterator<Item = &Arc<Issue>> {
        let (span, dealer) = (period.span(), self.dealer);
        let issues = self.book.issues.of(dealer);
        issues.filter(move |issue| {
            let day = issue.reported_on.filter(|day| *day <= today);
            let deducted = |kind| {
                self.rubric
                    .deductions()
                    .iter()
                    .any(|it| Some(it.kind) == kind)
            };
            issue.dealer == dealer
                && day.zip(span).is_some_and(|(day, span)| span.contains(day))
                && !matches!(issue.outcome, Outcome::Dropped(_))
                && deducted(issue.kind)
        })
    }

    /// How many incidents there are of each kind that is deducted, where there is one.
    fn counted<'i>(
        &self,
        incidents: impl Iterator<Item = &'i Arc<Issue>>,
    ) -> Vec<(IssueKind, u32)> {
        let deductions = self.rubric.deductions().iter();
        let mut counts: Vec<(IssueKind, u32)> = deductions.map(|it| (it.kind, 0)).collect();
        for issue in incidents {
            let of_its_kind = counts
                .iter_mut()
                .filter(|(kind, _)| issue.kind == Some(*kind));
            of_its_kind.for_each(|(_, count)| *count = count.saturating_add(1));
        }
        counts.retain(|(_, count)| *count > 0);
        counts
    }

    /// The dealer's own target of a month, or the rubric's for every dealer.
    fn target(&self, weight: &Weight, month: Month) -> Option<Quantity> {
        let own = self.targets.of(weight.metric, month);
        own.or(weight.target)
    }
}

/// The actual and the target that the months of a metric come to.
fn mark_of(metric: Id<Metric>, gathering: Gathering, months: &[MonthMark]) -> Mark {
    let (actual, target) = match gathering {
        Gathering::Sum => {
            let pairs = || {
                months
                    .iter()
                    .filter_map(|month| Some((month.covered.amount, month.target?)))
            };
            if pairs().next().is_some() {
                let actual: i128 = pairs().map(|(actual, _)| i128::from(actual.0)).sum();
                let target: i128 = pairs().map(|(_, target)| i128::from(target.0)).sum();
                (Some(Quantity::held(actual)), Some(Quantity::held(target)))
            } else {
                let actual: i128 = months.iter().map(|m| i128::from(m.covered.amount.0)).sum();
                let actual = Quantity::held(actual);
                ((!months.is_empty()).then_some(actual), None)
            }
        }
        Gathering::Last | Gathering::Newer(_) => {
            let last = months.last();
            (
                last.map(|month| month.covered.amount),
                last.and_then(|month| month.target),
            )
        }
    };
    Mark {
        metric,
        actual,
        target,
    }
}

/// The months of a period up to a day that are not among those with a reading.
fn missing_of(months: &[MonthMark], period: Period, today: Date) -> Vec<Month> {
    (0..period.cycle().months())
        .map(|ahead| period.first().plus(ahead))
        .filter(|month| month.last() <= today)
        .filter(|month| months.iter().all(|known| known.covered.month != *month))
        .collect()
}

/// The part of a month's target that falls on the days that a reading covers.
fn by_days(target: Quantity, covered: &Covered, gathering: Gathering) -> Option<Quantity> {
    if gathering != Gathering::Sum {
        return Some(target);
    }
    let days = days_between(covered.month.first(), covered.as_of) + 1;
    div_half_even(
        i128::from(target.0) * i128::from(days),
        covered.month.days().into(),
    )
    .map(Quantity::held)
}

impl Marked {
    /// The readings and targets behind one metric, month by month, and what is missing.
    pub fn explain(&self, book: &Book, metric: Id<Metric>, lang: Lang) -> Vec<Line> {
        let Some(found) = self.metrics.iter().find(|m| m.mark.metric == metric) else {
            return Vec::new();
        };
        let known = book.metric(metric);
        let unit = known.and_then(|metric| metric.unit).unwrap_or(Unit::Pieces);
        let show = |quantity| unit.show(quantity, lang);
        let name = |month: Month| Value::Month(month).show(Kind::Month, lang);
        let mut lines: Vec<Line> = found
            .months
            .iter()
            .map(|month| {
                let amount = show(month.covered.amount);
                let target = month.target.map_or_else(
                    || words("没有目标", "no target").in_lang(lang).to_owned(),
                    show,
                );
                Line::new(name(month.covered.month), format!("{amount} / {target}"))
            })
            .collect();
        if !found.missing.is_empty() {
            let months: Vec<_> = found.missing.iter().map(|month| name(*month)).collect();
            lines.push(Line::new(
                words("缺数据的月份", "Months without a reading").in_lang(lang),
                months.join(words("、", ", ").in_lang(lang)),
            ));
        }
        lines
    }
}
