//! Markup to plain text: tags off, entities decoded, control characters removed.
//!
//! A scan over the characters, not an HTML parser: linear in time, without recursion, so that it
//! needs no guard.

use std::borrow::Cow;

use html5ever::data::NAMED_ENTITIES;

/// The longest name in HTML's table of entities is 31 letters.
const LONGEST_ENTITY: usize = 32;

/// Elements whose content is not text for a reader.
const HIDDEN: &[&str] = &["script", "style", "template", "noscript", "iframe", "svg", "head"];

/// Those of them that a missing end tag makes swallow the rest; others are tags without content.
const RAW: &[&str] = &["script", "style"];

/// Stands for a comment among the elements that have no end.
const COMMENT: &str = "!--";

/// Elements that end a paragraph.
const PARAGRAPHS: &[&str] = &[
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "ul",
    "ol",
    "table",
    "pre",
    "article",
    "section",
    "figure",
    "hr",
];

/// Elements that end a line.
const LINES: &[&str] =
    &["br", "li", "tr", "dt", "dd", "figcaption", "header", "footer", "main", "aside", "option"];

/// The plain text of an HTML fragment: lines trimmed, paragraphs separated by a blank line.
///
/// In a fragment without any tag a line feed is one; otherwise it is a space, as in HTML.
pub fn plain(markup: &str) -> String {
    let mut out = Flow::new(!has_tag(markup));
    let mut rest = markup;
    while let Some((before, tail)) = split_at_char(rest, '<') {
        out.text(&entities(before));
        rest = if let Some(after) = after_tag(tail, &mut out) {
            after
        } else {
            out.text("<");
            tail.get(1..).unwrap_or_default()
        };
    }
    out.text(&entities(rest));
    out.finish()
}

/// As [`plain`], on one line: for titles and names.
pub fn line(markup: &str) -> String {
    plain(markup).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The longest text that is kept, in bytes: a long report has 60 KB.
pub const MAX_BYTES: usize = 256 * 1024;

/// The first [`MAX_BYTES`] of a text, in whole characters.
pub fn capped(mut text: String) -> String {
    text.truncate(text.floor_char_boundary(MAX_BYTES));
    text
}

/// Text that is plain already: the same clean lines, nothing decoded.
pub fn clean(text: &str) -> String {
    let mut out = Flow::new(true);
    out.text(text);
    out.finish()
}

/// Plain text as markup that reads the same.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// Whether a character has no place in a text: controls, marks of direction, zero width.
///
/// The marks of direction could reorder a terminal's or page's line.
pub fn is_noise(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{8}' | '\u{b}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}'
        | '\u{86}'..='\u{9f}' | '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}')
}

