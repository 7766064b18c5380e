//! Repeatable chance: the same seed gives the same book on every device.

/// SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
/// Good enough to make a book look lived in, and nothing else.
pub(super) struct Chance(u64);

impl Chance {
    /// A stream for a seed and a name, so that more draws for one dealer change no other.
    pub(super) fn new(seed: u64, name: &str) -> Self {
        let mixed = name
            .bytes()
            .fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        Self(mixed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.saturating_sub(low).saturating_add(1).max(1) as u64;
        low.saturating_add((self.next() % span) as i64)
    }

    /// True in so many cases out of a hundred.
    pub(super) fn percent(&mut self, cases: i64) -> bool {
        self.between(0, 99) < cases
    }

    /// One of a list; the default of an empty one.
    pub(super) fn pick<T: Copy + Default>(&mut self, list: &[T]) -> T {
        let last = list.len().saturating_sub(1) as i64;
        list.get(self.between(0, last) as usize)
            .copied()
            .unwrap_or_default()
    }

    /// A list in another order (Fisher–Yates).
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.between(0, at as i64) as usize);
        }
    }

    /// One of a list, if it has any.
    pub(super) fn some<T: Copy>(&mut self, list: &[T]) -> Option<T> {
        let last = list.len().saturating_sub(1) as i64;
        list.get(self.between(0, last) as usize).copied()
    }
}
