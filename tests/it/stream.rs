//! A made stream of news in small: its deals are found, also by an `ingest` that is killed again
//! and again.

#[path = "../../benches/stream/made.rs"]
mod made;
#[path = "../../benches/stream/score.rs"]
mod score;

mod alike;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use dealwatch::config;
use dealwatch::domain::MentionId;
use dealwatch::entity::EntityTable;
use dealwatch::pipeline::Knowledge;
use dealwatch::pipeline::Pipeline;
use dealwatch::pipeline::Reading;
use dealwatch::store;
use dealwatch::store::Store;
use serde_json::Value;
use serde_json::json;

use crate::process::Process;
use crate::process::Stream as Said;
use made::Made;
use made::Stream;
use score::Score;

const SEED: u64 = 20_261_125;
/// In one transaction.
const BATCH: usize = 50;

/// The first articles of the stream.
fn news(count: usize) -> Vec<Made> {
    Stream::new(SEED).take(count).collect()
}

/// For each mention that is an article's news its article, the deal of the log, and that of the
/// stream.
fn settle(news: &[Made]) -> Vec<(String, i64, usize)> {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("log.db"), made::at(0)).unwrap();
    let knowledge = Knowledge::new(EntityTable::shipped().clone(), config::rates().unwrap());
    let pipeline = Pipeline::new(store, Arc::new(knowledge));
    let mut told: Vec<(String, MentionId, usize)> = Vec::new();
    let now = made::at(news.iter().map(|made| made.delivered).max().unwrap());
    for batch in news.chunks(BATCH) {
        let read = |made: &Made| Reading::new(made.article.clone(), EntityTable::shipped());
        let readings: Vec<Reading> = batch.iter().map(read).collect();
        let settled = pipeline.settle_batch_blocking(readings, true, now).unwrap();
        for (made, (reading, places)) in batch.iter().zip(settled) {
            let main = reading.mentions.iter().zip(places).filter(|(told, _)| told.main);
            told.extend(
                main.map(|(_, place)| (made.article.key.clone(), place.mention, made.deal)),
            );
        }
    }
    let deal = |mention| {
        pipeline.store().read_blocking(|conn| store::mention::deal_of(conn, mention)).unwrap()
    };
    told.into_iter().filter_map(|(key, m, made)| Some((key, deal(m)?.0, made))).collect()
}

#[test]
fn a_made_stream_is_told_deal_by_deal() {
    let news = news(1_200);
    let told = settle(&news);
    let score = Score::of(&told.iter().map(|(_, log, made)| (*log, *made)).collect::<Vec<_>>());
    let Score { told: deals, found, wrong_merges, duplicates } = score;
    assert!(wrong_merges * 100 <= found * 2, "{score:?}");
    // Some companies are told under two names that no text puts side by side, with backers whose
    // names nothing links either: their deals stay two where nothing else is told.
    assert!(duplicates * 100 <= deals * 3, "{score:?}");
    assert!(told.len() * 100 >= news.len() * 90, "{} of {}", told.len(), news.len());
}

/// The deal of each article's news.
fn sorted(news: &[Made]) -> Vec<(String, i64)> {
    settle(news).into_iter().map(|(key, deal, _)| (key, deal)).collect()
}

#[test]
fn a_made_stream_ends_in_the_same_deals_whatever_its_order() {
    let mut news = news(1_200);
    let expected = sorted(&news);
    let mut dice = fastrand::Rng::with_seed(SEED);
    for turn in 1..=2 {
        dice.shuffle(&mut news);
        let alike = alike::b_cubed(&expected, &sorted(&news));
        assert!(alike >= 0.99, "B-cubed {alike:.4} in drawn order {turn}");
    }
}

fn ingest(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dealwatch"));
    command.current_dir(folder).env_clear().envs([("HOME", "home"), ("TZ", "UTC")]);
    command.env("DEALWATCH_CONFIG", "dealwatch.toml");
    command.args(["--data-dir", "data", "ingest", "in.jsonl", "--assignments", "out.jsonl"]);
    command
}

/// A folder with the stream as a file.
fn desk(news: &[Made]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let config = "[web]\nenabled = false\n[sources]\nshipped = false\n";
    fs::write(folder.path().join("dealwatch.toml"), config).unwrap();
    let line = |made: &Made| {
        let article = &made.article;
        let (id, url, source) = (&article.key, &article.url, article.source.as_str());
        json!({
            "id": id, "title": article.title, "text": article.text, "url": url,
            "published": article.published, "source": source,
        })
        .to_string()
    };
    let lines: Vec<String> = news.iter().map(line).collect();
    fs::write(folder.path().join("in.jsonl"), lines.join("\n")).unwrap();
    folder
}

/// For each document of the assignments its deals, once the run came to its end.
fn finish(folder: &Path) -> BTreeMap<String, Vec<Value>> {
    let output = ingest(folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let out = fs::read_to_string(folder.join("out.jsonl")).unwrap();
    let lines = out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let deals = |line: &Value| line["deals"].as_array().unwrap().clone();
    lines.map(|line| (line["id"].as_str().unwrap().to_owned(), deals(&line))).collect()
}

fn articles(folder: &Path) -> u64 {
    let Ok(store) = Store::open_read_only(folder.join("data/dealwatch.db")) else { return 0 };
    store.read_blocking(store::article::count).unwrap_or(0)
}

#[test]
fn an_ingest_that_is_killed_again_and_again_ends_with_the_same_deals() {
    let news = news(900);
    let calm = desk(&news);
    let expected = finish(calm.path());

    let killed = desk(&news);
    let mut dice = fastrand::Rng::with_seed(SEED);
    let mut kills = 0;
    loop {
        let aim = articles(killed.path()) + dice.u64(1..250);
        if aim >= news.len() as u64 {
            break;
        }
        let mut run = Process::start(&mut ingest(killed.path()), Said::Out);
        run.wait_until("so many articles", || articles(killed.path()) >= aim);
        // The next pieces are being read or written.
        run.kill();
        kills += 1;
        let store = Store::open_read_only(killed.path().join("data/dealwatch.db")).unwrap();
        assert_eq!(store.read_blocking(store::check).unwrap(), Vec::<String>::new());
    }
    assert!(kills >= 3, "{kills}");
    assert_eq!(finish(killed.path()), expected);
    assert_eq!(articles(killed.path()), articles(calm.path()));
}
