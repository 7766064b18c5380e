//! The timeline view of plans: rows, bars, what waits for what, and how far it slips.
//!
//! A bar goes from the step's start to its due date. Without a start it begins on the day
//! after the step that it waits for is due, else a week before it is due. Places are
//! basis points of the whole stretch that is shown, so that drawing needs no dates: whole days
//! divide it, and bars that touch in time touch on the screen.
//!
//! Two tablets can each close one half of a circle of steps. A circle is named, step by step,
//! and drawn like any other steps, but none of them blocks another.

#[cfg(test)]
mod tests;

use crate::book::Book;
use crate::date::{Date, DateSpan, Month, add_days, days_between};
use crate::explain::{Explanation, Line, show_days};
use crate::id::{Id, IdMap};
use crate::plans::{blocked_by, expected_end, slippage, steps};
use crate::tables::{Plan, Progress, Side, Step};
use crate::value::show_date;
use crate::words::{Lang, words};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The whole width.
pub const WIDTH: i64 = 10_000;
/// Days of a bar whose start nobody knows.
const USUAL_DAYS: i64 = 7;

/// A stretch on the screen, in basis points of the width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Where it begins.
    pub left: i64,
    /// How wide it is.
    pub width: i64,
}

/// One step on the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// The step.
    pub step: Arc<Step>,
    /// Its planned days.
    pub days: DateSpan,
    /// Its planned days on the screen.
    pub planned: Stretch,
    /// From its due date to when it will be or was done, where that is later.
    pub slip: Option<Stretch>,
    /// When it was done, or will be done at the earliest.
    pub ends: Date,
    /// Days past its due date, now or when it was done; negative when it was done early.
    pub slippage: Option<i64>,
    /// The row of the step that it waits for.
    pub after: Option<usize>,
    /// Whether that one is still open.
    pub blocked: bool,
}

/// A month on the scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tick {
    /// The month.
    pub month: Month,
    /// Where its days that are shown lie.
    pub at: Stretch,
}

/// The timeline of one plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Gantt {
    /// A row for each step with a due date, in the order of the plan.
    pub rows: Vec<Bar>,
    /// Steps without a due date: they have no place in time.
    pub undated: Vec<Arc<Step>>,
    /// The stretch that is shown.
    pub span: DateSpan,
    /// Its months.
    pub months: Vec<Tick>,
    /// Where today lies, if it is shown.
    pub today: Option<i64>,
    /// Steps that wait for each other in a circle, each circle once, in the order in which
    /// they wait.
    pub circles: Vec<Vec<Arc<Step>>>,
}

impl Gantt {
    /// The timeline of a plan on a day; `None` for a plan in which no step has a due date.
    /// Steps that were given up are left out.
    pub fn of(book: &Book, plan: Id<Plan>, today: Date) -> Option<Self> {
        let (dated, undated): (Vec<_>, Vec<_>) = steps(book, plan)
            .into_iter()
            .filter(|step| step.progress != Some(Progress::Dropped))
            .partition(|step| step.due.is_some());
        let rows: IdMap<Id<Step>, usize> = dated
            .iter()
            .enumerate()
            .map(|(row, step)| (step.id, row))
            .collect();
        let planned: Vec<(Arc<Step>, DateSpan, Date)> = dated
            .into_iter()
            .filter_map(|step| {
                let days = planned_days(book, &step)?;
                let ends = expected_end(book, &step, today).unwrap_or(days.end());
                Some((step, days, ends))
            })
            .collect();
        let first = planned.iter().map(|(_, days, _)| days.start()).min()?;
        let last = planned
            .iter()
            .map(|(_, days, ends)| days.end().max(*ends))
            .max()?;
        let span = DateSpan::new(first, last)?;
        let scale = Scale(span);
        Some(Self {
            rows: planned
                .into_iter()
                .map(|(step, days, ends)| Bar {
                    planned: scale.stretch(days),
                    slip: DateSpan::new(add_days(days.end(), 1), ends)
                        .map(|late| scale.stretch(late)),
                    slippage: slippage(&step, today),
                    after: rows
                        .get(&step.after)
                        .copied()
                        .filter(|_| step.after != step.id),
                    blocked: blocked_by(book, &step).is_some(),
                    step,
                    days,
                    ends,
                })
                .collect(),
            undated,
            months: span
                .months()
                .filter_map(|month| {
                    let days = DateSpan::new(month.first().max(first), month.last().min(last))?;
                    let at = scale.stretch(days);
                    Some(Tick { month, at })
                })
                .collect(),
            today: span.contains(today).then(|| scale.at(today)),
            circles: circles(book, plan),
            span,
        })
    }

