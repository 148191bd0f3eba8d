//! What the dimensions found, sentence by sentence.

use jiff::Timestamp;

use super::Found;
use super::date;
use super::date::When;
use super::money;
use super::money::Sum;
use super::party;
use super::party::Party;
use super::percent;
use super::round;
use super::status;
use super::status::Cue;
use super::text::Sentence;
use super::text::Text;
use crate::domain::Percent;
use crate::domain::RoundCode;

/// What was read in one sentence; every list is in order of the text, without overlaps.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Sums of money with their roles.
    pub sums: Vec<Found<Sum>>,
    /// Shares of a company.
    pub percents: Vec<Found<Percent>>,
    /// Rounds that are named.
    pub rounds: Vec<Found<RoundCode>>,
    /// Dates, absolute or relative.
    pub dates: Vec<Found<When>>,
    /// Names, and words that stand for one.
    pub parties: Vec<Found<Party>>,
    /// Words that say how far, how sure and how long ago.
    pub cues: Vec<Found<Cue>>,
}

/// The sums, shares and rounds of every sentence; one entry for each, empty for debris.
///
/// They tell whether anything else of the article needs to be read.
pub fn values(text: &Text) -> Vec<Facts> {
    let values = |sentence: &Sentence| Facts {
        sums: money::find(text, sentence),
        percents: percent::find(text, sentence),
        rounds: round::find(text, sentence),
        ..Facts::default()
    };
    text.sentences()
        .iter()
        .map(|sentence| if sentence.debris { Facts::default() } else { values(sentence) })
        .collect()
}

/// Reads what is left of the sentences that are `wanted`; `published` is [`date::of_article`].
pub fn complete(
    facts: &mut [Facts],
    text: &Text,
    published: Option<Timestamp>,
    names: &party::Names<'_>,
    wanted: impl Fn(&Sentence) -> bool,
) {
    for (sentence, facts) in text.sentences().iter().zip(facts) {
        if !sentence.debris && wanted(sentence) {
            facts.dates = dates(text, sentence, published);
            facts.parties = party::find(text, sentence, names);
            facts.cues = status::find(text, sentence);
        }
    }
}

/// The dates of a sentence; the day of a dateline is that of the news, if
/// nothing else tells it.
fn dates(text: &Text, sentence: &Sentence, published: Option<Timestamp>) -> Vec<Found<When>> {
    let mut dates = date::find(text, sentence, published);
    let line = party::dateline(text, sentence);
    // Where the article's own day is known, a day before a dash may head an entry of a timeline.
    let undated = line > 0 && published.is_none();
    if let Some(first) = text.tokens_of(sentence).get(line).filter(|_| undated) {
        for date in dates.iter_mut().filter(|date| date.span.start() < first.span.start()) {
            date.value.past = false;
        }
    }
    dates
}
