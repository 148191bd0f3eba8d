//! A sentence as a line of units, and how to find the parties around a place in it.

use crate::domain::RoundCode;
use crate::domain::Span;
use crate::extract::Found;
use crate::extract::facts::Facts;
use crate::extract::money::Sum;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;
use crate::extract::party::Reference;
use crate::extract::text::Place;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

/// `Shares of X rose`: so near the start nothing better can be the subject.
const NEAR_START: usize = 3;

/// A word or a value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Unit<'a> {
    /// A word, number or sign that no dimension claimed.
    Word(&'a str),
    /// A party or a reference to one.
    Party(&'a Found<Party>),
    /// A sum.
    Sum(&'a Found<Sum>),
    /// A round.
    Round(&'a Found<RoundCode>),
    /// A share; its place is enough, the value is read from the facts.
    Share,
}

/// The units that belong to a trigger: from the end of the one before to the start of the next.
#[derive(Debug, Clone, Copy)]
pub(super) struct Segment {
    pub(super) from: usize,
    pub(super) to: usize,
    /// The sentence has no other trigger.
    pub(super) only: bool,
}

/// A sentence in units.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub(super) text: &'a Text,
    pub(super) sentence: &'a Sentence,
    pub(super) facts: &'a Facts,
    /// The article speaks of a round somewhere, so that `bags $5M` needs no more words.
    pub(super) of_funding: bool,
    units: Vec<(Unit<'a>, Span)>,
}

impl<'a> Line<'a> {
    /// Replaces the tokens of every value by one unit.
    pub(super) fn new(
        text: &'a Text,
        sentence: &'a Sentence,
        facts: &'a Facts,
        of_funding: bool,
    ) -> Line<'a> {
        let mut values: Vec<(Unit<'a>, Span)> = Vec::new();
        values.extend(facts.sums.iter().map(|sum| (Unit::Sum(sum), sum.span)));
        values.extend(facts.rounds.iter().map(|round| (Unit::Round(round), round.span)));
        values.extend(facts.parties.iter().map(|party| (Unit::Party(party), party.span)));
        values.extend(facts.percents.iter().map(|share| (Unit::Share, share.span)));
        values.sort_by_key(|(_, span)| (span.start(), std::cmp::Reverse(span.end())));
        let mut values = values.into_iter().peekable();
        let mut units = Vec::new();
        let mut end = 0;
        for token in text.tokens_of(sentence) {
            while values.next_if(|(_, span)| span.start() < token.span.start().min(end)).is_some() {
            }
            if token.span.start() < end {
                continue;
            }
            if let Some((unit, span)) =
                values.next_if(|(_, span)| span.start() <= token.span.start())
            {
                end = span.end();
                units.push((unit, span));
            } else {
                units.push((Unit::Word(text.of(token.span)), token.span));
            }
        }
        Line { text, sentence, facts, of_funding, units }
    }

    pub(super) fn len(&self) -> usize {
        self.units.len()
    }

    pub(super) fn in_title(&self) -> bool {
        self.sentence.place == Place::Title
    }

    /// The unit at a place.
    pub(super) fn unit(&self, at: usize) -> Option<Unit<'a>> {
        self.units.get(at).map(|(unit, _)| *unit)
    }

    /// The word at a place; empty for values and past the ends.
    pub(super) fn word(&self, at: usize) -> &'a str {
        match self.unit(at) {
            Some(Unit::Word(word)) => word,
            _ => "",
        }
    }

    /// The nth word before a place.
    pub(super) fn back(&self, at: usize, n: usize) -> &'a str {
        at.checked_sub(n).map_or("", |at| self.word(at))
    }

    pub(super) fn party(&self, at: usize) -> Option<&'a Found<Party>> {
        match self.unit(at) {
            Some(Unit::Party(party)) => Some(party),
            _ => None,
        }
    }

    pub(super) fn sum(&self, at: usize) -> Option<&'a Found<Sum>> {
        match self.unit(at) {
            Some(Unit::Sum(sum)) => Some(sum),
            _ => None,
        }
    }

    pub(super) fn is_round(&self, at: usize) -> bool {
        matches!(self.unit(at), Some(Unit::Round(_)))
    }

    pub(super) fn is(&self, at: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(offset, word)| self.word(at + offset) == *word)
    }

    /// The bytes of units `from..to`.
    pub(super) fn span(&self, from: usize, to: usize) -> Option<Span> {
        let (_, first) = self.units.get(from)?;
        let (_, last) = self.units.get(to.checked_sub(1)?)?;
        self.text.span(first.start(), last.end())
    }

    /// The unit that starts at or after a byte.
    pub(super) fn unit_at(&self, byte: usize) -> usize {
        self.units.partition_point(|(_, span)| span.start() < byte)
    }

    /// First byte of a unit; the sentence's end past the last.
    pub(super) fn byte(&self, at: usize) -> usize {
        self.units.get(at).map_or(self.sentence.span.end(), |(_, span)| span.start())
    }

    /// Where the verb group that ends in the verb at `at` begins: auxiliaries and adverbs.
    pub(super) fn group_start(&self, at: usize) -> usize {
        let mut start = at;
        while start > 0 && is_auxiliary(self.word(start - 1)) {
            start -= 1;
        }
        start
    }

    /// Who does what the verb at `at` says.
    pub(super) fn subject(&self, at: usize) -> Option<&'a Found<Party>> {
        self.subject_place(at).and_then(|place| self.party(place))
    }

    /// Where the subject stands.
    pub(super) fn subject_place(&self, at: usize) -> Option<usize> {
        let mut place = self.group_start(at);
        // Right before the verb a name is its subject even after a preposition: `on X raising`.
        if let Some(adjacent) = place.checked_sub(1) {
            let preposition = matches!(
                self.back(adjacent, 1),
                "on" | "as" | "for" | "after" | "of" | "about" | "into" | "help" | "lets" | "let"
            );
            let to_act = self.back(adjacent, 1) == "for" && self.word(adjacent + 1) == "to";
            if preposition
                && self.party(adjacent).is_some_and(|party| party.value.is_name() || to_act)
            {
                return Some(adjacent);
            }
        }
        // `X has agreed to`, `X said it`, `X is in talks to`: the governing words are passed over.
        for _ in 0..40 {
            let before = place.checked_sub(1)?;
            match self.unit(before)? {
                Unit::Party(party) if self.can_be_subject(before, party) => return Some(before),
                Unit::Word(")") => place = self.opening(before)?,
                Unit::Word(",") => return self.before_apposition(before),
                Unit::Word(";" | ":" | "|") => return self.first_party_after(before + 1, at),
                Unit::Word("that" | "which" | "who") => {
                    place = if self.back(before, 1) == "," { before - 1 } else { before };
                    if let Some(party) = place.checked_sub(1).and_then(|p| self.party(p))
                        && party.value.is_name()
                    {
                        return Some(place - 1);
                    }
                }
                _ => place = before,
            }
        }
        None
    }

    /// A party that is no possessor, no object of a preposition and no speaker.
    fn can_be_subject(&self, place: usize, party: &Found<Party>) -> bool {
        if matches!(party.value.kind, PartyKind::Outlet | PartyKind::Thing) {
            return false;
        }
        let next = self.word(place + 1);
        if matches!(next, "'s" | "'" | "-") || self.ends_governed_list(place) {
            return false;
        }
        let first = (0..place).all(|at| !matches!(self.unit(at), Some(Unit::Party(_))));
        let article = matches!(self.back(place, 1), "the" | "a" | "an")
            && matches!(self.back(place, 2), "from" | "by" | "with" | "into" | "including" | "to");
        !article
            && !matches!(
                self.back(place, 1),
                "of" | "from"
                    | "by"
                    | "with"
                    | "in"
                    | "for"
                    | "at"
                    | "to"
                    | "into"
                    | "on"
                    | "behind"
                    | "like"
                    | "as"
                    | "among"
                    | "against"
                    | "including"
                    | "than"
                    | "via"
                    | "through"
                    | "under"
            )
            || (first && place <= NEAR_START)
    }

    /// `in talks with investors including A and B`: B stands in a list that a preposition governs.
    fn ends_governed_list(&self, place: usize) -> bool {
        if !matches!(self.back(place, 1), "and" | "or") {
            return false;
        }
        let first = (0..place).rev().find(|at| {
            !matches!(self.unit(*at), Some(Unit::Party(_)))
                && !matches!(self.word(*at), "," | "and" | "or")
        });
        first.is_some_and(|at| {
            matches!(
                self.word(at),
                "including" | "with" | "from" | "by" | "like" | "as" | "between" | "among"
            )
        })
    }

    /// The subject is the name before a comma that closes an apposition: `X, the maker of Y, has`.
    fn before_apposition(&self, comma: usize) -> Option<usize> {
        let mut fallback = None;
        for at in (0..comma).rev() {
            match self.unit(at)? {
                Unit::Word(";" | ":") => break,
                Unit::Word(",") => {
                    if let Some(place) = at.checked_sub(1).filter(|place| self.is_namelike(*place))
                    {
                        fallback = Some(place);
                    }
                }
                _ => {}
            }
        }
        fallback.or_else(|| {
            // `The maker of Y, X, has`: the name stands right before the comma.
            let last = comma.checked_sub(1)?;
            if self.is_namelike(last) { Some(last) } else { self.first_party_after(0, comma) }
        })
    }

    fn is_namelike(&self, place: usize) -> bool {
        self.party(place).is_some_and(|party| {
            (party.value.is_name() && party.value.kind != PartyKind::Person)
                || matches!(party.value.kind, PartyKind::Refers(_))
        }) && !matches!(self.back(place, 1), "in" | "at" | "from")
    }

    /// The first party in a range that can act.
    pub(super) fn first_party_after(&self, from: usize, to: usize) -> Option<usize> {
        (from..to).find(|place| {
            self.party(*place).is_some_and(|party| self.can_be_subject(*place, party))
        })
    }

    /// The place of the bracket that the one at `at` closes.
    fn opening(&self, at: usize) -> Option<usize> {
        (0..at).rev().find(|place| self.word(*place) == "(")
    }

    /// The party that a verb at `end - 1` acts on: within a few words, before any preposition.
    pub(super) fn object(&self, end: usize) -> Option<usize> {
        for at in end..end + 9 {
            match self.unit(at)? {
                Unit::Party(party)
                    if matches!(party.value.kind, PartyKind::Outlet | PartyKind::Thing) => {}
                // `its affiliate X`
                Unit::Party(party) if matches!(self.text.of(party.span), "its" | "their") => {}
                Unit::Party(_) => {
                    // `Google's DeepMind`, `chip designer X`: the last of a row of names counts.
                    if matches!(self.word(at + 1), "'s" | "'")
                        && self.party(at + 2).is_some_and(|p| p.value.is_name())
                    {
                        return Some(at + 2);
                    }
                    if self.party(at + 1).is_some_and(|p| p.value.is_name()) {
                        return Some(at + 1);
                    }
                    return Some(at);
                }
                Unit::Sum(_) | Unit::Share => return None,
                Unit::Word(word) if ends_object(word) => return None,
                Unit::Word(_) | Unit::Round(_) => {}
            }
        }
        None
    }

    /// The parties of a list that starts here: `A, B and tech investor C`.
    pub(super) fn list(&self, from: usize) -> Vec<&'a Found<Party>> {
        let mut found = Vec::new();
        let mut at = from;
        let mut plain = 0;
        while let Some(unit) = self.unit(at) {
            match unit {
                Unit::Party(party) => {
                    let possessor = matches!(self.word(at + 1), "'s" | "'");
                    let origin = party.value.kind == PartyKind::Government
                        && (matches!(self.back(at, 1), "from" | "in")
                            || (self.back(at, 1) == "the"
                                && matches!(self.back(at, 2), "from" | "in" | "of")));
                    let possessor = possessor && !self.owns_fund(at);
                    // `the life-science unit of A`, printed as a name of its own
                    let part =
                        matches!(self.word(at + 1), "unit" | "division" | "arm" | "business")
                            && matches!(self.back(at, 1), "'s" | "'");
                    // `A, a fund of B`
                    let owner = self.in_apposition(from, at)
                        || !found.is_empty()
                            && plain > 0
                            && self.back(at, 1) == "of"
                            && !self.is_arm(at);
                    // `led by A, its chief B told us`
                    let tells =
                        matches!(self.word(at + 1), "told" | "said" | "says" | "wrote" | "tells");
                    if tells && party.value.kind == PartyKind::Person {
                        break;
                    }
                    if party.value.is_name() && !possessor && !origin && !part && !owner {
                        found.push(party);
                    }
                    plain = 0;
                }
                Unit::Word("(") if matches!(self.word(at + 1), "lead" | "co") => {
                    at = (at..at + 6).find(|at| self.word(*at) == ")").unwrap_or(at);
                }
                Unit::Word(
                    word @ ("," | "and" | "&" | "plus" | "(" | ")" | "both" | "or" | "'s" | "'"
                    | "-" | "\"" | "“" | "”"),
                ) => {
                    if word == "," || word == "and" {
                        plain = 0;
                    }
                    if word == "and" && self.begins_clause(at + 1) {
                        break;
                    }
                }
                Unit::Word("as") if self.is(at, &["as", "well", "as"]) => at += 2,
                Unit::Word("along") if self.word(at + 1) == "with" => at += 1,
                Unit::Word("of" | "former") if found.is_empty() => break,
                Unit::Word(word) if ends_list(word) => match self.after_aside(from, at) {
                    Some(comma) if !found.is_empty() => {
                        plain = 0;
                        at = comma;
                    }
                    _ => break,
                },
                Unit::Word(_) | Unit::Round(_) | Unit::Share => plain += 1,
                Unit::Sum(_) => break,
            }
            if plain > 7 {
                break;
            }
            at += 1;
        }
        found
    }

    /// `A's venture arm`, `A's scout fund`: who gives through it.
    fn owns_fund(&self, at: usize) -> bool {
        matches!(self.word(at + 1), "'s" | "'")
            && (at + 2..at + 6)
                .take_while(|at| !self.word(*at).is_empty() && self.word(*at) != ",")
                .any(|at| {
                    matches!(self.word(at), "arm" | "fund" | "funds" | "vehicle" | "office" | "vc")
                })
    }

    /// `A, the venture arm of B, and C`: B only says what A is.
    fn in_apposition(&self, from: usize, at: usize) -> bool {
        let Some(comma) = (from..at).rev().take(9).find(|at| self.word(*at) == ",") else {
            return false;
        };
        let plain = (comma + 1..at).all(|at| self.party(at).is_none());
        plain
            && comma.checked_sub(1).and_then(|at| self.party(at)).is_some_and(|p| p.value.is_name())
            && matches!(self.word(comma + 1), "the" | "a" | "an")
            && (comma + 1..at).any(|at| self.word(at) == "of")
            && matches!(self.word(at + 1), "," | "" | ".")
    }

    /// `the venture arm of A`: who gives through it.
    fn is_arm(&self, at: usize) -> bool {
        self.back(at, 1) == "of"
            && matches!(
                self.back(at, 2),
                "arm" | "unit" | "division" | "affiliate" | "subsidiary" | "vehicle" | "office"
            )
    }

    /// `A, a fund that bets on chips, and B`: the comma that closes what is said of one of a list.
    fn after_aside(&self, from: usize, at: usize) -> Option<usize> {
        let opens = (from..at).rev().take(7).find(|at| self.word(*at) == ",")?;
        let described = matches!(self.unit(opens + 1), Some(Unit::Word(_)))
            || self.party(opens + 1).is_some_and(|party| !party.value.is_name());
        if !described || matches!(self.word(opens + 1), "with" | "and" | "while" | "but") {
            return None;
        }
        let comma = (at + 1..at + 9).find(|at| self.word(*at) == ",")?;
        if (at + 1..comma).any(|at| self.sum(at).is_some() || self.is_round(at)) {
            return None;
        }
        let next = if self.word(comma + 1) == "and" { comma + 2 } else { comma + 1 };
        let named = self.party(next).is_some_and(|party| party.value.is_name());
        let next_verb = self.word(next + 1);
        let clause = is_auxiliary(next_verb) && next_verb != "and"
            || matches!(next_verb, "said" | "says" | "told" | "'s");
        (named && !clause).then_some(comma)
    }

    /// `and it`, `and will`: the list is over.
    fn begins_clause(&self, at: usize) -> bool {
        let verb = |at| {
            matches!(
                self.word(at),
                "will"
                    | "has"
                    | "is"
                    | "was"
                    | "had"
                    | "plans"
                    | "said"
                    | "values"
                    | "brings"
                    | "would"
                    | "valued"
                    | "brought"
            )
        };
        // `led by A, and B also participated`
        let takes_part = |at| {
            matches!(
                self.word(at),
                "also"
                    | "participated"
                    | "joined"
                    | "invested"
                    | "contributed"
                    | "took"
                    | "followed"
            )
        };
        if self.back(at, 2) == "," && self.party(at).is_some() && takes_part(at + 1) {
            return true;
        }
        verb(at) || (self.party(at).is_some_and(|party| !party.value.is_name()) && verb(at + 1))
    }

    /// The parties of a list that ends right before this place: `A, B and C also invested`.
    pub(super) fn list_before(&self, end: usize) -> Vec<&'a Found<Party>> {
        let mut found = Vec::new();
        let mut at = self.group_start(end);
        let mut plain = 0;
        while let Some(place) = at.checked_sub(1) {
            match self.unit(place) {
                Some(Unit::Party(party)) => {
                    let origin = matches!(self.back(place, 1), "from" | "of" | "in")
                        || (self.back(place, 1) == "the"
                            && matches!(self.back(place, 2), "from" | "of" | "in"));
                    let origin = origin && !self.is_arm(place);
                    let possessor =
                        matches!(self.word(place + 1), "'s" | "'" | "-") && !self.owns_fund(place);
                    if party.value.is_name() && !possessor && !origin {
                        found.push(party);
                    } else if !found.is_empty() && is_pronoun(party) {
                        break;
                    }
                    plain = 0;
                }
                Some(Unit::Word(
                    "," | "and" | "&" | "both" | "(" | ")" | "also" | "all" | "too",
                )) => plain = 0,
                Some(Unit::Word(word)) if ends_list(word) || word == "from" || word == "of" => {
                    // `Tokyo-based B`, `A, a firm from Abu Dhabi, and B` go on.
                    if word != "of" && word != "from" || found.len() > 1 || plain > 4 {
                        break;
                    }
                    plain += 1;
                }
                Some(Unit::Word(_) | Unit::Share) => plain += 1,
                Some(Unit::Sum(_) | Unit::Round(_)) | None => break,
            }
            if plain > 6 {
                break;
            }
            at = place;
        }
        found.reverse();
        found
    }
}

