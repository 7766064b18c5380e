//! The score of some marks by a rubric, and its explanation.

use super::marks::{Mark, Marks};
use super::rubric::{RULE, Rubric, Weight, weights_note};
use super::tier::Tier;
use crate::book::Book;
use crate::explain::{Explanation, Line};
use crate::money::div_half_even;
use crate::quantity::{Quantity, Unit, parse_hundredths, plain_hundredths};
use crate::ratio::Ratio;
use crate::tables::{Direction, IssueKind};
use crate::words::{Lang, Words, words};
use std::fmt;

/// Points of a score, in hundredths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(pub i64);

impl Points {
    /// Reads points with at most two decimals.
    pub fn parse(text: &str) -> Option<Self> {
        parse_hundredths(text).map(Self)
    }

    /// The exact number.
    pub fn ratio(self) -> Ratio {
        Ratio::new(self.0.into(), 100).unwrap_or(Ratio::ZERO)
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&plain_hundredths(self.0))
    }
}

/// Actual ÷ target, or 2 − actual ÷ target where lower is better. `None` without a target
/// above zero: nothing can be measured against nothing.
pub fn attainment(actual: Quantity, target: Quantity, direction: Direction) -> Option<Ratio> {
    if target.0 <= 0 {
        return None;
    }
    let plain = Ratio::new(actual.0.into(), target.0.into())?;
    if direction == Direction::Falling {
        Ratio::whole(2).minus(plain)
    } else {
        Some(plain)
    }
}

/// What an attainment scores: at most the cap, 0 below the floor and below zero.
///
/// Percent of a target are points, so that a cap of 120 % is 120 points.
pub fn metric_score(attainment: Ratio, weight: &Weight) -> Points {
    let held = attainment.max(Ratio::ZERO).min(weight.cap.ratio());
    if attainment < weight.floor.ratio() {
        return Points(0);
    }
    // At most 1000 %: far within the range.
    Points(held.basis_points())
}

/// One metric's part of a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScoredMetric {
    /// What was weighed and how.
    pub weight: Weight,
    /// Its actual and target.
    pub mark: Mark,
    /// Its attainment; `None` without actual or target.
    pub attainment: Option<Ratio>,
    /// Its score; `None` without an attainment.
    pub score: Option<Points>,
}

/// What one kind of incident cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deducted {
    /// The kind.
    pub kind: IssueKind,
    /// How many.
    pub count: u32,
    /// Points for each.
    pub each: Points,
    /// The most for this kind.
    pub most: Points,
    /// What they cost.
    pub points: Points,
}

/// A score with everything that led to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scored {
    /// Each metric.
    pub metrics: Vec<ScoredMetric>,
    /// Each kind of incident that was deducted.
    pub deducted: Vec<Deducted>,
    /// What all deductions cost together.
    pub deduction: Points,
    /// The weighted mean before deductions; `None` without data.
    pub mean: Option<Points>,
    /// The score; `None` without data.
    pub score: Option<Points>,
    /// The part of the weight that has data.
    pub coverage: Ratio,
    /// The tier of the score taken by itself.
    pub tier: Option<Tier>,
    /// What the weights sum to.
    pub sum_of_weights: u32,
    /// The most that all deductions can cost.
    pub most_deducted: Points,
}

/// The score of some marks by a rubric.
pub fn score(rubric: &Rubric, marks: &Marks) -> Scored {
    let metrics: Vec<ScoredMetric> = rubric
        .weights()
        .iter()
        .map(|weight| {
            let mark = marks.of(weight.metric).copied().unwrap_or(Mark {
                metric: weight.metric,
                actual: None,
                target: None,
            });
            let attained = mark
                .actual
                .zip(mark.target)
                .and_then(|(actual, target)| attainment(actual, target, weight.direction));
            ScoredMetric {
                weight: *weight,
                mark,
                attainment: attained,
                score: attained.map(|attained| metric_score(attained, weight)),
            }
        })
        .collect();
    let sum_of_weights = rubric.sum_of_weights();
    let (mut weights, mut sum) = (0_i128, 0_i128);
    for metric in &metrics {
        if let Some(score) = metric.score {
            weights += i128::from(metric.weight.weight);
            sum += i128::from(metric.weight.weight) * i128::from(score.0);
        }
    }
    let mean = div_half_even(sum, weights).map(|mean| Points(Quantity::held(mean).0));
    let deducted: Vec<Deducted> = rubric
        .deductions()
        .iter()
        .map(|deduction| {
            let count = marks.count(deduction.kind);
            let points = deduction.each.0.saturating_mul(count.into());
            Deducted {
                kind: deduction.kind,
                count,
                each: deduction.each,
                most: deduction.most,
                points: Points(points).min(deduction.most),
            }
        })
        .filter(|deducted| deducted.count > 0)
        .collect();
    let all = deducted
        .iter()
        .fold(0_i64, |sum, deducted| sum.saturating_add(deducted.points.0));
    let deduction = Points(all).min(rubric.most_deducted());
    let score = mean.map(|mean| Points(mean.0.saturating_sub(deduction.0).max(0)));
    Scored {
        metrics,
        deducted,
        deduction,
        mean,
        score,
        coverage: Ratio::new(weights, sum_of_weights.into()).unwrap_or(Ratio::ZERO),
        tier: score.map(|score| rubric.thresholds().of(score)),
        sum_of_weights,
        most_deducted: rubric.most_deducted(),
    }
}

