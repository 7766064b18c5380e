//! The one declaration of every table and field, from which structs, forms, validation,
//! search, import columns, shared-screen masking and registers follow.
//!
//! A table is declared once with [`table!`](crate::table), a list of choices with
//! [`choices!`](crate::choices). Numbers of tables, fields and choices are stored for ever:
//! never reuse one.

use crate::date::{Date, DateSpan, Minute, Month, Slot};
use crate::id::Id;
use crate::money::Fen;
use crate::quantity::Quantity;
use crate::value::{Course, Figure, Kind, Link, Outcome, Place, Shape, Value};
use crate::words::{Words, words};
use std::collections::BTreeSet;
use uuid::Uuid;

pub use crate::text::Lines;

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
    /// The value of the field at a place of [`TableSpec::fields`]; empty beyond the last.
    fn get(&self, place: usize) -> Value;
    /// Writes the field at a place of [`TableSpec::fields`].
    ///
    /// # Errors
    /// [`WrongKind`] when the value is not of the field's kind or there is no such field.
    fn put(&mut self, place: usize, value: Value) -> Result<(), WrongKind>;
    /// Whether a field holds a choice that only a newer version knows.
    fn has_newer_choice(&self) -> bool;
    /// Rules that reach over more than one field.
    fn check(&self, _found: &mut Vec<Problem>) {}
}

/// What is wrong with a field's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Required and empty.
    #[error("is required")]
    Missing,
    /// Longer than this many characters.
    #[error("is longer than {0} characters")]
    TooLong(usize),
    /// Below the smallest number allowed.
    #[error("is below the smallest number allowed")]
    TooSmall,
    /// A rule of the record; the words say which.
    #[error("{}", .0.en)]
    Rule(Words),
}

impl Fault {
    /// What to tell the person.
    pub fn text(self, lang: crate::words::Lang) -> String {
        match self {
            Self::Missing => words("此项必填", "This is required")
                .in_lang(lang)
                .to_owned(),
            Self::TooLong(limit) => match lang {
                crate::words::Lang::Zh => format!("最多 {limit} 个字，请缩短"),
                crate::words::Lang::En => format!("At most {limit} characters; please shorten it"),
            },
            Self::TooSmall => words("不能为负数", "Cannot be negative")
                .in_lang(lang)
                .to_owned(),
            Self::Rule(rule) => rule.in_lang(lang).to_owned(),
        }
    }
}

/// A fault and the field it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field's key.
    pub field: &'static str,
    /// What is wrong.
    pub fault: Fault,
}

/// Everything wrong with a record; empty when it may be saved.
pub fn problems<T: Record>(record: &T) -> Vec<Problem> {
    let mut found = Vec::new();
    for (place, spec) in T::TABLE.fields.iter().enumerate() {
        let value = record.get(place);
        let mut say = |fault| {
            found.push(Problem {
                field: spec.key,
                fault,
            })
        };
        if value.is_empty() {
            if spec.required {
                say(Fault::Missing);
            }
            continue;
        }
        match &value {
            Value::Text(text) if text.chars().count() > spec.longest => {
                say(Fault::TooLong(spec.longest));
            }
            Value::Tags(tags) if tags.iter().any(|tag| tag.chars().count() > 40) => {
                say(Fault::TooLong(40));
            }
            Value::Number(number) if *number < spec.least => say(Fault::TooSmall),
            _ => {}
        }
    }
    record.check(&mut found);
    found
}

/// Reads a record from its row. Registers that cannot be read leave the field empty and
/// mark the record as needing a newer version; they are not written over.
pub fn read<T: Record>(id: Id<T>, source: &dyn FieldSource) -> T {
    let mut record = T::with_id(id);
    let mut needs_newer = false;
    for (place, spec) in T::TABLE.fields.iter().enumerate() {
        let value = if spec.kind.is_set() {
            let mut members = Vec::new();
            source.members(spec.number, &mut |member| members.push(member));
            if members.is_empty() {
                continue;
            }
            Some(Value::from_members(spec.kind, members.into_iter()))
        } else {
            match source.field(spec.number) {
                None => continue,
                Some(bytes) => Value::from_bytes(spec.kind, bytes),
            }
        };
        let read = value.is_some_and(|value| record.put(place, value).is_ok());
        needs_newer |= !read;
    }
    needs_newer |= record.has_newer_choice();
    record.set_state(RowState {
        deleted: source.deleted(),
        needs_newer,
    });
    record
}

