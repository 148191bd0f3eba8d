//! The command line as people and scripts see it: exit code, standard output, standard error.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::process::Stdio;

use serde_json::Value;

use crate::process::Process;
use crate::process::Stream;

/// Three outlets tell one deal in two languages; a company whose source has a formula for a name;
/// two texts that tell no deal.
const DOCUMENTS: &str = r#"{"id":"e1","source":"quay-post","url":"https://quay.test/brelin-a","published":"2026-03-02T08:00:00Z","title":"Brelin AI raises $30 million Series A led by Osprey Lane","text":"Brelin AI, a maker of artificial intelligence models for harbour cranes, has raised $30 million in a Series A round led by Osprey Lane, the company said on Monday."}
{"id":"z1","source":"gangwan","url":"https://gangwan.test/brelin","published":"2026-03-02T10:00:00Z","title":"Brelin AI完成3000万美元A轮融资","text":"人工智能公司Brelin AI宣布完成3000万美元A轮融资，由Osprey Lane领投。公司为港口起重机开发大模型。"}
{"id":"e2","source":"second-desk","url":"https://desk.test/brelin","published":"2026-03-02T12:30:00Z","title":"Crane start-up Brelin AI closes $30 million Series A","text":"Brelin AI has closed its $30 million Series A. Osprey Lane led the round in the artificial intelligence company."}
{"id":"n1","source":"quay-post","url":"https://quay.test/brelin-model","published":"2026-03-03T08:00:00Z","title":"Brelin AI shows a new crane model","text":"Brelin AI presented the second version of its model for harbour cranes on Tuesday."}
{"id":"n2","source":"gangwan","url":"https://gangwan.test/zhan","published":"2026-03-03T09:00:00Z","title":"港口设备展今日开幕","text":"来自二十个国家的展商带来新设备。"}
{"id":"f1","source":"=HYPERLINK(1)","url":"https://quay.test/formula","published":"2026-03-04T08:00:00Z","title":"Pintle AI raises $5 million seed round","text":"Pintle AI, an artificial intelligence start-up, has raised $5 million in a seed round led by Osprey Lane."}
"#;

/// A folder that is all the commands know of the machine.
struct Shell {
    folder: tempfile::TempDir,
}

impl Shell {
    fn new() -> Shell {
        let folder = tempfile::tempdir().unwrap();
        // Else a service that is installed on this machine would be asked.
        fs::write(folder.path().join("empty.toml"), "").unwrap();
        Shell { folder }
    }

    /// With the documents in its log.
    fn with_log() -> Shell {
        let shell = Shell::new();
        fs::write(shell.path().join("six.jsonl"), DOCUMENTS).unwrap();
        let said = shell.run(&["ingest", "six.jsonl"], "");
        assert!(said.starts_with("exit 0"), "{said}");
        shell
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dealwatch"));
        command
            .current_dir(self.path())
            .env_clear()
            .envs([("HOME", "home"), ("TZ", "UTC"), ("COLUMNS", "100"), ("NO_COLOR", "1")])
            .env("DEALWATCH_CONFIG", "empty.toml")
            .args(["--data-dir", "data"])
            .args(arguments);
        command
    }

    /// Exit code, standard output and standard error.
    fn run(&self, arguments: &[&str], input: &str) -> String {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let mut seen = format!("exit {}\n", output.status.code().unwrap());
        for (name, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
            let text = String::from_utf8_lossy(bytes);
            if !text.is_empty() {
                write!(seen, "--- {name}\n{text}").unwrap();
            }
        }
        seen
    }

    fn output(&self, arguments: &[&str], input: &str) -> String {
        let seen = self.run(arguments, input);
        let output = seen.strip_prefix("exit 0\n--- stdout\n");
        output.unwrap_or_else(|| panic!("{arguments:?}: {seen}")).to_owned()
    }
}

/// Every time of this run, in the forms that are printed, becomes a word; the documents' own times
/// are of early March 2026.
fn redacted(text: &str) -> String {
    let form = regex::Regex::new(r"\d{4}-\d\d-\d\d(T[\d:.]+Z|[ \t]\d\d:\d\d)").unwrap();
    form.replace_all(text, |found: &regex::Captures<'_>| {
        let time = found.get(0).unwrap().as_str();
        if time.starts_with("2026-03-0") { time.to_owned() } else { "[now]".to_owned() }
    })
    .into_owned()
}

