//! Whether a Latin name says in English what a Chinese name says: Starfield is 星野, `TideVoice`
//! has the tide of 听潮.
//!
//! Companies that have a name in each script translate it as often as they spell its sound. A
//! translated character proves little (many names have a star): callers ask for facts that agree
//! as well. Words of the trade (cloud, data, chip, robot, intelligence) are in half of all names
//! and left out.

use std::collections::BTreeSet;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::fold::View;

/// A shorter English word has to begin or end the Latin name: it stands in too many others.
const LONG_ENOUGH: usize = 4;

/// Characters of names with the English words that stand for them; simplified, as texts fold.
const GLOSSES: &[(&str, &[&str])] = &[
    // Sky and weather.
    ("星", &["star", "stellar", "astra", "astro"]),
    ("月", &["moon", "luna"]),
    ("日", &["sun"]),
    ("阳", &["sun", "solar"]),
    ("光", &["light", "lumen", "lumi", "photon", "ray"]),
    ("曦", &["dawn"]),
    ("晓", &["dawn"]),
    ("晨", &["dawn", "morning"]),
    ("夜", &["night"]),
    ("天", &["sky", "heaven", "celest"]),
    ("穹", &["sky", "dome", "vault"]),
    ("宇", &["cosmos", "cosmic"]),
    ("风", &["wind", "breeze", "gale"]),
    ("雨", &["rain"]),
    ("雪", &["snow"]),
    ("霜", &["frost"]),
    ("冰", &["ice"]),
    ("雷", &["thunder"]),
    ("虹", &["rainbow"]),
    ("火", &["fire", "blaze"]),
    ("焰", &["flame"]),
    ("炬", &["torch"]),
    ("灯", &["lamp", "lantern"]),
    ("春", &["spring"]),
    ("夏", &["summer"]),
    ("秋", &["autumn"]),
    ("冬", &["winter"]),
    // Water and land.
    ("海", &["sea", "ocean", "marine"]),
    ("洋", &["ocean"]),
    ("潮", &["tide", "tidal"]),
    ("浪", &["wave", "surf"]),
    ("澜", &["wave", "billow"]),
    ("波", &["wave"]),
    ("河", &["river"]),
    ("江", &["river"]),
    ("川", &["river"]),
    ("溪", &["creek", "brook", "stream"]),
    ("湖", &["lake"]),
    ("泉", &["spring", "fountain"]),
    ("岛", &["island", "isle"]),
    ("湾", &["bay"]),
    ("港", &["harbor", "harbour", "port"]),
    ("岸", &["shore", "bank", "coast"]),
    ("礁", &["reef"]),
    ("山", &["mountain", "mount", "hill"]),
    ("峰", &["peak", "summit"]),
    ("岭", &["ridge"]),
    ("谷", &["valley"]),
    ("野", &["field", "wild"]),
    ("田", &["field"]),
    ("原", &["plain", "prairie"]),
    ("石", &["stone", "rock"]),
    ("岩", &["rock"]),
    ("沙", &["sand"]),
    ("路", &["road", "path"]),
    ("桥", &["bridge"]),
    ("门", &["gate", "door"]),
    ("窗", &["window"]),
    ("塔", &["tower"]),
    ("城", &["city", "castle"]),
    // Plants and animals.
    ("林", &["forest", "grove", "wood"]),
    ("木", &["wood", "timber"]),
    ("松", &["pine"]),
    ("杉", &["fir", "cedar"]),
    ("橡", &["oak"]),
    ("柳", &["willow"]),
    ("枫", &["maple"]),
    ("竹", &["bamboo"]),
    ("梅", &["plum"]),
    ("兰", &["orchid"]),
    ("莲", &["lotus"]),
    ("荷", &["lotus"]),
    ("花", &["flower", "bloom", "blossom"]),
    ("叶", &["leaf"]),
    ("禾", &["grain"]),
    ("麦", &["wheat"]),
    ("草", &["grass"]),
    ("藤", &["vine"]),
    ("根", &["root"]),
    ("种", &["seed"]),
    ("芽", &["sprout", "bud"]),
    ("龙", &["dragon"]),
    ("凤", &["phoenix"]),
    ("虎", &["tiger"]),
    ("狮", &["lion"]),
    ("豹", &["leopard", "panther"]),
    ("狼", &["wolf"]),
    ("熊", &["bear"]),
    ("猫", &["cat"]),
    ("狐", &["fox"]),
    ("鹿", &["deer", "stag", "elk"]),
    ("马", &["horse"]),
    ("象", &["elephant"]),
    ("鹰", &["eagle", "hawk"]),
    ("隼", &["falcon"]),
    ("雁", &["goose"]),
    ("燕", &["swallow"]),
    ("鸽", &["dove", "pigeon"]),
    ("鹤", &["crane"]),
    ("鹭", &["heron", "egret"]),
    ("鸥", &["gull"]),
    ("鲸", &["whale"]),
    ("鲨", &["shark"]),
    ("鱼", &["fish"]),
    ("龟", &["turtle", "tortoise"]),
    ("蜂", &["bee"]),
    ("蝶", &["butterfly"]),
    ("蚁", &["ant"]),
    // Senses, speech and writing.
    ("听", &["hear", "listen"]),
    ("聆", &["hear", "listen"]),
    ("声", &["voice", "sound", "sonic", "vox"]),
    ("音", &["voice", "sound", "tone", "audio"]),
    ("语", &["speech", "speak", "talk", "lingu"]),
    ("言", &["word", "speak", "speech"]),
    ("诗", &["poem", "verse", "poet"]),
    ("书", &["book"]),
    ("笔", &["pen", "quill"]),
    ("墨", &["ink"]),
    ("画", &["paint", "draw"]),
    ("镜", &["mirror", "lens"]),
    ("影", &["shadow"]),
    ("眼", &["eye"]),
    ("目", &["eye"]),
    ("心", &["heart", "mind"]),
    ("思", &["think", "thought", "mind"]),
    ("梦", &["dream"]),
    ("灵", &["spirit", "soul"]),
    ("手", &["hand"]),
    ("掌", &["palm"]),
    ("指", &["finger"]),
    ("步", &["step", "stride"]),
    ("翼", &["wing"]),
    ("羽", &["feather", "plume"]),
    ("角", &["horn"]),
    ("骨", &["bone"]),
    // Things and substances.
    ("金", &["gold"]),
    ("银", &["silver"]),
    ("铜", &["copper", "bronze"]),
    ("铁", &["iron"]),
    ("钢", &["steel"]),
    ("玉", &["jade"]),
    ("珠", &["pearl"]),
    ("琥珀", &["amber"]),
    ("珊瑚", &["coral"]),
    ("晶", &["crystal"]),
    ("钻", &["diamond"]),
    ("舟", &["boat", "ship"]),
    ("船", &["boat", "ship"]),
    ("帆", &["sail"]),
    ("锚", &["anchor"]),
    ("箭", &["arrow"]),
    ("弓", &["bow"]),
    ("剑", &["sword"]),
    ("盾", &["shield"]),
    ("屏", &["screen"]),
    ("旗", &["flag", "banner"]),
    ("钟", &["bell", "clock"]),
    ("琴", &["lyre", "harp"]),
    ("鼓", &["drum"]),
    ("棋", &["chess"]),
    ("丝", &["silk"]),
    ("织", &["weave", "loom", "knit"]),
    ("针", &["needle"]),
    ("尺", &["ruler"]),
    ("环", &["ring", "loop"]),
    ("线", &["thread", "line"]),
    ("衡", &["balance"]),
    // Colours, sides and ways.
    ("红", &["red", "crimson"]),
    ("蓝", &["blue", "azure"]),
    ("青", &["green", "azure"]),
    ("绿", &["green"]),
    ("白", &["white"]),
    ("黑", &["black"]),
    ("紫", &["purple", "violet"]),
    ("北", &["north"]),
    ("南", &["south"]),
    ("东", &["east"]),
    ("西", &["west"]),
    ("飞", &["fly", "flight", "soar"]),
    ("跃", &["leap", "jump"]),
    ("极", &["polar", "pole"]),
    ("源", &["source", "origin"]),
    ("零", &["zero"]),
];

