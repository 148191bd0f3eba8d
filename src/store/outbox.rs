//! Messages that are owed, and every attempt to deliver them.
//!
//! # Invariants
//!
//! - A message is owed in the transaction that writes the revision it is about.
//! - Per receiver and deal there is one `new` message, ever.
//! - From the first attempt on the rendered message is kept ([`freeze`]), so that every attempt
//!   says the same under the same idempotency key.
//! - Messages of one deal reach a receiver in the order in which they were owed.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::OptionalExtension as _;
use rusqlite::Row;
use rusqlite::Transaction;
use rusqlite::named_params;

use super::Context;
use super::StoreError;
use super::deal;
use super::diff;
use super::filter;
use super::value::At;
use super::value::Word;
use super::value::time;
use crate::domain::DealId;
use crate::domain::Revision;
use crate::domain::Route;
use crate::domain::kind::words;

mod log;

pub use log::*;

words!(
    /// Why a message is owed.
    Reason, "reason" {
        /// The receiver hears of the deal for the first time.
        New = "new",
        /// A watched field changed since.
        Update = "update",
        /// Two deals it knows turned out to be one, or one to be two.
        Correction = "correction",
        /// Not about a deal: the first start, a digest.
        Note = "note",
    }
);

words!(
    /// How far a message is.
    State, "state" {
        /// To be sent.
        Owed = "owed",
        /// The receiver has it.
        Sent = "sent",
        /// Given up.
        Failed = "failed",
        /// There is no longer anything to say.
        Cancelled = "cancelled",
        /// Known when the log was seeded, and so not told; a change can still make it owed.
        Silent = "silent",
    }
);

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// Its row.
    pub id: i64,
    /// The receiver's name.
    pub receiver: String,
    /// The route that led to it.
    pub route: String,
    /// The deal; `None` for a note.
    pub deal: Option<DealId>,
    /// Why.
    pub reason: Reason,
    /// For an update, the revision the receiver knows.
    pub from_revision: Option<i64>,
    /// The revision that made it owed, or that the rendered message shows.
    pub revision: Option<i64>,
    /// The same in every attempt.
    pub idempotency_key: String,
    /// Not before.
    pub due_at: Timestamp,
    /// How often it was tried.
    pub attempts: u32,
    /// How far it is.
    pub state: State,
    /// When it was owed.
    pub created_at: Timestamp,
    /// When the receiver took it.
    pub sent_at: Option<Timestamp>,
    /// The rendered message, from the first attempt on.
    pub payload: Option<String>,
}

/// What a receiver was told of a deal.
struct Known {
    state: State,
    frozen: bool,
    /// The revision of its first message.
    first: i64,
    /// The newest revision in a message that was sent or tried.
    told: Option<i64>,
    /// An update that nobody has tried to send yet.
    pending: Option<i64>,
}

/// Owes what a revision calls for; returns how many messages were added or changed.
///
/// - `new`, to every receiver of a route whose filter the deal satisfies, once; not for a deal
///   that is only background, and not unless `live`: seeding and replay are silent, and only a
///   watched change of a deal they brought makes it news.
/// - While `new` waits, nothing more: it is rendered from the record when it is sent.
/// - Afterwards one `update` for a changed watched field, into which later changes go as long as
///   it waits, and which is cancelled if they take the change back. Who was told of a deal is
///   told of its changes, also when it no longer satisfies the filter.
pub fn owe(
    tx: &Transaction<'_>,
    routes: &[Route],
    revision: &Revision,
    live: bool,
    context: &Context<'_>,
) -> Result<usize, StoreError> {
    let mut owed = 0;
    for (receiver, candidate) in candidates(tx, routes, revision, context)? {
        let due_at = after(context.now, candidate.route.wait);
        let add = Add { receiver, route: &candidate.route.name, revision, due_at, context };
        if live {
            owed += add.live(tx, &candidate)?;
        } else {
            add.silent(tx, candidate.known.as_ref())?;
        }
    }
    Ok(owed)
}

