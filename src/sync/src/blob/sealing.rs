//! Blobs sealed so that only members of the team can read them.
//!
//! ```text
//! sealed     := format:u8 nonce[24] ciphertext                         (integers big-endian)
//! ciphertext := XChaCha20-Poly1305 of plaintext, the tag's 16 bytes last
//! plaintext  := length:u32 bytes[length] 0*                            (padded as rows are)
//! with data  := team[16] address[32] format:u8
//! address    := keyed BLAKE3 of the bytes
//! nonce      := the first 24 bytes of BLAKE3 of the bytes, with another key
//! ```
//!
//! The nonce follows from the content, as in a synthetic-IV mode (Rogaway and Shrimpton, 2006): the
//! same blob is sealed to the same bytes on every device and in every run, so that sending it can go
//! on where it stopped. What that gives away, that two blobs are the same, their address tells
//! anyway; two that differ never share a nonce.

use std::fmt;

use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use thiserror::Error;
use zeroize::Zeroizing;

use super::MAX_BYTES;
use crate::bytes::{Reader, length};
use crate::cipher::{self, HEAD_BYTES, NONCE_BYTES, OVERHEAD};
use crate::envelope::padding::padded;
use crate::team_key::{Purpose, TeamKey};
use crate::wire::TeamId;

const FORMAT: u8 = 1;

/// Where the endpoint has a blob: a keyed hash of its content, which tells nothing of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(pub [u8; 32]);

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address(")?;
        for byte in &self.0 {
            write!(f, "{byte:02x}")?;
        }
        write!(f, ")")
    }
}

/// The blob has more than [`MAX_BYTES`]: it stays on this device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the blob has {bytes} bytes, {MAX_BYTES} are allowed")]
pub struct TooLong {
    /// How many bytes it has.
    pub bytes: usize,
}

/// Why a blob could not be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum OpenError {
    /// A newer version of the program sealed it: update the program.
    #[error("the blob has format {0}, which needs a newer version of the program")]
    NeedsNewerVersion(u8),
    /// It was sealed with another key, for another team or place, or altered on its way.
    #[error("the blob was not sealed by this team for this place, or has been altered")]
    Forged,
    /// A member's program sealed something else than it said.
    #[error("the blob does not hold what its address says")]
    Malformed,
}

/// Seals and opens the blobs of one team.
pub struct Sealer {
    team: TeamId,
    addresses: Zeroizing<[u8; 32]>,
    nonces: Zeroizing<[u8; 32]>,
    cipher: XChaCha20Poly1305,
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
        Self {
            team,
            addresses: key.derive(Purpose::BlobAddresses),
            nonces: key.derive(Purpose::BlobNonces),
            cipher: XChaCha20Poly1305::new(&(*key.derive(Purpose::Blobs)).into()),
        }
    }

    /// Where the endpoint is to have these bytes.
    #[must_use]
    pub fn address(&self, bytes: &[u8]) -> Address {
        Address(*blake3::keyed_hash(&self.addresses, bytes).as_bytes())
    }

    /// How many bytes a blob of this length has when it is sealed.
    #[must_use]
    pub const fn sealed_length(length: usize) -> usize {
        padded(4 + length) + OVERHEAD
    }

    fn associated(&self, address: Address, format: u8) -> [u8; 49] {
        let mut data = [format; 49];
        let parts = self.team.0.iter().chain(&address.0);
        for (place, byte) in data.iter_mut().zip(parts) {
            *place = *byte;
        }
        data
    }

    /// Seals a blob; always to the same bytes.
    ///
    /// # Errors
    /// [`TooLong`].
    pub fn seal(&self, bytes: &[u8]) -> Result<Vec<u8>, TooLong> {
        let too_long = TooLong { bytes: bytes.len() };
        if bytes.len() > MAX_BYTES {
            return Err(too_long);
        }
        let mut nonce = [0; NONCE_BYTES];
        let hash = blake3::keyed_hash(&self.nonces, bytes);
        for (place, byte) in nonce.iter_mut().zip(hash.as_bytes()) {
            *place = *byte;
        }
        let total = Self::sealed_length(bytes.len());
        let mut sealed = Vec::with_capacity(total);
        sealed.push(FORMAT);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(&length(bytes).to_be_bytes());
        sealed.extend_from_slice(bytes);
        sealed.resize(HEAD_BYTES + padded(4 + bytes.len()), 0);
        let data = self.associated(self.address(bytes), FORMAT);
        cipher::seal(&self.cipher, &data, sealed).ok_or(too_long)
    }

    /// Opens what the endpoint has at an address; never panics, whatever it is.
    ///
    /// # Errors
    /// Why it cannot be opened.
    pub fn open(&self, address: Address, sealed: &[u8]) -> Result<Vec<u8>, OpenError> {
        let format = *sealed.first().ok_or(OpenError::Forged)?;
        if format > FORMAT {
            return Err(OpenError::NeedsNewerVersion(format));
        }
        let data = self.associated(address, format);
        let plaintext = cipher::open(&self.cipher, &data, sealed).ok_or(OpenError::Forged)?;
        let bytes = unpack(&plaintext).ok_or(OpenError::Malformed)?;
        if self.address(bytes) != address {
            return Err(OpenError::Malformed);
        }
        Ok(bytes.to_vec())
    }
}

fn unpack(plaintext: &[u8]) -> Option<&[u8]> {
    let mut reader = Reader::new(plaintext);
    let length = usize::try_from(reader.u32()?).ok()?;
    let bytes = reader.take(length)?;
    let zeros = reader.rest().iter().all(|byte| *byte == 0);
    zeros.then_some(bytes)
}
