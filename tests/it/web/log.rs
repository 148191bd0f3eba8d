//! A small log of invented deals, filled as the pipeline fills it.

use dealwatch::domain::Amount;
use dealwatch::domain::Article;
use dealwatch::domain::ArticleId;
use dealwatch::domain::Basis;
use dealwatch::domain::Cause;
use dealwatch::domain::Conflict;
use dealwatch::domain::Currency;
use dealwatch::domain::DealFacts;
use dealwatch::domain::DealId;
use dealwatch::domain::DealKind;
use dealwatch::domain::DealStatus;
use dealwatch::domain::Doubt;
use dealwatch::domain::EntityId;
use dealwatch::domain::Evidence;
use dealwatch::domain::Field;
use dealwatch::domain::Investor;
use dealwatch::domain::Lang;
use dealwatch::domain::Mention;
use dealwatch::domain::MentionId;
use dealwatch::domain::Qualifier;
use dealwatch::domain::Rates;
use dealwatch::domain::Source;
use dealwatch::domain::SourceClass;
use dealwatch::domain::SourceKind;
use dealwatch::domain::StatusStep;
use dealwatch::domain::TextKind;
use dealwatch::domain::Valuation;
use dealwatch::store;
use dealwatch::store::Context;
use dealwatch::store::Store;
use dealwatch::store::StoreError;
use dealwatch::store::deal::Withdrawal;
use dealwatch::store::mention::NewMention;
use dealwatch::store::mention::Versions;
use dealwatch::store::rusqlite::Transaction;
use jiff::Timestamp;

/// A title and a sentence that try to be markup, to turn the line round, and to move a cursor.
pub(crate) const HOSTILE_TITLE: &str =
    "<script>alert(\"deal\")</script> & \u{202e}evil\u{202c}\u{1b}[31m\u{7} Quillfeather in talks";
const HOSTILE_SENTENCE: &str =
    "</blockquote><img src=x onerror=alert(1)> Quillfeather is in talks to be bought.";

/// Hours after the beginning of June 2026.
pub(crate) fn at(hours: i64) -> Timestamp {
    Timestamp::from_second(1_780_272_000 + hours * 3_600).unwrap()
}

/// When the pages are looked at.
pub(crate) fn now() -> Timestamp {
    at(720)
}

pub(crate) fn fold(text: &str) -> String {
    text.to_lowercase()
}

pub(crate) fn rates() -> Rates {
    Rates::parse("2026,CNY,7.0,6").unwrap()
}

/// What one outlet tells of a deal.
struct Telling {
    source: &'static str,
    lang: Lang,
    hours: i64,
    title: &'static str,
    url: &'static str,
    sentence: &'static str,
    status: DealStatus,
    /// Field, the words read, the rule.
    read: &'static [(Field, &'static str, &'static str)],
}

/// A log in a folder of its own.
pub(crate) fn log() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path().join("log.db"), at(0)).unwrap();
    fill(&store);
    (dir, store)
}

/// A log without a deal.
pub(crate) fn empty_log() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path().join("log.db"), at(0)).unwrap();
    (dir, store)
}

/// A log with one deal whose sum changed sixty times.
pub(crate) fn restless_log() -> (tempfile::TempDir, Store) {
    let (dir, store) = empty_log();
    store
        .write_blocking(|tx| {
            let deal = store::deal::create(tx, at(0))?;
            let rates = rates();
            for hour in 1..=60 {
                let mut facts = facts("Restless", DealKind::Funding, DealStatus::Rumoured, 0);
                let sum = Amount::new("", hour * 1_000_000, Currency::USD, Qualifier::Exact);
                facts.amount = Some(sum);
                let context = Context { now: at(hour), rates: &rates, fold };
                store::deal::save(tx, deal, &facts, Cause::Replay, None, &context)?;
            }
            Ok(())
        })
        .unwrap();
    (dir, store)
}

