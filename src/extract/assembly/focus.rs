//! Who `the startup` and 该公司 are: every candidate gets the name of its target.

mod defined;
mod guest;
mod topic;

use crate::domain::DealKind;
use crate::domain::KindGroup;
use crate::domain::Lang;
use crate::extract::Found;
use crate::extract::candidate::Candidate;
use crate::extract::facts::Facts;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;
use crate::extract::party::Reference;
use crate::extract::text::Place;
use crate::extract::text::Sentence;
use crate::extract::text::Text;
use crate::extract::trace::Trace;

use super::keys::Keys;
use super::keys::MOST_NAMES;
use super::keys::bare_key;
use super::merge;
use defined::Defined;

/// A candidate whose target is known by name, or which speaks of the deal at hand.
#[derive(Debug, Clone)]
pub struct Named {
    /// The candidate; its target is a name if `key` is there.
    pub candidate: Candidate,
    /// The target's identity within the article.
    pub key: Option<String>,
    /// The name came through a reference.
    pub referred: bool,
}

/// Sentences before a reference in which its paragraph may name what it means.
const PARAGRAPH: usize = 8;

/// Puts names where candidates have references.
#[expect(clippy::too_many_lines, reason = "one way of speaking of a target after the other")]
pub fn resolve(
    text: &Text,
    facts: &[Facts],
    keys: &Keys,
    candidates: Vec<Candidate>,
    trace: &mut Trace,
) -> Vec<Named> {
    let (main, framed) = article_focus(text, facts, &candidates);
    let pair = title_pair(text, facts, keys);
    let company = |party: &&Found<Party>| party.value.kind == PartyKind::Company;
    let items = super::items(text);
    let several = tells_of_several(text, keys, &candidates);
    let defined = Defined::new(text, facts);
    let guest = guest::company(text, facts);
    let issuer = facts.iter().flat_map(|facts| &facts.parties).find(company);
    let mut current: Option<(usize, Found<Party>)> = None;
    let mut actor: Option<Found<Party>> = None;
    let mut named = Vec::new();
    for mut candidate in candidates {
        let paragraph =
            text.sentences().get(candidate.sentence).map_or(0, |sentence| sentence.paragraph);
        // An item of a list speaks of its own company.
        let item = items.contains(&paragraph);
        let reach = usize::from(!item);
        let near =
            current.as_ref().filter(|(line, _)| guest.is_none() && line + reach >= paragraph);
        let near = near.map(|(_, party)| party);
        let pair = pair.as_ref().map(|(one, other)| (one, other));
        let main = main.as_ref().filter(|_| items.is_empty());
        let main = guest.as_ref().or(main);
        let buyer = actor.as_ref();
        let told = current.as_ref();
        let context = Context {
            text,
            facts,
            keys,
            actor: buyer,
            current: near,
            told,
            main,
            framed,
            pair,
            issuer,
            defined: &defined,
        };
        let mut referred = false;
        if let Some(target) = candidate.target.take() {
            let resolved = match target.value.kind {
                PartyKind::Refers(reference) => {
                    referred = true;
                    context.target(&candidate, &target, reference)
                }
                _ => Some(target.clone()),
            };
            if resolved.is_none() {
                trace.note(target.rule, text, target.span, "refers to nobody known".to_owned());
                continue;
            }
            candidate.target = resolved;
        }
        // 「甲」给医院做AI读片。B1轮,1.8亿元,乙领投: of the one company that the paragraph names.
        if candidate.target.is_none()
            && !candidate.supports_only
            && guest.is_none()
            && candidate.trigger.rule == "frame.zh.funding"
            && (candidate.round.is_some()
                || candidate.amount.is_some()
                    && candidate.investors.iter().any(|backer| backer.lead))
            && let Some(company) = context.told_before(&candidate)
        {
            candidate.target = Some(company.clone());
            referred = true;
        }
        // 是B轮,2600万美元,启明领投: who answers speaks of his own company.
        if candidate.target.is_none()
            && let Some(guest) = guest.as_ref()
            && text.sentences().get(candidate.sentence).is_some_and(|s| s.place == Place::Body)
        {
            candidate.target = Some(guest.clone());
            referred = true;
        }
        // 他正考虑要不要做新一轮融资: nobody is named, and the article has one company.
        if candidate.target.is_none()
            && candidate.trigger.rule == "frame.zh.funding"
            && !candidate.supports_only
            && named.iter().all(|part: &Named| part.key.is_none())
            && speaks_of_owner(text, candidate.sentence)
            && let Some(main) = main.filter(|main| main.value.ai)
        {
            candidate.target = Some(main.clone());
            referred = true;
        }
        if candidate.target.is_none() && several && context.tells_own_round(&candidate, paragraph) {
            candidate.target = context.paragraph_subject(&candidate).cloned();
            if candidate.target.is_some() {
                candidate.supports_only = false;
                referred = true;
            }
        }
        // 此前,甲融过两次:…;A轮由乙领投: the round is that of the company with which it opens.
        if candidate.target.is_none()
            && merge::tells_a_round(&candidate)
            && let Some(owner) = context
                .latter(candidate.sentence, candidate.trigger.span.start())
                .or_else(|| topic::opener(text, facts, candidate.sentence))
                .or_else(|| main.filter(|_| guest.is_some()))
                .filter(|owner| !gives(&candidate, owner))
        {
            candidate.target = Some(owner.clone());
            referred = true;
        }
        context.replace_others(&mut candidate);
        let key = candidate.target.as_ref().map(|target| keys.of(&target.value));
        candidate.acquirers.retain(|party| Some(keys.of(&party.value)) != key);
        candidate
            .sellers
            .retain(|party| candidate.asset.is_some() || Some(keys.of(&party.value)) != key);
        if let Some(buyer) = candidate.acquirers.first() {
            actor = Some(buyer.clone());
        }
        if let Some(target) = candidate.target.as_ref().filter(|_| !candidate.supports_only) {
            current = Some((paragraph, target.clone()));
        }
        named.push(Named { candidate, key, referred });
    }
    named
}

