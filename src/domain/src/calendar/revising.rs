//! Changing a recurring meeting: one of its occurrences, those from one on, or all of them.
//!
//! Meetings that were made of its occurrences and that nobody touched follow the change. One that was
//! prepared, moved, held or called off stays as it is: somebody decided about it.

use super::{change_from, end_before, occurrence};
use crate::book::Book;
use crate::date::Date;
use crate::id::FreshId;
use crate::schema::{Change, bin, changes};
use crate::tables::{Meeting, MeetingStage, Series};
use crate::value::Outcome;
use crate::visit::agenda;
use crate::words::{Words, words};
use std::sync::Arc;

/// How far a change reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// One occurrence alone.
    #[default]
    One,
    /// This one and those that follow.
    Following,
    /// Every occurrence.
    All,
}

impl Reach {
    /// Each, from the narrowest on.
    pub const ALL: [Self; 3] = [Self::One, Self::Following, Self::All];

    /// What people call it.
    pub const fn words(self) -> Words {
        match self {
            Self::One => words("只改这一次", "This one only"),
            Self::Following => words("这次及以后", "This and following"),
            Self::All => words("全部", "All of them"),
        }
    }
}

/// What to write so that a recurring meeting is as in `changed`, as far as the change reaches from the
/// occurrence on a date. `changed.first` is when that occurrence, or with [`Reach::All`] the first of all,
/// takes place.
pub fn revise(
    book: &Book,
    series: &Series,
    on: Date,
    reach: Reach,
    changed: &Series,
    today: Date,
    fresh: FreshId<'_>,
) -> Vec<Change> {
    match reach {
        Reach::One => one(book, series, on, changed),
        // From its first date on nothing of the old one is left: it is changed as a whole.
        Reach::Following if end_before(series, on).is_some() => {
            let (before, after) = change_from(series, on, changed, fresh);
            let mut writes = before.map_or_else(Vec::new, |before| changes(Some(series), &before));
            writes.extend(changes(None, &after));
            for meeting in untouched(book, series, on) {
                writes.push(bin(meeting.id, true));
            }
            writes
        }
        Reach::Following | Reach::All => all(book, series, changed, today),
    }
}

/// What to write so that nothing of a recurring meeting comes from a date on. Where nothing is left of it,
/// the whole of it goes.
pub fn end_from(book: &Book, series: &Series, on: Date) -> Vec<Change> {
    let mut writes = end_before(series, on).map_or_else(
        || vec![bin(series.id, true)],
        |shorter| changes(Some(series), &shorter),
    );
    let made = untouched(book, series, on).into_iter();
    writes.extend(made.map(|meeting| bin(meeting.id, true)));
    writes
}

/// What to write so that one occurrence does not take place.
pub fn call_off(book: &Book, series: &Series, on: Date, today: Date) -> Vec<Change> {
    let made = book.meetings.get(series.occurrence_id(on));
    let before = made.map_or_else(|| occurrence(series, on), |made| Meeting::clone(made));
    let after = Meeting {
        outcome: Outcome::Dropped(today),
        ..before
    };
    changes(made.map(|made| &**made), &after)
}

/// One occurrence: its meeting, made of it where there is none yet.
fn one(book: &Book, series: &Series, on: Date, changed: &Series) -> Vec<Change> {
    let made = book.meetings.get(series.occurrence_id(on));
    let before = made.map_or_else(|| occurrence(series, on), |made| Meeting::clone(made));
    let after = Meeting {
        channel: changed.channel,
        subject: changed.subject.clone(),
        planned: changed.first,
        ..before
    };
    changes(made.map(|made| &**made), &after)
}

fn all(book: &Book, series: &Series, changed: &Series, today: Date) -> Vec<Change> {
    let after = Series {
        id: series.id,
        ..changed.clone()
    };
    let mut writes = changes(Some(series), &after);
    for meeting in untouched(book, series, today) {
        let on = meeting.occurrence.filter(|on| names(&after, *on));
        match on {
            Some(on) => writes.extend(changes(Some(&*meeting), &occurrence(&after, on))),
            None => writes.push(bin(meeting.id, true)),
        }
    }
    writes
}

fn names(series: &Series, on: Date) -> bool {
    let first = series.first.map(|first| first.start.date());
    first
        .zip(series.recurrence().ok())
        .is_some_and(|(first, rule)| rule.names(first, on))
}

/// The meetings that were made of occurrences from a date on and that nobody touched.
fn untouched(book: &Book, series: &Series, from: Date) -> Vec<Arc<Meeting>> {
    let mut found: Vec<_> = book
        .meetings
        .of(series.id)
        .filter(|meeting| meeting.series == series.id)
        .filter(|meeting| meeting.stage() == MeetingStage::Planned)
        .filter(|meeting| {
            meeting
                .occurrence
                .is_some_and(|on| on >= from && is_same(meeting, &occurrence(series, on)))
        })
        .filter(|meeting| agenda(book, meeting.id).is_empty())
        .cloned()
        .collect();
    found.sort_by_key(|meeting| (meeting.occurrence, meeting.id));
    found
}

/// Whether a meeting still says what its series says.
fn is_same(meeting: &Meeting, made: &Meeting) -> bool {
    changes(Some(made), meeting).is_empty()
}
