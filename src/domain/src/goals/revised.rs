//! Changing a goal after it was set: with a reason, and without forgetting what it was.

use crate::book::Book;
use crate::date::{Date, DateSpan};
use crate::id::{FreshId, Id};
use crate::schema::Record;
use crate::tables::{Goal, Revision};
use crate::value::Course;
use crate::words::{Words, words};
use std::sync::Arc;

/// Why a goal cannot be changed so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotRevised {
    /// It says nowhere why.
    #[error("the reason is missing")]
    NoReason,
    /// It reads as before.
    #[error("nothing changes")]
    NothingChanges,
    /// The target is where it starts.
    #[error("the target equals the baseline")]
    NoWay,
    /// It was closed.
    #[error("the goal is closed")]
    Closed,
}

impl NotRevised {
    /// What to tell the person.
    pub const fn words(self) -> Words {
        match self {
            Self::NoReason => words("写下为什么调整", "Say why it is changed"),
            Self::NothingChanges => words("没有改动", "Nothing changes"),
            Self::NoWay => words(
                "目标值要与基线不同",
                "The target must differ from the baseline",
            ),
            Self::Closed => words(
                "目标已经结束；请设一个新的目标",
                "The goal is closed; set a new one",
            ),
        }
    }
}

/// A goal that was changed, and the record of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Revised {
    /// The goal as it is to be saved. Its agreement no longer holds until it is agreed anew:
    /// see [`super::state`].
    pub goal: Goal,
    /// What it was before, and why.
    pub revision: Revision,
}

/// Changes the course or the time of a goal.
///
/// # Errors
/// [`NotRevised`], which says what to do instead.
pub fn revise(
    goal: &Goal,
    course: Course,
    span: DateSpan,
    reason: &str,
    agreed_by: &str,
    today: Date,
    fresh: FreshId<'_>,
) -> Result<Revised, NotRevised> {
    if !goal.outcome.is_open() {
        return Err(NotRevised::Closed);
    }
    if goal.course == Some(course) && goal.span == Some(span) {
        return Err(NotRevised::NothingChanges);
    }
    if course.baseline == course.target {
        return Err(NotRevised::NoWay);
    }
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(NotRevised::NoReason);
    }
    Ok(Revised {
        goal: Goal {
            course: Some(course),
            span: Some(span),
            ..goal.clone()
        },
        revision: Revision {
            dealer: goal.dealer,
            goal: goal.id,
            on: Some(today),
            reason: reason.to_owned(),
            course_before: goal.course,
            course_after: Some(course),
            span_before: goal.span,
            span_after: Some(span),
            agreed_by: agreed_by.trim().to_owned(),
            ..Revision::with_id(Id::new(fresh()))
        },
    })
}

/// How a goal was changed, the oldest change first. Two tablets that changed one goal without
/// knowing of each other leave two records that begin alike.
pub fn revisions(book: &Book, goal: Id<Goal>) -> Vec<Arc<Revision>> {
    let mut found: Vec<_> = book.revisions.of(goal).cloned().collect();
    found.sort_by_key(|revision| (revision.on, revision.id));
    found
}

/// The course and time of a goal as it was first set.
pub fn as_first_set(book: &Book, goal: &Goal) -> (Option<Course>, Option<DateSpan>) {
    revisions(book, goal.id)
        .first()
        .map_or((goal.course, goal.span), |first| {
            (first.course_before, first.span_before)
        })
}
