//! Whether a stub is worth its page: a request that a publisher is asked for.
//!
//! Generous where a deal may hide behind few words ("X joins forces with Y", a sum alone), because
//! a page that was not asked for is a deal that is missed; but most news is none and costs nothing.

use std::sync::LazyLock;

use regex::Regex;

/// Characters of the text that are looked at beside the title.
const LEAD_CHARS: usize = 400;

macro_rules! pattern {
    ($name:ident, $pattern:literal) => {
        static $name: LazyLock<Regex> =
            LazyLock::new(|| Regex::new($pattern).expect("a constant pattern"));
    };
}

// Words that deals alone have.
pattern!(
    DEAL,
    r"(?ix)\b(?: rais(?:e[sd]?|ing)\b .{0,60}? (?:[$€£¥]|\d|fund|round|capital|cash|money|seed|series)
        | (?:funding|financing|seed|bridge|growth|equity|investment|extension)\s(?:round|raise|deal)
        | (?:new|fresh)\s(?:funding|financing|round) | mega-?rounds?
        | series\s[a-k]\b | pre-(?:seed|a|ipo)\b | led\sby\b .{0,60}? (?:ventures|capital|partners)
        | (?:post|pre)-money | valu(?:ed|ation|ing)\b .{0,40}? [$€£¥]
        | acqui(?:re[sd]?|ring|sition|-?hires?) | takeovers? | buyouts?
        | to\sbuy | buys | bought\sby | snaps?\sup | scoops?\sup | gobbles\sup
        | merg(?:e[sd]?|ing|ers?) | to\scombine | join(?:s|ed|ing)?\sforces | all-stock | all-cash
        | takes?\s(?:a|an)\b .{0,30}? stake | stake\sin | sells?\sitself | sold\sto | sale\sto
        | (?:files?|filed|prices?|priced|plans?|eyes)\s(?:for\s|its\s|an\s)*ipo | go(?:es|ing)?\spublic
        | tender\soffer | secondary\ssale | spins?\s(?:off|out)
        )\b"
);
pattern!(
    DEAL_ZH,
    r"融资|融資|领投|領投|跟投|募资|募資|获投|獲投|注资|注資|增资|增資|入股|参股|參股|收购|收購|并购|併購|购并|購併|要约|要約|私有化|卖身|賣身|投后|投前|估值|战略投资|戰略投資|(?:天使|种子|種子|[A-J]\+*|Pre-[A-Z]+|战略)\s?轮|拟上市|赴港上市|赴美上市|递表|遞表|招股|配售|定增|完成合并|宣布合并|合併|全资控股|股权转让|股權轉讓|出手\s?[併并]|[併并]入|出售.{0,12}(?:业务|業務|股权|股權|股份)"
);
// Words that deals share with other news.
pattern!(
    MAYBE,
    r"(?ix)\b(?: back(?:s|ed|ing) | invest(?:s|ed|ing|ment|or|ors)? | stake | shares | funding | financing | capital
        | lands | secures | bags | nabs | picks\sup | closes | in\stalks | talks | bid | bids | offer
        | deal | join(?:s|ing)? | hires | unicorn | valuation | valued | worth | ipo | debut | sells? | sale | cash
        | walks\saway | calls\soff | abandons | rejects | regulators? | antitrust | owner | parent | loan | credit | debt
        )\b"
);
pattern!(
    MAYBE_ZH,
    r"投资|投資|持股|股权|股權|股份|上市|IPO|独角兽|獨角獸|洽谈|洽談|谈判|談判|交易|接盘|易主|控股|合并|出售|加入|团队并入|拿下|押注|加码|入局|贷款|貸款|授信|债|買下|买下|吃下|拿到"
);
pattern!(
    SUM,
    r"(?i)(?:[$€£¥]|US\$|USD\s?|RMB\s?|HK\$|NT\$)\s?\d[\d.,]*\s?(?:m|mn|mln|million|b|bn|billion|t|trillion)\b|\d[\d.,]*\s?(?:million|billion)\b|(?:\d|数|數|近|逾|超|百|千|[一二三四五六七八九十两])\s?(?:千万|百万|亿|億|千萬|百萬)"
);
pattern!(
    AI,
    r"(?i)\b(?:AI|A\.I\.|artificial intelligence|machine learning|LLMs?|GPUs?|GPT|chatbots?|robot\w*|humanoids?|autonomous|self-driving|neural|agents?|agentic|models?|chips?|data cent(?:er|re)s?|compute|startup|start-up)\b|智能|大模型|模型|机器人|機器人|芯片|晶片|算力|自动驾驶|自動駕駛|具身|智驾|無人|无人|\bAI|AI\b|AI\p{Han}|新创|新創|初创|独角兽"
);

/// Whether title and lead look like a deal.
pub(super) fn looks_like_a_deal(title: &str, text: &str) -> bool {
    let lead: String = text.chars().take(LEAD_CHARS).collect();
    let strong = |text: &str| DEAL.is_match(text) || DEAL_ZH.is_match(text);
    let maybe = |text: &str| MAYBE.is_match(text) || MAYBE_ZH.is_match(text) || SUM.is_match(text);
    let is_ai = || AI.is_match(title) || AI.is_match(&lead);
    strong(title) || (is_ai() && (maybe(title) || strong(&lead)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, expected: bool) {
        assert_eq!(looks_like_a_deal(title, ""), expected, "in: {title}");
    }

    #[test]
    fn few_words_are_enough() {
        for title in [
            "Tessel joins forces with Orakor",
            "AI startup Tessel lands $40 million",
            "Tessel raises fresh capital from Oakline",
            "Robot maker Tessel in talks with Orakor",
            "Orakor snaps up Tessel",
            "Tessel files for IPO",
            "示例智能宣布完成新一轮融资",
            "示例科技獲數億元A輪投資 AI新創再添一員",
            "北岭集团入股示例机器人",
            "言山併購示例智能",
            "大模型公司示例拿到3亿元",
        ] {
            check(title, true);
        }
    }

    #[test]
    fn other_news_is_left_in_peace() {
        for title in [
            "Tessel releases a smaller model under an open licence",
            "How we moved our build to another compiler",
            "Robots learn to fold shirts",
            "Tessel raises concerns about its own chatbot",
            "Harbour city opens a second tram line",
            "示例智能发布新版大模型",
            "城东新图书馆本周开放",
            "机器人学会了叠衣服",
        ] {
            check(title, false);
        }
    }

    #[test]
    fn the_lead_counts_where_it_is_of_our_subject() {
        let lead = "The AI company has raised $40 million, its founders said.";
        assert!(looks_like_a_deal("A good day for Tessel", lead));
        assert!(!looks_like_a_deal("A good day for Tessel", "Its founders were in good spirits."));
    }
}
