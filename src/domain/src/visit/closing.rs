//! Closing a meeting and proposing the next.

use crate::book::Book;
use crate::cadence::Cadence;
use crate::date::{Date, Minute, Slot, add_days};
use crate::explain::show_days;
use crate::id::{FreshId, Id};
use crate::schema::Record;
use crate::tables::{Channel, Dealer, Meeting, MeetingStage};
use crate::value::{Outcome, show_date};
use crate::words::{Lang, words};
use chrono::{Datelike, Weekday};
use std::cmp::Ordering;

/// Why a date is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextReason {
    /// A meeting is planned for it.
    Planned,
    /// The cadence says so.
    Cadence {
        /// Days between contacts.
        interval_days: i64,
        /// Whether it has to be a visit.
        must_visit: bool,
    },
    /// The cadence's date has passed: the next working day.
    Overdue {
        /// The date that has passed.
        due: Date,
    },
}

impl NextReason {
    /// The reason in words.
    pub fn text(self, lang: Lang) -> String {
        match self {
            Self::Planned => words("已经约好", "Already planned")
                .in_lang(lang)
                .to_owned(),
            Self::Cadence {
                interval_days,
                must_visit,
            } => {
                let every = show_days(interval_days, lang);
                match (lang, must_visit) {
                    (Lang::Zh, true) => format!("每 {every}联系一次，这次须拜访"),
                    (Lang::Zh, false) => format!("每 {every}联系一次"),
                    (Lang::En, true) => format!("Every {every}; a visit this time"),
                    (Lang::En, false) => format!("Every {every}"),
                }
            }
            Self::Overdue { due } => {
                let due = show_date(due, lang);
                match lang {
                    Lang::Zh => format!("本应在{due}前联系"),
                    Lang::En => format!("Was due by {due}"),
                }
            }
        }
    }
}

/// A proposal for the next meeting; the person may change each part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextDate {
    /// The date.
    pub date: Date,
    /// At what hour (0–23) and minute (0–59).
    pub time: (u32, u32),
    /// How long, in minutes.
    pub minutes: u16,
    /// How.
    pub channel: Channel,
    /// Why then.
    pub why: NextReason,
    /// The meeting, when one is planned already.
    pub planned: Option<Id<Meeting>>,
}

impl NextDate {
    /// The time on the wall clock; `None` for an hour that no clock shows.
    pub fn slot(&self) -> Option<Slot> {
        Some(Slot {
            start: Minute::at(self.date, self.time.0, self.time.1)?,
            minutes: self.minutes,
        })
    }
}

/// The next meeting that a dealer's cadence asks for, after whatever happened up to today;
/// `None` for a dealer that is not looked after. A date on a weekend moves to the Friday
/// before, or to the Monday after where that Friday has passed.
pub fn propose_next(book: &Book, dealer: Id<Dealer>, today: Date) -> Option<NextDate> {
    let cadence = Cadence::of(book, book.dealers.get(dealer)?, today);
    // A meeting of today that has not begun is the one that may be closed now.
    let planned = book
        .meetings
        .of(dealer)
        .filter(|meeting| meeting.stage() == MeetingStage::Planned)
        .filter_map(|meeting| Some((meeting.planned?, meeting)))
        .filter(|(slot, _)| slot.start.date() > today)
        .min_by_key(|(slot, meeting)| (slot.start, meeting.id));
    if let Some((slot, meeting)) = planned {
        return Some(NextDate {
            date: slot.start.date(),
            time: slot.start.time(),
            minutes: slot.minutes,
            channel: meeting.channel.unwrap_or(Channel::Visit),
            why: NextReason::Planned,
            planned: Some(meeting.id),
        });
    }
    let due = cadence.due?;
    let channel = if cadence.must_visit || cadence.never_contacted() {
        Channel::Visit
    } else {
        Channel::Call
    };
    let why = if due <= today && !cadence.never_contacted() {
        NextReason::Overdue { due }
    } else {
        NextReason::Cadence {
            interval_days: cadence.interval_days,
            must_visit: cadence.must_visit,
        }
    };
    Some(NextDate {
        date: working_day(due.max(add_days(today, 1)), today),
        time: (10, 0),
        minutes: if channel == Channel::Visit { 60 } else { 30 },
        channel,
        why,
        planned: None,
    })
}

fn working_day(date: Date, today: Date) -> Date {
    let back = match date.weekday() {
        Weekday::Sat => 1,
        Weekday::Sun => 2,
        _ => return date,
    };
    match add_days(date, -back) {
        friday if friday > today => friday,
        friday => add_days(friday, 3),
    }
}

/// A closed meeting and the one that follows.
#[derive(Clone, Debug, PartialEq)]
pub struct Closing {
    /// The meeting as it is to be saved.
    pub meeting: Meeting,
    /// The planned meeting to save beside it; `None` when none is wanted or one is planned.
    pub follow_up: Option<Meeting>,
}

/// Closes a meeting at a minute, with the next one planned.
///
/// A meeting that was never begun takes its planned start, or the minute of closing where
/// that lies ahead. One that is closed on a later day ends after its planned length, one
/// hour by default, and belongs to its own day.
pub fn close(
    meeting: &Meeting,
    at: Minute,
    next: Option<&NextDate>,
    fresh: FreshId<'_>,
) -> Closing {
    let mut closed = meeting.clone();
    let planned = meeting.planned;
    let started = meeting
        .started
        .or(planned.map(|slot| slot.start))
        .filter(|start| *start <= at)
        .unwrap_or(at);
    let length = planned.map_or(60, |slot| i64::from(slot.minutes));
    let ended = match started.date().cmp(&at.date()) {
        Ordering::Less => started.plus(length).min(at),
        _ => at,
    };
    closed.started = Some(started);
    closed.ended = Some(ended);
    closed.outcome = Outcome::Done(started.date());
    closed.next_on = next.map(|next| next.date);
    let follow_up = next
        .filter(|next| next.planned.is_none())
        .and_then(|next| Some((next, next.slot()?)))
        .map(|(next, slot)| Meeting {
            dealer: meeting.dealer,
            channel: Some(next.channel),
            planned: Some(slot),
            attendees: meeting.attendees.clone(),
            ..Meeting::with_id(Id::new(fresh()))
        });
    Closing {
        meeting: closed,
        follow_up,
    }
}
