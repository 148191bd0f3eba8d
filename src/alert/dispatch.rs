//! Works off the outbox: renders what is due, sends it, stores what the receiver answered.

use std::time::Duration;
use std::time::Instant;

use jiff::SignedDuration;
use jiff::Timestamp;
use url::Url;

use super::message::Message;
use super::message::Quote;
use super::message::Reason;
use super::message::Subject;
use super::notifier::Notifier;
use super::notifier::Retry;
use super::notifier::SendError;
use crate::domain::DealId;
use crate::domain::Field;
use crate::domain::SourceNote;
use crate::http::Client;
use crate::query;
use crate::query::DealView;
use crate::store;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::outbox;
use crate::store::outbox::Attempt;
use crate::store::outbox::Outcome;
use crate::store::outbox::Owed;

/// After the first failure; doubled with each further one.
const FIRST_RETRY: SignedDuration = SignedDuration::from_secs(10);
/// Never longer: a receiver that is back should not wait half a day.
const LONGEST_RETRY: SignedDuration = SignedDuration::from_hours(1);
/// With the back-off above about a day of trying.
const MAX_ATTEMPTS: u32 = 30;
/// Messages read from the outbox at once.
const BATCH: u32 = 200;
/// Sentences shown in a message.
const QUOTES: usize = 2;

/// Where the time comes from.
pub type Clock<'a> = &'a (dyn Fn() -> Timestamp + Send + Sync);

/// What sending needs beside the message.
pub struct Sender<'a> {
    /// The log.
    pub store: &'a Store,
    /// For receivers that are reached over HTTP.
    pub client: &'a Client,
    /// Where people reach the pages.
    pub public_url: Option<&'a Url>,
    /// The time.
    pub clock: Clock<'a>,
}

/// What is due now for one receiver, the longest due first.
pub async fn due(store: &Store, receiver: &str, now: Timestamp) -> Result<Vec<Owed>, StoreError> {
    let receiver = receiver.to_owned();
    store.read(move |conn| outbox::due_of(conn, Some(&receiver), now, BATCH)).await
}

impl Sender<'_> {
    /// Sends one message and stores what came of it; `true` if the receiver took it.
    ///
    /// The rendered message is kept before the first attempt, so that every attempt says the same
    /// under the same key.
    pub async fn deliver(&self, notifier: &Notifier, owed: Owed) -> Result<bool, StoreError> {
        let Some((owed, message)) = self.rendered(owed).await? else { return Ok(false) };
        let began = Instant::now();
        let sent = notifier.send(&message, self.client, (self.clock)()).await;
        let now = (self.clock)();
        let latency_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let attempt = match &sent {
            Ok(receipt) => Attempt {
                outbox: owed.id,
                at: now,
                latency_ms,
                outcome: Outcome::Sent,
                status: receipt.status,
                response: Some(receipt.excerpt.clone()).filter(|text| !text.is_empty()),
                error: None,
            },
            Err(error) => Attempt {
                outbox: owed.id,
                at: now,
                latency_ms,
                outcome: next(error, owed.attempts + 1, now),
                status: error.status,
                response: Some(error.excerpt.clone()).filter(|text| !text.is_empty()),
                error: Some(error.words.clone()),
            },
        };
        match (&sent, attempt.outcome) {
            (Ok(_), _) => {
                tracing::info!(receiver = %owed.receiver, key = %message.key, "Delivered {}", message.headline);
            }
            (Err(error), Outcome::Failed) => {
                tracing::error!(receiver = %owed.receiver, key = %message.key, "Gave up a message: {error}");
            }
            (Err(error), _) => {
                tracing::warn!(receiver = %owed.receiver, key = %message.key, "Will try again: {error}");
            }
        }
        let delivered = sent.is_ok();
        self.store
            .write(move |tx| {
                outbox::record_attempt(tx, &attempt)?;
                store::counter::bump(tx, "sent", u64::from(delivered), now)
            })
            .await?;
        Ok(delivered)
    }

    /// The message as it was rendered before, or rendered now; `None` if the deal is gone.
    async fn rendered(&self, owed: Owed) -> Result<Option<(Owed, Message)>, StoreError> {
        if let Some(message) = owed.payload.as_deref().and_then(Message::thaw) {
            return Ok(Some((owed, message)));
        }
        // A note on a source is the same at every time.
        if let Some(note) = owed.payload.as_deref().and_then(SourceNote::thaw) {
            let message = Message::source(&owed.idempotency_key, &note);
            return Ok(Some((owed, message)));
        }
        let Some(deal) = owed.deal else { return Ok(None) };
        let now = (self.clock)();
        let link = self.public_url.and_then(|url| url.join(&format!("deals/{deal}")).ok());
        let asked = owed.clone();
        let rendered =
            self.store.read(move |conn| render(conn, &asked, deal, link.as_ref(), now)).await?;
        let Some((message, revision)) = rendered else {
            self.store.write(move |tx| outbox::cancel(tx, deal)).await?;
            return Ok(None);
        };
        let frozen = message.freeze();
        let id = owed.id;
        let owed =
            self.store.write(move |tx| outbox::freeze(tx, id, Some(revision), &frozen)).await?;
        let message = owed.payload.as_deref().and_then(Message::thaw).unwrap_or(message);
        Ok(Some((owed, message)))
    }
}

