//! See `dealwatch::parse::targets::page_list`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| dealwatch::parse::targets::page_list(bytes));
