//! Fetches the pages of articles whose feed has a stub: several at once, one at a time per host.

use std::collections::BTreeMap;
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

/// Pages under way.
struct Pages {
    shared: Arc<Shared>,
    flights: JoinSet<(ArticleId, anyhow::Result<()>)>,
    /// With their hosts.
    in_flight: BTreeMap<ArticleId, String>,
}

/// Runs until stopped.
pub async fn run(shared: Arc<Shared>, stop: CancellationToken) -> anyhow::Result<()> {
    let (flights, in_flight) = (JoinSet::new(), BTreeMap::new());
    let mut pages = Pages { shared, flights, in_flight };
    loop {
        let sleep = pages.launch().await?;
        tokio::select! {
            () = stop.cancelled() => break,
            Some(ended) = pages.flights.join_next() => {
                let (article, kept) = ended?;
                pages.in_flight.remove(&article);
                kept?;
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
        for wanted in due {
            let host = wanted.url.parse().map(|url: Url| source::host_key(&url));
            let host = host.unwrap_or_default();
            let busy = self.in_flight.values().any(|known| *known == host);
            if busy || self.in_flight.len() >= PARALLEL {
                continue;
            }
            let article = wanted.article;
            self.in_flight.insert(article, host);
            let shared = Arc::clone(&self.shared);
            self.flights.spawn(async move { (article, fetch(&shared, wanted).await) });
        }
        let next = self.shared.store.read(store::wanted::next_due).await?;
        // While something is under way, its end is waited for.
        let idle = self.in_flight.is_empty();
        Ok(next.filter(|_| idle).map_or(LONGEST_SLEEP, |at| until(at).min(LONGEST_SLEEP)))
    }
}

fn until(at: Timestamp) -> Duration {
    Duration::try_from(at.duration_since(now())).unwrap_or_default()
}

/// Why a page was not had.
struct Missed {
    words: String,
    again: Again,
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
    Missed { words: words.to_string(), again }
}

impl From<FetchError> for Missed {
    fn from(error: FetchError) -> Missed {
        let again = match (error.retry(), &error) {
            (Retry::Never, _) => Again::Never,
            // The host is paused for the page that was told to wait, and for all others.
            (Retry::At(at), _) => Again::At(at),
            (Retry::After(_) | Retry::Later, _) => Again::Later,
        };
        missed(&error.words(), again)
    }
}

/// One page; only the log's own failure is an error.
async fn fetch(shared: &Arc<Shared>, wanted: Wanted) -> anyhow::Result<()> {
    let Err(Missed { words, again }) = page(shared, &wanted).await else { return Ok(()) };
    tracing::debug!(source.id = %wanted.source, "A page was not had: {words}");
    let article = wanted.article;
    let retry_at = match again {
        Again::At(at) => {
            shared.store.write(move |tx| store::wanted::postpone(tx, article, at)).await?;
            return Ok(());
        }
        Again::Later if wanted.attempts + 1 < MAX_ATTEMPTS => {
            let wait = SignedDuration::from_secs(FIRST_RETRY.as_secs() << wanted.attempts.min(6));
            Some(now().saturating_add(wait).unwrap_or(Timestamp::MAX))
        }
        Again::Later | Again::Never => None,
    };
    shared.store.write(move |tx| store::wanted::failed(tx, article, &words, retry_at)).await?;
    Ok(())
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
