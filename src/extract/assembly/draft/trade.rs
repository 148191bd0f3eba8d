//! Whether the company of a deal, or who buys it, is an AI company.

use super::Draft;
use super::finish::Proof;
use super::finish::Whole;
use crate::domain::DealKind;
use crate::domain::Evidence;
use crate::domain::Field;
use crate::domain::KindGroup;
use crate::domain::Mention;
use crate::domain::Span;
use crate::extract::Found;
use crate::extract::ai;
use crate::extract::ai::Term;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;
use crate::extract::party::Reference;
use crate::extract::text::Text;

impl Draft {
    /// By the table, by the words beside the name, by the article's description.
    pub(super) fn is_ai(
        &self,
        whole: Whole<'_>,
        proof: &mut Proof<'_>,
        target: &Found<Party>,
    ) -> bool {
        let buyers: Vec<&Found<Party>> = self.candidates().flat_map(|c| &c.acquirers).collect();
        let in_table = |party: &Found<Party>| {
            whole
                .table
                .get(party.value.entity.as_ref()?.as_str())
                .map(|entity| (entity.id.clone(), entity.ai))
        };
        // A company that the table knows as none does not become one by its buyer.
        let other_trade =
            in_table(target).is_some_and(|(_, ai)| !ai) || is_old_trade(&target.value.name);
        let count = if other_trade { 1 } else { usize::MAX };
        let sides = || std::iter::once(target).chain(buyers.iter().copied()).take(count);
        let known = sides()
            .find_map(|party| in_table(party).filter(|(_, ai)| *ai))
            .map(|(id, _)| format!("entity:{id}"));
        if let Some(rule) = known {
            proof.rule(Field::Ai, &rule);
            return true;
        }
        let trade = self.trade(whole, target);
        let old = trade == Some(ai::Trade::Old);
        let told = |party: &&Found<Party>| {
            party.value.ai && !(old && std::ptr::eq::<Found<Party>>(*party, target))
        };
        if let Some(party) = sides().find(told) {
            proof.read(Field::Ai, party);
            return true;
        }
        // 主业却与人工智能无关: the text says it, beside the deal.
        let listed = !whole.items.is_empty();
        let unrelated = self.candidates().any(|candidate| {
            let sentences = whole.text.sentences();
            let Some(told) = sentences.get(candidate.sentence) else { return false };
            let first = candidate.sentence.saturating_sub(2);
            sentences.iter().skip(first).take(6).any(|sentence| {
                let beside = sentence.paragraph == told.paragraph
                    || !listed && told.paragraph + 1 == sentence.paragraph;
                let words = whole.text.of(sentence.span);
                beside && UNRELATED.iter().any(|word| words.contains(word))
            })
        });
        if unrelated {
            proof.rule(Field::Ai, "ai.zh.unrelated");
            return false;
        }
        if is_old_trade(&target.value.name) {
            proof.rule(Field::Ai, "ai.zh.trade");
            return false;
        }
        let described = sides().find_map(|party| self.described(whole, party, target, trade));
        if let Some(term) = described {
            proof.evidence.push(whole.text.evidence(Field::Ai, term.span, term.rule));
            return true;
        }
        // 慢雾机器人, in a text on models: a maker of robots by its name.
        let own = target.value.name.as_str();
        let own = ["股份有限公司", "有限责任公司", "有限公司"]
            .iter()
            .find_map(|form| own.strip_suffix(form))
            .unwrap_or(own);
        let robots = own.ends_with("机器人") || own.ends_with("機器人") || own.ends_with("具身");
        let robots = robots && self.focus && !other_trade;
        let strong = whole.terms.iter().flatten().filter(|_| robots).take(64).find(|term| {
            term.strength == ai::Strength::Strong
                && !whole.text.of(target.span).contains(whole.text.of(term.span))
        });
        if let Some(term) = strong {
            proof.evidence.push(whole.text.evidence(Field::Ai, term.span, "ai.zh.robots"));
            return true;
        }
        // 标的公司主营…大模型: what an announcement says of the company that is bought.
        let control = self.group() == KindGroup::Control && self.main && !other_trade;
        let bought = whole.text.sentences().iter().filter(|_| control).find_map(|sentence| {
            let words = whole.text.of(sentence.span);
            let of_target = ["标的公司", "目标公司", "标的企业", "目标集团"]
                .iter()
                .any(|word| words.starts_with(word));
            let terms = whole.terms.get(sentence.index)?;
            terms.iter().find(|term| of_target && term.strength == ai::Strength::Strong)
        });
        if let Some(term) = bought {
            proof.evidence.push(whole.text.evidence(Field::Ai, term.span, "ai.zh.target"));
            return true;
        }
        // AI投融资周报: the list says of all its companies what they are.
        let sets_apart = self.candidates().any(|candidate| {
            whole.text.sentences().get(candidate.sentence).is_some_and(|sentence| {
                ["无关", "不是ai", "并非ai", "非ai"]
                    .iter()
                    .any(|word| whole.text.of(sentence.span).contains(word))
            })
        });
        if lists_ai(whole.text) && !sets_apart && !other_trade {
            proof.rule(Field::Ai, "ai.zh.list");
            return true;
        }
        proof.rule(Field::Ai, "default.ai");
        false
    }
    /// The words that describe one side as an AI company.
    fn described(
        &self,
        whole: Whole<'_>,
        party: &Found<Party>,
        target: &Found<Party>,
        trade: Option<ai::Trade>,
    ) -> Option<Term> {
        let named = whole.places.get(&whole.keys.of(&party.value));
        let mut mentions = named.cloned().unwrap_or_default();
        // Both sides of a merger are what the text is about.
        let merges = self.kind().is_some_and(|kind| kind.value == DealKind::Merger);
        let own = std::ptr::eq(party, target);
        if !own && !merges {
            // Buyers of all trades buy AI; a buyer is one only by its own description.
            return ai::beside(whole.terms, &mentions);
        }
        if self.focus && own {
            mentions.extend(self.referred(whole));
        }
        let trade = if own { trade } else { self.trade(whole, party) };
        let about = ai::About { focus: self.focus, trade };
        ai::described(whole.text, whole.facts, whole.terms, &mentions, about)
    }
    /// The trade, none in AI, that the words beside a company's name or what stands for it tell.
    fn trade(&self, whole: Whole<'_>, party: &Found<Party>) -> Option<ai::Trade> {
        let mut named = whole.places.get(&whole.keys.of(&party.value)).cloned().unwrap_or_default();
        if self.focus && self.key == whole.keys.of(&party.value) {
            named.extend(self.references(whole));
        }
        ai::trade(whole.text, whole.terms, &named)
    }