/// How many characters of the Chinese name the Latin name translates.
///
/// ```
/// use dealwatch::entity::translated;
///
/// assert_eq!(translated("星野智能", "Starfield AI"), 2);
/// assert_eq!(translated("聽潮科技", "TideVoice"), 1);
/// assert_eq!(translated("云帆机器人", "Larkspur Robotics"), 0);
/// ```
pub fn translated(chinese: &str, latin: &str) -> usize {
    let chinese = View::new(chinese).text;
    let latin: String =
        View::new(latin).text.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let stands = |word: &&str| {
        (word.len() >= LONG_ENOUGH && latin.contains(*word))
            || latin.starts_with(*word)
            || latin.ends_with(*word)
    };
    let first: BTreeSet<char> = chinese.chars().collect();
    let glosses = first.iter().filter_map(|letter| BY_FIRST.get(letter)).flatten();
    glosses
        .filter(|(characters, words)| chinese.contains(characters) && words.iter().any(stands))
        .count()
}

/// A gloss: characters and the words that stand for them.
type Gloss = (&'static str, &'static [&'static str]);

/// The glosses by their first character.
static BY_FIRST: LazyLock<HashMap<char, Vec<Gloss>>> = LazyLock::new(|| {
    let mut glosses: HashMap<char, Vec<Gloss>> = HashMap::new();
    for (characters, words) in GLOSSES {
        if let Some(first) = characters.chars().next() {
            glosses.entry(first).or_default().push((characters, words));
        }
    }
    glosses
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_says_the_same_is_told_from_one_that_does_not() {
        for (chinese, latin, expected) in [
            ("石屏重工", "Stonescreen Heavy", 2),
            ("鯨鼓科技", "Whaledrum", 2),
            ("听澜语音", "WaveHear", 2),
            ("松间创投", "Pine Hollow Ventures", 1),
            ("红杉中国", "Sequoia China", 0),
            // A red hat is no hatred, and an antenna no ant.
            ("红帽软件", "Hatred Games", 0),
            ("小蚁智能", "Giant Antenna", 0),
            ("月之暗面", "Moonshot", 1),
            ("智谱", "MiniMax", 0),
        ] {
            assert_eq!(translated(chinese, latin), expected, "{chinese} {latin}");
        }
    }

    #[test]
    fn every_gloss_is_written_as_texts_fold() {
        let mut seen = std::collections::BTreeSet::new();
        for (character, words) in GLOSSES {
            assert_eq!(View::new(character).text, *character);
            assert!(seen.insert(character), "{character} stands twice");
            assert!(words.iter().all(|word| word.len() >= 3 && word.is_ascii()), "{character}");
        }
    }
}
