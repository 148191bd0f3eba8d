//! See `dealwatch::parse::targets::feed_repair`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| dealwatch::parse::targets::feed_repair(bytes));
