//! Documents that a person hands in, through the whole path.

use anyhow::Context;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use serde_json::json;

use crate::domain::Article;
use crate::domain::DealId;
use crate::domain::Lang;
use crate::domain::Mention;
use crate::domain::MentionId;
use crate::domain::SourceId;
use crate::domain::TextKind;
use crate::extract::batch::Line;
use crate::parse;
use crate::pipeline::Pipeline;
use crate::pipeline::Place;
use crate::pipeline::Reading;
use crate::store;
use crate::store::StoreError;
use crate::store::rusqlite::Connection;

/// The source of a document that names none.
const SOURCE: &str = "ingest";

/// One line of the assignments.
#[derive(Serialize)]
struct Assigned<'a> {
    id: &'a str,
    lang: Lang,
    relevant: bool,
    deals: Vec<Assignment<'a>>,
}

#[derive(Serialize)]
struct Assignment<'a> {
    deal_id: Option<DealId>,
    mention_id: MentionId,
    #[serde(flatten)]
    mention: &'a Mention,
}

/// Runs documents through the whole path; one answer each, in order.
pub fn settle(
    pipeline: &Pipeline,
    documents: Vec<Value>,
    now: Timestamp,
) -> anyhow::Result<Vec<Value>> {
    let mut ids = Vec::with_capacity(documents.len());
    let mut readings = Vec::with_capacity(documents.len());
    for document in documents {
        let line: Line = serde_json::from_value(document)
            .context("a line is no document {\"id\",\"title\",\"text\"}")?;
        ids.push(line.id.clone());
        readings.push(Reading::new(article(line), &pipeline.knowledge().table));
    }
    let settled = pipeline.settle_batch_blocking(readings, true, now)?;
    ids.iter()
        .zip(settled)
        .map(|(id, (reading, places))| {
            let deals = reading.mentions.iter().zip(places);
            let assignment = |(mention, place): (_, Place)| Assignment {
                deal_id: place.deal,
                mention_id: place.mention,
                mention,
            };
            Ok(json!(Assigned {
                id,
                lang: reading.lang,
                relevant: reading.relevant,
                deals: deals.map(assignment).collect(),
            }))
        })
        .collect()
}

/// The article of a document that did not come from a poll.
pub fn article(line: Line) -> Article {
    let published = line.published();
    let lang =
        line.lang().unwrap_or_else(|| parse::article::language(&line.title, &line.text, None));
    let canonical_url =
        line.url.as_deref().and_then(|url| url.parse().ok()).map(|url| parse::url::canonical(&url));
    let publisher = parse::article::origin(&line.text);
    Article {
        source: SourceId(line.source.unwrap_or_else(|| SOURCE.to_owned())),
        key: line.id,
        url: line.url,
        canonical_url,
        title: line.title,
        text: line.text,
        text_kind: TextKind::Full,
        lang,
        published,
        author: None,
        publisher,
    }
}

/// Sets the deals of an answer of [`settle`] to what they are now: later documents move mentions.
pub fn reassign(conn: &Connection, answer: &mut Value) -> Result<(), StoreError> {
    let deals = answer.get_mut("deals").and_then(Value::as_array_mut);
    for deal in deals.into_iter().flatten() {
        let mention = deal.get("mention_id").and_then(Value::as_i64).map(MentionId);
        if let Some(mention) = mention {
            deal["deal_id"] = json!(store::mention::deal_of(conn, mention)?);
        }
    }
    Ok(())
}
