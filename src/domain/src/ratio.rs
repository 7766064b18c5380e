//! Exact fractions, so that a limit such as 0.95 is met or not, without rounding.

use crate::money::div_half_even;
use crate::quantity::plain_hundredths;
use std::cmp::Ordering;

/// A fraction in lowest terms with a positive denominator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ratio {
    numerator: i128,
    denominator: i128,
}

impl Ratio {
    /// Nothing.
    pub const ZERO: Self = Self {
        numerator: 0,
        denominator: 1,
    };
    /// The whole.
    pub const ONE: Self = Self {
        numerator: 1,
        denominator: 1,
    };

    /// `numerator ÷ denominator`; `None` for a denominator of 0 or beyond the range.
    pub fn new(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        // Most numbers are that small, and many times as fast to divide.
        if let (Ok(n), Ok(d)) = (i64::try_from(numerator), i64::try_from(denominator)) {
            let (mut a, mut b) = (n.unsigned_abs(), d.unsigned_abs());
            while b != 0 {
                (a, b) = (b, a % b);
            }
            // At most 2⁶³, where both are i64::MIN.
            let divisor = i128::from(a);
            let (n, d) = match i64::try_from(a) {
                Ok(divisor) if n != i64::MIN && d != i64::MIN => {
                    (i128::from(n / divisor), i128::from(d / divisor))
                }
                _ => (numerator / divisor, denominator / divisor),
            };
            let sign = d.signum();
            return Some(Self {
                numerator: n * sign,
                denominator: d * sign,
            });
        }
        let (mut a, mut b) = (numerator.unsigned_abs(), denominator.unsigned_abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let divisor = i128::try_from(a).ok()?;
        let (n, d) = (numerator / divisor, denominator / divisor);
        let (numerator, denominator) = if d < 0 {
            (n.checked_neg()?, d.checked_neg()?)
        } else {
            (n, d)
        };
        Some(Self {
            numerator,
            denominator,
        })
    }

    /// So many hundredths.
    pub fn percent(hundredths: u8) -> Self {
        Self::new(i128::from(hundredths), 100).unwrap_or(Self::ZERO)
    }

    /// So many whole ones.
    pub const fn whole(number: i64) -> Self {
        Self {
            numerator: number as i128,
            denominator: 1,
        }
    }

    /// The sum; `None` beyond the range.
    pub fn plus(self, other: Self) -> Option<Self> {
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Self::new(
            left.checked_add(right)?,
            self.denominator.checked_mul(other.denominator)?,
        )
    }

    /// The difference; `None` beyond the range.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(Self {
            numerator: other.numerator.checked_neg()?,
            denominator: other.denominator,
        })
    }

    /// The product; `None` beyond the range.
    pub fn times(self, other: Self) -> Option<Self> {
        // Reduced crosswise first, so that only a product that is itself too large fails.
        let left = Self::new(self.numerator, other.denominator)?;
        let right = Self::new(other.numerator, self.denominator)?;
        Self::new(
            left.numerator.checked_mul(right.numerator)?,
            left.denominator.checked_mul(right.denominator)?,
        )
    }

    /// The quotient; `None` for a divisor of 0 or beyond the range.
    pub fn over(self, divisor: Self) -> Option<Self> {
        self.times(Self::new(divisor.denominator, divisor.numerator)?)
    }

    /// The whole number next to it, halves to the even one; `None` beyond the range of an
    /// i64.
    pub fn rounded(self) -> Option<i64> {
        i64::try_from(div_half_even(self.numerator, self.denominator)?).ok()
    }

    /// The number above the line.
    pub const fn numerator(self) -> i128 {
        self.numerator
    }

    /// The number below the line, above 0.
    pub const fn denominator(self) -> i128 {
        self.denominator
    }

    /// Ten-thousandths, rounded half to even, held within the range of an i64.
    pub fn basis_points(self) -> i64 {
        let rounded = self
            .numerator
            .checked_mul(10_000)
            .and_then(|n| div_half_even(n, self.denominator));
        match rounded {
            Some(points) => {
                i64::try_from(points).unwrap_or(if points < 0 { i64::MIN } else { i64::MAX })
            }
            None if self.numerator < 0 => i64::MIN,
            None => i64::MAX,
        }
    }

    /// For arithmetic that is an estimate anyway, and for drawing.
    pub fn as_f64(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }

    /// Whole percent for reading: `87%`.
    pub fn show(self) -> String {
        let percent = i128::from(self.basis_points());
        format!("{}%", div_half_even(percent, 100).unwrap_or(0))
    }

    /// Percent with at most one decimal for reading: `87.4%`.
    pub fn show_fine(self) -> String {
        let tenths = div_half_even(i128::from(self.basis_points()), 10).unwrap_or(0);
        let hundredths = i64::try_from(tenths).unwrap_or(i64::MAX).saturating_mul(10);
        format!("{}%", plain_hundredths(hundredths).replace('-', "−"))
    }
}

