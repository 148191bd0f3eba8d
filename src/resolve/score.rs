//! How well two mentions of one company fit as one deal, in points with reasons.
//!
//! The points are ordinal: what matters is which facts outweigh which. A named round or an equal
//! sum outweighs weeks of distance; what excludes one deal ([`veto`]) outweighs everything.

use jiff::Timestamp;

use super::facts::Facts;
use super::facts::Usd;
use super::party;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::RoundBase;

/// Two mentions that name one company and nothing else are one deal if they are close in time.
const SAME_COMPANY: f64 = 1.0;
/// Where time does not tell, a company alone is little evidence.
const NO_DATE: f64 = -0.5;
/// What is told in passing may be any deal of the company: it needs a fact in common.
const NO_DATE_IN_PASSING: f64 = -1.0;
/// A company is listed once, whatever the sums are until it trades.
const SAME_LISTING: f64 = 3.0;
/// Sums within this ratio are the same sum: rounding and yearly rates move them this far.
const SAME_SUM: f64 = 1.12;
/// A price that is still negotiated moves this far (30 → 60 亿).
const DRIFT: f64 = 2.6;
/// The valuation of one round seldom moves further.
const ONE_ROUND: f64 = 1.6;
/// From one round to the next it doubles.
const NEXT_ROUND: f64 = 1.9;
/// A sum as wide as this ("over", 数亿) holds many others.
const VAGUE: f64 = 1.9;
/// The same news has the same vague words: 数十亿 is seldom printed as "over a billion".
const OTHER_WORDS: f64 = -0.5;
/// A report of the same news comes this late at most, in days.
const SAME_NEWS_DAYS: i64 = 3;
/// Talks that are reported this long after an end are the next attempt, in days.
const NEXT_ATTEMPT_DAYS: i64 = 14;
/// Talks that are reported this long after a deal was announced are about the next one, in days.
const NEXT_DEAL_DAYS: i64 = 21;
/// Talks are about the terms of one deal for as long as this, in days.
const TALKS_DAYS: i64 = 30;
/// A worth doubles at most while it is negotiated; beyond lies the next round's.
const DOUBLED: f64 = 2.1;
/// Nothing followed a rumour for as long as this: it came to nothing.
const EXPIRY_DAYS: i64 = 180;

/// Points for being one deal, and why.
pub(super) struct Fit {
    /// Above zero is a join; minus infinity excludes it.
    pub(super) points: f64,
    /// In words, strongest first.
    pub(super) words: Vec<String>,
}

/// How well the two fit.
pub(super) fn fit(a: &Facts<'_>, b: &Facts<'_>) -> Fit {
    match veto(a, b) {
        Some(words) => Fit { points: f64::NEG_INFINITY, words: vec![words] },
        None => weigh(a, b),
    }
}

/// Facts of which both mentions give one and which exclude each other.
fn veto(a: &Facts<'_>, b: &Facts<'_>) -> Option<String> {
    let (one, other) = (&a.told.mention, &b.told.mention);
    if (one.kind == DealKind::Debt) != (other.kind == DealKind::Debt) {
        return Some("a loan is not a round".to_owned());
    }
    if (one.kind == DealKind::Secondary) != (other.kind == DealKind::Secondary) {
        return Some("a sale of shares is not a round".to_owned());
    }
    if let (Some(x), Some(y)) = (one.round, other.round)
        && let (Some(rank_x), Some(rank_y)) = (x.rank(), y.rank())
        && rank_x != rank_y
        && x.base != RoundBase::Growth
        && y.base != RoundBase::Growth
        && !(sums(a.amount, b.amount) == Sums::Equal && (x.base == y.base || confirmed(a, b)))
    {
        return Some(format!("round {x} is not round {y}"));
    }
    if let Some((x, y)) = a.tranche.zip(b.tranche)
        && one.round == other.round
        && x.is_not(y)
        && !(sums(a.amount, b.amount) == Sums::Equal && confirmed(a, b))
    {
        return Some("another part of the round".to_owned());
    }
    // Who looks for a buyer lists those that may be asked.
    let looks = [one.status, other.status].contains(&DealStatus::Seeking);
    if !looks && party::apart(&a.acquirers, &b.acquirers) && !same_news(a, b) {
        return Some("another buyer".to_owned());
    }
    told_apart(a, b).or_else(|| next_attempt(a, b))
}

