//! Scores, marks, trend and ranking by worked examples.

use super::*;
use crate::ratio::Ratio;
use crate::tables::{DealerKind, Issue};
use crate::value::{Noted, Outcome};
use crate::words::Lang;
use std::sync::Arc;

#[test]
fn a_metric_scores_its_attainment_between_floor_and_cap() {
    let rising = Weight {
        floor: Rate::percent(60),
        ..weigh(metrics::sales_in(), 100, Direction::Rising)
    };
    let points = |actual: i64, target: i64, weight: &Weight| {
        attainment(
            Quantity::whole(actual),
            Quantity::whole(target),
            weight.direction,
        )
        .map(|attained| metric_score(attained, weight).0)
    };
    for (actual, want) in [
        (950, 9_500),
        (1_300, 12_000),
        (599, 0),
        (600, 6_000),
        (-5, 0),
    ] {
        assert_eq!(points(actual, 1000, &rising), Some(want), "{actual}");
    }
    for target in [0, -1000] {
        assert_eq!(points(950, target, &rising), None);
    }
    let falling = weigh(metrics::receivable_days(), 100, Direction::Falling);
    // 2 − 54 ÷ 45 = 0.8; half the target is capped at 120.
    assert_eq!(points(54, 45, &falling), Some(8_000));
    assert_eq!(points(20, 45, &falling), Some(12_000));
    assert_eq!(points(90, 45, &falling), Some(0));
    assert_eq!(points(200, 45, &falling), Some(0));
}

#[test]
fn what_has_no_data_is_left_out_and_said() {
    let rubric = rubric(vec![
        weigh(metrics::sales_in(), 50, Direction::Rising),
        weigh(metrics::satisfaction(), 30, Direction::Rising),
        weigh(metrics::receivable_days(), 20, Direction::Falling),
    ]);
    let scored = score(
        &rubric,
        &marks(vec![
            mark(metrics::sales_in(), 900, 1000),
            mark(metrics::receivable_days(), 45, 45),
        ]),
    );
    // (50 · 90 + 20 · 100) ÷ 70
    assert_eq!(scored.score, Some(Points(9_286)));
    assert_eq!(scored.coverage, Ratio::new(70, 100).unwrap());
    assert_eq!(scored.tier, Some(Tier::First));
    let lines = scored.explain(&Book::default(), Lang::En);
    let value = |label: &str| {
        let line = lines.iter().find(|line| line.label == label);
        line.unwrap_or_else(|| panic!("{label}")).value.as_str()
    };
    assert_eq!(value("Sales-in"), "¥900 ÷ ¥1,000 = 90% → 90 · weight 50");
    assert_eq!(value("Customer satisfaction"), "no reading · weight 30");
    assert_eq!(
        value("Receivable days"),
        "2 − 45 days ÷ 45 days = 100% → 100 · weight 20"
    );
    assert_eq!(value("Weighted mean"), "(50 × 90 + 20 × 100) ÷ 70 = 92.86");
    assert_eq!(value("Coverage"), "70 ÷ 100 = 70%");

    let nothing = score(&rubric, &marks(vec![mark(metrics::sales_in(), 5, 0)]));
    assert_eq!((nothing.score, nothing.tier), (None, None));
    assert_eq!(nothing.coverage, Ratio::ZERO);
    let lines = nothing.explain(&Book::default(), Lang::En);
    assert_eq!(lines[0].value, "a target of 0 cannot be scored · weight 50");
}

#[test]
fn weights_that_do_not_sum_to_a_hundred_are_said() {
    let with = |weights: [u16; 2]| {
        let rubric = rubric(vec![
            weigh(metrics::sales_in(), weights[0], Direction::Rising),
            weigh(metrics::satisfaction(), weights[1], Direction::Rising),
        ]);
        score(
            &rubric,
            &marks(vec![
                mark(metrics::sales_in(), 80, 100),
                mark(metrics::satisfaction(), 100, 100),
            ]),
        )
    };
    let (meant, other) = (with([50, 50]), with([60, 60]));
    assert_eq!(
        (meant.score, other.score),
        (Some(Points(9000)), Some(Points(9000)))
    );
    let said = |scored: &Scored| {
        scored
            .explain(&Book::default(), Lang::En)
            .iter()
            .any(|line| line.value == "The weights sum to 120; each counts by its part of that")
    };
    assert!(!said(&meant) && said(&other));
}

