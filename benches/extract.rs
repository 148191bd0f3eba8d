//! Speed of extraction on mixed English and Chinese articles, in bytes per second.
//!
//! `DEALWATCH_BENCH_TEXTS` names a file of documents as JSON lines (`id`, `title`, `text`); without
//! it a few texts of our own are read.

use criterion::Criterion;
use criterion::Throughput;
use criterion::criterion_group;
use criterion::criterion_main;
use dealwatch::domain::Lang;
use dealwatch::entity::EntityTable;
use dealwatch::entity::View;
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

/// The texts of one kind, with the bytes of all of them.
struct Set {
    name: &'static str,
    lines: Vec<Line>,
}

impl Set {
    fn bytes(&self) -> u64 {
        self.lines.iter().map(|line| line.title.len() + line.text.len()).sum::<usize>() as u64
    }
}

/// How many ordinary articles a feed of news prints for one that states a deal.
const BESIDE: usize = 19;

/// Texts as a feed gives them, without any deal, with one, all of them, and those of one language.
fn sets() -> Vec<Set> {
    let read: Vec<_> = lines()
        .into_iter()
        .map(|line| {
            let answer = answer(&line, EntityTable::shipped());
            (line, !answer.deals.is_empty(), answer.lang)
        })
        .collect();
    let set = |name, fits: &dyn Fn(bool, Lang) -> bool| {
        let fitting = read.iter().filter(|(_, tells, lang)| fits(*tells, *lang));
        Set { name, lines: fitting.map(|(line, ..)| line.clone()).collect() }
    };
    let ordinary = set("ordinary", &|tells, _| !tells);
    let deals = set("deals", &|tells, _| tells);
    let beside = deals.lines.len() * BESIDE;
    let beside = ordinary.lines.iter().cycle().take(beside).cloned();
    let feed = Set { name: "feed", lines: beside.chain(deals.lines.iter().cloned()).collect() };
    let sets = [
        feed,
        ordinary,
        deals,
        set("mix", &|_, _| true),
        set("chinese", &|_, lang| lang == Lang::Zh),
        set("english", &|_, lang| lang == Lang::En),
    ];
    sets.into_iter().filter(|set| !set.lines.is_empty()).collect()
}

/// Each set is read beside a floor on the same bytes: folding alone, which every reading begins
/// with. The ratio of the two says more than either on a busy machine.
fn extract(criterion: &mut Criterion) {
    for set in sets() {
        let mut group = criterion.benchmark_group(set.name);
        group.throughput(Throughput::Bytes(set.bytes()));
        group.bench_function("extract", |bencher| {
            bencher.iter(|| {
                for line in &set.lines {
                    std::hint::black_box(answer(line, EntityTable::shipped()));
                }
            });
        });
        group.bench_function("fold", |bencher| {
            bencher.iter(|| {
                for line in &set.lines {
                    std::hint::black_box((View::new(&line.title), View::new(&line.text)));
                }
            });
        });
        group.finish();
    }
}

criterion_group!(benches, extract);
criterion_main!(benches);
