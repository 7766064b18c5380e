//! Dates and times as other systems write them.

use crate::date::{Date, FIRST_YEAR, LAST_YEAR, Minute, parse_date};
use chrono::Datelike;

/// How dates are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateForm {
    /// `2026-03-05`, `2026-03-05 14:30:00` (ISO 8601).
    #[default]
    Iso,
    /// `03/05/2026`, `03/05/2026 14:30:00`.
    MonthFirst,
}

impl DateForm {
    /// A date.
    pub fn date(self, date: Date) -> String {
        match self {
            Self::Iso => date.to_string(),
            Self::MonthFirst => {
                format!("{:02}/{:02}/{:04}", date.month(), date.day(), date.year())
            }
        }
    }

    /// A date with a time.
    pub fn minute(self, minute: Minute) -> String {
        let (hour, minutes) = minute.time();
        format!("{} {hour:02}:{minutes:02}:00", self.date(minute.date()))
    }
}

/// Reads a date: any that the book reads, or the month first with the year at the end.
pub(crate) fn read_date(text: &str) -> Option<Date> {
    let day = text.split([' ', 'T']).next()?;
    parse_date(day).or_else(|| month_first(day))
}

fn month_first(text: &str) -> Option<Date> {
    let mut parts = text.split('/').map(|part| part.trim().parse::<u32>().ok());
    let (month, day, year) = (parts.next()??, parts.next()??, parts.next()??);
    let year = i32::try_from(year).ok()?;
    if parts.next().is_some() || !(FIRST_YEAR..=LAST_YEAR).contains(&year) {
        return None;
    }
    Date::from_ymd_opt(year, month, day)
}

/// Reads a date with a time: `2026-03-05T14:30:00+08:00` (the time of the place, as it is
/// written), `03/05/2026 02:30 PM`. A date alone is its midnight.
pub(super) fn read_minute(text: &str) -> Option<Minute> {
    let date = read_date(text)?;
    let Some((_, time)) = text.trim().split_once(['T', ' ']) else {
        return Minute::at(date, 0, 0);
    };
    let time = time.trim();
    let upper = time.to_ascii_uppercase();
    let (clock, shift) = if let Some(clock) = upper.strip_suffix("PM") {
        (clock.to_owned(), Some(12))
    } else if let Some(clock) = upper.strip_suffix("AM") {
        (clock.to_owned(), Some(0))
    } else {
        // What follows the time is the offset from UTC.
        let end = upper.find(['+', '-', 'Z']).unwrap_or(upper.len());
        (upper.get(..end)?.to_owned(), None)
    };
    let mut parts = clock
        .trim()
        .split(':')
        .map(|part| part.trim().parse::<u32>());
    let (hour, minute) = (parts.next()?.ok()?, parts.next()?.ok()?);
    let hour = match shift {
        Some(shift) if (1..=12).contains(&hour) => hour % 12 + shift,
        Some(_) => return None,
        None => hour,
    };
    Minute::at(date, hour, minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_both_forms() {
        let want = parse_date("2026-03-05");
        for text in [
            "2026-03-05",
            "03/05/2026",
            "3/5/2026 14:30",
            "2026-03-05T14:30:00+08:00",
        ] {
            assert_eq!(read_date(text), want, "{text}");
        }
        for text in ["13/05/2026", "02/30/2026", "03/05/26", "", "x"] {
            assert_eq!(read_date(text), None, "{text}");
        }
    }

    #[test]
    fn times_are_read_as_the_place_has_them() {
        for (text, want) in [
            ("2026-03-05 14:30:00", "2026-03-05T14:30"),
            ("2026-03-05T14:30:00+08:00", "2026-03-05T14:30"),
            ("2026-03-05T14:30:00Z", "2026-03-05T14:30"),
            ("03/05/2026 02:30 PM", "2026-03-05T14:30"),
            ("03/05/2026 12:05 AM", "2026-03-05T00:05"),
            ("2026-03-05", "2026-03-05T00:00"),
        ] {
            assert_eq!(read_minute(text), Minute::parse(want), "{text}");
        }
        for text in ["2026-03-05 25:00", "03/05/2026 13:00 PM", "2026-03-05 noon"] {
            assert_eq!(read_minute(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let minute = Minute::parse("2026-12-31T23:59").unwrap();
        for form in [DateForm::Iso, DateForm::MonthFirst] {
            assert_eq!(read_minute(&form.minute(minute)), Some(minute));
            assert_eq!(read_date(&form.date(minute.date())), Some(minute.date()));
        }
    }
}
