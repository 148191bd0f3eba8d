//! One look at an address for a person: without conditions, without a state, as polite as a poll.

use url::Url;

use super::FetchError;
use super::Fetcher;
use super::verdict;
use crate::http::Accept;
use crate::http::Answer;
use crate::http::Get;
use crate::http::Limit;

/// Whether robots.txt is asked before an address is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manners {
    /// Somebody gave this address to programs: a feed, or robots.txt itself.
    Invited,
    /// A page for people, or an address that is only guessed.
    Guest,
}

impl Fetcher {
    /// Asks once, in the host's turn. An answer that is no success is an error, as for a poll, and
    /// a host that asks for a pause gets it. `allow_private` lets it be at an address that is not
    /// public.
    #[tracing::instrument(name = "look", skip_all)]
    pub async fn look(
        &self,
        url: &Url,
        accept: Accept,
        manners: Manners,
        allow_private: bool,
    ) -> Result<Answer, FetchError> {
        let (conditional, limit) = (None, Limit::Settings);
        let get = Get { url, accept, conditional, limit, allow_private };
        let answer = self.follow(&get, manners == Manners::Guest).await?;
        if let Err(error) = verdict::refusal(&answer, self.hosts().now()) {
            if let Some(secs) = error.pause_secs() {
                self.pause(&answer.final_url, secs);
            }
            return Err(error);
        }
        Ok(answer)
    }
}
