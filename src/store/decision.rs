//! What people decided. Later clusterings honour it; it can be undone, never forgotten.
//!
//! Merges and splits bind mentions ([`bind`]). A reading that replaces a mention does not undo a
//! decision about it: the one of the same article that says the same, or nearly, takes its place
//! ([`bound`]).

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::OptionalExtension as _;
use rusqlite::Row;
use rusqlite::Transaction;
use rusqlite::named_params;
use serde_json::Value;

use super::StoreError;
use super::mention::Block;
use super::value::At;
use super::value::Json;
use super::value::Word;
use super::value::time;
use crate::domain::ArticleId;
use crate::domain::DealId;
use crate::domain::EntityId;
use crate::domain::Mention;
use crate::domain::MentionId;
use crate::domain::Said;
use crate::domain::kind::words;

words!(
    /// What a decision is about.
    DecisionKind, "kind of decision" {
        /// Two deals are one.
        Merge = "merge",
        /// Some articles tell another deal.
        Split = "split",
        /// A field has this value.
        Set = "set",
        /// It is no deal.
        Dismiss = "dismiss",
        /// No messages about it.
        Silence = "silence",
        /// About the entity table.
        Entity = "entity",
    }
);

/// A decision as it is kept; the shape of `payload` belongs to `decide`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Its row.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// Who, as the socket or the shell knows them.
    pub who: String,
    /// About what.
    pub kind: DecisionKind,
    /// The rest.
    pub payload: Value,
    /// When it was taken back.
    pub undone_at: Option<Timestamp>,
    /// By whom.
    pub undone_by: Option<String>,
}

impl Decision {
    /// Who decided, why, and the decision's number, for those who ask what it led to.
    pub fn words(&self) -> String {
        let because = self.because().map(|because| format!(": {because}")).unwrap_or_default();
        format!("{} decided so (decision {}){because}", self.who, self.id)
    }

    /// The reason that was given.
    pub fn because(&self) -> Option<&str> {
        self.payload.get("because")?.as_str()
    }

    /// For a value that was given to a field, the value; `None` when it was taken back.
    pub fn set(&self) -> Option<Said> {
        if self.kind != DecisionKind::Set || self.undone_at.is_some() {
            return None;
        }
        Some(Said {
            decision: self.id,
            field: self.payload.get("field")?.as_str()?.parse().ok()?,
            value: self.payload.get("value")?.clone(),
            raw: self.payload.get("raw").and_then(Value::as_str).map(str::to_owned),
            who: self.who.clone(),
            because: self.because().map(str::to_owned),
            at: self.at,
        })
    }
}

/// Which side of a merge or a split a mention is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The first; of a split, what was told apart.
    One,
    /// The other.
    Other,
}

impl Side {
    fn number(self) -> i64 {
        match self {
            Side::One => 1,
            Side::Other => 2,
        }
    }
}

/// A mention that a decision binds, as its article is read today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// The mention.
    pub mention: MentionId,
    /// Where it is clustered.
    pub block: Block,
    /// Its side.
    pub side: Side,
    /// The deal that had it when it was decided.
    pub deal: DealId,
}

/// What has to be done after a decision was taken or taken back, in the same transaction.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Redo {
    /// Blocks to be resolved again.
    pub blocks: BTreeSet<Block>,
    /// Deals whose numbers mentions are to keep.
    pub numbers: BTreeMap<MentionId, DealId>,
    /// Deals of which nobody is told who was told of the second: they are owed a correction of it.
    pub told: Vec<(DealId, DealId)>,
}

/// Keeps a decision; returns its number.
pub fn add(
    tx: &Transaction<'_>,
    who: &str,
    kind: DecisionKind,
    payload: &Value,
    now: Timestamp,
) -> Result<i64, StoreError> {
    let params = named_params! {
        ":at": At(now), ":who": who, ":kind": Word(kind), ":payload": Json(payload),
    };
    Ok(tx
        .prepare_cached(include_str!("sql/decision_add.sql"))?
        .query_row(params, |row| row.get(0))?)
}

/// Every decision, oldest first, those that were taken back included.
pub fn list(conn: &Connection) -> Result<Vec<Decision>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("sql/decision_list.sql"))?;
    let rows = statement.query_map([], decision)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One decision.
pub fn load(conn: &Connection, id: i64) -> Result<Option<Decision>, StoreError> {
    let found = conn
        .prepare_cached(include_str!("sql/decision_load.sql"))?
        .query_row(named_params! { ":id": id }, decision)
        .optional()?;
    Ok(found)
}

/// Every decision about a deal, or about one that became part of it, oldest first; those that
/// were taken back included.
pub fn of_deal(conn: &Connection, deal: DealId) -> Result<Vec<Decision>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("sql/decision_of_deal.sql"))?;
    let rows = statement.query_map(named_params! { ":deal_id": deal.0 }, decision)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether any decision binds mentions: most logs have none, and need not ask for each article.
