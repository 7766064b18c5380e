//! The visit of a day: the one that is there already, or a new one.

use crate::book::Book;
use crate::date::{Date, Minute, Slot};
use crate::id::Id;
use crate::tables::{Channel, Dealer, Meeting, MeetingStage};

/// How long a visit is planned for, in minutes.
const LENGTH: u16 = 60;

/// The visit to a dealer that belongs to a day and is not over: the running one, else the
/// earliest planned one.
pub fn open_visit(book: &Book, dealer: Id<Dealer>, day: Date) -> Option<Id<Meeting>> {
    let rank = |meeting: &Meeting| match meeting.stage() {
        MeetingStage::Running => Some((0, meeting.started)),
        MeetingStage::Planned => Some((1, meeting.planned.map(|slot| slot.start))),
        MeetingStage::Closed | MeetingStage::CalledOff => None,
    };
    book.meetings
        .of(dealer)
        .filter(|meeting| meeting.channel == Some(Channel::Visit) && meeting.day() == Some(day))
        .filter_map(|meeting| Some((rank(meeting)?, meeting.id)))
        .min()
        .map(|(_, id)| id)
}

/// A visit of an hour, in the next full hour.
pub fn visit_soon(id: Id<Meeting>, dealer: Id<Dealer>, now: Minute) -> Meeting {
    Meeting {
        dealer,
        channel: Some(Channel::Visit),
        planned: Some(Slot {
            start: now.next_full_hour(),
            minutes: LENGTH,
        }),
        ..crate::schema::Record::with_id(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::parse_date;
    use crate::value::Outcome;

    #[test]
    fn the_running_visit_goes_before_planned_ones_and_closed_ones_are_over() {
        let day = parse_date("2026-03-05").unwrap();
        let at = |hour| Minute::at(day, hour, 20).unwrap();
        let dealer = Id::natural(&["dealer"]);
        let mut book = Book::default();
        assert_eq!(open_visit(&book, dealer, day), None);
        let late = visit_soon(Id::natural(&["late"]), dealer, at(15));
        let early = visit_soon(Id::natural(&["early"]), dealer, at(8));
        assert_eq!(early.planned.unwrap().start, Minute::at(day, 9, 0).unwrap());
        book.meetings.set(late.clone());
        book.meetings.set(early.clone());
        assert_eq!(open_visit(&book, dealer, day), Some(early.id));
        let mut running = late.clone();
        running.started = Some(at(15));
        book.meetings.set(running.clone());
        assert_eq!(open_visit(&book, dealer, day), Some(late.id));
        running.outcome = Outcome::Done(day);
        book.meetings.set(running);
        assert_eq!(open_visit(&book, dealer, day), Some(early.id));
        assert_eq!(open_visit(&book, Id::natural(&["other"]), day), None);
    }
}
