//! Names that an announcement gives its parties: 甲有限公司(「目标公司」), 标的公司:乙.

use crate::domain::Lang;
use crate::extract::Found;
use crate::extract::facts::Facts;
use crate::extract::party::Party;
use crate::extract::text::Text;

/// What stands for a party once it is defined.
const TERMS: &[&str] = &[
    "目标公司",
    "标的公司",
    "标的企业",
    "目标集团",
    "认购人",
    "认购方",
    "本公司",
    "上市公司",
    "公司",
];

/// How far behind a name its bracket is looked at, in bytes.
const REACH: usize = 120;

/// The terms of an article, each with its party; the first definition holds.
#[derive(Debug, Default)]
pub(super) struct Defined<'f>(Vec<(&'static str, &'f Found<Party>)>);

impl<'f> Defined<'f> {
    pub(super) fn new(text: &Text, facts: &'f [Facts]) -> Defined<'f> {
        let mut defined = Defined::default();
        if text.lang() != Lang::Zh {
            return defined;
        }
        for party in facts.iter().flat_map(|facts| &facts.parties) {
            if party.value.is_name() {
                defined.learn(text, party);
            }
        }
        defined
    }

    fn learn(&mut self, text: &Text, party: &'f Found<Party>) {
        let tail = text.str().get(party.span.end()..).unwrap_or_default();
        let tail = tail.get(..tail.floor_char_boundary(REACH)).unwrap_or_default();
        let inside = tail.trim_start().strip_prefix('(').and_then(|tail| tail.split(')').next());
        let head = text.str().get(..party.span.start()).unwrap_or_default();
        let label = head.trim_end_matches([':', ' ', '“', '「', '"']);
        let label = label.strip_suffix(['为', '是']).unwrap_or(label);
        for term in TERMS.iter().copied() {
            let quoted = inside.is_some_and(|inside| {
                inside.split(['"', '“', '”', '「', '」', '‘', '’']).any(|part| part == term)
            });
            let labelled = term.len() > "公司".len() && label.ends_with(term);
            let new = self.0.iter().all(|(known, _)| *known != term);
            if new && (quoted || labelled) {
                self.0.push((term, party));
            }
        }
    }

    /// Whom the words stand for.
    pub(super) fn of(&self, words: &str) -> Option<&'f Found<Party>> {
        self.0.iter().find(|(term, _)| *term == words).map(|(_, party)| *party)
    }
}
