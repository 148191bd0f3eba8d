//! Names that one sentence of an article shows to be names, found again in all the others.

use super::person;
use super::read;
use super::repeat;
use super::shape;
use crate::domain::Lang;
use crate::domain::Span;
use crate::extract::Found;
use crate::extract::lexicon::dictionary::Dictionary;
use crate::extract::party::Names;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;
use crate::extract::segment::ordinary;
use crate::extract::segment::ordinary::Make;
use crate::extract::text::Text;

/// How many names of one article are searched for in the rest of it.
const COINED: usize = 64;

/// How an article shows that a name is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::extract::party) enum Seen {
    /// It comes again and is no word.
    Again,
    /// A verb beside it shows it.
    Verb,
    /// It is quoted, described or ends as companies do.
    Sure,
    /// A person's.
    Person,
}

impl Seen {
    pub(super) fn rule(self) -> &'static str {
        match self {
            Seen::Again => "party.zh.again",
            Seen::Verb => "party.zh.seen",
            Seen::Sure => "party.zh.coined",
            Seen::Person => "party.zh.person",
        }
    }
}

/// Names with their places, and how each shows itself to be one; and the parties of every
/// sentence, as far as they were read.
type Coined = (Vec<(Span, Seen)>, Vec<Option<Vec<Found<Party>>>>);

/// Every place of a name that one sentence of the article shows to be one: 芯片公司X in the lead
/// makes X a name in the title too.
pub(in crate::extract::party) fn coin(text: &Text, names: &Names<'_>) -> Coined {
    let mut pieces = repeat::Pieces::default();
    let mut unnamed: Vec<Option<Vec<Found<Party>>>> = vec![None; text.sentences().len()];
    let mut found: Vec<(String, Seen)> = Vec::new();
    let mut add = |words: &str, seen: Seen| {
        let room = found.len() < COINED;
        match found.iter_mut().find(|(old, _)| old == words) {
            Some((_, old)) => *old = (*old).max(seen),
            None if room => found.push((words.to_owned(), seen)),
            None => {}
        }
    };
    for sentence in
        text.sentences().iter().filter(|sentence| sentence.lang == Lang::Zh && !sentence.debris)
    {
        let parties = read(text, sentence, names, |found| pieces.add(found));
        for party in &parties {
            if let Some(seen) =
                coins(party, text.of(party.span)).filter(|_| party.value.entity.is_none())
            {
                add(text.of(party.span), seen);
            }
        }
        if let Some(place) = unnamed.get_mut(sentence.index) {
            *place = Some(parties);
        }
    }
    for name in pieces.names(text) {
        let seen = if person::is_name(text, &name) { Seen::Person } else { Seen::Again };
        add(&name, seen);
    }
    if found.is_empty() {
        return (Vec::new(), unnamed);
    }
    let alone = found.iter().filter(|(name, _)| !clings(text, name, &found));
    let names = Dictionary::new(alone.map(|(name, seen)| (name.as_str(), *seen)));
    let hits = names.find(text.str());
    let places = hits.filter_map(|hit| Some((text.span(hit.start, hit.end)?, hit.label)));
    (places.collect(), unnamed)
}

/// Whether a name found by this rule is one everywhere in the article, and how surely.
fn coins(party: &Found<Party>, words: &str) -> Option<Seen> {
    if party.value.kind == PartyKind::Person {
        return person::shaped(words).then_some(Seen::Person);
    }
    match party.rule {
        "party.zh.head" | "party.zh.quoted" | "party.zh.bracket" | "party.zh.legal"
        | "party.zh.item" | "party.zh.issuer" | "party.zh.pair" => Some(Seen::Sure),
        "party.zh.share" if words.chars().count() >= 3 => Some(Seen::Sure),
        "party.zh.suffix" if words.chars().count() >= 4 => Some(Seen::Sure),
        "party.zh.subject" | "party.zh.verb" | "party.zh.list" if words.chars().count() >= 3 => {
            Some(Seen::Verb)
        }
        _ => None,
    }
}

/// Another name that comes more often, with a stray character at one end: 科陆智控股价.
fn clings(text: &Text, name: &str, found: &[(String, Seen)]) -> bool {
    // 码上飞进行早期: another name with words of the language behind it.
    let goes_on = |other: &str| {
        name.strip_prefix(other).is_some_and(|extra| {
            extra.chars().count() >= 3
                && !shape::is_ending(extra)
                && !shape::is_registered(extra)
                && !shape::is_fund(name)
                && matches!(ordinary::make(extra), Make::Word | Make::Words)
        })
    };
    if found.iter().any(|(other, _)| other.chars().count() >= 2 && goes_on(other)) {
        return true;
    }
    let times = |name: &str| text.str().matches(name).take(20).count();
    found.iter().any(|(other, _)| {
        let extra = name.strip_prefix(other.as_str()).or_else(|| name.strip_suffix(other.as_str()));
        let one = extra.filter(|extra| extra.chars().count() == 1);
        one.is_some_and(|extra| shape::STRAY.contains(extra) || times(other) > 2 * times(name))
    })
}
