//! What an article as a whole knows about its names: hits of the table, and how words are cased.

use std::cell::RefCell;

use super::Found;
use super::Party;
use super::en::words;
use crate::domain::Lang;
use crate::domain::Span;
use crate::entity::EntityTable;
use crate::entity::Hit;
use crate::extract::lexicon::hash::SetOf;
use crate::extract::lexicon::hash::WordsOf;
use crate::extract::text::Kind;
use crate::extract::text::Place;
use crate::extract::text::Sentence;
use crate::extract::text::Text;
use crate::extract::text::Token;

/// Hits of the entity table and the article's own habits of spelling.
#[derive(Debug)]
pub struct Names<'t> {
    table: &'t EntityTable,
    hits: Vec<Hit<'t>>,
    /// Folded word → how often it stands with a capital where that means something, and how often
    /// without.
    cases: WordsOf<'t, (u32, u32)>,
    surnames: SetOf<'t>,
    /// Words that the text below the headline prints with a capital, wherever.
    printed: SetOf<'t>,
    /// The text is long enough to print every name of its headline again.
    long: bool,
    /// Names in small letters: what opens a headline or a sentence without a capital.
    small: SetOf<'t>,
    /// Chinese names that the article itself shows to be names, wherever they stand.
    coined: Vec<(Span, super::zh::Seen)>,
    /// What was read of Chinese sentences before any name was coined, by the sentence's number: it
    /// still holds where no coined name stands.
    uncoined: RefCell<Vec<Option<Vec<Found<Party>>>>>,
}

impl<'t> Names<'t> {
    /// Searches the whole article once.
    pub fn new(text: &'t Text, table: &'t EntityTable) -> Names<'t> {
        let mut names = Names {
            table,
            hits: table.find(text.view()),
            cases: WordsOf::default(),
            surnames: SetOf::default(),
            printed: SetOf::default(),
            long: false,
            small: SetOf::default(),
            coined: Vec::new(),
            uncoined: RefCell::default(),
        };
        let english = || text.sentences().iter().filter(|sentence| sentence.lang == Lang::En);
        // Half the words of a text are new.
        names.cases.reserve(english().map(|sentence| sentence.tokens.len()).sum::<usize>() / 2);
        for sentence in english() {
            names.count(text, sentence);
        }
        names.long = is_long(text);
        names.find_small(text);
        let (coined, uncoined) = super::zh::coin(text, &names);
        names.coined = coined;
        names.uncoined = RefCell::new(uncoined);
        names
    }

    /// The parties of a Chinese sentence in which no coined name stands; handed out once.
    pub(super) fn uncoined(&self, sentence: &Sentence) -> Option<Vec<Found<Party>>> {
        if !self.coined_within(sentence.span.start(), sentence.span.end()).is_empty() {
            return None;
        }
        self.uncoined.borrow_mut().get_mut(sentence.index)?.take()
    }

    /// What was read of Chinese sentences before any name was coined, as far as it was not handed
    /// out: why a name is one.
    pub(in crate::extract) fn first_read(&self) -> Vec<Found<Party>> {
        self.uncoined.borrow().iter().flatten().flatten().cloned().collect()
    }

    /// Coined names that start within these bytes of the folded text.
    pub(super) fn coined_within(&self, start: usize, end: usize) -> &[(Span, super::zh::Seen)] {
        let first = self.coined.partition_point(|(span, _)| span.start() < start);
        let last = self.coined.partition_point(|(span, _)| span.start() < end);
        self.coined.get(first..last).unwrap_or_default()
    }

    /// The table, for names found by other means.
    pub fn table(&self) -> &'t EntityTable {
        self.table
    }

    /// Hits that start within these bytes of the folded text.
    pub fn within(&self, start: usize, end: usize) -> &[Hit<'t>] {
        let first = self.hits.partition_point(|hit| hit.start < start);
        let last = self.hits.partition_point(|hit| hit.start < end);
        self.hits.get(first..last).unwrap_or_default()
    }

    /// How often a folded word stands with a capital inside a sentence, and how often without.
    pub(super) fn cases(&self, word: &str) -> (u32, u32) {
        self.cases.get(word).copied().unwrap_or_default()
    }

    /// Whether the text below the headline prints the word as a name, or is too short to tell.
    pub(super) fn recurs(&self, word: &str) -> bool {
        !self.long || self.printed.contains(word)
    }

    /// Whether the word is a name in small letters.
    pub(super) fn is_small(&self, word: &str) -> bool {
        self.small.contains(word)
    }

    /// `thinkwell raises €12m`: editors give the first word of a headline and of a sentence a
    /// capital, unless it is a name that has none.
    fn find_small(&mut self, text: &'t Text) {
        let sentences = text.sentences().iter().filter(|sentence| sentence.lang == Lang::En);
        for sentence in sentences.filter(|sentence| !sentence.bullet) {
            let tokens = text.tokens_of(sentence);
            let opens = super::en::dateline::length(text, sentence, tokens);
            let Some(first) = tokens.get(opens) else { continue };
            let word = text.of(first.span);
            let before = text.str().get(..first.span.start()).unwrap_or_default().trim_end();
            let fresh =
                opens > 0 || before.is_empty() || before.ends_with(['.', '!', '?', '”', '"']);
            let plain = first.kind == Kind::Word
                && !first.capital
                && !first.inner_capital
                && word.len() >= SHORTEST_SMALL
                && !word.contains('\'')
                && !words::is_common(word)
                && !words::is_hard(word)
                && !words::is_function(word)
                && !words::is_head(word);
            let again = || self.cases(word).1 > 1 || sentence.place == Place::Title;
            if plain && fresh && self.cases(word).0 == 0 && again() {
                self.small.insert(word);
            }
        }
    }

    /// Whether the word is the last of a person's name elsewhere in the article.
    pub(super) fn is_surname(&self, word: &str) -> bool {
        self.surnames.contains(word)
    }

    fn count(&mut self, text: &'t Text, sentence: &Sentence) {
        let tokens = text.tokens_of(sentence);
        let telling = !is_heading(text, sentence, tokens);
        let mut opens = true;
        let body = sentence.place == Place::Body;
        for (at, token) in tokens.iter().enumerate() {
            if body && token.capital {
                self.printed.insert(text.of(token.span));
            }
            if token.kind != Kind::Word {
                opens |= matches!(text.of(token.span), ":" | "\"" | "“" | "•" | "-" | "–" | "—");
                continue;
            }
            if telling && !opens && (token.capital || token.inner_capital) {
                self.entry(text, token).0 += 1;
            } else if !token.capital && !token.inner_capital {
                self.entry(text, token).1 += 1;
            }
            opens = false;
            let next = tokens.get(at + 1).filter(|next| next.capital && next.kind == Kind::Word);
            if let (true, Some(next)) =
                (token.capital && words::is_given(text.of(token.span)), next)
                && !words::is_hard(text.of(next.span))
                && telling
            {
                self.surnames.insert(text.of(next.span));
            }
        }
    }

    fn entry(&mut self, text: &'t Text, token: &Token) -> &mut (u32, u32) {
        self.cases.entry(text.of(token.span)).or_default()
    }
}

