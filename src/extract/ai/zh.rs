//! Chinese words about artificial intelligence, and of whom they speak.

mod scope;
mod trade;

use std::sync::LazyLock;

use super::Strength;
use super::Term;
use crate::extract::lexicon::dictionary::Dictionary;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

pub(super) use trade::trade;

/// Say AI by themselves.
const STRONG: &[&str] = &[
    "无人配送",
    "无人物流",
    "无人矿卡",
    "算力公司",
    "算力服务",
    "算力云",
    "云算力",
    "vla",
    "vlm",
    "灵巧手",
    "具身大脑",
    "机器人企业",
    "机器人公司",
    "机器人的",
    "机器人厂商",
    "机械人公司",
    "ai",
    "人工智能",
    "人工智慧",
    "大模型",
    "大语言模型",
    "语言模型",
    "具身智能",
    "具身",
    "人形机器人",
    "人型机器人",
    "人形机械人",
    "智能体",
    "ai代理",
    "自动驾驶",
    "无人驾驶",
    "智能驾驶",
    "robotaxi",
    "机器学习",
    "深度学习",
    "生成式",
    "aigc",
    "多模态",
    "文生图",
    "文生视频",
    "世界模型",
    "机器视觉",
    "计算机视觉",
    "语音识别",
    "ai芯片",
    "推理芯片",
    "训练芯片",
    "gpu",
    "gpgpu",
    "智算",
    "神经网络",
    "数据标注",
    "llm",
    "agi",
    "四足机器人",
    "机器人大脑",
    "gpt",
    "chatgpt",
    "transformer",
    "通用机器人",
    "智驾",
    "脑机",
    "人脸识别",
    "自然语言处理",
    "视觉识别",
    "影像辨识",
    "影像识别",
    "语音合成",
    "数字人",
    "智能机器人",
    "强化学习",
    "大脑模型",
    "视频生成",
    "图像生成",
    "基座模型",
    "基础模型",
    "开源模型",
    "端到端模型",
    "推理模型",
    "机器狗",
    "机械狗",
    "仿生机器人",
    "辅助驾驶",
    "l4级",
    "算法模型",
    "agent",
    "copilot",
    "无人集卡",
    "无人运输",
    "无人矿车",
    "无人车",
    "无人卡车",
    "无人驾舱",
    "城市noa",
    "高速noa",
    "人形整机",
    "双足",
    "辅助诊断",
    "通用智能",
    "自主飞行",
    "自主导航",
    "自主识别",
    "自主作业",
    "陪伴机器人",
    "人形机器",
    "机器人本体",
    "小参数",
    "一句话生成",
    "音乐生成",
    "语音生成",
    "代码生成",
    "图片生成",
    "文本生成",
    "3d生成",
    "一句话即可生成",
    "deepseek",
    "声音克隆",
    "虚拟人",
    "情感模型",
    "语音模型",
    "视觉模型",
    "蛋白质模型",
    "预测模型",
];

/// Speak for AI beside something stronger.
const WEAK: &[&str] = &[
    "算力",
    "模型",
    "机器人",
    "机械人",
    "芯片",
    "晶片",
    "算法",
    "智能",
    "推理",
    "训练",
    "无人机",
    "前deepmind",
    "前openai",
    "辅助诊疗",
    "自动识别",
];

static LEXICON: LazyLock<Dictionary<Strength>> = LazyLock::new(|| {
    let of = |words: &'static [&str], strength| words.iter().map(move |word| (*word, strength));
    Dictionary::new(of(STRONG, Strength::Strong).chain(of(WEAK, Strength::Weak)))
});

/// The terms of a sentence.
pub(super) fn find(text: &Text, sentence: &Sentence) -> Vec<Term> {
    let words = text.of(sentence.span);
    LEXICON
        .find(words)
        .filter(|hit| stands_alone(words, hit.start, hit.end))
        .filter(|hit| !in_legal_name(words, hit.end))
        .filter_map(|hit| {
            let base = sentence.span.start();
            let span = text.span(base + hit.start, base + hit.end)?;
            let strength = match hit.label {
                Strength::Strong => scope::of(words, hit.start, hit.end)?,
                other => other,
            };
            let rule = if strength == Strength::Used { "ai.zh.used" } else { "ai.zh.term" };
            Some(Term { span, strength, rule })
        })
        .collect()
}

/// 某某智能机器人产业发展有限公司: what a company is called is not what it does.
fn in_legal_name(words: &str, end: usize) -> bool {
    let to = words.ceil_char_boundary((end + LEGAL_REACH).min(words.len()));
    let tail = words.get(end..to).unwrap_or_default();
    let stop = tail.find([',', '。', ';', ':', '、', '的', '(', ' ']).unwrap_or(tail.len());
    tail.get(..stop).is_some_and(|tail| tail.contains("有限公司") || tail.contains("股份公司"))
}

/// How far behind a term the form of the company may stand, in bytes: some twelve characters.
const LEGAL_REACH: usize = 36;

/// `ai` inside `retail` is no word.
fn stands_alone(words: &str, start: usize, end: usize) -> bool {
    let latin = |letter: char| letter.is_ascii_alphanumeric();
    let edge = |at: usize| {
        !(words.get(..at).is_some_and(|head| head.ends_with(latin))
            && words.get(at..).is_some_and(|tail| tail.starts_with(latin)))
    };
    edge(start) && edge(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The one place that calls the rule.
    #[track_caller]
    fn check(words: &str, expected: &[&str]) {
        let text = Text::new("", words, None);
        let found: Vec<&str> = text
            .sentences()
            .iter()
            .flat_map(|sentence| find(&text, sentence))
            .filter(|term| term.strength == Strength::Strong)
            .map(|term| text.printed(term.span))
            .collect();
        assert_eq!(found, expected, "in: {words}");
    }

    #[test]
    fn words_of_the_trade_are_strong() {
        check("做人工智慧晶片的新創", &["人工智慧"]);
        check("這家AI公司做大模型", &["AI", "大模型"]);
    }

    #[test]
    fn a_legal_name_proves_nothing() {
        check("海门智能机器人产业发展有限公司转让股权", &[]);
    }

    #[test]
    fn letters_inside_a_word_are_none() {
        check("零售商Retail与Email", &[]);
        check("一家连锁烘焙品牌", &[]);
    }
}
