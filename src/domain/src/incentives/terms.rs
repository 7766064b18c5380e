//! A scheme's terms: everything that decides what it pays, held together in one register.

use super::earning::Earning;
use super::terms_fault::TermsFault;
use super::tiers::Tiers;
use crate::date::{DateSpan, parse_date};
use crate::id::Id;
use crate::money::Fen;
use crate::quantity::{Quantity, Unit};
use crate::rate::Rate;
use crate::tables::{Direction, Gathering, Metric};
use crate::value::{Notation, Noted, Sign, Tokens, show_date};
use crate::words::{Lang, words};
use std::fmt;

/// What becomes of money already paid when returns lower the amount.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Returns {
    /// It stays paid; later statements pay only what goes beyond it.
    #[default]
    Kept,
    /// The next statement takes it back.
    TakenBack,
}

/// Everything that decides what a scheme pays.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Terms {
    metric: Id<Metric>,
    period: DateSpan,
    earning: Earning,
    limits: Limits,
}

/// What is done with the amount that was earned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Limits {
    /// The most that one dealer can earn.
    pub cap: Option<Fen>,
    /// Whether a dealer who joins late earns the part of the days alone.
    pub prorated: bool,
    /// What becomes of money already paid when returns lower the amount.
    pub returns: Returns,
}

impl Terms {
    /// Terms over a metric and a period.
    ///
    /// # Errors
    /// [`TermsFault`], which says what to change.
    pub fn new(
        metric: Id<Metric>,
        period: DateSpan,
        earning: Earning,
        limits: Limits,
    ) -> Result<Self, TermsFault> {
        if metric.is_nil() {
            return Err(TermsFault::NoMetric);
        }
        if limits.cap.is_some_and(|cap| cap < Fen(0)) {
            return Err(TermsFault::NegativeMoney);
        }
        match &earning {
            Earning::Marginal(_) | Earning::Retroactive(_) => {}
            Earning::Growth { rate, threshold } => {
                if *rate < Rate(0) || *threshold < Rate(0) {
                    return Err(TermsFault::NegativeRate);
                }
            }
            Earning::Target {
                payout,
                threshold,
                start,
                accelerator,
            } => {
                if *payout < Fen(0) {
                    return Err(TermsFault::NegativeMoney);
                }
                if [threshold, start, accelerator]
                    .into_iter()
                    .any(|r| *r < Rate(0))
                {
                    return Err(TermsFault::NegativeRate);
                }
                if *threshold > Rate::WHOLE || *start > Rate::WHOLE {
                    return Err(TermsFault::AboveWhole);
                }
            }
            Earning::PerUnit { bonus, dates } => {
                if *bonus < Fen(0) {
                    return Err(TermsFault::NegativeMoney);
                }
                if !period.contains(dates.start()) || !period.contains(dates.end()) {
                    return Err(TermsFault::DatesOutside);
                }
            }
            Earning::Trip { places, worth, .. } => {
                if *places == 0 {
                    return Err(TermsFault::NoPlace);
                }
                if *worth < Fen(0) {
                    return Err(TermsFault::NegativeMoney);
                }
            }
        }
        Ok(Self {
            metric,
            period,
            earning,
            limits,
        })
    }

    /// What is measured.
    pub fn metric(&self) -> Id<Metric> {
        self.metric
    }

    /// From when to when.
    pub fn period(&self) -> DateSpan {
        self.period
    }

    /// How it pays.
    pub fn earning(&self) -> &Earning {
        &self.earning
    }

    /// What is done with the amount that was earned.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// The days whose readings count: the bonus's own dates, or the whole period.
    pub fn counted(&self) -> DateSpan {
        match self.earning {
            Earning::PerUnit { dates, .. } => dates,
            _ => self.period,
        }
    }

    /// Whether the metric is one that the terms can pay for.
    ///
    /// # Errors
    /// [`TermsFault`], which says what the metric lacks.
    pub fn fit(&self, metric: &Metric) -> Result<(), TermsFault> {
        if metric.direction == Some(Direction::Falling) {
            return Err(TermsFault::Falling);
        }
        let sums = metric.gathering == Some(Gathering::Sum);
        match self.earning {
            Earning::Marginal(_) | Earning::Retroactive(_) | Earning::Growth { .. }
                if !sums || metric.unit != Some(Unit::Yuan) =>
            {
                Err(TermsFault::NotMoney)
            }
            Earning::PerUnit { .. } if !sums => Err(TermsFault::NotCounted),
            _ => Ok(()),
        }
    }

