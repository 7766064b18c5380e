//! Bounded reading and writing of CBOR: what all messages have in common.

use std::convert::Infallible;

use minicbor::data::Type;
use minicbor::{Decoder, Encoder};
use thiserror::Error;

use super::{MAX_ENVELOPE_BYTES, Seq, VERSION};

/// Why a body is not the message that was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DecodeError {
    /// The body is too long; it has not been looked at.
    #[error("the message has {bytes} bytes, {limit} are allowed")]
    TooLong {
        /// Its length.
        bytes: usize,
        /// The longest allowed.
        limit: usize,
    },
    /// The other side speaks a newer version: update this program.
    #[error("the message is of version {0}, which needs a newer version of the program")]
    NeedsNewerVersion(u64),
    /// The body is not in its form.
    #[error("the message is malformed at byte {at}")]
    Malformed {
        /// Where reading ended.
        at: usize,
    },
    /// A list is longer than allowed.
    #[error("a list in the message has {found} rows, {limit} are allowed")]
    TooManyRows {
        /// How many rows are announced.
        found: u64,
        /// How many are allowed.
        limit: usize,
    },
    /// An envelope is longer than allowed.
    #[error("an envelope in the message has {found} bytes, {MAX_ENVELOPE_BYTES} are allowed")]
    EnvelopeTooLong {
        /// Its length.
        found: usize,
    },
}

/// A message of the protocol.
pub trait Message: Sized + Body {
    /// Longest body, in bytes. Refuse a longer one before it is read from the network.
    const MAX_BYTES: usize;

    /// The body.
    #[must_use]
    fn encode(&self) -> Vec<u8> {
        let mut out = Encoder::new(Vec::with_capacity(self.size_hint()));
        // Writing to a vector cannot fail.
        let _ = self.put(&mut out);
        out.into_writer()
    }

    /// Reads a body; never panics, whatever the bytes are.
    ///
    /// # Errors
    /// What is wrong with the bytes.
    fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        if bytes.len() > Self::MAX_BYTES {
            return Err(DecodeError::TooLong {
                bytes: bytes.len(),
                limit: Self::MAX_BYTES,
            });
        }
        let mut reader = Reader {
            items: Decoder::new(bytes),
        };
        let message = reader.array(|reader, items| {
            let version = reader.number(items)?;
            if version > VERSION {
                return Err(DecodeError::NeedsNewerVersion(version));
            }
            if version < VERSION {
                return Err(reader.malformed());
            }
            Self::take(reader, items)
        })?;
        if reader.items.position() == bytes.len() {
            Ok(message)
        } else {
            Err(reader.malformed())
        }
    }
}

pub(super) type Out = Encoder<Vec<u8>>;
pub(super) type Written = Result<(), minicbor::encode::Error<Infallible>>;

/// The part of a [`Message`] that differs from one to the other. Its types cannot be named from
/// outside, so only this module has any.
pub trait Body: Sized {
    /// About how many bytes the body will have.
    fn size_hint(&self) -> usize;
    /// Writes the array, the version first.
    fn put(&self, out: &mut Out) -> Written;
    /// Reads what follows the version.
    fn take(reader: &mut Reader<'_>, items: &mut Items) -> Result<Self, DecodeError>;
}

/// How many items of the array at hand are still to be read.
pub struct Items(u64);

/// Reads item by item; every failure says where it was.
pub struct Reader<'a> {
    items: Decoder<'a>,
}

impl<'a> Reader<'a> {
    pub(super) fn malformed(&self) -> DecodeError {
        DecodeError::Malformed {
            at: self.items.position(),
        }
    }

    fn or_malformed<T>(&self, read: Result<T, minicbor::decode::Error>) -> Result<T, DecodeError> {
        read.map_err(|_| self.malformed())
    }

    fn length(&mut self) -> Result<u64, DecodeError> {
        let length = self.items.array();
        self.or_malformed(length)?.ok_or_else(|| self.malformed())
    }

    fn spend(&self, items: &mut Items) -> Result<(), DecodeError> {
        items.0 = items.0.checked_sub(1).ok_or_else(|| self.malformed())?;
        Ok(())
    }

    /// Reads an array with `take`, then skips the items that it left.
    fn array<T>(
        &mut self,
        take: impl FnOnce(&mut Self, &mut Items) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        let mut items = Items(self.length()?);
        let taken = take(self, &mut items)?;
        for _ in 0..items.0 {
            let skipped = self.items.skip();
            self.or_malformed(skipped)?;
        }
        Ok(taken)
    }

    /// A list of arrays. The announced number is not trusted with memory.
    pub(super) fn rows<T>(
        &mut self,
        items: &mut Items,
        limit: usize,
        mut take: impl FnMut(&mut Self, &mut Items) -> Result<T, DecodeError>,
    ) -> Result<Vec<T>, DecodeError> {
        self.spend(items)?;
        let found = self.length()?;
        if found > limit as u64 {
            return Err(DecodeError::TooManyRows { found, limit });
        }
        let left = self.items.input().len() - self.items.position();
        let mut rows = Vec::with_capacity((found as usize).min(left / 16));
        for _ in 0..found {
            rows.push(self.array(&mut take)?);
        }
        Ok(rows)
    }

    pub(super) fn number(&mut self, items: &mut Items) -> Result<u64, DecodeError> {
        self.spend(items)?;
        let number = self.items.u64();
        self.or_malformed(number)
    }

    pub(super) fn seq(&mut self, items: &mut Items) -> Result<Seq, DecodeError> {
        let number = self.number(items)?;
        Seq::new(number).ok_or_else(|| self.malformed())
    }

    pub(super) fn flag(&mut self, items: &mut Items) -> Result<bool, DecodeError> {
        self.spend(items)?;
        let flag = self.items.bool();
        self.or_malformed(flag)
    }

    pub(super) fn bytes(&mut self, items: &mut Items) -> Result<&'a [u8], DecodeError> {
        self.spend(items)?;
        let bytes = self.items.bytes();
        self.or_malformed(bytes)
    }

    pub(super) fn fixed<const N: usize>(
        &mut self,
        items: &mut Items,
    ) -> Result<[u8; N], DecodeError> {
        let bytes = self.bytes(items)?;
        bytes.try_into().map_err(|_| self.malformed())
    }

    pub(super) fn envelope(&mut self, items: &mut Items) -> Result<Vec<u8>, DecodeError> {
        let bytes = self.bytes(items)?;
        if bytes.len() > MAX_ENVELOPE_BYTES {
            return Err(DecodeError::EnvelopeTooLong { found: bytes.len() });
        }
        Ok(bytes.to_vec())
    }

    /// Null, or what `take` reads.
    pub(super) fn or_null<T>(
        &mut self,
        items: &mut Items,
        take: impl FnOnce(&mut Self, &mut Items) -> Result<T, DecodeError>,
    ) -> Result<Option<T>, DecodeError> {
        let next = self.items.datatype();
        if self.or_malformed(next)? != Type::Null {
            return take(self, items).map(Some);
        }
        self.spend(items)?;
        let null = self.items.null();
        self.or_malformed(null)?;
        Ok(None)
    }
}

/// Writes bytes, or null in their place.
pub(super) fn put_or_null(out: &mut Out, bytes: Option<&[u8]>) -> Written {
    match bytes {
        Some(bytes) => out.bytes(bytes)?,
        None => out.null()?,
    };
    Ok(())
}
