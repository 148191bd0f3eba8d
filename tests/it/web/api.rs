//! The shapes of the API.

use super::*;

#[tokio::test]
async fn deals_are_a_page_of_deals() {
    let served = serve().await;
    let answer = served.get("/api/v1/deals?filter=target:borealis").await.json();
    assert_eq!(answer["next"], Value::Null);
    insta::assert_json_snapshot!("deals", answer["items"]);
}

#[tokio::test]
async fn a_deal_comes_with_its_evidence() {
    let served = serve().await;
    let answer = served.get("/api/v1/deals/1").await.json();
    assert_eq!(answer["evidence"]["amount"]["text"], "超7亿元");
    insta::assert_json_snapshot!("evidence", answer["evidence"]);
}

#[tokio::test]
async fn a_merged_deal_is_answered_with_its_survivor() {
    let served = serve().await;
    let answer = served.get("/api/v1/deals/2").await.json();
    assert_eq!((&answer["id"], &answer["forwarded_from"]), (&1.into(), &2.into()));
}

#[tokio::test]
async fn a_history_is_a_list_of_episodes() {
    let served = serve().await;
    let answer = served.get("/api/v1/deals/1/history").await.json();
    insta::assert_json_snapshot!("history", answer["episodes"][1]);
    assert_eq!(answer["days_to_close"], 12);
}

#[tokio::test]
async fn events_are_read_to_their_end_with_next() {
    let served = serve().await;
    let mut after = 0;
    let mut seen = Vec::new();
    loop {
        let answer = served.get(&format!("/api/v1/events?after={after}&limit=4")).await.json();
        let items = answer["items"].as_array().unwrap().clone();
        after = answer["next"].as_i64().unwrap();
        if items.is_empty() {
            break;
        }
        seen.extend(items.iter().map(|event| {
            format!("{} {} {}", event["seq"], event["event"].as_str().unwrap(), event["deal"])
        }));
    }
    assert_eq!(seen.first().map(String::as_str), Some("1 revised 1"));
    assert!(seen.contains(&"5 merged 2".to_owned()), "{seen:?}");
    assert!(seen.iter().any(|event| event.contains("dismissed")), "{seen:?}");
    assert_eq!(i64::try_from(seen.len()).unwrap(), after, "none is missed, none comes twice");
}

#[tokio::test]
async fn pages_of_deals_follow_their_cursor() {
    let served = serve().await;
    let all = served.get("/api/v1/deals").await.json();
    let all: Vec<_> =
        all["items"].as_array().unwrap().iter().map(|deal| deal["id"].clone()).collect();
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let answer = served.get(&format!("/api/v1/deals?limit=2&cursor={cursor}")).await.json();
        seen.extend(answer["items"].as_array().unwrap().iter().map(|deal| deal["id"].clone()));
        match answer["next"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => break,
        }
    }
    assert_eq!(seen, all);
}

#[tokio::test]
async fn a_limit_is_clamped_not_refused() {
    let served = serve().await;
    assert_eq!(served.get("/api/v1/deals?limit=100000").await.status, 200);
    let one = served.get("/api/v1/deals?limit=0").await.json();
    assert_eq!(one["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn refusals_say_what_to_do() {
    let served = serve().await;
    let mut seen = Vec::new();
    for target in [
        "/api/v1/deals?fliter=x",
        "/api/v1/deals?filter=lang:zh+kind:fundign",
        "/api/v1/deals?sort=size",
        "/api/v1/deals?cursor=7",
        "/api/v1/deals?limit=many",
        "/api/v1/deals?limit=1&limit=2",
        "/api/v1/deals/99",
        "/api/v1/elsewhere",
    ] {
        let answer = served.get(target).await;
        let body = serde_json::to_string_pretty(&answer.json()).unwrap();
        seen.push(format!("GET {target}\n{} {body}", answer.status));
    }
    insta::assert_snapshot!("refusals", seen.join("\n\n"));
}
