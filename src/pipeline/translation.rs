//! One company under two names in two scripts that no text puts side by side.
//!
//! What the news of a new name says is compared with the news in the other language: of the same
//! week, and of names that sound alike. Facts that agree make the two names one entity; where two
//! could be meant, nobody is.

use std::cell::OnceCell;

use jiff::SignedDuration;

use super::Knowledge;
use super::Reading;
use crate::domain::Amount;
use crate::domain::Article;
use crate::domain::ArticleId;
use crate::domain::EntityId;
use crate::domain::Mention;
use crate::domain::MentionId;
use crate::domain::SourceClass;
use crate::domain::Told;
use crate::entity;
use crate::entity::Trades;
use crate::resolve;
use crate::store;
use crate::store::StoreError;
use crate::store::mention::Abroad;
use crate::store::rusqlite::Transaction;

/// News of one deal in two languages comes within this time.
const SAME_NEWS: SignedDuration = SignedDuration::from_hours(7 * 24);
/// A deal with a sum is talked about for so long before it is done.
const TALKS: SignedDuration = SignedDuration::from_hours(45 * 24);
/// Yearly rates move a sum this far, in parts of a hundred.
const RATES_MOVE: i64 = 15;

/// The entity that is meant by the name in the other script, if one is.
pub(super) fn find(
    tx: &Transaction<'_>,
    knowledge: &Knowledge,
    reading: &Reading,
    told: &Told,
    own: &EntityId,
) -> Result<Option<EntityId>, StoreError> {
    if !told.mention.main || named_in_both(knowledge, own) || met_in_both(tx, own)? {
        return Ok(None);
    }
    let mut others = abroad(tx, knowledge, told)?;
    others.extend(sounding(tx, told, own)?);
    let mut found: Vec<EntityId> = Vec::new();
    let own_trades: OnceCell<Trades> = OnceCell::new();
    let trades = |of: &Told| {
        let beside = |article: &Article| Trades::beside(&article.full_text(), &of.mention.target);
        if of.id == told.id {
            return *own_trades.get_or_init(|| beside(&reading.article));
        }
        // An article that cannot be read says nothing.
        let stored = store::article::load(tx, of.article);
        stored.map(|stored| beside(&stored.article)).unwrap_or_default()
    };
    super::step::with_resolver(tx, knowledge, told.at, |resolver| {
        let told = resolve::InOneScript::of(told, resolver);
        for (target, other) in &others {
            let both_known = |id: &EntityId| knowledge.table.get(id.as_str()).is_some();
            if target == own
                || found.contains(target)
                || named_in_both(knowledge, target)
                || (both_known(target) && both_known(own))
            {
                continue;
            }
            if told.is(other, &trades, resolver).is_some() {
                found.push(target.clone());
            }
        }
    });
    let mut allowed = Vec::with_capacity(found.len());
    for id in found {
        // What has a name in both scripts goes by no third one.
        if !met_in_both(tx, &id)? && !store::entity::apart(tx, own, &id)? {
            allowed.push(id);
        }
    }
    Ok(if allowed.len() == 1 { allowed.pop() } else { None })
}

/// The table has the entity's name in both scripts: any other name is another company.
fn named_in_both(knowledge: &Knowledge, id: &EntityId) -> bool {
    let entity = knowledge.table.get(id.as_str());
    entity.is_some_and(|entity| entity.en.is_some() && entity.zh.is_some())
}

/// The news gave the entity names in both scripts: the search has had its answer.
fn met_in_both(tx: &Transaction<'_>, id: &EntityId) -> Result<bool, StoreError> {
    let names = store::entity::folded_names(tx, id)?;
    let chinese = names.iter().filter(|name| !name.is_ascii()).count();
    Ok(chinese > 0 && chinese < names.len())
}

/// News of the same week in the other language.
fn abroad(
    tx: &Transaction<'_>,
    knowledge: &Knowledge,
    told: &Told,
) -> Result<Vec<(EntityId, Told)>, StoreError> {
    if !told.dated {
        return Ok(Vec::new());
    }
    let year = jiff::tz::Offset::UTC.to_datetime(told.at).year();
    let usd = |amount: &Amount| knowledge.rates.usd(amount, year);
    let range = told.mention.amount.as_ref().and_then(usd);
    let wider = |value: i64, parts: i64| value.saturating_mul(100 + parts) / 100;
    let low = range.as_ref().and_then(|range| range.min.or(range.max));
    let high = range.as_ref().and_then(|range| range.max.or(range.min));
    let query = Abroad {
        group: told.mention.kind.group(),
        lang: told.lang,
        since: told
            .at
            .saturating_sub(range.as_ref().map_or(SAME_NEWS, |_| TALKS))
            .unwrap_or(told.at),
        from: told.at.saturating_sub(SAME_NEWS).unwrap_or(told.at),
        to: told.at.saturating_add(SAME_NEWS).unwrap_or(told.at),
        usd: low.zip(high).map(|(low, high)| (wider(low, -RATES_MOVE), wider(high, RATES_MOVE))),
    };
    store::mention::abroad(tx, &query)
}

