//! From an objective over years to goals of a year, and from those to quarters.
//!
//! **Years.** An objective goes from the year before the plan to the plan's last year in even
//! steps: where months add up, year k of n has the total B + (T − B)·k ÷ n; where the latest
//! reading counts, the k-th year goes from B + (T − B)·(k − 1) ÷ n to B + (T − B)·k ÷ n.
//!
//! **Quarters.** A year's goal is cut along its own expected way (its monthly weights, or
//! evenly by day). Each cut is rounded half to even and the quarters are the differences
//! between cuts, so that they sum to the year exactly; where the latest reading counts, each
//! quarter begins where the one before ends and the last ends where the year does.
//!
//! The ids of cascaded goals follow from what they come from: cascading twice, or on two
//! tablets, makes each goal once.

use crate::book::Book;
use crate::date::{DateSpan, add_days, add_months};
use crate::explain::{Explanation, Line};
use crate::id::Id;
use crate::money::div_half_even;
use crate::pacing::Schedule;
use crate::quantity::{Quantity, Unit};
use crate::schema::Record;
use crate::tables::{BusinessPlan, Gathering, Goal, Objective};
use crate::value::Course;
use crate::words::{Lang, words};
use std::sync::Arc;

/// Parts of a span of so many months each, the last cut to the span's end.
fn parts(span: DateSpan, months: i32) -> Vec<DateSpan> {
    let mut found = Vec::new();
    for number in 0.. {
        let start = add_months(span.start(), number * months);
        let end = add_days(add_months(span.start(), (number + 1) * months), -1);
        match DateSpan::new(start, end.min(span.end())) {
            Some(part) if start <= span.end() => found.push(part),
            _ => break,
        }
    }
    found
}

/// The years of a plan, counted from its first day. A rest of less than half a year belongs
/// to the year before it.
pub fn years_of(span: DateSpan) -> Vec<DateSpan> {
    let mut years = parts(span, 12);
    if years.len() > 1
        && let Some(rest) = years.pop_if(|rest| rest.days() < 183)
        && let Some(last) = years.last_mut()
        && let Some(longer) = DateSpan::new(last.start(), rest.end())
    {
        *last = longer;
    }
    years
}

/// The amount k ÷ n of the way.
fn waypoint(course: Course, k: usize, n: usize) -> Quantity {
    let (from, to) = (i128::from(course.baseline.0), i128::from(course.target.0));
    let way = div_half_even((to - from) * k as i128, n.max(1) as i128).unwrap_or(0);
    // It lies between two i64.
    Quantity(i64::try_from(from + way).unwrap_or(course.target.0))
}

/// The yearly goals of an objective; none while its metric or course is missing.
pub fn yearly_goals(
    book: &Book,
    plan: &BusinessPlan,
    objective: &Objective,
    lang: Lang,
) -> Vec<Goal> {
    let metric = book.metric(objective.metric);
    let (Some(metric), Some(course), Some(span)) = (metric, objective.course, plan.span) else {
        return Vec::new();
    };
    let years = years_of(span);
    let count = years.len();
    (1..)
        .zip(years)
        .map(|(number, year)| {
            let baseline = match metric.gathering {
                Some(Gathering::Sum) => Quantity(0),
                _ => waypoint(course, number - 1, count),
            };
            Goal {
                dealer: plan.dealer,
                title: match lang {
                    Lang::Zh => format!("{}（第 {number} 年）", objective.title),
                    Lang::En => format!("{} (year {number})", objective.title),
                },
                metric: objective.metric,
                course: Some(Course {
                    baseline,
                    target: waypoint(course, number, count),
                }),
                span: Some(year),
                reason: objective.reason.clone(),
                objective: objective.id,
                ..Goal::with_id(Id::natural(&[
                    "cascade",
                    &objective.id.to_string(),
                    &number.to_string(),
                ]))
            }
        })
        .collect()
}

