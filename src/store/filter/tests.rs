//! What each clause lets through, on rows of a real log.

use super::*;
use crate::domain::Amount;
use crate::domain::Article;
use crate::domain::Basis;
use crate::domain::Cause;
use crate::domain::Currency;
use crate::domain::DealFacts;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::Investor;
use crate::domain::Lang;
use crate::domain::Mention;
use crate::domain::Qualifier;
use crate::domain::Rates;
use crate::domain::Valuation;
use crate::store::Store;
use crate::store::deal;
use crate::store::mention::NewMention;
use crate::store::mention::Versions;
use crate::store::tests::article;
use crate::store::tests::at;
use crate::store::tests::context;
use crate::store::tests::facts;
use crate::store::tests::store;

/// 2026-07-01.
const NOW: i64 = 1_782_864_000;

fn rates() -> Rates {
    Rates::parse("2026,CNY,7.0,6").unwrap()
}

fn add(store: &Store, facts: &DealFacts, days_ago: i64, told: Option<Article>) -> DealId {
    let mut facts = facts.clone();
    let seen = NOW - days_ago * 86_400;
    facts.first_reported_at = at(seen);
    store
        .write_blocking(move |tx| {
            let rates = rates();
            let context = context(&rates, seen);
            let id = deal::create(tx, at(seen))?;
            if let Some(article) = told {
                tell(tx, &article, &facts, id, &context)?;
            }
            deal::save(tx, id, &facts, Cause::Article, None, &context)?;
            Ok(id)
        })
        .unwrap()
}

fn tell(
    tx: &rusqlite::Transaction<'_>,
    article: &Article,
    facts: &DealFacts,
    deal: DealId,
    context: &Context<'_>,
) -> Result<(), StoreError> {
    let text = article.full_text();
    let upserted = crate::store::article::upsert(tx, article, &text, context.now)?;
    search::index_article(tx, upserted.id, &(context.fold)(&text))?;
    let new = NewMention {
        mention: Mention::new(&facts.target, facts.kind, facts.status),
        target: facts.target_id.clone(),
        group: facts.kind.group(),
        sentences: Vec::new(),
    };
    let versions = Versions { extractor: "1", entities: "1" };
    let replaced = crate::store::mention::replace(tx, upserted.id, 1, versions, &[new])?;
    crate::store::mention::assign(tx, replaced.ids[0], deal)
}

fn investor(name: &str, lead: bool) -> Investor {
    Investor { name: name.to_owned(), lead }
}

/// Deals 1 to 4: a rumoured round of 600 million dollars, a purchase with a vague sum in yuan, a
/// round without a sum, one that is only known in passing.
fn log() -> (tempfile::TempDir, Store) {
    let (dir, store) = store();
    let mut round = facts("月之暗面", DealStatus::Rumoured);
    round.target_names = vec!["Moonshot AI".to_owned()];
    round.round = Some("b+".parse().unwrap());
    round.investors = vec![investor("Sequoia China", true), investor("甲资本", false)];
    round.valuation = Some(Valuation::new(
        Amount::new("", 3_000_000_000, Currency::USD, Qualifier::Over),
        Basis::Post,
    ));
    let mut chinese = article("zh-paper", "1");
    chinese.lang = Lang::Zh;
    chinese.text = "公司正在进行新一轮融资。".to_owned();
    add(&store, &round, 1, Some(chinese));

    let mut purchase = facts("Metax", DealStatus::Announced);
    purchase.kind = DealKind::Acquisition;
    purchase.acquirers = vec!["Big Cloud Inc.".to_owned()];
    purchase.amount = Some(Amount::new("", 700_000_000, Currency::CNY, Qualifier::Order));
    purchase.announced_on = Some("2026-04".parse().unwrap());
    add(&store, &purchase, 30, Some(article("en-wire", "2")));

    let mut bare = facts("Small Robots", DealStatus::Completed);
    bare.amount = None;
    bare.round = Some("strategic".parse().unwrap());
    bare.confidence = 0.5;
    bare.ai = false;
    add(&store, &bare, 100, None);

    let mut passing = facts("Passing By", DealStatus::Completed);
    passing.main = false;
    add(&store, &passing, 2, None);
    (dir, store)
}

/// The one place that asks: the numbers of the deals that satisfy, and each of them is asked alone.
#[track_caller]
fn check(filter: &str, expected: &[i64]) {
    let (_dir, store) = log();
    let parsed: Filter = filter.parse().unwrap();
    let rates = rates();
    let context = context(&rates, NOW);
    let ask = |conn: &Connection| {
        let found = deals(conn, &parsed, Sort::Seen, None, 10, &context)?;
        let mut found: Vec<i64> = found.iter().map(|(_, record)| record.id.0).collect();
        found.sort_unstable();
        for id in 1..=4 {
            let alone = matches(conn, DealId(id), &parsed, &context)?;
            assert_eq!(alone, found.contains(&id), "deal {id} alone, by {filter}");
        }
        assert_eq!(count(conn, &parsed, &context)?, found.len() as u64);
        Ok(found)
    };
    assert_eq!(store.read_blocking(ask).unwrap(), expected, "by {filter}");
}

