//! A call or a message in two taps: it has happened, so it is written down and closed at once.

use crate::date::Minute;
use crate::id::Id;
use crate::schema::Record;
use crate::tables::{Channel, Contact, Dealer, Meeting};
use crate::text::{Lines, clean};
use crate::value::Outcome;

/// A contact that has just taken place, with what was said, if anything is to be kept.
pub fn quick_log(
    id: Id<Meeting>,
    dealer: Id<Dealer>,
    channel: Channel,
    with: Option<Id<Contact>>,
    said: &str,
    now: Minute,
) -> Meeting {
    Meeting {
        dealer,
        channel: Some(channel),
        started: Some(now),
        ended: Some(now),
        attendees: with.into_iter().collect(),
        minutes: clean(said, Lines::Many),
        outcome: Outcome::Done(now.date()),
        ..Meeting::with_id(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Book;
    use crate::cadence::Cadence;
    use crate::schema::problems;
    use crate::tables::MeetingStage;

    #[test]
    fn a_call_counts_from_the_moment_it_is_logged() {
        let now = Minute::parse("2028-02-29T23:59").unwrap();
        let dealer = Dealer::with_id(Id::natural(&["dealer"]));
        let id = Id::natural(&["call"]);
        let call = quick_log(id, dealer.id, Channel::Call, None, " 到货周四前 \n", now);
        assert_eq!(
            (call.stage(), call.minutes.as_str()),
            (MeetingStage::Closed, "到货周四前")
        );
        assert_eq!(problems(&call), []);
        let mut book = Book::default();
        book.meetings.set(call);
        let cadence = Cadence::of(&book, &dealer, now.date());
        assert_eq!(cadence.last_contact.map(|made| made.day), Some(now.date()));
    }
}
