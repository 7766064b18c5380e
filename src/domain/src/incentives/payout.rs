//! What a scheme pays for an amount: the one function behind statements, accruals, live
//! standings, what-if and forecasts.
//!
//! Arithmetic is exact (fractions in i128) until the end of each line; the sum so far is then
//! rounded half to even, and a line is what its sum adds to the one before. So lines sum to
//! the total to the fen, and the total is rounded once.

use super::basis::Basis;
use super::earning::Earning;
use super::item::Item;
use super::terms::{Returns, Terms};
use crate::explain::{Explanation, Line};
use crate::money::Fen;
use crate::quantity::{Quantity, Unit};
use crate::ratio::Ratio;
use crate::words::{Lang, Words, words};

/// Why nothing can be reckoned; each says what is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PayError {
    /// A target payout without a target above zero.
    #[error("there is no target above zero")]
    NoTarget,
    /// A growth bonus without a base above zero.
    #[error("there is no base above zero to grow from")]
    NoBase,
    /// Beyond the range of money.
    #[error("the amount is too large to reckon with")]
    TooLarge,
}

impl PayError {
    /// What to tell the person, and what to do.
    pub const fn words(self) -> Words {
        match self {
            Self::NoTarget => words(
                "还没有大于 0 的目标，请先在参加方案处约定",
                "There is no target above 0; agree one at the enrolment",
            ),
            Self::NoBase => words(
                "没有大于 0 的增长基数，请先在参加方案处约定",
                "There is no base above 0 to grow from; agree one at the enrolment",
            ),
            Self::TooLarge => words(
                "金额太大，算不下，请核对数据",
                "The amount is too large to reckon with; check the readings",
            ),
        }
    }
}

/// One line of a payout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PayLine {
    /// What it is for.
    pub item: Item,
    /// Its amount; below zero for what is taken off.
    pub amount: Fen,
}

/// What a scheme pays, line by line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payout {
    /// The lines; their amounts sum to the total.
    pub lines: Vec<PayLine>,
    /// What was earned from the beginning: capped and prorated, never below zero.
    pub earned: Fen,
    /// What is to be paid now: earned less settled. Below zero where returns are taken back.
    pub total: Fen,
}

/// What terms pay on a basis.
///
/// # Errors
/// [`PayError`], which says what is needed.
pub fn pay(terms: &Terms, basis: &Basis) -> Result<Payout, PayError> {
    let mut sum = Sum::default();
    for (item, amount) in gross(terms, basis)? {
        sum.add(item, amount)?;
    }
    if let Some(cap) = terms.limits().cap {
        let most = Ratio::whole(cap.0);
        if sum.exact > most {
            let off = most.minus(sum.exact).ok_or(PayError::TooLarge)?;
            sum.add(Item::Capped { cap }, off)?;
        }
    }
    if terms.limits().prorated && basis.days.part() < Ratio::ONE {
        let kept = sum.exact.times(basis.days.part());
        let off = kept
            .and_then(|kept| kept.minus(sum.exact))
            .ok_or(PayError::TooLarge)?;
        sum.add(Item::Prorated { days: basis.days }, off)?;
    }
    let earned = sum.fen;
    let mut lines = sum.lines;
    let mut total = earned;
    if basis.settled != Fen(0) {
        let off = basis.settled.0.checked_neg().ok_or(PayError::TooLarge)?;
        lines.push(PayLine {
            item: Item::Settled,
            amount: Fen(off),
        });
        total = total.plus(Fen(off)).ok_or(PayError::TooLarge)?;
    }
    if total < Fen(0) && terms.limits().returns == Returns::Kept {
        lines.push(PayLine {
            item: Item::Kept,
            amount: Fen(total.0.checked_neg().ok_or(PayError::TooLarge)?),
        });
        total = Fen(0);
    }
    Ok(Payout {
        lines,
        earned,
        total,
    })
}

/// What more is earned when an amount x comes to what was there before: f(prior + x) −
/// f(prior), so that the accruals of a year's months sum to the year's payout.
///
/// # Errors
/// [`PayError`], which says what is needed.
pub fn accrual(terms: &Terms, basis: &Basis, more: Quantity) -> Result<Fen, PayError> {
    let after = basis.measured.0.checked_add(more.0);
    let after = basis.with_measured(Quantity(after.ok_or(PayError::TooLarge)?));
    let (before, after) = (pay(terms, basis)?.earned, pay(terms, &after)?.earned);
    after
        .0
        .checked_sub(before.0)
        .map(Fen)
        .ok_or(PayError::TooLarge)
}

/// Lines whose amounts are what the rounded sum grows by.
#[derive(Default)]
struct Sum {
    exact: Ratio,
    fen: Fen,
    lines: Vec<PayLine>,
}

impl Sum {
    fn add(&mut self, item: Item, amount: Ratio) -> Result<(), PayError> {
        let exact = self.exact.plus(amount).ok_or(PayError::TooLarge)?;
        let fen = Fen(exact.rounded().ok_or(PayError::TooLarge)?);
        let line = fen.0.checked_sub(self.fen.0).ok_or(PayError::TooLarge)?;
        self.lines.push(PayLine {
            item,
            amount: Fen(line),
        });
        self.exact = exact;
        self.fen = fen;
        Ok(())
    }
}

