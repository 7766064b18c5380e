//! The dates that a rule names within a window.

use super::{Ends, Pattern, Recurrence};
use crate::date::{Date, DateSpan, LAST_YEAR, Month, add_days, days_between};
use chrono::Datelike;

impl Recurrence {
    /// The dates within a window, ascending, of something that starts on `start`. There is at
    /// most one a day, so a window bounds both the answer and the work: without a count the
    /// way begins near the window, with one it is at most 999 dates longer.
    pub fn within(&self, start: Date, window: DateSpan) -> Vec<Date> {
        self.walk(start, window.start(), window.end()).collect()
    }

    /// The first date after a day; `None` where the rule has ended, or names no more date in
    /// the accepted years.
    pub fn next_after(&self, start: Date, day: Date) -> Option<Date> {
        let end = Date::from_ymd_opt(LAST_YEAR, 12, 31)?;
        self.walk(start, add_days(day, 1), end).next()
    }

    /// The first date at all.
    pub fn first(&self, start: Date) -> Option<Date> {
        self.next_after(start, add_days(start, -1))
    }

    /// The last date; `None` for a rule without an end, or that names no date.
    pub fn last(&self, start: Date) -> Option<Date> {
        let end = match self.ends {
            Ends::Never => return None,
            Ends::On(day) => day,
            Ends::After(_) => Date::from_ymd_opt(LAST_YEAR, 12, 31)?,
        };
        self.walk(start, start, end).last()
    }

    /// Whether a date is one of the rule's.
    pub fn names(&self, start: Date, day: Date) -> bool {
        self.walk(start, day, day).next().is_some()
    }

    fn walk(&self, start: Date, from: Date, to: Date) -> impl Iterator<Item = Date> {
        let (count, to) = match self.ends {
            Ends::Never => (None, to),
            Ends::After(count) => (Some(count), to),
            Ends::On(day) => (None, to.min(day)),
        };
        // What is counted has to be counted from the start.
        let first = match count {
            Some(_) => 0,
            None => self.periods_before(start, from.min(to)),
        };
        (first..)
            .map(move |period| self.period(start, period))
            .take_while(move |(begins, _)| *begins <= to)
            .flat_map(|(_, days)| days)
            .filter(move |day| *day >= start)
            .scan(count, |left, day| {
                if let Some(left) = left {
                    *left = left.checked_sub(1)?;
                }
                Some(day)
            })
            .take_while(move |day| *day <= to)
            .filter(move |day| *day >= from)
    }

    /// How many whole periods lie between the start's and the one that holds a day.
    fn periods_before(&self, start: Date, day: Date) -> i64 {
        let periods = match self.pattern {
            Pattern::Daily => days_between(start, day),
            Pattern::Weekly(_) => days_between(monday(start), monday(day)) / 7,
            Pattern::MonthlyOnDays(_) | Pattern::MonthlyOnWeekday(..) => {
                i64::from(Month::of(day).index() - Month::of(start).index())
            }
            Pattern::Yearly => i64::from(day.year() - start.year()),
        };
        periods.max(0) / i64::from(self.interval.max(1))
    }

    /// The first day of a period and the dates that the rule names in it, ascending.
    fn period(&self, start: Date, number: i64) -> (Date, Vec<Date>) {
        let ahead = number.saturating_mul(i64::from(self.interval.max(1)));
        // Beyond an i32 of months or years lies no date that any window holds.
        let short = i32::try_from(ahead).unwrap_or(i32::MAX);
        match &self.pattern {
            Pattern::Daily => {
                let day = add_days(start, ahead);
                (day, vec![day])
            }
            Pattern::Weekly(days) => {
                let begins = add_days(monday(start), ahead.saturating_mul(7));
                let on = |day: chrono::Weekday| add_days(begins, day.num_days_from_monday().into());
                let named = if days.is_empty() {
                    vec![on(start.weekday())]
                } else {
                    days.iter().map(on).collect()
                };
                (begins, named)
            }
            Pattern::MonthlyOnDays(days) => {
                let month = Month::of(start).plus(short);
                let mut named: Vec<Date> = if days.is_empty() {
                    day_of_month(month, start.day() as i8).into_iter().collect()
                } else {
                    days.iter()
                        .filter_map(|day| day_of_month(month, *day))
                        .collect()
                };
                named.sort_unstable();
                named.dedup();
                (month.first(), named)
            }
            Pattern::MonthlyOnWeekday(nth, weekday) => {
                let month = Month::of(start).plus(short);
                let named = nth_weekday(month, *nth, *weekday).into_iter().collect();
                (month.first(), named)
            }
            Pattern::Yearly => {
                let year = start.year().saturating_add(short);
                let begins = Date::from_ymd_opt(year, 1, 1).unwrap_or(Date::MAX);
                let named = Date::from_ymd_opt(year, start.month(), start.day());
                (begins, named.into_iter().collect())
            }
        }
    }
}

fn monday(day: Date) -> Date {
    add_days(day, -i64::from(day.weekday().num_days_from_monday()))
}

/// A day of a month, negative from its end; `None` in a month that is too short.
fn day_of_month(month: Month, day: i8) -> Option<Date> {
    let number = if day < 0 {
        month.days() + 1 + i64::from(day)
    } else {
        i64::from(day)
    };
    (1..=month.days())
        .contains(&number)
        .then(|| add_days(month.first(), number - 1))
}

/// The n-th of a weekday in a month, negative from its end; `None` where there is none.
fn nth_weekday(month: Month, nth: i8, weekday: chrono::Weekday) -> Option<Date> {
    let week = i64::from(weekday.num_days_from_monday());
    let day = if nth > 0 {
        let first = month.first();
        let to_first = (week - i64::from(first.weekday().num_days_from_monday())).rem_euclid(7);
        add_days(first, to_first + 7 * (i64::from(nth) - 1))
    } else {
        let last = month.last();
        let back = (i64::from(last.weekday().num_days_from_monday()) - week).rem_euclid(7);
        add_days(last, -back + 7 * (i64::from(nth) + 1))
    };
    (nth != 0 && Month::of(day) == month).then_some(day)
}
