//! What waits to be settled by a day.

use super::link_to;
use crate::book::Book;
use crate::date::{Date, DateSpan, days_between};
use crate::id::Id;
use crate::issues::{self, Deadline};
use crate::schema::Record;
use crate::tables::*;
use crate::value::Link;
use crate::words::{Words, words};

/// Items due within so many days are shown before they are late.
pub const AHEAD_DAYS: i64 = 7;

/// How what is due is counted.
pub const DUE_RULE: Words = words(
    "已逾期、今天到期或 7 天内到期的承诺、步骤、待办、里程碑和问题",
    "Promises, steps, actions, milestones and issues that are late, due today or within 7 days",
);

/// What kind of thing is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DueKind {
    /// A promise.
    Promise,
    /// A step of a plan.
    Step,
    /// An action.
    Action,
    /// A milestone of a goal.
    Milestone,
    /// An issue.
    Issue,
}

impl DueKind {
    /// What people call it.
    pub const fn words(self) -> Words {
        match self {
            Self::Promise => Promise::TABLE.label,
            Self::Step => Step::TABLE.label,
            Self::Action => Action::TABLE.label,
            Self::Milestone => Milestone::TABLE.label,
            Self::Issue => Issue::TABLE.label,
        }
    }
}

/// Something that waits to be settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The record.
    pub link: Link,
    /// The dealer.
    pub dealer: Id<Dealer>,
    /// What it is about.
    pub title: String,
    /// What kind of thing it is.
    pub kind: DueKind,
    /// Which side has to settle it; `None` where both have.
    pub side: Option<Side>,
    /// By when.
    pub due: Date,
    /// Days since the due date; negative while it lies ahead.
    pub days_late: i64,
}

impl Due {
    /// Whether the due date has passed.
    pub fn is_late(&self) -> bool {
        self.days_late > 0
    }
}

/// Which due dates are asked for: nothing is made of what is not.
type Wanted<'a> = &'a dyn Fn(Date) -> bool;

/// Everything in the book that waits to be settled and is due on a day that is wanted.
fn of_book<'a>(book: &'a Book, wanted: Wanted<'a>) -> impl Iterator<Item = Due> + 'a {
    let promises = book.promises.iter();
    let steps = book.steps.iter();
    let actions = book.actions.iter();
    let milestones = book.milestones.iter();
    let issues = book.issues.iter();
    (promises.filter_map(move |promise| due_promise(promise, wanted)))
        .chain(steps.filter_map(move |step| due_step(book, step, wanted)))
        .chain(actions.filter_map(move |action| due_action(action, wanted)))
        .chain(milestones.filter_map(move |milestone| due_milestone(book, milestone, wanted)))
        .chain(issues.filter_map(move |issue| due_issue(issue, wanted)))
        .filter(|due| book.dealers.get(due.dealer).is_some())
}

/// Everything of one dealer that waits to be settled and is due on a day that is wanted.
fn of_dealer<'a>(
    book: &'a Book,
    dealer: Id<Dealer>,
    wanted: Wanted<'a>,
) -> impl Iterator<Item = Due> + 'a {
    let promises = book.promises.of(dealer);
    let plans = book.plans.of(dealer);
    let steps = plans.flat_map(|plan| book.steps.of(plan.id));
    let actions = book.actions.of(dealer);
    let goals = book.goals.of(dealer);
    let milestones = goals.flat_map(|goal| book.milestones.of(goal.id));
    let issues = issues::of_dealer(book, dealer);
    (promises.filter_map(move |promise| due_promise(promise, wanted)))
        .chain(steps.filter_map(move |step| due_step(book, step, wanted)))
        .chain(actions.filter_map(move |action| due_action(action, wanted)))
        .chain(milestones.filter_map(move |milestone| due_milestone(book, milestone, wanted)))
        .chain(issues.filter_map(move |issue| due_issue(issue, wanted)))
}

/// What of one dealer or of all is due on a day that is wanted, seen from today; in no order.
fn found(book: &Book, dealer: Option<Id<Dealer>>, today: Date, wanted: Wanted<'_>) -> Vec<Due> {
    let mut found: Vec<Due> = match dealer {
        Some(dealer) => of_dealer(book, dealer, wanted).collect(),
        None => of_book(book, wanted).collect(),
    };
    for due in &mut found {
        due.days_late = days_between(due.due, today);
    }
    found
}

/// What waits to be settled and is due within a window, of one dealer or of all; in no order.
pub fn due_within(
    book: &Book,
    window: DateSpan,
    dealer: Option<Id<Dealer>>,
    today: Date,
) -> Vec<Due> {
    found(book, dealer, today, &|due| window.contains(due))
}

/// What of one dealer or of all is late or due within [`AHEAD_DAYS`] days; in no order.
pub(super) fn pressing(book: &Book, dealer: Option<Id<Dealer>>, today: Date) -> Vec<Due> {
    found(book, dealer, today, &|due| {
        days_between(due, today) >= -AHEAD_DAYS
    })
}

/// The earliest first.
pub(crate) fn sort_due(due: &mut [Due]) {
    due.sort_by_key(|due| (due.due, due.kind, due.link.id));
}

fn item<T: Record>(
    record: &T,
    dealer: Id<Dealer>,
    title: &str,
    kind: DueKind,
    side: Option<Side>,
    due: Date,
) -> Due {
    Due {
        link: link_to(record),
        dealer,
        title: title.to_owned(),
        kind,
        side,
        due,
        days_late: 0,
    }
}

fn due_promise(promise: &Promise, wanted: Wanted<'_>) -> Option<Due> {
    let due = promise
        .due
        .filter(|due| promise.outcome.is_open() && wanted(*due))?;
    let (dealer, side) = (promise.dealer, promise.by);
    Some(item(
        promise,
        dealer,
        &promise.title,
        DueKind::Promise,
        side,
        due,
    ))
}

/// A step of a plan that lives; a step in a plan that is in the bin waits for nobody.
fn due_step(book: &Book, step: &Step, wanted: Wanted<'_>) -> Option<Due> {
    let due = step.due.filter(|due| step.is_open() && wanted(*due))?;
    let dealer = book.plans.get(step.plan)?.dealer;
    Some(item(
        step,
        dealer,
        &step.title,
        DueKind::Step,
        step.side,
        due,
    ))
}

fn due_action(action: &Action, wanted: Wanted<'_>) -> Option<Due> {
    let due = action
        .due
        .filter(|due| action.outcome.is_open() && wanted(*due))?;
    let (dealer, side) = (action.dealer, action.side);
    Some(item(
        action,
        dealer,
        &action.title,
        DueKind::Action,
        side,
        due,
    ))
}

fn due_milestone(book: &Book, milestone: &Milestone, wanted: Wanted<'_>) -> Option<Due> {
    let due = milestone
        .due
        .filter(|due| milestone.outcome.is_open() && wanted(*due))?;
    let goal = book.goals.get(milestone.goal)?;
    goal.outcome.is_open().then(|| {
        item(
            milestone,
            goal.dealer,
            &milestone.title,
            DueKind::Milestone,
            None,
            due,
        )
    })
}

/// An issue is due on the day that was agreed, else as its severity says.
fn due_issue(issue: &Issue, wanted: Wanted<'_>) -> Option<Due> {
    if !issue.outcome.is_open() {
        return None;
    }
    let by_severity = || Some(Deadline::of(issue, issue.reported_on?)?.resolve_by);
    let due = issue.due.or_else(by_severity).filter(|due| wanted(*due))?;
    Some(item(
        issue,
        issue.dealer,
        &issue.title,
        DueKind::Issue,
        None,
        due,
    ))
}
