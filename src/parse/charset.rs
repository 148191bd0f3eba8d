//! Bytes to text: which encoding a document really has.
//!
//! Labels lie more often than bytes do, so the bytes are asked first:
//!
//! 1. a byte order mark, or the pattern of UTF-16 around the first `<`;
//! 2. bytes that are UTF-8, with at least two characters beyond ASCII, are UTF-8 whatever a
//!    label says, and so are bytes that nearly are;
//! 3. the label in the HTTP field, then the XML declaration or the HTML `meta`, unless the detector
//!    is for the latter; any label of the GB family is read as GB18030, their superset;
//! 4. labels of Latin 1 are what servers say by default: they count only if the detector sees no
//!    East Asian encoding;
//! 5. the detector, told the top-level domain.

use std::sync::LazyLock;

use chardetng::EncodingDetector;
use chardetng::Iso2022JpDetection;
use chardetng::Utf8Detection;
use encoding_rs::CoderResult;
use encoding_rs::Encoding;
use regex::Regex;
use regex::bytes::Regex as BytesRegex;

/// Declarations stand at the beginning; pages with long comments first are read this far.
const PRESCAN_BYTES: usize = 8 * 1024;

/// The detector is sure long before; it asks 27 candidates about every byte.
const DETECT_BYTES: usize = 128 * 1024;

/// What kind of declaration to look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// `<?xml encoding="…"?>`; it is removed from the text, since it is no longer true.
    Xml,
    /// `<meta charset="…">`.
    Html,
}

/// A document as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// Without byte order mark, and for XML without declaration.
    pub text: String,
    /// The name of the encoding, after the WHATWG standard.
    pub encoding: &'static str,
    /// How many byte sequences could not be read; each is U+FFFD in the text.
    pub replaced: usize,
}

/// Decodes `bytes`; never fails. A sequence broken off at the end is cut.
///
/// `host` is where the bytes come from: its top-level domain helps the detector.
pub fn decode(
    bytes: &[u8],
    content_type: Option<&str>,
    markup: Markup,
    host: Option<&str>,
) -> Decoded {
    let (bytes, marked) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (bytes.get(length..).unwrap_or_default(), Some(encoding)),
        None => (bytes, utf_16_pattern(bytes)),
    };
    let encoding = marked.unwrap_or_else(|| choose(bytes, content_type, markup, host));
    let text = read(bytes, encoding);
    let replaced = text.matches(char::REPLACEMENT_CHARACTER).count();
    let text = match markup {
        Markup::Xml => without_declaration(text),
        Markup::Html => text,
    };
    Decoded { text, encoding: encoding.name(), replaced }
}

fn choose(
    bytes: &[u8],
    content_type: Option<&str>,
    markup: Markup,
    host: Option<&str>,
) -> &'static Encoding {
    let sent = content_type.and_then(|field| captured(&HTTP_LABEL, field.as_bytes()));
    let declared = declared(bytes, markup);
    let label = sent.or(declared);
    let utf_8 = Utf8Count::of(bytes);
    if utf_8.convincing(label.is_some_and(|encoding| encoding != encoding_rs::UTF_8)) {
        return encoding_rs::UTF_8;
    }
    if let (Some(sent), Some(declared)) = (sent, declared)
        && sent != declared
        && detect(bytes, host) == declared
    {
        return declared;
    }
    match label {
        Some(label) if label == encoding_rs::WINDOWS_1252 => {
            let guess = detect(bytes, host);
            if guess.is_single_byte() { label } else { guess }
        }
        Some(label) => fitting(bytes, label, host),
        None if utf_8.multi_byte + utf_8.bad == 0 => encoding_rs::UTF_8,
        None => detect(bytes, host),
    }
}

/// The label, unless the bytes contradict it and fit what the detector sees.
fn fitting(bytes: &[u8], label: &'static Encoding, host: Option<&str>) -> &'static Encoding {
    let sample = bytes.get(..DETECT_BYTES.min(bytes.len())).unwrap_or_default();
    let errors = |encoding| read(sample, encoding).matches(char::REPLACEMENT_CHARACTER).count();
    let by_label = errors(label);
    if by_label == 0 {
        return label;
    }
    let guess = detect(bytes, host);
    if errors(guess) * 4 < by_label { guess } else { label }
}

fn detect(bytes: &[u8], host: Option<&str>) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let sample = bytes.get(..DETECT_BYTES.min(bytes.len())).unwrap_or_default();
    detector.feed(sample, sample.len() == bytes.len());
    let domain = host.and_then(|host| host.rsplit('.').next()).map(str::to_ascii_lowercase);
    let domain = domain.filter(|domain| domain.bytes().all(|b| b.is_ascii_lowercase()));
    gb_superset(detector.guess(domain.as_deref().map(str::as_bytes), Utf8Detection::Allow))
}

fn read(bytes: &[u8], encoding: &'static Encoding) -> String {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let capacity = decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len());
    let mut text = String::with_capacity(capacity);
    // `last` is false, so a sequence broken off at the end is left out.
    let (result, _, _) = decoder.decode_to_string(bytes, &mut text, false);
    debug_assert_eq!(result, CoderResult::InputEmpty, "the buffer was sized for the worst case");
    text.shrink_to_fit();
    text
}

/// How much of the bytes is UTF-8.
struct Utf8Count {
    multi_byte: usize,
    bad: usize,
}

impl Utf8Count {
    fn of(bytes: &[u8]) -> Utf8Count {
        let mut count = Utf8Count { multi_byte: 0, bad: 0 };
        for chunk in bytes.utf8_chunks() {
            count.multi_byte += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
            count.bad += usize::from(!chunk.invalid().is_empty());
        }
        // A character broken off at the end is no fault of the encoding.
        if let Some(last) = bytes.utf8_chunks().last()
            && let Err(error) = std::str::from_utf8(last.invalid())
            && error.error_len().is_none()
        {
            count.bad = count.bad.saturating_sub(1);
        }
        count
    }

