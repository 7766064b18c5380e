//! Worked examples and laws of the long term.

use super::*;
use crate::book::Book;
use crate::date::{Date, DateSpan, Month, add_days, parse_date};
use crate::id::Id;
use crate::metrics;
use crate::quantity::Quantity;
use crate::schema::{Record, problems};
use crate::tables::*;
use crate::value::{Course, Outcome, Shape};
use crate::words::Lang;
use proptest::prelude::*;

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

fn dealer() -> Id<Dealer> {
    Id::natural(&["dealer"])
}

fn plan() -> BusinessPlan {
    BusinessPlan {
        dealer: dealer(),
        title: "三年规划".into(),
        span: DateSpan::new(day("2025-01-01"), day("2027-12-31")),
        ..BusinessPlan::with_id(Id::natural(&["plan"]))
    }
}

fn objective(metric: Id<Metric>, from: i64, to: i64) -> Objective {
    Objective {
        business_plan: plan().id,
        dealer: dealer(),
        title: "做到 600 万".into(),
        metric,
        course: Some(Course {
            baseline: Quantity::whole(from),
            target: Quantity::whole(to),
        }),
        ..Objective::with_id(Id::natural(&["objective"]))
    }
}

fn courses(goals: &[Goal]) -> Vec<(i64, i64)> {
    let courses = goals.iter().filter_map(|goal| goal.course);
    courses
        .map(|course| (course.baseline.0 / 100, course.target.0 / 100))
        .collect()
}

#[test]
fn sales_cascade_into_years_and_quarters_that_sum() {
    let book = Book::default();
    let years = yearly_goals(
        &book,
        &plan(),
        &objective(metrics::sales_in(), 3_000_000, 6_000_000),
        Lang::Zh,
    );
    assert_eq!(
        courses(&years),
        [(0, 4_000_000), (0, 5_000_000), (0, 6_000_000)]
    );
    assert_eq!(years[1].title, "做到 600 万（第 2 年）");
    assert_eq!(
        years[1].span,
        DateSpan::new(day("2026-01-01"), day("2026-12-31"))
    );
    assert!(years.iter().all(|goal| problems(goal).is_empty()));

    let mut second = years[1].clone();
    second.shape = Some(Shape([5, 3, 6, 8, 10, 14, 8, 8, 9, 10, 13, 6]));
    let quarters = quarterly_goals(&book, &second, Lang::En);
    assert_eq!(
        courses(&quarters),
        [(0, 700_000), (0, 1_600_000), (0, 1_250_000), (0, 1_450_000)]
    );
    assert_eq!(quarters[3].title, "做到 600 万（第 2 年） (quarter 4)");
    assert_eq!(
        quarters,
        quarterly_goals(&book, &second, Lang::En),
        "the same wherever made"
    );
}

#[test]
fn a_share_cascades_from_step_to_step() {
    let book = Book::default();
    let years = yearly_goals(
        &book,
        &plan(),
        &objective(metrics::market_share(), 10, 22),
        Lang::Zh,
    );
    assert_eq!(courses(&years), [(10, 14), (14, 18), (18, 22)]);
    let quarters = quarterly_goals(&book, &years[0], Lang::Zh);
    let chain: Vec<_> = quarters.iter().filter_map(|goal| goal.course).collect();
    assert_eq!(chain[0].baseline, Quantity::whole(10));
    assert!(
        chain
            .windows(2)
            .all(|pair| pair[0].target == pair[1].baseline)
    );
    assert_eq!(chain[3].target, Quantity::whole(14));
}

#[test]
fn a_short_rest_belongs_to_the_year_before() {
    let years = |from, to| years_of(DateSpan::new(day(from), day(to)).unwrap());
    assert_eq!(years("2025-04-01", "2028-03-31").len(), 3);
    let longer = years("2025-04-01", "2028-06-30");
    assert_eq!((longer.len(), longer[2].end()), (3, day("2028-06-30")));
    assert_eq!(years("2025-04-01", "2028-12-31").len(), 4);
    assert_eq!(years("2028-02-29", "2028-03-31").len(), 1);
    let leap = years("2028-02-29", "2031-02-27");
    assert!(
        leap.windows(2)
            .all(|pair| add_days(pair[0].end(), 1) == pair[1].start())
    );
}

#[test]
fn a_changed_part_shows_in_the_balance() {
    let mut book = Book::default();
    let years = yearly_goals(
        &book,
        &plan(),
        &objective(metrics::sales_in(), 3_000_000, 6_000_000),
        Lang::Zh,
    );
    let year = years[0].clone();
    assert_eq!(Balance::of(&book, &year), None);
    let mut quarters = quarterly_goals(&book, &year, Lang::Zh);
    book.goals.set(year.clone());
    for quarter in &quarters {
        book.goals.set(quarter.clone());
    }
    assert_eq!(Balance::of(&book, &year).unwrap().gap(), Quantity(0));
    let first = quarters.remove(0);
    let course = first.course.unwrap();
    book.goals.set(Goal {
        course: Some(Course {
            target: Quantity(course.target.0 - 100_000),
            ..course
        }),
        ..first
    });
    let balance = Balance::of(&book, &year).unwrap();
    assert_eq!(balance.gap(), Quantity(100_000));
    let lines = balance.explain(Lang::En);
    assert_eq!(lines.len(), 7);
    assert!(lines[6].value.ends_with("= ¥1,000"), "{}", lines[6].value);
}

