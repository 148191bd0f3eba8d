//! Answers of APIs in the shapes that are out there, each read by its paths.

use proptest::prelude::*;

use super::super::entries;
use super::super::tests::document;
use super::super::tests::source;
use super::*;
use crate::domain::Recipe;
use crate::domain::SourceKind;

fn paths(items: &str, title: &str) -> JsonPaths {
    JsonPaths {
        after: None,
        items: items.to_owned(),
        id: None,
        title: title.to_owned(),
        link: None,
        date: None,
        date_format: None,
        summary: None,
        author: None,
    }
}

fn api(paths: JsonPaths) -> Source {
    let recipe = Recipe { json: Some(paths), ..Recipe::default() };
    Source { kind: SourceKind::Json, recipe, ..source() }
}

/// Key, title, link, time and text of every entry.
#[track_caller]
fn check(body: &str, paths: JsonPaths, expected: &[[&str; 5]]) {
    let parsed = entries(&document(body, None), &api(paths))
        .unwrap_or_else(|error| panic!("{error}: {body}"));
    let found: Vec<[String; 5]> = parsed
        .entries
        .into_iter()
        .map(|entry| {
            let published = entry.published.map(|date| date.to_string()).unwrap_or_default();
            [entry.key, entry.title, entry.link.unwrap_or_default(), published, entry.text]
        })
        .collect();
    assert_eq!(found, expected, "{:?}", parsed.warnings);
}

#[track_caller]
fn check_error(body: &str, paths: JsonPaths, expected: &str) {
    let error = entries(&document(body, None), &api(paths)).unwrap_err().to_string();
    assert!(error.contains(expected), "{error}");
}

#[expect(clippy::unnecessary_wraps, reason = "the paths of a row are optional")]
fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn hits_of_a_search_are_read() {
    let body = r#"{"hits":[
        {"objectID":"41","title":"Harbourlight raises $30M","url":"https://a.test/h",
         "created_at_i":1795492800,"story_text":null,"author":"jo"},
        {"objectID":"42","title":"Ask: who builds robots?","url":null,
         "created_at_i":1795492900,"story_text":"We <b>do</b> &amp; you?"}],"nbHits":2}"#;
    let paths = JsonPaths {
        id: some("objectID"),
        link: some("url | https://hn.test/item?id={objectID}"),
        date: some("created_at_i"),
        summary: some("story_text"),
        ..paths("hits", "title")
    };
    check(
        body,
        paths,
        &[
            ["41", "Harbourlight raises $30M", "https://a.test/h", "2026-11-24T04:00:00Z", ""],
            [
                "42",
                "Ask: who builds robots?",
                "https://hn.test/item?id=42",
                "2026-11-24T04:01:40Z",
                "We do & you?",
            ],
        ],
    );
}

#[test]
fn a_list_of_articles_with_compact_dates_is_read() {
    let body = "\u{feff}{\"articles\":[{\"url\":\"https://b.test/1\",\"title\":\"Northgate AI \
                acquired\",\"seendate\":\"20261124T031500Z\",\"domain\":\"b.test\"}]}";
    let paths =
        JsonPaths { link: some("url"), date: some("seendate"), ..paths("articles[*]", "title") };
    check(
        body,
        paths,
        &[[
            "https://b.test/1",
            "Northgate AI acquired",
            "https://b.test/1",
            "2026-11-24T03:15:00Z",
            "",
        ]],
    );
}

#[test]
fn announcements_of_an_exchange_are_read() {
    let body = r#"{"data":{"list":[{"art_code":"AN1","codes":[{"short_name":"示例股份",
        "stock_code":"300999"}],"title":"示例股份:重大资产购买报告书",
        "notice_date":"2026-11-24 00:00:00","display_time":"2026-11-24 18:33:22:123"}]},
        "success":1}"#;
    let paths = JsonPaths {
        id: some("art_code"),
        link: some("https://x.test/notices/detail/{codes[0].stock_code}/{art_code}.html"),
        date: some("display_time | notice_date"),
        ..paths("data.list", "title")
    };
    check(
        body,
        paths,
        &[[
            "AN1",
            "示例股份:重大资产购买报告书",
            "https://x.test/notices/detail/300999/AN1.html",
            "2026-11-24T10:33:22Z",
            "",
        ]],
    );
}

#[test]
fn highlighted_titles_and_days_in_milliseconds_are_read() {
    let body = r#"{"announcements":[{"announcementId":"77","secName":"远山科技",
        "announcementTitle":"关于<em>收购</em>北风智能51%股权的公告",
        "announcementTime":1795449600000,"adjunctUrl":"finalpage/2026-11-24/77.PDF"}]}"#;
    let paths = JsonPaths {
        id: some("announcementId"),
        link: some("https://static.test/{adjunctUrl}"),
        date: some("announcementTime"),
        ..paths("announcements", "{secName}：{announcementTitle}")
    };
    check(
        body,
        paths,
        &[[
            "77",
            "远山科技：关于收购北风智能51%股权的公告",
            "https://static.test/finalpage/2026-11-24/77.PDF",
            "2026-11-23T16:00:00Z",
            "",
        ]],
    );
}

