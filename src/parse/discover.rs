//! Where a site keeps its feeds: what its pages and headers say, and what is worth a guess.
//!
//! # Invariants
//!
//! - Pure: it names addresses, the caller asks them.
//! - What the site declares comes before what is only guessed, and feeds of comments come last.
//! - No HTML parser: a scan over the tags, so any page may be looked at.

use std::collections::HashSet;

use serde_json::Value;
use url::Url;

use crate::domain::Document;

use super::charset;
use super::charset::Markup;
use super::tags;
use super::tags::Kind;
use super::text;
use super::url::absolute;

/// Addresses that one page gives at most: more is a directory of feeds, not a site's own.
const MAX_ADDRESSES: usize = 40;
/// A page's title is not read further.
const MAX_TITLE_CHARS: usize = 500;
/// How deep a JSON-LD value is looked into.
const MAX_DEPTH: usize = 12;

/// How an address was found; the order is the order of trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// The address that was given.
    Given,
    /// `<link rel="alternate">`.
    LinkElement,
    /// The header field `Link`.
    LinkField,
    /// JSON-LD in the page.
    JsonLd,
    /// A link for people that looks like a feed's.
    Anchor,
    /// A path that many sites use.
    Guess,
    /// `Sitemap:` in robots.txt.
    Robots,
}

impl Found {
    /// In words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Given => "the address given",
            Self::LinkElement => "named by the page (link rel)",
            Self::LinkField => "named by the header field Link",
            Self::JsonLd => "named by the page (JSON-LD)",
            Self::Anchor => "linked on the page",
            Self::Guess => "found at a usual path",
            Self::Robots => "named by robots.txt (Sitemap)",
        }
    }
}

/// An address that may be a feed's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Absolute, without fragment.
    pub url: Url,
    /// As the site names it.
    pub title: Option<String>,
    /// How it was found.
    pub found: Found,
}

/// What a page says of feeds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The page's title.
    pub title: Option<String>,
    /// The best first.
    pub addresses: Vec<Address>,
}

/// Looks for feeds in a page and in the `Link` field it came with.
pub fn page(doc: &Document, link_field: Option<&str>) -> Page {
    let host = doc.final_url.host_str();
    let html = charset::decode(&doc.body, doc.content_type.as_deref(), Markup::Html, host).text;
    let mut scan = Scan { base: doc.final_url.clone(), page: Page::default() };
    scan.field(link_field.unwrap_or_default());
    scan.html(&html);
    let Scan { mut page, .. } = scan;
    page.addresses.sort_by_key(|address| (is_of_comments(address), address.found));
    let mut seen = HashSet::from([without_fragment(&doc.final_url)]);
    page.addresses.retain(|address| seen.insert(address.url.clone()));
    page
}

/// Addresses at which many sites have a feed, the likeliest first: below the page itself, then at
/// the root.
pub fn guesses(page: &Url) -> Vec<Url> {
    const BELOW: &[&str] = &["feed/", "rss.xml", "index.xml"];
    const AT_ROOT: &[&str] =
        &["/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json"];
    let mut below = page.clone();
    below.set_query(None);
    below.set_fragment(None);
    let path = below.path().trim_end_matches('/').to_owned();
    let is_file = path.rsplit('/').next().is_some_and(|last| last.contains('.'));
    below.set_path(&format!("{path}/"));
    let mut guesses = Vec::new();
    if !path.is_empty() && !is_file {
        guesses.extend(BELOW.iter().filter_map(|name| below.join(name).ok()));
    }
    guesses.extend(AT_ROOT.iter().filter_map(|path| page.join(path).ok()));
    guesses
}

/// The sitemaps that a robots.txt names, those that speak of news first.
pub fn sitemaps(named: &[String], base: &Url) -> Vec<Address> {
    let mut found: Vec<Address> = named
        .iter()
        .filter_map(|href| absolute(base, href))
        .map(|url| Address { url, title: None, found: Found::Robots })
        .collect();
    found.sort_by_key(|address| !address.url.path().to_ascii_lowercase().contains("news"));
    found
}

struct Scan {
    base: Url,
    page: Page,
}

impl Scan {
    /// `Link: </feed>; rel="alternate"; type="application/rss+xml", …` (RFC 8288 §3).
    fn field(&mut self, field: &str) {
        for link in field.split('<').skip(1) {
            let Some((href, parameters)) = link.split_once('>') else { continue };
            let value = |name: &str| {
                parameters.split(';').find_map(|parameter| {
                    let (key, value) = parameter.split_once('=')?;
                    let value = value.trim().trim_end_matches(',').trim().trim_matches('"');
                    key.trim().eq_ignore_ascii_case(name).then(|| value.to_owned())
                })
            };
            let (rel, kind) = (value("rel"), value("type"));
            if is_feed_link(rel.as_deref(), kind.as_deref(), href) {
                self.add(href, value("title"), Found::LinkField);
            }
        }
    }

