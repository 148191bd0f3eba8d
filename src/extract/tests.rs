//! What holds for any text.

use proptest::prelude::*;

use super::Input;
use super::extract;
use crate::entity::EntityTable;

/// Words that set rules off, names, sums and signs, in any order.
fn texts() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "Tessel",
        "raises",
        "$40 million",
        "Series B",
        "led by",
        "Oakline Ventures",
        "acquires",
        "AI startup",
        "it",
        "the company",
        ",",
        ".",
        "\n",
        "(",
        ")",
        "'s",
        "完成",
        "融资",
        "星海智能",
        "1.2亿元",
        "领投",
        "A轮",
        "“",
        "”",
        "é",
        "3%",
        "to",
        "and",
        "2021",
        "-",
        "•",
        "ＡＩ",
        "。",
        "收购",
        "was",
        "sold",
        "in talks",
        "with participation from",
        "valued at",
        "IPO",
        "hires",
        "whose",
    ];
    let words = proptest::collection::vec(proptest::sample::select(WORDS), 0..60);
    prop_oneof![any::<String>(), words.prop_map(|words| words.join(" "))]
}

proptest! {
    #[test]
    fn any_text_is_read_and_every_span_is_what_stands_there(title in texts(), text in texts()) {
        let input = Input { title: &title, text: &text, lang: None, published: None };
        let extraction = extract(&input, EntityTable::shipped());
        let whole: Vec<char> = format!("{title}\n{text}").chars().collect();
        for evidence in extraction.mentions.iter().flat_map(|mention| &mention.evidence) {
            let (Some(start), Some(end)) = (evidence.start, evidence.end) else {
                prop_assert!(evidence.text.is_none() && evidence.start == evidence.end);
                continue;
            };
            let stands: Option<String> =
                whole.get(start as usize..end as usize).map(|letters| letters.iter().collect());
            prop_assert_eq!(stands.as_ref(), evidence.text.as_ref());
        }
    }
}

/// Forty times the text may take four hundred times as long on a busy machine, not sixteen hundred.
#[test]
fn time_grows_with_the_text_and_not_with_its_square() {
    let pieces = [
        "AI startup Tessel ( raises , $5 million from Oakline , and Fern , led by \
         the company's Series A 完成A轮融资，星海智能获1亿元 ",
        // One deal told over and over.
        "Tessel raises $1 million led by Oakline. ",
        "「星海智能收购（",
    ];
    for piece in pieces {
        let short = micros(&piece.repeat(50));
        let long = micros(&piece.repeat(2000));
        assert!(long < short.max(1) * 400, "{short} µs became {long} µs: {piece}");
    }
}

/// Time for one reading, the best of three.
fn micros(text: &str) -> u128 {
    let input = Input { title: "", text, lang: None, published: None };
    let once = || {
        let start = std::time::Instant::now();
        std::hint::black_box(extract(&input, EntityTable::shipped()));
        start.elapsed().as_micros()
    };
    (0..3).map(|_| once()).min().unwrap_or_default()
}
