//! What is known of a deal: each value with the words behind it, and the values beside it.

use serde_json::Value;

use super::Article;
use super::show;
use super::show::Sum;
use super::show::Text;
use crate::domain::Amount;
use crate::domain::Field;
use crate::domain::PartialDate;
use crate::domain::Valuation;
use crate::query::ConflictView;
use crate::query::DealView;
use crate::query::Quote;
use crate::query::plain;

/// A value and its proof.
pub(super) struct Fact {
    pub(super) label: &'static str,
    pub(super) values: Vec<Shown>,
    pub(super) proof: Option<Proof>,
}

/// A value in the form that suits it.
pub(super) enum Shown {
    /// Names and printed words.
    Words(Text),
    /// An investor who leads.
    Lead(Text),
    /// A sum of money.
    Money(Sum),
    /// Our own words.
    Plain(String),
}

/// The sentence that says so, cut at the words that were read.
pub(super) struct Proof {
    pub(super) sentence: Option<Sentence>,
    pub(super) article: Option<Article>,
    pub(super) rule: Text,
    /// In words, when no sentence was read.
    pub(super) supplied: &'static str,
}

/// A sentence with the words that matter marked.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sentence {
    pub(super) before: Text,
    pub(super) marked: Text,
    pub(super) after: Text,
    pub(super) chinese: bool,
}

/// A field on which sources differ.
pub(super) struct Disagreement {
    pub(super) label: &'static str,
    pub(super) sides: Vec<Side>,
}

/// One value, and who gives it.
pub(super) struct Side {
    pub(super) value: Shown,
    pub(super) outlets: Vec<Text>,
    pub(super) shown: bool,
}

/// Every field that has a value, in the order in which people ask.
pub(super) fn facts(deal: &DealView) -> Vec<Fact> {
    let values = [
        (Field::Target, words(std::slice::from_ref(&deal.target))),
        (Field::Kind, vec![Shown::Plain(show::kind_label(deal.kind).to_owned())]),
        (Field::Status, vec![Shown::Plain(show::status_label(deal.status).to_owned())]),
        (Field::Asset, words(deal.asset.as_slice())),
        (Field::Acquirers, words(&deal.acquirers)),
        (Field::Sellers, words(&deal.sellers)),
        (Field::Round, round(deal)),
        (Field::Amount, money(deal.amount.as_ref(), deal)),
        (Field::TargetAmount, money(deal.target_amount.as_ref(), deal)),
        (Field::Valuation, valuation(deal)),
        (Field::Cumulative, money(deal.cumulative.as_ref(), deal)),
        (Field::Investors, investors(deal)),
        (Field::StakePct, share(deal)),
        (Field::Terms, deal.terms.map(show::terms_label).map(ours).into_iter().collect()),
        (Field::AnnouncedOn, date(deal.announced_on)),
        (Field::ClosedOn, date(deal.closed_on)),
        (Field::ExpectedClose, date(deal.expected_close)),
        (Field::Advisers, words(&deal.advisers)),
        (Field::Ai, vec![ours(if deal.ai { "yes" } else { "no" })]),
    ];
    values
        .into_iter()
        .filter(|(_, values)| !values.is_empty())
        .map(|(field, values)| Fact {
            label: show::field_label(field),
            values,
            proof: deal.evidence.as_ref().and_then(|all| all.get(&field)).map(Proof::new),
        })
        .collect()
}

/// Fields on which sources differ: the shown value first.
pub(super) fn disagreements(deal: &DealView) -> Vec<Disagreement> {
    let mut fields: Vec<Field> = deal.conflicts.iter().map(|conflict| conflict.field).collect();
    fields.sort_unstable();
    fields.dedup();
    let record = serde_json::to_value(deal).unwrap_or_default();
    let disagreement = |field: Field| {
        let shown = record.get(field.as_str()).unwrap_or(&Value::Null);
        let mut sides = vec![Side {
            value: value(field, shown),
            outlets: outlet_of_proof(deal, field),
            shown: true,
        }];
        let others = deal.conflicts.iter().filter(|conflict| conflict.field == field);
        sides.extend(others.map(|conflict| Side {
            value: value(field, &conflict.value),
            outlets: outlets(deal, conflict),
            shown: false,
        }));
        Disagreement { label: show::field_label(field), sides }
    };
    fields.into_iter().map(disagreement).collect()
}

fn outlet_of_proof(deal: &DealView, field: Field) -> Vec<Text> {
    let quote = deal.evidence.as_ref().and_then(|all| all.get(&field));
    let source = quote.and_then(|quote| quote.source.as_ref());
    let person = quote.and_then(Quote::person).map(|words| Text::new(&words));
    source.map(|source| Text::new(&source.name)).into_iter().chain(person).collect()
}

