//! Fetches the pages of articles whose feed has a stub, one after another, politely.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use jiff::Timestamp;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::now;
use super::shared::Shared;
use crate::fetch::Retry;
use crate::store;
use crate::store::wanted::Wanted;

/// Looks again after this time even if nothing woke it.
const LONGEST_SLEEP: Duration = Duration::from_mins(1);
/// Pages asked for in one go.
const BATCH: u32 = 50;
/// After a failure that may heal; doubled with each further one.
const FIRST_RETRY: SignedDuration = SignedDuration::from_mins(10);
/// A page that cannot be had after so many attempts is left: the stub stays.
const MAX_ATTEMPTS: u32 = 4;

/// Runs until stopped.
pub async fn run(shared: Arc<Shared>, stop: CancellationToken) -> anyhow::Result<()> {
    loop {
        let due = {
            let now = now();
            shared.store.read(move |conn| store::wanted::due(conn, now, BATCH)).await?
        };
        for wanted in due {
            tokio::select! {
                () = stop.cancelled() => return Ok(()),
                fetched = fetch(&shared, wanted) => fetched?,
            }
        }
        let next = shared.store.read(store::wanted::next_due).await?;
        let sleep = next.map_or(LONGEST_SLEEP, |at| until(at).min(LONGEST_SLEEP));
        tokio::select! {
            () = stop.cancelled() => return Ok(()),
            () = shared.pages_wanted.notified() => {}
            () = tokio::time::sleep(sleep) => {}
        }
    }
}

fn until(at: Timestamp) -> Duration {
    Duration::try_from(at.duration_since(now())).unwrap_or_default()
}

/// One page; only the log's own failure is an error.
async fn fetch(shared: &Arc<Shared>, wanted: Wanted) -> anyhow::Result<()> {
    let outcome = page(shared, &wanted).await;
    let Err((words, again)) = outcome else { return Ok(()) };
    let attempts = wanted.attempts + 1;
    let retry_at = (again && attempts < MAX_ATTEMPTS).then(|| {
        let wait = SignedDuration::from_secs(FIRST_RETRY.as_secs() << wanted.attempts.min(6));
        now().saturating_add(wait).unwrap_or(Timestamp::MAX)
    });
    tracing::debug!(source.id = %wanted.source, "A page was not had: {words}");
    let article = wanted.article;
    shared.store.write(move |tx| store::wanted::failed(tx, article, &words, retry_at)).await?;
    Ok(())
}

/// Fetches, reads and settles a page. The error says whether trying again can help.
async fn page(shared: &Arc<Shared>, wanted: &Wanted) -> Result<(), (String, bool)> {
    let never = |words: String| (words, false);
    let url: Url = wanted.url.parse().map_err(|_| never(format!("{} is no URL", wanted.url)))?;
    let fetched = shared.fetcher.page(&wanted.source, wanted.article, &url).await;
    shared.page_done.notify_one();
    let document =
        fetched.map_err(|error| (error.words(), !matches!(error.retry(), Retry::Never)))?;
    let id = wanted.article;
    let stub = shared
        .store
        .read(move |conn| store::article::load(conn, id))
        .await
        .map_err(|error| (error.to_string(), true))?;
    let pipeline = shared.active().pipeline.clone();
    let reader = pipeline.clone();
    let read = tokio::task::spawn_blocking(move || {
        reader.read_page(&document, stub.article).map(|reading| (document, reading))
    });
    let (document, reading) = match read.await {
        Ok(Ok(read)) => read,
        Ok(Err(error)) => return Err(never(error.to_string())),
        Err(_panic) => return Err(never("reading it panicked; this is a bug".to_owned())),
    };
    let outcome = pipeline
        .settle_page(&document, reading, wanted.live, now())
        .await
        .map_err(|error| (error.to_string(), true))?;
    if outcome.owed > 0 {
        shared.messages_owed.notify_one();
    }
    Ok(())
}
