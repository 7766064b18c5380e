//! A dealer's live standing in a scheme: what is earned, what the next step takes, when it
//! comes at today's pace, and what if.

use super::earning::Earning;
use super::enrolling::{BaseFrom, Reckoning, TargetFrom};
use super::payout::{PayError, Payout, pay};
use super::terms::Terms;
use crate::book::Book;
use crate::date::{Date, add_days};
use crate::explain::{Explanation, Line, show_days};
use crate::money::Fen;
use crate::quantity::{Quantity, Unit};
use crate::ratio::Ratio;
use crate::tables::{Enrolment, Gathering, Metric};
use crate::value::{Kind, Value, show_date};
use crate::words::{Lang, Words, words};
use std::sync::Arc;

/// The next amount from which a scheme pays differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextStep {
    /// The amount.
    pub at: Quantity,
    /// How much more reaches it.
    pub missing: Quantity,
    /// What is earned there.
    pub earned: Fen,
    /// When it is reached at the pace so far, within the period; `None` otherwise.
    pub on: Option<Date>,
}

/// What the end of the period brings at the pace so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// The amount measured.
    pub measured: Quantity,
    /// What is earned.
    pub earned: Fen,
}

/// A dealer's standing in a scheme on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// What is measured.
    pub metric: Arc<Metric>,
    /// What it is counted in.
    pub unit: Unit,
    /// The inputs and the readings behind them.
    pub reckoning: Reckoning,
    /// What they earn.
    pub payout: Payout,
    /// The next step; `None` in the last.
    pub next: Option<NextStep>,
    /// At the end; `None` without readings.
    pub ahead: Option<Ahead>,
    terms: Terms,
}

/// Why there is no standing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoStanding {
    /// The dealer's time in the scheme and the scheme's period do not meet, or the metric is
    /// not known.
    #[error("the dealer's time in the scheme and the scheme's period do not meet")]
    Outside,
    /// Nothing can be reckoned.
    #[error(transparent)]
    Pay(#[from] PayError),
}

/// The figures in its explanation.
impl Standing {
    /// What is earned at the end if it goes on so.
    pub const AHEAD: Words = words("照此期末", "At the end if it goes on so");
    /// What is missing to the next tier, and when it is reached.
    pub const NEXT: Words = words("下一档", "Next tier");
    /// What is measured at the end if it goes on so.
    pub const AHEAD_MEASURED: Words = words("照此期末计量", "Measured at the end if it goes on so");
    /// What is measured.
    pub const MEASURED: Words = words("计量数值", "Measured");
}

impl Standing {
    /// The standing of an enrolment under some terms. `place` is the place in the ranking
    /// where the terms are for a trip; see [`super::trip::Ranking`].
    ///
    /// # Errors
    /// [`NoStanding`], which says what is needed.
    pub fn of(
        book: &Book,
        terms: &Terms,
        enrolment: &Enrolment,
        place: Option<u32>,
        today: Date,
    ) -> Result<Self, NoStanding> {
        let metric = book.metric(terms.metric()).ok_or(NoStanding::Outside)?;
        let reckoning =
            Reckoning::of(book, terms, enrolment, place, today).ok_or(NoStanding::Outside)?;
        let payout = pay(terms, &reckoning.basis)?;
        let next = next_step(terms, &reckoning)?;
        let ahead = match at_the_end(&reckoning) {
            Some(measured) => Some(Ahead {
                measured,
                earned: pay(terms, &reckoning.basis.with_measured(measured))?.earned,
            }),
            None => None,
        };
        Ok(Self {
            unit: metric.unit.unwrap_or(Unit::Pieces),
            metric,
            reckoning,
            payout,
            next,
            ahead,
            terms: terms.clone(),
        })
    }

    /// What would be earned if the amount were another.
    ///
    /// # Errors
    /// [`PayError::TooLarge`].
    pub fn what_if(&self, measured: Quantity) -> Result<Payout, PayError> {
        pay(&self.terms, &self.reckoning.basis.with_measured(measured))
    }

    /// The next step in words: `¥120,000 to the next tier, at today's pace on 3 Dec 2026`.
    pub fn next_text(&self, lang: Lang) -> Option<String> {
        let next = self.next?;
        let missing = self.unit.show(next.missing, lang);
        Some(match (next.on, lang) {
            (Some(day), Lang::Zh) => format!(
                "距下一档还差 {missing}，按目前进度 {} 达到",
                show_date(day, lang)
            ),
            (Some(day), Lang::En) => format!(
                "{missing} to the next tier, at today's pace on {}",
                show_date(day, lang)
            ),
            (None, Lang::Zh) => format!("距下一档还差 {missing}，按目前进度期内达不到"),
            (None, Lang::En) => {
                format!("{missing} to the next tier, not within the period at today's pace")
            }
        })
    }

