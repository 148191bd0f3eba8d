//! Words that tell of a whole company that changes hands: purchases, sales, mergers, hires.

use super::super::control;
use super::super::line::Line;
use super::Event;
use super::Form;
use super::Trigger;
use super::buy::becomes_part;
use super::buy::deal_with;
use super::buy::joins_whole;
use super::buy::offer_for;
use super::buy::pair_after;
use super::buy::talks_over;
use super::form_of;
use super::from;
use super::signs::is_answered;
use super::signs::is_people;

/// The trigger at a place, if its word is one of these.
pub(super) fn trigger(line: &Line<'_>, at: usize, word: &str) -> Option<Trigger> {
    let found = from(at);
    match word {
        "acquisition" | "takeover" | "buyout" | "acquisitions" => {
            found(Event::Acquisition, Form::Noun, 1)
        }
        "purchase" if line.word(at + 1) == "of" => found(Event::Acquisition, Form::Noun, 1),
        "approach" | "proposal" | "offer" | "bid" | "overture" | "overtures" | "advances"
            if is_answered(line, at) =>
        {
            found(Event::Acquisition, Form::Noun, 1)
        }
        "buyer" | "bidder" | "suitor" | "owner" | "acquirer"
            if (at.saturating_sub(4)..at).any(|at| line.word(at) == "as")
                && matches!(line.word(at + 1), "of" | "for")
                && line.object_after(at + 2).is_some_and(|party| party.value.is_name()) =>
        {
            found(Event::Acquisition, Form::Noun, 1)
        }
        "part"
            if line.word(at + 1) == "of"
                && ((1..3).any(|n| line.back(at, n) == "now")
                    || line.in_title() && matches!(line.back(at, 1), "is" | "are"))
                && line.object_after(at + 2).is_some_and(|party| party.value.is_name()) =>
        {
            found(Event::Join, Form::Present, 2)
        }
        "approach" | "proposal" | "offer" | "bid" | "overture" | "overtures" | "advances"
            if matches!(line.word(at + 1), "from" | "by")
                && line.object_after(at + 2).is_some_and(|party| party.value.is_name()) =>
        {
            found(Event::Acquisition, Form::Noun, 1)
        }
        "run" | "tilt" | "swoop" | "pounce" | "raid" | "move" | "play"
            if matches!(line.word(at + 1), "at" | "for" | "on")
                && line.in_title()
                && matches!(
                    line.back(at, 1),
                    "a" | "second" | "third" | "new" | "fresh" | "takeover" | "another" | "renewed"
                )
                && line.object_after(at + 2).is_some_and(|party| party.value.is_name())
                && line.sum(at.saturating_sub(1)).is_none() =>
        {
            found(Event::Acquisition, Form::Noun, 1)
        }
        "race" | "battle" | "auction" | "bidding" | "contest" | "pursuit" | "chase" | "war"
            if line.word(at + 1) == "for"
                // `the bidding for a piece of X` is for shares, and the round tells it.
                && !matches!(line.word(at + 3), "piece" | "slice" | "share" | "chunk" | "stake")
                && line.object_after(at + 2).is_some() =>
        {
            found(Event::Acquisition, Form::Noun, 1)
        }
        "talks" | "discussions" | "negotiations" if talks_over(line, at) => {
            found(Event::Acquisition, Form::Noun, 1)
        }
        "deal" if deal_with(line, at) => found(Event::Acquisition, Form::Noun, 1),
        "deal" | "bid" | "offer" if offer_for(line, at).is_some() => {
            let end = offer_for(line, at)?;
            found(Event::Acquisition, Form::Noun, end - at)
        }
        "sold"
            if matches!(line.back(at, 1), "be" | "been" | "was" | "is" | "being" | "were")
                || line.word(at + 1) == "to" =>
        {
            found(Event::Sell, Form::Passive, 1)
        }
        "hand" | "hands" | "handed" | "transfer" | "transfers" | "transferred"
            if line.object(at + 1).is_some_and(|place| line.word(place + 1) == "to")
                && (at..line.len()).any(|at| line.sum(at).is_some()) =>
        {
            found(Event::Sell, form_of(word, line, at), 1)
        }
        "change" | "changes" | "changed" | "changing"
            if line.word(at + 1) == "hands"
                && (at + 2..at + 8).any(|at| line.sum(at).is_some()) =>
        {
            found(Event::Sell, Form::Passive, 2)
        }
        "hive" | "hives" | "hived" | "hiving" | "spin" | "spins" | "spun" | "spinning"
            if line.word(at + 1) == "off"
                && (at + 2..at + 12).any(|at| {
                    line.word(at) == "to"
                        && line.object_after(at + 1).is_some_and(|party| party.value.is_name())
                }) =>
        {
            found(Event::Sell, form_of(word, line, at), 2)
        }
        "part" | "parts" | "parted" | "parting" if line.word(at + 1) == "with" => {
            found(Event::Sell, form_of(word, line, at), 2)
        }
        "dispose" | "disposes" | "disposed" | "disposing" if line.word(at + 1) == "of" => {
            found(Event::Sell, form_of(word, line, at), 2)
        }
        "sell" | "sells" | "selling" | "sold" | "offloading" | "offloaded" | "offload"
        | "offloads" | "divest" | "divests" | "divested" => {
            found(Event::Sell, form_of(word, line, at), 1)
        }
        "sale"
            if !matches!(
                line.back(at, 1),
                "share" | "stock" | "on" | "bond" | "debt" | "equity" | "fire"
            ) =>
        {
            found(Event::Sale, Form::Noun, 1)
        }
        // `on the block`
        "block"
            if line.back(at, 1) == "the" && line.back(at, 2) == "on"
                || line.is(at.saturating_sub(3), &["on", "the", "auction"]) =>
        {
            found(Event::Sale, Form::Noun, 1)
        }
        "buyer" | "buyers" | "suitor" if line.word(at + 1) != "'s" => {
            found(Event::Sale, Form::Noun, 1)
        }
        "goes" | "went" | "falls" | "fell" | "heads" | "passes" | "passed"
            if line.word(at + 1) == "to"
                && line.object_after(at + 2).is_some_and(|party| party.value.is_name())
                && (at + 3..at + 7).any(|at| {
                    line.word(at) == "for"
                        && (line.sum(at + 1).is_some() || line.sum(at + 2).is_some())
                }) =>
        {
            found(Event::Join, form_of(word, line, at), 2)
        }
        "belongs" | "belong"
            if line.word(at + 1) == "to" && (line.in_title() || line.back(at, 1) == "now") =>
        {
            found(Event::Join, Form::Present, 2)
        }
        "becomes" | "became" | "become" | "becoming" if line.is(at + 1, &["part", "of"]) => {
            found(Event::Join, form_of(word, line, at), 3)
        }
        "becomes" | "became" | "become" | "becoming" if becomes_part(line, at).is_some() => {
            let end = becomes_part(line, at)?;
            found(Event::Join, form_of(word, line, at), end - at)
        }
        "find" | "finds" | "found" | "finding"
            if (1..3).any(|n| {
                matches!(line.word(at + n), "home" | "owner" | "buyer")
                    && matches!(line.word(at + n + 1), "at" | "in" | "with" | "inside")
            }) =>
        {
            let noun = matches!(line.word(at + 1), "home" | "owner" | "buyer");
            found(Event::Join, form_of(word, line, at), if noun { 3 } else { 4 })
        }
        // `X exits to A`
        "exits" | "exited"
            if line.in_title()
                && line.word(at + 1) == "to"
                && line.object_after(at + 2).is_some_and(|party| party.value.is_name()) =>
        {
            found(Event::Join, form_of(word, line, at), 2)
        }
        "joins" | "join" | "joining" | "joined" | "moves" | "moving" | "moved" | "goes"
        | "heads" | "head" | "go"
            if control::people_join(line, at) =>
        {
            found(Event::Hire, form_of(word, line, at), 1)
        }
        "joins" | "join" | "joining" if joins_whole(line, at) => {
            found(Event::Join, form_of(word, line, at), 1)
        }
        "merge" | "merges" | "merged" | "merging" | "combine" | "combines" | "combining" => {
            found(Event::Merge, form_of(word, line, at), 1)
        }
        "fold" | "folds" | "folded" | "folding"
            if line.word(at + 1) == "into" && line.object_after(at + 2).is_some() =>
        {
            found(Event::Merge, form_of(word, line, at), 1)
        }
        "unite" | "unites" | "united" | "uniting"
            if line.list_before(at).len() >= 2
                && !matches!(line.word(at + 1), "against" | "behind" | "on") =>
        {
            found(Event::Merge, form_of(word, line, at), 1)
        }
        "joining" | "join"
            if (line.word(at + 1) == "together" || line.is(at + 1, &["under", "the", "name"]))
                && line.list_before(at).len() >= 2 =>
        {
            found(Event::Merge, form_of(word, line, at), 1)
        }
        "combination" | "amalgamation"
            if matches!(line.word(at + 1), "of" | "between")
                && pair_after(line, at + 2).is_some() =>
        {
            found(Event::Merge, Form::Noun, 1)
        }
        "merger" => found(Event::Merge, Form::Noun, 1),
        "tie" | "tying" | "ties" | "tied"
            if line.is(at + 1, &["the", "knot"]) && line.list_before(at).len() >= 2 =>
        {
            found(Event::Merge, form_of(word, line, at), 3)
        }
        "join" | "joins" | "joining" | "joined"
            if line.word(at + 1) == "forces"
                && line.list_before(at).len() >= 2
                && ["merge", "merging", "combined company", "combine"]
                    .iter()
                    .any(|word| line.text.str().contains(word)) =>
        {
            found(Event::Merge, form_of(word, line, at), 2)
        }
        "become" | "becomes" | "becoming" | "became"
            if matches!(line.word(at + 1), "one")
                && matches!(line.word(at + 2), "" | "." | "," | "company" | "in")
                && pair_before(line, at) =>
        {
            found(Event::Merge, form_of(word, line, at), 2)
        }
        // `A and B are discussing a tie-up`
        "tie" if line.is(at + 1, &["-", "up"]) && ties_up(line, at) => {
            found(Event::Merge, Form::Noun, 3)
        }
        "acquihire" | "acquihires" | "acquihired" | "acquihiring" => {
            found(Event::Hire, Form::Noun, 1)
        }
        "acqui" if line.word(at + 1) == "-" => found(Event::Hire, Form::Noun, 3),
        "hire" | "hires" | "hired" | "hiring" | "poach" | "poaches" | "poached" | "recruits"
        | "recruited" => found(Event::Hire, form_of(word, line, at), 1),
        "brought" | "brings" | "bring" | "bringing" | "takes" | "took" | "take" | "taking"
            if matches!(line.word(at + 1), "on" | "aboard" | "over" | "in")
                && (at + 2..at + 9).any(|at| is_people(line.word(at))) =>
        {
            found(Event::Hire, form_of(word, line, at), 2)
        }
        "licensing" | "licenses" | "license" | "licence" | "licensed" => {
            found(Event::Hire, Form::Noun, 1)
        }
        _ => None,
    }
}

/// Two companies act: `A and B have agreed to become one`.
fn pair_before(line: &Line<'_>, at: usize) -> bool {
    line.list_before(at).len() >= 2
        || line.subject_place(at).is_some_and(|place| line.list_before(place + 1).len() >= 2)
}

/// Two companies before the noun, or after it: `A and B weigh a tie-up`, `a tie-up of A and B`.
fn ties_up(line: &Line<'_>, at: usize) -> bool {
    let subject =
        || line.subject_place(at).is_some_and(|place| line.list_before(place + 1).len() >= 2);
    (matches!(line.word(at + 3), "of" | "between") && pair_after(line, at + 4).is_some())
        || (!matches!(line.word(at + 3), "with" | "on") && subject())
}