fn outlets(deal: &DealView, conflict: &ConflictView) -> Vec<Text> {
    let name = |id: &crate::domain::SourceId| {
        let known = deal.sources.iter().find(|source| source.source == *id);
        Text::new(known.map_or(id.as_str(), |source| &source.name))
    };
    conflict.sources.iter().map(name).collect()
}

/// A value as a change or a conflict holds it.
fn value(field: Field, value: &Value) -> Shown {
    let sum = match field {
        Field::Amount | Field::TargetAmount | Field::Cumulative => {
            serde_json::from_value::<Amount>(value.clone()).ok().map(|sum| Sum::of(&sum, None))
        }
        Field::Valuation => serde_json::from_value::<Valuation>(value.clone())
            .ok()
            .map(|sum| Sum::valuation(&sum, None)),
        _ => None,
    };
    sum.map_or_else(|| Shown::Words(Text::new(&plain::value(field, value))), Shown::Money)
}

fn ours(value: impl Into<String>) -> Shown {
    Shown::Plain(value.into())
}

fn date(date: Option<PartialDate>) -> Vec<Shown> {
    date.map(|date| ours(date.to_string())).into_iter().collect()
}

fn words(names: &[String]) -> Vec<Shown> {
    names.iter().map(|name| Shown::Words(Text::new(name))).collect()
}

/// The round's name, and as printed where that says something else.
fn round(deal: &DealView) -> Vec<Shown> {
    let name = deal.round.map(show::round_label);
    let same = |raw: &&str| name.as_deref() != Some(raw.trim());
    let raw = deal.round_raw.as_deref().filter(same).map(|raw| Shown::Words(Text::new(raw)));
    name.clone().map(ours).into_iter().chain(raw).collect()
}

fn money(amount: Option<&Amount>, deal: &DealView) -> Vec<Shown> {
    let usd = deal.amount_usd.as_ref().filter(|_| amount == deal.amount.as_ref());
    amount.map(|amount| Shown::Money(Sum::of(amount, usd))).into_iter().collect()
}

fn valuation(deal: &DealView) -> Vec<Shown> {
    let usd = deal.valuation_usd.as_ref();
    let sum = deal.valuation.as_ref().map(|valuation| Sum::valuation(valuation, usd));
    sum.map(Shown::Money).into_iter().collect()
}

fn investors(deal: &DealView) -> Vec<Shown> {
    let (leads, others): (Vec<_>, Vec<_>) = deal.investors.iter().partition(|one| one.lead);
    let leads = leads.into_iter().map(|one| Shown::Lead(Text::new(&one.name)));
    leads.chain(others.into_iter().map(|one| Shown::Words(Text::new(&one.name)))).collect()
}

fn share(deal: &DealView) -> Vec<Shown> {
    let share = deal.stake_pct.and_then(|share| serde_json::to_value(share).ok());
    share.map(|share| ours(plain::value(Field::StakePct, &share))).into_iter().collect()
}

impl Proof {
    fn new(quote: &Quote) -> Proof {
        let person = quote.person();
        let sentence = quote.sentence.as_deref().or(quote.text.as_deref()).or(person.as_deref());
        Proof {
            sentence: sentence.map(|all| Sentence::new(all, quote.text.as_deref().unwrap_or(""))),
            article: quote.source.as_ref().map(Article::new),
            rule: Text::new(&quote.rule),
            supplied: supplied(&quote.rule),
        }
    }
}

/// What a rule without words means.
fn supplied(rule: &str) -> &'static str {
    if rule.starts_with("entity:") {
        "Known from the table of companies."
    } else if rule.starts_with("default") {
        "Not printed: assumed."
    } else {
        "Concluded from the article as a whole."
    }
}

impl Sentence {
    fn new(all: &str, words: &str) -> Sentence {
        let (before, rest) = match all.split_once(words).filter(|_| !words.is_empty()) {
            Some((before, after)) => (before, Some(after)),
            None => (all, None),
        };
        let marked = if rest.is_some() { words } else { "" };
        Sentence {
            before: Text::new(before),
            marked: Text::new(marked),
            after: Text::new(rest.unwrap_or("")),
            chinese: Text::new(all).is_chinese(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(all: &str, words: &str, expected: [&str; 3]) {
        let sentence = Sentence::new(all, words);
        let parts = [sentence.before, sentence.marked, sentence.after];
        assert_eq!(parts.map(|part| part.words), expected, "{words} in {all}");
    }

    #[test]
    fn the_words_that_were_read_are_marked_in_their_sentence() {
        check("智谱完成7亿元融资。", "7亿元", ["智谱完成", "7亿元", "融资。"]);
        check("It raised $5M.", "$5M", ["It raised ", "$5M", "."]);
        check("It raised $5M.", "five", ["It raised $5M.", "", ""]);
        check("It raised $5M.", "", ["It raised $5M.", "", ""]);
    }
}
