//! From what a reader found to an [`Entry`]: stable key, absolute link, plain texts.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::LazyLock;

use ::url::Url;
use jiff::Timestamp;
use regex::Regex;
use sha2::Digest;
use sha2::Sha256;

use crate::domain::Document;
use crate::domain::Entry;
use crate::domain::Publisher;
use crate::domain::shown_text;

use super::date;
use super::publisher;
use super::text;
use super::url;
use super::wrapped;
use super::wrapped::Link;

/// What a common blog software puts under every text, whole or cut.
static TRAILER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\s*The post [^\n]{1,400} (?:first )?appeared (?:first )?on [^\n]{1,200}$")
        .expect("a constant pattern")
});

/// An entry as a reader found it; titles and bodies may hold markup.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Found {
    /// guid, `atom:id` or `rdf:about`.
    pub id: Option<String>,
    /// Relative links are resolved against the document, unless the reader already did.
    pub link: Option<String>,
    pub title: String,
    /// Content, summary, description: the longest becomes the text.
    pub bodies: Vec<String>,
    pub published: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    pub author: Option<String>,
    /// Whose news it is, if somebody else's.
    pub publisher: Option<Publisher>,
    /// A date as printed, of an entry whose dates could not be read.
    pub refused: Option<String>,
}

/// Makes entries; those with neither title nor text are left out, and so is the second of two
/// with one key. What is left out is told, in words.
pub(super) fn finish(found: Vec<Found>, doc: &Document) -> (Vec<Entry>, Vec<String>) {
    let shared = shared_ids(&found);
    let mut keys = std::collections::HashSet::new();
    let (mut entries, mut lost) = (Vec::with_capacity(found.len()), Vec::new());
    for (place, found) in found.into_iter().enumerate() {
        let number = place + 1;
        match one(found, doc, &shared) {
            None => lost.push(format!("number {number} has neither title nor text")),
            Some(entry) if keys.contains(&entry.key) => {
                lost.push(format!(
                    "number {number} has the id of another, `{}`",
                    short(&entry.key)
                ));
            }
            Some(entry) => {
                keys.insert(entry.key.clone());
                entries.push(entry);
            }
        }
    }
    (entries, lost)
}

fn short(key: &str) -> String {
    // An address may hold secrets.
    let key = if key.contains("://") { shown_text(key) } else { key.to_owned() };
    key.chars().take(80).collect()
}

fn one(found: Found, doc: &Document, shared: &HashMap<String, String>) -> Option<Entry> {
    let id = found.id.as_deref().map(str::trim).filter(|id| !id.is_empty());
    let link = link(&found, id, &doc.final_url);
    let through = link.as_ref().map(wrapped::target);
    let link = match through {
        Some(Link::Through(page)) => Some(page),
        Some(Link::Plain | Link::Opaque) | None => link,
    };
    // Some number each answer: what leads through them is no identity.
    let id = id.filter(|id| !::url::Url::parse(id).is_ok_and(|id| is_through(&id)));
    let own = url::site(&doc.final_url);
    let publisher = found.publisher.filter(|publisher| publisher.site.as_ref() != Some(&own));
    // Bing names the outlet in words alone; its page says the rest.
    let publisher = publisher.map(|publisher| Publisher {
        site: publisher.site.or_else(|| {
            link.as_ref().filter(|link| wrapped::target(link) == Link::Plain).map(url::site)
        }),
        ..publisher
    });
    let title = text::line(&found.title);
    let title = match &publisher {
        Some(publisher) => publisher::headline(&title, publisher).to_owned(),
        None => title,
    };
    let text = longest(&found.bodies);
    if title.is_empty() && text.is_empty() {
        return None;
    }
    let clamped = |date: Option<Timestamp>| date.map(|date| date::clamp(date, doc.fetched_at));
    let key = id
        .filter(|id| !shared.contains_key(*id))
        .map(str::to_owned)
        .or_else(|| link.as_ref().map(url::canonical))
        .unwrap_or_else(|| fingerprint(&title, found.published.or(found.updated), &text));
    Some(Entry {
        key,
        link: link.map(String::from),
        title,
        text,
        published: clamped(found.published),
        // The strict reader repeats the date of RSS here; only a later change says anything.
        updated: clamped(found.updated.filter(|date| Some(*date) != found.published)),
        author: found.author.and_then(|author| person(&author)),
        publisher,
    })
}

fn is_through(url: &Url) -> bool {
    matches!(wrapped::target(url), Link::Through(_))
}

