//! The rules of what is owed, one by one.

use super::*;
use crate::domain::Amount;
use crate::domain::Cause;
use crate::domain::Currency;
use crate::domain::DealFacts;
use crate::domain::DealStatus;
use crate::domain::Filter;
use crate::domain::Qualifier;
use crate::domain::Rates;
use crate::store::Store;
use crate::store::tests::at;
use crate::store::tests::context;
use crate::store::tests::facts;
use crate::store::tests::store;

/// A log, one deal in it, two receivers.
struct Desk {
    _dir: tempfile::TempDir,
    store: Store,
    deal: DealId,
    facts: DealFacts,
    routes: Vec<Route>,
}

impl Desk {
    fn new() -> Desk {
        let (dir, store) = store();
        let deal = store.write_blocking(|tx| deal::create(tx, at(0))).unwrap();
        let route = |name: &str, receivers: &[&str]| Route {
            name: name.to_owned(),
            filter: Filter::default(),
            receivers: receivers.iter().map(|&receiver| receiver.to_owned()).collect(),
            wait: Duration::from_mins(5),
        };
        let routes = vec![route("all", &["desk", "phone"]), route("again", &["desk"])];
        let facts = facts("月之暗面", DealStatus::Rumoured);
        Desk { _dir: dir, store, deal, facts, routes }
    }

    /// Saves the facts at a time; returns how many messages that owed.
    fn save_at(&self, seconds: i64) -> usize {
        self.save(seconds, true)
    }

    fn save(&self, seconds: i64, live: bool) -> usize {
        let (deal, facts, routes) = (self.deal, self.facts.clone(), self.routes.clone());
        self.store
            .write_blocking(move |tx| {
                let rates = Rates::default();
                let context = context(&rates, seconds);
                let saved = deal::save(tx, deal, &facts, Cause::Article, None, &context)?;
                saved.map_or(Ok(0), |revision| owe(tx, &routes, &revision, live, &context))
            })
            .unwrap()
    }

    fn due(&self, seconds: i64) -> Vec<Owed> {
        self.store.read_blocking(|conn| due(conn, at(seconds), 100)).unwrap()
    }

    /// What a receiver is owed: reason, revision it knows, revision it will hear of.
    #[track_caller]
    fn check(&self, receiver: &str, expected: &[(Reason, Option<i64>, i64)]) {
        let owed: Vec<_> = self
            .due(1_000_000)
            .into_iter()
            .filter(|owed| owed.receiver == receiver)
            .map(|owed| (owed.reason, owed.from_revision, owed.revision.unwrap()))
            .collect();
        assert_eq!(owed, expected, "{receiver}");
    }

    fn attempt(&self, id: i64, seconds: i64, outcome: Outcome) {
        let attempt = Attempt {
            outbox: id,
            at: at(seconds),
            latency_ms: 7,
            outcome,
            status: None,
            response: None,
            error: None,
        };
        self.store.write_blocking(move |tx| record_attempt(tx, &attempt)).unwrap();
    }

    /// Sends all that is due.
    fn send_all(&self, seconds: i64) {
        for owed in self.due(seconds) {
            self.freeze(owed.id);
            self.attempt(owed.id, seconds, Outcome::Sent);
        }
    }

    /// Renders from the record, as the sender does before its first attempt.
    fn freeze(&self, id: i64) -> Owed {
        self.store
            .write_blocking(move |tx| {
                let deal = load(tx, id)?.deal.expect("no note");
                let record = deal::load(tx, deal)?.expect("saved before");
                freeze(tx, id, Some(record.revision), &format!("revision {}", record.revision))
            })
            .unwrap()
    }

    fn price(&mut self, dollars: i64) {
        self.facts.amount = Some(Amount::new("", dollars, Currency::USD, Qualifier::Exact));
    }
}

#[test]
fn a_new_deal_is_owed_once_to_each_receiver_after_the_wait() {
    let desk = Desk::new();
    assert_eq!(desk.save_at(1000), 2);
    assert!(desk.due(1299).is_empty());
    assert_eq!(desk.due(1300).len(), 2);
    assert_eq!(desk.store.read_blocking(next_due).unwrap(), Some(at(1300)));
    desk.check("desk", &[(Reason::New, None, 1)]);
    desk.check("phone", &[(Reason::New, None, 1)]);
}

#[test]
fn background_and_silent_deals_are_owed_to_nobody() {
    let mut desk = Desk::new();
    desk.facts.main = false;
    assert_eq!(desk.save_at(1000), 0);
    desk.facts.main = true;
    assert_eq!(desk.save(1001, false), 0);
}

