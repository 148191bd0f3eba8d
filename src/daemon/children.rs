//! Follows a source into the documents in which it goes on, each by its own polite request.
//!
//! What all of them say is settled as one poll. Which children there are is stored before the index
//! counts as read, and that a child was read after what it says: a crash between leads to one more
//! request, and loses nothing.

use super::flight;
use super::flight::Unread;
use super::shared::Shared;
use crate::domain::Child;
use crate::domain::PollCause;
use crate::domain::Source;
use crate::domain::SourceId;
use crate::fetch::FetchError;
use crate::fetch::PollOutcome;
use crate::fetch::Polled;
use crate::pipeline::Readings;
use crate::source::children;
use crate::store;
use crate::store::StoreError;

/// What a poll read, and what is to be remembered of the children once it is stored.
#[derive(Debug)]
pub(super) struct Gathered {
    pub readings: Readings,
    pub children: Option<Vec<Child>>,
}

/// Adds to what was read of an index what its children say; of any other document, nothing.
pub(super) async fn gather(
    shared: &Shared,
    source: &Source,
    mut readings: Readings,
    polled: &mut Polled,
) -> Result<Gathered, Unread> {
    let further = std::mem::take(&mut readings.further);
    if further.is_empty() {
        return Ok(Gathered { readings, children: None });
    }
    let (id, index) = (source.id.clone(), polled.state.address(source).clone());
    let named: Vec<_> =
        further.into_iter().map(|further| (further.url, further.modified)).collect();
    let keep = move |tx: &store::rusqlite::Transaction<'_>| {
        let known = store::child::load(tx, &id)?;
        let named = children::named(&known, named, &index);
        store::child::replace(tx, &id, &named)?;
        Ok(named)
    };
    let all = shared.store.write(keep).await.map_err(|error| unstored(&error))?;
    let (readings, all, _) = follow(shared, source, readings, all, polled).await?;
    Ok(Gathered { readings, children: Some(all) })
}

/// After an index that has not changed: what is due all the same, if it brought anything.
pub(super) async fn again(
    shared: &Shared,
    source: &Source,
    polled: &mut Polled,
) -> Result<Option<Gathered>, Unread> {
    if !matches!(polled.outcome, PollOutcome::Unchanged | PollOutcome::NotModified) {
        return Ok(None);
    }
    let id = source.id.clone();
    let known = shared.store.read(move |conn| store::child::load(conn, &id)).await;
    let all = children::again(known.map_err(|error| unstored(&error))?);
    let readings = Readings::none(polled.state.hints);
    let (readings, all, brought) = follow(shared, source, readings, all, polled).await?;
    Ok(brought.then_some(Gathered { readings, children: Some(all) }))
}

/// Remembers the children; the words of a failure.
pub(super) async fn keep(
    shared: &Shared,
    source: &SourceId,
    children: Option<Vec<Child>>,
) -> Option<String> {
    let (id, children) = (source.clone(), children?);
    let kept = shared.store.write(move |tx| store::child::replace(tx, &id, &children)).await;
    kept.err().map(|error| error.to_string())
}

/// Asks every child that is due, and says whether one brought something. Fails if none could be
/// had.
async fn follow(
    shared: &Shared,
    source: &Source,
    mut readings: Readings,
    mut all: Vec<Child>,
    polled: &mut Polled,
) -> Result<(Readings, Vec<Child>, bool), Unread> {
    let (mut had, mut brought) = (0_usize, false);
    let mut failures: Vec<Unread> = Vec::new();
    for child in all.iter_mut().filter(|child| child.due) {
        match one(shared, source, child, polled).await {
            Ok(more) => {
                had += 1;
                brought |= more.is_some();
                if let Some(more) = more {
                    readings.extend(more);
                }
            }
            Err((failure, stop)) => {
                failures.push(failure);
                if stop {
                    break;
                }
            }
        }
    }
    let words = failures.iter().map(|(_, words)| words.as_str()).collect::<Vec<_>>().join("; ");
    match failures.first() {
        Some((cause, _)) if had == 0 => Err((*cause, words)),
        _ => {
            readings.warnings.extend(failures.into_iter().map(|(_, words)| words));
            Ok((readings, all, brought))
        }
    }
}

/// One child: what it says, if that is new. The error says whether the others are to wait, too.
async fn one(
    shared: &Shared,
    source: &Source,
    child: &mut Child,
    polled: &mut Polled,
) -> Result<Option<Readings>, (Unread, bool)> {
    let counts = &mut polled.state.counts;
    counts.requests += 1;
    let answer = shared.fetcher.child(source, child).await.map_err(|error| {
        let stop = matches!(
            error,
            FetchError::RateLimited { .. }
                | FetchError::Unavailable { .. }
                | FetchError::HostPaused { .. }
        );
        ((error.cause(), error.words()), stop)
    })?;
    counts.requests += answer.hops;
    counts.bytes += answer.bytes;
    counts.not_modified += u64::from(answer.not_modified);
    let readings = match answer.document {
        Some(document) => {
            Some(flight::read(shared, source, document).await.map_err(|unread| (unread, false))?)
        }
        None => None,
    };
    *child = answer.child;
    Ok(readings)
}

fn unstored(error: &StoreError) -> Unread {
    (PollCause::Internal, error.to_string())
}
