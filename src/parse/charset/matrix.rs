//! Every combination of text, encoding, declaration and HTTP label, true or lying, and how many
//! are read right.

use std::fmt::Write;

use super::*;

/// From a title of four characters to an article; the second half in traditional characters.
const TEXTS: [&str; 6] = [
    "融资快讯",
    "某公司完成新一轮融资",
    "示例科技完成三亿元融资，由某某资本领投，老股东继续跟投，资金用于研发大模型。",
    "收購快訊",
    "某公司宣布被收購交易金額未公開",
    "示例科技宣布完成新一輪融資，由某某資本領投，現有股東繼續跟投，資金將用於開發語言模型與擴大團隊。",
];

const LABELS: [&str; 5] = ["gb2312", "gb18030", "utf-8", "big5", "iso-8859-1"];

/// What an encoding may be called truthfully.
const ENCODINGS: [(&[&str], &Encoding); 3] = [
    (&["gb2312", "gb18030"], encoding_rs::GB18030),
    (&["utf-8"], encoding_rs::UTF_8),
    (&["big5"], encoding_rs::BIG5),
];

/// Each text short, and as an article of 30 times the length.
fn texts() -> impl Iterator<Item = String> {
    TEXTS.iter().flat_map(|text| [(*text).to_owned(), text.repeat(30)])
}

/// Right and all, with `host`, where the labels are as told; `None` is no label at all.
fn read_right(host: &str, sent_true: Option<bool>, declared_true: Option<bool>) -> (usize, usize) {
    let (mut right, mut all) = (0, 0);
    for (number, text) in texts().enumerate() {
        let traditional = number >= TEXTS.len();
        for (names, encoding) in ENCODINGS {
            if encoding == encoding_rs::BIG5 && !traditional {
                continue;
            }
            let labels = |truth: Option<bool>| match truth {
                None => vec![None],
                Some(truth) => {
                    LABELS.iter().filter(|l| names.contains(l) == truth).map(Some).collect()
                }
            };
            for declared in labels(declared_true) {
                for sent in labels(sent_true) {
                    let declared =
                        declared.map_or_else(String::new, |d| format!(" encoding=\"{d}\""));
                    let sent =
                        sent.map_or("text/xml".to_owned(), |s| format!("text/xml; charset={s}"));
                    let markup = format!("<?xml version=\"1.0\"{declared}?><rss>{text}</rss>");
                    let bytes = encoding.encode(&markup).0;
                    let read = decode(&bytes, Some(&sent), Markup::Xml, Some(host));
                    all += 1;
                    right += usize::from(read.text == format!("<rss>{text}</rss>"));
                }
            }
        }
    }
    (right, all)
}

#[test]
fn lying_labels_are_mostly_seen_through() {
    // The labels, and the least share that is read right, in percent.
    let rows = [
        ("both true", Some(true), Some(true), 100),
        ("HTTP label wrong", Some(false), Some(true), 100),
        ("declaration wrong", Some(true), Some(false), 100),
        ("both wrong", Some(false), Some(false), 98),
        ("declared alone", None, Some(true), 100),
        ("HTTP label alone", Some(true), None, 100),
        ("nothing declared", None, None, 100),
    ];
    let mut table = String::from("labels              .com        .cn\n");
    for (name, sent, declared, floor) in rows {
        let (plain, all) = read_right("news.example.com", sent, declared);
        let (hinted, _) = read_right("news.example.cn", sent, declared);
        writeln!(table, "{name:18} {plain:3}/{all:3}    {hinted:3}/{all:3}").unwrap();
        assert!(plain.min(hinted) * 100 >= all * floor, "{table}");
    }
    insta::assert_snapshot!(table);
}
