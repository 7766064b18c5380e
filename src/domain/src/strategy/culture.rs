//! The culture check as a radar: how both sides see the way they work together.
//!
//! **Rule.** Answers go from 1 (not at all) to 5 (fully). A dimension's value for a side in a
//! round is the mean of (answer − 1) ÷ 4 over the people who answered it, in basis points,
//! rounded half to even: 0 when all say "not at all", 10,000 when all say "fully". Who did not
//! answer does not count. The gap is our value less the dealer's; where we see it rosier than
//! the dealer does, there is something to talk about.

use crate::book::Book;
use crate::date::Month;
use crate::explain::{Explanation, Line};
use crate::id::Id;
use crate::money::div_half_even;
use crate::ratio::Ratio;
use crate::tables::{Agrees, CultureCheck, Dealer, Side};
use crate::value::{Kind, Value};
use crate::words::{Lang, Words, words};
use std::collections::BTreeMap;

/// One side of the radar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// Trust.
    Trust,
    /// Openness.
    Openness,
    /// Fairness.
    Fairness,
    /// Reliability.
    Reliability,
    /// Working together.
    Cooperation,
    /// The future.
    Future,
}

impl Dimension {
    /// Every dimension, clockwise.
    pub const ALL: [Self; 6] = [
        Self::Trust,
        Self::Openness,
        Self::Fairness,
        Self::Reliability,
        Self::Cooperation,
        Self::Future,
    ];

    /// What people call it.
    pub const fn words(self) -> Words {
        match self {
            Self::Trust => words("信任", "Trust"),
            Self::Openness => words("坦诚", "Openness"),
            Self::Fairness => words("公平", "Fairness"),
            Self::Reliability => words("守信", "Reliability"),
            Self::Cooperation => words("协作", "Working together"),
            Self::Future => words("共同未来", "The future"),
        }
    }

    const fn answer(self, check: &CultureCheck) -> Option<Agrees> {
        match self {
            Self::Trust => check.trust,
            Self::Openness => check.openness,
            Self::Fairness => check.fairness,
            Self::Reliability => check.reliability,
            Self::Cooperation => check.cooperation,
            Self::Future => check.future,
        }
    }
}

/// The mean of the answers to one dimension.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mean {
    /// The sum of (answer − 1).
    pub points: u32,
    /// How many people answered.
    pub answers: u32,
}

impl Mean {
    fn take(&mut self, answer: Option<Agrees>) {
        let points = match answer {
            Some(Agrees::NotAtAll) => 0,
            Some(Agrees::RatherNot) => 1,
            Some(Agrees::Partly) => 2,
            Some(Agrees::RatherYes) => 3,
            Some(Agrees::Fully) => 4,
            // What a newer version asks for is no answer to our question.
            Some(Agrees::Newer(_)) | None => return,
        };
        self.points += points;
        self.answers += 1;
    }

    /// Basis points, 0–10,000; `None` without an answer.
    pub fn basis_points(self) -> Option<i64> {
        let value = div_half_even(
            i128::from(self.points) * 10_000,
            i128::from(self.answers) * 4,
        )?;
        i64::try_from(value).ok()
    }
}

/// One round of the culture check of a dealer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Radar {
    /// The month of the round.
    pub round: Month,
    /// How we see it, by [`Dimension::ALL`].
    pub us: [Mean; 6],
    /// How the dealer sees it, by [`Dimension::ALL`].
    pub dealer: [Mean; 6],
}

impl Radar {
    /// The value of a side in a dimension, in basis points.
    pub fn value(&self, side: Side, dimension: Dimension) -> Option<i64> {
        let means = match side {
            Side::Us => &self.us,
            Side::Dealer => &self.dealer,
            Side::Newer(_) => return None,
        };
        means.get(dimension as usize)?.basis_points()
    }

    /// Our value less the dealer's, in basis points.
    pub fn gap(&self, dimension: Dimension) -> Option<i64> {
        Some(self.value(Side::Us, dimension)? - self.value(Side::Dealer, dimension)?)
    }

    /// The dimension that both see most differently; the first of several, `None` where one
    /// side has not answered.
    pub fn widest_gap(&self) -> Option<(Dimension, i64)> {
        let gaps = Dimension::ALL
            .into_iter()
            .filter_map(|d| Some((d, self.gap(d)?)));
        gaps.min_by_key(|(_, gap)| -gap.abs())
    }

    /// The inputs, the rule and the arithmetic.
    pub fn explain(&self, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        let month = Value::Month(self.round).show(Kind::Month, lang);
        out.line(words("轮次", "Round"), month);
        for dimension in Dimension::ALL {
            let side = |side: Side, means: &[Mean; 6]| {
                let mean = means.get(dimension as usize).copied().unwrap_or_default();
                let name = side.words().in_lang(lang);
                let ratio = Ratio::new(mean.points.into(), i128::from(mean.answers) * 4);
                match ratio {
                    Some(ratio) => format!(
                        "{name} {} ÷ ({} × 4) = {}",
                        mean.points,
                        mean.answers,
                        ratio.show_fine()
                    ),
                    None => format!("{name} —"),
                }
            };
            let both = [side(Side::Us, &self.us), side(Side::Dealer, &self.dealer)];
            out.line(
                dimension.words(),
                both.join(words("；", "; ").in_lang(lang)),
            );
        }
        if let Some((dimension, gap)) = self.widest_gap() {
            let share = |side| {
                let points = self.value(side, dimension).unwrap_or_default();
                Ratio::new(points.into(), 10_000)
                    .unwrap_or(Ratio::ZERO)
                    .show_fine()
            };
            out.result(
                words("差距最大", "Widest gap"),
                format!(
                    "{}：{} − {} = {}",
                    dimension.words().in_lang(lang),
                    share(Side::Us),
                    share(Side::Dealer),
                    Ratio::new(gap.into(), 10_000)
                        .unwrap_or(Ratio::ZERO)
                        .show_fine()
                ),
            );
        }
        out.words(
            words("规则", "Rule"),
            words(
                "每个回答 1–5 分，减 1 后除以 4，再取回答者的平均；没有回答的不计",
                "Each answer of 1–5 less 1, divided by 4, then the mean over those who answered; who did not answer does not count",
            ),
        );
        out.done()
    }
}

/// The rounds of a dealer's culture check, the oldest first.
pub fn radars(book: &Book, dealer: Id<Dealer>) -> Vec<Radar> {
    let mut rounds: BTreeMap<Month, Radar> = BTreeMap::new();
    for check in book.culture_checks.of(dealer) {
        let Some(round) = check.round else { continue };
        let radar = rounds.entry(round).or_insert(Radar {
            round,
            us: Default::default(),
            dealer: Default::default(),
        });
        let means = match check.side {
            Some(Side::Us) => &mut radar.us,
            Some(Side::Dealer) => &mut radar.dealer,
            Some(Side::Newer(_)) | None => continue,
        };
        for (mean, dimension) in means.iter_mut().zip(Dimension::ALL) {
            mean.take(dimension.answer(check));
        }
    }
    rounds.into_values().collect()
}
