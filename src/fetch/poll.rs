//! One poll of one source.

use std::fmt::Write as _;

use jiff::Timestamp;
use sha2::Digest;
use sha2::Sha256;

use super::FetchError;
use super::Fetcher;
use super::PollOutcome;
use super::Polled;
use super::Seen;
use super::verdict;
use crate::domain::Document;
use crate::domain::PollCounts;
use crate::domain::Purpose;
use crate::domain::Source;
use crate::domain::SourceKind;
use crate::domain::SourceState;
use crate::domain::Validators;
use crate::http::Answer;
use crate::http::Fields;
use crate::http::error::shown;
use crate::source::Landing;
use crate::source::Outcome;
use crate::source::freshness;
use crate::source::freshness::FreshnessFields;
use crate::source::freshness::Lifetime;
use crate::source::host_key;
use crate::source::moved;
use crate::source::next_poll;

/// Raised when documents are read in a way that finds more in them than before: every source is
/// then asked for its document once more.
const READER: u32 = 1;

impl Fetcher {
    /// Asks the source once, in its host's turn. Never fails: a failure is an outcome, and in the
    /// returned state the next poll is already set, moved by `jitter` (-1 to 1).
    #[tracing::instrument(name = "poll", skip_all, fields(source.id = %source.id))]
    pub async fn poll(&self, source: &Source, state: &SourceState, jitter: f64) -> Polled {
        let before = prepared(source, state);
        let asked = self.ask(source, &before).await;
        let now = self.hosts().now();
        let look = Look { source, before: &before, now, jitter };
        let answered = asked.as_ref().map(|answer| host_key(&answer.final_url)).ok();
        let mut polled = look.understand(asked);
        if let PollOutcome::Failed(error) = &polled.outcome
            && let (Some(host), Some(_)) = (answered, error.pause_secs())
            && let Some(until) = polled.state.next_poll_at
        {
            // The host is paused as long as the source that it spoke to, for a bare 429 longer
            // each time.
            self.hosts().update(|hosts| hosts.pause(&host, until));
            polled.host_pause = Some((host, until));
        }
        polled
    }

    async fn ask(&self, source: &Source, before: &SourceState) -> Result<Answer, FetchError> {
        self.introduced(source)?;
        let conditional = before.validators_url.as_deref().map(|url| (url, &before.validators));
        self.send(source, before.address(source), conditional).await
    }
}

/// The state to ask with: what was read in another way than today is asked for again whole.
fn prepared(source: &Source, state: &SourceState) -> SourceState {
    let mut state = state.clone();
    let reader = reader(source);
    if state.reader.as_ref() != Some(&reader) {
        state.validators = Validators::default();
        state.validators_url = None;
        state.body_hash = None;
        state.reader = Some(reader);
    }
    state
}

fn reader(source: &Source) -> String {
    let how = (source.kind, source.utc_offset_minutes, &source.selectors, &source.recipe);
    // Words and texts always have a JSON form.
    let how = serde_json::to_string(&how).unwrap_or_default();
    hash(format!("{READER} {how}").as_bytes()).chars().take(16).collect()
}

/// One look at a source.
struct Look<'a> {
    source: &'a Source,
    before: &'a SourceState,
    now: Timestamp,
    jitter: f64,
}