    /// Readings, rule and arithmetic, the next step and the outlook.
    pub fn explain(&self, lang: Lang) -> Vec<Line> {
        let show = |quantity| self.unit.show(quantity, lang);
        let mut out = Explanation::new(lang);
        out.line(words("指标", "Metric"), self.metric.title(lang));
        out.words(words("规则", "Rule"), self.terms.earning().rule());
        out.line(
            words("条款", "Terms"),
            self.terms
                .describe(self.unit, lang)
                .join(words("；", "; ").in_lang(lang)),
        );
        for reading in &self.reckoning.readings {
            let month = Value::Month(reading.month).show(Kind::Month, lang);
            let counted = if reading.amount == reading.read {
                show(reading.read)
            } else {
                match lang {
                    Lang::Zh => {
                        format!(
                            "{}，期内按天计 {}",
                            show(reading.read),
                            show(reading.amount)
                        )
                    }
                    Lang::En => format!(
                        "{}, of which {} by its days",
                        show(reading.read),
                        show(reading.amount)
                    ),
                }
            };
            out.line(words("数据", "Reading"), format!("{month}: {counted}"));
        }
        if !self.reckoning.missing.is_empty() {
            let months: Vec<_> = self
                .reckoning
                .missing
                .iter()
                .map(|month| Value::Month(*month).show(Kind::Month, lang))
                .collect();
            out.line(
                words("缺数据的月份", "Months without a reading"),
                months.join(words("、", ", ").in_lang(lang)),
            );
        }
        out.line(Standing::MEASURED, show(self.reckoning.basis.measured));
        if let (Earning::Growth { .. }, Some(base)) =
            (self.terms.earning(), self.reckoning.basis.base)
        {
            let label = match self.reckoning.base_from {
                BaseFrom::Agreed => words("约定基数", "Agreed base"),
                BaseFrom::LastYear(_) => words("上年同期基数", "Base: the same time last year"),
            };
            out.line(label, show(base));
        }
        if let (Earning::Target { .. }, Some(target)) =
            (self.terms.earning(), self.reckoning.basis.target)
        {
            let label = match self.reckoning.target_from {
                TargetFrom::Agreed => words("约定目标", "Agreed target"),
                TargetFrom::Months => words("月度目标合计", "Targets of the months"),
            };
            out.line(label, show(target));
        }
        let mut lines = out.done();
        lines.extend(self.payout.explain(self.unit, lang));
        let mut out = Explanation::new(lang);
        if let Some(text) = self.next_text(lang) {
            out.line(Standing::NEXT, text);
        }
        if let Some(ahead) = self.ahead {
            let days = show_days(self.reckoning.days_covered(), lang);
            let all = show_days(self.reckoning.counted.days(), lang);
            out.line(
                Standing::AHEAD_MEASURED,
                match self.reckoning.gathering {
                    Gathering::Sum => format!(
                        "{} ÷ {days} × {all} = {}",
                        show(self.reckoning.basis.measured),
                        show(ahead.measured)
                    ),
                    _ => show(ahead.measured),
                },
            );
            out.line(
                Standing::AHEAD,
                format!("{} → {}", show(ahead.measured), ahead.earned.show()),
            );
        }
        lines.extend(out.done());
        lines
    }
}

/// The amounts from which terms pay differently, ascending.
fn steps(terms: &Terms, reckoning: &Reckoning) -> Vec<Quantity> {
    let basis = &reckoning.basis;
    // Rounded up: the step is reached with the whole hundredth.
    let part = |of: Option<Quantity>, factor: Option<Ratio>| {
        let exact = Ratio::whole(of.filter(|of| of.0 > 0)?.0).times(factor?)?;
        let up = exact.numerator().checked_add(exact.denominator() - 1)?;
        i64::try_from(up.div_euclid(exact.denominator()))
            .ok()
            .map(Quantity)
    };
    let mut steps: Vec<Quantity> = match terms.earning() {
        Earning::Marginal(tiers) | Earning::Retroactive(tiers) => {
            tiers.iter().map(|tier| tier.from).collect()
        }
        Earning::Growth { threshold, .. } => part(basis.base, threshold.ratio().plus(Ratio::ONE))
            .into_iter()
            .collect(),
        Earning::Target { threshold, .. } => [
            part(basis.target, Some(threshold.ratio())),
            basis.target.filter(|target| target.0 > 0),
        ]
        .into_iter()
        .flatten()
        .collect(),
        Earning::PerUnit { .. } | Earning::Trip { .. } => Vec::new(),
    };
    steps.sort_unstable();
    steps
}

fn next_step(terms: &Terms, reckoning: &Reckoning) -> Result<Option<NextStep>, PayError> {
    let measured = reckoning.basis.measured;
    let Some(at) = steps(terms, reckoning)
        .into_iter()
        .find(|at| *at > measured)
    else {
        return Ok(None);
    };
    let missing = at.0.checked_sub(measured.0).map(Quantity);
    let missing = missing.ok_or(PayError::TooLarge)?;
    Ok(Some(NextStep {
        at,
        missing,
        earned: pay(terms, &reckoning.basis.with_measured(at))?.earned,
        on: reached_on(reckoning, missing),
    }))
}

/// The day on which so much more has come at the pace so far.
fn reached_on(reckoning: &Reckoning, missing: Quantity) -> Option<Date> {
    let as_of = reckoning.as_of()?;
    let so_far = i128::from(reckoning.basis.measured.0);
    if reckoning.gathering != Gathering::Sum || so_far <= 0 {
        return None;
    }
    let days = i128::from(missing.0) * i128::from(reckoning.days_covered());
    let days = i64::try_from((days + so_far - 1) / so_far).ok()?;
    let left = crate::date::days_between(as_of, reckoning.counted.end());
    (days <= left).then(|| add_days(as_of, days))
}

/// What is measured at the end if it goes on so.
fn at_the_end(reckoning: &Reckoning) -> Option<Quantity> {
    let covered = reckoning.days_covered();
    if covered < 1 {
        return None;
    }
    match reckoning.gathering {
        Gathering::Sum => {
            let all = i128::from(reckoning.counted.days());
            let end = i128::from(reckoning.basis.measured.0) * all;
            crate::money::div_half_even(end, covered.into()).map(Quantity::held)
        }
        Gathering::Last | Gathering::Newer(_) => Some(reckoning.basis.measured),
    }
}
