//! Plans: the order of their steps, what blocks what, how far they are and how far they slip.

use crate::book::Book;
use crate::date::{Date, add_days, days_between};
use crate::explain::{Explanation, Line, show_days};
use crate::id::Id;
use crate::ratio::Ratio;
use crate::tables::{Plan, Progress, Step};
use crate::value::show_date;
use crate::words::{Lang, words};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The steps of a plan in the order that people gave them. Steps without a place come last,
/// by due date.
pub fn steps(book: &Book, plan: Id<Plan>) -> Vec<Arc<Step>> {
    let mut steps: Vec<_> = book
        .steps
        .of(plan)
        .filter(|step| step.plan == plan)
        .cloned()
        .collect();
    let key = |step: &Step| {
        (
            step.position.is_empty(),
            step.due.unwrap_or(Date::MAX),
            step.id,
        )
    };
    steps.sort_by(|a, b| {
        let ((a_last, a_due, a_id), (b_last, b_due, b_id)) = (key(a), key(b));
        (a_last, &a.position, a_due, a_id).cmp(&(b_last, &b.position, b_due, b_id))
    });
    steps
}

/// Whether letting `step` wait for `after` would make a step wait for itself.
pub fn would_cycle(book: &Book, step: Id<Step>, after: Id<Step>) -> bool {
    let mut seen = HashSet::new();
    let mut at = after;
    while !at.is_nil() {
        if at == step {
            return true;
        }
        // Two tablets can each close one half of a circle; it is gone round once.
        if !seen.insert(at) {
            return false;
        }
        match book.steps.get(at) {
            Some(next) => at = next.after,
            None => return false,
        }
    }
    false
}

/// The step that a step waits for, while that one is open. A step that waits for itself, by
/// way of others, is not blocked: it could never begin.
pub fn blocked_by<'a>(book: &'a Book, step: &Step) -> Option<&'a Arc<Step>> {
    if !step.is_open() || would_cycle(book, step.id, step.after) {
        return None;
    }
    book.steps.get(step.after).filter(|before| before.is_open())
}

/// Days that a step is past its due date: when it was done, or today while it is open.
/// Negative when it was done early; `None` for a step without a due date or given up, and
/// for an open one whose due date has not passed.
pub fn slippage(step: &Step, today: Date) -> Option<i64> {
    let due = step.due?;
    match step.progress {
        Some(Progress::Dropped) => None,
        Some(Progress::Done) => Some(days_between(due, step.done_on?)),
        _ => Some(days_between(due, today)).filter(|days| *days > 0),
    }
}

/// How a plan stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanState {
    /// Steps finished.
    pub done: usize,
    /// Steps that count: all but those given up.
    pub steps: usize,
    /// Open steps past their due date.
    pub late: usize,
    /// Open steps that wait for another.
    pub blocked: usize,
    /// The due date of the last step.
    pub due: Option<Date>,
    /// When the last step will be done at the earliest, if each late step takes its planned
    /// time from today and those that wait for it move along.
    pub expected: Option<Date>,
}

impl PlanState {
    /// How a plan stands on a day.
    pub fn of(book: &Book, plan: Id<Plan>, today: Date) -> Self {
        let steps: Vec<_> = steps(book, plan)
            .into_iter()
            .filter(|step| step.progress != Some(Progress::Dropped))
            .collect();
        let mut finishes = HashMap::new();
        Self {
            done: steps.iter().filter(|step| !step.is_open()).count(),
            steps: steps.len(),
            late: steps
                .iter()
                .filter(|step| step.is_open() && step.due.is_some_and(|due| due < today))
                .count(),
            blocked: steps
                .iter()
                .filter(|step| blocked_by(book, step).is_some())
                .count(),
            due: steps.iter().filter_map(|step| step.due).max(),
            expected: steps
                .iter()
                .filter_map(|step| finish(book, step, today, &mut finishes))
                .max(),
        }
    }

    /// Finished ÷ all; `None` for a plan without steps.
    pub fn progress(&self) -> Option<Ratio> {
        Ratio::new(self.done as i128, self.steps as i128)
    }