#[test]
fn deductions_have_a_cap_each_and_together() {
    let rubric = rubric(vec![weigh(metrics::sales_in(), 100, Direction::Rising)]);
    let with = |incidents: Vec<(IssueKind, u32)>| {
        score(
            &rubric,
            &Marks {
                marks: vec![mark(metrics::sales_in(), 100, 100)],
                incidents,
            },
        )
    };
    let points = |scored: &Scored| (scored.deduction.0, scored.score.unwrap().0);
    assert_eq!(points(&with(vec![(IssueKind::Territory, 1)])), (500, 9_500));
    // Three cost 15, but at most 10.
    assert_eq!(
        points(&with(vec![(IssueKind::Territory, 3)])),
        (1000, 9_000)
    );
    // 10 + 8, but at most 15 together.
    let both = with(vec![(IssueKind::Territory, 3), (IssueKind::Price, 2)]);
    assert_eq!(points(&both), (1500, 8_500));
    assert_eq!(both.deducted.len(), 2);
    // What the rubric does not name costs nothing.
    assert_eq!(points(&with(vec![(IssueKind::Quality, 9)])), (0, 10_000));
}

#[test]
fn marks_are_gathered_month_by_month() {
    let mut book = Book::default();
    let sales = metrics::sales_in();
    let share = metrics::market_share();
    for (month, target) in [("2026-04", 100), ("2026-05", 100), ("2026-06", 120)] {
        aim(&mut book, sales, month, target);
    }
    read(&mut book, sales, "2026-04-30", 90);
    // June runs: its target counts by ten of its thirty days. May has no reading.
    read(&mut book, sales, "2026-06-10", 50);
    read(&mut book, share, "2026-04-30", 11);
    read(&mut book, share, "2026-06-10", 12);
    let rubric = rubric(vec![
        weigh(sales, 60, Direction::Rising),
        Weight {
            target: Some(Quantity::whole(15)),
            ..weigh(share, 40, Direction::Rising)
        },
    ]);
    let marked = marked(
        &book,
        &rubric,
        dealer(),
        second_quarter(),
        day("2026-06-12"),
    );
    assert_eq!(marked.marks.marks[0], mark(sales, 140, 140));
    assert_eq!(marked.marks.marks[1], mark(share, 12, 15));
    assert_eq!(marked.metrics[0].missing, [month("2026-05")]);
    let lines = marked.explain(&book, sales, Lang::En);
    let values: Vec<_> = lines.iter().map(|line| line.value.as_str()).collect();
    assert_eq!(values, ["¥90 / ¥100", "¥50 / ¥40", "May 2026"]);
}

#[test]
fn months_without_a_target_are_not_compared() {
    let mut book = Book::default();
    let sales = metrics::sales_in();
    read(&mut book, sales, "2026-04-30", 90);
    read(&mut book, sales, "2026-05-31", -20);
    let rubric = rubric(vec![weigh(sales, 100, Direction::Rising)]);
    let gather = |book: &Book| {
        marked(book, &rubric, dealer(), second_quarter(), day("2026-07-01"))
            .marks
            .marks[0]
    };
    let without = gather(&book);
    assert_eq!(
        (without.actual, without.target),
        (Some(Quantity::whole(70)), None)
    );
    aim(&mut book, sales, "2026-05", 100);
    // Net returns score nothing, but they are no gap.
    let mark = gather(&book);
    assert_eq!(
        (mark.actual, mark.target),
        (Some(Quantity::whole(-20)), Some(Quantity::whole(100)))
    );
    assert_eq!(score(&rubric, &marks(vec![mark])).score, Some(Points(0)));
}

#[test]
fn incidents_are_the_issues_of_the_period() {
    let mut book = Book::default();
    let mut issue = |name: &str, kind, on: &str, outcome| {
        book.issues.set(Issue {
            dealer: dealer(),
            kind: Some(kind),
            reported_on: Some(day(on)),
            outcome,
            ..Issue::with_id(Id::natural(&[name]))
        });
    };
    issue("a", IssueKind::Territory, "2026-04-01", Outcome::Open);
    issue(
        "b",
        IssueKind::Territory,
        "2026-06-30",
        Outcome::Done(day("2026-07-01")),
    );
    issue(
        "c",
        IssueKind::Territory,
        "2026-05-05",
        Outcome::Dropped(day("2026-05-06")),
    );
    issue("d", IssueKind::Territory, "2026-03-31", Outcome::Open);
    issue("e", IssueKind::Delivery, "2026-05-01", Outcome::Open);
    let rubric = rubric(vec![weigh(metrics::sales_in(), 100, Direction::Rising)]);
    let marked = marked(
        &book,
        &rubric,
        dealer(),
        second_quarter(),
        day("2026-07-05"),
    );
    assert_eq!(marked.marks.incidents, [(IssueKind::Territory, 2)]);
    assert_eq!(marked.incidents.len(), 2);
}

