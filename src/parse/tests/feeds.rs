//! Feeds of every dialect: healthy, odd, damaged.

use super::*;

/// The keys that are read from a feed, and the warnings.
#[track_caller]
fn check(body: &str, keys: &[&str], warnings: &[&str]) {
    let parsed = read(body);
    let found: Vec<_> = parsed.entries.iter().map(|entry| entry.key.as_str()).collect();
    assert_eq!(found, keys, "{:?} in: {body}", parsed.warnings);
    let said: Vec<_> = parsed.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), warnings.len(), "{said:?}");
    for (said, expected) in said.iter().zip(warnings) {
        assert!(said.contains(expected), "{said:?} lacks {expected:?}");
    }
}

const ALL: &[&str] = &["id-1", "id-2", "id-3"];
const LENIENT: &str = "read by the lenient reader";

#[test]
fn a_healthy_feed_is_read_whole() {
    let parsed = read(&rss_with("<dc:creator>A. Writer</dc:creator>"));
    assert_eq!(parsed.title.as_deref(), Some("Example news"));
    assert_eq!(parsed.hints.ttl_minutes, Some(30));
    assert_eq!(parsed.warnings, []);
    let second = &parsed.entries[1];
    assert_eq!(second.title, "Story 2");
    assert_eq!(second.text, "Text 2.");
    assert_eq!(second.link.as_deref(), Some("https://news.example.com/2"));
    assert_eq!(second.published.unwrap().to_string(), "2026-11-23T02:00:00Z");
    assert_eq!(second.author.as_deref(), Some("A. Writer"));
    check(&atom_with(""), ALL, &[]);
}

#[test]
fn damage_that_is_repaired_keeps_every_entry() {
    let feed = rss_with("");
    check(&format!("\n\n{feed}"), ALL, &[]);
    check(&format!("<!-- was <rss> --><!DOCTYPE html>{feed}"), ALL, &[]);
    check(&format!("\u{feff}\u{feff}{feed}"), ALL, &["text before the feed"]);
    check(&format!("<br />\n<b>Warning</b>: x.php\n{feed}"), ALL, &["text before the feed"]);
    check(&feed.replace("Story 2", "R&D at AT&T"), ALL, &["bare &"]);
    check(&feed.replace("Story 2", "A&nbsp;B&eacute;"), ALL, &["references"]);
    check(&feed.replace("Story 2", "A&#0;B&#x1f;"), ALL, &["references"]);
    check(&feed.replace("Story 2", "A\u{b}B\u{1}"), ALL, &["control characters"]);
    check(&feed.replace(" version=\"2.0\" ", " "), ALL, &["version of RSS"]);
    check(&feed.replace("version=\"2.0\"", "version=\"0.93\""), ALL, &[]);
    let declared = feed.replace("?>", &format!(" encoding=\"gb2312\"{}?>", " ".repeat(80)));
    check(&declared, ALL, &[]);
    check(
        &feed.replace("<channel>", "<?xml version=\"1.0\" encoding=\"big5\"?><channel>"),
        ALL,
        &[],
    );
}

#[test]
fn damage_beyond_repair_loses_at_most_what_is_damaged() {
    let feed = rss_with("");
    check(&feed.replacen("Story 2</title>", "Story 2</titel>", 1), ALL, &[LENIENT]);
    check(&feed.replacen("Text 2.", "One<br>two<p>three", 1), ALL, &[LENIENT]);
    check(&feed.replacen("</item>", "", 1), ALL, &[LENIENT]);
    let cut = feed.split("Text 3").next().unwrap();
    check(cut, &["id-1", "id-2"], &["cut off", LENIENT]);
    let cut = atom_with("").split("id-2").next().unwrap().to_owned();
    check(&cut, &["id-1"], &["cut off", LENIENT]);
    let cut = feed.split("Text 1").next().unwrap();
    check_error(&document(cut, None), &source(), "before the end of its first entry");
}

