//! Whether two mentions of one company tell one deal, though one says that it is bought and the
//! other that somebody takes a stake in it.

use super::Knowledge;
use super::facts;
use super::party;
use super::score;
use super::score::Sums;
use crate::domain::Told;

/// News of one deal under two kinds comes within so many days.
const SAME_DEAL_DAYS: i64 = 30;

/// Who buys in the one holds the stake in the other, the days are close, and neither sum nor
/// stake speaks against it.
pub fn told_as_another_kind(one: &Told, other: &Told, knowledge: &Knowledge<'_>) -> bool {
    if !(one.dated && other.dated && one.mention.main && other.mention.main) {
        return false;
    }
    let days = (one.at.duration_since(other.at).as_hours() / 24).abs();
    if days > SAME_DEAL_DAYS {
        return false;
    }
    let (a, b) = (facts::facts(one, knowledge), facts::facts(other, knowledge));
    let same_party = party::shared(&a.acquirers, &b.investors) > 0
        || party::shared(&b.acquirers, &a.investors) > 0
        || party::shared(&a.acquirers, &b.acquirers) > 0;
    let stakes = one.mention.stake_pct.zip(other.mention.stake_pct);
    let open = score::is_open(one.mention.status) || score::is_open(other.mention.status);
    let sums_allow = match score::sums(a.amount, b.amount) {
        Sums::Equal | Sums::Overlap | Sums::Unknown => true,
        Sums::Near => open,
        Sums::Far => false,
    };
    same_party && stakes.is_none_or(|(one, other)| one == other) && sums_allow
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Amount;
    use crate::domain::Currency;
    use crate::domain::DealKind;
    use crate::domain::Investor;
    use crate::domain::Mention;
    use crate::domain::Qualifier;
    use crate::resolve::tests::told;
    use crate::resolve::tests::with_knowledge;

    fn sum(mention: &mut Mention, millions: i64) {
        let amount = Amount::new("", millions * 1_000_000, Currency::USD, Qualifier::Exact);
        mention.amount = (millions > 0).then_some(amount);
    }

    /// Somebody buys a company for so many million dollars; so many days later the holder takes a
    /// stake for so many.
    #[track_caller]
    fn check(price: i64, (days, holder, paid): (i64, &str, i64), expected: bool) {
        let bought = told(1, 0, "a", |mention| {
            mention.kind = DealKind::Acquisition;
            mention.acquirers = vec!["Stonescreen Heavy".to_owned()];
            sum(mention, price);
        });
        let taken = told(2, days, "b", |mention| {
            mention.kind = DealKind::InvestmentStake;
            mention.investors = vec![Investor { name: holder.to_owned(), lead: false }];
            sum(mention, paid);
        });
        with_knowledge(|knowledge| {
            assert_eq!(told_as_another_kind(&bought, &taken, knowledge), expected);
            assert_eq!(told_as_another_kind(&taken, &bought, knowledge), expected);
        });
    }

    #[test]
    fn who_buys_most_of_a_company_takes_a_stake_in_it() {
        check(300, (1, "Stonescreen Heavy", 300), true);
        check(300, (1, "Stonescreen Heavy", 0), true);
        check(300, (1, "Stonescreen Heavy", 40), false);
        check(300, (1, "Oakmere Partners", 300), false);
        check(300, (90, "Stonescreen Heavy", 300), false);
    }
}
