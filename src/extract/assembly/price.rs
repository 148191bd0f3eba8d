//! The sum of a deal whose own words name none: `… will spend $47 million on the startup`, 涉资7亿元.

use super::draft::Draft;
use crate::domain::Amount;
use crate::domain::KindGroup;
use crate::domain::Lang;
use crate::domain::Span;
use crate::extract::Found;
use crate::extract::facts::Facts;
use crate::extract::lexicon::list::List;
use crate::extract::money::Role;
use crate::extract::money::Sum;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

/// Sentences behind one that tells the deal in which its price may stand.
const BEHIND: usize = 2;

/// Sums below this are prices of goods.
const LEAST: i64 = 100_000;

/// Gives each deal of the news that has no figure the first sum near it that is called its price.
///
/// A sum that another reading took, and a sentence that tells another deal or names others than
/// those who take part, are left alone.
pub fn complete(text: &Text, facts: &[Facts], drafts: &mut [Draft]) {
    let open: Vec<usize> = drafts
        .iter()
        .enumerate()
        .filter(|(_, draft)| draft.main && !has_figure(draft))
        .map(|(at, _)| at)
        .take(MOST)
        .collect();
    if open.is_empty() {
        return;
    }
    let taken: Vec<Span> = drafts.iter().flat_map(Draft::candidates).flat_map(spans).collect();
    for at in open {
        let found = sentences(text, facts, drafts, at).into_iter().find_map(|place| {
            let sentence = text.sentences().get(place)?;
            let sums = facts.get(place)?.sums.iter();
            let group = drafts.get(at)?.group();
            let mut free = sums
                .filter(|sum| is_price(sum) && !taken.iter().any(|span| span.overlaps(sum.span)));
            free.find(|sum| is_governed(text, sentence, sum.span, group)).cloned()
        });
        let Some(sum) = found else { continue };
        let amount = Found { value: sum.value.amount, span: sum.span, rule: "assembly.price" };
        give(drafts.get_mut(at), amount);
    }
}

/// Deals of one article whose price is looked for.
const MOST: usize = 50;

fn give(draft: Option<&mut Draft>, amount: Found<Amount>) {
    let parts = draft.map(|draft| &mut draft.parts);
    let part = parts.and_then(|parts| {
        let place =
            parts.iter().position(|part| !part.candidate.supports_only && !part.candidate.past);
        parts.get_mut(place.unwrap_or(0))
    });
    if let Some(part) = part {
        part.candidate.amount = Some(amount);
    }
}

fn has_figure(draft: &Draft) -> bool {
    draft.amount().is_some_and(|amount| amount.value.headline().is_some())
        || draft.candidates().any(|candidate| candidate.target_amount.is_some())
}

/// The words that a candidate's sums were read from.
fn spans(candidate: &crate::extract::candidate::Candidate) -> impl Iterator<Item = Span> {
    let figure = |amount: &Found<Amount>| amount.value.headline().map(|_| amount.span);
    [
        candidate.amount.as_ref().and_then(figure),
        candidate.target_amount.as_ref().map(|sum| sum.span),
        candidate.cumulative.as_ref().map(|sum| sum.span),
        candidate.valuation.as_ref().map(|sum| sum.span),
    ]
    .into_iter()
    .flatten()
}

fn is_price(sum: &Found<Sum>) -> bool {
    sum.value.role == Role::Plain
        && !sum.value.conversion
        && sum.value.amount.headline().is_some_and(|value| value >= LEAST)
}

/// The sentences that tell the deal, and those right behind them that tell nothing of others.
fn sentences(text: &Text, facts: &[Facts], drafts: &[Draft], at: usize) -> Vec<usize> {
    let Some(draft) = drafts.get(at) else { return Vec::new() };
    let mut own: Vec<usize> = draft
        .candidates()
        .filter(|candidate| !candidate.past)
        .map(|candidate| candidate.sentence)
        .collect();
    own.dedup();
    let others = |place: usize| {
        drafts
            .iter()
            .enumerate()
            .any(|(other, draft)| other != at && draft.candidates().any(|c| c.sentence == place))
    };
    let names: Vec<&str> = draft
        .candidates()
        .flat_map(|candidate| {
            let backers = candidate.investors.iter().map(|backer| &backer.party);
            let sides =
                candidate.target.iter().chain(&candidate.acquirers).chain(&candidate.sellers);
            sides.chain(backers).map(|party| party.value.name.as_str())
        })
        .collect();
    let strange = |place: usize| {
        facts.get(place).is_some_and(|facts| {
            facts.parties.iter().any(|party| {
                let name = party.value.name.as_str();
                let known = |own: &&str| own.contains(name) || name.contains(own);
                party.value.is_name() && !names.iter().any(known)
            })
        })
    };
    let line = |place: usize| text.sentences().get(place).map(|sentence| sentence.paragraph);
    let mut places: Vec<usize> = own.iter().copied().filter(|place| !others(*place)).collect();
    for place in own {
        for next in place + 1..=place + BEHIND {
            // Behind a headline the first sentences of the body.
            let near = line(next) == line(place) || place == 0;
            if !near || others(next) || strange(next) {
                break;
            }
            places.push(next);
        }
    }
    places
}

