//! The one HTTP client: everything that leaves this program by HTTP goes through here.
//!
//! # Invariants
//!
//! - No cookies, no `Referer`, no proxy: one identity, the same for every server.
//! - Redirects are followed here, hop by hop: at most [`MAX_HOPS`], never from https to http, no
//!   credentials to another host, and every hop passes the address guard.
//! - A validator is sent only to the URL that gave it.
//! - Bodies are bounded twice: as transferred, and again after our own decompression.
//! - No error and no message shows a URL's query or credentials.
//!
//! # Not here
//!
//! When to ask, and what an answer means for the source: [`crate::fetch`] and [`crate::source`].

pub mod address;
pub mod answer;
pub mod decode;
pub mod error;
pub mod settings;

pub use answer::Answer;
pub use answer::Fields;
pub use answer::Posted;
pub use error::HttpError;
pub use error::Stage;
pub use reqwest::StatusCode;
pub use settings::Settings;

use std::sync::Arc;
use std::sync::OnceLock;
use std::time::Duration;

use reqwest::header;
use reqwest::header::HeaderMap;
use reqwest::header::HeaderName;
use reqwest::header::HeaderValue;
use tokio::time::Instant;
use tokio::time::timeout_at;
use url::Host;
use url::Url;

use crate::domain::Validators;

/// Hops that are followed; RFC 9309 §2.3.1.2 wants at least five for robots.txt.
pub const MAX_HOPS: usize = 5;
/// Of an answer that is no success, this much is read: enough to recognise a bot wall.
const ERROR_BODY_BYTES: u64 = 64 * 1024;
/// Of the answer to a [`Client::post`], this much is kept for the log.
const EXCERPT_BYTES: usize = 500;
/// Idle connections are closed after this time: sources are asked minutes apart.
const POOL_IDLE: Duration = Duration::from_secs(30);

/// What the caller wants to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accept {
    /// RSS, Atom or JSON Feed.
    Feed,
    /// A page for people.
    Page,
    /// A JSON API.
    Json,
    /// Plain text, as robots.txt.
    Text,
}

impl Accept {
    /// The `Accept` field: what is wanted is declared, anything else is taken too.
    const fn field(self) -> &'static str {
        match self {
            Self::Feed => {
                "application/atom+xml, application/rss+xml, application/feed+json, \
                 application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
            }
            Self::Page => "text/html, application/xhtml+xml;q=0.9, */*;q=0.1",
            Self::Json => "application/json, */*;q=0.1",
            Self::Text => "text/plain, */*;q=0.1",
        }
    }
}

/// A request for a document.
#[derive(Debug, Clone, Copy)]
pub struct Get<'a> {
    /// Sent byte for byte, without its fragment.
    pub url: &'a Url,
    /// What is wanted.
    pub accept: Accept,
    /// The URL that gave validators, and these; sent on the hop that asks exactly that URL.
    pub conditional: Option<(&'a str, &'a Validators)>,
    /// How much of the body is wanted.
    pub limit: Limit,
    /// Addresses that are not public are asked, too: the operator configured such a source.
    pub allow_private: bool,
}

/// What one request of a chain came to.
#[derive(Debug, Clone)]
pub enum Hop {
    /// The end of the chain.
    Answer(Box<Answer>),
    /// Somewhere else.
    Redirect {
        /// Checked: a web address, no downgrade, no credentials for another host.
        to: Url,
        /// What kind of redirect.
        status: StatusCode,
    },
}

/// Counts the redirects of a chain.
#[derive(Debug, Clone, Default)]
pub struct Chain {
    redirects: Vec<(StatusCode, Url)>,
}

impl Chain {
    /// One more redirect, or one too many; `start` is for the message.
    pub fn follow(&mut self, start: &Url, status: StatusCode, to: &Url) -> Result<(), HttpError> {
        if self.redirects.len() == MAX_HOPS {
            return Err(HttpError::TooManyRedirects { url: error::shown(start), limit: MAX_HOPS });
        }
        self.redirects.push((status, to.clone()));
        Ok(())
    }

    /// The answer with what led to it.
    pub fn end(self, answer: Answer) -> Answer {
        let permanent = self.redirects.iter().all(|(status, _)| {
            matches!(*status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT)
        });
        Answer {
            hops: self.redirects.len(),
            permanent: permanent && !self.redirects.is_empty(),
            redirects: self.redirects,
            ..answer
        }
    }
}

