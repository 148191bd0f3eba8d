//! Tables of sums and what is read from them.

use super::*;

/// The one place that calls the rule.
#[track_caller]
fn check(text: &str, expected: &[(&str, &str)]) {
    let bound = |value: Option<i64>| value.map_or("-".to_owned(), |value| value.to_string());
    let found: Vec<(String, String)> = scan(text)
        .into_iter()
        .map(|sum| {
            let words = text.get(sum.range.clone()).unwrap().to_owned();
            let currency = sum.currency.map_or("?".to_owned(), |code| code.to_string());
            let qualifier = format!("{:?}", sum.qualifier).to_lowercase();
            (words, format!("{qualifier} {currency} {}..{}", bound(sum.min), bound(sum.max)))
        })
        .collect();
    let found: Vec<_> = found.iter().map(|(words, read)| (words.as_str(), read.as_str())).collect();
    assert_eq!(found, expected, "in: {text}");
}

#[test]
fn plain_sums_are_read_to_the_unit() {
    check("完成3.5亿美元融资", &[("3.5亿美元", "exact USD 350000000..350000000")]);
    check("融得5,000万元", &[("5,000万元", "exact CNY 50000000..50000000")]);
    check("共 20 亿 元人民币", &[("20 亿 元人民币", "exact CNY 2000000000..2000000000")]);
    check("二十亿元", &[("二十亿元", "exact CNY 2000000000..2000000000")]);
    check("一点五亿欧元", &[("一点五亿欧元", "exact EUR 150000000..150000000")]);
    check("3亿5000万日圆", &[("3亿5000万日圆", "exact JPY 350000000..350000000")]);
    check("人民币7000万", &[("人民币7000万", "exact CNY 70000000..70000000")]);
    check("新台币2.4亿元", &[("新台币2.4亿元", "exact TWD 240000000..240000000")]);
    check("us$300万", &[("us$300万", "exact USD 3000000..3000000")]);
    check("1.35亿港币", &[("1.35亿港币", "exact HKD 135000000..135000000")]);
    check("两亿英镑", &[("两亿英镑", "exact GBP 200000000..200000000")]);
    check("4兆美元", &[("4兆美元", "exact USD 4000000000000..4000000000000")]);
}

#[test]
fn bounds_are_kept() {
    check("超4亿美元", &[("超4亿美元", "over USD 400000000..-")]);
    check("逾10亿元", &[("逾10亿元", "over CNY 1000000000..-")]);
    check("不到1亿元", &[("不到1亿元", "under CNY 80000000..100000000")]);
    check("最高20亿美元", &[("最高20亿美元", "upto USD -..2000000000")]);
    check("10余亿元", &[("10余亿元", "over CNY 1000000000..-")]);
    check("9亿多美元", &[("9亿多美元", "over USD 900000000..-")]);
    check("3000万元以上", &[("3000万元以上", "over CNY 30000000..-")]);
}

#[test]
fn vague_sums_are_orders_of_magnitude() {
    check("数千万美元", &[("数千万美元", "order USD 10000000..99999999")]);
    check("数亿元", &[("数亿元", "order CNY 100000000..999999999")]);
    check("数十亿美元", &[("数十亿美元", "order USD 1000000000..9999999999")]);
    check("亿元级融资", &[("亿元级", "order CNY 100000000..999999999")]);
    check("千万级融资", &[("千万级", "order ? 10000000..99999999")]);
    check("上亿元", &[("上亿元", "order CNY 100000000..999999999")]);
    check("近亿元人民币", &[("近亿元人民币", "under CNY 80000000..100000000")]);
    check("近千万元", &[("近千万元", "under CNY 8000000..10000000")]);
    check("超亿元", &[("超亿元", "over CNY 100000000..-")]);
    check("近3亿元", &[("近3亿元", "about CNY 300000000..300000000")]);
    check("约2亿港元", &[("约2亿港元", "about HKD 200000000..200000000")]);
    check("5000万元左右", &[("5000万元左右", "about CNY 50000000..50000000")]);
}

#[test]
fn ranges_share_their_unit() {
    check("2-3亿美元", &[("2-3亿美元", "range USD 200000000..300000000")]);
    check("1亿至2亿元", &[("1亿至2亿元", "range CNY 100000000..200000000")]);
    check("20至30亿美元", &[("20至30亿美元", "range USD 2000000000..3000000000")]);
    check("三四千万元", &[("三四千万元", "range CNY 30000000..40000000")]);
    check("3000万元到5000万元", &[("3000万元到5000万元", "range CNY 30000000..50000000")]);
}

#[test]
fn other_numbers_are_left_alone() {
    check("用户突破3亿人", &[]);
    check("3000万台设备", &[]);
    check("每股17.6港元", &[]);
    check("2025年10月", &[]);
    check("数据公司", &[]);
    check("上半年有百万用户", &[]);
    check("版本1.2.3发布", &[]);
}

#[test]
fn an_untold_sum_is_a_statement() {
    let check = |text: &str, expected: &[&str]| {
        let found: Vec<_> =
            find_undisclosed(text).into_iter().map(|r| text.get(r).unwrap()).collect();
        assert_eq!(found, expected, "in: {text}");
    };
    check("交易金额未披露", &["金额未披露"]);
    check("双方未透露具体价格。", &["未透露具体价格"]);
    check("公司未透露下一步产品", &[]);
}
