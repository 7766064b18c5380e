//! Tiers: half-open steps of an amount, each with its rate.

use crate::quantity::{Quantity, Unit};
use crate::rate::Rate;
use crate::value::{Sign, Tokens};
use crate::words::Lang;
use std::fmt;

/// One tier: amounts in [from, to) earn its rate. A tier without `to` has no end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tier {
    /// The first amount that belongs to it.
    pub from: Quantity,
    /// The first amount that no longer does.
    pub to: Option<Quantity>,
    /// What it earns.
    pub rate: Rate,
}

/// Why tiers cannot be a rule; each names the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TierFault {
    /// There is none.
    #[error("there is no tier")]
    None,
    /// A tier ends where it starts, or before.
    #[error("tier {} ends at or before its start", .tier + 1)]
    Empty {
        /// Its place, from 0.
        tier: usize,
    },
    /// Amounts that belong to no tier.
    #[error("amounts from {from} to {to} belong to no tier")]
    Gap {
        /// The first such amount.
        from: Quantity,
        /// The first amount behind.
        to: Quantity,
    },
    /// Amounts that belong to two tiers.
    #[error("amounts from {from} to {to} belong to two tiers")]
    Overlap {
        /// The first such amount.
        from: Quantity,
        /// The first amount behind.
        to: Quantity,
    },
    /// The last tier ends: larger amounts would earn nothing.
    #[error("the last tier ends at {at}; leave its end open")]
    Closed {
        /// Where.
        at: Quantity,
    },
    /// A tier without an end is not the last.
    #[error("tier {} has no end, but another follows", .tier + 1)]
    OpenInside {
        /// Its place, from 0.
        tier: usize,
    },
    /// The first tier starts below zero.
    #[error("the first tier starts below zero")]
    BelowZero,
    /// A rate below zero or above 100 %.
    #[error("the rate of tier {} is not between 0% and 100%", .tier + 1)]
    Rate {
        /// Its place, from 0.
        tier: usize,
    },
}

impl TierFault {
    /// What to tell the person, and what to enter instead.
    pub fn text(self, unit: Unit, lang: Lang) -> String {
        let show = |quantity| unit.show(quantity, lang);
        match (self, lang) {
            (Self::None, Lang::Zh) => "至少要有一档".to_owned(),
            (Self::None, Lang::En) => "Enter at least one tier".to_owned(),
            (Self::Empty { tier }, Lang::Zh) => {
                format!("第 {} 档的上限要大于下限", tier + 1)
            }
            (Self::Empty { tier }, Lang::En) => {
                format!("Tier {}: the end must lie above the start", tier + 1)
            }
            (Self::Gap { from, to }, Lang::Zh) => format!(
                "{} 到 {} 之间没有档位，请把前一档的上限改为后一档的下限",
                show(from),
                show(to)
            ),
            (Self::Gap { from, to }, Lang::En) => format!(
                "No tier holds {} to {}; end the one where the next begins",
                show(from),
                show(to)
            ),
            (Self::Overlap { from, to }, Lang::Zh) => format!(
                "{} 到 {} 同时属于两档，请把前一档的上限改为后一档的下限",
                show(from),
                show(to)
            ),
            (Self::Overlap { from, to }, Lang::En) => format!(
                "Two tiers hold {} to {}; end the one where the next begins",
                show(from),
                show(to)
            ),
            (Self::Closed { at }, Lang::Zh) => {
                format!("最后一档到 {} 为止，请不填上限", show(at))
            }
            (Self::Closed { at }, Lang::En) => {
                format!("The last tier ends at {}; leave its end empty", show(at))
            }
            (Self::OpenInside { tier }, Lang::Zh) => {
                format!("第 {} 档没有上限，后面却还有档位", tier + 1)
            }
            (Self::OpenInside { tier }, Lang::En) => {
                format!("Tier {} has no end, but another follows", tier + 1)
            }
            (Self::BelowZero, Lang::Zh) => "第一档的下限不能小于 0".to_owned(),
            (Self::BelowZero, Lang::En) => "The first tier cannot start below 0".to_owned(),
            (Self::Rate { tier }, Lang::Zh) => {
                format!("第 {} 档的比例要在 0% 到 100% 之间", tier + 1)
            }
            (Self::Rate { tier }, Lang::En) => {
                format!("Tier {}: the rate must be 0% to 100%", tier + 1)
            }
        }
    }
}

/// Tiers in order, each beginning where the one before ends, the last without an end. Below
/// the first nothing is earned.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tiers(Vec<Tier>);

impl Tiers {
    /// Tiers in ascending order.
    ///
    /// # Errors
    /// The first [`TierFault`] in their order.
    pub fn new(tiers: Vec<Tier>) -> Result<Self, TierFault> {
        if tiers.first().ok_or(TierFault::None)?.from < Quantity(0) {
            return Err(TierFault::BelowZero);
        }
        for (place, tier) in tiers.iter().enumerate() {
            if !(Rate(0)..=Rate::WHOLE).contains(&tier.rate) {
                return Err(TierFault::Rate { tier: place });
            }
            let next = tiers.get(place + 1).map(|next| next.from);
            match (tier.to, next) {
                (Some(to), _) if to <= tier.from => return Err(TierFault::Empty { tier: place }),
                (Some(at), None) => return Err(TierFault::Closed { at }),
                (Some(from), Some(to)) if from < to => return Err(TierFault::Gap { from, to }),
                (Some(to), Some(from)) if from < to => {
                    return Err(TierFault::Overlap { from, to });
                }
                (None, Some(_)) => return Err(TierFault::OpenInside { tier: place }),
                _ => {}
            }
        }
        Ok(Self(tiers))
    }