/// `it` and `the company`; `a chip maker` only describes the name before it.
fn is_pronoun(party: &Found<Party>) -> bool {
    matches!(party.value.kind, PartyKind::Refers(Reference::It | Reference::Company))
}

/// What can stand between a subject and its verb.
pub(super) fn is_auxiliary(word: &str) -> bool {
    matches!(
        word,
        "has"
            | "have"
            | "had"
            | "is"
            | "are"
            | "was"
            | "were"
            | "be"
            | "been"
            | "being"
            | "will"
            | "would"
            | "could"
            | "may"
            | "might"
            | "should"
            | "can"
            | "to"
            | "not"
            | "n't"
            | "never"
            | "just"
            | "recently"
            | "also"
            | "reportedly"
            | "now"
            | "officially"
            | "quietly"
            | "already"
            | "previously"
            | "successfully"
            | "today"
            | "finally"
            | "formally"
            | "then"
            | "soon"
            | "again"
            | "ever"
            | "yet"
            | "still"
            | "actually"
            | "allegedly"
            | "once"
            | "first"
            | "ultimately"
            | "even"
            | "since"
            | "separately"
            | "instead"
            | "apparently"
            | "probably"
            | "likely"
            | "eventually"
            | "initially"
            | "later"
            | "earlier"
            | "this"
            | "week"
            | "month"
            | "only"
            | "did"
            | "does"
            | "do"
            | "about"
            | "close"
            | "set"
            | "and"
    )
}

