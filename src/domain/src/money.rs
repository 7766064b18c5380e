//! Money: whole fen, checked arithmetic, half-even rounding once at the end.

use crate::quantity;
use std::fmt;

/// An amount of renminbi in fen (hundredths of a yuan).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fen(pub i64);

impl Fen {
    /// Sum, or `None` beyond the range of an i64.
    pub const fn plus(self, other: Self) -> Option<Self> {
        match self.0.checked_add(other.0) {
            Some(sum) => Some(Self(sum)),
            None => None,
        }
    }

    /// The amount as it is paid, to the fen: `¥1,234.50`.
    pub fn show(self) -> String {
        let sign = if self.0 < 0 { "−" } else { "" };
        let size = self.0.unsigned_abs();
        let yuan = quantity::grouped(&(size / 100).to_string());
        format!("{sign}¥{yuan}.{:02}", size % 100)
    }

    /// Reads yuan as people write them; see [`quantity::parse_hundredths`].
    pub fn parse(text: &str) -> Option<Self> {
        quantity::parse_hundredths(text).map(Self)
    }
}

impl fmt::Display for Fen {
    /// Plain yuan without grouping, at most two decimals: `1234.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&quantity::plain_hundredths(self.0))
    }
}

/// `numerator / denominator` rounded half to even. A denominator of 0 gives `None`.
///
/// Half-even (IEEE 754-2019 `roundTiesToEven`) keeps the errors of many roundings from
/// adding up in one direction.
pub fn div_half_even(numerator: i128, denominator: i128) -> Option<i128> {
    if denominator == 0 {
        return None;
    }
    // Most numbers are that small, and many times as fast to divide. Twice the rest fits as well.
    if let (Ok(n), Ok(d)) = (i64::try_from(numerator), i32::try_from(denominator))
        && d > 0
    {
        let d = i64::from(d);
        let (floor, twice) = (n.div_euclid(d), n.rem_euclid(d) * 2);
        let up = twice > d || (twice == d && floor.rem_euclid(2) == 1);
        return Some(i128::from(floor) + i128::from(up));
    }
    let (mut n, mut d) = (numerator, denominator);
    if d < 0 {
        (n, d) = (n.checked_neg()?, d.checked_neg()?);
    }
    let floor = n.div_euclid(d);
    let twice = n.rem_euclid(d).checked_mul(2)?;
    let up = twice > d || (twice == d && floor.rem_euclid(2) == 1);
    Some(if up { floor + 1 } else { floor })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn halves_go_to_the_even_neighbour() {
        let round = |n, d| div_half_even(n, d).unwrap();
        assert_eq!(
            [round(5, 2), round(7, 2), round(-5, 2), round(-7, 2)],
            [2, 4, -2, -4]
        );
        assert_eq!([round(7, 3), round(8, 3), round(-7, 3)], [2, 3, -2]);
        assert_eq!(round(5, -2), -2);
        assert_eq!(div_half_even(1, 0), None);
    }

    #[test]
    fn what_is_paid_is_shown_to_the_fen() {
        let shown = |fen| Fen(fen).show();
        assert_eq!(shown(9_648_480), "¥96,484.80");
        assert_eq!(shown(100_000_000), "¥1,000,000.00");
        assert_eq!([shown(0), shown(-5)], ["¥0.00", "−¥0.05"]);
        assert_eq!(shown(i64::MIN), "−¥92,233,720,368,547,758.08");
    }

    #[test]
    fn sums_beyond_the_range_are_refused() {
        assert_eq!(Fen(i64::MAX).plus(Fen(1)), None);
        assert_eq!(Fen(1).plus(Fen(2)), Some(Fen(3)));
    }

    proptest! {
        #[test]
        fn rounding_is_never_off_by_more_than_a_half(n in -1_000_000i128..1_000_000, d in 1i128..1000) {
            let q = div_half_even(n, d).unwrap();
            prop_assert!((2 * (n - q * d)).abs() <= d);
        }

        #[test]
        fn small_numbers_are_rounded_as_large_ones_are(n in any::<i64>(), d in 1..=i32::MAX) {
            let (n, d) = (i128::from(n), i128::from(d));
            prop_assert_eq!(div_half_even(n, d), div_half_even(n << 40, d << 40));
        }

        #[test]
        fn what_is_shown_reads_back(fen in any::<i64>()) {
            prop_assert_eq!(Fen::parse(&Fen(fen).show()), Some(Fen(fen)));
        }

        #[test]
        fn yuan_read_back(fen in any::<i64>()) {
            prop_assert_eq!(Fen::parse(&Fen(fen).to_string()), Some(Fen(fen)));
        }
    }
}
