//! A document in which a source goes on, and what is remembered of it.

use serde::Deserialize;
use serde::Serialize;
use url::Url;

use super::Validators;

/// A child of a source: a sitemap that its index names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Child {
    /// What is asked for.
    pub url: Url,
    /// When it last changed, as the index has it; without it the child is asked at every poll.
    pub modified: Option<String>,
    /// Of the last answer that was read.
    pub validators: Validators,
    /// Hash of the last body that was read.
    pub body_hash: Option<String>,
    /// It is to be asked.
    pub due: bool,
}
