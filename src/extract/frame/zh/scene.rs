//! A sentence as the frames see it: what was found and the words between, cut into clauses.

mod group;

use std::ops::Range;

use crate::domain::Amount;
use crate::domain::Percent;
use crate::domain::RoundCode;
use crate::domain::Span;
use crate::domain::Valuation;
use crate::extract::Found;
use crate::extract::candidate::Candidate;
use crate::extract::date::When;
use crate::extract::facts::Facts;
use crate::extract::money::INFERRED;
use crate::extract::money::Role;
use crate::extract::money::Sum;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;
use crate::extract::segment;
use crate::extract::segment::Class;
use crate::extract::segment::What;
use crate::extract::text::Place;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

use group::clauses;
use group::groups;

/// One thing in a sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'f> {
    pub(super) span: Span,
    pub(super) is: Is<'f>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Is<'f> {
    Party(&'f Found<Party>),
    Sum(&'f Found<Sum>),
    Round(&'f Found<RoundCode>),
    Percent(&'f Found<Percent>),
    Date(&'f Found<When>),
    Word(Class),
    Number,
    Stop,
    Mark(char),
    Rest,
}

/// Names side by side: 甲、乙和丙等.
#[derive(Debug, Clone)]
pub(super) struct Group<'f> {
    /// Items it covers.
    pub(super) items: Range<usize>,
    pub(super) parties: Vec<&'f Found<Party>>,
}

impl<'f> Group<'f> {
    pub(super) fn first(&self) -> Option<&'f Found<Party>> {
        self.parties.first().copied()
    }
}

pub(super) struct Scene<'f> {
    pub(super) text: &'f Text,
    pub(super) sentence: &'f Sentence,
    pub(super) facts: &'f Facts,
    pub(super) items: Vec<Item<'f>>,
    /// Item ranges between stops.
    pub(super) clauses: Vec<Range<usize>>,
    pub(super) groups: Vec<Group<'f>>,
}

impl<'f> Scene<'f> {
    pub(super) fn new(text: &'f Text, sentence: &'f Sentence, facts: &'f Facts) -> Scene<'f> {
        let known = known(facts);
        let spans: Vec<Span> = known.iter().map(|item| item.span).collect();
        let mut items: Vec<Item<'f>> = Vec::new();
        let tight = sentence.place == Place::Title && is_tight(text.of(sentence.span));
        for piece in segment::cut(text, sentence.span, &spans) {
            let is = match piece.what {
                What::Known(index) => match known.get(index) {
                    Some(item) => item.is,
                    None => continue,
                },
                What::Word(class) => Is::Word(class),
                What::Number => Is::Number,
                What::Stop => Is::Stop,
                What::Mark(mark) => Is::Mark(mark),
                What::Rest => Is::Rest,
            };
            if sentence.place == Place::Title
                && let Some(last) = items.last()
                && space_stops(text, last.span, piece.span, tight)
                && let Some(space) = text.span(last.span.end(), piece.span.start())
            {
                items.push(Item { span: space, is: Is::Stop });
            }
            items.push(Item { span: piece.span, is });
        }
        verbs_of_investing(&mut items, text);
        let clauses = clauses(&items, text);
        let groups = groups(&items, text);
        Scene { text, sentence, facts, items, clauses, groups }
    }

    pub(super) fn item(&self, at: usize) -> Option<Item<'f>> {
        self.items.get(at).copied()
    }

    pub(super) fn words(&self, at: usize) -> &'f str {
        self.items.get(at).map_or("", |item| self.text.of(item.span))
    }

    pub(super) fn class(&self, at: usize) -> Option<Class> {
        match self.items.get(at)?.is {
            Is::Word(class) => Some(class),
            _ => None,
        }
    }

    /// The words of a clause.
    pub(super) fn clause_text(&self, clause: &Range<usize>) -> &'f str {
        let (Some(first), Some(last)) = (
            self.items.get(clause.start),
            clause.end.checked_sub(1).and_then(|last| self.items.get(last)),
        ) else {
            return "";
        };
        self.text.str().get(first.span.start()..last.span.end()).unwrap_or_default()
    }

    pub(super) fn groups_in(
        &self,
        range: &Range<usize>,
    ) -> impl DoubleEndedIterator<Item = &Group<'f>> {
        let (start, end) = (range.start, range.end);
        self.groups.iter().filter(move |group| group.items.start >= start && group.items.end <= end)
    }

    /// The first word of weight after an item: adverbs, sums, times and 等 are passed over.
    pub(super) fn verb_after(&self, from: usize) -> Option<(usize, Class)> {
        let mut at = from;
        let mut inside = false;
        // 确认领投, 打算拿13亿欧元投资: the verb that counts comes after.
        let mut lesser = None;
        while let Some(item) = self.item(at) {
            match item.is {
                Is::Mark('(') => inside = true,
                Is::Mark(')') => inside = false,
                _ if inside => {}
                Is::Word(
                    Class::Edge
                    | Class::Time
                    | Class::Etc
                    | Class::Backers
                    | Class::Head
                    | Class::Place
                    | Class::Title
                    | Class::And
                    | Class::Outlet,
                )
                | Is::Sum(_)
                | Is::Date(_)
                | Is::Number
                | Is::Percent(_)
                | Is::Mark(_)
                | Is::Rest => {}
                Is::Word(class @ (Class::Say | Class::Plan)) => {
                    lesser = lesser.or(Some((at, class)));
                }
                Is::Word(Class::Finish) if matches!(self.words(at), "拿" | "掏") => {}
                Is::Word(class @ (Class::Lead | Class::Follow | Class::Invest)) => {
                    return Some((at, class));
                }
                Is::Word(class) => return lesser.or(Some((at, class))),
                Is::Party(_) | Is::Round(_) | Is::Stop => return lesser,
            }
            at += 1;
        }
        lesser
    }

    /// The word of weight before an item: descriptions of what follows are passed over.
    pub(super) fn word_before(&self, before: usize) -> Option<(usize, Class)> {
        let mut at = before;
        // AI云公司X: what stands before the noun describes it as well.
        let mut described = false;
        while let Some(previous) = at.checked_sub(1) {
            at = previous;
            match self.item(at)?.is {
                Is::Word(Class::Head) => described = true,
                Is::Rest | Is::Word(Class::Latin) if described => {}
                // 领投方为某人旗下的X: the owner stands between.
                Is::Rest if matches!(self.words(at + 1), "旗下" | "旗下的") => {}
                Is::Word(Class::Place | Class::Time | Class::Title)
                | Is::Mark(_)
                | Is::Sum(_)
                | Is::Number => {}
                Is::Word(Class::Edge)
                    if !matches!(
                        self.words(at),
                        "对" | "向" | "把" | "将" | "为" | "从" | "以" | "给"
                    ) => {}
                Is::Word(class) => return Some((at, class)),
                _ => return None,
            }
        }
        None
    }

    /// 出身甲地的X, 产品Y的开发商X: 的 or a noun of description stands right before the later name.
    pub(super) fn leads_on(&self, from: usize, to: usize) -> bool {
        // 前主管创办的AI记账App「X」: what stands before the quote says what X is.
        let quoted = to.checked_sub(1).is_some_and(|at| {
            matches!(self.item(at).map(|i| i.is), Some(Is::Mark('「' | '“' | '『')))
        });
        (from..to)
            .rev()
            .find(|at| {
                let is = self.item(*at).map(|item| item.is);
                !matches!(is, Some(Is::Mark(_) | Is::Word(Class::Place)))
                    && !(quoted
                        && (matches!(is, Some(Is::Word(Class::Latin) | Is::Rest))
                            || self.words(*at) == "ai"))
            })
            .is_some_and(|at| matches!(self.class(at), Some(Class::Of | Class::Head)))
            && (from..to).all(|at| !matches!(self.class(at), Some(Class::And)))
    }

    pub(super) fn found<T>(&self, value: T, at: usize, rule: &'static str) -> Option<Found<T>> {
        Some(Found { value, span: self.item(at)?.span, rule })
    }

    /// Puts the sums of some items where their roles say; the first of each role wins.
    pub(super) fn take_sums(&self, range: &Range<usize>, candidate: &mut Candidate, plain: bool) {
        for item in self.items.get(range.clone()).unwrap_or_default() {
            let Is::Sum(sum) = item.is else { continue };
            Self::take_sum(sum, candidate, plain);
        }
    }

    pub(super) fn take_sum(sum: &Found<Sum>, candidate: &mut Candidate, plain: bool) {
        if sum.value.conversion {
            return;
        }
        let amount = |rule| Found { value: sum.value.amount.clone(), span: sum.span, rule };
        match sum.value.role {
            Role::Plain if plain => {
                let vague =
                    |found: &Found<Amount>| found.value.min.is_none() && found.value.max.is_none();
                if candidate.amount.as_ref().is_none_or(vague) {
                    let bare = sum.value.currency_inferred;
                    candidate.amount = Some(amount(if bare { INFERRED } else { "money.zh.sum" }));
                }
            }
            Role::Valuation(basis)
                if candidate.valuation.is_none() && sum.value.amount.currency.is_some() =>
            {
                candidate.valuation = Some(Found {
                    value: Valuation::new(sum.value.amount.clone(), basis),
                    span: sum.span,
                    rule: "money.zh.valuation",
                });
            }
            Role::Cumulative if candidate.cumulative.is_none() => {
                candidate.cumulative = Some(amount("money.zh.cumulative"));
            }
            Role::Plain | Role::Valuation(_) | Role::Cumulative | Role::Other => {}
        }
    }

    pub(super) fn take_round(&self, range: &Range<usize>, candidate: &mut Candidate) {
        for item in self.items.get(range.clone()).unwrap_or_default() {
            let round = match item.is {
                Is::Round(round) => Some(round),
                Is::Word(Class::Invest) => {
                    self.facts.rounds.iter().find(|round| round.span == item.span)
                }
                _ => None,
            };
            if let (Some(round), true) = (round, candidate.round.is_none()) {
                candidate.round = Some(round.clone());
            }
        }
    }

    /// The date of a clause.
    pub(super) fn date_in(&self, range: &Range<usize>) -> Option<&'f Found<When>> {
        self.items.get(range.clone())?.iter().find_map(|item| match item.is {
            Is::Date(date) => Some(date),
            _ => None,
        })
    }
}

