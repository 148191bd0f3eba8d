//! The cast: outlets, articles and what must be read from them, compiled in as TOML.
//!
//! # Invariants
//!
//! - Every company, person, figure and sentence is made up; the few real names (Moonshot AI
//!   and one of the investors) carry figures that are plainly fictional.
//! - Loading cannot fail at run time: a test loads everything that is compiled in.

use serde::Deserialize;
use serde::Serialize;

/// The storylines, by name. `expected.toml` and `outlets.toml` are not storylines.
const STORIES: &[(&str, &str)] = &[
    ("backlog", include_str!("stories/backlog.toml")),
    ("corporate", include_str!("stories/corporate.toml")),
    ("marrowgate", include_str!("stories/marrowgate.toml")),
    ("moonshot", include_str!("stories/moonshot.toml")),
    ("nodeal", include_str!("stories/nodeal.toml")),
    ("people", include_str!("stories/people.toml")),
    ("portolan", include_str!("stories/portolan.toml")),
    ("rounds", include_str!("stories/rounds.toml")),
    ("roundup", include_str!("stories/roundup.toml")),
    ("starlane", include_str!("stories/starlane.toml")),
    ("vague", include_str!("stories/vague.toml")),
    ("yanling", include_str!("stories/yanling.toml")),
];

/// Everything the newsroom publishes and everything that must come of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Cast {
    /// In the order in which they are listed.
    pub outlets: Vec<Outlet>,
    /// All storylines, in the order of release.
    pub articles: Vec<Article>,
    /// What must be read from them.
    pub expected: Expected,
}

/// A made-up publisher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outlet {
    /// Also the first segment of every path it serves.
    pub id: String,
    /// As readers see it.
    pub name: String,
    /// What it says of itself.
    pub tagline: String,
    /// How it publishes.
    pub format: Format,
    /// A BCP 47 tag: `en`, `zh` or `zh-Hant`.
    pub language: String,
    /// ISO 3166, two letters.
    pub country: String,
    /// How close it is to the facts.
    pub class: Class,
}

/// How an outlet publishes its news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// RSS 2.0 with the full text in `content:encoded`.
    Rss2,
    /// RSS 1.0 (RDF) with Dublin Core dates and authors.
    Rss1,
    /// Atom 1.0 with a summary and the full text.
    Atom,
    /// JSON Feed 1.1 with summaries alone; the article's page has the text.
    Json,
    /// RSS 2.0 in GB18030 that calls itself GB2312, as many such feeds do.
    #[serde(rename = "rss2_gb18030")]
    Rss2Gb18030,
    /// An HTML list page with relative dates; the article's page has the text.
    List,
}

/// How close an outlet is to the facts; a merge trusts a wire more than an aggregator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Announcements as they are issued.
    Wire,
    /// Reporters of its own.
    Media,
    /// Others' news, shortened.
    Aggregator,
    /// The news of one company.
    Company,
}

/// One article of one outlet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// The outlet's `id`.
    pub outlet: String,
    /// Seconds after the start at pace 1; 0 is the backlog that the first poll finds.
    pub at: u32,
    /// Unique in the whole cast; the page is `/<outlet>/<slug>.html`.
    pub slug: String,
    /// The headline, without markup.
    pub title: String,
    /// Paragraphs, with a blank line between them.
    pub text: String,
    /// The byline.
    #[serde(default)]
    pub author: Option<String>,
    /// What the feed shows where it does not carry the text; else the first paragraph is shown.
    #[serde(default)]
    pub stub: Option<String>,
    /// For the backlog: published so many hours before the start.
    #[serde(default)]
    pub age_hours: Option<u32>,
    /// The storyline's file, without `.toml`.
    #[serde(default)]
    pub story: String,
}

impl Article {
    /// The text, paragraph by paragraph.
    pub fn paragraphs(&self) -> impl Iterator<Item = &str> {
        self.text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty())
    }

    /// The short text for feeds that have no room for the whole.
    pub fn summary(&self) -> &str {
        self.stub.as_deref().or_else(|| self.paragraphs().next()).unwrap_or_default().trim()
    }
}