#[test]
fn the_help_lists_every_command() {
    insta::assert_snapshot!("help", Shell::new().run(&["--help"], ""));
}

#[test]
fn a_wrong_filter_is_refused_with_the_remedy() {
    let shell = Shell::with_log();
    let filters: Vec<String> = ["knd:funding", "amount>=much", "kind:loan"]
        .iter()
        .map(|filter| format!("{filter}\n{}", shell.run(&["deals", filter], "")))
        .collect();
    insta::assert_snapshot!("wrong_filters", filters.join("\n"));
}

#[test]
fn a_wrong_configuration_is_refused_with_every_problem() {
    let shell = Shell::new();
    let check = |name: &str, text: &str| {
        fs::write(shell.path().join(name), text).unwrap();
        shell.run(&["config", "check", "--config", name], "")
    };
    let misspelt = check("misspelt.toml", "[htp]\ncontact = 'ops@quay.test'\n");
    let problems = check(
        "problems.toml",
        "[http]\nmax_body_bytes = 0\n[fetch]\nparallel = 0\n\
         [[receiver.terminal]]\nname = 'desk'\n\
         [[route]]\nname = 'a'\nfilter = 'kind:loan'\nreceivers = ['hub']\n",
    );
    insta::assert_snapshot!("wrong_configurations", format!("{misspelt}\n{problems}"));
}

#[test]
fn a_missing_log_is_said_to_be_missing() {
    insta::assert_snapshot!("missing_log", Shell::new().run(&["deals"], ""));
}

#[test]
fn two_languages_make_one_deal() {
    let shell = Shell::with_log();
    insta::assert_snapshot!("deals", shell.run(&["deals"], ""));
    insta::assert_snapshot!("deal_show", redacted(&shell.run(&["deal", "show", "1"], "")));
    insta::assert_snapshot!("deal_why", redacted(&shell.run(&["deal", "why", "1"], "")));
    insta::assert_snapshot!("deal_history", redacted(&shell.run(&["deal", "history", "1"], "")));
    insta::assert_snapshot!("deal_unknown", shell.run(&["deal", "show", "99"], ""));
}

#[test]
fn a_cell_that_a_spreadsheet_would_run_stands_behind_an_apostrophe() {
    let shell = Shell::with_log();
    let csv = shell.output(&["deals", "--format", "csv", "target:pintle"], "");
    assert!(csv.contains(",'=HYPERLINK(1),"), "{csv}");
    insta::assert_snapshot!("deals_csv", redacted(&csv));
}

#[test]
fn two_chinese_characters_are_found() {
    let shell = Shell::with_log();
    insta::assert_snapshot!("search", shell.run(&["search", "融资"], ""));
    insta::assert_snapshot!("search_nothing", shell.run(&["search", "轮渡"], ""));
}

#[test]
fn the_batch_answers_each_document_in_order_with_offsets_of_characters() {
    let documents = [
        r#"{"id":"a","title":"🚢 Brelin AI完成3000万美元A轮融资","text":"人工智能公司Brelin AI宣布完成3000万美元A轮融资，由Osprey Lane领投。"}"#,
        r#"{"id":"b","title":"A quiet day","text":"Nothing happened.","mood":"calm"}"#,
    ];
    let answers = Shell::new().output(&["extract", "--jsonl"], &documents.join("\n"));
    let answers: Vec<&str> = answers.lines().collect();
    assert_eq!(answers.len(), documents.len());
    for (document, answer) in documents.iter().zip(&answers) {
        check_offsets(document, answer);
    }
    insta::assert_snapshot!("extract_jsonl", answers.join("\n"));
}

