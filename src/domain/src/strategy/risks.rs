//! How grave a risk is, and which to look at. Internal throughout.
//!
//! **Rule.** Likelihood (1–3) times impact (1–3): grave from 6, to be watched from 3, small
//! below. What nobody judged counts as medium.

use crate::book::Book;
use crate::date::Date;
use crate::explain::{Explanation, Line};
use crate::id::Id;
use crate::tables::{Dealer, Degree, Risk};
use crate::words::{Lang, Words, words};
use std::sync::Arc;

/// How grave a risk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RiskLevel {
    /// Below 3.
    Small,
    /// From 3.
    Watch,
    /// From 6.
    Grave,
}

impl RiskLevel {
    /// What people call it.
    pub const fn words(self) -> Words {
        match self {
            Self::Small => words("较小", "Small"),
            Self::Watch => words("需关注", "Watch"),
            Self::Grave => words("重大", "Grave"),
        }
    }
}

const fn points(degree: Option<Degree>) -> u8 {
    match degree {
        Some(Degree::Low) => 1,
        Some(Degree::Medium | Degree::Newer(_)) | None => 2,
        Some(Degree::High) => 3,
    }
}

impl Risk {
    /// How grave it is.
    pub const fn level(&self) -> RiskLevel {
        match points(self.likelihood) * points(self.impact) {
            6.. => RiskLevel::Grave,
            3.. => RiskLevel::Watch,
            _ => RiskLevel::Small,
        }
    }

    /// The inputs, the rule and the arithmetic.
    pub fn explain(&self, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        let (likelihood, impact) = (points(self.likelihood), points(self.impact));
        out.result(
            words("可能性 × 影响", "Likelihood × impact"),
            format!(
                "{likelihood} × {impact} = {} · {}",
                likelihood * impact,
                self.level().words().in_lang(lang)
            ),
        );
        out.words(
            words("规则", "Rule"),
            words(
                "各 1–3 分相乘：6 分以上重大，3 分以上需关注；未判断的按 2 分",
                "1–3 points each, multiplied: grave from 6, watch from 3; what nobody judged counts 2",
            ),
        );
        out.done()
    }
}

/// The open risks of a dealer, the gravest first, then those whose next look comes first.
pub fn open_risks(book: &Book, dealer: Id<Dealer>) -> Vec<Arc<Risk>> {
    let mut found: Vec<_> = book
        .risks
        .of(dealer)
        .filter(|risk| risk.dealer == dealer && risk.outcome.is_open())
        .cloned()
        .collect();
    found.sort_by_key(|risk| {
        let level = std::cmp::Reverse(risk.level());
        (level, risk.review_on.unwrap_or(Date::MAX), risk.id)
    });
    found
}
