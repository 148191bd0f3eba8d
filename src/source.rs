//! Which sources there are, and when each is asked next.
//!
//! # Invariants
//!
//! - Pure: `now` and the jitter are arguments; the same arguments give the same answer.
//! - No source is asked before the server's own floor (`max-age`, `Retry-After`), and none later
//!   than the caps of [`cadence`], unless it has stopped or its skip hours say so.
//! - Of one host at most one source is due at a time.
//!
//! # Not here
//!
//! The requests themselves ([`crate::fetch`]) and the clock (the daemon's).

pub mod cadence;
pub mod catalogue;
pub mod children;
pub mod due;
pub mod flood;
pub mod freshness;
pub mod host;
pub mod landing;
pub mod moved;
pub mod own;
pub mod propose;
pub mod registry;
pub mod request;
pub mod rhythm;
pub mod template;

pub use cadence::Failure;
pub use cadence::Hints;
pub use cadence::Outcome;
pub use cadence::next_poll;
pub use due::States;
pub use due::due;
pub use due::mend;
pub use due::next_due;
pub use due::spread;
pub use host::Budget;
pub use host::HostState;
pub use host::Hosts;
pub use host::host_key;
pub use landing::Landing;
pub use registry::Registry;
pub use request::needs_contact;
pub use request::request;
pub use rhythm::Seen;

#[cfg(test)]
pub(crate) mod tests {
    use crate::domain::Source;
    use crate::domain::SourceClass;
    use crate::domain::SourceKind;

    /// A feed that is asked every 15 minutes.
    pub(crate) fn source(id: &str, url: &str) -> Source {
        Source {
            id: id.into(),
            name: id.to_owned(),
            kind: SourceKind::Feed,
            url: url.parse().unwrap(),
            language: None,
            country: None,
            class: SourceClass::Media,
            every_secs: 900,
            enabled: true,
            utc_offset_minutes: None,
            allow_private: false,
            selectors: None,
            notes: None,
            recipe: crate::domain::Recipe::default(),
        }
    }
}
