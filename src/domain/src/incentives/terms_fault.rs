//! Why terms cannot be a scheme.

use super::tiers::TierFault;
use crate::quantity::Unit;
use crate::words::{Lang, words};

/// Why terms cannot be a scheme; each says what to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TermsFault {
    /// Tiers that are none.
    #[error(transparent)]
    Tiers(#[from] TierFault),
    /// No metric is chosen.
    #[error("no metric is chosen")]
    NoMetric,
    /// The metric is not known.
    #[error("the metric is not known")]
    UnknownMetric,
    /// An amount of money below zero.
    #[error("an amount of money is below zero")]
    NegativeMoney,
    /// A rate below zero.
    #[error("a rate is below zero")]
    NegativeRate,
    /// A threshold or starting part above 100 %.
    #[error("the threshold or the part paid at it is above 100%")]
    AboveWhole,
    /// The dates of a bonus are not within the scheme's.
    #[error("the dates of the bonus are not within the scheme's")]
    DatesOutside,
    /// A trip without a place.
    #[error("a trip needs at least one place")]
    NoPlace,
    /// A rate on something that is not money added up.
    #[error("a rate needs a metric in yuan whose months add up")]
    NotMoney,
    /// A bonus per unit on something that does not add up.
    #[error("a bonus per unit needs a metric whose months add up")]
    NotCounted,
    /// A metric that is to fall.
    #[error("the metric is better the lower it is; a scheme pays for more")]
    Falling,
}

impl TermsFault {
    /// What to tell the person, and what to enter instead.
    pub fn text(self, unit: Unit, lang: Lang) -> String {
        let told = match self {
            Self::Tiers(fault) => return fault.text(unit, lang),
            Self::NoMetric => words("请选择计量指标", "Choose the metric"),
            Self::UnknownMetric => words(
                "台账里没有这个指标，请另选一个",
                "The book has no such metric; choose another",
            ),
            Self::NegativeMoney => words("金额不能为负数", "Amounts cannot be negative"),
            Self::NegativeRate => words("比例不能为负数", "Rates cannot be negative"),
            Self::AboveWhole => words(
                "门槛和起付比例不能超过 100%",
                "The threshold and the part paid at it cannot exceed 100%",
            ),
            Self::DatesOutside => words(
                "活动日期要在方案期间之内",
                "The dates of the bonus must lie within the scheme's period",
            ),
            Self::NoPlace => words("名额至少为 1", "Enter at least one place"),
            Self::NotMoney => words(
                "按比例返利需要以元计量、逐月累计的指标",
                "A rate needs a metric in yuan whose months add up",
            ),
            Self::NotCounted => words(
                "单台奖励需要逐月累计的指标",
                "A bonus per unit needs a metric whose months add up",
            ),
            Self::Falling => words(
                "这个指标越低越好，不能按多得多奖",
                "This metric is better the lower it is; a scheme pays for more",
            ),
        };
        told.in_lang(lang).to_owned()
    }
}
