//! The page of an article, for an entry that has only a stub.

use url::Url;

use super::FetchError;
use super::Fetcher;
use super::verdict;
use crate::domain::ArticleId;
use crate::domain::Document;
use crate::domain::Purpose;
use crate::domain::SourceId;
use crate::http::Accept;
use crate::http::Get;
use crate::http::Limit;

impl Fetcher {
    /// Fetches a page once, in its host's turn and within its robots.txt, without conditions.
    /// `allow_private` lets it be at an address that is not public, as its source is.
    #[tracing::instrument(name = "page", skip_all, fields(source.id = %source, article.id = %article))]
    pub async fn page(
        &self,
        source: &SourceId,
        article: ArticleId,
        url: &Url,
        allow_private: bool,
    ) -> Result<Document, FetchError> {
        let (accept, limit) = (Accept::Page, Limit::Settings);
        let get = Get { url, accept, conditional: None, limit, allow_private };
        let answer = self.follow(&get, true).await?;
        let now = self.hosts().now();
        if let Err(error) = verdict::refusal(&answer, now) {
            if let Some(secs) = error.pause_secs() {
                self.pause(&answer.final_url, secs);
            }
            return Err(error);
        }
        Ok(Document {
            source: source.clone(),
            purpose: Purpose::Page(article),
            url: url.clone(),
            final_url: answer.final_url,
            content_type: answer.fields.content_type,
            validators: answer.fields.validators,
            fetched_at: now,
            body: answer.body,
        })
    }
}
