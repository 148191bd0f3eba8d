//! Tables of Chinese names.

use super::*;
use crate::entity::EntityTable;

/// The one place that calls the rules; references are in brackets, funds and people marked.
#[track_caller]
fn check(words: &str, expected: &[&str]) {
    let text = Text::new("", words, None);
    let names = Names::new(&text, EntityTable::shipped());
    let found: Vec<String> = text
        .sentences()
        .iter()
        .flat_map(|sentence| find(&text, sentence, &names))
        .map(|party| match party.value.kind {
            PartyKind::Refers(_) => format!("[{}]", party.value.name),
            PartyKind::Investor => format!("{} fund", party.value.name),
            PartyKind::Person => format!("{} person", party.value.name),
            _ => party.value.name,
        })
        .collect();
    assert_eq!(found, expected, "in: {words}");
}

#[test]
fn descriptors_are_not_part_of_a_name() {
    check("AI芯片公司矽石科技完成融资。", &["矽石科技"]);
    check("国产大模型独角兽言山智能宣布裁员。", &["言山智能"]);
    check("做农机大脑的田垄智能获投。", &["田垄智能"]);
    check("总部位于苏州的机器人企业「栖梧」完成A轮。", &["栖梧"]);
    check("标注公司听雨完成融资", &["听雨"]);
}

#[test]
fn lists_are_read_name_by_name() {
    check(
        "青桐资本、北岭创投和恒达创投跟投。",
        &["青桐资本 fund", "北岭创投 fund", "恒达创投 fund"],
    );
    check("由Oakfern Ventures及松果资本领投", &["Oakfern Ventures fund", "松果资本 fund"]);
}

#[test]
fn names_end_where_words_of_the_language_begin() {
    check("海川集团拟收购言山智能62%股权", &["海川集团", "言山智能"]);
    check("海川集团正洽谈收购观澜智能", &["海川集团", "观澜智能"]);
    check("石桥科技被海川集团收购", &["石桥科技", "海川集团"]);
    check("澄海资本旗下基金参与", &["澄海资本 fund"]);
}

#[test]
fn particles_may_be_part_of_a_name() {
    check("机器人公司光年之内完成融资", &["光年之内"]);
    check("AI公司算筹科技完成融资", &["算筹科技"]);
}

#[test]
fn words_that_stand_for_a_company_refer_to_it() {
    check("该公司完成融资。", &["[该公司]"]);
    check("这家晶圆级AI芯片公司将发售股份。", &["[晶圆级AI芯片公司]"]);
    check("公司宣布完成融资。", &["[公司]"]);
}

#[test]
fn founders_are_no_companies() {
    check("创始人林朔表示将融资。", &[]);
}

#[test]
fn what_is_no_name_is_left_alone() {
    check("资金将用于研发和市场推广。", &[]);
    check("投资者认为估值过高。", &[]);
    check("数据中心与算力需求旺盛。", &[]);
}
