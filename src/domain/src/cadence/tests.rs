//! Worked examples and laws of the cadence.

use super::*;
use crate::date::{Slot, parse_date};
use crate::schema::Record;
use crate::value::Outcome;
use proptest::prelude::*;

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

fn dealer() -> Dealer {
    Dealer {
        status: Some(DealerStatus::Active),
        grade: Some(Grade::B),
        ..Dealer::with_id(Id::natural(&["dealer"]))
    }
}

fn met(book: &mut Book, on: Date, channel: Channel) {
    let id = Id::natural(&["meeting", &on.to_string(), &channel.code().to_string()]);
    book.meetings.set(Meeting {
        dealer: dealer().id,
        channel: Some(channel),
        outcome: Outcome::Done(on),
        ..Meeting::with_id(id)
    });
}

#[test]
fn a_visit_opens_two_intervals_and_a_call_only_one() {
    let mut book = Book::default();
    met(&mut book, day("2026-01-01"), Channel::Visit);
    let after_visit = Cadence::of(&book, &dealer(), day("2026-01-20"));
    assert_eq!(after_visit.due, Some(day("2026-01-31")));
    assert!(!after_visit.must_visit);

    met(&mut book, day("2026-01-31"), Channel::Call);
    let after_call = Cadence::of(&book, &dealer(), day("2026-02-01"));
    assert_eq!(after_call.due, Some(day("2026-03-02")));
    assert!(after_call.must_visit);
}

#[test]
fn calls_alone_do_not_replace_the_visit() {
    let mut book = Book::default();
    met(&mut book, day("2026-01-01"), Channel::Visit);
    for on in ["2026-01-20", "2026-02-10", "2026-03-01", "2026-03-10"] {
        met(&mut book, day(on), Channel::Call);
    }
    let cadence = Cadence::of(&book, &dealer(), day("2026-03-12"));
    assert_eq!(cadence.due, Some(day("2026-03-02")));
    assert!(cadence.must_visit);
    assert_eq!(cadence.overdue_days, 10);
}

#[test]
fn messages_do_not_count() {
    let mut book = Book::default();
    met(&mut book, day("2026-01-01"), Channel::Visit);
    met(&mut book, day("2026-01-25"), Channel::Message);
    met(&mut book, day("2026-01-26"), Channel::Email);
    let cadence = Cadence::of(&book, &dealer(), day("2026-02-05"));
    assert_eq!(cadence.last_contact.unwrap().day, day("2026-01-01"));
    assert_eq!(cadence.overdue_days, 5);
}

#[test]
fn the_own_interval_comes_before_the_grade() {
    let book = Book::default();
    let mut dealer = dealer();
    let of = |dealer: &Dealer| {
        let cadence = Cadence::of(&book, dealer, day("2026-01-01"));
        (cadence.interval_days, cadence.interval_from)
    };
    assert_eq!(of(&dealer), (30, IntervalFrom::Grade(Grade::B)));
    dealer.grade = Some(Grade::A);
    assert_eq!(of(&dealer), (14, IntervalFrom::Grade(Grade::A)));
    dealer.cadence_days = Some(45);
    assert_eq!(of(&dealer), (45, IntervalFrom::Own));
    dealer.cadence_days = Some(0);
    dealer.grade = Some(Grade::Newer(9));
    assert_eq!(of(&dealer), (30, IntervalFrom::Default));
}

#[test]
fn resting_dealers_are_not_due_and_new_ones_are_due_today() {
    let book = Book::default();
    let today = day("2026-01-01");
    let fresh = Cadence::of(&book, &dealer(), today);
    assert_eq!((fresh.due, fresh.overdue_days), (Some(today), 0));
    assert!(fresh.never_contacted() && fresh.coverage.ratio().is_none());
    for status in [DealerStatus::Dormant, DealerStatus::Ended] {
        let dealer = Dealer {
            status: Some(status),
            ..dealer()
        };
        let cadence = Cadence::of(&book, &dealer, today);
        assert_eq!((cadence.due, cadence.overdue_days), (None, 0));
    }
}

#[test]
fn the_next_planned_meeting_is_found() {
    let mut book = Book::default();
    for (name, at) in [
        ("late", "2026-02-20T10:00"),
        ("soon", "2026-02-10T09:00"),
        ("past", "2026-01-10T09:00"),
    ] {
        book.meetings.set(Meeting {
            dealer: dealer().id,
            channel: Some(Channel::Visit),
            planned: Some(Slot {
                start: Minute::parse(at).unwrap(),
                minutes: 60,
            }),
            subject: name.into(),
            ..Meeting::with_id(Id::natural(&[name]))
        });
    }
    // A message that waits to be sent is no contact.
    book.meetings.set(Meeting {
        dealer: dealer().id,
        channel: Some(Channel::Message),
        planned: Some(Slot {
            start: Minute::parse("2026-02-02T09:00").unwrap(),
            minutes: 0,
        }),
        ..Meeting::with_id(Id::natural(&["message"]))
    });
    let cadence = Cadence::of(&book, &dealer(), day("2026-02-01"));
    assert_eq!(cadence.planned.unwrap().subject, "soon");
}

