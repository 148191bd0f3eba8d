//! Why a source or a page brought nothing, in words with the remedy.

use std::error::Error;
use std::net::IpAddr;

use jiff::Timestamp;
use url::Url;

use crate::domain::PollCause;
use crate::domain::measure::moment;
use crate::http::HttpError;
use crate::http::StatusCode;
use crate::http::error::shown;
use crate::source::Failure;
use crate::source::Outcome;

/// What came instead of a document. URLs are shown without query and credentials.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// No answer.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// 429.
    #[error(
        "{url} asks us to slow down (429): the whole host is left alone for a while; lengthen \
             `every_secs` if it happens again"
    )]
    RateLimited {
        /// What was asked.
        url: String,
        /// In seconds, if the server says.
        wait_secs: Option<u64>,
    },
    /// 503.
    #[error("{url} is not available at the moment (503); it is tried again later")]
    Unavailable {
        /// What was asked.
        url: String,
        /// In seconds, if the server says.
        wait_secs: Option<u64>,
    },
    /// 410.
    #[error(
        "{url} is gone for good (410) and is not asked again: remove the source, or find its \
             new address and revive it"
    )]
    Gone {
        /// What was asked.
        url: String,
    },
    /// Any other status.
    #[error("{url} answered {status}: {}", remedy(*status))]
    Status {
        /// What was asked.
        url: String,
        /// The status.
        status: StatusCode,
    },
    /// A page that tests for a browser.
    #[error(
        "{url} answers with a check for browsers: its operator does not want programs there; \
             ask for access with the configured contact, or disable the source"
    )]
    BotWall {
        /// What was asked.
        url: String,
    },
    /// HTML where a feed was expected.
    #[error(
        "{url} answers with a web page, not a feed: the feed has moved, or a login or \
             maintenance page stands before it; open it in a browser"
    )]
    NotAFeed {
        /// What was asked.
        url: String,
    },
    /// Nothing inside.
    #[error("{url} answered {status} with an empty body; it is tried again later")]
    EmptyBody {
        /// What was asked.
        url: String,
        /// A success.
        status: StatusCode,
    },
    /// 304 to a request without conditions.
    #[error("{url} answered 304 though nothing was known of it: its cache is broken")]
    Unasked304 {
        /// What was asked.
        url: String,
    },
    /// Refused by robots.txt.
    #[error(
        "the robots.txt of {url} asks programs to stay away: disable the source, or ask its \
             operator"
    )]
    Robots {
        /// What was to be asked.
        url: String,
    },
    /// RFC 9309 §2.3.1.4: while robots.txt cannot be read, everything is refused.
    #[error(
        "the robots.txt of {url} cannot be read ({reason}), so nothing is asked there until \
             it can"
    )]
    RobotsUnreachable {
        /// What was to be asked.
        url: String,
        /// In words.
        reason: String,
    },
    /// The publisher wants to know whom it answers.
    #[error(
        "{url} answers only clients that name a contact: set `http.contact` to a mail address \
             that is read, and restart"
    )]
    NoContact {
        /// What was to be asked.
        url: String,
    },
    /// A redirect into the private network.
    #[error(
        "{from} redirects to `{host}` at {address}, which is not a public address, and is not \
             followed there: set `allow_private = true` for the source if your own network is \
             meant"
    )]
    LedPrivate {
        /// What was asked.
        from: String,
        /// Where it led.
        host: String,
        /// What the name stands for.
        address: IpAddr,
    },
    /// A header's value is nowhere to be had.
    #[error(
        "its header `{name}` has no value: put it into {place} of whoever polls, in plain ASCII, \
             and reload or restart"
    )]
    NoValue {
        /// The header.
        name: String,
        /// Where its value was looked for.
        place: String,
    },
    /// The host is left alone at its own wish.
    #[error("`{host}` asked us to wait until {}", moment(*until))]
    HostPaused {
        /// As [`crate::source::host_key`] has it.
        host: String,
        /// The end of the pause.
        until: Timestamp,
    },
}

