//! Values as registers hold them.

use super::{Course, Figure, Kind, Link, Outcome, Place, Shape, Value};
use crate::date::{Date, DateSpan, FIRST_YEAR, LAST_YEAR, Minute, Month, Slot};
use crate::quantity::Quantity;
use chrono::Datelike;
use minicbor::{Decoder, Encoder, data::Type};
use uuid::Uuid;

impl Value {
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
            return (bytes.len() == 1).then_some(Self::Empty);
        }
        let value = match kind {
            Kind::Text(_) => Self::Text(d.str().ok()?.to_owned()),
            Kind::Notation(notation) => {
                let text = d.str().ok()?;
                Self::Text((notation.read)(text).filter(|read| read == text)?)
            }
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
                    Kind::Place => {
                        let mut within = |limit: i32| {
                            d.i32()
                                .ok()
                                .filter(|millionths| (-limit..=limit).contains(millionths))
                        };
                        Self::Place(Place {
                            latitude: within(90_000_000)?,
                            longitude: within(180_000_000)?,
                        })
                    }
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

/// A day of the accepted years: no person means another one, and a span over all the years
/// that the calendar knows would take for ever to go through.
fn decode_day(d: &mut Decoder<'_>) -> Option<Date> {
    Date::from_num_days_from_ce_opt(d.i32().ok()?)
        .filter(|day| (FIRST_YEAR..=LAST_YEAR).contains(&day.year()))
}
