//! Civil dates: a date, a month, a span of dates, a minute on the wall clock, a slot.
//!
//! A visit happens at ten in the morning where the dealer is; it stays at ten when the
//! tablet changes its time zone. So times are civil minutes, never instants.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use std::fmt;

/// A civil date.
pub type Date = NaiveDate;

/// The first day a field accepts: earlier dates are typing errors.
pub const FIRST_YEAR: i32 = 1900;
/// The last year a field accepts.
pub const LAST_YEAR: i32 = 2199;

/// The date `days` after `date`; negative goes back. Saturates at the calendar's ends.
pub fn add_days(date: Date, days: i64) -> Date {
    let step = Days::new(days.unsigned_abs());
    if days < 0 {
        date.checked_sub_days(step).unwrap_or(Date::MIN)
    } else {
        date.checked_add_days(step).unwrap_or(Date::MAX)
    }
}

/// The date `months` months after `date`; negative goes back. The day is cut to the length
/// of the month: a month after 31 January is 28 or 29 February.
pub fn add_months(date: Date, months: i32) -> Date {
    let step = Months::new(months.unsigned_abs());
    if months < 0 {
        date.checked_sub_months(step).unwrap_or(Date::MIN)
    } else {
        date.checked_add_months(step).unwrap_or(Date::MAX)
    }
}

/// Days from `from` to `to`; negative when `to` is earlier.
pub fn days_between(from: Date, to: Date) -> i64 {
    (to - from).num_days()
}

/// Reads a date as people and spreadsheets write it: `2026-03-05`, `2026/3/5`, `2026.3.5`,
/// `2026年3月5日`, `20260305`. A date that does not exist, such as 2026-02-30, is `None`.
pub fn parse_date(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<u32>().ok();
        return civil(part(0..4)? as i32, part(4..6)?, part(6..8)?);
    }
    // A time after the date (as spreadsheets export it) does not change the day.
    let text = text.split([' ', 'T']).next()?;
    let mut parts = text
        .trim_end_matches('日')
        .split(['-', '/', '.', '年', '月'])
        .map(|part| part.trim().parse::<u32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some() || year < 1000 {
        return None;
    }
    civil(i32::try_from(year).ok()?, month, day)
}

fn civil(year: i32, month: u32, day: u32) -> Option<Date> {
    (FIRST_YEAR..=LAST_YEAR)
        .contains(&year)
        .then(|| Date::from_ymd_opt(year, month, day))?
}

/// A calendar month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

impl Month {
    /// The month of a year; `month` counts from 1. `None` outside 1–12.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        let month = i32::try_from(month).ok().filter(|m| (1..=12).contains(m))?;
        Some(Self(year.checked_mul(12)?.checked_add(month - 1)?))
    }

    /// The month that holds a date.
    pub fn of(date: Date) -> Self {
        Self(date.year() * 12 + date.month0() as i32)
    }

    /// Months since year 0, the form in which a month is stored.
    pub const fn index(self) -> i32 {
        self.0
    }

    /// A month from its stored form; `None` outside the accepted years.
    pub fn from_index(index: i64) -> Option<Self> {
        let index = i32::try_from(index).ok()?;
        (FIRST_YEAR..=LAST_YEAR)
            .contains(&index.div_euclid(12))
            .then_some(Self(index))
    }

    /// The year.
    pub const fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// The month's number, 1–12.
    pub const fn number(self) -> u32 {
        self.0.rem_euclid(12) as u32 + 1
    }

    /// The month `n` months later; negative goes back.
    pub const fn plus(self, n: i32) -> Self {
        Self(self.0.saturating_add(n))
    }

    /// The first day.
    pub fn first(self) -> Date {
        Date::from_ymd_opt(self.year(), self.number(), 1).unwrap_or_default()
    }

    /// The last day.
    pub fn last(self) -> Date {
        add_days(self.plus(1).first(), -1)
    }

    /// How many days the month has.
    pub fn days(self) -> i64 {
        days_between(self.first(), self.plus(1).first())
    }

    /// Reads `2026-03`, `2026/3`, `2026年3月`, `202603`, or any date within the month.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(date) = parse_date(text) {
            return Some(Self::of(date));
        }
        if text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()) {
            return Self::within(text.get(..4)?.parse().ok()?, text.get(4..)?.parse().ok()?);
        }
        let mut parts = text.trim_end_matches('月').split(['-', '/', '.', '年']);
        let (year, month) = (parts.next()?.trim(), parts.next()?.trim());
        if parts.next().is_some() {
            return None;
        }
        Self::within(year.parse().ok()?, month.parse().ok()?)
    }

    fn within(year: i32, month: u32) -> Option<Self> {
        (FIRST_YEAR..=LAST_YEAR)
            .contains(&year)
            .then(|| Self::new(year, month))?
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.number())
    }
}

