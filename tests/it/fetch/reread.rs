//! What is read for deals: new and changed texts, and no other.

use dealwatch::domain::ArticleId;
use dealwatch::domain::TextKind;

use super::desk::Desk;
use super::desk::Item;
use super::desk::feed;
use super::desk::items;
use crate::server::Reply;
use crate::server::Server;

/// A desk whose source serves these documents one after another; each differs from the last even
/// where its entries do not.
fn desk(documents: &[Vec<Item>]) -> (Server, Desk) {
    let server = Server::start();
    let reply = |(n, items): (usize, &Vec<Item>)| {
        Reply::new(200, feed(&format!("<category>{n}</category>"), items))
    };
    server.on("/feed", documents.iter().enumerate().map(reply).collect::<Vec<_>>());
    let desk = Desk::new(&server.url("/feed"));
    (server, desk)
}

/// Polls every document; how many texts each poll read.
async fn run(documents: &[Vec<Item>]) -> Vec<usize> {
    let (_server, mut desk) = desk(documents);
    let mut read = Vec::new();
    for _ in documents {
        read.push(desk.poll().await.extracted);
        desk.poller.pass(900);
    }
    read
}

fn retitled(mut items: Vec<Item>, n: usize, title: &str) -> Vec<Item> {
    title.clone_into(&mut items[n].title);
    items
}

#[tokio::test]
async fn of_a_feed_with_one_new_entry_one_text_is_read() {
    let second = items(9).split_off(1);
    let third = retitled(second.clone(), 3, "AI startup Tarnspire raises $99 million");
    assert_eq!(run(&[items(8), second.clone(), second, third]).await, [8, 1, 0, 1]);
}

#[tokio::test]
async fn entries_under_new_ids_are_read_once() {
    let renamed = |items: Vec<Item>| -> Vec<Item> {
        items.into_iter().map(|item| Item { guid: format!("x-{}", item.guid), ..item }).collect()
    };
    let documents = [items(8), renamed(items(8)), renamed(items(8))];
    // Inside one source a page under another id and the same title is the same article.
    assert_eq!(run(&documents).await, [8, 0, 0]);
}

#[tokio::test]
async fn a_stub_whose_page_was_read_is_not_read_again() {
    let (_server, mut desk) = desk(&[items(1), items(1)]);
    assert_eq!(desk.poll().await.extracted, 1);
    let paragraph = "<p>The company said that the money is for a second plant, and that the first \
                     one has run day and night since spring, in three shifts.</p>";
    let html = format!("<html><body><article>{}</article></body></html>", paragraph.repeat(9));
    desk.page(ArticleId(1), &html).await;
    assert_eq!(desk.stored(ArticleId(1)).article.text_kind, TextKind::Full);
    desk.poller.pass(900);
    assert_eq!(desk.poll().await.extracted, 0);
    assert_eq!(desk.stored(ArticleId(1)).article.text_kind, TextKind::Full);
}

#[tokio::test]
async fn what_the_log_lost_between_reading_and_settling_is_read_after_all() {
    const LATER: &str = "AI startup Quarryloom raises $70 million in Series B funding";
    let (_server, mut desk) = desk(&[items(1), items(1), retitled(items(1), 0, LATER)]);
    desk.poll().await;
    let first_title = desk.stored(ArticleId(1)).article.title;
    let known = desk.read().await.unwrap();
    let changed = desk.read().await.unwrap();
    assert_eq!(desk.settle(changed).await.extracted, 1);
    assert_eq!(desk.stored(ArticleId(1)).article.title, LATER);
    let outcome = desk.settle(known).await;
    assert_eq!((outcome.extracted, outcome.changed_articles, outcome.revised_deals), (1, 1, 1));
    assert_eq!(desk.stored(ArticleId(1)).article.title, first_title);
}