#[test]
fn coverage_counts_stretches_back_from_today() {
    let mut book = Book::default();
    // Four stretches of 30 days back from 1 May: the third one saw nobody.
    for on in ["2026-01-10", "2026-03-20", "2026-03-21", "2026-04-20"] {
        met(&mut book, day(on), Channel::Call);
    }
    let cadence = Cadence::of(&book, &dealer(), day("2026-05-01"));
    assert_eq!(cadence.coverage, Coverage { met: 3, due: 4 });
    assert!(
        cadence
            .explain(CadenceFigure::Next, Lang::En)
            .iter()
            .any(|line| line.value == "3 ÷ 4 intervals = 75%")
    );
}

/// Contacts from the last day of a month or from a leap day on: the due dates are the
/// calendar's, written down by hand.
#[test]
fn due_dates_cross_month_ends_and_leap_days() {
    for (start, interval, dues) in [
        ("2028-01-31", 30, ["2028-03-01", "2028-03-31", "2028-04-30"]),
        ("2027-01-31", 30, ["2027-03-02", "2027-04-01", "2027-05-01"]),
        (
            "2028-02-29",
            366,
            ["2029-03-01", "2030-03-02", "2031-03-03"],
        ),
        ("2028-02-15", 14, ["2028-02-29", "2028-03-14", "2028-03-28"]),
        ("2026-12-31", 60, ["2027-03-01", "2027-04-30", "2027-06-29"]),
    ] {
        let mut book = Book::default();
        let dealer = Dealer {
            cadence_days: Some(interval),
            ..dealer()
        };
        met(&mut book, day(start), Channel::Visit);
        for due in dues {
            let last = book.meetings.iter().filter_map(|m| m.contact_day()).max();
            let cadence = Cadence::of(&book, &dealer, last.unwrap());
            assert_eq!(cadence.due, Some(day(due)), "{start} + {interval}");
            met(&mut book, day(due), Channel::Visit);
        }
    }
}

proptest! {
    /// Whoever makes each contact on its due date is due again exactly one interval
    /// later, and visits every second time: no due date is skipped, none comes twice.
    #[test]
    fn contacts_on_their_due_dates_never_skip_or_double(
        interval in 1i64..120, rounds in 1usize..12, start in 0i64..3000,
    ) {
        let mut book = Book::default();
        let dealer = Dealer { cadence_days: Some(interval), ..dealer() };
        let start = add_days(day("2024-01-01"), start);
        met(&mut book, start, Channel::Visit);
        let mut visits = 1;
        for round in 1..=rounds {
            let on = add_days(start, interval * (round as i64 - 1));
            let cadence = Cadence::of(&book, &dealer, on);
            let due = cadence.due.unwrap();
            prop_assert_eq!(due, add_days(on, interval));
            prop_assert_eq!(cadence.must_visit, round % 2 == 0);
            visits += usize::from(cadence.must_visit);
            met(&mut book, due, if cadence.must_visit { Channel::Visit } else { Channel::Call });
        }
        prop_assert_eq!(visits, 1 + rounds / 2);
        let end = add_days(start, interval * rounds as i64);
        let coverage = Cadence::of(&book, &dealer, end).coverage;
        prop_assert_eq!(coverage.met, coverage.due);
    }

    /// Whatever happened, the due date follows the last contact by at least a day and at
    /// most an interval, or is the overdue visit; a visit always sets it anew.
    #[test]
    fn due_dates_follow_any_history(
        history in prop::collection::vec((0i64..700, 0usize..6), 0..40), interval in 1i64..366,
    ) {
        let mut book = Book::default();
        let dealer = Dealer { cadence_days: Some(interval), ..dealer() };
        let today = day("2026-12-31");
        for (ago, channel) in history {
            met(&mut book, add_days(today, -ago), Channel::ALL[channel]);
        }
        let before = Cadence::of(&book, &dealer, today);
        prop_assert!(before.coverage.met <= before.coverage.due);
        if let Some(last) = before.last_contact {
            let due = before.due.unwrap();
            prop_assert!(due <= add_days(last.day, interval));
            prop_assert!(due > last.day || before.must_visit);
        }
        met(&mut book, today, Channel::Visit);
        let after = Cadence::of(&book, &dealer, today);
        prop_assert_eq!(after.due, Some(add_days(today, interval)));
        prop_assert!(!after.must_visit);
    }
}