/// Owes a correction to everybody who was told of a deal: some of its articles turned out to tell
/// another one. Returns how many.
pub fn correct(tx: &Transaction<'_>, deal: DealId, now: Timestamp) -> Result<usize, StoreError> {
    let params = named_params! { ":deal_id": deal.0, ":now": At(now) };
    Ok(tx.prepare_cached(include_str!("sql/outbox_correct.sql"))?.execute(params)?)
}

/// Cancels the update of a deal that waits beside a correction of it: one message says both.
pub fn give_way(tx: &Transaction<'_>, deal: DealId) -> Result<(), StoreError> {
    let params = named_params! { ":deal_id": deal.0 };
    tx.prepare_cached(include_str!("sql/outbox_give_way.sql"))?.execute(params)?;
    Ok(())
}

/// Tells nobody of a deal who was told of `from`, out of which it came: one correction of `from` is
/// enough. A later change of it is told all the same.
pub fn hush(tx: &Transaction<'_>, deal: DealId, from: DealId) -> Result<(), StoreError> {
    let params = named_params! { ":deal_id": deal.0, ":from": from.0 };
    tx.prepare_cached(include_str!("sql/outbox_hush.sql"))?.execute(params)?;
    Ok(())
}

/// Owes a message that is not about a deal; `payload` is its text. The same key is owed once.
pub fn owe_note(
    tx: &Transaction<'_>,
    receiver: &str,
    route: &str,
    key: &str,
    payload: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let added = tx.prepare_cached(include_str!("sql/outbox_note.sql"))?.execute(named_params! {
        ":receiver": receiver,
        ":route": route,
        ":idempotency_key": key,
        ":payload": payload,
        ":now": At(now),
    })?;
    Ok(added > 0)
}

/// Carries what was owed and told of `from` over to the deal it became part of.
///
/// A receiver that was told of both is owed one correction; one that was told of `from` only now
/// counts as told of `into`, and will not be told again.
pub fn merged(
    tx: &Transaction<'_>,
    from: DealId,
    into: DealId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let params = named_params! { ":from": from.0, ":into": into.0, ":now": At(now) };
    tx.prepare_cached(include_str!("sql/outbox_merge_correct.sql"))?.execute(params)?;
    carry(tx, from, into)?;
    cancel(tx, from)
}

/// [`merged`] by a replay: nothing new is owed, and what was owed before still is.
pub(super) fn merged_quietly(
    tx: &Transaction<'_>,
    from: DealId,
    into: DealId,
) -> Result<(), StoreError> {
    carry(tx, from, into)?;
    let params = named_params! { ":from": from.0, ":into": into.0 };
    tx.prepare_cached(include_str!("sql/outbox_merge_keep.sql"))?.execute(params)?;
    cancel(tx, from)
}

/// Who was told of `from` counts as told of `into`.
fn carry(tx: &Transaction<'_>, from: DealId, into: DealId) -> Result<(), StoreError> {
    let params = named_params! { ":from": from.0, ":into": into.0 };
    tx.prepare_cached(include_str!("sql/outbox_merge_drop.sql"))?.execute(params)?;
    tx.prepare_cached(include_str!("sql/outbox_merge_move.sql"))?.execute(params)?;
    Ok(())
}

/// Cancels what nobody has tried to send yet; a first message is as if it had never been owed.
pub fn cancel(tx: &Transaction<'_>, deal: DealId) -> Result<(), StoreError> {
    let params = named_params! { ":deal_id": deal.0 };
    tx.prepare_cached(include_str!("sql/outbox_forget.sql"))?.execute(params)?;
    tx.prepare_cached(include_str!("sql/outbox_cancel.sql"))?.execute(params)?;
    Ok(())
}

/// Messages to be sent now, the longest due first; per receiver and deal only the oldest.
pub fn due(conn: &Connection, now: Timestamp, limit: u32) -> Result<Vec<Owed>, StoreError> {
    due_of(conn, None, now, limit)
}

