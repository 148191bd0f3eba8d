//! What an answer is: a document, or one of the things that come in its place.

use jiff::Timestamp;

use super::FetchError;
use crate::http::Answer;
use crate::http::error::shown;
use crate::source::freshness;

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

pub(super) fn is_html(body: &[u8]) -> bool {
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
