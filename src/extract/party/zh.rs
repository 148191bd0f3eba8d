//! Names in Chinese: hits of the table, Latin names, quoted names, and what stands between words
//! that can stand beside a name.

mod latin;
mod person;
mod repeat;
mod shape;

use super::Found;
use super::Names;
use super::Party;
use super::PartyKind;
use super::Reference;
use super::Sentence;
use super::Text;
use crate::domain::Lang;
use crate::domain::Span;
use crate::extract::lexicon::dictionary::Dictionary;
use crate::extract::segment;
use crate::extract::segment::Class;
use crate::extract::segment::Piece;
use crate::extract::segment::What;
use crate::extract::segment::ordinary;
use crate::extract::segment::ordinary::Make;

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

/// 玄算科技 is 玄算, 北京语析科技 is 语析科技.
pub(super) fn is_longer_form(long: &str, short: &str) -> bool {
    let han = short.chars().filter(|letter| *letter >= '\u{3400}').count();
    if han < 2 || shape::is_fund(long) != shape::is_fund(short) {
        return false;
    }
    let behind = long.strip_prefix(short).is_some_and(|extra| {
        let extra = extra.trim_start();
        shape::is_ending(extra)
            || ordinary::make(extra) == Make::Word && extra.len() <= "四个字了".len()
    });
    let before = long.strip_suffix(short).or_else(|| {
        let at = long.find(short)?;
        shape::is_ending(long.get(at + short.len()..)?).then(|| long.get(..at)).flatten()
    });
    behind || before.is_some_and(|place| shape::is_city(place.trim_end_matches('市')))
}

/// Names that are known before the sentence is cut: the table's, then Latin ones.
fn known(text: &Text, sentence: &Sentence, names: &Names<'_>) -> Vec<Found<Party>> {
    let within = sentence.span;
    let mut known: Vec<Found<Party>> = names
        .within(within.start(), within.end())
        .iter()
        .filter_map(|hit| {
            let span = text.span(hit.start, hit.end)?;
            let value = Party {
                name: text.printed(span).to_owned(),
                entity: Some(hit.entity.id.clone()),
                kind: hit.entity.kind.into(),
                ai: hit.entity.ai,
            };
            Some(Found { value, span, rule: "party.zh.table" })
        })
        .collect();
    for (span, seen) in names.coined_within(within.start(), within.end()) {
        if !known.iter().any(|name| name.span.overlaps(*span)) {
            let mut value = Party::named(text.printed(*span));
            if *seen == Seen::Person {
                value.kind = PartyKind::Person;
            }
            known.push(Found { value, span: *span, rule: seen.rule() });
        }
    }
    for span in latin::find(text, sentence) {
        if !known.iter().any(|name| name.span.overlaps(span)) {
            let value = Party::named(text.printed(span));
            known.push(Found { value, span, rule: "party.zh.latin" });
        }
    }
    known.sort_by_key(|name| name.span.start());
    known
}

/// How many names of one article are searched for in the rest of it.
const COINED: usize = 64;

/// How an article shows that a name is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Seen {
    /// It comes again and is no word.
    Again,
    /// A verb beside it shows it.
    Verb,
    /// It is quoted, described or ends as companies do.
    Sure,
    /// A person's.
    Person,
}

impl Seen {
    fn rule(self) -> &'static str {
        match self {
            Seen::Again => "party.zh.again",
            Seen::Verb => "party.zh.seen",
            Seen::Sure => "party.zh.coined",
            Seen::Person => "party.zh.person",
        }
    }
}

/// Names with their places, and how each shows itself to be one; and the parties of every
/// sentence, as far as they were read.
type Coined = (Vec<(Span, Seen)>, Vec<Option<Vec<Found<Party>>>>);

