//! Tells receivers what changed: reads owed messages from the outbox and delivers them.
//!
//! # Invariants
//!
//! - What is owed stands in the outbox before anything is sent; it leaves it only after the
//!   receiver's answer is stored. A crash repeats at most the one delivery in flight per receiver,
//!   with the same idempotency key.
//! - A message shows the record as it is when it is first tried, and says the same in every
//!   attempt.
//! - One receiver's trouble delays no other.

pub mod dispatch;
pub mod message;
pub mod notifier;
pub mod settings;

pub use settings::Settings;
