//! The types that a field can have.

use super::{FieldType, Record, WrongKind};
use crate::date::{Date, DateSpan, Minute, Month, Slot};
use crate::id::Id;
use crate::money::Fen;
use crate::quantity::Quantity;
use crate::text::Lines;
use crate::value::{Course, Figure, Kind, Link, Noted, Outcome, Place, Shape, Value};
use std::collections::BTreeSet;

macro_rules! optional_field {
    ($($type:ty => $kind:expr, $variant:ident;)*) => {$(
        impl FieldType for Option<$type> {
            const KIND: Kind = $kind;
            fn to_value(&self) -> Value {
                self.map_or(Value::Empty, Value::$variant)
            }
            fn from_value(value: Value) -> Result<Self, WrongKind> {
                match value {
                    Value::Empty => Ok(None),
                    Value::$variant(inner) => Ok(Some(inner)),
                    _ => Err(WrongKind),
                }
            }
        }
    )*};
}

optional_field! {
    bool => Kind::Flag, Flag;
    Date => Kind::Date, Date;
    Month => Kind::Month, Month;
    Minute => Kind::Minute, Minute;
    Slot => Kind::Slot, Slot;
    DateSpan => Kind::Span, Span;
    Place => Kind::Place, Place;
    Link => Kind::Link, Link;
    Course => Kind::Course, Course;
    Figure => Kind::Figure, Figure;
    Shape => Kind::Shape, Shape;
    i64 => Kind::Whole, Number;
}

impl FieldType for String {
    const KIND: Kind = Kind::Text(Lines::One);
    fn to_value(&self) -> Value {
        if self.is_empty() {
            Value::Empty
        } else {
            Value::Text(self.clone())
        }
    }
    fn from_value(value: Value) -> Result<Self, WrongKind> {
        match value {
            Value::Empty => Ok(Self::new()),
            Value::Text(text) => Ok(text),
            _ => Err(WrongKind),
        }
    }
}

impl FieldType for Option<Fen> {
    const KIND: Kind = Kind::Money;
    fn to_value(&self) -> Value {
        self.map_or(Value::Empty, |fen| Value::Number(fen.0))
    }
    fn from_value(value: Value) -> Result<Self, WrongKind> {
        match value {
            Value::Empty => Ok(None),
            Value::Number(fen) => Ok(Some(Fen(fen))),
            _ => Err(WrongKind),
        }
    }
}

impl FieldType for Option<Quantity> {
    const KIND: Kind = Kind::Quantity;
    fn to_value(&self) -> Value {
        self.map_or(Value::Empty, |quantity| Value::Number(quantity.0))
    }
    fn from_value(value: Value) -> Result<Self, WrongKind> {
        match value {
            Value::Empty => Ok(None),
            Value::Number(number) => Ok(Some(Quantity(number))),
            _ => Err(WrongKind),
        }
    }
}

impl FieldType for Outcome {
    const KIND: Kind = Kind::Outcome;
    fn to_value(&self) -> Value {
        if self.is_open() {
            Value::Empty
        } else {
            Value::Outcome(*self)
        }
    }
    fn from_value(value: Value) -> Result<Self, WrongKind> {
        match value {
            Value::Empty => Ok(Self::Open),
            Value::Outcome(outcome) => Ok(outcome),
            _ => Err(WrongKind),
        }
    }
}

impl FieldType for BTreeSet<String> {
    const KIND: Kind = Kind::Tags;
    fn to_value(&self) -> Value {
        Value::Tags(self.iter().cloned().collect())
    }
    fn from_value(value: Value) -> Result<Self, WrongKind> {
        match value {
            Value::Empty => Ok(Self::new()),
            Value::Tags(tags) => Ok(tags.into_iter().collect()),
            _ => Err(WrongKind),
        }
    }
}

impl<T: Noted> FieldType for Option<T> {
    const KIND: Kind = Kind::Notation(T::NOTATION);
    fn to_value(&self) -> Value {
        self.as_ref()
            .map_or(Value::Empty, |noted| Value::Text(noted.to_string()))
    }
    fn from_value(value: Value) -> Result<Self, WrongKind> {
        match value {
            Value::Empty => Ok(None),
            Value::Text(text) => T::parse(&text).map(Some).ok_or(WrongKind),
            _ => Err(WrongKind),
        }
    }
}

impl<T: Record> FieldType for Id<T> {
    const KIND: Kind = Kind::Ref(T::NUMBER);
    fn to_value(&self) -> Value {
        if self.is_nil() {
            Value::Empty
        } else {
            Value::Ref(self.uuid())
        }
    }
    fn from_value(value: Value) -> Result<Self, WrongKind> {
        match value {
            Value::Empty => Ok(Self::NIL),
            Value::Ref(id) => Ok(Self::new(id)),
            _ => Err(WrongKind),
        }
    }
}

impl<T: Record> FieldType for BTreeSet<Id<T>> {
    const KIND: Kind = Kind::Refs(T::NUMBER);
    fn to_value(&self) -> Value {
        Value::Refs(self.iter().map(|id| id.uuid()).collect())
    }
    fn from_value(value: Value) -> Result<Self, WrongKind> {
        match value {
            Value::Empty => Ok(Self::new()),
            Value::Refs(ids) => Ok(ids.into_iter().map(Id::new).collect()),
            _ => Err(WrongKind),
        }
    }
}
