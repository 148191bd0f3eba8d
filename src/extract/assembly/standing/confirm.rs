//! A sentence by which the company makes news of what was hearsay: `Apple confirmed it`, 公司证实了这一消息.

use super::super::draft::Draft;
use crate::domain::DealStatus;
use crate::domain::Lang;
use crate::extract::Found;
use crate::extract::facts::Facts;
use crate::extract::party::PartyKind;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

/// How many sentences behind a rumour its confirmation may stand.
const NEAR: usize = 5;

/// Makes announced what one of those who deal confirms behind the rumour.
pub fn confirm(text: &Text, facts: &[Facts], drafts: &mut [Draft]) {
    let heard = |draft: &&mut Draft| {
        draft.main && draft.status().is_some_and(|status| status.value == DealStatus::Rumoured)
    };
    for draft in drafts.iter_mut().filter(heard) {
        let first = draft.first_sentence();
        let found = text.sentences().iter().skip(first).take(NEAR + 1).find_map(|sentence| {
            let facts = facts.get(sentence.index)?;
            let span = match sentence.lang {
                Lang::En => confirms_en(text, sentence, facts),
                Lang::Zh => confirms_zh(text, sentence),
            }?;
            Some((sentence.index, span))
        });
        let Some((_, span)) = found else { continue };
        for part in &mut draft.parts {
            let rumoured = part
                .candidate
                .status
                .as_ref()
                .is_none_or(|status| status.value == DealStatus::Rumoured);
            if rumoured {
                part.candidate.status =
                    Some(Found { value: DealStatus::Announced, span, rule: "assembly.confirmed" });
            }
        }
    }
}

/// `Apple confirmed it`, `a spokesperson confirmed the deal`; not `could not be confirmed`, nor
/// `confirmed that talks took place`.
fn confirms_en(text: &Text, sentence: &Sentence, facts: &Facts) -> Option<crate::domain::Span> {
    let tokens = text.tokens_of(sentence);
    let word = |at: usize| tokens.get(at).map_or("", |token| text.of(token.span));
    let at = (0..tokens.len()).find(|at| matches!(word(*at), "confirmed" | "confirms"))?;
    let subject = (1..5).filter_map(|n| at.checked_sub(n)).any(|at| {
        matches!(
            word(at),
            "company"
                | "startup"
                | "spokesperson"
                | "spokesman"
                | "spokeswoman"
                | "companies"
                | "both"
        ) || facts.parties.iter().any(|party| {
            party.value.kind == PartyKind::Company
                && tokens.get(at).is_some_and(|token| party.span.contains(token.span))
        })
    });
    let denied = (1..4).filter_map(|n| at.checked_sub(n)).any(|at| {
        matches!(
            word(at),
            "not" | "n't" | "never" | "be" | "nor" | "neither" | "independently" | "yet"
        )
    });
    let object = matches!(
        (word(at + 1), word(at + 2)),
        ("it", _)
            | (
                "the" | "this",
                "deal"
                    | "round"
                    | "acquisition"
                    | "purchase"
                    | "funding"
                    | "financing"
                    | "news"
                    | "report"
                    | "investment"
                    | "raise"
                    | "transaction"
                    | "sale"
            )
    );
    let span = tokens.get(at)?.span;
    (subject && object && !denied).then_some(span)
}

/// 公司证实了这一消息, 双方确认交易; not 未证实.
fn confirms_zh(text: &Text, sentence: &Sentence) -> Option<crate::domain::Span> {
    let words = text.of(sentence.span);
    let (at, verb) = ["证实", "證實", "确认", "確認"]
        .iter()
        .find_map(|verb| words.find(verb).map(|at| (at, *verb)))?;
    let head = words.get(..at)?;
    let tail = words.get(at + verb.len()..)?;
    let near = |words: &str, list: &[&str]| list.iter().any(|word| words.contains(word));
    let reach = tail.char_indices().nth(12).map_or(tail.len(), |(at, _)| at);
    let tail = tail.get(..reach)?;
    let who = near(
        head,
        &["公司", "双方", "雙方", "发言人", "發言人", "方面", "官方", "创始人", "創辦人"],
    );
    let what =
        near(tail, &["消息", "此事", "交易", "收购", "收購", "融资", "融資", "属实", "屬實"]);
    let open = head
        .ends_with(['未', '不', '没', '待', '被', '获', '獲', '经', '無', '无', '以', '法'])
        || near(tail, &["洽谈", "洽談", "谈判", "談判"]);
    let base = sentence.span.start();
    (who && what && !open).then(|| text.span(base + at, base + at + verb.len())).flatten()
}
