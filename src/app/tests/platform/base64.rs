//! Bytes as text in JSON and headers.

use tongxing_app::platform::base64::{decode, encode};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn texts_are_those_of_the_standard() {
    // RFC 4648, section 10, and the two letters that differ in section 5.
    for (bytes, text) in [
        (&b""[..], ""),
        (b"f", "Zg"),
        (b"fo", "Zm8"),
        (b"foobar", "Zm9vYmFy"),
        (&[0xFB, 0xEF, 0xFF], "--__"),
    ] {
        assert_eq!(*encode(bytes), text);
        assert_eq!(decode(text).as_deref(), Some(bytes));
    }
    let all: Vec<u8> = (0..=255).collect();
    assert_eq!(decode(&encode(&all)), Some(all));
}

#[wasm_bindgen_test]
fn what_is_no_such_text_is_refused() {
    for text in ["Zg$", "Zm9v中", "A"] {
        assert_eq!(decode(text), None, "{text}");
    }
}