/// 战略投资 and 天使投资 before a company's name are verbs, not rounds.
fn verbs_of_investing(items: &mut [Item<'_>], text: &Text) {
    for at in 0..items.len() {
        let round = items.get(at).is_some_and(|item| {
            matches!(item.is, Is::Round(_)) && text.of(item.span).ends_with("投资")
        });
        let object = items.iter().skip(at + 1).take(8).find(|item| {
            !matches!(item.is, Is::Word(Class::Head | Class::Place) | Is::Mark(_) | Is::Rest)
                && !matches!(
                    text.of(item.span),
                    "了" | "ai" | "人工智能" | "大模型" | "机器人" | "具身智能" | "芯片"
                )
        });
        let object = object.is_some_and(|item| matches!(item.is, Is::Party(_)));
        let finished =
            at.checked_sub(1).and_then(|before| items.get(before)).is_some_and(|before| {
                matches!(before.is, Is::Word(Class::Finish | Class::Of) | Is::Sum(_))
            });
        // 获甲与乙战略投资: a round that was received.
        let received = (at.saturating_sub(6)..at).any(|before| {
            items.get(before).is_some_and(|item| {
                matches!(item.is, Is::Word(Class::Finish))
                    && text.of(item.span).contains(['获', '得', '到'])
            })
        });
        let alone = matches!(items.get(at + 1).map(|item| item.is), None | Some(Is::Stop));
        let toward = (at.saturating_sub(4)..at).any(|before| {
            items.get(before).is_some_and(|item| matches!(text.of(item.span), "对" | "向"))
        });
        let by_name = at
            .checked_sub(1)
            .and_then(|before| items.get(before))
            .is_some_and(|before| matches!(before.is, Is::Party(_) | Is::Word(Class::Etc)));
        // 向X增资22亿元: gives, does not raise.
        let far = (at.saturating_sub(8)..at)
            .any(|before| items.get(before).is_some_and(|item| text.of(item.span) == "向"));
        // 拟5000万元增资甲: a verb where a company follows, and none is the subject of a round.
        let into = object_of_capital(items, at, text);
        let gives = (toward || far || into)
            && items.get(at).is_some_and(|item| {
                matches!(item.is, Is::Word(Class::Raise)) && text.of(item.span) == "增资"
            });
        if gives && let Some(item) = items.get_mut(at) {
            item.is = Is::Word(Class::Invest);
            continue;
        }
        let Some(item) = items.get_mut(at).filter(|_| round && !finished) else { continue };
        if object || toward {
            item.is = Is::Word(Class::Invest);
        } else if alone && by_name && !received {
            item.is = Is::Word(Class::Follow);
        }
    }
}

/// 增资甲, 增资入股甲: the company stands right behind.
fn object_of_capital(items: &[Item<'_>], at: usize, text: &Text) -> bool {
    let next = items.iter().skip(at + 1).take(4).find(|item| {
        !matches!(item.is, Is::Word(Class::Head | Class::Place) | Is::Mark('「' | '“') | Is::Rest)
            && !matches!(text.of(item.span), "了" | "ai" | "入股" | "控股" | "参股")
    });
    matches!(next.map(|item| item.is), Some(Is::Party(party)) if party.value.kind == PartyKind::Company)
        && items.get(at).is_some_and(|item| text.of(item.span) == "增资")
        && at.checked_sub(1).and_then(|before| items.get(before)).is_some_and(|before| {
            matches!(before.is, Is::Sum(_) | Is::Party(_) | Is::Word(Class::Plan | Class::Edge))
        })
}

/// Everything the dimensions found, in order, without overlaps.
fn known(facts: &Facts) -> Vec<Item<'_>> {
    let mut known: Vec<Item<'_>> = Vec::new();
    known.extend(facts.sums.iter().map(|found| Item { span: found.span, is: Is::Sum(found) }));
    known.extend(facts.rounds.iter().map(|found| Item { span: found.span, is: Is::Round(found) }));
    known.extend(
        facts.percents.iter().map(|found| Item { span: found.span, is: Is::Percent(found) }),
    );
    // 今日资本 is a name, and no day.
    let named = |span: Span| {
        facts.parties.iter().any(|party| party.span.contains(span) && party.span != span)
    };
    known.extend(
        facts
            .dates
            .iter()
            .filter(|found| !named(found.span))
            .map(|found| Item { span: found.span, is: Is::Date(found) }),
    );
    known.extend(
        facts
            .parties
            .iter()
            .filter(|found| {
                found.value.is_name() || matches!(found.value.kind, PartyKind::Refers(_))
            })
            .map(|found| Item { span: found.span, is: Is::Party(found) }),
    );
    // Stable: of two that start at one place, numbers go before names.
    known.sort_by_key(|item| item.span.start());
    let mut end = 0;
    known.retain(|item| {
        let keep = item.span.start() >= end;
        if keep {
            end = item.span.end();
        }
        keep
    });
    known
}

/// Latin words stand in this headline without spaces around them, so its spaces mean something.
fn is_tight(words: &str) -> bool {
    let mut last = ' ';
    words.chars().any(|letter| {
        let glued = last >= '\u{3400}' && letter.is_ascii_alphabetic()
            || last.is_ascii_alphabetic() && letter >= '\u{3400}';
        last = letter;
        glued
    })
}

/// In a headline a space between two Chinese characters is a comma, and beside one too where
/// Latin words need none.
fn space_stops(text: &Text, one: Span, two: Span, tight: bool) -> bool {
    let han = |letter: char| letter >= '\u{3400}';
    one.end() < two.start()
        && text.str().get(one.end()..two.start()).is_some_and(|gap| gap.contains(' '))
        && {
            let before = text.of(one).chars().next_back().is_some_and(han);
            let after = text.of(two).chars().next().is_some_and(han);
            before && after || tight && (before || after)
        }
}
