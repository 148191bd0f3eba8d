//! What tells one deal of a company from its next, and what must not.

use super::*;
use crate::domain::PartialDate;

/// A round in talks or settled, of so many million dollars, at so many.
fn round(m: &mut Mention, status: DealStatus, millions: i64, worth: i64) {
    m.status = status;
    m.amount = Some(usd(millions));
    m.valuation = Some(Valuation::new(usd(worth), Basis::Unspecified));
}

#[test]
fn a_worth_that_doubles_within_weeks_of_talks_is_still_negotiated() {
    let talks = DealStatus::InTalks;
    check(
        &[
            told(1, 0, "a", |m| round(m, talks, 250, 3_000)),
            told(2, 11, "b", |m| round(m, talks, 500, 6_000)),
            told(3, 100, "c", |m| round(m, talks, 1_000, 15_000)),
        ],
        &[&[1, 2], &[3]],
    );
}

fn passing(m: &mut Mention, date: Option<&str>) {
    m.main = false;
    m.closed_on = date.map(|date| date.parse::<PartialDate>().unwrap());
}

#[test]
fn a_worth_that_doubled_is_the_next_round() {
    check(
        &[
            told(1, 0, "a", |m| round(m, DealStatus::InTalks, 500, 9_000)),
            undated(told(2, 0, "b", |m| round(m, DealStatus::InTalks, 900, 18_000))),
        ],
        &[&[1], &[2]],
    );
    // One that rose while it was negotiated is the same.
    check(
        &[
            told(1, 0, "a", |m| round(m, DealStatus::InTalks, 3_000, 18_000)),
            told(2, 40, "b", |m| round(m, DealStatus::Announced, 6_000, 24_000)),
        ],
        &[&[1, 2]],
    );
}

#[test]
fn a_figure_that_no_company_can_be_worth_keeps_nothing_apart() {
    check(
        &[
            told(1, 0, "a", |m| round(m, DealStatus::Announced, 600, 5_000)),
            told(2, 1, "b", |m| {
                round(m, DealStatus::Announced, 600, 5_000);
                m.valuation = Some(Valuation::new(usd(1), Basis::Unspecified));
            }),
        ],
        &[&[1, 2]],
    );
}

#[test]
fn parts_of_one_round_are_told_as_deals() {
    let part = |m: &mut Mention, raw: &str| {
        m.round = "a+".parse().ok();
        m.round_raw = Some(raw.to_owned());
    };
    let tell = |id, raw: &'static str| told(id, id, "a", move |m| part(m, raw));
    check(&[tell(1, "A1轮"), tell(2, "A5轮")], &[&[1], &[2]]);
    check(&[tell(1, "A+轮"), tell(2, "A++轮")], &[&[1], &[2]]);
    check(&[tell(1, "A2轮"), tell(2, "A+轮"), tell(3, "Series A2")], &[&[1, 2, 3]]);
}

#[test]
fn parts_that_are_counted_in_two_ways_are_one_only_by_another_fact() {
    let tell = |id, day, raw: &str, millions, investor: &str| {
        told(id, day, "a", |m| {
            m.round = "a+".parse().ok();
            m.round_raw = Some(raw.to_owned());
            m.amount = Some(usd(millions));
            m.investors = vec![Investor { name: investor.to_owned(), lead: true }];
        })
    };
    check(
        &[
            tell(1, 0, "A1轮", 20, "Quarrystone"),
            tell(2, 1, "A+轮", 20, "Quarrystone"),
            tell(3, 85, "A+轮", 15, "Hilltop Bank"),
        ],
        &[&[1, 2], &[3]],
    );
}

#[test]
fn an_article_that_tells_its_round_twice_tells_one() {
    let tell = |id: i64, main: bool, millions: Option<i64>| {
        let mut told = told(id, 0, "a", |m| {
            m.main = main;
            m.round = "a".parse().ok();
            m.amount = millions.map(usd);
            m.investors = vec![Investor { name: "Quarrystone".to_owned(), lead: true }];
        });
        told.article = ArticleId(1);
        told
    };
    check(&[tell(1, true, None), tell(2, false, Some(20))], &[&[1, 2]]);
    check(&[tell(1, true, Some(90)), tell(2, false, Some(20))], &[&[1], &[2]]);
}

