//! A feed that was found and read: what it is, and what it could be called.

use jiff::Timestamp;
use url::Url;

use crate::domain::Document;
use crate::domain::Entry;
use crate::domain::Lang;
use crate::domain::Purpose;
use crate::domain::Recipe;
use crate::domain::Source;
use crate::domain::SourceClass;
use crate::domain::SourceId;
use crate::domain::SourceKind;
use crate::http::Answer;
use crate::parse;
use crate::parse::Further;
use crate::parse::ParseError;
use crate::parse::discover::Found;
use crate::source::propose;

/// Minutes east of Greenwich in China: for dates that a Chinese feed prints without a zone.
const CHINA: i16 = 480;

/// A feed that can be added.
#[derive(Debug)]
pub(in crate::cli::sources) struct Candidate {
    /// As it would be added.
    pub(super) source: Source,
    /// The feed's own title.
    pub(super) title: Option<String>,
    /// How it was found.
    pub(super) found: Found,
    /// In the feed's order.
    pub(super) items: Vec<Entry>,
    /// The usual time between two items, in seconds.
    pub(super) rhythm_secs: Option<u64>,
    /// What was odd.
    pub(super) warnings: Vec<String>,
    /// Documents in which it goes on, of an index.
    pub(super) further: Vec<Further>,
}

/// A source of which only the address is known.
pub(in crate::cli::sources) fn draft(url: Url, kind: SourceKind, class: SourceClass) -> Source {
    Source {
        id: SourceId::from(propose::id(&url, |_| false).as_str()),
        name: url.host_str().unwrap_or_default().to_owned(),
        kind,
        url,
        language: None,
        country: None,
        class,
        every_secs: propose::every_secs(&[]),
        enabled: true,
        utc_offset_minutes: None,
        allow_private: false,
        selectors: None,
        notes: None,
        recipe: Recipe::default(),
    }
}

/// The document of an answer, to be read as a source's.
pub(super) fn document(asked: &Url, answer: Answer, now: Timestamp) -> Document {
    Document {
        source: SourceId::from("candidate"),
        purpose: Purpose::Poll,
        url: asked.clone(),
        final_url: answer.final_url,
        content_type: answer.fields.content_type,
        validators: answer.fields.validators,
        fetched_at: now,
        body: answer.body,
    }
}

/// Reads the document as a source of this kind. `url` is the address that should be polled.
pub(super) fn read(
    document: &Document,
    url: Url,
    kind: SourceKind,
    found: Found,
) -> Result<Candidate, ParseError> {
    let class = propose::class(&url);
    let mut source = draft(url, kind, class);
    let mut parsed = parse::entries(document, &source)?;
    source.language = language(&parsed.entries, &source, document.fetched_at);
    let undated = |entries: &[Entry]| entries.iter().filter(|e| e.published.is_none()).count();
    if source.language == Some(Lang::Zh) && undated(&parsed.entries) > 0 {
        let zoned = Source { utc_offset_minutes: Some(CHINA), ..source.clone() };
        if let Ok(again) = parse::entries(document, &zoned)
            && undated(&again.entries) < undated(&parsed.entries)
        {
            (source, parsed) = (zoned, again);
        }
    }
    let dates: Vec<Timestamp> = parsed.entries.iter().filter_map(|entry| entry.published).collect();
    source.every_secs = propose::every_secs(&dates);
    Ok(Candidate {
        source,
        title: parsed.title,
        found,
        items: parsed.entries,
        rhythm_secs: propose::rhythm_secs(&dates),
        warnings: parsed.warnings.iter().map(ToString::to_string).collect(),
        further: parsed.further,
    })
}

/// The language of four in five items; `None` where it is mixed, or there is nothing to tell by.
fn language(entries: &[Entry], source: &Source, now: Timestamp) -> Option<Lang> {
    let articles = entries.iter().map(|entry| parse::article(entry, source, now).lang);
    let (zh, en): (Vec<Lang>, Vec<Lang>) = articles.partition(|lang| *lang == Lang::Zh);
    match (zh.len(), en.len()) {
        (0, 0) => None,
        (zh, en) if zh >= 4 * en => Some(Lang::Zh),
        (zh, en) if en >= 4 * zh => Some(Lang::En),
        _ => None,
    }
}

impl Candidate {
    /// Takes the items of a document in which it goes on, and what they say of it.
    pub(super) fn fill(&mut self, document: &Document) -> Result<(), ParseError> {
        let (url, kind) = (self.source.url.clone(), self.source.kind);
        let child = read(document, url, kind, self.found)?;
        self.warnings.extend(child.warnings);
        self.source = child.source;
        self.items = child.items;
        self.rhythm_secs = child.rhythm_secs;
        Ok(())
    }

    /// An id that is free, and the feed's title as its name.
    pub(super) fn propose(&mut self, taken: impl Fn(&str) -> bool) {
        self.source.id = SourceId::from(propose::id(&self.source.url, taken).as_str());
        if let Some(title) = &self.title {
            self.source.name.clone_from(title);
        }
    }
}
