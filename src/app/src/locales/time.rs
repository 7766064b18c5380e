//! Days as people say them: one style of dates everywhere.

use super::{Lang, Words, words};
use chrono::Datelike as _;
use tongxing_domain::date::{Date, Minute, days_between};
use tongxing_domain::value::{month_name, show_date};

/// Today.
pub const TODAY: Words = words("今天", "today");
/// The day after today.
pub const TOMORROW: Words = words("明天", "tomorrow");
/// The day before today.
pub const YESTERDAY: Words = words("昨天", "yesterday");

const WEEKDAYS: [Words; 7] = [
    words("周一", "Mon"),
    words("周二", "Tue"),
    words("周三", "Wed"),
    words("周四", "Thu"),
    words("周五", "Fri"),
    words("周六", "Sat"),
    words("周日", "Sun"),
];

/// A date in few characters: without the year when it is this one: `9月12日`, `12 Sep`.
pub fn day(lang: Lang, date: Date, today: Date) -> String {
    if date.year() != today.year() {
        return show_date(date, lang);
    }
    match lang {
        Lang::Zh => format!("{}月{}日", date.month(), date.day()),
        Lang::En => format!("{} {}", date.day(), month_name(date.month())),
    }
}

/// The day of the week: `周三`, `Wed`.
pub fn weekday(lang: Lang, date: Date) -> &'static str {
    WEEKDAYS[date.weekday().num_days_from_monday() as usize].in_lang(lang)
}

/// A day with its weekday: `11月25日 周三`, `Wed 25 Nov`.
pub fn day_of_week(lang: Lang, date: Date, today: Date) -> String {
    let (day, weekday) = (day(lang, date, today), weekday(lang, date));
    match lang {
        Lang::Zh => format!("{day} {weekday}"),
        Lang::En => format!("{weekday} {day}"),
    }
}

/// The time of day: `09:30`.
pub fn clock(minute: Minute) -> String {
    let (hour, minute) = minute.time();
    format!("{hour:02}:{minute:02}")
}

/// How far a day is away, in words while that is short: `明天`, `in 4 days`, `3 days ago`; the
/// date itself beyond two weeks.
pub fn near(lang: Lang, date: Date, today: Date) -> String {
    match days_between(today, date) {
        0 => TODAY.in_lang(lang).to_owned(),
        1 => TOMORROW.in_lang(lang).to_owned(),
        -1 => YESTERDAY.in_lang(lang).to_owned(),
        days @ 2..=14 => in_days(lang, days),
        days @ -14..=-2 => ago(lang, -days),
        _ => day(lang, date, today),
    }
}

/// Days to come.
pub fn in_days(lang: Lang, days: i64) -> String {
    match lang {
        Lang::Zh => format!("{days} 天后"),
        Lang::En if days == 1 => "in 1 day".to_owned(),
        Lang::En => format!("in {days} days"),
    }
}

/// Days that have passed.
pub fn ago(lang: Lang, days: i64) -> String {
    match lang {
        Lang::Zh => format!("{days} 天前"),
        Lang::En if days == 1 => "1 day ago".to_owned(),
        Lang::En => format!("{days} days ago"),
    }
}

/// That something is late.
pub const LATE: Words = words("逾期", "Late");
/// Days beyond a due date.
pub fn late(lang: Lang, days: i64) -> String {
    match lang {
        Lang::Zh => format!("逾期 {days} 天"),
        Lang::En if days == 1 => "1 day late".to_owned(),
        Lang::En => format!("{days} days late"),
    }
}

/// A due date.
pub fn due(lang: Lang, date: Date, today: Date) -> String {
    let date = day(lang, date, today);
    match lang {
        Lang::Zh => format!("应于 {date}"),
        Lang::En => format!("due {date}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tongxing_domain::date::parse_date;

    #[test]
    fn near_days_are_said_in_words() {
        let on = |text: &str| parse_date(text).unwrap();
        let today = on("2026-09-14");
        let near = |text: &str, lang| near(lang, on(text), today);
        assert_eq!(near("2026-09-14", Lang::Zh), "今天");
        assert_eq!(near("2026-09-15", Lang::En), "tomorrow");
        assert_eq!(near("2026-09-18", Lang::En), "in 4 days");
        assert_eq!(near("2026-09-02", Lang::Zh), "12 天前");
        assert_eq!(near("2026-10-10", Lang::En), "10 Oct");
        assert_eq!(near("2025-10-10", Lang::Zh), "2025年10月10日");
        assert_eq!(weekday(Lang::En, today), "Mon");
    }
}
