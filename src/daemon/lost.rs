//! A feed that is not at its address any more: where its site says that it is.
//!
//! One more request, to the site's front page within its robots.txt, and only once a source has
//! failed so often that it is asked once a day. Nothing is changed by what is found: a person is
//! told.

use url::Url;

use super::shared::Shared;
use crate::domain::Document;
use crate::domain::PollCause;
use crate::domain::Purpose;
use crate::domain::Source;
use crate::domain::SourceKind;
use crate::domain::SourceState;
use crate::domain::shown;
use crate::fetch::Manners;
use crate::http::Accept;
use crate::parse::discover;
use crate::parse::discover::Found;
use crate::parse::url::canonical;

/// From this failure in a row on the next attempts are half a day and a day apart.
const FAILURES: u32 = 3;

/// Whether the state is that of a feed that has been lost, and not only of a bad hour.
pub(super) fn is_lost(source: &Source, state: &SourceState) -> bool {
    // Who says 410, or refuses us, is asked nothing more.
    let lost = matches!(state.cause, Some(PollCause::NotFound | PollCause::NotAFeed));
    lost && state.failures >= FAILURES && source.kind == SourceKind::Feed
}

/// What the site's front page says of its feed, in words, if that is another address.
pub(super) async fn look(shared: &Shared, source: &Source) -> Option<String> {
    let front = source.url.join("/").ok()?;
    let (accept, manners) = (Accept::Page, Manners::Guest);
    let answer = shared.fetcher.look(&front, accept, manners, source.allow_private).await.ok()?;
    let field = answer.fields.link.clone();
    let document = Document {
        source: source.id.clone(),
        purpose: Purpose::Poll,
        url: front,
        final_url: answer.final_url,
        content_type: answer.fields.content_type,
        validators: answer.fields.validators,
        fetched_at: shared.fetcher.hosts().now(),
        body: answer.body,
    };
    let lost = source.url.clone();
    let page = tokio::task::spawn_blocking(move || discover::page(&document, field.as_deref()));
    let found = named(page.await.ok()?, &lost)?;
    let found = shown(&found);
    Some(format!("its site names another feed, {found}: `dealwatch sources add {found}`"))
}

/// The first feed that the page declares and that is not the one that was lost.
fn named(page: discover::Page, lost: &Url) -> Option<Url> {
    let lost = canonical(lost);
    let declared = |found| matches!(found, Found::LinkElement | Found::LinkField | Found::JsonLd);
    let mut addresses = page.addresses.into_iter().filter(|address| declared(address.found));
    addresses.find(|address| canonical(&address.url) != lost).map(|address| address.url)
}
