//! What a fuzzer calls: each function takes any bytes and checks what must hold for all of them.
//!
//! The targets under `fuzz/`, the test suite's smoke run and `examples/mutate.rs` call the same
//! functions, so none of them can rot.

use ::url::Url;
use jiff::Timestamp;

use crate::domain::Document;
use crate::domain::Purpose;
use crate::domain::Selectors;
use crate::domain::Source;
use crate::domain::SourceClass;
use crate::domain::SourceKind;
use crate::domain::Validators;

use super::Parsed;
use super::charset;
use super::charset::Markup;
use super::date;
use super::text;
use super::url;

/// A target and its name.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const ALL: &[Target] = &[
    ("feed_repair", feed_repair),
    ("charset_decode", charset_decode),
    ("date_read", date_read),
    ("page_list", page_list),
    ("url_canonical", url_canonical),
];

/// A document read as a feed: keys differ, texts are clean, and a second reading says the same.
pub fn feed_repair(bytes: &[u8]) {
    let doc = document(bytes, None);
    let source = source(SourceKind::Feed);
    let read = super::entries(&doc, &source);
    assert_eq!(read, super::entries(&doc, &source), "nothing is random");
    if let Ok(parsed) = read {
        checked(&parsed, doc.fetched_at);
        for entry in &parsed.entries {
            super::article(entry, &source, doc.fetched_at);
        }
    }
    if let Ok(written) = super::written(&doc, &source) {
        for item in written.items {
            let texts = [item.title, item.summary, item.content];
            for text in texts.iter().flatten() {
                text.absolute();
            }
        }
    }
}

/// The first byte chooses label and host, the others are decoded.
pub fn charset_decode(bytes: &[u8]) {
    let (choice, bytes) = bytes.split_first().unwrap_or((&0, bytes));
    let labels = [None, Some("text/xml; charset=gb2312"), Some("text/html;charset=x"), Some("")];
    let label = labels[usize::from(choice & 3)];
    let host = (choice & 4 != 0).then_some("news.example.cn");
    for markup in [Markup::Xml, Markup::Html] {
        let decoded = charset::decode(bytes, label, markup, host);
        // A character takes at least one byte, and no more than four bytes of UTF-8.
        assert!(decoded.text.len() <= bytes.len() * 4 + 4, "text does not grow");
    }
}

/// A date: in range, and the same without a clock.
pub fn date_read(bytes: &[u8]) {
    let now = fetched_at();
    let text = String::from_utf8_lossy(bytes);
    for offset in [None, Some(480), Some(-300), Some(i16::MAX)] {
        let read = date::parse(&text, offset);
        let read_at = date::parse_at(&text, offset, now);
        assert!(read.is_none() || read == read_at, "an absolute date is absolute");
        if let Some(date) = read_at {
            assert!(date::clamp(date, now) <= date.max(now), "clamping brings no date later");
        }
    }
}

/// A document read as a list page and as an article page.
pub fn page_list(bytes: &[u8]) {
    let doc = document(bytes, Some("text/html"));
    for item in ["li", "*", "a[href]"] {
        let selectors = Selectors {
            item: item.to_owned(),
            title: None,
            link: None,
            date: Some("*".to_owned()),
            summary: None,
        };
        let source = Source { selectors: Some(selectors), ..source(SourceKind::Page) };
        if let Ok(parsed) = super::entries(&doc, &source) {
            checked(&parsed, doc.fetched_at);
        }
    }
    if let Ok(page) = super::main_text(&doc) {
        assert!(!page.text.is_empty(), "a page without text is an error");
    }
}

/// An address: its canonical form is an address, and its own canonical form.
pub fn url_canonical(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Some(url) = url::absolute(&address(), &text) {
        assert!(matches!(url.scheme(), "http" | "https"), "{url}");
        assert!(url.username().is_empty() && url.password().is_none(), "{url}");
        let canonical = url::canonical(&url);
        assert_eq!(canonical, url::canonical(&url), "{url}");
    }
    let plain = text::plain(&text);
    assert!(!plain.contains(text::is_noise), "{plain:?}");
    text::line(&text);
}