/// The registers to write so that `before` becomes `after`. Without `before`, every filled
/// field of a new record; a record without any filled field still writes its deletion
/// register, so that the row exists.
pub fn changes<T: Record>(before: Option<&T>, after: &T) -> Vec<Change> {
    let mut out = Vec::new();
    let id = after.id().uuid();
    let mut write = |field: u16, member: Vec<u8>, value: Vec<u8>| {
        out.push(Change {
            table: T::TABLE.number,
            id,
            field,
            member,
            value,
        });
    };
    for (place, spec) in T::TABLE.fields.iter().enumerate() {
        let new = after.get(place);
        let old = before.map_or(Value::Empty, |record| record.get(place));
        if old == new || (old.is_empty() && new.is_empty()) {
            continue;
        }
        if spec.kind.is_set() {
            let (was, is): (BTreeSet<_>, BTreeSet<_>) = (
                old.members().into_iter().collect(),
                new.members().into_iter().collect(),
            );
            for gone in was.difference(&is) {
                write(spec.number, gone.clone(), NO.to_vec());
            }
            for come in is.difference(&was) {
                write(spec.number, come.clone(), YES.to_vec());
            }
        } else {
            write(spec.number, Vec::new(), new.to_bytes());
        }
    }
    if before.is_none() {
        write(DELETED, Vec::new(), NO.to_vec());
    }
    out
}

/// The register that puts a record into the bin, or takes it out again.
pub fn bin<T: Record>(id: Id<T>, deleted: bool) -> Change {
    Change {
        table: T::TABLE.number,
        id: id.uuid(),
        field: DELETED,
        member: Vec::new(),
        value: if deleted { YES } else { NO }.to_vec(),
    }
}

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

