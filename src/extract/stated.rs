//! A value as a person states it by itself: `$40M`, `B轮`, `Sequoia China (lead), Osprey Lane`.
//!
//! Read by the rules that read articles; what they do not take is refused with an example.

use serde_json::Value;
use serde_json::json;

use super::money;
use super::money::Role;
use super::round;
use super::text::Text;
use crate::domain::Amount;
use crate::domain::Basis;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::Field;
use crate::domain::Investor;
use crate::domain::Lang;
use crate::domain::PartialDate;
use crate::domain::Percent;
use crate::domain::RoundCode;
use crate::domain::Terms;
use crate::domain::Valuation;

/// Why a value is not taken, with an example of one that is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{words}; for example `{field}={example}`")]
pub struct BadValue {
    field: Field,
    words: String,
    example: &'static str,
}

/// What stands at the end of the name of an investor who leads.
const LEADS: &[&str] = &["(lead)", "（领投）", "(领投)", "领投"];

/// The value as the record's JSON has it; no words are no value.
pub fn value(field: Field, words: &str) -> Result<Value, BadValue> {
    let words = words.trim();
    let read = if words.is_empty() { none(field) } else { some(field, words) };
    read.map_err(|words| BadValue { field, words, example: example(field) })
}

fn none(field: Field) -> Result<Value, String> {
    match field {
        Field::Target | Field::Kind | Field::Status | Field::Ai | Field::Main => {
            Err(format!("a deal always has a {field}"))
        }
        Field::Acquirers | Field::Sellers | Field::Advisers | Field::Investors => Ok(json!([])),
        Field::Asset
        | Field::Round
        | Field::Amount
        | Field::TargetAmount
        | Field::Cumulative
        | Field::Valuation
        | Field::StakePct
        | Field::Terms
        | Field::AnnouncedOn
        | Field::ClosedOn
        | Field::ExpectedClose => Ok(Value::Null),
    }
}

fn some(field: Field, words: &str) -> Result<Value, String> {
    match field {
        Field::Target | Field::Asset => Ok(words.into()),
        Field::Kind => word::<DealKind>(words),
        Field::Status => word::<DealStatus>(words),
        Field::Terms => word::<Terms>(words),
        Field::Acquirers | Field::Sellers | Field::Advisers => Ok(json!(names(words))),
        Field::Investors => Ok(json!(names(words).iter().map(|n| investor(n)).collect::<Vec<_>>())),
        Field::Round => round_of(words).map(|code| json!(code)),
        Field::Amount | Field::TargetAmount | Field::Cumulative => {
            sum(words).map(|(amount, _)| json!(amount))
        }
        Field::Valuation => sum(words).map(|(amount, basis)| json!(Valuation::new(amount, basis))),
        Field::StakePct => share(words).map(|share| json!(share)),
        Field::AnnouncedOn | Field::ClosedOn | Field::ExpectedClose => {
            let date: Result<PartialDate, _> = words.parse();
            date.map(|date| json!(date)).map_err(|error| error.to_string())
        }
        Field::Ai | Field::Main => match words.to_lowercase().as_str() {
            "yes" | "true" | "是" => Ok(true.into()),
            "no" | "false" | "否" => Ok(false.into()),
            _ => Err(format!("`{words}` is neither yes nor no")),
        },
    }
}

fn word<T>(words: &str) -> Result<Value, String>
where
    T: std::str::FromStr + serde::Serialize,
    T::Err: ToString,
{
    let read: T = words.parse().map_err(|error: T::Err| error.to_string())?;
    Ok(json!(read))
}

