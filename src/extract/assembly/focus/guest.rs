//! Interviews in Chinese: who answers speaks of 我们, and means the company named in the headline.

use crate::domain::Lang;
use crate::extract::Found;
use crate::extract::facts::Facts;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;
use crate::extract::text::Place;
use crate::extract::text::Text;

/// Lines that open with a speaker, from which on a text is an interview.
const TURNS: usize = 6;

/// Words before whom an interview is with.
const ASKS: &[&str] = &["对话", "专访", "访谈", "对谈", "问答", "采访"];

/// The longest name of a speaker, in bytes.
const SPEAKER: usize = 24;

/// The company of the guest: the headline names it, or the line on the guest does.
pub(super) fn company(text: &Text, facts: &[Facts]) -> Option<Found<Party>> {
    if text.lang() != Lang::Zh || !is_interview(text) {
        return None;
    }
    let of = |at: usize| facts.get(at).map_or(&[][..], |facts| facts.parties.as_slice());
    let company = |party: &&Found<Party>| party.value.kind == PartyKind::Company;
    let titles = text.sentences().iter().filter(|sentence| sentence.place == Place::Title);
    let titled = titles.filter(|title| ASKS.iter().any(|word| text.of(title.span).contains(word)));
    // 对话甲创始人乙: the company stands behind the word.
    let asked = titled
        .flat_map(|title| {
            let base = title.span.start();
            let words = text.of(title.span);
            let from = ASKS.iter().filter_map(|word| words.find(word)).min().unwrap_or(0);
            of(title.index).iter().filter(move |party| party.span.start() >= base + from)
        })
        .find(company);
    let introduced = || {
        let guests = text.sentences().iter().filter(|sentence| {
            let words = text.of(sentence.span);
            ["嘉宾", "受访者", "受访人"].iter().any(|word| words.starts_with(word))
        });
        guests.flat_map(|sentence| of(sentence.index)).find(company)
    };
    asked.or_else(introduced).cloned()
}

/// Whether the text is written in turns: 甲:…, 乙:….
fn is_interview(text: &Text) -> bool {
    let mut speakers: Vec<(&str, usize)> = Vec::new();
    for sentence in text.sentences().iter().filter(|sentence| sentence.place == Place::Body) {
        let Some((name, _)) = text.of(sentence.span).split_once(':') else { continue };
        if name.is_empty() || name.len() > SPEAKER {
            continue;
        }
        let room = speakers.len() < TURNS;
        match speakers.iter_mut().find(|(known, _)| *known == name) {
            Some((_, turns)) => *turns += 1,
            None if room => speakers.push((name, 1)),
            None => {}
        }
    }
    speakers.iter().map(|(_, turns)| turns).filter(|turns| **turns >= 2).sum::<usize>() >= TURNS
}
