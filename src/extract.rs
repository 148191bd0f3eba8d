//! Finds deals in an article's text.
//!
//! A text is cut into sentences ([`text`]). Each dimension reads each sentence on its own, in the
//! sentence's language: [`money`], [`percent`], [`round`], [`date`], [`party`], [`status`].
//! Event frames ([`frame`]) tie what was found to a verb or noun and yield candidates; then
//! [`assembly`] makes mentions of the candidates of the whole article.
//!
//! # Invariants
//!
//! - Extraction cannot fail. Text that no rule understands yields no mentions.
//! - Same text, same table, same mentions: no clock, no randomness, no network, no store.
//! - Every value has evidence: a span whose text is exactly what stands there, or a rule's name.
//! - Time grows linearly with the text: scanners over tokens, no backtracking. A rule looks at its
//!   sentence and at a bounded number of words or sentences beside it, never from each sentence at
//!   the whole article; what every sentence needs of the whole ([`party::Names`], keys of names)
//!   is made once. What compares things with each other has a limit on their number.
//! - Lists of words that many places are asked about are a [`lexicon::list::List`] or a
//!   [`lexicon::dictionary::Dictionary`] and not searched one by one.
//! - A sentence that can open no deal ([`frame::openings`]) is read only where another one does.
//!   An English frame that opens one begins with a sum, a share, a round or a word that
//!   `frame::en::opening` lists; a Chinese one with a round or a word of a class in
//!   `frame::zh::TELLING`. Debug builds read every sentence and fail where a list lacks the word,
//!   so a rule that begins with another word names it there.
//! - What is read of a Chinese sentence depends on that sentence, the table and the coined names
//!   that stand in it, because the first reading is kept where none does.
//!
//! # Not here
//!
//! Whether two mentions are the same deal is decided in [`crate::resolve`].

pub mod ai;
pub mod assembly;
pub mod batch;
pub mod candidate;
pub mod confidence;
pub mod date;
pub mod explain;
pub mod facts;
pub mod frame;
pub mod lexicon;
pub mod money;
pub mod nodeal;
pub mod party;
pub mod percent;
pub mod round;
pub mod segment;
pub mod stated;
pub mod status;
pub mod text;
pub mod trace;

use jiff::Timestamp;

use crate::domain::Lang;
use crate::domain::Mention;
use crate::domain::Span;
use crate::entity::EntityTable;

use assembly::Assembled;
use text::Sentence;
use text::Text;

pub use explain::explain;
pub use text::sentence_at;
pub use trace::Trace;

/// Stored with each mention; changes whenever a rule does, so that stored articles can be
/// replayed and compared.
pub const VERSION: &str = "0.4.0";

/// What extraction reads.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The headline; may be empty.
    pub title: &'a str,
    /// The text; may be empty.
    pub text: &'a str,
    /// The language, if the source says it.
    pub lang: Option<Lang>,
    /// When it was published, for dates like "last month".
    pub published: Option<Timestamp>,
}

/// What extraction found.
#[derive(Debug, Clone)]
pub struct Extraction {
    /// The language of the article.
    pub lang: Lang,
    /// There is at least one deal of an AI company that is the article's news.
    pub relevant: bool,
    /// Every deal, background ones and others than AI included, in order of appearance.
    pub mentions: Vec<Mention>,
    /// Which rule read which words, and what became of it.
    pub trace: Trace,
}

/// A value that a rule read from words.
#[derive(Debug, Clone, PartialEq)]
pub struct Found<T> {
    /// The value.
    pub value: T,
    /// The words, in the folded text.
    pub span: Span,
    /// The rule: `dimension.language.what`.
    pub rule: &'static str,
}

impl<T> Found<T> {
    /// The same words read as another value.
    pub fn map<U>(self, read: impl FnOnce(T) -> U) -> Found<U> {
        Found { value: read(self.value), span: self.span, rule: self.rule }
    }
}

/// Finds the deals that a text states.
pub fn extract(input: &Input<'_>, table: &EntityTable) -> Extraction {
    let text = Text::new(input.title, input.text, input.lang);
    let assembled = read(&text, input.published, table);
    let relevant = assembled.mentions.iter().any(|mention| mention.main && mention.ai);
    Extraction { lang: text.lang(), relevant, mentions: assembled.mentions, trace: assembled.trace }
}

/// Reads an article as far as it may state a deal.
///
/// First the sentences that can open one; the rest only where one of them does.
fn read(text: &Text, published: Option<Timestamp>, table: &EntityTable) -> Assembled {
    // Where debugging is on, the silence of what is left out is checked and not believed.
    const CHECKED: bool = cfg!(debug_assertions);
    let mut facts = facts::values(text);
    let opening = frame::openings(text, &facts);
    if !opening.contains(&true) && !CHECKED {
        return Assembled::default();
    }
    let opens = |sentence: &Sentence| opening.get(sentence.index) == Some(&true);
    let names = party::Names::new(text, table);
    let published = date::of_article(text, published);
    facts::complete(&mut facts, text, published, &names, opens);
    let of_funding = frame::is_of_funding(text, &facts);
    let mut candidates = frame::read(text, &facts, of_funding, opens);
    candidates.extend(frame::sheets(text, &facts));
    let any = assembly::opens(text, &facts, &candidates);
    if any || CHECKED {
        facts::complete(&mut facts, text, published, &names, |sentence| !opens(sentence));
        let others = frame::read(text, &facts, of_funding, |sentence| !opens(sentence));
        if CHECKED {
            for candidate in others.iter().filter(|candidate| !candidate.supports_only) {
                let rule = candidate.trigger.rule;
                let opened = text.of(candidate.trigger.span);
                let sentence = text.sentences().get(candidate.sentence);
                let words = sentence.map_or("", |sentence| text.of(sentence.span));
                debug_assert!(false, "{rule} read a deal by `{opened}`, which opens none: {words}");
            }
        }
        candidates.extend(others);
        candidates.sort_by_key(|candidate| candidate.sentence);
    }
    let assembled = assembly::assemble(text, &facts, candidates, table);
    debug_assert!(any || assembled.mentions.is_empty(), "a deal that nothing opens");
    assembled
}

#[cfg(test)]
mod tests;
