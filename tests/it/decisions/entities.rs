//! What people say of companies: further names, two that are one, one that is two.

use super::Log;
use super::crake;
use super::crake_later;
use super::document;
use super::tarn;
use super::titles;

#[test]
fn companies_that_a_person_makes_one_have_one_deal_until_that_is_taken_back() {
    let log = Log::new();
    log.ingest(&[tarn(), crake()]);
    assert_eq!(log.deals().len(), 2);
    log.does(&["entities", "merge", "Tarnfield AI", "Crakewell AI", "--because", "renamed"]);
    let deals = log.deals();
    assert_eq!((deals.len(), deals[0].1.len()), (1, 2));
    assert_eq!(log.ingest(&[crake_later()]), [deals[0].0]);
    let shown = log.does(&["entities", "show", "Crakewell AI"]);
    assert!(shown.contains("Tarnfield AI") && shown.contains("deal   1"), "{shown}");
    log.refuses(&["entities", "merge", "Crakewell AI", "Tarnfield AI"], "both are");
    log.does(&["deal", "undo", "--decision", "1"]);
    // Each has its old number again, and the later news of either is with its own.
    assert_eq!(log.deals(), [(1, titles(&[tarn()])), (2, titles(&[crake(), crake_later()]))]);
}

#[test]
fn a_further_name_leads_to_its_company_and_a_taken_one_is_refused() {
    let log = Log::new();
    log.ingest(&[tarn()]);
    log.refuses(&["entities", "alias", "Moonshot AI=Anthropic"], "is another entity's name");
    log.refuses(&["entities", "alias", "Moonshot AI=Tarnfield AI"], "entities merge");
    log.refuses(&["entities", "alias", "Nobody At All=Somebody"], "no entity is called");
    log.does(&["entities", "alias", "Moonshot AI=Duskwater AI"]);
    let told = log.ingest(&[document(
        "d1",
        5,
        "Duskwater AI raises $70 million Series B",
        "Artificial intelligence company Duskwater AI has raised $70 million in a Series B round.",
    )]);
    assert_eq!(log.deal(told[0])["target_id"], "moonshot-ai");
    let listed = log.does(&["entities", "list", "duskwater"]);
    assert!(listed.contains("moonshot-ai"), "{listed}");
}

#[test]
fn names_that_a_person_told_apart_are_not_joined_again() {
    let log = Log::new();
    let both = |id: &str, day: u8| {
        document(
            id,
            day,
            "霁川智能（Glimmerford）完成5000万美元B轮融资",
            "人工智能公司霁川智能（Glimmerford）宣布完成5000万美元B轮融资，由Osprey Lane领投。",
        )
    };
    let latin = document(
        "g1",
        4,
        "Glimmerford raises $50 million Series B",
        "Artificial intelligence company Glimmerford has raised $50 million in a Series B round \
         led by Osprey Lane.",
    );
    log.ingest(&[both("g0", 3), latin]);
    assert_eq!(log.deals().len(), 1);
    log.does(&["entities", "split", "Glimmerford", "--because", "another company"]);
    assert_eq!(log.deals().len(), 2);
    log.ingest(&[both("g2", 5)]);
    assert_eq!(log.deals().len(), 2);
    log.does(&["deal", "undo", "--decision", "1"]);
    assert_eq!(log.deals().len(), 1);
}