/// What is earned before cap and days, item by item, exact; no item is below zero.
fn gross(terms: &Terms, basis: &Basis) -> Result<Vec<(Item, Ratio)>, PayError> {
    let amount = basis.measured;
    let large = PayError::TooLarge;
    let mut items = Vec::new();
    match terms.earning() {
        Earning::Marginal(tiers) => {
            for tier in tiers.iter().take_while(|tier| tier.from < amount) {
                let end = tier.to.map_or(amount, |to| to.min(amount));
                // Both ends lie between 0 and S.
                let within = Quantity(end.0.saturating_sub(tier.from.0));
                let item = Item::Tier {
                    from: tier.from,
                    to: tier.to,
                    within,
                    rate: tier.rate,
                };
                let paid = tier.rate.ratio().times(Ratio::whole(within.0));
                items.push((item, paid.ok_or(large)?));
            }
        }
        Earning::Retroactive(tiers) => {
            if let Some(tier) = tiers.of(amount) {
                let rate = tier.rate;
                let paid = rate.ratio().times(Ratio::whole(amount.0));
                items.push((Item::Whole { amount, rate }, paid.ok_or(large)?));
            }
        }
        Earning::Growth { rate, threshold } => {
            let base = basis
                .base
                .filter(|base| base.0 > 0)
                .ok_or(PayError::NoBase)?;
            let above = threshold
                .ratio()
                .plus(Ratio::ONE)
                .and_then(|factor| factor.times(Ratio::whole(base.0)))
                .and_then(|needed| Ratio::whole(amount.0).minus(needed))
                .ok_or(large)?;
            let item = Item::Growth {
                amount,
                base,
                threshold: *threshold,
                rate: *rate,
            };
            let paid = above.max(Ratio::ZERO).times(rate.ratio());
            items.push((item, paid.ok_or(large)?));
        }
        Earning::Target {
            payout,
            threshold,
            start,
            accelerator,
        } => {
            let target = basis
                .target
                .filter(|target| target.0 > 0)
                .ok_or(PayError::NoTarget)?;
            let attainment =
                Ratio::new(amount.0.into(), target.0.into()).ok_or(PayError::NoTarget)?;
            let part = attained_part(attainment, threshold.ratio(), start.ratio()).ok_or(large)?;
            let full = Ratio::whole(payout.0);
            let item = Item::Attained {
                attainment,
                part,
                payout: *payout,
            };
            items.push((item, part.times(full).ok_or(large)?));
            if attainment > Ratio::ONE {
                let more = attainment
                    .minus(Ratio::ONE)
                    .and_then(|over| over.times(accelerator.ratio()))
                    .and_then(|over| over.times(full));
                let item = Item::Exceeded {
                    attainment,
                    accelerator: *accelerator,
                    payout: *payout,
                };
                items.push((item, more.ok_or(large)?));
            }
        }
        Earning::PerUnit { bonus, .. } => {
            let units = amount.max(Quantity(0));
            let paid = Ratio::new(units.0.into(), 100)
                .and_then(|units| units.times(Ratio::whole(bonus.0)));
            let item = Item::Units {
                units,
                bonus: *bonus,
            };
            items.push((item, paid.ok_or(large)?));
        }
        Earning::Trip { places, worth, .. } => {
            if let Some(place) = basis.place.filter(|place| (1..=*places).contains(place)) {
                let item = Item::Place {
                    place,
                    places: *places,
                };
                items.push((item, Ratio::whole(worth.0)));
            }
        }
    }
    Ok(items)
}

/// The part of a payout that an attainment up to 100 % brings.
fn attained_part(attainment: Ratio, threshold: Ratio, start: Ratio) -> Option<Ratio> {
    if attainment >= Ratio::ONE {
        return Some(Ratio::ONE);
    }
    if attainment < threshold {
        return Some(Ratio::ZERO);
    }
    // Below 100 % and at the threshold or above it: the threshold is below 100 %.
    let way = attainment
        .minus(threshold)?
        .over(Ratio::ONE.minus(threshold)?)?;
    start.plus(Ratio::ONE.minus(start)?.times(way)?)
}

impl Payout {
    /// What was earned from the beginning, in the explanation.
    pub const EARNED: Words = words("累计应得", "Earned from the beginning");
    /// What is to be paid now.
    pub const TOTAL: Words = words("合计", "Total");

    /// Every line with its inputs and arithmetic, and the total.
    pub fn explain(&self, unit: Unit, lang: Lang) -> Vec<Line> {
        let mut out = Explanation::new(lang);
        for line in &self.lines {
            let (label, how) = line.item.text(unit, lang);
            let amount = line.amount.show();
            out.line(
                label,
                if how.is_empty() {
                    amount
                } else {
                    format!("{how} = {amount}")
                },
            );
        }
        out.line(Self::EARNED, self.earned.show());
        out.line(Self::TOTAL, self.total.show());
        out.done()
    }
}
