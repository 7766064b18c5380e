//! The value of one field: how it is stored, read from text, and shown.

use crate::date::{Date, DateSpan, Minute, Month, Slot, parse_date};
use crate::quantity::{self, Quantity, Unit};
use crate::text::{Lines, clean};
use crate::words::{Lang, Words, words};
use chrono::Datelike;
use minicbor::{Decoder, Encoder, data::Type};
use uuid::Uuid;

/// What a field holds, and with it how it is edited, imported, shown and stored.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Text of one or many lines.
    Text(Lines),
    /// Yes or no.
    Flag,
    /// A whole number.
    Whole,
    /// An amount of money in fen.
    Money,
    /// A measured amount, whose unit another field or the metric tells.
    Quantity,
    /// A date.
    Date,
    /// A month.
    Month,
    /// A minute on the wall clock.
    Minute,
    /// A start and a length on the wall clock.
    Slot,
    /// A span of dates.
    Span,
    /// A position on the earth.
    Place,
    /// One of a list.
    Choice(&'static [ChoiceSpec]),
    /// Several of a list; one register each.
    Choices(&'static [ChoiceSpec]),
    /// Free words; one register each.
    Tags,
    /// A record of the table with this number.
    Ref(u16),
    /// Several records of the table with this number; one register each.
    Refs(u16),
    /// A record of any table: table number and id.
    Link,
    /// From where to where: baseline and target in one unit, bound together.
    Course,
    /// A measured amount and the day up to which it counts, bound together.
    Figure,
    /// A whole number for each month of the year, or none.
    Shape,
    /// Whether and when something was settled, bound together.
    Outcome,
}

/// One entry of a list to choose from.
#[derive(Debug)]
pub struct ChoiceSpec {
    /// Its stable number in storage.
    pub code: u16,
    /// Its name in code, files and URLs.
    pub key: &'static str,
    /// What people call it.
    pub words: Words,
}

/// A position in millionths of a degree (WGS 84), about a tenth of a metre.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// Latitude, −90,000,000 to 90,000,000.
    pub latitude: i32,
    /// Longitude, −180,000,000 to 180,000,000.
    pub longitude: i32,
}

/// From where to where a metric shall go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Course {
    /// Where it starts.
    pub baseline: Quantity,
    /// Where it shall be at the end.
    pub target: Quantity,
}

/// A measured amount and the day up to which it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Figure {
    /// The amount.
    pub amount: Quantity,
    /// The last day that it covers.
    pub as_of: Date,
}

/// How much of a yearly course falls into each month: any whole weights, January first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shape(pub [u16; 12]);

/// How something promised or planned came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Not settled yet.
    #[default]
    Open,
    /// Done, on this day.
    Done(Date),
    /// Not kept or given up, decided on this day.
    Dropped(Date),
}

impl Outcome {
    /// Whether it waits still.
    pub fn is_open(self) -> bool {
        self == Self::Open
    }

    /// What people call it.
    pub const fn words(self) -> Words {
        match self {
            Self::Open => words("未完成", "Open"),
            Self::Done(_) => words("已完成", "Done"),
            Self::Dropped(_) => words("未兑现", "Not kept"),
        }
    }
}

/// A record of any table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    /// The table's number.
    pub table: u16,
    /// The record's id.
    pub id: Uuid,
}

/// The value of one field of any kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing entered.
    #[default]
    Empty,
    /// Text.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// A whole number, fen, or hundredths of a unit, as the kind says.
    Number(i64),
    /// A date.
    Date(Date),
    /// A month.
    Month(Month),
    /// A minute.
    Minute(Minute),
    /// A slot.
    Slot(Slot),
    /// A span.
    Span(DateSpan),
    /// A position.
    Place(Place),
    /// The code of a choice, known or not.
    Choice(u16),
    /// Codes of choices, ascending.
    Choices(Vec<u16>),
    /// Words, ascending.
    Tags(Vec<String>),
    /// A record's id.
    Ref(Uuid),
    /// Records' ids, ascending.
    Refs(Vec<Uuid>),
    /// A record of any table.
    Link(Link),
    /// Baseline and target.
    Course(Course),
    /// Amount and day.
    Figure(Figure),
    /// Monthly weights.
    Shape(Shape),
    /// How it came out.
    Outcome(Outcome),
}