/// A person's name without e-mail address, and the address if there is no name.
fn person(author: &str) -> Option<String> {
    let author = text::line(author);
    let words = author.split(' ').filter(|word| !word.contains('@'));
    let name = words.collect::<Vec<_>>().join(" ");
    let name = name.trim_matches(|c: char| "（）()：:，, ".contains(c));
    Some(if name.is_empty() { author.clone() } else { name.to_owned() })
        .filter(|name| !name.is_empty())
}

/// The link as delivered, else the id if it is an address.
fn link(found: &Found, id: Option<&str>, base: &Url) -> Option<Url> {
    let delivered = found.link.as_deref().and_then(|href| url::absolute(base, href));
    let is_address = |id: &&str| id.starts_with("http://") || id.starts_with("https://");
    delivered.or_else(|| id.filter(is_address).and_then(|id| url::absolute(base, id)))
}

fn longest(bodies: &[String]) -> String {
    let texts = bodies.iter().map(|body| text::plain(body));
    let mut text = text::capped(texts.max_by_key(String::len).unwrap_or_default());
    if let Some(trailer) = TRAILER.find(&text) {
        text.truncate(trailer.start());
    }
    text
}

/// Ids that stand on entries with different links: they name the feed or a template, no entry.
fn shared_ids(found: &[Found]) -> HashMap<String, String> {
    let mut first: HashMap<&str, &str> = HashMap::new();
    let mut shared = HashMap::new();
    for found in found {
        let (Some(id), Some(link)) = (found.id.as_deref(), found.link.as_deref()) else {
            continue;
        };
        let id = id.trim();
        if *first.entry(id).or_insert(link) != link {
            shared.insert(id.to_owned(), link.to_owned());
        }
    }
    shared
}

/// For entries with neither id nor link. The text counts only where there is no title.
fn fingerprint(title: &str, date: Option<Timestamp>, text: &str) -> String {
    let told = if title.is_empty() { text } else { title };
    let date = date.map(|date| date.to_string()).unwrap_or_default();
    let digest = Sha256::digest(format!("{told}\n{date}"));
    digest.iter().take(16).fold("sha256:".to_owned(), |mut key, byte| {
        // Writing to a string cannot fail.
        write!(key, "{byte:02x}").unwrap_or_default();
        key
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::document;
    use super::*;

    fn found(id: &str, link: &str, title: &str) -> Found {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Found { id: some(id), link: some(link), title: title.to_owned(), ..Found::default() }
    }

    #[track_caller]
    fn check(found: Vec<Found>, expected: &[&str]) {
        let entries = finish(found, &document("", None)).0;
        let keys: Vec<_> = entries.iter().map(|entry| entry.key.as_str()).collect();
        assert_eq!(keys, expected);
    }

    #[test]
    fn the_key_is_the_id_else_the_page_else_what_it_says() {
        check(vec![found(" tag:1 ", "/a", "A")], &["tag:1"]);
        check(vec![found("", "/a?utm_source=x", "A")], &["https://news.example.com/a"]);
        check(vec![found("", "", "A")], &["sha256:06f961b802bc46ee168555f066d28f4f"]);
    }

    #[test]
    fn an_id_that_every_entry_has_is_none() {
        check(
            vec![found("x", "/a", "A"), found("x", "/b", "B")],
            &["https://news.example.com/a", "https://news.example.com/b"],
        );
        check(vec![found("x", "/a", "A"), found("x", "/a", "B")], &["x"]);
    }

    #[test]
    fn an_entry_that_says_nothing_is_left_out() {
        check(vec![found("x", "/a", " <br> ")], &[]);
    }

    #[test]
    fn the_longest_body_is_the_text_without_the_trailer() {
        let trailer = "<p>The post <a href='/a'>A deal</a> appeared first on <a>News</a>.</p>";
        let bodies = vec!["Short.".to_owned(), format!("<p>The whole story.</p>{trailer}")];
        let found = Found { bodies, ..found("x", "/a", "A deal") };
        assert_eq!(finish(vec![found], &document("", None)).0[0].text, "The whole story.");
    }

    #[test]
    fn an_author_is_a_name_where_there_is_one() {
        let check = |author, name| assert_eq!(person(author).as_deref(), name, "in: {author}");
        check("a@example.com (Jo Smith)", Some("Jo Smith"));
        check("编辑： zs@example.com", Some("编辑"));
        check("Jo &amp; <b>Al</b>", Some("Jo & Al"));
        check("a@example.com", Some("a@example.com"));
        check(" ", None);
    }

    #[test]
    fn an_id_that_is_an_address_is_the_link() {
        let entries = finish(vec![found("https://a.test/1", "", "A")], &document("", None)).0;
        assert_eq!(entries[0].link.as_deref(), Some("https://a.test/1"));
    }
}