/// The message about a deal as the record is now, and the revision it shows.
fn render(
    conn: &store::rusqlite::Connection,
    owed: &Owed,
    deal: DealId,
    link: Option<&Url>,
    now: Timestamp,
) -> Result<Option<(Message, i64)>, StoreError> {
    let Some(record) = store::deal::load(conn, deal)? else { return Ok(None) };
    let reason = match owed.reason {
        outbox::Reason::New => Reason::New,
        outbox::Reason::Update => Reason::Update,
        outbox::Reason::Correction => Reason::Correction,
        outbox::Reason::Note => Reason::Note,
    };
    let mut changes = match owed.from_revision {
        Some(from) => query::changes_since(conn, deal, from)?,
        None => Vec::new(),
    };
    changes.retain(|change| is_watched(change.field));
    let Some(view) = query::deal(conn, deal, true)? else { return Ok(None) };
    let quotes = quotes(&view);
    let subject = Subject {
        deal,
        revision: record.revision,
        facts: &record.facts,
        changes: &changes,
        quotes: &quotes,
        view: serde_json::to_value(&view).unwrap_or_default(),
        link: link.map(ToString::to_string),
    };
    let message = Message::deal(&owed.idempotency_key, reason, &subject, now);
    Ok(Some((message, record.revision)))
}

/// What a message tells; the rest is in the record.
fn is_watched(field: Field) -> bool {
    matches!(
        field,
        Field::Status
            | Field::Amount
            | Field::Valuation
            | Field::Acquirers
            | Field::Investors
            | Field::Round
            | Field::Kind
    )
}

/// The sentences that prove the values a message shows first.
fn quotes(view: &DealView) -> Vec<Quote> {
    let Some(evidence) = &view.evidence else { return Vec::new() };
    let mut quotes: Vec<Quote> = Vec::new();
    for field in [Field::Status, Field::Amount, Field::Acquirers, Field::Target] {
        let Some(proof) = evidence.get(&field) else { continue };
        let (Some(sentence), Some(source)) = (&proof.sentence, &proof.source) else { continue };
        if quotes.len() < QUOTES && quotes.iter().all(|known| known.sentence != *sentence) {
            quotes.push(Quote {
                sentence: sentence.clone(),
                source: source.name.clone(),
                url: source.url.clone(),
            });
        }
    }
    quotes
}

/// Whether and when to try again.
fn next(error: &SendError, attempts: u32, now: Timestamp) -> Outcome {
    let wait = match error.retry {
        Retry::Never => return Outcome::Failed,
        _ if attempts >= MAX_ATTEMPTS => return Outcome::Failed,
        Retry::After(wait) => SignedDuration::try_from(wait).unwrap_or(LONGEST_RETRY),
        Retry::Later => back_off(attempts),
    };
    Outcome::RetryAt(now.saturating_add(wait).unwrap_or(Timestamp::MAX))
}

/// 10 s, 20 s, 40 s … one hour.
fn back_off(attempts: u32) -> SignedDuration {
    let doubled = FIRST_RETRY.as_secs() << attempts.saturating_sub(1).min(10);
    SignedDuration::from_secs(doubled).min(LONGEST_RETRY)
}

/// How long until something is due for one receiver; `None` if nothing is owed to it.
pub async fn until_next(
    store: &Store,
    receiver: &str,
    now: Timestamp,
) -> Result<Option<Duration>, StoreError> {
    let receiver = receiver.to_owned();
    let next = store.read(move |conn| outbox::next_due_of(conn, Some(&receiver))).await?;
    Ok(next.map(|at| Duration::try_from(at.duration_since(now)).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(attempts: u32, seconds: i64) {
        assert_eq!(back_off(attempts), SignedDuration::from_secs(seconds), "attempt {attempts}");
    }

    #[test]
    fn retries_slow_down_to_one_an_hour() {
        check(1, 10);
        check(2, 20);
        check(5, 160);
        check(10, 3_600);
        check(30, 3_600);
    }

    #[test]
    fn a_receiver_that_refuses_is_not_asked_again() {
        let error = SendError::never("no".to_owned());
        assert!(matches!(next(&error, 1, Timestamp::UNIX_EPOCH), Outcome::Failed));
    }
}