/// Every place of a name that one sentence of the article shows to be one: 芯片公司X in the lead
/// makes X a name in the title too.
pub(super) fn coin(text: &Text, names: &Names<'_>) -> Coined {
    let mut pieces = repeat::Pieces::default();
    let mut unnamed: Vec<Option<Vec<Found<Party>>>> = vec![None; text.sentences().len()];
    let mut found: Vec<(String, Seen)> = Vec::new();
    let mut add = |words: &str, seen: Seen| {
        let room = found.len() < COINED;
        match found.iter_mut().find(|(old, _)| old == words) {
            Some((_, old)) => *old = (*old).max(seen),
            None if room => found.push((words.to_owned(), seen)),
            None => {}
        }
    };
    for sentence in
        text.sentences().iter().filter(|sentence| sentence.lang == Lang::Zh && !sentence.debris)
    {
        let parties = read(text, sentence, names, |found| pieces.add(found));
        for party in &parties {
            if let Some(seen) =
                coins(party, text.of(party.span)).filter(|_| party.value.entity.is_none())
            {
                add(text.of(party.span), seen);
            }
        }
        if let Some(place) = unnamed.get_mut(sentence.index) {
            *place = Some(parties);
        }
    }
    for name in pieces.names(text) {
        let seen = if person::is_name(text, &name) { Seen::Person } else { Seen::Again };
        add(&name, seen);
    }
    if found.is_empty() {
        return (Vec::new(), unnamed);
    }
    let alone = found.iter().filter(|(name, _)| !clings(text, name, &found));
    let names = Dictionary::new(alone.map(|(name, seen)| (name.as_str(), *seen)));
    let hits = names.find(text.str());
    let places = hits.filter_map(|hit| Some((text.span(hit.start, hit.end)?, hit.label)));
    (places.collect(), unnamed)
}

/// Whether a name found by this rule is one everywhere in the article, and how surely.
fn coins(party: &Found<Party>, words: &str) -> Option<Seen> {
    if party.value.kind == PartyKind::Person {
        return person::shaped(words).then_some(Seen::Person);
    }
    match party.rule {
        "party.zh.head" | "party.zh.quoted" | "party.zh.bracket" => Some(Seen::Sure),
        "party.zh.suffix" if words.chars().count() >= 4 => Some(Seen::Sure),
        "party.zh.subject" | "party.zh.verb" | "party.zh.list" if words.chars().count() >= 3 => {
            Some(Seen::Verb)
        }
        _ => None,
    }
}

