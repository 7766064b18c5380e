//! `bench-native`: what is measured outside a browser. Prints the milliseconds of one merge.
//!
//! It merges twice and tells of the second: the first is a cold process's.

use std::io::{self, Write};
use std::time::Instant;

use tongxing_tests::bench::merge::{EDITS, Merge};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut last = 0.0;
    for _ in 0..2 {
        let mut merge = Merge::prepare()?;
        let start = Instant::now();
        let changed = merge.run();
        last = start.elapsed().as_secs_f64() * 1000.0;
        if changed != EDITS {
            return Err(format!("{changed} rows changed, not {EDITS}").into());
        }
    }
    writeln!(io::stdout(), "{last}")?;
    Ok(())
}
