//! The one place that knows the order of the parts.
//!
//! A document is read (parse, extract: pure, off the async threads) and settled (resolve, store,
//! owe: one transaction). Nothing downstream calls upstream: a stub that looks like a deal leaves
//! the wanted page in a durable table, which the fetcher works off like any other due request.
//!
//! # Invariants
//!
//! - What an article changes (itself, its mentions, deals, revisions, owed messages, the state of
//!   its source) is written in one transaction: a crash leaves all of it or none.
//! - Reading cannot fail a poll halfway: one odd entry costs itself alone.
//! - A source's first poll seeds silently.

mod arrival;
mod decided;
mod expiry;
mod identity;
mod kindred;
mod reading;
mod replay;
mod settle;
mod step;
mod translation;
mod worth;

use std::sync::Arc;

use jiff::SignedDuration;
use jiff::Timestamp;

use crate::domain::Article;
use crate::domain::Document;
use crate::domain::Hints;
use crate::domain::PollCause;
use crate::domain::Publisher;
use crate::domain::Purpose;
use crate::domain::Rates;
use crate::domain::Rewritten;
use crate::domain::Route;
use crate::domain::Source;
use crate::domain::SourceId;
use crate::domain::SourceNote;
use crate::domain::SourceState;
use crate::domain::TextKind;
use crate::domain::Watcher;
use crate::domain::shown;
use crate::entity::EntityTable;
use crate::parse;
use crate::source::Landing;
use crate::store;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::decision::Redo;

use settle::How;

pub use reading::Delivered;
pub use reading::Reading;
pub use reading::Unread;
pub use settle::Place;
pub use settle::Settled;

/// Of what a first poll brings, the pages of so many of the newest are asked for: the rest is old
/// news that nobody is told of, and would cost its publisher a request for each.
const SEED_PAGES: usize = 3;

/// So much of what was odd about a document is kept for reports.
const ODD: usize = 10;
const ODD_CHARS: usize = 300;

/// What reading and settling need to know.
#[derive(Debug)]
pub struct Knowledge {
    /// Names.
    pub table: EntityTable,
    /// Exchange rates.
    pub rates: Rates,
    /// Which deals are owed to whom.
    pub routes: Vec<Route>,
    /// Who is told when a source needs a hand.
    pub watchers: Vec<Watcher>,
    /// A rumour that nothing followed for longer is expired; `None` keeps it for ever.
    pub silence: Option<SignedDuration>,
}

impl Knowledge {
    /// Nobody is told of anything, and no rumour expires.
    pub fn new(table: EntityTable, rates: Rates) -> Knowledge {
        Knowledge { table, rates, routes: Vec::new(), watchers: Vec::new(), silence: None }
    }
}

/// What a batch of articles changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Articles that were not known.
    pub new_articles: usize,
    /// Articles whose text changed.
    pub changed_articles: usize,
    /// Articles whose text was read for deals: of those that the log holds as they are, none.
    pub extracted: usize,
    /// Of those that are new or changed, how many tell a deal as their news.
    pub relevant: usize,
    /// Mentions in new and changed articles.
    pub mentions: usize,
    /// Deals that are new.
    pub new_deals: usize,
    /// Deals that got a revision.
    pub revised_deals: usize,
    /// Messages that are owed now.
    pub owed: usize,
    /// Pages that are wanted now.
    pub wanted: usize,
    /// What was odd about the document, in words.
    pub warnings: Vec<String>,
    /// What a person is told of the source.
    pub note: Option<SourceNote>,
}

impl Outcome {
    fn add(&mut self, settled: &Settled) {
        self.new_articles += usize::from(settled.is_new);
        self.changed_articles += usize::from(settled.changed && !settled.is_new);
        self.relevant += usize::from(settled.relevant);
        self.mentions += settled.mentions;
        self.new_deals += settled.new_deals;
        self.revised_deals += settled.revised_deals;
        self.owed += settled.owed;
        self.wanted += usize::from(settled.wanted);
    }

    /// The counts at every stage that `doctor` shows, once for all that a transaction settles.
    fn count(
        &self,
        tx: &store::rusqlite::Transaction<'_>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let stages = [
            ("articles", self.new_articles),
            ("relevant", self.relevant),
            ("mentions", self.mentions),
            ("deals", self.new_deals),
            ("revisions", self.revised_deals),
            ("owed", self.owed),
        ];
        stages.into_iter().try_for_each(|(stage, n)| store::counter::bump(tx, stage, n as u64, now))
    }
}

/// A document could not be read, or what it says could not be stored.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// The document is not what the source should deliver.
    #[error(transparent)]
    Parse(#[from] parse::ParseError),
    /// The log could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A bug in reading; the document is skipped.
    #[error("reading it panicked; this is a bug, please report the document")]
    Panicked,
    /// Reading took longer than any document may take.
    #[error("reading it took more than {secs}s")]
    Late {
        /// How long was waited.
        secs: u64,
    },
}

