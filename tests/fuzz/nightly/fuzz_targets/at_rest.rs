//! The target `at_rest` for cargo-fuzz.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    tongxing_fuzz::at_rest(bytes);
});
