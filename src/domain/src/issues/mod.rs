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
use crate::id::Id;
use crate::tables::{Action, Dealer, Issue};
use std::sync::Arc;

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

/// The steps by which an issue shall be resolved, by due date; those without one last.
pub fn steps(book: &Book, issue: Id<Issue>) -> Vec<Arc<Action>> {
    let mut steps: Vec<_> = book.actions.of(issue).cloned().collect();
    steps.sort_by_key(|step| (step.due.is_none(), step.due, step.id));
    steps
}
