//! Worked examples and laws of pacing.

use super::*;
use crate::date::{DateSpan, parse_date};
use crate::id::Id;
use crate::metrics;
use crate::schema::Record;
use crate::tables::{Dealer, Reading};
use crate::value::{Course, Figure, Shape};
use crate::words::Lang;
use proptest::prelude::*;

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

fn dealer() -> Id<Dealer> {
    Id::natural(&["dealer"])
}

fn goal(metric: Id<Metric>, baseline: i64, target: i64, start: &str, end: &str) -> Goal {
    Goal {
        dealer: dealer(),
        metric,
        course: Some(Course {
            baseline: Quantity::whole(baseline),
            target: Quantity::whole(target),
        }),
        span: DateSpan::new(day(start), day(end)),
        ..Goal::with_id(Id::natural(&["goal"]))
    }
}

fn read(book: &mut Book, metric: Id<Metric>, as_of: &str, amount: i64) {
    read_on(book, metric, day(as_of), Quantity::whole(amount));
}

fn read_on(book: &mut Book, metric: Id<Metric>, as_of: Date, amount: Quantity) {
    let month = Month::of(as_of);
    book.readings.set(Reading {
        dealer: dealer(),
        metric,
        month: Some(month),
        figure: Some(Figure { amount, as_of }),
        ..Reading::with_id(Reading::id_for(dealer(), metric, month))
    });
}

fn whole(units: i64) -> Option<Quantity> {
    Some(Quantity::whole(units))
}

#[test]
fn sales_add_up_against_an_even_year() {
    let mut book = Book::default();
    let goal = goal(metrics::sales_in(), 0, 365_000, "2026-01-01", "2026-12-31");
    read(&mut book, goal.metric, "2026-01-31", 31_000);
    read(&mut book, goal.metric, "2026-02-28", 20_000);
    // Ten days of March.
    read(&mut book, goal.metric, "2026-03-10", 9_000);
    let pacing = Pacing::of(&book, &goal, day("2026-03-20")).unwrap();
    assert_eq!(pacing.actual, whole(60_000));
    assert_eq!(pacing.as_of, Some(day("2026-03-10")));
    assert_eq!(pacing.days_old, Some(10));
    // 69 days have passed by the last reading: ¥69,000 expected.
    assert_eq!(pacing.expected_now, Quantity::whole(69_000));
    assert_eq!(pacing.pace, Ratio::new(60, 69));
    assert_eq!(pacing.rag, Rag::Watch);
    assert!(!pacing.reached);
    // 305,000 over 21/31 of March and nine months.
    assert_eq!(pacing.required_per_month, Some(Quantity(3_151_667)));
    // At 60/69 of the way: 365,000 · 60/69.
    assert_eq!(pacing.forecast.unwrap().mid, Quantity(31_739_130));
    let (low, high) = pacing.forecast.unwrap().range.unwrap();
    assert!(low < pacing.forecast.unwrap().mid && pacing.forecast.unwrap().mid < high);
}

#[test]
fn monthly_weights_carry_the_season() {
    let shape = Shape([5, 3, 6, 8, 10, 14, 8, 8, 9, 10, 13, 6]);
    let course = Course {
        baseline: Quantity(0),
        target: Quantity::whole(1000),
    };
    let year = DateSpan::new(day("2026-01-01"), day("2026-12-31")).unwrap();
    let schedule = Schedule::new(course, year, Some(shape));
    let expected = |text| schedule.expected(day(text));
    assert_eq!(expected("2025-12-31"), Quantity(0));
    assert_eq!(expected("2026-01-31"), Quantity::whole(50));
    assert_eq!(expected("2026-03-31"), Quantity::whole(140));
    // Half of June's 140 after half of its days.
    assert_eq!(expected("2026-06-15"), Quantity::whole(390));
    assert_eq!(expected("2026-12-31"), Quantity::whole(1000));
    assert_eq!(expected("2027-05-01"), Quantity::whole(1000));
}

#[test]
fn part_months_count_by_their_days() {
    let mut book = Book::default();
    let goal = goal(metrics::units(), 0, 340, "2026-03-15", "2026-04-30");
    // 31 pieces in 31 days; 17 of them lie within.
    read(&mut book, goal.metric, "2026-03-31", 31);
    let pacing = Pacing::of(&book, &goal, day("2026-04-05")).unwrap();
    assert_eq!(pacing.actual, whole(17));

    let shape = Shape([0, 0, 31, 30, 0, 0, 0, 0, 0, 0, 0, 0]);
    let weighted = Schedule::new(goal.course.unwrap(), goal.span.unwrap(), Some(shape));
    assert_eq!(
        weighted.share(day("2026-03-31")),
        Ratio::new(17, 47).unwrap()
    );
}

