//! Sitemaps of news, of pages, of sitemaps; damaged and packed.

use std::io::Write as _;

use proptest::prelude::*;

use super::super::entries;
use super::super::tests::document;
use super::super::tests::source;
use super::*;
use crate::domain::Recipe;
use crate::domain::SourceKind;

fn sitemap() -> Source {
    Source { kind: SourceKind::Sitemap, ..source() }
}

fn parsed(body: &str) -> Parsed {
    entries(&document(body, None), &sitemap()).unwrap_or_else(|error| panic!("{error}: {body}"))
}

/// Title, link and time of every entry, and the warnings.
#[track_caller]
fn check(body: &str, expected: &[[&str; 3]], warnings: &[Warning]) {
    let parsed = parsed(body);
    let found: Vec<[String; 3]> = parsed
        .entries
        .into_iter()
        .map(|entry| {
            let date = entry.published.or(entry.updated);
            let date = date.map(|date| date.to_string()).unwrap_or_default();
            [entry.title, entry.link.unwrap_or_default(), date]
        })
        .collect();
    assert_eq!(found, expected);
    assert_eq!(parsed.warnings, warnings);
}

const NEWS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
    xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">\
    <url><loc>https://a.test/1?x=1&amp;y=2</loc><news:news><news:publication><news:name>A</news:name>\
    <news:language>en</news:language></news:publication>\
    <news:publication_date>2026-11-24T02:30:00+00:00</news:publication_date>\
    <news:title><![CDATA[Harbourlight & Co raises $30M]]></news:title>\
    <news:keywords>funding, robots</news:keywords></news:news>\
    <image:image><image:loc>https://a.test/p.jpg</image:loc><image:title>A photo</image:title>\
    </image:image></url>\
    <url><loc>https://a.test/2</loc><news:news><news:title>星河算力完成A轮融资</news:title>\
    <news:publication_date>2026-11-24</news:publication_date></news:news></url></urlset>";

#[test]
fn a_news_sitemap_is_read_the_newest_first() {
    check(
        NEWS,
        &[
            ["Harbourlight & Co raises $30M", "https://a.test/1?x=1&y=2", "2026-11-24T02:30:00Z"],
            ["星河算力完成A轮融资", "https://a.test/2", "2026-11-23T16:00:00Z"],
        ],
        &[],
    );
    assert_eq!(parsed(NEWS).entries[0].text, "funding, robots");
}

#[test]
fn a_page_without_title_is_named_by_its_address_and_an_old_one_is_no_news() {
    let body = "<urlset><url><loc>https://b.test/about</loc><lastmod>2026-11-24</lastmod></url>\
        <url><loc>https://b.test/2026/acme-robotics-raises-190-million-in-series-b/</loc>\
        <lastmod>2026-11-23T08:00:00Z</lastmod></url>\
        <url><loc>https://b.test/news/302611223-northgate-acquires-tidepool.html</loc></url>\
        <url><loc>https://b.test/old-story-about-a-round</loc><lastmod>2026-01-02</lastmod></url>\
        </urlset>";
    check(
        body,
        &[
            [
                "Acme Robotics Raises 190 Million In Series B",
                "https://b.test/2026/acme-robotics-raises-190-million-in-series-b/",
                "2026-11-23T08:00:00Z",
            ],
            [
                "Northgate Acquires Tidepool",
                "https://b.test/news/302611223-northgate-acquires-tidepool.html",
                "",
            ],
        ],
        &[],
    );
    let recipe = Recipe { max_age_days: Some(365), ..Recipe::default() };
    let patient = Source { recipe, ..sitemap() };
    assert_eq!(entries(&document(body, None), &patient).unwrap().entries.len(), 3);
}

