//! Due dates as people write them within a line: 明天, 下周五, 月底, 3月5日, “next Friday”,
//! “in two weeks”, “end of month”.
//!
//! A week begins on Monday. 下周五 and “next Friday” mean the Friday of the week after this
//! one; 周五 and “Friday” mean the next Friday from today on. A day without a year, or without
//! a month, is its next occurrence from today on.

#[cfg(test)]
mod tests;

use crate::date::{Date, Month, add_days, add_months, parse_date};
use chrono::Datelike;

/// The first due date that a line names, if it names one; `today` is the day on which the
/// line was written.
pub fn find(line: &str, today: Date) -> Option<Date> {
    let text = narrow(line);
    let mut found: Option<(usize, Date)> = None;
    for (at, _) in text.char_indices() {
        let (before, rest) = (text.get(..at)?, text.get(at..)?);
        let begins_word = !before.ends_with(|c: char| c.is_ascii_alphanumeric());
        if is_past(before) {
            continue;
        }
        let date = numeric(rest, today, begins_word)
            .or_else(|| chinese(rest, today))
            .or_else(|| begins_word.then(|| english(rest, today)).flatten());
        if let Some(date) = date {
            found = Some((at, date));
            break;
        }
    }
    found.map(|(_, date)| date)
}

/// Whether what stands before makes the words that follow a day of the past: 上周五, “last
/// Friday”.
fn is_past(before: &str) -> bool {
    let before = before.trim_end();
    ["上", "上个", "去年", "去", "last"]
        .iter()
        .any(|word| before.ends_with(word))
}

/// Lower case with full-width digits narrowed; each character stays one character.
fn narrow(line: &str) -> String {
    line.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            c => c.to_ascii_lowercase(),
        })
        .collect()
}

/// `2026-03-05`, `2026年3月5日`, `3月5日`, `3月5号`, `12/5`, `5号`, `3天后`, `两周内`.
fn numeric(rest: &str, today: Date, begins_word: bool) -> Option<Date> {
    let (number, after) = leading_number(rest)?;
    if let Some(date) = begins_word.then(|| full_date(rest)).flatten() {
        return Some(date);
    }
    if let Some(after) = after.strip_prefix('个') {
        let after = after.strip_prefix('月')?;
        return span_follows(after).then(|| add_months(today, number));
    }
    if let Some(after) = after.strip_prefix('月') {
        if after.starts_with('底') || after.starts_with('末') {
            return next_month_with(today, number).map(Month::last);
        }
        let (day, tail) = leading_number(after)?;
        return (tail.starts_with(['日', '号'])
            || !tail.starts_with(|c: char| c.is_alphanumeric()))
        .then(|| next_day_of_year(today, number, day))?;
    }
    for (unit, days) in [
        ("天", 1),
        ("日", 1),
        ("周", 7),
        ("星期", 7),
        ("个星期", 7),
        ("礼拜", 7),
    ] {
        if let Some(after) = after.strip_prefix(unit)
            && span_follows(after)
        {
            return Some(add_days(today, i64::from(number) * days));
        }
    }
    if after.starts_with(['号', '日']) && begins_word {
        return next_day_of_month(today, number);
    }
    None
}

/// Whether 后 or 内 and the like follow: “within” and “after” both name the last day.
fn span_follows(after: &str) -> bool {
    ["后", "内", "之内", "之后", "以内", "以后"]
        .iter()
        .any(|word| after.starts_with(word))
}

/// A date with its year at the start of a text.
fn full_date(rest: &str) -> Option<Date> {
    let end = rest
        .char_indices()
        .find(|(_, c)| !c.is_ascii_digit() && !matches!(c, '-' | '/' | '.' | '年' | '月' | '日'))
        .map_or(rest.len(), |(at, _)| at);
    let text = rest.get(..end)?.trim_end_matches(['-', '/', '.']);
    // Eight bare digits are as likely an order number as a date.
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    parse_date(text)
}

/// A number in digits or in Chinese from 一 to 三十一 at the start of a text.
fn leading_number(rest: &str) -> Option<(i32, &str)> {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let number = rest.get(..digits)?.parse().ok()?;
        return (0..=9999)
            .contains(&number)
            .then_some((number, rest.get(digits..)?));
    }
    let mut number = 0;
    let mut length = 0;
    for c in rest.chars() {
        number = match c {
            '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' => {
                number + one_digit(c)?
            }
            '十' if number == 0 => 10,
            '十' if number < 10 => number * 10,
            _ => break,
        };
        length += c.len_utf8();
    }
    (1..=99)
        .contains(&number)
        .then_some((number, rest.get(length..)?))
}

