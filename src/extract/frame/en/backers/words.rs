//! The words that say what somebody does about a round, in all their forms.

use std::sync::LazyLock;

use super::super::line::Line;
use crate::extract::lexicon;
use crate::extract::lexicon::hash::WordMap;
use crate::extract::lexicon::hash::WordSet;

/// What a verb says of its subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    /// Takes part, whatever follows.
    Part,
    /// Takes part, if a round or nothing follows.
    Join,
    /// Leads, if a round or nothing follows.
    Lead,
    /// Takes no part.
    Out,
    /// Names those who take part, who are its object.
    Names,
}

type Phrases = Vec<(Vec<String>, Act)>;

#[derive(Debug)]
struct Words {
    /// A form of the first word → the rest of each phrase, longest first.
    acts: WordMap<Phrases>,
    round: WordSet,
    investor: WordSet,
    arm: WordSet,
    stop: WordSet,
    between: WordSet,
    post: WordSet,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut lists = lexicon::read(include_str!("../../../lexicon/backers_en.toml"));
    let mut acts: WordMap<Phrases> = WordMap::default();
    let verbs = [
        ("part", Act::Part),
        ("join", Act::Join),
        ("lead", Act::Lead),
        ("out", Act::Out),
        ("names", Act::Names),
    ];
    for (key, act) in verbs {
        for phrase in lists.remove(key).unwrap_or_default() {
            let mut words = phrase.split_whitespace().map(str::to_owned);
            let Some(first) = words.next() else { continue };
            let rest: Vec<String> = words.collect();
            // `co - lead`, `re - invest`: what bends is the last part.
            let bends = rest.first().is_some_and(|word| word == "-") && rest.len() > 1;
            if bends {
                for form in forms(rest.get(1).map_or("", String::as_str)) {
                    let mut bent = rest.clone();
                    if let Some(word) = bent.get_mut(1) {
                        *word = form;
                    }
                    acts.entry(first.clone()).or_default().push((bent, act));
                }
            } else {
                for form in forms(&first) {
                    acts.entry(form).or_default().push((rest.clone(), act));
                }
            }
        }
    }
    for phrases in acts.values_mut() {
        phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
    }
    let mut take = |key: &str| lists.remove(key).unwrap_or_default().into_iter().collect();
    Words {
        acts,
        round: take("round"),
        investor: take("investor"),
        arm: take("arm"),
        stop: take("stop"),
        between: take("between"),
        post: take("post"),
    }
});

/// The verb phrase that starts here: how many units, and what it says.
pub(super) fn act(line: &Line<'_>, at: usize) -> Option<(usize, Act)> {
    let phrases = WORDS.acts.get(line.word(at))?;
    phrases.iter().find_map(|(rest, act)| {
        let stands =
            rest.iter().enumerate().all(|(offset, word)| reads(line, at + 1 + offset, word));
        stands.then_some((rest.len() + 1, *act))
    })
}

/// Whether the unit is this word; `its` and `their` stand for a party and are units of their own.
fn reads(line: &Line<'_>, at: usize, word: &str) -> bool {
    line.word(at) == word
        || line
            .party(at)
            .is_some_and(|party| !party.value.is_name() && line.text.of(party.span) == word)
}

/// What backers take part in, give or hold.
pub(super) fn is_round(word: &str) -> bool {
    WORDS.round.contains(word)
}

/// A noun for those who give.
pub(super) fn is_investor(word: &str) -> bool {
    WORDS.investor.contains(word)
}

/// A fund or branch that belongs to the name beside it.
pub(super) fn is_arm(word: &str) -> bool {
    WORDS.arm.contains(word)
}

/// A word that no description of a name contains.
pub(super) fn is_stop(word: &str) -> bool {
    WORDS.stop.contains(word)
}

/// What may stand between a name and what it does: `are thinking of putting money in`.
pub(super) fn is_between(word: &str) -> bool {
    WORDS.between.contains(word)
}

/// What a person is at a company: `executive`, `founder`.
pub(super) fn is_post(word: &str) -> bool {
    WORDS.post.contains(word)
}

