//! An article cut into sentences and tokens, over the one view that all matching works on.
//!
//! All spans in `extract` are byte ranges of the folded text ([`Text::str`]); the way back to the
//! printed words, and to the scalars that evidence counts, goes through [`Text::printed`] and
//! [`Text::evidence`].

mod debris;
mod token;

use crate::domain::Evidence;
use crate::domain::Field;
use crate::domain::Lang;
use crate::domain::Span;
use crate::entity::View;

pub use token::Kind;
pub use token::Token;
pub use token::tokens;

/// Where a sentence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the title.
    Title,
    /// In the text.
    Body,
}

/// One sentence, bullet or headline.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// Its number in the article, the title's first.
    pub index: usize,
    /// Its bytes in the folded text.
    pub span: Span,
    /// Its tokens in [`Text::tokens`].
    pub tokens: std::ops::Range<usize>,
    /// What it is written in: texts are mixed.
    pub lang: Lang,
    /// Title or body.
    pub place: Place,
    /// Which line it is on; the title is line 0.
    pub paragraph: usize,
    /// It opens a line with a bullet or a number.
    pub bullet: bool,
    /// It belongs to the page and not to the article: related stories, credits, disclaimers.
    pub debris: bool,
}

/// An article ready for reading.
#[derive(Debug)]
pub struct Text {
    view: View,
    tokens: Vec<Token>,
    sentences: Vec<Sentence>,
    lang: Lang,
    in_taiwan: bool,
}

impl Text {
    /// Cuts `title + "\n" + text`; `lang` is what the source says, and is believed.
    pub fn new(title: &str, text: &str, lang: Option<Lang>) -> Text {
        let view = View::new(&format!("{title}\n{text}"));
        let tokens = token::tokens(&view);
        // Folding is character by character, so a part is as long folded alone as in the whole.
        let title_end = View::new(title).text.len();
        let mut sentences = Vec::new();
        let mut first = 0;
        let mut line = 0;
        while first < tokens.len() {
            let end = sentence_end(&view.text, &tokens, first, title_end);
            if let Some(sentence) = sentence(&view.text, &tokens, first..end, title_end, &mut line)
            {
                sentences.push(Sentence { index: sentences.len(), ..sentence });
            }
            first = end;
        }
        debris::mark(&view.text, &mut sentences);
        let lang = lang.unwrap_or_else(|| main_language(&sentences));
        if lang == Lang::Zh {
            mixed(&tokens, &mut sentences);
        }
        let in_taiwan = view.text.contains("新台币") || speaks_taiwanese(title, text);
        Text { view, tokens, sentences, lang, in_taiwan }
    }

    /// The folded text.
    pub fn str(&self) -> &str {
        &self.view.text
    }

    /// The folded text with its way back.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// Every token of the article.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The tokens of a sentence.
    pub fn tokens_of(&self, sentence: &Sentence) -> &[Token] {
        self.tokens.get(sentence.tokens.clone()).unwrap_or_default()
    }

    /// Every sentence.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// Whether the article counts in Taiwan dollars: 新台幣 stands in it.
    pub fn in_taiwan(&self) -> bool {
        self.in_taiwan
    }

    /// What most of the article is written in.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The folded words of a span.
    pub fn of(&self, span: Span) -> &str {
        span.of(&self.view.text)
    }

    /// A span of the folded text, if these bytes are one.
    pub fn span(&self, start: usize, end: usize) -> Option<Span> {
        if start > end {
            return None;
        }
        Span::new(&self.view.text, start, end)
    }

    /// The words of a span as printed.
    pub fn printed(&self, span: Span) -> &str {
        self.view.original_text(span.start(), span.end())
    }

    /// The proof that a rule read these words.
    pub fn evidence(&self, field: Field, span: Span, rule: &str) -> Evidence {
        let scalar = |byte| u32::try_from(self.view.char_index(byte)).ok();
        Evidence {
            field,
            start: scalar(span.start()),
            end: scalar(span.end()),
            text: Some(self.printed(span).to_owned()),
            rule: rule.to_owned(),
        }
    }
}

