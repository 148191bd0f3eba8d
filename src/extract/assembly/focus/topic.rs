//! Whom a Chinese paragraph is about: the company with which it opens.

use crate::domain::Lang;
use crate::extract::Found;
use crate::extract::facts::Facts;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;
use crate::extract::party::has_corporate_suffix;
use crate::extract::text::Place;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

/// Words before the name that are more than a time or a description of it, in bytes.
const LONG: usize = 60;

/// A clause before the one that names the company may be so long: 此前, 2021年8月, 在海外.
const SHORT: usize = 21;

/// 阿布扎比的, in bytes.
const PLACE: usize = 15;

/// Signs and words that may stand between the start and the name.
const OPENERS: &[char] = &['"', '“', '「', '『', '《', '【', ' ', '\u{3000}'];

/// Signs that close a name.
const CLOSERS: &[char] = &['"', '”', '」', '』', '》', ' '];

/// Nouns that call the name after them a company: 工业视觉公司甲.
const NOUNS: &[&str] = &[
    "公司",
    "企业",
    "企業",
    "厂商",
    "廠商",
    "供应商",
    "供應商",
    "开发商",
    "開發商",
    "品牌",
    "团队",
    "團隊",
    "新创",
    "新創",
    "初创",
    "初創",
    "平台",
    "服务商",
    "服務商",
    "独角兽",
    "獨角獸",
    "租赁商",
    "实验室",
    "实控人为",
];

/// 除了甲, 像甲, 与甲相比: who is named so is only compared with.
const BESIDE: &[&str] =
    &["除了", "除", "像", "与", "和", "跟", "比起", "相比", "例如", "比如", "而"];

/// 甲、乙, 甲的股东, 甲等: it is not the one that the paragraph is about.
const NOT_ALONE: &[char] = &['、', '和', '与', '與', '及', '跟', '等', '/'];

/// The company with which the paragraph of a sentence opens, if it is named no later than there.
pub(super) fn opener<'f>(
    text: &Text,
    facts: &'f [Facts],
    sentence: usize,
) -> Option<&'f Found<Party>> {
    let sentences = text.sentences();
    let here = sentences.get(sentence)?;
    if here.lang != Lang::Zh || here.place == Place::Title {
        return None;
    }
    let first = sentences
        .get(..sentence)?
        .iter()
        .rposition(|other| other.paragraph != here.paragraph || other.place == Place::Title)
        .map_or(0, |before| before + 1);
    sentences
        .get(first..=sentence)?
        .iter()
        .take(SENTENCES)
        .find_map(|other| opening(text, facts.get(other.index)?, other))
}

/// Sentences in which a paragraph names what it is about.
const SENTENCES: usize = 3;

/// The company with which a sentence opens.
fn opening<'f>(text: &Text, facts: &'f Facts, sentence: &Sentence) -> Option<&'f Found<Party>> {
    let party = facts.parties.iter().find(|party| {
        party.value.is_name()
            && matches!(party.value.kind, PartyKind::Company | PartyKind::Investor)
            && !facts.sums.iter().any(|sum| sum.span.contains(party.span))
            && is_sure(text, party, sentence.bullet)
            && !makes_another(text, party)
    })?;
    if party.value.kind != PartyKind::Company {
        return None;
    }
    let head = text.str().get(sentence.span.start()..party.span.start())?;
    let tail = text.str().get(party.span.end()..)?;
    let bare = tail.trim_start_matches(CLOSERS);
    let opens = is_head(head, sentence.bullet, bare.len() < tail.len());
    (opens && !bare.starts_with(NOT_ALONE)).then_some(party)
}

/// A name that stands in quotes, is known, or is said again: what is read once in the middle of
/// words may be no name.
fn is_sure(text: &Text, party: &Found<Party>, listed: bool) -> bool {
    let name = text.of(party.span);
    let tail = text.str().get(party.span.end()..).unwrap_or_default();
    let quoted = tail.starts_with(CLOSERS);
    // 张三: opens what a person says; 1.甲: opens an item.
    let spoken = tail.starts_with(':') && !listed;
    quoted || is_of_a_company(text, party) || !spoken && text.str().matches(name).nth(1).is_some()
}

/// Whether the name itself is one of a company, and of no person.
fn is_of_a_company(text: &Text, party: &Found<Party>) -> bool {
    let name = text.of(party.span);
    party.value.entity.is_some() || name.is_ascii() || has_corporate_suffix(name)
}

/// 智能体甲的开发商「乙」: the paragraph is about 乙.
fn makes_another(text: &Text, party: &Found<Party>) -> bool {
    let tail = text.str().get(party.span.end()..).unwrap_or_default();
    let tail = tail.trim_start_matches(CLOSERS).strip_prefix('的').unwrap_or_default();
    NOUNS.iter().any(|noun| tail.find(noun).is_some_and(|at| at <= SHORT))
}

/// Whether what stands before a name leaves it the first thing that is spoken of.
fn is_head(head: &str, numbered: bool, quoted: bool) -> bool {
    let head = if numbered { head.trim_start_matches(is_number) } else { head };
    let clause = head.rsplit([',', ':', ';', '|']).next().unwrap_or(head);
    let before = head.len() - clause.len();
    let words = clause.trim_matches(OPENERS);
    if BESIDE.iter().any(|word| words.starts_with(word)) {
        return false;
    }
    let described = words.is_empty() || NOUNS.iter().any(|noun| words.ends_with(noun));
    // 北京的「甲」 says where it is.
    let placed = quoted && words.len() <= PLACE;
    let timed = words.len() <= SHORT && !words.ends_with(['的', '由', '被', '从', '向', '对']);
    // 上海一家卡车公司,「甲」: the clause before says what it is.
    let apposed = words.is_empty()
        && before <= LONG
        && NOUNS
            .iter()
            .any(|noun| head.trim_matches(OPENERS).trim_end_matches(',').ends_with(noun));
    (before <= SHORT || numbered || apposed)
        && (described && words.len() <= LONG || timed || placed)
}

fn is_number(sign: char) -> bool {
    sign.is_ascii_digit() || matches!(sign, '.' | ')' | '(' | '、' | ' ')
}

/// Whom 后者 at a place of a sentence means: the company named last before it.
pub(super) fn latter<'f>(
    text: &Text,
    facts: &'f [Facts],
    sentence: usize,
    before: usize,
) -> Option<&'f Found<Party>> {
    let named = |at: usize| {
        facts.get(at)?.parties.iter().rfind(|party| {
            party.value.kind == PartyKind::Company
                && party.value.is_name()
                && party.span.end() <= before
        })
    };
    let line = |at: usize| text.sentences().get(at).map(|sentence| sentence.paragraph);
    let above = sentence.checked_sub(1).filter(|above| line(*above) == line(sentence));
    named(sentence).or_else(|| above.and_then(named))
}

/// Where 后者 stands in a sentence before a place.
pub(super) fn says_latter(text: &Text, sentence: usize, before: usize) -> Option<usize> {
    let start = text.sentences().get(sentence)?.span.start();
    text.str().get(start..before)?.find("后者").map(|at| start + at)
}
