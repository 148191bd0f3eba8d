//! Names that only say what another is: `Anthropic rival X`, `Google-backed X`, `a "Cursor for
//! lawyers"`, `former DATEV executive X`. They take part in nothing.

use crate::extract::Found;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;
use crate::extract::text::Text;
use crate::extract::text::Token;

/// Drops the names that only describe; `parties` are those of the sentence, in order.
pub(super) fn drop_describing(text: &Text, tokens: &[Token], parties: &mut Vec<Found<Party>>) {
    let words = Words { text, tokens };
    let describes: Vec<bool> = (0..parties.len())
        .map(|at| {
            let next = parties.get(at + 1);
            parties.get(at).is_some_and(|party| words.describes(party, next))
        })
        .collect();
    // A rival of an AI company is one as well.
    for at in 0..parties.len() {
        let rival = describes.get(at) == Some(&true)
            && parties.get(at).is_some_and(|party| party.value.ai && words.is_rival_of(party));
        if let Some(next) = parties.get_mut(at + 1).filter(|_| rival) {
            next.value.ai = true;
        }
    }
    let mut kept = describes.into_iter();
    parties.retain(|_| !kept.next().unwrap_or_default());
}

struct Words<'a> {
    text: &'a Text,
    tokens: &'a [Token],
}

impl<'a> Words<'a> {
    fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| self.text.of(token.span))
    }

    /// The first token at or after a byte.
    fn token_at(&self, byte: usize) -> usize {
        self.tokens.partition_point(|token| token.span.start() < byte)
    }

    fn is_rival_of(&self, party: &Found<Party>) -> bool {
        is_rival(self.word(self.token_at(party.span.end())))
    }

    fn describes(&self, party: &Found<Party>, next: Option<&Found<Party>>) -> bool {
        if !party.value.is_name() {
            return false;
        }
        // A simple agreement for future equity, in the capitals of its letters.
        if matches!(self.text.printed(party.span), "SAFE" | "SAFEs") {
            return true;
        }
        let first = self.token_at(party.span.start());
        let after = self.token_at(party.span.end());
        let back = |n: usize| first.checked_sub(n).map_or("", |at| self.word(at));
        // The name that follows within a few words and no comma.
        let next = next.filter(|next| next.value.is_name()).and_then(|next| {
            let place = self.token_at(next.span.start());
            let near = place <= after + 5
                && (after..place).all(|at| !matches!(self.word(at), "," | ";" | ":" | "and" | "("));
            near.then_some((place, next))
        });
        let opening = first == 0 || matches!(back(1), "." | "\n");
        if opening && party.value.entity.is_none() && after == first + 1 {
            let trade = next.is_some_and(|(place, _)| {
                place > after
                    && is_trade_noun(self.word(after))
                    && is_company_noun(self.word(place - 1))
                    && (after..place).all(|at| {
                        self.tokens.get(at).is_some_and(|token| !token.capital)
                            && self.word(at).bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
                    })
            });
            // `Design software firm Figma`: the capital is the sentence's.
            if trade {
                return true;
            }
        }
        let compared = matches!(back(1), "\"" | "“" | "'" | "‘" | "a" | "an" | "the")
            && self.word(after) == "for"
            && !matches!(back(2), "by" | "from" | "with" | "to" | "and");
        compared || self.was_of(back(1), back(2), after) || self.noun_follows(after, next)
    }

    /// `former A executive X`, `an ex-A engineer`.
    fn was_of(&self, before: &str, before_that: &str, after: usize) -> bool {
        let former = matches!(before, "former" | "onetime" | "one-time" | "ex")
            || (before == "-" && before_that == "ex");
        let role = (after..after + 4).any(|at| is_role(self.word(at)));
        former && role
    }

    /// `A rival`, `A-backed X`, `A owner X`.
    fn noun_follows(&self, after: usize, next: Option<(usize, &Found<Party>)>) -> bool {
        let word = self.word(after);
        if word == "-" {
            return next.is_some() && is_participle(self.word(after + 1))
                || matches!(self.word(after + 1), "style" | "like" | "era" | "trained" | "alum");
        }
        if is_rival(word) {
            return true;
        }
        next.is_some_and(|(place, next)| {
            place == after + 1 && is_relation(word) && next.value.kind != PartyKind::Person
        })
    }
}

/// What a company works in.
fn is_trade_noun(word: &str) -> bool {
    matches!(
        word,
        "software"
            | "hardware"
            | "technology"
            | "tech"
            | "data"
            | "cloud"
            | "services"
            | "security"
            | "analytics"
            | "management"
            | "automation"
            | "infrastructure"
            | "equipment"
            | "payments"
            | "tools"
            | "chip"
    )
}

/// What a company is called.
fn is_company_noun(word: &str) -> bool {
    matches!(
        word,
        "firm"
            | "company"
            | "startup"
            | "start-up"
            | "maker"
            | "giant"
            | "group"
            | "provider"
            | "developer"
            | "vendor"
            | "specialist"
            | "platform"
            | "business"
            | "outfit"
    )
}

fn is_role(word: &str) -> bool {
    matches!(
        word,
        "executive"
            | "executives"
            | "engineer"
            | "engineers"
            | "researcher"
            | "researchers"
            | "employee"
            | "employees"
            | "scientist"
            | "scientists"
            | "founder"
            | "founders"
            | "partner"
            | "partners"
            | "boss"
            | "chief"
            | "ceo"
            | "cto"
            | "cfo"
            | "coo"
            | "president"
            | "chairman"
            | "director"
            | "manager"
            | "managers"
            | "head"
            | "staffer"
            | "staffers"
            | "banker"
            | "lawyer"
            | "designer"
            | "designers"
            | "vp"
            | "vice"
            | "product"
            | "research"
            | "sales"
            | "senior"
            | "veteran"
            | "veterans"
            | "ai"
    )
}

/// Beside whom others are measured: they are not the ones who deal.
fn is_rival(word: &str) -> bool {
    matches!(
        word,
        "rival"
            | "rivals"
            | "competitor"
            | "competitors"
            | "challenger"
            | "challengers"
            | "alternative"
            | "spinout"
            | "spinoff"
            | "alum"
            | "alums"
            | "alumnus"
            | "alumni"
            | "veteran"
            | "veterans"
            | "wannabe"
            | "killer"
            | "clone"
            | "lookalike"
            | "offshoot"
            | "protege"
            | "counterpart"
            | "hopeful"
    )
}

fn is_participle(word: &str) -> bool {
    matches!(
        word,
        "backed"
            | "owned"
            | "founded"
            | "funded"
            | "incubated"
            | "controlled"
            | "supported"
            | "affiliated"
            | "linked"
            | "spun"
            | "born"
            | "based"
            | "built"
            | "run"
            | "invested"
    )
}

/// What the company named next is to this one: `Facebook owner Meta`.
fn is_relation(word: &str) -> bool {
    matches!(
        word,
        "owner"
            | "parent"
            | "maker"
            | "unit"
            | "subsidiary"
            | "backer"
            | "supplier"
            | "customer"
            | "creator"
            | "developer"
            | "operator"
            | "investor"
            | "partner"
            | "landlord"
            | "shareholder"
            | "publisher"
            | "affiliate"
            | "vendor"
            | "ally"
            | "target"
    )
}