/// More than the sum agrees: one of the two took the name of another round for this one's.
fn confirmed(a: &Facts<'_>, b: &Facts<'_>) -> bool {
    sums(a.valuation, b.valuation) == Sums::Equal
        || party::shared(&a.investors, &b.investors) > 0
        || same_news(a, b)
}

/// News of the same days with the same sum: nobody is paid that twice in a week, so a round or a
/// buyer that differs was taken from another sentence.
fn same_news(a: &Facts<'_>, b: &Facts<'_>) -> bool {
    let days = in_time(a, b).map(|(first, second)| days(first.told.at, second.told.at));
    days.is_some_and(|days| days <= SAME_NEWS_DAYS)
        && sums(a.amount, b.amount) == Sums::Equal
        && !vague(a.amount)
        && !vague(b.amount)
}

/// What one article tells as two deals is two: both as its news, or the news and something settled
/// before it. An earlier state of the same deal, told in passing, is not settled.
fn told_apart(a: &Facts<'_>, b: &Facts<'_>) -> Option<String> {
    if a.told.article != b.told.article {
        return None;
    }
    let past = |facts: &Facts<'_>| !facts.told.mention.main && !is_open(facts.told.mention.status);
    let both_news = a.told.mention.main && b.told.mention.main;
    let agree = (sums(a.amount, b.amount) == Sums::Equal || same_round(a, b))
        && !matches!(sums(a.valuation, b.valuation), Sums::Near | Sums::Far)
        && !party::apart(&a.investors, &b.investors);
    (both_news || ((past(a) || past(b)) && !agree)).then(|| "one article tells both".to_owned())
}

/// One round of which one mention tells no sum, with an investor in common.
fn same_round(a: &Facts<'_>, b: &Facts<'_>) -> bool {
    let (one, other) = (&a.told.mention, &b.told.mention);
    sums(a.amount, b.amount) == Sums::Unknown
        && one.round == other.round
        && one.round.is_some_and(|round| round.rank().is_some())
        && party::shared(&a.investors, &b.investors) > 0
}

/// News of talks after the end of others, or after an announcement with other terms.
fn next_attempt(a: &Facts<'_>, b: &Facts<'_>) -> Option<String> {
    let (first, second) = in_time(a, b)?;
    let days = days(first.told.at, second.told.at);
    let (before, after) = (first.told.mention.status, second.told.mention.status);
    let goes_on =
        !matches!(after, DealStatus::Terminated | DealStatus::Denied | DealStatus::Expired);
    if before == DealStatus::Terminated && goes_on && days > NEXT_ATTEMPT_DAYS {
        return Some(format!("a new attempt {days} days after the end of another"));
    }
    let agree = matches!(sums(first.amount, second.amount), Sums::Equal | Sums::Overlap);
    let listing = first.told.mention.kind == DealKind::Ipo;
    let settled = matches!(before, DealStatus::Announced | DealStatus::Completed);
    if settled && is_open(after) && days > NEXT_DEAL_DAYS && !agree && !listing {
        return Some(format!("talks {days} days after another deal was settled"));
    }
    None
}

/// The two in the order of their news, if time tells: both are dated and both are the news of
/// their article. What is told in passing looks back, nobody knows how far.
fn in_time<'a, 'b>(a: &'a Facts<'b>, b: &'a Facts<'b>) -> Option<(&'a Facts<'b>, &'a Facts<'b>)> {
    let news = |facts: &Facts<'_>| facts.told.dated && facts.told.mention.main;
    if !news(a) || !news(b) {
        return None;
    }
    Some(if a.told.at <= b.told.at { (a, b) } else { (b, a) })
}

fn days(first: Timestamp, second: Timestamp) -> i64 {
    second.duration_since(first).as_hours() / 24
}

