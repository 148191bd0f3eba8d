//! One deal told in two ways, in every order.

use crate::domain::Amount;
use crate::domain::Article;
use crate::domain::Currency;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::Investor;
use crate::domain::Lang;
use crate::domain::Mention;
use crate::domain::Qualifier;
use crate::domain::TextKind;
use crate::entity::EntityTable;
use crate::pipeline::Reading;
use crate::pipeline::tests::deals;

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
