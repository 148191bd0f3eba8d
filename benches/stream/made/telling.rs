//! How a deal is told: who writes what, when, in which language, and who copies it.

use dealwatch::domain::Article;
use dealwatch::domain::Lang;
use dealwatch::domain::TextKind;
use fastrand::Rng;

use super::Company;
use super::DAY_SECS;
use super::Deal;
use super::Event;
use super::Made;
use super::words;
use super::words::Kind;

/// Which press writes about a company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    English,
    Chinese,
    Both,
}

const ROUNDS_EN: &[&str] = &[
    "seed", "Series A", "Series B", "Series C", "Series D", "Series E", "Series F", "Series G",
    "Series H",
];
const ROUNDS_ZH: &[&str] = &["种子轮", "A轮", "B轮", "C轮", "D轮", "E轮", "F轮", "G轮", "H轮"];
const OUTLETS: usize = 60;
/// Percent of the articles that are another's text.
const COPIES: u8 = 30;
/// Percent of the articles that come days late.
const LATE: u8 = 8;

/// Where in its life a deal is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Talks,
    Done,
    Closed,
}

/// Rounds to two figures, as sums of deals are.
pub fn nice(millions: i64) -> i64 {
    let mut unit = 1;
    while millions / unit >= 100 {
        unit *= 10;
    }
    (millions / unit * unit).max(1)
}

/// All articles of a deal. `count` is how many articles the stream has so far.
pub fn tell(deal: &Deal, dice: &mut Rng, count: usize) -> Vec<Made> {
    let mut told: Vec<Made> = Vec::with_capacity(deal.articles);
    let talked = dice.usize(0..=deal.articles / 4);
    // Talks come weeks before.
    let done_at = deal.begins + if talked > 0 { dice.i64(5..40) * DAY_SECS } else { 0 };
    for number in 0..deal.articles {
        let stage = if number < talked {
            Stage::Talks
        } else if number + 2 >= deal.articles && matches!(deal.event, Event::Purchase { .. }) {
            Stage::Closed
        } else {
            Stage::Done
        };
        let published = match stage {
            Stage::Talks => deal.begins + dice.i64(0..3 * DAY_SECS),
            // Most on the day, some a week later.
            Stage::Done if dice.u8(0..10) < 8 => done_at + dice.i64(0..2 * DAY_SECS),
            Stage::Done => done_at + dice.i64(2 * DAY_SECS..9 * DAY_SECS),
            Stage::Closed => done_at + dice.i64(30 * DAY_SECS..50 * DAY_SECS),
        };
        let original = told.last().filter(|_| number != talked && stage != Stage::Closed);
        let copied = original.filter(|_| dice.u8(0..100) < COPIES).cloned();
        let article = match copied {
            Some(made) => again(made.article, count + number, dice),
            None => article(deal, stage, count + number, published, dice),
        };
        let late = if dice.u8(0..100) < LATE { dice.i64(0..20 * DAY_SECS) } else { 0 };
        let at = article.published.map_or(0, jiff::Timestamp::as_second);
        let delivered = at - super::at(0).as_second() + late;
        told.push(Made { article, deal: deal.number, delivered });
    }
    told
}

/// The same words by another outlet, some hours later.
fn again(article: Article, number: usize, dice: &mut Rng) -> Article {
    let (source, key, url) = whose(article.lang, number, dice);
    let later = jiff::SignedDuration::from_secs(dice.i64(60..12 * 3_600));
    let published = article.published.and_then(|at| at.checked_add(later).ok());
    Article { source, key, url: Some(url.clone()), canonical_url: Some(url), published, ..article }
}

fn whose(
    lang: Lang,
    number: usize,
    dice: &mut Rng,
) -> (dealwatch::domain::SourceId, String, String) {
    let outlet = dice.usize(0..OUTLETS);
    let key = format!("{number:08}");
    let url = format!("https://{lang}-{outlet}.test/news/{key}");
    (format!("{lang}-{outlet}").as_str().into(), key, url)
}

fn article(deal: &Deal, stage: Stage, number: usize, published: i64, dice: &mut Rng) -> Article {
    let chinese = match deal.company.tongue {
        Tongue::English => false,
        Tongue::Chinese => true,
        Tongue::Both => dice.bool(),
    };
    let lang = if chinese { Lang::Zh } else { Lang::En };
    let (source, key, url) = whose(lang, number, dice);
    let (title, text) = write(deal, stage, chinese, dice);
    Article {
        source,
        key,
        url: Some(url.clone()),
        canonical_url: Some(url),
        title,
        text,
        text_kind: TextKind::Full,
        lang,
        published: Some(super::at(published)),
        author: None,
        publisher: None,
    }
}