/// What a request has beyond the ordinary. Headers and body go to the origin of [`Get::url`], never
/// to another that a redirect leads to.
#[derive(Debug, Clone, Copy, Default)]
pub struct Extra<'a> {
    /// Names and values; a value may be a secret.
    pub headers: &'a [(String, String)],
    /// Makes it a POST: the body, and what it is.
    pub post: Option<(Option<&'a str>, &'a [u8])>,
    /// Who we are to those who want it in words of their own: the name and the contact.
    pub declared: bool,
}

/// The cap of one body; never over [`Settings::max_body_bytes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// A longer body than the settings allow is refused.
    Settings,
    /// A longer body than this is refused.
    Refuse(u64),
    /// Only the beginning is wanted, as of robots.txt; the rest is not read.
    Cut(u64),
}

/// The client; cheap to clone. One for sources, and one of its own for receivers (see
/// [`Settings::allow_private_addresses`]).
#[derive(Debug, Clone)]
pub struct Client {
    inner: reqwest::Client,
    /// For [`Get::allow_private`]: connections and resolver of its own, so that none of them is
    /// ever used for a source that may not; made when the first such source is asked.
    open: Arc<OnceLock<reqwest::Client>>,
    settings: Settings,
    guard: address::Guard,
    first_byte: Duration,
    total: Duration,
    max_body_bytes: u64,
}

impl Client {
    /// Builds the client. Without the system's CA certificates plain http still works, and https
    /// fails with an error that names the remedy.
    pub fn new(settings: &Settings) -> Result<Client, HttpError> {
        if rustls::crypto::CryptoProvider::get_default().is_none() {
            // Somebody else may install it between the two calls; either is ring.
            drop(rustls::crypto::ring::default_provider().install_default());
        }
        Ok(Client {
            inner: build(settings)?,
            open: Arc::default(),
            settings: settings.clone(),
            guard: settings.guard(),
            first_byte: settings.connect_timeout() + settings.first_byte_timeout(),
            total: settings.total_timeout(),
            max_body_bytes: settings.max_body_bytes,
        })
    }

    /// Asks for a document and follows redirects. Every status is an [`Answer`], none an error.
    pub async fn get(&self, get: &Get<'_>) -> Result<Answer, HttpError> {
        let deadline = Instant::now() + self.total;
        let mut url = get.url.clone();
        let mut chain = Chain::default();
        loop {
            match self.hop_until(&url, get, &Extra::default(), deadline).await? {
                Hop::Answer(answer) => return Ok(chain.end(*answer)),
                Hop::Redirect { to, status } => {
                    chain.follow(get.url, status, &to)?;
                    url = to;
                }
            }
        }
    }

    /// One request of a chain: for callers that owe each host on the way its turn. Redirects are
    /// counted by a [`Chain`].
    pub async fn hop(&self, url: &Url, get: &Get<'_>, extra: &Extra<'_>) -> Result<Hop, HttpError> {
        self.hop_until(url, get, extra, Instant::now() + self.total).await
    }

    /// Whether a person can be reached: some publishers answer nobody else.
    pub fn has_contact(&self) -> bool {
        self.settings.declaration().is_some()
    }

    async fn hop_until(
        &self,
        url: &Url,
        get: &Get<'_>,
        extra: &Extra<'_>,
        deadline: Instant,
    ) -> Result<Hop, HttpError> {
        let response = self.send(url, get, extra, deadline).await?;
        let status = response.status();
        if let Some(location) = redirect(status, response.headers()) {
            return Ok(Hop::Redirect { to: next_hop(url, &location)?, status });
        }
        let limit = self.limit(get.limit, status);
        let fields = Fields::of(response.headers());
        let (body, transferred) = read(response, url, limit, deadline).await?;
        let final_url = url.clone();
        Ok(Hop::Answer(Box::new(Answer {
            status,
            fields,
            final_url,
            hops: 0,
            permanent: false,
            redirects: Vec::new(),
            body,
            transferred,
        })))
    }

