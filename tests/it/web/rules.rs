//! What holds for every address: status, headers, methods, hosts, stopping.

use super::*;

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Every kind of answer.
const ADDRESSES: &[(&str, u16)] = &[
    ("/", 200),
    ("/?filter=kind:funding&sort=amount", 200),
    ("/?filter=", 200),
    ("/?filter=stauts:announced", 400),
    ("/?nonsense=1", 400),
    ("/?cursor=nonsense", 400),
    ("/deals/1", 200),
    ("/deals/2", 307),
    ("/deals/99", 404),
    ("/deals/0x1", 404),
    ("/deals/99999999999999999999", 404),
    ("/nothing", 404),
    ("/style.css", 200),
    ("/favicon.svg", 200),
    ("/robots.txt", 200),
    ("/api/v1/deals", 200),
    ("/api/v1/deals?filter=amount%3E%3Dlots", 400),
    ("/api/v1/deals?fliter=x", 400),
    ("/api/v1/deals?sort=size", 400),
    ("/api/v1/deals?limit=many", 400),
    ("/api/v1/deals/1", 200),
    ("/api/v1/deals/2", 200),
    ("/api/v1/deals/99", 404),
    ("/api/v1/deals/1/history", 200),
    ("/api/v1/deals/99/history", 404),
    ("/api/v1/events", 200),
    ("/api/v1/events?after=-1", 400),
    ("/api/v1/nothing", 404),
    ("/healthz", 200),
    ("/readyz", 200),
];

#[tokio::test]
async fn every_address_answers_with_its_status_and_the_safe_headers() {
    let served = serve().await;
    for (target, status) in ADDRESSES {
        let answer = served.get(target).await;
        assert_eq!(answer.status, *status, "{target}: {}", answer.body);
        assert_eq!(answer.header("content-security-policy"), Some(POLICY), "{target}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{target}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{target}");
        assert_eq!(answer.header("set-cookie"), None, "{target}");
        if target.starts_with("/api/") {
            answer.json();
        }
    }
}

#[tokio::test]
async fn only_reading_is_answered() {
    let served = serve().await;
    for target in ["/", "/deals/1", "/api/v1/deals", "/nothing"] {
        for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"] {
            let answer = served.ask(method, target, &[("content-length", "0")]).await;
            assert_eq!(answer.status, 405, "{method} {target}");
            assert_eq!(answer.header("allow"), Some("GET, HEAD"));
            assert_eq!(answer.header("content-security-policy"), Some(POLICY));
        }
        let head = served.ask("HEAD", target, &[]).await;
        assert_eq!(head.body, "", "HEAD {target}");
    }
}

#[tokio::test]
async fn a_site_on_loopback_answers_to_its_own_names_only() {
    let served = serve_with(log::log, |site| {
        site.public_url = Some("https://deals.test/".parse().unwrap());
    })
    .await;
    for (host, status) in
        [("localhost:8650", 200), ("[::1]", 200), ("deals.test", 200), ("rebound.test", 421)]
    {
        let answer = served.ask("GET", "/api/v1/deals", &[("host", host)]).await;
        assert_eq!(answer.status, status, "{host}");
    }
}

#[tokio::test]
async fn readiness_says_why_not() {
    let served = serve_with(log::empty_log, |site| {
        site.readiness = Arc::new(|| vec!["no source was read yet".to_owned()]);
    })
    .await;
    let answer = served.get("/readyz").await;
    assert_eq!(answer.status, 503);
    insta::assert_snapshot!(
        answer.body,
        @r#"{"ready":false,"reasons":["no source was read yet"]}"#
    );
    let alive = served.get("/healthz").await;
    assert_eq!(alive.body, r#"{"status":"ok"}"#);
}

#[tokio::test]
async fn a_style_that_is_known_is_not_sent_again() {
    let served = serve().await;
    let first = served.get("/style.css").await;
    assert_eq!(first.header("content-type"), Some("text/css; charset=utf-8"));
    let tag = first.header("etag").unwrap();
    let second = served.ask("GET", "/style.css", &[("if-none-match", tag)]).await;
    assert_eq!((second.status, second.body.as_str()), (304, ""));
    assert_eq!(second.header("etag"), Some(tag));
    let other = served.ask("GET", "/style.css", &[("if-none-match", "\"other\"")]).await;
    assert_eq!(other.status, 200);
}

#[tokio::test]
async fn crawlers_are_not_welcome() {
    let served = serve().await;
    assert_eq!(served.get("/robots.txt").await.body, "User-agent: *\nDisallow: /\n");
}

#[tokio::test]
async fn an_address_that_is_too_long_is_refused() {
    let served = serve().await;
    let target = format!("/?filter={}", "x".repeat(20_001));
    assert_eq!(served.get(&target).await.status, 414);
}

#[tokio::test]
async fn the_site_stops_when_told() {
    let mut served = serve().await;
    assert_eq!(served.get("/healthz").await.status, 200);
    served.stop.cancel();
    served.tasks.join_next().await.unwrap().unwrap().unwrap();
    assert!(TcpStream::connect(served.address).await.is_err());
}
