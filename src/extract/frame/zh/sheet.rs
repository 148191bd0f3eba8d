//! Deals told in fields: 轮次:A轮 on lines of their own, or the rows of a table.

use crate::domain::DealKind;
use crate::domain::Lang;
use crate::domain::Span;
use crate::extract::Found;
use crate::extract::candidate::Backer;
use crate::extract::candidate::Candidate;
use crate::extract::facts::Facts;
use crate::extract::party::Party;
use crate::extract::party::PartyKind;
use crate::extract::text::Place;
use crate::extract::text::Sentence;
use crate::extract::text::Text;

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Target,
    Round,
    Amount,
    Worth,
    Backers,
    Leads,
    Buyers,
    /// Any other field of the same sheet.
    Other,
}

const LABELS: &[(Field, &[&str])] = &[
    (
        Field::Target,
        &[
            "公司",
            "公司名称",
            "企业",
            "企业名称",
            "项目",
            "项目名称",
            "融资方",
            "融资企业",
            "融资公司",
            "融资主体",
            "标的",
            "标的公司",
            "被收购方",
            "被投企业",
            "公司简称",
            "名称",
        ],
    ),
    (Field::Round, &["轮次", "融资轮次", "融资阶段", "本轮轮次"]),
    (
        Field::Amount,
        &[
            "金额",
            "融资金额",
            "融资额",
            "融资规模",
            "募资金额",
            "募资额",
            "交易金额",
            "交易对价",
            "收购价格",
            "交易价格",
            "规模",
            "对价",
            "作价",
        ],
    ),
    (Field::Worth, &["估值", "投后估值", "投前估值", "公司估值"]),
    (
        Field::Backers,
        &[
            "投资方",
            "投资人",
            "投资机构",
            "资方",
            "出资方",
            "参投方",
            "跟投方",
            "跟投",
            "投资者",
            "主要投资方",
            "本轮投资方",
            "参与投资方",
        ],
    ),
    (Field::Leads, &["领投方", "领投机构", "领投"]),
    (Field::Buyers, &["收购方", "买方", "买家", "受让方"]),
];

/// A field of one line or row, and where its value stands.
#[derive(Debug, Clone, Copy)]
struct Cell {
    field: Field,
    sentence: usize,
    value: Span,
}

/// One deal told in fields.
#[derive(Debug, Clone, Default)]
struct Record(Vec<Cell>);

impl Record {
    fn has(&self, field: Field) -> bool {
        self.0.iter().any(|cell| cell.field == field)
    }

    fn tells(&self) -> bool {
        let more = [Field::Round, Field::Amount, Field::Backers, Field::Leads, Field::Buyers];
        self.has(Field::Target) && more.iter().filter(|field| self.has(**field)).count() >= 2
    }
}

/// Which sentences stand in a sheet.
pub(super) fn sentences(text: &Text) -> Vec<usize> {
    let cells = records(text).into_iter().flat_map(|record| record.0);
    let mut sentences: Vec<usize> = cells.map(|cell| cell.sentence).collect();
    sentences.dedup();
    sentences
}

/// The deals of all sheets; `facts` are complete for the sentences in them.
pub(super) fn read(text: &Text, facts: &[Facts]) -> Vec<Candidate> {
    records(text).iter().filter_map(|record| candidate(text, facts, record)).collect()
}

/// The records of a text that tell a deal.
fn records(text: &Text) -> Vec<Record> {
    let mut records = Vec::new();
    let mut open = Record::default();
    let mut header: Option<Vec<Field>> = None;
    let body = text.sentences().iter().filter(|sentence| {
        sentence.place == Place::Body && sentence.lang == Lang::Zh && !sentence.debris
    });
    for sentence in body {
        let cells = cells(text, sentence);
        if cells.len() >= 2 {
            records.push(std::mem::take(&mut open));
            let fields: Vec<Field> = cells.iter().map(|cell| field(text.of(*cell))).collect();
            let known = fields.iter().filter(|field| **field != Field::Other).count();
            if known >= 2 && fields.contains(&Field::Target) {
                header = Some(fields);
            } else if let Some(header) = header.as_ref().filter(|h| h.len() == cells.len()) {
                let row = header.iter().zip(&cells).map(|(field, value)| Cell {
                    field: *field,
                    sentence: sentence.index,
                    value: *value,
                });
                records.push(Record(row.collect()));
            }
            continue;
        }
        header = None;
        match line(text, sentence) {
            Some(cell) => {
                if cell.field == Field::Target && open.has(Field::Target) {
                    records.push(std::mem::take(&mut open));
                }
                open.0.push(cell);
            }
            None => records.push(std::mem::take(&mut open)),
        }
    }
    records.push(open);
    records.retain(Record::tells);
    records
}

/// The cells of a row of a table.
fn cells(text: &Text, sentence: &Sentence) -> Vec<Span> {
    let words = text.of(sentence.span);
    if !words.contains(['|', '\t']) {
        return Vec::new();
    }
    let mut cells = Vec::new();
    let mut start = sentence.span.start();
    for part in words.split(['|', '\t']) {
        let lead = part.len() - part.trim_start().len();
        cells.extend(text.span(start + lead, start + part.trim_end().len().max(lead)));
        start += part.len() + 1;
    }
    cells
}

