//! What it costs to read, resolve and keep a long stream of news: 100,000 made articles on 10,000
//! deals through extraction, resolution and store into one database file, as `ingest` does it.
//!
//! `cargo bench --bench stream`; `DEALWATCH_BENCH_ARTICLES` names another number of articles,
//! `DEALWATCH_BENCH_OUT` a folder that gets the table and the plot that `docs/performance.md`
//! shows.

mod clock;
mod made;
mod report;
mod score;

use std::sync::Arc;

use dealwatch::config;
use dealwatch::domain::MentionId;
use dealwatch::entity::EntityTable;
use dealwatch::pipeline::Knowledge;
use dealwatch::pipeline::Pipeline;
use dealwatch::pipeline::Reading;
use dealwatch::store;
use dealwatch::store::Store;

use clock::Clock;
use made::Made;
use report::Row;
use score::Score;

type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

const ARTICLES: usize = 100_000;
/// Articles in one transaction, as `ingest` has them.
const BATCH: usize = 100;
/// A row of the report.
const ROW: usize = 10_000;
const SEED: u64 = 20_261_125;

fn main() -> Outcome<()> {
    let wanted = std::env::var("DEALWATCH_BENCH_ARTICLES").ok().and_then(|n| n.parse().ok());
    let articles: usize = wanted.unwrap_or(ARTICLES);
    let resolve_time = clock::Spans::install()?;
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("log.db");
    let store = Store::open(&path, made::at(0))?;
    let knowledge = Knowledge::new(EntityTable::shipped().clone(), config::rates()?);
    let pipeline = Pipeline::new(store, Arc::new(knowledge));
    let mut rows: Vec<Row> = Vec::new();
    let mut truth: Vec<(MentionId, usize)> = Vec::new();
    let mut stream = made::Stream::new(SEED);
    report::head()?;
    for done in (0..articles).step_by(ROW) {
        let count = ROW.min(articles - done);
        let news: Vec<Made> = stream.by_ref().take(count).collect();
        let clock = Clock::start(&resolve_time)?;
        let mut read_secs = 0.0;
        for batch in news.chunks(BATCH) {
            let before = clock::thread_secs();
            let readings: Vec<Reading> = batch
                .iter()
                .map(|made| Reading::new(made.article.clone(), &pipeline.knowledge().table))
                .collect();
            read_secs += clock::thread_secs() - before;
            let now = made::at(batch.last().map_or(0, |made| made.delivered));
            let settled = pipeline.settle_batch_blocking(readings, true, now)?;
            for (made, (reading, places)) in batch.iter().zip(settled) {
                let told = reading.mentions.iter().zip(places).filter(|(told, _)| told.main);
                truth.extend(told.map(|(_, place)| (place.mention, made.deal)));
            }
        }
        let row = clock.row(done + count, count, read_secs, &path)?;
        report::row(&row)?;
        rows.push(row);
    }
    let deals = pipeline.store().read_blocking(|conn| {
        let deal = |(mention, deal): &(MentionId, usize)| {
            Ok(store::mention::deal_of(conn, *mention)?.map(|found| (found.0, *deal)))
        };
        truth.iter().filter_map(|told| deal(told).transpose()).collect::<Result<Vec<_>, _>>()
    })?;
    report::foot(&rows, &Score::of(&deals))
}
