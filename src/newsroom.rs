//! A newsroom on loopback with made-up stories, for `demo` and for tests.
//!
//! Six outlets, each in another format, publish the compiled-in [`Cast`] as time goes by. Beside
//! them stand a webhook sink and a count of requests, so that a test can run the
//! newsroom as a process of its own and see what a daemon did.
//!
//! # Invariants
//!
//! - No clock: the caller says when it started and how much time has passed.
//! - What is served is a function of the cast, the beginning and the time since;
//!   [`Newsroom::reply_at`] answers without a socket.
//! - A validator changes whenever an article of the outlet is released, and only then.
//!
//! # Not here
//!
//! What a source is to the daemon: [`Newsroom::sources`] describes the outlets in plain values.

mod cast;
mod clock;
mod feeds;
mod html;
mod moment;
mod pages;
mod reply;
mod serve;
mod sink;

use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;

pub use self::cast::Absent;
pub use self::cast::Article;
pub use self::cast::Cast;
pub use self::cast::Class;
pub use self::cast::Expected;
pub use self::cast::ExpectedAmount;
pub use self::cast::ExpectedDeal;
pub use self::cast::Format;
pub use self::cast::Kept;
pub use self::cast::Outlet;
pub use self::cast::cast;
pub use self::clock::Begin;
pub use self::reply::Ask;
pub use self::reply::Reply;
pub use self::sink::Arrival;

use self::clock::Clock;

/// A feed or list page shows so many articles, the newest first.
const SHOWN: usize = 20;

/// How fast the stories are released: 1 is one minute for all of them, 0 is everything at once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace(f64);

impl Pace {
    /// Everything is out from the start.
    pub const ALL_AT_ONCE: Pace = Pace(0.0);
    /// The last article appears within the minute.
    pub const ONE_MINUTE: Pace = Pace(1.0);

    /// Returns `None` for what is negative, no number, or slower than an hour for each second.
    pub fn new(factor: f64) -> Option<Pace> {
        (0.0..=3600.0).contains(&factor).then_some(Pace(factor))
    }

    fn scaled(self, seconds: u32) -> Duration {
        Duration::from_secs_f64(f64::from(seconds) * self.0)
    }
}

/// What the caller decides about a newsroom.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How fast the stories are released.
    pub pace: Pace,
    /// When the first release is counted from.
    pub begin: Begin,
    /// Scheme, host and port, without a slash at the end: `http://127.0.0.1:4080`.
    pub base_url: String,
    /// The moment at which `elapsed` was zero; articles are dated from it.
    pub started: Timestamp,
}

/// The outlets and the state of the release. *The beginning* is what [`Begin`] says.
pub struct Newsroom {
    cast: Cast,
    settings: Settings,
    clock: Clock,
}

impl Newsroom {
    /// `elapsed` tells the time since `settings.started`; it may stand still but not run back.
    pub fn new(
        cast: Cast,
        settings: Settings,
        elapsed: impl Fn() -> Duration + Send + Sync + 'static,
    ) -> Newsroom {
        let outlets = cast.outlets.iter().map(|outlet| outlet.id.clone());
        let clock = Clock::new(settings.begin, outlets, elapsed);
        Newsroom { cast, settings, clock }
    }

    /// What it publishes.
    pub fn cast(&self) -> &Cast {
        &self.cast
    }

    /// The outlets as a reader would configure them, in the order of the cast.
    pub fn sources(&self) -> Vec<OutletSource> {
        self.cast.outlets.iter().map(|outlet| self.source(outlet)).collect()
    }

    /// How far the release has come.
    pub fn progress(&self) -> Progress {
        let released = self.released(self.clock.told()).count();
        Progress { released, articles: self.cast.articles.len() }
    }

    /// The articles that are out so long after the beginning, in the order of release.
    pub fn released(&self, elapsed: Duration) -> impl Iterator<Item = &Article> {
        self.cast.articles.iter().filter(move |article| self.release_of(article) <= elapsed)
    }

    /// When an article appears, counted from the beginning.
    pub fn release_of(&self, article: &Article) -> Duration {
        self.settings.pace.scaled(article.at)
    }

    /// When the last article appears, counted from the beginning.
    pub fn last_release(&self) -> Duration {
        self.cast.articles.iter().map(|article| self.release_of(article)).max().unwrap_or_default()
    }

    /// The date an article carries: its release, or earlier for the backlog.
    ///
    /// Where everything is released at once, the articles keep their order: each is dated as far
    /// before the start as the last of the minute is after it.
    pub fn published(&self, article: &Article) -> Timestamp {
        let started = self.settings.started;
        if let Some(hours) = article.age_hours {
            return started - Duration::from_secs(u64::from(hours) * 3600);
        }
        if self.settings.pace == Pace::ALL_AT_ONCE {
            return started - Duration::from_secs(u64::from(60_u32.saturating_sub(article.at)));
        }
        self.moment(self.release_of(article))
    }

    /// The date and time so long after the beginning.
    fn moment(&self, told: Duration) -> Timestamp {
        self.settings.started + self.clock.offset() + told
    }

    /// Where the list of an outlet's articles is.
    fn list_path(outlet: &Outlet) -> String {
        let file = match outlet.format {
            Format::Rss2 | Format::Rss1 | Format::Atom | Format::Rss2Gb18030 => "feed.xml",
            Format::Json => "feed.json",
            Format::List => "list.html",
        };
        format!("/{}/{file}", outlet.id)
    }

    /// Where an article's page is; the outlet that marks its links adds a query.
    pub fn article_url(&self, article: &Article) -> String {
        format!("{}/{}/{}.html", self.settings.base_url, article.outlet, article.slug)
    }

    fn source(&self, outlet: &Outlet) -> OutletSource {
        let path = Self::list_path(outlet);
        let page = outlet.format == Format::List;
        OutletSource {
            id: outlet.id.clone(),
            name: outlet.name.clone(),
            kind: if page { OutletKind::Page } else { OutletKind::Feed },
            url: format!("{}{path}", self.settings.base_url),
            path,
            language: outlet.language.clone(),
            country: outlet.country.clone(),
            class: outlet.class,
            selectors: page.then_some(pages::SELECTORS),
        }
    }
}

/// How far the release has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// So many articles are out.
    pub released: usize,
    /// So many will be.
    pub articles: usize,
}

impl Progress {
    /// Whether the last article is out.
    pub fn is_over(self) -> bool {
        self.released == self.articles
    }
}

/// One outlet as a reader would configure it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutletSource {
    /// Letters and hyphens.
    pub id: String,
    /// As readers see it.
    pub name: String,
    /// How a reader has to read it.
    pub kind: OutletKind,
    /// What is polled.
    pub url: String,
    /// `url` without the base.
    pub path: String,
    /// A BCP 47 tag: `en`, `zh` or `zh-Hant`.
    pub language: String,
    /// ISO 3166, two letters.
    pub country: String,
    /// How close it is to the facts.
    pub class: Class,
    /// For list pages.
    pub selectors: Option<Selectors>,
}

/// How a reader has to read an outlet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OutletKind {
    /// RSS, Atom or JSON Feed.
    Feed,
    /// A list in HTML, read with the selectors.
    Page,
}

/// CSS selectors of a list page; all but `item` are looked up within the item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Selectors {
    /// One element per article.
    pub item: &'static str,
    /// Its text is the headline.
    pub title: &'static str,
    /// Its `href` is the link.
    pub link: &'static str,
    /// Its text is the short text.
    pub summary: &'static str,
    /// Its text is the date, relative to now.
    pub time: &'static str,
}

#[cfg(test)]
mod tests;