/// Why a text is not a value of a kind; each says what to enter instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misread {
    /// Not a whole number.
    #[error("not a whole number")]
    Whole,
    /// Not a number with at most two decimals, or beyond the range.
    #[error("not a number with at most two decimals")]
    Number,
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
            Self::NoText => words("此项不能以文字导入", "This cannot be entered as text"),
        }
    }
}

impl Kind {
    /// Whether the field is a set with one register per member.
    pub const fn is_set(self) -> bool {
        matches!(self, Self::Choices(_) | Self::Tags | Self::Refs(_))
    }

    /// The list to choose from, if the kind has one.
    pub const fn choices(self) -> Option<&'static [ChoiceSpec]> {
        match self {
            Self::Choice(list) | Self::Choices(list) => Some(list),
            _ => None,
        }
    }

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
                .ok_or(Misread::Number),
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
                Ok(Value::Choices(codes))
            }
            Self::Tags => {
                let mut tags: Vec<_> = split_list(&text).map(str::to_owned).collect();
                tags.sort_unstable();
                tags.dedup();
                Ok(Value::Tags(tags))
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
                Ok(Value::Refs(ids))
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

fn split_list(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', '，', ';', '；', '、', '|', '/'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

fn find_choice(list: &[ChoiceSpec], text: &str) -> Option<u16> {
    let wanted = crate::text::fold(text);
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
    let degrees = |text: &str, limit: f64| {
        let value: f64 = text.trim().parse().ok()?;
        (value.abs() <= limit).then_some((value * 1e6).round() as i32)
    };
    Some(Place {
        latitude: degrees(latitude, 90.0)?,
        longitude: degrees(longitude, 180.0)?,
    })
}

fn read_slot(text: &str) -> Option<Slot> {
    let (start, minutes) = text.split_once('+').unwrap_or((text, "60"));
    Some(Slot {
        start: Minute::parse(start)?,
        minutes: minutes.trim().parse().ok()?,
    })
}

impl Value {
    /// Whether nothing is entered.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.is_empty(),
            Self::Tags(list) => list.is_empty(),
            Self::Choices(list) => list.is_empty(),
            Self::Refs(list) => list.is_empty(),
            Self::Ref(id) => id.is_nil(),
            _ => false,
        }
    }

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

    /// The value for reading. References show nothing here: only the book knows names.
    pub fn show(&self, kind: Kind, lang: Lang) -> String {
        let separator = match lang {
            Lang::Zh => "、",
            Lang::En => ", ",
        };
        match self {
            Self::Empty | Self::Ref(_) | Self::Refs(_) | Self::Link(_) => String::new(),
            Self::Text(text) => text.clone(),
            Self::Flag(yes) => if *yes {
                words("是", "Yes")
            } else {
                words("否", "No")
            }
            .in_lang(lang)
            .to_owned(),
            Self::Number(n) => match kind {
                Kind::Money => Unit::Yuan.show(Quantity(*n), lang),
                Kind::Whole => quantity::grouped_hundredths(n.saturating_mul(100)),
                _ => quantity::grouped_hundredths(*n),
            },
            Self::Date(date) => show_date(*date, lang),
            Self::Month(month) => match lang {
                Lang::Zh => format!("{}年{}月", month.year(), month.number()),
                Lang::En => format!("{} {}", month_name(month.number()), month.year()),
            },
            Self::Minute(minute) => show_minute(*minute, lang),
            Self::Slot(slot) => {
                let (hour, minute) = slot.end().time();
                format!("{}–{hour:02}:{minute:02}", show_minute(slot.start, lang))
            }
            Self::Span(span) => {
                format!(
                    "{} – {}",
                    show_date(span.start(), lang),
                    show_date(span.end(), lang)
                )
            }
            Self::Place(_) => self.input_text(kind),
            Self::Choice(code) => choice_words(kind, *code).in_lang(lang).to_owned(),
            Self::Choices(codes) => codes
                .iter()
                .map(|code| choice_words(kind, *code).in_lang(lang))
                .collect::<Vec<_>>()
                .join(separator),
            Self::Tags(tags) => tags.join(separator),
            Self::Course(course) => format!(
                "{} → {}",
                quantity::grouped_hundredths(course.baseline.0),
                quantity::grouped_hundredths(course.target.0)
            ),
            Self::Figure(figure) => quantity::grouped_hundredths(figure.amount.0),
            Self::Shape(shape) => shape.0.map(|w| w.to_string()).join(" "),
            Self::Outcome(outcome) => {
                let text = outcome.words().in_lang(lang);
                match outcome {
                    Outcome::Open => text.to_owned(),
                    Outcome::Done(day) | Outcome::Dropped(day) => {
                        format!("{text} {}", show_date(*day, lang))
                    }
                }
            }
        }
    }

    /// The bytes that a plain register holds: one CBOR item (RFC 8949). Sets have no bytes
    /// of their own; see [`Value::members`].
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Encoder::new(Vec::new());
        // Writing to a vector cannot fail.
        let _ = self.encode(&mut out);
        out.into_writer()
    }

    fn encode(
        &self,
        e: &mut Encoder<Vec<u8>>,
    ) -> Result<(), minicbor::encode::Error<std::convert::Infallible>> {
        let day = |date: Date| i64::from(date.num_days_from_ce());
        match self {
            Self::Empty | Self::Choices(_) | Self::Tags(_) | Self::Refs(_) => e.null()?,
            Self::Text(text) => e.str(text)?,
            Self::Flag(flag) => e.bool(*flag)?,
            Self::Number(n) => e.i64(*n)?,
            Self::Date(date) => e.i64(day(*date))?,
            Self::Month(month) => e.i32(month.index())?,
            Self::Minute(minute) => e.i64(minute.index())?,
            Self::Slot(slot) => e.array(2)?.i64(slot.start.index())?.u16(slot.minutes)?,
            Self::Span(span) => e.array(2)?.i64(day(span.start()))?.i64(day(span.end()))?,
            Self::Place(place) => e.array(2)?.i32(place.latitude)?.i32(place.longitude)?,
            Self::Choice(code) => e.u16(*code)?,
            Self::Ref(id) => e.bytes(id.as_bytes())?,
            Self::Link(link) => e.array(2)?.u16(link.table)?.bytes(link.id.as_bytes())?,
            Self::Course(course) => e.array(2)?.i64(course.baseline.0)?.i64(course.target.0)?,
            Self::Figure(figure) => e.array(2)?.i64(figure.amount.0)?.i64(day(figure.as_of))?,
            Self::Shape(shape) => {
                e.array(12)?;
                for weight in shape.0 {
                    e.u16(weight)?;
                }
                e
            }
            Self::Outcome(Outcome::Open) => e.array(1)?.u8(0)?,
            Self::Outcome(Outcome::Done(on)) => e.array(2)?.u8(1)?.i64(day(*on))?,
            Self::Outcome(Outcome::Dropped(on)) => e.array(2)?.u8(2)?.i64(day(*on))?,
        };
        Ok(())
    }

    /// Reads a plain register. `None` when the bytes are not a value of the kind: damaged,
    /// or written by a newer version; the register itself stays untouched.
    pub fn from_bytes(kind: Kind, bytes: &[u8]) -> Option<Self> {
        let mut d = Decoder::new(bytes);
        if d.datatype().ok()? == Type::Null {
            return Some(Self::Empty);
        }
        let value = match kind {
            Kind::Text(_) => Self::Text(d.str().ok()?.to_owned()),
            Kind::Flag => Self::Flag(d.bool().ok()?),
            Kind::Whole | Kind::Money | Kind::Quantity => Self::Number(d.i64().ok()?),
            Kind::Date => Self::Date(decode_day(&mut d)?),
            Kind::Month => Self::Month(Month::from_index(d.i64().ok()?)?),
            Kind::Minute => Self::Minute(Minute::from_index(d.i64().ok()?)?),
            Kind::Choice(_) => Self::Choice(d.u16().ok()?),
            Kind::Ref(_) => Self::Ref(Uuid::from_slice(d.bytes().ok()?).ok()?),
            Kind::Choices(_) | Kind::Tags | Kind::Refs(_) => return None,
            Kind::Slot | Kind::Span | Kind::Place | Kind::Link | Kind::Course | Kind::Figure => {
                if d.array().ok()? != Some(2) {
                    return None;
                }
                match kind {
                    Kind::Slot => Self::Slot(Slot {
                        start: Minute::from_index(d.i64().ok()?)?,
                        minutes: d.u16().ok()?,
                    }),
                    Kind::Span => {
                        Self::Span(DateSpan::new(decode_day(&mut d)?, decode_day(&mut d)?)?)
                    }
                    Kind::Place => Self::Place(Place {
                        latitude: d.i32().ok()?,
                        longitude: d.i32().ok()?,
                    }),
                    Kind::Link => Self::Link(Link {
                        table: d.u16().ok()?,
                        id: Uuid::from_slice(d.bytes().ok()?).ok()?,
                    }),
                    Kind::Course => Self::Course(Course {
                        baseline: Quantity(d.i64().ok()?),
                        target: Quantity(d.i64().ok()?),
                    }),
                    _ => Self::Figure(Figure {
                        amount: Quantity(d.i64().ok()?),
                        as_of: decode_day(&mut d)?,
                    }),
                }
            }
            Kind::Shape => {
                if d.array().ok()? != Some(12) {
                    return None;
                }
                let mut weights = [0; 12];
                for weight in &mut weights {
                    *weight = d.u16().ok()?;
                }
                Self::Shape(Shape(weights))
            }
            Kind::Outcome => {
                let length = d.array().ok()?;
                match (d.u8().ok()?, length) {
                    (0, Some(1)) => Self::Outcome(Outcome::Open),
                    (1, Some(2)) => Self::Outcome(Outcome::Done(decode_day(&mut d)?)),
                    (2, Some(2)) => Self::Outcome(Outcome::Dropped(decode_day(&mut d)?)),
                    _ => return None,
                }
            }
        };
        (d.position() == bytes.len()).then_some(value)
    }

    /// The members of a set as register members; empty for every other value.
    pub fn members(&self) -> Vec<Vec<u8>> {
        match self {
            Self::Choices(codes) => codes
                .iter()
                .map(|code| code.to_be_bytes().to_vec())
                .collect(),
            Self::Tags(tags) => tags.iter().map(|tag| tag.as_bytes().to_vec()).collect(),
            Self::Refs(ids) => ids.iter().map(|id| id.as_bytes().to_vec()).collect(),
            _ => Vec::new(),
        }
    }

    /// A set of a kind from its register members. Members that this version cannot read are
    /// left out; their registers stay.
    pub fn from_members<'a>(kind: Kind, members: impl Iterator<Item = &'a [u8]>) -> Self {
        match kind {
            Kind::Choices(_) => {
                let mut codes: Vec<_> = members
                    .filter_map(|m| m.try_into().ok().map(u16::from_be_bytes))
                    .collect();
                codes.sort_unstable();
                Self::Choices(codes)
            }
            Kind::Tags => {
                let mut tags: Vec<_> = members
                    .filter_map(|m| String::from_utf8(m.to_vec()).ok())
                    .collect();
                tags.sort_unstable();
                Self::Tags(tags)
            }
            Kind::Refs(_) => {
                let mut ids: Vec<_> = members.filter_map(|m| Uuid::from_slice(m).ok()).collect();
                ids.sort_unstable();
                Self::Refs(ids)
            }
            _ => Self::Empty,
        }
    }
}

