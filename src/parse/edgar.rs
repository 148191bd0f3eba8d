//! SEC filings: the Atom feed of EDGAR's current filings, one entry for each filing.
//!
//! The feed has an entry for every company that a filing names, each in its role; they share the
//! accession number, which is the filing's identity.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::Timestamp;
use regex::Regex;

use crate::domain::Document;
use crate::domain::EdgarFilter;
use crate::domain::Source;

use super::ParseError;
use super::Parsed;
use super::Warning;
use super::charset;
use super::charset::Markup;
use super::entry::Found;
use super::error::place;
use super::feed;
use super::feed::MAX_FEED_BYTES;
use super::feed::Read;
use super::hints::Hints;
use super::lenient;
use super::repair;
use super::text;

macro_rules! pattern {
    ($name:ident, $pattern:literal) => {
        static $name: LazyLock<Regex> =
            LazyLock::new(|| Regex::new($pattern).expect("a constant pattern"));
    };
}

pattern!(TITLE, r"^(\S.*?) - (.+?)\s*\((\d{10})\) \(([^()]+)\)$");
pattern!(ACCESSION, r"\b\d{10}-\d{2}-\d{6}\b");
pattern!(COMMA, r"(?i),\s+(inc|corp|co|ltd|limited|llc|l\.?p|plc|s\.?a|n\.?v)\b");
pattern!(ITEM, r"(?m)^\s*Item\s+(\d\.\d{2})\s*:?\s*(.*)$");

/// What a form says about the company in the first role and the one in the second, if there are
/// two. `{1}` and `{2}` stand for their names.
struct Form {
    /// Without `/A`.
    name: &'static str,
    alone: &'static str,
    /// With a filer who is not the subject.
    about: &'static str,
}

const FORMS: &[Form] = &[
    Form { name: "D", alone: "{1} gives notice of an exempt offering of securities", about: "" },
    Form { name: "6-K", alone: "{1} files a report of a foreign issuer", about: "" },
    Form {
        name: "SC TO-T",
        alone: "Takeover offer for {1}",
        about: "{1} makes a takeover offer for {2}",
    },
    Form {
        name: "SC 14D9",
        alone: "{1} answers a tender offer for its shares",
        about: "{2} answers a tender offer for its shares",
    },
    Form {
        name: "S-4",
        alone: "{1} registers securities for a business combination",
        about: "{1} registers securities for a business combination with {2}",
    },
    Form {
        name: "F-4",
        alone: "{1} registers securities for a business combination",
        about: "{1} registers securities for a business combination with {2}",
    },
    Form {
        name: "425",
        alone: "{1} informs about a business combination",
        about: "{1} informs about a business combination with {2}",
    },
    Form { name: "DEFM14A", alone: "{1} asks its shareholders to vote on a merger", about: "" },
    Form { name: "SC 13D", alone: "Stake in {1} reported", about: "{1} reports a stake in {2}" },
    Form {
        name: "SCHEDULE 13D",
        alone: "Stake in {1} reported",
        about: "{1} reports a stake in {2}",
    },
];

pub(super) fn read(doc: &Document, source: &Source) -> Result<Parsed, ParseError> {
    let bytes = doc.body.len();
    if bytes > MAX_FEED_BYTES {
        let place = place(&doc.final_url);
        return Err(ParseError::TooLarge { place, bytes, limit_bytes: MAX_FEED_BYTES });
    }
    let host = doc.final_url.host_str();
    let decoded = charset::decode(&doc.body, doc.content_type.as_deref(), Markup::Xml, host);
    feed::xml_only(&decoded.text, doc)?;
    let repaired = repair::repair(&decoded.text);
    let items = lenient::items(&repaired.text);
    let (channel, read) = lenient::read(&repaired.text, &items, doc, source);
    let read: Vec<_> = read.into_iter().map(Found::from).collect();
    let mut warnings: Vec<_> =
        repaired.done.iter().map(|what| Warning::Repaired { what }).collect();
    if items.unfinished.is_some() {
        warnings.push(Warning::Truncated);
    }
    if read.is_empty() {
        warnings.push(Warning::NoEntries);
    }
    let everything = EdgarFilter::default();
    let filter = source.recipe.edgar.as_ref().unwrap_or(&everything);
    let found: Vec<Found> = filings(read)
        .into_iter()
        .filter(|filing| is_wanted(filing, filter))
        .map(Filing::found)
        .collect();
    let count = found.len();
    Ok(feed::parsed(
        Read { title: channel.title.map(|title| title.markup), found },
        count,
        Hints::default(),
        warnings,
        doc,
        source.utc_offset_minutes,
    ))
}

/// One filing, however many companies it names.
#[derive(Debug)]
struct Filing {
    accession: Option<String>,
    /// As delivered.
    id: Option<String>,
    form: String,
    parties: Vec<Party>,
    /// Of an 8-K: code and words.
    items: Vec<(String, String)>,
    link: Option<String>,
    filed: Option<Timestamp>,
    /// As delivered, where it is no title of EDGAR's.
    title: String,
}

#[derive(Debug)]
struct Party {
    name: String,
    /// The SEC's number of the company.
    cik: String,
    role: String,
}

