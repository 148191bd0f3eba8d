//! Pages of articles whose feed has only a stub: a durable list that the fetcher works off.

use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::Transaction;
use rusqlite::named_params;

use super::StoreError;
use super::value::At;
use super::value::time;
use crate::domain::ArticleId;
use crate::domain::SourceId;

/// A page to be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The article it is the page of.
    pub article: ArticleId,
    /// What is asked for.
    pub url: String,
    /// The article's source.
    pub source: SourceId,
    /// Not before.
    pub due_at: Timestamp,
    /// How often it was tried.
    pub attempts: u32,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
    /// What the page says is news, not only a seed.
    pub live: bool,
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Want<'a> {
    /// The article it is the page of.
    pub article: ArticleId,
    /// The page.
    pub url: &'a str,
    /// The article's source.
    pub source: &'a SourceId,
    /// Not before.
    pub due_at: Timestamp,
    /// What the page says is news, not only a seed.
    pub live: bool,
}

/// Asks for an article's page. One that was fetched, or given up, for the same URL is not asked
/// for again; a new URL is.
pub fn add(tx: &Transaction<'_>, want: Want<'_>) -> Result<(), StoreError> {
    tx.prepare_cached(include_str!("sql/wanted_add.sql"))?.execute(named_params! {
        ":article_id": want.article.0,
        ":url": want.url,
        ":source": want.source.0,
        ":due_at": At(want.due_at),
        ":live": want.live,
    })?;
    Ok(())
}

/// Pages to be fetched now, the longest due first.
pub fn due(conn: &Connection, now: Timestamp, limit: u32) -> Result<Vec<Wanted>, StoreError> {
    let params = named_params! { ":now": At(now), ":limit": limit };
    let mut statement = conn.prepare_cached(include_str!("sql/wanted_due.sql"))?;
    let rows = statement.query_map(params, |row| {
        Ok(Wanted {
            article: ArticleId(row.get("article_id")?),
            url: row.get("url")?,
            source: SourceId(row.get("source")?),
            due_at: row.get::<_, At>("due_at")?.0,
            attempts: row.get("attempts")?,
            last_error: row.get("last_error")?,
            live: row.get("live")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// When the next page is due; may lie in the past.
pub fn next_due(conn: &Connection) -> Result<Option<Timestamp>, StoreError> {
    let next: Option<At> = conn
        .prepare_cached(include_str!("sql/wanted_next_due.sql"))?
        .query_row([], |row| row.get(0))?;
    Ok(time(next))
}

/// The page was fetched and read.
pub fn done(tx: &Transaction<'_>, article: ArticleId) -> Result<(), StoreError> {
    tx.prepare_cached(include_str!("sql/wanted_done.sql"))?
        .execute(named_params! { ":article_id": article.0 })?;
    Ok(())
}

/// The page's host is paused until then: it was not asked.
pub fn postpone(
    tx: &Transaction<'_>,
    article: ArticleId,
    until: Timestamp,
) -> Result<(), StoreError> {
    tx.prepare_cached(include_str!("sql/wanted_postpone.sql"))?
        .execute(named_params! { ":article_id": article.0, ":due_at": At(until) })?;
    Ok(())
}

/// The page could not be had; given up unless there is a time to try again.
pub fn failed(
    tx: &Transaction<'_>,
    article: ArticleId,
    error: &str,
    retry_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    tx.prepare_cached(include_str!("sql/wanted_failed.sql"))?.execute(named_params! {
        ":article_id": article.0,
        ":error": error,
        ":retry_at": retry_at.map(At),
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::article;
    use crate::store::tests::at;
    use crate::store::tests::store;

    #[test]
    fn a_page_is_asked_for_until_it_is_had_or_given_up() {
        let (_dir, store) = store();
        let source = SourceId::from("a");
        let want = move |tx: &Transaction<'_>, article, url, seconds| {
            let due_at = at(seconds);
            add(tx, Want { article, url, source: &source, due_at, live: true })
        };
        let (again, elsewhere, first) = (want.clone(), want.clone(), want);
        let due_now = |time| store.read_blocking(move |conn| due(conn, at(time), 10)).unwrap();
        let id = store
            .write_blocking(move |tx| {
                let id = crate::store::article::upsert(tx, &article("a", "1"), "h", at(0))?.id;
                first(tx, id, "https://a.test/1", 5)?;
                Ok(id)
            })
            .unwrap();
        assert!(due_now(4).is_empty());
        assert_eq!(due_now(5).len(), 1);
        store.write_blocking(move |tx| failed(tx, id, "timed out", Some(at(60)))).unwrap();
        assert!(due_now(59).is_empty());
        assert_eq!(due_now(60)[0].attempts, 1);
        assert_eq!(due_now(60)[0].last_error.as_deref(), Some("timed out"));
        store.write_blocking(move |tx| done(tx, id)).unwrap();
        store.write_blocking(move |tx| again(tx, id, "https://a.test/1", 61)).unwrap();
        assert!(due_now(99).is_empty(), "a page that was had is not asked for again");
        store.write_blocking(move |tx| elsewhere(tx, id, "https://a.test/2", 61)).unwrap();
        assert_eq!(due_now(99)[0].attempts, 0);
        assert_eq!(store.read_blocking(next_due).unwrap(), Some(at(61)));
    }
}
