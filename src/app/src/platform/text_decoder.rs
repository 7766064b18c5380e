//! The browser's own decoder of GB18030, so that its tables do not weigh on the page.

use web_sys::{TextDecoder, TextDecoderOptions};

/// Decodes GB18030 strictly: `None` when a single byte does not fit. It is what
/// [`tongxing_domain::import::decode`](mod@tongxing_domain::import::decode) asks of its caller.
#[must_use]
pub fn gb18030(bytes: &[u8]) -> Option<String> {
    let options = TextDecoderOptions::new();
    options.set_fatal(true);
    TextDecoder::new_with_label_and_options("gb18030", &options)
        .ok()?
        .decode_with_u8_array(bytes)
        .ok()
}