impl PipelineError {
    /// The failure as a word.
    pub fn cause(&self) -> PollCause {
        match self {
            Self::Store(_) | Self::Panicked => PollCause::Internal,
            Self::Late { .. } => PollCause::Unreadable,
            Self::Parse(error) => match error {
                parse::ParseError::Empty { .. } => PollCause::Empty,
                parse::ParseError::TooLarge { .. } => PollCause::TooLarge,
                parse::ParseError::WebPage { .. } => PollCause::NotAFeed,
                parse::ParseError::BotWall { .. } => PollCause::BotWall,
                parse::ParseError::NothingMatched { .. } | parse::ParseError::NothingAt { .. } => {
                    PollCause::NothingMatched
                }
                // Whatever else is wrong with a document, it could not be read.
                _ => PollCause::Unreadable,
            },
        }
    }
}

/// A reading with where each of its mentions is.
pub type Placed = (Reading, Vec<Place>);

/// The parts in their order, over one log.
#[derive(Debug, Clone)]
pub struct Pipeline {
    store: Store,
    knowledge: Arc<Knowledge>,
}

/// The feed's own wishes, as the cadence takes them.
pub fn hints(hints: parse::Hints) -> Hints {
    let parse::Hints { ttl_minutes, skip_hours, skip_days, update_every_secs } = hints;
    Hints { ttl_minutes, update_every_secs, ..Hints::default() }
        .with_skip_hours(skip_hours)
        .with_skip_days(skip_days)
}

/// What an operator is told of a move.
pub fn moved_words(rewritten: &Rewritten) -> String {
    format!(
        "it has moved for good to {} and is asked there from now on: write the new address into \
         the catalogue",
        shown(&rewritten.to)
    )
}

/// A document as parse and extract read it, ready to be settled.
#[derive(Debug)]
pub struct Readings {
    /// Oldest first: a feed lists the newest first, and a rumour comes before its denial.
    pub articles: Vec<Delivered>,
    /// What was odd, in words.
    pub warnings: Vec<String>,
    /// What the document asks of the cadence.
    pub hints: Hints,
    /// Documents in which the source goes on.
    pub further: Vec<parse::Further>,
}

impl Readings {
    /// Of a document that says nothing.
    pub fn none(hints: Hints) -> Readings {
        Readings { articles: Vec::new(), warnings: Vec::new(), hints, further: Vec::new() }
    }

    /// Takes over what another document of the same source says.
    pub fn extend(&mut self, other: Readings) {
        self.articles.extend(other.articles);
        self.articles.sort_by_key(|delivered| delivered.article().published);
        self.warnings.extend(other.warnings);
    }
}

impl Pipeline {
    /// Over a log.
    pub fn new(store: Store, knowledge: Arc<Knowledge>) -> Pipeline {
        Pipeline { store, knowledge }
    }

    /// The log.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// What it knows.
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// Reads a polled document: entries, articles, and the mentions of those that the log does not
    /// hold as they are. Writes nothing, and blocks a thread for its duration.
    pub fn read(&self, document: &Document, source: &Source) -> Result<Readings, PipelineError> {
        let parsed = parse::entries(document, source)?;
        let mut articles: Vec<Unread> = parsed
            .entries
            .iter()
            .map(|entry| Unread::new(parse::article(entry, source, document.fetched_at)))
            .collect();
        articles.reverse();
        articles.sort_by_key(|unread| unread.article.published);
        let articles = self.delivered(&source.id, articles)?;
        let warnings = parsed.warnings.iter().map(ToString::to_string).collect();
        Ok(Readings { articles, warnings, hints: hints(parsed.hints), further: parsed.further })
    }

    /// Reads those articles that the log does not hold as they are, all by one look at it. The look
    /// decides what is worth the work and nothing else: what is settled is asked for in the
    /// transaction that settles it.
    fn delivered(
        &self,
        source: &SourceId,
        articles: Vec<Unread>,
    ) -> Result<Vec<Delivered>, StoreError> {
        let held = self.store.read_blocking(|conn| {
            if !store::article::knows(conn, source)? {
                return Ok(vec![false; articles.len()]);
            }
            let holds = |u: &Unread| store::article::holds(conn, &u.article, &u.content_hash);
            articles.iter().map(holds).collect()
        })?;
        let table = &self.knowledge.table;
        let deliver = |(unread, held): (Unread, bool)| {
            if held {
                Delivered::Held(Box::new(unread))
            } else {
                Delivered::Read(Box::new(unread.read(table)))
            }
        };
        Ok(articles.into_iter().zip(held).map(deliver).collect())
    }

