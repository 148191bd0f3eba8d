//! Headlines that tell something else than a deal, and deals that are told on the way.

use super::super::draft::Draft;
use crate::domain::Lang;
use crate::extract::lexicon::list::List;
use crate::extract::text::Place;
use crate::extract::text::Text;

/// What a Chinese headline tells that is no deal.
static OTHER: List = List::new(&[
    "发布",
    "發布",
    "發佈",
    "推出",
    "上线",
    "上線",
    "开源",
    "開源",
    "任命",
    "出任",
    "起诉",
    "起訴",
    "被诉",
    "诉讼",
    "訴訟",
    "关停",
    "關停",
    "裁员",
    "裁員",
    "离职",
    "離職",
    "首发",
    "首發",
    "亮相",
    "升级",
    "升級",
    "营收",
    "營收",
    "收入突破",
    "业绩",
    "業績",
    "财报",
    "財報",
    "中标",
    "量产",
    "量產",
    "交付",
    "入选",
    "入選",
    "投产",
    "投產",
    "降价",
    "降價",
    "更名",
    "设办公室",
    "设立办公室",
    "設辦公室",
    "下载量",
    "用户破",
    "專利",
    "专利",
    "开设",
    "開設",
]);

/// Whether the headline tells of something else that a company does: a launch, an office, a post. A
/// deal that comes after the first sentence is then told in passing.
pub(super) fn has_other_news(text: &Text, drafts: &[Draft]) -> bool {
    let titled = drafts.iter().any(|draft| draft.in_title(text));
    let verb = |word: &str| {
        matches!(
            word,
            "launches"
                | "launch"
                | "opens"
                | "releases"
                | "unveils"
                | "rolls"
                | "learns"
                | "names"
                | "appoints"
                | "ships"
                | "introduces"
                | "debuts"
                | "hires"
                | "poaches"
                | "open-sources"
                | "previews"
                | "tests"
                | "teaches"
                | "brings"
                | "rebrands"
                | "adds"
                | "cuts"
                | "sued"
                | "sues"
                | "partners"
                | "recruits"
                | "promotes"
                | "publishes"
        )
    };
    let mut titles = text.sentences().iter().filter(|sentence| sentence.place == Place::Title);
    !titled
        && titles.any(|title| match title.lang {
            Lang::En => text.tokens_of(title).iter().any(|token| verb(text.of(token.span))),
            Lang::Zh => OTHER.within(text.of(title.span)),
        })
}

/// `Opinion: the bubble will burst`, 观点：…: a piece that argues by deals which are known.
pub(super) fn is_opinion(text: &Text) -> bool {
    let Some(title) = text.sentences().first().filter(|first| first.place == Place::Title) else {
        return false;
    };
    let words = text.of(title.span);
    let Some((label, _)) = words.split_once([':', '|']) else { return false };
    let label = label.trim_start_matches(['[', '【', '(']).trim_end_matches([' ', ']', '】', ')']);
    matches!(
        label,
        "opinion"
            | "column"
            | "comment"
            | "commentary"
            | "editorial"
            | "op-ed"
            | "essay"
            | "viewpoint"
            | "letter"
            | "letters"
            | "观点"
            | "觀點"
            | "评论"
            | "評論"
            | "专栏"
            | "專欄"
            | "社论"
            | "社論"
            | "随笔"
            | "隨筆"
            | "时评"
    )
}

/// `the lab that raised $2 billion in March`: what only says which company is meant.
pub(super) fn is_aside(text: &Text, draft: &Draft) -> bool {
    draft.candidates().filter(|candidate| !candidate.supports_only).all(|candidate| {
        text.sentences().get(candidate.sentence).is_some_and(|sentence| {
            let tokens = text.tokens_of(sentence);
            let at =
                tokens.partition_point(|token| token.span.start() < candidate.trigger.span.start());
            sentence.lang == Lang::En
                && (1..4)
                    .filter_map(|n| at.checked_sub(n))
                    .filter_map(|at| tokens.get(at))
                    .any(|token| matches!(text.of(token.span), "that" | "which" | "who" | "it"))
        })
    })
}
