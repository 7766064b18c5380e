//! Journeys in a real browser, and benchmarks.
