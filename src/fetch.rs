//! Asks sources and article pages politely, and says what came of it.
//!
//! # Invariants
//!
//! - One request at a time per host, with a gap and a daily budget, also where a redirect leads to
//!   it; a host that says 429 or 503 is left alone whole.
//! - Validators go back byte for byte, only to the URL that gave them, and are replaced by every
//!   200, also when the body is the same.
//! - A new state is only returned, never stored: the caller stores it in the transaction that
//!   stores what was read from the document, or [`Polled::failed_parse`] if nothing could be.
//!   So a crash between the two leads to a request with the old validators, and loses nothing.
//! - Failures are values with words and a remedy; nothing here stops another source.
//!
//! # Not here
//!
//! When a source is due ([`crate::source::due()`]), and what a document says (`parse`).

pub mod child;
pub mod error;
pub mod hosts;
pub mod look;
pub mod page;
pub mod poll;
pub mod polled;
pub mod robots;
pub mod seen;
mod send;
pub mod settings;
mod verdict;

pub use child::ChildAnswer;
pub use error::FetchError;
pub use error::Retry;
pub use hosts::Clock;
pub use hosts::Hosts;
pub use look::Manners;
pub use polled::PollOutcome;
pub use polled::Polled;
pub use seen::Seen;
pub use settings::Settings;

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::PoisonError;

use jiff::SignedDuration;
use url::Url;

use crate::http::Answer;
use crate::http::Chain;
use crate::http::Client;
use crate::http::Extra;
use crate::http::Get;
use crate::http::Hop;
use crate::source::host_key;

/// Asks; holds what requests share: the client, the hosts' turns, and their robots.txt.
#[derive(Debug)]
pub struct Fetcher {
    client: Client,
    hosts: Hosts,
    robots: Mutex<HashMap<String, robots::Rules>>,
}

impl Fetcher {
    /// `hosts` carries the clock.
    pub fn new(client: Client, hosts: Hosts) -> Fetcher {
        Fetcher { client, hosts, robots: Mutex::new(HashMap::new()) }
    }

    /// The hosts' turns and pauses: to choose what is due, and to be kept over a restart.
    pub fn hosts(&self) -> &Hosts {
        &self.hosts
    }

    /// The robots.txt of the address's origin; read if it is not known or old.
    pub async fn rules(&self, url: &Url, allow_private: bool) -> Result<robots::Rules, FetchError> {
        let origin = url.origin().ascii_serialization();
        let key = host_key(url);
        let known = self.robots_of(&origin).filter(|rules| rules.is_current(self.hosts.now()));
        if let Some(rules) = known {
            return Ok(rules);
        }
        let turn = self.hosts.turn(&key).await?;
        let rules = robots::read(&self.client, url, self.hosts.now(), allow_private).await;
        // The delay that it asks for lies between what it is read for and the next: a client that
        // asks once need not wait.
        drop(turn);
        let rules = rules?;
        self.hosts.update(|hosts| hosts.set_crawl_delay(&key, rules.crawl_delay_secs()));
        let mut robots = self.robots.lock().unwrap_or_else(PoisonError::into_inner);
        robots.retain(|_, rules| rules.is_current(self.hosts.now()));
        robots.insert(origin, rules.clone());
        Ok(rules)
    }

    /// Refuses what the host's robots.txt refuses.
    async fn allowed(&self, url: &Url, allow_private: bool) -> Result<(), FetchError> {
        self.rules(url, allow_private).await?.check(url)
    }

    /// Asks, and follows redirects: each host on the way in its own turn, and where robots.txt
    /// counts within that of each origin.
    async fn follow(&self, get: &Get<'_>, robots: bool) -> Result<Answer, FetchError> {
        self.follow_with(get, Extra::default(), robots).await
    }

    /// As [`Fetcher::follow`], with more than the ordinary.
    async fn follow_with(
        &self,
        get: &Get<'_>,
        mut extra: Extra<'_>,
        robots: bool,
    ) -> Result<Answer, FetchError> {
        let mut url = get.url.clone();
        let mut chain = Chain::default();
        if robots {
            self.allowed(&url, get.allow_private).await?;
        }
        let mut turn = self.hosts.turn(&host_key(&url)).await?;
        loop {
            let hop = self.client.hop(&url, get, &extra).await;
            let hop = hop.map_err(|error| FetchError::of_hop(error, get.url, &url))?;
            let (to, status) = match hop {
                Hop::Answer(answer) => return Ok(chain.end(*answer)),
                Hop::Redirect { to, status } => {
                    // 307 and 308: a POST stays one; of the others browsers make a GET.
                    let keeps_body = matches!(status.as_u16(), 307 | 308);
                    extra.post = extra.post.filter(|_| keeps_body);
                    (to, status)
                }
            };
            chain.follow(get.url, status, &to)?;
            let key = host_key(&to);
            let read_robots = robots && to.origin() != url.origin();
            if turn.key() == key && !read_robots {
                turn.again().await;
            } else {
                // Given back first: robots.txt, or another task that goes the other way, needs it.
                drop(turn);
                if read_robots {
                    self.allowed(&to, get.allow_private).await?;
                }
                turn = self.hosts.turn(&key).await?;
            }
            url = to;
        }
    }

    fn robots_of(&self, origin: &str) -> Option<robots::Rules> {
        self.robots.lock().unwrap_or_else(PoisonError::into_inner).get(origin).cloned()
    }

    /// Leaves the host alone for `secs`.
    fn pause(&self, url: &Url, secs: u64) {
        let secs = i64::try_from(secs).unwrap_or(i64::MAX);
        let until = self.hosts.now().saturating_add(SignedDuration::from_secs(secs));
        if let Ok(until) = until {
            self.hosts.update(|hosts| hosts.pause(&host_key(url), until));
        }
    }
}
