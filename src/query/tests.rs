//! The answers over a small log that is filled as the pipeline fills it.

use super::*;
use crate::domain::Amount;
use crate::domain::Article;
use crate::domain::ArticleId;
use crate::domain::Cause;
use crate::domain::Conflict;
use crate::domain::Currency;
use crate::domain::DealFacts;
use crate::domain::DealId;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::EntityId;
use crate::domain::Evidence;
use crate::domain::Field;
use crate::domain::Investor;
use crate::domain::Lang;
use crate::domain::Mention;
use crate::domain::MentionId;
use crate::domain::Qualifier;
use crate::domain::Rates;
use crate::domain::StatusStep;
use crate::domain::TextKind;
use crate::store;
use crate::store::Context;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::mention::NewMention;
use crate::store::mention::Versions;
use crate::store::rusqlite::Transaction;

mod past;
mod stats;

const DAY: i64 = 86_400;

fn at(seconds: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_second(1_780_272_000 + seconds).unwrap()
}

fn fold(text: &str) -> String {
    crate::entity::View::new(text).text
}

fn context(rates: &Rates, seconds: i64) -> Context<'_> {
    Context { now: at(seconds), rates, fold }
}

fn rates() -> Rates {
    Rates::parse("2026,CNY,7.0,6").unwrap()
}

/// What one outlet tells: the amount, how far the deal is, and the sentence.
struct Telling {
    source: &'static str,
    lang: Lang,
    title: &'static str,
    sentence: &'static str,
    status: DealStatus,
    amount: Amount,
    seconds: i64,
}

fn tellings() -> [Telling; 2] {
    [
        Telling {
            source: "en-paper",
            lang: Lang::En,
            title: "Borealis Robotics said to raise $50 million",
            sentence: "Borealis Robotics is raising about $50 million, people say.",
            status: DealStatus::Rumoured,
            amount: Amount::new("$50 million", 50_000_000, Currency::USD, Qualifier::About),
            seconds: 0,
        },
        Telling {
            source: "zh-site",
            lang: Lang::Zh,
            title: "极光机器人完成7亿元融资",
            sentence: "极光机器人宣布完成7亿元融资，甲资本领投。",
            status: DealStatus::Completed,
            amount: Amount::new("7亿元", 700_000_000, Currency::CNY, Qualifier::Exact),
            seconds: 12 * DAY,
        },
    ]
}

fn tell(tx: &Transaction<'_>, telling: &Telling) -> Result<(ArticleId, MentionId), StoreError> {
    let article = Article {
        source: telling.source.into(),
        key: "1".to_owned(),
        url: Some(format!("https://{}.test/1", telling.source)),
        canonical_url: None,
        title: telling.title.to_owned(),
        text: telling.sentence.to_owned(),
        text_kind: TextKind::Full,
        lang: telling.lang,
        published: Some(at(telling.seconds)),
        author: None,
        publisher: None,
    };
    let text = article.full_text();
    let now = at(telling.seconds + 60);
    let id = store::article::upsert(tx, &article, &text, now)?.id;
    store::search::index_article(tx, id, &fold(&text))?;
    let evidence = |field, words: &str| Evidence {
        field,
        start: Some(0),
        end: Some(1),
        text: Some(words.to_owned()),
        rule: format!("{field}.{}", telling.lang),
    };
    let mention = Mention {
        amount: Some(telling.amount.clone()),
        evidence: vec![
            evidence(Field::Amount, &telling.amount.raw),
            evidence(Field::Status, telling.status.as_str()),
        ],
        ..Mention::new("Borealis Robotics", DealKind::Funding, telling.status)
    };
    let sentences = vec![Some(telling.sentence.to_owned()); 2];
    let group = mention.kind.group();
    let new = NewMention { mention, target: "borealis-robotics".into(), group, sentences };
    let versions = Versions { extractor: "1", entities: "1" };
    let ids = store::mention::replace(tx, id, 1, versions, &[new])?.ids;
    Ok((id, ids[0]))
}

fn facts(told: &[(MentionId, &Telling)]) -> DealFacts {
    let (last, telling) = told.last().unwrap();
    let steps = told.iter().map(|(mention, telling)| StatusStep {
        status: telling.status,
        at: at(telling.seconds),
        mention: Some(*mention),
    });
    let conflicts = told.iter().rev().skip(1).map(|(mention, telling)| Conflict {
        field: Field::Amount,
        value: serde_json::to_value(&telling.amount).unwrap(),
        mentions: vec![*mention],
    });
    let id = EntityId("borealis-robotics".to_owned());
    DealFacts {
        target_names: vec!["Borealis Robotics".to_owned(), "极光机器人".to_owned()],
        ai: true,
        amount: Some(telling.amount.clone()),
        investors: vec![Investor { name: "甲资本".to_owned(), lead: true }],
        confidence: 0.9,
        sources: u32::try_from(told.len()).unwrap(),
        conflicts: conflicts.collect(),
        steps: steps.collect(),
        proof: [(Field::Amount, *last), (Field::Status, *last)].into(),
        ..DealFacts::new("Borealis Robotics", id, DealKind::Funding, telling.status, at(0))
    }
}

