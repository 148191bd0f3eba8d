//! What a Chinese text calls a company's trade, where that is none in AI.

use super::scope::last;
use crate::domain::Span;
use crate::extract::ai::Strength;
use crate::extract::ai::Term;
use crate::extract::ai::Trade;
use crate::extract::text::Text;

/// What may stand right before a name as what it is.
const HEADS: &[&str] = &[
    "品牌",
    "平台",
    "电商",
    "企业",
    "厂商",
    "公司",
    "开发商",
    "运营商",
    "服务商",
    "制造商",
    "供应商",
    "连锁",
    "集团",
    "猎头",
    "矿企",
    "房企",
    "车企",
    "药企",
    "商家",
    "应用",
    "网站",
    "银行",
];

/// Words that begin a statement of trade.
const STATES: &[&str] = &[
    "做",
    "主营",
    "主要从事",
    "从事",
    "是一家",
    "是一个",
    "经营",
    "生产",
    "主打",
    "专营",
    "专门做",
];

/// Says nothing of the trade.
const GENERIC: &[&str] = &[
    "创业",
    "初创",
    "新创",
    "独角兽",
    "上市",
    "高科技",
    "科技",
    "国内",
    "中国",
    "美国",
    "法国",
    "德国",
    "英国",
    "日本",
    "韩国",
    "以色列",
    "印度",
    "加拿大",
    "硅谷",
    "知名",
    "明星",
    "一家",
    "这家",
    "该",
    "本",
    "头部",
    "领先",
    "全球",
    "国产",
    "软件",
    "硬件",
    "技术",
    "目标",
    "标的",
    "母",
    "子",
    "控股",
    "新锐",
    "老牌",
    "上海",
    "北京",
    "深圳",
    "杭州",
    "广州",
    "南京",
    "苏州",
    "成都",
    "的",
    "家",
    "新",
    "小",
    "大",
    "型",
    "龙头",
    "巨头",
    "互联网",
    "是",
    "民营",
    "海外",
    "外国",
    "前沿",
    "服务",
];

/// Trades that no use of AI turns into AI companies.
const OLD: &[&str] = &[
    "茶饮",
    "咖啡",
    "餐饮",
    "快餐",
    "火锅",
    "烘焙",
    "零食",
    "酒店",
    "服装",
    "家居",
    "连锁",
    "矿业",
    "铜矿",
    "金矿",
    "锂矿",
    "矿企",
    "地产",
    "置业",
    "房企",
    "保险",
    "人寿",
    "银行",
    "券商",
    "航空公司",
    "燃气",
    "奶牛",
    "宠物食品",
    "宠物鲜食",
    "食品",
    "白酒",
    "猎头",
    "家具",
    "建筑",
    "玻璃",
    "基因疗法",
    "疫苗",
    "废钢",
    "钢铁",
    "水泥",
    "化肥",
    "纺织",
    "挖掘机",
    "乳业",
    "美妆",
    "护肤",
];

/// The trade that the words beside one mention of a name tell: 服装电商甲, 甲做奶牛项圈.
pub(in crate::extract::ai) fn trade(
    text: &Text,
    sentence: usize,
    name: Span,
    terms: &[Term],
) -> Option<Trade> {
    let sentence = text.sentences().get(sentence)?;
    let words = text.of(sentence.span);
    let base = sentence.span.start();
    let (start, end) = (name.start().checked_sub(base)?, name.end().checked_sub(base)?);
    left(words, start)
        .into_iter()
        .chain(stated(words, end))
        .find_map(|(from, to)| of(words, from, to, base, terms))
}

/// 服装电商甲: from the start of the clause, or from the verb before it, to the name.
fn left(words: &str, start: usize) -> Option<(usize, usize)> {
    let head = words.get(..start)?;
    let bare = head.trim_end_matches(['“', '「', '"', '『', ' ', '《']);
    if !HEADS.iter().any(|noun| bare.ends_with(noun)) {
        return None;
    }
    let lead = last(bare, PHRASE);
    let from = bare.len() - lead.len();
    let cut = lead
        .char_indices()
        .filter(|(_, letter)| {
            matches!(
                letter,
                ',' | ';'
                    | '。'
                    | ':'
                    | '、'
                    | ')'
                    | '”'
                    | '」'
                    | '|'
                    | ' '
                    | '\n'
                    | '由'
                    | '向'
                    | '对'
                    | '被'
                    | '购'
                    | '投'
            )
        })
        .map(|(at, letter)| at + letter.len_utf8())
        .next_back()
        .unwrap_or(0);
    Some((from + cut, bare.len()))
}

/// 甲做奶牛项圈, 公司主营铜矿: from the verb to the end of the clause.
fn stated(words: &str, end: usize) -> Option<(usize, usize)> {
    let tail = words.get(end..)?;
    let open = tail.trim_start_matches(['”', '」', '"', '』', ' ']);
    let skipped = tail.len() - open.len();
    let verb =
        STATES.iter().filter(|verb| open.starts_with(**verb)).map(|verb| verb.len()).max()?;
    let rest = open.get(verb..)?;
    let stop = rest.find([',', ';', '。', ':']).unwrap_or(rest.len());
    let from = end + skipped + verb;
    Some((from, from + stop))
}

/// Characters of one description.
const PHRASE: usize = 16;

/// Reads a phrase: a trade if it names one and no AI.
fn of(words: &str, from: usize, to: usize, base: usize, terms: &[Term]) -> Option<Trade> {
    let phrase = words.get(from..to)?;
    let covered = |term: &&Term| base + from <= term.span.start() && term.span.end() <= base + to;
    if terms.iter().filter(covered).any(|term| term.strength != Strength::Used) {
        return None;
    }
    if OLD.iter().any(|trade| phrase.contains(trade)) {
        return Some(Trade::Old);
    }
    let mut told = phrase.to_owned();
    for word in HEADS.iter().chain(GENERIC) {
        told = told.replace(word, "");
    }
    let han = told.chars().filter(|letter| *letter >= '\u{3400}').count();
    (han >= 2).then_some(Trade::Other)
}