    /// Where the company that the article is about is spoken of without its name, and the sentences
    /// of the deal itself.
    fn referred(&self, whole: Whole<'_>) -> Vec<(usize, Span)> {
        let mut places: Vec<(usize, Span)> =
            self.candidates().map(|c| (c.sentence, c.trigger.span)).collect();
        places.extend(self.references(whole));
        places
    }

    /// Where a word stands for the company that the article is about: `the startup`.
    fn references(&self, whole: Whole<'_>) -> Vec<(usize, Span)> {
        let mut places = Vec::new();
        let mut spoken_of = false;
        for (at, facts) in whole.facts.iter().enumerate() {
            let first = facts.parties.iter().find(|party| {
                matches!(party.value.kind, PartyKind::Company | PartyKind::Refers(_))
            });
            let Some(first) = first else { continue };
            // `the AI lab`: what the words that stand for it call it.
            let called = whole.terms.get(at).into_iter().flatten().any(|term| {
                facts.parties.iter().any(|party| {
                    party.value.kind == PartyKind::Refers(Reference::Company)
                        && party.span.contains(term.span)
                })
            });
            match first.value.kind {
                PartyKind::Refers(Reference::Company | Reference::It) if spoken_of || called => {
                    places.push((at, first.span));
                }
                PartyKind::Refers(_) => {}
                _ => spoken_of = whole.keys.of(&first.value) == self.key,
            }
        }
        places
    }
}

/// Words by which a text says that a company is not in AI.
const UNRELATED: &[&str] = &[
    "与人工智能无关",
    "与ai无关",
    "和ai无关",
    "跟ai无关",
    "不属于ai",
    "并非ai",
    "不是一家ai",
    "并非ai公司",
    "不是ai公司",
];

/// 盛源锂业, 北岭银行: what a company digs, brews or insures is told by its name, and it is no AI
/// company because it uses AI.
fn is_old_trade(name: &str) -> bool {
    [
        "锂业", "鋰業", "矿业", "礦業", "钢铁", "鋼鐵", "水泥", "酒业", "酒業", "乳业", "食品",
        "饮料", "飲料", "地产", "地產", "置业", "置業", "银行", "銀行", "证券", "證券", "保险",
        "保險", "人寿", "人壽", "煤业", "化工", "纺织", "紡織", "航运", "航運",
    ]
    .iter()
    .any(|trade| name.ends_with(trade))
}

/// Whether a Chinese headline says that what follows is a list of deals in AI.
fn lists_ai(text: &Text) -> bool {
    const LISTS: &[&str] = &[
        "ai投融资",
        "ai融资",
        "ai月报",
        "ai周报",
        "ai投资周",
        "ai创投",
        "ai并购",
        "ai一周",
        "人工智能投融资",
        "人工智能融资",
        "具身智能投融资",
        "具身智能融资",
        "大模型投融资",
    ];
    const WEEKLY: &[&str] =
        &["投融资周报", "投融资月报", "融资周报", "融资月报", "投融资日报", "投融资盘点"];
    text.sentences()
        .iter()
        .filter(|sentence| sentence.place == crate::extract::text::Place::Title)
        .map(|title| text.of(title.span))
        .any(|title| {
            LISTS.iter().any(|word| title.contains(word))
                || WEEKLY.iter().any(|word| {
                    title.find(word).is_some_and(|at| {
                        title.get(at + word.len()..).is_some_and(|tail| {
                            let tail = tail.trim_start_matches([':', '|', ' ']);
                            tail.starts_with("ai") && !tail.contains(';')
                        })
                    })
                })
        })
}

/// What the words beside one deal of a company say of its trade holds for its other deals.
pub fn mark_ai(mention: &mut Mention) {
    mention.ai = true;
    mention.evidence.retain(|evidence| evidence.field != Field::Ai);
    let rule = "assembly.same_company".to_owned();
    mention.evidence.push(Evidence { field: Field::Ai, start: None, end: None, text: None, rule });
}