/// Names between commas.
fn names(words: &str) -> Vec<String> {
    let names = words.split([',', '，', '、', ';', '；']).map(str::trim);
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn investor(name: &str) -> Investor {
    match LEADS.iter().find_map(|lead| name.strip_suffix(lead)) {
        Some(name) => Investor { name: name.trim().to_owned(), lead: true },
        None => Investor { name: name.to_owned(), lead: false },
    }
}

/// The words as a text of their own; `A+轮` is Chinese, whatever most of its letters are.
fn text(words: &str) -> Text {
    let is_han = |letter: char| ('\u{4E00}'..='\u{9FFF}').contains(&letter);
    Text::new("", words, Some(if words.contains(is_han) { Lang::Zh } else { Lang::En }))
}

/// A code, or the words of one: `b+`, `Series B`, B+轮.
fn round_of(words: &str) -> Result<RoundCode, String> {
    let code = words.trim_end_matches("融资").trim_end_matches('轮').trim();
    code.parse().or_else(|_| {
        let text = text(words);
        let mut found = text.sentences().iter().flat_map(|sentence| round::find(&text, sentence));
        match (found.next(), found.next()) {
            (Some(round), None) => Ok(round.value),
            _ => words.parse::<RoundCode>().map_err(|error| error.to_string()),
        }
    })
}

/// A sum, and for a valuation whether it counts the money.
fn sum(words: &str) -> Result<(Amount, Basis), String> {
    if matches!(words.to_lowercase().as_str(), "undisclosed" | "未披露" | "未公开") {
        return Ok((Amount::undisclosed(words), Basis::Unspecified));
    }
    let text = text(words);
    let found = text.sentences().iter().flat_map(|sentence| money::find(&text, sentence));
    let found: Vec<_> = found.filter(|sum| !sum.value.conversion).collect();
    let [sum] = found.as_slice() else {
        let what = if found.is_empty() { "no sum of money" } else { "more than one sum" };
        return Err(format!("`{words}` is {what}"));
    };
    let basis = match sum.value.role {
        Role::Valuation(basis) if basis != Basis::Unspecified => basis,
        _ if words.contains("pre-money") || words.contains("投前") => Basis::Pre,
        _ if words.contains("post-money") || words.contains("投后") => Basis::Post,
        _ => Basis::Unspecified,
    };
    if sum.value.currency_inferred || sum.value.amount.currency.is_none() {
        return Err(format!("`{words}` names no currency"));
    }
    Ok((sum.value.amount.clone(), basis))
}

fn share(words: &str) -> Result<Percent, String> {
    let number = words.trim_end_matches(['%', '％']).trim();
    let bad = || format!("`{words}` is no share of a company in per cent");
    let number: f64 = number.parse().map_err(|_| bad())?;
    serde_json::from_value(json!(number)).map_err(|_| bad())
}

fn example(field: Field) -> &'static str {
    match field {
        Field::Target => "Moonshot AI",
        Field::Kind => "acquisition",
        Field::Status => "completed",
        Field::Acquirers | Field::Sellers | Field::Advisers => "Nvidia, 英伟达创投",
        Field::Asset => "its chip unit",
        Field::Round => "b+",
        Field::Amount | Field::TargetAmount | Field::Cumulative => "$40M",
        Field::Valuation => "23亿美元 投后",
        Field::Investors => "Sequoia China (lead), Osprey Lane",
        Field::StakePct => "30%",
        Field::Terms => "mixed",
        Field::AnnouncedOn | Field::ClosedOn | Field::ExpectedClose => "2026-03-09",
        Field::Ai | Field::Main => "yes",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(field: Field, words: &str, expected: Value) {
        assert_eq!(value(field, words), Ok(expected), "{field}={words}");
    }

    #[track_caller]
    fn refuse(field: Field, words: &str, expected: &str) {
        let error = value(field, words).unwrap_err().to_string();
        assert!(error.contains(expected) && error.contains("for example `"), "{error}");
    }

    #[track_caller]
    fn check_sum(words: &str, expected: (Option<i64>, Option<i64>, &str)) {
        let sum = value(Field::Amount, words).unwrap_or_else(|error| panic!("{words}: {error}"));
        let sum: Amount = serde_json::from_value(sum).unwrap();
        let currency = sum.currency.as_ref().map_or("", |currency| currency.code());
        assert_eq!((sum.min, sum.max, currency), expected, "{words}");
    }

    #[test]
    fn sums_are_read_as_articles_print_them() {
        check_sum("$40M", (Some(40_000_000), Some(40_000_000), "USD"));
        check_sum("$40 million", (Some(40_000_000), Some(40_000_000), "USD"));
        check_sum("over $1.5bn", (Some(1_500_000_000), None, "USD"));
        check_sum("超10亿美元", (Some(1_000_000_000), None, "USD"));
        check_sum("2亿元人民币", (Some(200_000_000), Some(200_000_000), "CNY"));
        check_sum("€12 million", (Some(12_000_000), Some(12_000_000), "EUR"));
        check_sum("undisclosed", (None, None, ""));
    }

    #[test]
    fn a_valuation_says_whether_it_counts_the_money() {
        let basis = |words: &str| value(Field::Valuation, words).unwrap()["basis"].clone();
        assert_eq!(basis("$2.3bn post-money"), "post");
        assert_eq!(basis("23亿美元 投前"), "pre");
        assert_eq!(basis("$2.3bn"), "unspecified");
    }

    #[test]
    fn words_lists_shares_and_dates_are_read() {
        check(Field::Kind, "acquihire", "acquihire".into());
        check(Field::Round, "b+", "b+".into());
        check(Field::Round, "Series B", "b".into());
        check(Field::Round, "A+轮", "a+".into());
        check(Field::Acquirers, "Nvidia、英伟达创投", json!(["Nvidia", "英伟达创投"]));
        check(
            Field::Investors,
            "Sequoia China (lead), Osprey Lane",
            json!([{"name": "Sequoia China", "lead": true}, {"name": "Osprey Lane", "lead": false}]),
        );
        check(Field::StakePct, "58.62%", json!(58.62));
        check(Field::ClosedOn, "2026-03", "2026-03".into());
        check(Field::Ai, "no", false.into());
        check(Field::Amount, "", Value::Null);
        check(Field::Investors, "", json!([]));
    }

    #[test]
    fn what_a_field_cannot_hold_is_refused_with_an_example() {
        refuse(Field::Amount, "a lot", "no sum of money");
        refuse(Field::Amount, "$30M in March, $90M in May", "more than one sum");
        refuse(Field::Kind, "loan", "is no kind of deal: use one of funding,");
        refuse(Field::Status, "", "a deal always has a status");
        refuse(Field::Round, "k", "is no round");
        refuse(Field::ClosedOn, "next week", "is no date");
        refuse(Field::StakePct, "half", "is no share");
        refuse(Field::Ai, "maybe", "neither yes nor no");
    }
}
