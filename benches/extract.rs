//! Speed of extraction on mixed English and Chinese articles, in bytes per second.
//!
//! `DEALWATCH_BENCH_TEXTS` names a file of documents as JSON lines (`id`, `title`, `text`); without
//! it a few texts of our own are read.

use criterion::Criterion;
use criterion::Throughput;
use criterion::criterion_group;
use criterion::criterion_main;
use dealwatch::entity::EntityTable;
use dealwatch::extract::batch::Line;
use dealwatch::extract::batch::answer;

/// An article with a deal, and one without, in each language.
const TEXTS: &[(&str, &str)] = &[
    (
        "Tessel raises $40 million to put AI agents into dental clinics",
        "Lyon-based AI startup Tessel said on Tuesday that it has raised $40 million in a Series A \
         round led by Oakline Ventures, with participation from Fern Capital and existing investors \
         Delta Partners and Marta Voss. The round values the company at $210 million, people familiar \
         with the matter said.\nFounded in 2023, Tessel trains small language models that fill in \
         insurance forms. It employs 60 people and counts 900 clinics among its customers.\nThe new \
         money brings its total funding to $52 million; in 2024 it raised a $12 million seed round \
         led by Fern Capital.",
    ),
    (
        "Harbour city opens a second tram line",
        "The line runs from the old docks to the university and cost 310 million euros, a tenth more \
         than planned. Trains leave every six minutes on weekdays. The operator expects 40,000 \
         passengers a day by the end of next year and has ordered twelve more cars. Shops along the \
         route complained of two years of noise; the mayor promised them a summer without works.",
    ),
    (
        "大模型公司言山智能完成3亿元B轮融资",
        "3月10日消息，大模型公司言山智能宣布完成3亿元人民币B轮融资，由北岭创投领投，松果资本、海川集团跟投，\
         老股东溪谷基金继续加码。本轮融资后，公司投后估值约20亿元。言山智能成立于2021年，总部位于杭州，\
         专注于面向制造业的多模态大模型。去年12月，该公司曾完成1亿元A轮融资。本轮资金将用于算力建设和人才引进。",
    ),
    (
        "城东新图书馆本周开放",
        "新馆共五层，藏书六十万册，设有儿童阅览区和二十四小时自习室。馆方表示，周末开放时间延长至晚上十点，\
         读者凭身份证即可入馆。附近居民说，孩子们放学后终于有了去处。",
    ),
];

fn lines() -> Vec<Line> {
    if let Ok(path) = std::env::var("DEALWATCH_BENCH_TEXTS") {
        let file = std::fs::read_to_string(path).expect("the file of texts can be read");
        return file.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    }
    let line = |(title, text): &(&str, &str)| Line {
        id: String::new(),
        title: (*title).to_owned(),
        text: (*text).to_owned(),
        lang: None,
        url: None,
        published: Some("2026-03-10".to_owned()),
        source: None,
    };
    TEXTS.iter().map(line).collect()
}

fn extract(criterion: &mut Criterion) {
    let lines = lines();
    let bytes: usize = lines.iter().map(|line| line.title.len() + line.text.len()).sum();
    let mut group = criterion.benchmark_group("extract");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("mixed", |bencher| {
        bencher.iter(|| {
            for line in &lines {
                std::hint::black_box(answer(line, EntityTable::shipped()));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, extract);
criterion_main!(benches);
