//! Of whom an English word about AI speaks: of the company at hand, of something added to its
//! product, or of others that stand beside it.

use std::ops::Range;

use super::Words;
use crate::extract::ai::Strength;

/// How strongly a term describes the company beside it; `None` where it speaks of others.
///
/// `AI startup X` and `X uses AI to` describe; `X adds AI features` says what comes to it; `the AI boom`,
/// `customers include AI labs` and `an AI-focused fund` say nothing of X.
pub(super) fn of(words: &Words<'_>, range: &Range<usize>) -> Option<Strength> {
    let (first, after) = (range.start, range.end);
    if speaks_of_others(words, first, after) || is_of_another(words, first) {
        return None;
    }
    let bare = (first..after).all(|at| {
        matches!(
            words.at(at),
            "ai" | "artificial"
                | "intelligence"
                | "generative"
                | "machine"
                | "learning"
                | "-"
                | "chatgpt"
                | "chatbot"
                | "chatbots"
                | "copilot"
                | "powered"
                | "driven"
                | "enabled"
                | "based"
                | "assisted"
                | "computer"
                | "vision"
                | "agentic"
                | "genai"
        )
    });
    if bare && is_used(words, first, after) {
        return Some(Strength::Used);
    }
    Some(Strength::Strong)
}

/// `AI companies`, `the AI boom`, `AI-focused investor`: many, or what moves them all. With a name
/// behind it (`AI firms Nimbus and Tanager`) or `one of the` before it, it describes.
fn speaks_of_others(words: &Words<'_>, first: usize, after: usize) -> bool {
    let mut at = after;
    // `AI - focused fund`, `AI cloud providers`, `AI and security startups`.
    while at < after + 3 && !is_crowd(words.at(at)) {
        if matches!(words.at(at), "," | "." | ";" | ":" | "that" | "to" | "for" | "in" | "")
            || is_maker(words.at(at))
            || matches!(words.at(at), "lab" | "maker" | "developer")
        {
            return false;
        }
        at += 1;
    }
    let crowd = words.at(at);
    if !is_crowd(crowd) {
        return false;
    }
    if crowd == "infrastructure" {
        return !is_maker(words.at(at + 1)) && !builds(words, first);
    }
    if is_funder(crowd) {
        // `AI investor X`, `an AI-focused fund`: who gives.
        return true;
    }
    let named = words.is_capital(at + 1)
        && words
            .tokens
            .get(at + 1)
            .is_some_and(|token| token.kind == crate::extract::text::Kind::Word);
    let one_of = (1..5).any(|n| matches!(words.back(first, n), "of"))
        && (1..7).any(|n| matches!(words.back(first, n), "one" | "latest" | "most" | "among"));
    // `like other AI companies`, `for AI labs` speak of others in any case.
    let others = (1..3).any(|n| matches!(words.back(first, n), "other" | "fellow"));
    // `The two AI labs said`: the companies that were just named.
    let these = matches!(words.back(first, 1), "the" | "two" | "both" | "three")
        && matches!(
            crowd,
            "companies" | "startups" | "start-ups" | "firms" | "labs" | "developers" | "groups"
        );
    others || !(named || one_of || these)
}

/// Many companies, or what they all live through.
fn is_crowd(word: &str) -> bool {
    matches!(
        word,
        "companies"
            | "startups"
            | "start-ups"
            | "firms"
            | "labs"
            | "developers"
            | "giants"
            | "leaders"
            | "players"
            | "groups"
            | "providers"
            | "investors"
            | "investor"
            | "fund"
            | "funds"
            | "boom"
            | "race"
            | "hype"
            | "wave"
            | "craze"
            | "frenzy"
            | "bubble"
            | "rush"
            | "spending"
            | "investment"
            | "investments"
            | "stocks"
            | "shares"
            | "trade"
            | "demand"
            | "era"
            | "age"
            | "revolution"
            | "news"
            | "summit"
            | "conference"
            | "fever"
            | "mania"
            | "buildout"
            | "build-out"
            | "infrastructure"
    )
}

fn is_funder(word: &str) -> bool {
    matches!(word, "investor" | "investors" | "fund" | "funds")
}

