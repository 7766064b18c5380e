//! Envelopes: as an endpoint may hand them out, and as a member's own key may have sealed them.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use tongxing_sync::envelope::{Nonce, Sealer};
use tongxing_sync::row::RowKey;
use tongxing_sync::team_key::TeamKey;
use tongxing_sync::wire::{BlindId, TeamId};

/// The team that everything is sealed for.
pub(crate) const TEAM: TeamId = TeamId([7; 16]);
/// Its key's bytes.
pub(crate) const KEY: [u8; 32] = [0x42; 32];

/// Derives the key of envelopes as `team_key` lays it down.
const CONTEXT: &str = "Tongxing 2026-11-26 row envelopes";

/// The sealer of that team.
pub(crate) fn sealer() -> Sealer {
    Sealer::new(TEAM, &TeamKey::new(KEY))
}

/// An envelope with any plaintext, which the crate itself would not seal.
fn sealed(plaintext: &[u8], blind: BlindId) -> Option<Vec<u8>> {
    let cipher = XChaCha20Poly1305::new(&blake3::derive_key(CONTEXT, &KEY).into());
    let associated = [&TEAM.0[..], &blind.0, &[1]].concat();
    let payload = Payload {
        msg: plaintext,
        aad: &associated,
    };
    let ciphertext = cipher.encrypt(&XNonce::from([9; 24]), payload).ok()?;
    Some([&[1][..], &[9; 24], &ciphertext].concat())
}

fn opens(sealer: &Sealer, blind: BlindId, envelope: &[u8]) -> bool {
    let Ok((key, row)) = sealer.open(blind, envelope) else {
        return false;
    };
    assert_eq!(
        sealer.blind(key),
        blind,
        "an envelope opens for another row"
    );
    if let Ok(again) = sealer.seal(key, &row, Nonce([3; Nonce::BYTES])) {
        assert_eq!(sealer.open(blind, &again), Ok((key, row)));
    }
    true
}

/// Takes bytes as an envelope, and as the plaintext within one.
pub fn envelope(bytes: &[u8]) -> bool {
    let sealer = sealer();
    let (blind, rest) = match bytes.split_first_chunk() {
        Some((blind, rest)) => (BlindId(*blind), rest),
        None => (BlindId([0; 16]), bytes),
    };
    let raw = opens(&sealer, blind, rest);
    let key: [u8; RowKey::BYTES] = match bytes.first_chunk() {
        Some(key) => *key,
        None => return raw,
    };
    let blind = sealer.blind(RowKey::from_bytes(key));
    let within = sealed(bytes, blind).is_some_and(|envelope| opens(&sealer, blind, &envelope));
    let _ = sealer.open_name(bytes);
    raw || within
}