fn decode_day(d: &mut Decoder<'_>) -> Option<Date> {
    Date::from_num_days_from_ce_opt(d.i32().ok()?)
}

fn choice_key(kind: Kind, code: u16) -> String {
    choice(kind, code).map_or_else(|| format!("#{code}"), |spec| spec.key.to_owned())
}

fn choice_words(kind: Kind, code: u16) -> Words {
    choice(kind, code).map_or(quantity::NEEDS_NEWER, |spec| spec.words)
}

fn choice(kind: Kind, code: u16) -> Option<&'static ChoiceSpec> {
    kind.choices()?.iter().find(|spec| spec.code == code)
}

/// The English short name of a month, 1–12.
pub fn month_name(number: u32) -> &'static str {
    const NAMES: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    NAMES
        .get(number.saturating_sub(1) as usize)
        .copied()
        .unwrap_or("")
}

/// A date for reading: `2026年3月5日`, `5 Mar 2026`.
pub fn show_date(date: Date, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        Lang::En => format!(
            "{} {} {}",
            date.day(),
            month_name(date.month()),
            date.year()
        ),
    }
}

/// A date and time for reading.
pub fn show_minute(minute: Minute, lang: Lang) -> String {
    let (hour, minutes) = minute.time();
    format!("{} {hour:02}:{minutes:02}", show_date(minute.date(), lang))
}