    /// Posts `body` and returns the status with the beginning of the answer. Redirects are not
    /// followed: a receiver that moved must be configured anew.
    pub async fn post(
        &self,
        url: &Url,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Result<Posted, HttpError> {
        let deadline = Instant::now() + self.total;
        self.guard.check(url)?;
        let request = self.inner.post(url.clone()).headers(given(headers)?).body(body);
        let mut response = self.answer(request, url, deadline).await?;
        let fields = Fields::of(response.headers());
        let mut excerpt = Vec::new();
        while excerpt.len() < EXCERPT_BYTES {
            let chunk = timeout_at(deadline, response.chunk()).await;
            // The status has arrived; what the excerpt lacks is no failure of the delivery.
            let Ok(Ok(Some(chunk))) = chunk else { break };
            excerpt.extend_from_slice(&chunk);
        }
        excerpt.truncate(EXCERPT_BYTES);
        let excerpt = String::from_utf8_lossy(&excerpt).into_owned();
        Ok(Posted {
            status: response.status(),
            retry_after: fields.retry_after,
            date: fields.date,
            excerpt,
        })
    }

    /// The connections for public addresses alone, or for all.
    fn reach(&self, allow_private: bool) -> Result<(&reqwest::Client, address::Guard), HttpError> {
        if !allow_private || self.guard.allow_private {
            return Ok((&self.inner, self.guard));
        }
        let settings = Settings { allow_private_addresses: true, ..self.settings.clone() };
        let client = match self.open.get() {
            Some(client) => client,
            None => {
                let built = build(&settings)?;
                self.open.get_or_init(|| built)
            }
        };
        Ok((client, settings.guard()))
    }

    /// Of an answer that is no success only the beginning is of use.
    fn limit(&self, wanted: Limit, status: StatusCode) -> Limit {
        match wanted {
            _ if !status.is_success() => Limit::Cut(ERROR_BODY_BYTES.min(self.max_body_bytes)),
            Limit::Settings => Limit::Refuse(self.max_body_bytes),
            Limit::Refuse(bytes) => Limit::Refuse(bytes.min(self.max_body_bytes)),
            Limit::Cut(bytes) => Limit::Cut(bytes.min(self.max_body_bytes)),
        }
    }

    async fn send(
        &self,
        url: &Url,
        get: &Get<'_>,
        extra: &Extra<'_>,
        deadline: Instant,
    ) -> Result<reqwest::Response, HttpError> {
        let (client, guard) = self.reach(get.allow_private)?;
        guard.check(url)?;
        let same_origin = url.origin() == get.url.origin();
        let mut request = match extra.post.filter(|_| same_origin) {
            Some((content_type, body)) => {
                let request = client.post(url.clone()).body(body.to_vec());
                match content_type {
                    Some(content_type) => request.header(header::CONTENT_TYPE, content_type),
                    None => request,
                }
            }
            None => client.get(url.clone()),
        };
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static(get.accept.field()));
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(decode::OFFERED));
        if same_origin {
            let own: Vec<_> = extra.headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            headers.extend(given(&own)?);
        }
        if let Some(agent) = self.settings.declaration().filter(|_| extra.declared) {
            let value = HeaderValue::from_str(&agent);
            headers.insert(header::USER_AGENT, value.map_err(|_| HttpError::UserAgent { agent })?);
        }
        request = request.headers(headers);
        if let Some((of, validators)) = get.conditional
            && of == url.as_str()
        {
            request = request.headers(conditions(validators));
        }
        self.answer(request, url, deadline).await
    }

    /// Sends, and waits for the header of the answer.
    async fn answer(
        &self,
        request: reqwest::RequestBuilder,
        url: &Url,
        deadline: Instant,
    ) -> Result<reqwest::Response, HttpError> {
        let first_byte = Instant::now() + self.first_byte;
        match timeout_at(deadline.min(first_byte), request.send()).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) => Err(error::classify(error, url)),
            Err(_elapsed) => {
                Err(HttpError::Timeout { url: error::shown(url), stage: Stage::FirstByte })
            }
        }
    }
}

fn build(settings: &Settings) -> Result<reqwest::Client, HttpError> {
    builder(settings)?.build().or_else(|_no_certificates| {
        builder(settings)?
            .tls_backend_preconfigured(trusting_nobody())
            .build()
            .map_err(|source| HttpError::Client { source })
    })
}

fn builder(settings: &Settings) -> Result<reqwest::ClientBuilder, HttpError> {
    let agent = settings.user_agent();
    let agent = HeaderValue::from_str(&agent).map_err(|_| HttpError::UserAgent { agent })?;
    Ok(reqwest::Client::builder()
        .user_agent(agent)
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        // A proxy resolves names itself, and the address guard would guard nothing.
        .no_proxy()
        .dns_resolver(settings.guard())
        .connect_timeout(settings.connect_timeout())
        .pool_idle_timeout(POOL_IDLE)
        .pool_max_idle_per_host(1))
}

