//! A scorecard's rubric: what is weighed, what is deducted, where the tiers begin.

use super::score::Points;
use super::tier::Thresholds;
use crate::id::Id;
use crate::period::Cycle;
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::tables::{Direction, IssueKind, Metric};
use crate::value::{Notation, Noted, Sign, Tokens};
use crate::words::{Lang, words};
use std::fmt;

/// One weighed metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight {
    /// The metric.
    pub metric: Id<Metric>,
    /// Its weight; meant to sum to 100 over the rubric.
    pub weight: u16,
    /// Which way it is meant to go.
    pub direction: Direction,
    /// The most that it can score, in percent of the target.
    pub cap: Rate,
    /// Below this attainment it scores nothing.
    pub floor: Rate,
    /// The month's target where a dealer has no own, in the metric's unit.
    pub target: Option<Quantity>,
}

/// What one kind of incident costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deduction {
    /// The kind of issue.
    pub kind: IssueKind,
    /// Points for each.
    pub each: Points,
    /// The most for this kind together.
    pub most: Points,
}

/// Everything that decides a score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rubric {
    cycle: Cycle,
    weights: Vec<Weight>,
    deductions: Vec<Deduction>,
    most_deducted: Points,
    thresholds: Thresholds,
}

/// Why a rubric cannot be; each names the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RubricFault {
    /// Nothing is weighed.
    #[error("nothing is weighed")]
    NoWeight,
    /// A weight of zero, or above 1000.
    #[error("weight {} is not between 1 and 1000", .weight + 1)]
    Weight {
        /// Its place, from 0.
        weight: usize,
    },
    /// A metric that is weighed twice.
    #[error("the metric of weight {} is weighed before", .weight + 1)]
    Twice {
        /// The place of the second, from 0.
        weight: usize,
    },
    /// A cap of zero or above 1000 %, or a floor below 0 or above the cap.
    #[error("the cap or the floor of weight {} is out of range", .weight + 1)]
    Limits {
        /// Its place, from 0.
        weight: usize,
    },
    /// A direction that only a newer version knows.
    #[error("the direction of weight {} is not known", .weight + 1)]
    Direction {
        /// Its place, from 0.
        weight: usize,
    },
    /// A kind of incident that is deducted twice, or with points below zero.
    #[error("deduction {} is doubled or below zero", .deduction + 1)]
    Deduction {
        /// Its place, from 0.
        deduction: usize,
    },
}

impl RubricFault {
    /// What to tell the person, and what to enter instead.
    pub fn text(self, lang: Lang) -> String {
        match (self, lang) {
            (Self::NoWeight, Lang::Zh) => "至少要有一个带权重的指标".to_owned(),
            (Self::NoWeight, Lang::En) => "Enter at least one metric with its weight".to_owned(),
            (Self::Weight { weight }, Lang::Zh) => {
                format!("第 {} 个指标：权重要在 1 到 1000 之间", weight + 1)
            }
            (Self::Weight { weight }, Lang::En) => {
                format!("Metric {}: the weight must be 1 to 1000", weight + 1)
            }
            (Self::Twice { weight }, Lang::Zh) => {
                format!("第 {} 个指标前面已经有了，请合并权重", weight + 1)
            }
            (Self::Twice { weight }, Lang::En) => {
                format!(
                    "Metric {} is there before; put the weights together",
                    weight + 1
                )
            }
            (Self::Limits { weight }, Lang::Zh) => {
                format!("第 {} 个指标：封顶要大于 0，起计线不能超过封顶", weight + 1)
            }
            (Self::Limits { weight }, Lang::En) => format!(
                "Metric {}: the cap must be above 0, and the floor not above the cap",
                weight + 1
            ),
            (Self::Direction { weight }, Lang::Zh) => {
                format!("第 {} 个指标：请选择方向", weight + 1)
            }
            (Self::Direction { weight }, Lang::En) => {
                format!("Metric {}: choose its direction", weight + 1)
            }
            (Self::Deduction { deduction }, Lang::Zh) => {
                format!("第 {} 项扣分重复，或小于 0", deduction + 1)
            }
            (Self::Deduction { deduction }, Lang::En) => {
                format!("Deduction {} is there before, or below 0", deduction + 1)
            }
        }
    }
}

