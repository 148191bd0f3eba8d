//! Names in Chinese: hits of the table, Latin names, quoted names, and what stands between words
//! that can stand beside a name.

mod coin;
mod evidence;
mod extent;
mod item;
mod latin;
mod legal;
mod person;
mod reference;
mod repeat;
mod shape;

use super::Found;
use super::Names;
use super::Party;
use super::PartyKind;
use super::Reference;
use super::Sentence;
use super::Text;
use crate::domain::Span;
use crate::entity::Entity;
use crate::entity::EntityKind;
use crate::entity::EntityTable;
use crate::extract::segment;
use crate::extract::segment::Class;
use crate::extract::segment::Piece;
use crate::extract::segment::What;
use crate::extract::segment::ordinary;
use crate::extract::segment::ordinary::Make;

pub(super) use coin::Seen;
pub(super) use coin::coin;

/// The parties of a sentence.
pub(super) fn find(text: &Text, sentence: &Sentence, names: &Names<'_>) -> Vec<Found<Party>> {
    names.uncoined(sentence).unwrap_or_else(|| read(text, sentence, names, |_| ()))
}

/// The parties of a sentence; `seen` is given its pieces first.
fn read(
    text: &Text,
    sentence: &Sentence,
    names: &Names<'_>,
    seen: impl FnOnce(&[Piece]),
) -> Vec<Found<Party>> {
    let known = known(text, sentence, names);
    let spans: Vec<Span> = known.iter().map(|found| found.span).collect();
    let pieces = segment::cut(text, sentence.span, &spans);
    seen(&pieces);
    let pieces = quoted_whole(text, pieces);
    let reading = Reading { text, names, known: &known, pieces: &pieces };
    reading.parties()
}

/// 「安智基因」: what stands between two quotes is one, whatever particles are in it.
fn quoted_whole(text: &Text, pieces: Vec<Piece>) -> Vec<Piece> {
    let mut whole: Vec<Piece> = Vec::new();
    let mut open = None;
    for piece in pieces {
        match piece.what {
            What::Mark('「' | '“' | '『' | '"') if open.is_none() => {
                open = Some(whole.len() + 1);
            }
            What::Mark('」' | '”' | '』' | '"') => {
                if let Some(first) = open.take().filter(|first| whole.len() > first + 1)
                    && let (Some(start), Some(end)) = (whole.get(first), whole.last())
                    && let Some(span) = text.span(start.span.start(), end.span.end())
                    && text.of(span).chars().count() <= LONGEST_QUOTED
                    && whole.get(first..).unwrap_or_default().iter().all(|piece| {
                        matches!(piece.what, What::Rest | What::Word(_) | What::Number)
                    })
                    && whole
                        .get(first..)
                        .unwrap_or_default()
                        .iter()
                        .any(|piece| piece.what == What::Rest)
                {
                    whole.truncate(first);
                    whole.push(Piece { span, what: What::Rest });
                }
            }
            What::Stop => open = None,
            _ => {}
        }
        whole.push(piece);
    }
    whole
}

/// The longest name between quotes, in characters.
const LONGEST_QUOTED: usize = 10;

/// 玄算科技 ends as companies do.
pub(super) fn has_corporate_suffix(name: &str) -> bool {
    shape::has_corporate_suffix(name)
}

/// 玄算科技 is 玄算, 北京语析科技 is 语析科技.
pub(super) fn is_longer_form(long: &str, short: &str) -> bool {
    let han = short.chars().filter(|letter| *letter >= '\u{3400}').count();
    if han < 2 || shape::is_fund(long) != shape::is_fund(short) {
        return false;
    }
    let behind = long.strip_prefix(short).is_some_and(|extra| {
        let extra = without_place(extra.trim_start());
        shape::is_ending(extra)
            || shape::is_trade(extra)
            || shape::is_registered(extra)
            || ordinary::make(extra) == Make::Word && extra.len() <= "四个字了".len()
    });
    let before = long.strip_suffix(short).or_else(|| {
        let at = long.find(short)?;
        let extra = long.get(at + short.len()..)?;
        (shape::is_ending(extra) || shape::is_registered(extra)).then(|| long.get(..at)).flatten()
    });
    behind || before.is_some_and(|place| shape::is_city(place.trim_end_matches('市')))
}

