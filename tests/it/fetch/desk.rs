//! A poller with a log behind it: what is polled is read, settled and owed, as the daemon does it.

use std::fmt::Write as _;
use std::sync::Arc;

use dealwatch::domain::ArticleId;
use dealwatch::domain::Document;
use dealwatch::domain::Purpose;
use dealwatch::domain::Rates;
use dealwatch::domain::Route;
use dealwatch::domain::SourceState;
use dealwatch::domain::Validators;
use dealwatch::entity::EntityTable;
use dealwatch::fetch::PollOutcome;
use dealwatch::fetch::Polled;
use dealwatch::pipeline::Knowledge;
use dealwatch::pipeline::Outcome;
use dealwatch::pipeline::Pipeline;
use dealwatch::pipeline::Readings;
use dealwatch::store;
use dealwatch::store::Store;
use jiff::Timestamp;
use url::Url;

use super::Poller;

/// A poll that is read and not settled.
pub type Read = (Polled, Readings);

pub struct Desk {
    pub poller: Poller,
    pipeline: Pipeline,
    _folder: tempfile::TempDir,
}

impl Desk {
    pub fn new(url: &Url) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path().join("log.db"), Timestamp::UNIX_EPOCH).unwrap();
        let route = Route {
            name: "all".to_owned(),
            filter: "ai:true".parse().unwrap(),
            receivers: vec!["desk".to_owned()],
            wait: std::time::Duration::ZERO,
        };
        let knowledge = Knowledge {
            routes: vec![route],
            ..Knowledge::new(
                EntityTable::shipped().clone(),
                Rates::parse(include_str!("../../../config/fx-yearly.csv")).unwrap(),
            )
        };
        let pipeline = Pipeline::new(store, Arc::new(knowledge));
        Desk { poller: Poller::new(url), pipeline, _folder: folder }
    }

    /// Polls; a document is read and settled, and the state stored with it counts.
    pub async fn poll(&mut self) -> Outcome {
        match Box::pin(self.read()).await {
            Some(read) => Box::pin(self.settle(read)).await,
            None => Outcome::default(),
        }
    }

    /// Polls and reads; nothing is stored yet.
    pub async fn read(&mut self) -> Option<Read> {
        let mut polled = self.poller.poll().await;
        assert!(!matches!(polled.outcome, PollOutcome::Failed(_)), "{:?}", polled.outcome);
        let document = polled.document.take()?;
        let readings = self.pipeline.read(&document, &self.poller.source).unwrap();
        Some((polled, readings))
    }

    /// Settles what was read.
    pub async fn settle(&mut self, (polled, readings): Read) -> Outcome {
        let landing = polled.landing(readings.hints);
        let live = landing.before.is_some();
        let (state, outcome) = self.pipeline.settle_poll(landing, readings, live).await.unwrap();
        self.poller.state = state;
        outcome
    }

    /// Settles the page of a stub.
    pub async fn page(&mut self, article: ArticleId, html: &str) -> Outcome {
        let stub = self.pipeline.store().read_blocking(|conn| store::article::load(conn, article));
        let stub = stub.unwrap().article;
        let url: Url = stub.url.as_deref().unwrap().parse().unwrap();
        let document = Document {
            source: stub.source.clone(),
            purpose: Purpose::Page(article),
            url: url.clone(),
            final_url: url,
            content_type: Some("text/html; charset=utf-8".to_owned()),
            validators: Validators::default(),
            fetched_at: Timestamp::UNIX_EPOCH,
            body: html.as_bytes().to_vec(),
        };
        let reading = self.pipeline.read_page(&document, stub).unwrap();
        self.pipeline.settle_page(&document, reading, true, Timestamp::UNIX_EPOCH).await.unwrap()
    }

    /// What the log holds of an article.
    pub fn stored(&self, article: ArticleId) -> store::article::Stored {
        let load = |conn: &_| store::article::load(conn, article);
        self.pipeline.store().read_blocking(load).unwrap()
    }

    pub fn state(&self) -> &SourceState {
        &self.poller.state
    }
}

/// One entry of a feed.
#[derive(Debug, Clone)]
pub struct Item {
    pub guid: String,
    pub link: String,
    pub title: String,
    /// Seconds before the clock of the tests starts.
    pub age: i64,
}

/// Companies nobody has heard of, each funded once.
pub fn items(count: usize) -> Vec<Item> {
    (0..count)
        .map(|n| Item {
            guid: format!("id-{n}"),
            link: format!("https://paper.test/story/{n}"),
            title: format!(
                "AI startup {} raises ${} million in Series A funding led by Northfold Capital",
                name(n),
                10 + n
            ),
            age: 3_600 * (i64::try_from(n).unwrap() + 1),
        })
        .collect()
}

fn name(n: usize) -> String {
    const FIRST: [&str; 5] = ["Quarry", "Lumen", "Tarn", "Velvet", "Osprey"];
    const LAST: [&str; 5] = ["loom", "grove", "spire", "mere", "forge"];
    format!("{}{}", FIRST[n % 5], LAST[n / 5 % 5])
}

/// A feed of these entries, with more elements in its head.
pub fn feed(head: &str, items: &[Item]) -> String {
    let start: Timestamp = super::START.parse().unwrap();
    let mut xml = format!("<rss version=\"2.0\"><channel><title>Paper</title>{head}");
    for Item { guid, link, title, age } in items {
        let at = Timestamp::from_second(start.as_second() - age).unwrap();
        let date = at.strftime("%a, %d %b %Y %H:%M:%S +0000");
        write!(
            xml,
            "<item><guid isPermaLink=\"false\">{guid}</guid><link>{link}</link>\
             <title>{title}</title><pubDate>{date}</pubDate>\
             <description>{title}. The round closed this week.</description></item>"
        )
        .unwrap();
    }
    xml + "</channel></rss>"
}
