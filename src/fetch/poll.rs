//! One poll of one source.

use std::fmt::Write as _;

use jiff::Timestamp;
use sha2::Digest;
use sha2::Sha256;

use super::FetchError;
use super::Fetcher;
use super::PollOutcome;
use super::Polled;
use super::error::DEFAULT_PAUSE_SECS;
use super::polled::Context;
use crate::domain::Document;
use crate::domain::Purpose;
use crate::domain::Source;
use crate::domain::SourceKind;
use crate::domain::SourceState;
use crate::http::Accept;
use crate::http::Answer;
use crate::http::Fields;
use crate::http::Get;
use crate::http::Limit;
use crate::http::error::shown;
use crate::source::Hints;
use crate::source::Outcome;
use crate::source::freshness;
use crate::source::freshness::FreshnessFields;
use crate::source::host_key;
use crate::source::next_poll;

impl Fetcher {
    /// Asks the source once, in its host's turn. Never fails: a failure is an outcome, and in the
    /// returned state the next poll is already set, moved by `jitter` (-1 to 1).
    #[tracing::instrument(name = "poll", skip_all, fields(source.id = %source.id))]
    pub async fn poll(&self, source: &Source, state: &SourceState, jitter: f64) -> Polled {
        let asked = self.ask(source, state).await;
        let now = self.hosts().now();
        let mut polled = understand(source, state, asked, now, jitter);
        if let PollOutcome::Failed(error) = &polled.outcome
            && let Some(secs) = pause_secs(error)
        {
            // The host is paused as long as the source that it spoke to, for a bare 429 longer
            // each time.
            let until = polled.state.next_poll_at;
            polled.host_pause = until;
            match until {
                Some(until) => {
                    self.hosts().update(|hosts| hosts.pause(&host_key(&source.url), until));
                }
                None => self.pause(&source.url, secs),
            }
        }
        polled
    }

    async fn ask(&self, source: &Source, state: &SourceState) -> Result<Answer, FetchError> {
        let accept = match source.kind {
            SourceKind::Feed | SourceKind::Sitemap | SourceKind::Edgar => Accept::Feed,
            SourceKind::Page => Accept::Page,
            SourceKind::Json => Accept::Json,
        };
        if source.kind == SourceKind::Page {
            self.allowed(&source.url).await?;
        }
        let _turn = self.hosts().turn(&host_key(&source.url)).await?;
        let conditional = state.validators_url.as_deref().map(|url| (url, &state.validators));
        let get = Get { url: &source.url, accept, conditional, limit: Limit::Settings };
        Ok(self.client.get(&get).await?)
    }
}

/// How long a failure keeps its whole host alone.
pub(super) fn pause_secs(error: &FetchError) -> Option<u64> {
    match error {
        FetchError::RateLimited { wait_secs, .. } => Some(wait_secs.unwrap_or(DEFAULT_PAUSE_SECS)),
        FetchError::Unavailable { wait_secs, .. } => *wait_secs,
        _ => None,
    }
}

fn understand(
    source: &Source,
    before: &SourceState,
    asked: Result<Answer, FetchError>,
    now: Timestamp,
    jitter: f64,
) -> Polled {
    let mut state = before.clone();
    let mut fresh_secs = None;
    let mut document = None;
    let mut moved_to = None;
    let requested = !matches!(
        asked,
        Err(FetchError::HostPaused { .. }
            | FetchError::Robots { .. }
            | FetchError::RobotsUnreachable { .. })
    );
    if requested {
        let hops = asked.as_ref().map_or(0, |answer| answer.hops);
        state.polled_at = Some(now);
        state.counts.requests += 1 + u64::try_from(hops).unwrap_or(0);
    }
    let outcome = asked.and_then(|answer| {
        state.counts.bytes += answer.transferred;
        fresh_secs = fresh(&answer.fields, now);
        let target = answer.permanent.then(|| answer.final_url.clone());
        let (outcome, new) = read(source, &mut state, answer, now)?;
        document = new;
        moved_to = target;
        Ok(outcome)
    });
    let outcome = outcome.unwrap_or_else(|error| match error {
        FetchError::HostPaused { .. } => PollOutcome::Waiting(error),
        error => PollOutcome::Failed(error),
    });
    settle(source, &mut state, &outcome, fresh_secs, now, jitter);
    let context =
        Context { source: source.clone(), before: before.clone(), fresh_secs, now, jitter };
    Polled { state, outcome, document, moved_to, host_pause: None, context }
}

/// Counts success or failure and sets the next poll.
fn settle(
    source: &Source,
    state: &mut SourceState,
    outcome: &PollOutcome,
    fresh_secs: Option<u64>,
    now: Timestamp,
    jitter: f64,
) {
    let cadence = match outcome {
        PollOutcome::Waiting(FetchError::HostPaused { until, .. }) => {
            state.next_poll_at = Some(*until);
            return;
        }
        PollOutcome::Waiting(error) | PollOutcome::Failed(error) => {
            state.failures = state.failures.saturating_add(1);
            state.last_error = Some(error.words());
            if matches!(error, FetchError::Gone { .. }) {
                state.stopped = Some(error.words());
            }
            error.outcome()
        }
        PollOutcome::Changed | PollOutcome::Unchanged | PollOutcome::NotModified => {
            state.failures = 0;
            state.last_error = None;
            state.succeeded_at = Some(now);
            Outcome::Good { fresh_secs, hints: Hints::default() }
        }
    };
    state.next_poll_at = Some(next_poll(source, state, &cadence, now, jitter));
}

