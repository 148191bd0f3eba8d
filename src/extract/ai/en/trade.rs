//! What an English text calls a company's trade, where that is none in AI.

use std::ops::Range;

use super::Words;
use crate::domain::Span;
use crate::extract::ai::Strength;
use crate::extract::ai::Term;
use crate::extract::ai::Trade;
use crate::extract::text::Kind;
use crate::extract::text::Text;

/// The trade that the words beside one mention of a name tell: `X, a chain of bakeries`,
/// `X, which rents excavators`, `X is a brewer`, `homebuilder X`.
pub(in crate::extract::ai) fn trade(
    text: &Text,
    sentence: usize,
    name: Span,
    terms: &[Term],
) -> Option<Trade> {
    let tokens = text.tokens_of(text.sentences().get(sentence)?);
    let words = Words { text, tokens };
    let first = tokens.partition_point(|token| token.span.start() < name.start());
    let after = tokens.partition_point(|token| token.span.start() < name.end());
    if after.checked_sub(1).is_some_and(|last| is_old_name(words.at(last))) {
        return Some(Trade::Old);
    }
    let phrases = [right(&words, after), predicate(&words, after), left(&words, first)];
    phrases.into_iter().flatten().find_map(|range| of(&words, range, terms))
}

/// `, a maker of turbines`, `, which makes turbines`.
fn right(words: &Words<'_>, after: usize) -> Option<Range<usize>> {
    if !matches!(words.at(after), "," | "(" | "–" | "—") {
        return None;
    }
    let from = match words.at(after + 1) {
        "a" | "an" | "the" => after + 2,
        "which" if is_trading(words.at(after + 2)) => after + 3,
        _ => return None,
    };
    Some(from..end(words, from))
}

/// `is a brewer`, `sells collars`.
fn predicate(words: &Words<'_>, after: usize) -> Option<Range<usize>> {
    let from = match (words.at(after), words.at(after + 1)) {
        ("is" | "was", "a" | "an" | "the") => after + 2,
        (verb, _) if is_trading(verb) => after + 1,
        _ => return None,
    };
    Some(from..end(words, from))
}

/// `homebuilder X`, `payroll software provider X`, at the start of a clause.
fn left(words: &Words<'_>, first: usize) -> Option<Range<usize>> {
    let head = first.checked_sub(1)?;
    if !is_head(words.at(head)) {
        return None;
    }
    let mut from = head;
    while from > 0 && head - from < 5 && is_word(words, from - 1) && !cuts(words.at(from - 1)) {
        from -= 1;
    }
    Some(from..first)
}

fn is_word(words: &Words<'_>, at: usize) -> bool {
    words.tokens.get(at).is_some_and(|token| token.kind == Kind::Word) || words.at(at) == "-"
}

/// Where the phrase that names the trade ends: before what the company does with it.
fn end(words: &Words<'_>, from: usize) -> usize {
    (from..from + PHRASE)
        .find(|at| {
            let word = words.at(*at);
            matches!(word, "," | "." | ";" | ":" | "(" | ")" | "–" | "—" | "") || cuts(word)
        })
        .unwrap_or(from + PHRASE)
}

/// Words of one description.
const PHRASE: usize = 12;

/// Words that begin something else than the trade's name.
fn cuts(word: &str) -> bool {
    matches!(
        word,
        "that"
            | "which"
            | "whose"
            | "who"
            | "where"
            | "using"
            | "uses"
            | "with"
            | "by"
            | "has"
            | "have"
            | "had"
            | "said"
            | "says"
            | "raised"
            | "raises"
            | "from"
            | "founded"
            | "led"
            | "backed"
            | "to"
            | "as"
            | "behind"
            | "in"
            | "at"
            | "acquired"
            | "will"
            | "and"
            | "is"
            | "was"
    )
}

/// Reads a phrase: a trade if it names one and no AI.
fn of(words: &Words<'_>, range: Range<usize>, terms: &[Term]) -> Option<Trade> {
    let (first, last) =
        (words.tokens.get(range.start)?, words.tokens.get(range.end.checked_sub(1)?)?);
    let covered = |term: &&Term| {
        first.span.start() <= term.span.start() && term.span.end() <= last.span.end()
    };
    if terms.iter().filter(covered).any(|term| term.strength != Strength::Used) {
        return None;
    }
    let told: Vec<&str> = range
        .filter(|at| {
            words.tokens.get(*at).is_some_and(|token| token.kind == Kind::Word && !token.capital)
        })
        .map(|at| words.at(at))
        .filter(|word| !is_generic(word))
        .collect();
    if told.iter().any(|word| is_old(word)) {
        return Some(Trade::Old);
    }
    (!told.is_empty()).then_some(Trade::Other)
}

