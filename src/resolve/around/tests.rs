//! A block that grows by one mention at a time ends as if it had been resolved at once.

use std::collections::BTreeMap;

use super::*;
use crate::domain::Amount;
use crate::domain::ArticleId;
use crate::domain::Currency;
use crate::domain::DealStatus;
use crate::domain::EntityId;
use crate::domain::Investor;
use crate::domain::Qualifier;
use crate::domain::Told;
use crate::resolve::Decided;
use crate::resolve::Extent;
use crate::resolve::Part;
use crate::resolve::Resolved;
use crate::resolve::resolve;
use crate::resolve::resolve_changed;
use crate::resolve::tests::told;
use crate::resolve::tests::with_knowledge;

/// What is told of a company over two years, drawn: rounds, rumours, sums, backers, and what is
/// told in passing.
fn draw(dice: &mut fastrand::Rng, count: i64) -> Vec<Told> {
    let rounds = ["seed", "a", "b", "c"];
    let statuses = [DealStatus::Rumoured, DealStatus::InTalks, DealStatus::Announced];
    let tell = |id: i64| {
        let day = dice.i64(0..1_500);
        let mut told = told(id, day, &format!("s{}", dice.u8(0..9)), |mention| {
            mention.main = dice.u8(0..5) > 0;
            mention.status = statuses[dice.usize(0..3)];
            if dice.bool() {
                mention.round = rounds[dice.usize(0..4)].parse().ok();
            }
            if dice.u8(0..4) > 0 {
                let sum = [20, 22, 40, 90, 200][dice.usize(0..5)] * 1_000_000;
                mention.amount = Some(Amount::new("", sum, Currency::USD, Qualifier::Exact));
            }
            let named = |n: u8| Investor { name: format!("Fund {n}"), lead: false };
            mention.investors = (0..dice.u8(0..3)).map(|_| named(dice.u8(0..5))).collect();
        });
        // Some print what another prints.
        told.content_hash = format!("{:04}", dice.u16(0..2_000));
        told
    };
    let mut all: Vec<Told> = (1..=count).map(tell).collect();
    // Some articles tell two or three.
    for told in &mut all {
        told.article = ArticleId(dice.i64(1..=count));
    }
    all
}

/// The mentions by their articles, in the order in which these come.
fn articles(order: Vec<Told>) -> Vec<Vec<Told>> {
    let mut articles: Vec<Vec<Told>> = Vec::new();
    for told in order {
        match articles.iter_mut().find(|article| article[0].article == told.article) {
            Some(article) => {
                // An article has one date and one source.
                let (at, source) = (article[0].at, article[0].source.clone());
                article.push(Told { source, at, ..told });
            }
            None => articles.push(vec![told]),
        }
    }
    articles
}

/// Adds the articles one by one, each time resolving what it can change, and returns the log.
fn grow(order: Vec<Told>) -> Vec<Told> {
    let mut log: Vec<Told> = Vec::new();
    let mut deals = 0;
    for article in articles(order) {
        let mentions = article.iter().map(|told| told.id).collect();
        let changes = Changes { mentions, deals: BTreeSet::new() };
        log.extend(article);
        apply(&mut log, &changes, &mut deals);
    }
    log
}

fn apply(log: &mut [Told], changes: &Changes, deals: &mut i64) {
    let target = EntityId::from("lanternfish-ai");
    let parts = [Part { target: &target, told: log }];
    let resolved: Vec<Resolved> = with_knowledge(|knowledge| {
        let (extent, decided) = (Extent::Whole, Decided::default());
        resolve_changed(&parts, extent, &decided, changes, knowledge).unwrap()
    });
    for Resolved { deal, mentions, .. } in resolved {
        let deal = deal.unwrap_or_else(|| {
            *deals += 1;
            DealId(*deals)
        });
        for told in log.iter_mut().filter(|told| mentions.contains(&told.id)) {
            told.deal = Some(deal);
        }
    }
}

fn partition(pairs: impl IntoIterator<Item = (i64, i64)>) -> BTreeSet<Vec<i64>> {
    let mut deals: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for (deal, mention) in pairs {
        deals.entry(deal).or_default().push(mention);
    }
    let sorted = |mut mentions: Vec<i64>| {
        mentions.sort_unstable();
        mentions
    };
    deals.into_values().map(sorted).collect()
}

fn at_once(log: &[Told]) -> BTreeSet<Vec<i64>> {
    let target = EntityId::from("lanternfish-ai");
    let resolved = with_knowledge(|knowledge| resolve(log, &target, knowledge));
    let of = |(n, deal): (i64, Resolved)| deal.mentions.into_iter().map(move |m| (n, m.0));
    partition((0..).zip(resolved).flat_map(of))
}

fn as_grown(log: &[Told]) -> BTreeSet<Vec<i64>> {
    partition(log.iter().filter_map(|told| Some((told.deal?.0, told.id.0))))
}

#[test]
fn a_block_that_grows_in_any_order_is_the_block_that_is_resolved_at_once() {
    let mut apart = Vec::new();
    for seed in 0..120 {
        let mut dice = fastrand::Rng::with_seed(seed);
        let count = dice.i64(5..40);
        let mut order = draw(&mut dice, count);
        dice.shuffle(&mut order);
        let log = grow(order);
        let (grown, whole) = (as_grown(&log), at_once(&log));
        if grown != whole {
            apart.push((seed, grown.difference(&whole).count(), whole.len()));
        }
    }
    assert!(apart.is_empty(), "{} differ: {apart:?}", apart.len());
}

#[test]
fn a_block_that_loses_an_article_is_the_block_without_it() {
    let mut apart = Vec::new();
    for seed in 200..260 {
        let mut dice = fastrand::Rng::with_seed(seed);
        let order = draw(&mut dice, 25);
        let mut log = grow(order);
        let article = log[dice.usize(0..log.len())].article;
        let gone = log.extract_if(.., |told| told.article == article);
        let deals = gone.filter_map(|told| told.deal).collect();
        let changes = Changes { mentions: BTreeSet::new(), deals };
        apply(&mut log, &changes, &mut 1_000);
        if as_grown(&log) != at_once(&log) {
            apart.push(seed);
        }
    }
    assert!(apart.is_empty(), "{} differ: {apart:?}", apart.len());
}

#[test]
fn what_cannot_be_meant_is_not_looked_at() {
    let round = |id: i64, day: i64, round: &str, deal: Option<i64>| {
        let mut told = told(id, day, "s", |mention| mention.round = round.parse().ok());
        told.deal = deal.map(DealId);
        told
    };
    let log = [round(1, 0, "a", Some(1)), round(2, 300, "b", Some(2)), round(3, 301, "b", None)];
    let target = EntityId::from("lanternfish-ai");
    let parts = [Part { target: &target, told: &log }];
    let changes = Changes { mentions: [MentionId(3)].into(), deals: BTreeSet::new() };
    let resolved = with_knowledge(|knowledge| {
        let (extent, decided) = (Extent::Met { beside: &[] }, Decided::default());
        resolve_changed(&parts, extent, &decided, &changes, knowledge).unwrap()
    });
    let mentions: Vec<_> = resolved.iter().map(|deal| (deal.deal, &deal.mentions)).collect();
    assert_eq!(mentions, [(Some(DealId(2)), &vec![MentionId(2), MentionId(3)])]);
}
