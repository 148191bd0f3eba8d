//! Articles: one row per page, however many sources deliver it.

use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::OptionalExtension as _;
use rusqlite::Row;
use rusqlite::Transaction;
use rusqlite::named_params;

use super::StoreError;
use super::value::At;
use super::value::Word;
use super::value::time;
use crate::domain::Article;
use crate::domain::ArticleId;
use crate::domain::Publisher;
use crate::domain::SourceId;
use crate::domain::TextKind;

/// What became of a delivered article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upserted {
    /// Its row.
    pub id: ArticleId,
    /// It was not known.
    pub is_new: bool,
    /// Title or text are new, so it is to be read (again).
    pub changed: bool,
    /// 1 for a new one.
    pub revision: i64,
    /// The log keeps a fuller or an earlier telling of this page: a stub came after the full
    /// text, or another source delivered it before.
    pub superseded: bool,
}

/// An article as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Its row.
    pub id: ArticleId,
    /// As last delivered.
    pub article: Article,
    /// When the log first saw it.
    pub first_seen_at: Timestamp,
    /// When its title or text last changed.
    pub updated_at: Timestamp,
    /// 1, 2, 3 …
    pub revision: i64,
    /// As the caller made it.
    pub content_hash: String,
}

struct Known {
    id: ArticleId,
    source: String,
    title: String,
    text_kind: TextKind,
    revision: i64,
    content_hash: String,
    stub_title: Option<String>,
}

impl Known {
    fn unchanged(&self, superseded: bool) -> Upserted {
        let Known { id, revision, .. } = *self;
        Upserted { id, is_new: false, changed: false, revision, superseded }
    }

    /// Whether what is known is better than what is delivered, which has another text.
    fn supersedes(&self, article: &Article) -> bool {
        let fuller = self.text_kind == TextKind::Stub && article.text_kind == TextKind::Full;
        let foreign = self.source != article.source.0;
        let poorer = self.text_kind == TextKind::Full && article.text_kind == TextKind::Stub;
        (foreign && !fuller) || (poorer && self.feed_title() == article.title)
    }

    /// The title a stub is compared with: a page's own title differs from its feed's.
    fn feed_title(&self) -> &str {
        self.stub_title.as_deref().unwrap_or(&self.title)
    }
}

/// Stores an article, or finds that it is known.
///
/// The same page is the same article: first by source and key, then by canonical URL across
/// sources, and inside one source if the title is the same too; a copy that names its publisher is
/// also found by title and site. What another source delivers of a known page changes it only from a stub to the full
/// text; a full text gives way to a later stub only when the feed's title has changed.
/// `content_hash` is over what [`Article::full_text`] gives.
pub fn upsert(
    tx: &Transaction<'_>,
    article: &Article,
    content_hash: &str,
    now: Timestamp,
) -> Result<Upserted, StoreError> {
    let Some(known) = find_any(tx, article)? else {
        return insert(tx, article, content_hash, now);
    };
    let same = known.content_hash == content_hash;
    if same || known.supersedes(article) {
        fill_in(tx, known.id, article)?;
        return Ok(known.unchanged(!same || known.source != article.source.0));
    }
    revise(tx, &known, article, content_hash, now)
}

/// Whether the log holds all of an article that [`upsert`] would take over.
pub fn holds(conn: &Connection, article: &Article, content_hash: &str) -> Result<bool, StoreError> {
    let known = find_any(conn, article)?;
    Ok(known.is_some_and(|k| k.content_hash == content_hash || k.supersedes(article)))
}

/// Whether the log holds the article that [`upsert`] would find.
pub fn is_known(conn: &Connection, article: &Article) -> Result<bool, StoreError> {
    Ok(find(conn, article)?.is_some())
}

/// Whether the article's source has delivered its title before.
pub fn is_titled(conn: &Connection, article: &Article) -> Result<bool, StoreError> {
    let params = named_params! { ":source": article.source.0, ":title": article.title };
    let titled = conn
        .prepare_cached(include_str!("sql/article_titled.sql"))?
        .query_row(params, |row| row.get(0))?;
    Ok(titled)
}