fn remedy(status: StatusCode) -> &'static str {
    match status.as_u16() {
        401 | 407 => "it wants a login, which no source here has; use an open address",
        403 | 451 => "it refuses this client; ask its operator, or disable the source",
        404 => "there is nothing at this address; look for the new one on the site",
        400..=499 => "it does not accept the request; check the address",
        500..=599 => "the server has a fault of its own; it is tried again later",
        _ => "that is no answer to a request for a document; check the address",
    }
}

/// When to try a page again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// Not before.
    At(Timestamp),
    /// Not before so many seconds have passed.
    After(u64),
    /// When it suits.
    Later,
    /// It would be the same again.
    Never,
}

/// A host that names no time is left alone for this long.
const DEFAULT_PAUSE_SECS: u64 = 3_600;

impl FetchError {
    /// What went wrong with the request for `url`, to which `asked` has led.
    pub(super) fn of_hop(error: HttpError, asked: &Url, url: &Url) -> FetchError {
        match error {
            HttpError::PrivateAddress { host, address } if asked != url => {
                FetchError::LedPrivate { from: shown(asked), host, address }
            }
            error => error.into(),
        }
    }

    /// Whether it is worth asking for the page again. No wildcard arm: a new variant does not
    /// compile until it decides.
    pub fn retry(&self) -> Retry {
        match self {
            Self::RateLimited { wait_secs, .. } | Self::Unavailable { wait_secs, .. } => {
                Retry::After(wait_secs.unwrap_or(DEFAULT_PAUSE_SECS))
            }
            Self::HostPaused { until, .. } => Retry::At(*until),
            Self::Status { status, .. } if status.is_server_error() => Retry::Later,
            Self::Http(error) if !network(error) => Retry::Never,
            Self::Http(_)
            | Self::EmptyBody { .. }
            | Self::Unasked304 { .. }
            | Self::RobotsUnreachable { .. } => Retry::Later,
            Self::Gone { .. }
            | Self::Status { .. }
            | Self::BotWall { .. }
            | Self::NotAFeed { .. }
            | Self::NoContact { .. }
            | Self::NoValue { .. }
            | Self::LedPrivate { .. }
            | Self::Robots { .. } => Retry::Never,
        }
    }

    /// What the failure means for the next poll.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::RateLimited { wait_secs, .. } => Outcome::RateLimited { retry_after: *wait_secs },
            Self::Unavailable { wait_secs, .. } => Outcome::Unavailable { retry_after: *wait_secs },
            Self::Gone { .. } => Outcome::Gone,
            Self::Status { status, .. } if status.is_server_error() => {
                Outcome::Failed(Failure::Server)
            }
            Self::Http(error) if network(error) => Outcome::Failed(Failure::Network),
            Self::EmptyBody { .. } | Self::Unasked304 { .. } => {
                Outcome::Unreadable { fresh_secs: None }
            }
            Self::RobotsUnreachable { .. } | Self::HostPaused { .. } => {
                Outcome::Failed(Failure::Server)
            }
            // The fault is ours: once it is mended, the source should be asked within the hour.
            Self::NoContact { .. } | Self::NoValue { .. } => Outcome::Failed(Failure::Network),
            Self::Http(_)
            | Self::LedPrivate { .. }
            | Self::Status { .. }
            | Self::BotWall { .. }
            | Self::NotAFeed { .. }
            | Self::Robots { .. } => Outcome::Failed(Failure::Refused),
        }
    }

    /// The failure as a word. No wildcard arm: a new variant does not compile until it has one.
    pub fn cause(&self) -> PollCause {
        match self {
            Self::Http(error) => http_cause(error),
            Self::LedPrivate { .. } => PollCause::PrivateAddress,
            Self::RateLimited { .. } | Self::HostPaused { .. } => PollCause::RateLimited,
            Self::Unavailable { .. } => PollCause::Unavailable,
            Self::Gone { .. } => PollCause::Gone,
            Self::Status { status, .. } => match status.as_u16() {
                401 | 403 | 407 | 451 => PollCause::Forbidden,
                404 => PollCause::NotFound,
                500..=599 => PollCause::ServerError,
                _ => PollCause::Status,
            },
            Self::BotWall { .. } => PollCause::BotWall,
            Self::NotAFeed { .. } => PollCause::NotAFeed,
            Self::EmptyBody { .. } => PollCause::Empty,
            Self::Unasked304 { .. } | Self::NoContact { .. } | Self::NoValue { .. } => {
                PollCause::Request
            }
            Self::Robots { .. } | Self::RobotsUnreachable { .. } => PollCause::Robots,
        }
    }

    /// How long the failure keeps its whole host alone.
    pub(super) fn pause_secs(&self) -> Option<u64> {
        match self {
            Self::RateLimited { wait_secs, .. } => Some(wait_secs.unwrap_or(DEFAULT_PAUSE_SECS)),
            Self::Unavailable { wait_secs, .. } => *wait_secs,
            _ => None,
        }
    }

    /// The whole chain in one line, as it is kept and reported.
    pub fn words(&self) -> String {
        let mut words = self.to_string();
        let mut cause = self.source();
        while let Some(error) = cause {
            words = format!("{words}: {error}");
            cause = error.source();
        }
        words
    }
}