#[test]
fn an_index_leads_to_its_newest_children() {
    let row = |n: u8, date: &str| {
        format!("<sitemap><loc>/sitemap-{n}.xml.gz</loc><lastmod>{date}</lastmod></sitemap>")
    };
    let rows = [
        row(1, "2026-11-01"),
        row(2, "2026-11-24T01:00:00Z"),
        row(3, "2026-11-23"),
        row(4, "2026-11-20"),
    ];
    let parsed = parsed(&format!("<sitemapindex>{}</sitemapindex>", rows.concat()));
    let further: Vec<_> = parsed.further.iter().map(|one| one.url.path()).collect();
    assert_eq!(further, ["/sitemap-2.xml.gz", "/sitemap-3.xml.gz", "/sitemap-4.xml.gz"]);
    assert_eq!(parsed.further[0].modified.as_deref(), Some("2026-11-24T01:00:00Z"));
    assert_eq!(parsed.entries, []);
    assert_eq!(parsed.warnings, []);
}

#[test]
fn an_index_without_dates_leads_to_its_ends() {
    let row = |n: u8| format!("<sitemap><loc>https://a.test/{n}.xml</loc></sitemap>");
    let rows: String = (1..=9).map(row).collect();
    let parsed = parsed(&format!("<sitemapindex>{rows}</sitemapindex>"));
    let further: Vec<_> = parsed.further.iter().map(|one| one.url.path()).collect();
    assert_eq!(further, ["/1.xml", "/9.xml", "/3.xml"]);
}

#[test]
fn damage_loses_no_more_than_is_damaged() {
    let whole = |n: u8| {
        format!("<url><loc>https://a.test/{n}</loc><news:title>Story {n}</news:title></url>")
    };
    let entry = |n: u8| [format!("Story {n}"), format!("https://a.test/{n}"), String::new()];
    let titles = |body: &str| {
        parsed(body)
            .entries
            .into_iter()
            .map(|e| [e.title, e.link.unwrap(), String::new()])
            .collect::<Vec<_>>()
    };
    let cut = format!("<urlset>{}{}<url><loc>https://a.te", whole(1), whole(2));
    assert_eq!(titles(&cut), [entry(1), entry(2)]);
    assert_eq!(parsed(&cut).warnings, [Warning::Truncated]);
    let unclosed = format!(
        "junk<urlset><url><loc>https://a.test/1</loc><news:title>Story 1</news:title>{}</urlset>",
        whole(2)
    );
    assert_eq!(titles(&unclosed), [entry(1), entry(2)]);
    let bare = "<sm:urlset><sm:url><sm:loc>\n https://a.test/1?a=1&b=2 \n</sm:loc><n:title>A & B</n:title></sm:url></sm:urlset>";
    assert_eq!(parsed(bare).entries[0].title, "A & B");
    assert_eq!(parsed(bare).entries[0].link.as_deref(), Some("https://a.test/1?a=1&b=2"));
}

fn packed(body: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn gzip_is_known_by_its_first_bytes_and_bounded() {
    let mut doc = document("", Some("application/octet-stream"));
    doc.body = packed(NEWS.as_bytes());
    assert_eq!(entries(&doc, &sitemap()).unwrap().entries.len(), 2);
    doc.body.truncate(doc.body.len() - 12);
    let parsed = entries(&doc, &sitemap()).unwrap();
    assert!(parsed.warnings.contains(&Warning::Truncated), "{:?}", parsed.warnings);
    doc.body = packed(&vec![b' '; MAX_FEED_BYTES + 1]);
    let error = entries(&doc, &sitemap()).unwrap_err().to_string();
    assert!(error.contains("over the limit"), "{error}");
}

#[test]
fn a_feed_will_do_and_a_page_will_not() {
    let rss = "<rss version='2.0'><channel><item><title>A</title><link>https://a.test/1</link></item></channel></rss>";
    check(rss, &[["A", "https://a.test/1", ""]], &[]);
    let error = |body: &str| entries(&document(body, None), &sitemap()).unwrap_err().to_string();
    assert!(error("<html><h1>Not here</h1>").contains("is no sitemap; it starts with `Not here`"));
    assert!(error("<title>Just a moment...</title>").contains("asks for proof"));
    check("<urlset></urlset>", &[], &[Warning::NoEntries]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_sitemap_panics(
        gzip in any::<bool>(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = if gzip { packed(NEWS.as_bytes()) } else { NEWS.as_bytes().to_vec() };
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len() * 2).max(1));
        let mut doc = document("", None);
        doc.body = bytes;
        drop(entries(&doc, &sitemap()));
    }
}
