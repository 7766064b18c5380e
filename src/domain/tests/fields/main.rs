//! What every table and every kind of field keeps to: storing, reading, typing, checking.

#![expect(
    clippy::unwrap_used,
    reason = "what tests share may unwrap as the tests themselves do"
)]

mod generated;
mod records;
mod rows;
mod values;
