//! The channels: each sends a message its own way and says whether to try again.

pub mod secret;
pub mod slack;
pub mod terminal;
pub mod webhook;

use std::time::Duration;

use jiff::Timestamp;

use super::message::Message;
use super::settings::Receivers;
use crate::http::Client;
use crate::http::HttpError;
use crate::http::Posted;

/// What a receiver answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// HTTP status, where there is one.
    pub status: Option<u16>,
    /// The beginning of the answer.
    pub excerpt: String,
}

/// Whether a failed message should be tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// After the back-off.
    Later,
    /// The receiver said when.
    After(Duration),
    /// Trying again cannot help.
    Never,
}

/// Why a message was not delivered.
#[derive(Debug, thiserror::Error)]
#[error("{words}")]
pub struct SendError {
    /// What happened and what to do.
    pub words: String,
    /// Whether to try again.
    pub retry: Retry,
    /// HTTP status, where there is one.
    pub status: Option<u16>,
    /// The beginning of the answer.
    pub excerpt: String,
}

impl SendError {
    /// Trying again cannot help.
    pub fn never(words: String) -> SendError {
        SendError { words, retry: Retry::Never, status: None, excerpt: String::new() }
    }

    /// The receiver could not be reached; it may be back later.
    fn unreachable(name: &str, error: &HttpError) -> SendError {
        let words = format!("receiver `{name}` was not reached: {error}");
        SendError { words, retry: Retry::Later, status: None, excerpt: String::new() }
    }
}

/// A receiver ready to send.
pub enum Notifier {
    /// See [`terminal`].
    Terminal(terminal::Terminal),
    /// See [`webhook`].
    Webhook(webhook::Webhook),
    /// See [`slack`].
    Slack(slack::Slack),
}

impl Notifier {
    /// Every configured receiver, or what is missing to make it ready.
    pub fn all(receivers: &Receivers) -> Vec<Result<Notifier, String>> {
        let terminal =
            receivers.terminal.iter().map(|s| Ok(Notifier::Terminal(terminal::Terminal::new(s))));
        let webhook =
            receivers.webhook.iter().map(|s| webhook::Webhook::new(s).map(Notifier::Webhook));
        let slack = receivers.slack.iter().map(|s| slack::Slack::new(s).map(Notifier::Slack));
        terminal.chain(webhook).chain(slack).collect()
    }

    /// The receiver's name.
    pub fn name(&self) -> &str {
        match self {
            Self::Terminal(terminal) => terminal.name(),
            Self::Webhook(webhook) => webhook.name(),
            Self::Slack(slack) => slack.name(),
        }
    }

    /// Sends one message.
    pub async fn send(
        &self,
        message: &Message,
        client: &Client,
        now: Timestamp,
    ) -> Result<Receipt, SendError> {
        match self {
            Self::Terminal(terminal) => terminal.send(message),
            Self::Webhook(webhook) => webhook.send(message, client, now).await,
            Self::Slack(slack) => slack.send(message, client, now).await,
        }
    }
}

/// One table of what an HTTP answer means, for every channel that posts.
fn judge(name: &str, posted: Posted, now: Timestamp) -> Result<Receipt, SendError> {
    let status = posted.status.as_u16();
    let retry = match status {
        200..=299 => {
            return Ok(Receipt { status: Some(status), excerpt: posted.excerpt });
        }
        429 | 503 => wait(&posted, now).map_or(Retry::Later, Retry::After),
        408 | 425 | 500..=599 => Retry::Later,
        _ => Retry::Never,
    };
    let remedy = match status {
        401 | 403 => "; check the URL and its secret",
        404 | 410 => "; the receiver's URL does not exist any more",
        300..=399 => "; redirects are not followed, use the address it points to",
        _ => "",
    };
    Err(SendError {
        words: format!("receiver `{name}` answered {status}{remedy}"),
        retry,
        status: Some(status),
        excerpt: posted.excerpt,
    })
}

/// `Retry-After`: seconds, or a date by the receiver's own clock (RFC 9110 §10.2.3).
fn wait(posted: &Posted, now: Timestamp) -> Option<Duration> {
    let field = posted.retry_after.as_deref()?.trim();
    if let Ok(seconds) = field.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = httpdate::parse_http_date(field).ok()?;
    let clock = posted.date.as_deref().and_then(|date| httpdate::parse_http_date(date).ok());
    let clock = clock.or_else(|| std::time::SystemTime::try_from(now).ok())?;
    at.duration_since(clock).ok()
}
