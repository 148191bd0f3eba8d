//! Values in words for people: `over $1.5bn (超15亿美元)`, `rumoured`, `Sequoia China (lead), …`.

use serde_json::Value;

use crate::domain::Amount;
use crate::domain::Currency;
use crate::domain::Field;
use crate::domain::Investor;
use crate::domain::Qualifier;
use crate::domain::Valuation;

/// Steps of a sum, largest first, with the letters that stand for them.
const STEPS: &[(i64, &str)] =
    &[(1_000_000_000_000, "tn"), (1_000_000_000, "bn"), (1_000_000, "M"), (1_000, "K")];

/// A sum as people write it: `about $600M`, `CNY 100M to 1bn`, `undisclosed`.
pub fn sum(amount: &Amount) -> String {
    let money = |value: Option<i64>| value.map(|value| money(value, amount.currency));
    // An order's upper end (99,999,999) reads as the unit it stops short of.
    let is_order = amount.qualifier == Qualifier::Order;
    let most = amount.max.map(|max| if is_order { max.saturating_add(1) } else { max });
    match (amount.qualifier, money(amount.min), money(most)) {
        (Qualifier::Exact, Some(value), _) => value,
        (Qualifier::About, Some(value), _) => format!("about {value}"),
        (Qualifier::Under, _, Some(value)) => format!("nearly {value}"),
        (_, Some(low), Some(high)) if low == high => low,
        (_, Some(low), Some(high)) => format!("{low} to {high}"),
        (_, Some(low), None) => format!("over {low}"),
        (_, None, Some(high)) => format!("up to {high}"),
        (_, None, None) => "undisclosed".to_owned(),
    }
}

/// A valuation as people write it: `over $3bn post-money`.
pub fn valuation(valuation: &Valuation) -> String {
    let sum = sum(&valuation.amount());
    match valuation.basis {
        crate::domain::Basis::Pre => format!("{sum} pre-money"),
        crate::domain::Basis::Post => format!("{sum} post-money"),
        crate::domain::Basis::Unspecified => sum,
    }
}

/// Investors, those who lead first and so marked.
pub fn investors(investors: &[Investor]) -> String {
    let (leads, others): (Vec<_>, Vec<_>) = investors.iter().partition(|investor| investor.lead);
    let leads = leads.into_iter().map(|investor| format!("{} (lead)", investor.name));
    let others = others.into_iter().map(|investor| investor.name.clone());
    leads.chain(others).collect::<Vec<_>>().join(", ")
}

/// A value of a field as a change or a conflict holds it; `—` for none.
pub fn value(field: Field, value: &Value) -> String {
    let words = match field {
        Field::Amount | Field::TargetAmount | Field::Cumulative => {
            serde_json::from_value(value.clone()).ok().map(|amount| sum(&amount))
        }
        Field::Valuation => serde_json::from_value(value.clone()).ok().map(|v| valuation(&v)),
        Field::Investors => {
            serde_json::from_value::<Vec<_>>(value.clone()).ok().map(|list| investors(&list))
        }
        Field::StakePct => value.as_f64().map(|share| format!("{share}%")),
        Field::Ai | Field::Main => {
            value.as_bool().map(|yes| if yes { "yes" } else { "no" }.to_owned())
        }
        Field::Target
        | Field::Kind
        | Field::Status
        | Field::Acquirers
        | Field::Sellers
        | Field::Advisers
        | Field::Asset
        | Field::Round
        | Field::Terms
        | Field::AnnouncedOn
        | Field::ClosedOn
        | Field::ExpectedClose => None,
    };
    words.unwrap_or_else(|| text(value))
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => "—".to_owned(),
        Value::String(text) => text.replace('_', " "),
        Value::Array(list) => list.iter().map(text).collect::<Vec<_>>().join(", "),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => value.to_string(),
    }
}

/// `$1.5bn`, `CNY 300M`; with at most two decimal places, cut off.
fn money(value: i64, currency: Option<Currency>) -> String {
    let (step, letters) = STEPS.iter().find(|(step, _)| value >= *step).copied().unwrap_or((1, ""));
    let whole = value / step;
    let hundredths = (value % step).checked_mul(100).map_or(0, |rest| rest / step);
    let decimals = match hundredths {
        0 => String::new(),
        h if h % 10 == 0 => format!(".{}", h / 10),
        h => format!(".{h:02}"),
    };
    match currency {
        Some(Currency::USD) => format!("${whole}{decimals}{letters}"),
        Some(currency) => format!("{currency} {whole}{decimals}{letters}"),
        None => format!("{whole}{decimals}{letters}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(amount: &Amount, expected: &str) {
        assert_eq!(sum(amount), expected);
    }

    fn usd(value: i64, qualifier: Qualifier) -> Amount {
        Amount::new("", value, Currency::USD, qualifier)
    }

    #[test]
    fn sums_are_short_and_keep_their_firmness() {
        check(&usd(600_000_000, Qualifier::Exact), "$600M");
        check(&usd(1_500_000_000, Qualifier::About), "about $1.5bn");
        check(&usd(1_000_000_000, Qualifier::Over), "over $1bn");
        check(&usd(1_000_000_000, Qualifier::UpTo), "up to $1bn");
        check(&usd(100_000_000, Qualifier::Under), "nearly $100M");
        check(&usd(12_345_678, Qualifier::Exact), "$12.34M");
        check(&usd(999, Qualifier::Exact), "$999");
        check(&Amount::range("", 3, 4, Currency::EUR), "EUR 3 to EUR 4");
        check(&Amount::new("", 20_000_000, Currency::CNY, Qualifier::Order), "CNY 20M to CNY 200M");
        check(&Amount::undisclosed(""), "undisclosed");
    }

    #[test]
    fn changes_are_put_in_words() {
        let investors = serde_json::json!([{"name": "A"}, {"name": "B", "lead": true}]);
        assert_eq!(value(Field::Investors, &investors), "B (lead), A");
        assert_eq!(value(Field::Status, &"in_talks".into()), "in talks");
        assert_eq!(value(Field::Acquirers, &serde_json::json!(["A", "B"])), "A, B");
        assert_eq!(value(Field::StakePct, &serde_json::json!(58.62)), "58.62%");
        assert_eq!(value(Field::Amount, &Value::Null), "—");
    }
}