    /// The inputs, the rule and the arithmetic of how far the end moves out.
    pub fn explain(&self, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        let (Some(due), Some(expected)) = (self.due, self.expected) else {
            return out.done();
        };
        let (due, expected) = (show_date(due, lang), show_date(expected, lang));
        out.line(words("计划完成", "Planned end"), due.clone());
        out.line(words("逾期步骤", "Late steps"), self.late.to_string());
        out.line(words("预计完成", "Expected end"), expected.clone());
        out.result(
            words("延后", "Slips by"),
            format!("{expected} − {due} = {}", show_days(self.slip_days(), lang)),
        );
        out.words(
            words("规则", "Rule"),
            words(
                "逾期的步骤从今天起按原定用时计算，依赖它的步骤跟着顺延。",
                "A late step takes its planned time from today on; the steps that wait for it move along.",
            ),
        );
        out.done()
    }

    /// How much of the plan is done.
    pub fn explain_progress(&self, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        out.line(words("已完成的步骤", "Steps done"), self.done.to_string());
        out.line(
            words("计入的步骤", "Steps that count"),
            self.steps.to_string(),
        );
        if let Some(part) = self.progress() {
            out.result(
                words("完成", "Done"),
                format!("{} ÷ {} = {}", self.done, self.steps, part.show()),
            );
        }
        out.words(
            words("规则", "Rule"),
            words("取消的步骤不计", "Steps that were given up do not count"),
        );
        out.done()
    }

    /// Days that the plan's end moves out; 0 when it holds.
    pub fn slip_days(&self) -> i64 {
        match (self.due, self.expected) {
            (Some(due), Some(expected)) => days_between(due, expected).max(0),
            _ => 0,
        }
    }
}

/// When a step was done, or will be done at the earliest: see [`PlanState::expected`]. `None`
/// for a step without a due date.
pub fn expected_end(book: &Book, step: &Step, today: Date) -> Option<Date> {
    finish(book, step, today, &mut HashMap::new())
}

