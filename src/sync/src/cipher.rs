//! XChaCha20-Poly1305, as everything is sealed with it that leaves a device:
//! `format:u8 nonce[24] ciphertext tag[16]`.

use chacha20poly1305::aead::AeadInOut;
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

pub(crate) const NONCE_BYTES: usize = 24;
const TAG_BYTES: usize = 16;
/// What stands before the ciphertext.
pub(crate) const HEAD_BYTES: usize = 1 + NONCE_BYTES;
/// How much longer than its plaintext something sealed is.
pub(crate) const OVERHEAD: usize = HEAD_BYTES + TAG_BYTES;

/// Seals the plaintext that stands behind format and nonce, in place. `None` only for more than the
/// cipher takes, which is 256 gigabytes.
pub(crate) fn seal(
    cipher: &XChaCha20Poly1305,
    associated: &[u8],
    mut bytes: Vec<u8>,
) -> Option<Vec<u8>> {
    let (head, plaintext) = bytes.split_at_mut_checked(HEAD_BYTES)?;
    let nonce: [u8; NONCE_BYTES] = *head.last_chunk()?;
    let sealed = cipher.encrypt_inout_detached(&XNonce::from(nonce), associated, plaintext.into());
    let tag = sealed.ok()?;
    bytes.extend_from_slice(&tag);
    Some(bytes)
}

/// The plaintext of what was sealed with this key and these associated data; `None` for anything else.
pub(crate) fn open(
    cipher: &XChaCha20Poly1305,
    associated: &[u8],
    sealed: &[u8],
) -> Option<Vec<u8>> {
    let (head, rest) = sealed.split_first_chunk::<HEAD_BYTES>()?;
    let nonce: [u8; NONCE_BYTES] = *head.last_chunk()?;
    let (ciphertext, tag) = rest.split_last_chunk::<TAG_BYTES>()?;
    let mut plaintext = ciphertext.to_vec();
    let buffer = plaintext.as_mut_slice().into();
    cipher
        .decrypt_inout_detached(&XNonce::from(nonce), associated, buffer, &(*tag).into())
        .ok()?;
    Some(plaintext)
}