fn one_digit(c: char) -> Option<i32> {
    match c {
        '两' => Some(2),
        c => "一二三四五六七八九"
            .chars()
            .position(|digit| digit == c)
            .map(|place| place as i32 + 1),
    }
}

fn chinese(rest: &str, today: Date) -> Option<Date> {
    const DAYS: [(&str, i64); 6] = [
        ("大后天", 3),
        ("后天", 2),
        ("明天", 1),
        ("明日", 1),
        ("今天", 0),
        ("今日", 0),
    ];
    if let Some((_, days)) = DAYS.iter().find(|(word, _)| rest.starts_with(word)) {
        return Some(add_days(today, *days));
    }
    let month = Month::of(today);
    let ends: [(&[&str], Date); 6] = [
        (
            &["下个月底", "下月底", "下个月末", "下月末"],
            month.plus(1).last(),
        ),
        (
            &["这个月底", "本月底", "本月末", "月底", "月末"],
            month.last(),
        ),
        (&["下季度末", "下季度底"], quarter_end(month.plus(3))),
        (
            &["本季度末", "季度末", "季末", "季度底"],
            quarter_end(month),
        ),
        (&["明年底", "明年年底"], year_end(today.year() + 1)?),
        (&["今年底", "年底", "年末", "年前"], year_end(today.year())?),
    ];
    for (words, date) in ends {
        if words.iter().any(|word| rest.starts_with(word)) {
            return Some(date);
        }
    }
    if let Some(after) = ["下个月", "下月"]
        .iter()
        .find_map(|word| rest.strip_prefix(word))
    {
        return match leading_number(after) {
            Some((day, tail)) if tail.starts_with(['号', '日']) => {
                let month = month.plus(1);
                u32::try_from(day)
                    .ok()
                    .and_then(|day| Date::from_ymd_opt(month.year(), month.number(), day))
            }
            Some(_) => None,
            None => Some(month.plus(1).last()),
        };
    }
    chinese_week(rest, today)
}

fn chinese_week(rest: &str, today: Date) -> Option<Date> {
    let mut weeks = 0;
    let mut after = rest;
    while let Some(next) = after.strip_prefix('下').filter(|_| weeks < 3) {
        weeks += 1;
        after = next;
    }
    let mut named = weeks > 0;
    if !named && let Some(next) = after.strip_prefix(['本', '这']) {
        named = true;
        after = next;
    }
    if named {
        after = after.strip_prefix('个').unwrap_or(after);
    }
    let after = ["周", "星期", "礼拜"]
        .iter()
        .find_map(|word| after.strip_prefix(word))?;
    let monday = add_days(
        today,
        7 * weeks - i64::from(today.weekday().num_days_from_monday()),
    );
    let weekday = match after.chars().next() {
        Some('末') => Some(6),
        Some('日' | '天') => Some(6),
        Some(c) => "一二三四五六".chars().position(|day| day == c),
        None => None,
    };
    match weekday {
        Some(weekday) => {
            let date = add_days(monday, weekday as i64);
            Some(if named || date >= today {
                date
            } else {
                add_days(date, 7)
            })
        }
        // 下周 without a day: by its Friday. 周 alone is no date.
        None if named => Some(add_days(monday, 4).max(today)),
        None => None,
    }
}

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn english(rest: &str, today: Date) -> Option<Date> {
    let words: Vec<&str> = rest
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(5)
        .collect();
    // Only words that stand at the very start, so that each word is looked at once.
    if !rest.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let month = Month::of(today);
    let monday = add_days(today, -i64::from(today.weekday().num_days_from_monday()));
    match words.as_slice() {
        ["today", ..] => Some(today),
        ["tomorrow", ..] => Some(add_days(today, 1)),
        ["day", "after", "tomorrow", ..] => Some(add_days(today, 2)),
        ["end", "of", "next", "month", ..] => Some(month.plus(1).last()),
        ["end", "of", "next", "week", ..] => Some(add_days(monday, 11)),
        ["end", "of", "next", "quarter", ..] => Some(quarter_end(month.plus(3))),
        ["end", "of", "month", ..]
        | ["end", "of", "the" | "this", "month", ..]
        | ["month", "end", ..] => Some(month.last()),
        ["end", "of", "week", ..] | ["end", "of", "the" | "this", "week", ..] => {
            Some(add_days(monday, 4).max(today))
        }
        ["end", "of", "quarter", ..] | ["end", "of", "the" | "this", "quarter", ..] => {
            Some(quarter_end(month))
        }
        ["end", "of", "year", ..]
        | ["end", "of", "the" | "this", "year", ..]
        | ["year", "end", ..] => year_end(today.year()),
        ["next", "week", ..] => Some(add_days(monday, 11)),
        ["next", "month", ..] => Some(month.plus(1).last()),
        ["next", day, ..] => Some(add_days(monday, 7 + weekday(day)?)),
        ["this", day, ..] => Some(add_days(monday, weekday(day)?)),
        ["in" | "within", count, unit, ..] => {
            let count = count_word(count)?;
            match *unit {
                "day" | "days" => Some(add_days(today, count.into())),
                "week" | "weeks" => Some(add_days(today, 7 * i64::from(count))),
                "month" | "months" => Some(add_months(today, count)),
                _ => None,
            }
        }
        [first, second, ..] if month_number(first).is_some() => {
            let day = ordinal(second)?;
            next_day_of_year(today, month_number(first)?, day)
        }
        [first, second, ..] if month_number(second).is_some() => {
            next_day_of_year(today, month_number(second)?, ordinal(first)?)
        }
        [first, ..] => {
            let date = add_days(monday, weekday(first)?);
            Some(if date >= today {
                date
            } else {
                add_days(date, 7)
            })
        }
        [] => None,
    }
}

