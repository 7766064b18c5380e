//! URL-safe base64 without padding (RFC 4648, section 5), written and read by the browser.

use zeroize::Zeroizing;

/// The text of some bytes; empty where the browser refuses, which none does.
#[must_use]
pub fn encode(bytes: &[u8]) -> Zeroizing<String> {
    // Each byte as one character, as the browser wants it.
    let binary: Zeroizing<String> =
        Zeroizing::new(bytes.iter().map(|byte| char::from(*byte)).collect());
    let text = web_sys::window().and_then(|window| window.btoa(&binary).ok());
    let text = text.unwrap_or_default();
    Zeroizing::new(
        text.trim_end_matches('=')
            .chars()
            .map(|letter| match letter {
                '+' => '-',
                '/' => '_',
                other => other,
            })
            .collect(),
    )
}

/// The bytes of a text; `None` if it is none.
#[must_use]
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let plain: String = text
        .chars()
        .map(|letter| match letter {
            '-' => '+',
            '_' => '/',
            other => other,
        })
        .collect();
    let binary = web_sys::window()?.atob(&plain).ok()?;
    binary
        .chars()
        .map(|letter| u8::try_from(u32::from(letter)).ok())
        .collect()
}