fn http_cause(error: &HttpError) -> PollCause {
    match error {
        HttpError::Dns { .. } => PollCause::Dns,
        HttpError::Refused { .. } | HttpError::Unreachable { .. } => PollCause::Connection,
        HttpError::Tls { .. } => PollCause::Tls,
        HttpError::Timeout { .. } => PollCause::Timeout,
        HttpError::Protocol { .. } => PollCause::Protocol,
        HttpError::TooLarge { .. } => PollCause::TooLarge,
        HttpError::Encoding { .. } => PollCause::Encoding,
        HttpError::PrivateAddress { .. } => PollCause::PrivateAddress,
        HttpError::TooManyRedirects { .. } | HttpError::BadRedirect { .. } => PollCause::Redirect,
        HttpError::Downgrade { .. } => PollCause::Downgrade,
        HttpError::Scheme { .. }
        | HttpError::UserAgent { .. }
        | HttpError::Header { .. }
        | HttpError::Client { .. } => PollCause::Request,
    }
}

/// Whether the failure may lie between us and the server; else it is what the server sends.
fn network(error: &HttpError) -> bool {
    match error {
        HttpError::Dns { .. }
        | HttpError::Refused { .. }
        | HttpError::Unreachable { .. }
        | HttpError::Tls { .. }
        | HttpError::Timeout { .. }
        | HttpError::Protocol { .. }
        | HttpError::Client { .. } => true,
        HttpError::TooLarge { .. }
        | HttpError::Encoding { .. }
        | HttpError::PrivateAddress { .. }
        | HttpError::TooManyRedirects { .. }
        | HttpError::BadRedirect { .. }
        | HttpError::Downgrade { .. }
        | HttpError::Scheme { .. }
        | HttpError::UserAgent { .. }
        | HttpError::Header { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_into_the_private_network_says_who_led_there() {
        let asked: Url = "https://a.test/feed?key=secret".parse().unwrap();
        let private = |url: &Url| {
            let address = "10.0.0.1".parse().unwrap();
            let error = HttpError::PrivateAddress { host: "nas.test".to_owned(), address };
            FetchError::of_hop(error, &asked, url)
        };
        let led = private(&"http://nas.test/".parse().unwrap());
        let words = led.words();
        assert!(words.starts_with("https://a.test/feed"), "{words}");
        assert!(words.contains("redirects to `nas.test` at 10.0.0.1"), "{words}");
        assert!(words.contains("`allow_private = true`") && !words.contains("secret"), "{words}");
        assert_eq!((led.cause(), led.retry()), (PollCause::PrivateAddress, Retry::Never));
        assert!(matches!(private(&asked), FetchError::Http(_)), "asked for itself");
    }
}