    fn html(&mut self, html: &str) {
        let mut at = 0;
        while let Some(tag) = tags::next_tag(html, at) {
            at = tag.end;
            if tag.kind == Kind::End {
                continue;
            }
            let name = tag.name.to_ascii_lowercase();
            let value = |key: &str| tags::attribute_any_case(tag.attributes, key).map(String::from);
            match name.as_str() {
                "base" => {
                    let base = value("href").and_then(|href| absolute(&self.base, &href));
                    self.base = base.unwrap_or_else(|| self.base.clone());
                }
                "title" if self.page.title.is_none() => {
                    let title = inside(html, at, "</title").chars().take(MAX_TITLE_CHARS);
                    let title = text::line(&title.collect::<String>());
                    self.page.title = Some(title).filter(|title| !title.is_empty());
                }
                "link" => {
                    let (rel, kind, href) = (value("rel"), value("type"), value("href"));
                    let href = href.unwrap_or_default();
                    if is_feed_link(rel.as_deref(), kind.as_deref(), &href) {
                        self.add(&href, value("title"), Found::LinkElement);
                    }
                }
                "a" => {
                    let href = value("href").unwrap_or_default();
                    if let Some(url) = absolute(&self.base, &href).filter(looks_like_a_feed) {
                        self.add(url.as_str(), value("title"), Found::Anchor);
                    }
                }
                "script" => {
                    let script = inside(html, at, "</script");
                    at += script.len();
                    if value("type").is_some_and(|kind| kind.contains("ld+json"))
                        && let Ok(json) = serde_json::from_str::<Value>(script.trim())
                    {
                        self.json(&json, 0);
                    }
                }
                _ => {}
            }
        }
    }

    /// Objects that are feeds by their type, and members that are named after one.
    fn json(&mut self, value: &Value, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.json(item, depth + 1)),
            Value::Object(members) => {
                let word = |key: &str| members.get(key).and_then(Value::as_str).unwrap_or_default();
                if word("@type") == "DataFeed" || is_feed_type(word("encodingFormat")) {
                    for key in ["contentUrl", "url", "@id"] {
                        let title = Some(word("name").to_owned()).filter(|name| !name.is_empty());
                        self.add(word(key), title, Found::JsonLd);
                    }
                }
                for (key, member) in members {
                    let key = key.to_ascii_lowercase();
                    let is_feed = matches!(key.as_str(), "feed" | "feedurl" | "rss" | "rssfeed");
                    if let Some(href) = member.as_str().filter(|_| is_feed) {
                        self.add(href, None, Found::JsonLd);
                    }
                    self.json(member, depth + 1);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn add(&mut self, href: &str, title: Option<String>, found: Found) {
        let Some(url) = absolute(&self.base, href) else { return };
        if self.page.addresses.len() < MAX_ADDRESSES {
            let title = title.map(|title| text::line(&title)).filter(|title| !title.is_empty());
            self.page.addresses.push(Address { url: without_fragment(&url), title, found });
        }
    }
}

/// What stands from `at` to `end`, whatever its case; all of the rest if it is missing.
fn inside<'a>(html: &'a str, at: usize, end: &str) -> &'a str {
    let rest = html.get(at..).unwrap_or_default();
    let ends = rest.match_indices("</").find(|(start, _)| {
        let tail = rest.get(*start..*start + end.len());
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(end))
    });
    ends.and_then(|(start, _)| rest.get(..start)).unwrap_or(rest)
}

fn without_fragment(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_fragment(None);
    url
}

/// Whether a link's relation and type say that it is a feed.
fn is_feed_link(rel: Option<&str>, kind: Option<&str>, href: &str) -> bool {
    let rel = rel.unwrap_or_default().to_ascii_lowercase();
    let mut words = rel.split_ascii_whitespace();
    let kind = kind.unwrap_or_default().to_ascii_lowercase();
    if words.clone().any(|word| word == "feed") {
        return true;
    }
    let is_alternate = words.any(|word| word == "alternate");
    // Blog software offers its programming interface as an alternate, too.
    let plain_json = kind.starts_with("application/json") && href.contains("feed");
    is_alternate && (is_feed_type(&kind) || (plain_json && !kind.contains("oembed")))
}