fn field(label: &str) -> Field {
    let label = label.trim_matches(['*', ' ', '【', '】', '-', '•', '·', '▪']);
    LABELS
        .iter()
        .find(|(_, labels)| labels.contains(&label))
        .map_or(Field::Other, |(field, _)| *field)
}

/// The longest label, in bytes.
const LABEL: usize = 24;

/// 轮次:A轮.
fn line(text: &Text, sentence: &Sentence) -> Option<Cell> {
    let words = text.of(sentence.span);
    let (label, value) = words.split_once(':').filter(|(label, _)| label.len() <= LABEL)?;
    let field = field(label);
    let value = value.trim().trim_end_matches(['。', ';', ',']);
    let start = sentence.span.start() + words.find(value).filter(|_| !value.is_empty())?;
    let value = text.span(start, start + value.len())?;
    Some(Cell { field, sentence: sentence.index, value })
}

fn candidate(text: &Text, facts: &[Facts], record: &Record) -> Option<Candidate> {
    let first = record.0.iter().find(|cell| cell.field == Field::Target)?;
    let bought = record.has(Field::Buyers);
    let kind = if bought { DealKind::Acquisition } else { DealKind::Funding };
    let mut candidate = Candidate::new(first.sentence, kind, first.value, "frame.zh.sheet");
    for cell in &record.0 {
        let facts = facts.get(cell.sentence)?;
        let sum = || facts.sums.iter().find(|sum| cell.value.contains(sum.span));
        match cell.field {
            Field::Target => {
                candidate.target = candidate.target.or_else(|| name(text, facts, cell.value));
            }
            Field::Round => {
                let round = facts.rounds.iter().find(|round| cell.value.contains(round.span));
                candidate.round = candidate.round.or_else(|| round.cloned());
            }
            Field::Amount => {
                candidate.amount =
                    candidate.amount.or_else(|| sum().map(|sum| sum.clone().map(|sum| sum.amount)));
            }
            Field::Worth => {
                let worth = sum().filter(|sum| sum.value.amount.currency.is_some());
                candidate.valuation = candidate.valuation.or_else(|| {
                    let basis = crate::domain::Basis::Unspecified;
                    worth.map(|sum| {
                        let value = |sum: crate::extract::money::Sum| {
                            crate::domain::Valuation::new(sum.amount, basis)
                        };
                        sum.clone().map(value)
                    })
                });
            }
            Field::Backers | Field::Leads => {
                for (party, lead) in names(text, facts, cell.value) {
                    let lead = lead || cell.field == Field::Leads;
                    candidate.investors.push(Backer { party, lead });
                }
            }
            Field::Buyers => {
                let buyers = names(text, facts, cell.value).into_iter().map(|(party, _)| party);
                candidate.acquirers.extend(buyers);
            }
            Field::Other => {}
        }
    }
    let told = candidate.round.is_some()
        || candidate.amount.is_some()
        || !candidate.investors.is_empty()
        || bought;
    candidate.target.is_some().then_some(candidate).filter(|_| told)
}

/// The longest name, in bytes.
const LONGEST: usize = 90;

/// The name of a cell: what was found there, else what stands before a bracket.
fn name(text: &Text, facts: &Facts, cell: Span) -> Option<Found<Party>> {
    let known = facts.parties.iter().find(|party| {
        party.span.start() == cell.start() && cell.contains(party.span) && party.value.is_name()
    });
    if let Some(known) = known {
        return Some(known.clone());
    }
    let words = text.of(cell);
    let open = words.len() - words.trim_start_matches(['「', '“', '"', '《', ' ']).len();
    let inner = words.get(open..)?;
    let end = inner.find(['(', ',', '」', '”', '"', '》', ':', ';']).unwrap_or(inner.len());
    let inner = inner.get(..end)?.trim_end();
    let lettered = inner.chars().any(char::is_alphabetic);
    let silent = ["未披露", "未透露", "未公开", "不详", "暂无", "无"].contains(&inner);
    if !lettered || silent || inner.len() > LONGEST {
        return None;
    }
    let start = cell.start() + open;
    let span = text.span(start, start + inner.len())?;
    Some(Found { value: Party::named(text.printed(span)), span, rule: "party.zh.cell" })
}

/// 源码资本(领投)、北极光创投: the names of a cell, and whether each leads.
fn names(text: &Text, facts: &Facts, cell: Span) -> Vec<(Found<Party>, bool)> {
    let words = text.of(cell);
    let mut names = Vec::new();
    let mut start = 0;
    let ends = words.match_indices(['、', ',', '/', ';']).map(|(at, sign)| (at, sign.len()));
    for (end, sign) in ends.chain([(words.len(), 0)]) {
        let part = words.get(start..end).unwrap_or_default();
        let trimmed = part.trim_end_matches(['等', '。', ' ']);
        let skipped = trimmed.len() - trimmed.trim_start().len();
        let base = cell.start() + start;
        if let Some(span) = text.span(base + skipped, base + trimmed.len())
            && let Some(mut party) = name(text, facts, span)
        {
            if party.rule == "party.zh.cell" {
                party.value.kind = PartyKind::Investor;
            }
            names.push((party, part.contains("领投")));
        }
        start = end + sign;
    }
    names
}
