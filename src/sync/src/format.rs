//! Versions and checksums of stored records.
//!
//! Every record begins with four letters that name its kind and two bytes of version. A newer
//! *minor* version only adds bytes after those that this version knows and is read; a newer
//! *major* one is not ([`Damage::NeedsNewerVersion`]).
//!
//! | version | change |
//! | --- | --- |
//! | 1.0 | rows in segments and journal without checksums |
//! | 2.0 | a CRC-32 for every row, so that one altered byte costs one row |
//!
//! Migration: each record carries its own version, so old and new ones may lie side by side.
//! [`crate::replica::Opening`] reads both and hands out batches that rewrite the old ones, the
//! store's own version record first. A crash between two batches leaves a store that opens.

use std::fmt;

use thiserror::Error;

use crate::bytes::Reader;
use crate::row::RowError;

/// A version of what is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// Changes when an older program could no longer read the record.
    pub major: u8,
    /// Changes when bytes are added that an older program may ignore.
    pub minor: u8,
}

impl Version {
    /// What this program writes.
    pub const CURRENT: Self = Self { major: 2, minor: 0 };

    /// Whether this program reads records of the version.
    ///
    /// # Errors
    /// [`Damage::NeedsNewerVersion`], or [`Damage::NotARecord`] for a version that never was.
    pub const fn check(self) -> Result<(), Damage> {
        if self.major == 0 {
            Err(Damage::NotARecord)
        } else if self.major > Self::CURRENT.major {
            Err(Damage::NeedsNewerVersion(self))
        } else {
            Ok(())
        }
    }

    /// Whether records of the version are to be rewritten.
    #[must_use]
    pub const fn outdated(self) -> bool {
        self.major < Self::CURRENT.major
    }

    /// Whether rows of the version carry a checksum.
    pub(crate) const fn checks_rows(self) -> bool {
        self.major >= 2
    }

    /// Whether a record of the version may go on after the part that is known here.
    pub(crate) const fn may_go_on(self) -> bool {
        self.major == Self::CURRENT.major && self.minor > Self::CURRENT.minor
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// Why a record, or a row within one, could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Damage {
    /// The bytes do not begin as a record of the expected kind does.
    #[error("not a record of the expected kind")]
    NotARecord,
    /// A newer version of the program wrote it: update the program, the record is sound.
    #[error("written in format {0}, which needs a newer version of the program")]
    NeedsNewerVersion(Version),
    /// The record lies under a key that does not belong to it.
    #[error("stored under a key that does not belong to it")]
    Misplaced,
    /// The bytes are not those that were written.
    #[error("the checksum does not fit")]
    Checksum,
    /// The end is missing.
    #[error("the end is missing")]
    CutShort,
    /// Whole rows are missing, or there are more than were announced.
    #[error("{expected} rows were announced, {found} are there")]
    Count {
        /// How many the record announces.
        expected: u32,
        /// How many there are.
        found: u32,
    },
    /// The content is not in its form although the checksum fits.
    #[error("the content is malformed")]
    Malformed,
    /// The row is not in its form.
    #[error(transparent)]
    Row(#[from] RowError),
}

/// The four letters that begin a record.
pub(crate) type Kind = [u8; 4];

pub(crate) fn put_header(out: &mut Vec<u8>, kind: Kind) {
    out.extend_from_slice(&kind);
    out.extend_from_slice(&[Version::CURRENT.major, Version::CURRENT.minor]);
}

pub(crate) fn read_header(reader: &mut Reader<'_>, kind: Kind) -> Result<Version, Damage> {
    let version = read_kind_and_version(reader, kind)?;
    version.check()?;
    Ok(version)
}

fn read_kind_and_version(reader: &mut Reader<'_>, kind: Kind) -> Result<Version, Damage> {
    if reader.array() != Some(kind) {
        return Err(Damage::NotARecord);
    }
    let [major, minor] = reader.array().ok_or(Damage::CutShort)?;
    Ok(Version { major, minor })
}

/// CRC-32 (ISO-HDLC, as in zip and PNG) over several pieces.
pub(crate) fn checksum(pieces: &[&[u8]]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    for piece in pieces {
        hasher.update(piece);
    }
    hasher.finalize()
}

/// A record with one checksum for all of it: header, CRC-32 of header and body, body.
pub(crate) fn seal(kind: Kind, body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(10 + body.len());
    put_header(&mut out, kind);
    let checksum = checksum(&[&out, body]);
    out.extend_from_slice(&checksum.to_be_bytes());
    out.extend_from_slice(body);
    out
}

/// The body of a record that [`seal`] wrote. The frame is the same in all versions, so a version
/// is believed only when the checksum fits.
pub(crate) fn unseal(kind: Kind, bytes: &[u8]) -> Result<(Version, Reader<'_>), Damage> {
    let mut reader = Reader::new(bytes);
    let version = read_kind_and_version(&mut reader, kind)?;
    let expected = reader.u32().ok_or(Damage::CutShort)?;
    let header = [kind.as_slice(), &[version.major, version.minor]].concat();
    if checksum(&[&header, reader.rest()]) != expected {
        return Err(Damage::Checksum);
    }
    version.check()?;
    Ok((version, reader))
}

/// Says that a body has been read to its end, or as far as this version knows it.
pub(crate) fn check_end(version: Version, reader: &Reader<'_>) -> Result<(), Damage> {
    if reader.is_empty() || version.may_go_on() {
        Ok(())
    } else {
        Err(Damage::Malformed)
    }
}

const VERSION_KIND: Kind = *b"TXVN";

/// The version of the store as a whole, kept on the meta shelf under
/// [`crate::replica::meta_key::FORMAT`].
pub(crate) fn encode_store_version() -> Vec<u8> {
    seal(VERSION_KIND, &[])
}

/// The store's version.
pub(crate) fn decode_store_version(bytes: &[u8]) -> Result<Version, Damage> {
    unseal(VERSION_KIND, bytes).map(|(version, _)| version)
}
