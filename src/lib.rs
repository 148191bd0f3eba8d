//! The map of the crate.
//!
//! Data goes one way: `source → fetch → parse → extract → resolve → store`, then out through
//! `alert` and `query`. [`pipeline`] is the one place that knows the order; `tests/it/layers.rs`
//! holds which module may import which.
//!
//! # Invariants
//!
//! - `entity`, `extract`, `resolve` and `source` are pure: no input or output, no clock, no
//!   randomness.
//! - `store` alone knows SQL; `http` alone opens connections to the outside.
//! - Only `daemon` and `cli` read the clock, the environment and signals.

pub mod alert;
pub mod cli;
pub mod config;
pub mod daemon;
pub mod decide;
pub mod domain;
pub mod entity;
pub mod extract;
pub mod fetch;
pub mod http;
pub mod newsroom;
pub mod parse;
pub mod pipeline;
pub mod query;
pub mod resolve;
pub mod source;
pub mod store;
pub mod web;
