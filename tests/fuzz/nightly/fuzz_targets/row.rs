//! The target `row` for cargo-fuzz.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    tongxing_fuzz::row(bytes);
});
