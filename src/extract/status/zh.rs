//! Status cues in Chinese: 拟, 洽谈, 据知情人士, 否认, 告吹, 完成交割.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use aho_corasick::MatchKind;

use super::Cue;
use super::Found;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

/// Words by what they say; of two at one place the longer wins.
const CUES: &[(Cue, &[&str])] = &[
    (
        Cue::Completed,
        &[
            "完成交割",
            "交割完成",
            "已交割",
            "完成过户",
            "已过户",
            "过户完成",
            "过户手续",
            "收购完成",
            "完成了收购",
            "完成收购",
            "完成对",
            "已完成收购",
            "已完成对",
            "的收购已经完成",
            "收购已完成",
            "已经完成",
            "已收购",
            "交易已完成",
            "交易完成",
            "完成交易",
            "正式并入",
            "工商变更",
            "完成并购",
            "并购完成",
            "已买下",
            "款项已到账",
            "到账",
            "成交割",
            "完成交收",
            "已完成",
            "股权交割",
            "完成出售",
            "出售完成",
            "完成转让",
            "成为其全资子公司",
        ],
    ),
    (
        Cue::Announced,
        &[
            "宣布",
            "宣佈",
            "官宣",
            "公布",
            "公告",
            "证实",
            "确认",
            "对外宣布",
            "披露",
            "表示",
            "发布公告",
            "签署",
            "签订",
            "签约",
            "同意收购",
            "达成协议",
            "达成最终协议",
            "发表声明",
        ],
    ),
    (
        Cue::Talks,
        &[
            "启动新一轮",
            "启动新融资",
            "启动融资",
            "商定",
            "敲定在即",
            "在即",
            "传砸",
            "传将",
            "传赴",
            "传洽",
            "传拟",
            "传以",
            "洽谈",
            "洽商",
            "商谈",
            "商讨",
            "磋商",
            "谈判",
            "接洽",
            "正在谈",
            "在谈",
            "正谈",
            "正以",
            "谈以",
            "谈融资",
            "拟以",
            "拟用",
            "拟通过",
            "拟出资",
            "拟",
            "计划",
            "打算",
            "有意",
            "考虑",
            "筹划",
            "筹备",
            "准备",
            "正在推进",
            "正推进",
            "推进中",
            "即将完成",
            "接近完成",
            "接近达成",
            "接近敲定",
            "接近落定",
            "即将敲定",
            "即将落定",
            "收尾阶段",
            "进入收尾",
            "临近尾声",
            "拟募",
            "进行深入",
            "委托",
            "敲定中",
            "正在敲定",
            "最后阶段",
            "尾声",
            "正在进行",
            "正在筹",
            "正在融",
            "正在为",
            "正在寻求融资",
            "正寻求融资",
            "意向协议",
            "意向书",
            "意向性协议",
            "框架协议",
            "尚待",
            "尚需",
            "正做",
            "正就",
            "在评估",
            "评估中",
            "探讨",
            "预计将",
            "讨论",
            "商议",
            "预计完成",
            "敲门",
            "冲刺",
            "备战",
            "启动上市辅导",
            "辅导备案",
            "秘密递表",
            "正在与",
            "正与",
            "出价",
            "有望",
            "意在",
            "正在洽购",
            "洽购",
            "竞购",
            "提出收购",
            "要约收购",
            "希望以",
            "想以",
            "预案",
            "进入尾声",
            "进行中",
            "据悉考虑",
            "眼下正",
            "正按",
            "正在按",
        ],
    ),
    (
        Cue::Seeking,
        &[
            "寻求出售",
            "寻求买家",
            "寻找买家",
            "寻求被收购",
            "卖身",
            "求售",
            "待售",
            "挂牌出售",
            "探索出售",
            "考虑出售公司",
            "寻求接盘",
            "找买家",
            "寻求融资",
            "寻求新一轮",
            "寻求筹",
            "寻求募",
            "寻求以",
            "找钱",
            "四处找钱",
            "寻求资金",
            "寻求潜在买家",
            "寻找接盘",
            "寻找买主",
            "寻找买方",
            "物色买方",
            "物色买主",
            "找买主",
            "待价而沽",
            "整体出售",
            "破产交易",
            "招揽买家",
            "物色买家",
            "谋求出售",
            "正寻求",
            "寻求外部融资",
            "寻求",
        ],
    ),
    (
        Cue::Rumour,
        &[
            "据知情人士",
            "知情人士",
            "消息人士",
            "据传",
            "传闻",
            "有传",
            "被曝",
            "曝出",
            "据爆料",
            "爆料",
            "传出",
            "有消息称",
            "消息称",
            "据消息",
            "据称",
            "市场传",
            "市场消息",
            "坊间",
            "外传",
            "疑似",
            "听说",
            "接近交易",
            "接近公司",
            "盛传",
            "风传",
            "传",
            "熟悉情况",
            "熟知内情",
            "内部人士",
        ],
    ),
    (
        Cue::Terminated,
        &[
            "告吹",
            "终止",
            "流产",
            "搁浅",
            "破局",
            "失败",
            "叫停",
            "破裂",
            "谈崩",
            "黄了",
            "作罢",
            "取消",
            "撤回",
            "撤销",
            "放弃",
            "婉拒",
            "拒绝了",
            "拒绝收购",
            "拒绝",
            "否决",
            "未能达成",
            "没能达成",
            "未达成",
            "不再推进",
            "没答应",
            "没有答应",
            "谈不拢",
            "未果",
            "梦碎",
            "中止",
            "解除协议",
            "泡汤",
            "夭折",
            "撤单",
            "落空",
            "不再进行",
            "没谈拢",
            "未谈拢",
            "无疾而终",
            "喊停",
            "生变",
            "被拒",
        ],
    ),
    (
        Cue::Denied,
        &[
            "否认",
            "不实",
            "并不属实",
            "不属实",
            "辟谣",
            "没有依据",
            "并无依据",
            "纯属谣言",
            "系谣言",
            "谣言",
            "子虚乌有",
            "没有收购计划",
            "并无此事",
            "没有此事",
            "假消息",
            "消息有误",
            "与事实不符",
            "无此计划",
            "不是卖公司",
            "没有出售计划",
            "并无出售",
        ],
    ),
    (
        Cue::Negated,
        &[
            "没有",
            "并未",
            "尚未",
            "从未",
            "未能",
            "无意",
            "不会",
            "不再",
            "未曾",
            "并没有",
            "不打算",
            "不考虑",
            "不是",
            "并非",
            "暂无",
            "未",
            "没",
        ],
    ),
    (
        Cue::Hypothetical,
        &[
            "可能",
            "或将",
            "或许",
            "若",
            "如果",
            "倘若",
            "假如",
            "一旦",
            "也许",
            "不排除",
            "假定",
            "或以",
            "或募资",
            "或",
        ],
    ),
    (
        Cue::Past,
        &[
            "此前",
            "曾",
            "先前",
            "早前",
            "早先",
            "此后",
            "当时",
            "当年",
            "上一轮",
            "上轮",
            "前一轮",
            "前次",
            "过去",
            "再往前",
            "之前",
            "曾经",
            "早在",
            "以来",
            "历史上",
            "昔日",
            "往年",
            "成立之初",
            "成立时",
            "彼时",
            "随后",
            "前身",
            "稍早",
            "上一次",
            "前不久",
            "刚刚完成",
            "刚完成",
            "年初",
            "年前",
            "最近一轮",
            "最近一次",
            "上次",
            "那轮",
            "那一轮",
        ],
    ),
    (
        Cue::Comment,
        &[
            "不予置评",
            "未予置评",
            "拒绝置评",
            "未回应",
            "没有回应",
            "不置评",
            "暂未回应",
            "未置评",
            "拒绝评论",
            "尚未回应",
            "不予评论",
        ],
    ),
];

