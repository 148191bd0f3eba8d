//! From candidates to mentions: who is meant, which candidates are one deal, what is the news.

mod draft;
mod focus;
mod item;
mod keys;
mod loose;
mod mend;
mod merge;
mod price;
mod standing;

use super::ai;
use super::candidate::Candidate;
use super::confidence;
use super::facts::Facts;
use super::nodeal;
use super::text::Place;
use super::text::Text;
use super::trace::Trace;
use crate::domain::Lang;
use crate::domain::Mention;
use crate::entity::EntityTable;

use standing::layout::Layout;

/// The mentions of an article, and how they came about.
#[derive(Debug, Clone, Default)]
pub struct Assembled {
    /// In order of appearance.
    pub mentions: Vec<Mention>,
    /// For people.
    pub trace: Trace,
}

/// Makes mentions of the candidates of a whole article.
pub fn assemble(
    text: &Text,
    facts: &[Facts],
    candidates: Vec<Candidate>,
    table: &EntityTable,
) -> Assembled {
    let mut trace = Trace::default();
    let mut kept = keep(text, facts, candidates, &mut trace);
    if kept.is_empty() {
        return Assembled { mentions: Vec::new(), trace };
    }
    let keys = keys::Keys::new(text, facts);
    let places = draft::places(facts, &keys);
    let layout = Layout::new(text, &places);
    mend::mend(text, facts, &mut kept);
    let many = text.lang() == Lang::En
        && layout.tells_many()
        && !has_deal_in_title(text, &kept)
        && (standing::is_letter(text) || goes_round(&layout, &places, &keys, &kept));
    if many {
        let items = item::Items { text, facts };
        items.wake(&mut kept);
        items.fill(&mut kept);
        let second = loose::read(items, &layout, &kept);
        kept.extend(keep(text, facts, second, &mut trace));
        kept.sort_by_key(|candidate| candidate.sentence);
    }
    let named = focus::resolve(text, facts, &keys, kept, &mut trace);
    let mut drafts = standing::judge(
        text,
        &places,
        &layout,
        many,
        merge::merge(text, &keys, named, many, &mut trace),
    );
    standing::deny(text, facts, &mut drafts);
    standing::confirm(text, facts, &mut drafts);
    price::complete(text, facts, &mut drafts);
    if drafts.is_empty() {
        return Assembled { mentions: Vec::new(), trace };
    }
    let terms = ai::terms(text);
    let items = items(text);
    let whole = draft::Whole {
        text,
        facts,
        terms: &terms,
        keys: &keys,
        places: &places,
        items: &items,
        table,
    };
    let finished: Vec<(&draft::Draft, Mention)> =
        drafts.iter().filter_map(|draft| Some((draft, draft.finish(whole)?))).collect();
    let trade: Vec<&str> = finished
        .iter()
        .filter(|(_, mention)| mention.ai)
        .map(|(draft, _)| draft.key.as_str())
        .collect();
    let mentions = finished
        .iter()
        .map(|(draft, mention)| {
            let mut mention = mention.clone();
            if !mention.ai && trade.contains(&draft.key.as_str()) {
                draft::mark_ai(&mut mention);
            }
            confidence::judge(&mut mention, draft.support(text));
            mention
        })
        .collect();
    Assembled { mentions, trace }
}

/// Whether the headline tells a deal of a company that it names.
fn has_deal_in_title(text: &Text, candidates: &[Candidate]) -> bool {
    candidates.iter().any(|candidate| {
        let titled = text.sentences().get(candidate.sentence).map(|sentence| sentence.place);
        titled == Some(Place::Title) && !candidate.supports_only && candidate.target.is_some()
    })
}

/// Companies, each with a deal of its own, from which an article is a round-up by its layout alone.
const STORIES: usize = 3;

