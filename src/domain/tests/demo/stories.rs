//! Each story is told by the figures, the promises and the meetings, on any day.

use crate::{day, made};
use std::sync::Arc;
use tongxing_domain::attention;
use tongxing_domain::book::Book;
use tongxing_domain::cadence::Cadence;
use tongxing_domain::date::Date;
use tongxing_domain::demo::{self, stories};
use tongxing_domain::digest::Digest;
use tongxing_domain::goals::{self, AgreedState};
use tongxing_domain::issues::{self, Deadline, Escalation};
use tongxing_domain::log;
use tongxing_domain::metrics;
use tongxing_domain::pacing::{Pacing, Rag};
use tongxing_domain::promises::Ledger;
use tongxing_domain::quantity::Quantity;
use tongxing_domain::rules::{self, Facts};
use tongxing_domain::strategy::{Balance, JointPlan, radars};
use tongxing_domain::tables::{
    Dealer, DealerStatus, EscalationLevel, Goal, IssueStage, Severity, Side,
};
use tongxing_domain::value::Outcome;
use tongxing_domain::words::Lang;

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

/// A first look shows a day that can be worked through: something of everything, little of it late.
#[test]
fn a_day_is_lively_and_not_gloomy() {
    on_some_days(|book, today| {
        let found = attention::Attention::of(book, today);
        let due = found.due.len();
        let late = found.due.iter().filter(|due| due.is_late()).count();
        let behind = found.behind.len();
        let told = format!("{today}: {due} due, {late} late, {behind} behind");
        assert_eq!(found.visits.len(), 3, "{told}");
        assert!((10..=22).contains(&due), "{told}");
        assert!((3..=9).contains(&late), "{told}");
        assert!((4..=9).contains(&behind), "{told}");
        assert!((1..=5).contains(&found.overdue.len()), "{told}");
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

#[test]
fn one_dispute_was_escalated_and_resolved() {
    on_some_days(|book, today| {
        let complaining = dealer(book, stories::RESOLVED_DISPUTE);
        let other = dealer(book, stories::OTHER_SIDE);
        let issue = issues::of_dealer(book, complaining.id)
            .find(|issue| issue.other_dealer == other.id)
            .unwrap();
        assert_eq!(issue.stage(), IssueStage::Reviewed, "{today}");
        assert_eq!(issues::against_dealer(book, other.id).count(), 1);
        assert!(!issue.root_cause.is_empty() && issue.satisfaction.is_some());
        let about = attention::link_to(&**issue);
        let levels: Vec<_> = log::entries(book, about)
            .iter()
            .filter_map(|entry| entry.level)
            .collect();
        assert_eq!(levels, [EscalationLevel::Region, EscalationLevel::Sales]);
        // The dealer reads of it what it may, and never who the other side is.
        let shared = log::shared(book, about);
        assert!(shared.len() >= 5 && shared.iter().all(|entry| !entry.text.contains("扬州")));
        assert_eq!(issues::steps(book, issue.id).len(), 3);
        // It took longer than a severe issue may: that is why it went up twice.
        assert!(Deadline::of(issue, today).unwrap().late_days() > 0);
    });
}

#[test]
fn both_sides_kept_and_broke_promises() {
    on_some_days(|book, today| {
        let dealer = dealer(book, stories::RESOLVED_DISPUTE);
        let ledger = Ledger::of(book, dealer.id, today);
        for tally in [ledger.us, ledger.dealer] {
            assert!(tally.kept > 0 && tally.broken > 0, "{today}: {tally:?}");
        }
    });
}

#[test]
fn the_open_dispute_waits_for_the_next_level() {
    on_some_days(|book, today| {
        let dealer = dealer(book, stories::DISPUTE);
        let issue = issues::of_dealer(book, dealer.id).next().unwrap();
        let escalation = Escalation::of(book, issue, today).unwrap();
        assert_eq!(escalation.told, Some(EscalationLevel::Sales));
        assert_eq!(escalation.outstanding(), Some(EscalationLevel::Company));
        assert!(
            Digest::of(book, today)
                .to_escalate
                .iter()
                .any(|other| other.id == issue.id)
        );
    });
}

#[test]
fn one_goal_was_agreed_revised_and_agreed_anew() {
    on_some_days(|book, today| {
        let dealer = dealer(book, stories::JUST_BELOW);
        let goal = main_goal(book, &dealer);
        let revisions = goals::revisions(book, goal.id);
        assert_eq!(revisions.len(), 1, "{today}");
        assert_eq!(revisions[0].course_after, goal.course);
        let (first, _) = goals::as_first_set(book, &goal);
        assert!(first.unwrap().target > goal.course.unwrap().target);
        assert!(matches!(goals::state(book, &goal), AgreedState::Holds(_)));
        assert_eq!(book.agreements.of(goal.id).count(), 2);
        let drawing = demo::signature();
        assert!(drawing.is_drawn());
        for agreement in book.agreements.of(goal.id) {
            assert!(agreement.is_signed() && agreement.signature == drawing.id());
        }
    });
}

#[test]
fn one_plan_over_three_years_is_in_its_second() {
    on_some_days(|book, today| {
        let dealer = dealer(book, stories::LONG_TERM);
        let plan = book.business_plans.of(dealer.id).next().unwrap();
        let joint = JointPlan::of(book, plan.id, today).unwrap();
        assert_eq!((joint.years.len(), joint.year), (3, Some(2)), "{today}");
        let cascaded = &joint.objectives[0];
        assert_eq!(cascaded.goals.len(), 3);
        assert_eq!(cascaded.initiatives.len(), 1);
        assert!(
            !cascaded.pacing.as_ref().unwrap().rag.is_behind(),
            "{today}"
        );
        let balance = Balance::of(book, &cascaded.goals[1]).unwrap();
        assert_eq!((balance.goals.len(), balance.gap()), (4, Quantity(0)));
        // The first year was looked back at once its time had come.
        let late = joint.reviews_due(today).next().is_some();
        assert!(!late || today <= joint.years[0].review_by);
        assert_eq!(radars(book, dealer.id).len(), 2);
    });
}

#[test]
fn the_rule_that_is_on_has_done_its_work() {
    on_some_days(|book, today| {
        let facts = Facts { book, today };
        assert!(rules::run(&facts, Lang::Zh).is_empty(), "{today}");
        let firing = book.firings.iter().next().unwrap();
        let rule = book.rules.get(firing.rule).unwrap();
        assert_eq!(rules::history(book, rule).len(), 1);
        // Were all of them on, they would find something to do.
        let found = book
            .rules
            .iter()
            .map(|rule| rules::occasions(&facts, rule).len());
        assert!(found.filter(|count| *count > 0).count() >= 3, "{today}");
    });
}
