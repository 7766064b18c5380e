//! Measured amounts: hundredths of a unit, so that one type holds fen, basis points and
//! counts alike, and their form for people.

use crate::words::{Lang, Words, words};
use std::fmt;

/// An amount in hundredths of its unit: fen for yuan, basis points for percent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(pub i64);

impl Quantity {
    /// A whole number of units.
    pub const fn whole(units: i64) -> Self {
        Self(units.saturating_mul(100))
    }

    /// Hundredths, held within the range of an i64.
    pub fn held(hundredths: i128) -> Self {
        Self(i64::try_from(hundredths).unwrap_or(if hundredths < 0 { i64::MIN } else { i64::MAX }))
    }

    /// Reads a number as people write it; see [`parse_hundredths`].
    pub fn parse(text: &str) -> Option<Self> {
        parse_hundredths(text).map(Self)
    }
}

impl fmt::Display for Quantity {
    /// Plain digits without grouping, at most two decimals.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&plain_hundredths(self.0))
    }
}

crate::choices! {
    /// What a metric is counted in.
    pub enum Unit: "unit" {
        /// Renminbi; a quantity is in fen.
        1 Yuan ("元", "yuan"),
        /// Pieces, dealers, stores: anything counted.
        2 Pieces ("件", "pcs"),
        /// Percent; a quantity is in basis points.
        3 Percent ("%", "%"),
        /// Days.
        4 Days ("天", "days"),
        /// Points of a score.
        5 Points ("分", "points"),
        /// Times per period.
        6 Times ("次", "times"),
    }
}

/// Reads a number with at most two decimals into hundredths: `1234.5`, `1,234.50`,
/// `¥1,234`, `CNY 1,234`, `1.2万`, `3亿`, `12%`, full-width digits, a leading or trailing minus or
/// accounting brackets. More decimals, other text or an overflow is `None`: a figure is
/// never silently rounded or cut.
pub fn parse_hundredths(text: &str) -> Option<i64> {
    let mut text: String = text
        .trim()
        .chars()
        .filter(|c| !matches!(c, ',' | '，' | ' ' | '\u{a0}' | '¥' | '￥' | '%' | '％'))
        .map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
            '．' => '.',
            '－' | '−' => '-',
            other => other,
        })
        .collect();
    for own in ["CNY", "RMB"] {
        let bare = text.strip_prefix(own).or_else(|| text.strip_suffix(own));
        text = bare.map_or_else(|| text.clone(), str::to_owned);
    }
    let mut negative = false;
    if let Some(inner) = text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        negative = true;
        text = inner.to_owned();
    }
    let mut scale = 0;
    for (suffix, zeros) in [("万元", 4), ("亿元", 8), ("万", 4), ("亿", 8), ("元", 0)] {
        if let Some(rest) = text.strip_suffix(suffix) {
            scale = zeros;
            text = rest.to_owned();
            break;
        }
    }
    let mut digits = text.as_str();
    for trim in [str::strip_prefix::<char>, str::strip_suffix::<char>] {
        if let Some(rest) = trim(digits, '-') {
            if negative {
                return None;
            }
            negative = true;
            digits = rest;
        }
    }
    let digits = digits.strip_prefix('+').unwrap_or(digits);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    if !whole
        .bytes()
        .chain(fraction.bytes())
        .all(|b| b.is_ascii_digit())
    {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    let places = scale + 2;
    if fraction.len() > places || whole.len() + places > 30 {
        return None;
    }
    let mut value: i128 = 0;
    for digit in whole.bytes().chain(fraction.bytes()) {
        value = value
            .checked_mul(10)?
            .checked_add(i128::from(digit - b'0'))?;
    }
    for _ in fraction.len()..places {
        value = value.checked_mul(10)?;
    }
    i64::try_from(if negative { -value } else { value }).ok()
}

/// Whether a text is an amount in another currency than renminbi.
pub fn is_foreign(text: &str) -> bool {
    const SIGNS: &[&str] = &[
        "$", "＄", "€", "£", "₩", "USD", "EUR", "GBP", "JPY", "HKD", "TWD", "KRW", "美元", "美金",
        "欧元", "英镑", "日元", "港币", "港元", "台币", "韩元",
    ];
    let upper = text.to_uppercase();
    let digits = text.chars().any(|c| c.is_ascii_digit());
    digits && SIGNS.iter().any(|sign| upper.contains(sign))
}

/// Hundredths as plain digits: no grouping, no trailing zeros: `1234.5`.
pub fn plain_hundredths(value: i64) -> String {
    let (sign, units, rest) = split(value);
    match rest {
        0 => format!("{sign}{units}"),
        r if r % 10 == 0 => format!("{sign}{units}.{}", r / 10),
        r => format!("{sign}{units}.{r:02}"),
    }
}

