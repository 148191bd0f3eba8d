//! `dealwatch replay` over a log that an earlier version filled, killed and run again.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use std::sync::Arc;

use dealwatch::cli::context::now;
use dealwatch::config;
use dealwatch::domain::Amount;
use dealwatch::domain::Article;
use dealwatch::domain::ArticleId;
use dealwatch::domain::Cause;
use dealwatch::domain::Currency;
use dealwatch::domain::Lang;
use dealwatch::domain::Qualifier;
use dealwatch::domain::TextKind;
use dealwatch::entity::EntityTable;
use dealwatch::pipeline::Knowledge;
use dealwatch::pipeline::Pipeline;
use dealwatch::pipeline::Reading;
use dealwatch::store;
use dealwatch::store::Store;
use dealwatch::store::mention::Versions;
use jiff::ToSpan;
use serde_json::Value;

use crate::process::Process;
use crate::process::Stream;

const BEGINNINGS: &[&str] = &["Lantern", "Harrow", "Tallow", "Copper", "Willow"];
const ENDS: &[&str] = &["fish", "gate", "mere", "field"];
/// So many that a run takes several pieces.
const ORDINARY: usize = 400;

/// A data directory with a log that version `0` filled: every sum is misread.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Folder {
        let folder = Folder(tempfile::tempdir().unwrap());
        let data = folder.0.path().join("data");
        fs::create_dir(&data).unwrap();
        let config = format!(
            "data_dir = '{}'\n[sources]\nshipped = false\n[web]\nenabled = false\n",
            data.display()
        );
        fs::write(folder.config(), config).unwrap();
        let store = Store::open(folder.database(), now()).unwrap();
        let knowledge = Knowledge::new(EntityTable::shipped().clone(), config::rates().unwrap());
        let pipeline = Pipeline::new(store, Arc::new(knowledge));
        pipeline.settle_batch_blocking(readings(), true, now()).unwrap();
        pipeline
            .store()
            .write_blocking(|tx| {
                let count = i64::try_from(store::article::count(tx)?).unwrap();
                for id in 1..=count {
                    let versions = Versions { extractor: "0", entities: "0" };
                    store::replay::mark(tx, ArticleId(id), versions)?;
                }
                Ok(())
            })
            .unwrap();
        folder
    }

    fn config(&self) -> PathBuf {
        self.0.path().join("dealwatch.toml")
    }

    fn database(&self) -> PathBuf {
        self.0.path().join("data/dealwatch.db")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dealwatch"));
        command.arg("--config").arg(self.config()).args(arguments);
        command.env_remove("DEALWATCH_CONFIG");
        command
    }

    #[track_caller]
    fn run(&self, arguments: &[&str]) -> (String, String) {
        let Output { status, stdout, stderr } = self.command(arguments).output().unwrap();
        let (out, err) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
        assert!(status.success(), "{status}\n{out}\n{err}");
        (out, err)
    }

    /// Deals by company and sum, and how many revisions a replay made.
    fn state(&self) -> (Vec<(String, i64)>, usize) {
        let store = Store::open_read_only(self.database()).unwrap();
        store
            .read_blocking(|conn| {
                assert_eq!(store::check(conn)?, Vec::<String>::new());
                let events = store::deal::events(conn, 0, 10_000)?;
                let replayed = events.iter().filter(|e| e.revision.cause == Cause::Replay).count();
                let mut deals: Vec<(String, i64)> = events
                    .iter()
                    .map(|e| store::deal::load(conn, e.revision.deal))
                    .collect::<Result<Vec<_>, _>>()?
                    .into_iter()
                    .flatten()
                    .map(|r| (r.facts.target, r.facts.amount.and_then(|a| a.min).unwrap_or(0)))
                    .collect();
                deals.sort();
                deals.dedup();
                Ok((deals, replayed))
            })
            .unwrap()
    }

    /// Articles done of all, by the runs so far.
    fn progress(&self) -> (u64, u64) {
        let store = Store::open_read_only(self.database()).unwrap();
        let ask = "SELECT coalesce(sum(done), 0), coalesce(sum(total), 0) FROM replay";
        let counts = store
            .read_blocking(|conn| {
                Ok(conn.query_row(ask, [], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?)))?)
            })
            .unwrap();
        let (done, total): (i64, i64) = counts;
        (done.unsigned_abs(), total.unsigned_abs())
    }
}

