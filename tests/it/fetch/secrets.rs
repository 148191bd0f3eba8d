//! What lets its holder in is never said: not in the log, not in what is stored, not in a listing.

use std::process::Command;

use super::desk::feed;
use super::desk::items;
use super::killed::Home;
use super::killed::order;
use crate::server::Reply;
use crate::server::Server;

const SECRETS: [&str; 3] = ["hunter-one", "hunter-two", "hunter-three"];

#[track_caller]
fn check(what: &str, said: &str) {
    for secret in SECRETS {
        assert!(!said.contains(secret), "{secret} in {what}:\n{said}");
    }
}

#[test]
fn secrets_of_an_address_appear_nowhere() {
    let server = Server::start();
    let target = "/feed?token=hunter-two&page=1&api_key=hunter-three";
    server.on(
        target,
        [
            Reply::new(200, feed("", &items(3))),
            Reply::new(500, ""),
            Reply::redirect(301, &format!("{target}&again=1")),
            Reply::new(200, "<!doctype html><title>Login</title>"),
            Reply::redirect(302, "ftp://reader:hunter-one@a.test/?token=hunter-two"),
            Reply::new(200, "<rss><channel>"),
        ],
    );
    let mut url = server.url(target);
    url.set_username("reader").unwrap();
    url.set_password(Some("hunter-one")).unwrap();
    let home = Home::new(url.as_str());
    let mut daemon = home.daemon("trace");
    daemon.wait_for("Polled `a`");
    for _ in 0..5 {
        let reports = order(&home.data()).join().unwrap().unwrap();
        assert_eq!(reports[0]["outcome"], "failed", "{reports}");
        check("a report", &reports.to_string());
    }
    let (_, said) = daemon.terminate(dealwatch::daemon::GRACE);
    assert!(said.matches("failed").count() >= 5, "{said}");
    check("the log", &said);
    assert!(server.requests().iter().all(|request| request.has("authorization")), "but are sent");
    for arguments in [
        ["sources", "list"].as_slice(),
        &["sources", "list", "--format", "json"],
        &["doctor"],
        &["config", "check"],
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_dealwatch"))
            .args(arguments)
            .arg("--config")
            .arg(home.config())
            .env_remove("DEALWATCH_CONFIG")
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        check(&arguments.join(" "), &String::from_utf8_lossy(&said));
    }
    let log = dealwatch::store::Store::open_read_only(home.data().join("dealwatch.db")).unwrap();
    let sources = log.read_blocking(dealwatch::query::sources).unwrap();
    let [source] = sources.as_slice() else { panic!("{sources:?}") };
    check("what the API shows", &serde_json::to_string(source).unwrap());
    assert!(source.url.contains("token=***&page=1"), "{}", source.url);
}