    /// Settles what a poll brought, together with the new state of its source, which is returned.
    ///
    /// `live` is false for a first poll, which seeds: deals are recorded and nobody is told. Nor is
    /// anybody told of entries that are held back (see [`crate::source::flood`]).
    pub async fn settle_poll(
        &self,
        landing: Landing,
        readings: Readings,
        live: bool,
    ) -> Result<(SourceState, Outcome), PipelineError> {
        let knowledge = Arc::clone(&self.knowledge);
        let Readings { articles, warnings, .. } = readings;
        let write = move |tx: &store::rusqlite::Transaction<'_>| {
            let now = landing.now;
            let mut outcome = Outcome { warnings: warnings.clone(), ..Outcome::default() };
            let arrival = arrival::look(tx, &landing, &articles)?;
            for (place, (delivered, held)) in articles.iter().zip(&arrival.held).enumerate() {
                let newest = place + SEED_PAGES >= articles.len();
                let how = How { live: live && !held, page: !held && (live || newest), now };
                let (settled, read) = settle::delivered(tx, &knowledge, delivered, how)?;
                outcome.add(&settled);
                outcome.extracted += usize::from(read);
            }
            let (mut state, rewritten) = landing.clone().land(&arrival.seen);
            let (flood, words) = arrival::flag(state.flood, &arrival.held, now);
            state.flood = flood;
            state.odd = warnings
                .iter()
                .take(ODD)
                .map(|words| words.chars().take(ODD_CHARS).collect())
                .collect();
            outcome.warnings.extend(words);
            outcome.warnings.extend(rewritten.map(|rewritten| moved_words(&rewritten)));
            let watchers = &knowledge.watchers;
            let (note, owed) =
                store::source::save_polled(tx, &landing.source, &state, watchers, now)?;
            outcome.note = note;
            outcome.owed += owed;
            store::counter::bump(tx, "fetched", 1, now)?;
            store::counter::bump(tx, "parsed", articles.len() as u64, now)?;
            outcome.count(tx, now)?;
            Ok((state, outcome))
        };
        Ok(self.store.write_together(write).await?)
    }

    /// Reads the page of an article whose feed had a stub; the page is a revision of the article.
    pub fn read_page(&self, document: &Document, stub: Article) -> Result<Reading, PipelineError> {
        let page = parse::main_text(document)?;
        Ok(Reading::new(full(stub, page), &self.knowledge.table))
    }

    /// Settles a page that was wanted.
    pub async fn settle_page(
        &self,
        document: &Document,
        reading: Reading,
        live: bool,
        now: Timestamp,
    ) -> Result<Outcome, PipelineError> {
        let knowledge = Arc::clone(&self.knowledge);
        let purpose = document.purpose;
        let write = move |tx: &store::rusqlite::Transaction<'_>| {
            let mut outcome = Outcome::default();
            let how = How { live, page: true, now };
            outcome.add(&settle::article(tx, &knowledge, &reading, how)?);
            if let Purpose::Page(article) = purpose {
                store::wanted::done(tx, article)?;
            }
            store::counter::bump(tx, "pages", 1, now)?;
            outcome.count(tx, now)?;
            Ok(outcome)
        };
        Ok(self.store.write(write).await?)
    }

    /// Settles articles that did not come from a poll, each with the deals its mentions are in, in
    /// the order of [`Reading::mentions`].
    pub fn settle_batch_blocking(
        &self,
        readings: Vec<Reading>,
        live: bool,
        now: Timestamp,
    ) -> Result<Vec<Placed>, PipelineError> {
        let knowledge = Arc::clone(&self.knowledge);
        let write = move |tx: &store::rusqlite::Transaction<'_>| {
            let mut settled = Vec::with_capacity(readings.len());
            let mut outcome = Outcome::default();
            for reading in readings {
                let how = How { live, page: true, now };
                let done = settle::article(tx, &knowledge, &reading, how)?;
                outcome.add(&done);
                settled.push((reading, settle::places(tx, done.article)?));
            }
            outcome.count(tx, now)?;
            Ok(settled)
        };
        Ok(self.store.write_blocking(write)?)
    }

    /// Takes a person's decision and resolves what it touches, in one transaction. An inner error
    /// is what the person is told; nothing may be written before it.
    pub fn decide_blocking<T, E>(
        &self,
        take: impl FnOnce(
            &store::rusqlite::Transaction<'_>,
            &Knowledge,
        ) -> Result<Result<(T, Redo), E>, StoreError>
        + Send
        + 'static,
        now: Timestamp,
    ) -> Result<Result<T, E>, StoreError>
    where
        T: Send + 'static,
        E: Send + 'static,
    {
        let knowledge = Arc::clone(&self.knowledge);
        self.store.write_blocking(move |tx| match take(tx, &knowledge)? {
            Ok((answer, redo)) => {
                settle::redo(tx, &knowledge, &redo, now)?;
                Ok(Ok(answer))
            }
            Err(refusal) => Ok(Err(refusal)),
        })
    }
}

/// The article of a stub, told by its page, unless the feed's text is the longer one. The feed's
/// title stays: it is what outlets agree on, and a page's own often carries the site's name.
fn full(stub: Article, page: parse::PageText) -> Article {
    let is_fuller = page.text.len() > stub.text.len();
    Article {
        title: if stub.title.is_empty() { page.title } else { stub.title },
        text: if is_fuller { page.text } else { stub.text },
        text_kind: if is_fuller { TextKind::Full } else { stub.text_kind },
        lang: if is_fuller { page.lang } else { stub.lang },
        published: stub.published.or(page.published),
        author: stub.author.or(page.author),
        canonical_url: page.canonical.or(stub.canonical_url),
        publisher: Publisher::of(stub.publisher, page.origin),
        ..stub
    }
}

#[cfg(test)]
mod tests;
