//! T15: a daemon that is killed between an answer and the transaction that would keep it.

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use dealwatch::daemon::control;
use dealwatch::daemon::control::Request;
use dealwatch::store;
use dealwatch::store::Store;
use dealwatch::store::rusqlite::Connection;

use super::desk::feed;
use super::desk::items;
use crate::process::Process;
use crate::process::Stream;
use crate::server::Reply;
use crate::server::Server;

/// A data directory whose one source is the feed of the scripted server.
pub struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    pub fn new(url: &str) -> Home {
        let folder = tempfile::tempdir().unwrap();
        let config = format!(
            "data_dir = '{}'\n\
             [http]\ncontact = 'ops@deals.test'\n\
             [fetch]\nhost_gap_ms = 0\n\
             [sources]\nshipped = false\nfiles = ['sources.toml']\n\
             [web]\nenabled = false\n",
            folder.path().join("data").display()
        );
        fs::write(folder.path().join("dealwatch.toml"), config).unwrap();
        let source = format!("[[source]]\nid = 'a'\nurl = '{url}'\nallow_private = true\n");
        fs::write(folder.path().join("sources.toml"), source).unwrap();
        Home { folder }
    }

    pub fn config(&self) -> PathBuf {
        self.folder.path().join("dealwatch.toml")
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn daemon(&self, level: &str) -> Process {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dealwatch"));
        command.args(["run", "--config"]).arg(self.config());
        command.env("DEALWATCH_LOG", level);
        command.env_remove("DEALWATCH_CONFIG");
        Process::start(&mut command, Stream::Err)
    }

    fn database(&self) -> PathBuf {
        self.data().join("dealwatch.db")
    }
}

/// Asks the daemon to poll, from another thread, since the answer may never come.
pub fn order(data: &Path) -> std::thread::JoinHandle<Option<serde_json::Value>> {
    let data = data.to_owned();
    std::thread::spawn(move || {
        let request = Request::Poll { sources: vec!["a".to_owned()] };
        Some(control::ask(&data, &request).ok()??.data)
    })
}

#[test]
fn t15_what_a_kill_kept_from_the_log_is_asked_for_again_whole() {
    let server = Server::start();
    let reply = |count, etag| Reply::new(200, feed("", &items(count))).field("ETag", etag);
    server.on("/feed", [reply(3, "\"1\""), reply(5, "\"2\"")]);
    let home = Home::new(server.url("/feed").as_str());
    let mut daemon = home.daemon("info,dealwatch::daemon=debug");
    daemon.wait_for("Polled `a`");

    // Whoever holds the database keeps the daemon from its transaction.
    let lock = Connection::open(home.database()).unwrap();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    let asking = order(&home.data());
    daemon.wait_for("Read `a`");
    assert_eq!(server.requests()[1].field("if-none-match"), "\"1\"");
    daemon.kill();
    assert_eq!(asking.join().unwrap(), None);
    lock.execute_batch("ROLLBACK").unwrap();
    drop(lock);

    let mut daemon = home.daemon("info");
    daemon.wait_for("Ready");
    let reports = order(&home.data()).join().unwrap().unwrap();
    let (status, said) = daemon.terminate(dealwatch::daemon::GRACE);
    assert!(status.success(), "{said}");
    assert_eq!(reports[0]["new_articles"], 2, "{reports}");
    let requests = server.requests();
    let asked: Vec<_> = requests.iter().map(|request| request.field("if-none-match")).collect();
    assert_eq!(asked, ["", "\"1\"", "\"1\""], "never on what was not kept");
    let log = Store::open_read_only(home.database()).unwrap();
    assert_eq!(log.read_blocking(store::article::count).unwrap(), 5);
}

#[test]
fn t14_t18_a_restart_asks_nothing_early_and_what_has_stopped_only_when_revived() {
    let server = Server::start();
    server.on("/feed", [Reply::new(410, ""), Reply::feed("A")]);
    let home = Home::new(server.url("/feed").as_str());
    let mut daemon = home.daemon("info");
    daemon.wait_for("is gone for good (410)");
    daemon.terminate(dealwatch::daemon::GRACE);

    let mut daemon = home.daemon("info");
    daemon.wait_for("Ready");
    let reports = order(&home.data()).join().unwrap().unwrap();
    assert_eq!(reports[0]["outcome"], "failed", "{reports}");
    assert!(reports[0]["words"][0].as_str().unwrap().contains("it has stopped"), "{reports}");
    assert_eq!(server.requests().len(), 1, "neither by the clock nor by an order");
    let revive = Request::Revive { sources: vec!["a".to_owned()] };
    assert_eq!(control::ask(&home.data(), &revive).unwrap().unwrap().error, None);
    daemon.wait_for("Polled `a`");
    daemon.terminate(dealwatch::daemon::GRACE);
    assert_eq!(server.requests().len(), 2);

    // Fresh for half an hour by our own interval: a restart is no reason to ask.
    let mut daemon = home.daemon("info");
    daemon.wait_for("Ready");
    daemon.terminate(dealwatch::daemon::GRACE);
    assert_eq!(server.requests().len(), 2);
}
