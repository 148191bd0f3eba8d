//! Whatever the order in which articles come, they end in the same deals.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use dealwatch::config;
use dealwatch::daemon::ingest;
use dealwatch::domain::MentionId;
use dealwatch::entity::EntityTable;
use dealwatch::extract::batch::Line;
use dealwatch::pipeline::Knowledge;
use dealwatch::pipeline::Pipeline;
use dealwatch::pipeline::Reading;
use dealwatch::store::Store;
use serde_json::json;

/// A rumour, its announcement in two languages, the next round, two names that sound or mean
/// nothing alike, and look-alikes: key, day (none is a day unknown), title, text.
const ARTICLES: &[(&str, &str, &str, &str)] = &[
    (
        "talks",
        "2026-03-02",
        "Lanternfish AI in talks to raise $300 million, sources say",
        "The developer of language models is in talks to raise $300 million, people familiar with \
         the matter said.",
    ),
    (
        "round",
        "2026-03-20",
        "Lanternfish AI raises $450 million Series C",
        "Lanternfish AI, which builds language models, said it raised $450 million in a Series C \
         round led by Oakmere Partners.",
    ),
    (
        "轮",
        "2026-03-20",
        "灯笼鱼智能（Lanternfish AI）完成4.5亿美元C轮融资",
        "大模型公司灯笼鱼智能（Lanternfish AI）宣布完成4.5亿美元C轮融资。",
    ),
    (
        "轮二",
        "2026-03-21",
        "灯笼鱼智能完成4.5亿美元C轮融资",
        "大模型公司灯笼鱼智能宣布完成4.5亿美元C轮融资。",
    ),
    (
        "undated",
        "",
        "Lanternfish closes $450 million Series C",
        "Lanternfish, which builds language models, has closed its $450 million Series C round.",
    ),
    (
        "next",
        "2027-01-12",
        "Lanternfish AI raises $900 million Series D",
        "Lanternfish AI, which builds language models, said it raised $900 million in a Series D \
         round. In March 2026 it raised $450 million in a Series C round.",
    ),
    (
        "wavehear",
        "2026-05-05",
        "Nvidia to buy speech AI start-up WaveHear for $100 million",
        "Nvidia said it will acquire WaveHear, an artificial-intelligence start-up, for $100 \
         million.",
    ),
    (
        "听澜",
        "2026-05-04",
        "英伟达宣布1亿美元收购语音AI公司听澜语音",
        "英伟达宣布以1亿美元收购人工智能语音公司听澜语音。",
    ),
    (
        "labs",
        "2026-06-01",
        "Corvid Labs raises $20 million Series A",
        "Corvid Labs, an artificial-intelligence start-up, raised $20 million in a Series A round.",
    ),
    (
        "logic",
        "2026-06-01",
        "Corvid Logic raises $20 million Series A",
        "Corvid Logic, an artificial-intelligence start-up, raised $20 million in a Series A \
         round.",
    ),
];

/// The deals of the news, as sets of articles, once all have come in this order.
fn deals(order: &[usize]) -> BTreeSet<BTreeSet<&'static str>> {
    let folder = tempfile::tempdir().unwrap();
    let now = "2026-11-24T12:00:00Z".parse().unwrap();
    let knowledge = Knowledge {
        table: EntityTable::shipped().clone(),
        rates: config::rates().unwrap(),
        routes: Vec::new(),
        watchers: Vec::new(),
        silence: None,
    };
    let store = Store::open(folder.path().join("log.db"), now).unwrap();
    let pipeline = Pipeline::new(store, Arc::new(knowledge));
    let mut news: Vec<(MentionId, &str)> = Vec::new();
    for &place in order {
        let (key, day, title, text) = ARTICLES[place];
        let mut line = json!({ "id": key, "title": title, "text": text });
        if !day.is_empty() {
            line["published"] = json!(day);
        }
        let line: Line = serde_json::from_value(line).unwrap();
        let reading = Reading::new(ingest::article(line), &pipeline.knowledge().table);
        for (reading, places) in pipeline.settle_batch_blocking(vec![reading], true, now).unwrap() {
            let told = reading.mentions.iter().zip(places);
            news.extend(told.filter(|(m, _)| m.main).map(|(_, place)| (place.mention, key)));
        }
    }
    let mut deals: BTreeMap<_, BTreeSet<&str>> = BTreeMap::new();
    for (mention, key) in news {
        let ask = |conn: &_| dealwatch::store::mention::deal_of(conn, mention);
        let deal = pipeline.store().read_blocking(ask).unwrap();
        deals.entry(deal.unwrap()).or_default().insert(key);
    }
    deals.into_values().collect()
}

/// A shuffled order, the same for the same seed.
fn shuffled(seed: u64) -> Vec<usize> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut order: Vec<usize> = (0..ARTICLES.len()).collect();
    for place in (1..order.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        order.swap(place, usize::try_from(state >> 33).unwrap() % (place + 1));
    }
    order
}

#[test]
fn articles_end_in_the_same_deals_in_every_order() {
    let sets = |deals: &[&[&'static str]]| -> BTreeSet<BTreeSet<&str>> {
        deals.iter().map(|deal| deal.iter().copied().collect()).collect()
    };
    let expected = sets(&[
        &["talks", "round", "轮", "轮二", "undated"],
        &["next"],
        &["wavehear", "听澜"],
        &["labs"],
        &["logic"],
    ]);
    let told: Vec<usize> = (0..ARTICLES.len()).collect();
    assert_eq!(deals(&told), expected);
    assert_eq!(deals(&told.iter().rev().copied().collect::<Vec<_>>()), expected);
    for seed in 1..=20 {
        let order = shuffled(seed);
        assert_eq!(deals(&order), expected, "{order:?}");
    }
}
