//! Blocks of mentions and the deals they should become.

use jiff::Timestamp;
use jiff::ToSpan;

use super::*;
use crate::domain::Amount;
use crate::domain::ArticleId;
use crate::domain::Conflict;
use crate::domain::Currency;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::Doubt;
use crate::domain::Field;
use crate::domain::Investor;
use crate::domain::Lang;
use crate::domain::Mention;
use crate::domain::Qualifier;
use crate::domain::SourceClass;
use crate::domain::SourceId;

/// A mention of one company, told by its own article on a day.
fn told(id: i64, day: i64, source: &str, shape: impl FnOnce(&mut Mention)) -> Told {
    let start: Timestamp = "2026-03-01T08:00:00Z".parse().unwrap();
    let mut mention = Mention::new("Lanternfish AI", DealKind::Funding, DealStatus::Announced);
    mention.confidence = 0.8;
    shape(&mut mention);
    Told {
        id: MentionId(id),
        article: ArticleId(id),
        source: SourceId::from(source),
        class: SourceClass::Media,
        lang: Lang::En,
        at: start + (day * 24).hours(),
        seen_at: start + (day * 24).hours(),
        content_hash: format!("{id:04}"),
        deal: None,
        mention,
    }
}

fn usd(millions: i64) -> Amount {
    Amount::new("", millions * 1_000_000, Currency::USD, Qualifier::Exact)
}

fn cny(millions: i64) -> Amount {
    Amount::new("", millions * 1_000_000, Currency::CNY, Qualifier::Exact)
}

fn run(told: &[Told]) -> Vec<Resolved> {
    let rate = |value: i64, currency: Currency, _year: i16| match currency {
        Currency::USD => Some(value),
        Currency::CNY => Some(value / 7),
        _ => None,
    };
    let known = |folded: &str| {
        (folded == "灯塔资本" || folded == "beaconcapital").then(|| EntityId::from("beacon"))
    };
    let knowledge = Knowledge { table: EntityTable::shipped(), known: &known, usd: &rate };
    resolve(told, &EntityId::from("lanternfish-ai"), &knowledge)
}

/// Asserts which mentions are one deal, in every order of arrival.
#[track_caller]
fn check(told: &[Told], expected: &[&[i64]]) {
    let mut orders = vec![told.to_vec(), told.iter().rev().cloned().collect::<Vec<_>>()];
    let mut rotated = told.to_vec();
    rotated.rotate_left(told.len() / 2);
    orders.push(rotated);
    for order in orders {
        let deals: Vec<Vec<i64>> = run(&order)
            .into_iter()
            .map(|deal| deal.mentions.into_iter().map(|id| id.0).collect())
            .collect();
        assert_eq!(deals, expected);
    }
}

#[test]
fn rumour_price_changes_and_announcement_are_one_deal() {
    check(
        &[
            told(1, 0, "a", |m| {
                m.status = DealStatus::Rumoured;
                m.amount = Some(usd(300));
            }),
            told(2, 12, "b", |m| {
                m.status = DealStatus::InTalks;
                m.amount = Some(usd(450));
            }),
            told(3, 40, "c", |m| {
                m.amount = Some(usd(600));
                m.round = "c".parse().ok();
            }),
            told(4, 55, "a", |m| {
                m.status = DealStatus::Completed;
                m.round = "c".parse().ok();
            }),
        ],
        &[&[1, 2, 3, 4]],
    );
}

#[test]
fn the_same_sum_in_two_currencies_is_one_deal() {
    check(
        &[
            told(1, 0, "a", |m| m.amount = Some(usd(100))),
            told(2, 1, "b", |m| m.amount = Some(cny(700))),
        ],
        &[&[1, 2]],
    );
}

#[test]
fn the_next_round_is_another_deal() {
    check(
        &[
            told(1, 0, "a", |m| m.round = "a".parse().ok()),
            told(2, 2, "b", |m| m.round = "b".parse().ok()),
        ],
        &[&[1], &[2]],
    );
    check(
        &[
            told(1, 0, "a", |m| {
                m.round = "a".parse().ok();
                m.amount = Some(usd(20));
            }),
            told(2, 5, "b", |m| {
                m.round = "a+".parse().ok();
                m.amount = Some(usd(8));
            }),
        ],
        &[&[1], &[2]],
    );
}

