//! Which facts of a deal changed between two records.
//!
//! The words of a sum are not the sum: a second outlet that prints it differently changes nothing.
//! Everything that is no [`Field`] (confidence, doubts, proofs, counts) is bookkeeping.

use serde_json::Value;

use crate::domain::DealFacts;
use crate::domain::Field;
use crate::domain::FieldChange;

/// The fields whose change is told to those who know the deal.
pub(super) const WATCHED: &[Field] =
    &[Field::Status, Field::Amount, Field::Valuation, Field::Acquirers, Field::Investors];

/// Every field with a new value; against nothing, every field that has one.
pub(super) fn changes(before: Option<&DealFacts>, after: &DealFacts) -> Vec<FieldChange> {
    Field::ALL
        .iter()
        .filter_map(|field| {
            let from = before.map_or(Value::Null, |facts| shown(facts, *field));
            let to = shown(after, *field);
            let same = match before {
                Some(before) => compared(before, *field) == compared(after, *field),
                None => to == Value::Null,
            };
            (!same).then_some(FieldChange { field: *field, from, to })
        })
        .collect()
}

/// Whether what people are told about differs: a watched field, and of the investors the lead.
pub(super) fn watched_differ(before: &DealFacts, after: &DealFacts) -> bool {
    WATCHED.iter().any(|field| match field {
        Field::Investors => leads(before) != leads(after),
        _ => compared(before, *field) != compared(after, *field),
    })
}

fn leads(facts: &DealFacts) -> Vec<&str> {
    let leads = facts.investors.iter().filter(|investor| investor.lead);
    let mut leads: Vec<&str> = leads.map(|investor| investor.name.as_str()).collect();
    leads.sort_unstable();
    leads
}

/// The value as a change shows it; an empty list is no value.
fn shown(facts: &DealFacts, field: Field) -> Value {
    let value = match field {
        Field::Target => json(&facts.target),
        Field::Kind => json(facts.kind),
        Field::Status => json(facts.status),
        Field::Acquirers => json(&facts.acquirers),
        Field::Sellers => json(&facts.sellers),
        Field::Advisers => json(&facts.advisers),
        Field::Asset => json(&facts.asset),
        Field::Round => {
            json(facts.round.map(|round| round.to_string()).or(facts.round_raw.clone()))
        }
        Field::Amount => json(&facts.amount),
        Field::TargetAmount => json(&facts.target_amount),
        Field::Cumulative => json(&facts.cumulative),
        Field::Valuation => json(&facts.valuation),
        Field::Investors => json(&facts.investors),
        Field::StakePct => json(facts.stake_pct),
        Field::Terms => json(facts.terms),
        Field::AnnouncedOn => json(facts.announced_on),
        Field::ClosedOn => json(facts.closed_on),
        Field::ExpectedClose => json(facts.expected_close),
        Field::Ai => json(facts.ai),
        Field::Main => json(facts.main),
    };
    if value.as_array().is_some_and(Vec::is_empty) { Value::Null } else { value }
}

/// The value as it is compared: sums without their words, lists without their order, a company
/// with its entity.
fn compared(facts: &DealFacts, field: Field) -> Value {
    let mut value = shown(facts, field);
    if let Some(sum) = value.as_object_mut() {
        sum.remove("raw");
    }
    if let Some(list) = value.as_array_mut() {
        list.sort_by_key(Value::to_string);
    }
    if field == Field::Target { json((value, &facts.target_id)) } else { value }
}

fn json(value: impl serde::Serialize) -> Value {
    serde_json::to_value(value).expect("facts are plain values with text keys")
}

#[cfg(test)]
mod tests {
    use super::super::tests::facts;
    use super::*;
    use crate::domain::Amount;
    use crate::domain::Currency;
    use crate::domain::DealStatus;
    use crate::domain::Investor;
    use crate::domain::Qualifier;

    #[track_caller]
    fn check(change: impl FnOnce(&mut DealFacts), expected: &[Field], watched: bool) {
        let before = facts("月之暗面", DealStatus::Rumoured);
        let mut after = before.clone();
        change(&mut after);
        let fields: Vec<Field> =
            changes(Some(&before), &after).iter().map(|change| change.field).collect();
        assert_eq!(fields, expected);
        assert_eq!(watched_differ(&before, &after), watched);
    }

    fn investor(name: &str, lead: bool) -> Investor {
        Investor { name: name.to_owned(), lead }
    }

    #[test]
    fn bookkeeping_is_no_change() {
        check(|facts| facts.confidence = 0.99, &[], false);
        check(|facts| facts.sources = 9, &[], false);
        check(|facts| facts.target_names.push("Moonshot".into()), &[], false);
    }

    #[test]
    fn other_words_for_the_same_sum_are_no_change() {
        check(|facts| facts.amount.as_mut().unwrap().raw = "US$600 million".into(), &[], false);
        check(
            |facts| {
                facts.amount = Some(Amount::new("", 700_000_000, Currency::USD, Qualifier::Exact));
            },
            &[Field::Amount],
            true,
        );
    }

    #[test]
    fn another_investor_is_a_change_and_another_lead_is_told() {
        check(|facts| facts.investors.push(investor("乙资本", false)), &[Field::Investors], false);
        check(|facts| facts.investors.push(investor("乙资本", true)), &[Field::Investors], true);
        check(|facts| facts.status = DealStatus::Announced, &[Field::Status], true);
    }

    #[test]
    fn the_first_record_changes_all_it_has() {
        let changes = changes(None, &facts("月之暗面", DealStatus::Rumoured));
        assert!(
            changes.iter().all(|change| change.from == Value::Null && change.to != Value::Null)
        );
        assert!(changes.iter().any(|change| change.field == Field::Amount));
        assert!(!changes.iter().any(|change| change.field == Field::Acquirers));
    }
}
