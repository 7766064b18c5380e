//! Worked examples and laws of the SMART check.

use super::*;
use crate::date::{Date, DateSpan, Month, parse_date};
use crate::id::Id;
use crate::metrics;
use crate::schema::Record;
use crate::tables::{Dealer, Milestone, Need, Reading};
use crate::value::Figure;
use proptest::prelude::*;

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

fn dealer() -> Id<Dealer> {
    Id::natural(&["dealer"])
}

fn read(book: &mut Book, metric: Id<Metric>, month: Month, amount: i64) {
    book.readings.set(Reading {
        dealer: dealer(),
        metric,
        month: Some(month),
        figure: Some(Figure {
            amount: Quantity::whole(amount),
            as_of: month.last(),
        }),
        ..Reading::with_id(Reading::id_for(dealer(), metric, month))
    });
}

fn goal(metric: Id<Metric>, from: i64, to: i64) -> Goal {
    Goal {
        dealer: dealer(),
        title: "二季度月销做到 40 台".into(),
        metric,
        course: Some(Course {
            baseline: Quantity::whole(from),
            target: Quantity::whole(to),
        }),
        span: DateSpan::new(day("2026-04-01"), day("2026-06-30")),
        ..Goal::with_id(Id::natural(&["goal"]))
    }
}

fn verdicts(book: &Book, goal: &Goal) -> Vec<(char, Verdict)> {
    check(book, goal)
        .iter()
        .map(|test| (test.letter, test.verdict))
        .collect()
}

#[test]
fn an_empty_goal_fails_and_a_full_one_passes() {
    use Verdict::{Fail, Pass, Warn};
    let mut book = Book::default();
    let empty = Goal::with_id(Id::natural(&["empty"]));
    assert_eq!(
        verdicts(&book, &empty),
        [
            ('S', Fail),
            ('M', Fail),
            ('A', Warn),
            ('R', Fail),
            ('T', Fail)
        ]
    );

    let mut full = goal(metrics::units(), 0, 120);
    for n in 1..=9 {
        // 30 a month, then 33, then 40: growth of 10 % and 21 %.
        let amount = match n {
            1..=3 => 40,
            4..=6 => 33,
            _ => 30,
        };
        read(
            &mut book,
            full.metric,
            Month::new(2026, 4).unwrap().plus(-n),
            amount,
        );
    }
    let need = Need {
        title: "旺季备货".into(),
        ..Need::with_id(Id::natural(&["need"]))
    };
    full.need = need.id;
    book.needs.set(need);
    book.milestones.set(Milestone {
        goal: full.id,
        due: Some(day("2026-05-15")),
        ..Milestone::with_id(Id::natural(&["m"]))
    });
    assert!(
        verdicts(&book, &full)
            .iter()
            .all(|(_, verdict)| *verdict == Pass)
    );
    let text = check(&book, &full)[2].reason(Lang::En);
    assert_eq!(
        text,
        "120 pcs against 120 pcs in the 3 months before: 0%; the best past change over that length: +21.2%"
    );
}

#[test]
fn growth_is_measured_by_the_dealers_own_best() {
    let mut book = Book::default();
    for n in 1..=6 {
        let amount = if n <= 3 { 110 } else { 100 };
        read(
            &mut book,
            metrics::units(),
            Month::new(2026, 4).unwrap().plus(-n),
            amount,
        );
    }
    // The best so far is +10 %, from 330 on: 363 passes, up to 379.5 warns.
    let achievable = |target| check(&book, &goal(metrics::units(), 0, target))[2].verdict;
    assert_eq!(achievable(330), Verdict::Pass);
    assert_eq!(achievable(363), Verdict::Pass);
    assert_eq!(achievable(364), Verdict::Warn);
    assert_eq!(achievable(379), Verdict::Warn);
    assert_eq!(achievable(380), Verdict::Fail);
}

#[test]
fn falling_values_are_measured_by_the_best_fall() {
    let mut book = Book::default();
    for (n, days) in [(1, 60), (2, 62), (3, 66), (4, 70)] {
        read(
            &mut book,
            metrics::receivable_days(),
            Month::new(2026, 4).unwrap().plus(-n),
            days,
        );
    }
    // Over three months the best was 70 → 60.
    let achievable =
        |target| check(&book, &goal(metrics::receivable_days(), 60, target))[2].verdict;
    assert_eq!(achievable(50), Verdict::Pass);
    assert_eq!(achievable(45), Verdict::Warn);
    assert_eq!(achievable(44), Verdict::Fail);
    let against = check(&book, &goal(metrics::receivable_days(), 60, 70));
    assert_eq!(against[1].verdict, Verdict::Warn);
}

#[test]
fn too_little_history_is_said_so() {
    let mut book = Book::default();
    read(
        &mut book,
        metrics::units(),
        Month::new(2026, 3).unwrap(),
        100,
    );
    let test = &check(&book, &goal(metrics::units(), 0, 120))[2];
    assert_eq!(test.verdict, Verdict::Warn);
    assert!(test.reason(Lang::Zh).contains("历史数据不足"));
}

#[test]
fn milestones_belong_within_the_time() {
    let mut book = Book::default();
    let goal = goal(metrics::units(), 0, 120);
    assert_eq!(check(&book, &goal)[4].verdict, Verdict::Warn);
    book.milestones.set(Milestone {
        goal: goal.id,
        due: Some(day("2026-07-01")),
        ..Milestone::with_id(Id::natural(&["m"]))
    });
    assert_eq!(
        check(&book, &goal)[4].reason(Lang::En),
        "A milestone lies outside the period"
    );
}

proptest! {
    /// Asking for less is never judged worse, and no numbers make it panic.
    #[test]
    fn less_is_never_worse(amounts in prop::collection::vec(0i64..1_000, 0..20), a in any::<i32>(), b in any::<i32>()) {
        let mut book = Book::default();
        for (n, amount) in amounts.iter().enumerate() {
            read(&mut book, metrics::units(), Month::new(2026, 3).unwrap().plus(-(n as i32)), *amount);
        }
        let verdict = |target: i32| check(&book, &goal(metrics::units(), 0, target.into()))[2].verdict;
        prop_assert!(verdict(a.min(b)) <= verdict(a.max(b)));
    }
}