fn fill(store: &Store) {
    store
        .write_blocking(|tx| {
            store::source::sync(tx, &sources())?;
            let borealis = borealis(tx)?;
            assert_eq!(borealis, DealId(1), "the tests ask for deals by their number");
            let again =
                simple(tx, "Borealis", DealKind::Funding, DealStatus::Rumoured, 24, |_| {})?;
            store::deal::tombstone(tx, again, borealis, Cause::Article, at(312))?;
            quillfeather(tx)?;
            zh_angel(tx)?;
            simple(
                tx,
                "Dune Compiler",
                DealKind::Acquihire,
                DealStatus::Announced,
                600,
                |facts| {
                    facts.acquirers = vec!["Meridian Cloud".to_owned()];
                    facts.amount = Some(Amount::undisclosed("undisclosed sum"));
                },
            )?;
            let joke =
                simple(tx, "Grant Story", DealKind::Funding, DealStatus::Announced, 610, |_| {})?;
            store::deal::withdraw(tx, joke, Withdrawal::Dismissed, Cause::Person, None, at(611))?;
            simple(tx, "Earlier Round", DealKind::Funding, DealStatus::Completed, 620, |facts| {
                facts.main = false;
            })?;
            long_names(tx)?;
            simple(tx, "Tessera Voice", DealKind::Merger, DealStatus::Terminated, 700, |facts| {
                facts.acquirers = vec!["Harbour Speech".to_owned()];
                facts.doubts = vec![Doubt::SingleSource];
            })?;
            simple(tx, "Lumen Proofs", DealKind::Ipo, DealStatus::Denied, 719, |facts| {
                facts.confidence = 0.41;
                facts.doubts = vec![Doubt::RumourOnly, Doubt::SingleSource];
                let sum =
                    Amount::new("up to $2 billion", 2_000_000_000, Currency::USD, Qualifier::UpTo);
                facts.amount = Some(sum);
            })?;
            Ok(())
        })
        .unwrap();
}

/// Rumoured in English, re-priced, then closed in Chinese at another sum.
fn borealis(tx: &Transaction<'_>) -> Result<DealId, StoreError> {
    let usd = |raw: &str, millions: i64, qualifier| {
        Amount::new(raw, millions * 1_000_000, Currency::USD, qualifier)
    };
    let sums = [
        usd("about $50 million", 50, Qualifier::About),
        usd("$80 million", 80, Qualifier::Exact),
        Amount::new("超7亿元", 700_000_000, Currency::CNY, Qualifier::Over),
    ];
    let tellings = [
        Telling {
            source: "harbour-post",
            lang: Lang::En,
            hours: 0,
            title: "Borealis Robotics said to raise about $50 million",
            url: "https://harbour-post.test/borealis",
            sentence: "Borealis Robotics is raising about $50 million, people familiar with it say.",
            status: DealStatus::Rumoured,
            read: &[
                (Field::Amount, "about $50 million", "amount.en"),
                (Field::Status, "people familiar", "status.en.rumour"),
            ],
        },
        Telling {
            source: "deal-wire",
            lang: Lang::En,
            hours: 120,
            title: "Borealis Robotics in talks for $80 million Series B",
            url: "https://deal-wire.test/2026/borealis?x=1&y=2",
            sentence: "Borealis Robotics is in talks to raise $80 million in a Series B.",
            status: DealStatus::InTalks,
            read: &[
                (Field::Amount, "$80 million", "amount.en"),
                (Field::Round, "Series B", "round.en"),
                (Field::Status, "in talks", "status.en.talks"),
                (Field::Target, "Borealis Robotics", "party.en.target"),
            ],
        },
        Telling {
            source: "chuangtou",
            lang: Lang::Zh,
            hours: 288,
            title: "极光机器人完成超7亿元B轮融资，甲木资本领投",
            url: "https://chuangtou.test/a/1",
            sentence: "极光机器人今日宣布完成超7亿元B轮融资，甲木资本领投，北岸基金跟投，投后估值约30亿元。",
            status: DealStatus::Completed,
            read: &[
                (Field::Amount, "超7亿元", "amount.zh"),
                (Field::Status, "完成", "status.zh.done"),
                (Field::Investors, "甲木资本领投", "party.zh.lead"),
                (Field::Valuation, "约30亿元", "valuation.zh"),
            ],
        },
    ];
    let deal = store::deal::create(tx, at(1))?;
    let mut told: Vec<(MentionId, &Telling)> = Vec::new();
    for (telling, sum) in tellings.iter().zip(&sums) {
        let (article, mention) = tell(tx, telling, "Borealis Robotics", Some(sum))?;
        store::mention::assign(tx, mention, deal)?;
        told.push((mention, telling));
        let mut facts = facts("Borealis Robotics", DealKind::Funding, telling.status, 0);
        facts.target_names.push("极光机器人".to_owned());
        facts.amount = Some(sum.clone());
        facts.round = (told.len() > 1).then(|| "b".parse().unwrap());
        facts.round_raw = facts.round.map(|_| "Series B".to_owned());
        if told.len() == 3 {
            let worth = Amount::new("约30亿元", 3_000_000_000, Currency::CNY, Qualifier::About);
            facts.valuation = Some(Valuation::new(worth, Basis::Post));
            let investor = |name: &str, lead| Investor { name: name.to_owned(), lead };
            facts.investors = vec![investor("甲木资本", true), investor("北岸基金", false)];
            facts.doubts = vec![Doubt::AmountConflict];
        }
        facts.confidence = 0.93;
        facts.conflicts = told
            .iter()
            .zip(&sums)
            .take(told.len() - 1)
            .map(|((mention, _), sum)| Conflict {
                field: Field::Amount,
                value: serde_json::to_value(sum).unwrap(),
                mentions: vec![*mention],
            })
            .collect();
        prove(&mut facts, &told);
        let rates = rates();
        let context = Context { now: at(telling.hours + 1), rates: &rates, fold };
        store::deal::save(tx, deal, &facts, Cause::Article, Some(article), &context)?;
    }
    let reasons = [
        "the same company, round and group of kinds".to_owned(),
        "极光机器人 is Borealis Robotics by the table of names".to_owned(),
    ];
    store::deal::set_reasons(tx, deal, &reasons)?;
    Ok(deal)
}

