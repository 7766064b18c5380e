//! Rows of registers, packed into the bytes in which they are stored and sent.
//!
//! A [`Row`] *is* its bytes: reading one from disk copies a slice and checks it once, and nothing
//! is unpacked until a field is asked for. Layout, all integers LEB128 in shortest form:
//!
//! ```text
//! row      := registers:varint stamps:varint stamp[stamps] register[registers]
//! stamp    := 16 bytes, ascending, each one used                   (see `hlc`)
//! register := number:varint member:slice stamp-index:varint value:slice
//! slice    := length:varint bytes
//! ```
//!
//! Registers ascend by (number, member). The form is canonical: equal content, equal bytes.
//!
//! Joining two rows takes, per field, the register with the greater stamp; of two values under one
//! stamp, the greater bytes. That is commutative, associative and idempotent (Shapiro et al.,
//! "Conflict-free Replicated Data Types", 2011: a map of last-writer-wins registers).

mod join;
mod layout;

use std::cmp::Ordering;
use std::fmt;

use crate::hlc::Hlc;

pub(crate) use layout::check_limits;
pub use layout::{Registers, RowError};

/// Longest member of a set, in bytes.
pub const MAX_MEMBER_BYTES: usize = 1024;
/// Longest value of a register, in bytes.
pub const MAX_VALUE_BYTES: usize = 1 << 20;
/// The field that says whether a row is deleted; its value is one byte, 1 or 0.
pub const DELETION: u16 = 0;

/// The number of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TableId(pub u16);

/// The id of a row within its table, a UUID's bytes.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(pub [u8; 16]);

impl fmt::Debug for RowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

/// A row's place in the book: table and id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowKey {
    /// The table.
    pub table: TableId,
    /// The row within it.
    pub id: RowId,
}

impl RowKey {
    /// Length of the encoded key.
    pub const BYTES: usize = 18;

    /// Names a row.
    #[must_use]
    pub const fn new(table: TableId, id: RowId) -> Self {
        Self { table, id }
    }

    /// Table and id, big-endian, sorting as the key itself does.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 18] {
        let mut bytes = [0; 18];
        let (table, id) = bytes.split_at_mut(2);
        table.copy_from_slice(&self.table.0.to_be_bytes());
        id.copy_from_slice(&self.id.0);
        bytes
    }

    /// Reads what [`RowKey::to_bytes`] wrote; all 18 bytes are always a key.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 18]) -> Self {
        let [high, low, id @ ..] = bytes;
        Self {
            table: TableId(u16::from_be_bytes([high, low])),
            id: RowId(id),
        }
    }
}

/// A register's place in its row: the field's number and, in a set, the member.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldKey {
    /// The field.
    pub number: u16,
    /// The set's member, at most [`MAX_MEMBER_BYTES`]; empty for a plain field.
    pub member: Box<[u8]>,
}

impl FieldKey {
    /// The deletion register.
    #[must_use]
    pub fn deletion() -> Self {
        Self::plain(DELETION)
    }

    /// A field that is not a set.
    #[must_use]
    pub fn plain(number: u16) -> Self {
        Self {
            number,
            member: Box::default(),
        }
    }

    /// One member of a set.
    #[must_use]
    pub fn member(number: u16, member: impl Into<Box<[u8]>>) -> Self {
        Self {
            number,
            member: member.into(),
        }
    }
}

/// A value and the stamp of the edit that wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Register {
    /// When and where it was written.
    pub hlc: Hlc,
    /// The value, opaque here. Empty bytes read as "no value": that is what undoing the first
    /// edit of a field writes.
    pub value: Box<[u8]>,
}

/// A register as it lies in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegisterRef<'a> {
    /// The field.
    pub number: u16,
    /// The set's member; empty for a plain field.
    pub member: &'a [u8],
    /// When and where it was written.
    pub hlc: Hlc,
    /// The value; empty bytes read as "no value".
    pub value: &'a [u8],
}

impl RegisterRef<'_> {
    /// The register's place, owned.
    #[must_use]
    pub fn field(&self) -> FieldKey {
        FieldKey {
            number: self.number,
            member: self.member.into(),
        }
    }

    #[inline]
    fn compare_place(&self, other: &RegisterRef<'_>) -> Ordering {
        self.number
            .cmp(&other.number)
            .then_with(|| self.member.cmp(other.member))
    }

    /// Whether a join keeps this register rather than `other` in the same place.
    #[inline]
    pub(crate) fn beats(&self, other: &RegisterRef<'_>) -> bool {
        (self.hlc, self.value) > (other.hlc, other.value)
    }
}

