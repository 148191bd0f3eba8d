//! Questions about deals: records, histories, sources, events.

use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::OptionalExtension as _;
use rusqlite::Row;
use rusqlite::named_params;

use super::Event;
use crate::domain::ArticleId;
use crate::domain::Cause;
use crate::domain::DealFacts;
use crate::domain::DealId;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::EntityId;
use crate::domain::FieldChange;
use crate::domain::Lang;
use crate::domain::MentionId;
use crate::domain::Revision;
use crate::domain::SourceClass;
use crate::domain::SourceId;
use crate::domain::UsdRange;
use crate::store::StoreError;
use crate::store::mention::Block;
use crate::store::value::At;
use crate::store::value::Json;
use crate::store::value::Word;

/// A deal as the log has it now.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Its number.
    pub id: DealId,
    /// What is known.
    pub facts: DealFacts,
    /// The sum in dollars.
    pub amount_usd: Option<UsdRange>,
    /// The valuation in dollars.
    pub valuation_usd: Option<UsdRange>,
    /// When the log first knew it.
    pub first_seen_at: Timestamp,
    /// When a fact last changed.
    pub updated_at: Timestamp,
    /// The number of its last revision.
    pub revision: i64,
    /// A tombstone forwards there.
    pub merged_into: Option<DealId>,
    /// No article tells it any more.
    pub removed: bool,
    /// A person said that it is no deal.
    pub dismissed: bool,
    /// Why its mentions are one deal.
    pub reasons: Vec<String>,
}

/// Where a mention of a deal stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The mention.
    pub mention: MentionId,
    /// The article is read in this way today.
    pub current: bool,
    /// The deal is what the article is about.
    pub main: bool,
    /// The article.
    pub article: ArticleId,
    /// Its source.
    pub source: SourceId,
    /// The source's name for people.
    pub name: String,
    /// The class of the source.
    pub class: SourceClass,
    /// The article's language.
    pub lang: Lang,
    /// The article's title.
    pub title: String,
    /// The article's page.
    pub url: Option<String>,
    /// Published, else first seen.
    pub at: Timestamp,
}

/// A deal as one article tells it as news, with the deal's record.
#[derive(Debug, Clone, PartialEq)]
pub struct Telling {
    /// The deal.
    pub deal: DealId,
    /// The mention.
    pub mention: MentionId,
    /// How far the article says it is.
    pub status: DealStatus,
    /// The article's source.
    pub source: SourceId,
    /// The article's language.
    pub lang: Lang,
    /// Of the article's text: copies have the same.
    pub content_hash: String,
    /// Published, else first seen.
    pub at: Timestamp,
    /// What is known of the deal.
    pub facts: DealFacts,
}

/// A row of the history.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The revision.
    pub revision: Revision,
    /// What it is to those who mirror the log.
    pub event: Event,
    /// For a merge, the survivor.
    pub merged_into: Option<DealId>,
}

/// A deal's record; a tombstone is returned as such.
pub fn load(conn: &Connection, deal: DealId) -> Result<Option<Record>, StoreError> {
    let record = conn
        .prepare_cached(include_str!("../sql/deal_load.sql"))?
        .query_row(named_params! { ":id": deal.0 }, record)
        .optional()?;
    Ok(record)
}

/// Where a deal went: itself, unless it is a tombstone. `None` if there never was such a deal.
pub fn survivor(conn: &Connection, deal: DealId) -> Result<Option<DealId>, StoreError> {
    let id = conn
        .prepare_cached(include_str!("../sql/deal_survivor.sql"))?
        .query_row(named_params! { ":id": deal.0 }, |row| row.get(0))
        .optional()?;
    Ok(id.map(DealId))
}

/// The mentions of a deal and where they stand, oldest first; past readings included.
pub fn origins(conn: &Connection, deal: DealId) -> Result<Vec<Origin>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("../sql/deal_origins.sql"))?;
    let rows = statement.query_map(named_params! { ":deal_id": deal.0 }, origin)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// An article as an origin, whether or not it tells a deal; of no mention.
