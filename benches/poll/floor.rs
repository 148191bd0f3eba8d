//! The bare work: requests by a plain client, our parse, extraction of new texts, bare inserts.

use std::collections::HashMap;
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use dealwatch::domain::Document;
use dealwatch::domain::Purpose;
use dealwatch::domain::Source;
use dealwatch::domain::SourceId;
use dealwatch::domain::Validators;
use dealwatch::entity::EntityTable;
use dealwatch::parse;
use dealwatch::pipeline::Reading;
use dealwatch::store::rusqlite::Connection;
use dealwatch::store::rusqlite::params;
use jiff::Timestamp;
use reqwest::StatusCode;
use reqwest::header::ETAG;
use reqwest::header::IF_NONE_MATCH;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::Outcome;
use super::PARALLEL;

/// Feeds written in one transaction.
const BATCH: usize = 50;

pub struct Floor {
    db: Connection,
    client: reqwest::Client,
    tags: HashMap<SourceId, String>,
    known: Arc<HashMap<SourceId, HashSet<String>>>,
}

/// A feed with its new articles.
struct Fetched {
    source: SourceId,
    tag: String,
    readings: Vec<Reading>,
}

/// Has the server make every feed of both revisions, and reads one of each language, so that what
/// is made once in a process is made.
pub async fn warm(sources: &[Source]) -> Outcome<()> {
    let port = sources.first().and_then(|source| source.url.port()).ok_or("no port")?;
    let client = client()?;
    for revision in [1, 0] {
        super::serve::revision(port, revision)?;
        for source in sources {
            client.get(source.url.clone()).send().await?.bytes().await?;
        }
    }
    for source in sources.iter().take(2) {
        fetch(&client, source.clone(), None, Arc::default()).await?;
    }
    Ok(())
}

fn client() -> Outcome<reqwest::Client> {
    // An earlier one may be in place.
    rustls::crypto::ring::default_provider().install_default().unwrap_or_default();
    Ok(reqwest::Client::builder().no_proxy().build()?)
}

impl Floor {
    pub fn new(path: &Path) -> Outcome<Floor> {
        let db = Connection::open(path)?;
        db.pragma_update(None, "journal_mode", "wal")?;
        db.pragma_update(None, "synchronous", "normal")?;
        db.execute_batch(
            "CREATE TABLE feed (id TEXT PRIMARY KEY, tag TEXT);
             CREATE TABLE item (id INTEGER PRIMARY KEY, feed TEXT, key TEXT, url TEXT, title TEXT,
                 text TEXT, published TEXT, mentions TEXT, UNIQUE (feed, key));",
        )?;
        let known = Arc::new(HashMap::new());
        Ok(Floor { db, client: client()?, tags: HashMap::new(), known })
    }

    /// Every source once; how many had changed, and how many items are new.
    pub async fn pass(&mut self, sources: &[Source]) -> Outcome<(usize, usize)> {
        let seats = Arc::new(Semaphore::new(usize::from(PARALLEL)));
        let mut flights = JoinSet::new();
        for source in sources {
            let (seats, client) = (Arc::clone(&seats), self.client.clone());
            let (known, tag) = (Arc::clone(&self.known), self.tags.get(&source.id).cloned());
            let source = source.clone();
            flights.spawn(async move {
                let _seat = seats.acquire().await?;
                fetch(&client, source, tag, known).await
            });
        }
        let (mut changed, mut new, mut batch) = (0, 0, Vec::new());
        while let Some(fetched) = flights.join_next().await {
            batch.extend(fetched??);
            if batch.len() >= BATCH || flights.is_empty() {
                changed += batch.len();
                new += self.write(std::mem::take(&mut batch))?;
            }
        }
        Ok((changed, new))
    }

    fn write(&mut self, batch: Vec<Fetched>) -> Outcome<usize> {
        let mut new = 0;
        let known = Arc::make_mut(&mut self.known);
        let tx = self.db.transaction()?;
        for fetched in batch {
            let of_feed = known.entry(fetched.source.clone()).or_default();
            for reading in fetched.readings {
                let article = reading.article;
                new += tx
                    .prepare_cached(
                        "INSERT OR IGNORE INTO item (feed, key, url, title, text, published, mentions)
                         VALUES (?, ?, ?, ?, ?, ?, ?)",
                    )?
                    .execute(params![
                        fetched.source.0,
                        article.key,
                        article.url,
                        article.title,
                        article.text,
                        article.published.map(|at| at.to_string()),
                        serde_json::to_string(&reading.mentions)?,
                    ])?;
                of_feed.insert(article.key);
            }
            tx.prepare_cached("INSERT OR REPLACE INTO feed VALUES (?, ?)")?
                .execute(params![fetched.source.0, fetched.tag])?;
            self.tags.insert(fetched.source, fetched.tag);
        }
        tx.commit()?;
        Ok(new)
    }
}

async fn fetch(
    client: &reqwest::Client,
    source: Source,
    tag: Option<String>,
    known: Arc<HashMap<SourceId, HashSet<String>>>,
) -> Outcome<Option<Fetched>> {
    let mut request = client.get(source.url.clone());
    if let Some(tag) = tag {
        request = request.header(IF_NONE_MATCH, tag);
    }
    let answer = request.send().await?;
    if answer.status() == StatusCode::NOT_MODIFIED {
        return Ok(None);
    }
    let tag = answer.headers().get(ETAG).and_then(|tag| tag.to_str().ok()).map(str::to_owned);
    let body = answer.bytes().await?.to_vec();
    let read = move || -> Outcome<Fetched> {
        let document = document(&source, body);
        let entries = parse::entries(&document, &source)?.entries;
        let of_feed = known.get(&source.id);
        let readings = entries
            .iter()
            .filter(|entry| !of_feed.is_some_and(|keys| keys.contains(&entry.key)))
            .map(|entry| parse::article(entry, &source, document.fetched_at))
            .map(|article| Reading::new(article, EntityTable::shipped()))
            .collect();
        Ok(Fetched { source: source.id, tag: tag.unwrap_or_default(), readings })
    };
    Ok(Some(tokio::task::spawn_blocking(read).await??))
}

fn document(source: &Source, body: Vec<u8>) -> Document {
    Document {
        source: source.id.clone(),
        purpose: Purpose::Poll,
        url: source.url.clone(),
        final_url: source.url.clone(),
        content_type: Some("application/rss+xml".to_owned()),
        validators: Validators::default(),
        fetched_at: Timestamp::MAX,
        body,
    }
}
