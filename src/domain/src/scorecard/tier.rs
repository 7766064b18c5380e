//! Tiers: where a score belongs, promoted at once, demoted after two periods in a row.

use super::score::Points;
use crate::words::{Words, words};

/// A tier, the lowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Below the third threshold.
    Growing,
    /// From the third threshold on.
    Third,
    /// From the second.
    Second,
    /// From the first.
    First,
}

impl Tier {
    /// What people call it; none of the names is a judgement of the person.
    pub const fn words(self) -> Words {
        match self {
            Self::First => words("一档", "Tier 1"),
            Self::Second => words("二档", "Tier 2"),
            Self::Third => words("三档", "Tier 3"),
            Self::Growing => words("成长档", "Growing"),
        }
    }
}

/// The scores from which the tiers begin, descending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds([Points; 3]);

impl Default for Thresholds {
    fn default() -> Self {
        Self([Points(9000), Points(8000), Points(7000)])
    }
}

impl Thresholds {
    /// Thresholds in descending order, none below zero; `None` otherwise.
    pub fn new(starts: [Points; 3]) -> Option<Self> {
        let [first, second, third] = starts;
        (first > second && second > third && third >= Points(0)).then_some(Self(starts))
    }

    /// The scores, the highest first.
    pub const fn starts(self) -> [Points; 3] {
        self.0
    }

    /// The tier of a score taken by itself.
    pub fn of(self, score: Points) -> Tier {
        let [first, second, third] = self.0;
        if score >= first {
            Tier::First
        } else if score >= second {
            Tier::Second
        } else if score >= third {
            Tier::Third
        } else {
            Tier::Growing
        }
    }
}

/// The tier that is held after each period: a score above moves up at once; only the second
/// score in a row below moves down, to the better of the two. A period without a score
/// changes nothing.
pub fn held(thresholds: Thresholds, scores: &[Option<Points>]) -> Vec<Option<Tier>> {
    let mut tier: Option<Tier> = None;
    // What the period before would have moved down to.
    let mut warned: Option<Tier> = None;
    scores
        .iter()
        .map(|score| {
            let Some(own) = score.map(|score| thresholds.of(score)) else {
                return tier;
            };
            match (tier, warned.take()) {
                (Some(held), Some(last)) if own < held => {
                    let now = own.max(last);
                    tier = Some(now);
                    // Below the tier moved to, this period is the first one again.
                    warned = (own < now).then_some(own);
                }
                (Some(held), None) if own < held => warned = Some(own),
                _ => tier = Some(own),
            }
            tier
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn after(scores: &[i64]) -> Vec<Tier> {
        let scores: Vec<_> = scores.iter().map(|s| Some(Points(s * 100))).collect();
        held(Thresholds::default(), &scores)
            .into_iter()
            .flatten()
            .collect()
    }

    #[test]
    fn thresholds_belong_to_the_tier_above() {
        let of = |hundredths| Thresholds::default().of(Points(hundredths));
        assert_eq!(of(9000), Tier::First);
        assert_eq!(of(8999), Tier::Second);
        assert_eq!(of(7000), Tier::Third);
        assert_eq!(of(6999), Tier::Growing);
        let points = |list: [i64; 3]| Thresholds::new(list.map(Points));
        assert_eq!(points([8000, 8000, 7000]), None);
        assert_eq!(points([8000, 7000, -1]), None);
    }

    #[test]
    fn up_at_once_and_down_after_two_in_a_row() {
        use Tier::{First, Growing, Second, Third};
        assert_eq!(after(&[72, 95]), [Third, First]);
        assert_eq!(after(&[95, 75, 92, 75]), [First, First, First, First]);
        // Down to the better of the two.
        assert_eq!(after(&[95, 75, 85]), [First, First, Second]);
        assert_eq!(after(&[95, 85, 75, 75]), [First, First, Second, Third]);
        assert_eq!(after(&[95, 60, 60]), [First, First, Growing]);
        // A period without a score neither counts nor breaks the row.
        let scores = [
            Some(Points(9500)),
            Some(Points(7500)),
            None,
            Some(Points(7500)),
        ];
        let tiers = held(Thresholds::default(), &scores);
        assert_eq!(tiers, [Some(First), Some(First), Some(First), Some(Third)]);
        assert_eq!(held(Thresholds::default(), &[None]), [None]);
    }

    proptest! {
        /// One low period alone never costs a tier; whatever is held was earned.
        #[test]
        fn a_single_dip_is_forgiven(scores in prop::collection::vec(0i64..120, 1..12)) {
            let tiers = after(&scores);
            let own: Vec<_> = scores.iter().map(|s| Thresholds::default().of(Points(s * 100))).collect();
            for (at, tier) in tiers.iter().enumerate() {
                prop_assert!(*tier >= own[at]);
                if at > 0 {
                    prop_assert!(*tier <= tiers[at - 1].max(own[at]));
                    // Moving down takes two periods below.
                    if *tier < tiers[at - 1] {
                        prop_assert!(own[at - 1] < tiers[at - 1]);
                    }
                }
            }
        }
    }
}
