//! Blocks of mentions and the deals they should become.

use jiff::Timestamp;
use jiff::ToSpan;

use super::*;
use crate::domain::Amount;
use crate::domain::ArticleId;
use crate::domain::Basis;
use crate::domain::Conflict;
use crate::domain::Currency;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::Doubt;
use crate::domain::Field;
use crate::domain::Investor;
use crate::domain::Lang;
use crate::domain::Mention;
use crate::domain::Percent;
use crate::domain::Qualifier;
use crate::domain::SourceClass;
use crate::domain::SourceId;
use crate::domain::Valuation;

/// A mention of one company, told by its own article on a day.
pub(super) fn told(id: i64, day: i64, source: &str, shape: impl FnOnce(&mut Mention)) -> Told {
    let start: Timestamp = "2026-03-01T08:00:00Z".parse().unwrap();
    let mut mention = Mention::new("Lanternfish AI", DealKind::Funding, DealStatus::Announced);
    mention.confidence = 0.8;
    shape(&mut mention);
    Told {
        id: MentionId(id),
        article: ArticleId(id),
        source: SourceId::from(source),
        voice: source.to_owned(),
        class: SourceClass::Media,
        lang: Lang::En,
        at: start + (day * 24).hours(),
        dated: true,
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

/// Calls with the shipped table, one fund that the log knows by two names, and plain rates.
pub(super) fn with_knowledge<T>(call: impl FnOnce(&Knowledge<'_>) -> T) -> T {
    let rate = |value: i64, currency: Currency, _year: i16| match currency {
        Currency::USD => Some(value),
        Currency::CNY => Some(value / 7),
        _ => None,
    };
    let known = |folded: &str| {
        (folded == "灯塔资本" || folded == "beaconcapital").then(|| EntityId::from("beacon"))
    };
    let now = "2026-03-01T08:00:00Z".parse().unwrap();
    let clock = Clock { now, silence: None };
    call(&Knowledge { table: EntityTable::shipped(), known: &known, usd: &rate, clock })
}

fn run(told: &[Told]) -> Vec<Resolved> {
    with_knowledge(|knowledge| resolve(told, &EntityId::from("lanternfish-ai"), knowledge))
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
fn an_agency_and_those_who_print_it_are_one_source() {
    let count = |voices: &[&str]| {
        let tell = |(id, voice): (i64, &&str)| Told {
            voice: (*voice).to_owned(),
            ..told(id, 0, &format!("outlet-{id}"), |_| {})
        };
        let all: Vec<Told> = (1..).zip(voices).map(tell).collect();
        let resolved = run(&all);
        assert_eq!(resolved.len(), 1, "in: {voices:?}");
        (resolved[0].facts.sources, resolved[0].facts.confidence)
    };
    assert_eq!(count(&["reuters"]), (1, 0.8));
    assert_eq!(count(&["reuters", "reuters", "reuters"]), (1, 0.8));
    assert_eq!(count(&["reuters", "outlet-2", "reuters"]), (2, 0.96));
    assert_eq!(count(&["reuters", "新华社", "outlet-3"]), (3, 0.99));
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
fn a_round_of_the_wrong_name_is_known_by_its_sum_and_backers() {
    check(
        &[
            told(1, 0, "a", |m| {
                m.round = "b".parse().ok();
                m.amount = Some(usd(645));
                backed_by(m, &["Oakmere"]);
            }),
            told(2, 1, "b", |m| {
                m.round = "seed".parse().ok();
                m.amount = Some(usd(645));
                backed_by(m, &["Oakmere"]);
            }),
        ],
        &[&[1, 2]],
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
fn a_buyer_is_printed_in_full_or_in_short() {
    let buy = |m: &mut Mention, buyer: &str| {
        m.kind = DealKind::Acquisition;
        m.acquirers = vec![buyer.to_owned()];
    };
    check(
        &[
            told(1, 0, "a", |m| buy(m, "Stonescreen Heavy")),
            told(2, 1, "b", |m| buy(m, "Stonescreen")),
            told(3, 2, "c", |m| buy(m, "Stonescreens")),
        ],
        &[&[1, 2], &[3]],
    );
    check(
        &[told(1, 0, "a", |m| buy(m, "石屏重工")), told(2, 1, "b", |m| buy(m, "石屏"))],
        &[&[1, 2]],
    );
}

#[test]
fn who_buys_a_company_is_more_than_the_holder_of_a_stake() {
    let told = |stake: u32| {
        [
            told(1, 0, "a", |m| {
                m.kind = DealKind::Acquisition;
                m.acquirers = vec!["Stonescreen Heavy".to_owned()];
            }),
            told(2, 1, "b", |m| {
                m.kind = DealKind::InvestmentStake;
                m.investors = vec![Investor { name: "Stonescreen Heavy".to_owned(), lead: false }];
                m.stake_pct = Some(Percent(stake));
            }),
        ]
    };
    for (stake, kind) in [(6_000, DealKind::Acquisition), (2_000, DealKind::InvestmentStake)] {
        let deals = run(&told(stake));
        assert_eq!(deals.len(), 1);
        let facts = &deals[0].facts;
        assert_eq!(facts.kind, kind);
        assert!(facts.conflicts.iter().any(|conflict| conflict.field == Field::Kind));
    }
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

fn undated(mut told: Told) -> Told {
    told.dated = false;
    told
}

fn backed_by(m: &mut Mention, names: &[&str]) {
    let investor = |name: &&str| Investor { name: (*name).to_owned(), lead: false };
    m.investors = names.iter().map(investor).collect();
}

#[test]
fn when_an_undated_article_was_seen_says_nothing() {
    // Seen two years after the others, because somebody handed in an old file.
    check(
        &[
            told(1, 0, "a", |m| m.amount = Some(usd(20))),
            told(2, 5, "b", |m| m.amount = Some(usd(20))),
            undated(told(3, 700, "c", |_| ())),
        ],
        &[&[1, 2, 3]],
    );
    check(
        &[
            told(1, 0, "a", |m| m.amount = Some(usd(20))),
            undated(told(2, 700, "c", |m| m.amount = Some(usd(90)))),
        ],
        &[&[1], &[2]],
    );
}

#[test]
fn talks_after_the_end_of_others_are_a_new_attempt() {
    let buy = |m: &mut Mention, status: DealStatus, millions: i64| {
        m.kind = DealKind::Acquisition;
        m.status = status;
        m.acquirers = vec!["Quarrystone".to_owned()];
        m.amount = Some(usd(millions));
    };
    check(
        &[
            told(1, 0, "a", |m| buy(m, DealStatus::InTalks, 260)),
            told(2, 50, "b", |m| buy(m, DealStatus::Terminated, 260)),
            told(3, 140, "a", |m| buy(m, DealStatus::InTalks, 100)),
            told(4, 170, "b", |m| buy(m, DealStatus::Announced, 103)),
        ],
        &[&[1, 2], &[3, 4]],
    );
}

#[test]
fn a_rumour_between_two_rounds_does_not_make_one_of_them() {
    let round = |m: &mut Mention, status: DealStatus, millions: i64, valuation: i64| {
        m.status = status;
        m.amount = Some(usd(millions));
        m.valuation = Some(Valuation::new(usd(valuation), Basis::Unspecified));
    };
    check(
        &[
            told(1, 0, "a", |m| round(m, DealStatus::InTalks, 150, 1_400)),
            told(2, 30, "b", |m| round(m, DealStatus::Announced, 160, 1_500)),
            told(3, 150, "a", |m| round(m, DealStatus::InTalks, 280, 3_000)),
            told(4, 170, "b", |m| round(m, DealStatus::Announced, 300, 3_100)),
        ],
        &[&[1, 2], &[3, 4]],
    );
}

#[test]
fn a_listing_is_one_deal_whatever_it_is_to_raise() {
    let list = |m: &mut Mention, status: DealStatus, millions: Option<i64>| {
        m.kind = DealKind::Ipo;
        m.status = status;
        m.amount = millions.map(usd);
    };
    check(
        &[
            told(1, 0, "a", |m| list(m, DealStatus::InTalks, None)),
            told(2, 150, "b", |m| list(m, DealStatus::Announced, Some(200))),
            told(3, 250, "a", |m| list(m, DealStatus::Announced, Some(480))),
            told(4, 260, "b", |m| list(m, DealStatus::Completed, Some(510))),
        ],
        &[&[1, 2, 3, 4]],
    );
}

#[test]
fn what_one_article_tells_as_two_deals_stays_two() {
    let mut now = told(1, 300, "a", |m| m.amount = Some(usd(60)));
    let mut then = told(2, 300, "a", |m| {
        m.main = false;
        m.amount = Some(usd(20));
    });
    now.article = ArticleId(9);
    then.article = ArticleId(9);
    check(&[now.clone(), then.clone()], &[&[1], &[2]]);
    // An earlier state of the same deal is the same deal.
    now.mention.status = DealStatus::Announced;
    then.mention.status = DealStatus::InTalks;
    then.mention.amount = Some(usd(40));
    check(&[now, then], &[&[1, 2]]);
}

#[test]
fn buyers_in_two_scripts_that_nobody_knows_keep_nothing_apart() {
    let buy = |m: &mut Mention, buyer: &str| {
        m.kind = DealKind::Acquisition;
        m.acquirers = vec![buyer.to_owned()];
        m.amount = Some(cny(460));
    };
    check(
        &[
            told(1, 0, "a", |m| buy(m, "石屏重工")),
            told(2, 1, "b", |m| buy(m, "Stonescreen Heavy")),
        ],
        &[&[1, 2]],
    );
    // One that is known in both scripts is nobody else.
    check(
        &[told(1, 0, "a", |m| buy(m, "石屏重工")), told(2, 9, "b", |m| buy(m, "Nvidia"))],
        &[&[1], &[2]],
    );
    // Told of the owner or of the owned.
    check(
        &[told(1, 0, "a", |m| buy(m, "谷歌DeepMind")), told(2, 1, "b", |m| buy(m, "Google"))],
        &[&[1, 2]],
    );
}

#[test]
fn other_investors_are_another_round() {
    check(
        &[
            undated(told(1, 0, "a", |m| backed_by(m, &["Oakmere", "Gullwing", "Fernhill"]))),
            undated(told(2, 0, "b", |m| backed_by(m, &["Saltmarsh", "Redcliff"]))),
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
fn a_date_that_is_told_in_passing_is_none_of_the_record_of_news() {
    let news = told(1, 0, "a", |m| m.amount = Some(usd(50)));
    let passing = told(2, 300, "b", |m| {
        m.main = false;
        m.amount = Some(usd(50));
        m.closed_on = "2026".parse().ok();
    });
    let record = |told: &[Told]| run(told).swap_remove(0).facts.closed_on;
    assert_eq!(record(&[news, passing.clone()]), None);
    assert_eq!(record(&[passing]), "2026".parse().ok());
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

mod apart;
