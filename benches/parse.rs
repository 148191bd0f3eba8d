//! Speed of reading feeds, in bytes per second: healthy ones, damaged ones, and feed-rs alone on
//! the same text.

use std::hint::black_box;

use criterion::Criterion;
use criterion::Throughput;
use criterion::criterion_group;
use criterion::criterion_main;
use dealwatch::domain::SourceKind;
use dealwatch::parse;
use dealwatch::parse::targets;
use url::Url;

/// A feed of about 300 KB: whole articles in two languages.
fn feed(entries: usize) -> String {
    let en = "&lt;p&gt;Fern Robotics has raised $40 million, it said on Monday.&lt;/p&gt;";
    let zh = "&lt;p&gt;示例智能宣布完成新一轮融资，北风资本领投，资金用于研发。&lt;/p&gt;";
    let items = (0..entries).fold(String::new(), |all, number| {
        let text = if number % 2 == 0 { en } else { zh };
        all + &format!(
            "<item><title>Story {number}</title><link>https://news.example.com/{number}</link>\
             <guid isPermaLink=\"false\">id-{number}</guid><dc:creator>A. Writer</dc:creator>\
             <pubDate>Mon, 23 Nov 2026 08:00:00 GMT</pubDate><category>AI</category>\
             <description>{text}</description><content:encoded><![CDATA[{}]]></content:encoded>\
             </item>",
            text.replace("&lt;", "<").replace("&gt;", ">").repeat(30)
        )
    });
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>News</title>\
         {items}</channel></rss>"
    )
}

fn address() -> Url {
    Url::parse("https://news.example.com/feed").expect("a constant address")
}

fn bench(criterion: &mut Criterion) {
    let healthy = feed(100);
    let damaged = healthy.replacen("</title>", "</titel>", 1).replace("Story ", "R&D ");
    let source = targets::source(SourceKind::Feed);
    let mut group = criterion.benchmark_group("feed");
    group.throughput(Throughput::Bytes(u64::try_from(healthy.len()).unwrap_or(u64::MAX)));
    group.bench_function("feed-rs alone", |bencher| {
        bencher.iter(|| feed_rs::parser::parse(black_box(healthy.as_bytes())).is_ok());
    });
    for (name, text) in [("healthy", &healthy), ("damaged", &damaged)] {
        let document = targets::document_at(address(), text.as_bytes(), None);
        group.bench_function(format!("{name}, as written"), |bencher| {
            bencher.iter(|| parse::written(black_box(&document), &source).is_ok());
        });
        group.bench_function(format!("{name}, plain entries"), |bencher| {
            bencher.iter(|| parse::entries(black_box(&document), &source).is_ok());
        });
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