#[test]
fn a_share_is_compared_from_its_baseline() {
    let mut book = Book::default();
    let goal = goal(metrics::market_share(), 10, 16, "2026-01-01", "2026-06-30");
    read(&mut book, goal.metric, "2026-03-31", 12);
    let pacing = Pacing::of(&book, &goal, day("2026-05-20")).unwrap();
    assert_eq!(pacing.actual, whole(12));
    // 90 of 181 days: 6 · 90 ÷ 181 = 2.98 points expected, 2 achieved.
    assert_eq!(pacing.pace, Ratio::new(2 * 181, 6 * 90));
    assert_eq!(pacing.rag, Rag::Risk);
    assert_eq!(pacing.days_old, Some(50));
    assert_eq!(
        pacing.missing,
        [Month::new(2026, 1).unwrap(), Month::new(2026, 2).unwrap()]
    );
    // 4 points in three months.
    assert_eq!(pacing.required_per_month, Some(Quantity(133)));
}

#[test]
fn days_that_are_to_fall_work_the_same_way() {
    let mut book = Book::default();
    let goal = goal(
        metrics::receivable_days(),
        60,
        40,
        "2026-01-01",
        "2026-12-31",
    );
    read(&mut book, goal.metric, "2026-06-30", 50);
    let pacing = Pacing::of(&book, &goal, day("2026-07-01")).unwrap();
    assert_eq!(pacing.pace, Ratio::new(10 * 365, 20 * 181));
    assert_eq!(pacing.rag, Rag::Good);
    assert_eq!(pacing.required_per_month, Some(Quantity(-167)));
    read(&mut book, goal.metric, "2026-07-31", 39);
    let reached = Pacing::of(&book, &goal, day("2026-08-01")).unwrap();
    assert!(reached.reached && reached.required_per_month.is_none());
}

#[test]
fn what_adds_up_and_is_to_stay_low_has_a_ceiling() {
    let mut book = Book::default();
    let metric = Metric {
        name: "客诉".into(),
        unit: Some(Unit::Times),
        direction: Some(Direction::Falling),
        gathering: Some(Gathering::Sum),
        ..Metric::with_id(Id::natural(&["complaints"]))
    };
    let goal = goal(metric.id, 0, 12, "2026-01-01", "2026-12-31");
    book.metrics.set(metric);
    read(&mut book, goal.metric, "2026-06-30", 3);
    let calm = Pacing::of(&book, &goal, day("2026-07-01")).unwrap();
    assert!(calm.is_ceiling && !calm.reached);
    assert_eq!(calm.rag, Rag::Good);
    read(&mut book, goal.metric, "2026-05-31", 6);
    let much = Pacing::of(&book, &goal, day("2026-07-01")).unwrap();
    // 9 used where 12 · 181 ÷ 365 were allowed.
    assert_eq!(much.pace, Ratio::new(2 * 12 * 181 - 9 * 365, 12 * 181));
    assert_eq!(much.rag, Rag::Risk);
    assert_eq!(much.required_per_month, Some(Quantity(50)));
}

#[test]
fn no_colour_before_it_means_something() {
    let mut book = Book::default();
    let goal = goal(metrics::sales_in(), 0, 1000, "2026-01-01", "2026-12-31");
    let of = |book: &Book, today| Pacing::of(book, &goal, day(today)).unwrap();
    assert_eq!(of(&book, "2026-06-01").rag, Rag::NoData);
    read(&mut book, goal.metric, "2026-01-31", 1);
    let early = of(&book, "2026-02-01");
    assert_eq!((early.rag, early.forecast), (Rag::TooEarly, None));
    // 55 of 365 days are just more than 15 %.
    read(&mut book, goal.metric, "2026-02-24", 1);
    assert_eq!(of(&book, "2026-02-25").rag, Rag::Risk);
    // A reading that is late is compared on its own day, so it stays too early.
    let mut late = Book::default();
    read(&mut late, goal.metric, "2026-01-31", 1);
    assert_eq!(of(&late, "2026-09-01").rag, Rag::TooEarly);
}

#[test]
fn limits_are_exact() {
    let mut book = Book::default();
    let goal = goal(metrics::units(), 0, 1000, "2026-01-01", "2026-12-31");
    let rag = |book: &mut Book, hundredths| {
        read_on(book, goal.metric, day("2026-12-31"), Quantity(hundredths));
        Pacing::of(book, &goal, day("2027-01-05")).unwrap().rag
    };
    assert_eq!(rag(&mut book, 95_000), Rag::Good);
    assert_eq!(rag(&mut book, 94_999), Rag::Watch);
    assert_eq!(rag(&mut book, 80_000), Rag::Watch);
    assert_eq!(rag(&mut book, 79_999), Rag::Risk);
}

