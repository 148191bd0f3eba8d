//! Fetches the pages of articles whose feed has a stub: several at once, one at a time per host.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use jiff::Timestamp;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::now;
use super::shared::Shared;
use crate::domain::ArticleId;
use crate::domain::PollCause;
use crate::fetch::FetchError;
use crate::fetch::Retry;
use crate::source;
use crate::store;
use crate::store::wanted::Wanted;

/// Looks again after this time even if nothing woke it.
const LONGEST_SLEEP: Duration = Duration::from_mins(1);
/// Pages that are looked at when something can be started.
const BATCH: u32 = 500;
/// Pages under way at once, each of another host.
const PARALLEL: usize = 8;
/// After a failure that may heal; doubled with each further one.
const FIRST_RETRY: SignedDuration = SignedDuration::from_mins(10);
/// A page that cannot be had after so many attempts is left: the stub stays.
const MAX_ATTEMPTS: u32 = 4;
/// A host that refuses so many pages in a row would refuse the others, too.
const REFUSALS: u32 = 5;
/// For so long it is not asked for pages then.
const REFUSED: SignedDuration = SignedDuration::from_hours(24);

/// Pages under way.
struct Pages {
    shared: Arc<Shared>,
    flights: JoinSet<(ArticleId, anyhow::Result<Came>)>,
    /// With their hosts.
    in_flight: BTreeMap<ArticleId, String>,
    refusals: BTreeMap<String, Refusals>,
}

/// What came of a page, as far as its host is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Came {
    /// It was there.
    Had,
    /// The host answered that it is not, or not for us.
    Refused,
    /// Nothing that says anything of the next page.
    Else,
}

/// Pages that a host has refused in a row.
#[derive(Debug, Clone, Copy, Default)]
struct Refusals {
    count: u32,
    /// It is not asked for pages before.
    until: Option<Timestamp>,
}

/// Runs until stopped.
pub async fn run(shared: Arc<Shared>, stop: CancellationToken) -> anyhow::Result<()> {
    let (flights, in_flight) = (JoinSet::new(), BTreeMap::new());
    let mut pages = Pages { shared, flights, in_flight, refusals: BTreeMap::new() };
    loop {
        let sleep = pages.launch().await?;
        tokio::select! {
            () = stop.cancelled() => break,
            Some(ended) = pages.flights.join_next() => {
                let (article, came) = ended?;
                let host = pages.in_flight.remove(&article).unwrap_or_default();
                pages.note(host, came?);
            }
            () = pages.shared.pages_wanted.notified() => {}
            () = tokio::time::sleep(sleep) => {}
        }
    }
    pages.flights.shutdown().await;
    Ok(())
}

impl Pages {
    /// Starts what is due and whose host is not busy with another page; returns how long to sleep
    /// if nothing happens.
    async fn launch(&mut self) -> anyhow::Result<Duration> {
        if self.in_flight.len() >= PARALLEL {
            return Ok(LONGEST_SLEEP);
        }
        let now = now();
        let due = self.shared.store.read(move |conn| store::wanted::due(conn, now, BATCH)).await?;
        let mut refused = Vec::new();
        for wanted in due {
            let host = wanted.url.parse().map(|url: Url| source::host_key(&url));
            let host = host.unwrap_or_default();
            let until = self.refusals.get(&host).and_then(|refusals| refusals.until);
            if let Some(until) = until.filter(|until| *until > now) {
                refused.push((wanted, host, until));
                continue;
            }
            let busy = self.in_flight.values().any(|known| *known == host);
            if busy || self.in_flight.len() >= PARALLEL {
                continue;
            }
            let article = wanted.article;
            self.in_flight.insert(article, host);
            let shared = Arc::clone(&self.shared);
            self.flights.spawn(async move { (article, fetch(&shared, wanted).await) });
        }
        put_off(&self.shared, refused).await?;
        let next = self.shared.store.read(store::wanted::next_due).await?;
        // While something is under way, its end is waited for.
        let idle = self.in_flight.is_empty();
        Ok(next.filter(|_| idle).map_or(LONGEST_SLEEP, |at| until(at).min(LONGEST_SLEEP)))
    }

    /// Counts what a host refuses; a page that is there ends the count.
    fn note(&mut self, host: String, came: Came) {
        match came {
            Came::Else => {}
            Came::Had => drop(self.refusals.remove(&host)),
            Came::Refused => {
                let refusals = self.refusals.entry(host).or_default();
                refusals.count += 1;
                if refusals.count >= REFUSALS {
                    refusals.until = now().saturating_add(REFUSED).ok();
                }
            }
        }
    }
}

