//! Names in English: runs of capitals, table hits, and `the startup`.

pub(super) mod dateline;
mod describes;
mod kind;
mod reference;
mod run;
pub(crate) mod words;

use super::Found;
use super::Names;
use super::Party;
use super::PartyKind;
use super::names::is_heading;
use crate::domain::EntityId;
use crate::extract::text::Place;
use crate::extract::text::Sentence;
use crate::extract::text::Text;
use crate::extract::text::Token;

/// The longest name, in tokens.
const LONGEST: usize = 8;

/// The parties of a sentence.
pub(super) fn find(text: &Text, sentence: &Sentence, names: &Names<'_>) -> Vec<Found<Party>> {
    let tokens = text.tokens_of(sentence);
    let titled = is_heading(text, sentence, tokens);
    let title = sentence.place == Place::Title;
    let reader = Reader { text, tokens, names, titled, title };
    let mut found = Vec::new();
    let mut at = dateline::length(text, sentence, tokens);
    while at < tokens.len() {
        match reader.name(at).or_else(|| reader.reference(at)) {
            Some((length, party)) => {
                found.extend(party.and_then(|(party, rule)| reader.found(at, length, party, rule)));
                at += length.max(1);
            }
            None => at += 1,
        }
    }
    describes::drop_describing(text, tokens, &mut found);
    found
}

/// Whether the words that a longer name adds are legal forms and the like.
pub(super) fn is_longer_name(long: &str, short: &str) -> bool {
    let Some(rest) = long.strip_prefix(short) else { return false };
    let mut added = rest.split([' ', ',', '.']).filter(|word| !word.is_empty()).peekable();
    rest.starts_with([' ', ','])
        && short.contains(' ')
        && added.peek().is_some()
        && added.all(|word| words::is_suffix(word) || matches!(word, "pty" | "s" | "a"))
}