#[test]
fn json_inside_a_string_and_dates_with_the_day_first_are_read() {
    let body = r#"{"result":"[{\"NEWS_ID\":\"9\",\"TITLE\":\"須予披露的交易\",\"STOCK_NAME\":\"示例\",
        \"DATE_TIME\":\"02/11/2026 08:30\",\"FILE_LINK\":\"/listed/9_c.pdf\"}]"}"#;
    let paths = JsonPaths {
        id: some("NEWS_ID"),
        link: some("FILE_LINK"),
        date: some("DATE_TIME"),
        date_format: some("%d/%m/%Y %H:%M"),
        ..paths("result", "{STOCK_NAME}：{TITLE}")
    };
    let link = "https://news.example.com/listed/9_c.pdf";
    check(body, paths, &[["9", "示例：須予披露的交易", link, "2026-11-02T00:30:00Z", ""]]);
}

#[test]
fn what_stands_around_the_json_is_left_out() {
    for body in [
        "jQuery_1({\"list\":[{\"t\":\"A\",\"u\":\"/a\"}]});",
        "/**/cb({\"list\":[{\"t\":\"A\",\"u\":\"/a\"}]})",
        "var ajaxResult={\"list\":[{\"t\":\"A\",\"u\":\"/a\"}]};",
        ")]}',\n{\"list\":[{\"t\":\"A\",\"u\":\"/a\"}]}",
        "while(1);{\"list\":[{\"t\":\"A\",\"u\":\"/a\"}]}",
    ] {
        let paths = JsonPaths { link: some("u"), ..paths("list", "t") };
        let link = "https://news.example.com/a";
        check(body, paths, &[[link, "A", link, "", ""]]);
    }
}

#[test]
fn state_inside_a_page_is_read() {
    let body = "<html><script>var a={};window.initialState={\"list\":[{\"t\":\"融资快讯\",\"n\":5}]};\
                </script></html>";
    let paths = JsonPaths {
        after: some("window.initialState"),
        link: some("/newsflashes/{n}"),
        ..paths("list", "t")
    };
    let link = "https://news.example.com/newsflashes/5";
    check(body, paths.clone(), &[[link, "融资快讯", link, "", ""]]);
    check_error("<html>rebuilt</html>", paths, "`window.initialState` for after matched nothing");
}

#[test]
fn signs_that_may_not_stand_in_json_lose_nothing() {
    let body = "{\"list\":[{\"t\":\"It\\'s a\u{1} deal\nin two lines\"}]}";
    let parsed = entries(&document(body, None), &api(paths("list", "t"))).unwrap();
    assert_eq!(parsed.entries[0].title, "It's a deal in two lines");
    assert_eq!(parsed.warnings.len(), 1);
}

#[test]
fn an_answer_without_items_says_what_it_is() {
    let of = || paths("data.list", "title");
    check_error(
        r#"{"code":403,"message":"sign error"}"#,
        of(),
        r#"`data.list` for items matched nothing; it is an error, or the API was changed: the answer starts with `{"code":403,"message":"sign error"}`"#,
    );
    check_error("Your query was too short.", of(), "starts with `Your query was too short.`");
    check_error("<html><body><h1>Login</h1>", of(), "starts with `Login`");
    check_error("<title>Just a moment...</title>", of(), "asks for proof that a person reads it");
    check_error(r#"{"data":{"list":[{"titel":"A"}]}}"#, of(), "`title` for title matched nothing");
    check_error(r#"{"data":{"list":[{"tit"#, of(), "something else than JSON");
    check_error(r#"{"data":{"list":7}}"#, of(), "`data.list` for items matched nothing");
    check_error("{}", paths("a[", "t"), "a bracket is not closed");
}

#[test]
fn an_empty_list_is_no_error() {
    for body in [r#"{"list":[]}"#, r#"{"list":null,"total":0}"#, "{}", "[]"] {
        let parsed = entries(&document(body, None), &api(paths("list", "t"))).unwrap();
        assert_eq!(parsed.warnings, [Warning::NoEntries]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn no_answer_panics(
        lead in "(cb\\(|var x=|\u{feff})?",
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        cut in any::<prop::sample::Index>(),
    ) {
        let body = r#"{"a":{"list":[{"t":"融资<em>1</em>","d":1795492800,"x":"[{\"y\":1}]"}]}}"#;
        let mut bytes = format!("{lead}{body}").into_bytes();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len() * 2).max(1));
        let mut doc = document("", None);
        doc.body = bytes;
        let paths = JsonPaths { date: some("d"), link: some("/{x[0].y}"), ..paths("a.list | a", "t") };
        drop(entries(&doc, &api(paths)));
    }
}
