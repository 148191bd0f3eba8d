//! The request of a source, as its recipe has it.

use url::Url;

use super::FetchError;
use super::Fetcher;
use crate::domain::HeaderValue;
use crate::domain::Source;
use crate::domain::SourceKind;
use crate::domain::Validators;
use crate::http::Accept;
use crate::http::Answer;
use crate::http::Extra;
use crate::http::Get;
use crate::http::Limit;
use crate::http::error::shown;
use crate::source;

impl Fetcher {
    /// Refuses to ask a publisher that answers only clients with a contact, while there is none.
    pub(super) fn introduced(&self, source: &Source) -> Result<(), FetchError> {
        if source::needs_contact(source) && !self.client.has_contact() {
            return Err(FetchError::NoContact { url: shown(&source.url) });
        }
        Ok(())
    }

    /// Sends the request to `address` in the host's turn, a page within its robots.txt: a feed or
    /// an API is an invitation.
    pub(super) async fn send(
        &self,
        source: &Source,
        address: &Url,
        conditional: Option<(&str, &Validators)>,
    ) -> Result<Answer, FetchError> {
        let request = source::request(source, address, self.hosts().now());
        let headers = request.headers.iter().map(|(name, value)| sent(name, value));
        let headers = headers.collect::<Result<Vec<_>, _>>()?;
        let post = request.body.as_ref().map(|body| (body.content_type, body.bytes.as_slice()));
        let get = Get {
            url: &request.url,
            accept: accept(source),
            // What a POST is answered depends on its body: no cache can know it.
            conditional: conditional.filter(|_| post.is_none()),
            limit: Limit::Settings,
            allow_private: source.allow_private,
        };
        let declared = source::needs_contact(source);
        self.keep_gap(source, &source::host_key(&request.url));
        let extra = Extra { headers: &headers, post, declared };
        self.follow_with(&get, extra, get.accept == Accept::Page).await
    }

    /// Keeps the gap that the source's catalogue wants for its whole host.
    fn keep_gap(&self, source: &Source, key: &str) {
        if let Some(secs) = source.recipe.gap_secs {
            self.hosts().update(|hosts| {
                let known = hosts.get(key).crawl_delay_secs;
                hosts.set_crawl_delay(key, known.max(secs));
            });
        }
    }
}

fn accept(source: &Source) -> Accept {
    match source.kind {
        SourceKind::Feed | SourceKind::Sitemap | SourceKind::Edgar => Accept::Feed,
        SourceKind::Page => Accept::Page,
        // The state that stands in a page comes with the page.
        SourceKind::Json if source.recipe.json.as_ref().is_some_and(|p| p.after.is_some()) => {
            Accept::Page
        }
        SourceKind::Json => Accept::Json,
    }
}

/// A header as sent. Variables and files are read with the configuration.
fn sent(name: &str, value: &HeaderValue) -> Result<(String, String), FetchError> {
    match value.reveal() {
        Some(value) => Ok((name.to_owned(), value.to_owned())),
        None => Err(FetchError::NoValue { name: name.to_owned(), place: value.place() }),
    }
}