/// As [`due`], for one receiver: what another one does not take stands in nobody's way.
pub fn due_of(
    conn: &Connection,
    receiver: Option<&str>,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<Owed>, StoreError> {
    let params = named_params! { ":now": At(now), ":limit": limit, ":receiver": receiver };
    let mut statement = conn.prepare_cached(include_str!("sql/outbox_due.sql"))?;
    let rows = statement.query_map(params, owed)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// When the next message is due; may lie in the past.
pub fn next_due(conn: &Connection) -> Result<Option<Timestamp>, StoreError> {
    next_due_of(conn, None)
}

/// When the next message to one receiver is due; may lie in the past.
pub fn next_due_of(
    conn: &Connection,
    receiver: Option<&str>,
) -> Result<Option<Timestamp>, StoreError> {
    let next: Option<At> = conn
        .prepare_cached(include_str!("sql/outbox_next_due.sql"))?
        .query_row(named_params! { ":receiver": receiver }, |row| row.get(0))?;
    Ok(time(next))
}

/// Keeps the rendered message and the revision it shows, before its first attempt.
///
/// Returns the message as it is to be sent: an earlier rendering stands.
pub fn freeze(
    tx: &Transaction<'_>,
    id: i64,
    revision: Option<i64>,
    payload: &str,
) -> Result<Owed, StoreError> {
    let params = named_params! { ":id": id, ":revision": revision, ":payload": payload };
    tx.prepare_cached(include_str!("sql/outbox_freeze.sql"))?.execute(params)?;
    load(tx, id)
}

/// One message.
pub fn load(conn: &Connection, id: i64) -> Result<Owed, StoreError> {
    conn.prepare_cached(include_str!("sql/outbox_load.sql"))?
        .query_row(named_params! { ":id": id }, owed)
        .optional()?
        .ok_or_else(|| StoreError::NotFound { what: "message", id: id.to_string() })
}

/// A receiver that may be owed something, and why.
struct Candidate<'a> {
    route: &'a Route,
    matches: bool,
    known: Option<Known>,
}

/// The receivers of routes that the deal satisfies, and those that were told of it before and are
/// still configured. The first matching route of a receiver counts.
fn candidates<'a>(
    tx: &Transaction<'_>,
    routes: &'a [Route],
    revision: &Revision,
    context: &Context<'_>,
) -> Result<BTreeMap<&'a str, Candidate<'a>>, StoreError> {
    let mut found: BTreeMap<&str, Candidate<'_>> = BTreeMap::new();
    for route in routes {
        let matches =
            revision.facts.main && filter::matches(tx, revision.deal, &route.filter, context)?;
        for receiver in &route.receivers {
            if found.get(receiver.as_str()).is_some_and(|earlier| earlier.matches) {
                continue;
            }
            let known = known(tx, receiver, revision.deal)?;
            if matches || known.is_some() {
                found.insert(receiver, Candidate { route, matches, known });
            }
        }
    }
    Ok(found)
}

fn known(tx: &Transaction<'_>, receiver: &str, deal: DealId) -> Result<Option<Known>, StoreError> {
    let params = named_params! { ":receiver": receiver, ":deal_id": deal.0 };
    let known = tx
        .prepare_cached(include_str!("sql/outbox_known.sql"))?
        .query_row(params, |row| {
            Ok(Known {
                state: row.get::<_, Word<State>>("state")?.0,
                frozen: row.get("frozen")?,
                first: row.get("first")?,
                told: row.get("told")?,
                pending: row.get("pending")?,
            })
        })
        .optional()?;
    Ok(known)
}

/// A message that a revision calls for.
struct Add<'a> {
    receiver: &'a str,
    route: &'a str,
    revision: &'a Revision,
    due_at: Timestamp,
    context: &'a Context<'a>,
}

