//! Bytes as text in paths, headers and JSON: URL-safe base64 without padding.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The text of some bytes.
pub(crate) fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Exactly `N` bytes of a text.
pub(crate) fn decode<const N: usize>(text: &str) -> Option<[u8; N]> {
    // Nothing longer can be right, so nothing longer is decoded.
    if text.len() != N.saturating_mul(4).div_ceil(3) {
        return None;
    }
    URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()
}

/// At most `limit` bytes of a text.
pub(crate) fn decode_up_to(limit: usize, text: &str) -> Option<Vec<u8>> {
    if text.len() > limit.saturating_mul(4).div_ceil(3) {
        return None;
    }
    URL_SAFE_NO_PAD.decode(text).ok()
}
