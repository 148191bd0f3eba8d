//! Shares of a company in English: `a 30% stake`, `49 percent of the company`.

use super::Found;
use crate::domain::Percent;
use crate::extract::money::scaled;
use crate::extract::text::Kind;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

/// The shares of a sentence.
pub(super) fn find(text: &Text, sentence: &Sentence) -> Vec<Found<Percent>> {
    let tokens = text.tokens_of(sentence);
    let word = |at: usize| tokens.get(at).map_or("", |token| text.of(token.span));
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if token.kind != Kind::Number {
            continue;
        }
        let end = match (word(at + 1), word(at + 2)) {
            ("%" | "percent" | "pct", _) => at + 2,
            ("per", "cent") | ("-", "percent") => at + 3,
            _ => continue,
        };
        let is_share = |word: &str| {
            matches!(
                word,
                "stake"
                    | "shareholding"
                    | "ownership"
                    | "holding"
                    | "shares"
                    | "equity"
                    | "interest"
                    | "owned"
                    | "company"
                    | "stakes"
            )
        };
        let after = (end..end + 5)
            .take_while(|at| !matches!(word(*at), "," | "." | ";"))
            .any(|at| is_share(word(at)));
        let before = (1..4).any(|n| {
            at.checked_sub(n).is_some_and(|at| {
                matches!(word(at), "stake" | "owns" | "own" | "holding" | "holds")
            })
        });
        // `takes 12% of X`, `gives X 51% of Y`, `$40 million for 62% of X`
        let bought = word(end) == "of" && {
            let near = |words: &[&str], reach: usize| {
                (1..=reach).any(|n| at.checked_sub(n).is_some_and(|at| words.contains(&word(at))))
            };
            near(
                &[
                    "take",
                    "takes",
                    "took",
                    "taking",
                    "buy",
                    "buys",
                    "bought",
                    "buying",
                    "acquire",
                    "acquires",
                    "acquired",
                    "acquiring",
                    "gives",
                    "giving",
                    "gave",
                    "sold",
                ],
                3,
            ) || (near(&["for"], 1) && near(&["$", "€", "£", "yuan", "million", "billion"], 12))
        };
        let value = scaled(word(at), 2).and_then(|hundredths| u32::try_from(hundredths).ok());
        let (Some(value), true) = (value.filter(|v| *v <= 10_000), after || before || bought)
        else {
            continue;
        };
        let Some(last) = tokens.get(end - 1) else { continue };
        if let Some(span) = text.span(token.span.start(), last.span.end()) {
            found.push(Found { value: Percent(value), span, rule: "percent.en.stake" });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Lang;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, u32)]) {
        let cut = Text::new("", text, Some(Lang::En));
        let found: Vec<_> = cut
            .sentences()
            .iter()
            .flat_map(|sentence| super::find(&cut, sentence))
            .map(|share| (cut.printed(share.span).to_owned(), share.value.0))
            .collect();
        let found: Vec<_> = found.iter().map(|(raw, share)| (raw.as_str(), *share)).collect();
        assert_eq!(found, expected, "in: {text}");
    }

    #[test]
    fn shares_are_read() {
        check("bought a 30% stake in Acme", &[("30%", 3000)]);
        check("will own 49.5 percent of the company", &[("49.5 percent", 4950)]);
        check("a stake of 8.25%", &[("8.25%", 825)]);
    }

    #[test]
    fn growth_is_no_share() {
        check("sales rose 30% in May", &[]);
        check("shares fell 4%", &[]);
    }
}
