//! Records, revisions and tombstones.

use super::*;
use crate::domain::Currency;
use crate::domain::DealStatus;
use crate::domain::Field;
use crate::domain::Qualifier;
use crate::domain::Rates;
use crate::store::Store;
use crate::store::tests::at;
use crate::store::tests::context;
use crate::store::tests::facts;
use crate::store::tests::store;

fn deal(store: &Store, facts: &DealFacts, seconds: i64) -> DealId {
    let id = store.write_blocking(move |tx| create(tx, at(seconds))).unwrap();
    save_again(store, id, facts, seconds);
    id
}

fn save_again(store: &Store, id: DealId, facts: &DealFacts, seconds: i64) -> Option<Revision> {
    let facts = facts.clone();
    store
        .write_blocking(move |tx| {
            let rates = Rates::parse("2026,CNY,7.0,6\n1970,CNY,2.0,12").unwrap();
            save(tx, id, &facts, Cause::Article, None, &context(&rates, seconds))
        })
        .unwrap()
}

fn record(store: &Store, id: DealId) -> Record {
    store.read_blocking(|conn| load(conn, id)).unwrap().unwrap()
}

#[test]
fn bookkeeping_makes_no_revision_and_is_kept() {
    let (_dir, store) = store();
    let mut facts = facts("甲", DealStatus::Rumoured);
    let id = deal(&store, &facts, 10);
    facts.confidence = 0.99;
    facts.sources = 4;
    assert_eq!(save_again(&store, id, &facts, 20), None);
    let record = record(&store, id);
    assert_eq!(record.facts, facts);
    assert_eq!((record.revision, record.updated_at), (1, at(10)));
}

#[test]
fn a_revision_says_what_changed() {
    let (_dir, store) = store();
    let mut facts = facts("甲", DealStatus::Rumoured);
    let id = deal(&store, &facts, 10);
    facts.status = DealStatus::Announced;
    let revision = save_again(&store, id, &facts, 20).unwrap();
    assert_eq!((revision.number, revision.at), (2, at(20)));
    let changed: Vec<_> = revision.changes.iter().map(|change| change.field).collect();
    assert_eq!(changed, [Field::Status]);
    assert_eq!(revision.changes[0].from, "rumoured");
    let history = store.read_blocking(|conn| history(conn, id)).unwrap();
    assert_eq!(history[1].revision, revision);
    assert_eq!((record(&store, id).first_seen_at, record(&store, id).updated_at), (at(10), at(20)));
}

#[test]
fn sums_are_kept_in_dollars_at_the_rate_of_the_deal_s_year() {
    let (_dir, store) = store();
    let mut facts = facts("甲", DealStatus::Rumoured);
    facts.amount = Some(Amount::new("7亿元", 700_000_000, Currency::CNY, Qualifier::Over));
    facts.announced_on = Some("2026-03".parse().unwrap());
    let id = deal(&store, &facts, 10);
    let usd = record(&store, id).amount_usd.unwrap();
    assert_eq!((usd.min, usd.max, usd.rate_year), (Some(100_000_000), None, 2026));
    facts.announced_on = None;
    save_again(&store, id, &facts, 20);
    assert_eq!(record(&store, id).amount_usd.unwrap().rate_year, 1970);
}

#[test]
fn a_tombstone_forwards_and_so_does_what_forwarded_to_it() {
    let (_dir, store) = store();
    let names = ["甲", "甲公司", "甲集团"];
    let ids = names.map(|name| deal(&store, &facts(name, DealStatus::Rumoured), 10));
    let merge = |from, into| {
        store.write_blocking(move |tx| tombstone(tx, from, into, Cause::Article, at(30))).unwrap();
    };
    merge(ids[2], ids[1]);
    merge(ids[1], ids[0]);
    for id in ids {
        let end = store.read_blocking(|conn| survivor(conn, id)).unwrap();
        assert_eq!(end, Some(ids[0]));
    }
    assert_eq!(store.read_blocking(|conn| survivor(conn, DealId(99))).unwrap(), None);
    let events = store.read_blocking(|conn| events(conn, 3, 10)).unwrap();
    let merged: Vec<_> = events.iter().map(|e| (e.event, e.revision.deal, e.merged_into)).collect();
    assert_eq!(
        merged,
        [(Event::Merged, ids[2], Some(ids[1])), (Event::Merged, ids[1], Some(ids[0]))]
    );
}

#[test]
fn a_removed_deal_comes_back_with_the_next_article() {
    let (_dir, store) = store();
    let facts = facts("甲", DealStatus::Rumoured);
    let id = deal(&store, &facts, 10);
    let remove = || {
        store
            .write_blocking(move |tx| {
                withdraw(tx, id, Withdrawal::Removed, Cause::Article, None, at(20))
            })
            .unwrap();
    };
    remove();
    remove();
    assert!(record(&store, id).removed);
    assert!(save_again(&store, id, &facts, 30).is_some());
    assert!(!record(&store, id).removed);
    let history = store.read_blocking(|conn| history(conn, id)).unwrap();
    let events: Vec<_> = history.iter().map(|entry| entry.event).collect();
    assert_eq!(events, [Event::Revised, Event::Removed, Event::Restored]);
}