/// An English article with deals of so many companies is a letter or a round-up.
const SEVERAL: usize = 3;

/// Whether an English article names the targets of several deals.
fn tells_of_several(text: &Text, keys: &Keys, candidates: &[Candidate]) -> bool {
    if text.lang() != Lang::En {
        return false;
    }
    let mut named: Vec<String> = Vec::new();
    let targets = candidates.iter().filter_map(|candidate| candidate.target.as_ref());
    for target in targets.filter(|target| target.value.is_name()) {
        let key = keys.of(&target.value);
        if !named.contains(&key) {
            named.push(key);
        }
        if named.len() >= SEVERAL {
            return true;
        }
    }
    false
}

/// Whether a party is one of those who put money in or buy.
fn gives(candidate: &Candidate, party: &Found<Party>) -> bool {
    let backers = candidate.investors.iter().map(|backer| &backer.party);
    candidate
        .acquirers
        .iter()
        .chain(backers)
        .any(|other| bare_key(&other.value) == bare_key(&party.value))
}

fn names_buyer(words: &str) -> bool {
    ["purchaser", "buyer", "offeror", "acquirer"].iter().any(|word| words.ends_with(word))
}

/// 他正考虑做新一轮融资: a person stands for his company.
fn speaks_of_owner(text: &Text, sentence: usize) -> bool {
    text.sentences().get(sentence).is_some_and(|sentence| {
        let words = text.of(sentence.span);
        words.contains("融资")
            && ["他正", "她正", "他们正", "他在", "她在", "正考虑", "他考虑"]
                .iter()
                .any(|word| words.contains(word))
    })
}