impl Rubric {
    /// A rubric.
    ///
    /// # Errors
    /// [`RubricFault`], which names the place.
    pub fn new(
        cycle: Cycle,
        weights: Vec<Weight>,
        deductions: Vec<Deduction>,
        most_deducted: Points,
        thresholds: Thresholds,
    ) -> Result<Self, RubricFault> {
        if weights.is_empty() {
            return Err(RubricFault::NoWeight);
        }
        for (place, weight) in weights.iter().enumerate() {
            if !(1..=1000).contains(&weight.weight) {
                return Err(RubricFault::Weight { weight: place });
            }
            if weights
                .iter()
                .take(place)
                .any(|w| w.metric == weight.metric)
            {
                return Err(RubricFault::Twice { weight: place });
            }
            let most = Rate::percent(1000);
            if weight.cap <= Rate(0)
                || weight.cap > most
                || weight.floor < Rate(0)
                || weight.floor > weight.cap
            {
                return Err(RubricFault::Limits { weight: place });
            }
            if matches!(weight.direction, Direction::Newer(_)) {
                return Err(RubricFault::Direction { weight: place });
            }
        }
        for (place, deduction) in deductions.iter().enumerate() {
            let twice = deductions
                .iter()
                .take(place)
                .any(|other| other.kind == deduction.kind);
            let below = deduction.each < Points(0) || deduction.most < Points(0);
            if twice || below || matches!(deduction.kind, IssueKind::Newer(_)) {
                return Err(RubricFault::Deduction { deduction: place });
            }
        }
        if most_deducted < Points(0) {
            return Err(RubricFault::Deduction {
                deduction: deductions.len(),
            });
        }
        Ok(Self {
            cycle,
            weights,
            deductions,
            most_deducted,
            thresholds,
        })
    }

    /// How long a period is.
    pub fn cycle(&self) -> Cycle {
        self.cycle
    }

    /// What is weighed.
    pub fn weights(&self) -> &[Weight] {
        &self.weights
    }

    /// What the weights sum to; 100 where they are as they are meant.
    pub fn sum_of_weights(&self) -> u32 {
        self.weights
            .iter()
            .map(|weight| u32::from(weight.weight))
            .sum()
    }

    /// What is deducted.
    pub fn deductions(&self) -> &[Deduction] {
        &self.deductions
    }

    /// The most that all deductions together can cost.
    pub fn most_deducted(&self) -> Points {
        self.most_deducted
    }

    /// Where the tiers begin.
    pub fn thresholds(&self) -> Thresholds {
        self.thresholds
    }
}

impl fmt::Display for Rubric {
    /// `quarter; weigh 307d… 40 rising cap 120% floor 60% target 50000; deduct Price 5 most 10;
    /// most 20; tiers 90 80 70`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.cycle.key())?;
        for weight in &self.weights {
            let way = if weight.direction == Direction::Falling {
                "falling"
            } else {
                "rising"
            };
            write!(
                f,
                "; weigh {} {} {way} cap {} floor {}",
                weight.metric, weight.weight, weight.cap, weight.floor
            )?;
            if let Some(target) = weight.target {
                write!(f, " target {target}")?;
            }
        }
        for deduction in &self.deductions {
            write!(
                f,
                "; deduct {} {} most {}",
                deduction.kind.code(),
                deduction.each,
                deduction.most
            )?;
        }
        let [first, second, third] = self.thresholds.starts();
        write!(
            f,
            "; most {}; tiers {first} {second} {third}",
            self.most_deducted
        )
    }
}

