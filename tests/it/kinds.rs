//! Every kind of source from the wire to a deal: scripted server, the binary, a log of its own.

mod catalogue;

use std::fs;
use std::io::Write as _;
use std::process::Command;

use serde_json::Value;

use crate::server::Reply;
use crate::server::Request;
use crate::server::Server;

/// A server, and a folder with a configuration whose sources are on it.
struct Scene {
    server: Server,
    folder: tempfile::TempDir,
}

impl Scene {
    /// `rows` are `[[source]]` tables; `BASE` stands for the server's address.
    fn new(contact: &str, rows: &str) -> Scene {
        let (server, folder) = (Server::start(), tempfile::tempdir().unwrap());
        let base = server.url("").as_str().trim_end_matches('/').to_owned();
        let config = format!(
            "[http]\ncontact = '{contact}'\nallow_private_addresses = true\n[fetch]\nhost_gap_ms = 0\n\
             [sources]\nshipped = false\nfiles = ['sources.toml']\n"
        );
        fs::write(folder.path().join("dealwatch.toml"), config).unwrap();
        fs::write(folder.path().join("sources.toml"), rows.replace("BASE", &base)).unwrap();
        Scene { server, folder }
    }

    fn run(&self, arguments: &[&str]) -> (String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_dealwatch"))
            .current_dir(self.folder.path())
            .env_clear()
            .envs([("HOME", "home"), ("TZ", "UTC"), ("NO_COLOR", "1"), ("DEALWATCH_KEY", "hush")])
            .env("DEALWATCH_CONFIG", "dealwatch.toml")
            .args(["--data-dir", "data"])
            .args(arguments)
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (text(&output.stdout), text(&output.stderr))
    }

    /// Polls every source; what came of each, by its id.
    fn poll(&self) -> Vec<Value> {
        let (out, err) = self.run(&["poll", "--format", "jsonl"]);
        let reports: Vec<Value> =
            out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert!(!reports.is_empty(), "{out}{err}");
        reports
    }

    /// The targets of all deals, in alphabetical order.
    fn targets(&self) -> Vec<String> {
        let (out, err) = self.run(&["deals", "--format", "jsonl"]);
        let mut targets: Vec<String> = out
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap())
            .map(|deal| deal["target"].as_str().unwrap_or_default().to_owned())
            .collect();
        targets.sort();
        assert!(err.is_empty() || !targets.is_empty(), "{err}");
        targets
    }

    fn asked(&self, path: &str) -> Vec<Request> {
        let requests = self.server.requests();
        let of = |request: &Request| request.target.split('?').next() == Some(path);
        requests.into_iter().filter(of).collect()
    }
}

