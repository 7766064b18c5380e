//! Recurrence: every second Tuesday, the last day of each month, each year on one date.
//!
//! A rule is stored and exchanged as the RRULE of RFC 5545 (section 3.3.10), of which this is
//! the subset that meetings need:
//!
//! | part | values |
//! | --- | --- |
//! | `FREQ` | `DAILY`, `WEEKLY`, `MONTHLY`, `YEARLY` |
//! | `INTERVAL` | 1–999; 1 by default |
//! | `BYDAY` | weekly: any weekdays; monthly: one with a number, `2TU`, `-1FR` |
//! | `BYMONTHDAY` | monthly: 1–31, or −1 to −31 from the end |
//! | `COUNT` | 1–999, not beside `UNTIL` |
//! | `UNTIL` | a date, or a date and time of which the date counts |
//! | `WKST` | `MO` |
//!
//! Everything else is refused rather than half understood. As the RFC says, a date that does
//! not exist is left out: the 31st skips short months, 29 February all but leap years; who
//! means the end of each month says −1. A start that the rule does not name is no occurrence:
//! the first one is the first named date from the start on, and `COUNT` counts from there.
//!
//! Our own, since the crate at hand brings the world's time zones and a regular-expression
//! engine into the page; occurrences here are civil dates, one a day at most. Tests compare
//! the two.

mod expand;
#[cfg(test)]
mod tests;
mod text;

pub use text::weekday_words;

use crate::date::{Date, parse_date};
use chrono::Weekday;
use std::collections::BTreeSet;
use std::fmt;

/// The largest interval and the largest count.
pub const MOST: u16 = 999;

/// Some of the seven weekdays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Weekdays(u8);

impl Weekdays {
    /// No day.
    pub const NONE: Self = Self(0);

    /// The set with a day in it.
    pub fn with(self, day: Weekday) -> Self {
        Self(self.0 | 1 << day.num_days_from_monday())
    }

    /// Whether a day is in it.
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & (1 << day.num_days_from_monday()) != 0
    }

    /// Whether no day is in it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The days in it, Monday first.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        WEEK.into_iter().filter(move |day| self.contains(*day))
    }
}

impl FromIterator<Weekday> for Weekdays {
    fn from_iter<I: IntoIterator<Item = Weekday>>(days: I) -> Self {
        days.into_iter().fold(Self::NONE, Self::with)
    }
}

/// The week, which begins on Monday.
pub(crate) const WEEK: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

/// On which days of its period something recurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// Each day.
    Daily,
    /// On these days of the week; on the start's weekday where there are none.
    Weekly(Weekdays),
    /// On these days of the month, negative from its end; on the start's day where there are
    /// none.
    MonthlyOnDays(BTreeSet<i8>),
    /// On the n-th of a weekday, negative from the month's end.
    MonthlyOnWeekday(i8, Weekday),
    /// On the start's date.
    Yearly,
}

/// How long it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// Without an end.
    Never,
    /// After so many times.
    After(u16),
    /// On this date at the latest.
    On(Date),
}

/// A rule by which something recurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recurrence {
    /// On which days of its period.
    pub pattern: Pattern,
    /// Every so many periods, 1–999.
    pub interval: u16,
    /// How long.
    pub ends: Ends,
}

/// Why a text is not a rule that this version understands.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotARule {
    /// Not parts of the form `NAME=VALUE` with a `FREQ`.
    #[error("not a recurrence rule")]
    Shape,
    /// A part that this version does not know, or not beside the others.
    #[error("the part {0} is not understood")]
    Unsupported(String),
    /// A value that its part does not allow.
    #[error("{0} has a value that it does not allow")]
    Value(&'static str),
}

impl Recurrence {
    /// A rule without an end.
    pub const fn every(interval: u16, pattern: Pattern) -> Self {
        Self {
            pattern,
            interval,
            ends: Ends::Never,
        }
    }

    /// The same rule with an end.
    pub fn ending(mut self, ends: Ends) -> Self {
        self.ends = ends;
        self
    }

    /// Reads an RRULE, with or without `RRULE:` before it.
    ///
    /// # Errors
    /// [`NotARule`] for anything outside the subset; the text stays as it was stored.
    pub fn parse(text: &str) -> Result<Self, NotARule> {
        let text = text.trim().to_ascii_uppercase();
        let text = text.strip_prefix("RRULE:").unwrap_or(&text);
        let mut parts = Parts::default();
        for part in text.split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').ok_or(NotARule::Shape)?;
            let place = match name {
                "FREQ" => &mut parts.freq,
                "INTERVAL" => &mut parts.interval,
                "BYDAY" => &mut parts.by_day,
                "BYMONTHDAY" => &mut parts.by_month_day,
                "COUNT" => &mut parts.count,
                "UNTIL" => &mut parts.until,
                "WKST" if value == "MO" => continue,
                _ => return Err(NotARule::Unsupported(name.to_owned())),
            };
            if place.replace(value).is_some() {
                return Err(NotARule::Unsupported(name.to_owned()));
            }
        }
        let interval = parts
            .interval
            .map_or(Some(1), number)
            .ok_or(NotARule::Value("INTERVAL"))?;
        Ok(Self {
            pattern: parts.pattern()?,
            interval,
            ends: parts.ends()?,
        })
    }
}

