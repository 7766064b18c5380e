//! The demo book through its public interface.

#![expect(
    clippy::unwrap_used,
    reason = "what tests share may unwrap as the tests themselves do"
)]

mod laws;
mod numbers;
#[path = "../replica/mod.rs"]
mod replica;
mod sizes;
mod stories;

use replica::Replica;
use tongxing_domain::date::{Date, parse_date};
use tongxing_domain::demo;

const SEED: u64 = 7;

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

fn made(today: Date) -> Replica {
    let mut replica = Replica::default();
    replica.write(&demo::book(today, SEED));
    replica
}