fn is_feed_type(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(
        kind.as_str(),
        "application/rss+xml"
            | "application/atom+xml"
            | "application/feed+json"
            | "application/rdf+xml"
            | "application/xml"
            | "text/xml"
    )
}

/// Whether a link for people leads to a feed, by its last path segment or its host.
pub fn looks_like_a_feed(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let path = url.path().trim_end_matches('/').to_ascii_lowercase();
    let last = path.rsplit('/').next().unwrap_or_default();
    let whole = matches!(last, "feed" | "rss" | "atom" | "feed.json" | "index.rdf");
    let by_ending = last.rsplit_once('.').is_some_and(|(stem, ending)| {
        matches!(ending, "rss" | "atom" | "rdf")
            || (ending == "xml"
                && ["feed", "rss", "atom", "index"].iter().any(|w| stem.contains(w)))
    });
    whole || by_ending || (host.starts_with("feeds.") && !last.is_empty())
}

fn is_of_comments(address: &Address) -> bool {
    let title = address.title.as_deref().unwrap_or_default().to_lowercase();
    address.url.path().to_ascii_lowercase().contains("comments")
        || title.contains("comments")
        || title.contains("评论")
}

#[cfg(test)]
mod tests {
    use super::super::tests::document;
    use super::*;

    #[track_caller]
    fn check(html: &str, field: Option<&str>, expected: &[(&str, Found)]) {
        let found = page(&document(html, Some("text/html")), field);
        let found: Vec<_> = found.addresses.iter().map(|a| (a.url.as_str(), a.found)).collect();
        assert_eq!(found, expected, "in: {html}");
    }

    #[test]
    fn what_a_page_declares_is_found_in_its_order() {
        check(
            "<html><head><TITLE>Quay</TITLE><link rel='stylesheet' href='a.css'>\
             <link REL='alternate' type='application/rss+xml' href='/comments/feed'>\
             <link rel=alternate type=application/atom+xml href=/atom.xml title='All &amp; more'>\
             <link rel='alternate' type='application/json+oembed' href='/oembed?feed'>\
             <link rel='alternate' hreflang='zh' href='/zh/'>",
            None,
            &[
                ("https://news.example.com/atom.xml", Found::LinkElement),
                ("https://news.example.com/comments/feed", Found::LinkElement),
            ],
        );
    }

    #[test]
    fn the_header_field_and_json_ld_and_links_for_people_are_read() {
        check(
            "<base href='https://cdn.example.com/x/'>\
             <script type='application/ld+json'>{\"@graph\":[{\"@type\":\"DataFeed\",\
             \"url\":\"/data.xml\"},{\"@type\":\"WebSite\",\"feedUrl\":\"/site.rss\"}]}</script>\
             <script>if (a<b) document.write('<a href=\"/rss\">')</script>\
             <a href='/rss.xml'>RSS</a><a href='/news'>News</a><a href='/rss.xml#top'>RSS</a>",
            Some("</f>; rel=\"alternate\"; type=\"application/rss+xml\", </p>; rel=prev"),
            &[
                ("https://news.example.com/f", Found::LinkField),
                ("https://cdn.example.com/data.xml", Found::JsonLd),
                ("https://cdn.example.com/site.rss", Found::JsonLd),
                ("https://cdn.example.com/rss.xml", Found::Anchor),
            ],
        );
    }

    #[test]
    fn a_page_that_names_itself_or_nothing_gives_nothing() {
        check("", None, &[]);
        check("<link rel='feed' href=''><a href='javascript:rss'>", None, &[]);
        check("<script type='application/ld+json'>{\"feed\":", None, &[]);
    }

    #[test]
    fn guesses_begin_below_the_page_and_end_at_the_root() {
        let guess = |url: &str| -> Vec<String> {
            guesses(&url.parse().unwrap()).into_iter().map(String::from).collect()
        };
        assert_eq!(guess("https://a.test/blog?x=1").first().unwrap(), "https://a.test/blog/feed/");
        assert_eq!(guess("https://a.test/").first().unwrap(), "https://a.test/feed");
        assert_eq!(guess("https://a.test/p/index.html").first().unwrap(), "https://a.test/feed");
        assert!(guess("https://a.test/blog").len() <= 10, "few requests");
    }

    #[test]
    fn the_sitemaps_of_robots_txt_are_found_those_of_news_first() {
        let named = ["/all.xml".to_owned(), "https://a.test/news.xml".to_owned()];
        let base = "https://a.test/robots.txt".parse().unwrap();
        let found: Vec<_> = sitemaps(&named, &base).into_iter().map(|a| a.url).collect();
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].as_str(), "https://a.test/news.xml");
        assert_eq!(found[1].as_str(), "https://a.test/all.xml");
    }
}