#[test]
fn text_of_damaged_entries_is_kept() {
    let feed = rss_with("").replacen("Text 2.", "One<br>two <b>three</b> &amp; four &lt;5", 1);
    assert_eq!(read(&feed).entries[1].text, "One\ntwo three & four <5");
    let feed = rss_with("").replacen("Story 2</title>", "Story 2</titel>", 1);
    assert_eq!(read(&feed).entries[1].title, "Story 2");
}

#[test]
fn one_odd_element_does_not_lose_the_feed() {
    for odd in [
        "<media:title/>",
        "<media:description/>",
        "<media:title type=\"zz\">x</media:title>",
        "<author>编辑：zs@example.com</author>",
        "<author>张三（zs@example.com）</author>",
        "<dc:creator>zs@example.com，张三</dc:creator>",
        "<itunes:duration>99999999999999999999999</itunes:duration>",
    ] {
        let parsed = read(&rss_with(odd));
        assert_eq!(parsed.entries.len(), 3, "{odd}");
    }
    for odd in [
        "<summary type=\"text/plain\">x</summary>",
        "<summary type=\"HTML\">x</summary>",
        "<title type=\"application/xhtml+xml\">x</title>",
        "<content type=\"\">x</content>",
        "<content type=\"zz\">x</content>",
        "<content type=\"image/png\"/>",
        "<content src=\"/x\" type=\"html\"/>",
        "<content src=\"/x\">text</content>",
        "<link xml:base=\"::\" href=\"/2\"/>",
    ] {
        let parsed = read(&atom_with(odd));
        assert_eq!(parsed.entries.len(), 3, "{odd}");
    }
}

#[test]
fn every_form_of_a_text_is_read() {
    const TEXT: &str = "One & only.\n\nTwo <3.";
    let rss = |element: &str| read(&rss_with(element)).entries[1].text.clone();
    let atom = |element: &str| read(&atom_with(element)).entries[1].text.clone();
    let html = "<p>One &amp; <b>only</b>.</p><p>Two &lt;3.</p>";
    let escaped = html.replace('&', "&amp;").replace('<', "&lt;");
    let encoded = |inside: &str| {
        format!(
            "<content:encoded xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">{inside}\
             </content:encoded>"
        )
    };
    let div = "<div xmlns=\"http://www.w3.org/1999/xhtml\">";
    assert_eq!(rss(&encoded(&format!("<![CDATA[{html}]]>"))), TEXT);
    assert_eq!(rss(&encoded(&escaped)), TEXT);
    assert_eq!(atom(&format!("<content type=\"html\">{escaped}</content>")), TEXT);
    assert_eq!(atom(&format!("<content type=\"html\"><![CDATA[{html}]]></content>")), TEXT);
    assert_eq!(atom(&format!("<summary type=\"html\">{escaped}</summary>")), TEXT);
    assert_eq!(atom(&format!("<content type=\"xhtml\">{div}{html}</div></content>")), TEXT);
    let plain = "One &amp; only.\n\nTwo &lt;3.";
    assert_eq!(atom(&format!("<content>{plain}</content>")), TEXT);
    assert_eq!(atom(&format!("<content type=\"text/plain\">{plain}</content>")), TEXT);
}

#[test]
fn what_the_strict_reader_does_not_know_is_filled_in() {
    let odd = "<item xmlns:atom=\"http://www.w3.org/2005/Atom\" \
               xmlns:dcterms=\"http://purl.org/dc/terms/\"><title>Story 4</title>\
               <guid isPermaLink=\"false\">id-4</guid><atom:link href=\"/4\"/>\
               <dcterms:created>2026-11-23T04:00:00Z</dcterms:created>\
               <media:description>Text 4.</media:description></item></channel>";
    let parsed = read(&rss_with("").replace("</channel>", odd));
    let fourth = &parsed.entries[3];
    assert_eq!(fourth.link.as_deref(), Some("https://news.example.com/4"));
    assert_eq!(fourth.text, "Text 4.");
    assert_eq!(fourth.published.unwrap().to_string(), "2026-11-23T04:00:00Z");
    assert_eq!(parsed.warnings, []);
}

