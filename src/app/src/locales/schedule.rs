//! When something takes place and how long it lasts.

use super::{Lang, Words, time, words};
use chrono::Datelike as _;
use tongxing_domain::date::{Date, Slot};

const LONG_WEEKDAYS: [Words; 7] = [
    words("周一", "Monday"),
    words("周二", "Tuesday"),
    words("周三", "Wednesday"),
    words("周四", "Thursday"),
    words("周五", "Friday"),
    words("周六", "Saturday"),
    words("周日", "Sunday"),
];

const LONG_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day in full, for a heading: `9月14日 周一`, `Monday 14 September`.
pub fn heading(lang: Lang, date: Date) -> String {
    let weekday = LONG_WEEKDAYS[date.weekday().num_days_from_monday() as usize].in_lang(lang);
    match lang {
        Lang::Zh => format!("{}月{}日 {weekday}", date.month(), date.day()),
        Lang::En => format!(
            "{weekday} {} {}",
            date.day(),
            LONG_MONTHS[date.month0() as usize]
        ),
    }
}

/// A date with its weekday: `9月14日 周一`, `Mon 14 Sep`.
pub fn weekday_and_day(lang: Lang, date: Date, today: Date) -> String {
    let (day, weekday) = (time::day(lang, date, today), time::weekday(lang, date));
    match lang {
        Lang::Zh => format!("{day} {weekday}"),
        Lang::En => format!("{weekday} {day}"),
    }
}

/// A stretch of time: `9月16日 周三 10:00–11:00`.
pub fn slot(lang: Lang, slot: Slot, today: Date) -> String {
    let day = weekday_and_day(lang, slot.start.date(), today);
    format!(
        "{day} {}–{}",
        time::clock(slot.start),
        time::clock(slot.end())
    )
}

/// How long something takes: `1 小时 30 分钟`, `1 h 30 min`.
pub fn length(lang: Lang, minutes: i64) -> String {
    let (hours, rest) = (minutes.max(0) / 60, minutes.max(0) % 60);
    match (lang, hours, rest) {
        (Lang::Zh, 0, _) => format!("{rest} 分钟"),
        (Lang::Zh, _, 0) => format!("{hours} 小时"),
        (Lang::Zh, ..) => format!("{hours} 小时 {rest} 分钟"),
        (Lang::En, 0, _) => format!("{rest} min"),
        (Lang::En, _, 0) => format!("{hours} h"),
        (Lang::En, ..) => format!("{hours} h {rest} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tongxing_domain::date::{Minute, parse_date};

    #[test]
    fn days_and_lengths_read_naturally() {
        let today = parse_date("2026-09-14").unwrap();
        assert_eq!(heading(Lang::En, today), "Monday 14 September");
        assert_eq!(heading(Lang::Zh, today), "9月14日 周一");
        assert_eq!(length(Lang::Zh, 40), "40 分钟");
        assert_eq!(length(Lang::En, 60), "1 h");
        assert_eq!(length(Lang::En, 95), "1 h 35 min");
        let start = Minute::parse("2026-09-16T10:00").unwrap();
        assert_eq!(
            slot(Lang::Zh, Slot { start, minutes: 60 }, today),
            "9月16日 周三 10:00–11:00"
        );
    }
}
