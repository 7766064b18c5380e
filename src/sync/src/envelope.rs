//! Envelopes: rows sealed so that only members of the team can read them.
//!
//! ```text
//! envelope  := format:u8 nonce[24] sealed                               (integers big-endian)
//! sealed    := XChaCha20-Poly1305 of plaintext, the tag's 16 bytes last
//! plaintext := table:u16 id[16] length:u32 row[length] 0*               (see `row`; `padding`)
//! with data := team[16] blind-id[16] format:u8
//! blind-id  := the first 16 bytes of keyed BLAKE3 of table:u16 id[16]
//! ```
//!
//! | format | change |
//! | --- | --- |
//! | 1 | as above |
//!
//! Sources: draft-irtf-cfrg-xchacha-03; O'Connor et al., "BLAKE3" (2020). Both keys are derived
//! from the team's ([`TeamKey`]). An endpoint that hands out an old envelope of a row, or one row
//! in place of another, gains nothing: joining the old one changes nothing, and the other does
//! not open.
//!
//! A member's name is sealed in the same way, with a key of its own:
//!
//! ```text
//! name      := format:u8 nonce[24] sealed, with data team[16] format:u8
//! plaintext := length:u8 utf-8[length] 0*                               (128 bytes in all)
//! ```
//!
//! What the endpoint does see: when rows come, how many, how often, and how long they are to
//! within the padding.

pub(crate) mod padding;

use std::fmt;

use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::bytes::{Reader, length};
use crate::cipher::{self, HEAD_BYTES, OVERHEAD};
use crate::row::{Row, RowError, RowKey};
use crate::team_key::{Purpose, TeamKey, first_half};
use crate::wire::{BlindId, MAX_ENVELOPE_BYTES, TeamId};

/// What this program writes.
const FORMAT: u8 = 1;
/// How much a sealed name holds, its length's byte included.
const NAME_BYTES: usize = 128;

/// Random bytes for one envelope. Draw them anew for each: with 192 bits they never meet again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nonce(pub [u8; Self::BYTES]);

impl Nonce {
    /// Length of a nonce.
    pub const BYTES: usize = cipher::NONCE_BYTES;
}

/// Why a row could not be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SealError {
    /// The row does not fit an envelope: it stays on this device. Shorten its longest texts.
    #[error("the row would take {bytes} bytes, {MAX_ENVELOPE_BYTES} are allowed")]
    TooLong {
        /// How long the envelope would be.
        bytes: usize,
    },
}

/// Why an envelope could not be opened. Leave it where it is: another member's, or a newer
/// version of the program, may be able to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum OpenError {
    /// A newer version of the program sealed it: update the program.
    #[error("the envelope has format {0}, which needs a newer version of the program")]
    NeedsNewerVersion(u8),
    /// It was sealed with another key, for another team or row, or altered on its way.
    #[error("the envelope was not sealed by this team for this row, or has been altered")]
    Forged,
    /// A member's program sealed something that is no row.
    #[error("the envelope does not hold a row in its form")]
    Malformed,
    /// A member's program sealed something that is no row.
    #[error(transparent)]
    Row(#[from] RowError),
}

/// Seals and opens the rows of one team.
pub struct Sealer {
    team: TeamId,
    blind_ids: Zeroizing<[u8; 32]>,
    cipher: XChaCha20Poly1305,
    names: XChaCha20Poly1305,
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealer")
            .field("team", &self.team)
            .finish_non_exhaustive()
    }
}

impl Sealer {
    /// Derives what is needed from the team's key.
    #[must_use]
    pub fn new(team: TeamId, key: &TeamKey) -> Self {
        let envelopes = key.derive(Purpose::Envelopes);
        Self {
            team,
            blind_ids: key.derive(Purpose::BlindIds),
            cipher: XChaCha20Poly1305::new(&(*envelopes).into()),
            names: XChaCha20Poly1305::new(&(*key.derive(Purpose::Names)).into()),
        }
    }

    /// A row's id as the endpoint sees it.
    #[must_use]
    pub fn blind(&self, key: RowKey) -> BlindId {
        BlindId(first_half(&blake3::keyed_hash(
            &self.blind_ids,
            &key.to_bytes(),
        )))
    }

