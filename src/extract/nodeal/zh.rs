//! What is no deal, in Chinese: funds that are set up, grants, orders, statistics, buybacks.

use crate::domain::DealKind;
use crate::domain::KindGroup;
use crate::extract::candidate::Candidate;
use crate::extract::facts::Facts;
use crate::extract::lexicon::list::List;
use crate::extract::party::PartyKind;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

/// Statistics and features about many deals.
static MARKET: List = List::new(&[
    "融资事件",
    "起融资",
    "笔融资",
    "融资笔数",
    "融资余额",
    "融资盘",
    "融资买入",
    "融资融券",
    "两融余额",
    "一级市场",
    "投融资报告",
    "融资总额同比",
    "起投资",
    "起并购",
    "并购案例",
    "笔交易",
    "宗交易",
    "ipo市场",
    "每家",
    "融资环境",
]);

/// A fund that is raised or set up.
static FUND: List = List::new(&[
    "设立",
    "成立",
    "首期",
    "募集完成",
    "募资完成",
    "关账",
    "首关",
    "终关",
    "新基金",
    "母基金",
    "引导基金",
    "存续期",
    "基金规模",
    "子基金",
    "期基金",
    "lp",
]);

/// Money that buys no shares.
static SUBSIDY: List = List::new(&[
    "补助",
    "补贴",
    "奖励",
    "科研经费",
    "专项资金",
    "捐赠",
    "捐款",
    "奖金",
    "经费",
    "悬赏",
]);

/// Not the business of the company but of its shareholders and buyers of goods.
static OTHER: List = List::new(&[
    "回购股份",
    "股份回购",
    "股票回购",
    "中标",
    "采购",
    "订单",
    "资本开支",
    "资本支出",
    "注销",
    "质押",
    "解禁",
]);

/// What is built with money that stays the builder's.
static CAPITAL: List = List::new(&[
    "建厂",
    "建設",
    "建设",
    "新建",
    "扩建",
    "兴建",
    "建廠",
    "產線",
    "产线",
    "工厂",
    "工廠",
    "生产基地",
    "產業園",
    "产业园",
    "智算中心",
    "数据中心",
    "數據中心",
    "總部大樓",
    "总部大楼",
]);

/// Words of a lawsuit.
static COURT: List = List::new(&["法院", "判决", "驳回", "起诉", "原告", "被告", "仲裁"]);

/// Why a candidate is no deal.
pub(super) fn reason(
    text: &Text,
    sentence: &Sentence,
    _facts: &Facts,
    candidate: &Candidate,
) -> Option<&'static str> {
    let clause = clause(text, sentence, candidate);
    let has = |list: &[&str], words: &str| list.iter().any(|word| words.contains(word));
    let whole = text.of(sentence.span);
    if candidate.round.is_none() && COURT.within(whole) {
        return Some("nodeal.zh.court");
    }
    let money = candidate.kind().group() == KindGroup::Funding;
    let named_backers = !candidate.investors.is_empty() && candidate.round.is_some();
    if money && MARKET.within(clause) {
        return Some("nodeal.zh.market");
    }
    if money
        && !named_backers
        && clause.contains("基金")
        && FUND.within(clause)
        && candidate.round.is_none()
    {
        return Some("nodeal.zh.fund");
    }
    // Who invests for a living raises a fund, not a round.
    let of_a_fund =
        candidate.target.as_ref().is_some_and(|target| target.value.kind == PartyKind::Investor);
    if candidate.kind() == DealKind::Funding && of_a_fund && candidate.round.is_none() {
        return Some("nodeal.zh.investor");
    }
    if money
        && candidate.round.is_none()
        && candidate.investors.is_empty()
        && SUBSIDY.within(clause)
    {
        return Some("nodeal.zh.subsidy");
    }
    if money
        && candidate.kind() != DealKind::Debt
        && candidate.round.is_none()
        && !named_backers
        && OTHER.within(clause)
        && !clause.contains("融资")
    {
        return Some("nodeal.zh.other");
    }
    if candidate.kind() == DealKind::Ipo
        && ["售价", "起售", "开卖", "开售", "预购", "预售", "发货"]
            .iter()
            .any(|word| whole.contains(word))
        && !["股", "ipo", "挂牌", "招股"].iter().any(|word| whole.contains(word))
    {
        return Some("nodeal.zh.goods");
    }
    let shares = ["融资", "入股", "增资", "股权", "股份", "参股", "控股", "收购", "投资方", "轮"];
    if money
        && candidate.round.is_none()
        && candidate.kind() != DealKind::Debt
        && CAPITAL.within(clause)
        && !has(&shares, clause)
    {
        return Some("nodeal.zh.capex");
    }
    let own = ["增资子公司", "子公司增资", "增资全资", "对子公司", "向子公司", "增资旗下"];
    if money && candidate.round.is_none() && has(&own, clause) {
        return Some("nodeal.zh.own");
    }
    if candidate.round.is_none()
        && !clause.contains("融资")
        && has(&["索赔", "求偿", "罚款", "赔偿", "和解金", "罚金"], whole)
        && money
    {
        return Some("nodeal.zh.court");
    }
    if candidate.kind() == DealKind::Ipo
        && ["上市公司", "上市企业", "新品上市", "上市销售"].iter().any(|word| clause.contains(word))
        && !clause.contains("ipo")
        && !clause.contains("挂牌")
    {
        return Some("nodeal.zh.listed");
    }
    None
}

/// The words between the commas around the trigger.
fn clause<'t>(text: &'t Text, sentence: &Sentence, candidate: &Candidate) -> &'t str {
    let whole = text.of(sentence.span);
    let base = sentence.span.start();
    let (start, end) = (
        candidate.trigger.span.start().saturating_sub(base),
        candidate.trigger.span.end().saturating_sub(base),
    );
    let from = whole
        .get(..start)
        .and_then(|head| head.rfind([',', ';', ':', '。']))
        .map_or(0, |cut| cut + 1);
    let from = whole.ceil_char_boundary(from);
    let to = whole
        .get(end..)
        .and_then(|tail| tail.find([',', ';', ':', '。']))
        .map_or(whole.len(), |cut| end + cut);
    whole.get(from..to).unwrap_or(whole)
}
