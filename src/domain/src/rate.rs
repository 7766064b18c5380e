//! Rates: parts of an amount in basis points.

use crate::quantity::{grouped_hundredths, parse_hundredths, plain_hundredths};
use crate::ratio::Ratio;
use std::fmt;

/// A rate in basis points: 125 is 1.25 %.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(pub i64);

impl Rate {
    /// The whole: 100 %.
    pub const WHOLE: Self = Self(10_000);

    /// So many percent.
    pub const fn percent(percent: i64) -> Self {
        Self(percent.saturating_mul(100))
    }

    /// Reads percent with at most two decimals, with or without the sign: `1.25%`.
    pub fn parse(text: &str) -> Option<Self> {
        parse_hundredths(text).map(Self)
    }

    /// The exact fraction.
    pub fn ratio(self) -> Ratio {
        Ratio::new(i128::from(self.0), 10_000).unwrap_or(Ratio::ZERO)
    }

    /// For reading: `1.25%`.
    pub fn show(self) -> String {
        format!("{}%", grouped_hundredths(self.0))
    }
}

impl fmt::Display for Rate {
    /// Plain digits and the sign: `1.25%`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", plain_hundredths(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_rate_is_a_part_of_the_whole() {
        assert_eq!(Rate::parse("1.25%"), Some(Rate(125)));
        assert_eq!(Rate(125).ratio(), Ratio::new(1, 80).unwrap());
        assert_eq!(Rate::percent(100), Rate::WHOLE);
        assert_eq!(Rate(-50).show(), "−0.5%");
    }

    proptest! {
        #[test]
        fn rates_read_back(points in any::<i64>()) {
            prop_assert_eq!(Rate::parse(&Rate(points).to_string()), Some(Rate(points)));
        }
    }
}
