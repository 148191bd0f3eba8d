//! A value that a person gave, in the record: it is shown, and what the articles say stays visible.

use serde_json::Value;

use crate::domain::Conflict;
use crate::domain::DealFacts;
use crate::domain::Doubt;
use crate::domain::Field;
use crate::domain::Said;
use crate::domain::StatusStep;

/// Shows the person's value. One that the field cannot hold any more changes nothing.
pub fn set(facts: &mut DealFacts, said: Said) {
    let field = said.field;
    let before = facts.value(field);
    if facts.set(field, &said.value, said.raw.as_deref()).is_err() {
        return;
    }
    let shown = facts.value(field);
    facts.conflicts.retain(|conflict| conflict.field != field || conflict.value != shown);
    let proof = facts.proof.remove(&field);
    if let Some(mention) = proof.filter(|_| before != shown && before != Value::Null) {
        let mentions = vec![mention];
        facts.conflicts.insert(0, Conflict { field, value: before, mentions });
    }
    match field {
        Field::Status => step(facts, &said),
        Field::Amount => facts.doubts.retain(|doubt| *doubt != Doubt::AmountConflict),
        Field::Target if !facts.target_names.contains(&facts.target) => {
            facts.target_names.insert(0, facts.target.clone());
        }
        _ => {}
    }
    facts.decided.insert(field, said);
}

/// The status a person gave is a step of the deal's life, at the time it was decided.
fn step(facts: &mut DealFacts, said: &Said) {
    let status = facts.status;
    if facts.steps.last().is_none_or(|last| last.status != status) {
        facts.steps.push(StatusStep { status, at: said.at, mention: None });
    }
}
