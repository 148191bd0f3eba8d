//! What a company makes or does, as texts of both languages say it beside its name.
//!
//! "a humanoid robot maker" and 具身智能公司 tell the same of two names that no text puts side by
//! side. It proves little (there are many robot makers), so that callers ask for other facts that
//! agree; and a robot maker is not the chip designer whose round has the same size.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::fold::View;

/// Fields of work, each with how English words begin that name it, and with Chinese words for it;
/// simplified and in small letters, as texts fold. What every AI company says of itself (AI,
/// generative, platform, data, intelligent) is left out.
const TRADES: &[(&[&str], &[&str])] = &[
    (&["robot", "humanoid", "embodied"], &["机器人", "具身"]),
    (&["chip", "semiconductor", "gpu", "accelerator"], &["芯片", "半导体", "处理器"]),
    (
        &["self-driving", "autonomous driving", "autonomous vehicle", "robotaxi", "driverless"],
        &["自动驾驶", "智能驾驶", "无人驾驶", "智驾", "无人车"],
    ),
    (
        &["large language", "language model", "foundation model", "llm"],
        &["大模型", "语言模型", "基础模型"],
    ),
    (&["voice", "speech", "audio"], &["语音", "音频", "声音"]),
    (
        &["coding", "code", "programming", "developer tool", "software engineer"],
        &["编程", "代码", "开发者工具"],
    ),
    (
        &["drug", "biotech", "protein", "pharma", "molecul"],
        &["制药", "新药", "药物", "蛋白", "医药"],
    ),
    (&["health", "medical", "clinic", "radiolog", "diagnos"], &["医疗", "医学", "健康", "诊断"]),
    (&["legal", "law firm", "lawyer"], &["法律", "律师", "法务"]),
    (&["video", "film"], &["视频", "影视"]),
    (&["3d", "world model", "spatial"], &["3d", "世界模型", "空间智能", "三维"]),
    (&["search"], &["搜索"]),
    (&["customer service", "customer support", "call cent", "contact cent"], &["客服", "呼叫中心"]),
    (&["security", "cybersecurity"], &["网络安全", "信息安全", "数据安全"]),
    (
        &["data label", "annotation", "training data", "synthetic data"],
        &["数据标注", "训练数据", "合成数据"],
    ),
    (&["cloud", "data cent", "inference"], &["云计算", "云服务", "数据中心", "算力", "推理"]),
    (&["drone"], &["无人机"]),
    (&["satellite", "rocket"], &["卫星", "火箭", "航天"]),
    (&["fintech", "insur", "accounting", "payment"], &["金融科技", "保险", "会计", "支付"]),
    (&["education", "tutor"], &["教育", "教学"]),
    (&["game", "gaming"], &["游戏"]),
    (&["glasses", "wearable", "headset", "earbud"], &["眼镜", "可穿戴", "耳机", "头显"]),
    (&["quantum"], &["量子"]),
    (&["batter", "nuclear", "power grid", "fusion"], &["电池", "储能", "核聚变", "电网"]),
    (&["farm", "agricultur", "crop"], &["农业", "农机"]),
    (&["logistic", "warehous", "freight"], &["物流", "仓储", "货运"]),
    (&["marketing", "advertis"], &["营销", "广告"]),
    (&["recruit", "hiring"], &["招聘"]),
    (&["translat"], &["翻译"]),
    (&["companion", "toy"], &["陪伴", "玩具"]),
    (&["lidar", "radar", "sensor"], &["激光雷达", "传感器", "雷达"]),
    (&["materials"], &["新材料", "材料研发"]),
    (&["weather", "climate"], &["气象", "天气", "气候"]),
    (&["agent"], &["智能体", "agent"]),
    (&["avatar", "digital human"], &["数字人", "虚拟人"]),
    (&["music"], &["音乐"]),
    (&["photonic", "optical"], &["光子", "光学", "光芯片"]),
    (&["brain-computer", "neural interface"], &["脑机"]),
];

/// Fields of work of one company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Trades(u64);