/// Who `AI infrastructure` describes where one of these follows.
fn is_maker(word: &str) -> bool {
    matches!(
        word,
        "company"
            | "startup"
            | "provider"
            | "firm"
            | "platform"
            | "software"
            | "business"
            | "unicorn"
            | "group"
            | "builder"
            | "specialist"
            | "player"
            | "services"
            | "service"
            | "vendor"
    )
}

fn builds(words: &Words<'_>, at: usize) -> bool {
    (1..4).any(|n| {
        matches!(
            words.back(at, n),
            "builds"
                | "build"
                | "provides"
                | "provider"
                | "sells"
                | "rents"
                | "offers"
                | "operates"
                | "runs"
        )
    })
}

/// `customers include`, `demand from data centres that train`, `a newsletter about AI`: the words
/// before the term say that it is another's.
fn is_of_another(words: &Words<'_>, first: usize) -> bool {
    for n in 1..LEAD {
        let word = words.back(first, n);
        if matches!(word, ";" | ":" | "." | "") {
            return false;
        }
        let next = words.back(first, n - 1);
        // `Its clients include several AI labs`, `rivals such as`.
        let who = matches!(
            word,
            "customers"
                | "clients"
                | "users"
                | "rivals"
                | "competitors"
                | "tenants"
                | "backers"
                | "backer"
        );
        let lists = matches!(
            next,
            "include" | "including" | "included" | "such" | "like" | "are" | "range"
        );
        if who && lists && n > 1 {
            return true;
        }
        // `demand from`, `demand for AI`, `amid the`, `thanks to`.
        if (word == "demand" && matches!(next, "from" | "for" | "by" | "in"))
            || (n <= 4 && matches!(word, "amid" | "amidst"))
        {
            return true;
        }
        // `a newsletter about`, `a podcast on`.
        if n <= 5
            && matches!(
                word,
                "newsletter"
                    | "podcast"
                    | "magazine"
                    | "conference"
                    | "course"
                    | "courses"
                    | "books"
            )
        {
            return true;
        }
        // `invests in AI`, `an investor in`, `turning to AI`.
        if n <= 3
            && (matches!(word, "invests" | "investing" | "invested" | "investor" | "bets")
                && matches!(next, "in" | "on")
                || matches!(word, "turning" | "shifting" | "pivoting") && next == "to")
        {
            return true;
        }
        // `integrates with ChatGPT`, `competes with`.
        if n <= 3
            && matches!(
                word,
                "integrates" | "integrated" | "integration" | "works" | "compatible" | "connects"
            )
            && matches!(next, "with" | "to" | "into")
        {
            return true;
        }
    }
    false
}

/// Words before a term that may say whose it is.
const LEAD: usize = 10;

/// `added an AI stylist`, `plans AI features`, `adopts AI`: what comes to a product that is there.
/// `uses AI to match` may be all that a company does, and describes it.
fn is_used(words: &Words<'_>, first: usize, after: usize) -> bool {
    // `had used AI to model corrosion`: once.
    let once = (1..4).any(|n| words.back(first, n) == "used")
        && (1..6).any(|n| matches!(words.back(first, n), "had" | "has" | "have"));
    let feature = (after..after + 3)
        .any(|at| matches!(words.at(at), "feature" | "features" | "functions" | "function"));
    let later = (after..after + 2).all(|at| !matches!(words.at(at), "," | "."))
        && (after..after + 8).any(|at| words.at(at) == "will")
        && (after..after + 9).any(|at| matches!(words.at(at), "follow" | "come" | "arrive"));
    let verb = (1..6)
        .map(|n| words.back(first, n))
        .take_while(|word| {
            !matches!(*word, "," | ";" | "." | "that" | "which" | "who" | "and" | "")
        })
        .any(|word| {
            matches!(
                word,
                "adopts"
                    | "adopted"
                    | "adopting"
                    | "deploys"
                    | "deployed"
                    | "deploying"
                    | "embraces"
                    | "embraced"
                    | "add"
                    | "adds"
                    | "added"
                    | "adding"
                    | "introduced"
                    | "tests"
                    | "testing"
                    | "tested"
                    | "piloting"
            )
        });
    once || feature || later || verb
}
