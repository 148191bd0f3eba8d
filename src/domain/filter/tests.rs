//! The language by example, and that it prints as it reads.

use proptest::prelude::*;

use super::*;

/// The one place that reads: the filter as it prints, else the error and what it points at.
#[track_caller]
fn check(text: &str, expected: &str) {
    let seen = match text.parse::<Filter>() {
        Ok(filter) => filter.to_string(),
        Err(error) => {
            let (start, end) = error.place();
            let words: String = text.chars().skip(start).take(end - start).collect();
            format!("{} @ {words}", error.message())
        }
    };
    assert_eq!(seen, expected, "in: {text}");
}

#[test]
fn the_design_s_example_reads() {
    let text = "kind:funding status:announced amount>=100M round:b..d investor:sequoia \
                target:月之暗面 ai:true lang:zh source:36kr since:7d conf>=0.8 新一轮 -rumoured";
    check(text, text);
}

#[test]
fn a_comma_means_or_and_a_minus_means_not() {
    check("kind:funding,debt", "kind:funding,debt");
    check("-status:rumoured,denied", "-status:rumoured,denied");
    check("investor:\"Sequoia China\",红杉", "investor:\"Sequoia China\",红杉");
    check("- a", "\"-\" a");
}

#[test]
fn sums_read_as_they_are_typed() {
    check("amount>=100M", "amount>=100M");
    check("amount>=$1.5bn", "amount>=1500M");
    check("amount>1亿CNY", "amount>100MCNY");
    check("amount<=2000万", "amount<=20M");
    check("amount<5千万元", "amount<50MCNY");
    check("valuation~>=¥1万亿", "valuation~>=1000bnCNY");
    check("amount=250", "amount=250");
    check("amount>=2million", "amount>=2M");
    check("amount>=2billionGBP", "amount>=2bnGBP");
    check("amount:eur2mn", "amount=2MEUR");
    check("amount>=1_000_000", "amount>=1M");
    check("amount>=lots", "`lots` is no sum: write 100M, 1.5bn, 2000万 or 1亿CNY @ lots");
    check("amount>=1.5", "`1.5` is no sum: write 100M, 1.5bn, 2000万 or 1亿CNY @ 1.5");
    check("amount>=$1USD", "`$1USD` is no sum: write 100M, 1.5bn, 2000万 or 1亿CNY @ $1USD");
    check("amount>=1M,2M", "`amount` takes one value, not a list @ 2M");
    check("amount~100M", "write `amount~>=…` for \"possibly at least\" @ amount~");
}

#[test]
fn rounds_are_named_or_ranged() {
    check("round:a+", "round:a+");
    check("round:b..d,strategic", "round:b..d,strategic");
    check("round:..seed", "round:..seed");
    check("round>=c", "round:c..");
    check(
        "round:a..bridge",
        "`bridge` has no place in the order of rounds: name it alone @ a..bridge",
    );
    check("round:..", "a range needs at least one end @ ..");
}

#[test]
fn times_and_dates_read() {
    check("since:24h until:2026-03", "since:24h until:2026-03");
    check("since:2周", "since:2w");
    check("announced:2026-03..2026-06", "announced:2026-03..2026-06");
    check("announced:2026", "announced:2026");
    check("announced>=2026-03", "announced:2026-03..");
    check("since:soon", "`soon` is no time: write 24h, 7d, 2w or 2026-03-09 @ soon");
    check(
        "announced:2026-13",
        "`2026-13` is no date like 2026, 2026-03 or 2026-03-09, nor a range 2026-03..2026-06 @ \
         2026-13",
    );
}

#[test]
fn what_a_chinese_keyboard_types_is_understood() {
    check("ｋｉｎｄ：funding，debt　新一轮", "kind:funding,debt 新一轮");
    check("amount＞＝1亿元", "amount>=100MCNY");
    check("target：“月之 暗面”", "target:\"月之 暗面\"");
    check("「新一轮 融资」", "\"新一轮 融资\"");
    check("ai:是", "ai:true");
    check("公司:融资", "\"公司:融资\"");
}

#[test]
fn other_keys_read() {
    check("main:true,false", "main:true,false");
    check("id:#12,7", "id:12,7");
    check(
        "class:filing party:Nvidia lead:a16z acquirer:B",
        "class:filing party:Nvidia lead:a16z acquirer:B",
    );
    check("kind:Asset-Purchase", "kind:asset_purchase");
    check("confidence<0.5", "conf<0.5");
    check("", "");
    check("   ", "");
}

