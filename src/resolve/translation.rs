//! Whether two articles in two scripts tell one deal of one company, though nothing links its names.
//!
//! 青禾软件 and Qinghe Software, 听澜语音 and `WaveHear`: what is said of them decides. A fact counts
//! by how few other deals of the same days share it.

use super::Knowledge;
use super::facts;
use super::facts::Facts;
use super::party;
use super::score;
use super::score::Sums;
use crate::domain::Amount;
use crate::domain::KindGroup;
use crate::domain::Mention;
use crate::domain::Told;
use crate::entity::Trades;
use crate::entity::sounds_like;
use crate::entity::translated;

/// From here on two names are one company.
///
/// Two rounds of one size with one investor in common, told the same day, stay below; with a
/// second investor they reach it.
const ENOUGH: f64 = 5.5;
/// Without a name that sounds alike only news of the same week is compared, in days.
const SAME_WEEK: i64 = 7;
/// What both texts say that the company makes; or that each says something else.
const SAME_TRADE: f64 = 1.5;

/// Beside the same sum.
const SAME_PRICE: f64 = 1.0;

/// What the text of a telling says that its company makes; asked for only if it decides.
pub type TradesOf<'a> = &'a dyn Fn(&Told) -> Trades;

/// A telling whose name stands in one script, made ready to be compared with many in the other.
pub struct InOneScript<'a> {
    facts: Facts<'a>,
    chinese: bool,
}

impl<'a> InOneScript<'a> {
    /// Takes what the telling says.
    pub fn of(told: &'a Told, knowledge: &Knowledge<'_>) -> InOneScript<'a> {
        let chinese = party::is_chinese(&told.mention.target);
        InOneScript { facts: facts::facts(told, knowledge), chinese }
    }

    /// Why the two are one deal, in words; `None` if nothing says so, or something speaks against
    /// it.
    ///
    /// Only for two tellings in two scripts: names in one script are compared as names.
    pub fn is(
        &self,
        other: &Told,
        trades: TradesOf<'_>,
        knowledge: &Knowledge<'_>,
    ) -> Option<String> {
        let name = &self.facts.told.mention.target;
        let (chinese, latin) = match (self.chinese, party::is_chinese(&other.mention.target)) {
            (true, false) => (name, &other.mention.target),
            (false, true) => (&other.mention.target, name),
            _ => return None,
        };
        let sound = sounds_like(chinese, latin);
        let mut points = 0.0;
        let mut words = Vec::new();
        let mut add = |more: f64, word: &str| {
            points += more;
            words.push(word.to_owned());
        };
        if sound {
            add(3.0, "one name spells how the other sounds");
        }
        match translated(chinese, latin) {
            0 => {}
            1 => add(1.5, "one name translates a part of the other"),
            _ => add(3.0, "one name translates the other"),
        }
        let mine = self.facts.told;
        match days_apart(mine, other) {
            Some(0..=3) => add(1.0, "told within three days"),
            Some(4..=SAME_WEEK) => add(0.5, "told within a week"),
            Some(_) | None if sound => {}
            Some(_) | None => return None,
        }
        if points + most_in_common(&mine.mention, &other.mention) + SAME_TRADE < ENOUGH {
            return None;
        }
        let other = facts::facts(other, knowledge);
        if score::fit(&self.facts, &other).points <= 0.0 {
            return None;
        }
        facts_in_common(&self.facts, &other, &mut |more, word| {
            points += more;
            words.push(word.to_owned());
        });
        if (ENOUGH - SAME_TRADE..ENOUGH + SAME_TRADE).contains(&points) {
            let (one, other) = (trades(mine), trades(other.told));
            if one.share(other) {
                points += SAME_TRADE;
                words.push("both texts say that it makes the same".to_owned());
            } else if one.apart(other) {
                points -= SAME_TRADE;
            }
        }
        (points >= ENOUGH).then(|| words.join("; "))
    }
}

/// The most that the facts of two tellings can have in common, before anybody is looked up.
fn most_in_common(one: &Mention, other: &Mention) -> f64 {
    let both = |has: fn(&Mention) -> bool| has(one) && has(other);
    let investors = match (one.investors.len(), other.investors.len()) {
        (0, _) | (_, 0) => 0,
        (one, other) => one.max(other).min(3),
    };
    let buyers = if both(|m| !m.acquirers.is_empty()) { 3.0 } else { 0.0 };
    let sums = match (&one.amount, &other.amount) {
        (Some(a), Some(b)) if a.currency != b.currency => 1.5,
        (Some(a), Some(b)) if odd(a) || odd(b) => 3.0,
        (Some(_), Some(_)) => 2.0,
        _ => 0.0,
    };
    let price = if sums > 0.0 { SAME_PRICE } else { 0.0 };
    let worth = if both(|m| m.valuation.is_some()) { 1.0 } else { 0.0 };
    let round = if one.round.is_some() && one.round == other.round { 1.0 } else { 0.0 };
    let stake = if one.stake_pct.is_some() && one.stake_pct == other.stake_pct { 1.0 } else { 0.0 };
    [0.0, 1.0, 2.0, 3.0][investors] + buyers + sums + price + worth + round + stake
}