/// The points of a pair that nothing excludes.
fn weigh(a: &Facts<'_>, b: &Facts<'_>) -> Fit {
    let (one, other) = (&a.told.mention, &b.told.mention);
    let listing = one.kind == DealKind::Ipo && other.kind == DealKind::Ipo;
    let mut fit =
        Fit { points: if listing { SAME_LISTING } else { SAME_COMPANY }, words: Vec::new() };
    let mut add = |points: f64, words: String| {
        fit.points += points;
        fit.words.push(words);
    };
    rounds(a, b, &mut add);
    let open = is_open(one.status) || is_open(other.status);
    let weight = if listing { 0.3 } else { 1.0 };
    match sums(a.amount, b.amount) {
        Sums::Equal if vague(a.amount) && vague(b.amount) => {
            add(1.5, "vague sums agree".to_owned());
        }
        Sums::Equal => add(3.0, "sums agree".to_owned()),
        Sums::Overlap if vague(a.amount) && vague(b.amount) => {
            add(OTHER_WORDS, "vague sums in other words".to_owned());
        }
        Sums::Overlap if vague(a.amount) || vague(b.amount) => {
            add(0.7, "sums are compatible".to_owned());
        }
        Sums::Overlap => add(1.5, "sums are compatible".to_owned()),
        // No evidence either way: prices drift while they are negotiated.
        Sums::Near if open => add(0.0, "the sum drifted while it was negotiated".to_owned()),
        Sums::Near => add(-2.5 * weight, "sums differ".to_owned()),
        Sums::Far if open => add(-2.0 * weight, "sums are far apart".to_owned()),
        Sums::Far => add(-4.0 * weight, "sums are far apart".to_owned()),
        Sums::Unknown => {}
    }
    match sums(a.valuation, b.valuation) {
        Sums::Equal => add(1.5, "valuations agree".to_owned()),
        Sums::Overlap => add(0.5, "valuations are compatible".to_owned()),
        Sums::Near if haggled(a, b) => {
            add(0.0, "the worth drifted while it was negotiated".to_owned());
        }
        Sums::Near if gap(a.valuation, b.valuation) > NEXT_ROUND => {
            add(-2.5 * weight, "valuations differ as between two rounds".to_owned());
        }
        Sums::Near if gap(a.valuation, b.valuation) > ONE_ROUND => {
            add(-weight, "valuations differ".to_owned());
        }
        Sums::Near | Sums::Unknown => {}
        Sums::Far => add(-4.0 * weight, "valuations are far apart".to_owned()),
    }
    buyers(a, b, &mut add);
    investors(a, b, &mut add);
    time(a, b, listing, &mut add);
    fit
}

fn rounds(a: &Facts<'_>, b: &Facts<'_>, add: &mut impl FnMut(f64, String)) {
    let (one, other) = (&a.told.mention, &b.told.mention);
    match (one.round, other.round) {
        // One counts the parts of its round by numbers, the other by pluses: A2 and A+ are one code.
        (Some(x), Some(y)) if x == y && counted_otherwise(a, b) => {
            add(1.0, format!("rounds of code {x}"));
        }
        (Some(x), Some(y)) if x == y && x.rank().is_some() => add(3.0, format!("same round {x}")),
        (Some(x), Some(y)) if x == y => add(1.0, format!("same round {x}")),
        (Some(x), Some(y)) if x.base == y.base => add(1.0, format!("rounds {x} and {y}")),
        (Some(x), Some(y)) => add(-1.5, format!("rounds {x} and {y}")),
        _ => {}
    }
    if stake(a) != stake(b) {
        add(-0.3, "a stake and a round".to_owned());
    }
}

/// The terms of the earlier news were still open, and the other came soon after: no company begins
/// its next round within weeks of talks about this one.
fn haggled(a: &Facts<'_>, b: &Facts<'_>) -> bool {
    in_time(a, b).is_some_and(|(first, second)| {
        is_open(first.told.mention.status)
            && days(first.told.at, second.told.at) <= TALKS_DAYS
            && gap(a.valuation, b.valuation) <= DOUBLED
            && a.told.article != b.told.article
    })
}

/// Parts of a round that are counted in two ways.
fn counted_otherwise(a: &Facts<'_>, b: &Facts<'_>) -> bool {
    a.tranche.zip(b.tranche).is_some_and(|(x, y)| x != y)
}

fn stake(facts: &Facts<'_>) -> bool {
    facts.told.mention.kind == DealKind::InvestmentStake
}

fn investors(a: &Facts<'_>, b: &Facts<'_>, add: &mut impl FnMut(f64, String)) {
    match party::shared(&a.investors, &b.investors) {
        0 if party::apart(&a.investors, &b.investors) => {
            let lists = a.investors.len() > 1 && b.investors.len() > 1;
            add(if lists { -1.5 } else { -0.7 }, "no investor in common".to_owned());
        }
        0 => {}
        // Who takes a stake is the other side of the deal, as a buyer is.
        1 if stake(a) || stake(b) => add(1.5, "same holder of the stake".to_owned()),
        // Who invested once invests again: the next round has the same names.
        1 => add(0.7, "an investor in common".to_owned()),
        n => add(1.3, format!("{n} investors in common")),
    }
}

