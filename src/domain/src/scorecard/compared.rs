//! Scores beside each other: a dealer's over time, and dealers among their peers.

use super::marked::{Records, gatherings, months};
use super::rubric::Rubric;
use super::score::{Points, Scored, score};
use super::tier::{Tier, held};
use super::versions::all_in_force;
use crate::book::Book;
use crate::date::Date;
use crate::explain::{Explanation, Line};
use crate::id::{Id, IdMap};
use crate::peers::{PeerGroup, median};
use crate::period::Period;
use crate::ratio::Ratio;
use crate::tables::{Dealer, Evaluation, Gathering};
use crate::words::{Lang, Words, words};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many periods the trend is drawn through.
pub const TREND_PERIODS: i32 = 6;
/// How many periods are looked back at for the tier that is held.
const TIER_PERIODS: i32 = 12;
/// The fewest scores that make a trend.
const FEWEST: usize = 3;

/// A straight line through scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slope {
    /// Points more in each period, exact.
    pub each: Ratio,
    /// How many scores it goes through.
    pub scores: usize,
}

/// The slope by least squares: (n·Σxy − Σx·Σy) ÷ (n·Σx² − (Σx)²), where x counts periods, so
/// that one without a score leaves a gap. `None` with fewer than three scores.
pub fn slope(scores: &[Option<Points>]) -> Option<Slope> {
    let (mut n, mut sx, mut sy, mut sxx, mut sxy) = (0_i128, 0_i128, 0_i128, 0_i128, 0_i128);
    for (x, y) in (0_i128..).zip(scores) {
        if let Some(y) = y {
            let y = i128::from(y.0);
            n += 1;
            sx += x;
            sy += y;
            sxx += x * x;
            sxy += x * y;
        }
    }
    let scores = usize::try_from(n).ok()?;
    if scores < FEWEST {
        return None;
    }
    // Scores are hundredths of a point.
    let each = Ratio::new(n * sxy - sx * sy, (n * sxx - sx * sx) * 100)?;
    Some(Slope { each, scores })
}

impl Slope {
    /// Points a period for reading, with a sign: `+1.5`.
    pub fn show(self) -> String {
        let hundredths = self
            .each
            .times(Ratio::whole(100))
            .and_then(Ratio::rounded)
            .unwrap_or(0);
        let size = Points(hundredths.saturating_abs());
        match hundredths {
            0 => size.to_string(),
            1.. => format!("+{size}"),
            _ => format!("−{size}"),
        }
    }
}

/// A dealer's score with what stands beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The period.
    pub period: Period,
    /// The score.
    pub scored: Scored,
    /// The scores of the periods up to this one, the earliest first.
    pub history: Vec<(Period, Option<Points>)>,
    /// The tier that is held after this period.
    pub tier: Option<Tier>,
    /// The trend over the last six periods.
    pub slope: Option<Slope>,
}

/// A dealer's score over a period, its trend and the tier that is held. Periods that were
/// discussed count as they were discussed.
pub fn compared(
    book: &Book,
    rubric: &Rubric,
    dealer: Id<Dealer>,
    period: Period,
    today: Date,
) -> Compared {
    let earliest = period.plus(1 - TIER_PERIODS);
    let gatherings = gatherings(book, rubric);
    let records = Records::of(book, rubric, &gatherings, dealer, months(earliest, period));
    let scored_in = |period| scored_in(book, &records, rubric, dealer, period, today);
    let history: Vec<(Period, Option<Points>)> = period
        .with_those_before(TIER_PERIODS)
        .map(|period| (period, scored_in(period).score))
        .collect();
    let scores: Vec<_> = history.iter().map(|(_, score)| *score).collect();
    let recent = scores.len().saturating_sub(TREND_PERIODS as usize);
    Compared {
        period,
        scored: scored_in(period),
        tier: held(rubric.thresholds(), &scores).last().copied().flatten(),
        slope: scores.get(recent..).and_then(slope),
        history,
    }
}

/// The score of a period: as it was discussed, or by what the book has on a day.
fn scored_in(
    book: &Book,
    records: &Records<'_>,
    rubric: &Rubric,
    dealer: Id<Dealer>,
    period: Period,
    today: Date,
) -> Scored {
    discussed(book, dealer, period)
        .and_then(|evaluation| evaluation.scored(book, today))
        .unwrap_or_else(|| score(rubric, &records.marks(period, today)))
}

