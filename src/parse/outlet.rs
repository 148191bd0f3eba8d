//! The outlet's own name behind its headlines: `Tessel raises $40 million | Quay Post`.
//!
//! It is no part of the headline: read as one it looks like an investor, and a feed that begins to
//! write it would deliver every story once more under another title. It is known by the names that
//! the feed gives itself, or because most of a document's titles end in it.

use std::collections::HashMap;

use ::url::Url;

use crate::domain::Document;
use crate::domain::Entry;
use crate::domain::Source;
use crate::domain::SourceClass;
use crate::domain::SourceKind;

use super::Parsed;
use super::url;

/// Signs that stand between a headline and a name, and seldom inside either.
const SIGNS: &[&str] = &[" - ", " – ", " — ", " | ", " · ", " :: ", " » ", "｜", "|", "_"];
/// Signs that stand inside names, too: only a known name in Chinese, which has no such names, is
/// taken from behind them.
const WEAK_SIGNS: &[&str] = &["-", "–", "——", "—"];
/// A title may end in the name of a section and then in that of the outlet.
const ROUNDS: usize = 3;
/// Fewer titles with one ending may have it by chance.
const FEWEST: usize = 5;
/// The longest ending that is taken for a name because others have it, in characters.
const LONGEST: usize = 40;
/// What headlines of one subject may share and need.
const TOLD: &[&str] =
    &["series", "seed", "round", "fund", "ipo", "轮", "輪", "融资", "融資", "收购"];

/// Takes the outlet's name from the titles of the document's entries.
pub(super) fn strip(parsed: &mut Parsed, doc: &Document, source: &Source) {
    // A company's own name behind its news is whose news it is; filings have titles of their own.
    if source.class == SourceClass::Company || source.kind == SourceKind::Edgar {
        return;
    }
    let names = names(parsed, doc, source);
    for _ in 0..ROUNDS {
        let shared = shared(&parsed.entries);
        let mut changed = false;
        for entry in &mut parsed.entries {
            let Some(bare) = headline(&entry.title, &names, shared.as_deref()) else { continue };
            // A text may begin with its title.
            if entry.text.contains(&entry.title) {
                entry.text = entry.text.replace(&entry.title, bare);
            }
            let length = bare.len();
            entry.title.truncate(length);
            changed = true;
        }
        if !changed {
            break;
        }
    }
}

/// What the feed calls itself, folded.
fn names(parsed: &Parsed, doc: &Document, source: &Source) -> Vec<String> {
    let title = parsed.title.iter().chain([&source.name]);
    let mut names: Vec<String> = title
        .flat_map(|title| {
            let mut parts = vec![title.as_str()];
            for sign in SIGNS {
                parts = parts.into_iter().flat_map(|part| part.split(sign)).collect();
            }
            parts.push(title);
            parts
        })
        .map(fold)
        .collect();
    for site in
        [Some(url::site(&doc.final_url)), most_linked(&parsed.entries)].into_iter().flatten()
    {
        names.extend(site.split('.').next().map(fold));
        names.push(fold(&site));
    }
    names.retain(|name| name.chars().count() >= if name.is_ascii() { 3 } else { 2 });
    names
}

/// The site that most of the entries lie on: a feed's host need not be its outlet's.
fn most_linked(entries: &[Entry]) -> Option<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for link in entries.iter().filter_map(|entry| Url::parse(entry.link.as_deref()?).ok()) {
        *counts.entry(url::site(&link)).or_default() += 1;
    }
    counts.into_iter().find(|(_, count)| count * 2 > entries.len()).map(|(site, _)| site)
}

/// The ending that three of four titles share, folded.
fn shared(entries: &[Entry]) -> Option<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let ends = entries.iter().filter_map(|entry| {
        SIGNS.iter().filter_map(|sign| entry.title.rsplit_once(sign)).min_by_key(|end| end.1.len())
    });
    for (_, end) in ends.filter(|(_, end)| end.chars().count() <= LONGEST) {
        *counts.entry(fold(end)).or_default() += 1;
    }
    let (end, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    let told = TOLD.iter().any(|word| end.contains(word));
    let named = !told && end.chars().any(char::is_alphabetic);
    (named && count >= FEWEST && count * 4 >= entries.len() * 3).then_some(end)
}

