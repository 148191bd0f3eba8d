//! Names in English: runs of capitals, table hits, and `the startup`.

pub(super) mod dateline;
pub(crate) mod words;

use super::Found;
use super::Names;
use super::Party;
use super::PartyKind;
use super::Reference;
use super::names::is_heading;
use crate::domain::EntityId;
use crate::extract::text::Kind;
use crate::extract::text::Sentence;
use crate::extract::text::Text;
use crate::extract::text::Token;

/// The longest name, in tokens.
const LONGEST: usize = 8;

/// The parties of a sentence.
pub(super) fn find(text: &Text, sentence: &Sentence, names: &Names<'_>) -> Vec<Found<Party>> {
    let tokens = text.tokens_of(sentence);
    let titled = is_heading(text, sentence, tokens);
    let reader = Reader { text, tokens, names, titled };
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
    found
}

/// How many tokens were read, and the party if they are one.
type Read = (usize, Option<(Party, &'static str)>);

struct Reader<'a> {
    text: &'a Text,
    tokens: &'a [Token],
    names: &'a Names<'a>,
    /// Capitals say nothing here.
    titled: bool,
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
            self.text.printed(span).trim_end_matches(['.', ',']).to_owned()
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
        let run = self.run(at).max(hit.map_or(0, |(length, _)| length));
        if run == 0 {
            return None;
        }
        // `Nvidia-backed`, `Paris-based`: says something of the name that follows.
        if self.word(at + run) == "-" && is_adjective(self.word(at + run + 1)) {
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

    /// How many tokens a run of capitals takes here.
    fn run(&self, at: usize) -> usize {
        if !self.opens_name(at) {
            return 0;
        }
        let mut end = at + 1;
        while end - at < LONGEST {
            let joint = self.joint(end);
            if joint == 0 {
                break;
            }
            end += joint;
        }
        // `Acme Inc.`: the full stop belongs to the legal form.
        let form = matches!(self.back(end, 1), "inc" | "corp" | "ltd" | "co" | "bros");
        if end > at + 1 && form && self.word(end) == "." && end + 1 < self.tokens.len() {
            end += 1;
        }
        end - at
    }

    /// How many tokens a run takes in at `end`: the next word of the name, alone or with what
    /// joins it; none if the name ends here.
    fn joint(&self, end: usize) -> usize {
        if self.continues_name(end) {
            return 1;
        }
        let glued = |at: usize| self.tokens.get(at).is_some_and(|token| token.glued);
        let joins = match self.word(end) {
            "&" => true,
            "." => glued(end) && self.back(end, 1).len() <= 2,
            "-" => glued(end) && glued(end + 1),
            joint @ ("of" | "and") => self.joins(joint, end),
            _ => false,
        };
        if joins && self.continues_name(end + 1) { 2 } else { 0 }
    }

    /// `Fidelity Management and Research Company`, `Bank of America`.
    fn joins(&self, joint: &str, at: usize) -> bool {
        match joint {
            "of" => matches!(
                self.back(at, 1),
                "bank"
                    | "university"
                    | "ministry"
                    | "department"
                    | "kingdom"
                    | "institute"
                    | "republic"
                    | "government"
                    | "house"
            ),
            _ => {
                self.back(at, 1) == "securities"
                    || matches!(self.word(at + 1), "research" | "company" | "sons" | "co")
                    || (matches!(self.word(at + 2), "company" | "co")
                        && self.back(at, 1) == "management")
            }
        }
    }

    /// Whether a name can start here.
    fn opens_name(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let word = self.word(at);
        if token.kind == Kind::Number {
            // `8VC`, `01.AI`; not `40M`.
            let next = self.tokens.get(at + 1);
            return next.is_some_and(|next| {
                next.kind == Kind::Word
                    && next.glued
                    && next.capital
                    && self.word(at + 1).len() > 1
                    && !matches!(
                        self.word(at + 1),
                        "mn" | "bn"
                            | "mln"
                            | "bln"
                            | "th"
                            | "st"
                            | "nd"
                            | "rd"
                            | "gb"
                            | "tb"
                            | "gw"
                            | "mw"
                            | "km"
                    )
            });
        }
        if token.kind != Kind::Word
            || (token.glued && self.back(at, 1).chars().all(|c| c.is_ascii_digit()))
                && at > 0
                && self.tokens.get(at - 1).is_some_and(|t| t.kind == Kind::Number)
        {
            return false;
        }
        if word.len() == 1 && matches!(self.back(at, 1), "series" | "-" | "round") {
            return false;
        }
        if words::is_hard(word) {
            return word == "ai" && self.ai_opens(at);
        }
        if word
            .split_once('\'')
            .is_some_and(|(front, _)| words::is_common(front) || words::is_hard(front))
        {
            return false;
        }
        if token.inner_capital && !token.capital {
            return true;
        }
        if !token.capital {
            return is_host(word);
        }
        if self.is_reliable(at) {
            return !(words::is_common(word)
                && self.names.cases(word).1 > 0
                && self.names.cases(word).0 <= 1
                && !self.capital_follows(at));
        }
        // `Startup Acme raises`
        let head =
            matches!(word, "startup" | "company" | "firm" | "developer" | "maker" | "unicorn");
        if (head || word.ends_with("maker")) && self.capital_follows(at) {
            return false;
        }
        let (capital, small) = self.names.cases(word);
        if capital > 0 && (small == 0 || capital > small) {
            return true;
        }
        (!words::is_common(word) && small == 0)
            || (words::is_common(word)
                && !self.titled
                && self.capital_follows(at)
                && small == 0
                && !is_function(word))
    }

    /// `AI21`, `AI Squared` inside a sentence: the capital after it means something.
    fn ai_opens(&self, at: usize) -> bool {
        let next = at + 1;
        !self.titled
            && at > 0
            && self.tokens.get(next).is_some_and(|token| token.capital && token.kind == Kind::Word)
            && !words::is_common(self.word(next))
            && !words::is_hard(self.word(next))
            && self.names.cases(self.word(next)).0 > 0
            && matches!(
                self.back(at, 1),
                "startup" | "company" | "called" | "named" | "at" | "of" | "," | "and"
            )
    }

    /// A capital that is no plain word follows, or the noun of a fund: `Insight Partners`.
    fn capital_follows(&self, at: usize) -> bool {
        let next = self.word(at + 1);
        self.tokens.get(at + 1).is_some_and(|token| token.capital && token.kind == Kind::Word)
            && !words::is_hard(next)
            && (!words::is_common(next) || words::is_fund(next))
    }

    /// Whether the run goes on with this token.
    fn continues_name(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let word = self.word(at);
        if token.kind == Kind::Number && token.glued && self.back(at, 1) == "-" {
            // `Unit-9`
            return self.word(at).len() <= 2 && !self.is_magnitude(at + 1);
        }
        if matches!(token.kind, Kind::Number) {
            // `Point 72`, `Group 11`: short numbers only, and no year, sum or list follows.
            return !self.titled
                && word.len() <= 3
                && !word.contains(['.', ','])
                && !self.is_magnitude(at + 1)
                && self.back(at, 1) != "$"
                && at > 0
                && self.tokens.get(at - 1).is_some_and(|before| before.capital)
                && !token.glued
                && !matches!(self.word(at + 1), "%" | "percent");
        }
        if token.kind != Kind::Word {
            return false;
        }
        if word == "ai" {
            // `Mistral AI`; but `Google AI startup` is no name of three words.
            return token.capital
                && !(self.titled && words::is_head(self.word(at + 1)))
                && !words::is_head(self.word(at + 1));
        }
        if words::is_hard(word) && !matches!(word, "vc")
            || words::is_title(word) && !self.titled && word.len() <= 4
        {
            return false;
        }
        if token.inner_capital && !token.capital {
            return false;
        }
        if !token.capital {
            return false;
        }
        if self.titled {
            let (capital, small) = self.names.cases(word);
            if words::is_suffix(word) || words::is_fund(word) {
                return capital > 0
                    || matches!(
                        word,
                        "inc"
                            | "corp"
                            | "labs"
                            | "robotics"
                            | "ventures"
                            | "capital"
                            | "group"
                            | "technologies"
                            | "partners"
                    );
            }
            return (capital > 0 && capital >= small) || (!words::is_common(word) && small == 0);
        }
        true
    }

    fn is_magnitude(&self, at: usize) -> bool {
        matches!(
            self.word(at),
            "million"
                | "billion"
                | "m"
                | "bn"
                | "b"
                | "mn"
                | "mln"
                | "trillion"
                | "%"
                | "percent"
                | "employees"
                | "years"
                | "people"
        )
    }

    /// Whether a capital here means a name.
    fn is_reliable(&self, at: usize) -> bool {
        if self.titled {
            return false;
        }
        let before =
            (0..at).rev().find(|at| !matches!(self.word(*at), "\"" | "“" | "'" | "(" | "‘"));
        match before {
            None => false,
            Some(before) => !matches!(
                self.word(before),
                ":" | "." | "•" | "·" | "|" | "–" | "—" | "-" | "*" | "!" | "?" | "”"
            ),
        }
    }

    /// A run without a legal form's full stop is whole; a run that ends in a common word of a
    /// title, or a place before a noun, is cut.
    fn without_tail(&self, at: usize, run: usize) -> usize {
        let mut end = run;
        while end > 1
            && self.titled
            && words::is_common(self.word(at + end - 1))
            && self.names.cases(self.word(at + end - 1)).0 == 0
            && !words::is_suffix(self.word(at + end - 1))
            && !words::is_fund(self.word(at + end - 1))
        {
            end -= 1;
        }
        end
    }

    /// A capital run that is a newspaper: `Wall Street Journal`, `Financial Times`.
    fn is_outlet(&self, at: usize, run: usize) -> bool {
        matches!(
            self.word(at + run - 1),
            "journal"
                | "times"
                | "post"
                | "news"
                | "magazine"
                | "tribune"
                | "review"
                | "herald"
                | "daily"
                | "telegraph"
                | "observer"
                | "chronicle"
                | "gazette"
        ) || words::is_outlet(self.word(at))
    }

    fn is_person(&self, at: usize, run: usize) -> bool {
        let first = self.word(at);
        if run == 1 {
            return self.names.is_surname(first) && self.names.table().lookup(first).is_none()
                || (words::is_title(self.back(at, 1))
                    && matches!(self.word(at + 1), "said" | "says" | "told"))
                || (matches!(self.back(at, 1), "mr" | "ms" | "mrs" | "dr")
                    || (self.back(at, 1) == "."
                        && matches!(self.back(at, 2), "mr" | "ms" | "mrs" | "dr")));
        }
        let fund =
            words::is_fund(self.word(at + run - 1)) || words::is_suffix(self.word(at + run - 1));
        if fund || run > 4 {
            return false;
        }
        words::is_given(first) || (words::is_title(self.back(at, 1)) && run <= 3)
    }

    /// A product, exchange or department rather than a party.
    fn is_thing(&self, at: usize, run: usize) -> bool {
        let last = self.word(at + run - 1);
        matches!(
            last,
            "exchange"
                | "department"
                | "commission"
                | "court"
                | "office"
                | "act"
                | "university"
                | "conference"
                | "summit"
                | "street"
                | "valley"
                | "city"
                | "states"
                | "kingdom"
                | "association"
                | "agency"
                | "congress"
                | "award"
                | "awards"
                | "prize"
                | "list"
                | "gpus"
                | "chips"
                | "pro"
                | "bay"
                | "area"
                | "institute"
                | "college"
                | "school"
                | "index"
                | "policy"
        ) || (run == 1
            && matches!(
                self.word(at),
                "union" | "congress" | "street" | "valley" | "state" | "internet" | "web" | "board"
            ))
    }

    /// Whether a quotation is open here, or closes later in the sentence.
    fn is_quoted(&self, at: usize) -> bool {
        let is_quote = |at: usize| matches!(self.word(at), "\"" | "“" | "”");
        (0..at).any(is_quote) || (at..self.tokens.len()).any(is_quote)
    }

    /// `Canadian government`, `the French state`: how many tokens from the place on.
    fn government(&self, at: usize) -> Option<usize> {
        let capital = self.tokens.get(at).is_some_and(|token| token.capital);
        (capital
            && words::is_place(self.word(at))
            && matches!(self.word(at + 1), "government" | "state" | "treasury")
            && !words::is_head(self.word(at + 2)))
        .then_some(2)
    }

    /// `the startup`, `it`, `an AI company`, `the chip giant`.
    fn reference(&self, at: usize) -> Option<Read> {
        let rule = "party.en.reference";
        let refers =
            |length, refers| Some((length, Some((Party::reference(self.word(at), refers), rule))));
        match self.word(at) {
            "it" | "its" | "their" => refers(1, Reference::It),
            // A company that tells its own news; not a person who is quoted.
            "we" | "we've" | "we're" if !self.is_quoted(at) => refers(1, Reference::Company),
            "the" | "this" | "that" | "these" => {
                let (length, other) = self.noun_phrase(at + 1)?;
                let reference = if other { Reference::Other } else { Reference::Company };
                refers(length + 1, reference)
            }
            "a" | "an" | "another" => {
                let (length, other) = self.noun_phrase(at + 1)?;
                if other {
                    return None;
                }
                refers(length + 1, Reference::Unnamed)
            }
            _ => None,
        }
    }

    /// Adjectives and nouns up to a head like `startup`; not if a name follows right after.
    ///
    /// Returns how many tokens, and whether the head means the other side.
    fn noun_phrase(&self, first: usize) -> Option<(usize, bool)> {
        let mut at = first;
        while at < first + 8 {
            let token = self.tokens.get(at)?;
            let word = self.word(at);
            let start_up = word == "start" && self.word(at + 1) == "-" && self.word(at + 2) == "up";
            let (head, length) = (words::is_head(word) || start_up, if start_up { 3 } else { 1 });
            let other = words::is_other_head(word);
            if head || other {
                let next = at + length;
                // `the company behind X`, `the startup's`, `the startup X`
                if words::is_head(self.word(next)) || words::is_other_head(self.word(next)) {
                    at = next;
                    continue;
                }
                if matches!(self.word(next), "round" | "-" | "building" | "valuation")
                    || self.run(next) > 0 && self.word(next) != ","
                {
                    return None;
                }
                return Some((next - first, other));
            }
            let inner =
                matches!(token.kind, Kind::Word | Kind::Number) || matches!(word, "-" | "'s" | "'");
            if !inner
                || (is_function(word) && self.word(at + 1) != "-")
                || self.is_strange(at, first)
            {
                return None;
            }
            at += 1;
        }
        None
    }

    /// A capital that is no part of a phrase like `the Paris-based startup`.
    fn is_strange(&self, at: usize, first: usize) -> bool {
        let word = self.word(at);
        let of_place = words::is_place(word)
            || (word == "new" && words::is_place(self.word(at + 1)))
            || self.before_head(at, first);
        let joined = self.word(at + 1) == "-" || self.hyphenated(at);
        let capital = self.tokens.get(at).is_some_and(|token| token.capital);
        capital && !of_place && !words::is_hard(word) && !joined
    }

    /// `the Cork company`: a capital between the article and a noun for any company is a place, or
    /// the company itself.
    fn before_head(&self, at: usize, first: usize) -> bool {
        at == first
            && matches!(
                self.word(at + 1),
                "company"
                    | "startup"
                    | "start"
                    | "firm"
                    | "group"
                    | "outfit"
                    | "developer"
                    | "maker"
            )
            && self.hit(at).is_none()
            && !words::is_suffix(self.word(at))
    }

    fn hyphenated(&self, at: usize) -> bool {
        self.word(at + 1) == "-" || self.word(at + 1) == "'s" || self.back(at, 1) == "-"
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

/// What follows a hyphen after a name to make an adjective of it.
fn is_adjective(word: &str) -> bool {
    matches!(
        word,
        "backed"
            | "based"
            | "owned"
            | "listed"
            | "founded"
            | "headquartered"
            | "style"
            | "powered"
            | "focused"
            | "native"
            | "driven"
            | "supported"
            | "funded"
            | "born"
            | "controlled"
            | "like"
            | "made"
            | "affiliated"
            | "incubated"
            | "trained"
            | "run"
            | "linked"
    )
}

/// Words that end a noun phrase.
#[allow(clippy::too_many_lines, reason = "a list of words")]
fn is_function(word: &str) -> bool {
    matches!(
        word,
        "of" | "in"
            | "on"
            | "at"
            | "to"
            | "for"
            | "from"
            | "by"
            | "with"
            | "and"
            | "or"
            | "but"
            | "that"
            | "which"
            | "who"
            | "is"
            | "are"
            | "was"
            | "were"
            | "has"
            | "have"
            | "had"
            | "as"
            | "than"
            | "the"
            | "a"
            | "an"
            | "its"
            | "their"
            | "be"
            | "will"
            | "would"
            | "could"
            | "said"
            | "says"
            | "into"
            | "over"
            | "after"
            | "before"
            | "when"
            | "while"
            | "if"
            | "it"
            | "this"
            | "these"
            | "they"
            | "he"
            | "she"
            | "we"
            | "i"
            | "you"
            | "also"
            | "not"
            | "behind"
            | "although"
            | "though"
            | "since"
            | "because"
            | "according"
            | "however"
            | "meanwhile"
            | "under"
            | "among"
            | "some"
            | "most"
            | "many"
            | "both"
            | "all"
            | "another"
            | "other"
            | "one"
            | "two"
            | "three"
            | "what"
            | "why"
            | "how"
            | "where"
            | "there"
            | "here"
            | "then"
            | "now"
            | "founded"
            | "led"
            | "unlike"
            | "like"
            | "backed"
            | "last"
            | "next"
            | "new"
            | "no"
            | "despite"
            | "today"
            | "yesterday"
            | "earlier"
            | "later"
            | "only"
            | "just"
            | "even"
            | "his"
            | "her"
            | "our"
            | "your"
            | "my"
            | "amid"
            | "during"
            | "until"
            | "about"
            | "so"
            | "yet"
            | "still"
            | "including"
            | "using"
            | "based"
            | "former"
            | "investors"
            | "analysts"
            | "sources"
            | "shares"
            | "every"
            | "each"
            | "any"
            | "once"
            | "per"
            | "via"
            | "versus"
            | "do"
            | "does"
            | "did"
            | "can"
            | "may"
            | "might"
            | "should"
            | "must"
    )
}

/// `character.ai` in small letters is a name all the same.
fn is_host(word: &str) -> bool {
    word.rsplit_once('.').is_some_and(|(_, end)| matches!(end, "ai" | "io" | "com"))
}

#[cfg(test)]
mod tests;
