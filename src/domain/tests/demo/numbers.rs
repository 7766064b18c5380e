//! Every score and every payout of the demo book opens down to its readings.

use crate::{day, made};
use tongxing_domain::date::{DateSpan, Month};
use tongxing_domain::id::Id;
use tongxing_domain::incentives::{Earning, Limits, Standing, Terms, Tiers};
use tongxing_domain::metrics;
use tongxing_domain::period::{Cycle, Period};
use tongxing_domain::quantity::Quantity;
use tongxing_domain::rate::Rate;
use tongxing_domain::schema::Record;
use tongxing_domain::scorecard::{Points, Rubric, Thresholds, Weight, marked, score};
use tongxing_domain::tables::{Direction, Enrolment};
use tongxing_domain::words::Lang;

#[test]
fn every_standing_is_the_sum_of_readings_that_it_shows() {
    let today = day("2026-03-10");
    let book = made(today).book;
    let tiers = Tiers::from_starts(&[
        (Quantity(0), Rate::percent(1)),
        (Quantity::whole(300_000), Rate::percent(2)),
    ]);
    let terms = Terms::new(
        metrics::sales_in(),
        DateSpan::new(day("2026-01-01"), day("2026-12-31")).unwrap(),
        Earning::Marginal(tiers.unwrap()),
        Limits::default(),
    )
    .unwrap();
    let mut seen = 0;
    for dealer in book.dealers.iter() {
        let enrolment = Enrolment {
            dealer: dealer.id,
            from: Some(day("2026-01-01")),
            ..Enrolment::with_id(Id::natural(&["enrolment"]))
        };
        let standing = Standing::of(&book, &terms, &enrolment, None, today).unwrap();
        let readings = &standing.reckoning.readings;
        let sum: i64 = readings.iter().map(|reading| reading.amount.0).sum();
        assert_eq!(standing.reckoning.basis.measured, Quantity(sum));
        for covered in readings {
            let reading = book.readings.get(covered.reading.unwrap()).unwrap();
            assert_eq!(reading.figure.unwrap().amount, covered.read);
        }
        for (lang, label) in [(Lang::Zh, "数据"), (Lang::En, "Reading")] {
            let lines = standing.explain(lang);
            let shown = lines.iter().filter(|line| line.label == label).count();
            assert_eq!(shown, readings.len());
            assert!(lines.iter().all(|line| !line.value.is_empty()));
        }
        seen += usize::from(!readings.is_empty());
    }
    assert!(seen > 15, "{seen}");
}

#[test]
fn every_score_opens_to_the_months_behind_it() {
    let today = day("2026-03-10");
    let book = made(today).book;
    let weigh = |metric, weight, direction, target| Weight {
        metric,
        weight,
        direction,
        cap: Rate::percent(120),
        floor: Rate(0),
        target: Some(Quantity::whole(target)),
    };
    let rubric = Rubric::new(
        Cycle::Quarter,
        vec![
            weigh(metrics::sales_in(), 50, Direction::Rising, 400_000),
            weigh(metrics::satisfaction(), 30, Direction::Rising, 90),
            weigh(metrics::receivable_days(), 20, Direction::Falling, 45),
        ],
        Vec::new(),
        Points(0),
        Thresholds::default(),
    )
    .unwrap();
    let period = Period::of(Cycle::Quarter, Month::parse("2025-12").unwrap());
    let mut scored_dealers = 0;
    for dealer in book.dealers.iter() {
        let marked = marked(&book, &rubric, dealer.id, period, today);
        let scored = score(&rubric, &marked.marks);
        for (metric, scored) in marked.metrics.iter().zip(&scored.metrics) {
            assert_eq!(metric.mark.actual.is_some(), !metric.months.is_empty());
            assert_eq!(scored.score.is_some(), metric.mark.actual.is_some());
            if metric.mark.metric == metrics::sales_in() {
                let sum: i64 = metric.months.iter().map(|m| m.covered.amount.0).sum();
                assert_eq!(metric.mark.actual.unwrap_or_default(), Quantity(sum));
            }
            for month in &metric.months {
                let reading = book.readings.get(month.covered.reading.unwrap()).unwrap();
                assert_eq!(reading.dealer, dealer.id);
            }
            for lang in [Lang::Zh, Lang::En] {
                let lines = marked.explain(&book, metric.mark.metric, lang);
                assert!(lines.len() >= metric.months.len());
            }
        }
        for lang in [Lang::Zh, Lang::En] {
            let lines = scored.explain(&book, lang);
            assert!(lines.iter().all(|line| !line.value.is_empty()), "{lines:?}");
        }
        scored_dealers += usize::from(scored.score.is_some());
    }
    assert!(scored_dealers > 15, "{scored_dealers}");
}
