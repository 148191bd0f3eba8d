//! The words of the product as types.
//!
//! # Invariants
//!
//! - No module of the crate is imported here; everything else imports this.
//! - Money is integers in whole currency units, all the way from the text.
//! - JSON names are the ones of the public interface; a change here changes it.

pub mod amount;
pub mod article;
pub mod as_of;
pub mod child;
pub mod date;
pub mod deal;
pub mod document;
pub mod filter;
pub mod health;
pub mod ids;
pub mod json_path;
pub mod kind;
pub mod measure;
pub mod mention;
pub mod politeness;
pub mod printable;
pub mod rates;
pub mod reach;
pub mod recipe;
pub mod round;
pub mod route;
pub mod secret;
pub mod source;
pub mod span;
pub mod state;
pub mod wire;

pub use amount::{Amount, Basis, Currency, Percent, Qualifier, Valuation};
pub use article::{Article, Entry, Lang, Publisher, TextKind};
pub use as_of::AsOf;
pub use child::Child;
pub use date::PartialDate;
pub use deal::{Cause, Conflict, DealFacts, FieldChange, Revision, Said, StatusStep};
pub use document::{Document, Purpose, Validator, Validators};
pub use filter::Filter;
pub use health::{Health, SourceNote};
pub use ids::{ArticleId, DealId, EntityId, MentionId, SourceId};
pub use kind::{DealKind, DealStatus, Doubt, Field, KindGroup, Terms};
pub use mention::{Evidence, Investor, Mention, Told};
pub use politeness::Politeness;
pub use printable::one_line;
pub use rates::{Rates, UsdRange};
pub use reach::Reach;
pub use recipe::{Ask, EdgarFilter, HeaderValue, JsonPaths, Method, Recipe};
pub use round::{RoundBase, RoundCode};
pub use route::{Route, Watcher};
pub use secret::{is_secret, place, shown, shown_text};
pub use source::{Selectors, Source, SourceClass, SourceKind};
pub use span::Span;
pub use state::{
    Flood, Hints, PollCause, PollCounts, Raised, Redirect, Rewritten, Rhythm, SourceState,
    SourceTrouble,
};
