//! Occurrences of recurring meetings.
//!
//! An occurrence is known by the date on which the rule has it. While nobody touches it, it is
//! reckoned; once it is moved, called off or prepared it is a meeting, whose id follows from
//! the series and that date: two tablets that touch the same occurrence write one row. A
//! meeting in the bin takes its occurrence with it.

use crate::book::Book;
use crate::date::{Date, DateSpan, Minute, Slot, add_days};
use crate::id::{FreshId, Id};
use crate::recurrence::Ends;
use crate::schema::Record;
use crate::tables::{Meeting, Series};

impl Series {
    /// The time of the occurrence on a date.
    pub fn slot_on(&self, on: Date) -> Option<Slot> {
        let first = self.first?;
        let (hour, minute) = first.start.time();
        Some(Slot {
            start: Minute::at(on, hour, minute)?,
            minutes: first.minutes,
        })
    }

    /// The dates within a window; none for a series without a start, or with a rule that this
    /// version does not understand.
    pub fn dates(&self, window: DateSpan) -> Vec<Date> {
        match (self.first, self.recurrence()) {
            (Some(first), Ok(rule)) => rule.within(first.start.date(), window),
            _ => Vec::new(),
        }
    }
}

/// The dates of a series within a window of which nobody made a meeting yet.
pub fn open_dates(book: &Book, series: &Series, window: DateSpan) -> Vec<Date> {
    let mut dates = series.dates(window);
    dates.retain(|on| book.meetings.get_any(series.occurrence_id(*on)).is_none());
    dates
}

/// The meeting of one occurrence, as the series has it.
pub fn occurrence(series: &Series, on: Date) -> Meeting {
    Meeting {
        dealer: series.dealer,
        channel: series.channel,
        subject: series.subject.clone(),
        planned: series.slot_on(on),
        attendees: series.attendees.clone(),
        internal_notes: series.internal_notes.clone(),
        purpose: series.purpose.clone(),
        series: series.id,
        occurrence: Some(on),
        ..Meeting::with_id(series.occurrence_id(on))
    }
}

/// The meetings to make of what recurs within a window, so that they can be prepared, show up
/// as planned and count for the cadence. Made twice, on one tablet or on two, they are the
/// same meetings.
pub fn coming(book: &Book, window: DateSpan) -> Vec<Meeting> {
    let mut found: Vec<Meeting> = book
        .series
        .iter()
        .filter(|series| book.dealers.get(series.dealer).is_some())
        .flat_map(|series| {
            let dates = open_dates(book, series, window);
            dates.into_iter().map(|on| occurrence(series, on))
        })
        .collect();
    found.sort_by_key(|meeting| (meeting.occurrence, meeting.id));
    found
}

/// The series without its occurrences from a date on; `None` when none is left, or when its
/// rule is not understood.
pub fn end_before(series: &Series, date: Date) -> Option<Series> {
    let start = series.first?.start.date();
    let rule = series
        .recurrence()
        .ok()?
        .ending(Ends::On(add_days(date, -1)));
    rule.first(start)?;
    Some(Series {
        rule: rule.to_string(),
        ..series.clone()
    })
}

/// A series that goes on otherwise from a date on: the old one up to that date, if anything is
/// left of it, and a new one like `changed`. Where the old one ends after a number of times,
/// the new one has those that are left. Meetings that were made already stay as they are.
pub fn change_from(
    series: &Series,
    date: Date,
    changed: &Series,
    fresh: FreshId<'_>,
) -> (Option<Series>, Series) {
    let before = end_before(series, date);
    let mut after = Series {
        id: Id::new(fresh()),
        ..changed.clone()
    };
    let held = |series: &Series| -> Option<u16> {
        let first = series.first?.start.date();
        let all = series.dates(DateSpan::new(first, add_days(date, -1))?);
        u16::try_from(all.len()).ok()
    };
    if let Ok(rule) = changed.recurrence()
        && let Ends::After(count) = rule.ends
        && let Some(held) = held(series)
    {
        let left = count.saturating_sub(held).max(1);
        after.rule = rule.ending(Ends::After(left)).to_string();
    }
    (before, after)
}