/// How many tokens were read, and the party if they are one.
type Read = (usize, Option<(Party, &'static str)>);

struct Reader<'a> {
    text: &'a Text,
    tokens: &'a [Token],
    names: &'a Names<'a>,
    /// Capitals say nothing here.
    titled: bool,
    /// It is the headline.
    title: bool,
}

impl<'a> Reader<'a> {
    fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| self.text.of(token.span))
    }

    fn back(&self, at: usize, n: usize) -> &'a str {
        at.checked_sub(n).map_or("", |at| self.word(at))
    }

    fn found(
        &self,
        at: usize,
        length: usize,
        party: Party,
        rule: &'static str,
    ) -> Option<Found<Party>> {
        let (first, last) = (self.tokens.get(at)?, self.tokens.get(at + length - 1)?);
        let span = self.text.span(first.span.start(), last.span.end())?;
        let name = if party.is_name() || party.kind == PartyKind::Outlet {
            let printed = self.text.printed(span).trim_end_matches(['.', ',']);
            // `Acme, Inc.`: the name without the form.
            printed.split_once(", ").map_or(printed, |(name, _)| name).to_owned()
        } else {
            party.name
        };
        Some(Found { value: Party { name, ..party }, span, rule })
    }

    /// A name that starts at this token.
    fn name(&self, at: usize) -> Option<Read> {
        let hit = self.hit(at);
        if let Some(length) = self.government(at).filter(|_| hit.is_none()) {
            let party = Party { kind: PartyKind::Government, ..Party::named("") };
            return Some((length, Some((party, "party.en.government"))));
        }
        let mut run = self.run(at).max(hit.map_or(0, |(length, _)| length));
        if run == 0 {
            return None;
        }
        // `Legal & General Capital`, where the first word opens the sentence
        let more = self.tokens.get(at + run).is_some_and(|token| token.capital);
        if hit.is_some() && more && !self.titled && words::is_fund(self.word(at + run)) {
            run += 1;
        }
        // `Nvidia-backed`, `Paris-based`: says something of the name that follows.
        if self.word(at + run) == "-" && words::is_adjective(self.word(at + run + 1)) {
            return Some((run + 2, None));
        }
        let run = self.without_tail(at, run);
        if let Some((length, entity)) = hit
            && let Some(party) = self.known(at, length, run, entity)
        {
            return Some(party);
        }
        Some(self.unknown(at, run))
    }

    /// A table hit at this token, as a number of tokens.
    fn hit(&self, at: usize) -> Option<(usize, &'a crate::entity::Entity)> {
        let start = self.tokens.get(at)?.span.start();
        let hit = self.names.within(start, start + 1).first()?;
        let length = self
            .tokens
            .get(at..)?
            .iter()
            .take(LONGEST + 2)
            .position(|token| token.span.end() >= hit.end)?
            + 1;
        Some((length, hit.entity))
    }

    /// A name that begins with a table hit.
    fn known(
        &self,
        at: usize,
        length: usize,
        run: usize,
        entity: &crate::entity::Entity,
    ) -> Option<Read> {
        let longer = (run > length).then(|| self.spelt(at, run)).flatten();
        if let Some(whole) = longer.as_deref().and_then(|name| self.names.table().lookup(name)) {
            return Some((run, Some((of_entity(whole), "party.en.table"))));
        }
        let tail: Vec<&str> = (at + length..at + run).map(|at| self.word(at)).collect();
        if tail.iter().any(|word| words::is_fund(word) && !words::is_suffix(word)) {
            return None;
        }
        // `Sequoia China` is a part of Sequoia; `Rubric Freight` has nothing to do with Rubric.
        let part = |word: &&str| words::is_suffix(word) || words::is_place(word);
        if tail.iter().any(|word| !part(word) && self.is_own_name(word)) {
            return None;
        }
        let end = if tail.iter().all(part) { run } else { length };
        Some((end, Some((of_entity(entity), "party.en.table"))))
    }

    /// Whether a capital after a name that is known makes another name of the two.
    fn is_own_name(&self, word: &str) -> bool {
        let (capital, small) = self.names.cases(word);
        !words::is_title(word)
            && !words::is_given(word)
            && (capital > 0 || (!self.titled && !words::is_common(word)))
            && small == 0
    }

    fn spelt(&self, at: usize, length: usize) -> Option<String> {
        let (first, last) = (self.tokens.get(at)?, self.tokens.get(at + length - 1)?);
        Some(self.text.printed(self.text.span(first.span.start(), last.span.end())?).to_owned())
    }

    /// A name that the table does not hold.
    fn unknown(&self, at: usize, run: usize) -> Read {
        if run == 0 {
            return (1, None);
        }
        let first = self.word(at);
        let all = || (at..at + run).map(|at| self.word(at));
        let single = run == 1;
        let new = |word: &str| word == "new" && !single;
        if all().all(|word| words::is_hard(word) || words::is_place(word) || new(word)) {
            return (run, None);
        }
        let information = single && first == "information" && self.back(at, 1) == "the";
        if (single && words::is_outlet(first)) || information || self.is_outlet(at, run) {
            return (
                run,
                Some((Party { kind: PartyKind::Outlet, ..Party::named("") }, "party.en.outlet")),
            );
        }
        if self.is_person(at, run) {
            return (
                run,
                Some((Party { kind: PartyKind::Person, ..Party::named("") }, "party.en.person")),
            );
        }
        if self.is_thing(at, run) {
            return (run, None);
        }
        let fund = !single
            && words::is_fund(self.word(at + run - 1))
            && !matches!(self.word(at + run - 1), "bank");
        let kind = if fund { PartyKind::Investor } else { PartyKind::Company };
        let entity = self.spelt(at, run).and_then(|name| self.names.table().lookup(&name));
        match entity {
            Some(entity) => (run, Some((of_entity(entity), "party.en.lookup"))),
            None => (run, Some((Party { kind, ..Party::named("") }, "party.en.capitals"))),
        }
    }
}

fn of_entity(entity: &crate::entity::Entity) -> Party {
    Party {
        name: String::new(),
        entity: Some(EntityId::from(entity.id.as_str())),
        kind: entity.kind.into(),
        ai: entity.ai,
    }
}

#[cfg(test)]
mod tests;
