//! Healthy feeds of three dialects in two languages, damaged in every way that is met, and how
//! much of them is kept.

use std::fmt::Write;

use super::*;

/// Entries of one feed; as many as a news feed shows.
const ENTRIES: usize = 25;

#[derive(Clone, Copy)]
enum Dialect {
    Rss,
    Atom,
    Rdf,
}

struct Story {
    title: String,
    text: String,
}

fn story(number: usize, chinese: bool) -> Story {
    const PLACES: [&str; 5] = ["Leeds", "Lagos", "Lima", "Lyon", "Linz"];
    const CITIES: [&str; 5] = ["苏州", "成都", "厦门", "长沙", "合肥"];
    let place = number % 5;
    if chinese {
        let city = CITIES[place];
        Story {
            title: format!("{city}示例智能{number}号完成{number}亿元融资"),
            text: format!(
                "<p>{city}的示例智能{number}号宣布完成新一轮融资，北风资本领投。</p><p>资金用于研发，\
                 团队现有{number}人，计划明年扩大规模。</p>"
            ),
        }
    } else {
        let place = PLACES[place];
        Story {
            title: format!("{place} Robotics {number} raises ${number}m to sort parcels"),
            text: format!(
                "<p>{place} Robotics {number} has raised ${number}m, it said on Monday.</p><p>The \
                 round was led by Northwind Capital; the money goes into <b>hiring</b>.</p>"
            ),
        }
    }
}

