//! What a polled document brings, against what the log holds: which entries are new, which are old
//! ones under new ids, and which are held back because they cannot be new.

use std::collections::HashSet;

use jiff::Timestamp;

use super::Delivered;
use crate::domain::Flood;
use crate::source::Landing;
use crate::source::Seen;
use crate::source::flood;
use crate::source::flood::Entry;
use crate::source::flood::Look;
use crate::store;
use crate::store::StoreError;
use crate::store::rusqlite::Transaction;

/// A flag in the state stands for at least this many seconds, so that somebody sees it.
const FLAG_SECS: i64 = 24 * 3_600;

/// The verdict on a document.
pub(super) struct Arrival {
    /// For the rhythm.
    pub(super) seen: Seen,
    /// For each reading, in order, whether nobody is told of it.
    pub(super) held: Vec<bool>,
}

/// Looks at what the document brings; entries under new ids get their articles back.
pub(super) fn look(
    tx: &Transaction<'_>,
    landing: &Landing,
    readings: &[Delivered],
) -> Result<Arrival, StoreError> {
    let dates = readings.iter().filter_map(|reading| reading.article().published).collect();
    let items = count(readings.len());
    // The first look seeds: everything is new, and that means nothing.
    let Some(before) = landing.before else {
        let seen = Seen { items, new: items, dates, flood: false };
        return Ok(Arrival { seen, held: vec![false; readings.len()] });
    };
    let mut entries = Vec::with_capacity(readings.len());
    for reading in readings {
        let (known, published) =
            (store::article::is_known(tx, reading.article())?, reading.article().published);
        entries.push(Entry { known, titled: false, published });
    }
    if new(&entries) * 2 > entries.len() {
        recognise(tx, readings, &mut entries)?;
    }
    let look = Look {
        before,
        now: landing.now,
        rhythm: &landing.state.rhythm,
        utc_offset_minutes: landing.source.utc_offset_minutes.unwrap_or(0),
    };
    let held = flood::held(&entries, look);
    let seen = Seen { items, new: count(new(&entries)), dates, flood: held.contains(&true) };
    Ok(Arrival { seen, held })
}

/// Finds, for entries that look new, the articles that they were before.
fn recognise(
    tx: &Transaction<'_>,
    readings: &[Delivered],
    entries: &mut [Entry],
) -> Result<(), StoreError> {
    let keys: HashSet<&str> =
        readings.iter().map(|reading| reading.article().key.as_str()).collect();
    for (reading, entry) in readings.iter().zip(entries).filter(|(_, entry)| !entry.known) {
        let article = reading.article();
        match store::article::twin(tx, article, |key| !keys.contains(key))? {
            Some(id) => {
                store::article::rekey(tx, id, article)?;
                entry.known = true;
            }
            None => entry.titled = store::article::is_titled(tx, article)?,
        }
    }
    Ok(())
}

/// The flag in the state after this document, and words if something is held. Documents that are
/// held one after another are counted together.
pub(super) fn flag(
    known: Option<Flood>,
    held: &[bool],
    now: Timestamp,
) -> (Option<Flood>, Option<String>) {
    let count_held = count(held.iter().filter(|held| **held).count());
    let fresh = known.filter(|flood| now.duration_since(flood.at).as_secs() < FLAG_SECS);
    if count_held == 0 {
        return (fresh, None);
    }
    let of = count(held.len());
    let words = format!(
        "{count_held} of {of} entries look new and are old (older than the last look, told before \
         under the same title, or an archive without dates): stored, and nobody is told of them"
    );
    let so_far = fresh.map_or((0, 0), |flood| (flood.held, flood.of));
    let (held, of) = (so_far.0.saturating_add(count_held), so_far.1.saturating_add(of));
    (Some(Flood { at: now, held, of }), Some(words))
}

fn new(entries: &[Entry]) -> usize {
    entries.iter().filter(|entry| !entry.known).count()
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
