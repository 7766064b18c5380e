//! The packed form of a row: checking it, walking it, writing it.

use thiserror::Error;

use super::{MAX_MEMBER_BYTES, MAX_VALUE_BYTES, RegisterRef};
use crate::bytes::{Reader, length, put_slice, put_varint, varint_length};
use crate::hlc::Hlc;

/// Why bytes are not a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RowError {
    /// The bytes end too early, or an integer is not in its shortest form.
    #[error("the row is cut short or an integer in it is malformed")]
    Malformed,
    /// Bytes follow the last register.
    #[error("bytes follow the row's last register")]
    TrailingBytes,
    /// A field's number does not fit 16 bits.
    #[error("field number {0} is out of range")]
    FieldNumber(u32),
    /// Stamps do not ascend, or one occurs twice.
    #[error("the row's stamps are not in order")]
    StampOrder,
    /// A stamp belongs to no register.
    #[error("a stamp of the row belongs to no register")]
    UnusedStamp,
    /// A register names a stamp that is not there.
    #[error("register of field {0} names a missing stamp")]
    MissingStamp(u16),
    /// Registers do not ascend, or one place occurs twice.
    #[error("the registers are not in order at field {0}")]
    RegisterOrder(u16),
    /// A set's member is longer than [`MAX_MEMBER_BYTES`].
    #[error("a set's member has {0} bytes, {MAX_MEMBER_BYTES} are allowed")]
    MemberTooLong(usize),
    /// A value is longer than [`MAX_VALUE_BYTES`].
    #[error("a value has {0} bytes, {MAX_VALUE_BYTES} are allowed")]
    ValueTooLong(usize),
}

pub(crate) fn check_limits(member: &[u8], value: &[u8]) -> Result<(), RowError> {
    if member.len() > MAX_MEMBER_BYTES {
        return Err(RowError::MemberTooLong(member.len()));
    }
    if value.len() > MAX_VALUE_BYTES {
        return Err(RowError::ValueTooLong(value.len()));
    }
    Ok(())
}

/// Which stamps have been named by a register: one word for the usual few, a list for many.
enum Used {
    Few(u64),
    Many(Vec<bool>),
}

impl Used {
    fn none(stamps: usize) -> Self {
        if stamps <= 64 {
            Self::Few(0)
        } else {
            Self::Many(vec![false; stamps])
        }
    }

    #[inline]
    fn mark(&mut self, index: usize) {
        match self {
            Self::Few(bits) => *bits |= 1 << index,
            Self::Many(flags) => {
                if let Some(flag) = flags.get_mut(index) {
                    *flag = true;
                }
            }
        }
    }

    fn all(&self, stamps: usize) -> bool {
        match self {
            Self::Few(bits) => bits.count_ones() as usize == stamps,
            Self::Many(flags) => flags.iter().all(|&flag| flag),
        }
    }
}

/// Checks everything that [`Registers`] relies on, and that the form is canonical.
pub(super) fn check(bytes: &[u8]) -> Result<(), RowError> {
    let mut reader = Reader::new(bytes);
    let (Some(registers), Some(stamps)) = (reader.varint(), reader.varint()) else {
        return Err(RowError::Malformed);
    };
    let stamps = usize::try_from(stamps).map_err(|_| RowError::Malformed)?;
    let stamp_bytes = stamps
        .checked_mul(Hlc::BYTES)
        .and_then(|length| reader.take(length))
        .ok_or(RowError::Malformed)?;
    let (stamp_list, _) = stamp_bytes.as_chunks::<{ Hlc::BYTES }>();
    if !stamp_list.is_sorted_by(|a, b| a < b) {
        return Err(RowError::StampOrder);
    }
    let mut used = Used::none(stamps);
    let mut last: Option<(u16, &[u8])> = None;
    for _ in 0..registers {
        let number = reader.varint().ok_or(RowError::Malformed)?;
        let number = u16::try_from(number).map_err(|_| RowError::FieldNumber(number))?;
        let member = reader.slice().ok_or(RowError::Malformed)?;
        let stamp = reader.varint().ok_or(RowError::Malformed)? as usize;
        let value = reader.slice().ok_or(RowError::Malformed)?;
        check_limits(member, value)?;
        if stamp >= stamps {
            return Err(RowError::MissingStamp(number));
        }
        used.mark(stamp);
        if last.is_some_and(|last| last >= (number, member)) {
            return Err(RowError::RegisterOrder(number));
        }
        last = Some((number, member));
    }
    if !reader.is_empty() {
        return Err(RowError::TrailingBytes);
    }
    if !used.all(stamps) {
        return Err(RowError::UnusedStamp);
    }
    Ok(())
}

