//! A mention in one line, as `tests/corpus` and people write it.

use std::fmt::Write;

use crate::domain::Amount;
use crate::domain::Basis;
use crate::domain::Mention;
use crate::domain::Qualifier;

/// `main ai funding announced · Acme · USD 40000000 · round a · backers Oak*, Fern`.
///
/// A star marks a lead. Slots that are empty are left out.
pub fn reads(mention: &Mention) -> String {
    let mut out = String::from(if mention.main { "main" } else { "background" });
    out.push_str(if mention.ai { " ai" } else { "" });
    let mut part = |text: String| {
        // Writing to a string cannot fail.
        write!(out, "{text}").unwrap_or_default();
    };
    part(format!(" {} {} · {}", mention.kind, mention.status, mention.target));
    for (label, sum) in [("", &mention.amount), ("total ", &mention.cumulative)] {
        if let Some(sum) = sum {
            part(format!(" · {label}{}", amount(sum)));
        }
    }
    if let Some(round) = mention.round {
        part(format!(" · round {round}"));
    }
    if let Some(worth) = &mention.valuation {
        let basis = match worth.basis {
            Basis::Pre => " pre",
            Basis::Post => " post",
            Basis::Unspecified => "",
        };
        part(format!(" · worth {}{basis}", amount(&worth.amount())));
    }
    if let Some(stake) = mention.stake_pct {
        part(format!(" · stake {}.{:02}%", stake.0 / 100, stake.0 % 100));
    }
    let backers: Vec<String> = mention
        .investors
        .iter()
        .map(|investor| format!("{}{}", investor.name, if investor.lead { "*" } else { "" }))
        .collect();
    for (label, names) in
        [("backers", &backers), ("buyers", &mention.acquirers), ("sellers", &mention.sellers)]
    {
        if !names.is_empty() {
            part(format!(" · {label} {}", names.join(", ")));
        }
    }
    if let Some(asset) = &mention.asset {
        part(format!(" · asset {asset}"));
    }
    out
}

fn amount(sum: &Amount) -> String {
    let currency = sum.currency.map_or(String::new(), |currency| currency.to_string());
    let low = sum.min.unwrap_or_default();
    let high = sum.max.unwrap_or_default();
    match sum.qualifier {
        Qualifier::Exact => format!("{currency} {low}"),
        Qualifier::About => format!("about {currency} {low}"),
        Qualifier::Over => format!("over {currency} {low}"),
        Qualifier::Under => format!("under {currency} {high}"),
        Qualifier::UpTo => format!("up to {currency} {high}"),
        Qualifier::Range => format!("{currency} {low} to {high}"),
        Qualifier::Order => format!("order of {currency} {low}"),
        Qualifier::Undisclosed => "undisclosed".to_owned(),
    }
}

#[cfg(test)]
mod tests;
