//! Whether a company is an AI company: by the table, or by what the text says of it.
//!
//! The name alone proves nothing: `Smart AI Mining` that digs copper is none.

mod en;
mod zh;

use super::facts::Facts;
use super::party::PartyKind;
use super::text::Place;
use super::text::Sentence;
use super::text::Text;
use crate::domain::Lang;
use crate::domain::Span;

/// How strongly words speak for artificial intelligence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// `no AI here`: the text says that it is none.
    Denied,
    /// `automation`, `chips`, 算力: only beside something stronger, or twice.
    Weak,
    /// `added an AI stylist`, 上线了AI功能: it describes a company of which the text tells no other
    /// trade.
    Used,
    /// `AI`, `machine learning`, `robotaxi`, 大模型.
    Strong,
}

/// Words about artificial intelligence.
#[derive(Debug, Clone, Copy)]
pub struct Term {
    /// The words.
    pub span: Span,
    /// How strong.
    pub strength: Strength,
    /// The rule.
    pub rule: &'static str,
}

/// What a text calls a company's trade, where that is none in AI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trade {
    /// `a payroll provider`: it may sell AI, but that it uses AI says nothing.
    Other,
    /// `a chain of bakeries`: no word about AI in its news makes it one.
    Old,
}

/// The terms of every sentence, debris left out; one entry for each.
pub fn terms(text: &Text) -> Vec<Vec<Term>> {
    text.sentences()
        .iter()
        .map(|sentence| if sentence.debris { Vec::new() } else { find(text, sentence) })
        .collect()
}

fn find(text: &Text, sentence: &Sentence) -> Vec<Term> {
    match sentence.lang {
        Lang::En => en::find(text, sentence),
        Lang::Zh => zh::find(text, sentence),
    }
}

/// What is known of a company before its description is read.
#[derive(Debug, Clone, Copy)]
pub struct About {
    /// It is the company that the article is about.
    pub focus: bool,
    /// The other trade that the text tells of it.
    pub trade: Option<Trade>,
}

/// The words that say that a company is an AI company, if there are any.
///
/// `mentions` are the spans where it is named or spoken of, by sentence. Terms inside a party's name
/// do not count. Of the company that the article is about the sentences that follow a mention
/// speak as well, as long as they name nobody else.
pub fn described(
    text: &Text,
    facts: &[Facts],
    terms: &[Vec<Term>],
    mentions: &[(usize, Span)],
    about: About,
) -> Option<Term> {
    let About { focus, trade } = about;
    if mentions.iter().any(|(sentence, _)| is_denied(facts, terms, *sentence)) {
        return None;
    }
    if trade == Some(Trade::Old) {
        return None;
    }
    let speaks =
        |term: &Term| if describes(term, trade) { Strength::Strong } else { term.strength };
    let mut weak: Vec<Term> = Vec::new();
    for (sentence, name) in mentions {
        let near = terms.get(*sentence).into_iter().flatten();
        for term in near.filter(|term| outside_names(facts, *sentence, term)) {
            let distance = name.start().abs_diff(term.span.start());
            match speaks(term) {
                Strength::Strong
                    if distance < reach(text, *sentence)
                        || (distance < 3 * reach(text, *sentence)
                            && !others_between(facts, *sentence, *name, term.span)) =>
                {
                    return Some(*term);
                }
                Strength::Strong | Strength::Weak => weak.push(*term),
                Strength::Used | Strength::Denied => {}
            }
        }
    }
    for (sentence, _) in mentions {
        for next in sentence + 1..sentence + 3 {
            // Of another than the article's own company the words of the same line speak, where
            // it is the line's first.
            let own_line = focus || same_line(text, facts, *sentence, next);
            let breaks =
                if focus { names_somebody(facts, next) } else { names_company(facts, next) };
            if !own_line || breaks {
                break;
            }
            for term in terms.get(next).into_iter().flatten() {
                match speaks(term) {
                    Strength::Strong => return Some(*term),
                    Strength::Weak => weak.push(*term),
                    Strength::Used | Strength::Denied => {}
                }
            }
        }
    }
    if !focus {
        return None;
    }
    weak.sort_unstable_by_key(|term| term.span);
    weak.dedup_by_key(|term| term.span);
    // `Nova AI`, whose models read contracts: the name and a word that fits it.
    let named = text.lang() == Lang::En
        && mentions.iter().any(|(_, name)| {
            let name = text.of(*name);
            [" ai", ".ai"].iter().any(|end| name.ends_with(end))
        });
    let said = (weak.len() >= if named { 1 } else { 2 }).then(|| weak.first().copied()).flatten();
    said.or_else(|| of_stub(text, facts, terms, trade))
        .or_else(|| of_article(text, facts, terms, mentions, trade))
}

