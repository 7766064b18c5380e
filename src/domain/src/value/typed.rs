//! The text that a person types for a value, and reading it.

use super::{ChoiceSpec, Course, Figure, Kind, Link, Outcome, Place, Shape, Value, choice};
use crate::date::{DateSpan, Minute, Month, Slot, parse_date};
use crate::quantity::{self, Quantity};
use crate::text::{Lines, clean};
use crate::words::{Words, words};
use uuid::Uuid;

/// Why a text is not a value of a kind; each says what to enter instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misread {
    /// Not a whole number.
    #[error("not a whole number")]
    Whole,
    /// Not a number with at most two decimals, or beyond the range.
    #[error("not a number with at most two decimals")]
    Number,
    /// An amount in another currency than renminbi.
    #[error("an amount in another currency")]
    Currency,
    /// Not a date of the calendar.
    #[error("not a date of the calendar")]
    Date,
    /// Not a month.
    #[error("not a month")]
    Month,
    /// Not a date with a time.
    #[error("not a date with a time")]
    Minute,
    /// Ends before it starts.
    #[error("ends before it starts")]
    Span,
    /// Not a latitude and a longitude.
    #[error("not a latitude and a longitude")]
    Place,
    /// Not one of the list.
    #[error("not one of the list")]
    Choice,
    /// Neither yes nor no.
    #[error("neither yes nor no")]
    Flag,
    /// Not twelve whole numbers.
    #[error("not twelve whole numbers")]
    Shape,
    /// Not in the notation of the field.
    #[error("not in the notation of the field")]
    Notation,
    /// A kind that has no text form.
    #[error("cannot be entered as text")]
    NoText,
}

impl Misread {
    /// What to tell the person.
    pub const fn words(self) -> Words {
        match self {
            Self::Whole => words("请填整数，例如 12", "Enter a whole number, such as 12"),
            Self::Number => words(
                "请填数字，最多两位小数，例如 1234.5 或 1.2万",
                "Enter a number with at most two decimals, such as 1234.5",
            ),
            Self::Currency => words(
                "只记人民币，请先换算成元再填",
                "Amounts are in renminbi; convert it to yuan first",
            ),
            Self::Date => words(
                "日历上没有这一天，请按 2026-03-05 的形式填写",
                "The calendar has no such date; write it like 2026-03-05",
            ),
            Self::Month => words(
                "请按 2026-03 的形式填写月份",
                "Write the month like 2026-03",
            ),
            Self::Minute => words(
                "请按 2026-03-05 14:30 的形式填写时间",
                "Write date and time like 2026-03-05 14:30",
            ),
            Self::Span => words(
                "结束日期不能早于开始日期",
                "The end cannot be before the start",
            ),
            Self::Place => words(
                "请填纬度和经度，例如 30.2741,120.1551",
                "Enter latitude and longitude, such as 30.2741,120.1551",
            ),
            Self::Choice => words(
                "不在可选范围内，请从列表中选择",
                "Not in the list; choose one of it",
            ),
            Self::Flag => words("请填“是”或“否”", "Enter yes or no"),
            Self::Shape => words(
                "请填 12 个整数，用逗号分开",
                "Enter twelve whole numbers separated by commas",
            ),
            Self::Notation => words(
                "写法不对，请在编辑器里设置此项",
                "Not in the right notation; set this in its editor",
            ),
            Self::NoText => words("此项不能以文字导入", "This cannot be entered as text"),
        }
    }
}