/// An acquisition whose article is hostile.
fn quillfeather(tx: &Transaction<'_>) -> Result<DealId, StoreError> {
    let telling = Telling {
        source: "harbour-post",
        lang: Lang::En,
        hours: 400,
        title: HOSTILE_TITLE,
        url: "javascript:alert(document.domain)",
        sentence: HOSTILE_SENTENCE,
        status: DealStatus::InTalks,
        read: &[
            (Field::Status, "in talks", "status.en.talks"),
            (Field::Acquirers, "<b>Meridian</b>", "party.en.buyer"),
        ],
    };
    let mut facts = facts("Quillfeather", DealKind::Acquisition, telling.status, 400);
    facts.target_names.push("<b>\u{202e}Quill</b>".to_owned());
    facts.acquirers = vec!["<b>Meridian</b> Cloud".to_owned()];
    facts.doubts = vec![Doubt::SingleSource, Doubt::RumourOnly];
    one(tx, facts, &telling)
}

/// A vague sum in Chinese.
fn zh_angel(tx: &Transaction<'_>) -> Result<DealId, StoreError> {
    let telling = Telling {
        source: "chuangtou",
        lang: Lang::Zh,
        hours: 500,
        title: "青穗智能获数千万元天使轮融资",
        url: "https://chuangtou.test/a/2",
        sentence: "青穗智能近日获得数千万元天使轮融资。",
        status: DealStatus::Announced,
        read: &[
            (Field::Amount, "数千万元", "amount.zh"),
            (Field::Round, "天使轮", "round.zh"),
            (Field::Ai, "", "entity:qingsui"),
        ],
    };
    let mut facts = facts("青穗智能", DealKind::Funding, telling.status, 500);
    facts.round = Some("angel".parse().unwrap());
    facts.round_raw = Some("天使轮".to_owned());
    facts.amount = Some(Amount::new("数千万元", 10_000_000, Currency::CNY, Qualifier::Order));
    facts.doubts = vec![Doubt::SingleSource];
    one(tx, facts, &telling)
}

/// What a narrow screen has to cope with.
fn long_names(tx: &Transaction<'_>) -> Result<DealId, StoreError> {
    let name =
        "The Extraordinarily-Long-Named International Foundation Model Laboratory of Somewhere";
    simple(tx, name, DealKind::InvestmentStake, DealStatus::Seeking, 650, |facts| {
        facts
            .target_names
            .push("某某省人工智能基础大模型与具身智能联合创新研究院有限责任公司".to_owned());
        facts.target_names.push("Unbreakable".repeat(8));
        let sum =
            Amount::range("$3 billion to $4 billion", 3_000_000_000, 4_000_000_000, Currency::USD);
        facts.target_amount = Some(sum);
        let names = [
            "Northern Shore Pension Fund",
            "甲木资本",
            "Harbour Sovereign Wealth Authority",
            "B",
            "C",
        ];
        facts.investors =
            names.iter().map(|name| Investor { name: (*name).to_owned(), lead: false }).collect();
    })
}

