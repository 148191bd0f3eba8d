//! A daemon that is killed again and again loses nothing and repeats only what was in flight.
//!
//! The kills come after counted transactions and deliveries, or while the receiver holds a
//! delivery; which and how many is drawn from a fixed seed.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::io::Write;
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use dealwatch::domain::Rates;
use dealwatch::newsroom;
use dealwatch::newsroom::Arrival;
use dealwatch::newsroom::Begin;
use dealwatch::newsroom::Newsroom;
use dealwatch::newsroom::OutletKind;
use dealwatch::newsroom::OutletSource;
use dealwatch::newsroom::Pace;
use dealwatch::query;
use dealwatch::query::DealView;
use dealwatch::store;
use dealwatch::store::Store;
use hmac::Hmac;
use hmac::KeyInit;
use hmac::Mac;
use serde_json::Value;

use crate::process::Process;
use crate::process::Stream;

const SEED: u64 = 20_260_307;
const KILLS: usize = 20;
/// Of the newsroom.
const OUTLETS: usize = 6;
const KEY: &[u8] = b"0123456789abcdef0123456789abcdef";

/// The newsroom in a process of its own.
struct Room {
    _process: Process,
    base_url: String,
}

impl Room {
    fn open() -> Room {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dealwatch"));
        command.args(["demo", "--newsroom", "--pace", "0"]);
        let mut process = Process::start(&mut command, Stream::Out);
        let base_url = process.wait_for("http://").trim().to_owned();
        Room { _process: process, base_url }
    }

    fn ask(&self, method: &str, path: &str) -> String {
        let address = self.base_url.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 20"), "{answer}");
        answer.split_once("\r\n\r\n").unwrap().1.to_owned()
    }

    fn arrivals(&self) -> Vec<Arrival> {
        serde_json::from_str(&self.ask("GET", "/hook/log")).unwrap()
    }

    fn sources(&self) -> Vec<OutletSource> {
        let settings = newsroom::Settings {
            pace: Pace::ALL_AT_ONCE,
            begin: Begin::AtStart,
            base_url: self.base_url.clone(),
            started: jiff::Timestamp::UNIX_EPOCH,
        };
        Newsroom::new(newsroom::cast(), settings, std::time::Duration::default).sources()
    }
}

/// A data directory with a configuration that polls the newsroom and tells its sink.
struct Post {
    folder: tempfile::TempDir,
}

impl Post {
    fn new(room: &Room) -> Post {
        let folder = tempfile::tempdir().unwrap();
        let config = format!(
            "data_dir = '{data}'\n\
             [http]\nallow_private_addresses = true\n\
             [fetch]\nhost_gap_ms = 0\n\
             [sources]\nshipped = false\nfiles = ['sources.toml']\n\
             [web]\nenabled = false\n\
             [[receiver.webhook]]\nname = 'sink'\nurl = '{base}/hook'\nsecret = 'whsec_{secret}'\n\
             [[route]]\nname = 'all'\nfilter = 'ai:true'\nreceivers = ['sink']\nwait_secs = 0\n",
            data = folder.path().join("data").display(),
            base = room.base_url,
            secret = STANDARD.encode(KEY),
        );
        fs::write(folder.path().join("dealwatch.toml"), config).unwrap();
        let sources: String = room.sources().iter().map(catalogue).collect();
        fs::write(folder.path().join("sources.toml"), sources).unwrap();
        Post { folder }
    }

    fn config(&self) -> PathBuf {
        self.folder.path().join("dealwatch.toml")
    }

    fn daemon(&self) -> Process {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dealwatch"));
        command.args(["run", "--alert-backlog", "--config"]).arg(self.config());
        command.env("DEALWATCH_LOG", "info,dealwatch::store=debug");
        command.env_remove("DEALWATCH_CONFIG");
        Process::start(&mut command, Stream::Err)
    }

    fn log(&self) -> Store {
        Store::open_read_only(self.folder.path().join("data/dealwatch.db")).unwrap()
    }
}

fn catalogue(outlet: &OutletSource) -> String {
    let mut table = String::new();
    let kind = if outlet.kind == OutletKind::Page { "page" } else { "feed" };
    let language = outlet.language.get(..2).unwrap();
    writeln!(
        table,
        "[[source]]\nid = '{}'\nname = '{}'\nkind = '{kind}'\nurl = '{}'\nlanguage = '{language}'\n\
         class = '{}'\nevery_secs = 3600",
        outlet.id,
        outlet.name,
        outlet.url,
        serde_json::to_value(outlet.class).unwrap().as_str().unwrap(),
    )
    .unwrap();
    if language == "zh" {
        writeln!(table, "utc_offset_minutes = 480").unwrap();
    }
    if let Some(s) = &outlet.selectors {
        writeln!(
            table,
            "selectors = {{ item = '{}', title = '{}', link = '{}', date = '{}', summary = '{}' }}",
            s.item, s.title, s.link, s.time, s.summary
        )
        .unwrap();
    }
    table
}

/// Everything is polled, read and delivered.
fn is_quiet(log: &Store) -> bool {
    log.read_blocking(|conn| {
        let states = store::source::load_states(conn)?;
        let polled = states.iter().filter(|(_, state)| state.polled_at.is_some()).count();
        let wanted = store::wanted::next_due(conn)?.is_some();
        let owed = store::outbox::next_due(conn)?.is_some();
        Ok(polled == OUTLETS && !wanted && !owed)
    })
    .unwrap()
}