/// Whether a term says what a company of some trade does.
fn describes(term: &Term, trade: Option<Trade>) -> bool {
    term.strength == Strength::Strong || (term.strength == Strength::Used && trade.is_none())
}

/// The trade, none in AI, that the text tells of a company; the firmest word counts.
pub fn trade(text: &Text, terms: &[Vec<Term>], mentions: &[(usize, Span)]) -> Option<Trade> {
    let told = mentions.iter().take(MENTIONS).filter_map(|(at, name)| {
        let near = terms.get(*at).map_or(&[][..], Vec::as_slice);
        match text.sentences().get(*at)?.lang {
            Lang::En => en::trade(text, *at, *name, near),
            Lang::Zh => zh::trade(text, *at, *name, near),
        }
    });
    told.max()
}

/// Mentions of a company among which its trade is looked for.
const MENTIONS: usize = 12;

/// `No AI here`, in the sentence that names a company or in one after it that names nobody.
fn is_denied(facts: &[Facts], terms: &[Vec<Term>], sentence: usize) -> bool {
    let denied = |at: usize| {
        terms.get(at).into_iter().flatten().any(|term| term.strength == Strength::Denied)
    };
    denied(sentence) || (denied(sentence + 1) && !names_company(facts, sentence + 1))
}

/// What an English article says over and over is what its company does: strong words in the
/// headline, or in two sentences whose first company it is, or which name none.
fn of_article(
    text: &Text,
    facts: &[Facts],
    terms: &[Vec<Term>],
    mentions: &[(usize, Span)],
    trade: Option<Trade>,
) -> Option<Term> {
    if text.lang() != Lang::En {
        return None;
    }
    // A long article says of its own company what it does; in a short one AI may be an aside.
    let least = if text.str().len() > LONG { 1 } else { 2 };
    let own = |at: usize, term: &Term| {
        let first = facts.get(at)?.parties.iter().find(|party| {
            matches!(party.value.kind, PartyKind::Company | PartyKind::Investor)
                && party.span.end() <= term.span.start()
        });
        let named = |span: Span| mentions.iter().any(|(_, own)| *own == span);
        Some(first.is_none_or(|party| named(party.span)))
    };
    let mut sentences: Vec<(usize, Term)> = Vec::new();
    for (at, terms) in terms.iter().enumerate() {
        let strong = terms.iter().find(|term| {
            describes(term, trade)
                && outside_names(facts, at, term)
                && own(at, term).unwrap_or_default()
        });
        sentences.extend(strong.map(|term| (at, *term)));
    }
    // A long article that names it once is about others.
    let mut named: Vec<usize> = mentions.iter().map(|(at, _)| *at).collect();
    named.dedup();
    let about = named.len() > 1 || text.str().len() <= LONG;
    if !about {
        return None;
    }
    let titled = sentences
        .first()
        .filter(|_| trade.is_none())
        .filter(|(at, _)| text.sentences().get(*at).is_some_and(|s| s.place == Place::Title));
    titled.or(sentences.first().filter(|_| sentences.len() >= least)).map(|(_, term)| *term)
}