impl Add<'_> {
    fn live(&self, tx: &Transaction<'_>, candidate: &Candidate<'_>) -> Result<usize, StoreError> {
        match &candidate.known {
            None => self.insert(tx, Reason::New, State::Owed, None),
            Some(known) if known.state == State::Silent => {
                let news = candidate.matches && self.differs(tx, known.first)?;
                if news { self.set_first(tx, State::Owed) } else { Ok(0) }
            }
            Some(known) => self.update(tx, known),
        }
    }

    /// Notes what the receiver need not be told.
    fn silent(&self, tx: &Transaction<'_>, known: Option<&Known>) -> Result<(), StoreError> {
        match known {
            None => self.insert(tx, Reason::New, State::Silent, None)?,
            Some(known) if known.state == State::Silent => self.set_first(tx, State::Silent)?,
            Some(_) => 0,
        };
        Ok(())
    }

    fn update(&self, tx: &Transaction<'_>, known: &Known) -> Result<usize, StoreError> {
        let heard = known.state == State::Sent || (known.state == State::Owed && known.frozen);
        let Some(told) = known.told.filter(|_| heard) else { return Ok(0) };
        let differs = self.differs(tx, told)?;
        match (known.pending, differs) {
            (None, false) => Ok(0),
            (None, true) => self.insert(tx, Reason::Update, State::Owed, Some(told)),
            (Some(pending), _) => self.renew(tx, pending, differs),
        }
    }

    /// Whether a watched field is not what it was in an earlier revision.
    fn differs(&self, tx: &Transaction<'_>, earlier: i64) -> Result<bool, StoreError> {
        let before = deal::revision(tx, self.revision.deal, earlier)?;
        Ok(before.is_none_or(|before| diff::watched_differ(&before.facts, &self.revision.facts)))
    }

    /// Moves a first message that nobody was told to this revision.
    fn set_first(&self, tx: &Transaction<'_>, state: State) -> Result<usize, StoreError> {
        let params = named_params! {
            ":receiver": self.receiver,
            ":deal_id": self.revision.deal.0,
            ":revision": self.revision.number,
            ":due_at": At(self.due_at),
            ":state": Word(state),
        };
        Ok(tx.prepare_cached(include_str!("sql/outbox_set_first.sql"))?.execute(params)?)
    }

    /// Lets a waiting update show this revision, or drops it when all is as it was told.
    fn renew(&self, tx: &Transaction<'_>, id: i64, differs: bool) -> Result<usize, StoreError> {
        let params = named_params! {
            ":id": id,
            ":revision": self.revision.number,
            ":state": Word(if differs { State::Owed } else { State::Cancelled }),
        };
        Ok(tx.prepare_cached(include_str!("sql/outbox_renew.sql"))?.execute(params)?)
    }

    fn insert(
        &self,
        tx: &Transaction<'_>,
        reason: Reason,
        state: State,
        from: Option<i64>,
    ) -> Result<usize, StoreError> {
        let params = named_params! {
            ":receiver": self.receiver,
            ":route": self.route,
            ":deal_id": self.revision.deal.0,
            ":reason": Word(reason),
            ":state": Word(state),
            ":from_revision": from,
            ":revision": self.revision.number,
            ":due_at": At(self.due_at),
            ":now": At(self.context.now),
        };
        Ok(tx.prepare_cached(include_str!("sql/outbox_add.sql"))?.execute(params)?)
    }
}

/// A wait that leads out of the calendar is none.
fn after(now: Timestamp, wait: Duration) -> Timestamp {
    now.checked_add(wait).unwrap_or(now)
}

fn owed(row: &Row<'_>) -> rusqlite::Result<Owed> {
    Ok(Owed {
        id: row.get("id")?,
        receiver: row.get("receiver")?,
        route: row.get("route")?,
        deal: row.get::<_, Option<i64>>("deal_id")?.map(DealId),
        reason: row.get::<_, Word<_>>("reason")?.0,
        from_revision: row.get("from_revision")?,
        revision: row.get("revision")?,
        idempotency_key: row.get("idempotency_key")?,
        due_at: row.get::<_, At>("due_at")?.0,
        attempts: row.get("attempts")?,
        state: row.get::<_, Word<_>>("state")?.0,
        created_at: row.get::<_, At>("created_at")?.0,
        sent_at: time(row.get("sent_at")?),
        payload: row.get("payload")?,
    })
}

#[cfg(test)]
mod tests;