#[test]
fn while_the_first_message_waits_nothing_is_added() {
    let mut desk = Desk::new();
    desk.save_at(1000);
    desk.price(700_000_000);
    assert_eq!(desk.save_at(1100), 0);
    desk.check("desk", &[(Reason::New, None, 1)]);
}

#[test]
fn a_changed_price_owes_one_update_that_collects_later_ones() {
    let mut desk = Desk::new();
    desk.save_at(1000);
    desk.send_all(1300);
    desk.price(700_000_000);
    assert_eq!(desk.save_at(2000), 2);
    desk.price(800_000_000);
    desk.save_at(2100);
    desk.check("desk", &[(Reason::Update, Some(1), 3)]);
    assert_eq!(desk.due(2299).len(), 0);
    assert_eq!(desk.due(2300).len(), 2, "later changes do not put the update off");
    desk.send_all(2300);
    desk.facts.status = DealStatus::Announced;
    desk.save_at(3000);
    desk.check("desk", &[(Reason::Update, Some(3), 4)]);
}

#[test]
fn a_change_that_nobody_watches_owes_nothing() {
    let mut desk = Desk::new();
    desk.save_at(1000);
    desk.send_all(1300);
    desk.facts.advisers.push("A Bank".to_owned());
    assert_eq!(desk.save_at(2000), 0);
    desk.check("desk", &[]);
}

#[test]
fn a_change_that_is_taken_back_is_not_told() {
    let mut desk = Desk::new();
    desk.save_at(1000);
    desk.send_all(1300);
    desk.price(700_000_000);
    desk.save_at(2000);
    desk.price(600_000_000);
    desk.save_at(2100);
    desk.check("desk", &[]);
}

#[test]
fn a_message_that_was_tried_keeps_its_words_and_its_key() {
    let mut desk = Desk::new();
    desk.routes.truncate(1);
    desk.routes[0].receivers.truncate(1);
    desk.save_at(1000);
    let first = desk.due(1300).remove(0);
    assert_eq!(desk.freeze(first.id).payload.as_deref(), Some("revision 1"));
    desk.attempt(first.id, 1300, Outcome::RetryAt(at(1400)));
    desk.price(700_000_000);
    assert_eq!(desk.save_at(1310), 1, "the receiver may have it, so the change is an update");
    let again = desk.due(10_000);
    assert_eq!(again.len(), 1, "the update waits for the first message");
    assert_eq!(again[0].attempts, 1);
    assert_eq!(again[0].idempotency_key, first.idempotency_key);
    assert_eq!(desk.freeze(first.id).payload.as_deref(), Some("revision 1"));
    desk.attempt(first.id, 1400, Outcome::Sent);
    desk.check("desk", &[(Reason::Update, Some(1), 2)]);
}

#[test]
fn a_receiver_hears_how_a_deal_goes_on_that_left_its_filter() {
    let mut desk = Desk::new();
    desk.save_at(1000);
    desk.send_all(1300);
    desk.facts.main = false;
    desk.facts.status = DealStatus::Terminated;
    desk.save_at(2000);
    desk.check("phone", &[(Reason::Update, Some(1), 2)]);
}

#[test]
fn a_dismissed_deal_is_owed_to_nobody() {
    let desk = Desk::new();
    desk.save_at(1000);
    let id = desk.deal;
    let withdraw = |how, seconds| {
        desk.store
            .write_blocking(move |tx| deal::withdraw(tx, id, how, Cause::Person, None, at(seconds)))
            .unwrap();
    };
    withdraw(deal::Withdrawal::Dismissed, 1100);
    desk.check("desk", &[]);
}

#[test]
fn a_deal_that_comes_back_before_it_was_told_is_owed_again() {
    let desk = Desk::new();
    desk.save_at(1000);
    let id = desk.deal;
    desk.store
        .write_blocking(move |tx| {
            deal::withdraw(tx, id, deal::Withdrawal::Removed, Cause::Article, None, at(1100))
        })
        .unwrap();
    desk.check("desk", &[]);
    assert_eq!(desk.save_at(1200), 2);
    desk.check("desk", &[(Reason::New, None, 3)]);
}

/// A second deal beside the desk's own, told at the same time.
fn second(desk: &Desk) -> DealId {
    let (facts, routes) = (facts("Moonshot", DealStatus::Rumoured), desk.routes.clone());
    desk.store
        .write_blocking(move |tx| {
            let rates = Rates::default();
            let context = context(&rates, 1000);
            let id = deal::create(tx, at(1000))?;
            let saved = deal::save(tx, id, &facts, Cause::Article, None, &context)?;
            owe(tx, &routes, &saved.expect("a new deal"), true, &context)?;
            Ok(id)
        })
        .unwrap()
}