/// Whether two sentences stand on one line, which is the first's: in English where the other names
/// nobody, in Chinese where the first opens the line of a round-up.
fn same_line(text: &Text, facts: &[Facts], one: usize, other: usize) -> bool {
    let line = |at: usize| text.sentences().get(at).map(|sentence| sentence.paragraph);
    let opens = one == 0 || line(one - 1) != line(one);
    let named = facts.get(one).is_some_and(|facts| !facts.parties.is_empty());
    let own = match text.lang() {
        Lang::Zh => opens && named,
        Lang::En => !names_somebody(facts, other),
    };
    own && line(one) == line(other)
}

/// A Chinese stub has room to say it once, and says it of what it is about: in the headline, or
/// behind the names of those who gave.
fn of_stub(
    text: &Text,
    facts: &[Facts],
    terms: &[Vec<Term>],
    trade: Option<Trade>,
) -> Option<Term> {
    if text.lang() != Lang::Zh || text.str().len() > STUB {
        return None;
    }
    let all =
        terms.iter().enumerate().flat_map(|(at, terms)| terms.iter().map(move |term| (at, term)));
    all.filter(|(at, term)| describes(term, trade) && outside_names(facts, *at, term))
        .map(|(_, term)| *term)
        .next()
}

/// An English article of more bytes is long.
const LONG: usize = 700;

/// The longest stub, in bytes: some 200 Chinese characters.
const STUB: usize = 600;

/// Whether a term stands right beside a name as what the name is: `AI startup X`, `X, an AI lab`.
pub fn beside(terms: &[Vec<Term>], mentions: &[(usize, Span)]) -> Option<Term> {
    mentions.iter().find_map(|(sentence, name)| {
        let near = terms.get(*sentence)?.iter().find(|term| {
            let before = name.start().checked_sub(term.span.end());
            let after = term.span.start().checked_sub(name.end());
            let close = before.or(after).is_some_and(|gap| gap < BESIDE);
            term.strength == Strength::Strong && close
        })?;
        Some(*near)
    })
}

/// How far a description stands from the name it describes, in bytes: `AI search startup X`.
const BESIDE: usize = 18;

/// Whether a company or fund stands between a name and words that may describe it.
fn others_between(facts: &[Facts], sentence: usize, name: Span, term: Span) -> bool {
    let (from, to) = if name.start() < term.start() {
        (name.end(), term.start())
    } else {
        (term.end(), name.start())
    };
    facts.get(sentence).is_none_or(|facts| {
        facts.parties.iter().any(|party| {
            party.value.is_name() && from <= party.span.start() && party.span.end() <= to
        })
    })
}

fn outside_names(facts: &[Facts], sentence: usize, term: &Term) -> bool {
    let parties = facts.get(sentence).map_or(&[][..], |facts| facts.parties.as_slice());
    !parties.iter().any(|party| party.value.is_name() && party.span.contains(term.span))
}

/// Whether a sentence names a company or fund.
fn names_somebody(facts: &[Facts], sentence: usize) -> bool {
    facts.get(sentence).is_none_or(|facts| {
        facts
            .parties
            .iter()
            .any(|party| matches!(party.value.kind, PartyKind::Company | PartyKind::Investor))
    })
}

/// Whether a sentence names a company that is no fund.
fn names_company(facts: &[Facts], sentence: usize) -> bool {
    facts.get(sentence).is_none_or(|facts| {
        facts.parties.iter().any(|party| party.value.kind == PartyKind::Company)
    })
}

/// How far a term may stand from a name, in bytes: one clause.
fn reach(text: &Text, sentence: usize) -> usize {
    match text.sentences().get(sentence).map(|sentence| sentence.lang) {
        Some(Lang::Zh) => 90,
        Some(Lang::En) | None => 140,
    }
}
