//! Worked examples and laws of incentives.

mod laws;
mod living;
mod rules;

use super::*;
use crate::date::{Date, DateSpan};
use crate::id::Id;
use crate::metrics;
use crate::money::Fen;
use crate::quantity::Quantity;
use crate::rate::Rate;

fn day(text: &str) -> Date {
    crate::date::parse_date(text).unwrap()
}

fn span(start: &str, end: &str) -> DateSpan {
    DateSpan::new(day(start), day(end)).unwrap()
}

fn year() -> DateSpan {
    span("2026-01-01", "2026-12-31")
}

fn yuan(yuan: i64) -> Fen {
    Fen(yuan * 100)
}

/// 1 % to ¥500,000, 2 % to ¥1,000,000, 3 % above.
fn tiers() -> Tiers {
    Tiers::from_starts(&[
        (Quantity(0), Rate::percent(1)),
        (Quantity::whole(500_000), Rate::percent(2)),
        (Quantity::whole(1_000_000), Rate::percent(3)),
    ])
    .unwrap()
}

fn terms(earning: Earning) -> Terms {
    limited(earning, Limits::default())
}

fn limited(earning: Earning, limits: Limits) -> Terms {
    Terms::new(metrics::sales_in(), year(), earning, limits).unwrap()
}

fn basis(measured: Quantity) -> Basis {
    Basis {
        measured,
        ..Basis::default()
    }
}

fn earned(terms: &Terms, whole: i64) -> Fen {
    pay(terms, &basis(Quantity::whole(whole))).unwrap().earned
}

fn scheme() -> Id<crate::tables::Scheme> {
    Id::natural(&["scheme"])
}

fn dealer() -> Id<crate::tables::Dealer> {
    Id::natural(&["dealer"])
}