/// Decodes named and numbered references; what is none stays as it stands.
pub fn entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tail)) = split_at_char(rest, '&') {
        out.push_str(before);
        if let Some((value, length)) = reference(tail) {
            out.push_str(&value);
            rest = tail.get(length..).unwrap_or_default();
        } else {
            out.push('&');
            rest = tail.get(1..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// What the reference at the start of `text` stands for, and its length in bytes.
///
/// A reference to a character that is none (`&#0;`, `&#x1f;`) stands for nothing.
pub fn reference(text: &str) -> Option<(Cow<'static, str>, usize)> {
    let body = text.strip_prefix('&')?;
    let semicolon = body.bytes().take(LONGEST_ENTITY + 1).position(|b| b == b';')?;
    let name = body.get(..semicolon)?;
    let length = semicolon + 2;
    let Some(number) = name.strip_prefix('#') else {
        return named(body.get(..=semicolon)?).map(|value| (Cow::Owned(value), length));
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    let value = match char::from_u32(code) {
        Some(c @ '\u{80}'..='\u{9f}') => windows_1252(c).to_string(),
        Some(c) if is_noise(c) => String::new(),
        Some(c) => c.to_string(),
        None => String::new(),
    };
    Some((Cow::Owned(value), length))
}

/// The characters of a named entity, given with its semicolon.
fn named(name: &str) -> Option<String> {
    // Beginnings of names stand in the table too, as a pair of zeros.
    let (first, second) = NAMED_ENTITIES.get(name).copied().filter(|pair| pair.0 != 0)?;
    let second = char::from_u32(second).filter(|c| *c != '\0');
    Some(char::from_u32(first).into_iter().chain(second).collect())
}

/// What a C1 control was meant to be: browsers read these numbers as windows-1252 (WHATWG HTML,
/// numeric character reference end state).
pub fn windows_1252(c: char) -> char {
    let byte = u8::try_from(u32::from(c)).unwrap_or(b'?');
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next().unwrap_or(c)
}

fn split_at_char(text: &str, c: char) -> Option<(&str, &str)> {
    let at = text.find(c)?;
    text.split_at_checked(at)
}

fn has_tag(markup: &str) -> bool {
    markup
        .as_bytes()
        .windows(2)
        .any(|pair| pair[0] == b'<' && (pair[1].is_ascii_alphabetic() || b"/!".contains(&pair[1])))
}

/// Reads the tag, comment or declaration that `text` starts with and returns what follows it.
///
/// `None` if the `<` is only a sign. An unfinished tag swallows the rest: a cut-off fragment.
fn after_tag<'a>(text: &'a str, out: &mut Flow) -> Option<&'a str> {
    let body = text.get(1..)?;
    if let Some(comment) = body.strip_prefix("!--") {
        return Some(after_comment(comment, out));
    }
    if let Some(data) = body.strip_prefix("![CDATA[") {
        let (inside, after) = data.split_once("]]>").unwrap_or((data, ""));
        out.text(&entities(inside));
        return Some(after);
    }
    if body.starts_with(['!', '?']) {
        return Some(body.split_once('>').map_or("", |(_, after)| after));
    }
    let closing = body.starts_with('/');
    let body = body.strip_prefix('/').unwrap_or(body);
    if !body.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = tag_end(body)?;
    let tag = body.get(..end)?;
    let after = body.get(end + 1..).unwrap_or_default();
    let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let name = name.to_ascii_lowercase();
    out.element(&name);
    if closing || tag.ends_with('/') {
        return Some(after);
    }
    match HIDDEN.iter().find(|hidden| **hidden == name) {
        Some(hidden) if !out.unclosed.contains(hidden) => Some(after_hidden(after, hidden, out)),
        _ => Some(after),
    }
}

/// What follows a comment. One that never ends is taken to end with its tag: a text is not lost
/// over it.
fn after_comment<'a>(comment: &'a str, out: &mut Flow) -> &'a str {
    if !out.unclosed.contains(&COMMENT) {
        if let Some((_, after)) = comment.split_once("-->") {
            return after;
        }
        out.unclosed.push(COMMENT);
    }
    comment.split_once('>').map_or("", |(_, after)| after)
}

/// What follows the hidden element that just began.
fn after_hidden<'a>(after: &'a str, name: &'static str, out: &mut Flow) -> &'a str {
    if let Some(rest) = after_close(after, name) {
        return rest;
    }
    // Remembered, so that a text full of beginnings is not read again for each.
    out.unclosed.push(name);
    if RAW.contains(&name) { "" } else { after }
}

/// Where a tag's `>` stands, quoted attribute values left out; the length of `body` if nowhere.
fn tag_end(body: &str) -> Option<usize> {
    let mut quote = None;
    let mut first = None;
    for (at, byte) in body.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            (Some(_), b'>') if first.is_none() => first = Some(at),
            _ => {}
        }
    }
    first.or(Some(body.len()))
}

/// What follows the end tag `</name>`; `None` if it is missing.
fn after_close<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = text;
    while let Some((_, tail)) = rest.split_once("</") {
        if tail.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return Some(tail.split_once('>').map_or("", |(_, after)| after));
        }
        rest = tail;
    }
    None
}

/// Text as it flows into lines.
struct Flow {
    out: String,
    /// White space seen since the last character, and whether it held a line feed.
    space: bool,
    soft_break: bool,
    /// Line feeds owed before the next character.
    breaks: usize,
    keep_lines: bool,
    /// Hidden elements that have no end tag.
    unclosed: Vec<&'static str>,
}

impl Flow {
    fn new(keep_lines: bool) -> Flow {
        Flow {
            out: String::new(),
            space: false,
            soft_break: false,
            breaks: 0,
            keep_lines,
            unclosed: Vec::new(),
        }
    }

