//! The catalogue commands against scripted sites on loopback.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::process::Process;
use crate::process::Stream;
use crate::server::Reply;
use crate::server::Server;

/// A folder with a configuration that may ask loopback.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let config = "[http]\nallow_private_addresses = true\ncontact = 'ops@quay.test'\n\
                      [fetch]\nhost_gap_ms = 0\n[web]\nenabled = false\n\
                      [sources]\nshipped = false\n";
        fs::write(folder.path().join("dealwatch.toml"), config).unwrap();
        Desk { folder }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Exit code, standard output, standard error.
    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_dealwatch"))
            .current_dir(self.path())
            .env_clear()
            .envs([("HOME", "home"), ("TZ", "UTC"), ("NO_COLOR", "1")])
            .args(["--config", "dealwatch.toml", "--data-dir", "data"])
            .args(arguments)
            .stdin(std::process::Stdio::null())
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
    }

    /// A catalogue of feeds on servers.
    fn sources(&self, sources: &[(&str, &Server, &str)]) {
        let row = |(id, server, path): &(&str, &Server, &str)| {
            format!("[[source]]\nid = '{id}'\nurl = '{}'\n", server.url(path))
        };
        let rows: Vec<String> = sources.iter().map(row).collect();
        fs::write(self.path().join("sources.toml"), rows.concat()).unwrap();
    }

    /// A daemon that is ready.
    fn daemon(&self) -> Process {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dealwatch"));
        command
            .current_dir(self.path())
            .env_clear()
            .envs([("HOME", "home"), ("TZ", "UTC")])
            .args(["--config", "dealwatch.toml", "--data-dir", "data", "run"]);
        let mut daemon = Process::start(&mut command, Stream::Err);
        daemon.wait_for("Ready");
        daemon
    }

    fn catalogue(&self) -> String {
        fs::read_to_string(self.path().join("sources.toml")).unwrap_or_default()
    }
}

/// The command under test reads the clock, so what it is to find fresh must be of today.
fn today() -> jiff::Timestamp {
    std::time::SystemTime::now().try_into().unwrap()
}

fn feed(title: &str, items: usize) -> Reply {
    let now = today();
    let items: Vec<String> = (0..items)
        .map(|n| {
            let at = now - jiff::SignedDuration::from_hours(1 + i64::try_from(n).unwrap());
            let at = at.strftime("%a, %d %b %Y %H:%M:%S +0000");
            format!(
                "<item><title>Crane {n} of {title}</title><link>https://q.test/{title}/{n}</link>\
                 <pubDate>{at}</pubDate><description>A crane was painted.</description></item>"
            )
        })
        .collect();
    let items = items.concat();
    let body = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>{title}</title>{items}\
         </channel></rss>"
    );
    Reply::new(200, body).field("Content-Type", "application/rss+xml").field("ETag", "\"a\"")
}

fn page(head: &str) -> Reply {
    let body = format!("<html><head><title>Quay</title>{head}</head><body><p>Hi</p></body></html>");
    Reply::new(200, body).field("Content-Type", "text/html")
}

fn wall() -> Reply {
    Reply::new(403, "<html><title>Just a moment...</title><script>_cf_chl_opt</script></html>")
}

#[test]
fn a_feed_that_a_page_names_is_added_with_its_comments_kept() {
    let (desk, server) = (Desk::new(), Server::start());
    let links = "<link rel='alternate' type='application/rss+xml' href='/comments/feed'>\
                 <link rel='alternate' type='application/rss+xml' href='/news/ai.xml'>";
    server.on("/blog", [page(links)]).on("/news/ai.xml", [feed("Quay AI", 5)]);
    fs::write(desk.path().join("sources.toml"), "# mine\n").unwrap();
    let url = server.url("/blog").to_string();
    let (code, out, err) = desk.run(&["sources", "add", &url]);
    assert_eq!(code, 2, "nobody said yes: {err}");
    assert!(out.contains("Crane 0 of Quay AI") && out.contains("an item every 1 h"), "{out}");
    assert_eq!(desk.catalogue(), "# mine\n");
    let (code, _, err) =
        desk.run(&["sources", "add", &url, "--yes", "--id", "quay", "--class", "company"]);
    assert_eq!(code, 0, "{err}");
    let catalogue = desk.catalogue();
    assert!(
        catalogue.contains("id = \"quay\"") && catalogue.contains("/news/ai.xml"),
        "{catalogue}"
    );
    assert!(catalogue.contains("class = \"company\""), "{catalogue}");
    let (code, _, err) =
        desk.run(&["sources", "add", server.url("/news/ai.xml").as_str(), "--yes"]);
    assert!(code == 2 && err.contains("this is the source `quay` already"), "{err}");
    let (code, out, _) = desk.run(&["sources", "list", "--format", "csv"]);
    assert!(code == 0 && out.contains("quay,"), "{out}");
}