/// (天津)科技: the place between brackets says nothing.
fn without_place(extra: &str) -> &str {
    let bare = extra
        .strip_prefix('(')
        .and_then(|inside| inside.split_once(')'))
        .map_or(extra, |(_, tail)| tail);
    // Keys of names have no brackets: 杏林问北京科技有限公司.
    let city = bare.char_indices().nth(2).and_then(|(at, _)| bare.get(..at));
    match city.filter(|city| shape::is_city(city)).and_then(|city| bare.strip_prefix(city)) {
        Some(tail) if !tail.is_empty() => tail,
        _ => bare,
    }
}

/// Who a registered name means, with or without the city that it begins with.
fn of_city<'t>(name: &str, table: &'t EntityTable) -> Option<&'t Entity> {
    table.lookup(name).or_else(|| {
        let end = name.char_indices().nth(2).map(|(at, _)| at)?;
        let (city, bare) = name.split_at_checked(end)?;
        shape::is_city(city).then(|| table.lookup(bare.strip_prefix('市').unwrap_or(bare)))?
    })
}

/// Adds public funds and registered names to those of the table.
fn registered(
    text: &Text,
    sentence: &Sentence,
    legal: Vec<Span>,
    table: &EntityTable,
    known: &mut Vec<Found<Party>>,
) {
    for span in legal::funds(text, sentence) {
        let free = !known.iter().any(|name| name.span.overlaps(span) && !span.contains(name.span));
        if free {
            known.retain(|name| {
                !name.span.overlaps(span) || name.value.entity.is_some() && name.span == span
            });
            if known.iter().all(|name| name.span != span) {
                let mut value = Party::named(text.printed(span));
                value.kind = PartyKind::Investor;
                known.push(Found { value, span, rule: "party.zh.fund" });
            }
        }
    }
    for span in legal {
        if !known.iter().any(|name| name.span.overlaps(span)) {
            let mut value = Party::named(text.printed(span));
            if shape::is_registered_fund(text.of(span)) {
                value.kind = PartyKind::Investor;
            } else if let Some(entity) = of_city(text.printed(span), table) {
                value.entity = Some(entity.id.clone());
                value.kind = entity.kind.into();
                value.ai = entity.ai;
            }
            known.push(Found { value, span, rule: "party.zh.legal" });
        }
    }
}

/// Names that are known before the sentence is cut: the table's, then Latin ones.
fn known(text: &Text, sentence: &Sentence, names: &Names<'_>) -> Vec<Found<Party>> {
    let within = sentence.span;
    let legal = legal::find(text, sentence);
    let latin = latin::find(text, sentence);
    // Reka Nova is another company than Reka.
    let longer = |span: Span| {
        latin.iter().any(|name| {
            name.contains(span)
                && text
                    .of(*name)
                    .strip_prefix(text.of(span))
                    .and_then(|tail| tail.strip_prefix(' '))
                    .is_some_and(|tail| {
                        tail.len() >= 4
                            && tail.bytes().all(|letter| letter.is_ascii_alphabetic())
                            && !matches!(
                                tail,
                                "labs"
                                    | "corp"
                                    | "group"
                                    | "inc"
                                    | "technologies"
                                    | "cloud"
                                    | "research"
                                    | "platforms"
                                    | "capital"
                                    | "ventures"
                                    | "health"
                                    | "code"
                            )
                    })
        })
    };
    let mut known: Vec<Found<Party>> = names
        .within(within.start(), within.end())
        .iter()
        .filter_map(|hit| {
            let span = text.span(hit.start, hit.end)?;
            // OrbiMed Asia Fund is a fund of OrbiMed.
            let fund = latin.iter().find(|name| {
                hit.entity.kind == EntityKind::Investor
                    && name.start() == span.start()
                    && name.end() > span.end()
                    && text.str().get(span.end()..).is_some_and(|tail| tail.starts_with(' '))
            });
            let span = fund.copied().unwrap_or(span);
            // 深圳市腾讯产业投资基金有限公司 is another company than the one it is named after.
            if legal.iter().any(|name| name.contains(span) && *name != span)
                || hit.entity.kind == EntityKind::Company && longer(span)
            {
                return None;
            }
            let value = Party {
                name: text.printed(span).to_owned(),
                entity: Some(hit.entity.id.clone()),
                kind: hit.entity.kind.into(),
                ai: hit.entity.ai,
            };
            Some(Found { value, span, rule: "party.zh.table" })
        })
        .collect();
    registered(text, sentence, legal, names.table(), &mut known);
    if let Some(span) = item::find(text, sentence)
        && !known.iter().any(|name| name.span.overlaps(span))
    {
        let value = Party::named(text.printed(span));
        known.push(Found { value, span, rule: "party.zh.item" });
    }
    for (span, seen) in names.coined_within(within.start(), within.end()) {
        if !known.iter().any(|name| name.span.overlaps(*span)) {
            let mut value = Party::named(text.printed(*span));
            if *seen == Seen::Person {
                value.kind = PartyKind::Person;
            }
            known.push(Found { value, span: *span, rule: seen.rule() });
        }
    }
    for span in latin {
        if !known.iter().any(|name| name.span.overlaps(span)) {
            let value = Party::named(text.printed(span));
            known.push(Found { value, span, rule: "party.zh.latin" });
        }
    }
    known.sort_by_key(|name| name.span.start());
    known
}

