//! Status cues in English, from a lexicon of phrases.

use std::sync::LazyLock;

use super::Cue;
use super::Found;
use crate::extract::lexicon::Phrases;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

static CUES: LazyLock<Phrases<Cue>> =
    LazyLock::new(|| Phrases::new(include_str!("../lexicon/status_en.toml"), super::label));

/// The cues of a sentence.
pub(super) fn find(text: &Text, sentence: &Sentence) -> Vec<Found<Cue>> {
    let tokens = text.tokens_of(sentence);
    let spans = CUES.find(text, tokens).into_iter().filter_map(|(range, cue)| {
        let (first, last) = (tokens.get(range.start)?, tokens.get(range.end - 1)?);
        Some(Found {
            value: cue,
            span: text.span(first.span.start(), last.span.end())?,
            rule: rule(cue),
        })
    });
    spans.collect()
}

fn rule(cue: Cue) -> &'static str {
    match cue {
        Cue::Completed => "status.en.completed",
        Cue::Announced => "status.en.announced",
        Cue::Talks => "status.en.talks",
        Cue::Seeking => "status.en.seeking",
        Cue::Rumour => "status.en.rumour",
        Cue::Terminated => "status.en.terminated",
        Cue::Denied => "status.en.denied",
        Cue::Negated => "status.en.negated",
        Cue::Hypothetical => "status.en.hypothetical",
        Cue::Past => "status.en.past",
        Cue::Comment => "status.en.comment",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Lang;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, Cue)]) {
        let cut = Text::new("", text, Some(Lang::En));
        let found: Vec<_> = cut
            .sentences()
            .iter()
            .flat_map(|sentence| super::find(&cut, sentence))
            .map(|cue| (cut.printed(cue.span).to_owned(), cue.value))
            .collect();
        let found: Vec<_> = found.iter().map(|(raw, cue)| (raw.as_str(), *cue)).collect();
        assert_eq!(found, expected, "in: {text}");
    }

    #[test]
    fn the_longest_phrase_wins() {
        check("Acme is in advanced talks", &[("in advanced talks", Cue::Talks)]);
        check("Acme has closed it", &[("has closed", Cue::Completed)]);
        check("Acme explores a sale", &[("explores a sale", Cue::Seeking)]);
        check(
            "Acme reportedly called off the deal",
            &[("reportedly", Cue::Rumour), ("called off", Cue::Terminated)],
        );
    }
}