fn readings() -> Vec<Reading> {
    let names =
        BEGINNINGS.iter().flat_map(|start| ENDS.iter().map(move |end| format!("{start}{end} AI")));
    let told = names.map(|name| {
        let text = format!(
            "{name}, an artificial intelligence startup, raised $40 million in a Series A round \
             led by Beacon Capital, the company announced on Monday."
        );
        let mut reading = reading(&name, text);
        assert!(!reading.mentions.is_empty(), "{name} is read");
        for mention in &mut reading.mentions {
            mention.amount = Some(Amount::new("", 4_000_000, Currency::USD, Qualifier::Exact));
        }
        reading
    });
    let ordinary = (0..ORDINARY)
        .map(|n| reading(&format!("rain {n}"), format!("Rain is expected along pier {n} today.")));
    let mut all: Vec<Reading> = ordinary.collect();
    for (index, reading) in told.enumerate() {
        all.insert(index * (ORDINARY / 20), reading);
    }
    all
}

fn reading(key: &str, text: String) -> Reading {
    let article = Article {
        source: "paper".into(),
        key: key.to_owned(),
        url: None,
        canonical_url: None,
        title: String::new(),
        text,
        text_kind: TextKind::Full,
        lang: Lang::En,
        published: Some(now() - 48.hours()),
        author: None,
        publisher: None,
    };
    Reading::new(article, EntityTable::shipped())
}

#[test]
fn without_apply_the_difference_is_shown_and_nothing_is_written() {
    let folder = Folder::new();
    let before = folder.state();
    let (out, err) = folder.run(&["replay", "--since", "90d"]);
    assert!(out.contains("Lanternfish AI  changed"), "{out}");
    assert!(out.contains("amount          $4M → $40M"), "{out}");
    assert!(out.contains("read again: "), "{out}");
    assert!(err.contains("20 changed") && err.contains("--apply"), "{err}");
    assert_eq!(folder.state(), before);
    assert_eq!(folder.progress(), (0, 0));
    let left: Vec<_> = fs::read_dir(folder.0.path().join("data")).unwrap().flatten().collect();
    assert!(left.iter().all(|entry| !entry.file_name().to_string_lossy().starts_with("replay-")));
    let (json, _) = folder.run(&["replay", "--since", "90d", "--format", "json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["tally"]["changed"], 20);
    assert_eq!(json["deals"].as_array().unwrap().len(), 20);
    assert_eq!(json["run"]["total"], 420);
}

#[test]
fn a_run_that_is_killed_goes_on_where_it_was() {
    let folder = Folder::new();
    let arguments = ["replay", "--since", "90d", "--apply"];
    for more in [50, 200] {
        let mut process = Process::start(&mut folder.command(&arguments), Stream::Err);
        process.wait_until("some progress", || folder.progress().0 >= more);
        process.kill();
        folder.state();
    }
    let (done, total) = folder.progress();
    assert!(done < total, "it was done before it could be killed");
    let (out, err) = folder.run(&arguments);
    assert_eq!(folder.progress(), (420, 420), "one run, each article once");
    assert!(err.contains("20 changed"), "what was done before the kill is told as well: {err}");
    assert_eq!(out.matches("$4M → $40M").count(), 20, "{out}");
    let (deals, revisions) = folder.state();
    assert_eq!((deals.len(), revisions), (20, 20));
    assert!(deals.iter().all(|(_, sum)| *sum == 40_000_000), "{deals:?}");
    let (_, err) = folder.run(&arguments);
    assert!(err.contains("0 articles read again, 420 had been read"), "{err}");
}

#[test]
fn a_running_daemon_replays_its_log() {
    let folder = Folder::new();
    let mut daemon = Process::start(&mut folder.command(&["run"]), Stream::Err);
    daemon.wait_for("Ready");
    let (out, err) = folder.run(&["replay", "--since", "90d", "--apply", "--format", "jsonl"]);
    assert!(err.contains("20 changed"), "{err}");
    let first: Value = serde_json::from_str(out.lines().next().unwrap()).unwrap();
    assert_eq!(first["outcome"], "changed");
    assert_eq!(first["changes"][0]["field"], "amount");
    let (status, said) = daemon.terminate(dealwatch::daemon::GRACE);
    assert!(status.success(), "{status}\n{said}");
    assert_eq!(folder.state().1, 20);
}

#[test]
fn a_time_that_cannot_be_read_is_refused() {
    let folder = Folder::new();
    let output = folder.command(&["replay", "--since", "soon"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("write 90d"));
}
