//! What the newsroom promises: whole stories, readable formats, honest validators, a steady pace.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;
use std::time::Duration;

use jiff::Timestamp;

use super::Article;
use super::Ask;
use super::Begin;
use super::Cast;
use super::Format;
use super::Kept;
use super::Newsroom;
use super::Pace;
use super::Reply;
use super::Settings;
use super::cast;

mod on_a_socket;
mod stories;

/// A newsroom whose clock stands still at so many seconds after its start.
fn newsroom(pace: Pace, seconds: u64) -> Newsroom {
    Newsroom::new(cast(), settings(pace, Begin::AtStart), move || Duration::from_secs(seconds))
}

fn settings(pace: Pace, begin: Begin) -> Settings {
    Settings {
        pace,
        begin,
        base_url: "http://127.0.0.1:4080".into(),
        started: "2026-11-24T08:00:00Z".parse().unwrap(),
    }
}

fn ask(path: &str) -> Ask {
    Ask { path: path.into(), ..Ask::default() }
}

fn path_of(format: Format) -> String {
    let room = newsroom(Pace::ONE_MINUTE, 0);
    let outlet = room.cast().outlets.iter().find(|outlet| outlet.format == format).unwrap();
    Newsroom::list_path(outlet)
}

fn text_of(reply: &Reply) -> String {
    String::from_utf8(reply.body.clone()).unwrap()
}

/// Reads a feed whole and compares the titles with what is out.
#[track_caller]
fn check_feed(format: Format, decode: fn(&[u8]) -> String) {
    let room = newsroom(Pace::ONE_MINUTE, 60);
    let path = path_of(format);
    let reply = room.reply(&ask(&path));
    assert_eq!(reply.status, 200);
    let feed = feed_rs::parser::parse(decode(&reply.body).as_bytes()).unwrap();
    let outlet = path.split('/').nth(1).unwrap();
    let mut out: Vec<&Article> =
        room.released(Duration::from_mins(1)).filter(|one| one.outlet == outlet).collect();
    out.reverse();
    let titles: Vec<_> =
        feed.entries.iter().map(|entry| entry.title.as_ref().unwrap().content.clone()).collect();
    assert_eq!(titles, out.iter().map(|article| article.title.clone()).collect::<Vec<_>>());
    for (entry, article) in feed.entries.iter().zip(out) {
        let published = entry.published.or(entry.updated).unwrap();
        assert_eq!(published.timestamp(), room.published(article).as_second(), "{}", article.slug);
        let link = entry.links.first().unwrap();
        assert!(link.href.starts_with(&room.article_url(article)), "{}", link.href);
    }
}

fn utf8(body: &[u8]) -> String {
    String::from_utf8(body.to_vec()).unwrap()
}

