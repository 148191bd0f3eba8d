//! The compiled-in stories are whole and agree with what is expected of them.

use std::collections::BTreeSet;

use super::Article;
use super::Cast;
use super::Format;
use super::Kept;
use super::cast;

const KINDS: &[&str] = &[
    "funding",
    "investment_stake",
    "debt",
    "secondary",
    "acquisition",
    "merger",
    "acquihire",
    "asset_purchase",
    "divestiture",
    "ipo",
];
const STATUSES: &[&str] =
    &["seeking", "rumoured", "in_talks", "announced", "completed", "terminated", "denied"];
const QUALIFIERS: &[&str] =
    &["exact", "about", "over", "under", "up_to", "range", "order", "undisclosed"];
const FIELDS: &[&str] = &["acquirers", "leads", "sellers", "stake_pct"];

fn slugs(cast: &Cast) -> BTreeSet<&str> {
    cast.articles.iter().map(|article| article.slug.as_str()).collect()
}

#[test]
fn every_article_belongs_to_an_outlet_and_to_the_minute() {
    let cast = cast();
    let outlets: BTreeSet<_> = cast.outlets.iter().map(|outlet| outlet.id.as_str()).collect();
    assert_eq!(outlets.len(), 6);
    assert_eq!(slugs(&cast).len(), cast.articles.len(), "a slug is used twice");
    for article in &cast.articles {
        assert!(outlets.contains(article.outlet.as_str()), "{}", article.slug);
        assert!(article.at <= 58, "{}", article.slug);
        assert_eq!(article.at == 0, article.age_hours.is_some(), "{}", article.slug);
        // Between the backlog and the news is room for a first poll.
        assert!(article.at == 0 || article.at >= 5, "{}", article.slug);
        assert!(article.slug.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
        assert!(!article.story.is_empty());
    }
}

#[test]
fn every_outlet_has_a_backlog_and_news_in_its_own_format() {
    let cast = cast();
    let formats: BTreeSet<_> =
        cast.outlets.iter().map(|outlet| format!("{:?}", outlet.format)).collect();
    assert_eq!(formats.len(), 6);
    for outlet in &cast.outlets {
        let of = |backlog: bool| {
            cast.articles
                .iter()
                .filter(|article| article.outlet == outlet.id && (article.at == 0) == backlog)
                .count()
        };
        assert_eq!(of(true), 1, "{}", outlet.id);
        assert!((8..20).contains(&of(false)), "{}: {}", outlet.id, of(false));
    }
}

#[test]
fn texts_are_as_long_as_news_is() {
    let cast = cast();
    for article in &cast.articles {
        let outlet = cast.outlets.iter().find(|outlet| outlet.id == article.outlet).unwrap();
        let (length, usual) = if outlet.language == "en" {
            (article.text.split_whitespace().count(), 70..250)
        } else {
            (article.text.chars().count(), 120..400)
        };
        assert!(usual.contains(&length), "{}: {length}", article.slug);
        assert!(article.paragraphs().count() >= 3, "{}", article.slug);
    }
}

#[test]
fn every_article_is_expected_to_yield_deals_or_to_yield_none() {
    let cast = cast();
    let deals: BTreeSet<&str> = cast
        .expected
        .deals
        .iter()
        .flat_map(|deal| deal.articles.iter().map(String::as_str))
        .collect();
    let absent: BTreeSet<&str> =
        cast.expected.absent.iter().map(|absent| absent.slug.as_str()).collect();
    assert_eq!(deals.intersection(&absent).next(), None);
    assert_eq!(deals.union(&absent).copied().collect::<BTreeSet<_>>(), slugs(&cast));
    let may = cast.expected.deals.iter().flat_map(|deal| &deal.may);
    assert!(may.into_iter().all(|slug| slugs(&cast).contains(slug.as_str())));
}

#[test]
fn expected_deals_use_the_words_of_the_product() {
    let cast = cast();
    let keys: BTreeSet<_> = cast.expected.deals.iter().map(|deal| &deal.key).collect();
    assert_eq!(keys.len(), cast.expected.deals.len());
    for deal in &cast.expected.deals {
        let key = &deal.key;
        assert!(KINDS.contains(&deal.kind.as_str()), "{key}");
        assert_eq!(deal.status_steps.last(), Some(&deal.status), "{key}");
        for status in deal.status_steps.iter().chain(&deal.status_also) {
            assert!(STATUSES.contains(&status.as_str()), "{key}: {status}");
        }
        for field in &deal.unchecked {
            assert!(FIELDS.contains(&field.as_str()), "{key}: {field}");
        }
        for amount in deal.amount.iter().chain(&deal.valuation) {
            assert!(QUALIFIERS.contains(&amount.qualifier.as_str()), "{key}");
            let open = amount.qualifier == "undisclosed";
            assert_eq!(open, amount.currency.is_none(), "{key}");
            assert!(amount.min <= amount.max, "{key}");
        }
        assert!(deal.leads.iter().all(|lead| deal.investors.contains(lead)), "{key}");
    }
}

#[test]
fn expected_names_are_printed_by_the_articles() {
    let cast = cast();
    for deal in &cast.expected.deals {
        let told: Vec<&Article> =
            cast.articles.iter().filter(|article| deal.articles.contains(&article.slug)).collect();
        let printed = |name: &str| {
            told.iter().any(|article| article.title.contains(name) || article.text.contains(name))
        };
        let parties = deal.acquirers.iter().chain(&deal.investors).chain(&deal.sellers);
        for name in parties.flatten().chain(&deal.target) {
            assert!(printed(name), "{}: {name}", deal.key);
        }
    }
}

#[test]
fn seeded_deals_come_from_the_backlog_alone() {
    let cast = cast();
    for deal in &cast.expected.deals {
        let first = cast.articles.iter().find(|article| deal.articles.contains(&article.slug));
        assert_eq!(first.unwrap().at > 0, deal.alert, "{}", deal.key);
    }
}

#[test]
fn absent_names_are_no_targets_and_are_printed() {
    let cast = cast();
    let targets: BTreeSet<_> = cast.expected.deals.iter().flat_map(|deal| &deal.target).collect();
    let simplified_too = ["菱海创投", "台屿工具机"];
    for absent in &cast.expected.absent {
        let article = cast.articles.iter().find(|article| article.slug == absent.slug).unwrap();
        for name in &absent.names {
            assert!(!targets.contains(name), "{name}");
            let printed =
                article.text.contains(name.as_str()) || article.title.contains(name.as_str());
            assert!(printed || simplified_too.contains(&name.as_str()), "{name}");
        }
    }
}

#[test]
fn the_cast_holds_every_kind_of_thing_the_demo_shows() {
    let cast = cast();
    let kinds: BTreeSet<_> = cast.expected.deals.iter().map(|deal| deal.kind.as_str()).collect();
    let told: BTreeSet<_> = KINDS.iter().copied().filter(|kind| *kind != "secondary").collect();
    assert_eq!(kinds, told);
    let statuses: BTreeSet<_> = cast
        .expected
        .deals
        .iter()
        .flat_map(|deal| &deal.status_steps)
        .map(String::as_str)
        .collect();
    assert_eq!(statuses, STATUSES.iter().copied().collect());
    for kept in [Kept::Nothing, Kept::Background, Kept::NotAi] {
        assert!(cast.expected.absent.iter().any(|absent| absent.record == kept));
    }
    let traditional = cast.outlets.iter().find(|outlet| outlet.language == "zh-Hant").unwrap();
    assert_eq!(traditional.format, Format::Rss1);
}
