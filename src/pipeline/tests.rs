//! Feeds of several outlets, through the whole path.

use std::sync::Arc;

use jiff::Timestamp;
use url::Url;

use super::*;
use crate::config;
use crate::domain::Recipe;
use crate::domain::SourceClass;
use crate::domain::SourceKind;
use crate::domain::Validators;
use crate::entity::EntityTable;

const NOW: &str = "2026-11-24T12:00:00Z";

/// What an outlet's feed with one entry is read as.
fn delivered(outlet: &str, title: &str, text: &str) -> Reading {
    let url = Url::parse(&format!("https://{outlet}.test/feed")).unwrap();
    let feed = format!(
        "<rss version='2.0'><channel><title>{outlet}</title><item><title>{title}</title>\
         <link>https://{outlet}.test/tessel</link><description>{text}</description>\
         <pubDate>Tue, 24 Nov 2026 08:00:00 GMT</pubDate></item></channel></rss>"
    );
    let source = Source {
        id: outlet.into(),
        name: outlet.to_owned(),
        kind: SourceKind::Feed,
        url: url.clone(),
        language: None,
        country: None,
        class: SourceClass::Media,
        every_secs: 600,
        enabled: true,
        utc_offset_minutes: None,
        allow_private: false,
        selectors: None,
        notes: None,
        recipe: Recipe::default(),
    };
    let document = Document {
        source: source.id.clone(),
        purpose: Purpose::Poll,
        url: url.clone(),
        final_url: url,
        content_type: None,
        validators: Validators::default(),
        fetched_at: NOW.parse().unwrap(),
        body: feed.into_bytes(),
    };
    let entries = parse::entries(&document, &source).unwrap().entries;
    let article = parse::article(&entries[0], &source, NOW.parse().unwrap());
    Reading::new(article, EntityTable::shipped())
}

/// Settles news in this order; the deal of each mention at the end.
pub(super) fn deals(news: Vec<Reading>) -> Vec<Option<crate::domain::DealId>> {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("log.db"), Timestamp::UNIX_EPOCH).unwrap();
    let knowledge = Knowledge::new(EntityTable::shipped().clone(), config::rates().unwrap());
    let pipeline = Pipeline::new(store, Arc::new(knowledge));
    let settled = pipeline.settle_batch_blocking(news, true, Timestamp::UNIX_EPOCH).unwrap();
    let places = settled.into_iter().flat_map(|(_, places)| places);
    let deal = |place: Place| {
        let ask = |conn: &_| crate::store::mention::deal_of(conn, place.mention);
        pipeline.store().read_blocking(ask).unwrap()
    };
    places.map(deal).collect()
}

/// Articles and independent sources of the one deal that all of them tell.
fn told(readings: Vec<Reading>) -> (usize, u32) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("log.db"), Timestamp::UNIX_EPOCH).unwrap();
    let table = EntityTable::shipped().clone();
    let rates = config::rates().unwrap();
    let knowledge = Arc::new(Knowledge::new(table, rates));
    let pipeline = Pipeline::new(store, knowledge);
    let settled = pipeline.settle_batch_blocking(readings, true, NOW.parse().unwrap()).unwrap();
    let mention = settled[0].1[0].mention;
    let deal = pipeline
        .store()
        .read_blocking(move |conn| crate::store::mention::deal_of(conn, mention))
        .unwrap()
        .unwrap();
    let ask = |conn: &store::rusqlite::Connection| {
        let quoted = store::mention::of_deal(conn, deal)?;
        Ok((quoted, store::deal::load(conn, deal)?))
    };
    let (quoted, record) = pipeline.store().read_blocking(ask).unwrap();
    let articles: std::collections::BTreeSet<_> =
        quoted.iter().map(|quoted| quoted.told.article).collect();
    (articles.len(), record.unwrap().facts.sources)
}

#[test]
fn a_story_that_three_outlets_print_is_one_source_and_an_own_report_a_second() {
    let english = || {
        delivered(
            "quay",
            "Tessel AI raises $40 million in Series B funding",
            "LYON, Nov 24 (Reuters) - Tessel AI, an artificial intelligence company, has raised \
             $40 million in a Series B round led by Northwind Capital.",
        )
    };
    let chinese = || {
        delivered(
            "wharf",
            "Tessel AI完成4000万美元B轮融资",
            "路透里昂11月24日电 - 人工智能公司Tessel AI宣布完成4000万美元B轮融资，由Northwind \
             Capital领投。",
        )
    };
    let labelled = || {
        delivered(
            "pier",
            "人工智能公司Tessel AI获4000万美元B轮融资",
            "人工智能公司Tessel AI完成4000万美元B轮融资，由Northwind Capital领投。（来源：路透社）",
        )
    };
    let agency = || {
        delivered(
            "reuters",
            "AI firm Tessel AI raises $40 million",
            "Tessel AI, an artificial intelligence company, raised $40 million in a Series B round \
             led by Northwind Capital, it said.",
        )
    };
    let own = || {
        delivered(
            "harbour",
            "Tessel AI raises $40M Series B",
            "Tessel AI told this newspaper that it has raised a $40 million Series B round led by \
             Northwind Capital. The artificial intelligence company has 80 people.",
        )
    };
    assert_eq!(told(vec![english(), chinese(), labelled()]), (3, 1));
    assert_eq!(told(vec![english(), chinese(), labelled(), agency()]), (4, 1));
    assert_eq!(told(vec![own(), labelled(), english(), chinese()]), (4, 2));
}