    fn associated(&self, blind: BlindId, format: u8) -> [u8; 33] {
        let mut data = [format; 33];
        let parts = self.team.0.iter().chain(&blind.0);
        for (place, byte) in data.iter_mut().zip(parts) {
            *place = *byte;
        }
        data
    }

    /// Seals a row for the endpoint.
    ///
    /// # Errors
    /// [`SealError::TooLong`].
    pub fn seal(&self, key: RowKey, row: &Row, nonce: Nonce) -> Result<Vec<u8>, SealError> {
        let bytes = row.as_bytes();
        let padded = padding::padded(RowKey::BYTES + 4 + bytes.len());
        let total = padded + OVERHEAD;
        if total > MAX_ENVELOPE_BYTES {
            return Err(SealError::TooLong { bytes: total });
        }
        let mut envelope = Vec::with_capacity(total);
        envelope.push(FORMAT);
        envelope.extend_from_slice(&nonce.0);
        envelope.extend_from_slice(&key.to_bytes());
        envelope.extend_from_slice(&length(bytes).to_be_bytes());
        envelope.extend_from_slice(bytes);
        envelope.resize(HEAD_BYTES + padded, 0);
        let data = self.associated(self.blind(key), FORMAT);
        cipher::seal(&self.cipher, &data, envelope).ok_or(SealError::TooLong { bytes: total })
    }

    /// Opens the envelope that the endpoint has for `blind`; never panics, whatever it holds.
    ///
    /// # Errors
    /// Why it cannot be opened.
    pub fn open(&self, blind: BlindId, envelope: &[u8]) -> Result<(RowKey, Row), OpenError> {
        let format = *envelope.first().ok_or(OpenError::Forged)?;
        if format > FORMAT {
            return Err(OpenError::NeedsNewerVersion(format));
        }
        let data = self.associated(blind, format);
        let plaintext = cipher::open(&self.cipher, &data, envelope).ok_or(OpenError::Forged)?;
        let (key, row) = unpack(&plaintext).ok_or(OpenError::Malformed)?;
        if self.blind(key) != blind {
            return Err(OpenError::Malformed);
        }
        Ok((key, Row::decode(row)?))
    }

    fn associated_with_name(&self, format: u8) -> [u8; 17] {
        let mut data = [format; 17];
        for (place, byte) in data.iter_mut().zip(&self.team.0) {
            *place = *byte;
        }
        data
    }

    /// Seals how people call a member. What does not fit, from some forty Chinese characters on, is
    /// left off.
    #[must_use]
    pub fn seal_name(&self, name: &str, nonce: Nonce) -> Vec<u8> {
        let mut kept = name;
        while kept.len() >= NAME_BYTES {
            let mut letters = kept.chars();
            letters.next_back();
            kept = letters.as_str();
        }
        let mut sealed = vec![FORMAT];
        sealed.extend_from_slice(&nonce.0);
        // Shorter than 128, so it fits a byte.
        sealed.push(length(kept.as_bytes()) as u8);
        sealed.extend_from_slice(kept.as_bytes());
        sealed.resize(HEAD_BYTES + NAME_BYTES, 0);
        let data = self.associated_with_name(FORMAT);
        cipher::seal(&self.names, &data, sealed).unwrap_or_default()
    }

    /// Opens a member's name; `None` if this team did not seal it, or a newer version did.
    #[must_use]
    pub fn open_name(&self, sealed: &[u8]) -> Option<String> {
        let format = *sealed.first().filter(|format| **format == FORMAT)?;
        let data = self.associated_with_name(format);
        let plaintext = cipher::open(&self.names, &data, sealed)?;
        let (&length, rest) = plaintext.split_first()?;
        String::from_utf8(rest.get(..usize::from(length))?.to_vec()).ok()
    }
}

fn unpack(plaintext: &[u8]) -> Option<(RowKey, &[u8])> {
    let mut reader = Reader::new(plaintext);
    let key = RowKey::from_bytes(reader.array()?);
    let length = usize::try_from(reader.u32()?).ok()?;
    let row = reader.take(length)?;
    let zeros = reader.rest().iter().all(|byte| *byte == 0);
    zeros.then_some((key, row))
}