#[track_caller]
fn outcome<'a>(reports: &'a [Value], id: &str) -> (&'a str, String) {
    let report = reports.iter().find(|report| report["source"] == id).unwrap();
    let words = report["words"].as_array().unwrap().iter().filter_map(Value::as_str);
    (report["outcome"].as_str().unwrap(), words.collect::<Vec<_>>().join("; "))
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

const PAGE: &str = "
    [[source]]
    id = 'list'
    kind = 'page'
    url = 'BASE/news'
    utc_offset_minutes = 480
    selectors = { item = 'li', title = 'a', date = '.time', summary = 'p' }
";

#[test]
fn a_list_page_leads_to_a_deal_and_a_lost_selector_is_named() {
    let scene = Scene::new("ops@deals.test", PAGE);
    let item = "<li><a href='/p/1'>星桅智能完成1亿元A轮融资</a><span class=time>3分钟前</span>\
                <p>人工智能公司星桅智能宣布完成1亿元A轮融资，由北锚资本领投。</p></li>";
    let html = |body: &str| Reply::new(200, body).field("Content-Type", "text/html; charset=utf-8");
    let pages = [html(&format!("<ul>{item}</ul>")), html("<div>rebuilt</div>")];
    scene.server.on("/news", pages);
    assert_eq!(outcome(&scene.poll(), "list"), ("new", String::new()));
    assert_eq!(scene.targets(), ["星桅智能"]);
    let reports = scene.poll();
    let (outcome, words) = outcome(&reports, "list");
    assert_eq!(outcome, "failed");
    assert!(words.contains("selector `li` for item matched nothing"), "{words}");
}

const API: &str = "
    [[source]]
    id = 'api'
    kind = 'json'
    url = 'BASE/query?day={date}&q={query}'
    query = '收购 \"AI\"'
    [source.json]
    items = 'data.list'
    id = 'id'
    title = 'title'
    link = '/detail/{id}'
    date = 'time'
    summary = 'text'
    [source.request]
    headers = { Referer = 'https://www.example.org/', X-Key = { env = 'DEALWATCH_KEY' } }
    form = { pageNum = '1', searchkey = '收购' }
";

#[test]
fn a_header_without_a_value_fails_its_source_and_nothing_else() {
    let scene = Scene::new(
        "ops@quay.test",
        "[[source]]\nid = 'keyed'\nurl = 'BASE/keyed'\n[source.request]\n\
         headers = { X-Key = { env = 'DEALWATCH_UNSET' } }\n\
         [[source]]\nid = 'open'\nurl = 'BASE/open'\n",
    );
    scene.server.on("/open", [Reply::feed("Open")]);
    let (_, err) = scene.run(&["config", "check"]);
    assert!(err.contains("headers.X-Key: $DEALWATCH_UNSET is not set"), "{err}");
    let reports = scene.poll();
    assert_eq!(outcome(&reports, "open").0, "new");
    let (word, words) = outcome(&reports, "keyed");
    assert_eq!(word, "failed");
    assert!(words.contains("`X-Key` has no value") && words.contains("DEALWATCH_UNSET"), "{words}");
    assert!(scene.asked("/keyed").is_empty(), "nothing is asked without it");
    for command in [&["stats"][..], &["sources", "list"], &["sources", "report"], &["doctor"]] {
        let (out, err) = scene.run(command);
        assert!(!err.starts_with("dealwatch:"), "{command:?}: {out}{err}");
    }
    let (out, _) = scene.run(&["sources", "test", "keyed"]);
    assert!(out.contains("incomplete"), "{out}");
}

#[test]
fn an_api_is_asked_by_post_and_leads_to_a_deal() {
    let scene = Scene::new("ops@deals.test", API);
    let list = "{\"data\":{\"list\":[{\"id\":7,\"title\":\"Pintle AI raises $5 million seed round led by \
                Osprey Lane\",\"time\":1772409600,\"text\":\"<p>Pintle AI, an artificial intelligence \
                start-up, has raised $5 million in a seed round led by Osprey Lane.</p>\"}]}}";
    // The target holds the day of the request, so the script cannot name it.
    let target = {
        scene.poll();
        scene.server.requests()[0].target.clone()
    };
    let day = target.strip_prefix("/query?day=").and_then(|rest| rest.split_once('&')).unwrap();
    assert_eq!(day.0.len(), 10, "{target}");
    assert_eq!(day.1, "q=%E6%94%B6%E8%B4%AD%20%22AI%22");
    let replies =
        [Reply::new(200, list), Reply::new(200, "{\"code\":500,\"msg\":\"search is closed\"}")];
    scene.server.on(&target, replies);
    let reports = scene.poll();
    assert_eq!(outcome(&reports, "api"), ("new", String::new()));
    assert_eq!(scene.targets(), ["Pintle AI"]);
    let request = scene.server.requests()[1].clone();
    assert_eq!(request.method, "POST");
    assert_eq!(request.field("content-type"), "application/x-www-form-urlencoded");
    assert_eq!(request.field("x-key"), "hush");
    assert_eq!(request.field("referer"), "https://www.example.org/");
    assert_eq!(request.field("accept"), "application/json, */*;q=0.1");
    assert_eq!(request.body, b"pageNum=1&searchkey=%E6%94%B6%E8%B4%AD");
    let reports = scene.poll();
    let (outcome, words) = outcome(&reports, "api");
    assert_eq!(outcome, "failed");
    assert!(words.contains("{\"code\":500,\"msg\":\"search is closed\"}"), "{words}");
    let (listed, _) = scene.run(&["sources", "list", "--format", "json"]);
    assert!(listed.contains("\"***\"") && !listed.contains("hush"), "{listed}");
}

#[test]
fn a_redirect_takes_no_header_and_no_body_to_another_origin() {
    let scene = Scene::new("ops@deals.test", API);
    let other = Server::start();
    scene.poll();
    let target = scene.server.requests()[0].target.clone();
    other.on("/elsewhere", [Reply::new(200, "{}")]);
    scene.server.on(&target, [Reply::redirect(307, other.url("/elsewhere").as_str())]);
    scene.poll();
    let request = other.requests()[0].clone();
    assert_eq!((request.method.as_str(), request.body.len()), ("GET", 0));
    assert!(!request.has("x-key") && !request.has("referer"), "{request:?}");
}

const SITEMAP: &str = "
    [[source]]
    id = 'map'
    kind = 'sitemap'
    url = 'BASE/index.xml'
";

fn news(title: &str, n: u8) -> String {
    format!(
        "<urlset><url><loc>/story/{n}</loc><news:news><news:title>{title}</news:title>\
         <news:keywords>artificial intelligence</news:keywords></news:news></url></urlset>"
    )
}

fn index(rows: &[(&str, &str)]) -> Reply {
    let rows: Vec<String> = rows
        .iter()
        .map(|(path, date)| {
            format!("<sitemap><loc>{path}</loc><lastmod>{date}</lastmod></sitemap>")
        })
        .collect();
    let rows = rows.concat();
    Reply::new(200, format!("<sitemapindex>{rows}</sitemapindex>"))
}

#[test]
fn an_index_is_followed_and_each_child_is_asked_with_its_own_validators() {
    let scene = Scene::new("ops@deals.test", SITEMAP);
    let first = "Corvane AI raises $20 million seed round led by Osprey Lane";
    let second = "Brelin AI raises $30 million Series A led by Osprey Lane";
    scene.server.on(
        "/index.xml",
        [
            index(&[("/a.xml.gz", "2026-03-01"), ("/b.xml", "2026-03-02")]),
            // The child that failed is asked again, although the index is as it was.
            index(&[("/a.xml.gz", "2026-03-01"), ("/b.xml", "2026-03-02")]),
            index(&[("/a.xml.gz", "2026-03-03"), ("/b.xml", "2026-03-02")]),
        ],
    );
    scene.server.on(
        "/a.xml.gz",
        [Reply::new(200, gzip(&news(first, 1))).field("ETag", "\"a1\""), Reply::new(304, "")],
    );
    scene.server.on("/b.xml", [Reply::new(500, "oops"), Reply::new(200, news(second, 2))]);

    let reports = scene.poll();
    let (outcome_, words) = outcome(&reports, "map");
    assert_eq!(outcome_, "new");
    assert!(words.contains("/b.xml answered 500"), "{words}");
    assert_eq!(scene.targets(), ["Corvane AI"]);

    assert_eq!(outcome(&scene.poll(), "map").0, "new", "the index is as it was, its child is not");
    assert_eq!(scene.targets(), ["Brelin AI", "Corvane AI"]);
    assert_eq!(scene.asked("/a.xml.gz").len(), 1, "its date has not changed");

    assert_eq!(outcome(&scene.poll(), "map").0, "new");
    let asked = scene.asked("/a.xml.gz");
    assert_eq!(asked.len(), 2);
    assert_eq!(asked[1].field("if-none-match"), "\"a1\"");
    assert_eq!(scene.asked("/b.xml").len(), 2);
}

#[test]
fn an_index_does_not_lead_to_other_hosts_and_all_children_lost_is_a_failure() {
    let scene = Scene::new("ops@deals.test", SITEMAP);
    let other = Server::start();
    let elsewhere = other.url("/c.xml");
    scene.server.on(
        "/index.xml",
        [index(&[("/gone.xml", "2026-03-01"), (elsewhere.as_str(), "2026-03-02")])],
    );
    let reports = scene.poll();
    let (outcome, words) = outcome(&reports, "map");
    assert_eq!(outcome, "failed");
    assert!(words.contains("/gone.xml answered 404"), "{words}");
    assert_eq!(other.requests().len(), 0);
}

const EDGAR: &str = "
    [[source]]
    id = 'filings'
    kind = 'edgar'
    url = 'BASE/current?type=SC+TO-T'
    class = 'filing'
    edgar = { forms = ['SC TO-T'] }
";

const FILINGS: &str = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\" ?>\
    <feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Latest Filings</title>\
    <entry><title>SC TO-T - Tidepool AI, Inc. (0001999002) (Subject)</title>\
    <link href=\"/Archives/1/0001999001-26-000041-index.htm\"/>\
    <summary type=\"html\">&lt;b&gt;Filed:&lt;/b&gt; 2026-03-02</summary>\
    <updated>2026-03-02T16:31:05-05:00</updated>\
    <id>urn:tag:sec.gov,2008:accession-number=0001999001-26-000041</id></entry>\
    <entry><title>SC TO-T - Northgate Corp (0001999003) (Filed by)</title>\
    <link href=\"/Archives/2/0001999001-26-000041-index.htm\"/>\
    <summary type=\"html\">&lt;b&gt;Filed:&lt;/b&gt; 2026-03-02</summary>\
    <updated>2026-03-02T16:31:05-05:00</updated>\
    <id>urn:tag:sec.gov,2008:accession-number=0001999001-26-000041</id></entry></feed>";

#[test]
fn filings_are_asked_for_with_a_contact_and_lead_to_a_deal() {
    let scene = Scene::new("ops@deals.test", EDGAR);
    scene.server.on("/current?type=SC+TO-T", [Reply::new(200, FILINGS)]);
    let reports = scene.poll();
    assert_eq!(outcome(&reports, "filings"), ("new", String::new()));
    assert_eq!(reports[0]["new_articles"], 1);
    assert_eq!(scene.server.requests()[0].field("user-agent"), "dealwatch ops@deals.test");
    assert_eq!(scene.targets(), ["Tidepool AI Inc"]);
}

#[test]
fn without_a_contact_no_filing_is_asked_for() {
    let scene = Scene::new("unset@example.org", EDGAR);
    let reports = scene.poll();
    let (outcome, words) = outcome(&reports, "filings");
    assert_eq!(outcome, "failed");
    assert!(words.contains("set `http.contact` to a mail address"), "{words}");
    assert_eq!(scene.server.requests().len(), 0);
    let (_, said) = scene.run(&["config", "check"]);
    assert!(said.contains("1 source is not asked without one"), "{said}");
}
