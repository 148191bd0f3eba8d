//! Old entries that look new, and new ones that are.

use super::desk::Desk;
use super::desk::Item;
use super::desk::feed;
use super::desk::items;
use crate::server::Reply;
use crate::server::Server;

/// Serves the documents one after another, 15 minutes apart; returns what each poll owed and the
/// articles that were new to it.
async fn run(documents: &[Vec<Item>]) -> (Vec<(usize, usize)>, Desk) {
    let server = Server::start();
    let replies = documents.iter().map(|items| Reply::new(200, feed("", items)));
    server.on("/feed", replies.collect::<Vec<_>>());
    let mut desk = Desk::new(&server.url("/feed"));
    let mut came = Vec::new();
    for _ in documents {
        let outcome = desk.poll().await;
        came.push((outcome.owed, outcome.new_articles));
        desk.poller.pass(900);
    }
    (came, desk)
}

/// One story that came between two polls.
fn fresh(n: usize) -> Item {
    Item { age: -600, ..items(n + 1).remove(n) }
}

#[tokio::test]
async fn the_first_poll_seeds_and_the_second_tells() {
    let mut second = vec![fresh(12)];
    second.extend(items(8));
    let (came, desk) = run(&[items(8), second]).await;
    assert_eq!(came, [(0, 8), (1, 1)]);
    assert_eq!(desk.state().flood, None);
}

#[tokio::test]
async fn t26_new_ids_for_all_entries_alert_nobody() {
    let rewritten: Vec<_> = items(12)
        .into_iter()
        .map(|item| Item { guid: format!("new-{}", item.guid), ..item })
        .collect();
    let (came, desk) = run(&[items(12), rewritten]).await;
    assert_eq!(came, [(0, 12), (0, 0)], "the same articles");
    assert_eq!(desk.state().flood, None, "nothing had to be held");
}

#[tokio::test]
async fn t26_new_ids_and_new_addresses_are_known_by_title_and_time() {
    let rewritten: Vec<_> = items(12)
        .into_iter()
        .map(|item| Item {
            guid: format!("new-{}", item.guid),
            link: item.link.replace("/story/", "/2026/news-"),
            ..item
        })
        .collect();
    // And then they are known under their new ids.
    let (came, _) = run(&[items(12), rewritten.clone(), {
        let mut third = vec![fresh(14)];
        third.extend(rewritten);
        third
    }])
    .await;
    assert_eq!(came, [(0, 12), (0, 0), (1, 1)]);
}

#[tokio::test]
async fn t26_titles_that_now_name_their_outlet_are_known_without_it() {
    // The feed is called Paper, its stories lie on paper.test.
    for end in [" | Paper", " - paper.test", " – Elsewhere Daily"] {
        for (later, held) in [(0, 0), (-500, 12)] {
            let rewritten = items(12).into_iter().enumerate().map(|(n, item)| Item {
                guid: format!("new-{n}"),
                link: format!("https://paper.test/2026/{n}"),
                title: item.title + end,
                age: if later == 0 { item.age } else { later },
            });
            let (came, desk) = run(&[items(12), rewritten.collect()]).await;
            let new = if later == 0 { 0 } else { 12 };
            assert_eq!(came, [(0, 12), (0, new)], "{end} {later}");
            assert_eq!(desk.state().flood.map_or(0, |flood| flood.held), held, "{end} {later}");
        }
    }
}

#[tokio::test]
async fn t26_an_archive_without_dates_is_held_and_what_is_new_next_is_told() {
    let undated = |items: &[Item]| {
        Reply::new(200, feed("", items).replace("pubDate", "some").replace("guid", "other"))
    };
    let server = Server::start();
    let known = items(6);
    let archive = [items(6), items(24).split_off(7)].concat();
    let next = [vec![fresh(6)], archive.clone()].concat();
    server.on("/feed", [undated(&known), undated(&archive), undated(&next)]);
    let mut desk = Desk::new(&server.url("/feed"));
    let mut owed = Vec::new();
    for _ in 0..3 {
        owed.push(desk.poll().await.owed);
        desk.poller.pass(900);
    }
    assert_eq!(owed, [0, 0, 1]);
    assert_eq!(desk.state().flood.map(|flood| (flood.held, flood.of)), Some((17, 23)));
}