#[test]
fn a_usual_path_is_found_and_few_requests_are_made() {
    let (desk, server) = (Desk::new(), Server::start());
    server.on("/", [page("")]).on("/rss.xml", [feed("Quay", 3)]);
    let (code, out, err) = desk.run(&["sources", "add", server.url("/").as_str(), "--dry-run"]);
    assert!(code == 0 && out.contains("found at a usual path"), "{out}{err}");
    let asked = server.requests().len();
    assert!(asked <= 8, "{asked} requests");
    assert_eq!(server.most_in_flight(), 1);
    assert_eq!(desk.catalogue(), "");
}

#[test]
fn a_site_without_a_feed_gets_an_example_of_a_page_source() {
    let (desk, server) = (Desk::new(), Server::start());
    server.on("/news", [page("")]);
    let (code, out, err) = desk.run(&["sources", "add", server.url("/news").as_str(), "--yes"]);
    assert_eq!(code, 3, "{err}");
    assert!(out.contains("kind = \"page\"") && out.contains("[source.selectors]"), "{out}");
    assert!(err.contains("no feed was found"), "{err}");
    assert_eq!(desk.catalogue(), "");
}

#[test]
fn every_source_is_tested_once_and_each_verdict_has_its_remedy() {
    let (desk, one, two) = (Desk::new(), Server::start(), Server::start());
    one.on("/good", [feed("Good", 4)])
        .on("/empty", [feed("Empty", 0)])
        .on("/wall", [wall()])
        .on("/page", [page("")]);
    two.on("/moved", [Reply::redirect(301, "/good")])
        .on("/good", [feed("Two", 4)])
        .on("/gone", [Reply::new(410, "")])
        .on("/busy", [Reply::new(429, "").field("Retry-After", "60")]);
    let paths = [
        one.url("/good"),
        one.url("/empty"),
        one.url("/wall"),
        one.url("/page"),
        two.url("/moved"),
        two.url("/gone"),
        two.url("/missing"),
        two.url("/busy"),
    ];
    let list: Vec<String> = paths.iter().map(ToString::to_string).collect();
    fs::write(desk.path().join("list.txt"), list.join("\n")).unwrap();
    let (code, _, err) = desk.run(&["sources", "import", "list.txt"]);
    assert!(code == 0 && err.contains("added 8 sources"), "{err}");
    let (code, out, err) = desk.run(&["sources", "test", "--all", "--format", "jsonl"]);
    assert_eq!(code, 1, "{err}");
    let verdicts: Vec<(String, String)> = out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|trial| {
            let address = trial["address"].as_str().unwrap();
            let path = address.rsplit('/').next().unwrap().to_owned();
            assert!(trial["verdict"] == "ok" || trial["remedy"].is_string(), "{trial}");
            (path, trial["verdict"].as_str().unwrap().to_owned())
        })
        .collect();
    let expected = [
        ("good", "ok"),
        ("empty", "empty"),
        ("wall", "bot wall"),
        ("page", "no feed"),
        ("moved", "moved"),
        ("gone", "gone"),
        ("missing", "not found"),
        ("busy", "wait"),
    ];
    let expected: Vec<(String, String)> =
        expected.iter().map(|(path, verdict)| ((*path).into(), (*verdict).into())).collect();
    assert_eq!(verdicts, expected);
    assert!(err.contains("8 tested: 1 ok"), "{err}");
    assert!(one.most_in_flight() == 1 && two.most_in_flight() == 1);
    assert!(!desk.path().join("data/dealwatch.db").exists(), "nothing is stored");
}