/// The forms of a verb.
fn forms(verb: &str) -> Vec<String> {
    if let Some(irregular) = IRREGULAR.iter().find(|forms| forms.starts_with(&[verb])) {
        return irregular.iter().map(|form| (*form).to_owned()).collect();
    }
    let stem = verb.strip_suffix('e').unwrap_or(verb);
    let before = |n: usize| verb.chars().rev().nth(n);
    let vowel = |letter: Option<char>| letter.is_some_and(|letter| "aeiou".contains(letter));
    let third = match verb.strip_suffix('y') {
        Some(stem) if !vowel(before(1)) => format!("{stem}ies"),
        _ if verb.ends_with('s') || verb.ends_with("ch") || verb.ends_with("sh") => {
            format!("{verb}es")
        }
        _ => format!("{verb}s"),
    };
    let past = match verb.strip_suffix('y') {
        Some(stem) if !vowel(before(1)) => format!("{stem}ied"),
        _ => format!("{stem}ed"),
    };
    let mut forms = vec![verb.to_owned(), third, past, format!("{stem}ing")];
    // `chipped`, `committing`: a short vowel before one consonant.
    let doubles = !vowel(before(0))
        && !matches!(before(0), Some('w' | 'x' | 'y'))
        && vowel(before(1))
        && !vowel(before(2));
    if let (true, Some(last)) = (doubles, before(0)) {
        forms.push(format!("{verb}{last}ed"));
        forms.push(format!("{verb}{last}ing"));
    }
    forms
}

/// Verbs whose forms follow no rule, the plain form first.
const IRREGULAR: &[&[&str]] = &[
    &["be", "is", "are", "was", "were", "been", "being"],
    &["lead", "leads", "led", "leading"],
    &["take", "takes", "took", "taken", "taking"],
    &["come", "comes", "came", "coming"],
    &["put", "puts", "putting"],
    &["buy", "buys", "bought", "buying"],
    &["get", "gets", "got", "getting"],
    &["go", "goes", "went", "gone", "going"],
    &["write", "writes", "wrote", "written", "writing"],
    &["make", "makes", "made", "making"],
    &["throw", "throws", "threw", "thrown", "throwing"],
    &["hold", "holds", "held", "holding"],
    &["split", "splits", "splitting"],
    &["cut", "cuts", "cutting"],
    &["bring", "brings", "brought", "bringing"],
    &["win", "wins", "won", "winning"],
    &["draw", "draws", "drew", "drawn", "drawing"],
    &["see", "sees", "saw", "seen", "seeing"],
    &["sit", "sits", "sat", "sitting"],
    &["stand", "stands", "stood", "standing"],
    &["lend", "lends", "lent", "lending"],
    &["sink", "sinks", "sank", "sunk", "sinking"],
    &["bet", "bets", "betting"],
    &["say", "says", "said", "saying"],
    &["tell", "tells", "told", "telling"],
    &["think", "thinks", "thought", "thinking"],
    &["sell", "sells", "sold", "selling"],
    &["lose", "loses", "lost", "losing"],
    &["withdraw", "withdraws", "withdrew", "withdrawn", "withdrawing"],
    &["drive", "drives", "drove", "driven", "driving"],
    &["re"],
    &["up", "ups", "upped", "upping"],
    &["out"],
    &["in"],
    &["on"],
    &["along"],
    &["aboard"],
];

#[cfg(test)]
mod tests {
    use super::forms;

    #[test]
    fn a_verb_is_known_in_all_its_forms() {
        let check = |verb: &str, expected: &[&str]| {
            let forms = forms(verb);
            for form in expected {
                assert!(forms.iter().any(|known| known == form), "{form} of {verb} in {forms:?}");
            }
        };
        check("chip", &["chip", "chips", "chipped", "chipping"]);
        check("participate", &["participates", "participated", "participating"]);
        check("supply", &["supplies", "supplied", "supplying"]);
        check("commit", &["committed", "committing"]);
        check("join", &["joins", "joined", "joining"]);
        check("take", &["took", "taken", "taking"]);
        check("pledge", &["pledges", "pledged", "pledging"]);
        check("deploy", &["deploys", "deployed"]);
    }
}
