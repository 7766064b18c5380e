//! Values as people read them.

use super::{Kind, Outcome, Value, choice};
use crate::date::{Date, Minute};
use crate::quantity::{self, Quantity, Unit};
use crate::words::{Lang, Words, words};
use chrono::Datelike;

impl Kind {
    /// What the two halves of a value are that stands in two cells of a workbook.
    pub const fn halves(self) -> Option<[Words; 2]> {
        match self {
            Self::Span => Some([words("起", "from"), words("止", "to")]),
            Self::Slot => Some([words("开始", "start"), words("分钟", "minutes")]),
            Self::Course => Some([words("基线", "baseline"), words("目标值", "target")]),
            Self::Figure => Some([words("数值", "amount"), words("截至", "up to")]),
            Self::Outcome => Some([words("结果", "outcome"), words("日期", "on")]),
            _ => None,
        }
    }
}

impl Value {
    /// The value for reading. References show nothing here: only the book knows names.
    pub fn show(&self, kind: Kind, lang: Lang) -> String {
        let separator = match lang {
            Lang::Zh => "、",
            Lang::En => ", ",
        };
        match self {
            Self::Empty | Self::Ref(_) | Self::Refs(_) | Self::Link(_) => String::new(),
            Self::Text(text) => match kind {
                Kind::Notation(notation) => {
                    (notation.show)(text, lang).unwrap_or_else(|| text.clone())
                }
                _ => text.clone(),
            },
            Self::Flag(yes) => if *yes {
                words("是", "Yes")
            } else {
                words("否", "No")
            }
            .in_lang(lang)
            .to_owned(),
            Self::Number(n) => match kind {
                Kind::Money => Unit::Yuan.show(Quantity(*n), lang),
                Kind::Whole => quantity::grouped_hundredths(n.saturating_mul(100)),
                _ => quantity::grouped_hundredths(*n),
            },
            Self::Date(date) => show_date(*date, lang),
            Self::Month(month) => match lang {
                Lang::Zh => format!("{}年{}月", month.year(), month.number()),
                Lang::En => format!("{} {}", month_name(month.number()), month.year()),
            },
            Self::Minute(minute) => show_minute(*minute, lang),
            Self::Slot(slot) => {
                let (hour, minute) = slot.end().time();
                format!("{}–{hour:02}:{minute:02}", show_minute(slot.start, lang))
            }
            Self::Span(span) => {
                format!(
                    "{} – {}",
                    show_date(span.start(), lang),
                    show_date(span.end(), lang)
                )
            }
            Self::Place(_) => self.input_text(kind),
            Self::Choice(code) => choice_words(kind, *code).in_lang(lang).to_owned(),
            Self::Choices(codes) => codes
                .iter()
                .map(|code| choice_words(kind, *code).in_lang(lang))
                .collect::<Vec<_>>()
                .join(separator),
            Self::Tags(tags) => tags.join(separator),
            Self::Course(course) => format!(
                "{} → {}",
                quantity::grouped_hundredths(course.baseline.0),
                quantity::grouped_hundredths(course.target.0)
            ),
            Self::Figure(figure) => quantity::grouped_hundredths(figure.amount.0),
            Self::Shape(shape) => shape.0.map(|w| w.to_string()).join(" "),
            Self::Outcome(outcome) => {
                let text = outcome.words().in_lang(lang);
                match outcome {
                    Outcome::Open => text.to_owned(),
                    Outcome::Done(day) | Outcome::Dropped(day) => {
                        format!("{text} {}", show_date(*day, lang))
                    }
                }
            }
        }
    }
}

fn choice_words(kind: Kind, code: u16) -> Words {
    choice(kind, code).map_or(quantity::NEEDS_NEWER, |spec| spec.words)
}

/// The English short name of a month, 1–12.
pub fn month_name(number: u32) -> &'static str {
    const NAMES: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    NAMES
        .get(number.saturating_sub(1) as usize)
        .copied()
        .unwrap_or("")
}

/// A date for reading: `2026年3月5日`, `5 Mar 2026`.
pub fn show_date(date: Date, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        Lang::En => format!(
            "{} {} {}",
            date.day(),
            month_name(date.month()),
            date.year()
        ),
    }
}

/// A date and time for reading.
pub fn show_minute(minute: Minute, lang: Lang) -> String {
    let (hour, minutes) = minute.time();
    format!("{} {hour:02}:{minutes:02}", show_date(minute.date(), lang))
}