/// Deal 1 with two articles and two revisions, deal 2 merged into it, deal 3 without any article.
fn log() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path().join("log.db"), at(0)).unwrap();
    store
        .write_blocking(|tx| {
            let rates = rates();
            let tellings = tellings();
            let deal = store::deal::create(tx, at(60))?;
            let mut told = Vec::new();
            for telling in &tellings {
                let (article, mention) = tell(tx, telling)?;
                told.push((mention, telling));
                store::mention::assign(tx, mention, deal)?;
                let context = context(&rates, telling.seconds + 60);
                let facts = facts(&told);
                store::deal::save(tx, deal, &facts, Cause::Article, Some(article), &context)?;
            }
            store::deal::set_reasons(tx, deal, &["the same company within 12 days".to_owned()])?;
            for name in ["Borealis", "Another Lab"] {
                let id = store::deal::create(tx, at(DAY))?;
                let mut facts = DealFacts { target: name.to_owned(), ..facts(&told[..1]) };
                facts.first_reported_at = at(DAY);
                facts.target_names.clear();
                facts.investors.clear();
                store::deal::save(tx, id, &facts, Cause::Article, None, &context(&rates, DAY))?;
            }
            store::deal::tombstone(tx, DealId(2), DealId(1), Cause::Article, at(13 * DAY))
        })
        .unwrap();
    (dir, store)
}

fn ask<T>(ask: impl FnOnce(&store::rusqlite::Connection) -> Result<T, StoreError>) -> T {
    let (_dir, store) = log();
    store.read_blocking(ask).unwrap()
}

#[test]
fn a_deal_has_one_public_shape() {
    let deal = ask(|conn| deal(conn, DealId(1), true)).unwrap();
    insta::assert_json_snapshot!(deal);
    let text = serde_json::to_string(&deal).unwrap();
    assert_eq!(serde_json::from_str::<DealView>(&text).unwrap(), deal);
}

#[test]
fn a_merged_deal_is_answered_with_its_survivor_and_says_so() {
    let view = ask(|conn| deal(conn, DealId(2), false)).unwrap();
    assert_eq!((view.id, view.forwarded_from), (DealId(1), Some(DealId(2))));
    assert_eq!(view.evidence, None);
    let none = ask(|conn| deal(conn, DealId(99), false));
    assert_eq!(none, None);
}

#[test]
fn a_history_reads_as_a_story() {
    let history = ask(|conn| history(conn, DealId(1))).unwrap();
    insta::assert_json_snapshot!(history);
}

#[test]
fn every_value_can_say_why() {
    let why = ask(|conn| why(conn, DealId(1))).unwrap();
    insta::assert_json_snapshot!(why);
}

#[test]
fn events_tell_every_change_and_every_merge_after_a_cursor() {
    let all = ask(|conn| events(conn, 0, 100));
    let rows: Vec<_> =
        all.iter().map(|e| (e.seq, e.event.as_str(), e.deal.0, e.revision)).collect();
    let expected =
        [(1, "revised", 1, 1), (2, "revised", 1, 2), (3, "revised", 2, 1), (4, "revised", 3, 1)];
    assert_eq!(rows[..4], expected);
    assert_eq!(rows[4..], [(5, "merged", 2, 2)]);
    assert_eq!(all[4].merged_into, Some(DealId(1)));
    let first = all[0].record.as_ref().unwrap();
    assert_eq!((first.status, first.revision), (DealStatus::Rumoured, 1));
    assert_eq!(first.amount_usd, None, "the dollars of today are not those of then");
    let rest = ask(|conn| events(conn, 4, 100));
    assert_eq!(rest.len(), 1);
}

#[test]
fn an_update_says_what_is_different_since_the_last_message() {
    let changes = ask(|conn| changes_since(conn, DealId(1), 1));
    let words: Vec<_> = changes.iter().map(|change| change.words.as_str()).collect();
    assert_eq!(words, ["rumoured → completed", "about $50M → CNY 700M"]);
    assert_eq!(changes[0].sentence.as_deref(), Some("极光机器人宣布完成7亿元融资，甲资本领投。"));
    assert_eq!(ask(|conn| changes_since(conn, DealId(1), 2)), []);
    assert_eq!(ask(last_seq), 5);
}

