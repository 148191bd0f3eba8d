//! OPML: lists of feeds as readers exchange them, and plain lists of addresses.
//!
//! Broken ones are read as far as possible: a scan over the tags, no tree.

use super::charset;
use super::charset::Markup;
use super::tags;
use super::tags::Kind;
use super::text;
use super::url;
use crate::domain::shown;

/// A list with more outlines is cut: the largest that people keep have a few thousand.
pub const MAX_OUTLINES: usize = 20_000;
/// Groups around an outline that are kept, the outermost: people nest two or three.
const MAX_GROUPS: usize = 16;

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// As the list names it.
    pub title: Option<String>,
    /// The feed's address, as written; `None` for a site without one.
    pub feed: Option<String>,
    /// The site's address, as written.
    pub site: Option<String>,
    /// As written: `en`, `zh-cn`.
    pub language: Option<String>,
    /// What the list says of it.
    pub description: Option<String>,
    /// The outlines around it, the outermost first, and its own categories.
    pub groups: Vec<String>,
    /// Our own attributes, in a list that was exported here: name without prefix, value.
    pub own: Vec<(String, String)>,
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct List {
    /// Every outline that names a feed or a site, in the list's order.
    pub outlines: Vec<Outline>,
    /// What was odd, in words.
    pub warnings: Vec<String>,
}

/// The prefix of our own attributes.
pub const PREFIX: &str = "dealwatch";

/// Reads OPML, or one address a line with `#` for comments.
pub fn read(bytes: &[u8]) -> List {
    let text = charset::decode(bytes, None, Markup::Xml, None).text;
    if tags::next_tag(&text, 0).is_none() { plain(&text) } else { outlines(&text) }
}

/// One address a line; words behind the address are its title.
fn plain(text: &str) -> List {
    let mut list = List::default();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (url, title) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        if let Err(reason) = url::typed(url) {
            // Of what is no address at all too little is known to hide its secrets.
            let url = url.parse().map_or_else(|_| short(url), |url| shown(&url));
            list.warnings.push(format!("line {}: `{url}` {reason}", number + 1));
            continue;
        }
        let title = Some(text::line(title)).filter(|title| !title.is_empty());
        push(&mut list, Outline { title, feed: Some(url.to_owned()), ..Outline::default() });
    }
    list
}

fn outlines(text: &str) -> List {
    let mut list = List::default();
    let mut groups = Groups::default();
    let (mut at, mut is_opml, mut closed) = (0, false, true);
    while let Some(tag) = tags::next_tag(text, at) {
        at = tag.end;
        is_opml |= tag.name.eq_ignore_ascii_case("opml");
        if !tag.name.eq_ignore_ascii_case("outline") {
            continue;
        }
        is_opml = true;
        if tag.kind == Kind::End {
            closed &= groups.leave();
            continue;
        }
        let outline = outline(tag.attributes, &groups.names);
        if tag.kind == Kind::Start {
            let is_group = outline.feed.is_none() && outline.site.is_none();
            groups.enter(outline.title.as_ref().filter(|_| is_group));
        }
        if outline.feed.is_some() || outline.site.is_some() {
            push(&mut list, outline);
        }
    }
    if !closed {
        list.warnings.push("end tags too many: the groups may be wrong".to_owned());
    }
    if !is_opml {
        list.warnings.push("this is no OPML: there is no outline in it".to_owned());
    }
    let tail = text.get(at..).unwrap_or_default();
    if tail.contains("<outline") || (is_opml && !text.to_ascii_lowercase().contains("</opml")) {
        list.warnings.push("the list is cut off: what was whole before the cut is read".to_owned());
    }
    list
}

/// The outlines that are open, and the names of those that are groups. However deep a list is,
/// each outline costs the same.
#[derive(Debug, Default)]
struct Groups {
    names: Vec<String>,
    /// For each that is open whether it gave a name.
    open: Vec<bool>,
}

impl Groups {
    fn enter(&mut self, name: Option<&String>) {
        let name = name.filter(|_| self.names.len() < MAX_GROUPS);
        self.open.push(name.is_some());
        self.names.extend(name.cloned());
    }

    /// Whether there was one to leave.
    fn leave(&mut self) -> bool {
        let left = self.open.pop();
        if left == Some(true) {
            self.names.pop();
        }
        left.is_some()
    }
}

fn push(list: &mut List, outline: Outline) {
    if list.outlines.len() < MAX_OUTLINES {
        list.outlines.push(outline);
    } else if list.outlines.len() == MAX_OUTLINES
        && list.warnings.last().is_none_or(|w| !w.starts_with("more"))
    {
        list.warnings.push(format!("more than {MAX_OUTLINES} outlines: the rest is left out"));
    }
}

