//! The one declaration of every table and field, from which structs, forms, validation,
//! search, import columns, shared-screen masking and registers follow.
//!
//! A table is declared once with [`table!`](crate::table), a list of choices with
//! [`choices!`](crate::choices). Numbers of tables, fields and choices are stored for ever:
//! never reuse one.

mod declare;
mod faults;
mod field_types;
#[cfg(test)]
pub(crate) mod kept;
pub mod parcel;
mod registers;
mod written;

use crate::id::Id;
use crate::value::{Kind, Value};
use crate::words::{Words, words};
use uuid::Uuid;

pub use crate::text::Lines;
pub use faults::{Fault, Problem, problems, problems_with};
pub(crate) use registers::fill;
pub use registers::{bin, bin_any, changes, changes_of_any, read, value_changes};
pub(crate) use written::rows_of;

/// The register number that says whether a row is deleted; the same in every table.
pub const DELETED: u16 = 0;

/// A table.
#[derive(Debug)]
pub struct TableSpec {
    /// Its stable number in storage.
    pub number: u16,
    /// Its name in code, files and URLs.
    pub key: &'static str,
    /// What people call one of its records.
    pub label: Words,
    /// Whether shared-screen mode hides the whole table.
    pub internal: bool,
    /// Its fields, in the order of the form.
    pub fields: &'static [FieldSpec],
}

impl PartialEq for TableSpec {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Eq for TableSpec {}

impl TableSpec {
    /// The place of a field in [`TableSpec::fields`] by its key.
    pub fn position(&self, key: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.key == key)
    }

    /// A field by its stored number.
    pub fn numbered(&self, number: u16) -> Option<&'static FieldSpec> {
        self.fields.iter().find(|field| field.number == number)
    }
}

/// How much a hit in a field counts in search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// Not searched.
    Never,
    /// Searched as written.
    Text,
    /// Searched by its digits.
    Digits,
    /// Searched as written, by pinyin and by initials, and before all others.
    Name,
}

/// A field.
#[derive(Clone, Copy, Debug)]
pub struct FieldSpec {
    /// Its stable number in storage; 0 is taken.
    pub number: u16,
    /// Its name in code and files.
    pub key: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What people call it.
    pub label: Words,
    /// What to write in it, shown beneath the input.
    pub hint: Words,
    /// Hidden in shared-screen mode: never shown to the dealer.
    pub internal: bool,
    /// Must be filled.
    pub required: bool,
    /// The longest text, in characters.
    pub longest: usize,
    /// The smallest number allowed, in the form the kind stores.
    pub least: i64,
    /// How it is searched.
    pub found: Found,
    /// Headers that other systems use for it.
    pub columns: &'static [&'static str],
    /// Kept by the program, not shown in forms.
    pub kept: bool,
}

/// A field with its label; the rest is said by the methods that follow.
pub const fn label(zh: &'static str, en: &'static str) -> FieldSpec {
    FieldSpec {
        number: 0,
        key: "",
        kind: Kind::Flag,
        label: words(zh, en),
        hint: words("", ""),
        internal: false,
        required: false,
        longest: 200,
        least: i64::MIN,
        found: Found::Never,
        columns: &[],
        kept: false,
    }
}

impl FieldSpec {
    /// Must be filled.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Never shown to the dealer.
    pub const fn internal(mut self) -> Self {
        self.internal = true;
        self
    }

    /// Text of many lines, up to 10,000 characters.
    pub const fn prose(mut self) -> Self {
        self.longest = 10_000;
        self
    }

    /// The longest text, in characters.
    pub const fn longest(mut self, characters: usize) -> Self {
        self.longest = characters;
        self
    }

    /// Not below zero.
    pub const fn not_negative(mut self) -> Self {
        self.least = 0;
        self
    }

    /// How it is searched.
    pub const fn found(mut self, how: Found) -> Self {
        self.found = how;
        self
    }

    /// Headers that other systems use for it.
    pub const fn columns(mut self, headers: &'static [&'static str]) -> Self {
        self.columns = headers;
        self
    }

    /// What to write in it.
    pub const fn hint(mut self, zh: &'static str, en: &'static str) -> Self {
        self.hint = words(zh, en);
        self
    }

    /// Kept by the program, not shown in forms.
    pub const fn kept(mut self) -> Self {
        self.kept = true;
        self
    }

    /// Completes the field with what [`table!`](crate::table) knows.
    pub const fn declared(mut self, number: u16, key: &'static str, kind: Kind) -> Self {
        self.number = number;
        self.key = key;
        self.kind = match kind {
            Kind::Text(_) if self.longest >= 10_000 => Kind::Text(Lines::Many),
            kind => kind,
        };
        self
    }
}

/// Where a record is read from: the registers of its row.
pub trait FieldSource {
    /// The bytes of a plain register, if it was ever written.
    fn field(&self, number: u16) -> Option<&[u8]>;
    /// Calls `each` with every member of a set register that is in.
    fn members<'a>(&'a self, number: u16, each: &mut dyn FnMut(&'a [u8]));
    /// The row's deletion register.
    fn deleted(&self) -> bool;
}

/// One register to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The table's number.
    pub table: u16,
    /// The record's id.
    pub id: Uuid,
    /// The field's number.
    pub field: u16,
    /// The member of a set; empty for a plain field.
    pub member: Vec<u8>,
    /// The bytes to write.
    pub value: Vec<u8>,
}

/// The register value of a member that is in its set, and of a deleted row.
pub const YES: &[u8] = &[1];
/// The register value of a member that was taken out, and of a restored row.
pub const NO: &[u8] = &[0];