#[test]
fn a_plan_in_its_second_year_waits_for_the_review_of_the_first() {
    let mut book = Book::default();
    let today = day("2026-03-05");
    book.business_plans.set(plan());
    let objective = objective(metrics::sales_in(), 3_000_000, 6_000_000);
    for goal in yearly_goals(&book, &plan(), &objective, Lang::Zh) {
        book.goals.set(goal);
    }
    book.plans.set(Plan {
        dealer: dealer(),
        title: "开第二家店".into(),
        objective: objective.id,
        ..Plan::with_id(Id::natural(&["initiative"]))
    });
    book.objectives.set(objective);
    let joint = JointPlan::of(&book, plan().id, today).unwrap();
    assert_eq!((joint.year, joint.years.len()), (Some(2), 3));
    assert_eq!(joint.objectives[0].goals.len(), 3);
    assert_eq!(joint.objectives[0].initiatives.len(), 1);
    let due: Vec<_> = joint
        .reviews_due(today)
        .map(|year| (year.number, year.review_by))
        .collect();
    assert_eq!(due, [(1, day("2026-01-30"))]);
    let lines = joint.years[0].explain(Lang::En);
    assert_eq!(lines[1].value, "31 Dec 2025 + 30 days = 30 Jan 2026");
    assert_eq!(lines[2].value, "Not yet");
    book.reviews.set(Review {
        dealer: dealer(),
        business_plan: plan().id,
        kind: Some(ReviewKind::Yearly),
        year: Some(1),
        on: Some(day("2026-01-20")),
        ..Review::with_id(Id::natural(&["review"]))
    });
    let joint = JointPlan::of(&book, plan().id, today).unwrap();
    assert_eq!(joint.reviews_due(today).count(), 0);
    assert!(joint.years[0].review.is_some());
    assert_eq!(
        JointPlan::of(&book, plan().id, day("2028-01-01"))
            .unwrap()
            .year,
        None
    );
}

#[test]
fn a_plan_begins_with_a_year() {
    let years = |text| {
        let span = usual_years(day(text)).unwrap();
        (span.start().to_string(), span.end().to_string())
    };
    assert_eq!(
        years("2026-03-31"),
        ("2026-01-01".to_owned(), "2028-12-31".to_owned())
    );
    assert_eq!(
        years("2026-04-01"),
        ("2027-01-01".to_owned(), "2029-12-31".to_owned())
    );
}

fn answered(
    book: &mut Book,
    round: &str,
    side: Side,
    by: &str,
    trust: Agrees,
    fairness: Option<Agrees>,
) {
    let round = Month::parse(round).unwrap();
    book.culture_checks.set(CultureCheck {
        dealer: dealer(),
        round: Some(round),
        side: Some(side),
        by: by.into(),
        trust: Some(trust),
        fairness,
        ..CultureCheck::with_id(CultureCheck::id_for(dealer(), round, side, by))
    });
}

#[test]
fn both_sides_see_it_in_basis_points() {
    let mut book = Book::default();
    answered(
        &mut book,
        "2026-03",
        Side::Dealer,
        "韩一舟",
        Agrees::RatherYes,
        Some(Agrees::RatherNot),
    );
    answered(
        &mut book,
        "2026-03",
        Side::Dealer,
        "沈妙",
        Agrees::Fully,
        None,
    );
    answered(
        &mut book,
        "2026-03",
        Side::Us,
        "林晓",
        Agrees::Fully,
        Some(Agrees::RatherYes),
    );
    answered(&mut book, "2025-03", Side::Us, "林晓", Agrees::Partly, None);
    // The same person again is the same row.
    answered(
        &mut book,
        "2026-03",
        Side::Us,
        "林 晓",
        Agrees::Fully,
        Some(Agrees::RatherYes),
    );
    let rounds = radars(&book, dealer());
    assert_eq!(rounds.len(), 2);
    let now = &rounds[1];
    // (3 + 4) ÷ (2 × 4).
    assert_eq!(now.value(Side::Dealer, Dimension::Trust), Some(8750));
    assert_eq!(now.value(Side::Us, Dimension::Trust), Some(10_000));
    assert_eq!(now.value(Side::Us, Dimension::Future), None);
    assert_eq!(now.widest_gap(), Some((Dimension::Fairness, 5000)));
    assert_eq!(rounds[0].widest_gap(), None);
    assert_eq!(rounds[0].value(Side::Us, Dimension::Trust), Some(5000));
    let lines = now.explain(Lang::En);
    assert_eq!(
        lines[1].value,
        "Us 4 ÷ (1 × 4) = 100%; Dealer 7 ÷ (2 × 4) = 87.5%"
    );
}