fn kind(deal: &Deal, stage: Stage, chinese: bool) -> &'static Kind {
    match (&deal.event, stage, chinese) {
        (Event::Round { .. }, Stage::Talks, false) => &words::TALKS_EN,
        (Event::Round { .. }, Stage::Talks, true) => &words::TALKS_ZH,
        (Event::Round { .. }, _, false) => &words::ROUND_EN,
        (Event::Round { .. }, _, true) => &words::ROUND_ZH,
        (Event::Purchase { .. }, Stage::Talks, false) => &words::BID_EN,
        (Event::Purchase { .. }, Stage::Talks, true) => &words::BID_ZH,
        (Event::Purchase { .. }, Stage::Done, false) => &words::BUY_EN,
        (Event::Purchase { .. }, Stage::Done, true) => &words::BUY_ZH,
        (Event::Purchase { .. }, Stage::Closed, false) => &words::BOUGHT_EN,
        (Event::Purchase { .. }, Stage::Closed, true) => &words::BOUGHT_ZH,
    }
}

fn write(deal: &Deal, stage: Stage, chinese: bool, dice: &mut Rng) -> (String, String) {
    let kind = kind(deal, stage, chinese);
    let millions = match stage {
        // What is talked about is not yet the price.
        Stage::Talks => nice(deal.millions * dice.i64(70..140) / 100),
        Stage::Done | Stage::Closed => deal.millions,
    };
    let fill = |template: &str, company: &str| fill(template, company, deal, millions, chinese);
    let Company { name, tongue, last, .. } = &deal.company;
    let plain = if chinese { &name.zh } else { &name.en };
    // Half of the Chinese texts about a company with two names print both.
    let full = if chinese && *tongue == Tongue::Both && dice.bool() {
        format!("{}（{}）", name.zh, name.en)
    } else {
        plain.clone()
    };
    let title = fill(dice.choice(kind.titles).copied().unwrap_or_default(), plain);
    let mut text = fill(dice.choice(kind.leads).copied().unwrap_or_default(), &full);
    let bodies = if chinese { words::BODY_ZH } else { words::BODY_EN };
    for _ in 0..dice.usize(3..6) {
        text.push_str(if chinese { "" } else { " " });
        text.push_str(dice.choice(bodies).copied().unwrap_or_default());
    }
    if let Some((before, sum)) = last.filter(|_| dice.u8(0..10) < 3) {
        let templates = if chinese { words::BEFORE_ZH } else { words::BEFORE_EN };
        let template = dice.choice(templates).copied().unwrap_or_default();
        let round = round(before, chinese);
        let sum = sum_words(sum, deal.renminbi, chinese);
        text.push_str(if chinese { "" } else { " " });
        text.push_str(&template.replace("{s}", &sum).replace("{r}", round));
    }
    (title, text)
}

fn round(round: usize, chinese: bool) -> &'static str {
    let (names, growth) = if chinese { (ROUNDS_ZH, "新一轮") } else { (ROUNDS_EN, "growth") };
    names.get(round).copied().unwrap_or(growth)
}

fn fill(template: &str, company: &str, deal: &Deal, millions: i64, chinese: bool) -> String {
    let sum = sum_words(millions, deal.renminbi, chinese);
    let worth = sum_words(nice(deal.millions * 7), deal.renminbi, chinese);
    let fields = if chinese { words::FIELDS_ZH } else { words::FIELDS_EN };
    let mut text = template
        .replace("{c}", company)
        .replace("{f}", fields[deal.company.field])
        .replace("{s}", &sum)
        .replace("{v}", &worth);
    let pick = |name: &super::Name| if chinese { name.zh.clone() } else { name.en.clone() };
    match &deal.event {
        Event::Round { round: number, lead, other } => {
            text = text
                .replace("{r}", round(*number, chinese))
                .replace("{i}", &pick(lead))
                .replace("{j}", &pick(other));
        }
        Event::Purchase { buyer } => text = text.replace("{b}", &pick(buyer)),
    }
    text
}

/// `$1.2 billion`, `RMB 40 million`, `1.2亿美元`, `4000万元`.
fn sum_words(millions: i64, renminbi: bool, chinese: bool) -> String {
    let decimal = |whole: i64, part: i64| {
        let digits = format!("{whole}.{part:03}");
        digits.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    if chinese {
        let unit = if renminbi { "元" } else { "美元" };
        return if millions >= 100 {
            format!("{}亿{unit}", decimal(millions / 100, millions % 100 * 10))
        } else {
            format!("{}万{unit}", millions * 100)
        };
    }
    let sign = if renminbi { "RMB " } else { "$" };
    if millions >= 1_000 {
        format!("{sign}{} billion", decimal(millions / 1_000, millions % 1_000))
    } else {
        format!("{sign}{millions} million")
    }
}
