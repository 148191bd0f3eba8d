//! Decisions about companies: a name more, two are one, one is two.

use std::collections::BTreeSet;

use serde_json::json;

use super::Answer;
use super::Desk;
use super::Stop;
use super::refused;
use crate::domain::DealId;
use crate::domain::EntityId;
use crate::entity;
use crate::store;
use crate::store::decision::Bound;
use crate::store::decision::Decision;
use crate::store::decision::DecisionKind;
use crate::store::decision::Redo;
use crate::store::decision::Side;
use crate::store::mention::Block;

impl Desk<'_> {
    /// Gives an entity names.
    pub(super) fn alias(
        &self,
        of: &str,
        names: &[String],
        because: Option<&str>,
    ) -> Result<(Answer, Redo), Stop> {
        let id = self.entity(of)?;
        let mut touched = BTreeSet::from([id.clone()]);
        for name in names {
            if entity::fold_name(name).is_empty() {
                return refused("a name has at least one letter");
            }
            let Some(other) = self.find(name)? else { continue };
            if other == id {
                return refused(format!("`{name}` means {} already", self.shown(&id)?));
            }
            let (other, one) = (self.shown(&other)?, self.shown(&id)?);
            return refused(format!(
                "`{name}` is another entity's name, {other}; if they are one, `dealwatch entities \
                 merge \"{one}\" \"{name}\"`, else first `dealwatch entities split \"{name}\"`"
            ));
        }
        let list = names.join("、");
        let words = format!("gave {} the name {list}", self.shown(&id)?);
        let decision = self.keep_entity(&[&id], &words, because)?;
        for name in names {
            let folded = entity::fold_name(name);
            store::entity::say_name(self.tx, decision, &folded, name, &id)?;
            touched.insert(EntityId::provisional(&folded));
        }
        self.answer(decision, &words, touched)
    }

    /// Two entities are one.
    pub(super) fn join(
        &self,
        one: &str,
        other: &str,
        because: Option<&str>,
    ) -> Result<(Answer, Redo), Stop> {
        let (one, other) = (self.entity(one)?, self.entity(other)?);
        if one == other {
            return refused(format!("both are {} already", self.shown(&one)?));
        }
        let known = |id: &EntityId| self.table.get(id.as_str()).is_some();
        let (into, from) = if known(&other) && !known(&one) { (other, one) } else { (one, other) };
        let words = format!("made {} part of {}", self.shown(&from)?, self.shown(&into)?);
        let decision = self.keep_entity(&[&into, &from], &words, because)?;
        // What each tells today: it has its number back when the decision is taken back.
        for (side, id) in [(Side::One, &into), (Side::Other, &from)] {
            for (mention, deal) in store::entity::told(self.tx, id)? {
                store::decision::bind(self.tx, decision, mention, side, deal)?;
            }
        }
        store::entity::say_one(self.tx, decision, &from, &into)?;
        self.answer(decision, &words, BTreeSet::from([into, from]))
    }

    /// A name means an entity of its own.
    pub(super) fn part_name(
        &self,
        name: &str,
        because: Option<&str>,
    ) -> Result<(Answer, Redo), Stop> {
        let folded = entity::fold_name(name);
        let old = self.entity(name)?;
        let of_news = store::entity::parts(self.tx, &old)?;
        let mut others = false;
        for part in &of_news {
            let known = store::entity::names(self.tx, part)?;
            others |= known.iter().any(|known| known.folded != folded);
        }
        others |= self.table.get(old.as_str()).is_some_and(|entity| {
            entity.names.iter().any(|known| entity::fold_name(&known.text) != folded)
        });
        if !others {
            return refused(format!("{} has no other name: it is by itself", self.shown(&old)?));
        }
        let mut new = EntityId::provisional(&folded);
        while new == old || of_news.contains(&new) {
            new.0.push('~');
        }
        let words = format!("told {name} apart from {}", self.shown(&old)?);
        let decision = self.keep_entity(&[&old, &new], &words, because)?;
        store::entity::say_name(self.tx, decision, &folded, name, &new)?;
        store::entity::say_two(self.tx, decision, &new, &old)?;
        self.answer(decision, &words, BTreeSet::from([old, new]))
    }

    /// What a decision said about entities is said no more.
    pub(super) fn unsay(&self, decision: &Decision) -> Result<Redo, Stop> {
        store::entity::unsay(self.tx, decision.id)?;
        let ids = decision.payload.get("touched").and_then(|ids| ids.as_array());
        let ids = ids.into_iter().flatten().filter_map(|id| id.as_str()).map(EntityId::from);
        let mut was = Vec::new();
        for bound in store::decision::bound(self.tx, decision.id)? {
            was.extend(store::mention::deal_of(self.tx, bound.mention)?.map(|deal| (bound, deal)));
        }
        let mut redo = Redo { blocks: self.retarget(ids.collect())?, ..Redo::default() };
        self.number_again(&was, &mut redo)?;
        Ok(redo)
    }

    /// Deals that became one because their companies were one have their old numbers again. `was`
    /// is what the decision bound, each with the deal it was in until now.
    fn number_again(&self, was: &[(Bound, DealId)], redo: &mut Redo) -> Result<(), Stop> {
        let mut parted: BTreeSet<DealId> = BTreeSet::new();
        for (bound, deal) in was.iter().filter(|(bound, _)| bound.side == Side::Other) {
            let target = store::mention::target_of(self.tx, bound.mention)?;
            if target.is_some_and(|target| target != bound.block.target) {
                parted.insert(*deal);
            }
        }
        let stays = |deal: &DealId| was.iter().any(|(b, d)| b.side == Side::One && d == deal);
        parted.retain(stays);
        for (bound, deal) in was.iter().filter(|(_, deal)| parted.contains(deal)) {
            if store::deal::survivor(self.tx, bound.deal)? != Some(bound.deal) {
                store::deal::revive(self.tx, bound.deal, self.now)?;
                redo.told.push((bound.deal, *deal));
            }
            store::mention::assign(self.tx, bound.mention, bound.deal)?;
            redo.numbers.insert(bound.mention, bound.deal);
        }
        Ok(())
    }

    fn keep_entity(
        &self,
        ids: &[&EntityId],
        words: &str,
        because: Option<&str>,
    ) -> Result<i64, Stop> {
        let payload = json!({ "touched": ids, "words": words, "because": because });
        self.keep(DecisionKind::Entity, &payload, &[])
    }

    fn answer(
        &self,
        decision: i64,
        words: &str,
        touched: BTreeSet<EntityId>,
    ) -> Result<(Answer, Redo), Stop> {
        let blocks = self.retarget(touched)?;
        let words = format!("you {words}");
        Ok((Answer { decision, deal: None, words }, Redo { blocks, ..Redo::default() }))
    }

    fn retarget(&self, ids: BTreeSet<EntityId>) -> Result<BTreeSet<Block>, Stop> {
        let mut blocks = BTreeSet::new();
        for id in ids {
            blocks.extend(store::entity::retarget(self.tx, &id, entity::fold_name)?);
        }
        Ok(blocks)
    }

    /// The entity that an id or a name means.
    fn entity(&self, words: &str) -> Result<EntityId, Stop> {
        match self.find(words)? {
            Some(id) => Ok(id),
            None => refused(format!(
                "no entity is called `{words}`; `dealwatch entities list {words}` looks for parts \
                 of names"
            )),
        }
    }

    fn find(&self, words: &str) -> Result<Option<EntityId>, Stop> {
        let folded = entity::fold_name(words);
        if let Some(said) = store::entity::said(self.tx, &folded)? {
            return Ok(Some(said));
        }
        let known = self.table.get(words).or_else(|| self.table.lookup(words));
        if let Some(known) = known {
            return Ok(Some(store::entity::follow(self.tx, &known.id)?));
        }
        let id = words.strip_prefix("name:").map(|_| EntityId::from(words));
        if let Some(id) =
            id.filter(|id| store::entity::names(self.tx, id).is_ok_and(|n| !n.is_empty()))
        {
            return Ok(Some(store::entity::follow(self.tx, &id)?));
        }
        Ok(store::entity::meant(self.tx, &folded)?)
    }

    fn shown(&self, id: &EntityId) -> Result<String, Stop> {
        if let Some(entity) = self.table.get(id.as_str()) {
            return Ok(entity.name().to_owned());
        }
        let names = store::entity::names(self.tx, id)?;
        Ok(names.into_iter().next().map_or_else(|| id.to_string(), |known| known.name))
    }
}
