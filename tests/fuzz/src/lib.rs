//! What is read from the network and from disks, held against any bytes.
//!
//! A target takes bytes, panics where something is not as it should be, and tells whether the bytes
//! were accepted by any reader. Two programs call them:
//!
//! * `cargo test -p tongxing-fuzz` goes through the corpus and a bounded number of mutations of it, the
//!   same in every run: part of `cargo xtask test`.
//! * `cargo +nightly fuzz run --fuzz-dir tests/fuzz/nightly wire tests/fuzz/corpus/wire` searches for as
//!   long as it is let, led by what the compiler sees of the paths taken. What it finds goes into the
//!   corpus.

mod at_rest;
mod envelope;
mod row;
pub mod seeds;
mod wire;

pub use at_rest::at_rest;
pub use envelope::envelope;
pub use row::row;
pub use wire::wire;

/// A target: its name, which is its folder in the corpus, and what it does.
pub type Target = (&'static str, fn(&[u8]) -> bool);

/// Every target.
pub const TARGETS: [Target; 4] = [
    ("at_rest", at_rest),
    ("envelope", envelope),
    ("row", row),
    ("wire", wire),
];
