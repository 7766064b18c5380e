//! Data in and out through the public interface: round trips with other systems.

#![expect(
    clippy::unwrap_used,
    reason = "what tests share may unwrap as the tests themselves do"
)]

mod errands;
mod given;
mod json_book;
mod lists;
mod presets;
#[path = "../replica/mod.rs"]
mod replica;
mod round_trips;
