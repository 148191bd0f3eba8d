//! Labels, marks and detection, one by one.

use super::*;

const NEWS: &str = "示例科技完成三亿元融资，由某某资本领投，老股东继续跟投，资金用于研发大模型。";

fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

fn big5(text: &str) -> Vec<u8> {
    encoding_rs::BIG5.encode(text).0.into_owned()
}

#[track_caller]
fn check(bytes: &[u8], content_type: Option<&str>, markup: Markup, expected: &str) {
    let decoded = decode(bytes, content_type, markup, Some("news.example.cn"));
    assert_eq!(decoded.text, expected, "read as {}", decoded.encoding);
}

#[test]
fn any_gb_label_is_read_as_its_superset() {
    // The euro sign and this rare character are not in GB2312.
    let text = format!("{NEWS}㐀€");
    check(&gbk(&text), Some("text/xml; charset=GB2312"), Markup::Xml, &text);
    check(&gbk(&text), Some("text/xml; charset=\"gbk\""), Markup::Xml, &text);
}

#[test]
fn bytes_that_are_utf_8_win_over_every_label() {
    for label in ["gb2312", "big5", "iso-8859-1", "utf-16"] {
        check(NEWS.as_bytes(), Some(&format!("text/xml;charset={label}")), Markup::Xml, NEWS);
    }
    let page = format!("<meta charset=gb2312><p>{NEWS}");
    check(page.as_bytes(), None, Markup::Html, &page);
}

#[test]
fn one_bad_byte_does_not_make_utf_8_another_encoding() {
    let mut bytes = NEWS.repeat(2).into_bytes();
    bytes.splice(6..6, [0xff]);
    let decoded = decode(&bytes, Some("text/xml; charset=gbk"), Markup::Xml, None);
    assert_eq!((decoded.encoding, decoded.replaced), ("UTF-8", 1));
}

#[test]
fn nothing_declared_is_detected() {
    check(&gbk(NEWS), None, Markup::Xml, NEWS);
    check(&gbk(NEWS), Some("text/xml"), Markup::Html, NEWS);
    let decoded = decode(&gbk("融资快讯"), None, Markup::Xml, Some("example.cn"));
    assert_eq!(decoded.text, "融资快讯");
}

#[test]
fn weak_labels_give_way_to_what_the_bytes_say() {
    check(&gbk(NEWS), Some("text/html; charset=ISO-8859-1"), Markup::Html, NEWS);
    let french = "caf\u{e9} cr\u{e8}me";
    let bytes = encoding_rs::WINDOWS_1252.encode(french).0.into_owned();
    check(&bytes, Some("text/html; charset=ISO-8859-1"), Markup::Html, french);
}

#[test]
fn a_wrong_label_gives_way_to_bytes_it_cannot_read() {
    let bytes = gbk(NEWS);
    check(&bytes, Some("text/xml; charset=utf-8"), Markup::Xml, NEWS);
}

#[test]
fn declarations_are_found_and_removed() {
    let text = "<rss>某公司被收購，交易金額未公開</rss>";
    let declared = format!("\n<?xml version='1.0' encoding='Big5'?>\n{text}");
    check(&big5(&declared), None, Markup::Xml, &format!("\n\n{text}"));
    let late = format!("{}<?xml version=\"1.0\" encoding=\"gb2312\"?>{NEWS}", " ".repeat(70));
    check(&gbk(&late), None, Markup::Xml, &format!("{}{NEWS}", " ".repeat(70)));
}

#[test]
fn a_meta_after_a_comment_is_found_and_one_inside_is_not() {
    let page = format!("<!-- <meta charset=big5> --><meta content='text/html; charset=gbk'>{NEWS}");
    check(&gbk(&page), None, Markup::Html, &page);
}

#[test]
fn marks_and_wide_units_are_seen() {
    let wide: Vec<u8> = "<r>融资</r>".chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
    check(&wide, Some("text/xml; charset=utf-8"), Markup::Xml, "<r>融资</r>");
    let marked = "\u{feff}<r>融资</r>".chars();
    let wide: Vec<u8> = marked.flat_map(|c| u32::from(c).to_be_bytes()).collect();
    check(&wide, None, Markup::Xml, "<r>融资</r>");
    check("\u{feff}<a/>".as_bytes(), None, Markup::Xml, "<a/>");
    let little: Vec<u8> = "<r>融资</r>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(&little, Some("text/xml; charset=utf-8"), Markup::Xml, "<r>融资</r>");
    let big: Vec<u8> = "\u{feff}<r>融资</r>".encode_utf16().flat_map(u16::to_be_bytes).collect();
    check(&big, None, Markup::Xml, "<r>融资</r>");
}

#[test]
fn a_character_broken_off_at_the_end_is_cut() {
    let utf_8 = NEWS.as_bytes();
    let expected: String = NEWS.chars().take(NEWS.chars().count() - 1).collect();
    check(&utf_8[..utf_8.len() - 1], None, Markup::Xml, &expected);
    let bytes = gbk(NEWS);
    check(&bytes[..bytes.len() - 1], Some("a/b; charset=gbk"), Markup::Xml, &expected);
}
