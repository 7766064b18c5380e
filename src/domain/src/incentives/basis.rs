//! What a payout is reckoned from, as a statement keeps it.

use crate::money::Fen;
use crate::quantity::Quantity;
use crate::ratio::Ratio;
use crate::value::{Notation, Noted, Sign, Tokens};
use crate::words::Lang;
use std::fmt;

/// What a payout is reckoned from. A statement keeps it as it was on the day of issue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Basis {
    /// The amount S, in hundredths of the metric's unit.
    pub measured: Quantity,
    /// What growth is measured from.
    pub base: Option<Quantity>,
    /// What attainment is measured against.
    pub target: Option<Quantity>,
    /// The place in the ranking, from 1; `None` when not ranked or below the least score.
    pub place: Option<u32>,
    /// The part of the period's days that the dealer is enrolled.
    pub days: Days,
    /// What earlier statements came to.
    pub settled: Fen,
}

/// So many of so many days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Days {
    of: u32,
    within: u32,
}

impl Default for Days {
    fn default() -> Self {
        Self { of: 1, within: 1 }
    }
}

impl Days {
    /// `within` of `of` days; `None` when there are more of them than in all, or none in all.
    pub fn new(within: u32, of: u32) -> Option<Self> {
        (of > 0 && within <= of).then_some(Self { of, within })
    }

    /// How many of them.
    pub const fn within(self) -> u32 {
        self.within
    }

    /// How many in all.
    pub const fn of(self) -> u32 {
        self.of
    }

    /// The part of the whole.
    pub fn part(self) -> Ratio {
        Ratio::new(self.within.into(), self.of.into()).unwrap_or(Ratio::ONE)
    }
}

impl Basis {
    /// The same basis with another amount: what if it were so much?
    pub fn with_measured(self, measured: Quantity) -> Self {
        Self { measured, ..self }
    }
}

impl fmt::Display for Basis {
    /// `measured 123456.78; base 1000; target 2000; place 3; days 200 365; settled 10`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "measured {}", self.measured)?;
        if let Some(base) = self.base {
            write!(f, "; base {base}")?;
        }
        if let Some(target) = self.target {
            write!(f, "; target {target}")?;
        }
        if let Some(place) = self.place {
            write!(f, "; place {place}")?;
        }
        write!(f, "; days {} {}", self.days.within, self.days.of)?;
        write!(f, "; settled {}", self.settled)
    }
}

impl Noted for Basis {
    const NOTATION: &'static Notation = &Notation {
        read: Self::rewritten,
        show: Self::shown,
        examples: &[
            "measured 123456.78; days 365 365; settled 0",
            "measured -5; base 1000; target 2000.5; place 3; days 200 365; settled 10.01",
        ],
    };

    fn parse(text: &str) -> Option<Self> {
        let mut tokens = Tokens::of(text)?;
        let mut basis = Self::default();
        tokens.need("measured")?;
        basis.measured = tokens.read(Quantity::parse)?;
        let (mut days, mut settled) = (None, None);
        while tokens.sign(Sign::Semicolon) {
            match tokens.word()?.as_str() {
                "base" => basis.base = Some(tokens.read(Quantity::parse)?),
                "target" => basis.target = Some(tokens.read(Quantity::parse)?),
                "place" => basis.place = Some(tokens.read(|word| word.parse().ok())?),
                "days" => {
                    let within = tokens.read(|word| word.parse().ok())?;
                    days = Some(Days::new(within, tokens.read(|word| word.parse().ok())?)?);
                }
                "settled" => settled = Some(tokens.read(Fen::parse)?),
                _ => return None,
            }
        }
        (basis.days, basis.settled) = (days?, settled?);
        tokens.is_done().then_some(basis)
    }

    fn show(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => format!("计量 {}，已结算 {}", self.measured, self.settled.show()),
            Lang::En => format!(
                "measured {}, settled {}",
                self.measured,
                self.settled.show()
            ),
        }
    }
}