pub fn origin_of(conn: &Connection, article: ArticleId) -> Result<Origin, StoreError> {
    conn.prepare_cached(include_str!("../sql/article_origin.sql"))?
        .query_row(named_params! { ":id": article.0 }, origin)
        .optional()?
        .ok_or_else(|| StoreError::NotFound { what: "article", id: article.to_string() })
}

/// The deals that an article tells, by its current reading.
pub fn of_article(conn: &Connection, article: ArticleId) -> Result<Vec<DealId>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("../sql/deal_of_article.sql"))?;
    let rows = statement
        .query_map(named_params! { ":article_id": article.0 }, |row| row.get(0).map(DealId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A deal's revisions, oldest first.
pub fn history(conn: &Connection, deal: DealId) -> Result<Vec<Entry>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("../sql/revision_of_deal.sql"))?;
    let rows = statement.query_map(named_params! { ":deal_id": deal.0 }, entry)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What replays revised after a cursor, deal after deal, each deal's revisions in order.
pub fn replayed<E: From<StoreError>>(
    conn: &Connection,
    from_seq: i64,
    mut each: impl FnMut(Entry) -> Result<(), E>,
) -> Result<(), E> {
    let mut statement = conn
        .prepare_cached(include_str!("../sql/replay_revisions.sql"))
        .map_err(StoreError::from)?;
    let rows = statement
        .query_map(named_params! { ":from_seq": from_seq }, entry)
        .map_err(StoreError::from)?;
    for row in rows {
        each(row.map_err(StoreError::from)?)?;
    }
    Ok(())
}

/// Calls `each` for every article that tells a listed deal as news, deal after deal, each deal's
/// earliest first; of deals first seen since then, or of all.
pub fn each_telling(
    conn: &Connection,
    since: Option<Timestamp>,
    mut each: impl FnMut(Telling),
) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(include_str!("../sql/deal_tellings.sql"))?;
    let rows = statement.query_map(named_params! { ":since": since.map(At) }, |row| {
        Ok(Telling {
            deal: DealId(row.get("deal_id")?),
            mention: MentionId(row.get("mention_id")?),
            status: row.get::<_, Word<_>>("status")?.0,
            source: SourceId(row.get("source")?),
            lang: row.get::<_, Word<_>>("lang")?.0,
            content_hash: row.get("content_hash")?,
            at: row.get::<_, At>("at")?.0,
            facts: row.get::<_, Json<_>>("facts")?.0,
        })
    })?;
    for row in rows {
        each(row?);
    }
    Ok(())
}

