//! What people decide about deals, checked and stored.

use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;
use serde_json::Value;
use serde_json::json;

use crate::domain::Cause;
use crate::domain::DealId;
use crate::store;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::deal::Withdrawal;
use crate::store::decision::DecisionKind;
use crate::store::rusqlite::Transaction;

/// What a person decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "decide", rename_all = "snake_case", deny_unknown_fields)]
pub enum Decision {
    /// It is no deal: it leaves the listings and is told to nobody.
    Dismiss {
        /// The deal.
        deal: DealId,
        /// Why, for those who read the history.
        because: Option<String>,
    },
    /// Takes the last decision about a deal back.
    Undo {
        /// The deal.
        deal: DealId,
    },
}

/// Why a decision was not taken.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// It is none of those that are known.
    #[error("cannot read the decision")]
    Unreadable(#[from] serde_json::Error),
    /// It does not fit what is in the log.
    #[error("{0}")]
    Refused(String),
    /// The log could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes a decision as the control socket carries it.
pub async fn decide(
    store: &Store,
    who: &str,
    decision: Value,
    now: Timestamp,
) -> Result<Value, DecideError> {
    let decision: Decision = serde_json::from_value(decision)?;
    let who = who.to_owned();
    store.write(move |tx| take(tx, &who, &decision, now)).await?.map_err(DecideError::Refused)
}

/// Takes a decision when no daemon runs.
pub fn decide_blocking(
    store: &Store,
    who: &str,
    decision: &Decision,
    now: Timestamp,
) -> Result<Value, DecideError> {
    let (who, decision) = (who.to_owned(), decision.clone());
    store.write_blocking(move |tx| take(tx, &who, &decision, now))?.map_err(DecideError::Refused)
}

/// The outer error rolls the transaction back; the inner one is what the person is told.
type Taken = Result<Result<Value, String>, StoreError>;

fn take(tx: &Transaction<'_>, who: &str, decision: &Decision, now: Timestamp) -> Taken {
    match decision {
        Decision::Dismiss { deal, because } => dismiss(tx, who, *deal, because.as_deref(), now),
        Decision::Undo { deal } => undo(tx, *deal, now),
    }
}

fn dismiss(
    tx: &Transaction<'_>,
    who: &str,
    deal: DealId,
    because: Option<&str>,
    now: Timestamp,
) -> Taken {
    let deal = match standing(tx, deal)? {
        Ok(deal) => deal,
        Err(words) => return Ok(Err(words)),
    };
    let payload = json!({ "deal": deal, "because": because });
    store::decision::add(tx, who, DecisionKind::Dismiss, &payload, now)?;
    store::deal::withdraw(tx, deal, Withdrawal::Dismissed, Cause::Person, None, now)?;
    Ok(Ok(json!({ "deal": deal, "dismissed": true })))
}

fn undo(tx: &Transaction<'_>, deal: DealId, now: Timestamp) -> Taken {
    let last = store::decision::list(tx)?.into_iter().rev().find(|decision| {
        decision.undone_at.is_none() && decision.payload.get("deal") == Some(&json!(deal))
    });
    let Some(last) = last else {
        return Ok(Err(format!("nobody decided anything about deal {deal}")));
    };
    store::decision::undo(tx, last.id, now)?;
    store::deal::withdraw(tx, deal, Withdrawal::Restored, Cause::Person, None, now)?;
    Ok(Ok(json!({ "deal": deal, "undone": last.kind })))
}

/// The deal a number leads to, through merges.
fn standing(tx: &Transaction<'_>, deal: DealId) -> Result<Result<DealId, String>, StoreError> {
    Ok(store::deal::survivor(tx, deal)?.ok_or_else(|| format!("there is no deal {deal}")))
}