/// Hundredths for reading: grouped, no trailing zeros: `1,234.5`.
pub fn grouped_hundredths(value: i64) -> String {
    let plain = plain_hundredths(value);
    let (sign, rest) = plain
        .strip_prefix('-')
        .map_or(("", plain.as_str()), |r| ("−", r));
    let (whole, fraction) = rest
        .split_once('.')
        .map_or((rest, None), |(w, f)| (w, Some(f)));
    let mut out = format!("{sign}{}", grouped(whole));
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// Digits in groups of three: `1,234`.
pub(crate) fn grouped(digits: &str) -> String {
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Hundredths in few characters, for tiles and axes: `128万`, `1.28亿` in Chinese, `1.28M`,
/// `128k` in English; three significant digits at most above the first step.
pub fn short_hundredths(value: i64, lang: Lang) -> String {
    let (sign, units, _) = split(value);
    let sign = if sign.is_empty() { "" } else { "−" };
    let steps: &[(u64, &str)] = match lang {
        Lang::Zh => &[(100_000_000, "亿"), (10_000, "万")],
        Lang::En => &[(1_000_000_000, "bn"), (1_000_000, "M"), (1_000, "k")],
    };
    for (place, &(step, name)) in steps.iter().enumerate() {
        let amount = units as f64 / step as f64;
        // 9,999.6 万 reads 1 亿, not 10000 万: a value rounds up into the next step.
        let ceiling = place
            .checked_sub(1)
            .map(|p| steps[p].0 as f64 / step as f64);
        if amount < 0.9995 || ceiling.is_some_and(|c| amount >= c) {
            continue;
        }
        let decimals = if amount < 9.995 {
            2
        } else if amount < 99.95 {
            1
        } else {
            0
        };
        let text = format!("{amount:.decimals$}");
        let text = if decimals > 0 {
            text.trim_end_matches('0').trim_end_matches('.')
        } else {
            &text
        };
        return format!("{sign}{text}{name}");
    }
    grouped_hundredths(value)
}

fn split(value: i64) -> (&'static str, u64, u64) {
    let size = value.unsigned_abs();
    (if value < 0 { "-" } else { "" }, size / 100, size % 100)
}

impl Unit {
    /// A quantity with its unit, for reading: `¥1,234.5`, `12.5%`, `320 件`.
    pub fn show(self, quantity: Quantity, lang: Lang) -> String {
        self.dress(grouped_hundredths(quantity.0), lang)
    }

    /// A quantity with its unit in few characters: `¥128万`.
    pub fn show_short(self, quantity: Quantity, lang: Lang) -> String {
        self.dress(short_hundredths(quantity.0, lang), lang)
    }

    fn dress(self, number: String, lang: Lang) -> String {
        match self {
            Self::Yuan => match number.strip_prefix('−') {
                Some(rest) => format!("−¥{rest}"),
                None => format!("¥{number}"),
            },
            Self::Percent => format!("{number}%"),
            Self::Newer(_) => number,
            _ => format!("{number} {}", self.words().in_lang(lang)),
        }
    }
}

/// What a value is called that only a newer version of the program can show.
pub const NEEDS_NEWER: Words = words("需要更新版本", "Needs a newer version");

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, want) in [
            ("1234.5", 123_450),
            ("1,234.50", 123_450),
            ("¥1,234", 123_400),
            ("1.2万", 1_200_000),
            ("3亿", 30_000_000_000),
            ("12%", 1200),
            ("-5", -500),
            ("5-", -500),
            ("(5.25)", -525),
            ("１２３．４", 12_340),
            (".5", 50),
            ("0", 0),
            ("1.00000000", 100),
            ("0.000001万", 1),
            ("2.5万元", 2_500_000),
            ("80元", 8000),
        ] {
            assert_eq!(parse_hundredths(text), Some(want), "{text}");
        }
        for text in [
            "",
            "-",
            ".",
            "1.234",
            "12a",
            "--5",
            "(-5)",
            "1e5",
            "99999999999999999999",
            "1.2.3",
            "=1+1",
        ] {
            assert_eq!(parse_hundredths(text), None, "{text}");
        }
    }

    #[test]
    fn amounts_of_another_currency_are_told_from_nonsense() {
        assert_eq!(parse_hundredths("CNY 1,234"), Some(123_400));
        assert_eq!(parse_hundredths("12.5RMB"), Some(1250));
        for text in ["$1,200", "USD 5", "1.2万美元", "usd5", "HK$ 20", "€3"] {
            assert!(
                parse_hundredths(text).is_none() && is_foreign(text),
                "{text}"
            );
        }
        for text in ["", "USD", "12a", "1.234"] {
            assert!(!is_foreign(text), "{text}");
        }
    }

    #[test]
    fn short_forms_follow_the_language() {
        let short = |v: i64, lang| short_hundredths(v * 100, lang);
        assert_eq!(short(1_280_000, Lang::Zh), "128万");
        assert_eq!(short(128_000_000, Lang::Zh), "1.28亿");
        assert_eq!(short(99_999_999, Lang::Zh), "1亿");
        assert_eq!(short(9_800, Lang::Zh), "9,800");
        assert_eq!(short(1_280_000, Lang::En), "1.28M");
        assert_eq!(short(128_400, Lang::En), "128k");
        assert_eq!(short(-50_000, Lang::Zh), "−5万");
        assert_eq!(short(700, Lang::En), "700");
    }

    #[test]
    fn units_dress_their_numbers() {
        assert_eq!(Unit::Yuan.show(Quantity(-123_450), Lang::Zh), "−¥1,234.5");
        assert_eq!(Unit::Percent.show(Quantity(1250), Lang::En), "12.5%");
        assert_eq!(Unit::Pieces.show(Quantity::whole(320), Lang::Zh), "320 件");
    }

    proptest! {
        #[test]
        fn plain_digits_read_back(value in any::<i64>()) {
            prop_assert_eq!(parse_hundredths(&plain_hundredths(value)), Some(value));
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,40}") {
            let _ = parse_hundredths(&text);
        }

        #[test]
        fn short_forms_are_short(value in any::<i64>()) {
            prop_assert!(short_hundredths(value, Lang::En).chars().count() <= 18);
        }
    }
}
