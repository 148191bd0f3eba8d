//! What people decide, checked and stored.
//!
//! # Invariants
//!
//! - A decision is kept with who took it, when and why; taking it back keeps it as well.
//! - What is refused writes nothing.
//! - A decision changes no record by itself: it is kept, and [`Redo`] names what has to be
//!   resolved under it in the same transaction, as every later article is.
//!
//! # Not here
//!
//! How clustering and records honour a decision is in `resolve`.

mod deal;
mod entity;
mod undo;

use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;
use serde_json::Value;

use crate::domain::DealId;
use crate::domain::Field;
use crate::entity::EntityTable;
use crate::store::StoreError;
use crate::store::decision::Redo;
use crate::store::rusqlite::Transaction;

/// What a person decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "decide", rename_all = "snake_case", deny_unknown_fields)]
pub enum Decision {
    /// Two deals are one; the older number stays.
    Merge {
        /// One of them.
        one: DealId,
        /// The other.
        other: DealId,
        /// Why, for those who read the history.
        because: Option<String>,
    },
    /// What some articles tell is another deal.
    Split {
        /// The deal.
        deal: DealId,
        /// Articles of it, each by its number or the address of its page.
        articles: Vec<String>,
        /// Why.
        because: Option<String>,
    },
    /// Fields of a deal have these values.
    Set {
        /// The deal.
        deal: DealId,
        /// At least one.
        values: Vec<Given>,
        /// Why.
        because: Option<String>,
    },
    /// It is no deal: it leaves the listings and is told to nobody.
    Dismiss {
        /// The deal.
        deal: DealId,
        /// Why.
        because: Option<String>,
    },
    /// An entity has further names.
    Alias {
        /// A name or an id of it.
        of: String,
        /// The further names.
        names: Vec<String>,
        /// Why.
        because: Option<String>,
    },
    /// Two entities are one.
    MergeEntities {
        /// A name or an id of one.
        one: String,
        /// Of the other.
        other: String,
        /// Why.
        because: Option<String>,
    },
    /// A name means an entity of its own.
    SplitEntity {
        /// The name.
        name: String,
        /// Why.
        because: Option<String>,
    },
    /// Takes a decision back.
    Undo {
        /// The last one about this deal, unless a number is given.
        deal: Option<DealId>,
        /// The decision's number.
        decision: Option<i64>,
    },
}

/// A value that a person gives a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// Which.
    pub field: Field,
    /// As the record's JSON has it; `null` takes the value away.
    pub value: Value,
    /// As the person wrote it.
    pub raw: Option<String>,
}

/// What became of a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The decision's number; of one that was taken back, its own.
    pub decision: i64,
    /// The deal it is about now, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deal: Option<DealId>,
    /// What was done, for people.
    pub words: String,
}

/// A decision was not taken: it does not fit what is in the log. Says what to do instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refused(pub String);

/// The outer error rolls the transaction back; the inner one is what the person is told.
pub type Taken = Result<Result<(Answer, Redo), Refused>, StoreError>;

/// Takes a decision. What it returns has to be resolved in the same transaction.
pub fn take(
    tx: &Transaction<'_>,
    table: &EntityTable,
    who: &str,
    decision: &Decision,
    now: Timestamp,
) -> Taken {
    let desk = Desk { tx, table, who, now };
    flat(match decision {
        Decision::Merge { one, other, because } => desk.merge(*one, *other, because.as_deref()),
        Decision::Split { deal, articles, because } => {
            desk.split(*deal, articles, because.as_deref())
        }
        Decision::Set { deal, values, because } => desk.set(*deal, values, because.as_deref()),
        Decision::Dismiss { deal, because } => desk.dismiss(*deal, because.as_deref()),
        Decision::Alias { of, names, because } => desk.alias(of, names, because.as_deref()),
        Decision::MergeEntities { one, other, because } => {
            desk.join(one, other, because.as_deref())
        }
        Decision::SplitEntity { name, because } => desk.part_name(name, because.as_deref()),
        Decision::Undo { deal, decision } => desk.undo(*deal, *decision),
    })
}

/// Who decides where and when.
struct Desk<'a> {
    tx: &'a Transaction<'a>,
    table: &'a EntityTable,
    who: &'a str,
    now: Timestamp,
}

/// Why a decision is not taken.
enum Stop {
    Refused(Refused),
    Store(StoreError),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Stop::Store(error)
    }
}

fn refused<T>(words: impl Into<String>) -> Result<T, Stop> {
    Err(Stop::Refused(Refused(words.into())))
}

fn flat(outcome: Result<(Answer, Redo), Stop>) -> Taken {
    match outcome {
        Ok(done) => Ok(Ok(done)),
        Err(Stop::Refused(refused)) => Ok(Err(refused)),
        Err(Stop::Store(error)) => Err(error),
    }
}