impl Default for Ratio {
    fn default() -> Self {
        Self::ZERO
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    /// Compares whole parts, then the reciprocals of what remains (Euclid's algorithm), so
    /// that no product can overflow.
    fn cmp(&self, other: &Self) -> Ordering {
        // Most numbers are so small that no product overflows, and to multiply is many times as fast.
        let small = |it: &Self| {
            let numerator = i64::try_from(it.numerator).ok()?;
            Some((numerator, i64::try_from(it.denominator).ok()?))
        };
        if let (Some(a), Some(b)) = (small(self), small(other)) {
            return (i128::from(a.0) * i128::from(b.1)).cmp(&(i128::from(b.0) * i128::from(a.1)));
        }
        let (mut a, mut b) = (
            (self.numerator, self.denominator),
            (other.numerator, other.denominator),
        );
        loop {
            let whole = (a.0.div_euclid(a.1)).cmp(&b.0.div_euclid(b.1));
            if whole != Ordering::Equal {
                return whole;
            }
            let rest = (a.0.rem_euclid(a.1), b.0.rem_euclid(b.1));
            match (rest.0 == 0, rest.1 == 0) {
                (true, true) => return Ordering::Equal,
                (true, false) => return Ordering::Less,
                (false, true) => return Ordering::Greater,
                // 0 < rest ÷ denominator < 1 on both sides: the larger reciprocal is the smaller.
                (false, false) => (a, b) = ((b.1, rest.1), (a.1, rest.0)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fractions_are_exact_and_read_in_percent() {
        let third = Ratio::new(1, 3).unwrap();
        assert_eq!(Ratio::new(-2, -6), Some(third));
        assert_eq!(third.basis_points(), 3333);
        assert_eq!(
            (third.show(), third.show_fine()),
            ("33%".into(), "33.3%".into())
        );
        assert_eq!(Ratio::new(1, 0), None);
        let least = i128::from(i64::MIN);
        assert_eq!(Ratio::new(least, least), Some(Ratio::ONE));
        assert_eq!(Ratio::new(least, -1).unwrap().numerator(), -least);
        assert_eq!(Ratio::new(2, least).unwrap().denominator(), -least / 2);
        assert!(Ratio::new(19, 20).unwrap() >= Ratio::percent(95));
        assert!(Ratio::new(949_999, 1_000_000).unwrap() < Ratio::percent(95));
        assert_eq!(Ratio::new(i128::MAX, 1).unwrap().basis_points(), i64::MAX);
    }

    proptest! {
        #[test]
        fn small_numbers_and_large_ones_are_brought_to_the_same_terms(
            n in any::<i64>(), d in any::<i64>(), by in 1_i128 << 64..1 << 66,
        ) {
            // Beyond an i64, the other way is gone.
            let (n, d) = (i128::from(n), i128::from(d));
            let large = n.checked_mul(by).zip(d.checked_mul(by));
            let large = large.and_then(|(n, d)| Ratio::new(n, d));
            prop_assume!(large.is_some() || d == 0);
            prop_assert_eq!(Ratio::new(n, d), large);
        }

        #[test]
        fn arithmetic_is_that_of_fractions(
            a in -1_000_000i128..1_000_000, b in 1i128..1000,
            c in -1_000_000i128..1_000_000, d in 1i128..1000,
        ) {
            let (x, y) = (Ratio::new(a, b).unwrap(), Ratio::new(c, d).unwrap());
            prop_assert_eq!(x.plus(y), Ratio::new(a * d + c * b, b * d));
            prop_assert_eq!(x.minus(y), Ratio::new(a * d - c * b, b * d));
            prop_assert_eq!(x.times(y), Ratio::new(a * c, b * d));
            prop_assert_eq!(x.over(y), Ratio::new(a * d, b * c));
            prop_assert_eq!(x.rounded().map(i128::from), div_half_even(a, b));
        }

        #[test]
        fn arithmetic_beyond_the_range_is_refused(a in any::<i128>(), b in any::<i128>(), c in any::<i128>(), d in any::<i128>()) {
            if let (Some(x), Some(y)) = (Ratio::new(a, b), Ratio::new(c, d)) {
                let _ = (x.plus(y), x.minus(y), x.times(y), x.over(y), x.rounded());
            }
        }

        #[test]
        fn order_is_that_of_the_products(
            a in -1_000_000i128..1_000_000, b in 1i128..1000,
            c in -1_000_000i128..1_000_000, d in 1i128..1000,
        ) {
            let (x, y) = (Ratio::new(a, b).unwrap(), Ratio::new(c, d).unwrap());
            prop_assert_eq!(x.cmp(&y), (a * d).cmp(&(c * b)));
        }

        #[test]
        fn any_two_fractions_compare(a in any::<i128>(), b in any::<i128>(), c in any::<i128>(), d in any::<i128>()) {
            if let (Some(x), Some(y)) = (Ratio::new(a, b), Ratio::new(c, d)) {
                prop_assert_eq!(x.cmp(&y), y.cmp(&x).reverse());
                let _ = (x.basis_points(), x.show(), x.show_fine());
            }
        }
    }
}
