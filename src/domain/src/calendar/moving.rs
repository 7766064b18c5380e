//! Moving what stands in the calendar.

use super::{What, occurrence};
use crate::book::Book;
use crate::date::{Minute, Slot};
use crate::schema::{Change, changes};
use crate::settle::put_off;
use crate::tables::{Meeting, MeetingStage};

/// What to write so that an item begins at another minute and lasts as long as before. One
/// occurrence of a series moves alone. What is due moves to the day. Nothing for a meeting
/// that has begun and for a contract: what happened or was signed cannot be moved.
pub fn move_to(book: &Book, what: &What, to: Minute) -> Vec<Change> {
    match what {
        What::Meeting(meeting) if meeting.stage() == MeetingStage::Planned => {
            let mut moved = Meeting::clone(meeting);
            moved.planned = Some(Slot {
                start: to,
                minutes: meeting.planned.map_or(60, |slot| slot.minutes),
            });
            changes(Some(&**meeting), &moved)
        }
        What::Meeting(_) => Vec::new(),
        What::Occurrence(series, on) => {
            let mut moved = occurrence(series, *on);
            moved.planned = moved.planned.map(|slot| Slot { start: to, ..slot });
            changes(None, &moved)
        }
        What::Due(due) => put_off(book, due.link, to.date()),
        // What was signed ends when it says.
        What::ContractEnd(_) => Vec::new(),
    }
}