#[test]
fn a_goal_without_its_metric_has_no_pacing() {
    let book = Book::default();
    let goal = goal(Id::natural(&["unknown"]), 0, 1, "2026-01-01", "2026-12-31");
    assert!(Pacing::of(&book, &goal, day("2026-02-01")).is_none());
}

#[test]
fn readings_of_the_future_do_not_count() {
    let mut book = Book::default();
    let goal = goal(metrics::units(), 0, 100, "2026-01-01", "2026-12-31");
    read(&mut book, goal.metric, "2026-06-30", 10);
    read(&mut book, goal.metric, "2026-11-30", 99);
    let pacing = Pacing::of(&book, &goal, day("2026-07-15")).unwrap();
    assert_eq!(pacing.actual, whole(10));
}

#[test]
fn the_range_narrows_when_months_are_alike() {
    let range = |amounts: [i64; 4]| {
        let mut book = Book::default();
        let goal = goal(metrics::units(), 0, 1200, "2026-01-01", "2026-12-31");
        for (day, amount) in ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]
            .into_iter()
            .zip(amounts)
        {
            read(&mut book, goal.metric, day, amount);
        }
        let pacing = Pacing::of(&book, &goal, day("2026-05-02")).unwrap();
        let (low, high) = pacing.forecast.unwrap().range.unwrap();
        assert!(low >= pacing.actual.unwrap());
        high.0 - low.0
    };
    assert!(range([100, 98, 102, 100]) < range([40, 160, 60, 140]));
}

#[test]
fn the_chart_joins_what_is_there_to_what_is_foreseen() {
    let mut book = Book::default();
    let goal = goal(metrics::units(), 0, 120, "2026-01-01", "2026-12-31");
    for day in ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-10"] {
        read(&mut book, goal.metric, day, 8);
    }
    let series = Pacing::of(&book, &goal, day("2026-04-20"))
        .unwrap()
        .series();
    assert_eq!(series.len(), 1 + 12 + 1);
    assert!(series.windows(2).all(|pair| pair[0].day < pair[1].day));
    let now = series.iter().find(|p| p.day == day("2026-04-10")).unwrap();
    assert_eq!(
        (now.actual, now.forecast.unwrap().mid),
        (whole(32), Quantity::whole(32))
    );
    assert!(
        series
            .iter()
            .all(|p| p.forecast.is_some() == (p.day >= day("2026-04-10")))
    );
    assert_eq!(series.last().unwrap().expected, Quantity::whole(120));
}

#[test]
fn last_years_months_give_the_weights() {
    let mut book = Book::default();
    let metric = metrics::sales_in();
    let before = Month::new(2026, 4).unwrap();
    for back in 1..=12 {
        let month = before.plus(-back);
        let amount = if month.number() == 11 { 900 } else { 100 };
        read_on(&mut book, metric, month.last(), Quantity::whole(amount));
    }
    let shape = last_years_shape(&book, dealer(), metric, before).unwrap();
    assert_eq!(shape.0, [50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 450, 50]);
    assert!(last_years_shape(&book, dealer(), metric, before.plus(1)).is_none());
}

#[test]
fn the_explanation_shows_the_arithmetic() {
    let mut book = Book::default();
    let goal = goal(metrics::sales_in(), 0, 365_000, "2026-01-01", "2026-12-31");
    read(&mut book, goal.metric, "2026-03-10", 60_000);
    let pacing = Pacing::of(&book, &goal, day("2026-03-20")).unwrap();
    for lang in [Lang::Zh, Lang::En] {
        let lines = pacing.explain(lang);
        let has = |part: &str| lines.iter().any(|line| line.value.contains(part));
        assert!(has("¥60,000 ÷ ¥69,000 = 87%"), "{lines:?}");
        assert!(has("¥0 → ¥365,000"));
        assert!(
            lines
                .iter()
                .all(|line| !line.label.is_empty() && !line.value.is_empty())
        );
    }
}

prop_compose! {
    fn spans()(start in 0i64..4000, length in 0i64..1500) -> DateSpan {
        let start = add_days(day("2020-01-01"), start);
        DateSpan::new(start, add_days(start, length)).unwrap()
    }
}

fn shapes() -> impl Strategy<Value = Option<Shape>> {
    prop::option::of(prop::array::uniform12(0u16..=1000).prop_map(Shape))
}

