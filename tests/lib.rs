//! Journeys in a real browser, and benchmarks.

pub mod bench;
