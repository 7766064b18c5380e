//! Worked examples and laws of the relationship health.

use super::*;
use crate::date::{DateSpan, Month, add_days, parse_date};
use crate::metrics;
use crate::quantity::Quantity;
use crate::schema::Record;
use crate::tables::*;
use crate::value::{Course, Figure, Outcome};
use proptest::prelude::*;

fn today() -> Date {
    parse_date("2026-07-01").unwrap()
}

fn dealer() -> Dealer {
    Dealer {
        grade: Some(Grade::B),
        status: Some(DealerStatus::Active),
        ..Dealer::with_id(Id::natural(&["dealer"]))
    }
}

fn book() -> Book {
    let mut book = Book::default();
    book.dealers.set(dealer());
    book
}

fn contact(book: &mut Book, ago: i64) {
    book.meetings.set(Meeting {
        dealer: dealer().id,
        channel: Some(Channel::Visit),
        outcome: Outcome::Done(add_days(today(), -ago)),
        ..Meeting::with_id(Id::natural(&["visit"]))
    });
}

fn promise(book: &mut Book, name: &str, kept: bool) {
    let due = add_days(today(), -30);
    book.promises.set(Promise {
        dealer: dealer().id,
        by: Some(Side::Us),
        due: Some(due),
        outcome: if kept {
            Outcome::Done(due)
        } else {
            Outcome::Dropped(due)
        },
        ..Promise::with_id(Id::natural(&["promise", name]))
    });
}

fn issue(book: &mut Book, name: &str, severity: Severity, ago: i64) {
    book.issues.set(Issue {
        dealer: dealer().id,
        severity: Some(severity),
        reported_on: Some(add_days(today(), -ago)),
        ..Issue::with_id(Id::natural(&["issue", name]))
    });
}

fn goal(book: &mut Book, reached: i64) {
    let goal = Goal {
        dealer: dealer().id,
        metric: metrics::units(),
        course: Some(Course {
            baseline: Quantity(0),
            target: Quantity::whole(365),
        }),
        span: DateSpan::new(
            parse_date("2026-01-01").unwrap(),
            parse_date("2026-12-31").unwrap(),
        ),
        ..Goal::with_id(Id::natural(&["goal"]))
    };
    let month = Month::new(2026, 6).unwrap();
    book.readings.set(Reading {
        dealer: dealer().id,
        metric: goal.metric,
        month: Some(month),
        figure: Some(Figure {
            amount: Quantity::whole(reached),
            as_of: month.last(),
        }),
        ..Reading::with_id(Reading::id_for(dealer().id, goal.metric, month))
    });
    book.goals.set(goal);
}

fn points(health: &Health) -> Vec<(PartKind, u8, u8)> {
    health
        .parts
        .iter()
        .map(|p| (p.kind, p.points, p.most))
        .collect()
}

#[test]
fn a_stranger_has_no_health() {
    assert!(Health::of(&book(), dealer().id, today()).is_none());
}

#[test]
fn parts_without_data_leave_their_weight_to_the_others() {
    let mut book = book();
    contact(&mut book, 5);
    let health = Health::of(&book, dealer().id, today()).unwrap();
    // 25 and 15 share the hundred: 62.5 and 37.5.
    assert_eq!(
        points(&health),
        [(PartKind::Freshness, 63, 63), (PartKind::Issues, 37, 37)]
    );
    assert_eq!((health.score, health.band), (100, Band::Strong));
}

#[test]
fn each_part_follows_its_rule() {
    let mut book = book();
    // 30 days overdue of twice 30: half.
    contact(&mut book, 60);
    for (name, kept) in [("a", true), ("b", true), ("c", true), ("d", false)] {
        promise(&mut book, name, kept);
    }
    // 181 days: 90.5 of 181.
    goal(&mut book, 181);
    // Severe for 90 days: 60 lost; minor today: 5 lost.
    issue(&mut book, "a", Severity::Severe, 200);
    issue(&mut book, "b", Severity::Minor, 0);
    let health = Health::of(&book, dealer().id, today()).unwrap();
    let scores: Vec<_> = health
        .parts
        .iter()
        .map(|part| part.score.basis_points())
        .collect();
    assert_eq!(scores, [5000, 7500, 10_000, 3500]);
    // (25·0.5 + 25·0.75 + 15·1 + 15·0.35) ÷ 80 = 64.375 %.
    assert_eq!((health.score, health.band), (64, Band::Fair));
    let lines = health.explain(Lang::En);
    assert!(
        lines
            .iter()
            .any(|line| line.value.contains("30 days overdue: 1 − 30 ÷ (2 × 30)"))
    );
    assert!(
        lines
            .iter()
            .any(|line| line.value.contains("2 open, less 65%"))
    );
}

