//! The lines of a payout: what each pays for, and its arithmetic in words.

use super::basis::Days;
use super::tiers::Tier;
use crate::money::Fen;
use crate::quantity::{Quantity, Unit};
use crate::rate::Rate;
use crate::ratio::Ratio;
use crate::words::{Lang, Words, words};

/// What a line of a payout pays for, with its inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// The part of S within a tier.
    Tier {
        /// Where the tier begins.
        from: Quantity,
        /// Where it ends.
        to: Option<Quantity>,
        /// How much of S is in it.
        within: Quantity,
        /// Its rate.
        rate: Rate,
    },
    /// All of S at the rate of its tier.
    Whole {
        /// S.
        amount: Quantity,
        /// The rate.
        rate: Rate,
    },
    /// What exceeds the base and its threshold.
    Growth {
        /// S.
        amount: Quantity,
        /// The base.
        base: Quantity,
        /// The threshold.
        threshold: Rate,
        /// The rate.
        rate: Rate,
    },
    /// The part of the payout up to 100 %.
    Attained {
        /// S ÷ target.
        attainment: Ratio,
        /// The part paid.
        part: Ratio,
        /// The payout at 100 %.
        payout: Fen,
    },
    /// The part above 100 %.
    Exceeded {
        /// S ÷ target.
        attainment: Ratio,
        /// What the excess is multiplied by.
        accelerator: Rate,
        /// The payout at 100 %.
        payout: Fen,
    },
    /// Units at a bonus each.
    Units {
        /// How many.
        units: Quantity,
        /// The bonus.
        bonus: Fen,
    },
    /// A place in the ranking.
    Place {
        /// The place.
        place: u32,
        /// How many win.
        places: u32,
    },
    /// What exceeds the most that one dealer can earn.
    Capped {
        /// The most.
        cap: Fen,
    },
    /// The days without enrolment.
    Prorated {
        /// The enrolled ones.
        days: Days,
    },
    /// What earlier statements came to.
    Settled,
    /// What would be taken back, and is not.
    Kept,
}

impl Item {
    /// What the line is for, and its arithmetic as far as the equals sign.
    pub fn text(self, unit: Unit, lang: Lang) -> (Words, String) {
        let show = |quantity| unit.show(quantity, lang);
        match self {
            Self::Tier {
                from,
                to,
                within,
                rate,
            } => {
                let tier = Tier { from, to, rate };
                (
                    words("本档", "Tier"),
                    format!(
                        "{}: {} × {}",
                        tier.show(unit, lang),
                        show(within),
                        rate.show()
                    ),
                )
            }
            Self::Whole { amount, rate } => (
                words("全额", "Whole amount"),
                format!("{} × {}", show(amount), rate.show()),
            ),
            Self::Growth {
                amount,
                base,
                threshold,
                rate,
            } => (
                words("增长部分", "Growth"),
                format!(
                    "max(0, {} − {} × (1 + {})) × {}",
                    show(amount),
                    show(base),
                    threshold.show(),
                    rate.show()
                ),
            ),
            Self::Attained {
                attainment,
                part,
                payout,
            } => (
                words("达成部分", "Attained"),
                match lang {
                    Lang::Zh => format!(
                        "达成 {}，付 {} × {}",
                        attainment.show_fine(),
                        payout.show(),
                        part.show_fine()
                    ),
                    Lang::En => format!(
                        "{} attained: {} × {}",
                        attainment.show_fine(),
                        payout.show(),
                        part.show_fine()
                    ),
                },
            ),
            Self::Exceeded {
                attainment,
                accelerator,
                payout,
            } => (
                words("超额部分", "Exceeded"),
                format!(
                    "{} × ({} − 100%) × {}",
                    payout.show(),
                    attainment.show_fine(),
                    accelerator.show()
                ),
            ),
            Self::Units { units, bonus } => (
                words("单台奖励", "Units"),
                format!("{} × {}", show(units), bonus.show()),
            ),
            Self::Place { place, places } => (
                words("名次", "Place"),
                match lang {
                    Lang::Zh => format!("第 {place} 名（取前 {places} 名）"),
                    Lang::En => format!("place {place} (the first {places} win)"),
                },
            ),
            Self::Capped { cap } => (words("封顶", "Cap"), cap.show()),
            Self::Prorated { days } => (
                words("按天折算", "Part of the days"),
                format!("× {} ÷ {}", days.within(), days.of()),
            ),
            Self::Settled => (words("已结算", "Settled before"), String::new()),
            Self::Kept => (words("不扣回", "Not taken back"), String::new()),
        }
    }
}