/// The sentence, as printed, around scalars `start..end` of `title + "\n" + text`.
///
/// This is what people see as proof; empty if there are no words there.
pub fn sentence_at(full_text: &str, start: u32, end: u32) -> String {
    let text = Text::new("", full_text, None);
    let scalar = |byte| u32::try_from(text.view.char_index(byte)).unwrap_or(u32::MAX);
    // The view opens with the break after the empty title.
    let (start, end) = (start.saturating_add(1), end.saturating_add(1));
    let touched = text.sentences.iter().filter(|sentence| {
        scalar(sentence.span.start()) < end && start < scalar(sentence.span.end())
    });
    let spans: Vec<Span> = touched.map(|sentence| sentence.span).collect();
    match (spans.first(), spans.last()) {
        (Some(first), Some(last)) => text.view.original_text(first.start(), last.end()).to_owned(),
        _ => String::new(),
    }
}

/// A sentence that goes on beyond this many tokens is cut: rules look at a sentence as a whole, so
/// its length bounds what hostile text can cost.
const LONGEST: usize = 800;

/// The most tokens of a call that opens a headline.
const CALL: usize = 9;

/// The token after a sentence's last.
fn sentence_end(text: &str, tokens: &[Token], first: usize, title_end: usize) -> usize {
    let mut at = first;
    while let Some(token) = tokens.get(at) {
        at += 1;
        if token.kind == Kind::Break || at - first >= LONGEST {
            return at;
        }
        // 近亿元!甲完成A轮: a call that opens a Chinese headline belongs to what it calls out.
        let call = at - first <= CALL
            && token.span.of(text) == "!"
            && tokens.get(at).is_some_and(|next| {
                next.kind != Kind::Break && next.glued && next.span.start() < title_end
            })
            && tokens.get(first).is_some_and(|word| word.kind != Kind::Word);
        if call {
            continue;
        }
        if token.kind == Kind::Punct && token::ends_sentence(text, tokens, at - 1) {
            while tokens.get(at).is_some_and(|next| next.glued && token::closes(text, next)) {
                at += 1;
            }
            return at;
        }
    }
    at
}

/// The sentence made of these tokens; none if there are no words in it.
fn sentence(
    text: &str,
    tokens: &[Token],
    range: std::ops::Range<usize>,
    title_end: usize,
    line: &mut usize,
) -> Option<Sentence> {
    let own = tokens.get(range.clone())?;
    let paragraph = *line;
    *line += own.iter().filter(|token| token.kind == Kind::Break).count();
    let words = own.iter().filter(|token| token.kind != Kind::Break);
    let start = words.clone().next()?.span.start();
    let end = words.clone().next_back()?.span.end();
    let opens_line = text.get(..start).is_none_or(|before| {
        before.trim_end_matches([' ', '\t']).ends_with('\n') || before.trim().is_empty()
    });
    let (mut first, last) = (range.start, range.end - (own.len() - trimmed(own)));
    let bullet = opens_line && is_bullet(text, own);
    // The sign of an item is no part of what it says.
    let mut shown = words.clone();
    let sign = shown.next().is_some_and(|sign| SIGNS.contains(&sign.span.of(text)));
    let start = match shown.next().filter(|_| bullet && sign) {
        Some(second) => {
            first +=
                own.iter().take_while(|token| token.span.start() < second.span.start()).count();
            second.span.start()
        }
        None => start,
    };
    Some(Sentence {
        index: 0,
        span: Span::new(text, start, end)?,
        tokens: first..last,
        lang: language(words),
        place: if start < title_end { Place::Title } else { Place::Body },
        paragraph,
        bullet,
        debris: false,
    })
}

/// How many tokens are left without the line breaks at the end.
fn trimmed(tokens: &[Token]) -> usize {
    tokens.iter().rposition(|token| token.kind != Kind::Break).map_or(0, |last| last + 1)
}