/// What a company does for its living.
fn is_trading(word: &str) -> bool {
    matches!(
        word,
        "sells"
            | "rents"
            | "makes"
            | "operates"
            | "mines"
            | "publishes"
            | "brews"
            | "grows"
            | "manufactures"
            | "distributes"
            | "leases"
            | "insures"
            | "bakes"
            | "owns"
    )
}

/// What may stand right before a name as what it is.
fn is_head(word: &str) -> bool {
    matches!(
        word,
        "maker"
            | "chain"
            | "operator"
            | "homebuilder"
            | "bank"
            | "insurer"
            | "brand"
            | "retailer"
            | "provider"
            | "developer"
            | "miner"
            | "broker"
            | "brewer"
            | "airline"
            | "publisher"
            | "lender"
            | "supplier"
            | "distributor"
            | "marketplace"
            | "agency"
            | "group"
            | "platform"
            | "biotech"
    )
}

/// `Dover Bank`, `Andes Mining`: the name ends with what the company does.
fn is_old_name(word: &str) -> bool {
    matches!(
        word,
        "bank"
            | "bancorp"
            | "insurance"
            | "mining"
            | "minerals"
            | "metals"
            | "foods"
            | "brewing"
            | "breweries"
            | "homes"
            | "hotels"
            | "airlines"
            | "petroleum"
            | "restaurants"
            | "steel"
            | "cement"
    )
}

/// Says nothing of the trade.
fn is_generic(word: &str) -> bool {
    matches!(
        word,
        "startup"
            | "startups"
            | "start-up"
            | "start"
            | "up"
            | "company"
            | "companies"
            | "firm"
            | "business"
            | "unicorn"
            | "lab"
            | "group"
            | "venture"
            | "upstart"
            | "spinout"
            | "spinoff"
            | "outfit"
            | "player"
            | "newcomer"
            | "maker"
            | "developer"
            | "provider"
            | "platform"
            | "operator"
            | "of"
            | "for"
            | "one"
            | "two"
            | "three"
            | "four"
            | "five"
            | "six"
            | "year"
            | "years"
            | "month"
            | "months"
            | "old"
            | "based"
            | "private"
            | "public"
            | "privately"
            | "publicly"
            | "listed"
            | "held"
            | "small"
            | "large"
            | "largest"
            | "leading"
            | "fast"
            | "growing"
            | "fastest"
            | "young"
            | "new"
            | "early"
            | "late"
            | "stage"
            | "stealth"
            | "tech"
            | "technology"
            | "software"
            | "deep"
            | "global"
            | "world"
            | "first"
            | "rival"
            | "research"
            | "university"
            | "a"
            | "an"
            | "the"
            | "its"
            | "most"
            | "valuable"
            | "known"
            | "own"
            | "s"
            | "person"
            | "team"
            | "subsidiary"
            | "unit"
            | "parent"
            | "seller"
            | "buyer"
            | "target"
            | "issuer"
            | "creator"
            | "creators"
    )
}

/// Trades that no use of AI turns into AI companies.
fn is_old(word: &str) -> bool {
    matches!(
        word,
        "restaurant"
            | "restaurants"
            | "bakery"
            | "bakeries"
            | "brewery"
            | "brewer"
            | "homebuilder"
            | "homebuilders"
            | "insurer"
            | "bank"
            | "banks"
            | "miner"
            | "mines"
            | "copper"
            | "gold"
            | "lithium"
            | "oil"
            | "oilfield"
            | "pipelines"
            | "apparel"
            | "fashion"
            | "footwear"
            | "clothing"
            | "retailer"
            | "airline"
            | "hotels"
            | "steel"
            | "cement"
            | "newspaper"
            | "coffee"
            | "beverage"
            | "beverages"
            | "cosmetics"
            | "skincare"
            | "furniture"
            | "toys"
            | "cows"
            | "gene"
            | "turbines"
            | "batteries"
            | "glass"
            | "excavators"
            | "scrap"
            | "staffing"
            | "recruitment"
            | "loudspeakers"
            | "vacuums"
    )
}