/// Another name that comes more often, with a stray character at one end: 科陆智控股价.
fn clings(text: &Text, name: &str, found: &[(String, Seen)]) -> bool {
    let times = |name: &str| text.str().matches(name).take(20).count();
    found.iter().any(|(other, _)| {
        let extra = name.strip_prefix(other.as_str()).or_else(|| name.strip_suffix(other.as_str()));
        let one = extra.filter(|extra| extra.chars().count() == 1);
        one.is_some_and(|extra| shape::STRAY.contains(extra) || times(other) > 2 * times(name))
    })
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

    /// The piece after a name that starts here; `at` itself if none does.
    fn name_end(&self, at: usize) -> usize {
        let mut end = at;
        // A character that is usually a particle can open a name: 中科…, 无问…, 和玉….
        if self.opens(at) {
            end += 1;
        }
        if !(self.is_rest(end) || self.is_known(end) || (end > at && self.is_suffix(end))) {
            return at;
        }
        if self.is_known(end) && end > at {
            return at;
        }
        end += 1;
        loop {
            if self.doubles(end) {
                end += 1;
            } else if self.glued(end - 1)
                && self.joins(end)
                && self.is_rest(end + 1)
                && self.glued(end)
            {
                end += 2;
            } else if self.glued(end - 1)
                && ((self.is_rest(end) && self.goes_on(end))
                    || (self.is_suffix(end)
                        && self.suffix_ends(end)
                        && (end - at > 1
                            || self.is_known(end - 1)
                            || self.words(end - 1).chars().count() >= 2
                            || self.words(end).chars().count() >= 3)))
                || self.words(end) == "ai"
                    && !self.is_known(end - 1)
                    && self.words(end - 1).chars().count() >= 2
                    && self.words(end - 1).len() <= 12
            {
                end += 1;
            } else {
                return end;
            }
        }
    }

    /// A Latin name goes on in Chinese; a name that is known does not.
    fn goes_on(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.piece(before));
        let rest = self.words(at);
        let latin = before.is_some_and(|piece| match piece.what {
            What::Known(index) => {
                self.known.get(index).is_some_and(|name| name.rule == "party.zh.latin")
            }
            _ => false,
        });
        let in_table = before.is_some_and(|piece| match piece.what {
            What::Known(index) => {
                self.known.get(index).is_some_and(|name| name.rule == "party.zh.table")
            }
            _ => false,
        });
        // 上海国投|先导基金, 三菱|银行: an ending of its own makes it another name.
        in_table
            && (shape::is_ending(rest)
                || rest.chars().count() <= 8
                    && (shape::is_fund(rest)
                        || self.is_suffix(at + 1)
                            && self.glued(at)
                            && shape::is_fund(self.words(at + 1))))
            || latin
                && (2..=4).contains(&rest.chars().count())
                && shape::can_be_name(rest)
                && (shape::is_ending(rest) || ordinary::make(rest) == Make::Coined)
    }

    /// A city or a weak particle glued to what follows, where a name can start.
    fn opens(&self, at: usize) -> bool {
        let word = self.words(at);
        let Some(class) = self.class(at) else { return false };
        if !self.glued(at) || !self.is_rest(at + 1) {
            return false;
        }
        if class == Class::Place {
            return shape::is_city(word);
        }
        // 买家有海川集团: what ends as companies do is whole without the particle.
        if "有由以为将对向从与和同跟传含如".contains(word)
            && shape::is_company_by_suffix(self.words(at + 1))
        {
            return false;
        }
        let before = at.checked_sub(1).and_then(|before| self.piece(before));
        let at_start = before.is_none_or(|piece| match piece.what {
            What::Word(Class::Edge) => piece.span.end() - piece.span.start() > 3,
            What::Stop | What::Mark(_) | What::Number | What::Word(_) => true,
            What::Known(_) | What::Rest => false,
        });
        at_start
            && shape::WEAK_FIRST.contains(word)
            && (word != "和" && word != "与"
                || before.is_some_and(|piece| self.text.of(piece.span) == "、"))
    }

    /// A weak character inside a name: 月之暗面, 光年之外.
    fn joins(&self, at: usize) -> bool {
        let word = self.words(at);
        self.class(at).is_some() && word.chars().count() == 1 && shape::WEAK_INSIDE.contains(word)
    }

    /// A word that can end a name: 机器人, 实验室, 基金.
    ///
    /// 公司 before another name describes that one: 标注公司X.
    fn is_suffix(&self, at: usize) -> bool {
        let describes = matches!(self.class(at), Some(Class::Head))
            && (self.is_rest(at + 1) || self.is_known(at + 1));
        self.class(at).is_some() && shape::SUFFIXES.contains(self.words(at)) && !describes
    }

    /// 谷歌 and `DeepMind` side by side: two names of the table side by side are one.
    fn doubles(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let latin = |at: usize| self.words(at).is_ascii();
        let in_table = |at: usize| match self.piece(at).map(|piece| piece.what) {
            Some(What::Known(index)) => {
                self.known.get(index).is_some_and(|name| name.rule == "party.zh.table")
            }
            _ => false,
        };
        in_table(at) && in_table(before) && self.glued(before) && latin(at) != latin(before)
    }

    /// 投资 ends a name only where no verb can stand: 腾讯投资、…, 红杉投资领投.
    fn suffix_ends(&self, at: usize) -> bool {
        match self.words(at) {
            "天使" | "种子" => return matches!(self.words(at + 1), "基金" | "创投" | "资本"),
            "投资" => {}
            _ => return true,
        }
        // 厚朴投资均超额认购.
        let joint = matches!(
            self.words(at + 1),
            "均" | "也"
                | "亦"
                | "继续"
                | "持续"
                | "悉数"
                | "再次"
                | "共同"
                | "联合"
                | "都"
                | "分别"
        );
        let next = at + 1 + usize::from(joint);
        matches!(self.class(next), Some(Class::Lead | Class::Follow))
            || matches!(self.class(at + 1), Some(Class::And | Class::Etc))
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
            if matches!(party.rule, "party.zh.coined" | "party.zh.seen" | "party.zh.again")
                && !shape::can_be_name(self.text.of(party.span))
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

    /// Why what is left here is taken for a name; `None` if it is not.
    #[expect(clippy::too_many_lines, reason = "one kind of evidence after the other")]
    fn evidence(&self, start: usize, end: usize, words: &str) -> Option<&'static str> {
        if !shape::can_be_name(words) || self.describes(end) {
            return None;
        }
        // AI法律科技「律言」: ordinary words right before a quoted name say what it is.
        let quote =
            matches!(self.piece(end).map(|piece| piece.what), Some(What::Mark('「' | '“' | '『')));
        if quote
            && (self.is_rest(end + 1) || self.is_known(end + 1))
            && (ordinary::make(words) != Make::Coined || shape::is_product_like(words))
        {
            return None;
        }
        let before = start.checked_sub(1).and_then(|at| self.piece(at));
        let after = self.piece(end);
        let quoted = matches!(
            before.map(|piece| piece.what),
            Some(What::Mark('「' | '“' | '《' | '"' | '『'))
        ) && matches!(
            after.map(|piece| piece.what),
            Some(What::Mark('」' | '”' | '》' | '"' | '』'))
        );
        if quoted {
            let (lead, tail) = (start.checked_sub(2), end + 1);
            let described = lead.is_some_and(|at| self.is_rest(at) && self.glued(at));
            let told = described
                || lead.is_some_and(|at| matches!(self.class(at), Some(Class::Head | Class::And)))
                || self.leads_to_deal(tail)
                || start == 1 && self.heads_an_item(tail);
            return (told && !shape::is_nickname(words)).then_some("party.zh.quoted");
        }
        let lead = start == 0 || self.leads_to_event(end);
        if shape::is_company_by_suffix(words) && (!shape::is_product_like(words) || lead) {
            return Some("party.zh.suffix");
        }
        let long = words.chars().count() >= 3;
        match before.map(|piece| piece.what) {
            Some(What::Word(Class::Head)) if !matches!(self.class(end), Some(Class::Head)) => {
                return Some("party.zh.head");
            }
            Some(What::Word(Class::By)) if long => return Some("party.zh.verb"),
            Some(What::Word(
                Class::Invest
                | Class::Acquire
                | Class::Lead
                | Class::Merge
                | Class::Backers
                | Class::And,
            )) if long || self.bounded(end) => {
                return Some("party.zh.verb");
            }
            Some(What::Word(Class::Finish)) if self.leads_to_money(end) => {
                return Some("party.zh.verb");
            }
            _ => {}
        }
        if matches!(after.map(|piece| piece.what), Some(What::Mark('('))) && self.is_known(end + 1)
        {
            return Some("party.zh.bracket");
        }
        // 与 and 和 join other things too; 、 and 等 beside a short noun mostly names.
        let listed = self.class(end) == Some(Class::Etc) || self.words(end) == "、";
        if listed && (long || self.bounded(end)) {
            return Some("party.zh.list");
        }
        let opens_clause = before.is_none_or(|piece| {
            matches!(
                piece.what,
                What::Stop
                    | What::Mark(_)
                    | What::Word(
                        Class::Time
                            | Class::Place
                            | Class::Say
                            | Class::Of
                            | Class::And
                            | Class::By
                    )
            )
        });
        let after_particle = long
            && matches!(
                before.map(|piece| piece.what),
                Some(What::Word(Class::Edge) | What::Number)
            );
        // 甲乙丙丁:拟收购…: whose news it is stands before the colon of a headline.
        if start == 0
            && words.chars().count() >= 4
            && self.words(end) == ":"
            && self.leads_to_deal(end + 1)
        {
            return Some("party.zh.subject");
        }
        let verb_next = matches!(
            self.class(end),
            Some(
                Class::Finish
                    | Class::Acquire
                    | Class::List
                    | Class::Sell
                    | Class::Lead
                    | Class::Follow
                    | Class::Invest
                    | Class::Say
                    | Class::Raise
            )
        );
        (opens_clause && self.leads_to_deal(end) || after_particle && verb_next)
            .then_some("party.zh.subject")
    }

    /// 「甲」,A+轮,4亿元: a name that opens a line of a list.
    fn heads_an_item(&self, from: usize) -> bool {
        self.piece(from).is_none_or(|piece| piece.what == What::Stop)
            && (from..from + 8).any(|at| {
                let words = self.words(at);
                ["轮", "融资", "亿元", "万元", "美元"].iter().any(|word| words.contains(word))
                    || matches!(self.piece(at).map(|piece| piece.what), Some(What::Number))
            })
    }

    /// Whether a verb of a deal follows, adverbs and times left out.
    fn leads_to_deal(&self, from: usize) -> bool {
        for at in from..from + 6 {
            match self.piece(at).map(|piece| piece.what) {
                Some(What::Word(Class::Edge | Class::Time) | What::Number) => {}
                Some(What::Word(
                    Class::Finish
                    | Class::Raise
                    | Class::Lead
                    | Class::Follow
                    | Class::Invest
                    | Class::Acquire
                    | Class::Sell
                    | Class::Merge
                    | Class::List
                    | Class::Plan
                    | Class::Say
                    | Class::Lend
                    | Class::By
                    | Class::Hire,
                )) => return true,
                _ => return false,
            }
        }
        false
    }

    /// Whether the evidence is enough for characters that are made like these: a coined name needs
    /// little, ordinary words need to be set off.
    fn stands(&self, rule: &str, start: usize, end: usize, words: &str) -> bool {
        let lead = start == 0 || self.leads_to_event(end);
        let weak = matches!(rule, "party.zh.verb" | "party.zh.subject" | "party.zh.list");
        match ordinary::make(words) {
            Make::Coined => true,
            _ if !weak && rule != "party.zh.head" => true,
            // 母公司蝴蝶效应, ends there.
            _ if rule == "party.zh.head" => {
                let maker = start.checked_sub(1).is_some_and(|at| {
                    !matches!(
                        self.words(at),
                        "公司" | "企业" | "平台" | "团队" | "项目" | "产品" | "机构"
                    )
                });
                self.leads_to_event(end)
                    || ordinary::make(words) == Make::Half
                    || shape::has_corporate_suffix(words)
                        && (self.leads_to_deal(end) || !shape::is_product_like(words))
                    || matches!(self.piece(end).map(|piece| piece.what), Some(What::Number))
                    || maker
                        && self
                            .piece(end)
                            .is_none_or(|piece| matches!(piece.what, What::Stop | What::Mark(_)))
            }
            _ if words.chars().count() >= 3 && self.among_backers(start, end) => true,
            Make::Half => lead || shape::has_corporate_suffix(words) || shape::is_fund(words),
            Make::Word | Make::Words => {
                shape::is_fund(words) && words.chars().count() >= 4
                    || lead && start <= 2 && shape::ends_as_company(words)
                    || shape::has_company_suffix_on_a_word(words)
            }
        }
    }

    /// 甲资本、某某家居和乙创投跟投: side by side with names, before a verb of giving.
    fn among_backers(&self, start: usize, end: usize) -> bool {
        let beside = |class: Option<Class>| {
            matches!(
                class,
                Some(
                    Class::And
                        | Class::Etc
                        | Class::By
                        | Class::Lead
                        | Class::Follow
                        | Class::Backers
                )
            )
        };
        let set_off = beside(self.class(end))
            && (start == 0
                || beside(self.class(start - 1))
                || self.piece(start - 1).is_some_and(|piece| piece.what == What::Stop));
        let in_clause = |at: &usize| self.piece(*at).is_some_and(|piece| piece.what != What::Stop);
        set_off
            && ((end..self.pieces.len())
                .take_while(in_clause)
                .any(|at| matches!(self.class(at), Some(Class::Lead | Class::Follow)))
                || (0..start)
                    .rev()
                    .take_while(in_clause)
                    .any(|at| matches!(self.class(at), Some(Class::Backers))))
    }

    /// Whether a verb of money or of a purchase follows: not one of saying or planning.
    fn leads_to_event(&self, from: usize) -> bool {
        for at in from..from + 6 {
            match self.piece(at).map(|piece| piece.what) {
                Some(
                    What::Word(Class::Edge | Class::Time | Class::Plan | Class::Say)
                    | What::Number
                    | What::Mark('」' | '”' | '』' | '"'),
                ) => {}
                Some(What::Word(
                    Class::Finish
                    | Class::Raise
                    | Class::Lead
                    | Class::Follow
                    | Class::Acquire
                    | Class::Merge
                    | Class::List
                    | Class::By,
                )) => return true,
                _ => return false,
            }
        }
        false
    }

    /// 获X投资, 获X数亿元: money or a verb of giving follows.
    fn leads_to_money(&self, from: usize) -> bool {
        (from..from + 8)
            .map_while(|at| self.piece(at).filter(|piece| piece.what != What::Stop))
            .any(|piece| {
                matches!(
                    piece.what,
                    What::Word(
                        Class::Invest
                            | Class::Lead
                            | Class::Follow
                            | Class::Raise
                            | Class::Etc
                            | Class::And
                    )
                )
            })
    }

    /// The name ends where nothing of it can go on.
    fn bounded(&self, end: usize) -> bool {
        match self.piece(end).map(|piece| piece.what) {
            Some(What::Rest) => false,
            None
            | Some(What::Stop | What::Mark(_) | What::Number | What::Known(_) | What::Word(_)) => {
                true
            }
        }
    }

    /// 公司, 该公司, 其, 一家大模型公司.
    fn reference(&self, at: usize) -> Option<Found<Party>> {
        let piece = self.piece(at)?;
        let (words, class) = (self.words(at), self.class(at)?);
        let refers = if words == "后者" {
            Reference::Company
        } else if words == "其" || words == "该公司" {
            if words == "其" { Reference::It } else { Reference::Company }
        } else if class == Class::Head
            && shape::STANDS_ALONE.contains(words)
            && !self.names_follow(at)
        {
            if self.this_one(at) {
                Reference::Company
            } else if self.unnamed(at) {
                Reference::Unnamed
            } else if self.starts_noun(at) {
                Reference::Company
            } else {
                return None;
            }
        } else {
            return None;
        };
        let value = Party::reference(self.text.printed(piece.span), refers);
        Some(Found { value, span: piece.span, rule: "party.zh.reference" })
    }

    /// 这家…公司 in the same clause.
    fn this_one(&self, at: usize) -> bool {
        (0..at)
            .rev()
            .take(6)
            .map_while(|before| self.piece(before).filter(|piece| piece.what != What::Stop))
            .any(|piece| matches!(self.text.of(piece.span), "这家" | "该"))
    }

    fn names_follow(&self, at: usize) -> bool {
        let opens = matches!(
            self.piece(at + 1).map(|piece| piece.what),
            Some(What::Mark('「' | '“' | '『' | '《' | '"'))
        );
        let next = at + 1 + usize::from(opens);
        // 对公司做战略投资: one character is no name.
        self.is_rest(next) && self.words(next).chars().count() > 1
            || self.is_known(next)
            || matches!(self.class(at + 1), Some(Class::Head | Class::Title))
    }

    /// 一家…公司, 某…公司 in the same clause.
    fn unnamed(&self, at: usize) -> bool {
        (0..at)
            .rev()
            .take(6)
            .map_while(|before| self.piece(before).filter(|piece| piece.what != What::Stop))
            .any(|piece| {
                let words = self.text.of(piece.span);
                matches!(
                    words,
                    "一家" | "某" | "另一家" | "多家" | "数家" | "几家" | "两家" | "三家"
                )
            })
    }

    /// Nothing that describes it stands before the noun.
    fn starts_noun(&self, at: usize) -> bool {
        at.checked_sub(1).and_then(|before| self.piece(before)).is_none_or(|piece| {
            match piece.what {
                What::Stop | What::Mark(_) | What::Number => true,
                What::Word(class) => matches!(
                    class,
                    Class::Edge
                        | Class::Time
                        | Class::By
                        | Class::Say
                        | Class::And
                        | Class::Acquire
                        | Class::Invest
                        | Class::Plan
                ),
                What::Known(_) | What::Rest => false,
            }
        })
    }
}

#[cfg(test)]
mod tests;
