//! See `dealwatch::parse::targets::charset_decode`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| dealwatch::parse::targets::charset_decode(bytes));