/// The score of every dealer over a period, without those in the bin.
pub fn all_scores(
    book: &Book,
    rubric: &Rubric,
    period: Period,
    today: Date,
) -> Vec<(Arc<Dealer>, Option<Points>)> {
    scores_of(book, rubric, period, today, |_| true)
}

/// The scores of a dealer's peers over a period, its own among them.
pub fn group_scores(
    book: &Book,
    rubric: &Rubric,
    group: PeerGroup,
    period: Period,
    today: Date,
) -> Vec<(Arc<Dealer>, Option<Points>)> {
    scores_of(book, rubric, period, today, |dealer| {
        PeerGroup::of(dealer) == group
    })
}

/// The score of one dealer over one period.
fn score_of(
    book: &Book,
    rubric: &Rubric,
    gatherings: &[Gathering],
    dealer: Id<Dealer>,
    period: Period,
    today: Date,
) -> Option<Points> {
    let records = Records::of(book, rubric, gatherings, dealer, months(period, period));
    scored_in(book, &records, rubric, dealer, period, today).score
}

fn scores_of(
    book: &Book,
    rubric: &Rubric,
    period: Period,
    today: Date,
    wanted: impl Fn(&Dealer) -> bool,
) -> Vec<(Arc<Dealer>, Option<Points>)> {
    let gatherings = gatherings(book, rubric);
    let of = |dealer: &Dealer| score_of(book, rubric, &gatherings, dealer.id, period, today);
    book.dealers
        .iter()
        .filter(|dealer| wanted(dealer))
        .map(|dealer| (Arc::clone(dealer), of(dealer)))
        .collect()
}

/// Every dealer's score in points over the last period that is over, by the first scorecard in force:
/// what a trip is ranked by.
pub fn latest_scores(book: &Book, today: Date) -> IdMap<Id<Dealer>, Ratio> {
    let first = all_in_force(book, today).into_iter().next();
    let Some(rubric) = first
        .as_ref()
        .and_then(|(_, version)| version.rubric.as_ref())
    else {
        return IdMap::default();
    };
    let period = Period::last_over(rubric.cycle(), today);
    all_scores(book, rubric, period, today)
        .into_iter()
        .filter_map(|(dealer, score)| Some((dealer.id, score?.ratio())))
        .collect()
}

/// The dealers that lose their tier if the next period is like the last one that is over: the score of
/// that period was below the tier which they hold, for the first time, by the first scorecard in force.
/// Those whom nobody looks after are left out.
pub fn tiers_at_risk(book: &Book, today: Date) -> Vec<TierAtRisk> {
    let first = all_in_force(book, today).into_iter().next();
    let Some(rubric) = first
        .as_ref()
        .and_then(|(_, version)| version.rubric.as_ref())
    else {
        return Vec::new();
    };
    let period = Period::last_over(rubric.cycle(), today);
    let gatherings = gatherings(book, rubric);
    let mut found: Vec<TierAtRisk> = book
        .dealers
        .iter()
        .filter(|dealer| dealer.is_looked_after())
        .filter(|dealer| {
            // Nobody loses the first tier by a score that gives it, whatever came before.
            let score = score_of(book, rubric, &gatherings, dealer.id, period, today);
            score.is_some_and(|score| rubric.thresholds().of(score) != Tier::First)
        })
        .filter_map(|dealer| {
            let compared = compared(book, rubric, dealer.id, period, today);
            let (held, score) = (compared.tier?, compared.scored.score?);
            let own = rubric.thresholds().of(score);
            (own < held).then_some(TierAtRisk {
                dealer: dealer.id,
                period,
                held,
                own,
            })
        })
        .collect();
    found.sort_by_key(|risk| risk.dealer);
    found
}

/// A dealer that may lose its tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TierAtRisk {
    /// The dealer.
    pub dealer: Id<Dealer>,
    /// The period whose score was below the tier.
    pub period: Period,
    /// The tier that is held.
    pub held: Tier,
    /// The tier that the score alone would give.
    pub own: Tier,
}