/// News of any time under another's name that sounds alike.
fn sounding(
    tx: &Transaction<'_>,
    told: &Told,
    own: &EntityId,
) -> Result<Vec<(EntityId, Told)>, StoreError> {
    let mut others = Vec::new();
    let alike = store::entity::sounding(tx, sounds(&told.mention.target))?;
    for id in alike.into_iter().filter(|id| id != own) {
        let block = store::mention::block(tx, &id, told.mention.kind.group())?;
        others.extend(
            block.into_iter().filter(|told| told.mention.main).map(|told| (id.clone(), told)),
        );
    }
    Ok(others)
}

/// How a name is spelt by its sound: a Chinese one in letters, a Latin one by its first words.
pub(super) fn sounds(name: &str) -> Vec<String> {
    if name.is_ascii() {
        entity::openings(name)
    } else {
        entity::spellings(name).into_iter().collect()
    }
}

/// The mention as if it were in the log.
pub(super) fn told(reading: &Reading, mention: &Mention) -> Told {
    let article = &reading.article;
    Told {
        id: MentionId(0),
        article: ArticleId(0),
        source: article.source.clone(),
        voice: article.source.to_string(),
        class: SourceClass::Media,
        lang: reading.lang,
        at: article.published.unwrap_or_default(),
        dated: article.published.is_some(),
        seen_at: article.published.unwrap_or_default(),
        content_hash: reading.content_hash.clone(),
        deal: None,
        mention: mention.clone(),
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::Amount;
    use crate::domain::Article;
    use crate::domain::Currency;
    use crate::domain::DealKind;
    use crate::domain::DealStatus;
    use crate::domain::Lang;
    use crate::domain::Mention;
    use crate::domain::Qualifier;
    use crate::domain::TextKind;
    use crate::entity::EntityTable;
    use crate::pipeline::Reading;
    use crate::pipeline::tests::deals;

    /// News that somebody bought `target` for so many million renminbi.
    fn news(target: &str, buyer: &str, day: i8, millions: i64) -> Reading {
        let at = jiff::civil::date(2026, 5, day).at(9, 0, 0, 0);
        let published = at.in_tz("UTC").map(|at| at.timestamp()).ok();
        let article = Article {
            source: "ingest".into(),
            key: format!("{target} {day}"),
            url: None,
            canonical_url: None,
            title: format!("{target} {day}"),
            text: String::new(),
            text_kind: TextKind::Full,
            lang: if target.is_ascii() { Lang::En } else { Lang::Zh },
            published,
            author: None,
            publisher: None,
        };
        let mut reading = Reading::new(article, EntityTable::shipped());
        let mut mention = Mention::new(target, DealKind::Acquisition, DealStatus::Announced);
        mention.acquirers = vec![buyer.to_owned()];
        mention.amount =
            Some(Amount::new("", millions * 1_000_000, Currency::CNY, Qualifier::Exact));
        reading.mentions = vec![mention];
        reading
    }

    /// Asserts that the first two are one deal, whichever comes first.
    #[track_caller]
    fn check(make: impl Fn() -> Vec<Reading>, together: bool) {
        let mut turned = make();
        turned.reverse();
        for order in [make(), turned] {
            let deals = deals(order);
            assert!(deals.iter().all(Option::is_some));
            assert_eq!(deals[0] == deals[1], together, "{deals:?}");
        }
    }

    #[test]
    fn a_target_that_each_language_names_its_own_way_is_one_deal() {
        let told = || vec![news("听澜语音", "英伟达", 4, 460), news("WaveHear", "Nvidia", 5, 460)];
        check(told, true);
    }

    #[test]
    fn a_name_that_sounds_alike_is_found_weeks_later() {
        let told = || {
            vec![
                news("青禾软件", "石屏重工", 1, 463),
                news("Qinghe Software", "Stonescreen", 28, 463),
            ]
        };
        check(told, true);
    }

    #[test]
    fn another_target_of_the_same_buyer_is_another_deal() {
        let told = || vec![news("听澜语音", "英伟达", 4, 460), news("WaveHear", "Nvidia", 5, 90)];
        check(told, false);
    }
}
