//! Which English sentences can open a deal: all others can only add to one that is told elsewhere.
//!
//! Most sentences of most articles cannot, and an article without one that can is read no further.
//! A rule that begins a frame with a word that is not on [`OPENERS`], and without a sum, a share or
//! a round, names it here; debug builds read every sentence and fail where the list lacks it.

use crate::extract::facts::Facts;
use crate::extract::lexicon::list::List;
use crate::extract::text::Kind;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

/// Words that open a frame by themselves.
static OPENERS: List = List::new(&[
    // money for a company
    "raise",
    "raises",
    "raised",
    "raising",
    "borrow",
    "borrows",
    "borrowed",
    "borrowing",
    "round",
    "rounds",
    "fundraise",
    "fundraising",
    "funding",
    "financing",
    "loan",
    "facility",
    "invest",
    "invests",
    "invested",
    "investing",
    "investment",
    "back",
    "backs",
    "backed",
    "stake",
    "stakes",
    "tender",
    "secondary",
    // a company changes hands
    "buy",
    "buys",
    "buying",
    "bought",
    "bid",
    "offer",
    "deal",
    "purchase",
    "purchases",
    "purchased",
    "purchasing",
    "acquire",
    "acquires",
    "acquired",
    "acquiring",
    "acquisition",
    "acquisitions",
    "takeover",
    "buyout",
    "take",
    "takes",
    "took",
    "taking",
    "taken",
    "become",
    "becomes",
    "became",
    "becoming",
    "belong",
    "belongs",
    "eyes",
    "eyeing",
    "courts",
    "circles",
    "circling",
    "stalks",
    "stalking",
    "pursues",
    "pursuing",
    "chases",
    "chasing",
    "courting",
    "woos",
    "snap",
    "snaps",
    "snapped",
    "scoop",
    "scoops",
    "scooped",
    "gobble",
    "gobbles",
    "gobbled",
    "swallow",
    "swallows",
    "swallowed",
    "pick",
    "picks",
    "picked",
    "absorb",
    "absorbs",
    "absorbed",
    "sell",
    "sells",
    "selling",
    "sold",
    "sale",
    "buyer",
    "buyers",
    "suitor",
    "offload",
    "offloads",
    "offloading",
    "offloaded",
    "join",
    "joins",
    "joining",
    "unite",
    "unites",
    "united",
    "uniting",
    "combination",
    "amalgamation",
    "approach",
    "proposal",
    "overture",
    "overtures",
    "divest",
    "divests",
    "divested",
    "merge",
    "merges",
    "merged",
    "merging",
    "merger",
    "combine",
    "combines",
    "combining",
    "talks",
    "talking",
    "negotiating",
    "discussions",
    "negotiations",
    // people and a licence
    "acquihire",
    "acquihires",
    "acquihired",
    "acquihiring",
    "acqui",
    "hire",
    "hires",
    "hired",
    "hiring",
    "poach",
    "poaches",
    "poached",
    "recruits",
    "recruited",
    "licensing",
    "licenses",
    "license",
    "licence",
    "licensed",
    // a listing
    "ipo",
    "float",
    "flotation",
    "prospectus",
    "listing",
    "debut",
    "debuts",
    "debuted",
]);

/// Whether the sentence can open a deal.
pub(in crate::extract::frame) fn can_open(text: &Text, sentence: &Sentence, facts: &Facts) -> bool {
    if !facts.sums.is_empty() || !facts.rounds.is_empty() {
        return true;
    }
    let tokens = text.tokens_of(sentence);
    let word = |at: usize| tokens.get(at).map_or("", |token| text.of(token.span));
    let back = |at: usize| at.checked_sub(1).map_or("", word);
    tokens.iter().enumerate().any(|(at, token)| match token.kind {
        Kind::Punct => text.of(token.span) == "%",
        Kind::Word => {
            let own = text.of(token.span);
            OPENERS.contains(own)
                || match own {
                    "percent" | "percentage" | "pct" | "welcome" | "welcomes" | "welcomed"
                    | "welcoming" | "subscribe" | "subscribes" | "subscribed" | "talking"
                    | "joined" | "spurns" | "spurned" | "rebuffs" | "rebuffed" | "snubs"
                    | "snubbed" | "jilts" => true,
                    "cent" => back(at) == "per",
                    "sales" => matches!(back(at), "share" | "stock"),
                    "increase" => back(at) == "capital",
                    "initial" => word(at + 1) == "public",
                    "public" => {
                        matches!(word(at + 1), "listing" | "debut")
                            || matches!(back(at), "go" | "goes" | "going" | "went" | "gone")
                    }
                    "list" | "lists" | "listed" => matches!(word(at + 1), "on" | "in"),
                    "fold" | "folds" | "folded" | "folding" => word(at + 1) == "into",
                    "placement" => matches!(back(at), "private" | "brokered" | "equity"),
                    "advances" => matches!(word(at + 1), "from" | "by"),
                    "private" => matches!(back(at), "go" | "goes" | "going" | "went" | "gone"),
                    "race" | "battle" | "auction" | "bidding" | "contest" | "pursuit" | "chase"
                    | "war" => word(at + 1) == "for",
                    "run" | "tilt" | "swoop" | "swoops" | "pounce" | "pounces" | "raid"
                    | "move" | "moves" | "play" => {
                        matches!(word(at + 1), "at" | "for" | "on" | "to")
                    }
                    "part" | "parts" | "parted" | "parting" => {
                        word(at + 1) == "with"
                            || back(at) == "now"
                            || back(at.saturating_sub(1)) == "now"
                            || matches!(back(at), "is" | "are")
                    }
                    "control" | "ownership" | "dispose" | "disposes" | "disposed" | "disposing" => {
                        word(at + 1) == "of"
                    }
                    "bring" | "brings" | "brought" | "bringing" => {
                        matches!(word(at + 1), "on" | "aboard" | "over" | "in")
                    }
                    "tie" | "tying" | "ties" | "tied" => {
                        word(at + 1) == "-" || word(at + 1) == "the"
                    }
                    "moving" | "moved" | "goes" | "go" | "heads" | "head" | "exits" | "exited" => {
                        word(at + 1) == "to"
                    }
                    "own" | "owns" => {
                        matches!(back(at), "to" | "will")
                            || word(at + 1) == "all"
                            || word(at + 2) == "whole"
                            || back(at) == "now"
                            || back(at.saturating_sub(1)) == "now"
                    }
                    "block" => back(at) == "the",
                    "hive" | "hives" | "hived" | "hiving" | "spin" | "spins" | "spun"
                    | "spinning" => word(at + 1) == "off",
                    "day" => matches!(back(at), "first" | "opening"),
                    "cash" => matches!(word(at + 1), "out" | "in"),
                    "closing" | "closes" | "homes" | "homing" | "zeroes" | "zeroing" | "hones" => {
                        word(at + 1) == "in" && word(at + 2) == "on"
                    }
                    "find" | "finds" | "found" | "finding" => {
                        matches!(word(at + 2), "home" | "owner" | "buyer")
                            || matches!(word(at + 1), "home" | "owner" | "buyer")
                    }
                    "bidder" | "owner" | "acquirer" => matches!(word(at + 1), "of" | "for"),
                    "as" => (at + 1..at + 5).any(|at| {
                        matches!(
                            word(at),
                            "investor"
                                | "investors"
                                | "shareholder"
                                | "shareholders"
                                | "backer"
                                | "backers"
                        )
                    }),
                    _ => false,
                }
        }
        Kind::Number | Kind::Han | Kind::Break => false,
    })
}