fn outline(attributes: &str, groups: &[String]) -> Outline {
    let value = |name: &str| {
        let value = tags::attribute_any_case(attributes, name).map(|value| text::line(&value));
        value.filter(|value| !value.is_empty())
    };
    let address = |name: &str| {
        let value = tags::attribute_any_case(attributes, name).map(|value| value.trim().to_owned());
        value.filter(|value| !value.is_empty())
    };
    let mut around = groups.to_vec();
    let categories = value("category").unwrap_or_default();
    around.extend(
        categories
            .split([',', '/'])
            .map(|word| word.trim().to_owned())
            .filter(|word| !word.is_empty()),
    );
    let kind = value("type").unwrap_or_default().to_ascii_lowercase();
    // Some write the feed's address where links belong, and say by the type what it is.
    let url = address("url");
    let (feed, site) = match (address("xmlUrl"), kind.as_str()) {
        (None, "rss" | "atom" | "feed" | "json") => (url, address("htmlUrl")),
        (feed, _) => (feed, address("htmlUrl").or(url)),
    };
    Outline {
        title: value("title").or_else(|| value("text")),
        feed,
        site,
        language: value("language"),
        description: value("description"),
        groups: around,
        own: own(attributes),
    }
}

fn own(attributes: &str) -> Vec<(String, String)> {
    tags::attributes(attributes)
        .filter(|(name, _)| tags::prefix(name) == PREFIX)
        .map(|(name, value)| (tags::local(name).to_owned(), value.into_owned()))
        .collect()
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each outline as `groups: title = feed (site)`.
    #[track_caller]
    fn check(text: &str, expected: &[&str], warnings: usize) {
        let list = read(text.as_bytes());
        let lines: Vec<String> = list
            .outlines
            .iter()
            .map(|outline| {
                let word = |word: &Option<String>| word.clone().unwrap_or_default();
                format!(
                    "{}: {} = {} ({})",
                    outline.groups.join("/"),
                    word(&outline.title),
                    word(&outline.feed),
                    word(&outline.site)
                )
            })
            .collect();
        assert_eq!(lines, expected, "in: {text}");
        assert_eq!(list.warnings.len(), warnings, "{:?}", list.warnings);
    }

    #[test]
    fn nested_groups_are_kept() {
        check(
            "<?xml version='1.0'?><opml version='2.0'><head><title>Mine</title></head><body>\
             <outline text='News'><outline text='AI &amp; chips'>\
             <outline type='rss' text='Quay' xmlUrl='https://q.test/f?a=1&amp;b=2' \
             htmlUrl='https://q.test/'/></outline>\
             <outline text='港湾' xmlurl='https://g.test/rss' category='/zh/tech,wire'></outline>\
             </outline><outline text='Site' htmlUrl='https://s.test/'/></body></opml>",
            &[
                "News/AI & chips: Quay = https://q.test/f?a=1&b=2 (https://q.test/)",
                "News/zh/tech/wire: 港湾 = https://g.test/rss ()",
                ": Site =  (https://s.test/)",
            ],
            0,
        );
    }

    #[test]
    fn a_broken_list_is_read_as_far_as_it_goes() {
        check(
            "<opml><body><outline text=\"A & B\" xmlUrl=\"https://a.test/f?x=1&y=2\">\
             </outline></outline><outline title=C type=rss url=https://c.test/f>\
             <outline text='cut' xmlUrl='https://d.te",
            &[": A & B = https://a.test/f?x=1&y=2 ()", ": C = https://c.test/f ()"],
            2,
        );
    }

    #[test]
    fn a_plain_list_of_addresses_is_read() {
        check(
            "# mine\nhttps://a.test/feed\n\n  b.test/rss  The B\nfeed://c.test/f\nnot an address\n",
            &[":  = https://a.test/feed ()", ": The B = b.test/rss ()", ":  = feed://c.test/f ()"],
            1,
        );
    }

    #[test]
    fn a_list_of_any_depth_costs_little_and_keeps_its_outermost_groups() {
        let open = |n: usize| format!("<outline text='Group number {n}' xmlUrl=''>");
        let feed = "<outline type='rss' text='Q' xmlUrl='https://q.test/f'/>";
        let deep: String = (0..20_000).flat_map(|n| [open(n), feed.to_owned()]).collect();
        let list = read(format!("<opml><body>{deep}").as_bytes());
        assert_eq!(list.outlines.len(), MAX_OUTLINES);
        assert!(list.outlines.iter().all(|outline| outline.groups.len() <= MAX_GROUPS));
        assert_eq!(list.outlines[19_999].groups[0], "Group number 0");
        let closed = read(format!("<opml>{}</opml>", "</outline>".repeat(20_000)).as_bytes());
        assert_eq!(closed.warnings.len(), 1, "said once");
    }

    #[test]
    fn what_is_no_list_says_so() {
        check("<html><body><p>Hello</p></body></html>", &[], 1);
        check("", &[], 0);
    }
}