/// Whether the words beside a sum call it what is paid.
fn is_governed(text: &Text, sentence: &Sentence, sum: Span, group: KindGroup) -> bool {
    match sentence.lang {
        Lang::En => is_governed_en(text, sentence, sum, group),
        Lang::Zh => is_governed_zh(text, sentence, sum, group),
    }
}

/// Words before a sum that may govern it.
const REACH: usize = 9;

fn is_governed_en(text: &Text, sentence: &Sentence, sum: Span, group: KindGroup) -> bool {
    let tokens = text.tokens_of(sentence);
    let word = |at: usize| tokens.get(at).map_or("", |token| text.of(token.span));
    let first = tokens.partition_point(|token| token.span.start() < sum.start());
    let after = tokens.partition_point(|token| token.span.start() < sum.end());
    let control = group == KindGroup::Control;
    let before = (1..REACH)
        .filter_map(|n| first.checked_sub(n).map(word))
        .take_while(|word| !matches!(*word, ";" | "." | ":"))
        .any(|word| {
            matches!(word, "spend" | "spends" | "spent" | "pay" | "pays" | "paid" | "paying")
                || if control {
                    matches!(
                        word,
                        "price" | "consideration" | "cost" | "costs" | "fetch" | "bid" | "offered"
                    )
                } else {
                    matches!(
                        word,
                        "wired"
                            | "wire"
                            | "wires"
                            | "handed"
                            | "gave"
                            | "pumped"
                            | "injected"
                            | "cheque"
                            | "check"
                    )
                }
        });
    let next = if word(after) == "-" { word(after + 1) } else { word(after) };
    let named = if control {
        matches!(next, "purchase" | "takeover" | "acquisition" | "buyout" | "bid" | "sale")
    } else {
        matches!(next, "round" | "raise" | "financing" | "injection" | "cheque" | "check")
    };
    before || named
}

/// What is paid for a company or shares, before the sum.
static PAID: List = List::new(&[
    "支付",
    "付了",
    "付出",
    "代价",
    "代價",
    "对价",
    "對價",
    "价款",
    "價款",
    "作价",
    "作價",
    "涉资",
    "涉資",
    "耗资",
    "耗資",
    "斥资",
    "斥資",
    "花费",
    "花了",
    "花費",
    "开价",
    "出价",
    "開價",
    "出價",
    "报价",
    "總價",
    "总价",
    "成交价",
    "價碼",
    "价码",
    "开出",
    "開出",
]);

/// What a round brings, before the sum.
static RAISED: List = List::new(&[
    "规模",
    "規模",
    "总额",
    "總額",
    "所得款项",
    "所得款項",
    "目标",
    "目標",
    "领投",
    "領投",
    "合计",
    "合計",
    "共投",
    "注资",
    "注資",
]);

fn is_governed_zh(text: &Text, sentence: &Sentence, sum: Span, group: KindGroup) -> bool {
    let words = text.of(sentence.span);
    let base = sentence.span.start();
    let head = sum.start().checked_sub(base).and_then(|end| words.get(..end)).unwrap_or_default();
    let head = head
        .rfind([',', ';', '。', ':', '('])
        .map_or(head, |cut| head.get(cut + 1..).unwrap_or(head));
    if head.contains("其中") || head.contains("累计") || head.contains("累計") {
        return false;
    }
    let tail = sum.end().checked_sub(base).and_then(|at| words.get(at..)).unwrap_or_default();
    let tail = tail.trim_start_matches('的');
    if group == KindGroup::Control {
        return PAID.within(head)
            || ["价码", "價碼", "报价", "報價", "出价"].iter().any(|word| tail.starts_with(word));
    }
    RAISED.within(head) || PAID.within(head)
}
