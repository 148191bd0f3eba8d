//! Signed JSON after the Standard Webhooks specification
//! (github.com/standard-webhooks/standard-webhooks, version 1).

use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::Hmac;
use hmac::KeyInit;
use hmac::Mac;
use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;
use sha2::Sha256;
use url::Url;

use super::Receipt;
use super::SendError;
use super::judge;
use super::secret;
use super::secret::Secret;
use crate::alert::message::Message;
use crate::http::Client;

/// How the specification marks a symmetric secret.
const PREFIX: &str = "whsec_";
/// The specification asks for 24 to 64 bytes.
const SECRET_BYTES: std::ops::RangeInclusive<usize> = 24..=64;

/// A `[[receiver.webhook]]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Unique among receivers.
    pub name: String,
    /// Where to post.
    pub url: Url,
    /// `whsec_` and 24 to 64 bytes in base64.
    pub secret: Option<Secret>,
    /// A file whose first line is the secret.
    pub secret_file: Option<PathBuf>,
}

impl Settings {
    /// What is wrong, each with its key.
    pub fn problems(&self) -> Vec<String> {
        Webhook::new(self).err().into_iter().collect()
    }
}

/// Ready to post.
pub struct Webhook {
    name: String,
    url: Url,
    key: Vec<u8>,
}

impl Webhook {
    /// Reads the secret; the error names the key.
    pub fn new(settings: &Settings) -> Result<Webhook, String> {
        let at = |problem: String| format!("receiver.webhook.{}: {problem}", settings.name);
        if !matches!(settings.url.scheme(), "http" | "https") {
            return Err(at(format!("url: {} is neither http nor https", settings.url.scheme())));
        }
        let secret =
            secret::load("secret", settings.secret.as_ref(), settings.secret_file.as_ref())
                .map_err(at)?;
        let encoded = secret.reveal();
        let key = STANDARD
            .decode(encoded.strip_prefix(PREFIX).unwrap_or(encoded))
            .ok()
            .filter(|key| SECRET_BYTES.contains(&key.len()))
            .ok_or_else(|| {
                at("secret: needs `whsec_` and 24 to 64 bytes in base64; make one with \
                    `echo whsec_$(openssl rand -base64 32)`"
                    .to_owned())
            })?;
        Ok(Webhook { name: settings.name.clone(), url: settings.url.clone(), key })
    }

    /// The receiver's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Posts the message with its three headers.
    pub async fn send(
        &self,
        message: &Message,
        client: &Client,
        now: Timestamp,
    ) -> Result<Receipt, SendError> {
        let body = serde_json::to_vec(&message.payload)
            .map_err(|error| SendError::never(format!("cannot write the message: {error}")))?;
        let seconds = now.as_second().to_string();
        let signature = signature(&self.key, &message.key, &seconds, &body);
        let headers = [
            ("content-type", "application/json"),
            ("webhook-id", &message.key),
            ("webhook-timestamp", &seconds),
            ("webhook-signature", &signature),
        ];
        let posted = client
            .post(&self.url, &headers, body)
            .await
            .map_err(|error| SendError::unreachable(&self.name, &error))?;
        judge(&self.name, posted, now)
    }
}

/// `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`.
fn signature(key: &[u8], id: &str, seconds: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in [id.as_bytes(), b".", seconds.as_bytes(), b".", body] {
        mac.update(part);
    }
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_the_one_other_tools_compute() {
        // printf 'msg_1.1700000000.{"a":1}' | openssl dgst -sha256 -hmac KEY -binary | base64
        let key = b"0123456789abcdef01234567";
        assert_eq!(
            signature(key, "msg_1", "1700000000", br#"{"a":1}"#),
            "v1,WUgAXU8H0NQ1/7M+TtMwKma2b74a3/TCgekiM3YUdN8="
        );
    }

    #[track_caller]
    fn refusal(secret: &str) -> String {
        let settings = Settings {
            name: "hub".to_owned(),
            url: "https://hub.test/in".parse().unwrap(),
            secret: Some(Secret::from(secret.to_owned())),
            secret_file: None,
        };
        settings.problems().join("\n")
    }

    #[test]
    fn a_weak_secret_is_refused_without_being_shown() {
        let error = refusal("whsec_c2hvcnQ=");
        assert!(error.starts_with("receiver.webhook.hub: secret: needs `whsec_`"), "{error}");
        assert!(!error.contains("c2hvcnQ"), "{error}");
        assert_eq!(refusal("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3"), "");
    }
}
