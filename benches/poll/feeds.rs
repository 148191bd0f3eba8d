//! Feeds made on the fly: a function of feed, item and nothing else.

use std::fmt::Write;
use std::sync::LazyLock;

use dealwatch::domain::Source;
use dealwatch::domain::SourceClass;
use dealwatch::domain::SourceKind;
use url::Url;

/// Items that a feed shows.
const ITEMS: usize = 20;
/// Hosts that the feeds are on.
const HOSTS: usize = 200;

const NAMES: [&str; 16] = [
    "Tes", "Ora", "Vel", "Lumi", "Kor", "Nexa", "Bry", "Sol", "Ard", "Quo", "Fen", "Mira", "Zan",
    "Pol", "Hex", "Ivo",
];
const HAN: [&str; 16] = [
    "言", "山", "星", "海", "云", "松", "启", "明", "灵", "川", "知", "河", "青", "远", "北", "禾",
];

const FILLER_EN: &[&str] = &[
    "The work began three years ago in a shed behind the school and moved twice since. ",
    "Customers were slow to come at first, then all at once, and mostly by word of mouth. ",
    "Half of the staff answer the telephone one day a month, whatever else they do. ",
    "A rival in the next town sells something alike for less and is said to do well. ",
    "Nobody in the room could say how many of the machines are still in use today. ",
    "The plan for next year has four lines, and the last of them is to write less code. ",
];
const FILLER_ZH: &[&str] = &[
    "团队最早在学校后面的仓库里办公，三年里搬了两次家，每次都是自己动手。",
    "客户起初来得很慢，后来一下子多了起来，多半是同行之间互相介绍的。",
    "公司规定每人每月要接一天客服电话，写代码的和做销售的都不例外。",
    "邻市有一家同行做着差不多的产品，价格更低，听说日子也过得不错。",
    "会上没有人说得清，去年卖出去的设备里还有多少台在正常运转。",
    "明年的计划只有四行字，最后一行写的是：少写代码，多去现场。",
];

/// The sources of the bench, on as many loopback addresses as there are hosts.
pub fn sources(count: usize, port: u16) -> Vec<Source> {
    let one = |n: usize| Source {
        id: format!("feed-{n}").as_str().into(),
        name: format!("Feed {n}"),
        kind: SourceKind::Feed,
        url: Url::parse(&format!("http://127.0.1.{}:{port}/feed/{n}", 1 + n % HOSTS))
            .expect("an address"),
        language: None,
        country: None,
        class: SourceClass::Media,
        every_secs: 3_600,
        enabled: true,
        utc_offset_minutes: None,
        allow_private: true,
        selectors: None,
        notes: None,
        recipe: dealwatch::domain::Recipe::default(),
    };
    (0..count).map(one).collect()
}

/// A feed of about 30 KB; each revision has one item more, and shows the last twenty.
pub fn rss(feed: usize, revision: usize) -> String {
    let zh = feed % 2 == 1;
    let mut out = String::with_capacity(32 * 1024);
    out.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel>");
    write!(out, "<title>Feed {feed}</title><link>https://feed-{feed}.test/</link>").expect("text");
    for item in (revision..revision + ITEMS).rev() {
        let (title, lead) = if zh { zh_story(feed, item) } else { en_story(feed, item) };
        let filler = if zh { FILLER_ZH } else { FILLER_EN };
        write!(
            out,
            "<item><title>{title}</title><link>https://feed-{feed}.test/{item}</link>\
             <guid>{feed}-{item}</guid><pubDate>{:02} Nov 2026 {:02}:{:02}:00 GMT</pubDate>\
             <description><![CDATA[<p>{lead}</p>",
            // One item a day: news of one sum in one week is compared with each other.
            1 + item % 28,
            feed % 24,
            feed % 60
        )
        .expect("text");
        let mut size = 0;
        let mut at = feed * 7 + item * 3;
        while size < 1_050 {
            let text = filler[at % filler.len()];
            write!(out, "<p>{text}</p>").expect("text");
            (size, at) = (size + text.len(), at + 1);
        }
        out.push_str("]]></description></item>");
    }
    out.push_str("</channel></rss>");
    out
}

/// One story in so many is a deal, in each feed at its own places: as many as a technology feed
/// carries, or what `DEALWATCH_BENCH_DEAL_IN` says.
fn is_deal(feed: usize, item: usize) -> bool {
    static ONE_IN: LazyLock<usize> = LazyLock::new(|| {
        let wanted = std::env::var("DEALWATCH_BENCH_DEAL_IN").ok().and_then(|n| n.parse().ok());
        wanted.filter(|one_in| *one_in > 0).unwrap_or(20)
    });
    (feed / 2 + item).is_multiple_of(*ONE_IN)
}

fn en_story(feed: usize, item: usize) -> (String, String) {
    let name =
        format!("{}{}", NAMES[feed / 2 % 16], NAMES[(feed / 32 + item * 5) % 16].to_lowercase());
    let sum = 5 + (feed * 13 + item * 7) % 90;
    match item % 3 {
        _ if is_deal(feed, item) => (
            format!("{name} raises ${sum} million for AI agents in clinics"),
            format!(
                "AI startup {name} said on Monday that it has raised ${sum} million in a Series A \
                 round led by Oakline Ventures, with participation from Fern Capital."
            ),
        ),
        0 => (
            format!("{name} cuts the price of model {feed}-{item}"),
            format!("Users of {name} pay ${sum} a month from December, the company said."),
        ),
        1 => (
            format!("How {name} measures what support team {feed}-{item} does"),
            format!("A visit to {name}, where {sum} people sort letters that machines wrote."),
        ),
        _ => (
            format!("Harbour line {feed}-{item} opens with {sum} new cars"),
            format!("The line cost {sum} million euros and runs every six minutes on weekdays."),
        ),
    }
}

fn zh_story(feed: usize, item: usize) -> (String, String) {
    let name = format!("{}{}智能", HAN[feed / 2 % 16], HAN[(feed / 32 + item * 5) % 16]);
    let sum = 1 + (feed * 13 + item * 7) % 9;
    match item % 3 {
        _ if is_deal(feed, item) => (
            format!("{name}完成{sum}亿元B轮融资"),
            format!(
                "大模型公司{name}宣布完成{sum}亿元人民币B轮融资，由北岭创投领投，松果资本跟投。"
            ),
        ),
        0 => (
            format!("{name}下调{feed}{item}号小模型价格"),
            format!("{name}表示，从下月起每百万字的价格降到{sum}元，老用户自动更新。"),
        ),
        1 => (
            format!("走进{name}的{feed}{item}号客服中心"),
            format!("{name}的客服中心里，{sum}0名员工每天要读上万条机器写好的回复。"),
        ),
        _ => (
            format!("城东{feed}号图书馆第{item}周开放"),
            format!("新馆藏书{sum}0万册，设有儿童阅览区和自习室，周末开放到晚上十点。"),
        ),
    }
}
