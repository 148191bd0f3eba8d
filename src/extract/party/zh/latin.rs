//! Latin names in Chinese text: runs of capitalised words, with a Chinese suffix if one is glued.

use crate::domain::Span;
use crate::extract::lexicon::list::List;
use crate::extract::text::Kind;
use crate::extract::text::Sentence;
use crate::extract::text::Text;
use crate::extract::text::Token;

/// Capitals that are no name.
static NO_NAME: List = List::new(&[
    "ai",
    "ipo",
    "ceo",
    "cto",
    "cfo",
    "coo",
    "gpu",
    "cpu",
    "npu",
    "tpu",
    "asic",
    "llm",
    "llms",
    "arr",
    "mrr",
    "api",
    "app",
    "vc",
    "pe",
    "fa",
    "lp",
    "gp",
    "a",
    "b",
    "c",
    "d",
    "e",
    "f",
    "g",
    "h",
    "i",
    "j",
    "k",
    "l",
    "m",
    "n",
    "o",
    "p",
    "q",
    "r",
    "s",
    "t",
    "u",
    "v",
    "w",
    "x",
    "y",
    "z",
    "ml",
    "agi",
    "aigc",
    "saas",
    "b2b",
    "toc",
    "tob",
    "it",
    "ict",
    "nlp",
    "ocr",
    "asr",
    "tts",
    "slam",
    "ugc",
    "crm",
    "erp",
    "esg",
    "hr",
    "pc",
    "tv",
    "vr",
    "ar",
    "xr",
    "mr",
    "iot",
    "hbm",
    "dram",
    "cowos",
    "soc",
    "ts",
    "spac",
    "etf",
    "usd",
    "rmb",
    "cny",
    "hkd",
    "us",
    "uk",
    "eu",
    "hk",
    "sz",
    "sh",
    "sec",
    "ftc",
    "doj",
    "cfius",
    "agent",
    "agents",
    "copilot",
    "chatbot",
    "chatgpt",
    "gpt",
    "claude",
    "gemini",
    "llama",
    "kimi",
    "sora",
    "transformer",
    "moe",
    "rag",
    "vla",
    "rl",
    "demo",
    "day",
    "series",
    "pre",
    "round",
    "post",
    "seed",
    "angel",
    "tl",
    "dr",
    "qps",
    "token",
    "tokens",
    "h100",
    "h200",
    "a100",
    "b200",
    "gb200",
    "l4",
    "l3",
    "l2",
    "euv",
    "duv",
    "nand",
    "risc",
    "mcu",
    "led",
    "oled",
    "lidar",
    "uwb",
    "wifi",
    "5g",
    "6g",
    "mau",
    "dau",
    "gmv",
    "roi",
    "kol",
    "kpi",
    "okr",
    "pr",
    "ir",
    "ui",
    "ux",
    "gitHub",
    "bi",
    "rpa",
    "dna",
    "rna",
    "mrna",
    "adc",
    "fda",
    "glp",
    "car",
    "pe",
    "pb",
    "ebitda",
    "gaap",
    "capex",
    "opex",
    "q1",
    "q2",
    "q3",
    "q4",
    "h1",
    "h2",
    "ok",
    "no",
    "vs",
    "byd",
    "suv",
    "nft",
    "web3",
    "rwa",
    "dao",
    "ico",
    "bat",
    "pmf",
    "mvp",
    "poc",
    "cagr",
    "tam",
    "phd",
    "mba",
    "mit",
    "cnbc",
    "wsj",
    "techcrunch",
    "bloomberg",
    "reuters",
    "axios",
    "36kr",
    "latepost",
    "pedaily",
    "the information",
    "ft",
    "cvc",
    "esop",
    "ip",
    "ito",
    "osat",
    "ems",
    "odm",
    "oem",
    "fab",
    "ev",
    "evtol",
    "eda",
    "mes",
    "plm",
    "cad",
    "idc",
    "iaas",
    "paas",
    "maas",
]);

/// Chinese endings that belong to a Latin name when glued to it.
static ENDINGS: List = List::new(&[
    "投资集团",
    "产业资本",
    "战略投资",
    "纪源资本",
    "资本",
    "创投",
    "投资",
    "基金",
    "集团",
    "科技",
    "机器人",
    "智能",
    "控股",
    "风投",
    "实验室",
    "证券",
    "银行",
    "公司",
    "电信",
    "电子",
    "半导体",
]);

/// The Latin names of a sentence.
pub(super) fn find(text: &Text, sentence: &Sentence) -> Vec<Span> {
    let tokens = text.tokens_of(sentence);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let end = run_end(text, tokens, at);
        if end == at {
            at += 1;
            continue;
        }
        found.extend(name(text, tokens.get(at..end).unwrap_or_default()));
        at = end;
    }
    found
}

/// The token after a run of Latin words that starts here.
fn run_end(text: &Text, tokens: &[Token], at: usize) -> usize {
    let Some(token) = tokens.get(at) else { return at };
    if !begins(text, tokens, at, token) {
        return at;
    }
    let mut end = at + 1;
    while let Some(next) = tokens.get(end) {
        let words = text.of(next.span);
        let joins = match next.kind {
            // `Alpha Beta`, `Founders fund`; a small word goes on only between capitals.
            Kind::Word => next.capital || next.inner_capital || (next.glued && end > at),
            Kind::Number => {
                next.glued
                    || (end == at + 1 && words.len() <= 2 && followed_by_end(text, tokens, end))
            }
            Kind::Punct => {
                let following = tokens.get(end + 1);
                matches!(words, "." | "-" | "&" | "'" | "’")
                    && following.is_some_and(|following| {
                        following.kind == Kind::Word
                            || (following.kind == Kind::Number && following.glued)
                    })
                    && (words == "&" || next.glued)
            }
            Kind::Han | Kind::Break => false,
        };
        if !joins {
            break;
        }
        end += 1;
    }
    end
}

