//! Tables of English sums.

use super::*;
use crate::extract::text::Text;

/// The one place that calls the rule.
#[track_caller]
fn check(text: &str, expected: &[(&str, &str)]) {
    let cut = Text::new("", text, Some(crate::domain::Lang::En));
    let found: Vec<_> = cut
        .sentences()
        .iter()
        .flat_map(|sentence| find(&cut, sentence))
        .map(|sum| {
            let amount = &sum.value.amount;
            let bound = |b: Option<i64>| b.map_or("..".to_owned(), |b| b.to_string());
            let role = match sum.value.role {
                Role::Plain => "",
                Role::Valuation(crate::domain::Basis::Pre) => " pre",
                Role::Valuation(crate::domain::Basis::Post) => " post",
                Role::Valuation(_) => " valuation",
                Role::Cumulative => " total",
                Role::Other => " other",
            };
            let conversion = if sum.value.conversion { " again" } else { "" };
            let currency = amount.currency.map_or("-".to_owned(), |c| c.to_string());
            let read =
                format!("{currency} {} {}{role}{conversion}", bound(amount.min), bound(amount.max));
            (amount.raw.clone(), read)
        })
        .collect();
    let found: Vec<_> = found.iter().map(|(raw, read)| (raw.as_str(), read.as_str())).collect();
    assert_eq!(found, expected, "in: {text}");
}

#[test]
fn symbols_and_codes_are_read() {
    check("took $1.2bn home", &[("$1.2bn", "USD 1200000000 1200000000")]);
    check("took US$300m home", &[("US$300m", "USD 300000000 300000000")]);
    check("took HK$4.8 billion home", &[("HK$4.8 billion", "HKD 4800000000 4800000000")]);
    check("took €40 million home", &[("€40 million", "EUR 40000000 40000000")]);
    check("took Rs 250 crore home", &[("Rs 250 crore", "INR 2500000000 2500000000")]);
    check("took 600 mln euros home", &[("600 mln euros", "EUR 600000000 600000000")]);
    check("took 2 billion yuan home", &[("2 billion yuan", "CNY 2000000000 2000000000")]);
    check("took half a billion dollars", &[("half a billion dollars", "USD 500000000 500000000")]);
    check("a $40-million gift", &[("$40-million", "USD 40000000 40000000")]);
}

#[test]
fn qualifiers_belong_to_the_sum() {
    check("took about $5m", &[("about $5m", "USD 5000000 5000000")]);
    check("took more than $5m", &[("more than $5m", "USD 5000000 ..")]);
    check("took nearly $5m", &[("nearly $5m", "USD 4000000 5000000")]);
    check("took up to $5m", &[("up to $5m", "USD .. 5000000")]);
    check("took $5m or more", &[("$5m or more", "USD 5000000 ..")]);
    check("took $3 to $4 billion", &[("$3 to $4 billion", "USD 3000000000 4000000000")]);
    check("took $500m-$1bn", &[("$500m-$1bn", "USD 500000000 1000000000")]);
    check("took between $5mn and $9mn", &[("$5mn and $9mn", "USD 5000000 9000000")]);
}

#[test]
fn vague_sums_are_an_order_of_magnitude() {
    check(
        "for tens of millions of dollars",
        &[("tens of millions of dollars", "USD 10000000 99999999")],
    );
    check("in a nine-figure deal", &[("nine-figure", "USD 100000000 999999999")]);
    check("for an undisclosed sum", &[("undisclosed sum", "- .. ..")]);
    check(
        "terms of the deal were not disclosed",
        &[("terms of the deal were not disclosed", "- .. ..")],
    );
}

#[test]
fn words_around_a_sum_give_its_role() {
    check(
        "took $5m at a $50m valuation",
        &[("$5m", "USD 5000000 5000000"), ("$50m", "USD 50000000 50000000 valuation")],
    );
    check("which values it at $50m", &[("$50m", "USD 50000000 50000000 valuation")]);
    check("a post-money valuation of $50m", &[("$50m", "USD 50000000 50000000 post")]);
    check("at $50m pre-money", &[("$50m", "USD 50000000 50000000 pre")]);
    check("bringing its total funding to $70m", &[("$70m", "USD 70000000 70000000 total")]);
    check("has raised $70m to date", &[("$70m", "USD 70000000 70000000 total")]);
    check("with $9m in annual recurring revenue", &[("$9m", "USD 9000000 9000000 other")]);
    check(
        "closed a $200 million growth fund",
        &[("$200 million", "USD 200000000 200000000 other")],
    );
    check("at $20 per month", &[("$20", "USD 20 20 other")]);
}

#[test]
fn a_sum_in_a_second_currency_is_no_second_sum() {
    check(
        "took €40 million ($43 million)",
        &[("€40 million", "EUR 40000000 40000000"), ("$43 million", "USD 43000000 43000000 again")],
    );
}

#[test]
fn other_numbers_are_left_alone() {
    check("has 3 million users and 40 models in 2024", &[]);
    check("the M2 and B200 chips", &[]);
}

#[test]
fn money_of_many_countries_is_known() {
    check(
        "sold 340 million Norwegian crowns of notes",
        &[("340 million Norwegian crowns", "NOK 340000000 340000000")],
    );
    check(
        "raised KSh 64 million (US$495,000)",
        &[("KSh 64 million", "KES 64000000 64000000"), ("US$495,000", "USD 495000 495000 again")],
    );
    check(
        "raised NOK 340 million, roughly $33 million",
        &[
            ("NOK 340 million", "NOK 340000000 340000000"),
            ("roughly $33 million", "USD 33000000 33000000 again"),
        ],
    );
    check("borrowed T$12.6 billion", &[("T$12.6 billion", "TWD 12600000000 12600000000")]);
    check("borrowed 2.4 bln reais", &[("2.4 bln reais", "BRL 2400000000 2400000000")]);
}

#[test]
fn the_whole_of_a_price_is_no_total_to_date() {
    check(
        "for total consideration of $212 million",
        &[("$212 million", "USD 212000000 212000000")],
    );
    check(
        "acquired the shares for a total of $20 million",
        &[("$20 million", "USD 20000000 20000000")],
    );
    check(
        "bringing the total raised to $20 million",
        &[("$20 million", "USD 20000000 20000000 total")],
    );
    check(
        "a takeover approach worth about $9 billion",
        &[("about $9 billion", "USD 9000000000 9000000000")],
    );
}
