//! What the files of another system hold, column by column.

use crate::schema::AnyRecord;
use crate::tables::OtherSystem;
use crate::words::Words;

/// How something came out there, by the words of the other system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// Not yet.
    Open,
    /// Done.
    Done,
    /// Given up.
    Dropped,
}

/// What a column holds.
#[derive(Clone, Copy, Debug)]
pub enum Cell {
    /// The record's id in the other system.
    Key,
    /// A field of ours by its key, in our own form.
    Field(&'static str),
    /// A choice of ours by its key, in the words of the other system.
    Choice(&'static str, &'static [(&'static str, u16)]),
    /// The dealer that the record belongs to, by name.
    Dealer,
    /// The given name of a person.
    GivenName,
    /// The family name of a person; the whole name where there is no other.
    FamilyName,
    /// When something planned begins.
    Start,
    /// When it ends.
    End,
    /// Whether it is settled, in the words of the other system.
    Status(&'static [(&'static str, Settled)]),
    /// The day on which it was settled, or the moment at which it happened.
    SettledOn,
    /// An amount of money.
    Amount,
    /// The day on which a span begins.
    From,
    /// The day on which it ends, or the day of an order.
    Until,
}

/// One column: the headers it goes by, the one that is written first, and what it holds.
#[derive(Clone, Copy, Debug)]
pub struct PresetColumn {
    /// The headers.
    pub headers: &'static [&'static str],
    /// What it holds.
    pub cell: Cell,
    /// Whether a row without it cannot be taken in.
    pub needed: bool,
}

/// What our record of a preset's rows is put together from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Fields alone.
    Plain,
    /// A meeting: a time, and minutes once it was held.
    Meeting,
    /// A sale in view: a goal in sales-in from 0 to its amount.
    Deal,
    /// An order: a part of a month's sales-in.
    Order,
}

/// One kind of record of another system.
#[derive(Debug)]
pub struct Preset {
    /// The system.
    pub system: OtherSystem,
    /// What the kind is called there.
    pub module: &'static str,
    /// What our own records of it are called.
    pub label: Words,
    /// Our table.
    pub table: u16,
    /// What our record is put together from.
    pub shape: Shape,
    /// Its columns, in the order in which they are written.
    pub columns: &'static [PresetColumn],
    /// Choices of ours that every row has.
    pub constants: &'static [(&'static str, u16)],
    /// Whether a record of ours is one of the kind.
    pub takes: fn(&dyn AnyRecord) -> bool,
}

/// A system has one kind of records of a name.
impl PartialEq for Preset {
    fn eq(&self, other: &Self) -> bool {
        (self.system, self.module) == (other.system, other.module)
    }
}

impl Eq for Preset {}

impl Preset {
    /// The place of the column that holds the record's id in the other system.
    pub fn key_place(&self) -> Option<usize> {
        let mut columns = self.columns.iter();
        columns.position(|column| matches!(column.cell, Cell::Key))
    }
}

/// A column that may be empty.
pub(super) const fn column(headers: &'static [&'static str], cell: Cell) -> PresetColumn {
    PresetColumn {
        headers,
        cell,
        needed: false,
    }
}

/// A column without which a row cannot be taken in.
pub(super) const fn needed(headers: &'static [&'static str], cell: Cell) -> PresetColumn {
    PresetColumn {
        headers,
        cell,
        needed: true,
    }
}
