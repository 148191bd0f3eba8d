//! Settles labelled deals instead of extracted ones: what `resolve` makes of mentions that are
//! right shows its own faults alone.
//!
//! `settle_labels LABELLED.jsonl LOG.db > ASSIGNMENTS.jsonl`: one labelled document a line, in the
//! shape that the scorer reads; the answer is in the shape of `ingest --assignments`.

use std::io::BufRead;
use std::io::Write;
use std::sync::Arc;

use dealwatch::config;
use dealwatch::daemon::ingest;
use dealwatch::domain::Amount;
use dealwatch::domain::Investor;
use dealwatch::domain::Mention;
use dealwatch::entity::EntityTable;
use dealwatch::extract::batch::Line;
use dealwatch::pipeline::Knowledge;
use dealwatch::pipeline::Pipeline;
use dealwatch::pipeline::Reading;
use dealwatch::store::Store;
use serde_json::Value;
use serde_json::json;

type Error = Box<dyn std::error::Error>;

fn main() -> Result<(), Error> {
    let mut args = std::env::args().skip(1);
    let (Some(labelled), Some(log)) = (args.next(), args.next()) else {
        return Err("usage: settle_labels LABELLED.jsonl LOG.db > ASSIGNMENTS.jsonl".into());
    };
    let now: jiff::Timestamp = std::time::SystemTime::now().try_into()?;
    let table = EntityTable::shipped().clone();
    let knowledge = Knowledge::new(table, config::rates()?);
    let pipeline = Pipeline::new(Store::open(log, now)?, Arc::new(knowledge));
    let mut answers: Vec<Value> = Vec::new();
    for line in std::io::BufReader::new(std::fs::File::open(labelled)?).lines() {
        let document: Value = serde_json::from_str(&line?)?;
        let line: Line = serde_json::from_value(document.clone())?;
        let mut reading = Reading::new(ingest::article(line), &pipeline.knowledge().table);
        reading.mentions = document["deals"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|label| mention(label, &pipeline.knowledge().table))
            .collect::<Result<_, _>>()?;
        let settled = pipeline.settle_batch_blocking(vec![reading], true, now)?;
        for (reading, places) in settled {
            let deals: Vec<Value> = reading
                .mentions
                .iter()
                .zip(places)
                .map(|(mention, place)| {
                    let mut value = serde_json::to_value(mention)?;
                    value["mention_id"] = json!(place.mention);
                    Ok(value)
                })
                .collect::<Result<_, Error>>()?;
            let relevant = document["relevant"].clone();
            answers.push(json!({ "id": document["id"], "relevant": relevant, "deals": deals }));
        }
    }
    let mut out = std::io::stdout().lock();
    pipeline.store().read_blocking(|conn| {
        answers.iter_mut().try_for_each(|answer| ingest::reassign(conn, answer))
    })?;
    for answer in answers {
        writeln!(out, "{answer}")?;
    }
    Ok(())
}

/// A label as a mention.
fn mention(label: &Value, table: &EntityTable) -> Result<Mention, Error> {
    let names = |key: &str| -> Vec<String> {
        let list = label[key].as_array().into_iter().flatten();
        list.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let word = |key: &str| label[key].as_str().unwrap_or_default();
    let mut mention = Mention::new(word("target"), word("kind").parse()?, word("status").parse()?);
    mention.main = label["main"].as_bool().unwrap_or(true);
    mention.ai = label["ai"].as_bool().unwrap_or(true);
    mention.target_id = table.lookup(&mention.target).map(|entity| entity.id.clone());
    mention.acquirers = names("acquirer");
    mention.round = label["round"].as_str().and_then(|round| round.parse().ok());
    mention.amount = amount(&label["amount"])?;
    mention.valuation = match amount(&label["valuation"])? {
        Some(amount) => {
            let mut value = serde_json::to_value(amount)?;
            value["basis"] = json!("unspecified");
            Some(serde_json::from_value(value)?)
        }
        None => None,
    };
    let leads = names("lead_investors");
    mention.investors = names("investors")
        .into_iter()
        .map(|name| Investor { lead: leads.contains(&name), name })
        .collect();
    mention.confidence = 0.9;
    Ok(mention)
}

fn amount(label: &Value) -> Result<Option<Amount>, Error> {
    let (Some(value), Some(currency)) = (label["value"].as_f64(), label["currency"].as_str())
    else {
        return Ok(None);
    };
    #[allow(clippy::cast_possible_truncation, reason = "sums of labels are whole")]
    let value = value as i64;
    let qualifier = match label["approx"].as_str() {
        None | Some("range") => json!("exact"),
        Some(word) => json!(word),
    };
    let qualifier = serde_json::from_value(qualifier)?;
    #[allow(clippy::cast_possible_truncation, reason = "sums of labels are whole")]
    if let Some(low) = label["low"].as_f64() {
        return Ok(Some(Amount::range("", low as i64, value, currency.parse()?)));
    }
    Ok(Some(Amount::new("", value, currency.parse()?, qualifier)))
}
