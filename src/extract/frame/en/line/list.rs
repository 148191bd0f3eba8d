//! Lists of parties: `A, B and tech investor C`.

use super::Line;
use super::Unit;
use super::subject::is_auxiliary;
use crate::extract::Found;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;
use crate::extract::party::Reference;

impl<'a> Line<'a> {
    /// The parties of a list that starts here: `A, B and tech investor C`.
    pub(in super::super) fn list(&self, from: usize) -> Vec<&'a Found<Party>> {
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

    /// `A, the telecom arm of B,`: A.
    fn arm_head(&self, at: usize) -> Option<&'a Found<Party>> {
        if !self.is_arm(at) || self.word(at + 1) != "," {
            return None;
        }
        let comma = (at.saturating_sub(12)..at).rev().find(|at| self.word(*at) == ",")?;
        let head = comma.checked_sub(1).and_then(|at| self.party(at))?;
        head.value.is_name().then_some(head)
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
    pub(in super::super) fn list_before(&self, end: usize) -> Vec<&'a Found<Party>> {
        let mut found = Vec::new();
        let mut at = self.group_start(end);
        let mut plain = 0;
        while let Some(place) = at.checked_sub(1) {
            match self.unit(place) {
                Some(Unit::Party(party)) => {
                    let origin = matches!(self.back(place, 1), "from" | "of" | "in")
                        || (self.back(place, 1) == "the"
                            && matches!(self.back(place, 2), "from" | "of" | "in"));
                    let group = matches!(
                        self.back(place, 2),
                        "consortium"
                            | "group"
                            | "syndicate"
                            | "alliance"
                            | "club"
                            | "partnership"
                            | "trio"
                            | "pair"
                            | "team"
                    );
                    // `A, the venture arm of B, buys`: B only says what A is.
                    if let Some(head) = self.arm_head(place) {
                        found.push(head);
                        break;
                    }
                    let origin = origin && !self.is_arm(place) && !group;
                    let possessor =
                        matches!(self.word(place + 1), "'s" | "'" | "-") && !self.owns_fund(place);
                    if party.value.is_name() && !possessor && !origin {
                        found.push(party);
                    } else if !found.is_empty() && is_pronoun(party) {
                        break;
                    }
                    plain = 0;
                }
                // `A (34 employees) and B (21 employees)`
                Some(Unit::Word(")")) if self.opening(place).is_some() => {
                    at = self.opening(place).unwrap_or(place);
                    continue;
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

fn ends_list(word: &str) -> bool {
    matches!(
        word,
        "included" | "includes" | "includ" | ";" | "." | ":" | "with" | "to" | "which" | "who" | "that" | "said" | "says" | "brings" | "bringing" | "at" | "valuing" | "values" | "after" | "will" | "is" | "was" | "were" | "are" | "has" | "have" | "had" | "for" | "in" | "on" | "by" | "into" | "led" | "leading" | "joined" | "participated" | "but" | "while" | "including" | "according" | "would" | "could" | "may" | "as" | "than" | "when" | "where" | "whose" | "because" | "since" | "before" | "during" | "participating" | "participation" | "taking" | "alongside" | "lead" | "leads" | "co" | "over" | "giving" | "making" | "told" | "wrote" | "reported" | "announced" | "also" | "existing" if !matches!(word, "existing" | "also")
    )
}