    /// Text of another encoding is UTF-8 by chance only for a character or two. A few bad bytes
    /// come from cut or pasted text; against a label that says otherwise fewer are allowed.
    fn convincing(&self, contradicted: bool) -> bool {
        let tolerance = if contradicted { 50 } else { 20 };
        self.multi_byte >= 2 && self.bad * tolerance <= self.multi_byte
    }
}

fn utf_16_pattern(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [b'<' | b'{', 0, _, 0, ..] => Some(encoding_rs::UTF_16LE),
        [0, b'<' | b'{', 0, _, ..] => Some(encoding_rs::UTF_16BE),
        _ => None,
    }
}

static HTTP_LABEL: LazyLock<BytesRegex> = LazyLock::new(|| {
    BytesRegex::new(r#"(?i)charset\s*=\s*["']?\s*([\w.:-]+)"#).expect("a constant pattern")
});
static XML_LABEL: LazyLock<BytesRegex> = LazyLock::new(|| {
    BytesRegex::new(r#"<\?xml\s[^>]*?encoding\s*=\s*["']\s*([\w.:-]+)"#)
        .expect("a constant pattern")
});
static META_LABEL: LazyLock<BytesRegex> = LazyLock::new(|| {
    BytesRegex::new(r#"(?i)<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)"#)
        .expect("a constant pattern")
});
static COMMENT: LazyLock<BytesRegex> =
    LazyLock::new(|| BytesRegex::new(r"(?s-u)<!--.*?-->").expect("a constant pattern"));
static DECLARATION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"<\?xml\s[^>]*\?>").expect("a constant pattern"));

fn declared(bytes: &[u8], markup: Markup) -> Option<&'static Encoding> {
    let head = bytes.get(..PRESCAN_BYTES.min(bytes.len()))?;
    let encoding = match markup {
        Markup::Xml => captured(&XML_LABEL, head),
        Markup::Html => captured(&META_LABEL, &COMMENT.replace_all(head, &b""[..]))
            .or_else(|| captured(&XML_LABEL, head)),
    }?;
    // It was read as ASCII, so it cannot be true.
    if [encoding_rs::UTF_16LE, encoding_rs::UTF_16BE].contains(&encoding) {
        return Some(encoding_rs::UTF_8);
    }
    Some(encoding)
}

fn captured(pattern: &BytesRegex, bytes: &[u8]) -> Option<&'static Encoding> {
    Encoding::for_label(pattern.captures(bytes)?.get(1)?.as_bytes()).map(gb_superset)
}

fn gb_superset(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == encoding_rs::GBK { encoding_rs::GB18030 } else { encoding }
}

/// Every declaration goes, also a second one in the middle: a reader that meets one sets its
/// encoding anew.
fn without_declaration(text: String) -> String {
    match DECLARATION.replace_all(&text, "") {
        std::borrow::Cow::Borrowed(_) => text,
        std::borrow::Cow::Owned(shorter) => shorter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEWS: &str =
        "示例科技完成三亿元融资，由某某资本领投，老股东继续跟投，资金用于研发大模型。";

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

    /// Every combination of text, encoding, declaration and HTTP label; how many are read right.
    fn matrix(label_is_true: bool, declaration_is_true: bool) -> (usize, usize) {
        const TEXTS: [&str; 3] = ["融资快讯", "某公司完成新一轮融资", NEWS];
        const LABELS: [&str; 5] = ["gb2312", "gbk", "utf-8", "big5", "iso-8859-1"];
        let (mut right, mut all) = (0, 0);
        for text in TEXTS {
            let traditional = text.chars().all(|c| !encoding_rs::BIG5.encode(&c.to_string()).2);
            let mut encodings = vec![("gbk", encoding_rs::GB18030), ("utf-8", encoding_rs::UTF_8)];
            encodings.extend(traditional.then_some(("big5", encoding_rs::BIG5)));
            for (name, encoding) in encodings {
                for declared in LABELS.into_iter().filter(|l| (*l == name) == declaration_is_true) {
                    for sent in LABELS.into_iter().filter(|l| (*l == name) == label_is_true) {
                        let markup =
                            format!("<?xml version=\"1.0\" encoding=\"{declared}\"?>{text}");
                        let bytes = encoding.encode(&markup).0;
                        let sent = format!("text/xml; charset={sent}");
                        let read = decode(&bytes, Some(&sent), Markup::Xml, Some("example.cn"));
                        all += 1;
                        right += usize::from(read.text == text);
                    }
                }
            }
        }
        (right, all)
    }

    #[test]
    fn lying_labels_are_mostly_seen_through() {
        assert_eq!(matrix(true, true), (6, 6));
        assert_eq!(matrix(true, false), (24, 24));
        assert_eq!(matrix(false, true), (24, 24));
        // GBK that is called Big5 twice can be read as Big5 without a fault: nine cases.
        assert_eq!(matrix(false, false), (87, 96));
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
        let page =
            format!("<!-- <meta charset=big5> --><meta content='text/html; charset=gbk'>{NEWS}");
        check(&gbk(&page), None, Markup::Html, &page);
    }

    #[test]
    fn marks_and_utf_16_are_seen() {
        check("\u{feff}<a/>".as_bytes(), None, Markup::Xml, "<a/>");
        let little: Vec<u8> = "<r>融资</r>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&little, Some("text/xml; charset=utf-8"), Markup::Xml, "<r>融资</r>");
        let big: Vec<u8> =
            "\u{feff}<r>融资</r>".encode_utf16().flat_map(u16::to_be_bytes).collect();
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
}
