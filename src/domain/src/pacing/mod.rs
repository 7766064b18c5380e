//! Pacing: where a goal stands against where it should stand by now.
//!
//! **Which actual.** When a metric's months add up (sales), the goal's course is the total
//! over its time: the baseline is what is already there at the start (normally 0), and
//! actual = baseline + Σ readings within the time. When the latest reading counts (a share),
//! it is the actual, and the baseline is the value at the start.
//!
//! **Against which day.** Expected and actual are compared on the last day that the readings
//! cover, not today: a reading that is late does not make a goal look late.
//!
//! **Pace** = achieved ÷ expected progress, both measured from the baseline, so that a metric
//! which is to fall works as one which is to rise. Where a metric is better the lower it is
//! and its months add up (complaints, returns), a target above the baseline is a ceiling; its
//! pace is 2 − used ÷ allowed so far, as in the score of a lower-is-better metric.

mod explain;
mod forecast;
mod months;
mod running;
mod schedule;
#[cfg(test)]
mod tests;

use crate::book::Book;
use crate::date::{Date, Month, add_days, days_between};
use crate::measured::{Covered, actuals, covered, missing};
use crate::money::div_half_even;
use crate::quantity::{Quantity, Unit};
use crate::ratio::Ratio;
use crate::tables::{Direction, Gathering, Goal, Metric};
use crate::words::{Words, words};
use forecast::Outlook;
use std::sync::Arc;

pub use explain::{MONTH_EXPECTED, MONTH_SHARE, PacingFigure};
pub use forecast::Forecast;
pub use months::MonthRow;
pub use running::slowest;
pub(crate) use running::{Paced, PacedFrom};
pub use schedule::{Schedule, last_years_shape};

/// A goal is on course from this pace on, in percent.
pub const GOOD_FROM: u8 = 95;
/// A goal has to be watched from this pace on, in percent; below it is at risk.
pub const WATCH_FROM: u8 = 80;
/// No judgement before this part of the time has passed, in percent.
pub const JUDGED_FROM: u8 = 15;

/// How a goal stands, as one of three colours or the reason why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rag {
    /// Pace below 0.80.
    Risk,
    /// Pace below 0.95.
    Watch,
    /// Pace of 0.95 or more.
    Good,
    /// Less than 15 % of the time has passed, or nothing is expected yet.
    TooEarly,
    /// No reading within the goal's time.
    NoData,
}

impl Rag {
    /// What people call it.
    pub const fn words(self) -> Words {
        match self {
            Self::Risk => words("有风险", "At risk"),
            Self::Watch => words("需关注", "Watch"),
            Self::Good => words("正常", "On course"),
            Self::TooEarly => words("时间尚早", "Too early to say"),
            Self::NoData => words("暂无数据", "No data yet"),
        }
    }

    /// Whether the goal falls behind.
    pub const fn is_behind(self) -> bool {
        matches!(self, Self::Risk | Self::Watch)
    }
}

/// One point of the pacing chart, at the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// The day.
    pub day: Date,
    /// What is expected.
    pub expected: Quantity,
    /// What is there, where readings cover the day.
    pub actual: Option<Quantity>,
    /// From the last reading on.
    pub forecast: Option<Forecast>,
}

/// A goal's pacing on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Pacing {
    /// What is measured.
    pub metric: Arc<Metric>,
    /// What it is counted in.
    pub unit: Unit,
    /// Which way it is meant to go.
    pub direction: Direction,
    /// How its months become one figure.
    pub gathering: Gathering,
    /// Where it starts.
    pub baseline: Quantity,
    /// Where it shall end.
    pub target: Quantity,
    /// Where it stands by its readings.
    pub actual: Option<Quantity>,
    /// The last day that the readings cover.
    pub as_of: Option<Date>,
    /// Days since then, up to the end of the goal's time.
    pub days_old: Option<i64>,
    /// Months without a reading before the last one.
    pub missing: Vec<Month>,
    /// The part of the time that has passed today.
    pub elapsed: Ratio,
    /// What is expected on the last day that the readings cover, or today without any.
    pub expected_now: Quantity,
    /// Achieved ÷ expected progress, exact; `None` without readings, or while nothing is
    /// expected.
    pub pace: Option<Ratio>,
    /// How the goal stands.
    pub rag: Rag,
    /// Whether the target is reached.
    pub reached: bool,
    /// What each month that is left has to bring to reach the target, from the last reading
    /// on; negative for a metric that has to fall. `None` when reached, without readings, or
    /// without time.
    pub required_per_month: Option<Quantity>,
    /// What a month brought on average so far.
    pub rate_per_month: Option<Quantity>,
    /// At the end; `None` while it is too early to judge, or when the time is over.
    pub forecast: Option<Forecast>,
    /// The target is not to be exceeded.
    pub is_ceiling: bool,
    schedule: Schedule,
    readings: Vec<Covered>,
    outlook: Option<Outlook>,
    today: Date,
}