impl Look<'_> {
    fn understand(&self, asked: Result<Answer, FetchError>) -> Polled {
        let mut state = self.before.clone();
        self.count(&mut state, &asked);
        let mut landing = None;
        let mut moved_to = None;
        let mut fresh_secs = None;
        let mut seen = None;
        let outcome = asked.and_then(|answer| {
            fresh_secs = fresh(&mut state, &answer, self.now);
            seen = Some(Seen::of(&answer, fresh_secs));
            let permanent = answer.permanent.then(|| answer.final_url.clone());
            let (outcome, new) = self.read(&mut state, answer)?;
            moved_to = permanent;
            landing = new;
            Ok(outcome)
        });
        let outcome = outcome.unwrap_or_else(|error| match error {
            FetchError::HostPaused { .. } => PollOutcome::Waiting(error),
            error => PollOutcome::Failed(error),
        });
        let mut rewritten = None;
        match &outcome {
            PollOutcome::Waiting(FetchError::HostPaused { until, .. }) => {
                state.next_poll_at = Some(*until);
            }
            PollOutcome::Waiting(error) | PollOutcome::Failed(error) => {
                self.fail(&mut state, error);
            }
            PollOutcome::Changed => self.succeed(&mut state, fresh_secs),
            PollOutcome::Unchanged | PollOutcome::NotModified => {
                // What stands at the end of the redirect is what we have read before.
                let overlaps = state.seeded;
                rewritten =
                    moved::observe(&mut state, self.source, moved_to.as_ref(), overlaps, self.now);
                self.succeed(&mut state, fresh_secs);
            }
        }
        let context = Landing {
            source: self.source.clone(),
            state: self.before.clone(),
            before: self.before.seeded.then_some(self.before.succeeded_at).flatten(),
            moved_to: moved_to.clone(),
            fresh_secs,
            now: self.now,
            jitter: self.jitter,
        };
        let document = landing;
        Polled { state, outcome, document, moved_to, rewritten, host_pause: None, seen, context }
    }

    /// What the request cost, whatever came of it.
    fn count(&self, state: &mut SourceState, asked: &Result<Answer, FetchError>) {
        let unasked = matches!(
            asked,
            Err(FetchError::HostPaused { .. }
                | FetchError::NoContact { .. }
                | FetchError::NoValue { .. }
                | FetchError::Robots { .. }
                | FetchError::RobotsUnreachable { .. })
        );
        if unasked {
            return;
        }
        let end = asked.as_ref().map_or(self.before.address(self.source), |a| &a.final_url);
        let conditional = self.before.validators_url.as_deref() == Some(end.as_str())
            && self.before.validators != Validators::default();
        let gap = state.polled_at.map(|at| self.now.duration_since(at).as_millis());
        let gap = gap.and_then(|millis| u64::try_from(millis).ok());
        let counts = &mut state.counts;
        counts.shortest_gap_ms =
            [counts.shortest_gap_ms, gap.filter(|gap| *gap > 0)].into_iter().flatten().min();
        counts.requests += 1 + asked.as_ref().map_or(0, |answer| answer.hops as u64);
        counts.unconditional += u64::from(!conditional);
        state.polled_at = Some(self.now);
        let Ok(answer) = asked else { return };
        counts.bytes += answer.transferred;
        match answer.status.as_u16() {
            304 => {
                counts.not_modified += 1;
                counts.saved_bytes += counts.body_bytes;
            }
            429 => counts.rate_limited += 1,
            200..=299 => counts.body_bytes = answer.transferred,
            _ => {}
        }
    }

    fn fail(&self, state: &mut SourceState, error: &FetchError) {
        state.failures = state.failures.saturating_add(1);
        state.last_error = Some(error.words());
        state.cause = Some(error.cause());
        count_error(&mut state.counts);
        // What is no feed is no place to move to.
        if matches!(error, FetchError::NotAFeed { .. } | FetchError::BotWall { .. }) {
            state.redirect = None;
        }
        if matches!(error, FetchError::Gone { .. }) {
            state.stopped = Some(error.words());
        }
        let outcome = error.outcome();
        state.next_poll_at = Some(next_poll(self.source, state, &outcome, self.now, self.jitter));
    }

    fn succeed(&self, state: &mut SourceState, fresh_secs: Option<u64>) {
        state.failures = 0;
        state.last_error = None;
        state.cause = None;
        state.succeeded_at = Some(self.now);
        let outcome = Outcome::Good { fresh_secs };
        state.next_poll_at = Some(next_poll(self.source, state, &outcome, self.now, self.jitter));
    }

    /// Reads the answer into the state; a document if there is something new.
    fn read(
        &self,
        state: &mut SourceState,
        answer: Answer,
    ) -> Result<(PollOutcome, Option<Document>), FetchError> {
        let source = self.source;
        if answer.status.as_u16() == 304 {
            return not_modified(state, &answer).map(|()| (PollOutcome::NotModified, None));
        }
        verdict::refusal(&answer, self.now)?;
        let is_feed = matches!(source.kind, SourceKind::Feed | SourceKind::Edgar);
        if is_feed && verdict::is_html(&answer.body) {
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
        state.changed_at = Some(self.now);
        let document = Document {
            source: source.id.clone(),
            purpose: Purpose::Poll,
            url: source.url.clone(),
            final_url: answer.final_url,
            content_type: answer.fields.content_type,
            validators: answer.fields.validators,
            fetched_at: self.now,
            body: answer.body,
        };
        Ok((PollOutcome::Changed, Some(document)))
    }
}

pub(super) fn count_error(counts: &mut PollCounts) {
    counts.errors += 1;
}

/// RFC 9111 §4.3.4: fields of a 304 replace those that are kept.
fn not_modified(state: &mut SourceState, answer: &Answer) -> Result<(), FetchError> {
    let unasked = state.validators == Validators::default();
    if unasked || state.validators_url.as_deref() != Some(answer.final_url.as_str()) {
        return Err(FetchError::Unasked304 { url: shown(&answer.final_url) });
    }
    let new = &answer.fields.validators;
    if new.etag.is_some() {
        state.validators.etag.clone_from(&new.etag);
    }
    if new.last_modified.is_some() {
        state.validators.last_modified.clone_from(&new.last_modified);
    }
    Ok(())
}

/// Seconds the answer stays fresh. A 304 that names no lifetime keeps the last one.
fn fresh(state: &mut SourceState, answer: &Answer, now: Timestamp) -> Option<u64> {
    let fields = freshness_fields(&answer.fields);
    match freshness::lifetime(fields, now) {
        Lifetime::Secs(secs) => state.hints.lifetime_secs = Some(secs),
        Lifetime::Unsaid if answer.status.as_u16() == 304 => {}
        Lifetime::Unsaid | Lifetime::NoWish => state.hints.lifetime_secs = None,
    }
    let lifetime = state.hints.lifetime_secs?;
    Some(lifetime.saturating_sub(freshness::age_secs(fields)))
}

fn freshness_fields(fields: &Fields) -> FreshnessFields<'_> {
    FreshnessFields {
        cache_control: fields.cache_control.as_deref(),
        age: fields.age.as_deref(),
        expires: fields.expires.as_deref(),
        date: fields.date.as_deref(),
    }
}

pub(super) fn hash(body: &[u8]) -> String {
    Sha256::digest(body).iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string does not fail.
        let _written = write!(hex, "{byte:02x}");
        hex
    })
}