/// What the row tells beside its fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowState {
    /// In the bin.
    pub deleted: bool,
    /// Holds something that only a newer version can read.
    pub needs_newer: bool,
}

/// A value that a typed field refuses: not of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the value is not of the field's kind")]
pub struct WrongKind;

/// A type that a field can have.
pub trait FieldType: Clone + Default + PartialEq {
    /// What it is to forms, files and storage.
    const KIND: Kind;
    /// The value.
    fn to_value(&self) -> Value;
    /// From a value of its kind.
    ///
    /// # Errors
    /// [`WrongKind`] for any other value.
    fn from_value(value: Value) -> Result<Self, WrongKind>;
    /// Whether it holds a choice that only a newer version knows.
    fn needs_newer(&self) -> bool {
        false
    }
}

/// A field of a record, whatever its type: what is done with any field is written once against this.
pub trait AnyField {
    /// See [`FieldType::to_value`].
    fn value(&self) -> Value;
    /// Takes a value in.
    ///
    /// # Errors
    /// [`WrongKind`] when it is not of the field's kind; the field stays as it was.
    fn write(&mut self, value: Value) -> Result<(), WrongKind>;
    /// See [`FieldType::needs_newer`].
    fn holds_newer_choice(&self) -> bool;
}

impl<T: FieldType> AnyField for T {
    fn value(&self) -> Value {
        self.to_value()
    }

    fn write(&mut self, value: Value) -> Result<(), WrongKind> {
        *self = T::from_value(value)?;
        Ok(())
    }

    fn holds_newer_choice(&self) -> bool {
        self.needs_newer()
    }
}

/// A record of a table.
pub trait Record: Clone + Default + PartialEq + Sized + Send + Sync + 'static {
    /// Its table's number.
    const NUMBER: u16;
    /// Its table.
    const TABLE: &'static TableSpec;
    /// Its id.
    fn id(&self) -> Id<Self>;
    /// An empty record.
    fn with_id(id: Id<Self>) -> Self;
    /// What the row tells beside its fields.
    fn state(&self) -> RowState;
    /// Sets what the row tells beside its fields.
    fn set_state(&mut self, state: RowState);
    /// The field at a place of [`TableSpec::fields`]; `None` beyond the last.
    fn field(&self, place: usize) -> Option<&dyn AnyField>;
    /// As [`Record::field`], to write it.
    fn field_mut(&mut self, place: usize) -> Option<&mut dyn AnyField>;
    /// The value of the field at a place; empty beyond the last.
    fn get(&self, place: usize) -> Value {
        self.field(place).map_or(Value::Empty, AnyField::value)
    }
    /// Writes the field at a place.
    ///
    /// # Errors
    /// [`WrongKind`] when the value is not of the field's kind or there is no such field.
    fn put(&mut self, place: usize, value: Value) -> Result<(), WrongKind> {
        self.field_mut(place).ok_or(WrongKind)?.write(value)
    }
    /// Rules that reach over more than one field.
    fn check(&self, _found: &mut Vec<Problem>) {}
}

/// A record whose table is known only while the app runs. What forms, registers, checks and search do
/// with any record is written once against this, instead of once for each table.
pub trait AnyRecord: Send + Sync {
    /// Its table.
    fn table(&self) -> &'static TableSpec;
    /// Its id.
    fn uuid(&self) -> Uuid;
    /// The field at a place; see [`Record::field`].
    fn field_at(&self, place: usize) -> Option<&dyn AnyField>;
    /// The field at a place, to write it.
    fn field_at_mut(&mut self, place: usize) -> Option<&mut dyn AnyField>;
    /// What the row tells beside its fields.
    fn row_state(&self) -> RowState;
    /// Rules that reach over more than one field.
    fn check_rules(&self, found: &mut Vec<Problem>);
    /// Another one like it.
    fn copied(&self) -> Box<dyn AnyRecord>;
}

impl<T: Record> AnyRecord for T {
    fn table(&self) -> &'static TableSpec {
        T::TABLE
    }

    fn uuid(&self) -> Uuid {
        self.id().uuid()
    }

    fn field_at(&self, place: usize) -> Option<&dyn AnyField> {
        self.field(place)
    }

    fn field_at_mut(&mut self, place: usize) -> Option<&mut dyn AnyField> {
        self.field_mut(place)
    }

    fn row_state(&self) -> RowState {
        self.state()
    }

    fn check_rules(&self, found: &mut Vec<Problem>) {
        self.check(found);
    }

    fn copied(&self) -> Box<dyn AnyRecord> {
        Box::new(self.clone())
    }
}

impl dyn AnyRecord + '_ {
    /// The value of the field at a place; empty beyond the last.
    pub fn value(&self, place: usize) -> Value {
        self.field_at(place).map_or(Value::Empty, AnyField::value)
    }

    /// Writes the field at a place.
    ///
    /// # Errors
    /// [`WrongKind`] when the value is not of the field's kind or there is no such field.
    pub fn write(&mut self, place: usize, value: Value) -> Result<(), WrongKind> {
        self.field_at_mut(place).ok_or(WrongKind)?.write(value)
    }

    /// Whether a field holds a choice that only a newer version knows.
    pub fn holds_newer_choice(&self) -> bool {
        let fields = self.table().fields.iter().enumerate();
        fields
            .filter(|(_, spec)| matches!(spec.kind, Kind::Choice(_) | Kind::Choices(_)))
            .filter_map(|(place, _)| self.field_at(place))
            .any(AnyField::holds_newer_choice)
    }
}