#[tokio::test]
async fn t26_what_is_held_in_several_documents_is_counted_of_all_of_them() {
    let archive = |from: usize| {
        let old = items(25).split_off(from).into_iter().take(6);
        old.map(|item| Item { age: item.age + 500_000, ..item }).collect::<Vec<_>>()
    };
    let (_, desk) = run(&[items(4), archive(5), archive(11), archive(17)]).await;
    assert_eq!(desk.state().flood.map(|flood| (flood.held, flood.of)), Some((18, 18)));
}

#[tokio::test]
async fn t26_an_archive_that_appears_is_stored_and_held_back_with_a_flag() {
    let archive: Vec<_> = items(20)
        .split_off(4)
        .into_iter()
        .map(|item| Item { age: item.age + 500_000, ..item })
        .collect();
    let mut second = vec![fresh(24)];
    second.extend(archive);
    let (came, desk) = run(&[items(4), second]).await;
    assert_eq!(came, [(0, 4), (1, 17)], "the one that is new is told");
    let flood = desk.state().flood.unwrap();
    assert_eq!((flood.held, flood.of), (16, 17));
}

#[tokio::test]
async fn t26_the_flag_goes_after_a_calm_day() {
    let archive: Vec<_> = items(20)
        .split_off(4)
        .into_iter()
        .map(|item| Item { age: item.age + 500_000, ..item })
        .collect();
    let server = Server::start();
    let documents = [items(4), archive.clone(), {
        let mut later = vec![fresh(24)];
        later.extend(archive);
        later
    }];
    server.on("/feed", documents.map(|items| Reply::new(200, feed("", &items))));
    let mut desk = Desk::new(&server.url("/feed"));
    desk.poll().await;
    let warnings = desk.poll().await.warnings.join("; ");
    assert!(warnings.contains("16 of 16 entries look new and are old"), "{warnings}");
    assert!(desk.state().flood.is_some());
    desk.poller.pass(24 * 3_600);
    desk.poll().await;
    assert_eq!(desk.state().flood, None);
}

#[tokio::test]
async fn a_document_that_is_new_after_a_long_downtime_is_told_whole() {
    let server = Server::start();
    let later: Vec<_> = items(20)
        .split_off(8)
        .into_iter()
        .map(|item| Item { age: item.age - 30 * 3_600, ..item })
        .collect();
    server.on("/feed", [Reply::new(200, feed("", &items(8))), Reply::new(200, feed("", &later))]);
    let mut desk = Desk::new(&server.url("/feed"));
    desk.poll().await;
    desk.poller.pass(36 * 3_600);
    let outcome = desk.poll().await;
    assert_eq!((outcome.new_articles, outcome.owed), (12, 12));
    assert_eq!(desk.state().flood, None);
    assert_eq!(desk.state().rhythm.overflows, 1, "something may be missing in between");
}

#[tokio::test]
async fn a_busy_feed_is_asked_often_enough_to_miss_nothing() {
    let server = Server::start();
    let busy: Vec<_> = items(20)
        .into_iter()
        .enumerate()
        .map(|(n, item)| Item { age: i64::try_from(n).unwrap() * 1_740 / 19, ..item })
        .collect();
    let reply = Reply::new(200, feed("", &busy)).field("ETag", "\"1\"");
    server.on("/feed", [reply, Reply::new(304, "")]);
    let mut desk = Desk::new(&server.url("/feed"));
    desk.poller.source.every_secs = 1_800;
    desk.poll().await;
    let wait = desk.poller.wait();
    assert!((840..=900).contains(&wait), "{wait}");
    desk.poll().await;
    assert_eq!(desk.poller.wait(), wait, "a 304 keeps what is known of the rhythm");
}

#[tokio::test]
async fn t19_t20_what_the_feed_itself_asks_for_is_kept_over_a_304() {
    // The clock stands at 12:00 on a Saturday, and a poll would be due at 12:15.
    for (head, wait) in [
        ("<ttl>90</ttl>", 5_400),
        ("<ttl>0</ttl>", 900),
        ("<ttl>99999</ttl>", 900),
        ("<skipHours><hour>12</hour><hour>13</hour></skipHours>", 7_200),
        ("<skipDays><day>Saturday</day></skipDays>", 43_200),
        ("<skipDays><day>Saturday</day><day>Sunday</day></skipDays>", 129_600),
    ] {
        let server = Server::start();
        let reply = Reply::new(200, feed(head, &items(3))).field("ETag", "\"1\"");
        server.on("/feed", [reply, Reply::new(304, "")]);
        let mut desk = Desk::new(&server.url("/feed"));
        for poll in ["200", "304"] {
            desk.poll().await;
            assert_eq!(desk.poller.wait(), wait, "{head} after a {poll}");
        }
    }
}