/// `1789 Capital` begins with a number, `C3.ai` with a letter.
fn begins(text: &Text, tokens: &[Token], at: usize, token: &Token) -> bool {
    match token.kind {
        Kind::Word => {
            token.capital
                || token.inner_capital
                || (text.of(token.span).len() >= 3 && !glued_number(tokens, at))
                || is_described(text, token)
        }
        Kind::Number => tokens.get(at + 1).is_some_and(|next| {
            next.kind == Kind::Word
                && next.capital
                && (next.glued || text.of(token.span).len() >= 3)
                && text.of(next.span).len() > 1
        }),
        Kind::Han | Kind::Punct | Kind::Break => false,
    }
}

/// 硬件公司io: a noun of description stands right before it.
fn is_described(text: &Text, token: &Token) -> bool {
    let head = text.str().get(..token.span.start()).unwrap_or_default();
    text.of(token.span).len() == 2
        && text.of(token.span) != "ai"
        && ["公司", "企业", "初创", "新创"].iter().any(|noun| head.ends_with(noun))
}

fn glued_number(tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(|before| {
        before.kind == Kind::Number && tokens.get(at).is_some_and(|token| token.glued)
    })
}

fn followed_by_end(text: &Text, tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_none_or(|next| match next.kind {
        Kind::Punct => matches!(text.of(next.span), ")" | "," | "。" | "」" | "”"),
        _ => false,
    })
}

/// The name in a run of Latin tokens, without words that are none at its edges.
fn name(text: &Text, run: &[Token]) -> Option<Span> {
    let is_none = |token: &Token| {
        let words = text.of(token.span);
        token.kind == Kind::Punct || NO_NAME.contains(words)
    };
    let mut first = run.iter().position(|token| !is_none(token))?;
    let mut last = run.iter().rposition(|token| !is_none(token))?;
    // `Mistral AI` keeps its AI; `AI Newco` loses it.
    if run.get(last + 1).is_some_and(|token| text.of(token.span) == "ai") && run.len() == last + 2 {
        last += 1;
    }
    if run.get(first).is_some_and(|token| token.kind == Kind::Number && first > 0) {
        first -= 1;
    }
    // AI for Science公司: a small word of English opens no name.
    let opens = run.get(first).map_or("", |token| text.of(token.span));
    if matches!(opens, "for" | "of" | "and" | "in" | "the" | "to" | "with" | "as" | "by" | "on")
        && run.get(first).is_some_and(|token| !token.capital)
    {
        return None;
    }
    let (start, end) = (run.get(first)?.span.start(), run.get(last)?.span.end());
    let words = text.str().get(start..end)?;
    let letters = words.chars().filter(|letter| letter.is_alphabetic()).count();
    let small = !run.get(first..=last)?.iter().any(|token| token.capital || token.inner_capital);
    if letters < 2 || NO_NAME.contains(words) || (small && letters < 4) || is_unit(text, start, end)
    {
        return None;
    }
    text.span(start, with_ending(text, end))
}

/// `30 billion`, `H100`-like model numbers and stock codes.
fn is_unit(text: &Text, start: usize, end: usize) -> bool {
    let words = text.str().get(start..end).unwrap_or_default();
    let before = text.str().get(..start).unwrap_or_default();
    let model = words.len() <= 5
        && words.chars().next().is_some_and(|first| first.is_ascii_alphabetic())
        && words.chars().skip(1).all(|letter| letter.is_ascii_digit());
    let ticker = (before.ends_with('.') || before.ends_with('-')) && words.len() <= 3;
    matches!(words, "million" | "billion" | "usd" | "http" | "https" | "www")
        || model
        || ticker
        || code_follows(text, end)
}

/// `NVDA-US`, `GOOGL-US` are codes of shares.
fn code_follows(text: &Text, end: usize) -> bool {
    let words = text.str().get(..end).unwrap_or_default();
    ["-us", ".us", "-tw", ".hk", "-wp"].iter().any(|market| words.ends_with(market))
}

fn with_ending(text: &Text, end: usize) -> usize {
    let tail = text.str().get(end..).unwrap_or_default();
    // ST数联: shares under special treatment keep the two characters of their name.
    if text.str().get(..end).is_some_and(|head| {
        head.strip_suffix("st").is_some_and(|head| !head.ends_with(char::is_alphanumeric))
    }) {
        let two: usize =
            tail.chars().take(2).filter(|c| *c >= '\u{3400}').map(char::len_utf8).sum();
        return end + if two == "数联".len() { two } else { 0 };
    }
    if !ENDINGS.starts(tail) {
        return end;
    }
    ENDINGS
        .words()
        .iter()
        .find(|ending| tail.starts_with(*ending) && ends_there(tail, ending))
        .map_or(end, |ending| end + ending.len())
}

/// 投资 and 公司 glued to a name may also go on with the sentence: `Meta投资了`, `Acme公司宣布`.
fn ends_there(tail: &str, ending: &str) -> bool {
    let after = tail.get(ending.len()..).unwrap_or_default();
    match ending {
        "投资" | "基金" => {
            after.starts_with(['、', '和', '及', '等', '领', '跟', '参', '与', ',', '。'])
                && !after.starts_with("和谈")
        }
        "智能" | "机器人" => !after.starts_with('体'),
        "公司" => false,
        _ => true,
    }
}