/// A span of dates, both ends included; never ends before it starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DateSpan {
    start: Date,
    end: Date,
}

impl DateSpan {
    /// The span from `start` to `end`, both included; `None` when it would end before it
    /// starts.
    pub fn new(start: Date, end: Date) -> Option<Self> {
        (start <= end).then_some(Self { start, end })
    }

    /// The span of a single day.
    pub const fn day(day: Date) -> Self {
        Self {
            start: day,
            end: day,
        }
    }

    /// The first day.
    pub const fn start(self) -> Date {
        self.start
    }

    /// The last day.
    pub const fn end(self) -> Date {
        self.end
    }

    /// How many days, at least 1.
    pub fn days(self) -> i64 {
        days_between(self.start, self.end) + 1
    }

    /// Whether a date lies within.
    pub fn contains(self, date: Date) -> bool {
        self.start <= date && date <= self.end
    }

    /// The months that the span touches, in order.
    pub fn months(self) -> impl Iterator<Item = Month> {
        (Month::of(self.start).index()..=Month::of(self.end).index()).map(Month)
    }
}

/// A minute on the wall clock of the place where it happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Minute(i64);

impl Minute {
    /// The minute of a civil date and time; seconds are dropped.
    pub fn of(at: NaiveDateTime) -> Self {
        Self(at.and_utc().timestamp().div_euclid(60))
    }

    /// The minute at `hour`:`minute` on a date; `None` outside 0–23 and 0–59.
    pub fn at(date: Date, hour: u32, minute: u32) -> Option<Self> {
        Some(Self::of(
            date.and_time(NaiveTime::from_hms_opt(hour, minute, 0)?),
        ))
    }

    /// Civil minutes since 1970-01-01 00:00, the form in which a minute is stored.
    pub const fn index(self) -> i64 {
        self.0
    }

    /// A minute from its stored form; `None` outside the accepted years.
    pub fn from_index(index: i64) -> Option<Self> {
        let at = chrono::DateTime::from_timestamp(index.checked_mul(60)?, 0)?.naive_utc();
        (FIRST_YEAR..=LAST_YEAR)
            .contains(&at.year())
            .then_some(Self(index))
    }

    fn civil(self) -> NaiveDateTime {
        chrono::DateTime::from_timestamp(self.0.saturating_mul(60), 0)
            .unwrap_or_default()
            .naive_utc()
    }

    /// The date.
    pub fn date(self) -> Date {
        self.civil().date()
    }

    /// The hour, 0–23, and the minute, 0–59.
    pub fn time(self) -> (u32, u32) {
        let time = self.civil().time();
        (time.hour(), time.minute())
    }

    /// The minute `n` minutes later; negative goes back.
    pub const fn plus(self, n: i64) -> Self {
        Self(self.0.saturating_add(n))
    }

    /// The next full hour after it.
    pub const fn next_full_hour(self) -> Self {
        Self((self.0.div_euclid(60).saturating_add(1)).saturating_mul(60))
    }