/// The parts of a rule as they are written.
#[derive(Default)]
struct Parts<'a> {
    freq: Option<&'a str>,
    interval: Option<&'a str>,
    by_day: Option<&'a str>,
    by_month_day: Option<&'a str>,
    count: Option<&'a str>,
    until: Option<&'a str>,
}

impl Parts<'_> {
    fn pattern(&self) -> Result<Pattern, NotARule> {
        let refuse = |part: &str| Err(NotARule::Unsupported(part.to_owned()));
        match (
            self.freq.ok_or(NotARule::Shape)?,
            self.by_day,
            self.by_month_day,
        ) {
            ("DAILY", None, None) => Ok(Pattern::Daily),
            ("WEEKLY", None, None) => Ok(Pattern::Weekly(Weekdays::NONE)),
            ("WEEKLY", Some(days), None) => days
                .split(',')
                .map(weekday)
                .collect::<Option<Weekdays>>()
                .map(Pattern::Weekly)
                .ok_or(NotARule::Value("BYDAY")),
            ("MONTHLY", None, None) => Ok(Pattern::MonthlyOnDays(BTreeSet::new())),
            ("MONTHLY", None, Some(days)) => days
                .split(',')
                .map(|day| {
                    let day: i8 = day.strip_prefix('+').unwrap_or(day).parse().ok()?;
                    (day != 0 && (-31..=31).contains(&day)).then_some(day)
                })
                .collect::<Option<BTreeSet<_>>>()
                .map(Pattern::MonthlyOnDays)
                .ok_or(NotARule::Value("BYMONTHDAY")),
            ("MONTHLY", Some(days), None) if days.contains(',') => refuse("BYDAY"),
            ("MONTHLY", Some(day), None) => {
                let at = day.len().saturating_sub(2);
                let nth = day.get(..at).map(|n| n.strip_prefix('+').unwrap_or(n));
                let nth = nth.and_then(|nth| nth.parse::<i8>().ok());
                match (nth, day.get(at..).and_then(weekday)) {
                    (Some(nth), Some(day)) if nth != 0 && (-5..=5).contains(&nth) => {
                        Ok(Pattern::MonthlyOnWeekday(nth, day))
                    }
                    _ => Err(NotARule::Value("BYDAY")),
                }
            }
            ("YEARLY", None, None) => Ok(Pattern::Yearly),
            ("DAILY" | "WEEKLY" | "YEARLY", None, Some(_)) => refuse("BYMONTHDAY"),
            ("DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY", ..) => refuse("BYDAY"),
            _ => Err(NotARule::Value("FREQ")),
        }
    }

    fn ends(&self) -> Result<Ends, NotARule> {
        match (self.count, self.until) {
            (None, None) => Ok(Ends::Never),
            (Some(count), None) => number(count)
                .map(Ends::After)
                .ok_or(NotARule::Value("COUNT")),
            (None, Some(until)) => parse_date(until.get(..8).unwrap_or_default())
                .filter(|_| is_time(until.get(8..).unwrap_or_default()))
                .map(Ends::On)
                .ok_or(NotARule::Value("UNTIL")),
            (Some(_), Some(_)) => Err(NotARule::Unsupported("COUNT".to_owned())),
        }
    }
}

/// Nothing, or `T235959` with or without `Z`.
fn is_time(text: &str) -> bool {
    let time = text.strip_suffix('Z').unwrap_or(text);
    text.is_empty()
        || time
            .strip_prefix('T')
            .is_some_and(|time| time.len() == 6 && time.bytes().all(|b| b.is_ascii_digit()))
}

fn number(text: &str) -> Option<u16> {
    text.parse().ok().filter(|n| (1..=MOST).contains(n))
}

/// The two letters of a weekday.
const fn letters(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}

fn weekday(text: &str) -> Option<Weekday> {
    WEEK.into_iter().find(|day| letters(*day) == text)
}

impl fmt::Display for Recurrence {
    /// The RRULE without its name, in one form only, so that equal rules read alike.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.pattern {
            Pattern::Daily => "FREQ=DAILY",
            Pattern::Weekly(_) => "FREQ=WEEKLY",
            Pattern::MonthlyOnDays(_) | Pattern::MonthlyOnWeekday(..) => "FREQ=MONTHLY",
            Pattern::Yearly => "FREQ=YEARLY",
        })?;
        if self.interval != 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        match &self.pattern {
            Pattern::Weekly(days) if !days.is_empty() => {
                let days: Vec<_> = days.iter().map(letters).collect();
                write!(f, ";BYDAY={}", days.join(","))?;
            }
            Pattern::MonthlyOnDays(days) if !days.is_empty() => {
                let days: Vec<_> = days.iter().map(i8::to_string).collect();
                write!(f, ";BYMONTHDAY={}", days.join(","))?;
            }
            Pattern::MonthlyOnWeekday(nth, day) => write!(f, ";BYDAY={nth}{}", letters(*day))?,
            Pattern::Daily | Pattern::Weekly(_) | Pattern::MonthlyOnDays(_) | Pattern::Yearly => {}
        }
        match self.ends {
            Ends::Never => Ok(()),
            Ends::After(count) => write!(f, ";COUNT={count}"),
            // A floating start asks for a floating end (RFC 5545, section 3.3.10).
            Ends::On(day) => write!(f, ";UNTIL={}T235959", day.format("%Y%m%d")),
        }
    }
}