/// Lets a daemon work until there is nothing left to do, and stops it.
fn finish(post: &Post) {
    let mut daemon = post.daemon();
    daemon.wait_for("Ready");
    let log = post.log();
    daemon.wait_until("the end of all work", || is_quiet(&log));
    drop(log);
    let (status, said) = daemon.terminate(dealwatch::daemon::GRACE);
    assert!(status.success(), "{status}\n{said}");
}

/// Where a daemon is killed.
#[derive(Debug, Clone, Copy)]
enum Point {
    /// After so many transactions.
    Commits(usize),
    /// After so many deliveries that were answered and noted.
    Deliveries(usize),
    /// While its next delivery waits for the answer.
    InFlight,
}

impl Point {
    fn draw(dice: &mut fastrand::Rng) -> Point {
        match dice.u8(0..4) {
            0 | 1 => Point::Commits(dice.usize(1..=6)),
            2 => Point::Deliveries(dice.usize(1..=2)),
            _ => Point::InFlight,
        }
    }
}

/// Runs a daemon to its end at the point; returns how many deliveries have arrived by then.
fn run_to(point: Point, post: &Post, room: &Room) -> usize {
    let before = room.arrivals().len();
    if matches!(point, Point::InFlight) {
        room.ask("POST", &format!("/hook/hold?after={}", before + 1));
    }
    let mut daemon = post.daemon();
    match point {
        Point::Commits(count) => (0..count).for_each(|_| drop(daemon.wait_for("Committed"))),
        Point::Deliveries(count) => (0..count).for_each(|_| drop(daemon.wait_for("Delivered"))),
        Point::InFlight => {
            daemon.wait_until("a delivery", || room.arrivals().len() > before);
        }
    }
    daemon.kill();
    room.ask("POST", "/hook/release");
    room.arrivals().len()
}

/// A deal with what may not depend on when it was read: its articles by the end of their address.
fn facts(deal: &DealView) -> String {
    let urls = deal.sources.iter().filter_map(|source| source.url.as_deref());
    let slugs: BTreeSet<&str> = urls.filter_map(|url| url.rsplit('/').next()).collect();
    let amount = deal.amount.as_ref().map(|amount| (amount.min, amount.max, amount.currency));
    let (kind, status) = (deal.kind.as_str(), deal.status.as_str());
    format!("{} {kind} {status} {:?} {amount:?} {slugs:?}", deal.target, deal.round)
}

/// Every deal of the log, and whether a receiver was told of it for the first time.
fn deals(post: &Post, arrivals: &[Arrival]) -> BTreeMap<String, bool> {
    let told: BTreeSet<u64> = arrivals
        .iter()
        .map(|arrival| serde_json::from_str::<Value>(&arrival.body).unwrap())
        .filter(|body| body["type"] == "deal.new")
        .map(|body| body["data"]["deal"]["id"].as_u64().unwrap())
        .collect();
    let rates = Rates::parse(include_str!("../../config/fx-yearly.csv")).unwrap();
    let mut deals = BTreeMap::new();
    post.log()
        .read_blocking(|conn| {
            let context = query::Context {
                now: jiff::Timestamp::UNIX_EPOCH,
                rates: &rates,
                fold: |text| dealwatch::entity::View::new(text).text,
            };
            query::each_deal(conn, &query::Request::default(), &context, |deal| {
                let id = u64::try_from(deal.id.0).unwrap();
                deals.insert(facts(&deal), told.contains(&id));
                Ok::<(), query::StoreError>(())
            })
        })
        .unwrap();
    deals
}

fn check_signature(arrival: &Arrival) {
    let id = arrival.id.as_deref().unwrap();
    let seconds = arrival.timestamp.as_deref().unwrap();
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(KEY).unwrap();
    mac.update(format!("{id}.{seconds}.{}", arrival.body).as_bytes());
    let wanted = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
    assert_eq!(arrival.signature.as_deref(), Some(wanted.as_str()), "{id}");
}

/// What came more than once says the same each time, and each but the last was in flight at a
/// kill: it is the last delivery that arrived before one.
fn check_repeats(arrivals: &[Arrival], at_kills: &[usize]) -> usize {
    let mut by_id: BTreeMap<&str, Vec<&Arrival>> = BTreeMap::new();
    for arrival in arrivals {
        by_id.entry(arrival.id.as_deref().unwrap()).or_default().push(arrival);
    }
    let mut repeated = 0;
    for (id, same) in by_id {
        let (last, earlier) = same.split_last().unwrap();
        for arrival in earlier {
            assert_eq!(arrival.body, last.body, "{id} says two things");
            let number = usize::try_from(arrival.number).unwrap();
            assert!(at_kills.contains(&number), "{id} came again without need: {at_kills:?}");
            repeated += 1;
        }
    }
    repeated
}

#[test]
fn twenty_kills_lose_nothing_and_repeat_only_what_was_in_flight() {
    let (calm, calm_room) = {
        let room = Room::open();
        (Post::new(&room), room)
    };
    finish(&calm);
    let expected = deals(&calm, &calm_room.arrivals());
    assert!(expected.len() >= 20, "{expected:#?}");

    let room = Room::open();
    let post = Post::new(&room);
    let mut dice = fastrand::Rng::with_seed(SEED);
    let points: Vec<Point> = (0..KILLS).map(|_| Point::draw(&mut dice)).collect();
    let at_kills: Vec<usize> = points.iter().map(|point| run_to(*point, &post, &room)).collect();
    finish(&post);

    let arrivals = room.arrivals();
    arrivals.iter().for_each(check_signature);
    let repeated = check_repeats(&arrivals, &at_kills);
    let held = points.iter().filter(|point| matches!(point, Point::InFlight)).count();
    assert!(repeated >= held, "{repeated} repeats, {held} held");
    assert_eq!(deals(&post, &arrivals), expected);
}