    /// Reads `2026-03-05T14:30` or `2026-03-05 14:30`, with any date [`parse_date`] reads.
    pub fn parse(text: &str) -> Option<Self> {
        let (date, time) = text.trim().split_once(['T', ' '])?;
        let mut parts = time.trim().split(':');
        let (hour, minute) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Self::at(parse_date(date)?, hour, minute)
    }
}

impl fmt::Display for Minute {
    /// `2026-03-05T14:30`, the form that the browser's own input reads and writes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute) = self.time();
        write!(f, "{}T{hour:02}:{minute:02}", self.date())
    }
}

/// A stretch of time on the wall clock: a start and a length, so it cannot end before it
/// starts, and may cross midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Slot {
    /// When it begins.
    pub start: Minute,
    /// How long it lasts, in minutes.
    pub minutes: u16,
}

impl Slot {
    /// The first minute after it.
    pub fn end(self) -> Minute {
        self.start.plus(i64::from(self.minutes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        let want = Date::from_ymd_opt(2026, 3, 5).unwrap();
        for text in [
            "2026-03-05",
            "2026/3/5",
            "2026.3.5",
            "2026年3月5日",
            "20260305",
            " 2026-3-5 ",
            "2026-03-05 00:00:00",
            "2026-03-05T09:30",
        ] {
            assert_eq!(parse_date(text), Some(want), "{text}");
        }
        for text in [
            "2026-02-30",
            "2026-13-01",
            "5/3/2026",
            "26-3-5",
            "",
            "2026-3",
            "明天",
            "1-1-1-1",
        ] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }

    #[test]
    fn months_are_read_and_counted() {
        let march = Month::new(2026, 3).unwrap();
        for text in ["2026-03", "2026/3", "2026年3月", "202603", "2026-03-31"] {
            assert_eq!(Month::parse(text), Some(march), "{text}");
        }
        assert_eq!(Month::parse("2026-13"), None);
        assert_eq!(
            (march.first(), march.last()),
            (day("2026-03-01"), day("2026-03-31"))
        );
        assert_eq!(Month::new(2028, 2).unwrap().days(), 29);
        assert_eq!(march.plus(-3).to_string(), "2025-12");
    }

    #[test]
    fn a_span_never_ends_before_it_starts() {
        assert!(DateSpan::new(day("2026-02-01"), day("2026-01-31")).is_none());
        let span = DateSpan::new(day("2025-12-15"), day("2026-02-01")).unwrap();
        assert_eq!(span.days(), 49);
        assert_eq!(span.months().count(), 3);
    }

    #[test]
    fn a_slot_may_cross_midnight() {
        let slot = Slot {
            start: Minute::parse("2026-12-31T23:30").unwrap(),
            minutes: 60,
        };
        assert_eq!(slot.end().to_string(), "2027-01-01T00:30");
    }

    #[test]
    fn the_next_full_hour_is_later() {
        for (now, next) in [
            ("2026-03-05T09:00", "2026-03-05T10:00"),
            ("2026-03-05T09:59", "2026-03-05T10:00"),
            ("2026-12-31T23:30", "2027-01-01T00:00"),
        ] {
            let next_hour = Minute::parse(now).unwrap().next_full_hour();
            assert_eq!(next_hour.to_string(), next);
        }
    }

    proptest! {
        #[test]
        fn minutes_read_back(index in -30_000_000i64..100_000_000) {
            let minute = Minute::from_index(index).unwrap();
            prop_assert_eq!(Minute::parse(&minute.to_string()), Some(minute));
        }

        #[test]
        fn months_tile_the_calendar(index in 1900i64 * 12..2199 * 12) {
            let month = Month::from_index(index).unwrap();
            prop_assert_eq!(add_days(month.last(), 1), month.plus(1).first());
            prop_assert_eq!(Month::parse(&month.to_string()), Some(month));
        }

        #[test]
        fn reading_a_date_never_panics(text in ".{0,20}") {
            let _ = (parse_date(&text), Month::parse(&text), Minute::parse(&text));
        }
    }
}