/// As a reader has to that does not believe the declaration; feed-rs believes it, so it goes.
fn gb18030(body: &[u8]) -> String {
    let (text, _, bad) = encoding_rs::GB18030.decode(body);
    assert!(!bad);
    text.replace(r#" encoding="GB2312""#, "")
}

#[test]
fn the_rss_2_feed_is_well_formed() {
    check_feed(Format::Rss2, utf8);
}

#[test]
fn the_rss_1_feed_is_well_formed() {
    check_feed(Format::Rss1, utf8);
}

#[test]
fn the_atom_feed_is_well_formed() {
    check_feed(Format::Atom, utf8);
}

#[test]
fn the_json_feed_is_well_formed() {
    check_feed(Format::Json, utf8);
}

#[test]
fn the_gb18030_feed_is_well_formed_and_calls_itself_gb2312() {
    check_feed(Format::Rss2Gb18030, gb18030);
    let reply = newsroom(Pace::ONE_MINUTE, 60).reply(&ask(&path_of(Format::Rss2Gb18030)));
    assert_eq!(reply.content_type, "text/xml");
    assert!(reply.body.starts_with(br#"<?xml version="1.0" encoding="GB2312"?>"#));
    // The rocket takes the four-byte form, which neither GB2312 nor GBK has.
    let (rocket, _, _) = encoding_rs::GB18030.encode("🚀");
    assert!(reply.body.windows(4).any(|bytes| bytes == &*rocket));
}

#[test]
fn the_list_page_can_be_read_with_its_selectors() {
    let room = newsroom(Pace::ONE_MINUTE, 125);
    let source = room.sources().into_iter().find(|source| source.selectors.is_some()).unwrap();
    let selectors = source.selectors.unwrap();
    let page = scraper::Html::parse_document(&text_of(&room.reply(&ask(&source.path))));
    let [item, title, link, summary, time] =
        [selectors.item, selectors.title, selectors.link, selectors.summary, selectors.time]
            .map(|css| scraper::Selector::parse(css).unwrap());
    let rows: Vec<_> = page
        .select(&item)
        .map(|item| {
            let text =
                |css| item.select(css).next().unwrap().text().collect::<String>().trim().to_owned();
            let href = item.select(&link).next().unwrap().attr("href").unwrap().to_owned();
            assert!(!text(&summary).is_empty());
            (text(&title), href, text(&time))
        })
        .collect();
    let mut out: Vec<_> = room
        .released(Duration::from_mins(1))
        .filter(|article| article.outlet == source.id)
        .map(|article| article.title.clone())
        .collect();
    out.reverse();
    assert_eq!(rows.iter().map(|row| row.0.clone()).collect::<Vec<_>>(), out);
    let newest = rows.first().unwrap();
    assert_eq!(newest.1, "/kuaibao/yizhou-rongzi-huigu.html");
    assert_eq!(newest.2, "1分钟前");
    assert_eq!(rows.last().unwrap().2, "1天前");
}

#[test]
fn an_article_page_holds_the_text_and_what_stands_around_it() {
    let room = newsroom(Pace::ONE_MINUTE, 60);
    for article in &room.cast().articles {
        let path = format!("/{}/{}.html", article.outlet, article.slug);
        let reply = room.reply(&ask(&path));
        assert_eq!(reply.status, 200, "{path}");
        let html =
            if article.outlet == "xinchuang" { gb18030(&reply.body) } else { text_of(&reply) };
        let page = scraper::Html::parse_document(&html);
        let body = scraper::Selector::parse(".story-body p").unwrap();
        let read: Vec<String> =
            page.select(&body).map(|paragraph| paragraph.text().collect()).collect();
        assert_eq!(read, article.paragraphs().collect::<Vec<_>>(), "{path}");
        for around in ["nav li", "aside.related", "footer p", "h1", "time"] {
            let css = scraper::Selector::parse(around).unwrap();
            assert!(page.select(&css).next().is_some(), "{around} in {path}");
        }
    }
}

#[test]
fn a_stub_outlet_keeps_the_text_for_the_page() {
    let room = newsroom(Pace::ONE_MINUTE, 60);
    for format in [Format::Json, Format::List] {
        let path = path_of(format);
        let list = text_of(&room.reply(&ask(&path)));
        let outlet = path.split('/').nth(1).unwrap();
        for article in room.cast().articles.iter().filter(|article| article.outlet == outlet) {
            let ending = article.paragraphs().last().unwrap();
            assert!(article.stub.is_some(), "{}", article.slug);
            assert!(!list.contains(ending), "{}", article.slug);
        }
    }
}

#[test]
fn a_page_is_missing_until_its_release() {
    let path = "/harbour-wire/marrowgate-announces-series-c.html";
    assert_eq!(newsroom(Pace::ONE_MINUTE, 29).reply(&ask(path)).status, 404);
    assert_eq!(newsroom(Pace::ONE_MINUTE, 30).reply(&ask(path)).status, 200);
    assert_eq!(newsroom(Pace::ONE_MINUTE, 60).reply(&ask("/harbour-wire/none.html")).status, 404);
    assert_eq!(newsroom(Pace::ONE_MINUTE, 60).reply(&ask("/none/feed.xml")).status, 404);
    assert_eq!(newsroom(Pace::ONE_MINUTE, 60).reply(&ask("/")).status, 404);
}

#[test]
fn robots_may_read_everything() {
    let reply = newsroom(Pace::ONE_MINUTE, 0).reply(&ask("/robots.txt"));
    assert_eq!(text_of(&reply), "User-agent: *\nAllow: /\n");
}

#[test]
fn a_validator_that_still_holds_gets_a_304() {
    for source in newsroom(Pace::ONE_MINUTE, 0).sources() {
        let room = newsroom(Pace::ONE_MINUTE, 30);
        let first = room.reply(&ask(&source.path));
        let again = |if_none_match: Option<String>, if_modified_since: Option<String>| {
            let path = source.path.clone();
            room.reply(&Ask { path, if_none_match, if_modified_since, gzip: false })
        };
        let same = again(first.etag.clone(), None);
        assert_eq!((same.status, same.body.len()), (304, 0), "{}", source.id);
        assert_eq!(same.etag, first.etag);
        assert_eq!(again(None, first.last_modified.clone()).status, 304);
        // The tag decides, and it is compared as it was sent.
        let other = again(Some("\"other\"".into()), first.last_modified.clone());
        assert_eq!(other.status, 200);
        let bare = first.etag.clone().unwrap().replace('"', "");
        assert_eq!(again(Some(bare), None).status, 200);
    }
}

#[test]
fn the_tag_changes_with_each_release_and_with_nothing_else() {
    for source in newsroom(Pace::ONE_MINUTE, 0).sources() {
        let mut tags = BTreeSet::new();
        let mut states = BTreeSet::new();
        for second in 0..=120 {
            let room = newsroom(Pace::ONE_MINUTE, second);
            let out = room
                .released(Duration::from_secs(second))
                .filter(|article| article.outlet == source.id)
                .count();
            states.insert(out);
            tags.insert(room.reply(&ask(&source.path)).etag.unwrap());
        }
        assert_eq!(tags.len(), states.len(), "{}", source.id);
    }
}

#[test]
fn gzip_is_sent_where_it_is_accepted_under_a_tag_of_its_own() {
    let room = newsroom(Pace::ONE_MINUTE, 60);
    let path = path_of(Format::Atom);
    let plain = room.reply(&ask(&path));
    let packed = room.reply(&Ask { gzip: true, ..ask(&path) });
    assert!(packed.gzip);
    assert_ne!(packed.etag, plain.etag);
    let mut unpacked = Vec::new();
    let mut decoder = flate2::read::GzDecoder::new(packed.body.as_slice());
    std::io::Read::read_to_end(&mut decoder, &mut unpacked).unwrap();
    assert_eq!(unpacked, plain.body);
    let again = room.reply(&Ask { gzip: true, if_none_match: packed.etag, ..ask(&path) });
    assert_eq!((again.status, again.gzip), (304, false));
}

#[test]
fn releases_follow_the_pace() {
    let count = |pace, millis| newsroom(pace, 0).released(Duration::from_millis(millis)).count();
    let all = cast().articles.len();
    let backlog = cast().articles.iter().filter(|article| article.at == 0).count();
    let half = cast().articles.iter().filter(|article| article.at <= 30).count();
    assert_eq!(count(Pace::ONE_MINUTE, 0), backlog);
    assert_eq!(count(Pace::ONE_MINUTE, 30_000), half);
    assert_eq!(count(Pace::ONE_MINUTE, 58_000), all);
    let tenth = Pace::new(0.1).unwrap();
    assert_eq!(count(tenth, 3_000), half);
    assert_eq!(count(tenth, 5_800), all);
    assert_eq!(count(Pace::ALL_AT_ONCE, 0), all);
    assert_eq!(newsroom(Pace::ALL_AT_ONCE, 0).last_release(), Duration::ZERO);
    assert!(newsroom(tenth, 0).last_release() <= Duration::from_millis(5_800));
}

#[test]
fn a_pace_is_a_factor_from_zero_up() {
    for bad in [-1.0, f64::NAN, f64::INFINITY, 3601.0] {
        assert_eq!(Pace::new(bad), None);
    }
    assert_eq!(Pace::new(0.0), Some(Pace::ALL_AT_ONCE));
}

#[test]
fn dates_keep_the_order_of_release_at_any_pace() {
    for pace in [Pace::ALL_AT_ONCE, Pace::new(0.25).unwrap(), Pace::ONE_MINUTE] {
        let room = newsroom(pace, 60);
        let dates: Vec<Timestamp> = room
            .cast()
            .articles
            .iter()
            .filter(|article| article.at > 0)
            .map(|article| room.published(article))
            .collect();
        assert!(dates.is_sorted(), "{pace:?}");
    }
}

#[test]
fn the_minute_can_wait_for_the_first_reads() {
    let seconds = Arc::new(AtomicU64::new(0));
    let clock = Arc::clone(&seconds);
    let settings = settings(Pace::ONE_MINUTE, Begin::AfterFirstReads);
    let room =
        Newsroom::new(cast(), settings, move || Duration::from_secs(clock.load(Ordering::Relaxed)));
    let backlog = room.progress().released;
    let first = room.sources().into_iter().next().unwrap();
    seconds.store(90, Ordering::Relaxed);
    let seen: Vec<Reply> =
        room.sources().iter().map(|source| room.reply(&ask(&source.path))).collect();
    // Even the last of the first reads finds the backlog alone, and no validator has moved.
    assert_eq!(room.progress().released, backlog);
    let again = Ask {
        if_none_match: seen[0].etag.clone(),
        if_modified_since: seen[0].last_modified.clone(),
        ..ask(&first.path)
    };
    assert_eq!(room.reply(&again).status, 304);
    seconds.store(90 + 58, Ordering::Relaxed);
    assert!(room.progress().is_over());
    let last = room.cast().articles.iter().find(|article| article.at == 57).unwrap();
    assert_eq!(room.published(last).to_string(), "2026-11-24T08:02:27Z");
}