    /// Tiers from where each begins and what it earns; each ends where the next begins.
    ///
    /// # Errors
    /// [`TierFault`], as for [`Tiers::new`].
    pub fn from_starts(starts: &[(Quantity, Rate)]) -> Result<Self, TierFault> {
        let tier = |(place, (from, rate)): (usize, &(Quantity, Rate))| Tier {
            from: *from,
            to: starts.get(place + 1).map(|(next, _)| *next),
            rate: *rate,
        };
        Self::new(starts.iter().enumerate().map(tier).collect())
    }

    /// Each tier, the lowest first.
    pub fn iter(&self) -> impl Iterator<Item = &Tier> {
        self.0.iter()
    }

    /// The tier that an amount belongs to; `None` below the first.
    pub fn of(&self, amount: Quantity) -> Option<&Tier> {
        self.0.iter().rev().find(|tier| tier.from <= amount)
    }

    /// Where the next tier above an amount begins; `None` in the last.
    pub fn next_above(&self, amount: Quantity) -> Option<&Tier> {
        self.0.iter().find(|tier| tier.from > amount)
    }

    /// Reads `0..500000 1%, 500000.. 2%`.
    pub(super) fn read(tokens: &mut Tokens) -> Option<Self> {
        let mut tiers = Vec::new();
        loop {
            let (from, to) = tokens.read(|word| {
                let (from, to) = word.split_once("..")?;
                let to = match to {
                    "" => None,
                    to => Some(Quantity::parse(to)?),
                };
                Some((Quantity::parse(from)?, to))
            })?;
            let rate = tokens.read(Rate::parse)?;
            tiers.push(Tier { from, to, rate });
            if !tokens.sign(Sign::Comma) {
                return Self::new(tiers).ok();
            }
        }
    }

    /// The tiers for reading.
    pub(super) fn show(&self, unit: Unit, lang: Lang) -> String {
        let tiers: Vec<_> = self
            .0
            .iter()
            .map(|tier| format!("{} {}", tier.show(unit, lang), tier.rate.show()))
            .collect();
        tiers.join(match lang {
            Lang::Zh => "，",
            Lang::En => ", ",
        })
    }
}

impl Tier {
    /// Its amounts for reading, half-open as they are: `[¥0, ¥500,000)`.
    pub fn show(&self, unit: Unit, lang: Lang) -> String {
        let from = unit.show(self.from, lang);
        match self.to {
            Some(to) => format!("[{from}, {})", unit.show(to, lang)),
            None => format!("[{from}, ∞)"),
        }
    }
}

impl fmt::Display for Tiers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, tier) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str(", ")?;
            }
            match tier.to {
                Some(to) => write!(f, "{}..{to} {}", tier.from, tier.rate)?,
                None => write!(f, "{}.. {}", tier.from, tier.rate)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tier(from: i64, to: Option<i64>, percent: i64) -> Tier {
        Tier {
            from: Quantity::whole(from),
            to: to.map(Quantity::whole),
            rate: Rate::percent(percent),
        }
    }

    #[test]
    fn a_boundary_belongs_to_the_tier_above() {
        let tiers = Tiers::new(vec![tier(100, Some(200), 1), tier(200, None, 2)]).unwrap();
        let rate = |fen| tiers.of(Quantity(fen)).map(|tier| tier.rate);
        assert_eq!(rate(9_999), None);
        assert_eq!(rate(10_000), Some(Rate::percent(1)));
        assert_eq!(rate(19_999), Some(Rate::percent(1)));
        assert_eq!(rate(20_000), Some(Rate::percent(2)));
        assert_eq!(
            tiers.next_above(Quantity(19_999)),
            Some(&tier(200, None, 2))
        );
        assert_eq!(tiers.next_above(Quantity(20_000)), None);
    }

    #[test]
    fn what_is_wrong_with_tiers_is_named_with_its_place() {
        let whole = Quantity::whole;
        for (tiers, fault) in [
            (vec![], TierFault::None),
            (vec![tier(-1, None, 1)], TierFault::BelowZero),
            (
                vec![tier(0, Some(0), 1), tier(0, None, 1)],
                TierFault::Empty { tier: 0 },
            ),
            (
                vec![tier(0, Some(100), 1), tier(150, None, 2)],
                TierFault::Gap {
                    from: whole(100),
                    to: whole(150),
                },
            ),
            (
                vec![tier(0, Some(100), 1), tier(80, None, 2)],
                TierFault::Overlap {
                    from: whole(80),
                    to: whole(100),
                },
            ),
            (
                vec![tier(0, Some(100), 1)],
                TierFault::Closed { at: whole(100) },
            ),
            (
                vec![tier(0, None, 1), tier(100, None, 2)],
                TierFault::OpenInside { tier: 0 },
            ),
            (vec![tier(0, None, 101)], TierFault::Rate { tier: 0 }),
        ] {
            assert_eq!(Tiers::new(tiers), Err(fault));
            for lang in [Lang::Zh, Lang::En] {
                assert!(!fault.text(Unit::Yuan, lang).is_empty());
            }
        }
        let gap = TierFault::Gap {
            from: whole(100),
            to: whole(150),
        };
        assert_eq!(
            gap.text(Unit::Yuan, Lang::En),
            "No tier holds ¥100 to ¥150; end the one where the next begins"
        );
    }
}