proptest! {
    /// The weights of all months sum to one, whatever the span cuts.
    #[test]
    fn weights_sum_to_one(span in spans(), shape in shapes()) {
        let schedule = Schedule::new(Course::default(), span, shape);
        let mut sum = 0.0;
        for month in span.months() {
            let share = |day| schedule.share(day).as_f64();
            sum += share(month.last()) - share(add_days(month.first(), -1));
        }
        prop_assert!((sum - 1.0).abs() < 1e-9);
        prop_assert_eq!(schedule.share(span.end()), Ratio::ONE);
        prop_assert_eq!(schedule.share(add_days(span.start(), -1)), Ratio::ZERO);
    }

    /// What is expected goes from baseline to target and never back.
    #[test]
    fn expected_is_monotone(
        span in spans(), shape in shapes(),
        baseline in any::<i64>(), target in any::<i64>(), at in prop::collection::vec(-50i64..1600, 2..20),
    ) {
        let course = Course { baseline: Quantity(baseline), target: Quantity(target) };
        let schedule = Schedule::new(course, span, shape);
        let mut days: Vec<_> = at.iter().map(|days| add_days(span.start(), *days)).collect();
        days.sort_unstable();
        let expected: Vec<_> = days.iter().map(|day| schedule.expected(*day)).collect();
        let (low, high) = (baseline.min(target), baseline.max(target));
        prop_assert!(expected.iter().all(|e| (low..=high).contains(&e.0)));
        let step = (target >= baseline) as i128 * 2 - 1;
        prop_assert!(expected.windows(2).all(|pair| step * difference(pair[1], pair[0]) >= 0));
    }

    /// A metric mirrored at any height has the same pace, colour and mirrored forecast.
    #[test]
    fn falling_mirrors_rising(
        span in spans(), shape in shapes(), from in 0i64..100_000, way in 1i64..100_000,
        values in prop::collection::vec(0i64..200_000, 1..12), mirror in 200_000i64..400_000,
    ) {
        let (rising, falling) = (metrics::market_share(), metrics::receivable_days());
        let course = |a, b| Some(Course { baseline: Quantity(a), target: Quantity(b) });
        let base = Goal { dealer: dealer(), span: Some(span), shape, ..Goal::with_id(Id::natural(&["g"])) };
        let up = Goal { metric: rising, course: course(from, from + way), ..base.clone() };
        let down = Goal { metric: falling, course: course(mirror - from, mirror - from - way), ..base };
        let mut book = Book::default();
        let mut today = span.start();
        for (month, value) in span.months().zip(values) {
            today = month.last();
            read_on(&mut book, rising, today, Quantity(value));
            read_on(&mut book, falling, today, Quantity(mirror - value));
        }
        let (a, b) = (Pacing::of(&book, &up, today).unwrap(), Pacing::of(&book, &down, today).unwrap());
        prop_assert_eq!(a.pace, b.pace);
        prop_assert_eq!(a.rag, b.rag);
        prop_assert_eq!(a.reached, b.reached);
        prop_assert_eq!(a.required_per_month.map(|q| -q.0), b.required_per_month.map(|q| q.0));
        if let (Some(x), Some(y)) = (a.forecast, b.forecast) {
            // Rounding of an estimate may differ by a hundredth for each magnitude lost.
            let near = |p: i64, q: i64| (p + q - mirror).abs() <= 1 + p.abs() / 1_000_000_000;
            prop_assert!(near(x.mid.0, y.mid.0));
            if let (Some(x), Some(y)) = (x.range, y.range) {
                prop_assert!(near(x.0.0, y.1.0) && near(x.1.0, y.0.0));
            }
        }
    }

    /// No row of another device makes it panic.
    #[test]
    fn any_numbers_are_borne(
        baseline in any::<i64>(), target in any::<i64>(), amounts in prop::collection::vec(any::<i64>(), 0..8),
        shape in prop::option::of(prop::array::uniform12(any::<u16>()).prop_map(Shape)), span in spans(), later in -100i64..1600,
    ) {
        for metric in [metrics::sales_in(), metrics::receivable_days()] {
            let goal = Goal {
                dealer: dealer(), metric, span: Some(span), shape,
                course: Some(Course { baseline: Quantity(baseline), target: Quantity(target) }),
                ..Goal::with_id(Id::natural(&["g"]))
            };
            let mut book = Book::default();
            for (month, amount) in span.months().zip(&amounts) {
                read_on(&mut book, metric, month.last(), Quantity(*amount));
            }
            let pacing = Pacing::of(&book, &goal, add_days(span.start(), later)).unwrap();
            let _ = (pacing.series(), pacing.explain(Lang::Zh), pacing.explain(Lang::En));
        }
    }
}