/// The headline before the name that the title ends in; `None` if it ends in none.
fn headline<'a>(title: &'a str, names: &[String], shared: Option<&str>) -> Option<&'a str> {
    let is_name = |end: &str| names.contains(&fold(end));
    let before = |signs: &[&str], is_meant: &dyn Fn(&str) -> bool| {
        let ends = signs.iter().filter_map(|sign| title.rsplit_once(sign));
        let mut meant = ends.filter(|(_, end)| is_meant(end)).map(|(start, _)| start.trim_end());
        meant.find(|start| start.chars().any(char::is_alphanumeric))
    };
    before(SIGNS, &|end| is_name(end) || shared.is_some_and(|shared| fold(end) == shared))
        .or_else(|| before(WEAK_SIGNS, &|end| !end.is_ascii() && is_name(end)))
}

/// Letters and digits in lower case, without the article.
fn fold(name: &str) -> String {
    let name = name.trim();
    let bare = name.get(..4).filter(|the| the.eq_ignore_ascii_case("the "));
    let bare = bare.and_then(|the| name.get(the.len()..)).unwrap_or(name);
    bare.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::document;
    use super::super::tests::source;
    use super::*;

    fn stripped(feed: &str, titles: &[String], class: SourceClass) -> Vec<String> {
        let entry = |(n, title): (usize, &String)| Entry {
            key: n.to_string(),
            link: Some(format!("https://www.quaypost.test/{n}")),
            title: title.clone(),
            text: String::new(),
            published: None,
            updated: None,
            author: None,
            publisher: None,
        };
        let entries = titles.iter().enumerate().map(entry).collect();
        let title = Some(feed.to_owned());
        let mut parsed = Parsed { title, entries, ..Parsed::default() };
        let source = Source { class, name: "quay".to_owned(), ..source() };
        strip(&mut parsed, &document("", None), &source);
        parsed.entries.into_iter().map(|entry| entry.title).collect()
    }

    #[track_caller]
    fn check(feed: &str, title: &str, expected: &str) {
        let titles = [title.to_owned()];
        assert_eq!(stripped(feed, &titles, SourceClass::Media), [expected], "in {feed}");
    }

    #[test]
    fn the_names_a_feed_gives_itself_are_no_part_of_a_headline() {
        check("Harbour Ledger", "Tessel raises $1M | Harbour Ledger", "Tessel raises $1M");
        check("Harbour Ledger » AI", "Tessel raises $1M - Harbour Ledger", "Tessel raises $1M");
        check("The Harbour Ledger", "Tessel raises $1M — Harbour Ledger", "Tessel raises $1M");
        check("News", "Tessel raises $1M – QuayPost", "Tessel raises $1M");
        check("News", "Tessel raises $1M | quaypost.test", "Tessel raises $1M");
        check("News", "Tessel raises $1M - Startups - Quay Post", "Tessel raises $1M - Startups");
        check("港口日报", "示例智能完成A轮融资_港口日报", "示例智能完成A轮融资");
        check("港口日报", "示例智能完成A轮融资-港口日报", "示例智能完成A轮融资");
        check("港口日报 - 首页", "示例智能完成A轮融资｜港口日报", "示例智能完成A轮融资");
    }

    #[test]
    fn other_endings_stay() {
        for title in [
            "Orakor buys Harbour Ledger",
            "Tessel raises $1M - Series A",
            "Tessel raises $1M - Northfold Capital",
            "Tessel-Orakor merger is off",
            " | Harbour Ledger",
        ] {
            check("Harbour Ledger", title, title);
        }
    }

    #[test]
    fn a_section_of_the_outlet_is_no_part_of_a_companys_name() {
        check(
            "Harbour Ledger | Robotics",
            "Orakor buys Tessel-Robotics",
            "Orakor buys Tessel-Robotics",
        );
        check("Harbour Ledger | Robotics", "Orakor buys Tessel | Robotics", "Orakor buys Tessel");
    }

    #[test]
    fn an_ending_that_most_titles_share_is_a_name() {
        let titles = |end: &str, count: usize| -> Vec<String> {
            let with = |n| format!("Company {n} raises money{end}");
            (0..count).map(with).chain(["Another company, sold".to_owned()]).collect()
        };
        let media = SourceClass::Media;
        assert_eq!(stripped("News", &titles(" | Elsewhere Daily", 6), media), titles("", 6));
        let section = titles(" - Deals - Elsewhere Daily", 6);
        assert_eq!(stripped("News", &section, media), titles("", 6));
        for kept in [titles(" | Elsewhere", 4), titles(" - Series A", 6), titles(" - 2026", 6)] {
            assert_eq!(stripped("News", &kept, media), kept);
        }
    }

    #[test]
    fn a_company_is_named_by_its_own_news() {
        let titles = ["We have raised $40 million | Quay Post".to_owned()];
        assert_eq!(stripped("Quay Post", &titles, SourceClass::Company), titles);
    }
}