/// The figures in its explanation.
impl Scored {
    /// The score.
    pub const SCORE: Words = words("总分", "Score");
    /// The weights that have data.
    pub const COVERAGE: Words = words("数据覆盖", "Coverage");
}

impl Scored {
    /// Each metric's arithmetic, the mean, the deductions, coverage and the rule.
    pub fn explain(&self, book: &Book, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        let mut lines = Vec::new();
        for metric in &self.metrics {
            let found = book.metric(metric.weight.metric);
            let unit = found.as_ref().and_then(|metric| metric.unit);
            lines.push(Line::new(
                found.as_ref().map_or("?", |metric| metric.title(lang)),
                metric.text(unit.unwrap_or(Unit::Pieces), lang),
            ));
        }
        let none = words("没有数据，不评分", "No data, no score").in_lang(lang);
        let products: Vec<String> = self
            .metrics
            .iter()
            .filter_map(|metric| Some(format!("{} × {}", metric.weight.weight, metric.score?)))
            .collect();
        let weights: u32 = self
            .metrics
            .iter()
            .filter(|metric| metric.score.is_some())
            .map(|metric| u32::from(metric.weight.weight))
            .sum();
        out.line(
            words("加权平均", "Weighted mean"),
            match self.mean {
                Some(mean) => format!("({}) ÷ {weights} = {mean}", products.join(" + ")),
                None => none.to_owned(),
            },
        );
        if let Some(note) = weights_note(self.sum_of_weights, lang) {
            out.line(words("权重", "Weights"), note);
        }
        for deducted in &self.deducted {
            let kind = deducted.kind.words().in_lang(lang);
            let Deducted {
                count,
                each,
                most,
                points,
                ..
            } = deducted;
            out.line(
                words("扣分", "Deduction"),
                match lang {
                    Lang::Zh => format!("{kind}：{count} 次 × {each}，最多 {most} = −{points}"),
                    Lang::En => format!("{kind}: {count} × {each}, at most {most} = −{points}"),
                },
            );
        }
        if !self.deducted.is_empty() {
            out.line(
                words("扣分合计", "Deductions together"),
                match lang {
                    Lang::Zh => format!("−{}（最多 {}）", self.deduction, self.most_deducted),
                    Lang::En => {
                        format!("−{} (at most {})", self.deduction, self.most_deducted)
                    }
                },
            );
        }
        if let (Some(score), Some(tier)) = (self.score, self.tier) {
            out.line(
                Scored::SCORE,
                format!("{score} · {}", tier.words().in_lang(lang)),
            );
        }
        out.line(
            Scored::COVERAGE,
            format!(
                "{weights} ÷ {} = {}",
                self.sum_of_weights,
                self.coverage.show()
            ),
        );
        out.words(words("规则", "Rule"), RULE);
        lines.extend(out.done());
        lines
    }
}

impl ScoredMetric {
    /// The metric's arithmetic: `¥950 ÷ ¥1,000 = 95% → 95 · weight 40`.
    pub fn text(&self, unit: Unit, lang: Lang) -> String {
        let show = |quantity| unit.show(quantity, lang);
        let weight = match lang {
            Lang::Zh => format!("权重 {}", self.weight.weight),
            Lang::En => format!("weight {}", self.weight.weight),
        };
        let why = match (self.mark.actual, self.mark.target) {
            (None, _) => words("没有数据", "no reading"),
            (_, None) => words("没有目标", "no target"),
            (_, Some(target)) if target.0 <= 0 => {
                words("目标为 0，不能评分", "a target of 0 cannot be scored")
            }
            _ => words("", ""),
        };
        let (Some(actual), Some(target), Some(attained), Some(score)) = (
            self.mark.actual,
            self.mark.target,
            self.attainment,
            self.score,
        ) else {
            return format!("{} · {weight}", why.in_lang(lang));
        };
        let two = if self.weight.direction == Direction::Falling {
            "2 − "
        } else {
            ""
        };
        let mut text = format!(
            "{two}{} ÷ {} = {} → {score}",
            show(actual),
            show(target),
            attained.show_fine()
        );
        if attained > self.weight.cap.ratio() {
            text.push_str(&match lang {
                Lang::Zh => format!("（封顶 {}）", self.weight.cap.show()),
                Lang::En => format!(" (cap {})", self.weight.cap.show()),
            });
        } else if attained < self.weight.floor.ratio() {
            text.push_str(&match lang {
                Lang::Zh => format!("（低于起计线 {}）", self.weight.floor.show()),
                Lang::En => format!(" (below the floor {})", self.weight.floor.show()),
            });
        }
        format!("{text} · {weight}")
    }
}
