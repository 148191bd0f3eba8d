//! Invented names: companies in two scripts, funds, buyers, outlets.

use fastrand::Rng;

const FIRST: &[&str] = &[
    "Bal", "Cor", "Dav", "Eld", "Fen", "Gar", "Hal", "Ism", "Jun", "Kel", "Lor", "Mer", "Nor",
    "Osk", "Pel", "Quil", "Ros", "Sel", "Tam", "Ulm", "Vel", "Wen", "Yar", "Zim", "Bram", "Crel",
    "Drov", "Flen", "Grev", "Hest", "Kran", "Lund", "Marl", "Prin", "Scel", "Strev", "Trel",
    "Vash", "Wyst", "Zand",
];
const MIDDLE: &[&str] = &[
    "a", "e", "i", "o", "u", "adi", "amo", "edo", "ena", "ibe", "ilo", "ora", "osi", "ula", "umi",
    "ando", "endi", "inta", "orvi", "ulso",
];
const LAST: &[&str] = &[
    "bar", "cast", "dell", "fex", "gate", "harn", "jet", "kind", "lane", "mark", "nix", "port",
    "quor", "rill", "stow", "tide", "vane", "wick", "xor", "yard", "zell", "brook", "crest",
    "drift", "flint", "grove", "helm", "knot", "latch", "mond",
];
const TAILS: &[&str] = &["", " AI", " Labs", " Robotics", " Systems", " Technologies"];

const HAN: &[char] = &[
    '曜', '澜', '衡', '墨', '岚', '昱', '铂', '朔', '翎', '穹', '沐', '珩', '砚', '屿', '霁', '渊',
    '彦', '煦', '锐', '泓', '谦', '柏', '芮', '陌', '筑', '鹿', '禾', '棠', '枢', '弈', '晟', '绮',
    '舟', '麓', '岳', '川', '石', '林', '月', '云',
];
const HAN_TAILS: &[&str] = &["智能", "科技", "机器人", "人工智能", "技术"];
const HAN_FUNDS: &[&str] = &["资本", "创投", "基金", "投资"];
const FUNDS: &[&str] = &["Ventures", "Capital", "Partners"];

/// A company, a fund or a buyer; the other name if it has one in the other script.
#[derive(Debug, Clone)]
pub struct Name {
    pub en: String,
    pub zh: String,
}

/// Names by number: the same number is the same name, and no two numbers share one.
pub struct Names {
    seed: u64,
}

impl Names {
    pub fn new(seed: u64) -> Names {
        Names { seed }
    }

    /// The stem that a number has in both scripts; every number below the product of the parts
    /// has its own, in an order that looks drawn.
    fn stems(&self, number: usize) -> (String, String) {
        let latin = FIRST.len() * MIDDLE.len() * LAST.len();
        // A step that shares no factor with the product visits all of it.
        let step = 10_007 + 2 * usize::try_from(self.seed % 4).unwrap_or(0);
        let place = (number * step) % latin;
        let mut en = FIRST[place % FIRST.len()].to_owned();
        en.push_str(MIDDLE[place / FIRST.len() % MIDDLE.len()]);
        en.push_str(LAST[place / FIRST.len() / MIDDLE.len() % LAST.len()]);
        let han = HAN.len() * HAN.len() * HAN.len();
        let place = (number * 10_007) % han;
        let letters = [place, place / HAN.len(), place / HAN.len() / HAN.len()];
        let zh = letters.iter().map(|letter| HAN[letter % HAN.len()]).collect();
        (en, zh)
    }

    pub fn company(&self, number: usize) -> Name {
        let (en, zh) = self.stems(number);
        let (tail, han_tail) = (TAILS[number % TAILS.len()], HAN_TAILS[number % HAN_TAILS.len()]);
        Name { en: format!("{en}{tail}"), zh: format!("{zh}{han_tail}") }
    }

    /// A company that is called like another and is not it.
    pub fn look_alike(&self, number: usize) -> Name {
        let (en, zh) = self.stems(number);
        // Only names with a tail have a sibling: without one either could be meant.
        let tail = TAILS[1 + number % (TAILS.len() - 1)];
        Name { en: format!("{en}{tail} Motion"), zh: format!("{zh}生物") }
    }

    pub fn fund(&self, dice: &mut Rng) -> Name {
        let number = dice.usize(0..160);
        let (en, zh) = self.stems(24_000 - number);
        Name {
            en: format!("{en} {}", FUNDS[number % FUNDS.len()]),
            zh: format!("{zh}{}", HAN_FUNDS[number % HAN_FUNDS.len()]),
        }
    }

    pub fn buyer(&self, dice: &mut Rng) -> Name {
        let (en, zh) = self.stems(23_800 - dice.usize(0..200));
        Name { en: format!("{en} Group"), zh: format!("{zh}集团") }
    }
}
