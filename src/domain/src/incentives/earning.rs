//! The rules by which a scheme can pay.

use super::tiers::Tiers;
use crate::date::DateSpan;
use crate::money::Fen;
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::words::{Words, words};

/// How a scheme pays for an amount S.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Earning {
    /// Each tier's rate on the part of S within it: Σ rateₖ · max(0, min(S, hiₖ) − loₖ).
    Marginal(Tiers),
    /// The rate of the tier that S is in, on all of S: rate(S) · S.
    Retroactive(Tiers),
    /// A rate on what exceeds the base and its threshold: rate · max(0, S − base · (1 + threshold)).
    Growth {
        /// The rate.
        rate: Rate,
        /// How much growth comes before.
        threshold: Rate,
    },
    /// A part of a payout by attainment a = S ÷ target: 0 below the threshold, from there
    /// evenly from `start` to 100 % at a = 1, above it 1 + accelerator · (a − 1).
    Target {
        /// What is paid at 100 %.
        payout: Fen,
        /// The attainment from which something is paid, at most 100 %.
        threshold: Rate,
        /// The part that is paid at the threshold, at most 100 %.
        start: Rate,
        /// How fast it grows above 100 %; 100 % goes on as the attainment does.
        accelerator: Rate,
    },
    /// A bonus for each unit within some dates: bonus · S.
    PerUnit {
        /// What one unit earns.
        bonus: Fen,
        /// The dates that count.
        dates: DateSpan,
    },
    /// A trip for the best: those in the first places whose score is high enough.
    Trip {
        /// How many go.
        places: u32,
        /// What one place is worth, for the budget.
        worth: Fen,
        /// The least score, in hundredths of a point.
        least: Quantity,
    },
}

impl Earning {
    /// Every kind of rule: its key, and what people call it.
    pub const KINDS: [(&'static str, Words); 6] = [
        ("marginal", words("分档累进返利", "Marginal tiers")),
        ("retroactive", words("达档全额返利", "Retroactive tiers")),
        ("growth", words("增长奖励", "Growth bonus")),
        ("target", words("目标达成奖", "Target payout")),
        ("unit", words("单台奖励", "Per-unit bonus")),
        ("trip", words("旅游奖励", "Trip")),
    ];

    /// What people call such a scheme.
    pub const fn words(&self) -> Words {
        Self::KINDS[self.kind()].1
    }

    /// The place of its kind in [`Self::KINDS`].
    pub const fn kind(&self) -> usize {
        match self {
            Self::Marginal(_) => 0,
            Self::Retroactive(_) => 1,
            Self::Growth { .. } => 2,
            Self::Target { .. } => 3,
            Self::PerUnit { .. } => 4,
            Self::Trip { .. } => 5,
        }
    }

    /// The rule in words, for everyone to read.
    pub const fn rule(&self) -> Words {
        match self {
            Self::Marginal(_) => words(
                "每一档的比例只算落在本档内的金额；档位含下限、不含上限。",
                "Each tier's rate is paid on the part within it; a tier holds its start and not its end.",
            ),
            Self::Retroactive(_) => words(
                "达到哪一档，全部金额都按该档比例算；档位含下限、不含上限。",
                "The rate of the tier reached is paid on the whole amount; a tier holds its start and not its end.",
            ),
            Self::Growth { .. } => words(
                "超过 基数 ×（1 + 门槛）的部分按比例奖励。",
                "The rate is paid on what exceeds base × (1 + threshold).",
            ),
            Self::Target { .. } => words(
                "达成率低于门槛不奖；从门槛到 100% 均匀增加到全额；超过 100% 的部分乘以加速系数。",
                "Nothing below the threshold; evenly up to the full payout at 100%; the part above 100% is multiplied by the accelerator.",
            ),
            Self::PerUnit { .. } => words(
                "活动日期内每卖出一件奖励固定金额；月度数据按天折算。",
                "A fixed bonus for each unit within the dates; months count by their days.",
            ),
            Self::Trip { .. } => words(
                "评分不低于最低分的，按评分排名，取前若干名。并列时依次比较：计量数值高者、加入较早者、客户编码在前者。",
                "Those with the least score or more are ranked by score, and the first places win. Ties go to the larger measured amount, then the earlier enrolment, then the dealer code first in order.",
            ),
        }
    }
}
