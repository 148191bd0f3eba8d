//! Names of companies, funds and people: folding, aliases, the table.
//!
//! # Invariants
//!
//! - One id per organisation or person, whatever script or spelling its name is printed in.
//! - A folded text has as many characters as the text it came from, so that what is found in it
//!   can be shown in the words of the original.
//! - Same table and same text, same answer: no clock, no randomness, no files. The shipped table
//!   is compiled in.
//!
//! # Not here
//!
//! Which words of a sentence are a party of a deal is decided in `extract`; whether two deals are
//! one, in `resolve`.

mod beside;
mod build;
pub mod fold;
mod matching;
mod meaning;
mod name;
mod problem;
mod read;
mod sound;
mod table;
mod trade;

pub use beside::names_beside;
pub use fold::View;
pub use fold::fold;
pub use matching::Hit;
pub use meaning::translated;
pub use name::{fold_name, fold_spelling};
pub use problem::{Error, Problem};
pub use sound::{openings, sounds_like, spellings};
pub use table::{Entity, EntityKind, EntityTable, Name, Reach};
pub use trade::Trades;