fn ends_object(word: &str) -> bool {
    matches!(
        word,
        "from"
            | "for"
            | "in"
            | "by"
            | "with"
            | "to"
            | "at"
            | "on"
            | "into"
            | "as"
            | "after"
            | "before"
            | "that"
            | "which"
            | "who"
            | ","
            | ";"
            | "."
            | ":"
            | "("
            | "over"
            | "through"
            | "via"
            | "amid"
            | "while"
            | "stake"
            | "stakes"
            | "shares"
            | "because"
            | "chips"
            | "gpus"
    )
}

fn ends_list(word: &str) -> bool {
    matches!(
        word,
        "included" | "includes" | "includ" | ";" | "." | ":" | "with" | "to" | "which" | "who" | "that" | "said" | "says" | "brings" | "bringing" | "at" | "valuing" | "values" | "after" | "will" | "is" | "was" | "were" | "are" | "has" | "have" | "had" | "for" | "in" | "on" | "by" | "into" | "led" | "leading" | "joined" | "participated" | "but" | "while" | "including" | "according" | "would" | "could" | "may" | "as" | "than" | "when" | "where" | "whose" | "because" | "since" | "before" | "during" | "participating" | "participation" | "taking" | "alongside" | "lead" | "leads" | "co" | "over" | "giving" | "making" | "told" | "wrote" | "reported" | "announced" | "also" | "existing" if !matches!(word, "existing" | "also")
    )
}
