//! Tables of English names.

use super::*;
use crate::domain::Lang;
use crate::entity::EntityTable;

/// The one place that calls the rule: names in brackets are what stands for a name.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let (title, body) = text.split_once('\n').unwrap_or(("", text));
    let cut = Text::new(title, body, Some(Lang::En));
    let table = EntityTable::from_toml(&[("none.toml", "")]).unwrap();
    let names = Names::new(&cut, &table);
    let found: Vec<_> = cut
        .sentences()
        .iter()
        .flat_map(|sentence| super::find(&cut, sentence, &names))
        .map(|party| match party.value.kind {
            PartyKind::Refers(_) => format!("[{}]", cut.printed(party.span)),
            PartyKind::Person => format!("person {}", party.value.name),
            PartyKind::Investor => format!("fund {}", party.value.name),
            PartyKind::Outlet => format!("outlet {}", party.value.name),
            _ => party.value.name,
        })
        .collect();
    assert_eq!(found, expected, "in: {text}");
}

#[test]
fn capitals_make_a_name() {
    check("Yesterday Acme Dynamics and Bluefin Labs met.", &["Acme Dynamics", "Bluefin Labs"]);
    check("a stake in Weaver & Loom of Ohio", &["Weaver & Loom"]);
    check("money from 8VC, xFlow and Quill.ai", &["fund 8VC", "xFlow", "Quill.ai"]);
    check("The round was led by Oakline Ventures.", &["fund Oakline Ventures"]);
}

#[test]
fn descriptors_are_not_part_of_a_name() {
    check("the AI startup Tessel said", &["Tessel"]);
    check("the Paris-based Tessel AI said", &["Tessel AI"]);
    check("for Oakline-backed Tessel in May", &["Tessel"]);
}

#[test]
fn headlines_are_cut_at_plain_words() {
    check(
        "AI Startup Tessel Raises Fresh Funding From Oakline Ventures\nTessel is new.",
        &["Tessel", "fund Oakline Ventures", "Tessel"],
    );
    check(
        "Chip Giant Buys Robotics Firm Tessel\nIt paid Tessel cash.",
        &["Tessel", "[It]", "Tessel"],
    );
}

#[test]
fn people_and_newspapers_are_told_apart() {
    check("said CEO Maria Holt of Tessel", &["person Maria Holt", "Tessel"]);
    check("the Evening Times wrote that Tessel", &["outlet Evening Times", "Tessel"]);
}

#[test]
fn a_definite_noun_stands_for_a_name() {
    check("Then the two-year-old startup moved.", &["[the two-year-old startup]"]);
    check("Then an AI chip company moved.", &["[an AI chip company]"]);
    check("Then the search giant bought it.", &["[the search giant]", "[it]"]);
}

#[test]
fn a_name_without_a_capital_is_known_by_where_it_stands() {
    check("quillwork raises $5M\nThe maker quillwork said so.", &["quillwork", "quillwork"]);
    check(
        "Oslo, 3 May 2026 – quillwork, the app, grew. Then quillwork sold.",
        &["quillwork", "[the app]", "quillwork"],
    );
    check("It grew. then nothing happened.", &["[It]"]);
}

#[test]
fn digits_may_open_a_name_but_not_a_count() {
    check("7knots Labs met 0x41 Systems.", &["7knots Labs", "0x41 Systems"]);
    check("10x growth and 40gb of data", &[]);
}

#[test]
fn legal_forms_after_a_comma_belong_to_the_name() {
    check("money from Acme Dynamics, Inc. and Bluefin, Ltd. today", &["Acme Dynamics", "Bluefin"]);
    check("money that the Kern Family Office paid in.", &["Kern Family Office"]);
}