/// The registers of a row, ascending by place.
#[derive(Clone, Debug)]
pub struct Registers<'a> {
    stamps: &'a [[u8; Hlc::BYTES]],
    rest: Reader<'a>,
    left: u32,
}

impl<'a> Registers<'a> {
    /// Walks bytes that have been checked; over any others it would merely end early.
    #[inline]
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let mut rest = Reader::new(bytes);
        let left = rest.varint().unwrap_or(0);
        let stamps = rest.varint().unwrap_or(0) as usize;
        let stamps = rest.take(stamps.saturating_mul(Hlc::BYTES)).unwrap_or(&[]);
        Self {
            stamps: stamps.as_chunks().0,
            rest,
            left,
        }
    }

    /// The stamps ascend, and each belongs to a register.
    pub(super) fn latest_stamp(&self) -> Option<Hlc> {
        self.stamps.last().copied().map(Hlc::from_bytes)
    }
}

impl<'a> Iterator for Registers<'a> {
    type Item = RegisterRef<'a>;

    #[inline]
    fn next(&mut self) -> Option<RegisterRef<'a>> {
        self.left = self.left.checked_sub(1)?;
        let number = self.rest.varint()? as u16;
        let member = self.rest.slice()?;
        let stamp = self.rest.varint()? as usize;
        let value = self.rest.slice()?;
        let hlc = Hlc::from_bytes(*self.stamps.get(stamp)?);
        Some(RegisterRef {
            number,
            member,
            hlc,
            value,
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left as usize, Some(self.left as usize))
    }
}

impl ExactSizeIterator for Registers<'_> {}

/// Packs registers that ascend by place and keep the limits: one allocation of the exact size.
pub(super) fn pack(registers: &[RegisterRef<'_>]) -> Box<[u8]> {
    let mut stamps: Vec<Hlc> = Vec::with_capacity(4);
    for register in registers {
        // Neighbours mostly come from one commit.
        if stamps.last() != Some(&register.hlc) {
            stamps.push(register.hlc);
        }
    }
    stamps.sort_unstable();
    stamps.dedup();

    let index_of = |hlc: &Hlc| stamps.binary_search(hlc).unwrap_or_default() as u32;
    let size = varint_length(registers.len() as u32)
        + varint_length(stamps.len() as u32)
        + stamps.len() * Hlc::BYTES
        + registers
            .iter()
            .map(|register| {
                varint_length(u32::from(register.number))
                    + varint_length(length(register.member))
                    + register.member.len()
                    + if stamps.len() <= 0x80 {
                        1
                    } else {
                        varint_length(index_of(&register.hlc))
                    }
                    + varint_length(length(register.value))
                    + register.value.len()
            })
            .sum::<usize>();

    let mut out = Vec::with_capacity(size);
    put_varint(&mut out, registers.len() as u32);
    put_varint(&mut out, stamps.len() as u32);
    for stamp in &stamps {
        out.extend_from_slice(&stamp.to_bytes());
    }
    for register in registers {
        put_varint(&mut out, u32::from(register.number));
        put_slice(&mut out, register.member);
        put_varint(&mut out, index_of(&register.hlc));
        put_slice(&mut out, register.value);
    }
    debug_assert_eq!(
        out.len(),
        size,
        "the size was computed for one exact allocation"
    );
    out.into_boxed_slice()
}