fn facts_in_common(a: &Facts<'_>, b: &Facts<'_>, add: &mut impl FnMut(f64, &str)) {
    if party::shared(&a.acquirers, &b.acquirers) > 0 {
        add(3.0, "same buyer");
    }
    match party::shared(&a.investors, &b.investors) {
        0 => {}
        1 => add(1.0, "an investor in common"),
        2 => add(2.0, "two investors in common"),
        _ => add(3.0, "three investors in common"),
    }
    let (one, other) = (&a.told.mention, &b.told.mention);
    let sums = score::sums(a.amount, b.amount);
    // A settled price does not move: it is another target of the same buyer.
    if matches!(sums, Sums::Near | Sums::Far)
        && !score::is_open(one.status)
        && !score::is_open(other.status)
    {
        add(-3.0, "other sums");
    }
    if sums == Sums::Equal {
        let same = one
            .amount
            .as_ref()
            .zip(other.amount.as_ref())
            .is_some_and(|(x, y)| x.currency == y.currency && x.min == y.min);
        match (same, one.amount.as_ref().is_some_and(odd)) {
            _ if score::vague(a.amount) || score::vague(b.amount) => add(0.5, "vague sums agree"),
            (true, true) => add(3.0, "the same odd sum"),
            (true, false) => add(2.0, "the same sum"),
            (false, _) => add(1.5, "the same sum in two currencies"),
        }
        // Fewer companies are bought than raise money.
        if [one, other].iter().all(|mention| mention.kind.group() == KindGroup::Control)
            && !score::vague(a.amount)
            && !score::vague(b.amount)
        {
            add(SAME_PRICE, "the same price");
        }
    }
    if score::sums(a.valuation, b.valuation) == Sums::Equal {
        add(1.0, "the same valuation");
    }
    if one.round.is_some_and(|round| round.rank().is_some()) && one.round == other.round {
        add(1.0, "the same round");
    }
    if one.stake_pct.is_some() && one.stake_pct == other.stake_pct {
        add(1.0, "the same stake");
    }
}

/// A sum of three figures or more, such as 127 million: few deals share it.
fn odd(amount: &Amount) -> bool {
    let value = amount.min.or(amount.max).unwrap_or(0);
    value.to_string().trim_end_matches('0').len() >= 3
}