/// When a step is done at the earliest. Done: that day. Open: not before its due date nor
/// today; where it waits for another, not before that one's end plus the days that lie
/// between the two due dates.
fn finish(
    book: &Book,
    step: &Step,
    today: Date,
    known: &mut HashMap<Id<Step>, Date>,
) -> Option<Date> {
    // Walk up to the first step whose end is known, then down again: a chain may be long, and
    // a circle ends where it closes.
    let mut chain: Vec<&Step> = vec![step];
    let mut seen = HashSet::from([step.id]);
    let mut before: Option<&Step> = None;
    while let Some(last) = chain.last() {
        match book.steps.get(last.after) {
            Some(next) if next.progress == Some(Progress::Dropped) => break,
            Some(next) if known.contains_key(&next.id) => {
                before = Some(next);
                break;
            }
            Some(next) if seen.insert(next.id) => chain.push(next),
            _ => break,
        }
    }
    for step in chain.into_iter().rev() {
        let own = match (step.is_open(), step.done_on) {
            (false, done) => done.or(step.due),
            (true, _) => step.due.map(|due| due.max(today)),
        };
        let end = match (own, before) {
            (Some(own), Some(previous)) if step.is_open() => known
                .get(&previous.id)
                .zip(step.due.zip(previous.due))
                .map_or(own, |(end, (due, previous_due))| {
                    own.max(add_days(*end, days_between(previous_due, due).max(0)))
                }),
            (Some(own), _) => own,
            (None, _) => {
                before = None;
                continue;
            }
        };
        known.insert(step.id, end);
        before = Some(step);
    }
    known.get(&step.id).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::parse_date;
    use crate::schema::Record;
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    fn plan() -> Id<Plan> {
        Id::natural(&["plan"])
    }

    fn id(name: &str) -> Id<Step> {
        Id::natural(&["step", name])
    }

    fn step(name: &str, after: Option<&str>, due: &str, progress: Progress) -> Step {
        Step {
            plan: plan(),
            title: name.into(),
            after: after.map_or(Id::NIL, id),
            due: Some(day(due)),
            progress: Some(progress),
            ..Step::with_id(id(name))
        }
    }

    fn book(steps: impl IntoIterator<Item = Step>) -> Book {
        let mut book = Book::default();
        for step in steps {
            book.steps.set(step);
        }
        book
    }

    #[test]
    fn steps_come_in_the_order_that_people_gave() {
        let mut first = step("second", None, "2026-01-01", Progress::Waiting);
        first.position = "m".into();
        let mut second = step("first", None, "2026-02-01", Progress::Waiting);
        second.position = "c".into();
        let book = book([
            step("later", None, "2026-03-01", Progress::Waiting),
            step("sooner", None, "2026-01-15", Progress::Waiting),
            first,
            second,
        ]);
        let titles: Vec<_> = steps(&book, plan())
            .iter()
            .map(|s| s.title.clone())
            .collect();
        assert_eq!(titles, ["first", "second", "sooner", "later"]);
    }

    #[test]
    fn circles_are_seen_before_they_close() {
        let book = book([
            step("a", None, "2026-01-01", Progress::Waiting),
            step("b", Some("a"), "2026-01-01", Progress::Waiting),
            step("c", Some("b"), "2026-01-01", Progress::Waiting),
        ]);
        assert!(would_cycle(&book, id("a"), id("c")));
        assert!(would_cycle(&book, id("a"), id("a")));
        assert!(!would_cycle(&book, id("c"), id("a")));
        assert!(!would_cycle(&book, id("c"), Id::NIL));
    }

    #[test]
    fn a_step_waits_while_the_one_before_is_open() {
        let before = |progress| {
            book([
                step("a", None, "2026-01-01", progress),
                step("b", Some("a"), "2026-01-10", Progress::Waiting),
            ])
        };
        let blocked = |book: &Book| blocked_by(book, book.steps.get(id("b")).unwrap()).is_some();
        assert!(blocked(&before(Progress::Doing)));
        assert!(!blocked(&before(Progress::Done)));
        assert!(!blocked(&before(Progress::Dropped)));
    }

    #[test]
    fn two_tablets_that_close_a_circle_block_nothing() {
        let book = book([
            step("a", Some("b"), "2026-01-01", Progress::Waiting),
            step("b", Some("a"), "2026-01-10", Progress::Waiting),
        ]);
        let state = PlanState::of(&book, plan(), day("2026-01-05"));
        assert_eq!((state.blocked, state.steps), (0, 2));
        assert!(state.expected.is_some());
    }

    #[test]
    fn a_late_step_moves_those_that_wait_for_it() {
        let mut done = step("a", None, "2026-01-10", Progress::Done);
        done.done_on = Some(day("2026-01-12"));
        let book = book([
            done.clone(),
            step("b", Some("a"), "2026-01-20", Progress::Doing),
            step("c", Some("b"), "2026-01-31", Progress::Waiting),
            step("x", None, "2026-01-05", Progress::Dropped),
        ]);
        let today = day("2026-01-25");
        let state = PlanState::of(&book, plan(), today);
        assert_eq!(
            (state.done, state.steps, state.late, state.blocked),
            (1, 3, 1, 1)
        );
        assert_eq!(state.progress(), Ratio::new(1, 3));
        // Five days late: the last step moves from 31 January to 5 February.
        assert_eq!(state.expected, Some(day("2026-02-05")));
        assert_eq!(state.slip_days(), 5);
        assert_eq!(slippage(&done, today), Some(2));
        assert_eq!(slippage(book.steps.get(id("b")).unwrap(), today), Some(5));
        assert_eq!(slippage(book.steps.get(id("c")).unwrap(), today), None);
    }

    proptest! {
        /// Whatever waits for whatever, circles too, every question has an answer; and a
        /// link that was said not to close a circle does not.
        #[test]
        fn any_web_of_steps_is_borne(after in prop::collection::vec(0usize..12, 1..12), ask in (0usize..12, 0usize..12)) {
            let name = |n: usize| n.to_string();
            let mut book = book(after.iter().enumerate().map(|(n, a)| {
                step(&name(n), Some(&name(*a)), "2026-01-10", Progress::Waiting)
            }));
            let state = PlanState::of(&book, plan(), day("2026-02-01"));
            prop_assert_eq!(state.slip_days() >= 22, true);

            let (this, that) = (id(&name(ask.0)), id(&name(ask.1)));
            if !would_cycle(&book, this, that) && let Some(step) = book.steps.get(this) {
                let changed = Step { after: that, ..Step::clone(step) };
                book.steps.set(changed);
                prop_assert!(!would_cycle(&book, this, that));
            }
        }
    }
}