/// In the order of the feed.
fn filings(found: Vec<Found>) -> Vec<Filing> {
    let mut filings: Vec<Filing> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for found in found {
        let filing = filing(found);
        let Some(accession) = filing.accession.clone() else {
            filings.push(filing);
            continue;
        };
        match known.get(&accession).and_then(|at| filings.get_mut(*at)) {
            Some(first) => {
                let is_new = |party: &Party| {
                    !first.parties.iter().any(|p| p.cik == party.cik && p.role == party.role)
                };
                let new: Vec<_> = filing.parties.into_iter().filter(is_new).collect();
                first.parties.extend(new);
            }
            None => {
                known.insert(accession, filings.len());
                filings.push(filing);
            }
        }
    }
    filings
}

fn filing(found: Found) -> Filing {
    let title = text::line(&found.title);
    let summary: Vec<_> = found.bodies.iter().map(|body| text::plain(body)).collect();
    let summary = summary.join("\n");
    let places = [found.id.as_deref(), found.link.as_deref(), Some(summary.as_str())];
    let accession = places.into_iter().flatten().find_map(|text| ACCESSION.find(text));
    let mut filing = Filing {
        accession: accession.map(|number| number.as_str().to_owned()),
        id: found.id,
        form: String::new(),
        parties: Vec::new(),
        items: items(&summary),
        link: found.link,
        filed: found.published.or(found.updated),
        title,
    };
    if let Some(told) = TITLE.captures(&filing.title) {
        let part = |group: usize| told.get(group).map_or("", |part| part.as_str()).trim();
        filing.form = part(1).to_owned();
        let (name, cik, role) = (part(2).to_owned(), part(3).to_owned(), part(4).to_owned());
        filing.parties.push(Party { name, cik, role });
    }
    filing
}

fn items(summary: &str) -> Vec<(String, String)> {
    let part = |found: &regex::Captures<'_>, group| {
        found.get(group).map_or_else(String::new, |part| part.as_str().trim().to_owned())
    };
    ITEM.captures_iter(summary).map(|found| (part(&found, 1), part(&found, 2))).collect()
}

fn is_wanted(filing: &Filing, filter: &EdgarFilter) -> bool {
    let form = base(&filing.form);
    let forms = filter.forms.is_empty() || filter.forms.iter().any(|wanted| base(wanted) == form);
    // Only an 8-K has items; one without them is kept, so that a change of the feed loses nothing.
    let items = filter.items.is_empty()
        || form != "8-K"
        || filing.items.is_empty()
        || filing.items.iter().any(|(code, _)| filter.items.contains(code));
    forms && items
}

/// The form without the mark of an amendment.
fn base(form: &str) -> String {
    let form = form.trim().to_ascii_uppercase();
    form.strip_suffix("/A").map(str::to_owned).unwrap_or(form)
}

/// A company's name as a headline has it: without the state behind it, and without the comma that
/// would part it in two.
fn short(name: &str) -> String {
    let bare = match name.split_once(" /") {
        Some((bare, state)) if state.ends_with('/') && state.len() <= 5 => bare,
        _ => name,
    };
    COMMA.replace_all(bare.trim(), " $1").into_owned()
}

impl Filing {
    fn found(self) -> Found {
        Found {
            id: self.accession.clone().or_else(|| self.id.clone()),
            title: text::escaped(&self.headline()),
            bodies: vec![text::escaped(&self.body()).replace('\n', "<br>")],
            link: self.link,
            published: self.filed,
            ..Found::default()
        }
    }

    /// Who filed, and whom it is about if that is somebody else.
    fn who(&self) -> Option<(&Party, Option<&Party>)> {
        let is_subject = |party: &&Party| party.role.eq_ignore_ascii_case("subject");
        let subject = self.parties.iter().find(is_subject);
        let filer = self.parties.iter().find(|party| !is_subject(party)).or(subject)?;
        Some((filer, subject.filter(|subject| subject.cik != filer.cik)))
    }

    /// The filing in words.
    fn headline(&self) -> String {
        let Some((filer, subject)) = self.who() else {
            return self.title.clone();
        };
        let (base, name) = (base(&self.form), short(&filer.name));
        let form = FORMS.iter().find(|form| form.name == base);
        let words = match (form, subject) {
            (Some(form), Some(subject)) if !form.about.is_empty() => {
                form.about.replace("{1}", &name).replace("{2}", &short(&subject.name))
            }
            (Some(form), _) => form.alone.replace("{1}", &name),
            (None, _) if !self.items.is_empty() => {
                let words: Vec<_> = self.items.iter().map(|(_, words)| words.as_str()).collect();
                format!("{name} reports: {}", words.join("; "))
            }
            (None, Some(subject)) => format!("{name} files about {}", short(&subject.name)),
            (None, None) => format!("{name} files"),
        };
        format!("{words} ({})", self.form)
    }

    fn body(&self) -> String {
        let Some(accession) = self.accession.as_ref().filter(|_| !self.parties.is_empty()) else {
            return String::new();
        };
        let mut lines = vec![format!("Form {}, accession number {accession}.", self.form)];
        for Party { name, cik, role } in &self.parties {
            lines.push(format!("{role}: {name}, CIK {cik}."));
        }
        for (code, words) in &self.items {
            lines.push(format!("Item {code}: {words}."));
        }
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests;