/// Pages of hosts that refuse pages: later, and not for ever.
async fn put_off(shared: &Shared, refused: Vec<(Wanted, String, Timestamp)>) -> anyhow::Result<()> {
    if refused.is_empty() {
        return Ok(());
    }
    let hosts: BTreeSet<&str> = refused.iter().map(|(_, host, _)| host.as_str()).collect();
    let hosts = hosts.into_iter().collect::<Vec<_>>().join(", ");
    let pages = refused.len();
    tracing::warn!(
        pages,
        "Pages are not asked for where {REFUSALS} in a row were refused: {hosts}"
    );
    let write = move |tx: &store::rusqlite::Transaction<'_>| {
        for (wanted, host, until) in &refused {
            let again = Some(*until).filter(|_| wanted.attempts + 1 < MAX_ATTEMPTS);
            let words = format!("`{host}` refused {REFUSALS} pages in a row");
            store::wanted::failed(tx, wanted.article, &words, again)?;
        }
        Ok(())
    };
    Ok(shared.store.write(write).await?)
}

fn until(at: Timestamp) -> Duration {
    Duration::try_from(at.duration_since(now())).unwrap_or_default()
}

/// Why a page was not had.
struct Missed {
    words: String,
    again: Again,
    came: Came,
}

/// When to try again.
enum Again {
    Never,
    /// Later each time, and not for ever.
    Later,
    /// Then; nothing was asked, so it does not count.
    At(Timestamp),
}

fn missed(words: &impl ToString, again: Again) -> Missed {
    Missed { words: words.to_string(), again, came: Came::Else }
}

impl From<FetchError> for Missed {
    fn from(error: FetchError) -> Missed {
        let again = match (error.retry(), &error) {
            (Retry::Never, _) => Again::Never,
            // The host is paused for the page that was told to wait, and for all others.
            (Retry::At(at), _) => Again::At(at),
            (Retry::After(_) | Retry::Later, _) => Again::Later,
        };
        let came = match error.cause() {
            PollCause::Forbidden
            | PollCause::NotFound
            | PollCause::Gone
            | PollCause::Status
            | PollCause::BotWall => Came::Refused,
            _ => Came::Else,
        };
        Missed { came, ..missed(&error.words(), again) }
    }
}

/// One page; only the log's own failure is an error.
async fn fetch(shared: &Arc<Shared>, wanted: Wanted) -> anyhow::Result<Came> {
    let Err(Missed { words, again, came }) = page(shared, &wanted).await else {
        return Ok(Came::Had);
    };
    tracing::debug!(source.id = %wanted.source, "A page was not had: {words}");
    let article = wanted.article;
    let retry_at = match again {
        Again::At(at) => {
            shared.store.write(move |tx| store::wanted::postpone(tx, article, at)).await?;
            return Ok(came);
        }
        Again::Later if wanted.attempts + 1 < MAX_ATTEMPTS => {
            let wait = SignedDuration::from_secs(FIRST_RETRY.as_secs() << wanted.attempts.min(6));
            Some(now().saturating_add(wait).unwrap_or(Timestamp::MAX))
        }
        Again::Later | Again::Never => None,
    };
    shared.store.write(move |tx| store::wanted::failed(tx, article, &words, retry_at)).await?;
    Ok(came)
}

/// Fetches, reads and settles a page.
async fn page(shared: &Arc<Shared>, wanted: &Wanted) -> Result<(), Missed> {
    let url: Url = wanted
        .url
        .parse()
        .map_err(|_| missed(&format!("{} is no URL", wanted.url), Again::Never))?;
    let fetched = shared
        .fetcher
        .page(&wanted.source, wanted.article, &url, allow_private(shared, wanted, &url))
        .await;
    shared.page_done.notify_one();
    let document = fetched?;
    let id = wanted.article;
    let stub = shared
        .store
        .read(move |conn| store::article::load(conn, id))
        .await
        .map_err(|error| missed(&error, Again::Later))?;
    let pipeline = shared.active().pipeline.clone();
    let reader = pipeline.clone();
    let read = move || Ok((reader.read_page(&document, stub.article)?, document));
    let (reading, document) =
        shared.desk.read(read).await.map_err(|error| missed(&error, Again::Never))?;
    let outcome = pipeline
        .settle_page(&document, reading, wanted.live, now())
        .await
        .map_err(|error| missed(&error, Again::Later))?;
    if outcome.owed > 0 {
        shared.messages_owed.notify_one();
    }
    Ok(())
}

/// A source in the operator's own network may have its pages there, too, on its own host.
fn allow_private(shared: &Shared, wanted: &Wanted, url: &Url) -> bool {
    let active = shared.active();
    active.registry.get(&wanted.source).is_some_and(|source| {
        source.allow_private && source::host_key(&source.url) == source::host_key(url)
    })
}
