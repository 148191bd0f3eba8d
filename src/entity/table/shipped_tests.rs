//! What the shipped entity files must hold.

use std::collections::HashSet;

use super::*;

fn shipped() -> &'static EntityTable {
    EntityTable::shipped()
}

#[track_caller]
fn check(id: &str, names: &[&str]) {
    for name in names {
        let found = shipped().lookup(name).map(|entity| entity.id.as_str());
        assert_eq!(found, Some(id), "of: {name}");
    }
}

#[track_caller]
fn check_find(text: &str, expected: &[&str]) {
    let view = View::new(text);
    let found: Vec<_> = shipped().find(&view).iter().map(|hit| hit.entity.id.as_str()).collect();
    assert_eq!(found, expected, "in: {text}");
}

#[test]
fn the_shipped_files_can_be_read() {
    if let Err(error) = EntityTable::from_toml(SHIPPED_FILES) {
        panic!("{error}");
    }
}

#[test]
fn every_entity_says_what_and_where_it_is() {
    for (file, text) in SHIPPED_FILES {
        let blocks = text.matches("[[entity]]").count();
        for key in ["id", "kind", "ai", "country"] {
            let given = text.matches(&format!("\n{key} = ")).count();
            assert_eq!(given, blocks, "`{key}` in {file}");
        }
    }
    for entity in shipped().entities() {
        assert!(entity.en.is_some() || entity.zh.is_some(), "{} has no name", entity.id);
    }
}

#[test]
fn simplified_names_are_shown_in_simplified_characters() {
    for entity in shipped().entities() {
        let zh = entity.zh.clone().unwrap_or_default();
        assert_eq!(View::new(&zh).text, zh.to_lowercase(), "the Chinese name of {}", entity.id);
    }
}

#[test]
fn the_table_is_broad() {
    let count = |wanted: &dyn Fn(&Entity) -> bool| {
        shipped().entities().iter().filter(|entity| wanted(entity)).count()
    };
    let companies = count(&|entity| entity.kind == EntityKind::Company && entity.ai);
    let investors = count(&|entity| entity.kind == EntityKind::Investor);
    let buyers = count(&|entity| entity.kind == EntityKind::Company && !entity.ai);
    assert!(companies >= 600, "{companies} AI companies");
    assert!(investors >= 450, "{investors} investors");
    assert!(buyers >= 450, "{buyers} other companies");
}

#[test]
fn every_displayed_name_leads_to_its_entity() {
    for entity in shipped().entities() {
        let names: HashSet<&str> = entity.names.iter().map(|name| name.text.as_str()).collect();
        for name in names {
            let found = shipped().lookup(name).map(|found| found.id.as_str());
            assert_eq!(found, Some(entity.id.as_str()), "of: {name}");
        }
    }
}

#[test]
fn both_scripts_and_both_sides_of_the_strait_are_one() {
    check("moonshot-ai", &["月之暗面", "Moonshot AI", "Moonshot", "Kimi"]);
    check("nvidia", &["輝達", "辉达", "英伟达", "Nvidia", "NVIDIA Corp."]);
    check("softbank", &["軟銀", "软银集团", "SoftBank Group Corp"]);
    check("microsoft", &["微軟", "微软", "Microsoft Corporation"]);
    check("meta", &["臉書", "Facebook", "Meta Platforms, Inc."]);
    check("tsmc", &["台積電", "臺積電", "TSMC"]);
    check("hongshan", &["红杉中国", "HongShan", "HSG", "红杉资本中国基金"]);
    check("hillhouse", &["高瓴", "Hillhouse", "高瓴创投"]);
    check("zhipu-ai", &["智谱", "智譜AI", "Zhipu", "Z.ai"]);
    check("stepfun", &["阶跃星辰", "StepFun"]);
    check("modelbest", &["面壁智能", "ModelBest"]);
    check("minimax", &["稀宇科技", "MiniMax"]);
    check("01-ai", &["零一万物", "01.AI"]);
    check("insilico-medicine", &["英矽智能", "Insilico Medicine"]);
    check("national-ai-industry-investment-fund", &["国家人工智能产业投资基金"]);
}

#[test]
fn near_misses_are_kept_apart() {
    check("metax", &["MetaX", "沐曦"]);
    check("figure-ai", &["Figure", "Figure AI"]);
    check("figma", &["Figma"]);
    check("cohere-health", &["Cohere Health"]);
    check("cohere", &["Cohere", "Cohere Inc."]);
    check("lenovo", &["联想", "联想集团", "Lenovo"]);
    check("legend-holdings", &["联想控股", "Legend Holdings"]);
    check("lenovo-capital", &["联想创投"]);
    check("sequoia-capital", &["Sequoia", "红杉资本", "Sequoia Capital"]);
    check("tencent-cloud", &["腾讯云"]);
    check("google-deepmind", &["DeepMind", "Google DeepMind"]);
    check("gv", &["Google Ventures", "GV"]);
    check("softbank-vision-fund", &["软银愿景基金", "Vision Fund"]);
}

#[test]
fn names_are_found_in_running_text() {
    check_find("Nvidia-backed Figure AI hires; MetaX files", &["nvidia", "figure-ai", "metax"]);
    check_find("字节跳动与阿里云参投智元机器人", &["bytedance", "alibaba-cloud", "agibot"]);
    check_find("據報導，輝達與軟銀參與本輪融資", &["nvidia", "softbank"]);
    check_find("红杉中国领投，IDG资本跟投", &["hongshan", "idg-capital"]);
}

#[test]
fn ordinary_words_are_no_names() {
    check_find("startups scale with metadata and a meta prompt to target new figures", &[]);
    check_find("It takes an apple, a visa, some intel and a cursor", &[]);
    check_find("Scale matters. Harvey hit the coast. Target prices rose. Sierra peaks", &[]);
    check_find("提高通信效率，其中金额最大的在北京东部", &[]);
    check_find("让人联想到蚂蚁搬家，他们自变量众多，计算能力强", &[]);
}