/// A row: its registers, packed (see the [module](self) for the layout).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Row {
    bytes: Box<[u8]>,
}

impl Default for Row {
    /// The row without registers.
    fn default() -> Self {
        Self {
            bytes: Box::new([0, 0]),
        }
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Row {
    /// Packs registers, given in any order; those in one place are joined.
    ///
    /// # Errors
    /// [`RowError::MemberTooLong`] and [`RowError::ValueTooLong`].
    pub fn from_registers(
        registers: impl IntoIterator<Item = (FieldKey, Register)>,
    ) -> Result<Self, RowError> {
        let registers: Vec<_> = registers.into_iter().collect();
        let mut views: Vec<_> = registers
            .iter()
            .map(|(field, register)| RegisterRef {
                number: field.number,
                member: &field.member,
                hlc: register.hlc,
                value: &register.value,
            })
            .collect();
        for view in &views {
            check_limits(view.member, view.value)?;
        }
        // The winner of each place comes first, and `dedup_by` keeps the first.
        views.sort_unstable_by(|a, b| {
            a.compare_place(b)
                .then_with(|| (b.hlc, b.value).cmp(&(a.hlc, a.value)))
        });
        views.dedup_by(|later, first| later.compare_place(first).is_eq());
        Ok(Self::pack(&views))
    }

    /// Packs registers that ascend by place and keep the limits.
    pub(crate) fn pack(registers: &[RegisterRef<'_>]) -> Self {
        Self {
            bytes: layout::pack(registers),
        }
    }

    /// Takes bytes as a row after checking all of them; never panics, whatever they are.
    ///
    /// # Errors
    /// What is wrong with the bytes. They are then no row: keep them aside.
    pub fn decode(bytes: &[u8]) -> Result<Self, RowError> {
        layout::check(bytes)?;
        Ok(Self {
            bytes: bytes.into(),
        })
    }

    /// The packed row, for [`Row::decode`].
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// All registers, ascending by place.
    #[must_use]
    pub fn iter(&self) -> Registers<'_> {
        Registers::new(&self.bytes)
    }

    /// How many registers the row has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.iter().len()
    }

    /// Whether the row has no register.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The greatest stamp of the row.
    #[must_use]
    pub fn latest(&self) -> Option<Hlc> {
        self.iter().latest_stamp()
    }

    /// The register of a plain field.
    #[must_use]
    pub fn get(&self, number: u16) -> Option<RegisterRef<'_>> {
        self.member(number, &[])
    }

    /// The register of one member of a set.
    #[must_use]
    pub fn member(&self, number: u16, member: &[u8]) -> Option<RegisterRef<'_>> {
        self.iter()
            .find(|at| (at.number, at.member) >= (number, member))
            .filter(|at| (at.number, at.member) == (number, member))
    }

    /// The registers of all members of a set, ascending by member.
    pub fn members(&self, number: u16) -> impl Iterator<Item = RegisterRef<'_>> {
        self.iter()
            .skip_while(move |at| at.number < number)
            .take_while(move |at| at.number == number)
            .filter(|at| !at.member.is_empty())
    }

    /// Whether the row is in the bin.
    #[must_use]
    pub fn deleted(&self) -> bool {
        self.get(DELETION)
            .is_some_and(|deletion| deletion.value == [1])
    }

    /// Whether the row is in the bin and a later edit says that somebody still works on it.
    #[must_use]
    pub fn edited_after_deletion(&self) -> bool {
        self.get(DELETION).is_some_and(|deletion| {
            deletion.value == [1]
                && self
                    .iter()
                    .any(|at| at.number != DELETION && at.hlc > deletion.hlc)
        })
    }

    /// Takes in another copy of the row, register by register, and says whether that changed
    /// anything.
    pub fn join(&mut self, other: &Self) -> bool {
        match join::join(&self.bytes, &other.bytes) {
            Some(bytes) => {
                self.bytes = bytes;
                true
            }
            None => false,
        }
    }

    /// The registers of `other` that a [`Row::join`] would take over.
    #[must_use]
    pub fn changed_by<'a>(&self, other: &'a Self) -> Vec<RegisterRef<'a>> {
        join::winners(&self.bytes, &other.bytes)
    }
}

impl<'a> IntoIterator for &'a Row {
    type Item = RegisterRef<'a>;
    type IntoIter = Registers<'a>;

    fn into_iter(self) -> Registers<'a> {
        self.iter()
    }
}
