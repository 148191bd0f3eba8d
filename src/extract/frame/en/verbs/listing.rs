//! Words that tell of a listing, and nouns for a round.

use super::super::line::Line;
use super::Event;
use super::Form;
use super::Trigger;
use super::form_of;
use super::from;
use super::signs::first_day;
use super::signs::is_market;

/// The trigger at a place, if its word is one of these.
pub(super) fn trigger(line: &Line<'_>, at: usize, word: &str) -> Option<Trigger> {
    let found = from(at);
    match word {
        "ipo" => found(Event::Ipo, Form::Noun, 1),
        "initial" if line.is(at, &["initial", "public", "offering"]) => {
            found(Event::Ipo, Form::Noun, 3)
        }
        "go" | "goes" | "going" | "went" | "gone" if line.word(at + 1) == "public" => {
            found(Event::Ipo, form_of(word, line, at), 2)
        }
        "public" if matches!(line.word(at + 1), "listing" | "debut") => {
            found(Event::Ipo, Form::Noun, 2)
        }
        "leaps" | "leapt" | "jumps" | "jumped" | "soars" | "soared" | "surges" | "surged"
        | "climbs" | "climbed" | "rises" | "rose" | "gains" | "gained" | "slips" | "slipped"
        | "falls" | "fell" | "sinks" | "sank" | "drops" | "dropped" | "pops" | "popped"
        | "doubles" | "doubled" | "triples" | "shot" | "opened" | "opens" | "ended"
            if first_day(line, at) =>
        {
            found(Event::Ipo, form_of(word, line, at), 1)
        }
        "float" | "flotation"
            if matches!(line.back(at, 1), "the" | "its" | "a")
                || at.checked_sub(1).is_some_and(|before| line.sum(before).is_some()) =>
        {
            found(Event::Ipo, Form::Noun, 1)
        }
        "prospectus" => found(Event::Ipo, Form::Noun, 1),
        "listing"
            if matches!(
                line.back(at, 1),
                "hong" | "kong" | "market" | "stock" | "nasdaq" | "main" | "proposed" | "planned"
            ) || line.back(at, 1).is_empty()
                && line.party(at.saturating_sub(1)).is_none()
                && is_market(line, at)
                && at > 0 =>
        {
            found(Event::Ipo, Form::Noun, 1)
        }
        // `weighs Dublin listing`, `scraps Dublin float`
        "listing" | "float" | "debut" | "flotation"
            if line.in_title()
                && (0..at).any(|at| {
                    matches!(
                        line.word(at),
                        "weighs"
                            | "scraps"
                            | "scrapped"
                            | "plans"
                            | "eyes"
                            | "shelves"
                            | "delays"
                            | "postpones"
                            | "seeks"
                            | "readies"
                            | "mulls"
                            | "preps"
                            | "prices"
                            | "pulls"
                            | "abandons"
                            | "explores"
                            | "considers"
                            | "targets"
                    )
                })
                && !matches!(line.back(at, 1), "product" | "stage" | "film" | "music") =>
        {
            found(Event::Ipo, Form::Noun, 1)
        }
        // `has filed for a listing`, `put off its $5M listing`
        "listing" | "float" | "flotation"
            if (0..at).any(|at| {
                matches!(
                    line.word(at),
                    "filed"
                        | "files"
                        | "filing"
                        | "postponed"
                        | "postpones"
                        | "delayed"
                        | "shelved"
                        | "withdrew"
                        | "withdraws"
                        | "pulled"
                ) || line.is(at, &["put", "off"])
                    || line.is(at, &["puts", "off"])
            }) && !matches!(line.back(at, 1), "product" | "job") =>
        {
            found(Event::Ipo, Form::Noun, 1)
        }
        "listing"
            if matches!(line.word(at + 1), "in" | "on" | "plans")
                || (0..at).any(|at| {
                    matches!(line.word(at), "banks" | "bankers" | "underwriters" | "advisers")
                }) =>
        {
            found(Event::Ipo, Form::Noun, 1)
        }
        "debut" | "debuts" | "debuted" if is_market(line, at) => {
            found(Event::Ipo, form_of(word, line, at), 1)
        }
        "list" | "lists" | "listed"
            if matches!(line.word(at + 1), "on" | "in") && is_market(line, at) =>
        {
            found(Event::Ipo, form_of(word, line, at), 1)
        }
        "placement" if matches!(line.back(at, 1), "private" | "brokered" | "equity") => {
            found(Event::Round, Form::Noun, 1)
        }
        "increase" if line.back(at, 1) == "capital" => found(Event::Round, Form::Noun, 1),
        "money" | "cash" | "capital"
            if matches!(line.back(at, 1), "new" | "fresh") && line.word(at + 1) == "for" =>
        {
            found(Event::Round, Form::Noun, 1)
        }
        "round" | "raise" | "fundraise" | "fundraising" | "funding" | "financing" | "loan"
        | "facility" => found(Event::Round, Form::Noun, 1),
        _ => None,
    }
}
