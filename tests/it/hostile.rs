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

/// How long the same words take when there are more of them, by the unit.
#[track_caller]
fn check(unit: &str) {
    let time = |times: usize| {
        let text = unit.repeat(times);
        let start = Instant::now();
        run(&text);
        start.elapsed()
    };
    time(50);
    let (short, long) = (time(500), time(4000));
    // Eight times the text may take eight times as long; thrice that leaves room for a busy machine.
    let limit = short * 24 + Duration::from_millis(300);
    assert!(long < limit, "{unit}: {short:?} for 500, {long:?} for 4000");
}

#[test]
fn time_grows_with_the_length_of_the_text() {
    for unit in [
        "收购",
        "甲乙科技、",
        "3亿元",
        "由青桐资本领投",
        "Acme ",
        "「",
        "（",
        "数",
        "未披露金额",
        "A+轮及",
        "OpenAI收购Acme，",
        "公司",
        "%股权",
    ] {
        check(unit);
    }
}