#[test]
fn an_index_is_tested_with_the_documents_in_which_it_goes_on() {
    let (desk, site) = (Desk::new(), Server::start());
    let xml = |body: String| Reply::new(200, body).field("Content-Type", "application/xml");
    let day = today().strftime("%Y-%m-%d");
    let rows: Vec<String> = ["a", "b"]
        .iter()
        .map(|name| format!("<sitemap><loc>/{name}.xml</loc><lastmod>{day}</lastmod></sitemap>"))
        .collect();
    let rows = rows.concat();
    let child = format!(
        "<urlset><url><loc>/story/1</loc><news:news><news:title>A crane was painted</news:title>\
         <news:publication_date>{day}</news:publication_date></news:news></url></urlset>"
    );
    site.on("/map.xml", [xml(format!("<sitemapindex>{rows}</sitemapindex>"))])
        .on("/a.xml", [xml(child)])
        .on("/b.xml", [Reply::new(500, "oops")]);
    let catalogue = format!(
        "[[source]]\nid = 'map'\nkind = 'sitemap'\nurl = '{}'\nutc_offset_minutes = 0\n",
        site.url("/map.xml")
    );
    fs::write(desk.path().join("sources.toml"), catalogue).unwrap();
    let (code, out, err) = desk.run(&["sources", "test", "map", "--format", "jsonl"]);
    assert_eq!(code, 0, "{out}{err}");
    let trial: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&trial["verdict"], &trial["requests"]), (&"ok".into(), &3.into()), "{trial}");
    assert_eq!(trial["reading"]["items"], 1, "{trial}");
    assert!(trial["reading"]["warnings"].to_string().contains("/b.xml answered 500"), "{trial}");
}

#[test]
fn secrets_of_an_address_are_not_repeated() {
    let (desk, site) = (Desk::new(), Server::start());
    site.on("/feed?token=s3cr3t", [feed("quay", 2)]);
    let address = site.url("/feed?token=s3cr3t").to_string();
    let list = format!("{address}\n{address}\nftp://jo:s3cr3t@q.test/f\n");
    fs::write(desk.path().join("list.txt"), list).unwrap();
    let commands: [&[&str]; 3] = [
        &["sources", "add", &address, "--dry-run"],
        &["sources", "import", "list.txt"],
        &["sources", "test", "--all", "--format", "json"],
    ];
    for command in commands {
        let (code, out, err) = desk.run(command);
        let said = out + &err;
        assert!(code != 2 && said.contains("/feed"), "{command:?}: {said}");
        // The row that is to be written has to hold it.
        let mut talk = said.lines().filter(|line| !line.starts_with("url = "));
        assert!(talk.all(|line| !line.contains("s3cr3t")), "{command:?}: {said}");
    }
}

