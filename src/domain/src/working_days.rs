//! Working days: Monday to Friday.
//!
//! Public holidays are not taken out. In China they are announced once a year and come with
//! weekends that are worked instead, so a device without a network cannot know them; a date
//! that falls on one is moved by hand.

use crate::date::{Date, add_days};
use chrono::{Datelike, Weekday};

/// Whether a date is a working day.
pub fn is_working_day(date: Date) -> bool {
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The `days`-th working day after a date; the date itself for 0 and less.
pub fn add_working_days(date: Date, days: i64) -> Date {
    if days <= 0 {
        return date;
    }
    // What begins on a weekend counts from the Friday before: its first working day is Monday.
    let weekday = i64::from(date.weekday().num_days_from_monday());
    let from = add_days(date, (4 - weekday).min(0));
    let weekends = weekday.min(4).saturating_add(days) / 5;
    add_days(from, days.saturating_add(weekends.saturating_mul(2)))
}

/// How many working days lie after `from`, up to and with `to`; 0 when `to` is not later.
pub fn working_days_between(from: Date, to: Date) -> i64 {
    (counted(to) - counted(from)).max(0)
}

/// The working days up to and with a date, counted from a Monday.
fn counted(date: Date) -> i64 {
    // The first day of the common era was a Monday.
    let days = i64::from(date.num_days_from_ce()) - 1;
    5 * days.div_euclid(7) + (days.rem_euclid(7) + 1).min(5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::parse_date;
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    #[test]
    fn weekends_are_stepped_over() {
        // 5 March 2026 is a Thursday.
        for (from, days, to) in [
            ("2026-03-05", 1, "2026-03-06"),
            ("2026-03-05", 2, "2026-03-09"),
            ("2026-03-07", 1, "2026-03-09"),
            ("2026-03-08", 5, "2026-03-13"),
            ("2026-03-09", 5, "2026-03-16"),
            ("2026-02-26", 2, "2026-03-02"),
            ("2028-02-28", 1, "2028-02-29"),
            ("2026-03-05", 0, "2026-03-05"),
        ] {
            assert_eq!(
                add_working_days(day(from), days),
                day(to),
                "{from} + {days}"
            );
        }
        assert_eq!(
            working_days_between(day("2026-03-05"), day("2026-03-09")),
            2
        );
        assert_eq!(
            working_days_between(day("2026-03-07"), day("2026-03-08")),
            0
        );
        assert_eq!(
            working_days_between(day("2026-03-09"), day("2026-03-05")),
            0
        );
    }

    proptest! {
        /// Counting the days one by one gives the same.
        #[test]
        fn the_quick_way_is_the_plain_way(start in 0i64..20_000, days in 1i64..400) {
            let from = add_days(day("1990-01-01"), start);
            let to = add_working_days(from, days);
            prop_assert!(is_working_day(to));
            prop_assert_eq!(working_days_between(from, to), days);
            let plain = (1..).map(|n| add_days(from, n)).take_while(|date| *date <= to)
                .filter(|date| is_working_day(*date)).count();
            prop_assert_eq!(plain as i64, days);
        }
    }
}
