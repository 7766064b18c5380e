//! The value of one field: how it is stored, read from text, and shown.

mod notation;
mod shown;
mod stored;
mod typed;

use crate::date::{Date, DateSpan, Minute, Month, Slot};
use crate::quantity::Quantity;
use crate::text::Lines;
use crate::words::{Words, words};
use uuid::Uuid;

pub use notation::{Notation, Noted, Sign, Token, Tokens, quoted};
pub use shown::{month_name, show_date, show_minute};
pub use typed::Misread;

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
    /// Something with parts that hold only together, such as a scheme's whole rule, in a
    /// notation of its own. Its value is the notation's text.
    Notation(&'static Notation),
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
}

fn choice(kind: Kind, code: u16) -> Option<&'static ChoiceSpec> {
    kind.choices()?.iter().find(|spec| spec.code == code)
}
