//! One blob on its way, part by part. What was carried is not carried again.

use std::ops::Range;

use super::{Note, OpenError, Sealer, TooLong};

/// How many bytes go into one part: enough that few requests do, so few that a poor line brings one
/// through.
pub const PART_BYTES: usize = 256 << 10;

/// A part of a blob, to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// Where it begins.
    pub offset: usize,
    /// How many bytes the sealed blob has in all.
    pub size: usize,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// A blob on its way to the endpoint.
///
/// Its first part goes out whatever became of it before: the answer tells how much is there already.
#[derive(Clone, Debug)]
pub struct Outgoing {
    note: Note,
    sealed: Vec<u8>,
    received: usize,
}

impl Outgoing {
    /// Seals a blob.
    ///
    /// # Errors
    /// [`TooLong`].
    pub fn new(sealer: &Sealer, id: Vec<u8>, bytes: &[u8]) -> Result<Self, TooLong> {
        Ok(Self {
            sealed: sealer.seal(bytes)?,
            note: Note {
                id,
                length: bytes.len(),
                address: sealer.address(bytes),
            },
            received: 0,
        })
    }

    /// What is to be noted once all of it is there.
    #[must_use]
    pub const fn note(&self) -> &Note {
        &self.note
    }

    /// The part to be sent next; `None` once all of it is there.
    #[must_use]
    pub fn part(&self) -> Option<Part<'_>> {
        let rest = self.sealed.get(self.received..)?;
        let bytes = rest.get(..PART_BYTES.min(rest.len()))?;
        (!bytes.is_empty()).then_some(Part {
            offset: self.received,
            size: self.sealed.len(),
            bytes,
        })
    }

    /// The endpoint has so many bytes from its beginning. Numbers that cannot be are passed over, and
    /// tell `false`.
    pub fn received(&mut self, bytes: u64) -> bool {
        match usize::try_from(bytes) {
            Ok(bytes) if bytes > self.received && bytes <= self.sealed.len() => {
                self.received = bytes;
                true
            }
            _ => false,
        }
    }

    /// The part did not follow what is there: another device may have begun to send the same blob.
    pub const fn begin_again(&mut self) {
        self.received = 0;
    }
}

/// A blob on its way to this device.
#[derive(Clone, Debug)]
pub struct Incoming {
    note: Note,
    size: usize,
    sealed: Vec<u8>,
}

impl Incoming {
    /// Nothing of it has come yet.
    #[must_use]
    pub const fn new(note: Note) -> Self {
        Self {
            size: Sealer::sealed_length(note.length),
            note,
            sealed: Vec::new(),
        }
    }

    /// What it is.
    #[must_use]
    pub const fn note(&self) -> &Note {
        &self.note
    }

    /// The bytes to be asked for next; `None` once all have come.
    #[must_use]
    pub fn range(&self) -> Option<Range<usize>> {
        let begin = self.sealed.len();
        let end = self.size.min(begin + PART_BYTES);
        (begin < end).then_some(begin..end)
    }

    /// Takes the bytes in that were asked for; `false` if they are not as many.
    pub fn take(&mut self, bytes: &[u8]) -> bool {
        let right = self.range().is_some_and(|range| range.len() == bytes.len());
        if right {
            self.sealed.extend_from_slice(bytes);
        }
        right
    }

    /// Opens it, once all has come.
    ///
    /// # Errors
    /// Why it cannot be opened.
    pub fn open(&self, sealer: &Sealer) -> Result<Vec<u8>, OpenError> {
        sealer.open(self.note.address, &self.sealed)
    }
}
