//! What a task says while it works. Progress goes to standard error, so that a task's result on
//! standard output can be piped.

use std::time::{Duration, Instant};

use crate::error::Result;

/// Announces a part of the task.
pub(crate) fn heading(text: &str) {
    eprintln!("\n── {text}");
}

/// One line about what is happening or was found.
pub(crate) fn note(text: &str) {
    eprintln!("   {text}");
}

/// Does one step, saying what it is before and how long it took after.
pub(crate) fn step<T>(text: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!(" ▸ {text}");
    let start = Instant::now();
    let outcome = work();
    let verdict = if outcome.is_ok() { "✓" } else { "✗" };
    eprintln!(" {verdict} {text} ({})", seconds(start.elapsed()));
    outcome
}

/// A duration to read: `0.4 s`, `2 min 05 s`.
pub(crate) fn seconds(duration: Duration) -> String {
    let whole = duration.as_secs();
    if whole < 60 {
        format!("{:.1} s", duration.as_secs_f64())
    } else {
        format!("{} min {:02} s", whole / 60, whole % 60)
    }
}
