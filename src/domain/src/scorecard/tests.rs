//! Worked examples and laws of scorecards.

mod evaluations;
mod laws;
mod scores;

use super::*;
use crate::book::Book;
use crate::date::{Date, Month};
use crate::id::Id;
use crate::metrics;
use crate::period::{Cycle, Period};
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::schema::Record;
use crate::tables::{Dealer, Direction, IssueKind, Metric, Reading, Target};
use crate::value::Figure;

fn day(text: &str) -> Date {
    crate::date::parse_date(text).unwrap()
}

fn month(text: &str) -> Month {
    Month::parse(text).unwrap()
}

fn dealer() -> Id<Dealer> {
    Id::natural(&["dealer"])
}

fn weigh(metric: Id<Metric>, weight: u16, direction: Direction) -> Weight {
    Weight {
        metric,
        weight,
        direction,
        cap: Rate::percent(120),
        floor: Rate(0),
        target: None,
    }
}

fn rubric(weights: Vec<Weight>) -> Rubric {
    let deductions = vec![
        Deduction {
            kind: IssueKind::Territory,
            each: Points(500),
            most: Points(1000),
        },
        Deduction {
            kind: IssueKind::Price,
            each: Points(400),
            most: Points(2000),
        },
    ];
    Rubric::new(
        Cycle::Quarter,
        weights,
        deductions,
        Points(1500),
        Thresholds::default(),
    )
    .unwrap()
}

fn mark(metric: Id<Metric>, actual: i64, target: i64) -> Mark {
    Mark {
        metric,
        actual: Some(Quantity::whole(actual)),
        target: Some(Quantity::whole(target)),
    }
}

fn marks(marks: Vec<Mark>) -> Marks {
    Marks {
        marks,
        incidents: Vec::new(),
    }
}

fn read(book: &mut Book, metric: Id<Metric>, as_of: &str, whole: i64) {
    let as_of = day(as_of);
    let month = Month::of(as_of);
    book.readings.set(Reading {
        dealer: dealer(),
        metric,
        month: Some(month),
        figure: Some(Figure {
            amount: Quantity::whole(whole),
            as_of,
        }),
        ..Reading::with_id(Reading::id_for(dealer(), metric, month))
    });
}

fn aim(book: &mut Book, metric: Id<Metric>, month: &str, whole: i64) {
    let month = self::month(month);
    book.targets.set(Target {
        dealer: dealer(),
        metric,
        month: Some(month),
        amount: Some(Quantity::whole(whole)),
        ..Target::with_id(Target::id_for(dealer(), metric, month))
    });
}

fn second_quarter() -> Period {
    Period::of(Cycle::Quarter, month("2026-05"))
}
