//! Statements that a sum is not told: 交易金额未披露, 未透露具体价格.

use std::ops::Range;

use crate::extract::lexicon::list::List;

/// Words for the sum of a deal.
const SUM_NOUNS: &[&str] = &[
    "金额",
    "价格",
    "对价",
    "作价",
    "价金",
    "售价",
    "数额",
    "额度",
    "融资额",
    "收购价",
    "条款",
    "价码",
    "细节",
    "财务条款",
];

/// Words that say it is not told.
static UNTOLD: List = List::new(&[
    "未披露",
    "未公开",
    "未透露",
    "未公布",
    "未对外",
    "未予披露",
    "未予公开",
    "未作披露",
    "没有公布",
    "没有公开",
    "没有透露",
    "没有披露",
    "没公布",
    "没公开",
    "没披露",
    "没透露",
    "不公开",
    "不便透露",
    "不详",
    "未知",
    "保密",
    "并未披露",
    "并未公开",
    "并未透露",
    "尚未披露",
    "尚未公布",
    "尚未公开",
    "未揭露",
    "没有揭露",
    "未说明",
    "未获披露",
    "未有披露",
    "未有公布",
]);

/// How far the two may stand apart, in bytes: some eight characters.
const APART: usize = 26;

/// Places that say the sum is not told: 交易金额未披露, 未透露具体价格.
pub(super) fn find_undisclosed(text: &str) -> Vec<Range<usize>> {
    if !UNTOLD.within(text) {
        return Vec::new();
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, word) in UNTOLD.words().iter().flat_map(|word| text.match_indices(word)) {
        let end = at + word.len();
        let lead_from = text.floor_char_boundary(at.saturating_sub(APART));
        let lead = text.get(lead_from..at).unwrap_or_default();
        let tail_to = text.ceil_char_boundary((end + APART / 2).min(text.len()));
        let tail = text.get(end..tail_to).unwrap_or_default();
        let clause_lead =
            lead.rfind(['。', ';', '\n']).map_or(lead, |cut| lead.get(cut..).unwrap_or(lead));
        let clause_tail = tail.split(['。', ';', ',', '\n']).next().unwrap_or(tail);
        let before = SUM_NOUNS.iter().filter_map(|noun| clause_lead.rfind(noun)).max();
        if let Some(noun) = before {
            found.push(at - clause_lead.len() + noun..end);
        } else if SUM_NOUNS.iter().any(|noun| clause_tail.contains(noun)) {
            found.push(at..end + clause_tail.len());
        }
    }
    found.sort_by_key(|range| range.start);
    found.dedup_by(|later, first| later.start < first.end);
    found
}
