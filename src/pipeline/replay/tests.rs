//! A log that an earlier version filled, read again.

use std::time::Duration;

use jiff::ToSpan;

use super::*;
use crate::config;
use crate::domain::Amount;
use crate::domain::Article;
use crate::domain::Currency;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::Lang;
use crate::domain::Mention;
use crate::domain::Qualifier;
use crate::domain::Route;
use crate::domain::TextKind;
use crate::entity::EntityTable;
use crate::store::Store;
use crate::store::deal::Event;
use crate::store::outbox;

const RAISE: &str = "Lanternfish AI, an artificial intelligence startup, raised $40 million in a \
    Series A round led by Beacon Capital, the company announced on Monday.";
const AGAIN: &str = "Artificial intelligence startup Lanternfish AI has raised $40 million in \
    Series A funding led by Beacon Capital, it said.";
const OTHER: &str = "Harrowgate AI, an artificial intelligence startup, raised $15 million in a \
    seed round led by Tallow Ventures, the company announced on Monday.";
const WEATHER: &str = "Rain is expected along the coast until Friday, and ferries may be late.";

fn now() -> Timestamp {
    "2026-06-01T09:00:00Z".parse().unwrap()
}

fn article(key: &str, day: i64, text: &str) -> Article {
    Article {
        source: key.split(' ').next().unwrap().into(),
        key: key.to_owned(),
        url: Some(format!("https://news.test/{}", key.replace(' ', "/"))),
        canonical_url: None,
        title: String::new(),
        text: text.to_owned(),
        text_kind: TextKind::Full,
        lang: Lang::En,
        published: Some(now() - 240.hours() + (24 * day).hours()),
        author: None,
        publisher: None,
    }
}

/// An article as the present version reads it, changed to what the earlier one read.
fn read(key: &str, day: i64, text: &str, change: impl FnOnce(&mut Vec<Mention>)) -> Reading {
    let mut reading = Reading::new(article(key, day, text), EntityTable::shipped());
    change(&mut reading.mentions);
    reading
}

fn as_is(_: &mut Vec<Mention>) {}

struct Log {
    _folder: tempfile::TempDir,
    pipeline: Pipeline,
}

impl Log {
    /// A log whose one receiver was told of every deal of these readings, all by version `0`.
    fn of(readings: Vec<Reading>) -> Log {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path().join("log.db"), now()).unwrap();
        let route = Route {
            name: "all".to_owned(),
            filter: "".parse().unwrap(),
            receivers: vec!["desk".to_owned()],
            wait: Duration::ZERO,
        };
        let knowledge = Knowledge {
            routes: vec![route],
            ..Knowledge::new(EntityTable::shipped().clone(), config::rates().unwrap())
        };
        let log = Log { _folder: folder, pipeline: Pipeline::new(store, knowledge.into()) };
        log.settle(readings);
        log.deliver();
        log.pipeline
            .store
            .write_blocking(|tx| {
                for id in 1..=tx.query_row("SELECT max(id) FROM article", [], |r| r.get(0))? {
                    let versions = Versions { extractor: "0", entities: "0" };
                    store::replay::mark(tx, ArticleId(id), versions)?;
                }
                Ok(())
            })
            .unwrap();
        log
    }

    fn settle(&self, readings: Vec<Reading>) {
        self.pipeline.settle_batch_blocking(readings, true, now()).unwrap();
    }

    /// Sends what is owed; returns what was sent, as deal and reason.
    fn deliver(&self) -> Vec<(i64, &'static str)> {
        self.pipeline
            .store
            .write_blocking(|tx| {
                let mut sent = Vec::new();
                loop {
                    let due = outbox::due(tx, now(), 10)?;
                    if due.is_empty() {
                        return Ok(sent);
                    }
                    for owed in due {
                        outbox::freeze(tx, owed.id, owed.revision, "{}")?;
                        let attempt = outbox::Attempt {
                            outbox: owed.id,
                            at: now(),
                            latency_ms: 1,
                            outcome: outbox::Outcome::Sent,
                            status: None,
                            response: None,
                            error: None,
                        };
                        outbox::record_attempt(tx, &attempt)?;
                        sent.push((owed.deal.unwrap().0, owed.reason.as_str()));
                    }
                }
            })
            .unwrap()
    }

    /// Replays to the end.
    fn replay(&self, all: bool) -> Run {
        let asked = Asked { since: "90d".to_owned(), source: None, all };
        loop {
            let run = self.pipeline.replay_blocking(&asked, now()).unwrap().unwrap();
            if run.finished_at.is_some() {
                return run;
            }
        }
    }

    /// What replays wrote: deal, event, and the fields that changed after a first revision.
    fn replayed(&self) -> Vec<(i64, &'static str, String)> {
        let mut rows = Vec::new();
        self.pipeline
            .store
            .read_blocking(|conn| {
                store::deal::replayed::<StoreError>(conn, 0, |entry| {
                    let Revision { deal, number, changes, .. } = entry.revision;
                    let fields: Vec<_> = changes.iter().map(|c| c.field.as_str()).collect();
                    let fields = if number == 1 { "new".to_owned() } else { fields.join(" ") };
                    rows.push((deal.0, entry.event.as_str(), fields));
                    Ok(())
                })
            })
            .unwrap();
        rows
    }
}

use crate::domain::Revision;

