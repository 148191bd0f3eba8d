//! Decisions about deals: two are one, one is two, a value is another, it is none.

use std::collections::BTreeSet;

use serde_json::Value;
use serde_json::json;

use super::Answer;
use super::Desk;
use super::Given;
use super::Stop;
use super::refused;
use crate::domain::ArticleId;
use crate::domain::Cause;
use crate::domain::DealId;
use crate::domain::MentionId;
use crate::store;
use crate::store::deal::Record;
use crate::store::deal::Withdrawal;
use crate::store::decision::DecisionKind;
use crate::store::decision::Redo;
use crate::store::decision::Side;
use crate::store::mention::Standing;

impl Desk<'_> {
    pub(super) fn merge(
        &self,
        one: DealId,
        other: DealId,
        because: Option<&str>,
    ) -> Result<(Answer, Redo), Stop> {
        let (first, second) = (self.told(one)?, self.told(other)?);
        if first.id == second.id {
            let id = first.id;
            return refused(format!("deals {one} and {other} are one already: deal {id}"));
        }
        let (stays, goes) = if first.id < second.id { (first, second) } else { (second, first) };
        let payload = json!({ "deals": [stays.id, goes.id], "because": because });
        let id = self.keep(DecisionKind::Merge, &payload, &[stays.id, goes.id])?;
        let sides = [(Side::One, &stays), (Side::Other, &goes)];
        for (side, deal) in sides {
            for mention in store::mention::current_of_deal(self.tx, deal.id)? {
                store::decision::bind(self.tx, id, mention.id, side, deal.id)?;
            }
        }
        let mut redo = Redo::default();
        for bound in store::decision::bound(self.tx, id)? {
            redo.blocks.insert(bound.block);
            redo.numbers.insert(bound.mention, stays.id);
        }
        let two = if stays.facts.target_id == goes.facts.target_id {
            String::new()
        } else {
            let (one, other) = (&stays.facts.target, &goes.facts.target);
            format!(
                "; {one} and {other} stay two companies (`dealwatch entities merge` makes them one)"
            )
        };
        let words = format!("deal {} is part of deal {} now{two}", goes.id, stays.id);
        Ok((Answer { decision: id, deal: Some(stays.id), words }, redo))
    }

    pub(super) fn split(
        &self,
        deal: DealId,
        articles: &[String],
        because: Option<&str>,
    ) -> Result<(Answer, Redo), Stop> {
        let deal = self.told(deal)?.id;
        let mentions = store::mention::current_of_deal(self.tx, deal)?;
        let mut leaving: BTreeSet<ArticleId> = BTreeSet::new();
        for article in articles {
            leaving.insert(named(article, deal, &mentions)?);
        }
        let (gone, left): (Vec<MentionId>, Vec<MentionId>) = {
            let (gone, left): (Vec<&Standing>, Vec<&Standing>) =
                mentions.iter().partition(|mention| leaving.contains(&mention.article));
            let ids = |side: Vec<&Standing>| side.into_iter().map(|mention| mention.id).collect();
            (ids(gone), ids(left))
        };
        if gone.is_empty() {
            return refused("name the articles that tell another deal");
        }
        if left.is_empty() {
            return refused(format!(
                "these are all the articles of deal {deal}: there is nothing to split; if it is \
                 no deal, `dealwatch deal dismiss {deal}`"
            ));
        }
        let new = store::deal::create(self.tx, self.now)?;
        let payload = json!({ "deal": deal, "new": new, "articles": leaving, "because": because });
        let id = self.keep(DecisionKind::Split, &payload, &[deal, new])?;
        let mut redo = Redo { told: vec![(new, deal)], ..Redo::default() };
        for (side, mentions, number) in [(Side::One, gone, new), (Side::Other, left, deal)] {
            for mention in mentions {
                store::decision::bind(self.tx, id, mention, side, deal)?;
                store::mention::assign(self.tx, mention, number)?;
                redo.numbers.insert(mention, number);
            }
        }
        redo.blocks = self.blocks(id)?;
        let n = crate::domain::measure::count(leaving.len(), "article");
        let words = format!("{n} of deal {deal} tell deal {new} now");
        Ok((Answer { decision: id, deal: Some(new), words }, redo))
    }

    pub(super) fn set(
        &self,
        deal: DealId,
        values: &[Given],
        because: Option<&str>,
    ) -> Result<(Answer, Redo), Stop> {
        let record = self.told(deal)?;
        let deal = record.id;
        if values.is_empty() {
            return refused("name what to set: `round=b`, `amount=\"$40M\"`");
        }
        let mut facts = record.facts;
        for given in values {
            if let Err(error) = facts.set(given.field, &given.value, given.raw.as_deref()) {
                let (field, value) = (given.field, &given.value);
                return refused(format!("`{value}` is no {field}: {error}"));
            }
        }
        let mut id = 0;
        for Given { field, value, raw } in values {
            let payload = json!({
                "deal": deal, "field": field, "value": value, "raw": raw, "because": because,
            });
            id = self.keep(DecisionKind::Set, &payload, &[deal])?;
        }
        let blocks = store::mention::blocks_of_deal(self.tx, deal)?;
        let fields: Vec<&str> = values.iter().map(|given| given.field.as_str()).collect();
        let words = format!("{} of deal {deal} is what you said now", fields.join(" and "));
        Ok((Answer { decision: id, deal: Some(deal), words }, Redo { blocks, ..Redo::default() }))
    }

    pub(super) fn dismiss(
        &self,
        deal: DealId,
        because: Option<&str>,
    ) -> Result<(Answer, Redo), Stop> {
        let record = self.standing(deal)?;
        let deal = record.id;
        if record.dismissed {
            return refused(format!("deal {deal} is dismissed already"));
        }
        let payload = json!({ "deal": deal, "because": because });
        let id = self.keep(DecisionKind::Dismiss, &payload, &[deal])?;
        let (event, cause) = (Withdrawal::Dismissed, Cause::Person);
        store::deal::withdraw(self.tx, deal, event, cause, None, self.now)?;
        let words = format!("deal {deal} is dismissed");
        Ok((Answer { decision: id, deal: Some(deal), words }, Redo::default()))
    }

    /// Keeps a decision and what it is about.
    pub(super) fn keep(
        &self,
        kind: DecisionKind,
        payload: &Value,
        deals: &[DealId],
    ) -> Result<i64, Stop> {
        let id = store::decision::add(self.tx, self.who, kind, payload, self.now)?;
        for deal in deals {
            store::decision::concerns(self.tx, id, *deal)?;
        }
        Ok(id)
    }

    /// The blocks of what a decision binds.
    pub(super) fn blocks(&self, decision: i64) -> Result<BTreeSet<store::mention::Block>, Stop> {
        let bound = store::decision::bound(self.tx, decision)?;
        Ok(bound.into_iter().map(|bound| bound.block).collect())
    }

    /// The deal a number leads to, through merges.
    fn standing(&self, deal: DealId) -> Result<Record, Stop> {
        let record = match store::deal::survivor(self.tx, deal)? {
            Some(survivor) => store::deal::load(self.tx, survivor)?,
            None => None,
        };
        match record {
            Some(record) => Ok(record),
            None => refused(format!("there is no deal {deal}")),
        }
    }

    /// The same, if articles tell it and nobody dismissed it.
    fn told(&self, deal: DealId) -> Result<Record, Stop> {
        let record = self.standing(deal)?;
        let id = record.id;
        if record.dismissed {
            return refused(format!(
                "deal {id} is dismissed; `dealwatch deal undo {id}` brings it back"
            ));
        }
        if record.removed {
            return refused(format!("no article tells deal {id} any more"));
        }
        Ok(record)
    }
}

/// The article that is meant, by number or address.
fn named(words: &str, deal: DealId, mentions: &[Standing]) -> Result<ArticleId, Stop> {
    let number = words.parse().map(ArticleId).ok();
    let found = mentions.iter().find(|mention| {
        Some(mention.article) == number || mention.urls.iter().any(|url| url == words)
    });
    if let Some(mention) = found {
        return Ok(mention.article);
    }
    let mut known: Vec<String> =
        mentions.iter().map(|mention| mention.article.to_string()).collect();
    known.dedup();
    let known = known.join(", ");
    refused(format!(
        "`{words}` is no article of deal {deal}: use one of {known} (`dealwatch deal show {deal}` \
         lists them)"
    ))
}