fn checked(parsed: &Parsed, now: Timestamp) {
    let mut keys = std::collections::HashSet::new();
    for entry in &parsed.entries {
        assert!(keys.insert(&entry.key), "two entries have the key {}", entry.key);
        assert!(!entry.key.is_empty(), "an entry without key");
        let link = entry.link.as_deref().map(Url::parse);
        assert!(link.is_none_or(|link| link.is_ok()), "{:?}", entry.link);
        assert!(!entry.title.contains(text::is_noise), "{:?}", entry.title);
        assert!(!entry.title.contains('\n'), "{:?}", entry.title);
        let latest = date::clamp(Timestamp::MAX, now);
        assert!(
            entry.published.is_none_or(|date| date <= latest || date::clamp(date, now) == date)
        );
    }
}

fn address() -> Url {
    Url::parse("https://news.example.cn/feed").expect("a constant address")
}

fn fetched_at() -> Timestamp {
    Timestamp::from_second(1_795_000_000).expect("a constant time")
}

fn document(bytes: &[u8], content_type: Option<&str>) -> Document {
    document_at(address(), bytes, content_type)
}

/// A document that `address` answered with, at a fixed time.
pub fn document_at(address: Url, bytes: &[u8], content_type: Option<&str>) -> Document {
    Document {
        source: "target".into(),
        purpose: Purpose::Poll,
        url: address.clone(),
        final_url: address,
        content_type: content_type.map(str::to_owned),
        validators: Validators::default(),
        fetched_at: fetched_at(),
        body: bytes.to_vec(),
    }
}

/// A source of that kind, in China's offset.
pub fn source(kind: SourceKind) -> Source {
    Source {
        id: "target".into(),
        name: "Target".to_owned(),
        kind,
        url: address(),
        language: None,
        country: None,
        class: SourceClass::Media,
        every_secs: 600,
        enabled: true,
        utc_offset_minutes: Some(480),
        allow_private: false,
        recipe: crate::domain::Recipe::default(),
        selectors: None,
        notes: None,
    }
}

/// Inputs made of `seeds` by damage that is the same at each run: bytes changed, taken out, put
/// in, parts of one document inside another, ends cut off.
pub struct Mutations<'a> {
    seeds: &'a [Vec<u8>],
    state: u64,
}

impl<'a> Mutations<'a> {
    /// `number` chooses the sequence.
    pub fn new(seeds: &'a [Vec<u8>], number: u64) -> Mutations<'a> {
        Mutations { seeds, state: number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1 }
    }

    /// Below `limit`; xorshift64*, which needs no crate and never changes.
    fn below(&mut self, limit: usize) -> usize {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        let high = self.state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(high).unwrap_or(0) % limit.max(1)
    }

    fn seed(&mut self) -> &'a [u8] {
        let at = self.below(self.seeds.len());
        self.seeds.get(at).map_or(&[], Vec::as_slice)
    }

    /// Pieces that are rare by chance and often met.
    const PIECES: &'static [&'static str] = &[
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "<?xml",
        "<!DOCTYPE x [",
        "<!ENTITY a \"b\">",
        "]>",
        "&",
        "&#x;",
        "&amp;",
        "&#99999999999;",
        "<item>",
        "</item>",
        "<entry>",
        "</entry>",
        "<title>",
        "</",
        ">",
        "\"",
        "'",
        " xml:base='::'",
        " xmlns:dc=''",
        "融资",
        "\u{feff}",
        "\0",
        "{\"items\":[",
        "编辑：a@b.cn",
    ];

    fn step(&mut self, bytes: &mut Vec<u8>) {
        let at = self.below(bytes.len() + 1);
        let end = (at + self.below(64)).min(bytes.len());
        match self.below(7) {
            0 | 1 => {
                let value = u8::try_from(self.below(256)).unwrap_or(0);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = value;
                }
            }
            2 => {
                bytes.drain(at.min(end)..end);
            }
            3 => {
                let piece = Self::PIECES[self.below(Self::PIECES.len())];
                bytes.splice(at..at, piece.bytes());
            }
            4 => {
                let other = self.seed();
                let from = self.below(other.len());
                let to = (from + self.below(400)).min(other.len());
                bytes.splice(at..at, other.get(from..to).unwrap_or_default().iter().copied());
            }
            5 => {
                let again: Vec<u8> = bytes.get(at..end).unwrap_or_default().to_vec();
                bytes.splice(at..at, again);
            }
            _ if self.below(4) == 0 => bytes.truncate(at),
            _ => {}
        }
    }
}

impl Iterator for Mutations<'_> {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        let mut bytes = self.seed().to_vec();
        for _ in 0..=self.below(8) {
            self.step(&mut bytes);
        }
        Some(bytes)
    }
}
