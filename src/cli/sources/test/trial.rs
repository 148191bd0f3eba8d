//! One test of one source: asked once, read as the daemon would read it, nothing stored.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use jiff::SignedDuration;
use jiff::Timestamp;
use serde::Serialize;

use super::verdict::Verdict;
use crate::domain::Document;
use crate::domain::Lang;
use crate::domain::Mention;
use crate::domain::PollCause;
use crate::domain::Source;
use crate::domain::SourceState;
use crate::domain::measure;
use crate::entity::EntityTable;
use crate::fetch::FetchError;
use crate::fetch::Fetcher;
use crate::fetch::PollOutcome;
use crate::fetch::Polled;
use crate::fetch::Seen;
use crate::http::error::shown;
use crate::parse;
use crate::parse::Further;
use crate::parse::ParseError;
use crate::parse::Parsed;
use crate::parse::Warning;
use crate::parse::charset;
use crate::parse::charset::Markup;
use crate::pipeline;
use crate::pipeline::Reading;
use crate::source::Hints;
use crate::source::children;
use crate::source::propose;
use crate::source::rhythm;

/// A newest item that is older makes a source silent, unless its own rhythm is as slow.
const STALE: SignedDuration = SignedDuration::from_hours(24 * 60);

/// What the test saw, step by step.
#[derive(Debug, Serialize)]
pub(super) struct Trial {
    /// Printed without the secrets of its address.
    #[serde(serialize_with = "without_secrets")]
    pub(super) source: Source,
    /// Without query and credentials.
    pub(super) address: String,
    pub(super) verdict: Verdict,
    /// What is wrong, in words; nothing if all is well.
    pub(super) words: Option<String>,
    /// What to do.
    pub(super) remedy: Option<&'static str>,
    /// Requests that it took, redirects and robots.txt left out.
    pub(super) requests: u64,
    pub(super) took_ms: u64,
    pub(super) answer: Option<Seen>,
    /// Where every redirect says the source is now.
    pub(super) moved_to: Option<String>,
    pub(super) reading: Option<Read>,
    /// When the daemon would ask again.
    pub(super) next_poll_at: Option<Timestamp>,
}

fn without_secrets<S: serde::Serializer>(
    source: &Source,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut value = serde_json::to_value(source).map_err(serde::ser::Error::custom)?;
    value["url"] = crate::domain::shown(&source.url).into();
    value.serialize(serializer)
}

/// What the document says.
#[derive(Debug, Serialize)]
pub(super) struct Read {
    /// `RSS`, `Atom`, `RDF`, `JSON`, `HTML`, `XML`.
    pub(super) form: &'static str,
    pub(super) title: Option<String>,
    pub(super) encoding: &'static str,
    /// Our own reader had to read it.
    pub(super) lenient: bool,
    pub(super) warnings: Vec<String>,
    pub(super) items: usize,
    pub(super) first: Option<Timestamp>,
    pub(super) last: Option<Timestamp>,
    /// Items without a date that could be read.
    pub(super) undated: usize,
    pub(super) languages: BTreeMap<&'static str, usize>,
    /// The usual time between two items, in seconds.
    pub(super) rhythm_secs: Option<u64>,
    /// How far back the list reaches, in seconds.
    pub(super) span_secs: Option<u64>,
    pub(super) articles: Vec<Item>,
}

/// One item, and the deals it states.
#[derive(Debug, Serialize)]
pub(super) struct Item {
    pub(super) title: String,
    pub(super) url: Option<String>,
    pub(super) published: Option<Timestamp>,
    pub(super) lang: Lang,
    pub(super) deals: Vec<Mention>,
}

impl Trial {
    /// Asks the source as for the first time, and reads what comes.
    pub(super) async fn run(fetcher: &Fetcher, source: &Source, table: &Arc<EntityTable>) -> Trial {
        let began = Instant::now();
        let mut trial = Trial {
            source: source.clone(),
            address: shown(&source.url),
            verdict: Verdict::Ok,
            words: None,
            remedy: None,
            requests: 0,
            took_ms: 0,
            answer: None,
            moved_to: None,
            reading: None,
            next_poll_at: None,
        };
        if source.url.as_str().contains("%7B") || source.url.as_str().contains('{') {
            trial
                .end(Verdict::Incomplete, "its address has words in braces that must be filled in");
        } else {
            let polled = fetcher.poll(source, &SourceState::default(), 0.0).await;
            trial.requests = polled.state.counts.requests;
            trial.answer.clone_from(&polled.seen);
            trial.moved_to = polled.moved_to.as_ref().map(shown);
            let now = fetcher.hosts().now();
            Box::pin(trial.judge(fetcher, polled, table, now)).await;
        }
        trial.took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        trial.remedy = Some(trial.verdict.remedy()).filter(|remedy| !remedy.is_empty());
        trial
    }

