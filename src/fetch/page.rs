//! The page of an article, for an entry that has only a stub.

use url::Url;

use super::FetchError;
use super::Fetcher;
use super::poll;
use crate::domain::ArticleId;
use crate::domain::Document;
use crate::domain::Purpose;
use crate::domain::SourceId;
use crate::http::Accept;
use crate::http::Get;
use crate::http::Limit;
use crate::source::host_key;

impl Fetcher {
    /// Fetches a page once, in its host's turn and within its robots.txt, without conditions.
    #[tracing::instrument(name = "page", skip_all, fields(source.id = %source, article.id = %article))]
    pub async fn page(
        &self,
        source: &SourceId,
        article: ArticleId,
        url: &Url,
    ) -> Result<Document, FetchError> {
        self.allowed(url).await?;
        let _turn = self.hosts().turn(&host_key(url)).await?;
        let get = Get { url, accept: Accept::Page, conditional: None, limit: Limit::Settings };
        let answer = self.client.get(&get).await?;
        let now = self.hosts().now();
        if let Err(error) = poll::refusal(&answer, now) {
            if let Some(secs) = poll::pause_secs(&error) {
                self.pause(url, secs);
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
