//! A document in which a source goes on.

use super::FetchError;
use super::Fetcher;
use super::poll;
use super::verdict;
use crate::domain::Child;
use crate::domain::Document;
use crate::domain::Purpose;
use crate::domain::Source;
use crate::domain::Validators;

/// What a child answered.
#[derive(Debug)]
pub struct ChildAnswer {
    /// With the validators of this answer; it is to be kept once the document is read.
    pub child: Child,
    /// Something new to read.
    pub document: Option<Document>,
    /// 304.
    pub not_modified: bool,
    /// Redirects on the way.
    pub hops: u64,
    /// Bytes as transferred.
    pub bytes: u64,
}

impl Fetcher {
    /// Asks a child once, in its host's turn, with its own validators.
    #[tracing::instrument(name = "child", skip_all, fields(source.id = %source.id))]
    pub async fn child(&self, source: &Source, child: &Child) -> Result<ChildAnswer, FetchError> {
        let source = Source { url: child.url.clone(), ..source.clone() };
        let conditional = Some((child.url.as_str(), &child.validators));
        let answer = self.send(&source, &child.url, conditional).await?;
        let now = self.hosts().now();
        let (hops, bytes) = (u64::try_from(answer.hops).unwrap_or(0), answer.transferred);
        let mut child = Child { due: false, ..child.clone() };
        if answer.status.as_u16() == 304 {
            return Ok(ChildAnswer { child, document: None, not_modified: true, hops, bytes });
        }
        if let Err(error) = verdict::refusal(&answer, now) {
            if let Some(secs) = error.pause_secs() {
                self.pause(&answer.final_url, secs);
            }
            return Err(error);
        }
        // Only the address that was asked is asked with its validators again.
        let own = answer.final_url == child.url;
        child.validators =
            if own { answer.fields.validators.clone() } else { Validators::default() };
        let hash = Some(poll::hash(&answer.body));
        let known = child.body_hash == hash;
        child.body_hash = hash;
        let document = (!known).then(|| Document {
            source: source.id.clone(),
            purpose: Purpose::Poll,
            url: child.url.clone(),
            final_url: answer.final_url,
            content_type: answer.fields.content_type,
            validators: answer.fields.validators,
            fetched_at: now,
            body: answer.body,
        });
        Ok(ChildAnswer { child, document, not_modified: false, hops, bytes })
    }
}
