//! What can go wrong between us and a server, in words with the remedy.

use std::error::Error;
use std::fmt;
use std::io;
use std::net::IpAddr;

use url::Url;

use super::address::ResolveError;
use super::decode::DecodeError;

/// The step that took too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Name look-up, TCP and TLS.
    Connect,
    /// From the request to the header of the answer.
    FirstByte,
    /// The rest of the answer.
    Body,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connect => "the connection was not made in time",
            Self::FirstByte => "connected, but no answer came in time",
            Self::Body => "the answer began, but did not end in time",
        })
    }
}

/// Why there is no answer. URLs are shown without query and credentials.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// The name has no address.
    #[error(
        "cannot find the host `{host}`: check the network, the name server and the URL's spelling"
    )]
    Dns {
        /// As in the URL.
        host: String,
        /// What the resolver said.
        source: io::Error,
    },
    /// Nobody listens.
    #[error("`{host}` refuses connections: the server is down, or the URL's port is wrong")]
    Refused {
        /// With port, if the URL has one.
        host: String,
    },
    /// No way there, or the way broke.
    #[error("cannot reach {url}: {reason}; check the network and firewall of this machine")]
    Unreachable {
        /// What was asked.
        url: String,
        /// The innermost cause.
        reason: String,
    },
    /// No trustworthy certificate, or no common protocol.
    #[error(
        "no secure connection to {url}: {reason}; check this machine's clock and its CA \
         certificates (package ca-certificates), else the server's certificate is at fault"
    )]
    Tls {
        /// What was asked.
        url: String,
        /// What TLS said.
        reason: String,
    },
    /// Too slow.
    #[error("{url} is too slow: {stage}; it is tried again later")]
    Timeout {
        /// What was asked.
        url: String,
        /// Where the time went.
        stage: Stage,
    },
    /// Over the cap, as transferred or after decompression.
    #[error(
        "{url} sent more than {limit_bytes} bytes (decompressed): raise `max_body_bytes` if that \
         is right, else the address is not the one of a feed"
    )]
    TooLarge {
        /// What was asked.
        url: String,
        /// The cap.
        limit_bytes: u64,
    },
    /// Compressed in a way we do not read, or damaged.
    #[error("the body of {url} cannot be decompressed; it is tried again later")]
    Encoding {
        /// What was asked.
        url: String,
        /// What is wrong.
        source: DecodeError,
    },
    /// The guard held.
    #[error(
        "`{host}` is at {address}, which is not a public address: set `allow_private = true` for \
         the source if this machine's own network is meant"
    )]
    PrivateAddress {
        /// As in the URL.
        host: String,
        /// What the name resolved to.
        address: IpAddr,
    },
    /// A loop, or a chain without end.
    #[error("{url} redirects more than {limit} times: open it in a browser and use where it ends")]
    TooManyRedirects {
        /// What was asked first.
        url: String,
        /// [`super::MAX_HOPS`].
        limit: usize,
    },
    /// `Location` is no http or https URL.
    #[error("{url} redirects to something that is no web address: ask its publisher")]
    BadRedirect {
        /// Who redirects.
        url: String,
    },
    /// https must not become http.
    #[error("{url} redirects from https to {to}, which is not followed: ask its publisher")]
    Downgrade {
        /// Who redirects.
        url: String,
        /// Where to.
        to: String,
    },
    /// Only http and https are asked.
    #[error("{url} is no web address: use http or https")]
    Scheme {
        /// What was asked.
        url: String,
    },
    /// The server does not speak HTTP, or breaks off.
    #[error("{url} does not answer in proper HTTP: {reason}")]
    Protocol {
        /// What was asked.
        url: String,
        /// What the client said.
        reason: String,
    },
    /// The configured contact cannot stand in a header.
    #[error("`{agent}` cannot be sent as User-Agent: use plain ASCII in `contact` and `info_url`")]
    UserAgent {
        /// As it would be.
        agent: String,
    },
    /// A configured header cannot be sent; its value may be a secret and is not shown.
    #[error("the header `{name}` cannot be sent: use plain ASCII in its name and value")]
    Header {
        /// The header's name.
        name: String,
    },
    /// The client cannot be built at all.
    #[error("cannot set up the HTTP client")]
    Client {
        /// What the library said.
        source: reqwest::Error,
    },
}

pub use crate::domain::place as shown;

fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// Finds the cause that says most in the library's error.
pub(super) fn classify(error: reqwest::Error, url: &Url) -> HttpError {
    let error = error.without_url();
    if let Some(found) = causes(&error).find_map(|cause| named(cause, url)) {
        return found;
    }
    if error.is_timeout() {
        let stage = if error.is_connect() { Stage::Connect } else { Stage::Body };
        return HttpError::Timeout { url: shown(url), stage };
    }
    let reason = causes(&error).last().map_or_else(String::new, ToString::to_string);
    if error.is_connect() {
        return HttpError::Unreachable { url: shown(url), reason };
    }
    HttpError::Protocol { url: shown(url), reason }
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

fn named(cause: &(dyn Error + 'static), url: &Url) -> Option<HttpError> {
    if let Some(error) = cause.downcast_ref::<ResolveError>() {
        return Some(error.to_http());
    }
    if let Some(error) = cause.downcast_ref::<rustls::Error>() {
        return Some(HttpError::Tls { url: shown(url), reason: error.to_string() });
    }
    let error = cause.downcast_ref::<io::Error>()?;
    if let Some(inner) = error.get_ref() {
        return named(inner, url);
    }
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Some(HttpError::Refused { host: host(url) }),
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => {
            Some(HttpError::Unreachable { url: shown(url), reason: error.to_string() })
        }
        _ => None,
    }
}
