//! One deal told in two ways, in every order.

use std::sync::Arc;

use jiff::Timestamp;

use crate::config;
use crate::domain::Amount;
use crate::domain::Article;
use crate::domain::Currency;
use crate::domain::DealId;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::Investor;
use crate::domain::Lang;
use crate::domain::Mention;
use crate::domain::Qualifier;
use crate::domain::TextKind;
use crate::entity::EntityTable;
use crate::pipeline::Knowledge;
use crate::pipeline::Pipeline;
use crate::pipeline::Reading;
use crate::store::Store;

fn news(day: i8, target: &str, kind: DealKind, other: &str, millions: i64) -> Reading {
    let at = jiff::civil::date(2026, 5, day).at(9, 0, 0, 0);
    let published = at.in_tz("UTC").map(|at| at.timestamp()).ok();
    let article = Article {
        source: "ingest".into(),
        key: format!("{target} {day}"),
        url: None,
        canonical_url: None,
        title: format!("{target} {day}"),
        text: String::new(),
        text_kind: TextKind::Full,
        lang: Lang::En,
        published,
        author: None,
        publisher: None,
    };
    let mut reading = Reading::new(article, EntityTable::shipped());
    let mut mention = Mention::new(target, kind, DealStatus::Announced);
    if kind == DealKind::InvestmentStake {
        mention.investors = vec![Investor { name: other.to_owned(), lead: false }];
    } else {
        mention.acquirers = vec![other.to_owned()];
    }
    let sum = Amount::new("", millions * 1_000_000, Currency::USD, Qualifier::Exact);
    mention.amount = (millions > 0).then_some(sum);
    reading.mentions = vec![mention];
    reading
}

/// The deal of each at the end.
fn deals(news: Vec<Reading>) -> Vec<Option<DealId>> {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("log.db"), Timestamp::UNIX_EPOCH).unwrap();
    let knowledge = Knowledge::new(EntityTable::shipped().clone(), config::rates().unwrap());
    let pipeline = Pipeline::new(store, Arc::new(knowledge));
    let settled = pipeline.settle_batch_blocking(news, true, Timestamp::UNIX_EPOCH).unwrap();
    let mentions: Vec<_> =
        settled.into_iter().flat_map(|(_, places)| places).map(|place| place.mention).collect();
    let deal = |mention| {
        let ask = |conn: &_| crate::store::mention::deal_of(conn, mention);
        pipeline.store().read_blocking(ask).unwrap()
    };
    mentions.into_iter().map(deal).collect()
}

/// How many deals these are, whichever comes first.
#[track_caller]
fn check(make: impl Fn() -> Vec<Reading>, expected: usize) {
    for first in 0..make().len() {
        let mut order = make();
        order.rotate_left(first);
        let mut found = deals(order);
        assert!(found.iter().all(Option::is_some));
        found.sort();
        found.dedup();
        assert_eq!(found.len(), expected, "first {first}");
    }
}

#[test]
fn who_merges_is_named_in_either_order() {
    let merger = |day, one: &str, other: &str| news(day, one, DealKind::Merger, other, 0);
    check(
        || {
            vec![
                merger(1, "Tindale AI", "Ferncroft"),
                merger(2, "Ferncroft", "Tindale AI"),
                merger(3, "Ferncroft", "Tindale"),
                merger(4, "Tindale AI", "Ferncroft"),
            ]
        },
        1,
    );
    check(
        || vec![merger(1, "Tindale AI", "Ferncroft"), merger(2, "Ferncroft", "Larkspur Motors")],
        2,
    );
}

#[test]
fn a_purchase_that_is_told_as_a_stake_is_one_deal() {
    let told = |second: i64| {
        vec![
            news(1, "Quillmark", DealKind::Acquisition, "Stonescreen Heavy", 300),
            news(2, "Quillmark", DealKind::InvestmentStake, "Stonescreen Heavy", second),
            news(3, "Quillmark", DealKind::Acquisition, "Stonescreen Heavy", 300),
        ]
    };
    check(|| told(300), 1);
    check(|| told(20), 2);
}
