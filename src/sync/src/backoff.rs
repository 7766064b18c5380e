//! How long to wait before asking again an endpoint that did not answer.

/// The first wait, in milliseconds, at most.
const FIRST_MS: u64 = 1_000;
/// No wait is longer.
const LONGEST_MS: u64 = 5 * 60_000;

/// Counts failures in a row. Each doubles the wait, of which a random part is left out, so that
/// devices that lost the endpoint together do not come back together.
///
/// Source: M. Brooker, "Exponential Backoff and Jitter" (AWS Architecture Blog, 2015), with half of
/// each wait kept ("equal jitter"), so that nobody asks again at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    /// Takes note of a failure and tells how long to wait, in milliseconds. `random` is drawn
    /// anew; `retry_after_s` is what the endpoint asked for, and no wait is shorter.
    pub fn failed(&mut self, random: u32, retry_after_s: Option<u32>) -> u64 {
        let most = FIRST_MS
            .saturating_mul(1 << self.failures.min(32))
            .min(LONGEST_MS);
        self.failures = self.failures.saturating_add(1);
        let jitter = u64::from(random) * (most / 2) / u64::from(u32::MAX);
        let asked = u64::from(retry_after_s.unwrap_or(0)) * 1_000;
        (most / 2 + jitter).max(asked)
    }

    /// An answer has come.
    pub const fn succeeded(&mut self) {
        self.failures = 0;
    }

    /// How many failures there were since the last answer.
    #[must_use]
    pub const fn failures(&self) -> u32 {
        self.failures
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_five_minutes() {
        let mut backoff = Backoff::default();
        // Worked by hand: half of 1 s, 2 s, 4 s … and no jitter.
        let waits: Vec<u64> = (0..12).map(|_| backoff.failed(0, None)).collect();
        assert_eq!(waits[..4], [500, 1_000, 2_000, 4_000]);
        assert_eq!(waits[11], 150_000);
        assert_eq!(backoff.failed(u32::MAX, None), 300_000);
        backoff.succeeded();
        assert_eq!(backoff.failed(u32::MAX, None), 1_000);
    }

    #[test]
    fn no_wait_is_shorter_than_the_endpoint_asks_for() {
        let mut backoff = Backoff::default();
        assert_eq!(backoff.failed(0, Some(60)), 60_000);
        assert_eq!(backoff.failed(0, Some(0)), 1_000);
    }
}
