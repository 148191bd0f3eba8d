//! A person's decision, with everything it changes, in one transaction.

use anyhow::Context;
use jiff::Timestamp;
use serde_json::Value;

use crate::decide;
use crate::decide::Decision;
use crate::pipeline::Knowledge;
use crate::pipeline::Pipeline;
use crate::store::rusqlite::Transaction;

/// Takes a decision as the control socket carries it; blocks the thread.
pub fn take(
    pipeline: &Pipeline,
    who: String,
    decision: Value,
    now: Timestamp,
) -> anyhow::Result<decide::Answer> {
    let decision: Decision =
        serde_json::from_value(decision).context("cannot read the decision")?;
    let take = move |tx: &Transaction<'_>, knowledge: &Knowledge| {
        decide::take(tx, &knowledge.table, &who, &decision, now)
    };
    Ok(pipeline.decide_blocking(take, now)??)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::config;
    use crate::domain::Route;
    use crate::entity::EntityTable;
    use crate::store;
    use crate::store::Store;
    use crate::store::outbox::Attempt;
    use crate::store::outbox::Outcome;
    use crate::store::outbox::Reason;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_780_000_000 + seconds).unwrap()
    }

    /// A log with one receiver, who is told everything at once.
    struct Desk {
        _folder: tempfile::TempDir,
        pipeline: Pipeline,
    }

    impl Desk {
        fn new() -> Desk {
            let folder = tempfile::tempdir().unwrap();
            let store = Store::open(folder.path().join("log.db"), at(0)).unwrap();
            let route = Route {
                name: "all".to_owned(),
                filter: crate::domain::Filter::default(),
                receivers: vec!["desk".to_owned()],
                wait: std::time::Duration::ZERO,
            };
            let knowledge = Knowledge {
                routes: vec![route],
                ..Knowledge::new(EntityTable::shipped().clone(), config::rates().unwrap())
            };
            Desk { _folder: folder, pipeline: Pipeline::new(store, Arc::new(knowledge)) }
        }

        fn tell(&self, id: &str, title: &str, seconds: i64) {
            let document = json!({"id": id, "source": id, "title": title, "text": title,
                "published": at(0).to_string()});
            super::super::ingest::settle(&self.pipeline, vec![document], at(seconds)).unwrap();
        }

        #[track_caller]
        fn decide(&self, decision: Value, seconds: i64) {
            take(&self.pipeline, "lena".to_owned(), decision, at(seconds)).unwrap();
        }

        /// Sends what is owed; why and about which deal.
        fn send(&self, seconds: i64) -> Vec<(Reason, i64)> {
            let store = self.pipeline.store();
            let mut sent = Vec::new();
            loop {
                let due = store.read_blocking(|c| store::outbox::due(c, at(seconds), 9)).unwrap();
                if due.is_empty() {
                    return sent;
                }
                for owed in due {
                    sent.push((owed.reason, owed.deal.unwrap().0));
                    let (id, deal) = (owed.id, owed.deal.unwrap());
                    store
                        .write_blocking(move |tx| {
                            let record = store::deal::load(tx, deal)?.unwrap();
                            store::outbox::freeze(tx, id, Some(record.revision), "{}")?;
                            let attempt = Attempt {
                                outbox: id,
                                at: at(seconds),
                                latency_ms: 1,
                                outcome: Outcome::Sent,
                                status: None,
                                response: None,
                                error: None,
                            };
                            store::outbox::record_attempt(tx, &attempt)
                        })
                        .unwrap();
                }
            }
        }
    }

    const TARN: &str = "Tarnfield AI raises $30 million Series A led by Osprey Lane";
    const AGAIN: &str = "Tarnfield AI has raised a $30 million Series A round";
    const CRAKE: &str = "Crakewell AI raises $31 million Series A led by Osprey Lane";

    #[test]
    fn a_merge_of_two_deals_that_were_told_owes_one_correction_and_its_end_another() {
        let desk = Desk::new();
        desk.tell("a", TARN, 1);
        desk.tell("b", CRAKE, 2);
        assert_eq!(desk.send(3), [(Reason::New, 1), (Reason::New, 2)]);
        desk.decide(json!({"decide": "merge", "one": 1, "other": 2, "because": null}), 4);
        assert_eq!(desk.send(5), [(Reason::Correction, 1)]);
        desk.decide(json!({"decide": "undo", "deal": 1, "decision": null}), 6);
        assert_eq!(desk.send(7), [(Reason::Correction, 1)]);
    }

    #[test]
    fn a_split_of_a_deal_that_was_told_owes_one_correction() {
        let desk = Desk::new();
        desk.tell("a", TARN, 1);
        desk.tell("b", AGAIN, 2);
        assert_eq!(desk.send(3), [(Reason::New, 1)]);
        let split = json!({"decide": "split", "deal": 1, "articles": ["1"], "because": null});
        desk.decide(split, 4);
        assert_eq!(desk.send(5), [(Reason::Correction, 1)]);
    }

    #[test]
    fn a_value_that_a_person_gives_a_watched_field_is_told_as_any_change() {
        let desk = Desk::new();
        desk.tell("a", TARN, 1);
        assert_eq!(desk.send(3), [(Reason::New, 1)]);
        let status = json!([{"field": "status", "value": "completed", "raw": null}]);
        desk.decide(json!({"decide": "set", "deal": 1, "values": status, "because": "x"}), 4);
        assert_eq!(desk.send(5), [(Reason::Update, 1)]);
        let status = json!([{"field": "asset", "value": "its chips", "raw": null}]);
        desk.decide(json!({"decide": "set", "deal": 1, "values": status, "because": "x"}), 6);
        assert_eq!(desk.send(7), []);
    }
}
