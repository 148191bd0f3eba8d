//! Identifiers, each its own type.

use std::fmt;

use serde::Deserialize;
use serde::Serialize;

macro_rules! row_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

macro_rules! slug_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The identifier as it is written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}

row_id!(
    /// An article in the log.
    ArticleId
);
row_id!(
    /// One deal as one article states it, in the log.
    MentionId
);
row_id!(
    /// A deal; it keeps its number for ever, also after a merge.
    DealId
);
slug_id!(
    /// A configured source, as its configuration names it.
    SourceId
);
slug_id!(
    /// A company, fund or person: a slug of the entity table, or `name:…` for a provisional one.
    EntityId
);

impl EntityId {
    /// The id of an entity of the table, such as `moonshot-ai`: small letters, digits and single
    /// hyphens. Returns `None` for anything else.
    pub fn from_slug(slug: &str) -> Option<EntityId> {
        let plain = |part: &str| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        slug.split('-').all(plain).then(|| EntityId(slug.to_owned()))
    }

    /// The id of a company that no table knows, by the key of its name.
    pub fn provisional(folded_name: &str) -> EntityId {
        EntityId(format!("name:{folded_name}"))
    }
}