/// A name in small letters has at least so many.
const SHORTEST_SMALL: usize = 3;

/// A text of so many bytes prints the names of its headline again.
const LONG: usize = 500;

/// Whether the text below the headline is long enough to print the names of the headline again.
fn is_long(text: &Text) -> bool {
    let body = text.sentences().iter().filter(|sentence| sentence.place == Place::Body);
    body.map(|sentence| sentence.span.end() - sentence.span.start()).sum::<usize>() >= LONG
}

/// A title or a line without a full stop in which capitals say nothing.
pub(super) fn is_heading(text: &Text, sentence: &Sentence, tokens: &[Token]) -> bool {
    let stops =
        tokens.last().is_some_and(|last| matches!(text.of(last.span), "." | "!" | "?" | ";"));
    (sentence.place == Place::Title || !stops) && is_title_case(text, tokens)
}

/// A verb of headlines: where each word has a capital, it has one as well.
fn is_plain_verb(word: &str) -> bool {
    matches!(
        word,
        "buys"
            | "acquires"
            | "raises"
            | "eyes"
            | "takes"
            | "sells"
            | "merges"
            | "backs"
            | "leads"
            | "lands"
            | "secures"
            | "closes"
            | "bags"
            | "nabs"
            | "snaps"
            | "picks"
            | "joins"
            | "hires"
            | "invests"
            | "weighs"
            | "seeks"
            | "drops"
            | "rejects"
            | "bought"
            | "talks"
            | "nears"
            | "agrees"
            | "files"
            | "ends"
            | "wins"
            | "pays"
            | "gets"
            | "bids"
            | "explores"
            | "clears"
            | "ups"
            | "hikes"
            | "sweetens"
            | "stake"
            | "deal"
            | "round"
            | "funding"
            | "startup"
            | "valuation"
            | "acquire"
            | "acquired"
    )
}

/// Most longer words have a capital, so a capital says nothing.
fn is_title_case(text: &Text, tokens: &[Token]) -> bool {
    let long =
        tokens.iter().filter(|token| token.kind == Kind::Word && text.of(token.span).len() >= 4);
    let (mut all, mut capital) = (0_usize, 0_usize);
    for token in long {
        all += 1;
        capital += usize::from(token.capital);
    }
    let plain = |token: &Token| {
        !token.capital && !token.inner_capital && is_plain_verb(text.of(token.span))
    };
    all >= 3 && !tokens.iter().any(plain) && capital * 10 >= all * 7
}
