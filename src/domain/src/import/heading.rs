//! What a heading says: its name, a month in it, and whether amounts are in ten thousands.

use crate::text::fold;

/// A heading taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Heading {
    /// All of it, folded.
    pub(super) whole: String,
    /// Its name, folded, without what stands in brackets.
    pub(super) core: String,
    /// Its name without the month as well, folded.
    pub(super) rest: String,
    /// The month that it names, with its year where it says one.
    pub(super) month: Option<(Option<i32>, u32)>,
    /// Amounts are in ten thousands.
    pub(super) ten_thousands: bool,
}

impl Heading {
    pub(super) fn read(text: &str) -> Self {
        let ten_thousands = ["万元", "（万", "(万", "10k"]
            .iter()
            .any(|unit| text.to_lowercase().contains(unit));
        let outside = without_brackets(text);
        let outside = outside.trim_end_matches("万元").trim();
        let (rest, month) = without_month(outside);
        Self {
            whole: fold(text),
            core: fold(outside),
            rest: fold(&rest),
            month,
            ten_thousands,
        }
    }
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0u32;
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '(' | '（' | '[' | '【' => depth += 1,
            ')' | '）' | ']' | '】' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

const ENGLISH: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// A heading's text without the month in it, and that month: `2026年3月进货额`, `2026-03`,
/// `202603`, `3月`, `Mar 2026`, `2026-03-01`.
fn without_month(text: &str) -> (String, Option<(Option<i32>, u32)>) {
    let words = words_of(text);
    let mut year = None;
    let mut month = None;
    let mut rest = String::new();
    let mut after_month = false;
    for (at, word) in words.iter().enumerate() {
        let number = word.parse::<u32>().ok();
        let next = words.get(at + 1).map_or("", |next| next.as_str());
        match number {
            Some(n @ 1900..=2199) if word.len() == 4 && year.is_none() => year = Some(n as i32),
            Some(n @ 190_001..=219_912)
                if word.len() == 6 && year.is_none() && (1..=12).contains(&(n % 100)) =>
            {
                year = Some((n / 100) as i32);
                month = Some(n % 100);
            }
            // A number alone is a month only beside a year or before 月.
            Some(n @ 1..=12) if month.is_none() && (year.is_some() || next.starts_with('月')) => {
                month = Some(n);
                after_month = true;
            }
            // The day after the month, as in a date.
            Some(_) if after_month => after_month = false,
            None if month.is_none() && english_month(word).is_some() => month = english_month(word),
            None => rest.push_str(&date_words_removed(word, year.is_some() || month.is_some())),
            Some(_) => rest.push_str(word),
        }
    }
    match month {
        Some(month) => (rest, Some((year, month))),
        None => (text.to_owned(), None),
    }
}

fn english_month(word: &str) -> Option<u32> {
    let lower = word.to_lowercase();
    let full = [
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
    let at = ENGLISH
        .iter()
        .position(|name| *name == lower)
        .or_else(|| full.iter().position(|name| *name == lower))?;
    Some(at as u32 + 1)
}

/// The marks of a date: 年, 月, 日 and punctuation go once a year or month was seen.
fn date_words_removed(word: &str, in_date: bool) -> String {
    if in_date {
        word.trim_start_matches(['年', '月', '日', '份']).to_owned()
    } else {
        word.to_owned()
    }
}

/// Runs of digits, of Latin letters, and of anything else.
fn words_of(text: &str) -> Vec<String> {
    let class = |c: char| match c {
        c if c.is_ascii_digit() => 0,
        c if c.is_ascii_alphabetic() => 1,
        _ => 2,
    };
    let mut words: Vec<String> = Vec::new();
    let mut last = None;
    for c in text.chars() {
        match words.last_mut() {
            Some(word) if last == Some(class(c)) => word.push(c),
            _ => words.push(c.to_string()),
        }
        last = Some(class(c));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_names_are_told_apart() {
        for (text, rest, month) in [
            ("2026年3月", "", Some((Some(2026), 3))),
            ("2026-03", "", Some((Some(2026), 3))),
            ("2026/3/1", "", Some((Some(2026), 3))),
            ("202603", "", Some((Some(2026), 3))),
            ("3月", "", Some((None, 3))),
            ("12月份", "", Some((None, 12))),
            ("Mar 2026", "", Some((Some(2026), 3))),
            ("September", "", Some((None, 9))),
            ("2026年3月进货额（万元）", "进货额", Some((Some(2026), 3))),
            ("进货额 2026-03", "进货额", Some((Some(2026), 3))),
            ("进货额", "进货额", None),
            ("2026", "2026", None),
            ("联系人2", "联系人2", None),
            ("market share", "marketshare", None),
        ] {
            let heading = Heading::read(text);
            assert_eq!(
                (heading.rest.as_str(), heading.month),
                (rest, month),
                "{text}"
            );
        }
    }

    #[test]
    fn ten_thousands_are_seen() {
        assert!(Heading::read("年营业额（万元）").ten_thousands);
        assert!(Heading::read("营业额万元").ten_thousands);
        assert_eq!(Heading::read("营业额万元").core, "营业额");
        assert!(!Heading::read("营业额（元）").ten_thousands);
    }
}