    /// The terms in words, part by part: what is paid, and what is done with it.
    pub fn describe(&self, unit: Unit, lang: Lang) -> Vec<String> {
        let span = |span: DateSpan| {
            format!(
                "{} – {}",
                show_date(span.start(), lang),
                show_date(span.end(), lang)
            )
        };
        let mut parts = vec![
            self.earning.words().in_lang(lang).to_owned(),
            span(self.period),
        ];
        parts.push(match (&self.earning, lang) {
            (Earning::Marginal(tiers) | Earning::Retroactive(tiers), _) => tiers.show(unit, lang),
            (Earning::Growth { rate, threshold }, Lang::Zh) => {
                format!("增长超过 {} 的部分奖 {}", threshold.show(), rate.show())
            }
            (Earning::Growth { rate, threshold }, Lang::En) => {
                format!(
                    "{} of what exceeds growth of {}",
                    rate.show(),
                    threshold.show()
                )
            }
            (
                Earning::Target {
                    payout,
                    threshold,
                    start,
                    accelerator,
                },
                Lang::Zh,
            ) => format!(
                "达成 100% 奖 {}；{} 起付 {}；超额部分 × {}",
                payout.show(),
                threshold.show(),
                start.show(),
                accelerator.show()
            ),
            (
                Earning::Target {
                    payout,
                    threshold,
                    start,
                    accelerator,
                },
                Lang::En,
            ) => format!(
                "{} at 100%; from {} attainment {} of it; above 100% × {}",
                payout.show(),
                threshold.show(),
                start.show(),
                accelerator.show()
            ),
            (Earning::PerUnit { bonus, dates }, Lang::Zh) => {
                format!("每件 {}，{}", bonus.show(), span(*dates))
            }
            (Earning::PerUnit { bonus, dates }, Lang::En) => {
                format!("{} a unit, {}", bonus.show(), span(*dates))
            }
            (
                Earning::Trip {
                    places,
                    worth,
                    least,
                },
                Lang::Zh,
            ) => format!(
                "前 {places} 名，评分不低于 {least} 分，每名约 {}",
                worth.show()
            ),
            (
                Earning::Trip {
                    places,
                    worth,
                    least,
                },
                Lang::En,
            ) => format!(
                "The first {places} with a score of {least} or more, each worth {}",
                worth.show()
            ),
        });
        if let Some(cap) = self.limits.cap {
            parts.push(match lang {
                Lang::Zh => format!("每家最多 {}", cap.show()),
                Lang::En => format!("At most {} a dealer", cap.show()),
            });
        }
        if self.limits.prorated {
            let prorated = words("中途加入按天折算", "Who joins late earns by the days");
            parts.push(prorated.in_lang(lang).to_owned());
        }
        if self.limits.returns == Returns::TakenBack {
            let back = words(
                "退货后多发的金额在下期扣回",
                "What returns undo is taken back",
            );
            parts.push(back.in_lang(lang).to_owned());
        }
        parts
    }
}

/// Reads `2026-01-01..2026-12-31`.
fn read_span(word: &str) -> Option<DateSpan> {
    let (start, end) = word.split_once("..")?;
    DateSpan::new(parse_date(start)?, parse_date(end)?)
}

impl fmt::Display for Terms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = |span: DateSpan| format!("{}..{}", span.start(), span.end());
        write!(f, "metric {}; period {}; ", self.metric, days(self.period))?;
        match &self.earning {
            Earning::Marginal(tiers) => write!(f, "marginal {tiers}")?,
            Earning::Retroactive(tiers) => write!(f, "retroactive {tiers}")?,
            Earning::Growth { rate, threshold } => write!(f, "growth {rate} over {threshold}")?,
            Earning::Target {
                payout,
                threshold,
                start,
                accelerator,
            } => write!(
                f,
                "target {payout} from {threshold} at {start} then {accelerator}"
            )?,
            Earning::PerUnit { bonus, dates } => write!(f, "unit {bonus} in {}", days(*dates))?,
            Earning::Trip {
                places,
                worth,
                least,
            } => write!(f, "trip {places} worth {worth} from {least}")?,
        }
        if let Some(cap) = self.limits.cap {
            write!(f, "; cap {cap}")?;
        }
        if self.limits.prorated {
            f.write_str("; prorated")?;
        }
        if self.limits.returns == Returns::TakenBack {
            f.write_str("; returned")?;
        }
        Ok(())
    }
}