/// For a machine without CA certificates: every https connection fails, plain http works.
fn trusting_nobody() -> rustls::ClientConfig {
    rustls::ClientConfig::builder()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth()
}

/// The validators byte for byte; what cannot stand in a header was never received in one.
fn conditions(validators: &Validators) -> HeaderMap {
    let fields: [(HeaderName, _); 2] = [
        (header::IF_NONE_MATCH, &validators.etag),
        (header::IF_MODIFIED_SINCE, &validators.last_modified),
    ];
    fields
        .into_iter()
        .filter_map(|(name, validator)| {
            let value = HeaderValue::from_bytes(&validator.as_ref()?.0).ok()?;
            Some((name, value))
        })
        .collect()
}

fn given(headers: &[(&str, &str)]) -> Result<HeaderMap, HttpError> {
    headers
        .iter()
        .map(|(name, value)| {
            let wrong = || HttpError::Header { name: (*name).to_owned() };
            let mut value = HeaderValue::from_str(value).map_err(|_| wrong())?;
            value.set_sensitive(true);
            Ok((name.parse::<HeaderName>().map_err(|_| wrong())?, value))
        })
        .collect()
}

/// The `Location` to follow, if the answer is a redirect that names one.
fn redirect(status: StatusCode, headers: &HeaderMap) -> Option<Vec<u8>> {
    match status.as_u16() {
        301 | 302 | 303 | 307 | 308 => {
            headers.get(header::LOCATION).map(|value| value.as_bytes().to_vec())
        }
        _ => None,
    }
}

fn next_hop(from: &Url, location: &[u8]) -> Result<Url, HttpError> {
    let wrong = || HttpError::BadRedirect { url: error::shown(from) };
    let location = str::from_utf8(location).map_err(|_| wrong())?;
    let mut to = from.join(location).map_err(|_| wrong())?;
    if !matches!(to.scheme(), "http" | "https") {
        return Err(wrong());
    }
    if from.scheme() == "https" && to.scheme() == "http" {
        return Err(HttpError::Downgrade { url: error::shown(from), to: error::shown(&to) });
    }
    if to.origin() != from.origin() {
        // Both only fail for URLs without a host, which `wrong` has sent away.
        to.set_username("").map_err(|()| wrong())?;
        to.set_password(None).map_err(|()| wrong())?;
    }
    Ok(to)
}

/// Reads and decompresses the body; returns it with the bytes as transferred.
async fn read(
    mut response: reqwest::Response,
    url: &Url,
    limit: Limit,
    deadline: Instant,
) -> Result<(Vec<u8>, u64), HttpError> {
    let (limit_bytes, cut) = match limit {
        Limit::Cut(bytes) => (bytes, true),
        Limit::Refuse(bytes) => (bytes, false),
        Limit::Settings => (u64::MAX, false),
    };
    let too_large = || HttpError::TooLarge { url: error::shown(url), limit_bytes };
    if !cut && response.content_length().is_some_and(|length| length > limit_bytes) {
        return Err(too_large());
    }
    let encodings = decode::encodings(response.headers());
    let mut raw = Vec::new();
    while raw.len() as u64 <= limit_bytes {
        match timeout_at(deadline, response.chunk()).await {
            Ok(Ok(Some(chunk))) => raw.extend_from_slice(&chunk),
            Ok(Ok(None)) => break,
            Ok(Err(error)) => return Err(error::classify(error, url)),
            Err(_elapsed) => {
                return Err(HttpError::Timeout { url: error::shown(url), stage: Stage::Body });
            }
        }
    }
    let transferred = raw.len() as u64;
    if cut {
        return Ok((decode::prefix(raw, &encodings, limit_bytes), transferred));
    }
    if transferred > limit_bytes {
        return Err(too_large());
    }
    match decode::decode(raw, &encodings, limit_bytes) {
        Ok(body) => Ok((body, transferred)),
        Err(decode::DecodeError::TooLarge) => Err(too_large()),
        Err(source) => Err(HttpError::Encoding { url: error::shown(url), source }),
    }
}

/// The host of a URL as an address, if it is a literal one.
fn literal(url: &Url) -> Option<std::net::IpAddr> {
    match url.host()? {
        Host::Ipv4(ip) => Some(ip.into()),
        Host::Ipv6(ip) => Some(ip.into()),
        Host::Domain(_) => None,
    }
}

#[cfg(test)]
mod tests;
