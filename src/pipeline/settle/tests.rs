//! What settling an article writes, and what it leaves alone.

use super::*;
use crate::config;
use crate::domain::Article;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::Lang;
use crate::domain::Mention;
use crate::domain::RoundBase;
use crate::domain::RoundCode;
use crate::entity::EntityTable;
use crate::store::Store;

const ROUNDS: [RoundBase; 4] =
    [RoundBase::Seed, RoundBase::Letter(0), RoundBase::Letter(1), RoundBase::Letter(2)];

/// News of a round of one company, each a year after the one before.
fn news(round: usize, outlet: &str) -> Reading {
    let year = 2021 + i16::try_from(round).unwrap();
    let published = jiff::civil::date(year, 3, 4).in_tz("UTC").unwrap().timestamp();
    let article = Article {
        source: outlet.into(),
        key: format!("{round}"),
        url: None,
        canonical_url: None,
        title: format!("Round {round} by {outlet}"),
        text: String::new(),
        text_kind: TextKind::Full,
        lang: Lang::En,
        published: Some(published),
        author: None,
        publisher: None,
    };
    let mut mention = Mention::new("Quillharbour", DealKind::Funding, DealStatus::Completed);
    mention.round = Some(RoundCode::of(ROUNDS[round]));
    let mut reading = Reading::new(article, EntityTable::shipped());
    reading.mentions = vec![mention];
    reading
}

/// Settles news in this order; how many deals there are at the end, and how many rows the last
/// one wrote.
fn settle(news: Vec<Reading>) -> (usize, u64) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("log.db"), Timestamp::UNIX_EPOCH).unwrap();
    let knowledge = Knowledge::new(EntityTable::shipped().clone(), config::rates().unwrap());
    let how = How { live: true, page: true, now: Timestamp::UNIX_EPOCH };
    let settle = move |tx: &Transaction<'_>| {
        let (mut deals, mut written) = (0, 0);
        for reading in &news {
            let before = tx.total_changes();
            deals += article(tx, &knowledge, reading, how)?.new_deals;
            written = tx.total_changes() - before;
        }
        Ok((deals, written))
    };
    store.write_blocking(settle).unwrap()
}

#[test]
fn an_article_writes_its_own_deal_and_no_other_of_its_company() {
    let (deals, alone) = settle(vec![news(3, "a"), news(3, "b")]);
    assert_eq!(deals, 1);
    let (deals, among_others) =
        settle(vec![news(0, "a"), news(1, "a"), news(2, "a"), news(3, "a"), news(3, "b")]);
    assert_eq!(deals, 4);
    assert_eq!(among_others, alone);
}
