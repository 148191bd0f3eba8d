//! How firm a sum is, by the words around it: `about`, `north of`, `or more`.

use super::Reader;
use crate::domain::Qualifier;

impl Reader<'_> {
    /// The words around a sum that say how firm it is: first token, end, qualifier.
    pub(super) fn qualified(
        &self,
        at: usize,
        end: usize,
        floor: usize,
    ) -> (usize, usize, Qualifier) {
        let back = |n: usize| at.checked_sub(n).filter(|start| *start >= floor);
        for (length, phrases, qualifier) in BEFORE {
            let Some(start) = back(*length) else { continue };
            // `hand over $5 million`: a particle.
            let particle = self.word(start) == "over"
                && start.checked_sub(1).is_some_and(|at| self.word(at).starts_with("hand"));
            if particle {
                continue;
            }
            if phrases.iter().any(|phrase| self.is(start, phrase)) {
                return (start, end, *qualifier);
            }
        }
        let after = match (self.word(end), self.word(end + 1)) {
            ("or", "more") | ("-", "plus") => Some((2, Qualifier::Over)),
            ("or", "so") => Some((2, Qualifier::About)),
            ("+", _) => Some((1, Qualifier::Over)),
            _ => None,
        };
        match after {
            Some((length, qualifier)) => (at, end + length, qualifier),
            None => (at, end, Qualifier::Exact),
        }
    }
}

/// Words before a sum, by their number, longest first.
const BEFORE: &[(usize, &[&[&str]], Qualifier)] = &[
    (4, &[&["a", "little", "less", "than"]], Qualifier::Under),
    (
        3,
        &[
            &["in", "excess", "of"],
            &["a", "minimum", "of"],
            &["a", "little", "over"],
            &["a", "little", "above"],
            &["no", "less", "than"],
        ],
        Qualifier::Over,
    ),
    (
        3,
        &[
            &["as", "much", "as"],
            &["as", "high", "as"],
            &["no", "more", "than"],
            &["a", "maximum", "of"],
        ],
        Qualifier::UpTo,
    ),
    (
        3,
        &[&["just", "shy", "of"], &["a", "little", "under"], &["not", "quite", "a"]],
        Qualifier::Under,
    ),
    (
        2,
        &[
            &["more", "than"],
            &["at", "least"],
            &["north", "of"],
            &["upwards", "of"],
            &["upward", "of"],
            &["greater", "than"],
            &["well", "over"],
            &["just", "over"],
            &["higher", "than"],
        ],
        Qualifier::Over,
    ),
    (2, &[&["up", "to"]], Qualifier::UpTo),
    (
        2,
        &[
            &["less", "than"],
            &["just", "under"],
            &["just", "below"],
            &["close", "to"],
            &["shy", "of"],
            &["not", "quite"],
        ],
        Qualifier::Under,
    ),
    (
        2,
        &[
            &["an", "estimated"],
            &["in", "around"],
            &["something", "like"],
            &["somewhere", "around"],
        ],
        Qualifier::About,
    ),
    (
        1,
        &[&["over"], &["exceeding"], &["above"], &["topping"], &["surpassing"], &[">"]],
        Qualifier::Over,
    ),
    (1, &[&["nearly"], &["almost"], &["under"], &["below"]], Qualifier::Under),
    (
        1,
        &[
            &["about"],
            &["around"],
            &["approximately"],
            &["roughly"],
            &["some"],
            &["circa"],
            &["~"],
            &["estimated"],
            &["approx"],
            &["ca"],
            &["near"],
        ],
        Qualifier::About,
    ),
];