pub fn any_bound(conn: &Connection) -> Result<bool, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("sql/decision_any_bound.sql"))?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// The decisions in force that bind mentions of an article, oldest first.
pub fn of_article(conn: &Connection, article: ArticleId) -> Result<Vec<Decision>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("sql/decision_of_article.sql"))?;
    let rows = statement.query_map(named_params! { ":article_id": article.0 }, decision)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Says which deal a decision is about.
pub fn concerns(tx: &Transaction<'_>, id: i64, deal: DealId) -> Result<(), StoreError> {
    let params = named_params! { ":decision_id": id, ":deal_id": deal.0 };
    tx.prepare_cached(include_str!("sql/decision_deal_add.sql"))?.execute(params)?;
    Ok(())
}

/// Makes a decision bind a mention.
pub fn bind(
    tx: &Transaction<'_>,
    id: i64,
    mention: MentionId,
    side: Side,
    deal: DealId,
) -> Result<(), StoreError> {
    tx.prepare_cached(include_str!("sql/decision_mention_add.sql"))?.execute(named_params! {
        ":decision_id": id,
        ":mention_id": mention.0,
        ":side": side.number(),
        ":deal_id": deal.0,
    })?;
    Ok(())
}

/// The mentions that a decision binds, as their articles are read today.
///
/// A mention that is no longer made is answered with the one of its article that has its block,
/// or at least its group of kinds, and agrees in most facts; where there is none it binds nothing.
pub fn bound(conn: &Connection, id: i64) -> Result<Vec<Bound>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("sql/decision_mentions.sql"))?;
    let rows = statement.query_map(named_params! { ":decision_id": id }, |row| {
        let side = if row.get::<_, i64>("side")? == 1 { Side::One } else { Side::Other };
        Ok((side, DealId(row.get("decided_deal")?), seen(row)?))
    })?;
    let decided: Vec<(Side, DealId, Seen)> = rows.collect::<Result<_, _>>()?;
    let mut taken: BTreeSet<MentionId> =
        decided.iter().filter(|(_, _, seen)| seen.current).map(|(_, _, seen)| seen.id).collect();
    let mut bound = Vec::with_capacity(decided.len());
    for (side, deal, was) in decided {
        let now =
            if was.current { Some(was) } else { heir(readings(conn, was.article)?, &was, &taken) };
        if let Some(now) = now {
            taken.insert(now.id);
            bound.push(Bound { mention: now.id, block: now.block, side, deal });
        }
    }
    Ok(bound)
}

/// What an article is read to say today.
fn readings(conn: &Connection, article: ArticleId) -> Result<Vec<Seen>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("sql/mention_of_article_bound.sql"))?;
    let rows = statement.query_map(named_params! { ":article_id": article.0 }, seen)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The reading that took the place of an earlier one.
fn heir(readings: Vec<Seen>, was: &Seen, taken: &BTreeSet<MentionId>) -> Option<Seen> {
    let likeness = |now: &Seen| {
        let (one, other) = (&was.mention, &now.mention);
        let same = [
            was.block == now.block,
            one.main == other.main,
            one.kind == other.kind,
            one.round == other.round,
            one.amount.as_ref().map(|sum| (sum.min, sum.max))
                == other.amount.as_ref().map(|sum| (sum.min, sum.max)),
            one.acquirers == other.acquirers,
            was.ordinal == now.ordinal,
        ];
        same.into_iter().filter(|same| *same).count()
    };
    readings
        .into_iter()
        .filter(|now| now.block.group == was.block.group || now.block.target == was.block.target)
        .max_by_key(|now| (!taken.contains(&now.id), likeness(now), std::cmp::Reverse(now.ordinal)))
}

/// A mention as a decision sees it.
struct Seen {
    id: MentionId,
    article: ArticleId,
    current: bool,
    ordinal: u32,
    block: Block,
    mention: Mention,
}

fn seen(row: &Row<'_>) -> rusqlite::Result<Seen> {
    Ok(Seen {
        id: MentionId(row.get("id")?),
        article: ArticleId(row.get("article_id")?),
        current: row.get("current")?,
        ordinal: row.get("ordinal")?,
        block: Block {
            target: EntityId(row.get("target_key")?),
            group: row.get::<_, Word<_>>("kind_group")?.0,
        },
        mention: row.get::<_, Json<_>>("facts")?.0,
    })
}

/// Takes a decision back; returns whether it stood.
pub fn undo(tx: &Transaction<'_>, id: i64, who: &str, now: Timestamp) -> Result<bool, StoreError> {
    let params = named_params! { ":id": id, ":who": who, ":now": At(now) };
    Ok(tx.prepare_cached(include_str!("sql/decision_undo.sql"))?.execute(params)? > 0)
}

fn decision(row: &Row<'_>) -> rusqlite::Result<Decision> {
    Ok(Decision {
        id: row.get("id")?,
        at: row.get::<_, At>("at")?.0,
        who: row.get("who")?,
        kind: row.get::<_, Word<_>>("kind")?.0,
        payload: row.get::<_, Json<_>>("payload")?.0,
        undone_at: time(row.get("undone_at")?),
        undone_by: row.get("undone_by")?,
    })
}
