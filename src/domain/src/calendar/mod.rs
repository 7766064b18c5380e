//! The calendar: what stands on each day, and moving it to another.
//!
//! Times are civil: a meeting at ten stays at ten, whatever time zone the tablet is in. A
//! week begins on Monday.

mod dates;
mod moving;
mod occurrences;
mod revising;
mod slots;
#[cfg(test)]
mod tests;

pub(crate) use dates::Dated;
pub use moving::move_to;
pub use occurrences::{change_from, coming, end_before, occurrence, open_dates};
pub use revising::{Reach, call_off, end_from, revise};
pub use slots::NotASlot;

use crate::attention::{Due, due_within};
use crate::book::Book;
use crate::date::{Date, DateSpan, Month, Slot, add_days};
use crate::id::{Id, Uuid};
use crate::tables::{Contract, Dealer, Meeting, Series};
use crate::value::Outcome;
use chrono::Datelike;
use std::sync::Arc;

/// The Monday-to-Sunday week that holds a day.
pub fn week_of(day: Date) -> DateSpan {
    let monday = add_days(day, -i64::from(day.weekday().num_days_from_monday()));
    span(monday, add_days(monday, 6))
}

/// The whole weeks that show a month: four to six of them.
pub fn weeks_of(month: Month) -> DateSpan {
    span(week_of(month.first()).start(), week_of(month.last()).end())
}

fn span(start: Date, end: Date) -> DateSpan {
    // The start is never after the end here; a single day stands for what cannot be.
    DateSpan::new(start, end).unwrap_or_else(|| DateSpan::day(start))
}

/// What stands on a day.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A meeting that is planned, running or closed.
    Meeting(Arc<Meeting>),
    /// An occurrence of a recurring meeting that nobody touched yet, by its date.
    Occurrence(Arc<Series>, Date),
    /// Something that is due.
    Due(Due),
    /// A contract that ends.
    ContractEnd(Arc<Contract>),
}

/// Something on one day of the calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The day.
    pub day: Date,
    /// The time, which may have begun on an earlier day; `None` for the whole day.
    pub time: Option<Slot>,
    /// The dealer.
    pub dealer: Id<Dealer>,
    /// What it is.
    pub what: What,
}

impl Item {
    /// Whether it began on an earlier day.
    pub fn is_continued(&self) -> bool {
        self.time.is_some_and(|slot| slot.start.date() < self.day)
    }

    fn order(&self) -> (Date, bool, i64, u8, Uuid) {
        let (kind, id) = match &self.what {
            What::Meeting(meeting) => (0, meeting.id.uuid()),
            What::Occurrence(series, _) => (1, series.id.uuid()),
            What::Due(due) => (2, due.link.id),
            What::ContractEnd(contract) => (3, contract.id.uuid()),
        };
        let begins = self.time.map_or(0, |slot| slot.start.index());
        (self.day, self.time.is_some(), begins, kind, id)
    }
}

/// What stands on the days of a window, of one dealer or of all: the whole day's items first,
/// then by time. What crosses midnight stands on each day that it touches. Meetings that were
/// called off and what belongs to dealers in the bin are left out.
pub fn items(book: &Book, window: DateSpan, dealer: Option<Id<Dealer>>, today: Date) -> Vec<Item> {
    let mut found = Vec::new();
    let wanted =
        |of: Id<Dealer>| dealer.is_none_or(|dealer| dealer == of) && book.dealers.get(of).is_some();
    let mut add_meetings = |dealer: &Dealer| {
        for meeting in book.meetings_within(dealer.id, window) {
            add_meeting(meeting, window, &mut found);
        }
    };
    match dealer {
        Some(dealer) => {
            if let Some(dealer) = book.dealers.get(dealer) {
                add_meetings(dealer);
            }
        }
        None => book.dealers.iter().for_each(|it| add_meetings(it)),
    }
    for series in book.series.iter().filter(|series| wanted(series.dealer)) {
        // An occurrence that crosses midnight begins before the window.
        let before = span(add_days(window.start(), -7), window.end());
        for on in open_dates(book, series, before) {
            let Some(slot) = series.slot_on(on) else {
                continue;
            };
            for day in slot.days().filter(|day| window.contains(*day)) {
                found.push(Item {
                    day,
                    time: Some(slot),
                    dealer: series.dealer,
                    what: What::Occurrence(Arc::clone(series), on),
                });
            }
        }
    }
    for due in due_within(book, window, dealer, today) {
        found.push(Item {
            day: due.due,
            time: None,
            dealer: due.dealer,
            what: What::Due(due),
        });
    }
    for contract in book.contracts.iter() {
        if let Some(end) = contract.span.map(|span| span.end())
            && window.contains(end)
            && contract.outcome.is_open()
            && wanted(contract.dealer)
        {
            found.push(Item {
                day: end,
                time: None,
                dealer: contract.dealer,
                what: What::ContractEnd(Arc::clone(contract)),
            });
        }
    }
    found.sort_by_cached_key(Item::order);
    found
}

fn add_meeting(meeting: &Arc<Meeting>, window: DateSpan, found: &mut Vec<Item>) {
    let mut add = |day: Date, time: Option<Slot>| {
        if window.contains(day) {
            found.push(Item {
                day,
                time,
                dealer: meeting.dealer,
                what: What::Meeting(Arc::clone(meeting)),
            });
        }
    };
    match (meeting.time(), meeting.outcome) {
        (Some(slot), _) => slot.days().for_each(|day| add(day, Some(slot))),
        (None, Outcome::Done(day)) => add(day, None),
        (None, _) => {}
    }
}

impl Meeting {
    /// When it takes or took place: from its beginning to its end, or to the length that was
    /// planned while it has none, else as planned. An end that lies before the beginning, as
    /// two tablets can make it, counts as none.
    pub fn time(&self) -> Option<Slot> {
        let planned = self.planned;
        let Some(start) = self.started else {
            return planned;
        };
        let held = self.ended.and_then(|end| Slot::between(start, end).ok());
        Some(held.unwrap_or(Slot {
            start,
            minutes: planned.map_or(0, |slot| slot.minutes),
        }))
    }
}
