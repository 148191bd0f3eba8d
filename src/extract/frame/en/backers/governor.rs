//! What stands before a group of names and says what it is: `led by`, `participation from`, `investors:`.

use super::super::line::Line;
use super::super::line::Unit;
use super::group::Group;
use super::role::Role;
use super::words;
use super::words::Act;
use crate::extract::money::Role as Of;
use crate::extract::party::PartyKind;
use crate::extract::party::Reference;

/// How far before a group its governor may stand, in units.
const REACH: usize = 9;

/// What stands before a group.
pub(super) enum Left {
    /// It says what the group is.
    Is(Role),
    /// `with`: what follows says it.
    With,
    /// Some other word governs the group.
    Governed,
    /// Nothing: the group may be a subject.
    Free,
}

pub(super) fn governor(line: &Line<'_>, group: &Group<'_>, before: Option<Role>) -> Left {
    let mut label = Label::default();
    for n in 1..=REACH {
        let Some(at) = group.first.checked_sub(n) else { break };
        let Some(Unit::Word(word)) = line.unit(at) else {
            // `the investment firm A`
            if line.party(at).is_some_and(|party| {
                !party.value.is_name()
                    && !matches!(party.value.kind, PartyKind::Refers(Reference::It))
            }) {
                continue;
            }
            break;
        };
        // `the round brought in A`
        if n == 1
            && let Some(verb) = at.checked_sub(1)
            && matches!(words::act(line, verb), Some((2, Act::Names)))
        {
            return named_by(line, group, verb, true, false);
        }
        match word {
            "by" => return by(line, at),
            "from" => return from(line, at),
            "alongside" => return Left::Is(Role::Joins),
            "with" => return with(line, group, at, before),
            "including" | "notably" | "namely" | "like" => {
                let told = before == Some(Role::Joins) || label.investor || nearby(line, at);
                return if told { Left::Is(Role::Joins) } else { Left::Governed };
            }
            "as" if line.back(at, 1) == "such" => {
                return if nearby(line, at) { Left::Is(Role::Joins) } else { Left::Governed };
            }
            ":" | "-" | "–" | "—" => return labelled(line, at, n, &label, before),
            "are" | "were" | "is" | "was" | "include" | "includes" | "included" | "stand"
            | "stands" | "stood" | "sat" | "come" | "comes" | "came" | "sit" | "sits" | "did" => {
                let same = matches!(line.back(at, 1), "as" | "so" | "nor");
                return match before.filter(|_| same) {
                    Some(Role::Not) => Left::Is(Role::Not),
                    _ => told_of(line, at, word),
                };
            }
            "," | ";" | "." | "and" | "while" | "but" => return label.left(),
            "to" if line.back(at, 1) == "next" && takes_part(before) => {
                return Left::Is(Role::Joins);
            }
            "to" if line.back(at, 1) == "addition" => return Left::Free,
            "of" if matches!(
                line.back(at, 1),
                "consisting" | "composed" | "up" | "consortium" | "syndicate" | "trio" | "pair"
            ) =>
            {
                return Left::Is(Role::Joins);
            }
            "join" | "joins" | "joined" | "joining"
                if label.investor || n <= 2 && has_fund(group) =>
            {
                return Left::Is(Role::Joins);
            }
            "between" if matches!(line.back(at, 1), "split" | "shared" | "divided") => {
                return Left::Is(Role::Joins);
            }
            // `the founders of A and B, investing personally`
            "of" if is_people(line.back(at, 1)) => return Left::Is(Role::Not),
            "of" if words::is_arm(line.back(at, 1)) => {}
            "of" | "at" | "to" | "in" | "for" | "on" | "into" | "behind" | "against" | "than"
            | "via" | "through" | "over" | "under" | "between" | "without" | "despite"
            | "about" => {
                return Left::Governed;
            }
            _ => {
                if let Some((length, Act::Names)) = words::act(line, at) {
                    return named_by(line, group, at, n == length, label.investor);
                }
                label.take(word);
            }
        }
    }
    label.left()
}

/// What a verb of naming makes of its object: of `the round drew A and B` backers, and of `it named A
/// and B` if they are funds, or are called investors.
fn named_by(line: &Line<'_>, group: &Group<'_>, verb: usize, close: bool, called: bool) -> Left {
    let round = (verb.saturating_sub(5)..verb).any(|at| {
        matches!(
            line.word(at),
            "round" | "financing" | "raise" | "deal" | "syndicate" | "consortium" | "fundraise"
        ) || line.is_round(at)
    });
    if called || (close && (round || has_fund(group))) { Left::Is(Role::Joins) } else { Left::Free }
}

/// `with A taking part`, `together with A`, `in talks with A and B about a round`.
fn with(line: &Line<'_>, group: &Group<'_>, at: usize, before: Option<Role>) -> Left {
    // `A split the lead with B`
    if line.back(at, 1) == "lead" && line.back(at, 2) == "the" {
        return Left::Is(Role::Lead);
    }
    let told = match line.back(at, 1) {
        "talks" | "discussions" | "negotiations" | "negotiating" | "talking" | "sheet" => {
            about_a_round(line, group)
        }
        "together" | "along" => takes_part(before),
        _ => false,
    };
    if told { Left::Is(Role::Joins) } else { Left::With }
}