#[test]
fn risks_come_gravest_first() {
    let mut book = Book::default();
    for (name, likelihood, impact) in [
        ("small", Some(Degree::Low), Some(Degree::Medium)),
        ("grave", Some(Degree::Medium), Some(Degree::High)),
        ("unjudged", None, None),
    ] {
        book.risks.set(Risk {
            dealer: dealer(),
            title: name.into(),
            likelihood,
            impact,
            ..Risk::with_id(Id::natural(&["risk", name]))
        });
    }
    book.risks.set(Risk {
        dealer: dealer(),
        outcome: Outcome::Done(day("2026-01-01")),
        ..Risk::with_id(Id::natural(&["risk", "over"]))
    });
    let risks = open_risks(&book, dealer());
    let seen: Vec<_> = risks
        .iter()
        .map(|risk| (risk.title.as_str(), risk.level()))
        .collect();
    assert_eq!(
        seen,
        [
            ("grave", RiskLevel::Grave),
            ("unjudged", RiskLevel::Watch),
            ("small", RiskLevel::Small)
        ]
    );
    assert_eq!(risks[0].explain(Lang::En)[0].value, "2 × 3 = 6 · Grave");
    assert!(Risk::TABLE.internal);
}

proptest! {
    /// Quarters sum to their year to the last hundredth, whatever the amounts, the days and
    /// the weights; a share's quarters form a chain.
    #[test]
    fn parts_make_the_whole(
        baseline in -1_000_000_000i64..1_000_000_000, target in -1_000_000_000i64..1_000_000_000,
        start in 0i64..4000, length in 100i64..800, weights in prop::option::of(prop::array::uniform12(0u16..200)),
        sums in any::<bool>(),
    ) {
        let mut book = Book::default();
        let start = add_days(day("2020-01-01"), start);
        let goal = Goal {
            dealer: dealer(),
            metric: if sums { metrics::sales_in() } else { metrics::market_share() },
            course: Some(Course { baseline: Quantity(baseline), target: Quantity(target) }),
            span: DateSpan::new(start, add_days(start, length)),
            shape: weights.map(Shape),
            ..Goal::with_id(Id::natural(&["goal"]))
        };
        let quarters = quarterly_goals(&book, &goal, Lang::Zh);
        let spans: Vec<_> = quarters.iter().filter_map(|goal| goal.span).collect();
        prop_assert!(spans.windows(2).all(|pair| add_days(pair[0].end(), 1) == pair[1].start()));
        prop_assert_eq!(spans.first().map(|span| span.start()), goal.span.map(|span| span.start()));
        prop_assert_eq!(spans.last().map(|span| span.end()), goal.span.map(|span| span.end()));
        for quarter in quarters { book.goals.set(quarter) }
        prop_assert_eq!(Balance::of(&book, &goal).unwrap().gap(), Quantity(0));
    }

    /// The years of an objective reach its target in the last one and never go back.
    #[test]
    fn years_lead_to_the_target(from in -1_000_000i64..1_000_000, way in 0i64..1_000_000, years in 1i32..6) {
        let book = Book::default();
        let end = add_days(crate::date::add_months(day("2025-01-01"), years * 12), -1);
        let plan = BusinessPlan { span: DateSpan::new(day("2025-01-01"), end), ..plan() };
        for metric in [metrics::sales_in(), metrics::market_share()] {
            let objective = Objective {
                course: Some(Course { baseline: Quantity(from), target: Quantity(from + way) }),
                ..objective(metric, 0, 1)
            };
            let goals = yearly_goals(&book, &plan, &objective, Lang::En);
            prop_assert_eq!(goals.len(), years as usize);
            let targets: Vec<_> = goals.iter().map(|goal| goal.course.unwrap().target).collect();
            prop_assert_eq!(targets.last(), Some(&Quantity(from + way)));
            prop_assert!(targets.windows(2).all(|pair| pair[0] <= pair[1]));
        }
    }

    /// A value lies between 0 and the whole and grows with every answer.
    #[test]
    fn means_are_held_and_monotone(answers in prop::collection::vec(1u16..6, 1..12), at in any::<prop::sample::Index>()) {
        let value = |answers: &[u16]| {
            let mut book = Book::default();
            for (number, answer) in answers.iter().enumerate() {
                answered(&mut book, "2026-03", Side::Us, &number.to_string(), Agrees::from_code(*answer), None);
            }
            radars(&book, dealer())[0].value(Side::Us, Dimension::Trust).unwrap()
        };
        let before = value(&answers);
        prop_assert!((0..=10_000).contains(&before));
        let mut better = answers.clone();
        let at = at.index(better.len());
        if better[at] < 5 {
            better[at] += 1;
            prop_assert!(value(&better) > before);
        }
    }
}