/// The deals that became part of one, and when each did.
pub fn merged_into(
    conn: &Connection,
    deal: DealId,
) -> Result<Vec<(DealId, Timestamp)>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("../sql/deal_merged_into.sql"))?;
    let rows = statement.query_map(named_params! { ":id": deal.0 }, |row| {
        Ok((DealId(row.get("deal_id")?), row.get::<_, At>("at")?.0))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Deals after `after` that wait for more and were last heard of before `heard`, each with the
/// block it is resolved in.
pub fn silent(
    conn: &Connection,
    heard: Timestamp,
    after: DealId,
    limit: u32,
) -> Result<Vec<(DealId, Block)>, StoreError> {
    let params = named_params! { ":heard": At(heard), ":after": after.0, ":limit": limit };
    let mut statement = conn.prepare_cached(include_str!("../sql/deal_silent.sql"))?;
    let rows = statement.query_map(params, |row| {
        let group = row.get::<_, Word<DealKind>>("kind")?.0.group();
        Ok((DealId(row.get("id")?), Block { target: EntityId(row.get("target_key")?), group }))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One revision of a deal.
pub fn revision(
    conn: &Connection,
    deal: DealId,
    number: i64,
) -> Result<Option<Revision>, StoreError> {
    let params = named_params! { ":deal_id": deal.0, ":number": number };
    let entry = conn
        .prepare_cached(include_str!("../sql/revision_load.sql"))?
        .query_row(params, entry)
        .optional()?;
    Ok(entry.map(|entry| entry.revision))
}

/// What is different now from what an earlier revision said; empty if there is no such revision.
pub fn changes_since(
    conn: &Connection,
    deal: DealId,
    number: i64,
) -> Result<Vec<FieldChange>, StoreError> {
    let (before, now) = (revision(conn, deal, number)?, load(conn, deal)?);
    let both = before.zip(now);
    Ok(both.map_or_else(Vec::new, |(before, now)| {
        crate::store::diff::changes(Some(&before.facts), &now.facts)
    }))
}

/// The cursor behind the last revision of all; 0 in an empty log.
pub fn last_seq(conn: &Connection) -> Result<i64, StoreError> {
    Ok(conn
        .prepare_cached(include_str!("../sql/revision_last.sql"))?
        .query_row([], |row| row.get(0))?)
}

/// Revisions of all deals after a cursor, in order.
pub fn events(conn: &Connection, after: i64, limit: u32) -> Result<Vec<Entry>, StoreError> {
    let params = named_params! { ":after": after, ":limit": limit };
    let mut statement = conn.prepare_cached(include_str!("../sql/revision_after.sql"))?;
    let rows = statement.query_map(params, entry)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(in crate::store) fn record(row: &Row<'_>) -> rusqlite::Result<Record> {
    let reasons: Option<Json<Vec<String>>> = row.get("reasons")?;
    Ok(Record {
        id: DealId(row.get("id")?),
        facts: row.get::<_, Json<_>>("facts")?.0,
        amount_usd: usd(row, "amount_usd_min", "amount_usd_max", "amount_rate_year")?,
        valuation_usd: usd(row, "valuation_usd_min", "valuation_usd_max", "valuation_rate_year")?,
        first_seen_at: row.get::<_, At>("first_seen_at")?.0,
        updated_at: row.get::<_, At>("updated_at")?.0,
        revision: row.get("revision")?,
        merged_into: row.get::<_, Option<i64>>("merged_into")?.map(DealId),
        removed: row.get("removed")?,
        dismissed: row.get("dismissed")?,
        reasons: reasons.map(|Json(reasons)| reasons).unwrap_or_default(),
    })
}

fn origin(row: &Row<'_>) -> rusqlite::Result<Origin> {
    Ok(Origin {
        mention: MentionId(row.get("mention_id")?),
        current: row.get("current")?,
        main: row.get("main")?,
        article: ArticleId(row.get("article_id")?),
        source: SourceId(row.get("source")?),
        name: row.get("name")?,
        class: row.get::<_, Word<SourceClass>>("class")?.0,
        lang: row.get::<_, Word<_>>("lang")?.0,
        title: row.get("title")?,
        url: row.get("url")?,
        at: row.get::<_, At>("at")?.0,
    })
}

fn usd(row: &Row<'_>, min: &str, max: &str, year: &str) -> rusqlite::Result<Option<UsdRange>> {
    let Some(rate_year) = row.get(year)? else { return Ok(None) };
    Ok(Some(UsdRange { min: row.get(min)?, max: row.get(max)?, rate_year }))
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let revision = Revision {
        seq: row.get("seq")?,
        deal: DealId(row.get("deal_id")?),
        number: row.get("number")?,
        at: row.get::<_, At>("at")?.0,
        cause: row.get::<_, Word<Cause>>("cause")?.0,
        article: row.get::<_, Option<i64>>("article_id")?.map(ArticleId),
        changes: row.get::<_, Json<Vec<FieldChange>>>("changes")?.0,
        facts: row.get::<_, Json<_>>("facts")?.0,
    };
    let merged_into = row.get::<_, Option<i64>>("merged_into")?.map(DealId);
    Ok(Entry { revision, event: row.get::<_, Word<Event>>("event")?.0, merged_into })
}