/// Signs that do nothing but open an item.
const SIGNS: &[&str] = &[
    "•", "▪", "●", "■", "◆", "▷", "▶", "►", "◇", "○", "★", "☆", "※", "◎", "→", "▍", "▎", "▌", "◾",
];

/// `- `, `• `, `1. `, `2) `, `（3）` at the start of a line.
fn is_bullet(text: &str, tokens: &[Token]) -> bool {
    let mut words = tokens.iter().filter(|token| token.kind != Kind::Break);
    let (Some(first), Some(second)) = (words.next(), words.next()) else { return false };
    match first.kind {
        // (1), (二)
        Kind::Punct
            if first.span.of(text) == "("
                && words.next().is_some_and(|third| third.span.of(text) == ")") =>
        {
            second.kind == Kind::Number || "一二三四五六七八九十".contains(second.span.of(text))
        }
        Kind::Punct => matches!(
            first.span.of(text),
            "-" | "•"
                | "*"
                | "·"
                | "–"
                | "—"
                | "▪"
                | "●"
                | "◆"
                | "■"
                | "►"
                | "・"
                | "▷"
                | "▶"
                | "◇"
                | "○"
                | "★"
                | "☆"
                | "※"
                | "◎"
                | "→"
                | "▍"
                | "▎"
                | "▌"
                | "◾"
                | "🔹"
        ),
        Kind::Number => {
            let digits = first.span.of(text);
            digits.len() <= 2
                && (matches!(second.span.of(text), "." | ")" | "、")
                    || digits.len() == 2 && digits.starts_with('0') && !second.glued)
        }
        Kind::Word | Kind::Han | Kind::Break => false,
    }
}

/// Whether the words, as printed, are those of Taiwan: 募資 and 新創 are not said elsewhere.
fn speaks_taiwanese(title: &str, text: &str) -> bool {
    const TAIWAN: &[&str] =
        &["募資", "新創", "國發基金", "臺灣", "台灣", "興櫃", "上櫃", "證交所", "工研院"];
    const ELSEWHERE: &[&str] = &[
        "港元",
        "港幣",
        "港交所",
        "聯交所",
        "港投",
        "本港",
        "香港",
        "人民幣",
        "科創板",
        "創業板",
        "A股",
        "上交所",
        "深交所",
        "北京",
        "上海",
        "深圳",
        "杭州",
    ];
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word) || text.contains(word));
    has(TAIWAN) && !has(ELSEWHERE)
}

/// Chinese characters weigh as much as Latin words.
fn language<'a>(tokens: impl Iterator<Item = &'a Token>) -> Lang {
    let (mut han, mut latin) = (0_usize, 0_usize);
    for token in tokens {
        match token.kind {
            Kind::Han => han += 1,
            Kind::Word => latin += 1,
            Kind::Number | Kind::Punct | Kind::Break => {}
        }
    }
    if han > latin { Lang::Zh } else { Lang::En }
}

/// `Georgia Partners 领投`: in a Chinese text a sentence of Latin names with a Chinese verb is one
/// of it.
fn mixed(tokens: &[Token], sentences: &mut [Sentence]) {
    for sentence in sentences.iter_mut().filter(|sentence| sentence.lang == Lang::En) {
        let own = tokens.get(sentence.tokens.clone()).unwrap_or_default();
        let count = |kind| own.iter().filter(|token| token.kind == kind).count();
        let (han, latin) = (count(Kind::Han), count(Kind::Word));
        if han >= 2 && han * 4 >= latin {
            sentence.lang = Lang::Zh;
        }
    }
}

/// The language of most of the text, by bytes.
fn main_language(sentences: &[Sentence]) -> Lang {
    let bytes = |lang| {
        sentences
            .iter()
            .filter(|sentence| sentence.lang == lang)
            .map(|sentence| sentence.span.end() - sentence.span.start())
            .sum::<usize>()
    };
    if bytes(Lang::Zh) > bytes(Lang::En) { Lang::Zh } else { Lang::En }
}

#[cfg(test)]
mod tests;
