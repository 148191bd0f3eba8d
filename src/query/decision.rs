//! What people decided, in words.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::plain;
use crate::domain::DealId;
use crate::domain::Field;
use crate::store;
use crate::store::StoreError;
use crate::store::decision::Decision;
use crate::store::decision::DecisionKind;
use crate::store::rusqlite::Connection;

/// A decision as people read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DecisionView {
    /// Its number: `deal undo --decision` takes it.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// About what.
    pub kind: DecisionKind,
    /// What was decided: `merged deal 2 into deal 1`.
    pub words: String,
    /// Why.
    pub because: Option<String>,
    /// When it was taken back.
    pub undone_at: Option<Timestamp>,
    /// By whom.
    pub undone_by: Option<String>,
}

/// Decisions about a deal and about what became part of it, or all, oldest first.
pub fn decisions(conn: &Connection, deal: Option<DealId>) -> Result<Vec<DecisionView>, StoreError> {
    let decisions = match deal {
        Some(deal) => {
            let survivor = store::deal::survivor(conn, deal)?.unwrap_or(deal);
            store::decision::of_deal(conn, survivor)?
        }
        None => store::decision::list(conn)?,
    };
    Ok(decisions.into_iter().map(DecisionView::new).collect())
}

impl DecisionView {
    pub(super) fn new(decision: Decision) -> DecisionView {
        DecisionView {
            words: words(&decision),
            because: decision.because().map(str::to_owned),
            id: decision.id,
            at: decision.at,
            who: decision.who,
            kind: decision.kind,
            undone_at: decision.undone_at,
            undone_by: decision.undone_by,
        }
    }
}

fn words(decision: &Decision) -> String {
    let part = |key: &str| decision.payload.get(key).unwrap_or(&Value::Null);
    let text = |key: &str| match part(key) {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match decision.kind {
        DecisionKind::Merge => {
            let deals = part("deals");
            format!("merged deal {} into deal {}", deals[1], deals[0])
        }
        DecisionKind::Split => {
            let articles = part("articles").as_array().map(Vec::as_slice).unwrap_or_default();
            let list: Vec<String> = articles.iter().map(Value::to_string).collect();
            let noun = if list.len() == 1 { "article" } else { "articles" };
            let list = list.join(", ");
            format!("split {noun} {list} off deal {} as deal {}", text("deal"), text("new"))
        }
        DecisionKind::Set => {
            let field = text("field");
            let value = field.parse::<Field>().map(|field| plain::value(field, part("value")));
            let value = value.unwrap_or_else(|_| text("value"));
            format!("set {} of deal {} to {value}", field.replace('_', " "), text("deal"))
        }
        DecisionKind::Dismiss => format!("dismissed deal {}", text("deal")),
        DecisionKind::Silence => "silenced messages".to_owned(),
        DecisionKind::Entity => text("words"),
    }
}
