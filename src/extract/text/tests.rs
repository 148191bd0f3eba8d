//! Tables of cuts into sentences, and of debris.

use super::*;

#[track_caller]
fn check(text: &str, sentences: &[&str]) {
    let text = Text::new("", text, None);
    let found: Vec<_> = text.sentences().iter().map(|s| text.printed(s.span)).collect();
    assert_eq!(found, sentences);
}

#[test]
fn a_full_stop_in_a_name_or_number_ends_no_sentence() {
    check("Acme Inc. said so. Then it left.", &["Acme Inc. said so.", "Then it left."]);
    check(
        "The U.S. firm raised $4.5 million. Good.",
        &["The U.S. firm raised $4.5 million.", "Good."],
    );
    check(
        "Mr. Lee of Fetch.ai left. J. Doe stays.",
        &["Mr. Lee of Fetch.ai left.", "J. Doe stays."],
    );
    check("他说“完成了。”随后离开！好", &["他说“完成了。”", "随后离开！", "好"]);
}

#[test]
fn each_sentence_has_its_own_language() {
    let text = Text::new("Acme raises funds", "星海智能完成A轮融资。It is new.", None);
    let langs: Vec<_> = text.sentences().iter().map(|s| s.lang).collect();
    assert_eq!(langs, [Lang::En, Lang::Zh, Lang::En]);
    assert_eq!(text.sentences()[0].place, Place::Title);
    assert_eq!(text.sentences()[1].place, Place::Body);
}

#[test]
fn what_belongs_to_the_page_is_debris() {
    let text = Text::new(
        "T",
        "Acme makes robots.\nRelated stories\nBeta raises $5M\nPhoto: Acme\n责任编辑：某某",
        None,
    );
    let debris: Vec<_> = text.sentences().iter().map(|s| s.debris).collect();
    assert_eq!(debris, [false, false, true, true, true, true]);
}

#[test]
fn evidence_counts_scalars_of_the_original() {
    let text = Text::new("輝達", "ＡＢＣ raised", None);
    let word = text.tokens().iter().find(|t| text.of(t.span) == "abc").unwrap();
    let evidence = text.evidence(Field::Target, word.span, "r");
    assert_eq!(
        (evidence.start, evidence.end, evidence.text.as_deref()),
        (Some(3), Some(6), Some("ＡＢＣ"))
    );
}