/// The evaluation of a dealer over this very period that was discussed, the latest of several.
pub fn discussed(book: &Book, dealer: Id<Dealer>, period: Period) -> Option<Arc<Evaluation>> {
    book.evaluations
        .of(dealer)
        .filter(|evaluation| evaluation.dealer == dealer)
        .filter(|evaluation| evaluation.period == Some(period.first()))
        .filter(|evaluation| {
            let version = book.scorecard_versions.get_any(evaluation.version);
            let rubric = version.and_then(|version| version.rubric.as_ref());
            rubric.is_some_and(|rubric| rubric.cycle() == period.cycle())
        })
        .filter(|evaluation| evaluation.discussed_on.is_some())
        .max_by_key(|evaluation| (evaluation.discussed_on, evaluation.id))
        .cloned()
}

/// The figures in its explanation.
impl Compared {
    /// The trend.
    pub const TREND: Words = words("趋势", "Trend");
    /// The tier that is held.
    pub const TIER: Words = words("档位", "Tier");
}

impl Compared {
    /// The scores over time, the trend and the tier with its rule.
    pub fn explain(&self, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        let recent = self.history.len().saturating_sub(TREND_PERIODS as usize);
        for (period, score) in self.history.iter().skip(recent) {
            out.line(
                words("期间", "Period"),
                match score {
                    Some(score) => format!("{}: {score}", period.show(lang)),
                    None => format!(
                        "{}: {}",
                        period.show(lang),
                        words("没有评分", "no score").in_lang(lang)
                    ),
                },
            );
        }
        if let Some(slope) = self.slope {
            let count = slope.scores;
            out.line(
                Compared::TREND,
                match lang {
                    Lang::Zh => format!("每期 {} 分（{count} 期最小二乘）", slope.show()),
                    Lang::En => format!(
                        "{} points a period (least squares over {count})",
                        slope.show()
                    ),
                },
            );
        }
        if let Some(tier) = self.tier {
            out.words(Compared::TIER, tier.words());
        }
        out.words(
            words("规则", "Rule"),
            words(
                "达到更高档立即升档；连续两期低于现有档位才降档，降到两期中较高的一档。",
                "A higher tier is held at once; only the second period in a row below moves down, to the better of the two.",
            ),
        );
        out.done()
    }
}

/// A dealer's place among others.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// The dealer.
    pub dealer: Arc<Dealer>,
    /// The score; `None` without data.
    pub score: Option<Points>,
    /// The place from 1; equal scores share it and the next place is left out.
    pub place: Option<usize>,
    /// The dealers with whom it compares.
    pub group: PeerGroup,
    /// The place within the group.
    pub group_place: Option<usize>,
    /// How many of the group have a score.
    pub group_size: usize,
    /// The middle score of the group.
    pub group_median: Option<Ratio>,
}

/// Dealers by score, the best first, those without one last; equal scores share a place
/// (standard competition ranking: 1, 2, 2, 4).
pub fn ranked(mut scores: Vec<(Arc<Dealer>, Option<Points>)>) -> Vec<Ranked> {
    // Places follow the scores, so what is put in order is small.
    scores.sort_unstable_by(|(one, a), (other, b)| {
        b.cmp(a)
            .then_with(|| (&one.name, one.id).cmp(&(&other.name, other.id)))
    });
    // The scores of all and of each group, the best first.
    let mut all = Vec::new();
    let mut groups: BTreeMap<PeerGroup, Vec<Points>> = BTreeMap::new();
    for (dealer, score) in &scores {
        if let Some(score) = score {
            all.push(*score);
            let group = groups.entry(PeerGroup::of(dealer)).or_default();
            group.push(*score);
        }
    }
    let with_median = |(group, scores): (PeerGroup, Vec<Points>)| {
        let middle = median(scores.iter().map(|score| score.ratio()).collect());
        (group, (scores, middle))
    };
    let groups: BTreeMap<_, _> = groups.into_iter().map(with_median).collect();
    let place = |own: Option<Points>, among: &[Points]| {
        own.map(|own| 1 + among.partition_point(|other| *other > own))
    };
    let ranked = scores.into_iter().map(|(dealer, score)| {
        let group = PeerGroup::of(&dealer);
        let peers = groups.get(&group);
        let (peers, group_median) = peers.map_or((&[][..], None), |(scores, middle)| {
            (scores.as_slice(), *middle)
        });
        Ranked {
            place: place(score, &all),
            group_place: place(score, peers),
            group_size: peers.len(),
            group_median,
            group,
            dealer,
            score,
        }
    });
    ranked.collect()
}
