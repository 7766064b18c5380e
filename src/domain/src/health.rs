//! Relationship health, 0–100: how well the two sides go along together.
//!
//! **Rule.** Freshness of contact 25 + promises kept on time 25 + satisfaction 20 + goal pace
//! 15 + open issues 15. A part without data is left out and its weight shared among the
//! others in proportion; satisfaction has no surveys behind it yet and is always left out.
//! Strong from 70, fair from 40. The parts and weights are the product's own.
//!
//! - Freshness: full up to the due date of the contact, then falling evenly to 0 at two
//!   intervals past it.
//! - Promises: kept on time ÷ to be kept, both sides, last twelve months.
//! - Goal pace: the mean pace of the goals under way that can be judged, each at most 1.
//! - Issues: 100 less, for each open one, 30 / 15 / 5 by severity, growing evenly to twice
//!   that over 90 days.
//!
//! It is an internal judgement: never shown in shared-screen mode.

#[cfg(test)]
mod tests;

use crate::book::Book;
use crate::cadence::Cadence;
use crate::date::{Date, days_between};
use crate::explain::{Explanation, Line, show_days};
use crate::id::Id;
use crate::issues;
use crate::money::div_half_even;
use crate::pacing::Rag;
use crate::promises::Ledger;
use crate::ratio::Ratio;
use crate::tables::{Dealer, Severity};
use crate::words::{Lang, Words, words};

/// Strong from so many points on.
pub const STRONG_FROM: u8 = 70;
/// Fair from so many points on.
pub const FAIR_FROM: u8 = 40;

/// How good the health is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// Below 40.
    Weak,
    /// Below 70.
    Fair,
    /// 70 and more.
    Strong,
}

impl Band {
    /// What people call it.
    pub const fn words(self) -> Words {
        match self {
            Self::Weak => words("需要投入", "Needs care"),
            Self::Fair => words("一般", "Fair"),
            Self::Strong => words("良好", "Strong"),
        }
    }
}

/// What a part of the health is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartKind {
    /// Contact against the cadence.
    Freshness,
    /// Promises kept on time.
    Promises,
    /// Pace of the goals.
    GoalPace,
    /// Open issues.
    Issues,
}

impl PartKind {
    /// Every part, in the order in which they are shown.
    pub const ALL: [Self; 4] = [
        Self::Freshness,
        Self::Promises,
        Self::GoalPace,
        Self::Issues,
    ];

    /// Its weight before sharing.
    pub const fn weight(self) -> u8 {
        match self {
            Self::Freshness | Self::Promises => 25,
            Self::GoalPace | Self::Issues => 15,
        }
    }

    /// What people call it.
    pub const fn words(self) -> Words {
        match self {
            Self::Freshness => words("联系及时", "Freshness of contact"),
            Self::Promises => words("承诺兑现", "Promises kept"),
            Self::GoalPace => words("目标进度", "Goal pace"),
            Self::Issues => words("问题处理", "Open issues"),
        }
    }
}

/// One part of the health.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is about.
    pub kind: PartKind,
    /// Its points; the parts sum to the health.
    pub points: u8,
    /// The most that it can give; the parts sum to 100.
    pub most: u8,
    /// Its own score, 0–1.
    pub score: Ratio,
    fact: Fact,
}

/// The inputs of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Fact {
    Overdue { days: i64, interval: i64 },
    Kept { kept: u32, settled: u32 },
    Goals { count: i64 },
    Issues { open: i64, lost: i64 },
}