#[test]
fn deals_known_in_passing_are_shown_when_asked_for() {
    check("", &[1, 2, 3]);
    check("main:false", &[4]);
    check("main:true,false", &[1, 2, 3, 4]);
    check("id:4,2", &[2, 4]);
}

#[test]
fn words_of_closed_lists_are_compared() {
    check("kind:acquisition", &[2]);
    check("kind:acquisition,funding", &[1, 2, 3]);
    check("-kind:acquisition", &[1, 3]);
    check("status:rumoured,completed -ai:false", &[1]);
    check("conf>=0.8", &[1, 2]);
}

#[test]
fn a_vague_sum_satisfies_certainly_or_possibly() {
    // Deal 2 is 700 million yuan to ten times that: 100 to 1,000 million dollars.
    check("amount>=100M", &[1, 2]);
    check("amount>=500M", &[1]);
    check("amount~>=500M", &[1, 2]);
    check("amount>600M", &[]);
    check("amount=600M", &[1]);
    check("amount~=600M", &[1, 2]);
    check("amount<=600M", &[1]);
    check("amount~<=600M", &[1, 2]);
    check("-amount>=500M", &[2, 3]);
    check("valuation>=3bn", &[1]);
    check("valuation<=5bn", &[]);
    check("valuation~>=50bn", &[1]);
}

#[test]
fn a_sum_in_another_currency_is_compared_by_its_rate_or_as_printed() {
    check("amount>=7亿CNY", &[1, 2]);
    check("amount>=42亿CNY", &[1]);
    check("amount>43亿CNY", &[]);
    check("amount>=1EUR", &[]);
}

#[test]
fn rounds_have_an_order_and_some_only_a_name() {
    check("round:b+", &[1]);
    check("round:b", &[]);
    check("round:a..c", &[1]);
    check("round:..a", &[]);
    check("round:c..,strategic", &[3]);
}

#[test]
fn parties_are_found_by_words_of_their_names() {
    check("target:月之暗面", &[1]);
    check("target:暗面", &[1]);
    check("target:moonshot", &[1]);
    check("target:\"name:月之暗面\"", &[1]);
    check("target:meta", &[]);
    check("target:metax", &[2]);
    check("investor:sequoia", &[1]);
    check("investor:甲资本,乙资本", &[1]);
    check("lead:甲资本", &[]);
    check("lead:\"sequoia china\"", &[1]);
    check("investor:\"china 甲\"", &[]);
    check("acquirer:\"big cloud\"", &[2]);
    check("party:cloud,robots", &[2, 3]);
    check("-party:cloud", &[1, 3]);
    check("party:\"!\"", &[]);
}

#[test]
fn sources_of_the_deal_are_asked() {
    check("lang:zh", &[1]);
    check("source:en-wire", &[2]);
    check("class:media", &[1, 2]);
    check("class:filing", &[]);
    check("-lang:en", &[1, 3]);
}

#[test]
fn times_are_counted_back_or_by_the_calendar() {
    check("since:7d", &[1]);
    check("since:5w", &[1, 2]);
    check("since:24h", &[1]);
    check("since:2026-06-30", &[1]);
    check("until:2026-06-30", &[1, 2, 3]);
    check("until:2026-06-29", &[2, 3]);
    check("until:7d", &[2, 3]);
    check("announced:2026-04", &[2]);
    check("announced:2026-03..2026-06", &[2]);
    check("announced:2026-04-10", &[]);
    check("announced>=2026-05", &[]);
}

#[test]
fn free_words_are_looked_for_in_names_and_articles() {
    check("新一轮", &[1]);
    check("融资 新一轮", &[1]);
    check("robots", &[3]);
    check("\"small robots\"", &[3]);
    check("-robots", &[1, 2]);
    check("nowhere", &[]);
    check("!!", &[1, 2, 3]);
}

#[test]
fn pages_follow_each_other_in_every_order() {
    let (_dir, store) = log();
    let rates = rates();
    let context = context(&rates, NOW);
    let walk = |sort| {
        let mut place = None;
        let mut ids = Vec::new();
        loop {
            let page = store
                .read_blocking(|conn| deals(conn, &Filter::default(), sort, place, 1, &context))
                .unwrap();
            let Some((last, record)) = page.first() else { return ids };
            ids.push(record.id.0);
            place = Some(*last);
        }
    };
    assert_eq!(walk(Sort::Seen), [1, 2, 3]);
    assert_eq!(walk(Sort::Reported), [1, 2, 3]);
    assert_eq!(walk(Sort::Updated), [1, 2, 3]);
    assert_eq!(walk(Sort::Amount), [1, 2, 3]);
    assert_eq!(walk(Sort::Valuation), [1, 3, 2]);
}

#[test]
fn tombstones_and_dismissed_deals_are_never_listed() {
    let (_dir, store) = log();
    store
        .write_blocking(|tx| {
            deal::tombstone(tx, DealId(3), DealId(1), Cause::Person, at(NOW))?;
            let how = deal::Withdrawal::Dismissed;
            deal::withdraw(tx, DealId(2), how, Cause::Person, None, at(NOW))
        })
        .unwrap();
    let rates = rates();
    let context = context(&rates, NOW);
    let all: Filter = "main:true,false".parse().unwrap();
    let count = store.read_blocking(|conn| count(conn, &all, &context)).unwrap();
    assert_eq!(count, 2);
}
