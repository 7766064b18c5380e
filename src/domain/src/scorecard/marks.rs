//! Marks: what a score is reckoned from. An evaluation keeps them as they were discussed.

use crate::id::Id;
use crate::quantity::Quantity;
use crate::tables::{IssueKind, Metric};
use crate::value::{Notation, Noted, Sign, Tokens};
use crate::words::Lang;
use std::fmt;

/// One metric's actual and target over the period, in the metric's unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The metric.
    pub metric: Id<Metric>,
    /// What came; `None` without a reading.
    pub actual: Option<Quantity>,
    /// What was to come; `None` without a target.
    pub target: Option<Quantity>,
}

/// What a score is reckoned from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Actual and target of each metric.
    pub marks: Vec<Mark>,
    /// How many incidents of each kind there were.
    pub incidents: Vec<(IssueKind, u32)>,
}

impl Marks {
    /// The mark of a metric.
    pub fn of(&self, metric: Id<Metric>) -> Option<&Mark> {
        self.marks.iter().find(|mark| mark.metric == metric)
    }

    /// How many incidents of a kind there were.
    pub fn count(&self, kind: IssueKind) -> u32 {
        let found = self.incidents.iter().find(|(other, _)| *other == kind);
        found.map_or(0, |(_, count)| *count)
    }
}

impl fmt::Display for Marks {
    /// `marks; mark 307d… 950 of 1000; mark 8b41… none of 90; incident 2 1`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |amount: Option<Quantity>| {
            amount.map_or_else(|| "none".to_owned(), |amount| amount.to_string())
        };
        f.write_str("marks")?;
        for mark in &self.marks {
            let (actual, target) = (text(mark.actual), text(mark.target));
            write!(f, "; mark {} {actual} of {target}", mark.metric)?;
        }
        for (kind, count) in &self.incidents {
            write!(f, "; incident {} {count}", kind.code())?;
        }
        Ok(())
    }
}

impl Noted for Marks {
    const NOTATION: &'static Notation = &Notation {
        read: Self::rewritten,
        show: Self::shown,
        examples: &[
            "marks",
            "marks; mark 307d4e95f7be53789ba217f127791c71 950.5 of 1000; mark 307d4e95f7be53789ba217f127791c72 none of none; incident 2 1",
        ],
    };

    fn parse(text: &str) -> Option<Self> {
        let mut tokens = Tokens::of(text)?;
        let mut marks = Self::default();
        tokens.need("marks")?;
        let amount = |word: &str| match word {
            "none" => Some(None),
            word => Quantity::parse(word).map(Some),
        };
        while tokens.sign(Sign::Semicolon) {
            match tokens.word()?.as_str() {
                "mark" => {
                    let metric = tokens.read(|word| word.parse().ok())?;
                    let actual = tokens.read(amount)?;
                    tokens.need("of")?;
                    let target = tokens.read(amount)?;
                    marks.marks.push(Mark {
                        metric,
                        actual,
                        target,
                    });
                }
                "incident" => {
                    let kind = IssueKind::from_code(tokens.read(|word| word.parse().ok())?);
                    let count = tokens.read(|word| word.parse().ok())?;
                    marks.incidents.push((kind, count));
                }
                _ => return None,
            }
        }
        tokens.is_done().then_some(marks)
    }

    fn show(&self, lang: Lang) -> String {
        let count = self.marks.len();
        match lang {
            Lang::Zh => format!("{count} 个指标"),
            Lang::En if count == 1 => "1 metric".to_owned(),
            Lang::En => format!("{count} metrics"),
        }
    }
}