/// The company that the article is about: the target of the first candidate with a name, the
/// title's first; else the first company of the article.
fn article_focus(
    text: &Text,
    facts: &[Facts],
    candidates: &[Candidate],
) -> (Option<Found<Party>>, bool) {
    let targets = || {
        candidates.iter().filter(|candidate| {
            !candidate.past
                && candidate.target.as_ref().is_some_and(|target| target.value.is_name())
        })
    };
    let in_title = |candidate: &&Candidate| {
        text.sentences().get(candidate.sentence).is_some_and(|s| s.place == Place::Title)
    };
    let by_frame = targets().find(in_title).or_else(|| targets().next());
    let framed = by_frame.is_some();
    let main = by_frame.and_then(|candidate| candidate.target.clone()).or_else(|| {
        let company = |party: &&Found<Party>| party.value.kind == PartyKind::Company;
        let companies = || facts.iter().flat_map(|facts| &facts.parties).filter(company);
        // 拒绝Meta收购的独角兽乙: of several the one that the words call an AI company.
        let described = (text.lang() == Lang::Zh)
            .then(|| {
                companies().find(|party| {
                    party.value.ai
                        && text.str().get(..party.span.start()).is_some_and(|head| {
                            let head = head.trim_end_matches(['「', '“', ' ']);
                            ["独角兽", "公司", "初创", "新创", "企业", "平台"]
                                .iter()
                                .any(|noun| head.ends_with(noun))
                        })
                })
            })
            .flatten();
        match text.lang() {
            Lang::En => most_named(text, companies()),
            Lang::Zh => described.or_else(|| companies().next()).cloned(),
        }
    });
    (main, framed)
}

/// The name that stands most often, the first of those that stand equally often.
fn most_named<'a>(
    text: &Text,
    parties: impl Iterator<Item = &'a Found<Party>>,
) -> Option<Found<Party>> {
    let mut names: Vec<(&Found<Party>, String, usize)> = Vec::new();
    for party in parties {
        let key = bare_key(&party.value);
        let room = names.len() < MOST_NAMES;
        let after = text.str().get(party.span.end()..).unwrap_or_default();
        let owns = after.starts_with("'s") || after.starts_with("’s");
        let first = usize::from(names.is_empty() && !owns);
        match names.iter_mut().find(|(_, known, _)| *known == key) {
            Some((_, _, count)) => *count += 1,
            // Who is named first has to be outdone.
            None if room => names.push((party, key, 1 + first)),
            None => {}
        }
    }
    let most = names.iter().map(|(_, _, count)| *count).max()?;
    names.into_iter().find(|(_, _, count)| *count == most).map(|(party, _, _)| party.clone())
}

/// The two parties that the headline names: `A circles B`.
fn title_pair(text: &Text, facts: &[Facts], keys: &Keys) -> Option<(Found<Party>, Found<Party>)> {
    let titles = text.sentences().iter().filter(|sentence| sentence.place == Place::Title);
    let mut names = titles
        .filter_map(|sentence| facts.get(sentence.index))
        .flat_map(|facts| &facts.parties)
        .filter(|party| party.value.is_name() && party.value.kind != PartyKind::Person);
    let one = names.next()?;
    let other = names.find(|party| keys.of(&party.value) != keys.of(&one.value))?;
    Some((one.clone(), other.clone()))
}

/// `founded by former A researchers`, `from A`: `it` after that is somebody else.
pub(super) fn is_governed(text: &Text, party: &Found<Party>) -> bool {
    matches!(
        word_before(text, party),
        "former" | "ex" | "by" | "from" | "of" | "at" | "with" | "for"
    )
}

/// The word before a name.
pub(super) fn word_before<'t>(text: &'t Text, party: &Found<Party>) -> &'t str {
    let before = text.str().get(..party.span.start()).unwrap_or_default();
    before.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

/// What a reference can mean at one place of the article.
struct Context<'a> {
    text: &'a Text,
    /// Who bought last.
    actor: Option<&'a Found<Party>>,
    facts: &'a [Facts],
    keys: &'a Keys,
    /// The target spoken of just before.
    current: Option<&'a Found<Party>>,
    /// The line and the target of the deal told last.
    told: Option<&'a (usize, Found<Party>)>,
    /// The company that the article is about.
    main: Option<&'a Found<Party>>,
    /// Its deal is told by name, so that it is not only the first company of the article.
    framed: bool,
    /// The two that the headline names.
    pair: Option<(&'a Found<Party>, &'a Found<Party>)>,
    /// Who publishes an announcement: the first company of the article.
    issuer: Option<&'a Found<Party>>,
    /// Whom 目标公司 and the like stand for.
    defined: &'a Defined<'a>,
}