impl Kind {
    /// Reads what a person typed or a cell holds. Empty text is [`Value::Empty`].
    ///
    /// # Errors
    /// [`Misread`], which says what to enter instead.
    pub fn read(self, text: &str) -> Result<Value, Misread> {
        let text = match self {
            Self::Text(lines) => clean(text, lines),
            _ => clean(text, Lines::One),
        };
        if text.is_empty() {
            return Ok(Value::Empty);
        }
        match self {
            Self::Text(_) => Ok(Value::Text(text)),
            Self::Flag => match text.to_lowercase().as_str() {
                "是" | "有" | "对" | "yes" | "y" | "true" | "1" | "√" => Ok(Value::Flag(true)),
                "否" | "无" | "没有" | "no" | "n" | "false" | "0" | "×" => {
                    Ok(Value::Flag(false))
                }
                _ => Err(Misread::Flag),
            },
            Self::Whole => quantity::parse_hundredths(&text)
                .filter(|n| n % 100 == 0)
                .map(|n| Value::Number(n / 100))
                .ok_or(Misread::Whole),
            Self::Money | Self::Quantity => quantity::parse_hundredths(&text)
                .map(Value::Number)
                .ok_or_else(|| {
                    if quantity::is_foreign(&text) {
                        Misread::Currency
                    } else {
                        Misread::Number
                    }
                }),
            Self::Date => parse_date(&text).map(Value::Date).ok_or(Misread::Date),
            Self::Month => Month::parse(&text).map(Value::Month).ok_or(Misread::Month),
            Self::Minute => Minute::parse(&text)
                .map(Value::Minute)
                .ok_or(Misread::Minute),
            Self::Slot => read_slot(&text).map(Value::Slot).ok_or(Misread::Minute),
            Self::Span => {
                let (start, end) = text.split_once("..").ok_or(Misread::Date)?;
                let start = parse_date(start).ok_or(Misread::Date)?;
                let end = parse_date(end).ok_or(Misread::Date)?;
                DateSpan::new(start, end)
                    .map(Value::Span)
                    .ok_or(Misread::Span)
            }
            Self::Place => read_place(&text).map(Value::Place).ok_or(Misread::Place),
            Self::Choice(list) => find_choice(list, &text)
                .map(Value::Choice)
                .ok_or(Misread::Choice),
            Self::Choices(list) => {
                let mut codes = split_list(&text)
                    .map(|part| find_choice(list, part).ok_or(Misread::Choice))
                    .collect::<Result<Vec<_>, _>>()?;
                codes.sort_unstable();
                codes.dedup();
                Ok(unless_empty(Value::Choices(codes)))
            }
            Self::Tags => {
                let mut tags: Vec<_> = split_list(&text).map(str::to_owned).collect();
                tags.sort_unstable();
                tags.dedup();
                Ok(unless_empty(Value::Tags(tags)))
            }
            Self::Ref(_) => Uuid::parse_str(&text)
                .map(Value::Ref)
                .map_err(|_| Misread::Choice),
            Self::Refs(_) => {
                let mut ids = split_list(&text)
                    .map(|part| Uuid::parse_str(part).map_err(|_| Misread::Choice))
                    .collect::<Result<Vec<_>, _>>()?;
                ids.sort_unstable();
                ids.dedup();
                Ok(unless_empty(Value::Refs(ids)))
            }
            Self::Link => {
                let (table, id) = text.split_once(':').ok_or(Misread::NoText)?;
                match (table.parse(), Uuid::parse_str(id)) {
                    (Ok(table), Ok(id)) => Ok(Value::Link(Link { table, id })),
                    _ => Err(Misread::NoText),
                }
            }
            Self::Course => {
                let (from, to) = text.split_once("..").ok_or(Misread::Number)?;
                match (Quantity::parse(from), Quantity::parse(to)) {
                    (Some(baseline), Some(target)) => {
                        Ok(Value::Course(Course { baseline, target }))
                    }
                    _ => Err(Misread::Number),
                }
            }
            Self::Figure => {
                let (amount, as_of) = text.split_once('@').ok_or(Misread::Date)?;
                Ok(Value::Figure(Figure {
                    amount: Quantity::parse(amount).ok_or(Misread::Number)?,
                    as_of: parse_date(as_of).ok_or(Misread::Date)?,
                }))
            }
            Self::Shape => {
                let weights = split_list(&text)
                    .map(|part| part.parse().map_err(|_| Misread::Shape))
                    .collect::<Result<Vec<u16>, _>>()?;
                weights
                    .try_into()
                    .map(|w| Value::Shape(Shape(w)))
                    .map_err(|_| Misread::Shape)
            }
            Self::Notation(notation) => (notation.read)(&text)
                .map(Value::Text)
                .ok_or(Misread::Notation),
            Self::Outcome => {
                let (word, day) = text.split_once('@').unwrap_or((&text, ""));
                let day = || parse_date(day).ok_or(Misread::Date);
                match word {
                    "open" => Ok(Value::Outcome(Outcome::Open)),
                    "done" => Ok(Value::Outcome(Outcome::Done(day()?))),
                    "dropped" => Ok(Value::Outcome(Outcome::Dropped(day()?))),
                    _ => Err(Misread::Choice),
                }
            }
        }
    }
}