fn escaped(markup: &str) -> String {
    markup.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn healthy(dialect: Dialect, chinese: bool) -> String {
    let mut entries = String::new();
    for number in 1..=ENTRIES {
        let Story { title, text } = story(number, chinese);
        let text = escaped(&text);
        let link = format!("https://news.example.com/story/{number}");
        let day = number;
        match dialect {
            Dialect::Rss => writeln!(
                entries,
                "<item>\n<title>{title}</title>\n<link>{link}</link>\n<guid isPermaLink=\"false\">\
                 id-{number}</guid>\n<pubDate>{day:02} Oct 2026 08:00:00 GMT</pubDate>\n\
                 <description>{text}</description>\n</item>"
            ),
            Dialect::Atom => writeln!(
                entries,
                "<entry>\n<title>{title}</title>\n<link href=\"{link}\"/>\n<id>id-{number}</id>\n\
                 <updated>2026-10-{day:02}T08:00:00Z</updated>\n<content type=\"html\">{text}\
                 </content>\n</entry>"
            ),
            Dialect::Rdf => writeln!(
                entries,
                "<item rdf:about=\"id-{number}\">\n<title>{title}</title>\n<link>{link}</link>\n\
                 <dc:date>2026-10-{day:02}T08:00:00Z</dc:date>\n<description>{text}</description>\n\
                 </item>"
            ),
        }
        .unwrap();
    }
    let declaration = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
    match dialect {
        Dialect::Rss => format!(
            "{declaration}<rss version=\"2.0\">\n<channel>\n<title>Example</title>\n\
             <link>https://news.example.com/</link>\n{entries}</channel>\n</rss>\n"
        ),
        Dialect::Atom => format!(
            "{declaration}<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>Example</title>\n\
             {entries}</feed>\n"
        ),
        Dialect::Rdf => format!(
            "{declaration}<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" \
             xmlns=\"http://purl.org/rss/1.0/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n\
             <channel rdf:about=\"https://news.example.com/\"><title>Example</title></channel>\n\
             {entries}</rdf:RDF>\n"
        ),
    }
}

/// What may happen to a feed on its way.
struct Damage {
    name: &'static str,
    content_type: Option<&'static str>,
    /// The damaged bytes, and how many entries are whole in them.
    apply: fn(&str) -> (Vec<u8>, usize),
}

fn all(text: String) -> (Vec<u8>, usize) {
    (text.into_bytes(), ENTRIES)
}

fn cut(text: &str, percent: usize) -> (Vec<u8>, usize) {
    let at = text.floor_char_boundary(text.len() * percent / 100);
    let kept = &text.as_bytes()[..at];
    let whole = String::from_utf8_lossy(kept);
    (kept.to_vec(), whole.matches("</item>").count() + whole.matches("</entry>").count())
}

fn titles(text: &str, before: &str) -> String {
    text.replace("<title>", &format!("<title>{before}"))
}

fn undeclared(text: &str) -> String {
    text.replace(" encoding=\"utf-8\"", "")
}

fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

/// The text of the middle entry's description, changed.
fn in_one_text(text: &str, added: &str) -> String {
    let at = text.match_indices("&lt;/p&gt;&lt;p&gt;").nth(ENTRIES / 2).unwrap().0;
    let (before, after) = text.split_at(at);
    format!("{before}{added}{after}")
}

const GBK: Option<&str> = Some("text/xml; charset=gbk");

const DAMAGES: &[Damage] = &[
    Damage { name: "none", content_type: None, apply: |t| all(t.to_owned()) },
    Damage { name: "cut at 30 %", content_type: None, apply: |t| cut(t, 30) },
    Damage { name: "cut at 60 %", content_type: None, apply: |t| cut(t, 60) },
    Damage { name: "cut at 90 %", content_type: None, apply: |t| cut(t, 90) },
    Damage {
        name: "a PHP warning before",
        content_type: None,
        apply: |t| all(format!("<br />\n<b>Warning</b>: x in <b>/f.php</b> on line <b>1</b>\n{t}")),
    },
    Damage { name: "blank lines before", content_type: None, apply: |t| all(format!("\n\n{t}")) },
    Damage {
        name: "two byte order marks",
        content_type: None,
        apply: |t| all(format!("\u{feff}\u{feff}{t}")),
    },
    Damage {
        name: "control characters",
        content_type: None,
        apply: |t| all(titles(t, "\u{1}\u{b}")),
    },
    Damage { name: "bare &", content_type: None, apply: |t| all(titles(t, "R&D & more: ")) },
    Damage { name: "&nbsp;", content_type: None, apply: |t| all(titles(t, "New:&nbsp;")) },
    Damage { name: "&#0; and &#x1f;", content_type: None, apply: |t| all(titles(t, "&#0;&#x1f;")) },
    Damage {
        name: "one wrong end tag",
        content_type: None,
        apply: |t| {
            let at = t.match_indices("</title>").nth(ENTRIES / 2).unwrap().0;
            let (before, after) = t.split_at(at);
            all(format!("{before}{}", after.replacen("</title>", "</titel>", 1)))
        },
    },
    Damage {
        name: "<br><p> in one text",
        content_type: None,
        apply: |t| all(in_one_text(t, "<br>two<p>three")),
    },
    Damage {
        name: "no version",
        content_type: None,
        apply: |t| all(t.replace("<rss version=\"2.0\"", "<rss")),
    },
    Damage { name: "GBK by label", content_type: GBK, apply: |t| (gbk(&undeclared(t)), ENTRIES) },
    Damage { name: "GBK, no label", content_type: None, apply: |t| (gbk(&undeclared(t)), ENTRIES) },
    Damage {
        name: "GBK, declared late",
        content_type: None,
        apply: |t| {
            let late = t.replace("<?xml", &format!("{}<?xml", " ".repeat(70)));
            (gbk(&late.replace("utf-8", "gb2312")), ENTRIES)
        },
    },
    Damage {
        name: "UTF-8 declared gb2312",
        content_type: Some("text/xml; charset=gb2312"),
        apply: |t| all(t.replace("utf-8", "gb2312")),
    },
    Damage {
        name: "one invalid byte",
        content_type: None,
        apply: |t| {
            let at = t.match_indices("&lt;/p&gt;").nth(ENTRIES / 2).unwrap().0;
            let mut bytes = t.as_bytes().to_vec();
            bytes.insert(at, 0xff);
            (bytes, ENTRIES)
        },
    },
    Damage {
        name: "UTF-8 encoded twice",
        content_type: None,
        apply: |t| {
            let twice = encoding_rs::WINDOWS_1252.decode_without_bom_handling(t.as_bytes()).0;
            all(twice.into_owned())
        },
    },
];

fn keys_and_titles(body: Vec<u8>, content_type: Option<&str>) -> Vec<(String, String)> {
    let doc = Document { body, ..document("", content_type) };
    let parsed = entries(&doc, &source()).unwrap_or_else(|error| panic!("{error}"));
    parsed.entries.into_iter().map(|entry| (entry.key, entry.title)).collect()
}

/// Of the entries that are whole: how many come out with their own key and a title that holds
/// their own.
fn kept(dialect: Dialect, chinese: bool, damage: &Damage) -> (usize, usize) {
    let text = healthy(dialect, chinese);
    let sound = keys_and_titles(text.clone().into_bytes(), None);
    let (bytes, whole) = (damage.apply)(&text);
    let read = keys_and_titles(bytes, damage.content_type);
    let same = sound.iter().take(whole).filter(|(key, title)| {
        read.iter().any(|(other, shown)| other == key && shown.ends_with(title.as_str()))
    });
    (same.count(), whole)
}

#[test]
fn damage_loses_no_more_than_what_it_hits() {
    let mut table = String::from("damage                    RSS   Atom    RDF\n");
    for damage in DAMAGES {
        write!(table, "{:22}", damage.name).unwrap();
        for dialect in [Dialect::Rss, Dialect::Atom, Dialect::Rdf] {
            let (en, zh) = (kept(dialect, false, damage), kept(dialect, true, damage));
            let (kept, whole) = (en.0 + zh.0, en.1 + zh.1);
            assert!(kept * 100 >= whole * 97, "{}: {kept} of {whole}", damage.name);
            write!(table, "{:5} %", kept * 100 / whole).unwrap();
        }
        table.push('\n');
    }
    insta::assert_snapshot!(table);
}

/// A switch of readers between two polls must not make everything new.
#[test]
fn both_readers_give_every_entry_the_same_key_link_and_date() {
    for dialect in [Dialect::Rss, Dialect::Atom, Dialect::Rdf] {
        for chinese in [false, true] {
            let feed = healthy(dialect, chinese);
            for feed in [feed.clone(), without_ids(&feed)] {
                let broken = feed.replacen("<title>Example</title>", "<title>Example</titel>", 1);
                let (one, other) = (read(&feed), read(&broken));
                let lenient = |parsed: &Parsed| {
                    parsed.warnings.iter().any(|w| matches!(w, Warning::Lenient { .. }))
                };
                if !matches!(dialect, Dialect::Rdf) {
                    assert!(!lenient(&one) && lenient(&other), "{:?}", other.warnings);
                }
                assert_eq!(one.entries.len(), ENTRIES);
                assert_eq!(one.entries, other.entries);
            }
        }
    }
}

fn without_ids(feed: &str) -> String {
    let feed = feed.replace("<guid", "<nothing").replace("</guid", "</nothing");
    feed.replace("<id>", "<nothing>")
        .replace("</id>", "</nothing>")
        .replace("item rdf:about", "item about-of")
}

/// What feed-rs alone makes of a feed that it accepts has the keys that our reader gives.
#[test]
fn feed_rs_agrees_on_keys_where_it_reads_at_all() {
    for dialect in [Dialect::Rss, Dialect::Atom] {
        let doc = document(&healthy(dialect, true), None);
        let text = repair::repair(std::str::from_utf8(&doc.body).unwrap()).text;
        let strict = strict::read(&text, &doc, &source()).unwrap();
        let strict = entry::finish(strict.into_iter().map(Into::into).collect(), &doc).0;
        assert_eq!(strict, read(&healthy(dialect, true)).entries);
    }
}