/// The article of the same source that has the same page, or the same title at the same time,
/// under a key that its source does not use any more (`gone` says so): a feed that gives its
/// entries new ids delivers it again.
pub fn twin(
    conn: &Connection,
    article: &Article,
    gone: impl Fn(&str) -> bool,
) -> Result<Option<ArticleId>, StoreError> {
    let params = named_params! {
        ":source": article.source.0,
        ":title": article.title,
        ":published": article.published.map(At),
        ":canonical_url": article.canonical_url,
    };
    let mut statement = conn.prepare_cached(include_str!("sql/article_twin.sql"))?;
    let rows = statement.query_map(params, |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
    for row in rows {
        let (id, key) = row?;
        if gone(&key) {
            return Ok(Some(ArticleId(id)));
        }
    }
    Ok(None)
}

/// The article has another key in its source now, and perhaps another address.
pub fn rekey(tx: &Transaction<'_>, id: ArticleId, article: &Article) -> Result<(), StoreError> {
    tx.prepare_cached(include_str!("sql/article_rekey.sql"))?.execute(named_params! {
        ":id": id.0,
        ":key": article.key,
        ":url": article.url,
        ":canonical_url": article.canonical_url,
    })?;
    Ok(())
}

/// One article.
pub fn load(conn: &Connection, id: ArticleId) -> Result<Stored, StoreError> {
    conn.prepare_cached(include_str!("sql/article_load.sql"))?
        .query_row(named_params! { ":id": id.0 }, stored)
        .optional()?
        .ok_or_else(|| StoreError::NotFound { what: "article", id: id.to_string() })
}

/// Articles in the order in which they came, for replay: those after `after`, first seen at or
/// after `since`.
pub fn since(
    conn: &Connection,
    since: Timestamp,
    after: ArticleId,
    limit: u32,
) -> Result<Vec<Stored>, StoreError> {
    let params = named_params! { ":since": At(since), ":after": after.0, ":limit": limit };
    let mut statement = conn.prepare_cached(include_str!("sql/article_since.sql"))?;
    let rows = statement.query_map(params, stored)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many articles the log holds.
pub fn count(conn: &Connection) -> Result<u64, StoreError> {
    let count: i64 =
        conn.prepare_cached(include_str!("sql/article_count.sql"))?.query_row([], |r| r.get(0))?;
    Ok(count.unsigned_abs())
}

/// Whether the log holds anything of a source.
pub fn knows(conn: &Connection, source: &SourceId) -> Result<bool, StoreError> {
    let knows = conn
        .prepare_cached(include_str!("sql/article_of_source.sql"))?
        .query_row(named_params! { ":source": source.0 }, |row| row.get(0))?;
    Ok(knows)
}

fn find_any(conn: &Connection, article: &Article) -> Result<Option<Known>, StoreError> {
    match find(conn, article)? {
        None => find_copy(conn, article),
        known => Ok(known),
    }
}

fn find(tx: &Connection, article: &Article) -> Result<Option<Known>, StoreError> {
    let params = named_params! {
        ":source": article.source.0,
        ":key": article.key,
        ":title": article.title,
        ":canonical_url": article.canonical_url,
    };
    let known = tx
        .prepare_cached(include_str!("sql/article_find.sql"))?
        .query_row(params, known)
        .optional()?;
    Ok(known)
}

/// The same news of the same outlet, from another source, where one of the two is a copy.
fn find_copy(tx: &Connection, article: &Article) -> Result<Option<Known>, StoreError> {
    let own = || article.canonical_url.as_deref()?.strip_prefix("https://")?.split('/').next();
    // A text that names an agency is still its outlet's; a copy names the outlet's site.
    let copied = article.publisher.as_ref().and_then(|publisher| publisher.site.as_deref());
    let site = copied.or_else(own);
    let known = tx
        .prepare_cached(include_str!("sql/article_copy.sql"))?
        .query_row(
            named_params! {
                ":source": article.source.0,
                ":title": article.title,
                ":site": site,
                ":published": article.published.map(At),
                ":copy": copied.is_some(),
            },
            known,
        )
        .optional()?;
    Ok(known)
}

fn known(row: &Row<'_>) -> rusqlite::Result<Known> {
    Ok(Known {
        id: ArticleId(row.get("id")?),
        source: row.get("source")?,
        title: row.get("title")?,
        text_kind: row.get::<_, Word<_>>("text_kind")?.0,
        revision: row.get("revision")?,
        content_hash: row.get("content_hash")?,
        stub_title: row.get("stub_title")?,
    })
}

fn insert(
    tx: &Transaction<'_>,
    article: &Article,
    content_hash: &str,
    now: Timestamp,
) -> Result<Upserted, StoreError> {
    let params = named_params! {
        ":source": article.source.0,
        ":key": article.key,
        ":url": article.url,
        ":canonical_url": article.canonical_url,
        ":title": article.title,
        ":text": article.text,
        ":text_kind": Word(article.text_kind),
        ":lang": Word(article.lang),
        ":published": article.published.map(At),
        ":author": article.author,
        ":now": At(now),
        ":content_hash": content_hash,
    };
    let id: i64 = tx
        .prepare_cached(include_str!("sql/article_add.sql"))?
        .query_row(params, |row| row.get(0))?;
    put_publisher(tx, ArticleId(id), article)?;
    Ok(Upserted { id: ArticleId(id), is_new: true, changed: true, revision: 1, superseded: false })
}

fn revise(
    tx: &Transaction<'_>,
    known: &Known,
    article: &Article,
    content_hash: &str,
    now: Timestamp,
) -> Result<Upserted, StoreError> {
    let params = named_params! {
        ":id": known.id.0,
        ":url": article.url,
        ":canonical_url": article.canonical_url,
        ":title": article.title,
        ":text": article.text,
        ":text_kind": Word(article.text_kind),
        ":lang": Word(article.lang),
        ":published": article.published.map(At),
        ":author": article.author,
        ":now": At(now),
        ":content_hash": content_hash,
    };
    let revision = tx
        .prepare_cached(include_str!("sql/article_revise.sql"))?
        .query_row(params, |row| row.get(0))?;
    // What an aggregator says of its copy is not said of the outlet's own article.
    let own = known.source == article.source.0;
    if own || article.publisher.as_ref().is_some_and(|publisher| publisher.site.is_none()) {
        put_publisher(tx, known.id, article)?;
    }
    Ok(Upserted { id: known.id, is_new: false, changed: true, revision, superseded: false })
}

/// Keeps whose text it is; the site of an outlet only with the article that named it first.
fn put_publisher(tx: &Transaction<'_>, id: ArticleId, article: &Article) -> Result<(), StoreError> {
    if let Some(publisher) = &article.publisher {
        tx.prepare_cached(include_str!("sql/article_publisher_put.sql"))?.execute(
            named_params! {
                ":article_id": id.0,
                ":name": publisher.name,
                ":site": publisher.site,
            },
        )?;
    }
    Ok(())
}

/// Takes over what the log lacked, without a revision.
fn fill_in(tx: &Transaction<'_>, id: ArticleId, article: &Article) -> Result<(), StoreError> {
    tx.prepare_cached(include_str!("sql/article_fill_in.sql"))?.execute(named_params! {
        ":id": id.0,
        ":published": article.published.map(At),
        ":author": article.author,
    })?;
    Ok(())
}

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    let article = Article {
        source: row.get::<_, String>("source")?.as_str().into(),
        key: row.get("key")?,
        url: row.get("url")?,
        canonical_url: row.get("canonical_url")?,
        title: row.get("title")?,
        text: row.get("text")?,
        text_kind: row.get::<_, Word<_>>("text_kind")?.0,
        lang: row.get::<_, Word<_>>("lang")?.0,
        published: time(row.get("published")?),
        author: row.get("author")?,
        publisher: match row.get("publisher")? {
            Some(name) => Some(Publisher { name, site: row.get("publisher_site")? }),
            None => None,
        },
    };
    Ok(Stored {
        id: ArticleId(row.get("id")?),
        article,
        first_seen_at: row.get::<_, At>("first_seen_at")?.0,
        updated_at: row.get::<_, At>("updated_at")?.0,
        revision: row.get("revision")?,
        content_hash: row.get("content_hash")?,
    })
}

#[cfg(test)]
mod tests;