/// Declares a list to choose from: an enum with stable codes and its words. Codes that only
/// a newer version knows are kept as `Newer`. The first entry is the default unless the
/// field is optional.
#[macro_export]
macro_rules! choices {
    (
        $(#[$doc:meta])*
        pub enum $name:ident: $key:literal {
            $($(#[$variant_doc:meta])* $code:literal $variant:ident ($zh:literal, $en:literal),)+
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
            /// A choice that only a newer version knows.
            Newer(u16),
        }

        impl $name {
            /// What the list is called in code and files.
            pub const KEY: &'static str = $key;
            /// Every choice, in the order of the declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The list for forms, files and storage.
            pub const SPECS: &'static [$crate::value::ChoiceSpec] = &[$(
                $crate::value::ChoiceSpec {
                    code: $code,
                    key: stringify!($variant),
                    words: $crate::words::words($zh, $en),
                },
            )+];

            /// Its stable number in storage.
            pub const fn code(self) -> u16 {
                match self {
                    $(Self::$variant => $code,)+
                    Self::Newer(code) => code,
                }
            }

            /// From its stored number.
            pub const fn from_code(code: u16) -> Self {
                match code {
                    $($code => Self::$variant,)+
                    code => Self::Newer(code),
                }
            }

            /// What people call it.
            pub const fn words(self) -> $crate::words::Words {
                match self {
                    $(Self::$variant => $crate::words::words($zh, $en),)+
                    Self::Newer(_) => $crate::quantity::NEEDS_NEWER,
                }
            }
        }

        impl $crate::schema::FieldType for Option<$name> {
            const KIND: $crate::value::Kind = $crate::value::Kind::Choice($name::SPECS);
            fn to_value(&self) -> $crate::value::Value {
                self.map_or($crate::value::Value::Empty, |c| $crate::value::Value::Choice(c.code()))
            }
            fn from_value(value: $crate::value::Value) -> Result<Self, $crate::schema::WrongKind> {
                match value {
                    $crate::value::Value::Empty => Ok(None),
                    $crate::value::Value::Choice(code) => Ok(Some($name::from_code(code))),
                    _ => Err($crate::schema::WrongKind),
                }
            }
            fn needs_newer(&self) -> bool {
                matches!(self, Some($name::Newer(_)))
            }
        }

        impl $crate::schema::FieldType for std::collections::BTreeSet<$name> {
            const KIND: $crate::value::Kind = $crate::value::Kind::Choices($name::SPECS);
            fn to_value(&self) -> $crate::value::Value {
                let mut codes: Vec<u16> = self.iter().map(|c| c.code()).collect();
                codes.sort_unstable();
                $crate::value::Value::Choices(codes)
            }
            fn from_value(value: $crate::value::Value) -> Result<Self, $crate::schema::WrongKind> {
                match value {
                    $crate::value::Value::Empty => Ok(Self::new()),
                    $crate::value::Value::Choices(codes) => {
                        Ok(codes.into_iter().map($name::from_code).collect())
                    }
                    _ => Err($crate::schema::WrongKind),
                }
            }
            fn needs_newer(&self) -> bool {
                self.iter().any(|choice| matches!(choice, $name::Newer(_)))
            }
        }
    };
}

/// Declares a table: its struct, its fields and everything that follows from them.
#[macro_export]
macro_rules! table {
    (
        $(#[$doc:meta])*
        pub struct $name:ident = $number:literal $key:literal ($zh:literal, $en:literal) $([$internal:ident])? {
            $($(#[$field_doc:meta])* $field_number:literal $field:ident: $type:ty = $spec:expr;)+
        }
        $(check $check:path)?
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name {
            /// The record's id.
            pub id: $crate::id::Id<$name>,
            /// What the row tells beside its fields.
            pub state: $crate::schema::RowState,
            $($(#[$field_doc])* pub $field: $type,)+
        }

        impl $crate::schema::Record for $name {
            const NUMBER: u16 = $number;
            const TABLE: &'static $crate::schema::TableSpec = &$crate::schema::TableSpec {
                number: $number,
                key: $key,
                label: $crate::words::words($zh, $en),
                internal: $crate::table!(@internal $($internal)?),
                fields: &[$(
                    $spec.declared(
                        $field_number,
                        stringify!($field),
                        <$type as $crate::schema::FieldType>::KIND,
                    ),
                )+],
            };

            fn id(&self) -> $crate::id::Id<Self> {
                self.id
            }

            fn with_id(id: $crate::id::Id<Self>) -> Self {
                Self { id, ..Self::default() }
            }

            fn state(&self) -> $crate::schema::RowState {
                self.state
            }

            fn set_state(&mut self, state: $crate::schema::RowState) {
                self.state = state;
            }

            fn get(&self, place: usize) -> $crate::value::Value {
                let mut at = 0;
                $(
                    if place == at {
                        return $crate::schema::FieldType::to_value(&self.$field);
                    }
                    at += 1;
                )+
                let _ = at;
                $crate::value::Value::Empty
            }

            fn put(
                &mut self,
                place: usize,
                value: $crate::value::Value,
            ) -> Result<(), $crate::schema::WrongKind> {
                let mut at = 0;
                $(
                    if place == at {
                        self.$field = $crate::schema::FieldType::from_value(value)?;
                        return Ok(());
                    }
                    at += 1;
                )+
                let _ = at;
                Err($crate::schema::WrongKind)
            }

            fn has_newer_choice(&self) -> bool {
                $($crate::schema::FieldType::needs_newer(&self.$field))||+
            }

            $(fn check(&self, found: &mut Vec<$crate::schema::Problem>) {
                $check(self, found);
            })?
        }
    };
    (@internal) => { false };
    (@internal internal) => { true };
}
