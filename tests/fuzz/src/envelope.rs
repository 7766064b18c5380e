//! Envelopes and blobs: as an endpoint may hand them out, and as a member's own key may have sealed them.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use tongxing_sync::blob::{self, Address};
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
/// Derives the key of blobs.
const BLOBS: &str = "Tongxing 2026-11-30 blobs";

/// The sealer of that team.
pub(crate) fn sealer() -> Sealer {
    Sealer::new(TEAM, &TeamKey::new(KEY))
}

/// An envelope or a blob with any plaintext, which the crate itself would not seal.
fn sealed(context: &str, plaintext: &[u8], place: &[u8]) -> Option<Vec<u8>> {
    let cipher = XChaCha20Poly1305::new(&blake3::derive_key(context, &KEY).into());
    let associated = [&TEAM.0[..], place, &[1]].concat();
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

/// Takes bytes as a blob, and as the plaintext within one.
fn opens_as_blob(bytes: &[u8]) -> bool {
    let sealer = blob::Sealer::new(TEAM, &TeamKey::new(KEY));
    let (address, rest) = match bytes.split_first_chunk() {
        Some((address, rest)) => (Address(*address), rest),
        None => (Address([0; 32]), bytes),
    };
    let opens = |address: Address, sealed: &[u8]| {
        let Ok(blob) = sealer.open(address, sealed) else {
            return false;
        };
        assert_eq!(
            sealer.address(&blob),
            address,
            "a blob opens at another's place"
        );
        let again = sealer.seal(&blob).map(|again| sealer.open(address, &again));
        assert_eq!(again, Ok(Ok(blob)));
        true
    };
    // What a member may have sealed at the place of its content.
    let content = rest
        .split_first_chunk::<4>()
        .and_then(|(length, content)| content.get(..u32::from_be_bytes(*length) as usize));
    let place = sealer.address(content.unwrap_or_default());
    let within = sealed(BLOBS, rest, &place.0).is_some_and(|sealed| opens(place, &sealed));
    opens(address, rest) || within
}

/// Takes bytes as an envelope, as the plaintext within one, and as a blob.
pub fn envelope(bytes: &[u8]) -> bool {
    let sealer = sealer();
    let (blind, rest) = match bytes.split_first_chunk() {
        Some((blind, rest)) => (BlindId(*blind), rest),
        None => (BlindId([0; 16]), bytes),
    };
    let raw = opens_as_blob(bytes) | opens(&sealer, blind, rest);
    let key: [u8; RowKey::BYTES] = match bytes.first_chunk() {
        Some(key) => *key,
        None => return raw,
    };
    let blind = sealer.blind(RowKey::from_bytes(key));
    let within =
        sealed(CONTEXT, bytes, &blind.0).is_some_and(|envelope| opens(&sealer, blind, &envelope));
    let _ = sealer.open_name(bytes);
    raw || within
}