/// A weekday's place in the week; short forms only where they are no other word.
fn weekday(word: &str) -> Option<i64> {
    WEEKDAYS
        .iter()
        .position(|day| {
            *day == word
                || matches!(
                    (*day, word),
                    ("monday", "mon")
                        | ("tuesday", "tue" | "tues")
                        | ("thursday", "thu" | "thurs")
                        | ("friday", "fri")
                )
        })
        .map(|place| place as i64)
}

fn month_number(word: &str) -> Option<i32> {
    MONTHS
        .iter()
        .position(|month| *month == word || (word.len() == 3 && month.starts_with(word)))
        .map(|place| place as i32 + 1)
}

fn ordinal(word: &str) -> Option<i32> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = word.get(digits.len()..)?;
    if !matches!(suffix, "" | "st" | "nd" | "rd" | "th") {
        return None;
    }
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

fn count_word(word: &str) -> Option<i32> {
    const COUNTS: [&str; 10] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    match word {
        "a" | "an" => Some(1),
        word => COUNTS
            .iter()
            .position(|count| *count == word)
            .map(|place| place as i32 + 1)
            .or_else(|| word.parse().ok())
            .filter(|count| (0..=999).contains(count)),
    }
}

fn quarter_end(month: Month) -> Date {
    month.plus(2 - (month.number() as i32 - 1) % 3).last()
}

fn year_end(year: i32) -> Option<Date> {
    Date::from_ymd_opt(year, 12, 31)
}

fn next_month_with(today: Date, number: i32) -> Option<Month> {
    let number = u32::try_from(number).ok()?;
    let month = Month::new(today.year(), number)?;
    Some(if month.last() < today {
        month.plus(12)
    } else {
        month
    })
}

fn next_day_of_year(today: Date, month: i32, day: i32) -> Option<Date> {
    let (month, day) = (u32::try_from(month).ok()?, u32::try_from(day).ok()?);
    // Eight years hold a 29 February wherever they begin.
    (today.year()..=today.year() + 8)
        .filter_map(|year| Date::from_ymd_opt(year, month, day))
        .find(|date| *date >= today)
}

fn next_day_of_month(today: Date, day: i32) -> Option<Date> {
    let day = u32::try_from(day).ok()?;
    (0..=3)
        .map(|ahead| Month::of(today).plus(ahead))
        .filter_map(|month| Date::from_ymd_opt(month.year(), month.number(), day))
        .find(|date| *date >= today)
}