impl Pacing {
    /// The pacing of a goal; `None` while its metric, course or time is missing.
    pub fn of(book: &Book, goal: &Goal, today: Date) -> Option<Self> {
        let (course, span) = (goal.course?, goal.span?);
        let metric = book.metric(goal.metric)?;
        let unit = metric.unit?;
        let direction = metric.direction.unwrap_or(Direction::Rising);
        let gathering = metric.gathering.unwrap_or(Gathering::Last);
        let schedule = Schedule::new(course, span, goal.shape);
        let readings = covered(book, goal.dealer, goal.metric, span, gathering, today);
        let actual = actuals(&readings, course.baseline, gathering)
            .last()
            .copied();
        let as_of = readings.last().map(|reading| reading.as_of);
        let is_ceiling = direction == Direction::Falling
            && gathering == Gathering::Sum
            && course.target > course.baseline;

        let way = difference(course.target, course.baseline);
        let compared_on = as_of.unwrap_or(today);
        let share = schedule.share(compared_on);
        let progress_pace = actual.and_then(|actual| {
            let achieved = difference(actual, course.baseline).checked_mul(share.denominator())?;
            Ratio::new(achieved, way.checked_mul(share.numerator())?)
        });
        let pace = match progress_pace {
            Some(used) if is_ceiling => Ratio::new(
                2 * used.denominator() - used.numerator(),
                used.denominator(),
            )
            .map(|pace| pace.max(Ratio::ZERO)),
            pace => pace,
        };
        let judged = schedule.time(compared_on) >= Ratio::percent(JUDGED_FROM);
        let rag = match (actual, pace) {
            (None, _) => Rag::NoData,
            (Some(_), Some(pace)) if judged => {
                if pace >= Ratio::percent(GOOD_FROM) {
                    Rag::Good
                } else if pace >= Ratio::percent(WATCH_FROM) {
                    Rag::Watch
                } else {
                    Rag::Risk
                }
            }
            _ => Rag::TooEarly,
        };
        let outlook = match (actual, as_of, progress_pace) {
            (Some(actual), Some(as_of), Some(pace)) if judged => Some(Outlook::new(
                &schedule, &readings, actual, as_of, pace, gathering,
            )),
            _ => None,
        };
        let remaining = actual.map(|actual| difference(course.target, actual));
        let reached =
            !is_ceiling && remaining.is_some_and(|left| left == 0 || (left < 0) != (way < 0));
        let per_month = |amount: i128, months: Ratio| {
            div_half_even(
                amount.checked_mul(months.denominator())?,
                months.numerator(),
            )
            .map(Quantity::held)
        };
        let spent = is_ceiling && remaining.is_some_and(|left| left < 0);
        Some(Self {
            unit,
            direction,
            gathering,
            baseline: course.baseline,
            target: course.target,
            actual,
            as_of,
            days_old: as_of.map(|as_of| days_between(as_of, today.min(span.end())).max(0)),
            missing: missing(&readings, span),
            elapsed: schedule.time(today),
            expected_now: schedule.expected(compared_on),
            pace,
            rag,
            reached,
            required_per_month: remaining
                .filter(|_| !reached && !spent)
                .and_then(|left| per_month(left, schedule.months(compared_on, span.end()))),
            rate_per_month: actual.and_then(|actual| {
                per_month(
                    difference(actual, course.baseline),
                    schedule.months(add_days(span.start(), -1), compared_on),
                )
            }),
            forecast: outlook
                .filter(|_| as_of.is_some_and(|as_of| as_of < span.end()))
                .map(|outlook| outlook.at(&schedule, span.end())),
            is_ceiling,
            metric,
            schedule,
            readings,
            outlook,
            today,
        })
    }

    /// The part of the way from the baseline to the target that is done; negative when the
    /// metric went the other way, `None` without readings.
    pub fn progress(&self) -> Option<Ratio> {
        let way = difference(self.target, self.baseline);
        Ratio::new(difference(self.actual?, self.baseline), way)
    }

    /// The part of the way that is expected on the day that the actual is compared with.
    pub fn expected_share(&self) -> Ratio {
        self.schedule.share(self.as_of.unwrap_or(self.today))
    }

    /// What is expected at the end of a day.
    pub fn expected(&self, day: Date) -> Quantity {
        self.schedule.expected(day)
    }

    /// The expected way.
    pub fn schedule(&self) -> &Schedule {
        &self.schedule
    }

    /// The points of the chart: the start, each month's end, the last reading, the end.
    pub fn series(&self) -> Vec<Point> {
        let span = self.schedule.span();
        let start = add_days(span.start(), -1);
        let mut days: Vec<Date> = span
            .months()
            .map(|month| month.last().min(span.end()))
            .chain(self.readings.last().map(|reading| reading.as_of))
            .collect();
        days.sort_unstable();
        days.dedup();
        let actuals = actuals(&self.readings, self.baseline, self.gathering);
        let mut points = vec![Point {
            day: start,
            expected: self.baseline,
            actual: Some(self.baseline),
            forecast: None,
        }];
        points.extend(days.into_iter().map(|day| {
            Point {
                day,
                expected: self.schedule.expected(day),
                actual: self
                    .readings
                    .iter()
                    .zip(&actuals)
                    .find(|(reading, _)| reading.as_of == day)
                    .map(|(_, actual)| *actual),
                forecast: self
                    .outlook
                    .filter(|_| {
                        self.as_of
                            .is_some_and(|as_of| as_of <= day && as_of < span.end())
                    })
                    .map(|outlook| outlook.at(&self.schedule, day)),
            }
        }));
        points
    }
}

fn difference(a: Quantity, b: Quantity) -> i128 {
    i128::from(a.0) - i128::from(b.0)
}