/// `Investors: A and B`, `Lead: A`, and what goes on after a colon.
fn labelled(line: &Line<'_>, at: usize, n: usize, label: &Label, before: Option<Role>) -> Left {
    let told = label.investor || labels(line, at);
    let lead = label.lead || leads_label(line, at);
    match (told, lead) {
        (true, true) => Left::Is(Role::Lead),
        (true, false) => Left::Is(Role::Joins),
        _ if line.word(at) == ":" && n == 1 && takes_part(before) => Left::Is(Role::Joins),
        _ => Left::Free,
    }
}

fn takes_part(before: Option<Role>) -> bool {
    before.is_some_and(|role| role != Role::Not)
}

/// Those of a company who act for themselves.
fn is_people(word: &str) -> bool {
    matches!(
        word,
        "founders"
            | "founder"
            | "creators"
            | "executives"
            | "alumni"
            | "veterans"
            | "leaders"
            | "employees"
    )
}

fn has_fund(group: &Group<'_>) -> bool {
    group.names.iter().any(|(_, name)| name.value.kind == PartyKind::Investor)
}

/// Whether what is talked about is a round: by the words after, or by who talks.
fn about_a_round(line: &Line<'_>, group: &Group<'_>) -> bool {
    let stop = |at: &usize| !matches!(line.word(*at), "." | ";");
    has_fund(group)
        || (group.end..group.end + 12).take_while(stop).any(|at| {
            line.is_round(at) || matches!(line.word(at), "round" | "invest" | "funding" | "raise")
        })
}

/// What the words right before a group call it.
#[derive(Default)]
struct Label {
    investor: bool,
    lead: bool,
    other: bool,
}

impl Label {
    fn take(&mut self, word: &str) {
        self.investor |= words::is_investor(word);
        self.lead |= self.investor && matches!(word, "lead" | "co-lead" | "leading");
        self.other |= matches!(
            word,
            "customer"
                | "customers"
                | "client"
                | "clients"
                | "rival"
                | "rivals"
                | "adviser"
                | "advisers"
                | "advisor"
                | "advisors"
                | "former"
                | "ex"
                | "competitor"
                | "competitors"
                | "user"
                | "users"
        );
    }

    fn left(&self) -> Left {
        if self.investor && self.lead && !self.other { Left::Is(Role::Lead) } else { Left::Free }
    }
}

/// `led by`, `joined by`, `the round is backed by`.
fn by(line: &Line<'_>, at: usize) -> Left {
    let back = |n: usize| line.back(at, n);
    // `led jointly by`, `was joined in the round by`
    let verb = (1..6)
        .map(back)
        .take_while(|word| !matches!(*word, "" | "," | ";" | "." | "by" | "with" | "participation"))
        .find(|word| {
            word.ends_with("ed") || matches!(*word, "led" | "put" | "taken" | "made" | "bought")
        })
        .filter(|word| !matches!(*word, "is" | "was"))
        .unwrap_or(back(1));
    let of_round = || {
        (at.saturating_sub(9)..at).any(|at| {
            line.is_round(at)
                || line.sum(at).is_some()
                || (words::is_round(line.word(at)) && !matches!(line.word(at), "it" | "them"))
        })
    };
    match verb {
        // `the AI startup led by Jane Doe`: the company, not the round.
        "led" | "headed" | "helmed"
            if back(1) == verb
                && (matches!(
                    back(2),
                    "startup" | "start-up" | "company" | "firm" | "lab" | "business" | "outfit"
                ) || at
                    .checked_sub(2)
                    .and_then(|at| line.party(at))
                    .is_some_and(|party| matches!(party.value.kind, PartyKind::Refers(_)))) =>
        {
            Left::Governed
        }
        "led" | "headed" | "anchored" | "spearheaded" | "fronted" | "helmed"
            if of_round() || line.of_funding =>
        {
            Left::Is(Role::Lead)
        }
        "joined" | "organised" | "organized" | "followed" | "accompanied" | "complemented"
        | "flanked" | "participation" | "investment" | "investments" | "commitment"
        | "commitments" | "contribution" | "contributions" => Left::Is(Role::Joins),
        "backed" | "supported" | "funded" | "financed" | "underwritten" | "subscribed"
        | "provided" | "bankrolled" | "rounded" | "put" | "contributed" | "filled" | "taken"
        | "shared" | "made" | "bought"
            if of_round() =>
        {
            Left::Is(Role::Joins)
        }
        _ => Left::Governed,
    }
}

