//! Event frames in English: a trigger, then who stands before and after it.
//!
//! A sentence is a [`Line`] of units: words, and what the dimensions found. Triggers cut the line
//! into segments; each trigger reads its slots from its own segment.

mod backers;
mod control;
mod fields;
mod funding;
mod headline;
mod line;
mod listing;
mod opening;
mod status;
mod verbs;
mod words;

use crate::extract::candidate::Candidate;
use crate::extract::facts::Facts;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

use verbs::Event;

pub(in crate::extract) use line::Line;
pub(in crate::extract) use line::Unit;
pub(super) use opening::can_open;

/// Whether an article speaks of a company's funding: a named round, or the words of one.
pub(super) fn is_of_funding(text: &Text, facts: &[Facts]) -> bool {
    facts.iter().any(|facts| !facts.rounds.is_empty()) || {
        let word = |at: usize| text.tokens().get(at).map_or("", |token| text.of(token.span));
        (0..text.tokens().len()).any(|at| match word(at) {
            "led" | "co-led" => word(at + 1) == "by",
            "funding" | "financing" => {
                matches!(word(at + 1), "round" | "from" | "led")
                    || matches!(
                        at.checked_sub(1).map_or("", word),
                        "million" | "billion" | "in" | "m" | "bn" | "new" | "fresh"
                    )
            }
            // `bags $5M`: a sum that somebody gets.
            "bags" | "nabs" | "nets" | "snags" | "pockets" | "scoops" | "bagged" | "nabbed"
            | "netted" | "snagged" | "pocketed" => {
                matches!(word(at + 1), "$" | "€" | "£" | "us" | "rs")
            }
            "increase" => at.checked_sub(1).map_or("", word) == "capital",
            "credit" | "term" => matches!(word(at + 1), "facility" | "line" | "sheet"),
            "post" | "pre" => word(at + 1) == "-" && word(at + 2) == "money",
            "round" => matches!(word(at + 1), "led" | "was" | "included" | "came" | "brings"),
            "investors" | "investor" | "backers" | "loan" | "loans" | "lenders" | "fundraise"
            | "fundraising" | "oversubscribed" | "cheque" | "cheques" | "stake" | "equity"
            | "valuation" | "valued" | "values" | "valuing" => true,
            "raise" | "raises" | "raised" | "raising" => {
                matches!(word(at + 1), "$" | "€" | "£" | "over" | "more" | "about" | "up")
            }
            _ => false,
        })
    }
}

/// Appends the candidates of a sentence.
pub(super) fn read(
    text: &Text,
    sentence: &Sentence,
    facts: &Facts,
    of_funding: bool,
    candidates: &mut Vec<Candidate>,
) {
    let line = Line::new(text, sentence, facts, of_funding);
    let triggers = verbs::triggers(&line);
    let before = candidates.len();
    for (index, trigger) in triggers.iter().enumerate() {
        let from = index.checked_sub(1).and_then(|i| triggers.get(i)).map_or(0, |t| t.end);
        let to = triggers.get(index + 1).map_or(line.len(), |next| next.start);
        let segment = line::Segment { from, to, only: triggers.len() == 1 };
        let read = match trigger.event {
            Event::Raise => funding::raise(&line, trigger, segment),
            Event::Round => funding::round(&line, trigger, segment),
            Event::Invest => funding::invest(&line, trigger, segment),
            Event::Lead => funding::lead(&line, trigger, segment),
            Event::Stake => funding::stake(&line, trigger, segment),
            Event::Secondary => funding::secondary(&line, trigger, segment),
            Event::Acquire => control::acquire(&line, trigger, segment),
            Event::Acquisition => control::acquisition(&line, trigger, segment),
            Event::Join => control::join(&line, trigger, segment),
            Event::Sell => control::sell(&line, trigger, segment),
            Event::Sale => control::sale(&line, trigger, segment),
            Event::Merge => control::merge(&line, trigger, segment),
            Event::Hire => control::hire(&line, trigger, segment),
            Event::Ipo => listing::ipo(&line, trigger, segment),
        };
        if let (Event::Acquire, Some(first)) = (trigger.event, &read) {
            let more = control::acquire_more(&line, trigger, first);
            // The price is that of all of them, and of none.
            let together = !more.is_empty();
            candidates.extend(read.map(|mut first| {
                if together {
                    first.amount = None;
                }
                first
            }));
            candidates.extend(more);
        } else {
            candidates.extend(read);
        }
    }
    if candidates.get(before..).unwrap_or_default().iter().all(|c| c.target.is_none())
        && let Some(item) = funding::item(&line).or_else(|| funding::row(&line))
    {
        candidates.truncate(before);
        candidates.push(item);
    }
    if candidates.get(before..).unwrap_or_default().iter().all(|c| c.target.is_none())
        && let Some(plain) = headline::plain(&line)
    {
        candidates.truncate(before);
        candidates.push(plain);
    }
    if candidates.get(before..).unwrap_or_default().iter().all(|c| c.target.is_none())
        && let Some(any) = control::any_verb(&line)
    {
        candidates.truncate(before);
        candidates.push(any);
    }
    let funding = candidates
        .get(before..)
        .unwrap_or_default()
        .iter()
        .any(|c| c.kind().group() == crate::domain::KindGroup::Funding);
    if !funding {
        candidates.extend(backers::support(&line));
        let price = control::whole_price(&line);
        if price.is_some() {
            candidates.extend(price);
        } else {
            candidates.extend(funding::worth(&line));
        }
    }
    if candidates.get(before..).unwrap_or_default().iter().all(|c| c.target.is_none()) {
        candidates.extend(listing::proceeds(&line));
    }
    if candidates.get(before..).unwrap_or_default().is_empty() {
        candidates.extend(control::price(&line).or_else(|| funding::untold(&line)));
    }
    if candidates.get(before..).unwrap_or_default().iter().all(|c| c.target.is_none())
        && let Some(field) = fields::read(&line)
    {
        candidates.truncate(before);
        candidates.push(field);
    }
    if candidates.len() == before {
        candidates.extend(control::buyer_is(&line));
    }
    let only_adds = candidates.get(before..).unwrap_or_default().iter().all(|c| c.supports_only);
    if candidates.len() > before && only_adds {
        candidates.extend(control::broken_talks(&line));
    }
    if candidates.len() == before {
        candidates.extend(control::broken_talks(&line).or_else(|| status::ending(&line)));
    }
}