impl Noted for Rubric {
    const NOTATION: &'static Notation = &Notation {
        read: Self::rewritten,
        show: Self::shown,
        examples: &[
            "quarter; weigh 307d4e95f7be53789ba217f127791c71 100 rising cap 120% floor 0%; most 20; tiers 90 80 70",
            "month; weigh 307d4e95f7be53789ba217f127791c71 40 rising cap 120% floor 60% target 50000.5; weigh 307d4e95f7be53789ba217f127791c72 70 falling cap 150% floor 0%; deduct 2 5 most 10; deduct 1 10.5 most 20; most 25; tiers 95 85.5 60",
        ],
    };

    fn parse(text: &str) -> Option<Self> {
        let mut tokens = Tokens::of(text)?;
        let cycle = tokens.read(Cycle::named)?;
        let (mut weights, mut deductions) = (Vec::new(), Vec::new());
        let most_deducted = loop {
            tokens.sign(Sign::Semicolon).then_some(())?;
            match tokens.word()?.as_str() {
                "weigh" => weights.push(read_weight(&mut tokens)?),
                "deduct" => {
                    let kind = IssueKind::from_code(tokens.read(|word| word.parse().ok())?);
                    let each = tokens.read(Points::parse)?;
                    tokens.need("most")?;
                    deductions.push(Deduction {
                        kind,
                        each,
                        most: tokens.read(Points::parse)?,
                    });
                }
                "most" => break tokens.read(Points::parse)?,
                _ => return None,
            }
        };
        tokens.sign(Sign::Semicolon).then_some(())?;
        tokens.need("tiers")?;
        let mut start = || tokens.read(Points::parse);
        let thresholds = Thresholds::new([start()?, start()?, start()?])?;
        let rubric = Self::new(cycle, weights, deductions, most_deducted, thresholds).ok()?;
        tokens.is_done().then_some(rubric)
    }

    fn show(&self, lang: Lang) -> String {
        let count = self.weights.len();
        let [first, second, third] = self.thresholds.starts();
        let cycle = self.cycle.words().in_lang(lang);
        match lang {
            Lang::Zh => {
                format!("{cycle}，{count} 个指标，档位 {first} / {second} / {third}")
            }
            Lang::En => format!("{cycle}, {count} metrics, tiers {first} / {second} / {third}"),
        }
    }
}

fn read_weight(tokens: &mut Tokens) -> Option<Weight> {
    let metric = tokens.read(|word| word.parse().ok())?;
    let weight = tokens.read(|word| word.parse().ok())?;
    let direction = match tokens.word()?.as_str() {
        "rising" => Direction::Rising,
        "falling" => Direction::Falling,
        _ => return None,
    };
    tokens.need("cap")?;
    let cap = tokens.read(Rate::parse)?;
    tokens.need("floor")?;
    let floor = tokens.read(Rate::parse)?;
    let target = if tokens.take("target") {
        Some(tokens.read(Quantity::parse)?)
    } else {
        None
    };
    Some(Weight {
        metric,
        weight,
        direction,
        cap,
        floor,
        target,
    })
}

/// What a person is told about weights that do not sum to 100; `None` where they do.
pub fn weights_note(sum: u32, lang: Lang) -> Option<String> {
    if sum == 100 {
        return None;
    }
    Some(match lang {
        Lang::Zh => format!("权重合计 {sum}，按各自占合计的比例折算"),
        Lang::En => format!("The weights sum to {sum}; each counts by its part of that"),
    })
}

/// The rule in words.
pub(super) const RULE: crate::words::Words = words(
    "指标得分 = 实际 ÷ 目标 × 100，最多到封顶，低于起计线为 0；越低越好的指标为（2 − 实际 ÷ 目标）× 100。总分 = 有数据的指标按权重平均 − 扣分。",
    "A metric scores actual ÷ target × 100, at most its cap, 0 below its floor; where lower is better (2 − actual ÷ target) × 100. The score is the weighted mean of the metrics with data, less deductions.",
);
