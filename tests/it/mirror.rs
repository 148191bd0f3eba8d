//! A mirror that applies events alone has, after any history, the deals of the log.

use std::collections::BTreeMap;
use std::sync::Arc;

use dealwatch::config;
use dealwatch::daemon::decisions;
use dealwatch::decide::Decision;
use dealwatch::decide::Given;
use dealwatch::domain::Article;
use dealwatch::domain::DealId;
use dealwatch::domain::Field;
use dealwatch::domain::Lang;
use dealwatch::domain::TextKind;
use dealwatch::entity::EntityTable;
use dealwatch::entity::View;
use dealwatch::pipeline::Knowledge;
use dealwatch::pipeline::Pipeline;
use dealwatch::pipeline::Reading;
use dealwatch::query;
use dealwatch::query::DealView;
use dealwatch::query::Event;
use dealwatch::store::Context;
use dealwatch::store::Store;
use dealwatch::store::StoreError;
use dealwatch::store::replay::Asked;
use jiff::Timestamp;
use jiff::ToSpan;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::Value;
use serde_json::json;

const COMPANIES: &[&str] = &["Lanternfish AI", "Harrowgate AI", "Tallowmere AI"];
const SENTENCES: &[&str] = &[
    "{}, an artificial intelligence startup, raised ${} million in a Series A round led by Beacon \
     Capital, the company announced.",
    "{}, an artificial intelligence startup, is in talks to raise ${} million, people familiar \
     with the matter said.",
    "{}, an artificial intelligence startup, has closed its Series A round of ${} million.",
    "{} said nothing about the weather, and ${} million umbrellas were sold.",
];

/// One thing that happens to a log.
#[derive(Debug, Clone)]
enum Step {
    /// An article under one of few keys, so that some replace others; misread by an earlier
    /// version, or not.
    Article {
        key: u8,
        company: usize,
        sentence: usize,
        millions: u16,
        misread: u8,
    },
    Dismiss(i64),
    Merge(i64, i64),
    Split {
        deal: i64,
        article: i64,
    },
    Set {
        deal: i64,
        given: usize,
    },
    MergeCompanies(usize, usize),
    /// The last decision about a deal.
    Undo(i64),
    /// A decision by its number.
    UndoDecision(i64),
    Replay,
    Days(i64),
    /// The mirror asks for what is new.
    Look,
}

fn step() -> impl Strategy<Value = Step> {
    let article = (0..8_u8, 0..COMPANIES.len(), 0..SENTENCES.len(), 1..4_u16, 0..4_u8).prop_map(
        |(key, company, sentence, tens, misread)| Step::Article {
            key,
            company,
            sentence,
            millions: tens * 20,
            misread,
        },
    );
    prop_oneof![
        6 => article,
        1 => (1..6_i64).prop_map(Step::Dismiss),
        1 => (1..6_i64, 1..6_i64).prop_map(|(one, other)| Step::Merge(one, other)),
        1 => (1..6_i64, 1..9_i64).prop_map(|(deal, article)| Step::Split { deal, article }),
        1 => (1..6_i64, 0..3_usize).prop_map(|(deal, given)| Step::Set { deal, given }),
        1 => (0..COMPANIES.len(), 0..COMPANIES.len())
            .prop_map(|(one, other)| Step::MergeCompanies(one, other)),
        1 => (1..6_i64).prop_map(Step::Undo),
        1 => (1..6_i64).prop_map(Step::UndoDecision),
        1 => Just(Step::Replay),
        1 => (1..120_i64).prop_map(Step::Days),
        2 => Just(Step::Look),
    ]
}

/// What a person decides in a step, if it is a decision; there may be no such deal.
fn decision(step: &Step) -> Option<Decision> {
    let because = None;
    Some(match *step {
        Step::Dismiss(deal) => Decision::Dismiss { deal: DealId(deal), because },
        Step::Merge(one, other) => {
            Decision::Merge { one: DealId(one), other: DealId(other), because }
        }
        Step::Split { deal, article } => {
            Decision::Split { deal: DealId(deal), articles: vec![article.to_string()], because }
        }
        Step::Set { deal, given } => {
            let (field, value) = [
                (Field::Status, json!("completed")),
                (Field::Round, json!("b")),
                (Field::Amount, Value::Null),
            ][given]
                .clone();
            let values = vec![Given { field, value, raw: None }];
            Decision::Set { deal: DealId(deal), values, because }
        }
        Step::MergeCompanies(one, other) => {
            let (one, other) = (COMPANIES[one].to_owned(), COMPANIES[other].to_owned());
            Decision::MergeEntities { one, other, because }
        }
        Step::Undo(deal) => Decision::Undo { deal: Some(DealId(deal)), decision: None },
        Step::UndoDecision(number) => Decision::Undo { deal: None, decision: Some(number) },
        Step::Article { .. } | Step::Replay | Step::Days(_) | Step::Look => return None,
    })
}

