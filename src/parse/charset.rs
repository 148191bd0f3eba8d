//! Bytes to text: which encoding a document really has.
//!
//! Labels lie more often than bytes do, so the bytes are asked first:
//!
//! 1. a byte order mark, or the pattern of UTF-16 or UTF-32 around the first `<`;
//! 2. bytes that are UTF-8, with at least two characters beyond ASCII, are UTF-8 whatever a
//!    label says, and so are bytes that nearly are;
//! 3. the label in the HTTP field, then the XML declaration or the HTML `meta`, unless the detector
//!    is for the latter; any label of the GB family is read as GB18030, their superset;
//! 4. labels of Latin 1 are what servers say by default: they count only if the detector sees no
//!    East Asian encoding;
//! 5. the detector, told the top-level domain;
//! 6. Chinese bytes that make clearly more sense in the other encoding of Chinese are read in that
//!    (`chinese`): most pairs of bytes are a character in both, so no fault shows the mistake.
//!
//! UTF-8 that was encoded twice is read once (`doubled`).

mod chinese;
mod doubled;
mod utf32;

use std::borrow::Cow;
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
    /// It was UTF-8 that had been taken for another encoding and encoded again.
    pub twice: bool,
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
    let (text, encoding) = text_of(bytes, content_type, markup, host);
    let replaced = text.matches(char::REPLACEMENT_CHARACTER).count();
    let text = match markup {
        Markup::Xml => without_declaration(text),
        Markup::Html => text,
    };
    let (text, twice) = match doubled::undone(&text) {
        Cow::Borrowed(_) => (text, false),
        Cow::Owned(meant) => (meant, true),
    };
    Decoded { text, encoding, replaced, twice }
}

fn text_of(
    bytes: &[u8],
    content_type: Option<&str>,
    markup: Markup,
    host: Option<&str>,
) -> (String, &'static str) {
    if let Some(order) = utf32::Order::of(bytes) {
        return (order.read(bytes), order.name());
    }
    let (bytes, marked) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (bytes.get(length..).unwrap_or_default(), Some(encoding)),
        None => (bytes, utf_16_pattern(bytes)),
    };
    let encoding = marked.unwrap_or_else(|| choose(bytes, content_type, markup, host));
    (read(bytes, encoding), encoding.name())
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
    let chosen = by_label(bytes, sent, declared, &utf_8, host);
    chinese::clearer(bytes, chosen).unwrap_or(chosen)
}

/// By label and detector, where the bytes are no UTF-8.
fn by_label(
    bytes: &[u8],
    sent: Option<&'static Encoding>,
    declared: Option<&'static Encoding>,
    utf_8: &Utf8Count,
    host: Option<&str>,
) -> &'static Encoding {
    if let (Some(sent), Some(declared)) = (sent, declared)
        && sent != declared
        && detect(bytes, host) == declared
    {
        return declared;
    }
    match sent.or(declared) {
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
        Cow::Borrowed(_) => text,
        Cow::Owned(shorter) => shorter,
    }
}

#[cfg(test)]
mod matrix;
#[cfg(test)]
mod tests;
