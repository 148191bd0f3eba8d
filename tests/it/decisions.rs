//! What people decide survives later articles, other readings and restarts, and can be undone.

mod entities;

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use serde_json::json;

use crate::process::Process;
use crate::process::Stream;

/// A log of its own, asked through the binary.
struct Log {
    folder: tempfile::TempDir,
}

impl Log {
    fn new() -> Log {
        let folder = tempfile::tempdir().unwrap();
        let config = "[web]\nenabled = false\n[sources]\nshipped = false\n";
        fs::write(folder.path().join("dealwatch.toml"), config).unwrap();
        Log { folder }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dealwatch"));
        command
            .current_dir(self.path())
            .env_clear()
            .envs([("HOME", "home"), ("TZ", "UTC"), ("NO_COLOR", "1"), ("USER", "lena")])
            .env("DEALWATCH_CONFIG", "dealwatch.toml")
            .args(["--data-dir", "data"])
            .args(arguments);
        command
    }

    /// Exit code and both streams.
    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let output = self.command(arguments).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.code().unwrap(), String::from_utf8(said).unwrap())
    }

    #[track_caller]
    fn does(&self, arguments: &[&str]) -> String {
        let (code, said) = self.run(arguments);
        assert_eq!(code, 0, "{arguments:?}: {said}");
        said
    }

    #[track_caller]
    fn refuses(&self, arguments: &[&str], words: &str) {
        let (code, said) = self.run(arguments);
        assert!(code == 2 && said.contains(words), "{arguments:?}: {code} {said}");
    }

    /// Ingests documents; the numbers of the deals that the last one tells.
    #[track_caller]
    fn ingest(&self, documents: &[Value]) -> Vec<i64> {
        let lines: Vec<String> = documents.iter().map(Value::to_string).collect();
        fs::write(self.path().join("in.jsonl"), lines.join("\n")).unwrap();
        self.does(&["ingest", "in.jsonl", "--assignments", "out.jsonl"]);
        let out = fs::read_to_string(self.path().join("out.jsonl")).unwrap();
        let last: Value = serde_json::from_str(out.lines().last().unwrap()).unwrap();
        let deals = last["deals"].as_array().unwrap();
        deals.iter().map(|deal| deal["deal_id"].as_i64().unwrap()).collect()
    }

    fn deal(&self, id: i64) -> Value {
        let said = self.does(&["deal", "show", &id.to_string(), "--format", "json"]);
        serde_json::from_str(&said).unwrap()
    }

    /// For each listed deal its number and the titles that tell it.
    fn deals(&self) -> Vec<(i64, Vec<String>)> {
        let (code, said) = self.run(&["deals", "--format", "jsonl"]);
        assert!(code == 0 || code == 3, "{said}");
        let mut deals: Vec<(i64, Vec<String>)> = said
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .map(|deal| {
                let sources = deal["sources"].as_array().unwrap();
                let title = |source: &Value| source["title"].as_str().unwrap().to_owned();
                (deal["id"].as_i64().unwrap(), sources.iter().map(title).collect())
            })
            .collect();
        deals.sort();
        deals
    }

    fn events(&self) -> Vec<Value> {
        let said = self.does(&["events", "--format", "jsonl"]);
        said.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

fn document(id: &str, day: u8, title: &str, text: &str) -> Value {
    json!({
        "id": id, "source": format!("desk-{id}"), "url": format!("https://desk.test/{id}"),
        "published": format!("2026-03-{day:02}T08:00:00Z"), "title": title, "text": text,
    })
}

/// One company under two names that nothing links.
fn tarn() -> Value {
    document(
        "t1",
        2,
        "Tarnfield AI raises $30 million Series A led by Osprey Lane",
        "Tarnfield AI, a maker of artificial intelligence models, has raised $30 million in a \
         Series A round led by Osprey Lane.",
    )
}

fn tarn_later() -> Value {
    document(
        "t2",
        6,
        "Tarnfield AI closes $30 million Series A",
        "Tarnfield AI has closed its $30 million Series A. Osprey Lane led the round in the \
         artificial intelligence company.",
    )
}

fn crake() -> Value {
    document(
        "c1",
        3,
        "Crakewell AI secures $31 million in Series A funding",
        "Crakewell AI, an artificial intelligence company, has secured $31 million in Series A \
         funding led by Osprey Lane.",
    )
}

fn crake_later() -> Value {
    document(
        "c2",
        1,
        "Crakewell AI raises $31 million Series A",
        "Artificial intelligence start-up Crakewell AI has raised $31 million in a Series A round \
         led by Osprey Lane.",
    )
}

fn titles(documents: &[Value]) -> Vec<String> {
    let mut documents = documents.to_vec();
    documents.sort_by_key(|document| document["published"].as_str().unwrap().to_owned());
    documents.iter().map(|document| document["title"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_merge_takes_what_comes_later_of_either_side_until_it_is_taken_back() {
    for later in [[tarn_later(), crake_later()], [crake_later(), tarn_later()]] {
        let log = Log::new();
        log.ingest(&[tarn(), crake()]);
        assert_eq!(log.deals().len(), 2);
        log.does(&["deal", "merge", "2", "1", "--because", "one company, two names"]);
        assert_eq!(log.deals(), [(1, titles(&[tarn(), crake()]))]);
        for document in &later {
            assert_eq!(log.ingest(std::slice::from_ref(document)), [1]);
        }
        let all = titles(&[tarn(), crake(), tarn_later(), crake_later()]);
        assert_eq!(log.deals(), [(1, all)]);
        assert_eq!(log.deal(2)["forwarded_from"], 2);
        let merged: Vec<Value> =
            log.events().into_iter().filter(|event| event["event"] == "merged").collect();
        assert_eq!(merged.len(), 1);
        assert_eq!((&merged[0]["deal"], &merged[0]["merged_into"]), (&json!(2), &json!(1)));
        assert_eq!(merged[0]["cause"], "person");
        let history = log.does(&["deal", "history", "1"]);
        let who = "lena merged deal 2 into deal 1, because one company, two names";
        assert!(history.contains(who), "{history}");

        log.does(&["deal", "undo", "1"]);
        assert_eq!(
            log.deals(),
            [(1, titles(&[tarn(), tarn_later()])), (2, titles(&[crake(), crake_later()])),]
        );
        assert_eq!(log.deal(2)["forwarded_from"], Value::Null);
        log.refuses(&["deal", "undo", "2"], "nobody decided anything about deal 2");
    }
}

#[test]
fn a_merge_across_groups_of_kinds_holds() {
    let log = Log::new();
    let bought = document(
        "b1",
        4,
        "Osprey Lane acquires Tarnfield AI for $30 million",
        "Osprey Lane has acquired artificial intelligence company Tarnfield AI for $30 million.",
    );
    log.ingest(&[tarn(), bought.clone()]);
    assert_eq!(log.deals().len(), 2);
    log.does(&["deal", "merge", "1", "2"]);
    log.ingest(&[tarn_later()]);
    assert_eq!(log.deals(), [(1, titles(&[tarn(), bought, tarn_later()]))]);
}

#[test]
fn a_split_holds_when_the_same_is_told_again_and_read_again() {
    let log = Log::new();
    log.ingest(&[tarn(), tarn_later()]);
    assert_eq!(log.deals().len(), 1);
    log.refuses(&["deal", "split", "1", "9"], "use one of 1, 2");
    log.refuses(&["deal", "split", "1", "1", "2"], "nothing to split");
    // The oldest article leaves: the number stays with the others all the same.
    log.does(&["deal", "split", "1", "https://desk.test/t1", "--because", "an extension"]);
    let apart = [(1, titles(&[tarn_later()])), (2, titles(&[tarn()]))];
    assert_eq!(log.deals(), apart);

    let mut changed = tarn();
    changed["text"] = "Tarnfield AI, a maker of artificial intelligence models, has raised $30 \
                       million in a Series A round led by Osprey Lane and joined by Fern Hill \
                       Capital."
        .into();
    assert_eq!(log.ingest(&[changed]), [2]);
    assert_eq!(log.deals(), apart);
    let third = document(
        "t3",
        7,
        "Tarnfield AI raises $30 million",
        "Artificial intelligence company Tarnfield AI has raised $30 million in a Series A round.",
    );
    let told = log.ingest(&[third]);
    assert!(told == [1] || told == [2], "{told:?}");
    assert_eq!(log.deals().len(), 2);

    log.does(&["deal", "undo", "2"]);
    let deals = log.deals();
    assert_eq!((deals.len(), deals[0].0, deals[0].1.len()), (1, 1, 3));
}

#[test]
fn a_merge_after_a_split_counts_and_a_split_after_a_merge() {
    let log = Log::new();
    log.ingest(&[tarn(), tarn_later(), crake()]);
    log.does(&["deal", "split", "1", "1"]);
    log.does(&["deal", "merge", "1", "3"]);
    assert_eq!(log.deals()[0], (1, titles(&[tarn(), tarn_later()])));
    log.does(&["deal", "merge", "2", "1"]);
    log.refuses(&["deal", "merge", "3", "2"], "are one already");
    log.does(&["deal", "split", "1", "3"]);
    assert_eq!(log.deals().len(), 2);
    // Each step back, the last first.
    log.does(&["deal", "undo", "1"]);
    assert_eq!(log.deals().len(), 1);
    log.does(&["deal", "undo", "1"]);
    log.does(&["deal", "undo", "1"]);
    log.does(&["deal", "undo", "1"]);
    assert_eq!(log.deals(), [(1, titles(&[tarn(), tarn_later()])), (2, titles(&[crake()]))],);
}

#[test]
fn a_persons_value_stands_against_articles_that_say_otherwise() {
    let log = Log::new();
    log.ingest(&[tarn()]);
    log.refuses(&["deal", "set", "1", "amount=lots", "--because", "x"], "no sum of money");
    log.refuses(&["deal", "set", "1", "size=$3M", "--because", "x"], "is no field");
    let set = ["deal", "set", "1", "amount=$45M", "round=b", "status=completed"];
    log.does(&[&set[..], &["--because", "the filing says so"]].concat());
    log.ingest(&[tarn_later()]);
    let deal = log.deal(1);
    assert_eq!(deal["amount"]["min"], 45_000_000);
    assert_eq!((&deal["round"], &deal["status"]), (&json!("b"), &json!("completed")));
    let conflicts = deal["conflicts"].as_array().unwrap();
    let other = conflicts.iter().find(|conflict| conflict["field"] == "amount").unwrap();
    assert_eq!(other["value"]["min"], 30_000_000);
    assert_eq!(deal["evidence"]["amount"]["rule"], "person");
    let why = log.does(&["deal", "why", "1"]);
    assert!(why.contains("a person, lena, because the filing says so"), "{why}");
    let history = log.does(&["deal", "history", "1"]);
    assert!(history.contains("lena set amount of deal 1 to $45M"), "{history}");

    for _ in 0..3 {
        log.does(&["deal", "undo", "1"]);
    }
    let deal = log.deal(1);
    assert_eq!((&deal["amount"]["min"], &deal["round"]), (&json!(30_000_000), &json!("a")));
    assert_eq!(log.does(&["deal", "decisions", "1"]).matches("taken back").count(), 3);
}

#[test]
fn a_value_follows_its_deal_through_a_merge_and_back() {
    let log = Log::new();
    log.ingest(&[tarn(), crake()]);
    log.does(&["deal", "set", "2", "valuation=$300M post-money", "--because", "told by phone"]);
    log.does(&["deal", "merge", "1", "2"]);
    assert_eq!(log.deal(1)["valuation"]["min"], 300_000_000);
    log.does(&["deal", "undo", "1"]);
    assert_eq!(log.deal(1)["valuation"], Value::Null);
    assert_eq!(log.deal(2)["valuation"]["basis"], "post");
}

#[test]
fn a_daemon_takes_decisions_and_the_next_one_honours_them() {
    let log = Log::new();
    log.ingest(&[tarn(), crake()]);
    let mut daemon = Process::start(&mut log.command(&["run"]), Stream::Err);
    daemon.wait_for("Ready");
    log.does(&["deal", "merge", "1", "2"]);
    log.refuses(&["deal", "merge", "1", "7"], "there is no deal 7");
    let (status, said) = daemon.terminate(dealwatch::daemon::GRACE);
    assert!(status.success(), "{said}");
    let mut daemon = Process::start(&mut log.command(&["run"]), Stream::Err);
    daemon.wait_for("Ready");
    assert_eq!(log.ingest(&[crake_later()]), [1]);
    log.does(&["deal", "dismiss", "1", "--because", "told twice"]);
    assert!(log.deals().is_empty());
    log.refuses(&["deal", "merge", "1", "2"], "is dismissed");
    log.does(&["deal", "undo", "2"]);
    assert_eq!(log.deals().len(), 1);
    let history = log.does(&["deal", "history", "1"]);
    assert!(history.contains("dismissed deal 1, because told twice"), "{history}");
}