#[test]
fn resting_dealers_are_not_judged_by_freshness() {
    let mut book = book();
    contact(&mut book, 300);
    promise(&mut book, "a", true);
    book.dealers.set(Dealer {
        status: Some(DealerStatus::Dormant),
        ..dealer()
    });
    let health = Health::of(&book, dealer().id, today()).unwrap();
    assert!(
        health
            .parts
            .iter()
            .all(|part| part.kind != PartKind::Freshness)
    );
}

proptest! {
    /// The parts shown sum to the health, none exceeds its most, those sum to 100.
    #[test]
    fn parts_sum_to_the_total(
        ago in prop::option::of(0i64..200), promises in prop::collection::vec(any::<bool>(), 0..9),
        reached in prop::option::of(0i64..400), issues in prop::collection::vec((1u16..4, 0i64..200), 0..5),
    ) {
        let mut book = book();
        if let Some(ago) = ago { contact(&mut book, ago) }
        for (n, kept) in promises.iter().enumerate() { promise(&mut book, &n.to_string(), *kept) }
        if let Some(reached) = reached { goal(&mut book, reached) }
        for (n, (severity, ago)) in issues.iter().enumerate() {
            issue(&mut book, &n.to_string(), Severity::from_code(*severity), *ago);
        }
        if let Some(health) = Health::of(&book, dealer().id, today()) {
            let points: u32 = health.parts.iter().map(|part| u32::from(part.points)).sum();
            let most: u32 = health.parts.iter().map(|part| u32::from(part.most)).sum();
            prop_assert_eq!(points, u32::from(health.score));
            prop_assert_eq!(most, 100);
            prop_assert!(health.parts.iter().all(|part| part.points <= part.most));
            let exact: f64 = health.parts.iter().map(|p| f64::from(p.kind.weight()) * p.score.as_f64()).sum::<f64>()
                / health.parts.iter().map(|p| f64::from(p.kind.weight())).sum::<f64>() * 100.0;
            prop_assert!((exact - f64::from(health.score)).abs() <= 0.51, "{} {}", exact, health.score);
        }
    }

    /// Whatever gets better, with all else as it is, the health never gets worse, and the part
    /// that got better shows it: it is monotone in each of its parts.
    #[test]
    fn better_is_never_worse(
        ago in 0i64..150, promises in prop::collection::vec(any::<bool>(), 1..9), reached in 0i64..400,
        issues in prop::collection::vec((1u16..4, 0i64..200), 0..5),
        what in 0usize..5, by in 1i64..60,
    ) {
        let made = |ago: i64, promises: &[bool], reached: i64, issues: &[(u16, i64)]| {
            let mut book = book();
            contact(&mut book, ago);
            for (n, kept) in promises.iter().enumerate() { promise(&mut book, &n.to_string(), *kept) }
            goal(&mut book, reached);
            for (n, (severity, ago)) in issues.iter().enumerate() {
                issue(&mut book, &n.to_string(), Severity::from_code(*severity), *ago);
            }
            Health::of(&book, dealer().id, today()).unwrap()
        };
        let before = made(ago, &promises, reached, &issues);
        let (mut promises, mut issues) = (promises, issues);
        let (after, kind) = match what {
            0 => (made((ago - by).max(0), &promises, reached, &issues), PartKind::Freshness),
            1 => {
                promises.sort_unstable();
                promises[0] = true;
                (made(ago, &promises, reached, &issues), PartKind::Promises)
            }
            2 => (made(ago, &promises, reached + by, &issues), PartKind::GoalPace),
            3 => {
                issues.pop();
                (made(ago, &promises, reached, &issues), PartKind::Issues)
            }
            _ => {
                for (severity, ago) in &mut issues {
                    *severity = (*severity + 1).min(3);
                    *ago = (*ago - by).max(0);
                }
                (made(ago, &promises, reached, &issues), PartKind::Issues)
            }
        };
        prop_assert!(after.score >= before.score, "{} < {}", after.score, before.score);
        let score = |health: &Health| health.parts.iter().find(|part| part.kind == kind).unwrap().score;
        prop_assert!(score(&after) >= score(&before));
    }
}