fn merge(desk: &Desk, from: DealId) {
    let into = desk.deal;
    desk.store
        .write_blocking(move |tx| deal::tombstone(tx, from, into, Cause::Article, at(1500)))
        .unwrap();
}

#[test]
fn two_told_deals_that_are_one_owe_one_correction() {
    let desk = Desk::new();
    desk.save_at(1000);
    let other = second(&desk);
    desk.send_all(1300);
    merge(&desk, other);
    desk.check("desk", &[(Reason::Correction, Some(1), 1)]);
}

#[test]
fn who_was_told_of_the_merged_deal_is_not_told_of_the_survivor_as_new() {
    let mut desk = Desk::new();
    let other = second(&desk);
    desk.send_all(1300);
    assert_eq!(desk.save_at(1400), 2);
    merge(&desk, other);
    desk.check("desk", &[]);
    desk.price(900_000_000);
    desk.save_at(1600);
    desk.check("desk", &[(Reason::Update, Some(1), 2)]);
}

#[test]
fn a_seeded_deal_is_news_only_when_a_watched_field_changes() {
    let mut desk = Desk::new();
    assert_eq!(desk.save(1000, false), 0);
    desk.facts.advisers.push("A Bank".to_owned());
    assert_eq!(desk.save_at(2000), 0);
    desk.check("desk", &[]);
    desk.facts.status = DealStatus::Announced;
    assert_eq!(desk.save_at(3000), 2);
    desk.check("desk", &[(Reason::New, None, 3)]);
    assert_eq!(desk.due(3299).len(), 0);
}

#[test]
fn a_silent_change_of_a_seeded_deal_is_not_told_later() {
    let mut desk = Desk::new();
    desk.save(1000, false);
    desk.price(700_000_000);
    desk.save(1100, false);
    desk.facts.advisers.push("A Bank".to_owned());
    assert_eq!(desk.save_at(2000), 0);
}

#[test]
fn a_split_owes_one_correction_to_those_who_were_told() {
    let desk = Desk::new();
    desk.save_at(1000);
    let id = desk.deal;
    let split = || desk.store.write_blocking(move |tx| correct(tx, id, at(1500))).unwrap();
    assert_eq!(split(), 0, "nobody was told yet");
    desk.send_all(1300);
    assert_eq!(split(), 2);
    assert_eq!(split(), 0, "one waits");
    desk.check("phone", &[(Reason::Correction, Some(1), 1)]);
}

#[test]
fn every_attempt_is_in_the_log() {
    let desk = Desk::new();
    desk.save_at(1000);
    let id = desk.due(1300)[0].id;
    desk.attempt(id, 1300, Outcome::RetryAt(at(1330)));
    desk.attempt(id, 1330, Outcome::Failed);
    let log = desk.store.read_blocking(|conn| deliveries(conn, 10)).unwrap();
    let rows: Vec<_> = log.iter().map(|row| (row.attempt, row.ok, row.retry)).collect();
    assert_eq!(rows, [(2, false, false), (1, false, true)]);
    assert_eq!(log[0].message.state, State::Failed);
    let states = desk.store.read_blocking(states).unwrap();
    assert_eq!(states, [(State::Failed, 1), (State::Owed, 1)]);
}

#[test]
fn a_note_is_owed_once_per_key() {
    let desk = Desk::new();
    let note = || {
        desk.store
            .write_blocking(|tx| owe_note(tx, "desk", "", "live:desk", "Live.", at(5)))
            .unwrap()
    };
    assert!(note());
    assert!(!note());
    assert_eq!(desk.due(5)[0].payload.as_deref(), Some("Live."));
}

#[test]
fn what_one_receiver_does_not_take_stands_in_nobody_s_way() {
    let (_dir, store) = crate::store::tests::store();
    store
        .write_blocking(|tx| {
            for number in 0..3 {
                owe_note(tx, "slow", "", &format!("slow-{number}"), "{}", at(0))?;
            }
            owe_note(tx, "desk", "", "desk-0", "{}", at(9))
        })
        .unwrap();
    let (due, next) = store
        .read_blocking(|conn| {
            let due = due_of(conn, Some("desk"), at(9), 1)?;
            Ok((due, next_due_of(conn, Some("desk"))?))
        })
        .unwrap();
    assert_eq!(due.len(), 1);
    assert_eq!(due[0].receiver, "desk");
    assert_eq!(next, Some(at(9)));
}