impl Trades {
    /// What the sentences of a text that name the company say of it.
    ///
    /// ```
    /// use dealwatch::entity::Trades;
    ///
    /// let english = Trades::beside("Zimaquill, a maker of robots, raised money.", "Zimaquill");
    /// let chinese = Trades::beside("具身智能公司子曜宣布完成融资。", "子曜");
    /// assert!(english.share(chinese));
    /// ```
    pub fn beside(text: &str, name: &str) -> Trades {
        let (text, name) = (View::new(text).text, View::new(name).text);
        let ends = |c: char| matches!(c, '。' | '!' | '?' | '\n' | '！' | '？');
        let mut trades = 0;
        for line in text.split(ends).flat_map(|line| line.split(". ")) {
            if line.contains(&name) {
                // The name is no description: 子曜机器人 may make chips.
                trades |= named(&line.replace(&name, " "));
            }
        }
        Trades(trades)
    }

    /// Both are said to do one thing.
    pub fn share(self, other: Trades) -> bool {
        self.0 & other.0 != 0
    }

    /// Something is said of both, and nothing that they share.
    pub fn apart(self, other: Trades) -> bool {
        self.0 != 0 && other.0 != 0 && !self.share(other)
    }
}

/// The words of all fields, found in one pass.
struct Words {
    finder: AhoCorasick,
    /// Of each word its field's bit, and whether it has to begin a word.
    fields: Vec<(u64, bool)>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let (mut words, mut fields): (Vec<&str>, Vec<(u64, bool)>) = Default::default();
    for (place, (english, chinese)) in TRADES.iter().enumerate() {
        for (list, begins) in [(english, true), (chinese, false)] {
            words.extend(*list);
            fields.extend(list.iter().map(|_| (1 << place, begins)));
        }
    }
    let finder = AhoCorasick::new(words).expect("a few hundred short words");
    Words { finder, fields }
});

/// The fields that a folded sentence names.
fn named(sentence: &str) -> u64 {
    let mut all = 0;
    for found in WORDS.finder.find_overlapping_iter(sentence) {
        let Some((field, begins)) = WORDS.fields.get(found.pattern().as_usize()) else { continue };
        let before = sentence.get(..found.start()).and_then(|text| text.chars().next_back());
        if !begins || before.is_none_or(|letter| !letter.is_ascii_alphanumeric()) {
            all |= field;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether two texts say of a company each that they share a field, or that they do not.
    #[track_caller]
    fn check(one: (&str, &str), other: (&str, &str), share: bool, apart: bool) {
        let (a, b) = (Trades::beside(one.0, one.1), Trades::beside(other.0, other.1));
        assert_eq!((a.share(b), a.apart(b)), (share, apart), "{one:?} {other:?}");
    }

    #[test]
    fn one_field_is_told_in_two_languages() {
        check(
            ("Zimaquill, which designs AI chips, raised $40 million.", "Zimaquill"),
            ("国产AI晶片公司子曜完成融资。", "子曜"),
            false,
            false,
        );
        check(
            ("Zimaquill, which designs AI chips, raised $40 million.", "Zimaquill"),
            ("AI芯片公司子曜完成融资。", "子曜"),
            true,
            false,
        );
        check(
            ("The robotaxi operator Zimaquill raised $40 million.", "Zimaquill"),
            ("自動駕駛公司子曜完成融資。", "子曜"),
            true,
            false,
        );
    }

    #[test]
    fn two_fields_are_two_companies() {
        check(
            ("Zimaquill, a legal AI start-up, raised $40 million.", "Zimaquill"),
            ("AI芯片公司子曜完成融资。", "子曜"),
            false,
            true,
        );
    }

    #[test]
    fn only_what_stands_beside_the_name_counts_and_not_the_name() {
        let robots = ("具身智能公司子曜完成融资。", "子曜");
        check(
            ("Zimaquill raised money. A robot maker did not.", "Zimaquill"),
            robots,
            false,
            false,
        );
        check(("Zima Robotics raised money.", "Zima Robotics"), robots, false, false);
        // A word of which the field is only the end.
        check(
            ("Zimaquill is a microchip firm.", "Zimaquill"),
            ("AI芯片公司子曜。", "子曜"),
            false,
            false,
        );
    }

    #[test]
    fn every_word_is_written_as_texts_fold_and_there_is_a_bit_for_each_field() {
        assert!(TRADES.len() <= 64);
        for word in TRADES.iter().flat_map(|(english, chinese)| english.iter().chain(*chinese)) {
            assert_eq!(View::new(word).text, **word);
        }
    }
}