#[test]
fn pages_follow_their_cursor() {
    let rates = rates();
    let page = |after: Option<&str>| {
        let after = after.map(|cursor| cursor.parse().unwrap());
        let request = Request { limit: 1, count: true, after, ..Request::default() };
        ask(|conn| deals(conn, &request, &context(&rates, 0)))
    };
    let first = page(None);
    assert_eq!((first.items[0].id, first.total), (DealId(3), Some(2)));
    let cursor = first.next.unwrap().to_string();
    let second = page(Some(&cursor));
    assert_eq!((second.items[0].id, second.next), (DealId(1), None));
    let error = "7:seven".parse::<Cursor>().unwrap_err();
    assert_eq!(error.to_string(), "`7:seven` is no cursor: use `next` of the page before");
}

#[test]
fn an_export_walks_all_pages() {
    let rates = rates();
    let request = Request { limit: 1, ..Request::default() };
    let written = ask(|conn| {
        let mut out = Vec::new();
        export::csv_heading(&mut out).unwrap();
        each_deal(conn, &request, &context(&rates, 0), |deal| {
            export::csv_deal(&mut out, &deal).unwrap();
            Ok::<(), StoreError>(())
        })?;
        Ok(String::from_utf8(out).unwrap())
    });
    insta::assert_snapshot!(written);
}

#[test]
fn a_search_finds_deals_and_articles_in_both_languages() {
    let rates = rates();
    let hits = |text: &str| {
        let hits = ask(|conn| search(conn, text, 10, &context(&rates, 0)));
        let deals: Vec<i64> = hits.deals.iter().map(|deal| deal.id.0).collect();
        let articles: Vec<_> =
            hits.articles.iter().map(|hit| (hit.source.0.clone(), hit.deals.clone())).collect();
        (deals, articles)
    };
    assert_eq!(hits("极光 融资"), (vec![1], vec![("zh-site".to_owned(), vec![DealId(1)])]));
    assert_eq!(hits("極光機器人").0, [1], "in the other script");
    assert_eq!(hits("ＢＯＲＥＡＬＩＳ").0, [1], "in full width");
    assert_eq!(hits("\"is raising\"").0, [1]);
    assert_eq!(hits("borealis").0, [1]);
    assert_eq!(hits("another lab").0, [3]);
    assert_eq!(hits("\"raising is\""), (vec![], vec![]));
    assert_eq!(hits(" \"\" -- "), (vec![], vec![]));
}

#[test]
fn sources_say_how_they_do() {
    let health = |change: fn(&mut crate::domain::SourceState)| {
        let (_dir, store) = log();
        store
            .write_blocking(move |tx| {
                let source = crate::domain::Source {
                    id: "zh-site".into(),
                    name: "The site".to_owned(),
                    kind: crate::domain::SourceKind::Feed,
                    url: "https://zh-site.test/feed".parse().expect("a URL"),
                    language: Some(Lang::Zh),
                    country: None,
                    class: crate::domain::SourceClass::Media,
                    every_secs: 600,
                    enabled: true,
                    utc_offset_minutes: None,
                    allow_private: false,
                    selectors: None,
                    notes: None,
                    recipe: crate::domain::Recipe::default(),
                };
                store::source::sync(tx, &[source])?;
                let mut state = crate::domain::SourceState::default();
                change(&mut state);
                store::source::save_state(tx, &"zh-site".into(), &state)
            })
            .unwrap();
        let source = store.read_blocking(sources).unwrap().remove(0);
        assert_eq!(source.articles, 1);
        (source.health.as_str(), source.reason)
    };
    assert_eq!(health(|_| ()), ("new", None));
    assert_eq!(health(|state| state.polled_at = Some(at(0))), ("ok", None));
    let failing = health(|state| {
        state.polled_at = Some(at(0));
        state.failures = 2;
        state.last_error = Some("timed out".to_owned());
    });
    assert_eq!(failing, ("failing", Some("timed out".to_owned())));
    assert_eq!(health(|state| state.stopped = Some("410".to_owned())).0, "stopped");
}

#[test]
fn stages_are_counted_per_day() {
    let (_dir, store) = log();
    store
        .write_blocking(|tx| {
            store::counter::bump(tx, "parsed", 3, at(0))?;
            store::counter::bump(tx, "parsed", 4, at(60))?;
            store::counter::bump(tx, "parsed", 1, at(DAY))
        })
        .unwrap();
    let counts = store.read_blocking(|conn| stages(conn, at(0))).unwrap();
    let counts: Vec<_> = counts.iter().map(|c| (c.day.as_str(), c.n)).collect();
    assert_eq!(counts, [("2026-06-01", 7), ("2026-06-02", 1)]);
}