impl Fact {
    fn text(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Overdue { days: 0, .. }, _) => words("在联系间隔内", "Within the interval")
                .in_lang(lang)
                .to_owned(),
            (Self::Overdue { days, interval }, Lang::Zh) => {
                format!("超过 {days} 天：1 − {days} ÷ (2 × {interval})")
            }
            (Self::Overdue { days, interval }, Lang::En) => format!(
                "{} overdue: 1 − {days} ÷ (2 × {interval})",
                show_days(*days, lang)
            ),
            (Self::Kept { kept, settled }, _) => format!("{kept} ÷ {settled}"),
            (Self::Goals { count }, Lang::Zh) => {
                format!("{count} 个目标的平均进度比，每个最多 100%")
            }
            (Self::Goals { count: 1 }, Lang::En) => "The pace of 1 goal, at most 100%".to_owned(),
            (Self::Goals { count }, Lang::En) => {
                format!("The mean pace of {count} goals, each at most 100%")
            }
            (Self::Issues { open: 0, .. }, _) => words("没有未解决的问题", "None open")
                .in_lang(lang)
                .to_owned(),
            (Self::Issues { open, lost }, Lang::Zh) => {
                format!("{open} 个未解决，按严重程度和时间扣 {lost}%")
            }
            (Self::Issues { open, lost }, Lang::En) => {
                format!("{open} open, less {lost}% by severity and age")
            }
        }
    }
}

/// A dealer's relationship health on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// 0–100.
    pub score: u8,
    /// How good that is.
    pub band: Band,
    /// The parts that have data.
    pub parts: Vec<Part>,
}

impl Health {
    /// The health of a dealer; `None` while nothing is known: neither a contact, a promise, a
    /// goal nor an issue.
    pub fn of(book: &Book, dealer: Id<Dealer>, today: Date) -> Option<Self> {
        let record = book.dealers.get(dealer)?;
        let mut scores: Vec<(PartKind, Ratio, Fact)> = Vec::new();
        let mut add = |kind, found: Option<(Ratio, Fact)>| {
            if let Some((score, fact)) = found {
                scores.push((kind, score.max(Ratio::ZERO).min(Ratio::ONE), fact));
            }
        };
        add(PartKind::Freshness, freshness(book, record, today));
        add(PartKind::Promises, kept(book, dealer, today));
        add(PartKind::GoalPace, goal_pace(book, dealer, today));
        add(PartKind::Issues, open_issues(book, dealer, today));
        // That a stranger has no open issue says nothing.
        let known = scores
            .iter()
            .any(|(_, _, fact)| !matches!(fact, Fact::Issues { open: 0, .. }));
        if !known {
            return None;
        }

        let weights: i128 = scores
            .iter()
            .map(|(kind, ..)| i128::from(kind.weight()))
            .sum();
        let mosts: Vec<i128> = scores
            .iter()
            .map(|(kind, ..)| i128::from(kind.weight()) * WHOLE)
            .collect();
        let exact: Vec<i128> = scores
            .iter()
            .map(|(kind, score, _)| i128::from(kind.weight()) * i128::from(score.basis_points()))
            .collect();
        // Points are hundredths of the shared weights: exact · 100 ÷ (weights · WHOLE).
        let most = shared_out(&mosts, weights, &vec![100; scores.len()]);
        let points = shared_out(&exact, weights, &most);
        let score: u8 = points.iter().sum();
        Some(Self {
            score,
            band: if score >= STRONG_FROM {
                Band::Strong
            } else if score >= FAIR_FROM {
                Band::Fair
            } else {
                Band::Weak
            },
            parts: scores
                .into_iter()
                .zip(points.into_iter().zip(most))
                .map(|((kind, score, fact), (points, most))| Part {
                    kind,
                    points,
                    most,
                    score,
                    fact,
                })
                .collect(),
        })
    }

    /// The inputs, the rule and the arithmetic.
    pub fn explain(&self, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        for part in &self.parts {
            let fact = part.fact.text(lang);
            let Part {
                points,
                most,
                score,
                ..
            } = part;
            out.line(
                part.kind.words(),
                match lang {
                    Lang::Zh => format!("{points} / {most} 分 · {}（{fact}）", score.show()),
                    Lang::En => format!("{points} of {most} · {} ({fact})", score.show()),
                },
            );
        }
        let sum: Vec<_> = self
            .parts
            .iter()
            .map(|part| part.points.to_string())
            .collect();
        out.result(
            words("合计", "Total"),
            format!(
                "{} = {} · {}",
                sum.join(" + "),
                self.score,
                self.band.words().in_lang(lang)
            ),
        );
        out.words(
            words("规则", "Rule"),
            words(
                "联系 25、承诺 25、满意度 20、目标 15、问题 15；没有数据的部分不计，权重由其余部分分担。70 分以上良好，40 分以上一般。",
                "Contact 25, promises 25, satisfaction 20, goals 15, issues 15; parts without data are left out and their weight is shared. Strong from 70, fair from 40.",
            ),
        );
        out.done()
    }
}