    fn end(&mut self, verdict: Verdict, words: impl Into<String>) {
        self.verdict = verdict;
        self.words = Some(words.into());
    }

    async fn judge(
        &mut self,
        fetcher: &Fetcher,
        mut polled: Polled,
        table: &Arc<EntityTable>,
        now: Timestamp,
    ) {
        let document = match (&polled.outcome, polled.document.take()) {
            (PollOutcome::Waiting(error) | PollOutcome::Failed(error), _) => {
                self.next_poll_at = polled.state.next_poll_at;
                return self.end(Verdict::of_fetch(error), error.words());
            }
            (_, Some(document)) => document,
            (_, None) => return self.end(Verdict::Empty, "it brought no document"),
        };
        let whole = match read_aside(document, &self.source, table).await {
            Ok((whole, further)) => self.follow(fetcher, whole, further, table).await,
            Err(failure) => Err(failure),
        };
        match whole {
            Ok(whole) => {
                let Whole { read, hints } = whole;
                self.next_poll_at = next_poll(polled, hints, &read);
                self.weigh(&read, now);
                self.reading = Some(read);
            }
            Err((verdict, words)) => {
                self.next_poll_at = polled.failed_parse(PollCause::Unreadable, "").next_poll_at;
                self.end(verdict, words);
            }
        }
    }

    /// Adds what the documents say in which an index goes on, as a poll does. Fails if none of them
    /// could be had.
    async fn follow(
        &mut self,
        fetcher: &Fetcher,
        mut whole: Whole,
        further: Vec<Further>,
        table: &Arc<EntityTable>,
    ) -> Result<Whole, Failure> {
        let named = further.into_iter().map(|further| (further.url, further.modified));
        let mut failures = Vec::new();
        let mut had = false;
        for child in children::named(&[], named, &self.source.url) {
            self.requests += 1;
            let document = match fetcher.child(&self.source, &child).await {
                Ok(answer) => answer.document,
                Err(error) => {
                    failures.push((Verdict::of_fetch(&error), error.words()));
                    // The host wants to be left alone.
                    match error {
                        FetchError::RateLimited { .. }
                        | FetchError::Unavailable { .. }
                        | FetchError::HostPaused { .. } => break,
                        _ => continue,
                    }
                }
            };
            let Some(document) = document else { continue };
            match read_aside(document, &self.source, table).await {
                Ok((child, _)) => {
                    had = true;
                    whole.read.add(child.read);
                }
                Err(failure) => failures.push(failure),
            }
        }
        match failures.pop() {
            Some(failure) if !had => Err(failure),
            last => {
                failures.extend(last);
                whole.read.warnings.extend(failures.into_iter().map(|(_, words)| words));
                Ok(whole)
            }
        }
    }

    /// The verdict on a source that could be read.
    fn weigh(&mut self, read: &Read, now: Timestamp) {
        let old = read.last.map(|last| now.duration_since(last)).filter(|age| *age > STALE);
        let slow = read.rhythm_secs.unwrap_or(0).saturating_mul(3);
        if read.items == 0 {
            self.end(Verdict::Empty, "it can be read and holds no item");
        } else if let Some(age) = old.filter(|age| age.as_secs().unsigned_abs() > slow) {
            let age = measure::span(age.as_secs().unsigned_abs());
            self.end(Verdict::Silent, format!("its newest item is {age} old"));
        } else if let Some(to) = self.moved_to.clone() {
            self.end(Verdict::Moved, format!("every redirect says that it is now at {to}"));
        }
    }
}

impl Read {
    /// Adds what a child of the document says.
    fn add(&mut self, child: Read) {
        self.lenient |= child.lenient;
        self.warnings.extend(child.warnings);
        self.articles.extend(child.articles);
        self.count();
    }