/// Reads the answer into the state; a document if there is something new.
fn read(
    source: &Source,
    state: &mut SourceState,
    answer: Answer,
    now: Timestamp,
) -> Result<(PollOutcome, Option<Document>), FetchError> {
    if answer.status.as_u16() == 304 {
        return not_modified(state, &answer).map(|()| (PollOutcome::NotModified, None));
    }
    refusal(&answer, now)?;
    if matches!(source.kind, SourceKind::Feed | SourceKind::Edgar) && is_html(&answer.body) {
        return Err(FetchError::NotAFeed { url: shown(&answer.final_url) });
    }
    // Replaced whole: what the server no longer sends is forgotten.
    state.validators = answer.fields.validators.clone();
    state.validators_url = Some(answer.final_url.as_str().to_owned());
    let hash = Some(hash(&answer.body));
    if state.body_hash == hash {
        return Ok((PollOutcome::Unchanged, None));
    }
    state.body_hash = hash;
    state.changed_at = Some(now);
    let document = Document {
        source: source.id.clone(),
        purpose: Purpose::Poll,
        url: source.url.clone(),
        final_url: answer.final_url,
        content_type: answer.fields.content_type,
        validators: answer.fields.validators,
        fetched_at: now,
        body: answer.body,
    };
    Ok((PollOutcome::Changed, Some(document)))
}

/// RFC 9111 §4.3.4: fields of a 304 replace those that are kept.
fn not_modified(state: &mut SourceState, answer: &Answer) -> Result<(), FetchError> {
    if state.validators_url.as_deref() != Some(answer.final_url.as_str()) {
        return Err(FetchError::Unasked304 { url: shown(&answer.final_url) });
    }
    state.counts.not_modified += 1;
    let new = &answer.fields.validators;
    if new.etag.is_some() {
        state.validators.etag.clone_from(&new.etag);
    }
    if new.last_modified.is_some() {
        state.validators.last_modified.clone_from(&new.last_modified);
    }
    Ok(())
}

/// Every answer that brings no document is an error here; 304 is looked at before.
pub(super) fn refusal(answer: &Answer, now: Timestamp) -> Result<(), FetchError> {
    let url = shown(&answer.final_url);
    let fields = &answer.fields;
    let wait_secs =
        freshness::retry_after(fields.retry_after.as_deref(), fields.date.as_deref(), now);
    let status = answer.status;
    match status.as_u16() {
        429 => Err(FetchError::RateLimited { url, wait_secs }),
        410 => Err(FetchError::Gone { url }),
        _ if fields.challenge || is_bot_wall(&answer.body) => Err(FetchError::BotWall { url }),
        503 => Err(FetchError::Unavailable { url, wait_secs }),
        200..=299 if answer.body.iter().all(u8::is_ascii_whitespace) => {
            Err(FetchError::EmptyBody { url, status })
        }
        200..=299 => Ok(()),
        _ => Err(FetchError::Status { url, status }),
    }
}

fn fresh(fields: &Fields, now: Timestamp) -> Option<u64> {
    let fields = FreshnessFields {
        cache_control: fields.cache_control.as_deref(),
        age: fields.age.as_deref(),
        expires: fields.expires.as_deref(),
        date: fields.date.as_deref(),
    };
    freshness::fresh_secs(fields, now)
}

fn hash(body: &[u8]) -> String {
    Sha256::digest(body).iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string does not fail.
        let _written = write!(hex, "{byte:02x}");
        hex
    })
}

/// Feeds open with their root element within this many bytes, style sheets and all.
const HEAD_BYTES: usize = 1_024;
/// A page that tests for a browser is short; a feed that quotes these words is not.
const WALL_BYTES: usize = 64 * 1024;

fn head(body: &[u8]) -> Vec<u8> {
    body.iter().take(HEAD_BYTES).map(u8::to_ascii_lowercase).collect()
}

fn contains(body: &[u8], words: &str) -> bool {
    body.windows(words.len()).any(|window| window == words.as_bytes())
}

fn is_html(body: &[u8]) -> bool {
    let head = head(body);
    let html = ["<!doctype html", "<html"].iter().any(|words| contains(&head, words));
    let feed = ["<rss", "<feed", "<rdf"].iter().any(|words| contains(&head, words));
    html && !feed
}

fn is_bot_wall(body: &[u8]) -> bool {
    // Not the script `challenge-platform`: Cloudflare puts it into ordinary pages, too.
    const WORDS: [&str; 3] = ["_cf_chl_opt", "<title>Just a moment...", "验证您是真人"];
    body.len() <= WALL_BYTES && is_html(body) && WORDS.iter().any(|words| contains(body, words))
}