fn reading(step: &Step, number: usize, now: Timestamp) -> Option<Reading> {
    let Step::Article { key, company, sentence, millions, misread } = step else { return None };
    let text = SENTENCES[*sentence].replacen("{}", COMPANIES[*company], 1);
    let article = Article {
        source: format!("source-{}", key % 3).as_str().into(),
        key: key.to_string(),
        url: None,
        canonical_url: None,
        title: String::new(),
        text: text.replacen("{}", &millions.to_string(), 1),
        text_kind: TextKind::Full,
        lang: Lang::En,
        published: Some(now - i64::try_from(number).unwrap().hours()),
        author: None,
        publisher: None,
    };
    let mut reading = Reading::new(article, EntityTable::shipped());
    match misread {
        0 => reading.mentions.clear(),
        1 => {
            for mention in &mut reading.mentions {
                COMPANIES[(company + 1) % COMPANIES.len()].clone_into(&mut mention.target);
                mention.target_id = None;
            }
        }
        _ => {}
    }
    Some(reading)
}

/// Who knows the log by its events alone.
#[derive(Default)]
struct Mirror {
    cursor: i64,
    deals: BTreeMap<i64, BTreeMap<&'static str, Value>>,
}

impl Mirror {
    fn look(&mut self, store: &Store) {
        loop {
            let events = store.read_blocking(|conn| query::events(conn, self.cursor, 3)).unwrap();
            let Some(last) = events.last() else { return };
            self.cursor = last.seq;
            for event in events {
                let record = event.record.filter(|record| record.withdrawn.is_none());
                match (event.event, record) {
                    (Event::Revised | Event::Restored, Some(record)) => {
                        self.deals.insert(event.deal.0, facts(&record));
                    }
                    _ => drop(self.deals.remove(&event.deal.0)),
                }
            }
        }
    }
}

/// What a deal says: every field, sums without their words, lists without their order.
fn facts(deal: &DealView) -> BTreeMap<&'static str, Value> {
    let value = serde_json::to_value(deal).unwrap();
    let field = |field: &Field| {
        let mut value = value[field.as_str()].clone();
        if let Some(sum) = value.as_object_mut() {
            sum.remove("raw");
        }
        if let Some(list) = value.as_array_mut() {
            list.sort_by_key(Value::to_string);
        }
        (field.as_str(), value)
    };
    Field::ALL.iter().map(field).collect()
}

fn log(store: &Store, now: Timestamp) -> BTreeMap<i64, BTreeMap<&'static str, Value>> {
    let rates = config::rates().unwrap();
    let context = Context { now, rates: &rates, fold: |text| View::new(text).text };
    let mut deals = BTreeMap::new();
    for main in ["main:true", "main:false"] {
        let filter = main.parse().unwrap();
        let request = query::Request { filter, ..Default::default() };
        store
            .read_blocking(|conn| {
                query::each_deal(conn, &request, &context, |deal| {
                    deals.insert(deal.id.0, facts(&deal));
                    Ok::<(), StoreError>(())
                })
            })
            .unwrap();
    }
    deals
}

fn live(steps: &[Step]) -> Result<(), TestCaseError> {
    let folder = tempfile::tempdir().unwrap();
    let mut now: Timestamp = "2026-03-01T08:00:00Z".parse().unwrap();
    let store = Store::open(folder.path().join("log.db"), now).unwrap();
    let knowledge = Knowledge {
        silence: Some(jiff::SignedDuration::from_hours(24 * 60)),
        ..Knowledge::new(EntityTable::shipped().clone(), config::rates().unwrap())
    };
    let pipeline = Pipeline::new(store.clone(), Arc::new(knowledge));
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let mut mirror = Mirror::default();
    for (number, step) in steps.iter().enumerate() {
        now += 1.minute();
        if let Some(decision) = decision(step) {
            drop(decisions::take(&pipeline, "tester".to_owned(), json!(decision), now));
        }
        match step {
            Step::Article { .. } => {
                let readings = reading(step, number, now).into_iter().collect();
                pipeline.settle_batch_blocking(readings, true, now).unwrap();
            }
            Step::Replay => {
                let asked = Asked { since: "5000d".to_owned(), source: None, all: true };
                while pipeline.replay_blocking(&asked, now).unwrap().unwrap().finished_at.is_none()
                {
                }
            }
            Step::Days(days) => {
                now += (24 * days).hours();
                let mut after = Some(DealId(0));
                while let Some(deal) = after {
                    after = runtime.block_on(pipeline.expire(deal, now)).unwrap();
                }
            }
            Step::Look => mirror.look(&store),
            _ => {}
        }
    }
    mirror.look(&store);
    prop_assert_eq!(&mirror.deals, &log(&store, now));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24,
        failure_persistence: None,
        // The same histories in every run.
        rng_seed: RngSeed::Fixed(20_261_124),
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_mirror_of_the_events_is_the_log(steps in prop::collection::vec(step(), 1..40)) {
        live(&steps)?;
    }
}