impl Noted for Terms {
    const NOTATION: &'static Notation = &Notation {
        read: Self::rewritten,
        show: Self::shown,
        examples: &[
            "metric 307d4e95f7be53789ba217f127791c71; period 2026-01-01..2026-12-31; marginal 0..500000 1%, 500000..1000000 2%, 1000000.. 3.5%; cap 50000; prorated; returned",
            "metric 307d4e95f7be53789ba217f127791c71; period 2026-01-01..2026-12-31; retroactive 300000.. 1.25%",
            "metric 307d4e95f7be53789ba217f127791c71; period 2026-04-01..2026-06-30; growth 5% over 10%; cap 20000.5",
            "metric 307d4e95f7be53789ba217f127791c71; period 2026-01-01..2026-12-31; target 20000 from 80% at 0% then 150%",
            "metric 307d4e95f7be53789ba217f127791c71; period 2026-04-01..2026-06-30; unit 50 in 2026-05-01..2026-05-31",
            "metric 307d4e95f7be53789ba217f127791c71; period 2026-01-01..2026-12-31; trip 10 worth 8000 from 80",
        ],
    };

    fn parse(text: &str) -> Option<Self> {
        let mut tokens = Tokens::of(text)?;
        tokens.need("metric")?;
        let metric = tokens.read(|word| word.parse().ok())?;
        (tokens.sign(Sign::Semicolon)).then_some(())?;
        tokens.need("period")?;
        let period = tokens.read(read_span)?;
        (tokens.sign(Sign::Semicolon)).then_some(())?;
        let earning = match tokens.word()?.as_str() {
            "marginal" => Earning::Marginal(Tiers::read(&mut tokens)?),
            "retroactive" => Earning::Retroactive(Tiers::read(&mut tokens)?),
            "growth" => {
                let rate = tokens.read(Rate::parse)?;
                tokens.need("over")?;
                Earning::Growth {
                    rate,
                    threshold: tokens.read(Rate::parse)?,
                }
            }
            "target" => {
                let payout = tokens.read(Fen::parse)?;
                tokens.need("from")?;
                let threshold = tokens.read(Rate::parse)?;
                tokens.need("at")?;
                let start = tokens.read(Rate::parse)?;
                tokens.need("then")?;
                Earning::Target {
                    payout,
                    threshold,
                    start,
                    accelerator: tokens.read(Rate::parse)?,
                }
            }
            "unit" => {
                let bonus = tokens.read(Fen::parse)?;
                tokens.need("in")?;
                Earning::PerUnit {
                    bonus,
                    dates: tokens.read(read_span)?,
                }
            }
            "trip" => {
                let places = tokens.read(|word| word.parse().ok())?;
                tokens.need("worth")?;
                let worth = tokens.read(Fen::parse)?;
                tokens.need("from")?;
                Earning::Trip {
                    places,
                    worth,
                    least: tokens.read(Quantity::parse)?,
                }
            }
            _ => return None,
        };
        let mut limits = Limits::default();
        while tokens.sign(Sign::Semicolon) {
            match tokens.word()?.as_str() {
                "cap" if limits.cap.is_none() => limits.cap = Some(tokens.read(Fen::parse)?),
                "prorated" => limits.prorated = true,
                "returned" => limits.returns = Returns::TakenBack,
                _ => return None,
            }
        }
        let terms = Self::new(metric, period, earning, limits).ok()?;
        tokens.is_done().then_some(terms)
    }

    fn show(&self, lang: Lang) -> String {
        self.describe(Unit::Yuan, lang)
            .join(words("；", "; ").in_lang(lang))
    }
}
