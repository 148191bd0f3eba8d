//! See `dealwatch::parse::targets::date_read`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| dealwatch::parse::targets::date_read(bytes));