    /// Days by which the plan's end slips.
    pub fn slip_days(&self) -> i64 {
        let due = self.rows.iter().map(|row| row.days.end()).max();
        let ends = self.rows.iter().map(|row| row.ends).max();
        due.zip(ends)
            .map_or(0, |(due, ends)| days_between(due, ends).max(0))
    }

    /// The steps of one side.
    pub fn of_side(&self, side: Side) -> impl Iterator<Item = &Bar> {
        self.rows
            .iter()
            .filter(move |row| row.step.side == Some(side))
    }
}

impl Bar {
    /// The inputs, the rule and the arithmetic.
    pub fn explain(&self, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        let show = |day| show_date(day, lang);
        let (start, due) = (show(self.days.start()), show(self.days.end()));
        out.line(words("计划", "Planned"), format!("{start} – {due}"));
        let label = if self.step.is_open() {
            words("预计完成", "Expected")
        } else {
            words("实际完成", "Done")
        };
        let late = days_between(self.days.end(), self.ends);
        if late > 0 {
            out.line(label, show(self.ends));
            out.result(
                words("延后", "Slips by"),
                format!("{} − {due} = {}", show(self.ends), show_days(late, lang)),
            );
        } else {
            out.result(label, show(self.ends));
        }
        out.words(
            words("规则", "Rule"),
            words(
                "未完成的步骤最早今天完成；等待前置步骤的，在前置完成后再加上两个到期日之间的天数",
                "An open step is done today at the earliest; one that waits for another, as many days after that one's end as lie between the two due dates",
            ),
        );
        out.done()
    }
}

/// The name of a circle: `样机 → 培训 → 样机`.
pub fn circle_text(circle: &[Arc<Step>]) -> String {
    let names = circle.iter().chain(circle.first());
    let names: Vec<&str> = names.map(|step| step.title.as_str()).collect();
    names.join(" → ")
}

struct Scale(DateSpan);

impl Scale {
    /// Where a day begins.
    fn at(&self, day: Date) -> i64 {
        days_between(self.0.start(), day) * WIDTH / self.0.days()
    }

    fn stretch(&self, days: DateSpan) -> Stretch {
        let left = self.at(days.start());
        let width = self.at(add_days(days.end(), 1)) - left;
        Stretch { left, width }
    }
}

fn planned_days(book: &Book, step: &Step) -> Option<DateSpan> {
    let due = step.due?;
    let before = book.steps.get(step.after).filter(|_| step.after != step.id);
    let after = before
        .and_then(|before| before.due)
        .map(|day| add_days(day, 1));
    let start = step
        .start
        .or(after)
        .filter(|start| *start <= due)
        .unwrap_or_else(|| add_days(due, 1 - USUAL_DAYS));
    DateSpan::new(start, due)
}

/// The circles among the steps of a plan. Each step waits for one other at most, so that each
/// lies in one circle at most.
fn circles(book: &Book, plan: Id<Plan>) -> Vec<Vec<Arc<Step>>> {
    let mut known: BTreeSet<Id<Step>> = BTreeSet::new();
    let mut found = Vec::new();
    for step in steps(book, plan) {
        let mut way: Vec<Arc<Step>> = Vec::new();
        let mut at = Some(step);
        while let Some(step) = at {
            if let Some(begins) = way.iter().position(|other| other.id == step.id) {
                found.push(way.split_off(begins));
                break;
            }
            if !known.insert(step.id) {
                break;
            }
            at = book.steps.get(step.after).cloned();
            way.push(step);
        }
    }
    found
}
