//! Which of the two encodings of Chinese bytes are in, by what they say.
//!
//! Most pairs of bytes are a character in both. Read in the wrong one, a text is made of rare
//! characters; read in the right one, every third is among the few hundred that all texts use.

use encoding_rs::Encoding;

/// Characters that make up a third of any Chinese text, simplified and traditional, in no order;
/// the last lines are what business news uses most.
const COMMON: &str = "的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主发發\
    年动動同工也能下过過子说說产產种種面而方后後多定行学學法所民得经經十三之进進着著等部度家电電力里裡如水化高自二理\
    起小物现現实實加量都两兩体體制机機当當使点點从從业業本去把性好应應开開它合还還因由其些然前外天政四日那社义義事\
    平形相全表间間样樣与與关關各重新线線内內数數正心反你明看原又么麼利比或但质質气氣第向道命此变變条條只没沒结結解\
    问問意建月公无無系系军軍很情者最立代想已通并並提直题題党黨程展五果料象员員革位入常文总總次品式活设設及管特件长長\
    求老头頭基资資边邊流路级級少图圖山统統接知较較将將组組见見计計别別她手角期根论論运運农農指几幾九区區强強放决決\
    西被干做必战戰先回则則任取据據处處队隊南给給色光门門即保治北造百规規热熱领領七海口东東导導器压壓志世金增争爭济濟\
    融投亿億元万萬轮輪司购購收宣布佈完股跟创創企科技智能宣市场場交易额額美今报報据開辦称稱近消息记記團团研型模";

/// The part of the bytes that is looked at; an answer is clear long before.
const SAMPLE_BYTES: usize = 16 * 1024;

/// Fewer Chinese characters than this say nothing.
const ENOUGH: usize = 4;

/// The encoding that makes sense of `bytes`, if one does clearly better than `other`.
pub(super) fn clearer(bytes: &[u8], other: &'static Encoding) -> Option<&'static Encoding> {
    let sample = bytes.get(..SAMPLE_BYTES.min(bytes.len())).unwrap_or_default();
    if sample.is_ascii() {
        return None;
    }
    let own = share(sample, other);
    [encoding_rs::GB18030, encoding_rs::BIG5]
        .into_iter()
        .filter(|encoding| *encoding != other)
        .map(|encoding| (share(sample, encoding), encoding))
        .filter(|(share, _)| *share >= 30 && *share >= 2 * own)
        .max_by_key(|(share, _)| *share)
        .map(|(_, encoding)| encoding)
}

/// How many of 100 Chinese characters are common ones; none if there are hardly any, and less for
/// every sequence that is no character.
fn share(sample: &[u8], encoding: &'static Encoding) -> usize {
    let text = super::read(sample, encoding);
    let (mut chinese, mut common, mut wrong) = (0_usize, 0_usize, 0_usize);
    for c in text.chars() {
        match c {
            '\u{3400}'..='\u{9fff}' => {
                chinese += 1;
                common += usize::from(is_common(c));
            }
            // What no news is written in.
            '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{3100}'..='\u{33ff}' => wrong += 1,
            _ => {}
        }
    }
    if chinese < ENOUGH {
        return 0;
    }
    (common * 100 / (chinese + wrong)).saturating_sub(wrong * 100 / (chinese + wrong))
}

fn is_common(c: char) -> bool {
    static SORTED: std::sync::LazyLock<Vec<char>> = std::sync::LazyLock::new(|| {
        let mut sorted: Vec<char> = COMMON.chars().filter(|c| !c.is_ascii()).collect();
        sorted.sort_unstable();
        sorted
    });
    SORTED.binary_search(&c).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, encoding: &'static Encoding, taken_for: &'static Encoding) {
        let bytes = encoding.encode(text).0;
        assert_eq!(clearer(&bytes, taken_for), Some(encoding), "{text}");
        assert_eq!(clearer(&bytes, encoding), None, "{text}");
    }

    #[test]
    fn the_one_that_makes_sense_is_found() {
        let (gb, big5) = (encoding_rs::GB18030, encoding_rs::BIG5);
        check("公司宣布完成新一轮融资", gb, big5);
        check("公司宣布完成新一輪融資", big5, gb);
        check("今天天气很好，我们去公园看花", gb, encoding_rs::EUC_JP);
        check("今天天氣很好，我們去公園看花", big5, encoding_rs::WINDOWS_1252);
    }

    #[test]
    fn other_scripts_are_left_alone() {
        for (text, encoding) in [
            ("日本の会社が資金を調達したと発表しました", encoding_rs::SHIFT_JIS),
            ("日本の会社が資金を調達したと発表しました", encoding_rs::EUC_JP),
            ("회사가 투자를 받았다고 발표했습니다", encoding_rs::EUC_KR),
            ("Le café a levé des fonds à Nîmes", encoding_rs::WINDOWS_1252),
            ("Компания привлекла инвестиции", encoding_rs::WINDOWS_1251),
        ] {
            assert_eq!(clearer(&encoding.encode(text).0, encoding), None, "{text}");
        }
    }
}