/// What the log must hold, and must not hold, after the last release.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// Every deal that must stand in the log; a deal of none of these is one too many.
    #[serde(rename = "deal", default)]
    pub deals: Vec<ExpectedDeal>,
    /// Articles from which no news of a deal may come.
    #[serde(rename = "absent", default)]
    pub absent: Vec<Absent>,
}

/// One deal as it must stand at the end. Kinds, statuses, rounds and qualifiers are the words of
/// the product as it prints them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedDeal {
    /// For messages of tests.
    pub key: String,
    /// Any of these is the right name.
    pub target: Vec<String>,
    /// Funding, acquisition and so on.
    pub kind: String,
    /// Where the deal stands at the end.
    pub status: String,
    /// Other right answers for `status`: `完成融资` is how an announcement is worded, and says that
    /// it is closed.
    #[serde(default)]
    pub status_also: Vec<String>,
    /// The statuses the deal went through, in order and without repeats; the last is `status`.
    pub status_steps: Vec<String>,
    /// The code; absent when no article names one.
    #[serde(default)]
    pub round: Option<String>,
    /// Absent when no article gives one and none says it is undisclosed.
    #[serde(default)]
    pub amount: Option<ExpectedAmount>,
    /// Absent when no article gives one.
    #[serde(default)]
    pub valuation: Option<ExpectedAmount>,
    /// One list of acceptable names per party, as for `target`.
    #[serde(default)]
    pub acquirers: Vec<Vec<String>>,
    /// All investors, those who lead among them.
    #[serde(default)]
    pub investors: Vec<Vec<String>>,
    /// Those who lead, named in `investors` as well.
    #[serde(default)]
    pub leads: Vec<Vec<String>>,
    /// As for `acquirers`.
    #[serde(default)]
    pub sellers: Vec<Vec<String>>,
    /// In per cent of the target's shares.
    #[serde(default)]
    pub stake_pct: Option<f64>,
    /// Slugs of the articles that must be its sources.
    pub articles: Vec<String>,
    /// Slugs of articles that tell it in passing: they may be its sources.
    #[serde(default)]
    pub may: Vec<String>,
    /// Fields that have more than one right answer and are not checked.
    #[serde(default)]
    pub unchecked: Vec<String>,
    /// Whether people are told at least once; `false` for what the first poll seeds.
    pub alert: bool,
}

/// An amount in whole currency units; a missing bound is an open one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedAmount {
    /// The lower bound.
    #[serde(default)]
    pub min: Option<i64>,
    /// The upper bound.
    #[serde(default)]
    pub max: Option<i64>,
    /// ISO 4217; absent when the amount is undisclosed.
    #[serde(default)]
    pub currency: Option<String>,
    /// How the words bound it.
    pub qualifier: String,
    /// For a valuation: `pre` or `post`, absent where the articles do not say.
    #[serde(default)]
    pub basis: Option<String>,
}

/// An article from which no deal may come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Absent {
    /// The article.
    pub slug: String,
    /// What it is instead.
    pub why: String,
    /// What may be kept of it; nothing of it may be alerted.
    #[serde(default)]
    pub record: Kept,
    /// Names that the article prints and that must not be the target of any recorded deal, or of
    /// any alerted one where something may be kept.
    pub names: Vec<String>,
}

/// What the log may keep of an article that is no news of a deal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// No record at all.
    #[default]
    Nothing,
    /// A deal told in passing.
    Background,
    /// A deal, of a company that is no AI company.
    NotAi,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OutletsFile {
    outlet: Vec<Outlet>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StoryFile {
    article: Vec<Article>,
}

/// The cast that is compiled in.
pub fn cast() -> Cast {
    const WHY: &str = "a test reads all that is compiled in";
    let outlets: OutletsFile = toml::from_str(include_str!("stories/outlets.toml")).expect(WHY);
    let expected = toml::from_str(include_str!("stories/expected.toml")).expect(WHY);
    let mut articles = Vec::new();
    for (name, text) in STORIES {
        let story: StoryFile = toml::from_str(text).expect(WHY);
        articles.extend(
            story.article.into_iter().map(|article| Article { story: (*name).into(), ..article }),
        );
    }
    articles.sort_by_key(|article| article.at);
    Cast { outlets: outlets.outlet, articles, expected }
}