/// A sentence cut into pieces, with what was known before.
struct Reading<'r> {
    text: &'r Text,
    names: &'r Names<'r>,
    known: &'r [Found<Party>],
    pieces: &'r [Piece],
}

impl Reading<'_> {
    fn parties(&self) -> Vec<Found<Party>> {
        let mut parties = Vec::new();
        let mut at = 0;
        while at < self.pieces.len() {
            let end = self.name_end(at);
            if end > at
                && let Some(party) = self.party(at, end)
            {
                parties.push(party);
                at = end;
                continue;
            }
            if let Some(party) = self.reference(at) {
                parties.push(party);
            }
            at += 1;
        }
        parties
    }

    fn piece(&self, at: usize) -> Option<Piece> {
        self.pieces.get(at).copied()
    }

    fn words(&self, at: usize) -> &str {
        self.piece(at).map_or("", |piece| self.text.of(piece.span))
    }

    fn class(&self, at: usize) -> Option<Class> {
        match self.piece(at)?.what {
            What::Word(class) => Some(class),
            _ => None,
        }
    }

    /// Whether two pieces stand side by side without a space.
    fn glued(&self, at: usize) -> bool {
        match (self.piece(at), self.piece(at + 1)) {
            (Some(one), Some(two)) => one.span.end() == two.span.start(),
            _ => false,
        }
    }

    fn is_rest(&self, at: usize) -> bool {
        self.piece(at).is_some_and(|piece| piece.what == What::Rest)
    }

    fn is_known(&self, at: usize) -> bool {
        self.piece(at).is_some_and(|piece| matches!(piece.what, What::Known(_)))
    }

    fn party(&self, start: usize, end: usize) -> Option<Found<Party>> {
        let (first, last) = (self.piece(start)?, self.piece(end - 1)?);
        let span = self.text.span(first.span.start(), last.span.end())?;
        if let (What::Known(index), true) = (first.what, end == start + 1) {
            return self.known_party(index, start);
        }
        let span = shape::trim(self.text, span)?;
        let span = if start == 0 { shape::without_rumour(self.text, span) } else { span };
        let span = if matches!(first.what, What::Known(_)) {
            span
        } else {
            shape::to_suffix(self.text, span)
        };
        if let Some(refers) = self.described(start, self.text.of(span)) {
            let value = Party::reference(self.text.printed(span), refers);
            return Some(Found { value, span, rule: "party.zh.reference" });
        }
        let words = self.text.of(span);
        if let What::Known(index) = first.what {
            // 腾讯投资, 小米集团: a table name with a suffix of its own.
            let known = self.known.get(index)?;
            let printed = self.text.printed(span);
            let mut value = Party { name: printed.to_owned(), ..known.value.clone() };
            if let Some(entity) = self.names.table().lookup(printed) {
                value.entity = Some(entity.id.clone());
                value.kind = entity.kind.into();
                value.ai = entity.ai;
            } else if shape::is_fund(words) {
                value.entity = None;
                value.ai = false;
                value.kind = PartyKind::Investor;
            } else if words
                .strip_prefix(self.text.of(known.span))
                .is_some_and(|rest| shape::is_branch(rest.trim()))
            {
                value.entity = None;
                value.ai = false;
            }
            return Some(Found { value, span, rule: "party.zh.table" });
        }
        let rule = self.evidence(start, end, words)?;
        if !self.stands(rule, start, end, words) {
            return None;
        }
        let set_off = matches!(rule, "party.zh.quoted" | "party.zh.bracket");
        let span = if set_off { span } else { shape::core(self.text, span) };
        let printed = self.text.printed(span);
        let words = self.text.of(span);
        let mut value = Party::named(printed);
        if shape::is_fund(words) {
            value.kind = PartyKind::Investor;
        } else if start > 0 && self.class(start - 1) == Some(Class::Title) {
            value.kind = PartyKind::Person;
        }
        if let Some(entity) = self.names.table().lookup(printed) {
            value.entity = Some(entity.id.clone());
            value.kind = entity.kind.into();
            value.ai = entity.ai;
        }
        value.ai |= self.told_ai(start);
        Some(Found { value, span, rule })
    }

    /// 这家晶圆级芯片公司, 一家机器人企业: a description, not a name.
    fn described(&self, start: usize, words: &str) -> Option<Reference> {
        let noun = ["公司", "企业", "厂商", "机构", "团队", "新创", "初创"]
            .iter()
            .any(|noun| words.ends_with(noun));
        let before = start.checked_sub(1).map_or("", |before| self.words(before));
        match before {
            "这家" | "该" if noun => Some(Reference::Company),
            "一家" | "某" | "另一家" | "多家" | "数家" | "几家" | "两家" | "首家" | "又一家"
                if noun =>
            {
                Some(Reference::Unnamed)
            }
            _ => None,
        }
    }

    /// 企业决策AI代理新创X: what stands before another name's noun describes that name.
    fn describes(&self, end: usize) -> bool {
        (end..end + 3)
            .take_while(|at| {
                self.glued(at.saturating_sub(1))
                    && (self.is_rest(*at)
                        || matches!(self.class(*at), Some(Class::Head | Class::Latin))
                        || self.class(*at) == Some(Class::Edge)
                            && shape::DESCRIBES.contains(self.words(*at)))
            })
            .any(|at| {
                let quote = matches!(
                    self.piece(at + 1).map(|piece| piece.what),
                    Some(What::Mark('「' | '“' | '『'))
                );
                let next = at + 1 + usize::from(quote);
                matches!(self.class(at), Some(Class::Head))
                    && (self.is_rest(next) || self.is_known(next))
            })
    }

    fn known_party(&self, index: usize, at: usize) -> Option<Found<Party>> {
        let mut party = self.known.get(index)?.clone();
        let maker =
            matches!(self.words(at + 1), "开发商" | "母公司" | "制造商" | "缔造者" | "开发者");
        if maker && self.glued(at) && !self.is_rest(at + 2) && !self.is_known(at + 2) {
            // Kimi开发商: whoever makes it.
            let value = Party::reference(&party.value.name, Reference::Company);
            return Some(Found { value, span: party.span, rule: "party.zh.reference" });
        }
        if party.value.entity.is_none() {
            let words = self.text.of(party.span);
            if matches!(party.rule, "party.zh.coined" | "party.zh.seen" | "party.zh.again")
                && (!(shape::can_be_name(words)
                    || party.rule == "party.zh.coined" && shape::can_be_quoted(words))
                    || matches!(party.rule, "party.zh.again" | "party.zh.seen")
                        && self.describes(at + 1))
            {
                return None;
            }
            if party.rule == "party.zh.person"
                || at > 0
                    && self.class(at - 1) == Some(Class::Title)
                    && person::may_follow_title(self.text.of(party.span))
            {
                party.value.kind = PartyKind::Person;
            } else if shape::is_fund(self.text.of(party.span)) {
                party.value.kind = PartyKind::Investor;
            }
            if let Some(entity) = self.names.table().lookup(&party.value.name) {
                party.value.entity = Some(entity.id.clone());
                party.value.kind = entity.kind.into();
                party.value.ai = entity.ai;
            }
            party.value.ai |= self.told_ai(at);
        }
        Some(party)
    }

    /// Whether the words right before the name say that it is an AI company: AI芯片公司X.
    fn told_ai(&self, start: usize) -> bool {
        let Some(head) = start.checked_sub(1).filter(|head| {
            matches!(self.class(*head), Some(Class::Head))
                || matches!(self.piece(*head).map(|p| p.what), Some(What::Mark(_)))
        }) else {
            return false;
        };
        let Some(piece) = self.piece(head) else { return false };
        let end = piece.span.end();
        let from = self.text.str().floor_char_boundary(end.saturating_sub(48));
        let lead = self.text.str().get(from..end).unwrap_or_default();
        let clause = lead
            .rfind([',', '。', ';', '\n', '、'])
            .map_or(lead, |cut| lead.get(cut..).unwrap_or(lead));
        shape::speaks_of_ai(clause)
    }
}

#[cfg(test)]
mod tests;