#[test]
fn a_slip_is_answered_with_what_was_meant() {
    check(
        "stauts:announced",
        "unknown key `stauts`, did you mean `status`?; the keys are kind, status, amount, \
         valuation, round, target, investor, lead, acquirer, party, ai, main, lang, source, class, \
         since, until, announced, conf, id; quote it to search for these words @ stauts",
    );
    check(
        "lang:zh status:anounced",
        "`anounced` is no status, did you mean `announced`?; use one of seeking, rumoured, in_talks, \
         announced, completed, terminated, denied, expired @ anounced",
    );
    check("amount >= 100M", "write `>=` without spaces around it: `amount>=100M` @ >=");
    check("kind:", "`kind` needs a value right after it @ kind:");
    check("kind:funding,", "`kind` needs a value right after it @ kind:funding,");
    check("\"open", "the quotation is not closed @ \"open");
    check("\"\"", "there is nothing in the quotes @ \"\"");
    check("target:\"a\"b", "write a space or a comma after the quotes @ b");
    check("kind>=funding", "`kind` is not compared: write `kind:…` @ kind");
    check("conf>=2", "`2` is no number from 0 to 1, such as 0.8 @ 2");
    check("id:x", "`x` is no deal's number @ x");
    check("ai:maybe", "`maybe` is neither true nor false @ maybe");
}

#[test]
fn an_error_points_at_its_place() {
    let error = "新一轮 lang:fr".parse::<Filter>().unwrap_err();
    assert_eq!(error.to_string(), "`fr` is no lang; use one of en, zh (at character 10)");
    assert_eq!(error.pointed(), "新一轮 lang:fr\n            ^^");
}

#[test]
fn every_example_of_the_guide_reads() {
    let guide = include_str!("../../../docs/filters.md");
    let mut examples = 0;
    for block in guide.split("```filter\n").skip(1) {
        for line in block.lines().take_while(|line| !line.starts_with("```")) {
            line.parse::<Filter>().unwrap_or_else(|error| panic!("{line}: {error}"));
            examples += 1;
        }
    }
    assert!(examples > 15, "{examples} examples");
}

#[test]
fn a_filter_is_a_string_in_json() {
    let filter: Filter = serde_json::from_str("\"amount>=100M  kind:debt\"").unwrap();
    assert_eq!(serde_json::to_string(&filter).unwrap(), "\"amount>=100M kind:debt\"");
}

fn some<T: Clone + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = Vec<T>> {
    prop::collection::vec(prop::sample::select(all), 1..3)
}

fn text() -> impl Strategy<Value = String> {
    let odd = "[a-zA-Z0-9 \"\\\\:,<>=~.+&_智谱：，“”「」-]{1,8}";
    prop_oneof![odd, "\\PC{1,8}"].prop_filter("not blank", |text| !text.trim().is_empty())
}

fn sum() -> impl Strategy<Value = SumTest> {
    let comparisons = &[
        Comparison::AtLeast,
        Comparison::MoreThan,
        Comparison::AtMost,
        Comparison::LessThan,
        Comparison::Equal,
    ];
    let currencies = &[Currency::USD, Currency::CNY, Currency::KRW, Currency::EUR];
    let units = prop_oneof![0..5000_i64, (0..5000_i64).prop_map(|n| n * 1_000_000)];
    (any::<bool>(), prop::sample::select(comparisons), units, prop::sample::select(currencies))
        .prop_map(|(possibly, comparison, units, currency)| SumTest {
            possibly,
            comparison,
            units,
            currency,
        })
}

fn moment() -> impl Strategy<Value = Moment> {
    prop_oneof![
        any::<u32>().prop_map(Moment::HoursAgo),
        any::<u32>().prop_map(Moment::DaysAgo),
        (1..=12_i8)
            .prop_map(|month| { Moment::Date(PartialDate::new(2026, Some(month), None).unwrap()) }),
    ]
}

fn test() -> impl Strategy<Value = Test> {
    let rounds = prop::collection::vec("(seed|pre-a|[a-j])\\+?", 2).prop_map(|codes| {
        let code = |at: usize| codes[at].parse().unwrap();
        Test::Round(vec![RoundTest::Is(code(0)), RoundTest::Between(Some(code(1)), None)])
    });
    prop_oneof![
        some(DealKind::ALL).prop_map(Test::Kind),
        some(DealStatus::ALL).prop_map(Test::Status),
        rounds,
        sum().prop_map(Test::Amount),
        sum().prop_map(Test::Valuation),
        (prop::sample::select(PartyTest::ALL), prop::collection::vec(text(), 1..3))
            .prop_map(|(party, names)| Test::Party(party, names)),
        some(&[true, false]).prop_map(Test::Main),
        text().prop_map(|id| Test::Source(vec![SourceId(id)])),
        moment().prop_map(Test::Since),
        (0..=1000_u32).prop_map(|n| Test::Confidence(Comparison::AtLeast, f64::from(n) / 1000.0)),
        text().prop_map(Test::Text),
    ]
}

proptest! {
    #[test]
    fn a_filter_prints_as_it_was_read(
        clauses in prop::collection::vec(
            (any::<bool>(), test()).prop_map(|(negated, test)| Clause { negated, test }), 0..4)
    ) {
        let filter = Filter { clauses };
        let text = filter.to_string();
        prop_assert_eq!(text.parse::<Filter>(), Ok(filter), "{}", text);
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in "\\PC{0,40}") {
        if let Err(error) = text.parse::<Filter>() {
            let (start, end) = error.place();
            prop_assert!(start <= end && end <= text.chars().count());
            error.pointed();
        }
    }
}