fn days_apart(a: &Told, b: &Told) -> Option<i64> {
    let dated = a.dated && b.dated;
    dated.then(|| (a.at.duration_since(b.at).as_hours() / 24).abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Currency;
    use crate::domain::DealKind;
    use crate::domain::Investor;
    use crate::domain::Lang;
    use crate::domain::Mention;
    use crate::domain::Qualifier;
    use crate::resolve::tests::told;
    use crate::resolve::tests::with_knowledge;

    /// Whether news of two names, so many days apart, is news of one company.
    #[track_caller]
    fn check(
        days: i64,
        chinese: impl FnOnce(&mut Mention),
        latin: impl FnOnce(&mut Mention),
        expected: bool,
    ) {
        check_trades([Trades::default(); 2], days, chinese, latin, expected);
    }

    /// As [`check`], where the texts say what each makes.
    #[track_caller]
    fn check_trades(
        trades: [Trades; 2],
        days: i64,
        chinese: impl FnOnce(&mut Mention),
        latin: impl FnOnce(&mut Mention),
        expected: bool,
    ) {
        let mut zh = told(1, 0, "a", chinese);
        zh.lang = Lang::Zh;
        let en = told(2, days, "b", latin);
        with_knowledge(|knowledge| {
            let says = |told: &Told| if told.id == zh.id { trades[0] } else { trades[1] };
            let one = InOneScript::of(&zh, knowledge).is(&en, &says, knowledge);
            let other = InOneScript::of(&en, knowledge).is(&zh, &says, knowledge);
            assert_eq!(one.is_some(), expected, "{one:?}");
            assert_eq!(one, other, "the order plays no part");
        });
    }

    fn buys(m: &mut Mention, target: &str, buyer: &str, millions: i64, currency: Currency) {
        m.target = target.to_owned();
        m.kind = DealKind::Acquisition;
        m.acquirers = vec![buyer.to_owned()];
        m.amount = Some(Amount::new("", millions * 1_000_000, currency, Qualifier::Exact));
    }

    fn raises(m: &mut Mention, target: &str, millions: i64, investors: &[&str]) {
        m.target = target.to_owned();
        m.round = "a".parse().ok();
        m.amount = Some(Amount::new("", millions * 1_000_000, Currency::USD, Qualifier::Exact));
        let investor = |name: &&str| Investor { name: (*name).to_owned(), lead: false };
        m.investors = investors.iter().map(investor).collect();
    }

    #[test]
    fn one_buyer_and_one_sum_are_one_target() {
        check(
            1,
            |m| buys(m, "听澜语音", "英伟达", 700, Currency::CNY),
            |m| buys(m, "WaveHear", "Nvidia", 100, Currency::USD),
            true,
        );
        check(
            1,
            |m| buys(m, "听澜语音", "英伟达", 700, Currency::CNY),
            |m| buys(m, "WaveHear", "Nvidia", 30, Currency::USD),
            false,
        );
        check(
            40,
            |m| buys(m, "听澜语音", "英伟达", 700, Currency::CNY),
            |m| buys(m, "WaveHear", "Nvidia", 100, Currency::USD),
            false,
        );
    }

    #[test]
    fn a_name_that_sounds_alike_needs_one_fact_more() {
        let nothing = |m: &mut Mention, target: &str| m.target = target.to_owned();
        check(1, |m| nothing(m, "云帆机器人"), |m| nothing(m, "Yunfan Robotics"), false);
        check(
            30,
            |m| raises(m, "云帆机器人", 127, &[]),
            |m| raises(m, "Yunfan Robotics", 127, &[]),
            true,
        );
        check(
            30,
            |m| raises(m, "云帆机器人", 127, &[]),
            |m| raises(m, "Yunfan Robotics", 900, &[]),
            false,
        );
    }

    #[test]
    fn a_name_that_says_the_same_needs_a_buyer_or_a_sum_of_the_same_days() {
        check(
            1,
            |m| {
                buys(m, "聽潮科技", "英伟达", 700, Currency::CNY);
                m.amount = None;
            },
            |m| buys(m, "TideVoice", "Nvidia", 100, Currency::USD),
            true,
        );
        // Two targets of one buyer in one week.
        check(
            1,
            |m| {
                buys(m, "聽潮科技", "英伟达", 700, Currency::CNY);
                m.amount = None;
            },
            |m| buys(m, "Larkspur", "Nvidia", 100, Currency::USD),
            false,
        );
        check(1, |m| raises(m, "鲸鼓科技", 30, &[]), |m| raises(m, "Whaledrum", 30, &[]), true);
        check(1, |m| raises(m, "鲸鼓科技", 30, &[]), |m| raises(m, "Whaledrum", 900, &[]), false);
    }

    #[test]
    fn two_rounds_of_one_size_with_one_investor_are_two() {
        check(
            0,
            |m| raises(m, "云帆机器人", 30, &["红杉中国"]),
            |m| raises(m, "Larkspur", 30, &["HongShan"]),
            false,
        );
        check(
            0,
            |m| raises(m, "云帆机器人", 30, &["红杉中国", "高瓴创投"]),
            |m| raises(m, "Larkspur", 30, &["HongShan", "GL Ventures"]),
            true,
        );
    }

    #[test]
    fn what_each_makes_tells_two_rounds_of_one_size_apart() {
        let round = |m: &mut Mention, target: &str| raises(m, target, 30, &[]);
        let robots = Trades::beside("具身智能公司云帆完成融资。", "云帆");
        let humanoids = Trades::beside("Larkspur, a humanoid robot maker", "Larkspur");
        let chips = Trades::beside("Larkspur, which designs AI chips", "Larkspur");
        for (theirs, expected) in [(humanoids, true), (chips, false), (Trades::default(), false)] {
            let trades = [robots, theirs];
            check_trades(trades, 1, |m| round(m, "云帆"), |m| round(m, "Larkspur"), expected);
        }
        // Somebody says so, but a week apart.
        let trades = [robots, humanoids];
        check_trades(trades, 6, |m| round(m, "云帆"), |m| round(m, "Larkspur"), false);
    }

    #[test]
    fn names_in_one_script_are_not_compared_by_facts() {
        check(
            0,
            |m| raises(m, "Foxglove", 127, &["HongShan", "GL Ventures"]),
            |m| raises(m, "Larkspur", 127, &["HongShan", "GL Ventures"]),
            false,
        );
    }
}
