//! Decisions are taken back: what the articles say counts again.

use serde_json::Value;

use super::Answer;
use super::Desk;
use super::Stop;
use super::refused;
use crate::domain::Cause;
use crate::domain::DealId;
use crate::store;
use crate::store::deal::Withdrawal;
use crate::store::decision::Bound;
use crate::store::decision::Decision;
use crate::store::decision::DecisionKind;
use crate::store::decision::Redo;
use crate::store::decision::Side;

impl Desk<'_> {
    pub(super) fn undo(
        &self,
        deal: Option<DealId>,
        number: Option<i64>,
    ) -> Result<(Answer, Redo), Stop> {
        let decision = match (number, deal) {
            (Some(number), _) => self.numbered(number)?,
            (None, Some(deal)) => self.last_about(deal)?,
            (None, None) => return refused("name the deal, or the number of the decision"),
        };
        let (redo, deal) = match decision.kind {
            DecisionKind::Merge => self.part(&decision)?,
            DecisionKind::Split => self.rejoin(&decision)?,
            DecisionKind::Set => {
                let deal = self.now_of(deal_in(&decision.payload, "deal"))?;
                let blocks = match deal {
                    Some(deal) => store::mention::blocks_of_deal(self.tx, deal)?,
                    None => std::collections::BTreeSet::new(),
                };
                (Redo { blocks, ..Redo::default() }, deal)
            }
            DecisionKind::Dismiss => {
                let deal = deal_in(&decision.payload, "deal");
                if let Some(deal) = deal {
                    let (event, cause) = (Withdrawal::Restored, Cause::Person);
                    store::deal::withdraw(self.tx, deal, event, cause, None, self.now)?;
                }
                (Redo::default(), deal)
            }
            DecisionKind::Entity => (self.unsay(&decision)?, None),
            kind @ DecisionKind::Silence => {
                return refused(format!("decision {} ({kind}) is not about a deal", decision.id));
            }
        };
        store::decision::undo(self.tx, decision.id, self.who, self.now)?;
        let kind = decision.kind;
        let words = format!("decision {} ({kind}) is taken back", decision.id);
        Ok((Answer { decision: decision.id, deal, words }, redo))
    }

    fn numbered(&self, number: i64) -> Result<Decision, Stop> {
        match store::decision::load(self.tx, number)? {
            Some(decision) if decision.undone_at.is_none() => Ok(decision),
            Some(_) => refused(format!("decision {number} was taken back before")),
            None => refused(format!("there is no decision {number}")),
        }
    }

    fn last_about(&self, deal: DealId) -> Result<Decision, Stop> {
        let Some(survivor) = store::deal::survivor(self.tx, deal)? else {
            return refused(format!("there is no deal {deal}"));
        };
        let decisions = store::decision::of_deal(self.tx, survivor)?;
        match decisions.into_iter().rev().find(|decision| decision.undone_at.is_none()) {
            Some(decision) => Ok(decision),
            None => refused(format!("nobody decided anything about deal {deal}")),
        }
    }

    /// The two deals of a merge are two again, if the articles do not say that they are one.
    fn part(&self, decision: &Decision) -> Result<(Redo, Option<DealId>), Stop> {
        let bound = store::decision::bound(self.tx, decision.id)?;
        self.held_by_later(decision, &bound)?;
        let mut redo = Redo::default();
        let (mut stays, mut back) = (None, None);
        for Bound { mention, block, side, deal } in bound {
            match side {
                Side::One => stays = Some(deal),
                Side::Other => {
                    if back.is_none() {
                        store::deal::revive(self.tx, deal, self.now)?;
                        back = Some(deal);
                    }
                    store::mention::assign(self.tx, mention, deal)?;
                }
            }
            redo.blocks.insert(block);
            redo.numbers.insert(mention, deal);
        }
        let stays = self.now_of(stays)?;
        redo.told.extend(back.zip(stays));
        Ok((redo, stays))
    }

    /// A later merge that holds both sides together has to be taken back first: else nothing would
    /// happen.
    fn held_by_later(&self, decision: &Decision, bound: &[Bound]) -> Result<(), Stop> {
        for later in store::decision::list(self.tx)? {
            let holds = later.id > decision.id
                && later.kind == DecisionKind::Merge
                && later.undone_at.is_none();
            if !holds {
                continue;
            }
            let held = store::decision::bound(self.tx, later.id)?;
            let holds = |side: Side| {
                bound
                    .iter()
                    .filter(|bound| bound.side == side)
                    .any(|bound| held.iter().any(|held| held.mention == bound.mention))
            };
            if holds(Side::One) && holds(Side::Other) {
                let (id, later) = (decision.id, later.id);
                return refused(format!(
                    "decision {later} was taken after decision {id} and holds the same articles \
                     together; first `dealwatch deal undo --decision {later}`"
                ));
            }
        }
        Ok(())
    }

    /// What was split is one deal again, if the articles say so.
    fn rejoin(&self, decision: &Decision) -> Result<(Redo, Option<DealId>), Stop> {
        let deal = self.now_of(deal_in(&decision.payload, "deal"))?;
        let new = deal_in(&decision.payload, "new");
        let mut redo = Redo { blocks: self.blocks(decision.id)?, ..Redo::default() };
        redo.told.extend(new.zip(deal));
        Ok((redo, deal))
    }

    fn now_of(&self, deal: Option<DealId>) -> Result<Option<DealId>, Stop> {
        Ok(match deal {
            Some(deal) => store::deal::survivor(self.tx, deal)?,
            None => None,
        })
    }
}

fn deal_in(payload: &Value, key: &str) -> Option<DealId> {
    payload.get(key)?.as_i64().map(DealId)
}