/// `participation from`, `$5M from`, `with cheques from`.
fn from(line: &Line<'_>, at: usize) -> Left {
    let noun = line.back(at, 1);
    let money = at.checked_sub(1).is_some_and(|before| {
        line.is_round(before) || line.sum(before).is_some_and(|sum| sum.value.role != Of::Other)
    });
    let told = matches!(noun, "is" | "was" | "are" | "were")
        && (at.saturating_sub(4)..at)
            .any(|at| matches!(line.word(at), "money" | "cash" | "capital" | "funds" | "funding"));
    let given = money
        || told
        || matches!(
            noun,
            "participation"
                | "support"
                | "backing"
                | "contributions"
                | "contribution"
                | "involvement"
                | "commitments"
                | "commitment"
                | "investments"
                | "help"
                | "tickets"
                | "coming"
                | "came"
                | "comes"
                | "safe"
                | "notes"
                | "participations"
                | "sum"
                | "figure"
                | "amount"
                | "injection"
                | "infusion"
                | "boost"
                | "interest"
                | "follow-on"
        )
        || (words::is_round(noun)
            && !matches!(noun, "it" | "them" | "table" | "backers" | "shareholders" | "investors"));
    if given { Left::Is(Role::Joins) } else { Left::Governed }
}

/// `Other investors are`, `Behind it stand`, `Leading the round was`, `as did`.
fn told_of(line: &Line<'_>, at: usize, verb: &str) -> Left {
    if matches!(line.back(at, 1), "as" | "so") {
        return Left::Is(Role::Joins);
    }
    if verb == "did" {
        return Left::Governed;
    }
    let opening = (0..at.min(3)).map(|at| line.word(at));
    for word in opening {
        match word {
            "leading" | "co-leading" => return Left::Is(Role::Lead),
            "joining" | "behind" | "participating" | "following" | "backing" | "supporting"
            | "returning" | "investing" | "aboard" | "board" => return Left::Is(Role::Joins),
            _ => {}
        }
    }
    let clause = || {
        (1..=REACH)
            .map_while(|n| at.checked_sub(n))
            .map(|at| line.word(at))
            .take_while(|word| !matches!(*word, "," | ";" | "."))
    };
    // `At the head of the round stood A`
    if matches!(verb, "stand" | "stands" | "stood" | "is" | "are" | "was" | "sits" | "sit" | "sat")
        && clause().any(|word| matches!(word, "head" | "helm" | "front"))
        && clause().last() == Some("at")
    {
        return Left::Is(Role::Lead);
    }
    // `Among those who paid in are A and B`
    let gave = |word: &str| {
        matches!(
            word,
            "paid"
                | "invested"
                | "participated"
                | "joined"
                | "contributed"
                | "subscribed"
                | "pay"
                | "put"
                | "came"
                | "took"
                | "participating"
                | "joining"
                | "wrote"
        )
    };
    if clause().any(|word| matches!(word, "those" | "others" | "who")) && clause().any(gave) {
        return Left::Is(Role::Joins);
    }
    let mut label = Label::default();
    let mut old = false;
    for n in 1..=REACH {
        let Some(Unit::Word(word)) = at.checked_sub(n).and_then(|at| line.unit(at)) else {
            continue;
        };
        if matches!(word, "," | ";" | "." | ":") {
            break;
        }
        label.take(word);
        // `Existing shareholders include A`: no word of the round.
        old |= matches!(word, "shareholders" | "holders" | "owners")
            && matches!(line.back(at - n, 1), "existing" | "current" | "other" | "its" | "largest");
        old |=
            matches!(word, "earlier" | "previous" | "prior" | "past" | "early" | "former" | "seed");
        let group =
            matches!(word, "round" | "syndicate" | "consortium" | "group" | "names" | "leads")
                && (verb.starts_with("includ") || word != "round" || n == 1);
        label.investor |= group && verb != "did";
        label.lead |= matches!(word, "lead" | "leads") && label.investor;
    }
    match (label.investor && !old && !label.other, label.lead) {
        (true, true) => Left::Is(Role::Lead),
        (true, false) => Left::Is(Role::Joins),
        _ => Left::Governed,
    }
}

/// Words about investors shortly before.
fn nearby(line: &Line<'_>, at: usize) -> bool {
    (at.saturating_sub(10)..at).any(|at| {
        words::is_investor(line.word(at))
            || matches!(line.word(at), "participation" | "backing" | "syndicate" | "consortium")
            || (matches!(line.word(at), "funds" | "firms" | "names" | "group")
                && (at.saturating_sub(8)..at)
                    .any(|at| matches!(line.word(at), "led" | "from" | "by" | "joined")))
    })
}

/// `Investors:`, `The list of backers runs from venture capital to chipmaking:`.
fn labels(line: &Line<'_>, at: usize) -> bool {
    (at.saturating_sub(14)..at).any(|at| {
        words::is_investor(line.word(at)) || matches!(line.word(at), "names" | "participants")
    }) || line.back(at, 1) == "others"
        || (line.back(at, 1) == "round" && matches!(line.back(at, 3), "in" | "of" | "behind"))
}

fn leads_label(line: &Line<'_>, at: usize) -> bool {
    (at.saturating_sub(3)..at).any(|at| matches!(line.word(at), "lead" | "leads"))
}
