//! Each story is told by the figures, the promises and the meetings, on any day.

use crate::{day, made};
use std::sync::Arc;
use tongxing_domain::book::Book;
use tongxing_domain::cadence::Cadence;
use tongxing_domain::date::Date;
use tongxing_domain::demo::stories;
use tongxing_domain::metrics;
use tongxing_domain::pacing::{Pacing, Rag};
use tongxing_domain::promises::Ledger;
use tongxing_domain::tables::{Dealer, DealerStatus, Goal, Severity, Side};
use tongxing_domain::value::Outcome;

fn on_some_days(check: impl Fn(&Book, Date)) {
    for text in [
        "2024-02-29",
        "2025-06-15",
        "2026-03-10",
        "2026-11-24",
        "2027-01-01",
        "2029-08-31",
    ] {
        let today = day(text);
        check(&made(today).book, today);
    }
}

fn dealer(book: &Book, name: &str) -> Arc<Dealer> {
    Arc::clone(
        book.dealers
            .iter()
            .find(|dealer| dealer.name == name)
            .unwrap(),
    )
}

/// The goal about a year's purchases.
fn main_goal(book: &Book, dealer: &Dealer) -> Arc<Goal> {
    let mut goals = book.goals.of(dealer.id);
    Arc::clone(
        goals
            .find(|goal| goal.metric == metrics::sales_in())
            .unwrap(),
    )
}

#[test]
fn one_is_just_below_its_target() {
    on_some_days(|book, today| {
        let dealer = dealer(book, stories::JUST_BELOW);
        let pacing = Pacing::of(book, &main_goal(book, &dealer), today).unwrap();
        assert_eq!(pacing.rag, Rag::Watch, "{today}");
        assert!(book.meetings.of(dealer.id).any(|meeting| {
            meeting.day() == Some(today)
                && meeting.planned.is_some_and(|slot| slot.start.time().0 < 12)
        }));
    });
}

#[test]
fn goals_stand_on_every_side() {
    on_some_days(|book, today| {
        let rags: Vec<Rag> = book
            .goals
            .iter()
            .filter(|goal| goal.metric == metrics::sales_in())
            .map(|goal| Pacing::of(book, goal, today).unwrap().rag)
            .collect();
        assert!(rags.contains(&Rag::Risk), "{today}");
        for rag in [Rag::Good, Rag::Watch] {
            assert!(
                rags.iter().filter(|other| **other == rag).count() >= 4,
                "{today} {rags:?}"
            );
        }
    });
}

#[test]
fn one_waits_for_a_contact() {
    on_some_days(|book, today| {
        let dealer = dealer(book, stories::OVERDUE);
        let cadence = Cadence::of(book, &dealer, today);
        assert!(cadence.overdue_days > 25, "{today}");
        assert!(cadence.planned.is_none());
        // Not everybody is overdue.
        let overdue = book
            .dealers
            .iter()
            .filter(|dealer| Cadence::of(book, dealer, today).is_overdue())
            .count();
        assert!(overdue <= 6, "{today}: {overdue}");
    });
}

#[test]
fn one_recovers_after_a_broken_promise() {
    on_some_days(|book, today| {
        let dealer = dealer(book, stories::RECOVERING);
        let broken: Vec<_> = book
            .promises
            .of(dealer.id)
            .filter(|promise| {
                promise.by == Some(Side::Us) && matches!(promise.outcome, Outcome::Dropped(_))
            })
            .collect();
        assert!(!broken.is_empty());
        assert!(Ledger::of(book, dealer.id, today).us.kept >= 3);
    });
}

#[test]
fn one_is_dormant_and_one_is_new() {
    on_some_days(|book, today| {
        let dormant = dealer(book, stories::DORMANT);
        assert_eq!(dormant.status, Some(DealerStatus::Dormant));
        let last = book
            .readings
            .of(dormant.id)
            .filter_map(|reading| reading.figure)
            .map(|figure| figure.as_of)
            .max();
        assert!((today - last.unwrap()).num_days() > 200);
        let new = dealer(book, stories::NEW);
        assert_eq!(book.readings.of(new.id).count(), 0);
        assert!((today - new.since.unwrap()).num_days() < 30);
        let prospect = dealer(book, stories::PROSPECT);
        assert_eq!(prospect.status, Some(DealerStatus::Prospect));
    });
}

#[test]
fn one_was_entered_twice() {
    let book = made(day("2026-03-10")).book;
    let [first, second] = stories::DUPLICATES.map(|name| dealer(&book, name));
    assert_eq!(
        tongxing_domain::text::fold(&first.name),
        tongxing_domain::text::fold(&second.name)
    );
    assert_eq!(first.phone, second.phone);
}

#[test]
fn one_is_in_dispute() {
    let book = made(day("2026-03-10")).book;
    let dealer = dealer(&book, stories::DISPUTE);
    assert!(
        book.issues
            .of(dealer.id)
            .any(|issue| issue.outcome.is_open() && issue.severity == Some(Severity::Severe))
    );
}