#[test]
fn what_is_exported_comes_back_as_it_was() {
    let desk = Desk::new();
    let text = "[[source]]\nid = 'quay'\nname = 'Quay & Co <1>'\nkind = 'feed'\n\
                url = 'https://q.test/f?a=1&b=2'\nlanguage = 'en'\ncountry = 'GB'\nclass = 'wire'\n\
                every_secs = 900\nenabled = false\nutc_offset_minutes = 60\nnotes = 'a \"b\"'\n";
    fs::write(desk.path().join("sources.toml"), text).unwrap();
    let (_, toml, _) = desk.run(&["sources", "export", "--toml", "--all"]);
    let (_, opml, _) = desk.run(&["sources", "export", "--opml", "--all"]);
    let (_, before, _) = desk.run(&["sources", "list", "--all", "--format", "json"]);
    fs::write(desk.path().join("sources.toml"), &toml).unwrap();
    assert_eq!(desk.run(&["sources", "list", "--all", "--format", "json"]).1, before, "{toml}");
    fs::write(desk.path().join("out.opml"), &opml).unwrap();
    let (code, _, err) = desk.run(&["sources", "import", "out.opml"]);
    assert!(code == 3 && err.contains("is there already"), "{err}");
    fs::remove_file(desk.path().join("sources.toml")).unwrap();
    let (code, _, err) = desk.run(&["sources", "import", "out.opml"]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(desk.run(&["sources", "list", "--all", "--format", "json"]).1, before, "{opml}");
}

/// A feed without dates and ids, of so many stories from that number on.
fn undated(first: usize, count: usize) -> Reply {
    let item = |n: usize| {
        format!(
            "<item><title>AI startup Corvane{n} raises ${n} million in Series A funding led by \
             Northfold Capital</title><link>https://q.test/story/{n}</link></item>"
        )
    };
    let items: Vec<String> = (first..first + count).map(item).collect();
    let body = format!("<rss><channel><title>Quay</title>{}</channel></rss>", items.concat());
    Reply::new(200, body).field("Content-Type", "application/rss+xml")
}

#[test]
fn t26_an_archive_without_dates_alerts_nobody_also_over_processes() {
    let (desk, server) = (Desk::new(), Server::start());
    server.on("/feed", [undated(300, 10), undated(100, 210), undated(99, 210)]);
    let text = format!("[[source]]\nid = 'quay'\nurl = '{}'\n", server.url("/feed"));
    fs::write(desk.path().join("sources.toml"), text).unwrap();
    let owed = || -> Vec<String> {
        let log = dealwatch::store::Store::open_read_only(desk.path().join("data/dealwatch.db"));
        let read = |conn: &rusqlite::Connection| {
            let mut statement =
                conn.prepare("SELECT idempotency_key FROM outbox WHERE state <> 'silent'")?;
            let keys = statement.query_map([], |row| row.get::<_, String>(0))?;
            Ok(keys.collect::<Result<Vec<_>, _>>()?)
        };
        let keys = log.unwrap().read_blocking(read).unwrap();
        keys.into_iter().filter(|key| !key.starts_with("source:")).collect()
    };
    assert_eq!(desk.run(&["poll", "quay"]).0, 0);
    let (code, out, _) = desk.run(&["poll", "quay"]);
    assert!(code == 0 && out.contains("200 of 210 entries look new and are old"), "{out}");
    assert_eq!(owed(), [""; 0]);
    let (_, out, _) = desk.run(&["sources", "report", "quay"]);
    assert!(out.contains("suddenly showed 200 of 210 entries"), "{out}");
    assert_eq!(desk.run(&["poll", "quay"]).0, 0);
    assert_eq!(owed().len(), 1, "what is new next is told: {:?}", owed());
}

#[test]
fn a_source_that_stops_is_told_once_reported_and_revived() {
    let (desk, server) = (Desk::new(), Server::start());
    server.on("/feed", [feed("Quay", 3), Reply::new(410, ""), feed("Quay", 4)]);
    let text = format!("[[source]]\nid = 'quay'\nurl = '{}'\n", server.url("/feed"));
    fs::write(desk.path().join("sources.toml"), text).unwrap();
    let (code, _, err) = desk.run(&["poll", "quay"]);
    assert_eq!(code, 0, "{err}");
    let (code, _, err) = desk.run(&["poll", "quay"]);
    assert_eq!(code, 1, "{err}");
    let (code, out, _) = desk.run(&["sources", "report", "quay"]);
    assert!(code == 1 && out.contains("gone: is not asked any more"), "{out}");
    assert!(out.contains("politeness"), "{out}");
    let (code, out, _) = desk.run(&["doctor"]);
    assert!(code == 1 && out.contains("source quay is not asked any more"), "{out}");
    let (code, out, err) = desk.run(&["sources", "revive", "quay"]);
    assert!(code == 0 && out.contains("new"), "{out}{err}");
    let (code, out, _) = desk.run(&["sources", "report", "quay", "--format", "json"]);
    assert_eq!(code, 0, "{out}");
    // The alert of the 410 was owed with the state; whoever runs next delivers it.
    let database = dealwatch::store::Store::open_read_only(desk.path().join("data/dealwatch.db"));
    let keys: Vec<String> = database
        .unwrap()
        .read_blocking(|conn| {
            let mut statement = conn
                .prepare("SELECT idempotency_key FROM outbox WHERE reason = 'note' ORDER BY id")?;
            let keys = statement.query_map([], |row| row.get::<_, String>(0))?;
            Ok(keys.collect::<Result<Vec<_>, _>>()?)
        })
        .unwrap();
    let gone: Vec<_> = keys.iter().filter(|key| key.starts_with("source:quay:gone:")).collect();
    assert_eq!(gone.len(), 1, "{keys:?}");
}

#[test]
fn a_paused_host_is_told_at_once_and_shown_with_its_sources() {
    let (desk, server) = (Desk::new(), Server::start());
    server.on("/a", [Reply::new(429, "").field("Retry-After", "1800")]).on("/b", [feed("B", 2)]);
    desk.sources(&[("a", &server, "/a"), ("b", &server, "/b")]);
    assert_eq!(desk.run(&["poll", "a"]).0, 1);
    // By a process of its own and through a daemon; neither waits for half an hour.
    let mut daemon = None;
    for _ in 0..2 {
        let (code, out, err) = desk.run(&["poll", "b"]);
        assert!(code == 0 && out.contains("asked us to wait until"), "{out}{err}");
        if daemon.is_none() {
            daemon = Some(desk.daemon());
        }
    }
    assert_eq!(server.requests().len(), 1);
    for command in [&["sources", "list", "--format", "csv"][..], &["sources", "report", "b"]] {
        let (_, out, _) = desk.run(command);
        assert!(out.contains("its host 127.0.0.1") && out.contains("is left alone until"), "{out}");
    }
    let (status, said) = daemon.unwrap().terminate(crate::process::PATIENCE);
    assert!(status.success(), "{said}");
}

#[test]
fn one_sigterm_ends_a_daemon_whose_polls_hang() {
    let (desk, server) = (Desk::new(), Server::start());
    server.on("/slow", [Reply::feed("Slow").never()]);
    desk.sources(&[("slow", &server, "/slow")]);
    let mut daemon = desk.daemon();
    daemon.wait_until("the request", || !server.requests().is_empty());
    // Far less than any time-out of a request, and than what a stopping daemon may take.
    let (status, said) = daemon.terminate(std::time::Duration::from_secs(8));
    assert!(status.success(), "{said}");
}

/// Stubs that look like deals, the newest first, with their pages on the server.
fn stubs(server: &Server, from: usize, count: usize) -> Reply {
    let item = |n: usize| {
        let at = today() - jiff::SignedDuration::from_mins(200 - i64::try_from(n).unwrap());
        let at = at.strftime("%a, %d %b %Y %H:%M:%S +0000");
        format!(
            "<item><title>AI startup Corvane{n} raises ${n} million in Series A funding</title>\
             <link>{}</link><pubDate>{at}</pubDate></item>",
            server.url(&format!("/story/{n}"))
        )
    };
    let items: Vec<String> = (from..from + count).rev().map(item).collect();
    let body = format!("<rss><channel><title>Quay</title>{}</channel></rss>", items.concat());
    Reply::new(200, body).field("Content-Type", "application/rss+xml")
}

#[test]
fn few_pages_of_a_backlog_are_asked_for_and_a_host_that_refuses_them_is_left_alone() {
    let (desk, server) = (Desk::new(), Server::start());
    server.on("/feed", [stubs(&server, 100, 12), stubs(&server, 112, 40)]);
    desk.sources(&[("quay", &server, "/feed")]);
    let mut daemon = desk.daemon();
    let asked = || -> Vec<String> {
        let targets = server.requests().into_iter().map(|request| request.target);
        targets.filter(|target| target.starts_with("/story/")).collect()
    };
    let open = || -> i64 {
        let log = dealwatch::store::Store::open_read_only(desk.path().join("data/dealwatch.db"));
        let count = "SELECT count(*) FROM wanted WHERE state = 'due' AND due_at <= \
                     unixepoch('subsec') * 1000000";
        log.unwrap().read_blocking(|conn| Ok(conn.query_row(count, [], |r| r.get(0))?)).unwrap()
    };
    daemon.wait_until("three pages", || asked().len() == 3 && open() == 0);
    let mut first = asked();
    first.sort();
    assert_eq!(first, ["/story/109", "/story/110", "/story/111"], "the newest of them");
    assert_eq!(desk.run(&["poll", "quay"]).0, 0);
    daemon.wait_until("the refusals", || asked().len() >= 5 && open() == 0);
    assert_eq!(asked().len(), 5, "none of the forty more");
}

#[test]
fn a_host_that_refuses_is_asked_nothing_more() {
    for (refusal, remedy) in [
        (wall(), "ask for access"),
        (Reply::new(403, "no"), "ask its operator"),
        (Reply::new(429, ""), "left alone for a while"),
        (Reply::new(200, "<html><title>Just a moment...</title>").field("X", "y"), "browsers"),
    ] {
        let (desk, server) = (Desk::new(), Server::start());
        server.on("/", [refusal]);
        let (code, _, err) = desk.run(&["sources", "add", server.url("/").as_str(), "--yes"]);
        assert!(code == 3 && err.contains(remedy) && err.contains("own address"), "{err}");
        let asked: Vec<String> = server.requests().into_iter().map(|r| r.target).collect();
        assert_eq!(asked, ["/robots.txt", "/"], "{err}");
    }
    // Also where it begins to refuse on the way.
    let (desk, server) = (Desk::new(), Server::start());
    server.on("/", [page("")]).on("/rss", [Reply::new(403, "no")]);
    let (_, _, err) = desk.run(&["sources", "add", server.url("/").as_str()]);
    assert_eq!(server.requests().last().unwrap().target, "/rss", "{err}");
}

/// A sitemap of pages that say what they are about.
fn urlset(server: &Server, count: usize) -> Reply {
    let day = today().strftime("%Y-%m-%d");
    let row = |n: usize| {
        let at = server.url(&format!("/corvane-raises-{n}-million-in-series-a"));
        format!("<url><loc>{at}</loc><lastmod>{day}</lastmod></url>")
    };
    let rows: Vec<String> = (1..=count).map(row).collect();
    let set = format!("<?xml version=\"1.0\"?><urlset>{}</urlset>", rows.concat());
    Reply::new(200, set).field("Content-Type", "application/xml")
}

#[test]
fn sitemaps_and_indexes_are_added_with_what_is_in_them() {
    let (desk, server) = (Desk::new(), Server::start());
    let day = today().strftime("%Y-%m-%d");
    let index = format!(
        "<sitemapindex><sitemap><loc>{}</loc><lastmod>{day}</lastmod></sitemap></sitemapindex>",
        server.url("/pages.xml")
    );
    let robots = format!("User-agent: *\nDisallow: /x\nSitemap: {}\n", server.url("/index.xml"));
    server
        .on("/", [page("")])
        .on("/robots.txt", [Reply::new(200, robots)])
        .on("/map.xml", [Reply::new(200, index)])
        .on("/index.xml", [Reply::new(404, "")])
        .on("/pages.xml", [urlset(&server, 3)]);
    for path in ["/pages.xml", "/map.xml"] {
        let (code, out, err) =
            desk.run(&["sources", "add", server.url(path).as_str(), "--dry-run"]);
        assert!(
            code == 0 && out.contains("3 items") && out.contains("Raises 1 Million"),
            "{out}{err}"
        );
        assert!(out.contains("kind = \"sitemap\""), "{out}");
    }
    // The index that robots.txt names, after the page and its usual paths; robots.txt is read once.
    server.on("/index.xml", [urlset(&server, 2)]);
    let robots = format!("Sitemap: {}\n", server.url("/all.xml"));
    server.on("/robots.txt", [Reply::new(200, robots)]).on("/index.xml", [Reply::new(404, "")]);
    server.on("/all.xml", [urlset(&server, 2)]);
    let before = server.requests().len();
    let (code, out, err) = desk.run(&["sources", "add", server.url("/").as_str(), "--dry-run"]);
    assert!(
        code == 0 && out.contains("named by robots.txt") && out.contains("2 items"),
        "{out}{err}"
    );
    let asked = server.requests().split_off(before);
    assert_eq!(asked.iter().filter(|request| request.target == "/robots.txt").count(), 1);
}

#[test]
fn a_long_crawl_delay_allows_one_request_and_is_named_before_the_second() {
    let (desk, server) = (Desk::new(), Server::start());
    server
        .on("/robots.txt", [Reply::new(200, "User-agent: *\nCrawl-delay: 120\nDisallow: /x\n")])
        .on("/news", [page("").field("ETag", "\"a\"")]);
    let row = format!(
        "[[source]]\nid = 'list'\nkind = 'page'\nurl = '{}'\n[source.selectors]\nitem = 'body'\n\
         title = 'p'\nlink = 'p'\n",
        server.url("/news")
    );
    fs::write(desk.path().join("sources.toml"), row).unwrap();
    let (_, out, err) = desk.run(&["sources", "test", "list"]);
    assert!(out.contains("200, text/html"), "the page is asked: {out}{err}");
    let url = server.url("/news?page=1").to_string();
    server.on("/news?page=1", [page("")]);
    let (code, _, err) = desk.run(&["sources", "add", &url]);
    assert!(code == 3 && err.contains("asks for 2 min between two requests"), "{err}");
}

#[test]
fn json_as_people_write_it_and_addresses_as_they_type_them() {
    let (desk, server) = (Desk::new(), Server::start());
    let at = today().strftime("%Y-%m-%dT%H:%M:%SZ");
    let body = format!(
        "\u{feff}// by hand\n{{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [\
         /* the first */ {{\"id\": 1, \"title\": \"A crane\", \"date_published\": \"{at}\",}},]}}"
    );
    server.on("/feed.json", [Reply::new(200, body)]).on("/feed", [feed("Quay", 2)]);
    let bare = |path: &str| server.url(path).as_str().replace("http://", "");
    let (code, out, err) = desk.run(&["sources", "test", &bare("/feed.json")]);
    assert!(code == 0 && out.contains("1 item"), "{out}{err}");
    let list = format!("feed:{}\n{}\n", server.url("/feed"), bare("/feed.json"));
    fs::write(desk.path().join("list.txt"), list).unwrap();
    let (code, _, err) = desk.run(&["sources", "import", "list.txt", "--dry-run"]);
    assert!(code == 0 && err.contains("2 sources would be added"), "{err}");
    let (code, out, err) = desk.run(&["sources", "add", &bare("/feed"), "--dry-run"]);
    assert!(code == 0 && out.contains(server.url("/feed").as_str()), "{out}{err}");
    let (code, _, err) = desk.run(&["sources", "test", "nobody"]);
    assert!(code == 2 && err.contains("there is no source `nobody`"), "{err}");
    let (code, _, err) = desk.run(&["sources", "test", "--disabled"]);
    assert!(code == 3 && err.contains("no source is switched off"), "{err}");
}

#[test]
fn a_private_address_is_named_with_the_way_to_allow_it() {
    let (desk, server) = (Desk::new(), Server::start());
    server.on("/feed", [feed("Quay", 2)]).on("/news", [page("")]);
    let config = desk.path().join("dealwatch.toml");
    let text = fs::read_to_string(&config).unwrap();
    fs::write(&config, text.replace("allow_private_addresses = true\n", "")).unwrap();
    let url = server.url("/feed").to_string();
    let (code, out, _) = desk.run(&["sources", "test", &url]);
    assert!(
        code == 1 && out.contains("private address") && out.contains("--allow-private"),
        "{out}"
    );
    let (code, _, err) = desk.run(&["sources", "add", &url, "--yes"]);
    assert!(code == 3 && err.contains("not a public address"), "{err}");
    let (code, _, err) = desk.run(&["sources", "add", server.url("/news").as_str(), "--yes"]);
    assert!(code == 3 && err.contains("not a public address"), "not robots.txt: {err}");
    assert!(server.requests().is_empty());
    let (code, out, err) = desk.run(&["sources", "test", &url, "--allow-private"]);
    assert_eq!(code, 0, "{out}{err}");
    let (code, _, err) = desk.run(&["sources", "add", &url, "--yes", "--allow-private"]);
    assert!(code == 0 && desk.catalogue().contains("allow_private = true"), "{err}");
}

#[test]
fn of_several_feeds_the_first_that_is_new_is_offered() {
    let (desk, server) = (Desk::new(), Server::start());
    let links = "<link rel='alternate' type='application/rss+xml' href='/all.xml'>\
                 <link rel='alternate' type='application/rss+xml' href='/ai.xml'>";
    server.on("/", [page(links)]).on("/all.xml", [feed("All", 3)]).on("/ai.xml", [feed("AI", 3)]);
    desk.sources(&[("all", &server, "/all.xml")]);
    let (code, out, err) = desk.run(&["sources", "add", server.url("/").as_str(), "--yes"]);
    assert!(code == 0 && out.contains("this is the source `all` already"), "{out}{err}");
    assert!(desk.catalogue().contains("/ai.xml"), "{}", desk.catalogue());
}

#[test]
fn a_feed_that_is_lost_is_looked_for_on_its_site_and_failures_are_counted() {
    let (desk, server) = (Desk::new(), Server::start());
    let link = "<link rel='alternate' type='application/rss+xml' href='/new.xml'>";
    server.on("/", [page(link)]).on("/feed", [feed("Quay", 2), Reply::new(404, "")]);
    desk.sources(&[("quay", &server, "/feed")]);
    let asked = |path: &str| server.requests().iter().filter(|r| r.target == path).count();
    assert_eq!(desk.run(&["poll", "quay"]).0, 0);
    for _ in 0..2 {
        let (code, out, _) = desk.run(&["poll", "quay"]);
        assert!(code == 1 && !out.contains("another feed"), "{out}");
    }
    assert_eq!(asked("/"), 0, "a bad hour costs nothing more");
    let (_, out, _) = desk.run(&["poll", "quay"]);
    assert!(out.contains("its site names another feed") && out.contains("/new.xml"), "{out}");
    assert_eq!(asked("/"), 1);
    let (_, out, _) = desk.run(&["sources", "report", "quay"]);
    assert!(out.contains("/new.xml") && out.contains("UTC"), "{out}");
    let (_, out, _) = desk.run(&["doctor"]);
    assert!(out.contains("3  polls that failed: not found"), "{out}");
}

#[test]
fn a_report_says_which_entries_and_dates_could_not_be_read() {
    let (desk, server) = (Desk::new(), Server::start());
    let item = |n: u8, date: &str| {
        format!("<item><guid>{n}</guid><title>Crane {n}</title><pubDate>{date}</pubDate></item>")
    };
    let body = format!(
        "<rss version=\"2.0\"><channel><title>Q</title>{}{}{}<item><guid>x</guid></item></channel></rss>",
        item(1, "02/03/2026 10:00"),
        item(2, "02/03/2026 11:00"),
        item(1, "03 Mar 2026 12:00:00 GMT")
    );
    let whole = Reply::new(200, body).field("ETag", "\"1\"");
    server.on("/feed", [whole.clone(), whole, Reply::new(304, "")]);
    desk.sources(&[("quay", &server, "/feed")]);
    let odd = [
        "2 of 4 entries could be read",
        "number 3 has the id of another",
        "number 4 has neither title nor text",
        "`02/03/2026 10:00` may be of two days",
    ];
    let (_, out, _) = desk.run(&["sources", "test", "quay"]);
    assert!(odd.iter().all(|words| out.contains(words)), "{out}");
    for _ in 0..2 {
        assert_eq!(desk.run(&["poll", "quay"]).0, 0);
        let (_, out, _) = desk.run(&["sources", "report", "quay"]);
        assert!(odd.iter().all(|words| out.contains(words)), "{out}");
    }
}