static LEXICON: LazyLock<(AhoCorasick, Vec<Cue>)> = LazyLock::new(|| {
    let (cues, words): (Vec<Cue>, Vec<&str>) =
        CUES.iter().flat_map(|(cue, words)| words.iter().map(|word| (*cue, *word))).unzip();
    let words = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(words)
        .expect("a few hundred short words make a small automaton");
    (words, cues)
});

/// Words that hold a cue of one character and mean something else.
const EXCEPT: &[&str] = &[
    "传统",
    "传感",
    "传播",
    "传媒",
    "传输",
    "传奇",
    "传递",
    "宣传",
    "上传",
    "流传",
    "传给",
    "传承",
    "遗传",
    "传真",
    "传神",
    "未来",
    "未必",
    "没落",
    "模拟",
    "虚拟",
    "拟人",
    "拟合",
    "或者",
    "抑或",
    "弱",
    "若干",
    "倘",
    "淹没",
    "未名",
    "未上市",
    "传音",
    "沉没",
    "传达",
    "拟态",
    "类似",
    "若愚",
    "未知君",
    "未央",
    "未到",
    "孪生",
    "传导",
    "真传",
    "传世",
    "正传",
    "曾国",
    "曾毓群",
    "准备金",
];

/// The cues of a sentence.
pub(super) fn find(text: &Text, sentence: &Sentence) -> Vec<Found<Cue>> {
    let words = text.of(sentence.span);
    LEXICON
        .0
        .find_iter(words)
        .filter_map(|hit| {
            let cue = *LEXICON.1.get(hit.pattern().as_usize())?;
            if hit.len() <= "传".len() && inside_other_word(words, hit.start()) {
                return None;
            }
            let base = sentence.span.start();
            let span = text.span(base + hit.start(), base + hit.end())?;
            Some(Found { value: cue, span, rule: "status.zh.cue" })
        })
        .collect()
}

/// Whether the character here belongs to one of [`EXCEPT`].
fn inside_other_word(text: &str, at: usize) -> bool {
    EXCEPT.iter().any(|word| {
        word.char_indices().any(|(offset, _)| {
            at.checked_sub(offset)
                .and_then(|start| text.get(start..start + word.len()))
                .is_some_and(|here| here == *word)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The one place that calls the rule.
    #[track_caller]
    fn check(words: &str, expected: &[(&str, Cue)]) {
        let text = Text::new("", words, None);
        let found: Vec<(&str, Cue)> = text
            .sentences()
            .iter()
            .flat_map(|sentence| find(&text, sentence))
            .map(|found| (text.printed(found.span), found.value))
            .collect();
        assert_eq!(found, expected, "in: {words}");
    }

    #[test]
    fn the_longest_words_win() {
        check("双方正在洽谈收购事宜", &[("洽谈", Cue::Talks)]);
        check("公司否认了这一消息", &[("否认", Cue::Denied)]);
        check("这笔交易最终告吹", &[("告吹", Cue::Terminated)]);
        check(
            "收購完成，工商變更已辦妥",
            &[("收購完成", Cue::Completed), ("工商變更", Cue::Completed)],
        );
    }

    #[test]
    fn a_cue_inside_another_word_says_nothing() {
        check("传感器与未来工厂", &[]);
        check("模拟芯片", &[]);
    }
}