fn buyers(a: &Facts<'_>, b: &Facts<'_>, add: &mut impl FnMut(f64, String)) {
    if party::shared(&a.acquirers, &b.acquirers) > 0 {
        add(2.5, "same buyer".to_owned());
    } else if !a.acquirers.is_empty() && !b.acquirers.is_empty() {
        add(-0.5, "the buyers' names cannot be compared".to_owned());
    }
}

/// Distance in time, and the order of the statuses in it.
fn time(a: &Facts<'_>, b: &Facts<'_>, listing: bool, add: &mut impl FnMut(f64, String)) {
    let (one, other) = (a.when, b.when);
    let days = one.days_to(other);
    let close = one.is_close() && other.is_close();
    let words = format!("{days} days apart");
    match days {
        0..=14 if close => add(1.0, words),
        0..=60 if one.is_open() || other.is_open() => {
            // An earlier state that one article tells beside its news is of the same deal.
            let beside = a.told.article == b.told.article;
            let news = a.told.mention.main && b.told.mention.main;
            let points = if news || beside { NO_DATE } else { NO_DATE_IN_PASSING };
            add(points, "nobody knows how far apart".to_owned());
        }
        0..=60 => {}
        // From the first papers to the first day of trading it takes a year and more.
        _ if listing => add(if days > 540 { -3.5 } else { 0.0 }, words),
        61..=150 => add(-0.7, words),
        151..=300 => add(-1.8, words),
        _ => add(-3.5, words),
    }
    if listing {
        return;
    }
    let same = sums(a.amount, b.amount) == Sums::Equal
        || party::shared(&a.acquirers, &b.acquirers) > 0
        || (a.told.mention.round.is_some() && a.told.mention.round == b.told.mention.round);
    for (first, second) in [(a, b), (b, a)] {
        let after = second.when.days_after(first.when);
        // What is settled is not rumoured again: a rumour after it is the next attempt.
        if is_settled(first.told.mention.status)
            && is_open(second.told.mention.status)
            && after.is_some_and(|days| days > SAME_NEWS_DAYS)
            && second.told.mention.main
        {
            add(-2.5, "a new attempt after a settled one".to_owned());
        }
        let is_news = first.told.mention.main && second.told.mention.main;
        if is_open(first.told.mention.status)
            && after.is_some_and(|days| days > EXPIRY_DAYS)
            && is_news
            && !same
        {
            add(-1.5, "the rumour had expired".to_owned());
        }
    }
}

/// Settled, one way or the other.
fn is_settled(status: DealStatus) -> bool {
    matches!(status, DealStatus::Announced | DealStatus::Completed | DealStatus::Terminated)
}

/// Not settled yet: terms still move.
pub(super) fn is_open(status: DealStatus) -> bool {
    match status {
        DealStatus::Seeking | DealStatus::Rumoured | DealStatus::InTalks | DealStatus::Denied => {
            true
        }
        DealStatus::Announced
        | DealStatus::Completed
        | DealStatus::Terminated
        | DealStatus::Expired => false,
    }
}

/// How two sums compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sums {
    /// The same, but for rounding and rates.
    Equal,
    /// A vague one holds the other.
    Overlap,
    /// Different by less than a negotiated price moves.
    Near,
    /// Different.
    Far,
    /// One is not told.
    Unknown,
}

fn ratio(x: f64, y: f64) -> f64 {
    (x.max(y) + 1.0) / (x.min(y) + 1.0)
}

/// So wide that it holds many others.
pub(super) fn vague(sum: Option<Usd>) -> bool {
    sum.is_some_and(|sum| ratio(sum.high, sum.low) >= VAGUE)
}

/// Compares two sums in US dollars.
pub(super) fn sums(a: Option<Usd>, b: Option<Usd>) -> Sums {
    let (Some(a), Some(b)) = (a, b) else { return Sums::Unknown };
    if ratio(a.low, b.low) <= SAME_SUM && ratio(a.high, b.high) <= SAME_SUM {
        return Sums::Equal;
    }
    if a.low <= b.high * SAME_SUM && b.low <= a.high * SAME_SUM {
        return Sums::Overlap;
    }
    if ratio_between(a, b) <= DRIFT { Sums::Near } else { Sums::Far }
}

/// How many times the lower one's most is the higher one's least.
fn ratio_between(a: Usd, b: Usd) -> f64 {
    if a.low > b.high { ratio(a.low, b.high) } else { ratio(b.low, a.high) }
}

/// The same for two of which one may not be told: one.
fn gap(a: Option<Usd>, b: Option<Usd>) -> f64 {
    a.zip(b).map_or(1.0, |(a, b)| ratio_between(a, b))
}