#[test]
fn another_buyer_is_another_attempt() {
    let buy = |m: &mut Mention, buyer: &str| {
        m.kind = DealKind::Acquisition;
        m.acquirers = vec![buyer.to_owned()];
    };
    check(
        &[
            told(1, 0, "a", |m| {
                m.kind = DealKind::Acquisition;
                m.status = DealStatus::Seeking;
            }),
            told(2, 20, "a", |m| buy(m, "Harbour Systems")),
            told(3, 22, "b", |m| buy(m, "Harbour Systems Inc.")),
            told(4, 30, "b", |m| buy(m, "Quarrystone")),
        ],
        &[&[1, 2, 3], &[4]],
    );
}

#[test]
fn a_loan_beside_a_round_is_its_own_deal() {
    check(
        &[
            told(1, 0, "a", |m| m.amount = Some(usd(50))),
            told(2, 0, "b", |m| {
                m.kind = DealKind::Debt;
                m.amount = Some(usd(50));
            }),
        ],
        &[&[1], &[2]],
    );
}

#[test]
fn a_rumour_long_after_an_announcement_is_a_new_attempt() {
    check(
        &[
            told(1, 0, "a", |m| m.amount = Some(usd(50))),
            told(2, 100, "b", |m| {
                m.status = DealStatus::InTalks;
                m.amount = Some(usd(500));
            }),
        ],
        &[&[1], &[2]],
    );
}

#[test]
fn what_is_told_in_passing_finds_its_deal() {
    check(
        &[
            told(1, 0, "a", |m| {
                m.round = "a".parse().ok();
                m.amount = Some(usd(20));
            }),
            told(2, 200, "b", |m| {
                m.round = "b".parse().ok();
                m.amount = Some(usd(90));
            }),
            told(3, 200, "c", |m| {
                m.main = false;
                m.round = "a".parse().ok();
                m.amount = Some(usd(20));
            }),
        ],
        &[&[1, 3], &[2]],
    );
}

#[test]
fn a_deal_keeps_its_number_and_absorbs_the_other() {
    let mut block = vec![
        told(1, 0, "a", |m| m.amount = Some(usd(50))),
        told(2, 1, "b", |m| m.amount = Some(usd(50))),
        told(3, 2, "c", |m| m.amount = Some(usd(50))),
    ];
    block[0].deal = Some(DealId(7));
    block[2].deal = Some(DealId(9));
    let resolved = run(&block);
    assert_eq!(resolved.len(), 1);
    assert_eq!(resolved[0].deal, Some(DealId(7)));
    assert_eq!(resolved[0].absorbs, [DealId(9)]);
}

#[test]
fn two_clusters_never_share_a_number() {
    let mut block = vec![
        told(1, 0, "a", |m| m.round = "a".parse().ok()),
        told(2, 1, "b", |m| m.round = "b".parse().ok()),
    ];
    block[0].deal = Some(DealId(7));
    block[1].deal = Some(DealId(7));
    let deals: Vec<_> = run(&block).iter().map(|deal| (deal.deal, deal.absorbs.len())).collect();
    assert_eq!(deals, [(Some(DealId(7)), 0), (None, 0)]);
}