/// Whether most of the companies whose deals an article tells are named on one line alone: it goes
/// from one story to the next, where a feature comes back to its subject.
fn goes_round(
    layout: &Layout,
    places: &draft::Places,
    keys: &keys::Keys,
    candidates: &[Candidate],
) -> bool {
    let mut targets: Vec<String> = candidates
        .iter()
        .filter(|candidate| !candidate.supports_only)
        .filter_map(|candidate| candidate.target.as_ref())
        .filter(|target| target.value.is_name())
        .map(|target| keys.of(&target.value))
        .collect();
    targets.sort_unstable();
    targets.dedup();
    let once = targets
        .iter()
        .filter(|key| places.get(*key).is_some_and(|named| layout.lines_of(named) == 1))
        .count();
    layout.names_nobody_often() && once >= STORIES && once * 4 >= targets.len() * 3
}

/// Candidates of one article: each is weighed with those on its deal. The longest features have
/// some hundred.
const MOST_CANDIDATES: usize = 1000;

/// Whether one of the candidates makes a deal by itself: without one there is nothing that the
/// others could add to.
pub fn opens(text: &Text, facts: &[Facts], candidates: &[Candidate]) -> bool {
    candidates
        .iter()
        .any(|candidate| !candidate.supports_only && reason(text, facts, candidate).is_none())
}

/// Why a candidate is no deal, if it is none.
fn reason(text: &Text, facts: &[Facts], candidate: &Candidate) -> Option<&'static str> {
    let sentence = text.sentences().get(candidate.sentence)?;
    nodeal::reason(text, sentence, facts.get(candidate.sentence)?, candidate)
}

/// Drops what only looks like a deal.
fn keep(
    text: &Text,
    facts: &[Facts],
    candidates: Vec<Candidate>,
    trace: &mut Trace,
) -> Vec<Candidate> {
    let mut kept = Vec::new();
    for candidate in candidates.into_iter().take(MOST_CANDIDATES) {
        let trigger = &candidate.trigger;
        match reason(text, facts, &candidate) {
            Some(reason) => {
                trace.note(trigger.rule, text, trigger.span, format!("dropped: {reason}"));
            }
            None => {
                trace.note(trigger.rule, text, trigger.span, format!("{}", trigger.value));
                kept.push(candidate);
            }
        }
    }
    kept
}

/// Items that make a list.
const ITEMS: usize = 3;

/// An item that tells a deal, and does not open with a year or a round as a company's history does.
fn tells_news(line: &str) -> bool {
    const DEALS: &[&str] = &[
        "轮", "融资", "收购", "并购", "上市", "ipo", "招股", "投资", "入股", "递表", "募资",
        "挂牌", "亿元", "万元", "美元", "港元", "欧元", "拿下", "买下", "出售", "终止", "谈判",
        "合并", "举债", "贷款", "授信",
    ];
    let words =
        line.trim_start_matches(|sign: char| !(sign >= '\u{3400}' || sign.is_ascii_alphanumeric()));
    // 01 and (1) number the item; 2019年 dates it.
    let dated = words.chars().take_while(char::is_ascii_digit).count() >= 4
        || ["a轮", "b轮", "c轮", "d轮", "e轮", "种子轮", "天使轮", "pre-"]
            .iter()
            .any(|round| words.starts_with(round));
    !dated && DEALS.iter().any(|word| words.contains(word))
}

/// The lines of a Chinese text that are items of a list of news, each of its own company.
fn items(text: &Text) -> Vec<usize> {
    let telling = text
        .sentences()
        .iter()
        .filter(|sentence| sentence.bullet && tells_news(text.of(sentence.span)))
        .count();
    let mut lines: Vec<usize> = text
        .sentences()
        .iter()
        .filter(|sentence| sentence.bullet && sentence.lang == Lang::Zh && !sentence.debris)
        .map(|sentence| sentence.paragraph)
        .collect();
    if lines.len() < ITEMS || telling < 2 {
        lines.clear();
    }
    lines
}
