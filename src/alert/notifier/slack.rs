//! Messages for a Slack incoming webhook, and for what takes the same JSON.

use std::path::PathBuf;

use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;
use serde_json::json;
use url::Url;

use super::Receipt;
use super::SendError;
use super::judge;
use super::secret;
use super::secret::Secret;
use crate::alert::message::Message;
use crate::http::Client;

/// A `[[receiver.slack]]`. The URL is a secret: who has it can post.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Unique among receivers.
    pub name: String,
    /// The incoming webhook's URL.
    pub url: Option<Secret>,
    /// A file whose first line is the URL.
    pub url_file: Option<PathBuf>,
}

impl Settings {
    /// What is wrong, each with its key.
    pub fn problems(&self) -> Vec<String> {
        Slack::new(self).err().into_iter().collect()
    }
}

/// Ready to post.
pub struct Slack {
    name: String,
    url: Url,
}

impl Slack {
    /// Reads the URL; the error names the key and never shows it.
    pub fn new(settings: &Settings) -> Result<Slack, String> {
        let at = |problem: String| format!("receiver.slack.{}: {problem}", settings.name);
        let url = secret::load("url", settings.url.as_ref(), settings.url_file.as_ref())
            .map_err(at)?
            .reveal()
            .parse::<Url>()
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https"))
            .ok_or_else(|| at("url: is not the URL of an incoming webhook".to_owned()))?;
        Ok(Slack { name: settings.name.clone(), url })
    }

    /// The receiver's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Posts the message.
    pub async fn send(
        &self,
        message: &Message,
        client: &Client,
        now: Timestamp,
    ) -> Result<Receipt, SendError> {
        let body = json!({ "text": text(message) }).to_string().into_bytes();
        // Slack has no idempotency of its own; the key is for proxies and for the log.
        let headers =
            [("content-type", "application/json"), ("idempotency-key", message.key.as_str())];
        let posted = client
            .post(&self.url, &headers, body)
            .await
            .map_err(|error| SendError::unreachable(&self.name, &error))?;
        judge(&self.name, posted, now)
    }
}

/// Slack's mrkdwn; text from outside cannot become markup or a mention.
fn text(message: &Message) -> String {
    let mut text = format!("*{}*", escaped(&message.headline));
    for line in &message.lines {
        text.push('\n');
        text.push_str(&escaped(line));
    }
    if let Some(link) = &message.link {
        text.push('\n');
        text.push_str(link);
    }
    text
}

/// The three characters Slack asks to escape, and the marks of its markup.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            // A zero-width space keeps `*`, `_`, `~` and backticks from pairing up.
            '*' | '_' | '~' | '`' => {
                escaped.push(c);
                escaped.push('\u{200b}');
            }
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_cannot_mention_the_whole_channel() {
        assert_eq!(escaped("<!channel> A&B *x*"), "&lt;!channel&gt; A&amp;B *\u{200b}x*\u{200b}");
    }
}
