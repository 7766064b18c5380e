//! What holds for every scorecard.

use super::*;
use crate::value::Noted;
use proptest::prelude::*;

const METRICS: [fn() -> Id<Metric>; 4] = [
    metrics::sales_in,
    metrics::satisfaction,
    metrics::receivable_days,
    metrics::units,
];

fn any_weight(place: usize) -> impl Strategy<Value = Weight> {
    (1u16..=200, any::<bool>(), 1i64..=20_000, 0i64..=20_000).prop_map(
        move |(weight, falling, cap, floor)| Weight {
            metric: METRICS[place](),
            weight,
            direction: if falling {
                Direction::Falling
            } else {
                Direction::Rising
            },
            cap: Rate(cap),
            floor: Rate(floor.min(cap)),
            target: (floor % 3 == 0).then_some(Quantity(floor)),
        },
    )
}

fn any_rubric() -> impl Strategy<Value = Rubric> {
    let weights: Vec<_> = (0..METRICS.len()).map(any_weight).collect();
    (weights, 0i64..2000, 0i64..3000, 0i64..4000).prop_map(|(weights, each, most, all)| {
        let deductions = vec![Deduction {
            kind: IssueKind::Price,
            each: Points(each),
            most: Points(most),
        }];
        Rubric::new(
            Cycle::Quarter,
            weights,
            deductions,
            Points(all),
            Thresholds::default(),
        )
        .unwrap()
    })
}

fn any_marks() -> impl Strategy<Value = Marks> {
    let amount = || prop::option::weighted(0.8, (-100_000i64..1_000_000).prop_map(Quantity));
    (prop::collection::vec((amount(), amount()), 4), 0u32..20).prop_map(|(amounts, count)| Marks {
        marks: METRICS
            .iter()
            .zip(amounts)
            .map(|(metric, (actual, target))| Mark {
                metric: metric(),
                actual,
                target,
            })
            .collect(),
        incidents: vec![(IssueKind::Price, count)],
    })
}

proptest! {
    /// Better in any one metric never scores less.
    #[test]
    fn scores_are_monotone_in_every_metric(
        rubric in any_rubric(), marks in any_marks(), place in 0usize..4, better in 1i64..500_000,
    ) {
        let before = score(&rubric, &marks);
        let mut after = marks.clone();
        let falling = rubric.weights()[place].direction == Direction::Falling;
        if let Some(actual) = &mut after.marks[place].actual {
            actual.0 += if falling { -better } else { better };
        }
        let after = score(&rubric, &after);
        prop_assert!(before.score <= after.score);
        prop_assert_eq!(before.coverage, after.coverage);
    }

    /// Every weight times the same changes nothing.
    #[test]
    fn weights_renormalise(rubric in any_rubric(), marks in any_marks(), times in 2u16..5) {
        let weights = rubric.weights().iter().map(|weight| Weight {
            weight: weight.weight * times,
            ..*weight
        });
        let scaled = Rubric::new(
            rubric.cycle(), weights.collect(), rubric.deductions().to_vec(),
            rubric.most_deducted(), rubric.thresholds(),
        ).unwrap();
        let (one, other) = (score(&rubric, &marks), score(&scaled, &marks));
        prop_assert_eq!(one.score, other.score);
        prop_assert_eq!(one.coverage, other.coverage);
    }

    /// A score lies between those of its metrics, less at most the deductions; never below 0.
    #[test]
    fn a_score_lies_among_its_parts(rubric in any_rubric(), marks in any_marks()) {
        let scored = score(&rubric, &marks);
        let parts: Vec<_> = scored.metrics.iter().filter_map(|metric| metric.score).collect();
        prop_assert_eq!(scored.mean.is_some(), !parts.is_empty());
        if let (Some(mean), Some(total)) = (scored.mean, scored.score) {
            prop_assert!(parts.iter().min() <= Some(&mean) && Some(&mean) <= parts.iter().max());
            prop_assert!(total >= Points(0) && total <= mean);
            prop_assert!(scored.deduction <= rubric.most_deducted());
        }
    }

    #[test]
    fn more_incidents_never_score_more(rubric in any_rubric(), marks in any_marks(), more in 1u32..50) {
        let mut worse = marks.clone();
        worse.incidents[0].1 += more;
        prop_assert!(score(&rubric, &worse).score <= score(&rubric, &marks).score);
    }

    #[test]
    fn the_ends_of_the_range_are_borne(rubric in any_rubric(), amounts in prop::collection::vec(any::<(i64, i64)>(), 4)) {
        let marks = Marks {
            marks: METRICS.iter().zip(amounts).map(|(metric, (actual, target))| Mark {
                metric: metric(),
                actual: Some(Quantity(actual)),
                target: Some(Quantity(target)),
            }).collect(),
            incidents: vec![(IssueKind::Price, u32::MAX)],
        };
        let scored = score(&rubric, &marks);
        prop_assert!(scored.score.is_none_or(|score| score >= Points(0)));
        let _ = scored.explain(&Book::default(), crate::words::Lang::Zh);
    }

    #[test]
    fn rubrics_and_marks_read_back(rubric in any_rubric(), marks in any_marks()) {
        prop_assert_eq!(Rubric::parse(&rubric.to_string()), Some(rubric));
        prop_assert_eq!(Marks::parse(&marks.to_string()), Some(marks));
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,80}") {
        let _ = (Rubric::parse(&text), Marks::parse(&text));
    }
}
