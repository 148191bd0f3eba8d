//! Extraction of texts that nobody would write: it neither panics nor slows down.

use std::time::Duration;
use std::time::Instant;

use dealwatch::entity::EntityTable;
use dealwatch::extract::Input;
use dealwatch::extract::extract;
use proptest::prelude::*;

fn run(text: &str) -> usize {
    let input = Input { title: "", text, lang: None, published: None };
    extract(&input, EntityTable::shipped()).mentions.len()
}

/// Words of deals and pieces of names, as a hostile page might pile them up.
const WORDS: &[&str] = &[
    "收购",
    "由",
    "领投",
    "被",
    "获",
    "、",
    "和",
    "等",
    "3亿元",
    "公司",
    "A轮",
    "融资",
    "，",
    "。",
    "（",
    "）",
    "「",
    "」",
    "的",
    "上市",
    "基石",
    "亿",
    "数",
    "近",
    "Pre-",
    "+",
    "轮",
    "估值",
    "拟",
    "终止",
    "老股",
    "授权",
    "挖走",
    "合并",
    "出售给",
    "星海智能",
    "青桐资本",
    "Acme",
    "Beta AI",
    "%",
    "51",
    "2-",
    "至",
    "万",
    " ",
    "\n",
    "𠀀",
    "é",
    "١",
    "raises ",
    "led by ",
    "$40 million ",
    "Series B ",
    " and ",
    ", ",
    ". ",
    "the startup ",
    "in talks to ",
    "acquire ",
    "sold to ",
    "not ",
    "'s ",
    "-backed ",
    "(",
    ")",
    "\"",
    "investors ",
    "including ",
    "valued at ",
    "last year ",
];

proptest! {
    #[test]
    fn words_in_any_order_do_no_harm(picks in prop::collection::vec(0..WORDS.len(), 0..120)) {
        let text: String = picks.iter().map(|pick| WORDS[*pick]).collect();
        run(&text);
    }

    #[test]
    fn any_characters_do_no_harm(text in any::<String>()) {
        run(&text);
    }
}

/// How often a time is taken, if it is too long.
const TRIES: usize = 3;

/// How long the same words take when there are more of them, by the unit.
#[track_caller]
fn check(unit: &str) {
    checked("", unit);
}

/// The same behind an opening.
#[track_caller]
fn checked(opening: &str, unit: &str) {
    let time = |times: usize| {
        let text = format!("{opening}{}", unit.repeat(times));
        let start = Instant::now();
        run(&text);
        start.elapsed()
    };
    time(50);
    // A busy machine slows one try down, but not each; what is not linear is too slow each time.
    let slow = (0..TRIES).map(|_| (time(500), time(4000))).take_while(|(short, long)| {
        // Eight times the text may take eight times as long; thrice that leaves some room.
        *long >= *short * 24 + Duration::from_millis(300)
    });
    let slow: Vec<_> = slow.collect();
    assert!(slow.len() < TRIES, "{unit}: for 500 and for 4000: {slow:?}");
}

/// Words, names, numbers and signs of both languages, each of which some rule looks beyond.
const UNITS: &[&str] = &[
    "收购",
    "甲乙科技、",
    "3亿元",
    "由青桐资本领投",
    "「",
    "（",
    "数",
    "未披露金额",
    "A+轮及",
    "OpenAI收购Acme，",
    "公司",
    "%股权",
    "，",
    "、",
    "阶跃",
    "“甲”（乙）",
    "Acme ",
    "a",
    "A",
    "1",
    "1,",
    "a.",
    "A'",
    "a-",
    "$",
    ", ",
    "(",
    "((a) ",
    "\"",
    "“Acme” ",
    "and ",
    "of ",
    "the startup ",
    "an AI ",
    "not ",
    "led by ",
    "Acme and ",
    "Acme, ",
    "Acme's ",
    "Acme-backed ",
    "raises ",
    "Acme raises $40 million, ",
    "Acme raises $40 million. ",
    "$40 million ",
    "$3 to ",
    "terms ",
    "Series A ",
    "in talks to acquire Acme ",
    "investors including ",
    "sold to Acme by ",
    "it said it ",
    "last year ",
    "valued at ",
    "Acme (Beta) ",
    "Inc. ",
    "Acme\n",
    "- Acme: $5m\n",
    "related stories\n",
];

#[test]
fn time_grows_with_the_length_of_the_text() {
    for unit in UNITS {
        check(unit);
    }
}

#[test]
fn time_grows_with_the_length_of_an_article_that_states_a_deal() {
    let deal = "AI startup Tessel raises $40 million, led by Fern Capital. ";
    for unit in UNITS {
        checked(deal, unit);
    }
}