    fn element(&mut self, name: &str) {
        if PARAGRAPHS.contains(&name) {
            self.breaks = self.breaks.max(2);
        } else if LINES.contains(&name) {
            self.breaks = if name == "br" { self.breaks + 1 } else { self.breaks.max(1) };
        } else if matches!(name, "td" | "th") {
            self.space = true;
        }
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() {
                self.white(c);
            } else if !is_noise(c) {
                self.gap(c);
                self.out.push(c);
            }
        }
    }

    fn white(&mut self, c: char) {
        self.space = true;
        if matches!(c, '\n' | '\u{85}' | '\u{2028}' | '\u{2029}') {
            self.soft_break = true;
            self.breaks += usize::from(self.keep_lines);
        }
    }

    /// Writes what stands between the last character and `next`.
    fn gap(&mut self, next: char) {
        if (self.space || self.breaks > 0)
            && let Some(last) = self.out.chars().next_back()
        {
            if self.breaks > 0 {
                self.out.push_str(if self.breaks == 1 { "\n" } else { "\n\n" });
            } else if self.space && !(self.soft_break && is_wide(last) && is_wide(next)) {
                self.out.push(' ');
            }
        }
        (self.space, self.soft_break, self.breaks) = (false, false, 0);
    }

    fn finish(self) -> String {
        self.out
    }
}

/// Scripts that are written without spaces: a wrapped line there is no gap between words.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}'
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markup: &str, expected: &str) {
        assert_eq!(plain(markup), expected, "in: {markup}");
    }

    #[test]
    fn tags_go_and_blocks_become_lines() {
        check("<p>One <b>bold</b> step.</p><p>Two.</p>", "One bold step.\n\nTwo.");
        check("first<br/>second", "first\nsecond");
        check("<ul><li>a</li><li>b</li></ul>", "a\nb");
        check("x<script>if (a < b) { steal() }</script>y", "xy");
        check("x<STYLE>p{}</STYLE >y", "xy");
        check("a<iframe src=x>b", "ab");
        check("a<script>b", "a");
        check("a<!-- <p>no</p> -->b", "ab");
        check("a<!-- never ends >b <!-- c -- >d", "ab d");
        check("<a title='1 > 0' href=\"x\">word</a>", "word");
    }

    #[test]
    fn a_sign_that_opens_no_tag_stays() {
        check("3 < 5 and a<5", "3 < 5 and a<5");
        check("cut off <a href=\"https://a.te", "cut off");
        check("I <3 it", "I <3 it");
    }

    #[test]
    fn entities_are_decoded() {
        check("AT&amp;T &lt;now&gt; 5&nbsp;&euro;&#8217;s &#x4e2d;", "AT&T <now> 5 €\u{2019}s 中");
        check("&nu;&Sigma;&scaron;&fnof;&ThickSpace;&NotEqualTilde;", "νΣšƒ ≂̸");
        check("a&#0;b&#x1f;c &#150; d & e &nosuch; f", "abc \u{2013} d & e &nosuch; f");
        check("<![CDATA[x &amp; y]]>", "x & y");
    }

    #[test]
    fn control_and_direction_marks_go() {
        check("a\u{0}b\u{1b}[31m\u{202e}c\u{200b}d", "ab[31mcd");
    }

    #[test]
    fn lines_of_plain_text_are_kept_and_those_of_markup_flow() {
        check("one\ntwo\n\n\n\nthree", "one\ntwo\n\nthree");
        check("<p>one\ntwo</p>", "one two");
        check("<p>完成\n融资</p>", "完成融资");
        check("  \u{3000}开头  空格 ", "开头 空格");
    }

    #[test]
    fn beginnings_without_ends_cost_no_more_than_other_text() {
        // Were each read to the end of the text, this would take minutes.
        for part in ["<iframe>", "<!--", "<a \"", "<![CDATA[", "&", "<svg><"] {
            plain(&part.repeat(100_000));
        }
    }

    #[test]
    fn a_title_is_one_line() {
        assert_eq!(line(" A <b>b</b>\n <p>c</p> "), "A b c");
    }
}
