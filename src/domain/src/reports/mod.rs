//! Reports: the quarterly review of a dealer and the report over the portfolio. What they hold is chosen
//! here once; the page draws it, and a file writes it out with how every figure came about.

mod pack;
mod portfolio;
mod quarter;
#[cfg(test)]
mod tests;

use crate::date::Date;
use crate::explain::Line;
use crate::money::Fen;
use crate::quantity::{Quantity, Unit};
use crate::ratio::Ratio;
use crate::scorecard::Points;
use crate::trend::Growth;
use crate::value::show_date;
use crate::words::{Lang, Words};

pub use pack::pack;
pub use portfolio::{Glance, LISTED, Portfolio, Standings, Yearly, portfolio};
pub use quarter::{AHEAD_DAYS, Attended, Due, Quarter};

/// What stands in one place of a report.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Blank,
    /// Words.
    Text(String),
    /// A measured amount.
    Amount(Quantity, Unit),
    /// Money, to the fen.
    Paid(Fen),
    /// A whole number.
    Whole(i64),
    /// A part of a whole.
    Part(Ratio),
    /// Points of a score.
    Points(Points),
    /// A day.
    Date(Date),
}

impl Cell {
    /// The cell for reading.
    pub fn show(&self, lang: Lang) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) => text.clone(),
            Self::Amount(amount, unit) => unit.show(*amount, lang),
            Self::Paid(fen) => fen.show(),
            Self::Whole(number) => number.to_string(),
            Self::Part(part) => part.show_fine(),
            Self::Points(points) => points.to_string(),
            Self::Date(day) => show_date(*day, lang),
        }
    }

    fn words(words: Words, lang: Lang) -> Self {
        Self::Text(words.in_lang(lang).to_owned())
    }

    fn day(day: Option<Date>) -> Self {
        day.map_or(Self::Blank, Self::Date)
    }

    fn part(part: Option<Ratio>) -> Self {
        part.map_or(Self::Blank, Self::Part)
    }

    /// A change; points of percentages as an amount.
    fn growth(growth: Option<Growth>) -> Self {
        match growth {
            Some(Growth::Part(part)) => Self::Part(part),
            Some(Growth::Points(points)) => Self::Amount(points, Unit::Percent),
            None => Self::Blank,
        }
    }

    fn points(points: Option<Points>) -> Self {
        points.map_or(Self::Blank, Self::Points)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() {
            Self::Blank
        } else {
            Self::Text(text.to_owned())
        }
    }
}

/// How a figure came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Which figure of its row, by its place.
    pub cell: usize,
    /// Inputs, rule and arithmetic; the last line is the result.
    pub lines: Vec<Line>,
}

/// A row of a report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// What stands in it; the first cell names it.
    pub cells: Vec<Cell>,
    /// How its figures came about.
    pub told: Vec<Told>,
}

impl Row {
    fn of(cells: Vec<Cell>) -> Self {
        Self {
            cells,
            told: Vec::new(),
        }
    }

    fn told(mut self, cell: usize, lines: Vec<Line>) -> Self {
        self.told.push(Told { cell, lines });
        self
    }
}

/// A part of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// What it is about.
    pub title: Words,
    /// What stands in each place of its rows.
    pub columns: Vec<Words>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A report.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// What it is, and of what.
    pub title: String,
    /// The day as of which it is.
    pub day: Date,
    /// Its parts.
    pub sections: Vec<Section>,
}
