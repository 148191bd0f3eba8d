//! The pages: what a person sees, and what a hostile text cannot do.

use super::*;

/// What a page may hold only as text.
#[track_caller]
fn assert_harmless(html: &str) {
    for forbidden in ["<script", "<img src=x", "<b>", "javascript:", "onerror=alert(1)>"] {
        let at = html.to_lowercase().find(forbidden);
        assert_eq!(at, None, "`{forbidden}` stands in the page: {html}");
    }
    let odd = html.chars().find(|&c| {
        let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        turns || (c.is_control() && c != '\n')
    });
    assert_eq!(odd, None);
}

/// Addresses of other hosts that a page holds, with the attribute.
fn outward(html: &str) -> Vec<&str> {
    html.split_whitespace()
        .filter(|word| word.starts_with("href=\"http") || word.starts_with("src=\"http"))
        .collect()
}

#[tokio::test]
async fn hostile_texts_are_shown_as_text() {
    let served = serve().await;
    let list = served.get("/?filter=quillfeather").await;
    assert_harmless(&list.body);
    assert!(list.body.contains("&#60;b&#62;Meridian&#60;/b&#62; Cloud"), "{}", list.body);
    let page = served.get("/deals/3").await;
    assert_harmless(&page.body);
    assert!(page.body.contains("&#60;script&#62;alert(&#34;deal&#34;)&#60;/script&#62;"));
    assert!(log::HOSTILE_TITLE.contains('\u{202e}'), "the title is as hostile as we think");
    let echoed = served.get("/?filter=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").await;
    assert_harmless(&echoed.body);
}

#[tokio::test]
async fn only_articles_are_linked_to_elsewhere() {
    let served = serve().await;
    assert_eq!(outward(&served.get("/").await.body), [""; 0]);
    assert_eq!(outward(&served.get("/nothing").await.body), [""; 0]);
    let page = served.get("/deals/1").await.body;
    let links = outward(&page);
    assert!(!links.is_empty());
    for link in links {
        assert!(link.contains(".test/"), "{link}");
    }
    let guarded = page.matches("rel=\"noopener noreferrer nofollow\"").count();
    assert_eq!(guarded, page.matches("href=\"https://").count());
}

#[tokio::test]
async fn the_list_shows_what_matters_of_each_deal() {
    let served = serve().await;
    let html = served.get("/").await.body;
    for expected in [
        "Borealis Robotics",
        "<bdi lang=\"zh\">极光机器人</bdi>",
        "<span class=\"chip completed\">Completed</span>",
        "Funding · Series B",
        "over CNY 700M",
        "<bdi lang=\"zh\">超7亿元</bdi>",
        "≈ over $100M",
        "about CNY 3bn",
        "3 sources",
        "<time datetime=\"2026-06-01T01:00:00Z\"",
        "sums differ",
        "1 h ago",
        "<a href=\"/deals/1\">",
    ] {
        assert!(html.contains(expected), "no `{expected}` in {html}");
    }
    assert!(!html.contains("Grant Story"), "a dismissed deal is in no list");
    assert!(!html.contains("Earlier Round"), "a deal told in passing is in no list");
    assert!(served.get("/?filter=main:false").await.body.contains("Earlier Round"));
}

#[tokio::test]
async fn a_deal_shows_each_value_with_its_sentence() {
    let served = serve().await;
    let html = served.get("/deals/1").await.body;
    for expected in [
        "<mark><bdi lang=\"zh\">超7亿元</bdi></mark>",
        "<blockquote lang=\"zh\">",
        "创投日报社",
        "Rule: <code><bdi>amount.zh</bdi></code>",
        "Where sources differ",
        "about $50M",
        "The Harbour Post",
        "12 days from the first report",
        "First recorded",
        "rumoured → in talks",
        "Why these are one deal",
    ] {
        assert!(html.contains(expected), "no `{expected}` in {html}");
    }
}

#[tokio::test]
async fn a_merged_deal_leads_to_its_survivor() {
    let served = serve().await;
    let answer = served.get("/deals/2").await;
    assert_eq!((answer.status, answer.header("location")), (307, Some("/deals/1")));
}

#[tokio::test]
async fn what_is_withdrawn_says_so() {
    let served = serve().await;
    let list = served.get("/api/v1/events?limit=500").await.json();
    let events = list["items"].as_array().unwrap();
    let dismissed = events.iter().find(|event| event["event"] == "dismissed").unwrap();
    let page = served.get(&format!("/deals/{}", dismissed["deal"])).await;
    assert!(page.body.contains("A person said that this is no deal."), "{}", page.body);
}

#[tokio::test]
async fn a_wrong_filter_is_shown_with_its_place_and_the_known_words() {
    let served = serve().await;
    let answer = served.get("/?filter=%E6%99%BA%E8%B0%B1+stauts:announced").await;
    assert_eq!(answer.status, 400);
    let html = answer.body;
    assert!(html.contains("<mark><bdi>stauts</bdi></mark>"), "{html}");
    assert!(html.contains("did you mean `status`?"), "{html}");
    assert!(html.contains("the keys are kind, status, amount"), "{html}");
    assert!(html.contains("at character 4"), "{html}");
    assert!(html.contains("value=\"智谱 stauts:announced\""), "what was typed is kept: {html}");
}

#[tokio::test]
async fn an_empty_list_says_what_to_do() {
    let served = serve_with(log::empty_log, |_| {}).await;
    let html = served.get("/").await.body;
    assert!(html.contains("No deals yet") && html.contains("dealwatch sources list"), "{html}");
    let html = served.get("/?filter=kind:debt").await.body;
    assert!(html.contains("No deal satisfies this filter"), "{html}");
}

#[tokio::test]
async fn a_page_does_not_grow_with_the_log() {
    let served = serve_with(log::restless_log, |_| {}).await;
    let html = served.get("/deals/1").await.body;
    assert_eq!(html.matches("<p class=\"chapter\">").count(), 50);
    assert!(html.contains("10 earlier revisions"), "{html}");
    assert!(html.contains("$59M → $60M") && !html.contains("$9M → $10M"), "the latest: {html}");
}

#[tokio::test]
async fn a_missing_page_has_a_way_back() {
    let served = serve().await;
    for target in ["/deals/99", "/nothing"] {
        let html = served.get(target).await.body;
        assert!(html.contains("<a class=\"button\" href=\"/\">All deals</a>"), "{html}");
    }
}
