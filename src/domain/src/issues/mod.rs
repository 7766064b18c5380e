//! Issues and conflicts: how they move from reported to reviewed, by when they have to be
//! resolved, when they are taken to the next level, what is written down on the way, and what
//! repeats itself across dealers.

mod deadline;
mod escalation;
mod flow;
mod patterns;
#[cfg(test)]
mod tests;

pub use deadline::{Deadline, answer_days, resolve_days};
pub use escalation::Escalation;
pub use flow::{Moved, Refusal, move_to};
pub use patterns::{Common, PATTERN_DAYS, Pattern, patterns};

use crate::book::Book;
use crate::date::Date;
use crate::id::Id;
use crate::tables::{Action, Dealer, Issue};
use crate::words::{Words, words};
use std::sync::Arc;

/// How open issues are counted.
pub const OPEN_ISSUES_RULE: Words = words(
    "已报告、还没有解决，也没有决定不再处理的问题",
    "Issues that were reported and neither resolved nor set aside",
);

/// The issues that a dealer reported, without those in which it is only the other side of a
/// channel conflict.
pub fn of_dealer(book: &Book, dealer: Id<Dealer>) -> impl Iterator<Item = &Arc<Issue>> {
    book.issues
        .of(dealer)
        .filter(move |issue| issue.dealer == dealer)
}

/// The issues of other dealers in which a dealer is the other side. Who complains about whom
/// is for the team alone: never shown in shared-screen mode.
pub fn against_dealer(book: &Book, dealer: Id<Dealer>) -> impl Iterator<Item = &Arc<Issue>> {
    book.issues
        .of(dealer)
        .filter(move |issue| issue.other_dealer == dealer && issue.dealer != dealer)
}

/// The open issues that should have been taken to a level by a day and were not, the gravest
/// and oldest first, without those of dealers in the bin.
pub fn to_escalate(book: &Book, today: Date) -> Vec<(Arc<Issue>, Escalation)> {
    let mut found: Vec<_> = book
        .issues
        .iter()
        .filter(|issue| book.dealers.get(issue.dealer).is_some())
        .filter_map(|issue| Some((Arc::clone(issue), Escalation::of(book, issue, today)?)))
        .filter(|(_, escalation)| escalation.outstanding().is_some())
        .collect();
    found.sort_by_key(|(issue, _)| (issue.weight(), issue.reported_on, issue.id));
    found
}

/// The steps by which an issue shall be resolved, by due date; those without one last.
pub fn steps(book: &Book, issue: Id<Issue>) -> Vec<Arc<Action>> {
    let mut steps: Vec<_> = book.actions.of(issue).cloned().collect();
    steps.sort_by_key(|step| (step.due.is_none(), step.due, step.id));
    steps
}