#[test]
fn the_record_shows_settled_terms_and_keeps_the_others() {
    let resolved = run(&[
        told(1, 0, "a", |m| {
            m.status = DealStatus::Rumoured;
            m.amount = Some(usd(300));
            m.investors = vec![Investor { name: "Gullwing".to_owned(), lead: false }];
        }),
        told(2, 9, "b", |m| {
            m.amount = Some(usd(600));
            m.investors = vec![Investor { name: "Oakmere".to_owned(), lead: true }];
        }),
        told(3, 9, "c", |m| {
            m.amount = Some(usd(600));
            m.investors = vec![Investor { name: "Oakmere".to_owned(), lead: false }];
        }),
    ]);
    let facts = &resolved[0].facts;
    assert_eq!(facts.amount, Some(usd(600)));
    assert_eq!(facts.investors, [Investor { name: "Oakmere".to_owned(), lead: true }]);
    assert_eq!(facts.sources, 3);
    let steps: Vec<_> = facts.steps.iter().map(|step| step.status).collect();
    assert_eq!(steps, [DealStatus::Rumoured, DealStatus::Announced]);
    let conflicts: Vec<&Conflict> =
        facts.conflicts.iter().filter(|conflict| conflict.field == Field::Amount).collect();
    assert_eq!(conflicts.len(), 1);
    assert_eq!(conflicts[0].mentions, [MentionId(1)]);
    assert!(facts.doubts.is_empty(), "a rumour's terms are history: {:?}", facts.doubts);
}

#[test]
fn copies_of_one_text_are_one_source() {
    let mut block = vec![told(1, 0, "a", |_| ()), told(2, 0, "b", |_| ()), told(3, 0, "b", |_| ())];
    block[1].content_hash = block[0].content_hash.clone();
    let resolved = run(&block);
    assert_eq!(resolved[0].facts.sources, 1);
    assert!(resolved[0].facts.doubts.contains(&Doubt::SingleSource));
}

#[test]
fn a_party_in_two_scripts_is_one_by_the_first_spelling() {
    let invest = |m: &mut Mention, name: &str, lead: bool| {
        m.investors = vec![Investor { name: name.to_owned(), lead }];
    };
    let resolved = run(&[
        told(1, 0, "a", |m| invest(m, "灯塔资本", false)),
        told(2, 1, "b", |m| invest(m, "Beacon Capital", true)),
    ]);
    let facts = &resolved[0].facts;
    assert_eq!(facts.investors, [Investor { name: "灯塔资本".to_owned(), lead: true }]);
    let bought = run(&[
        told(1, 0, "a", |m| m.acquirers = vec!["輝達".to_owned()]),
        told(2, 1, "b", |m| m.acquirers = vec!["Nvidia".to_owned()]),
    ]);
    assert_eq!(bought.len(), 1);
    assert_eq!(bought[0].facts.acquirers, ["輝達"]);
    assert!(bought[0].facts.conflicts.is_empty());
}

#[test]
fn sums_that_are_told_equally_firmly_are_a_doubt() {
    let resolved = run(&[
        told(1, 0, "a", |m| {
            m.round = "b".parse().ok();
            m.amount = Some(usd(80));
        }),
        told(2, 1, "b", |m| {
            m.round = "b".parse().ok();
            m.amount = Some(usd(100));
        }),
    ]);
    assert_eq!(resolved.len(), 1);
    assert_eq!(resolved[0].facts.doubts, [Doubt::AmountConflict]);
}

#[test]
fn names_that_pair_off_across_languages_are_shown_once() {
    let investors = |m: &mut Mention, names: &[&str]| {
        m.investors =
            names.iter().map(|name| Investor { name: (*name).to_owned(), lead: false }).collect();
    };
    let mut block = [
        told(1, 0, "a", |m| investors(m, &["灯塔资本", "柳湾创投"])),
        told(2, 1, "b", |m| investors(m, &["Beacon Capital", "Willow Bay Ventures"])),
    ];
    block[0].lang = Lang::Zh;
    let facts = &run(&block)[0].facts;
    let names: Vec<&str> = facts.investors.iter().map(|i| i.name.as_str()).collect();
    assert_eq!(names, ["灯塔资本", "Willow Bay Ventures"]);
    assert_eq!(facts.conflicts.len(), 1, "the other name stays visible: {:?}", facts.conflicts);
    block[0].mention.investors.push(Investor { name: "白石创投".to_owned(), lead: false });
    let facts = &run(&block)[0].facts;
    assert_eq!(facts.investors.len(), 4, "two cannot be one: all are shown");
}
