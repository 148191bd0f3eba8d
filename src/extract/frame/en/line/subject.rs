//! Who acts and who is acted on: the parties that a verb governs.

use super::Line;
use super::Unit;
use crate::extract::Found;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;

/// `Shares of X rose`: so near the start nothing better can be the subject.
const NEAR_START: usize = 3;

impl<'a> Line<'a> {
    /// Where the verb group that ends in the verb at `at` begins: auxiliaries and adverbs.
    pub(in super::super) fn group_start(&self, at: usize) -> usize {
        let mut start = at;
        while start > 0 && is_auxiliary(self.word(start - 1)) {
            start -= 1;
        }
        start
    }

    /// Who does what the verb at `at` says.
    pub(in super::super) fn subject(&self, at: usize) -> Option<&'a Found<Party>> {
        self.subject_place(at).and_then(|place| self.party(place))
    }

    /// Where the subject stands.
    pub(in super::super) fn subject_place(&self, at: usize) -> Option<usize> {
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

    /// `With the purchase of X, A becomes`, `Fresh off a $5M round, A hires`: where the subject of the
    /// main clause stands if a participle or a preposition opens the sentence.
    pub(in super::super) fn main_subject(&self) -> Option<usize> {
        if !opens_before_main(self.word(0)) {
            return None;
        }
        let mut commas = (1..self.len()).filter(|at| self.word(*at) == ",");
        commas.find_map(|comma| {
            let place = (comma + 1..comma + 7)
                .take_while(|at| !matches!(self.word(*at), "," | "and" | ";" | "which" | "who"))
                .find(|at| self.party(*at).is_some_and(|p| p.value.kind == PartyKind::Company))?;
            let place = if self.party(place + 1).is_some() { place + 1 } else { place };
            let verb = self.word(place + 1);
            let acts = verb.chars().any(char::is_alphabetic)
                && !matches!(verb, "and" | "'s" | "or" | "for" | "in" | "of" | "to" | "from");
            acts.then_some(place)
        })
    }

    /// A party that is no possessor, no object of a preposition and no speaker.
    fn can_be_subject(&self, place: usize, party: &Found<Party>) -> bool {
        if matches!(party.value.kind, PartyKind::Outlet | PartyKind::Thing) {
            return false;
        }
        let next = self.word(place + 1);
        let owns = matches!(self.text.of(party.span), "its" | "their");
        if owns || matches!(next, "'s" | "'" | "-") || self.ends_governed_list(place) {
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
    pub(in super::super) fn first_party_after(&self, from: usize, to: usize) -> Option<usize> {
        (from..to).find(|place| {
            self.party(*place).is_some_and(|party| self.can_be_subject(*place, party))
        })
    }

    /// The place of the bracket that the one at `at` closes.
    pub(super) fn opening(&self, at: usize) -> Option<usize> {
        (0..at).rev().find(|place| self.word(*place) == "(")
    }

    /// The party that a verb at `end - 1` acts on: within a few words, before any preposition.
    pub(in super::super) fn object(&self, end: usize) -> Option<usize> {
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
                    return Some(self.owned(at).unwrap_or(at));
                }
                Unit::Sum(_) | Unit::Share => return None,
                // `its games studio, X, for`: what the words before the comma describe.
                Unit::Word(",")
                    if at > end + 1
                        && self.party(at + 1).is_some_and(|party| party.value.is_name())
                        && matches!(self.word(at + 2), "," | "for" | "." | "to") =>
                {
                    return Some(at + 1);
                }
                Unit::Word(word) if ends_object(word) => return None,
                Unit::Word(_) | Unit::Round(_) => {}
            }
        }
        None
    }

    /// `S's AI lab X`: the name after what it is and whose.
    fn owned(&self, owner: usize) -> Option<usize> {
        if !matches!(self.word(owner + 1), "'s" | "'") {
            return None;
        }
        (owner + 2..owner + 8)
            .take_while(|at| match self.unit(*at) {
                Some(Unit::Word(word)) => {
                    !ends_object(word) && !matches!(word, "and" | "or" | "'s" | "'")
                }
                Some(Unit::Party(_)) => true,
                _ => false,
            })
            .find(|at| {
                let called = matches!(
                    self.back(*at, 1),
                    "unit"
                        | "arm"
                        | "subsidiary"
                        | "lab"
                        | "startup"
                        | "maker"
                        | "business"
                        | "division"
                        | "studio"
                        | "company"
                        | "up"
                        | "developer"
                        | "firm"
                );
                called
                    && self.party(*at).is_some_and(|p| p.value.is_name())
                    && !matches!(self.word(at + 1), "'s" | "'" | "-" | "and")
            })
    }

    /// The party that a preposition governs: right after it, descriptors aside.
    pub(in super::super) fn object_after(&self, from: usize) -> Option<&'a Found<Party>> {
        let place = self.object(from)?;
        let owner = self
            .party(place)
            .is_some_and(|party| matches!(self.text.of(party.span), "its" | "their"));
        if place > from + 6 || owner {
            return None;
        }
        self.party(place)
            .filter(|party| matches!(party.value.kind, PartyKind::Company | PartyKind::Refers(_)))
    }
}

/// What opens a clause that stands before the main one.
fn opens_before_main(word: &str) -> bool {
    matches!(
        word,
        "with"
            | "having"
            | "fresh"
            | "armed"
            | "backed"
            | "buoyed"
            | "flush"
            | "after"
            | "following"
            | "in"
            | "by"
            | "boosted"
            | "bolstered"
            | "emboldened"
            | "fuelled"
            | "fueled"
            | "helped"
            | "cheered"
            | "newly"
            | "thanks"
            | "upon"
            | "on"
            | "days"
            | "weeks"
            | "hours"
            | "supported"
            | "powered"
            | "through"
    )
}

/// What can stand between a subject and its verb.
pub(in super::super) fn is_auxiliary(word: &str) -> bool {
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