#[track_caller]
fn check(readings: Vec<Reading>, expected: &[(i64, Event, &str)], splits: &[(i64, i64)]) {
    let log = Log::of(readings);
    let run = log.replay(false);
    let expected: Vec<_> = expected
        .iter()
        .map(|(deal, event, fields)| (*deal, event.as_str(), (*fields).to_owned()))
        .collect();
    assert_eq!(log.replayed(), expected);
    let splits: Vec<_> = splits.iter().map(|(new, from)| (DealId(*new), DealId(*from))).collect();
    assert_eq!(run.splits, splits);
    assert_eq!((run.done, run.total, run.skipped), (run.total, run.total, 0));
    assert_eq!(log.deliver(), [], "a replay tells nobody");
    log.settle(vec![read("late 1", 9, AGAIN, as_is)]);
    let again = log.deliver();
    assert!(!again.contains(&(1, "new")), "told a second time: {again:?}");
}

fn misread_sum(mentions: &mut Vec<Mention>) {
    for mention in mentions {
        mention.amount = Some(Amount::new("", 4_000_000, Currency::USD, Qualifier::Exact));
    }
}

fn misread_name(mentions: &mut Vec<Mention>) {
    for mention in mentions {
        mention.target = "Wick Foundry".to_owned();
        mention.target_id = None;
    }
}

#[test]
fn what_is_read_as_before_changes_nothing() {
    check(vec![read("en 1", 1, RAISE, as_is), read("fr 1", 2, WEATHER, as_is)], &[], &[]);
}

#[test]
fn a_sum_that_was_misread_is_put_right() {
    check(vec![read("en 1", 1, RAISE, misread_sum)], &[(1, Event::Revised, "amount")], &[]);
}

#[test]
fn a_deal_that_was_missed_is_new_and_nobody_is_told() {
    check(
        vec![read("en 1", 1, RAISE, as_is), read("en 2", 2, OTHER, Vec::clear)],
        &[(2, Event::Revised, "new")],
        &[],
    );
}

#[test]
fn a_deal_that_is_none_is_gone() {
    let invented = |mentions: &mut Vec<Mention>| {
        mentions.push(Mention::new("Coast AI", DealKind::Funding, DealStatus::Announced));
    };
    check(vec![read("en 1", 1, WEATHER, invented)], &[(1, Event::Removed, "")], &[]);
}

#[test]
fn a_company_with_another_name_keeps_its_deal() {
    let log = Log::of(vec![read("en 1", 1, RAISE, misread_name)]);
    log.replay(false);
    assert_eq!(log.replayed(), [(1, "revised", "target".to_owned())]);
    let both = vec![read("en 1", 1, RAISE, misread_name), read("us 1", 2, AGAIN, misread_name)];
    let log = Log::of(both);
    log.replay(false);
    assert_eq!(log.replayed(), [(1, "revised", "target".to_owned())], "told by two articles");
}

#[test]
fn two_deals_that_are_one_are_merged_and_one_that_is_two_is_split() {
    check(
        vec![read("en 1", 1, RAISE, as_is), read("us 1", 2, AGAIN, misread_name)],
        &[(2, Event::Merged, "")],
        &[],
    );
    let same = |mentions: &mut Vec<Mention>| {
        let mut other = read("en 1", 1, RAISE, as_is).mentions;
        other.truncate(1);
        *mentions = other;
    };
    let log = Log::of(vec![read("en 1", 1, RAISE, as_is), read("us 1", 2, OTHER, same)]);
    log.replay(false);
    let rows = log.replayed();
    assert!(rows.contains(&(2, "revised", "new".to_owned())), "{rows:?}");
}

#[test]
fn a_real_change_after_a_replay_alerts() {
    let log = Log::of(vec![read("en 1", 1, RAISE, misread_sum)]);
    log.replay(false);
    let closed = "Lanternfish AI, an artificial intelligence startup, has completed its Series A \
        round of $60 million led by Beacon Capital.";
    log.settle(vec![read("us 9", 9, closed, as_is)]);
    assert_eq!(log.deliver(), [(1, "update")]);
}

#[test]
fn what_this_version_has_read_is_skipped_unless_all_is_asked_for() {
    let log = Log::of(vec![read("en 1", 1, RAISE, as_is), read("fr 1", 2, WEATHER, as_is)]);
    let counts = |run: Run| (run.total, run.skipped, run.done);
    assert_eq!(counts(log.replay(false)), (2, 0, 2));
    assert_eq!(counts(log.replay(false)), (0, 2, 0));
    assert_eq!(counts(log.replay(true)), (2, 0, 2));
    log.settle(vec![read("en 2", 3, OTHER, as_is)]);
    assert_eq!(counts(log.replay(false)), (0, 3, 0), "a new article is read by this version");
}

#[test]
fn a_run_goes_on_where_it_was() {
    let many = |n: usize| read(&format!("en {n}"), 1, WEATHER, as_is);
    let mut readings: Vec<Reading> = (0..120).map(many).collect();
    readings.push(read("us 1", 2, RAISE, misread_sum));
    let log = Log::of(readings);
    let asked = Asked { since: "90d".to_owned(), source: None, all: false };
    let first = log.pipeline.replay_blocking(&asked, now()).unwrap().unwrap();
    assert_eq!((first.done, first.total), (u64::from(PIECE), 121));
    let whole = log.replay(false);
    assert_eq!((whole.id, whole.done, whole.total), (first.id, 121, 121));
    assert_eq!(log.replayed(), [(1, "revised", "amount".to_owned())]);
    let other = Asked { source: Some("us".to_owned()), ..asked };
    let run = log.pipeline.replay_blocking(&other, now()).unwrap().unwrap();
    assert_eq!((run.total, run.skipped), (0, 1), "another question is another run");
}
