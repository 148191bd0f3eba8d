//! See `dealwatch::parse::targets::url_canonical`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| dealwatch::parse::targets::url_canonical(bytes));
