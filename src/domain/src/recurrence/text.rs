//! A rule in words.

use super::{Ends, NotARule, Pattern, Recurrence};
use crate::date::Date;
use crate::value::{month_name, show_date};
use crate::words::{Lang, Words, words};
use chrono::{Datelike, Weekday};

impl NotARule {
    /// What to tell the person.
    pub const fn words(&self) -> Words {
        words(
            "这条重复规则无法识别，请重新选择重复方式",
            "This repeating rule is not understood; choose anew how it repeats",
        )
    }
}

/// What people call a weekday.
pub fn weekday_words(day: Weekday) -> Words {
    match day {
        Weekday::Mon => words("周一", "Monday"),
        Weekday::Tue => words("周二", "Tuesday"),
        Weekday::Wed => words("周三", "Wednesday"),
        Weekday::Thu => words("周四", "Thursday"),
        Weekday::Fri => words("周五", "Friday"),
        Weekday::Sat => words("周六", "Saturday"),
        Weekday::Sun => words("周日", "Sunday"),
    }
}

impl Recurrence {
    /// The rule in words, for something that starts on `start`: `每 2 周的周二、周四`, `Every
    /// 2 weeks on Tuesday, Thursday`.
    pub fn text(&self, start: Date, lang: Lang) -> String {
        let unit = match self.pattern {
            Pattern::Daily => (words("天", "day"), words("天", "days")),
            Pattern::Weekly(_) => (words("周", "week"), words("周", "weeks")),
            Pattern::MonthlyOnDays(_) | Pattern::MonthlyOnWeekday(..) => {
                (words("月", "month"), words("个月", "months"))
            }
            Pattern::Yearly => (words("年", "year"), words("年", "years")),
        };
        let every = match (lang, self.interval) {
            (Lang::Zh, 1) => format!("每{}", unit.0.zh),
            (Lang::Zh, n) => format!("每 {n} {}", unit.1.zh),
            (Lang::En, 1) => format!("Every {}", unit.0.en),
            (Lang::En, n) => format!("Every {n} {}", unit.1.en),
        };
        let on = self.days_text(start, lang);
        let mut text = match (lang, on.is_empty(), self.interval) {
            (_, true, _) => every,
            (Lang::Zh, false, 1) => format!("{every}{on}"),
            (Lang::Zh, false, _) => format!("{every}的{on}"),
            (Lang::En, false, _) => format!("{every} on {on}"),
        };
        match (self.ends, lang) {
            (Ends::Never, _) => {}
            (Ends::After(n), Lang::Zh) => text.push_str(&format!("，共 {n} 次")),
            (Ends::After(1), Lang::En) => text.push_str(", once"),
            (Ends::After(n), Lang::En) => text.push_str(&format!(", {n} times")),
            (Ends::On(day), Lang::Zh) => text.push_str(&format!("，到{}", show_date(day, lang))),
            (Ends::On(day), Lang::En) => {
                text.push_str(&format!(", until {}", show_date(day, lang)))
            }
        }
        text
    }

    fn days_text(&self, start: Date, lang: Lang) -> String {
        let separator = words("、", ", ").in_lang(lang);
        match &self.pattern {
            Pattern::Daily => String::new(),
            Pattern::Weekly(days) if days.is_empty() => {
                weekday_words(start.weekday()).in_lang(lang).to_owned()
            }
            Pattern::Weekly(days) => {
                let days: Vec<_> = days
                    .iter()
                    .map(|d| weekday_words(d).in_lang(lang))
                    .collect();
                days.join(separator)
            }
            Pattern::MonthlyOnDays(days) => {
                let own = [start.day() as i8];
                let listed: Vec<i8> = if days.is_empty() {
                    own.to_vec()
                } else {
                    days.iter().copied().collect()
                };
                let days: Vec<_> = listed.into_iter().map(|d| month_day(d, lang)).collect();
                days.join(separator)
            }
            Pattern::MonthlyOnWeekday(nth, day) => {
                let day = weekday_words(*day).in_lang(lang);
                match (lang, *nth) {
                    (Lang::Zh, -1) => format!("最后一个{day}"),
                    (Lang::Zh, n) if n < 0 => format!("倒数第 {} 个{day}", -n),
                    (Lang::Zh, n) => format!("第 {n} 个{day}"),
                    (Lang::En, -1) => format!("the last {day}"),
                    (Lang::En, n) if n < 0 => format!("the {} last {day}", ordinal(-n)),
                    (Lang::En, n) => format!("the {} {day}", ordinal(n)),
                }
            }
            Pattern::Yearly => match lang {
                Lang::Zh => format!("{}月{}日", start.month(), start.day()),
                Lang::En => format!("{} {}", start.day(), month_name(start.month())),
            },
        }
    }
}

fn month_day(day: i8, lang: Lang) -> String {
    match (lang, day) {
        (Lang::Zh, -1) => "最后一天".to_owned(),
        (Lang::Zh, d) if d < 0 => format!("倒数第 {} 天", -d),
        (Lang::Zh, d) => format!("{d} 日"),
        (Lang::En, -1) => "the last day".to_owned(),
        (Lang::En, d) if d < 0 => format!("the {} last day", ordinal(-d)),
        (Lang::En, d) => format!("the {}", ordinal(d)),
    }
}

fn ordinal(n: i8) -> String {
    let suffix = match (n % 10, n % 100) {
        (1, tens) if tens != 11 => "st",
        (2, tens) if tens != 12 => "nd",
        (3, tens) if tens != 13 => "rd",
        _ => "th",
    };
    format!("{n}{suffix}")
}