    /// Counts the articles.
    fn count(&mut self) {
        let dates: Vec<Timestamp> =
            self.articles.iter().filter_map(|item| item.published).collect();
        self.languages.clear();
        for item in &self.articles {
            *self.languages.entry(item.lang.as_str()).or_default() += 1;
        }
        self.items = self.articles.len();
        self.first = dates.iter().min().copied();
        self.last = dates.iter().max().copied();
        self.undated = self.articles.len() - dates.len();
        self.rhythm_secs = propose::rhythm_secs(&dates);
        self.span_secs = propose::span_secs(&dates);
    }
}

/// What was read, with the feed's own wishes.
struct Whole {
    read: Read,
    hints: Hints,
}

/// What is wrong, in words.
type Failure = (Verdict, String);

/// Reads a document on a thread where it may block.
async fn read_aside(
    document: Document,
    source: &Source,
    table: &Arc<EntityTable>,
) -> Result<(Whole, Vec<Further>), Failure> {
    let (source, table) = (source.clone(), Arc::clone(table));
    match tokio::task::spawn_blocking(move || read(&document, &source, &table)).await {
        Ok(Ok(read)) => Ok(read),
        Ok(Err(error)) => Err((Verdict::of_parse(&error), error.to_string())),
        Err(_panic) => Err((Verdict::Unreadable, "reading it panicked; this is a bug".to_owned())),
    }
}

/// When the cadence would ask again after this document.
fn next_poll(polled: Polled, hints: Hints, read: &Read) -> Option<Timestamp> {
    let items = u32::try_from(read.items).unwrap_or(u32::MAX);
    let dates = read.articles.iter().filter_map(|item| item.published).collect();
    let seen = rhythm::Seen { items, new: items, dates, flood: false };
    polled.landing(hints).land(&seen).0.next_poll_at
}

/// Reads as the daemon does: entries, articles, deals; with the feed's own wishes.
fn read(
    document: &Document,
    source: &Source,
    table: &EntityTable,
) -> Result<(Whole, Vec<Further>), ParseError> {
    let mut parsed = parse::entries(document, source)?;
    let now = document.fetched_at;
    let articles: Vec<Item> = parsed
        .entries
        .iter()
        .map(|entry| Reading::new(parse::article(entry, source, now), table))
        .map(|reading| Item {
            title: reading.article.title,
            url: reading.article.url,
            published: reading.article.published,
            lang: reading.article.lang,
            deals: reading.mentions,
        })
        .collect();
    let hints = pipeline::hints(parsed.hints.clone());
    let further = std::mem::take(&mut parsed.further);
    Ok((Whole { read: summary(document, parsed, articles), hints }, further))
}

fn summary(document: &Document, parsed: Parsed, articles: Vec<Item>) -> Read {
    let host = document.final_url.host_str();
    let is_html = document.content_type.as_deref().is_some_and(|kind| kind.contains("html"));
    let markup = if is_html { Markup::Html } else { Markup::Xml };
    let decoded = charset::decode(&document.body, document.content_type.as_deref(), markup, host);
    let mut read = Read {
        form: form(&decoded.text),
        title: parsed.title,
        encoding: decoded.encoding,
        lenient: parsed.warnings.iter().any(|w| matches!(w, Warning::Lenient { .. })),
        warnings: parsed.warnings.iter().map(ToString::to_string).collect(),
        items: 0,
        first: None,
        last: None,
        undated: 0,
        languages: BTreeMap::new(),
        rhythm_secs: None,
        span_secs: None,
        articles,
    };
    read.count();
    read
}

/// By the first of the roots that stands in the beginning of the text.
fn form(text: &str) -> &'static str {
    const HEAD_CHARS: usize = 4_000;
    const ROOTS: &[(&str, &str)] = &[
        ("<rss", "RSS"),
        ("<feed", "Atom"),
        ("<rdf:rdf", "RDF"),
        ("<urlset", "sitemap"),
        ("<sitemapindex", "sitemap index"),
        ("<html", "HTML"),
        ("<!doctype html", "HTML"),
    ];
    if text.trim_start().starts_with(['{', '[']) {
        return "JSON";
    }
    let head: String = text.chars().take(HEAD_CHARS).flat_map(char::to_lowercase).collect();
    let found = ROOTS.iter().filter_map(|(root, form)| Some((head.find(root)?, *form))).min();
    found.map_or("text", |(_, form)| form)
}
