//! Answers questions about the log: the one public shape of a deal.
//!
//! # Invariants
//!
//! - What the shell prints, the API answers and a message shows of a deal is a [`DealView`].
//! - Full texts of articles do not leave the log: sentences, titles and links do.
//! - Every answer is read in one state of the log: the functions take the connection of one
//!   [`crate::store::Store::read`].
//!
//! ```no_run
//! # async fn ask(
//! #     store: &dealwatch::store::Store,
//! #     rates: std::sync::Arc<dealwatch::domain::Rates>,
//! #     now: jiff::Timestamp,
//! # ) -> Result<(), Box<dyn std::error::Error>> {
//! use dealwatch::entity::View;
//! use dealwatch::query;
//! use dealwatch::store::Context;
//!
//! let request = query::Request { filter: "amount>=100M".parse()?, ..Default::default() };
//! let page = store
//!     .read(move |conn| {
//!         let context = Context { now, rates: &rates, fold: |text| View::new(text).text };
//!         query::deals(conn, &request, &context)
//!     })
//!     .await?;
//! # drop(page);
//! # Ok(())
//! # }
//! ```
//!
//! # Not here
//!
//! Tables for the terminal are laid out in `cli`; what people decide is in `decide`.

mod decision;
mod entity;
mod event;
pub mod export;
mod history;
mod list;
pub mod plain;
mod replayed;
mod search;
pub mod source;
mod stats;
mod status;
mod story;
mod view;
mod why;

pub use decision::DecisionView;
pub use decision::decisions;
pub use entity::ArticleTitle;
pub use entity::EntityView;
pub use entity::NameView;
pub use entity::Origin as NameOrigin;
pub use entity::entities;
pub use entity::entity;
pub use event::EventView;
pub use event::events;
pub use event::last_seq;
pub use history::ChangeView;
pub use history::Episode;
pub use history::History;
pub use history::changes_since;
pub use history::history;
pub use list::BadCursor;
pub use list::Cursor;
pub use list::Page;
pub use list::Request;
pub use list::deal;
pub use list::deals;
pub use list::each_deal;
pub use replayed::Moved;
pub use replayed::Outcome;
pub use replayed::Replayed;
pub use replayed::Tally;
pub use replayed::replayed;
pub use search::ArticleHit;
pub use search::Hits;
pub use search::search;
pub use source::HostPause;
pub use source::SourceReport;
pub use stats::LanguageStats;
pub use stats::SourceStats;
pub use stats::Stats;
pub use stats::stats;
pub use status::SourceHealth;
pub use status::SourceView;
pub use status::sources;
pub use status::stages;
pub use story::Absorbed;
pub use story::LifeStep;
pub use story::Price;
pub use story::Saying;
pub use view::ConflictView;
pub use view::DealView;
pub use view::Quote;
pub use view::SourceRef;
pub use view::StatusView;
pub use view::Withdrawn;
pub use why::MentionView;
pub use why::Reason;
pub use why::Why;
pub use why::why;

// What an asker names; `web` knows the log through here alone.
pub use crate::store::Context;
pub use crate::store::Store;
pub use crate::store::StoreError;
pub use crate::store::deal::Event;
pub use crate::store::filter::Sort;
pub use crate::store::rusqlite::Connection;

#[cfg(test)]
mod tests;