#[test]
fn the_trend_is_the_least_squares_line() {
    let scores = |list: &[Option<i64>]| -> Vec<Option<Points>> {
        list.iter().map(|s| s.map(|s| Points(s * 100))).collect()
    };
    let of = |list: &[Option<i64>]| slope(&scores(list)).map(|slope| slope.each);
    assert_eq!(of(&[Some(70), Some(72), Some(74)]), Some(Ratio::whole(2)));
    // x = 0, 1, 3; y = 80, 70, 65: −65 ÷ 14.
    let gap = [Some(80), Some(70), None, Some(65)];
    assert_eq!(of(&gap), Ratio::new(-65, 14));
    assert_eq!(slope(&scores(&gap)).unwrap().show(), "−4.64");
    assert_eq!(of(&[Some(80), None, Some(70)]), None);
    assert_eq!(slope(&scores(&[Some(5); 6])).unwrap().show(), "0");
}

#[test]
fn equal_scores_share_a_place() {
    let dealer = |name: &str, kind| {
        Arc::new(Dealer {
            name: name.into(),
            kind: Some(kind),
            ..Dealer::with_id(Id::natural(&[name]))
        })
    };
    let (retail, online) = (DealerKind::Retailer, DealerKind::Online);
    let ranked = ranked(vec![
        (dealer("a", retail), Some(Points(8000))),
        (dealer("b", online), Some(Points(9000))),
        (dealer("c", retail), None),
        (dealer("d", retail), Some(Points(8000))),
        (dealer("e", retail), Some(Points(7000))),
    ]);
    let places: Vec<_> = ranked
        .iter()
        .map(|r| (r.dealer.name.as_str(), r.place, r.group_place))
        .collect();
    assert_eq!(
        places,
        [
            ("b", Some(1), Some(1)),
            ("a", Some(2), Some(1)),
            ("d", Some(2), Some(1)),
            ("e", Some(4), Some(3)),
            ("c", None, None),
        ]
    );
    let c = ranked.last().unwrap();
    assert_eq!((c.group_size, c.group_median), (3, Some(Ratio::whole(80))));
}

#[test]
fn what_is_wrong_with_a_rubric_is_named() {
    let sales = weigh(metrics::sales_in(), 50, Direction::Rising);
    let new = |weights, deductions| {
        Rubric::new(
            Cycle::Month,
            weights,
            deductions,
            Points(0),
            Thresholds::default(),
        )
    };
    let wrong = |change: fn(&mut Weight)| {
        let mut weight = weigh(metrics::units(), 50, Direction::Rising);
        change(&mut weight);
        new(vec![sales, weight], vec![]).unwrap_err()
    };
    assert_eq!(new(vec![], vec![]), Err(RubricFault::NoWeight));
    assert_eq!(wrong(|w| w.weight = 0), RubricFault::Weight { weight: 1 });
    assert_eq!(
        wrong(|w| w.metric = metrics::sales_in()),
        RubricFault::Twice { weight: 1 }
    );
    assert_eq!(
        wrong(|w| w.cap = Rate(0)),
        RubricFault::Limits { weight: 1 }
    );
    assert_eq!(
        wrong(|w| w.floor = Rate::percent(121)),
        RubricFault::Limits { weight: 1 }
    );
    assert_eq!(
        wrong(|w| w.direction = Direction::Newer(9)),
        RubricFault::Direction { weight: 1 }
    );
    let twice = Deduction {
        kind: IssueKind::Price,
        each: Points(1),
        most: Points(1),
    };
    let fault = new(vec![sales], vec![twice, twice]).unwrap_err();
    assert_eq!(fault, RubricFault::Deduction { deduction: 1 });
    assert_eq!(
        fault.text(Lang::En),
        "Deduction 2 is there before, or below 0"
    );
    for example in Rubric::NOTATION
        .examples
        .iter()
        .chain(Marks::NOTATION.examples)
    {
        let read = Rubric::rewritten(example).or_else(|| Marks::rewritten(example));
        assert_eq!(read.as_deref(), Some(*example));
    }
}
