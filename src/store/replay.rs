//! Which version read which article, and how far a replay is.

use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::OptionalExtension as _;
use rusqlite::Row;
use rusqlite::Transaction;
use rusqlite::named_params;
use serde::Deserialize;
use serde::Serialize;

use super::StoreError;
use super::article;
use super::article::Stored;
use super::mention::Versions;
use super::value::At;
use super::value::Json;
use super::value::time;
use crate::domain::ArticleId;
use crate::domain::DealId;

/// What is asked to be read again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Articles first seen since then, in the words it was asked in: `90d`, `2026-03-09`.
    pub since: String,
    /// Of this source only.
    pub source: Option<String>,
    /// Also those that the same version has read.
    pub all: bool,
}

/// A replay, under way or finished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Its number.
    pub id: i64,
    /// What was asked for.
    pub asked: Asked,
    /// Articles first seen since then.
    pub since: Timestamp,
    /// Up to this one.
    pub until: ArticleId,
    /// The last that is done.
    pub after: ArticleId,
    /// Its revisions come after this one.
    pub from_seq: i64,
    /// Articles to be read.
    pub total: u64,
    /// Articles of that time that the same version has read already.
    pub skipped: u64,
    /// Articles that are read.
    pub done: u64,
    /// Deals that came out of others: the new one, and the one it came out of.
    pub splits: Vec<(DealId, DealId)>,
    /// When it began.
    pub started_at: Timestamp,
    /// When the last article was done.
    pub finished_at: Option<Timestamp>,
}

/// Notes which version has read an article.
pub fn mark(
    tx: &Transaction<'_>,
    article: ArticleId,
    versions: Versions<'_>,
) -> Result<(), StoreError> {
    let reader = reader(tx, versions)?;
    tx.prepare_cached(include_str!("sql/article_reader_put.sql"))?
        .execute(named_params! { ":article_id": article.0, ":reader": reader })?;
    Ok(())
}

/// The unfinished run that was asked for in the same words of the same version, else a new one.
pub fn begin(
    tx: &Transaction<'_>,
    asked: &Asked,
    since: Timestamp,
    versions: Versions<'_>,
    now: Timestamp,
) -> Result<Run, StoreError> {
    let reader = reader(tx, versions)?;
    let unfinished = tx
        .prepare_cached(include_str!("sql/replay_unfinished.sql"))?
        .query_row(named_params! { ":asked": Json(asked), ":reader": reader }, run)
        .optional()?;
    if let Some(run) = unfinished {
        return Ok(run);
    }
    let params = named_params! {
        ":asked": Json(asked),
        ":reader": reader,
        ":since": At(since),
        ":source": asked.source,
        ":all": asked.all,
        ":now": At(now),
    };
    Ok(tx.prepare(include_str!("sql/replay_begin.sql"))?.query_row(params, run)?)
}

/// The next articles of a run, in the order in which they came.
pub fn next(conn: &Connection, run: &Run, limit: u32) -> Result<Vec<Stored>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("sql/replay_next.sql"))?;
    let params = named_params! { ":id": run.id, ":after": run.after.0, ":limit": limit };
    let rows = statement.query_map(params, |row| row.get(0).map(ArticleId))?;
    let ids = rows.collect::<Result<Vec<_>, _>>()?;
    ids.into_iter().map(|id| article::load(conn, id)).collect()
}

/// Notes how far a run is.
pub fn save(tx: &Transaction<'_>, run: &Run) -> Result<(), StoreError> {
    tx.prepare_cached(include_str!("sql/replay_save.sql"))?.execute(named_params! {
        ":id": run.id,
        ":after": run.after.0,
        ":done": run.done.cast_signed(),
        ":splits": Json(&run.splits),
        ":finished_at": run.finished_at.map(At),
    })?;
    Ok(())
}

fn reader(tx: &Transaction<'_>, versions: Versions<'_>) -> Result<i64, StoreError> {
    let Versions { extractor, entities } = versions;
    let params = named_params! { ":extractor": extractor, ":entities": entities };
    let known = tx
        .prepare_cached(include_str!("sql/reader_find.sql"))?
        .query_row(params, |row| row.get(0))
        .optional()?;
    match known {
        Some(id) => Ok(id),
        None => Ok(tx
            .prepare_cached(include_str!("sql/reader_add.sql"))?
            .query_row(params, |row| row.get(0))?),
    }
}

fn run(row: &Row<'_>) -> rusqlite::Result<Run> {
    Ok(Run {
        id: row.get("id")?,
        asked: row.get::<_, Json<_>>("asked")?.0,
        since: row.get::<_, At>("since")?.0,
        until: ArticleId(row.get("until")?),
        after: ArticleId(row.get("after")?),
        from_seq: row.get("from_seq")?,
        total: row.get::<_, i64>("total")?.unsigned_abs(),
        skipped: row.get::<_, i64>("skipped")?.unsigned_abs(),
        done: row.get::<_, i64>("done")?.unsigned_abs(),
        splits: row.get::<_, Json<_>>("splits")?.0,
        started_at: row.get::<_, At>("started_at")?.0,
        finished_at: time(row.get("finished_at")?),
    })
}