#[test]
fn vague_sums_in_other_words_without_a_date_are_no_link() {
    let tell = |id, least: i64, most: i64, dated: bool| {
        let mut told = told(id, 0, "a", |m| {
            let mut sum = usd(least);
            sum.max = Some(most * 1_000_000);
            m.amount = Some(sum);
        });
        told.dated = dated;
        told
    };
    check(&[tell(1, 100, 900, true), tell(2, 100, 300, true)], &[&[1, 2]]);
    check(&[tell(1, 100, 900, false), tell(2, 100, 300, false)], &[&[1], &[2]]);
    check(&[tell(1, 100, 900, false), tell(2, 100, 900, false)], &[&[1, 2]]);
}

#[test]
fn a_round_or_a_buyer_that_was_misread_splits_no_news_of_one_day() {
    check(
        &[
            told(1, 0, "a", |m| {
                m.round = "b".parse().ok();
                m.amount = Some(usd(127));
            }),
            told(2, 1, "b", |m| {
                m.round = "a".parse().ok();
                m.amount = Some(usd(127));
            }),
        ],
        &[&[1, 2]],
    );
    let buy = |m: &mut Mention, buyer: &str, millions: i64| {
        m.kind = DealKind::Acquisition;
        m.acquirers = vec![buyer.to_owned()];
        m.amount = Some(usd(millions));
    };
    check(
        &[
            told(1, 0, "a", |m| buy(m, "Quarrystone", 340)),
            told(2, 1, "b", |m| buy(m, "Hilltop Bank", 340)),
            // Another price is another bid.
            told(3, 1, "c", |m| buy(m, "Harbour Systems", 410)),
        ],
        &[&[1, 2], &[3]],
    );
}

#[test]
fn what_is_told_in_passing_makes_no_deal_of_two_that_are_news() {
    check(
        &[
            told(1, 0, "a", |m| round(m, DealStatus::InTalks, 500, 9_000)),
            told(2, 20, "b", |m| round(m, DealStatus::InTalks, 950, 20_000)),
            told(3, 30, "c", |m| {
                passing(m, None);
                m.status = DealStatus::InTalks;
                m.amount = Some(Amount::range("", 500_000_000, 1_000_000_000, Currency::USD));
            }),
        ],
        &[&[1, 3], &[2]],
    );
}

#[test]
fn the_date_of_the_past_says_which_deal_is_meant() {
    let told = |date| {
        [
            told(1, 0, "a", |m| m.amount = Some(usd(100))),
            told(2, 400, "b", |m| m.amount = Some(usd(150))),
            told(3, 420, "c", |m| passing(m, Some(date))),
        ]
    };
    check(&told("2026-03"), &[&[1, 3], &[2]]);
    check(&told("2027-04"), &[&[1], &[2, 3]]);
    // Of a time of which the log knows no deal.
    check(&told("2024"), &[&[1], &[2], &[3]]);
}

#[test]
fn an_article_that_knows_the_earlier_round_tells_the_next() {
    let round_b = |m: &mut Mention| {
        round(m, DealStatus::Announced, 600, 2_400);
        m.round = "b".parse().ok();
    };
    let mut next = undated(told(2, 0, "b", |m| {
        round(m, DealStatus::InTalks, 600, 5_000);
    }));
    let mut earlier = undated(told(3, 0, "b", |m| {
        round_b(m);
        passing(m, None);
    }));
    next.article = ArticleId(9);
    earlier.article = ArticleId(9);
    check(&[told(1, 0, "a", round_b), next, earlier], &[&[1, 3], &[2]]);
}

#[test]
fn a_company_alone_is_little_where_time_does_not_tell() {
    // Somebody else invests, and nobody knows when.
    check(
        &[
            undated(told(1, 0, "a", |m| backed_by(m, &["Oakmere"]))),
            undated(told(2, 0, "b", |m| backed_by(m, &["Saltmarsh"]))),
        ],
        &[&[1], &[2]],
    );
    // In one week it may be a part of the list.
    check(
        &[
            told(1, 0, "a", |m| backed_by(m, &["Oakmere"])),
            told(2, 1, "b", |m| backed_by(m, &["Saltmarsh"])),
        ],
        &[&[1, 2]],
    );
}

#[test]
fn what_is_told_in_passing_needs_a_fact_in_common() {
    let passing = |millions: Option<i64>| {
        told(2, 200, "b", move |m| {
            passing(m, None);
            m.amount = millions.map(usd);
        })
    };
    let news = || told(1, 150, "a", |m| m.amount = Some(usd(60)));
    check(&[news(), passing(Some(60))], &[&[1, 2]]);
    check(&[news(), passing(None)], &[&[1], &[2]]);
}