/// A deal that one plain article tells.
fn simple(
    tx: &Transaction<'_>,
    target: &'static str,
    kind: DealKind,
    status: DealStatus,
    hours: i64,
    change: impl FnOnce(&mut DealFacts),
) -> Result<DealId, StoreError> {
    let telling = Telling {
        source: "deal-wire",
        lang: Lang::En,
        hours,
        title: target,
        url: "https://deal-wire.test/2026/plain",
        sentence: "A company said so.",
        status,
        read: &[(Field::Status, "said", "status.en")],
    };
    let mut facts = facts(target, kind, status, hours);
    change(&mut facts);
    one(tx, facts, &telling)
}

fn one(
    tx: &Transaction<'_>,
    mut facts: DealFacts,
    telling: &Telling,
) -> Result<DealId, StoreError> {
    let deal = store::deal::create(tx, at(telling.hours))?;
    let (article, mention) = tell(tx, telling, &facts.target, facts.amount.as_ref())?;
    store::mention::assign(tx, mention, deal)?;
    prove(&mut facts, &[(mention, telling)]);
    let rates = rates();
    let context = Context { now: at(telling.hours), rates: &rates, fold };
    store::deal::save(tx, deal, &facts, Cause::Article, Some(article), &context)?;
    Ok(deal)
}

fn prove(facts: &mut DealFacts, told: &[(MentionId, &Telling)]) {
    facts.sources = u32::try_from(told.len()).unwrap();
    for (mention, telling) in told {
        facts.steps.push(StatusStep {
            status: telling.status,
            at: at(telling.hours),
            mention: Some(*mention),
        });
        for (field, ..) in telling.read {
            facts.proof.insert(*field, *mention);
        }
    }
}

fn facts(target: &str, kind: DealKind, status: DealStatus, hours: i64) -> DealFacts {
    DealFacts {
        target_names: vec![target.to_owned()],
        ai: true,
        confidence: 0.8,
        ..DealFacts::new(target, EntityId::provisional(&fold(target)), kind, status, at(hours))
    }
}

fn tell(
    tx: &Transaction<'_>,
    telling: &Telling,
    target: &str,
    amount: Option<&Amount>,
) -> Result<(ArticleId, MentionId), StoreError> {
    let article = Article {
        source: telling.source.into(),
        key: format!("{}-{}", telling.title, telling.hours),
        url: Some(telling.url.to_owned()),
        canonical_url: None,
        title: telling.title.to_owned(),
        text: telling.sentence.to_owned(),
        text_kind: TextKind::Full,
        lang: telling.lang,
        published: Some(at(telling.hours)),
        author: None,
        publisher: None,
    };
    let text = article.full_text();
    let id = store::article::upsert(tx, &article, &text, at(telling.hours))?.id;
    store::search::index_article(tx, id, &fold(&text))?;
    let evidence = telling.read.iter().map(|(field, words, rule)| Evidence {
        field: *field,
        start: (!words.is_empty()).then_some(0),
        end: (!words.is_empty()).then_some(1),
        text: (!words.is_empty()).then(|| (*words).to_owned()),
        rule: (*rule).to_owned(),
    });
    let mention = Mention {
        amount: amount.cloned(),
        evidence: evidence.collect(),
        ..Mention::new(target, DealKind::Funding, telling.status)
    };
    let sentences = telling
        .read
        .iter()
        .map(|(_, words, _)| (!words.is_empty()).then(|| telling.sentence.to_owned()))
        .collect();
    let group = mention.kind.group();
    let new =
        NewMention { mention, target: EntityId::provisional(&fold(target)), group, sentences };
    let versions = Versions { extractor: "1", entities: "1" };
    let ids = store::mention::replace(tx, id, 1, versions, &[new])?.ids;
    Ok((id, ids[0]))
}

fn sources() -> [Source; 3] {
    let source = |id: &str, name: &str, class, lang| Source {
        id: id.into(),
        name: name.to_owned(),
        kind: SourceKind::Feed,
        url: format!("https://{id}.test/feed").parse().unwrap(),
        language: Some(lang),
        country: None,
        class,
        every_secs: 600,
        enabled: true,
        utc_offset_minutes: None,
        allow_private: false,
        selectors: None,
        notes: None,
        recipe: dealwatch::domain::Recipe::default(),
    };
    [
        source("harbour-post", "The Harbour Post", SourceClass::Media, Lang::En),
        source("deal-wire", "Deal Wire", SourceClass::Wire, Lang::En),
        source("chuangtou", "创投日报社", SourceClass::Media, Lang::Zh),
    ]
}