/// Every span of the answer is exactly what stands there in the document.
fn check_offsets(document: &str, answer: &str) {
    let document: Value = serde_json::from_str(document).unwrap();
    let answer: Value = serde_json::from_str(answer).unwrap();
    assert_eq!(document["id"], answer["id"]);
    let (title, text) = (document["title"].as_str().unwrap(), document["text"].as_str().unwrap());
    let whole: Vec<char> = format!("{title}\n{text}").chars().collect();
    for deal in answer["deals"].as_array().unwrap() {
        for proof in deal["evidence"].as_array().unwrap() {
            let Some(start) = proof["start"].as_u64() else { continue };
            let start = usize::try_from(start).unwrap();
            let end = usize::try_from(proof["end"].as_u64().unwrap()).unwrap();
            let there: String = whole.get(start..end).unwrap().iter().collect();
            assert_eq!(proof["text"], there.as_str());
        }
    }
}

#[test]
fn a_line_that_is_no_document_is_named() {
    let seen = Shell::new().run(&["extract", "--jsonl"], "{\"id\":\"a\"}\n{\"id\":\n");
    insta::assert_snapshot!("extract_no_document", seen);
}

#[test]
fn without_a_network_the_daemon_stays_up_names_each_failure_and_stops_when_asked() {
    let shell = Shell::new();
    let source = |id: &str| {
        format!(
            "[[source]]\nid = '{id}'\nname = '{id}'\nkind = 'feed'\n\
             url = 'http://127.0.0.1:1/{id}'\nclass = 'media'\nevery_secs = 600\n"
        )
    };
    let sources = source("quay") + &source("gangwan");
    fs::write(shell.path().join("sources.toml"), sources).unwrap();
    let config = "[http]\nallow_private_addresses = true\n[fetch]\nhost_gap_ms = 0\n\
                  [web]\nenabled = false\n\
                  [sources]\nshipped = false\nfiles = ['sources.toml']\n";
    fs::write(shell.path().join("dealwatch.toml"), config).unwrap();
    let mut daemon =
        Process::start(&mut shell.command(&["run", "--config", "dealwatch.toml"]), Stream::Err);
    daemon.wait_for("Ready");
    let first = daemon.wait_for("` failed: ");
    let second = daemon.wait_for("` failed: ");
    for line in [&first, &second] {
        assert!(line.contains("`127.0.0.1:1` refuses connections"), "{line}");
    }
    assert_ne!(first.contains("`quay`"), second.contains("`quay`"));
    let health = shell.output(&["sources", "list", "--config", "dealwatch.toml"], "");
    assert_eq!(health.matches("refuses connections").count(), 2, "{health}");
    let (status, said) = daemon.terminate(dealwatch::daemon::GRACE);
    assert!(status.success(), "{status}\n{said}");
}

#[test]
fn assignments_are_written_to_what_the_path_is_and_never_in_its_place() {
    let shell = Shell::new();
    fs::write(shell.path().join("six.jsonl"), DOCUMENTS).unwrap();
    // As root, a file renamed onto /dev/null or /dev/stdout takes the device from everybody.
    let path = shell.path().join("answers");
    std::os::unix::fs::symlink("/dev/stdout", &path).unwrap();
    let said = shell.run(&["ingest", "six.jsonl", "--assignments", "answers"], "");
    assert!(path.is_symlink(), "{said}");
    let told = said.lines().filter(|line| line.contains(r#""deal_id":"#)).count();
    assert_eq!(told, 4, "{said}");
}

#[test]
fn a_wrong_line_costs_no_answer_of_the_documents_before_it() {
    let shell = Shell::new();
    // More than are settled at once, then a line that is cut off.
    let many = DOCUMENTS.repeat(100) + "{\"id\":";
    fs::write(shell.path().join("many.jsonl"), many).unwrap();
    let said = shell.run(&["ingest", "many.jsonl", "--assignments", "answers.jsonl"], "");
    assert!(!said.starts_with("exit 0") && said.contains("line 601 is no JSON"), "{said}");
    let answers = fs::read_to_string(shell.path().join("answers.jsonl")).unwrap();
    let deals = shell.run(&["deals", "--format", "jsonl"], "");
    assert!(deals.starts_with("exit 0"), "{deals}");
    assert!(answers.lines().count() >= 100, "{}", answers.lines().count());
    assert!(answers.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()));
}