impl Context<'_> {
    fn parties(&self, sentence: usize) -> &[Found<Party>] {
        self.facts.get(sentence).map_or(&[], |facts| facts.parties.as_slice())
    }

    /// Whom a target that is a reference means.
    #[expect(clippy::too_many_lines, reason = "one way of referring after the other")]
    fn target(
        &self,
        candidate: &Candidate,
        target: &Found<Party>,
        reference: Reference,
    ) -> Option<Found<Party>> {
        let named = |party: &&Found<Party>| party.value.kind == PartyKind::Company;
        // `A said it had agreed to buy the firm`: who says so buys.
        let acts = candidate
            .acquirers
            .iter()
            .find(|party| matches!(party.value.kind, PartyKind::Refers(Reference::It)))
            .filter(|_| target.value.kind != PartyKind::Refers(Reference::It))
            .and_then(|it| {
                let before = |party: &&Found<Party>| party.span.end() <= it.span.start();
                self.parties(candidate.sentence).iter().filter(named).find(before)
            })
            .filter(|_| {
                self.text.sentences().get(candidate.sentence).is_some_and(|s| s.lang == Lang::En)
            });
        let taken = |party: &&Found<Party>| {
            if acts.is_some_and(|acts| bare_key(&acts.value) == bare_key(&party.value)) {
                return true;
            }
            gives(candidate, party)
        };
        if reference == Reference::Company
            && self.text.of(target.span).starts_with("后者")
            && let Some(last) = self.latter(candidate.sentence, target.span.end())
            && !taken(&last)
        {
            return Some(last.clone());
        }
        // 关于甲 heads a paragraph on 甲, where 公司 is 甲 whoever publishes the text.
        if let Some(headed) = self.headed(candidate.sentence).filter(|party| !taken(party)) {
            return Some(headed.clone());
        }
        if let Some(defined) = self.defined.of(self.text.of(target.span)) {
            return Some(defined.clone()).filter(|party| !taken(&party));
        }
        // 甲与乙的股东签订协议,将受让后者81.3%的股份: the one that was named last.
        if self.text.of(target.span) == "后者" {
            let last = self.parties(candidate.sentence).iter().rfind(|party| {
                party.span.end() <= target.span.start()
                    && party.value.kind == PartyKind::Company
                    && !taken(party)
            });
            if let Some(last) = last {
                return Some(last.clone());
            }
        }
        let topic = self.topic(candidate.sentence, target.span.start(), &taken);
        let subject = self.parties(candidate.sentence).iter().find(|party| {
            party.span.end() <= target.span.start()
                && party.value.kind == PartyKind::Company
                && !taken(party)
                && !is_governed(self.text, party)
        });
        // `The carmaker takes 5% of the robot builder`, under `A buys into B`.
        let other_side = || {
            let refers = |party: &Found<Party>| {
                matches!(
                    party.value.kind,
                    PartyKind::Refers(Reference::Company | Reference::Other | Reference::It)
                )
            };
            let sides = candidate.acquirers.iter().any(refers)
                || candidate.investors.iter().any(|backer| refers(&backer.party));
            let (one, other) = self.pair?;
            // Under `A holders vote on B bid`: `B said it had agreed to buy the business`.
            let it = candidate
                .acquirers
                .iter()
                .any(|party| party.value.kind == PartyKind::Refers(Reference::It));
            let buys = it
                && self.parties(candidate.sentence).first().is_some_and(|party| {
                    party.span.end() <= target.span.start()
                        && self.keys.of(&party.value) == self.keys.of(&other.value)
                });
            let (one, other) = if buys { (other, one) } else { (one, other) };
            let taken_one = taken(&one);
            let two_sided = candidate.kind().group() == KindGroup::Control
                || candidate.kind() == DealKind::InvestmentStake;
            (two_sided && (sides || taken_one)).then_some(other)
        };
        if reference == Reference::Company
            && let Some(other) = other_side()
            && !taken(&other)
        {
            return Some(other.clone());
        }
        // 甲公告,已与乙全体股东订立协议,收购其100%股权: who acts is named first, whose it is last.
        let named: Vec<&Found<Party>> = self
            .parties(candidate.sentence)
            .iter()
            .filter(|party| {
                party.span.end() <= target.span.start()
                    && party.value.kind == PartyKind::Company
                    && !taken(party)
            })
            .collect();
        let bought = (candidate.trigger.rule == "frame.zh.acquire" && reference == Reference::It)
            .then(|| match named.as_slice() {
                [first, .., last] if self.keys.of(&first.value) != self.keys.of(&last.value) => {
                    Some(*last)
                }
                _ => None,
            })
            .flatten();
        let subject = bought.or(subject);
        let order = match reference {
            Reference::It => [subject.or(topic), self.current, self.main],
            Reference::Company => [topic.or(self.current), self.main, subject],
            Reference::Other => [None, None, None],
            Reference::Unnamed => [self.main.filter(|_| candidate.sentence == 0), None, None],
        };
        order.into_iter().flatten().find(|party| !taken(party)).cloned()
    }

    /// The one company that a paragraph names before a round that names none.
    fn told_before(&self, candidate: &Candidate) -> Option<&Found<Party>> {
        let here = self.text.sentences().get(candidate.sentence)?;
        let first = candidate.sentence.saturating_sub(PARAGRAPH);
        let sentences = self.text.sentences().get(first..=candidate.sentence)?;
        let own = sentences.iter().filter(|other| other.paragraph == here.paragraph);
        let mut companies = own.flat_map(|other| self.parties(other.index)).filter(|party| {
            party.value.kind == PartyKind::Company
                && party.span.end() <= candidate.trigger.span.start()
                && !candidate
                    .investors
                    .iter()
                    .any(|backer| self.keys.of(&backer.party.value) == self.keys.of(&party.value))
        });
        let one = companies.next()?;
        companies.all(|other| self.keys.of(&other.value) == self.keys.of(&one.value)).then_some(one)
    }

    /// 甲与乙,后者: the company that 后者 means, where it stands before a place.
    fn latter(&self, sentence: usize, before: usize) -> Option<&Found<Party>> {
        let at = topic::says_latter(self.text, sentence, before)?;
        topic::latter(self.text, self.facts, sentence, at)
    }

    /// The company with which a paragraph under 关于… opens.
    fn headed(&self, sentence: usize) -> Option<&Found<Party>> {
        let here = self.text.sentences().get(sentence).filter(|here| here.lang == Lang::Zh)?;
        let above = self.text.sentences().get(..sentence)?;
        let heading = above.iter().rfind(|other| other.paragraph != here.paragraph)?;
        let name = ["关于", "關於"]
            .iter()
            .find_map(|word| self.text.of(heading.span).strip_prefix(word))?;
        topic::opener(self.text, self.facts, sentence)
            .filter(|party| name.contains(self.text.of(party.span)))
    }

    /// `SEK 900m`: a currency that looks like a name.
    fn is_in_sum(&self, sentence: usize, party: &Found<Party>) -> bool {
        self.facts
            .get(sentence)
            .is_some_and(|facts| facts.sums.iter().any(|sum| sum.span.contains(party.span)))
    }

    fn is_in_title(&self, party: &Found<Party>) -> bool {
        self.text.sentences().iter().take_while(|sentence| sentence.place == Place::Title).any(
            |title| {
                self.parties(title.index)
                    .iter()
                    .any(|other| bare_key(&other.value) == bare_key(&party.value))
            },
        )
    }

    /// The company that the paragraph is about: the article's own if the sentences before name it
    /// first, else whom the nearest of them names first. English paragraphs keep to one subject.
    fn topic(
        &self,
        sentence: usize,
        before: usize,
        taken: &dyn Fn(&&Found<Party>) -> bool,
    ) -> Option<&Found<Party>> {
        let here = self.text.sentences().get(sentence)?;
        // A headline that names the company settles whom the article means.
        let titled = self.framed && self.main.is_some_and(|main| self.is_in_title(main));
        if here.lang == Lang::Zh {
            return topic::opener(self.text, self.facts, sentence)
                .filter(|party| party.span.end() <= before);
        }
        if here.place == Place::Title || titled {
            return None;
        }
        let near = self.text.sentences().get(sentence.saturating_sub(PARAGRAPH)..=sentence)?;
        let own = |other: &&Sentence| other.paragraph == here.paragraph;
        let firsts = near.iter().filter(own);
        let mut firsts = firsts.filter_map(|other| {
            self.parties(other.index).iter().find(|party| {
                party.span.end() <= before
                    && party.value.kind == PartyKind::Company
                    && !is_governed(self.text, party)
                    && !self.is_in_sum(other.index, party)
                    && !taken(party)
            })
        });
        let firsts: Vec<&Found<Party>> = firsts.by_ref().collect();
        let main = self.main.filter(|main| {
            firsts.iter().any(|party| bare_key(&party.value) == bare_key(&main.value))
        });
        main.or(firsts.last().copied())
    }

    /// A round with its sum, in a paragraph that has told no deal yet.
    fn tells_own_round(&self, candidate: &Candidate, paragraph: usize) -> bool {
        let sized = candidate.amount.as_ref().is_some_and(|sum| sum.value.headline().is_some());
        let told = self.told.is_some_and(|(line, _)| *line == paragraph);
        sized && candidate.kind().group() == KindGroup::Funding && !candidate.past && !told
    }

    /// The company that the paragraph named last before the words that tell of a round.
    fn paragraph_subject(&self, candidate: &Candidate) -> Option<&Found<Party>> {
        let taken = |party: &&Found<Party>| {
            candidate
                .investors
                .iter()
                .any(|backer| bare_key(&backer.party.value) == bare_key(&party.value))
        };
        let found = self.topic(candidate.sentence, candidate.trigger.span.start(), &taken)?;
        let known =
            self.told.is_some_and(|(_, told)| bare_key(&told.value) == bare_key(&found.value));
        (!known).then_some(found)
    }

    /// Buyers and backers that are references are replaced or dropped.
    fn replace_others(&self, candidate: &mut Candidate) {
        let target = candidate.target.as_ref().map(|target| self.keys.of(&target.value));
        let here = self.parties(candidate.sentence);
        let resolve = |party: &Found<Party>| -> Option<Found<Party>> {
            let PartyKind::Refers(reference) = party.value.kind else { return Some(party.clone()) };
            let is_other = |other: &&Found<Party>| Some(self.keys.of(&other.value)) != target;
            if let Some(defined) = self.defined.of(self.text.of(party.span)) {
                return Some(defined.clone()).filter(|party| is_other(&party));
            }
            let subject = here.iter().find(|other| {
                other.span.end() <= party.span.start()
                    && matches!(other.value.kind, PartyKind::Company | PartyKind::Investor)
                    && is_other(other)
            });
            let paired = self.pair.and_then(|(one, other)| {
                if Some(self.keys.of(&other.value)) == target {
                    Some(one)
                } else if Some(self.keys.of(&one.value)) == target
                    && candidate.trigger.rule.starts_with("frame.zh")
                {
                    Some(other)
                } else {
                    None
                }
            });
            let in_zh =
                self.text.sentences().get(candidate.sentence).is_some_and(|sentence| {
                    sentence.lang == Lang::Zh && sentence.place == Place::Body
                });
            match reference {
                // 鸿海证实,公司已签约: who speaks is named first.
                Reference::Company if in_zh && subject.is_some() && paired.is_some() => {
                    subject.cloned()
                }
                Reference::Company | Reference::Other if paired.is_some() => paired.cloned(),
                Reference::It => subject
                    .or(self.actor.filter(is_other))
                    .or(self.current.filter(is_other))
                    .cloned(),
                Reference::Company => self
                    .current
                    .filter(is_other)
                    .or(self.main.filter(is_other))
                    .or(self.issuer.filter(is_other))
                    .cloned(),
                // Who buys in a filing is its issuer.
                Reference::Other if names_buyer(self.text.of(party.span)) => {
                    self.actor.filter(is_other).or(self.issuer.filter(is_other)).cloned()
                }
                Reference::Other | Reference::Unnamed => None,
            }
        };
        candidate.acquirers = candidate.acquirers.iter().filter_map(resolve).collect();
        candidate.sellers = candidate.sellers.iter().filter_map(resolve).collect();
        candidate.advisers.retain(|party| party.value.is_name());
        candidate.investors.retain_mut(|backer| match resolve(&backer.party) {
            Some(party) => {
                backer.party = party;
                true
            }
            None => false,
        });
    }
}
