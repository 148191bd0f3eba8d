//! robots.txt (RFC 9309), for list pages and article pages; a feed's address is an invitation.

use jiff::SignedDuration;
use jiff::Timestamp;
use robotxt::Robots;
use url::Url;

use super::FetchError;
use crate::http::Accept;
use crate::http::Client;
use crate::http::Get;
use crate::http::HttpError;
use crate::http::Limit;
use crate::http::error::shown;

/// The product token of the rules that are meant for us.
pub const PRODUCT: &str = "dealwatch";
/// RFC 9309 §2.5 wants at least 500 KiB parsed; the rest is not read.
const MAX_BYTES: u64 = 512 * 1024;
/// RFC 9309 §2.4: a copy is used for at most a day.
const MAX_AGE: SignedDuration = SignedDuration::from_hours(24);
/// A robots.txt that could not be read is tried again sooner.
const RETRY: SignedDuration = SignedDuration::from_hours(1);
/// A longer delay is a mistake, or a refusal that robots.txt has other words for.
const MAX_CRAWL_DELAY_SECS: u64 = 300;
/// Sites name a handful of sitemaps; large ones an index.
const MAX_SITEMAPS: usize = 40;

/// The rules of one origin, with the time they were read.
#[derive(Debug, Clone)]
pub struct Rules {
    verdict: Verdict,
    sitemaps: Vec<String>,
    read_at: Timestamp,
}

#[derive(Debug, Clone)]
enum Verdict {
    /// The file says.
    Read(Box<Robots>),
    /// There is none.
    Absent,
    /// It cannot be read now, with the reason.
    Unreachable(String),
}

/// Reads the robots.txt of the URL's origin. The caller has taken the host's turn.
/// Fails where the origin itself may not be asked.
pub async fn read(
    client: &Client,
    url: &Url,
    now: Timestamp,
    allow_private: bool,
) -> Result<Rules, FetchError> {
    let (verdict, sitemaps) = verdict(client, url, allow_private).await?;
    Ok(Rules { verdict, sitemaps, read_at: now })
}

async fn verdict(
    client: &Client,
    url: &Url,
    allow_private: bool,
) -> Result<(Verdict, Vec<String>), FetchError> {
    let none = Vec::new;
    let Ok(at) = url.join("/robots.txt") else {
        return Ok((Verdict::Absent, none()));
    };
    let get = Get {
        url: &at,
        accept: Accept::Text,
        conditional: None,
        limit: Limit::Cut(MAX_BYTES),
        allow_private,
    };
    let verdict = match client.get(&get).await {
        Ok(answer) => match answer.status.as_u16() {
            200..=299 => {
                let robots = Robots::parse(&answer.body, PRODUCT);
                return Ok((Verdict::Read(Box::new(robots)), sitemaps(&answer.body)));
            }
            // Too Many Requests is a 4xx by number, not by meaning.
            429 | 500..=599 => Verdict::Unreachable(format!("it answered {}", answer.status)),
            _ => Verdict::Absent,
        },
        // RFC 9309 §2.3.1.2: after five redirects it may be taken as absent.
        Err(HttpError::TooManyRedirects { .. } | HttpError::BadRedirect { .. }) => Verdict::Absent,
        Err(error @ HttpError::PrivateAddress { .. }) => return Err(error.into()),
        Err(error) => Verdict::Unreachable(FetchError::from(error).words()),
    };
    Ok((verdict, none()))
}

/// What stands behind `Sitemap:`, as written.
fn sitemaps(robots: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(robots);
    let named = text.lines().filter_map(|line| line.split_once(':'));
    let named = named.filter(|(key, _)| key.trim().eq_ignore_ascii_case("sitemap"));
    named.map(|(_, at)| at.trim().to_owned()).take(MAX_SITEMAPS).collect()
}

impl Rules {
    /// The rules of a text, as if just read.
    pub fn parse(text: &[u8], now: Timestamp) -> Rules {
        let verdict = Verdict::Read(Box::new(Robots::parse(text, PRODUCT)));
        Rules { verdict, sitemaps: sitemaps(text), read_at: now }
    }

    /// The sitemaps that the file names, as written.
    pub fn sitemaps(&self) -> &[String] {
        &self.sitemaps
    }

    /// Whether they may still be used.
    pub fn is_current(&self, now: Timestamp) -> bool {
        let age = now.duration_since(self.read_at);
        let limit = match self.verdict {
            Verdict::Read(_) | Verdict::Absent => MAX_AGE,
            Verdict::Unreachable(_) => RETRY,
        };
        // A clock that was turned back makes them old, too.
        !age.is_negative() && age < limit
    }

    /// The delay that the host asks for, at most five minutes; 0 if it does not.
    pub fn crawl_delay_secs(&self) -> u32 {
        let delay = match &self.verdict {
            Verdict::Read(robots) => robots.crawl_delay().unwrap_or_default(),
            Verdict::Absent | Verdict::Unreachable(_) => return 0,
        };
        let whole = delay.as_secs() + u64::from(delay.subsec_nanos() > 0);
        u32::try_from(whole.min(MAX_CRAWL_DELAY_SECS)).unwrap_or(0)
    }

    /// Refuses what they refuse.
    pub fn check(&self, url: &Url) -> Result<(), FetchError> {
        match &self.verdict {
            Verdict::Absent => Ok(()),
            Verdict::Read(robots) if robots.is_url_allowed(url) => Ok(()),
            Verdict::Read(_) => Err(FetchError::Robots { url: shown(url) }),
            Verdict::Unreachable(reason) => {
                Err(FetchError::RobotsUnreachable { url: shown(url), reason: reason.clone() })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-03-07T12:00:00Z".parse().unwrap()
    }

    #[track_caller]
    fn check(text: &str, path: &str, allowed: bool) {
        let rules = Rules::parse(text.as_bytes(), now());
        let url = Url::parse("https://a.test").unwrap().join(path).unwrap();
        assert_eq!(rules.check(&url).is_ok(), allowed, "{path} in {text}");
    }

    #[test]
    fn the_group_that_names_us_counts_before_the_one_for_all() {
        let text = "User-agent: *\nDisallow: /\n\nUser-agent: DealWatch\nDisallow: /private\n";
        check(text, "/news", true);
        check(text, "/private/x", false);
        check("User-agent: *\nDisallow: /\nAllow: /news\n", "/news/1?page=2", true);
        check("User-agent: *\nDisallow: /*?page=\n", "/news/1?page=2", false);
        check("", "/", true);
    }

    #[test]
    fn the_crawl_delay_is_clamped() {
        for (delay, secs) in [("20", 20), ("0.5", 1), ("86400", 300), ("soon", 0), ("-4", 0)] {
            let text = format!("User-agent: *\nCrawl-delay: {delay}\nDisallow: /x\n");
            assert_eq!(Rules::parse(text.as_bytes(), now()).crawl_delay_secs(), secs, "{delay}");
        }
    }

    #[test]
    fn rules_are_used_for_a_day_and_a_failure_for_an_hour() {
        let rules = Rules::parse(b"", now());
        let verdict = Verdict::Unreachable(String::new());
        let failed = Rules { verdict, sitemaps: Vec::new(), read_at: now() };
        let later = |minutes| now() + SignedDuration::from_mins(minutes);
        assert!(rules.is_current(later(0)) && rules.is_current(later(24 * 60 - 1)));
        assert!(!rules.is_current(later(24 * 60)) && !rules.is_current(later(-1)));
        assert!(failed.is_current(later(59)) && !failed.is_current(later(60)));
    }
}