/// The quarterly goals of a goal: three months each, counted from its first day. None for a
/// goal of three months or less, or while its metric, course or time is missing.
pub fn quarterly_goals(book: &Book, goal: &Goal, lang: Lang) -> Vec<Goal> {
    let metric = book.metric(goal.metric);
    let (Some(metric), Some(course), Some(span)) = (metric, goal.course, goal.span) else {
        return Vec::new();
    };
    let quarters = parts(span, 3);
    if quarters.len() < 2 {
        return Vec::new();
    }
    let schedule = Schedule::new(course, span, goal.shape);
    (1..)
        .zip(quarters)
        .map(|(number, quarter)| {
            let before = schedule.expected(add_days(quarter.start(), -1));
            let after = schedule.expected(quarter.end());
            let own = match metric.gathering {
                Some(Gathering::Sum) => Course {
                    baseline: Quantity(0),
                    target: Quantity(after.0.saturating_sub(before.0)),
                },
                _ => Course {
                    baseline: before,
                    target: after,
                },
            };
            Goal {
                dealer: goal.dealer,
                title: match lang {
                    Lang::Zh => format!("{}（第 {number} 季）", goal.title),
                    Lang::En => format!("{} (quarter {number})", goal.title),
                },
                metric: goal.metric,
                course: Some(own),
                span: Some(quarter),
                shape: goal.shape,
                need: goal.need,
                parent: goal.id,
                ..Goal::with_id(Id::natural(&[
                    "cascade",
                    &goal.id.to_string(),
                    &format!("Q{number}"),
                ]))
            }
        })
        .collect()
}

/// Whether the parts of a goal still make the whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Balance {
    /// What the goal asks for: its way where months add up, else its target.
    pub whole: Quantity,
    /// What its parts make together: the sum of their ways, else the last one's target.
    pub parts: Quantity,
    /// The parts, by time.
    pub goals: Vec<Arc<Goal>>,
    unit: Unit,
    sums: bool,
}

impl Balance {
    /// The balance of a goal with its parts that were not given up; `None` without any.
    pub fn of(book: &Book, goal: &Goal) -> Option<Self> {
        let metric = book.metric(goal.metric)?;
        let course = goal.course?;
        let mut goals: Vec<_> = book
            .goals
            .of(goal.id)
            .filter(|part| part.parent == goal.id)
            .filter(|part| !matches!(part.outcome, crate::value::Outcome::Dropped(_)))
            .cloned()
            .collect();
        goals.sort_by_key(|part| (part.span.map(|span| span.start()), part.id));
        let courses: Vec<Course> = goals.iter().filter_map(|part| part.course).collect();
        let last = courses.last()?;
        let sums = metric.gathering == Some(Gathering::Sum);
        let way = |course: &Course| course.target.0.saturating_sub(course.baseline.0);
        let (whole, parts) = if sums {
            let sum = courses
                .iter()
                .fold(0i64, |sum, part| sum.saturating_add(way(part)));
            (Quantity(way(&course)), Quantity(sum))
        } else {
            (course.target, last.target)
        };
        Some(Self {
            whole,
            parts,
            goals,
            unit: metric.unit?,
            sums,
        })
    }

    /// How much the parts are short of the whole; negative when they go beyond it, 0 when
    /// they make it.
    pub fn gap(&self) -> Quantity {
        Quantity(self.whole.0.saturating_sub(self.parts.0))
    }

    /// The inputs, the rule and the arithmetic.
    pub fn explain(&self, lang: Lang) -> Vec<Line> {
        let show = |quantity| self.unit.show(quantity, lang);
        let mut out = Explanation::new(lang);
        for goal in &self.goals {
            if let Some(course) = goal.course {
                let value = format!("{} → {}", show(course.baseline), show(course.target));
                out.named(goal.title.clone(), value);
            }
        }
        let label = if self.sums {
            words("各季合计", "The parts together")
        } else {
            words("末季目标", "The last part's target")
        };
        out.line(label, show(self.parts));
        out.line(words("上级目标", "The whole"), show(self.whole));
        let gap = self.gap();
        if gap == Quantity(0) {
            out.words(words("差额", "Gap"), words("没有差额", "None"));
        } else {
            out.line(
                words("差额", "Gap"),
                format!(
                    "{} − {} = {}",
                    show(self.whole),
                    show(self.parts),
                    show(gap)
                ),
            );
        }
        out.done()
    }
}
