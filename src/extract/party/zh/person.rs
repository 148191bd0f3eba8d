//! Names of people: a surname and one or two characters, beside a title or a verb of saying.

use crate::extract::text::Text;

/// The surnames of nine in ten people; some are also the first character of a company's name, so a
/// surname alone proves nothing.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁\
                        任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严\
                        覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚\
                        符舒阮柯纪梅童凌毕单裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆\
                        农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋\
                        商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝";

/// Two-character surnames.
const DOUBLE: &[&str] = &["欧阳", "司马", "上官", "诸葛", "慕容", "司徒", "皇甫", "东方", "独孤"];

/// What people do and companies seldom do, right after a name.
const SAYS: &[&str] = &[
    "说",
    "称",
    "坦言",
    "表示",
    "认为",
    "告诉",
    "回忆",
    "博士",
    "先生",
    "女士",
    "教授",
    "院士",
    "直言",
    "笑",
    "强调",
    "指出",
    "毕业",
    "出生",
    "出任",
    "担任",
    "任",
    "创立",
    "创办",
    "本人",
    "补充道",
    "解释",
    "透露",
    "写道",
    "在朋友圈",
    "等人",
    "指,",
    "在内部信",
    "在采访",
    "在接受",
    "在演讲",
    "在社交",
    "在推特",
    "在微博",
    "在信中",
    "在会上",
    "在直播",
    "在公开信",
    "接受采访",
    "发帖",
    "发文",
    "卸任",
    "加盟",
    "离职",
    "牵头创办",
];

/// Whether the characters are shaped as a person's name.
pub(super) fn shaped(words: &str) -> bool {
    let letters = words.chars().count();
    let double = DOUBLE.iter().any(|surname| words.starts_with(surname));
    words.chars().all(|letter| letter >= '\u{3400}')
        && words.chars().next().is_some_and(|first| double || SURNAMES.contains(first))
        && (2..=if double { 4 } else { 3 }).contains(&letters)
}

/// Whether a name right behind 创始人 or CEO can be a person's: Latin names too.
pub(super) fn may_follow_title(words: &str) -> bool {
    shaped(words) || words.is_ascii() || words.contains('·') || words.chars().count() <= 4
}

/// Whether the article uses a name as a person's: somewhere it speaks, studied or takes a post.
pub(super) fn is_name(text: &Text, words: &str) -> bool {
    if !shaped(words) {
        return false;
    }
    text.str().match_indices(words).take(8).any(|(at, _)| {
        let tail = text.str().get(at + words.len()..).unwrap_or_default();
        let head = text.str().get(..at).unwrap_or_default();
        SAYS.iter().any(|word| tail.starts_with(word))
            || ["创始人", "ceo", "总裁", "董事长", "执行长", "合伙人", "科学家", "教授", "创办人"]
                .iter()
                .any(|title| head.ends_with(title))
    })
}
