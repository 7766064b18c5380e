//! What the benchmarks measure, for the native program and the browser's page alike.

pub mod merge;