/// A full score in basis points.
const WHOLE: i128 = 10_000;

/// Whole points for exact amounts of `weights · WHOLE`, which together make the rounded
/// total: the largest remainders are rounded up (Hamilton's method), none above its limit.
fn shared_out(exact: &[i128], weights: i128, limits: &[u8]) -> Vec<u8> {
    let unit = weights * WHOLE;
    let total = div_half_even(exact.iter().sum::<i128>() * 100, unit).unwrap_or(0);
    let mut points: Vec<u8> = exact
        .iter()
        .map(|amount| u8::try_from(amount * 100 / unit).unwrap_or(100))
        .collect();
    let mut order: Vec<usize> = (0..exact.len()).collect();
    order.sort_by_key(|place| -(exact.get(*place).copied().unwrap_or(0) * 100 % unit));
    let mut left = total
        - points
            .iter()
            .map(|points| i128::from(*points))
            .sum::<i128>();
    // Where the largest remainders stand at their limit, the others go round once more; the
    // limits together are 100, so there is always room.
    for place in order.iter().cycle().take(2 * exact.len()) {
        if let (Some(points), Some(limit)) = (points.get_mut(*place), limits.get(*place))
            && left > 0
            && *points < *limit
        {
            *points += 1;
            left -= 1;
        }
    }
    points
}

fn freshness(book: &Book, dealer: &Dealer, today: Date) -> Option<(Ratio, Fact)> {
    let cadence = Cadence::of(book, dealer, today);
    cadence.due?;
    cadence.last_contact?;
    let (days, interval) = (cadence.overdue_days, cadence.interval_days);
    let score = Ratio::new(i128::from(2 * interval - days), i128::from(2 * interval))?;
    Some((score, Fact::Overdue { days, interval }))
}

fn kept(book: &Book, dealer: Id<Dealer>, today: Date) -> Option<(Ratio, Fact)> {
    let both = Ledger::of(book, dealer, today).both();
    let fact = Fact::Kept {
        kept: both.kept,
        settled: both.settled(),
    };
    Some((both.rate()?, fact))
}

fn goal_pace(book: &Book, dealer: Id<Dealer>, today: Date) -> Option<(Ratio, Fact)> {
    let (mut sum, mut count) = (0, 0);
    for (_, pacing) in book.paced_of(dealer, today).iter() {
        if let (Some(pace), Rag::Good | Rag::Watch | Rag::Risk) = (pacing.pace, pacing.rag) {
            sum += i128::from(pace.basis_points().clamp(0, 10_000));
            count += 1;
        }
    }
    Some((
        Ratio::new(sum, i128::from(count) * WHOLE)?,
        Fact::Goals { count },
    ))
}

fn open_issues(book: &Book, dealer: Id<Dealer>, today: Date) -> Option<(Ratio, Fact)> {
    let (mut ninetieths, mut open) = (0, 0);
    for issue in issues::of_dealer(book, dealer).filter(|issue| issue.outcome.is_open()) {
        let points = match issue.severity {
            Some(Severity::Severe) => 30,
            Some(Severity::Minor) => 5,
            _ => 15,
        };
        let age = issue
            .reported_on
            .map_or(0, |day| days_between(day, today).clamp(0, 90));
        ninetieths += points * (90 + age);
        open += 1;
    }
    let lost = div_half_even(i128::from(ninetieths), 90)?;
    let fact = Fact::Issues {
        open,
        lost: i64::try_from(lost.min(100)).ok()?,
    };
    Some((Ratio::new(i128::from(9000 - ninetieths), 9000)?, fact))
}
