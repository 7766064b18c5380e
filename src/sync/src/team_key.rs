//! The team's key, which never leaves its members' devices, and the keys derived from it.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::wire::{KeyCheck, TeamId};

/// The 256 bits that only the members of a team know. Overwritten when dropped, never printed.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct TeamKey([u8; 32]);

/// What a key is derived for. The texts are part of the format: they never change.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Purpose {
    BlobAddresses,
    BlobNonces,
    Blobs,
    BlindIds,
    Envelopes,
    KeyCheck,
    Names,
}

impl Purpose {
    const fn context(self) -> &'static str {
        match self {
            Self::BlobAddresses => "Tongxing 2026-11-30 blob addresses",
            Self::BlobNonces => "Tongxing 2026-11-30 blob nonces",
            Self::Blobs => "Tongxing 2026-11-30 blobs",
            Self::BlindIds => "Tongxing 2026-11-26 blind row ids",
            Self::Envelopes => "Tongxing 2026-11-26 row envelopes",
            Self::KeyCheck => "Tongxing 2026-11-26 key check",
            Self::Names => "Tongxing 2026-11-26 member names",
        }
    }
}

impl TeamKey {
    /// Length of the key.
    pub const BYTES: usize = 32;

    /// Takes 32 bytes as a key. A new team's must come from a source fit for cryptography.
    #[must_use]
    pub const fn new(bytes: [u8; Self::BYTES]) -> Self {
        Self(bytes)
    }

    /// The bytes, to be kept on the device or handed to a new member, and nowhere else.
    #[must_use]
    pub const fn expose(&self) -> &[u8; Self::BYTES] {
        &self.0
    }

    /// BLAKE3 in its mode for deriving keys, one for each purpose.
    pub(crate) fn derive(&self, purpose: Purpose) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(blake3::derive_key(purpose.context(), &self.0))
    }

    /// What the endpoint keeps for new members to compare with. It tells nothing of the key: the
    /// first 16 bytes of a keyed BLAKE3 of the team's id.
    #[must_use]
    pub fn check(&self, team: TeamId) -> KeyCheck {
        let hash = blake3::keyed_hash(&self.derive(Purpose::KeyCheck), &team.0);
        KeyCheck(first_half(&hash))
    }
}

impl fmt::Debug for TeamKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TeamKey(not shown)")
    }
}

/// The first 16 bytes of a hash.
pub(crate) fn first_half(hash: &blake3::Hash) -> [u8; 16] {
    let mut half = [0; 16];
    for (ours, theirs) in half.iter_mut().zip(hash.as_bytes()) {
        *ours = *theirs;
    }
    half
}