#[test]
fn the_author_beside_an_address_is_kept() {
    let parsed = read(&rss_with("<author>张三（zs@example.com）</author>"));
    assert_eq!(parsed.entries[1].author.as_deref(), Some("张三"));
}

#[test]
fn both_readers_give_an_entry_the_same_key_and_date() {
    let without_guid =
        |feed: String| feed.replace("<guid>", "<nothing>").replace("</guid>", "</nothing>");
    let healthy = without_guid(rss_with(""));
    let damaged = healthy.replacen("</item>", "", 1);
    let (one, other) = (read(&healthy), read(&damaged));
    assert!(other.warnings.iter().any(|warning| matches!(warning, Warning::Lenient { .. })));
    assert_eq!(one.entries, other.entries);
}

#[test]
fn keys_stay_when_titles_change_and_nothing_is_random() {
    let feed = rss_with("").replace("<guid>", "<x>").replace("</guid>", "</x>");
    let keys =
        |feed: &str| read(feed).entries.into_iter().map(|entry| entry.key).collect::<Vec<_>>();
    assert_eq!(keys(&feed), keys(&feed.replace("Story", "Corrected")));
    let bare = feed.replace("<link>https://news.example.com/1</link>", "");
    assert_eq!(keys(&bare), keys(&bare));
}

#[test]
fn old_dialects_are_read() {
    check(&fixture("feeds/rss10-ids-in-rdf-about.rdf"), &["tag:one", "tag:two"], &[]);
    let parsed = read(&fixture("feeds/atom03.xml"));
    let entry = &parsed.entries[0];
    assert_eq!((entry.key.as_str(), entry.title.as_str()), ("tag:ab", "A & B merge"));
    assert_eq!(entry.link.as_deref(), Some("https://news.example.com/ab"));
    assert_eq!(entry.published.unwrap().to_string(), "2026-11-20T10:00:00Z");
    assert_eq!(entry.author.as_deref(), Some("C. Reporter"));
}

#[test]
fn json_feeds_are_read_with_odd_types() {
    let parsed = read(&fixture("feeds/jsonfeed-odd-types.json"));
    let [first, second] = parsed.entries.as_slice() else { panic!("{parsed:?}") };
    assert_eq!((first.key.as_str(), first.text.as_str()), ("7", "No title, a number as id."));
    assert_eq!(first.link.as_deref(), Some("https://news.example.com/7"));
    assert_eq!((second.key.as_str(), second.author.as_deref()), ("eight", Some("D. Editor")));
    assert_eq!(second.published.unwrap().as_second(), 1_795_000_000);
}

#[test]
fn chinese_feeds_are_read_in_any_encoding() {
    let feed = rss_with("").replace("Story", "示例公司完成融资").replace("Text", "领投方未披露");
    let gb = encoding_rs::GB18030.encode(&feed).0.into_owned();
    let label = "text/xml; charset=gb2312";
    for (bytes, content_type) in [
        (gb.clone(), Some(label)),
        (gb.clone(), None),
        (gb, Some("text/xml; charset=utf-8")),
        (feed.clone().into_bytes(), Some(label)),
    ] {
        let doc = Document { body: bytes, ..document("", content_type) };
        let parsed = entries(&doc, &source()).unwrap();
        assert_eq!(parsed.entries[1].title, "示例公司完成融资 2", "{content_type:?}");
        assert_eq!(parsed.entries[1].text, "领投方未披露 2.");
    }
}

#[test]
fn an_empty_or_endless_feed_is_named() {
    check(
        "<rss version=\"2.0\"><channel><title>x</title></channel></rss>",
        &[],
        &["without entries"],
    );
    let items =
        (0..1_500).fold(String::new(), |all, n| all + &format!("<item><title>{n}</title></item>"));
    let parsed = read(&format!("<rss version=\"2.0\"><channel>{items}</channel></rss>"));
    assert_eq!(parsed.entries.len(), MAX_ENTRIES);
    assert!(parsed.warnings.contains(&Warning::TooMany { found: 1_500, kept: MAX_ENTRIES }));
}