impl Value {
    /// The text that [`Kind::read`] reads back as this value: what an input shows.
    pub fn input_text(&self, kind: Kind) -> String {
        let join = |parts: Vec<String>| parts.join(",");
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Flag(true) => "yes".into(),
            Self::Flag(false) => "no".into(),
            Self::Number(n) => match kind {
                Kind::Whole => n.to_string(),
                _ => quantity::plain_hundredths(*n),
            },
            Self::Date(date) => date.to_string(),
            Self::Month(month) => month.to_string(),
            Self::Minute(minute) => minute.to_string(),
            Self::Slot(slot) => format!("{}+{}", slot.start, slot.minutes),
            Self::Span(span) => format!("{}..{}", span.start(), span.end()),
            Self::Place(place) => format!(
                "{:.6},{:.6}",
                f64::from(place.latitude) / 1e6,
                f64::from(place.longitude) / 1e6
            ),
            Self::Choice(code) => choice_key(kind, *code),
            Self::Choices(codes) => {
                join(codes.iter().map(|code| choice_key(kind, *code)).collect())
            }
            Self::Tags(tags) => tags.join(","),
            Self::Ref(id) => id.simple().to_string(),
            Self::Refs(ids) => join(ids.iter().map(|id| id.simple().to_string()).collect()),
            Self::Link(link) => format!("{}:{}", link.table, link.id.simple()),
            Self::Course(course) => format!("{}..{}", course.baseline, course.target),
            Self::Figure(figure) => format!("{}@{}", figure.amount, figure.as_of),
            Self::Shape(shape) => join(shape.0.iter().map(u16::to_string).collect()),
            Self::Outcome(Outcome::Open) => "open".into(),
            Self::Outcome(Outcome::Done(day)) => format!("done@{day}"),
            Self::Outcome(Outcome::Dropped(day)) => format!("dropped@{day}"),
        }
    }
}

fn choice_key(kind: Kind, code: u16) -> String {
    choice(kind, code).map_or_else(|| format!("#{code}"), |spec| spec.key.to_owned())
}

fn split_list(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', '，', ';', '；', '、', '|', '/'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

fn find_choice(list: &[ChoiceSpec], text: &str) -> Option<u16> {
    // What a newer version's choice is called here; see `choice_key`.
    if let Some(code) = text.strip_prefix('#') {
        return code.parse().ok();
    }
    let wanted = crate::text::fold(text);
    // A name of signs alone, such as "%", folds to nothing: it is compared as it is.
    if wanted.is_empty() {
        return list
            .iter()
            .find(|spec| spec.words.zh == text || spec.words.en == text)
            .map(|spec| spec.code);
    }
    list.iter()
        .find(|spec| {
            [spec.key, spec.words.zh, spec.words.en]
                .iter()
                .any(|name| crate::text::fold(name) == wanted)
        })
        .map(|spec| spec.code)
}

fn read_place(text: &str) -> Option<Place> {
    let (latitude, longitude) = text.split_once([',', '，'])?;
    Some(Place {
        latitude: read_degrees(latitude, 90)?,
        longitude: read_degrees(longitude, 180)?,
    })
}

/// Degrees with decimals as millionths, rounded to the nearest. Read by its digits: what the general way
/// of reading decimals needs would weigh ten kilobytes on the first visit.
fn read_degrees(text: &str, limit: i32) -> Option<i32> {
    let text = text.trim();
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(whole) || !all_digits(decimals) || whole.len() + decimals.len() == 0 {
        return None;
    }
    let degrees: i32 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    if degrees > limit {
        return None;
    }
    let digit =
        |place: usize| i32::from(decimals.as_bytes().get(place).map_or(0, |byte| byte - b'0'));
    let millionths =
        (0..6).fold(0, |sum, place| sum * 10 + digit(place)) + i32::from(digit(6) >= 5);
    let value = degrees * 1_000_000 + millionths;
    (value <= limit * 1_000_000).then_some(if negative { -value } else { value })
}

fn read_slot(text: &str) -> Option<Slot> {
    let (start, minutes) = text.split_once('+').unwrap_or((text, "60"));
    Some(Slot {
        start: Minute::parse(start)?,
        minutes: minutes.trim().parse().ok()?,
    })
}

/// Separators alone are no set, just as blanks alone are no text.
fn unless_empty(value: Value) -> Value {
    if value.is_empty() {
        Value::Empty
    } else {
        value
    }
}

#[cfg(test)]
mod tests {
    use super::read_degrees;

    #[test]
    fn degrees_are_read_to_the_millionth() {
        assert_eq!(read_degrees(" 30.274151 ", 90), Some(30_274_151));
        assert_eq!(read_degrees("-0.5", 90), Some(-500_000));
        assert_eq!(read_degrees("120.15507049", 180), Some(120_155_070));
        assert_eq!(read_degrees("1.9999996", 90), Some(2_000_000));
        assert_eq!(read_degrees("90", 90), Some(90_000_000));
        for wrong in [
            "",
            ".",
            "-",
            "90.0000006",
            "91",
            "1e1",
            "1.2.3",
            "北纬30",
            "99999999999",
        ] {
            assert_eq!(read_degrees(wrong, 90), None, "{wrong}");
        }
    }
}
