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

/// Everything in the book that waits to be settled, whenever it is due.
pub(super) fn of_book(book: &Book) -> impl Iterator<Item = Due> {
    (book
        .promises
        .iter()
        .filter_map(|promise| due_promise(promise)))
    .chain(book.steps.iter().filter_map(|step| due_step(book, step)))
    .chain(book.actions.iter().filter_map(|action| due_action(action)))
    .chain(
        book.milestones
            .iter()
            .filter_map(|milestone| due_milestone(book, milestone)),
    )
    .chain(book.issues.iter().filter_map(|issue| due_issue(issue)))
    .filter(|due| book.dealers.get(due.dealer).is_some())
}

/// Everything of one dealer that waits to be settled, whenever it is due.
pub(super) fn of_dealer(book: &Book, dealer: Id<Dealer>) -> impl Iterator<Item = Due> {
    let promises = book.promises.of(dealer);
    let steps = book
        .plans
        .of(dealer)
        .flat_map(|plan| book.steps.of(plan.id));
    let actions = book.actions.of(dealer);
    let milestones = (book.goals.of(dealer)).flat_map(|goal| book.milestones.of(goal.id));
    (promises.filter_map(|promise| due_promise(promise)))
        .chain(steps.filter_map(|step| due_step(book, step)))
        .chain(actions.filter_map(|action| due_action(action)))
        .chain(milestones.filter_map(|milestone| due_milestone(book, milestone)))
        .chain(issues::of_dealer(book, dealer).filter_map(|issue| due_issue(issue)))
}

/// What waits to be settled and is due within a window, of one dealer or of all.
pub fn due_within(
    book: &Book,
    window: DateSpan,
    dealer: Option<Id<Dealer>>,
    today: Date,
) -> Vec<Due> {
    let within = |due: &Due| window.contains(due.due);
    let mut found: Vec<Due> = match dealer {
        Some(dealer) => of_dealer(book, dealer).filter(within).collect(),
        None => of_book(book).filter(within).collect(),
    };
    for due in &mut found {
        due.days_late = days_between(due.due, today);
    }
    sort_due(&mut found);
    found
}

pub(super) fn sort_due(due: &mut [Due]) {
    due.sort_by_key(|due| (due.due, due.kind, due.link.id));
}

/// Items that are late or due within [`AHEAD_DAYS`] days.
pub(super) fn pressing(all: impl Iterator<Item = Due>, today: Date) -> impl Iterator<Item = Due> {
    all.filter_map(move |mut due| {
        due.days_late = days_between(due.due, today);
        (due.days_late >= -AHEAD_DAYS).then_some(due)
    })
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

fn due_promise(promise: &Promise) -> Option<Due> {
    let due = promise.due.filter(|_| promise.outcome.is_open())?;
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
fn due_step(book: &Book, step: &Step) -> Option<Due> {
    let due = step.due.filter(|_| step.is_open())?;
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

fn due_action(action: &Action) -> Option<Due> {
    let due = action.due.filter(|_| action.outcome.is_open())?;
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

fn due_milestone(book: &Book, milestone: &Milestone) -> Option<Due> {
    let due = milestone.due.filter(|_| milestone.outcome.is_open())?;
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
fn due_issue(issue: &Issue) -> Option<Due> {
    if !issue.outcome.is_open() {
        return None;
    }
    let by_severity = || Some(Deadline::of(issue, issue.reported_on?)?.resolve_by);
    let due = issue.due.or_else(by_severity)?;
    Some(item(
        issue,
        issue.dealer,
        &issue.title,
        DueKind::Issue,
        None,
        due,
    ))
}
