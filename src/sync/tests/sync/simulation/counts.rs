//! How often each thing happened in a run, so that none is left out unnoticed.

use std::collections::BTreeMap;
use std::fmt;

/// Everything that a run must have met at least once.
const FAULTS: [&str; 34] = [
    "edits",
    "edits of unknown tables and fields",
    "deletes",
    "restores",
    "edits refused by the disk",
    "requests dropped",
    "responses dropped",
    "requests doubled",
    "responses doubled",
    "requests out of order",
    "responses too late",
    "messages stopped by a partition",
    "partitions",
    "crashes",
    "crashes within a transaction",
    "crashes after a transaction, unheard",
    "clocks a year ahead",
    "clocks a year behind",
    "rows restamped",
    "tablets restored",
    "endpoints restored",
    "stale results",
    "pages with more to come",
    "conflicts",
    "edits lost with a disk",
    "rows drifted and repaired",
    "activities sent",
    "blobs drawn",
    "blobs sent",
    "blobs fetched",
    "blobs held up by the line",
    "blobs refused by the disk",
    "blobs that a restored endpoint lacked",
    "blobs looked for in vain",
];

/// How often each thing happened.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    pub(super) steps: u64,
    by_name: BTreeMap<&'static str, u64>,
}

impl Counts {
    pub(super) fn note(&mut self, name: &'static str) {
        self.note_many(name, 1);
    }

    pub(super) fn note_many(&mut self, name: &'static str, times: usize) {
        *self.by_name.entry(name).or_default() += times as u64;
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.steps += other.steps;
        for (name, times) in &other.by_name {
            *self.by_name.entry(name).or_default() += times;
        }
    }

    pub(crate) fn assert_all_happened(&self, steps: u64) {
        assert!(self.steps >= steps, "only {} steps", self.steps);
        for fault in FAULTS {
            assert!(self.by_name.contains_key(fault), "no {fault} in this run");
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:>8} steps", self.steps)?;
        for (name, times) in &self.by_name {
            writeln!(f, "{times:>8} {name}")?;
        }
        Ok(())
    }
}
