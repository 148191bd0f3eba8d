//! Values as people read them: outside text with its language, sums, moments, words for codes.
//!
//! Each part is a small template of its own, so that what it holds is escaped where it is put
//! into markup, and a page can place the part without escaping it again.

use askama::Template;
use askama::filters::HtmlSafe;
use jiff::Timestamp;

use crate::domain::Amount;
use crate::domain::Basis;
use crate::domain::Currency;
use crate::domain::DealKind;
use crate::domain::DealStatus;
use crate::domain::Doubt;
use crate::domain::Field;
use crate::domain::Lang;
use crate::domain::Qualifier;
use crate::domain::RoundBase;
use crate::domain::RoundCode;
use crate::domain::SourceClass;
use crate::domain::Terms;
use crate::domain::UsdRange;
use crate::domain::Valuation;
use crate::domain::one_line;
use crate::query::plain;

/// Text from outside, on one line, isolated from the direction of its neighbours.
#[derive(Template, Debug, Clone, PartialEq, Eq)]
#[template(path = "parts/text.html")]
pub(super) struct Text {
    pub(super) words: String,
    chinese: bool,
}

impl HtmlSafe for Text {}

impl Text {
    pub(super) fn new(raw: &str) -> Text {
        let words = one_line(raw);
        let chinese = words.chars().any(is_han);
        Text { words, chinese }
    }

    pub(super) fn is_chinese(&self) -> bool {
        self.chinese
    }

    pub(super) fn all(raw: &[String]) -> Vec<Text> {
        raw.iter().map(|one| Text::new(one)).collect()
    }
}

fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x323af)
}

/// A point in time: how long ago, with the exact moment to hover over.
#[derive(Template, Debug, Clone, PartialEq, Eq)]
#[template(path = "parts/moment.html")]
pub(super) struct Moment {
    machine: String,
    pub(super) exact: String,
    shown: String,
}

impl HtmlSafe for Moment {}

impl Moment {
    /// `3 h ago`, or the day once it is a fortnight past.
    pub(super) fn ago(at: Timestamp, now: Timestamp) -> Moment {
        Moment { shown: ago(at, now), ..Moment::exact(at) }
    }

    /// `9 Mar 2026, 14:05 UTC`.
    pub(super) fn exact(at: Timestamp) -> Moment {
        Moment {
            machine: at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            exact: at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
            shown: at.strftime("%-d %b %Y, %H:%M UTC").to_string(),
        }
    }
}

fn ago(at: Timestamp, now: Timestamp) -> String {
    let seconds = now.as_second() - at.as_second();
    match seconds {
        0..60 => "just now".to_owned(),
        60..3_600 => format!("{} min ago", seconds / 60),
        3_600..172_800 => format!("{} h ago", seconds / 3_600),
        172_800..1_209_600 => format!("{} days ago", seconds / 86_400),
        // Long past, or dated ahead by its publisher.
        _ => at.strftime("%-d %b %Y").to_string(),
    }
}

/// A sum: short, as printed, and in dollars where it is in another currency.
#[derive(Template, Debug, Clone, PartialEq, Eq)]
#[template(path = "parts/sum.html")]
pub(super) struct Sum {
    pub(super) short: String,
    raw: Option<Text>,
    usd: Option<String>,
    /// The year of the rate.
    year: i16,
    basis: &'static str,
}

impl HtmlSafe for Sum {}

impl Sum {
    pub(super) fn of(amount: &Amount, usd: Option<&UsdRange>) -> Sum {
        let short = plain::sum(amount);
        let raw = Text::new(amount.raw.trim());
        let worth_saying = !raw.words.is_empty() && raw.words != short;
        let foreign = amount.currency.is_some_and(|currency| currency != Currency::USD);
        let year = usd.map_or(0, |usd| usd.rate_year);
        let usd = usd.filter(|_| foreign).map(|usd| in_dollars(amount, usd));
        Sum { short, raw: worth_saying.then_some(raw), usd, year, basis: "" }
    }

    pub(super) fn valuation(valuation: &Valuation, usd: Option<&UsdRange>) -> Sum {
        let basis = match valuation.basis {
            Basis::Pre => "pre-money",
            Basis::Post => "post-money",
            Basis::Unspecified => "",
        };
        Sum { basis, ..Sum::of(&valuation.amount(), usd) }
    }
}

fn in_dollars(amount: &Amount, usd: &UsdRange) -> String {
    // The sign says "about" already.
    let qualifier = match amount.qualifier {
        Qualifier::About => Qualifier::Exact,
        firm => firm,
    };
    let currency = Some(Currency::USD);
    let dollars = Amount { raw: String::new(), min: usd.min, max: usd.max, currency, qualifier };
    format!("≈ {}", plain::sum(&dollars))
}

/// How far a deal is, as a coloured word.
#[derive(Template, Debug, Clone, Copy, PartialEq, Eq)]
#[template(path = "parts/chip.html")]
pub(super) struct Chip {
    class: &'static str,
    pub(super) label: &'static str,
}

impl HtmlSafe for Chip {}

impl From<DealStatus> for Chip {
    fn from(status: DealStatus) -> Chip {
        Chip { class: status.as_str(), label: status_label(status) }
    }
}

pub(super) fn status_label(status: DealStatus) -> &'static str {
    match status {
        DealStatus::Seeking => "Seeking",
        DealStatus::Rumoured => "Rumoured",
        DealStatus::InTalks => "In talks",
        DealStatus::Announced => "Announced",
        DealStatus::Completed => "Completed",
        DealStatus::Terminated => "Terminated",
        DealStatus::Denied => "Denied",
        DealStatus::Expired => "Expired",
    }
}

pub(super) fn kind_label(kind: DealKind) -> &'static str {
    match kind {
        DealKind::Funding => "Funding",
        DealKind::InvestmentStake => "Stake",
        DealKind::Debt => "Debt",
        DealKind::Secondary => "Secondary sale",
        DealKind::Acquisition => "Acquisition",
        DealKind::Merger => "Merger",
        DealKind::Acquihire => "Acquihire",
        DealKind::AssetPurchase => "Asset purchase",
        DealKind::Divestiture => "Divestiture",
        DealKind::Ipo => "IPO",
    }
}

pub(super) fn doubt_label(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::SingleSource => "one source",
        Doubt::RumourOnly => "rumour only",
        Doubt::AmountConflict => "sums differ",
        Doubt::EntityAmbiguous => "name ambiguous",
        Doubt::CurrencyInferred => "currency inferred",
        Doubt::DateInferred => "date inferred",
    }
}

pub(super) fn terms_label(terms: Terms) -> &'static str {
    match terms {
        Terms::Cash => "Cash",
        Terms::Stock => "Shares",
        Terms::Mixed => "Cash and shares",
        Terms::EarnOut => "Earn-out",
    }
}

pub(super) fn class_label(class: SourceClass) -> &'static str {
    match class {
        SourceClass::Filing => "filing",
        SourceClass::Company => "company",
        SourceClass::Wire => "wire",
        SourceClass::Media => "media",
        SourceClass::Aggregator => "aggregator",
    }
}

pub(super) fn lang_label(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "English",
        Lang::Zh => "Chinese",
    }
}

pub(super) fn field_label(field: Field) -> &'static str {
    match field {
        Field::Target => "Company",
        Field::Kind => "Kind",
        Field::Status => "Status",
        Field::Acquirers => "Buyer",
        Field::Sellers => "Seller",
        Field::Advisers => "Advisers",
        Field::Asset => "What is bought",
        Field::Round => "Round",
        Field::Amount => "Amount",
        Field::TargetAmount => "Amount sought",
        Field::Cumulative => "Raised to date",
        Field::Valuation => "Valuation",
        Field::Investors => "Investors",
        Field::StakePct => "Share",
        Field::Terms => "Paid in",
        Field::AnnouncedOn => "Announced on",
        Field::ClosedOn => "Closed on",
        Field::ExpectedClose => "Expected to close",
        Field::Ai => "AI company",
        Field::Main => "Main news",
    }
}

/// `Series B+`, `Pre-seed`.
pub(super) fn round_label(round: RoundCode) -> String {
    let name = match round.base {
        RoundBase::PreSeed => "Pre-seed",
        RoundBase::Seed => "Seed",
        RoundBase::Angel => "Angel",
        RoundBase::PreA => "Pre-A",
        RoundBase::Growth => "Growth",
        RoundBase::Strategic => "Strategic",
        RoundBase::Bridge => "Bridge",
        RoundBase::Venture => "Venture",
        RoundBase::Letter(_) => return format!("Series {}", round.to_string().to_uppercase()),
    };
    if round.plus { format!("{name}+") } else { name.to_owned() }
}

/// A confidence of 0 to 1 in whole per cent.
pub(super) fn per_cent(confidence: f64) -> u8 {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to 0..=100, and a NaN becomes 0"
    )]
    let whole = (confidence.clamp(0.0, 1.0) * 100.0).round() as u8;
    whole
}

/// Only what a browser opens as a page; anything else stays text.
pub(super) fn web_link(url: &str) -> Option<String> {
    let parsed = url::Url::parse(url.trim()).ok()?;
    (matches!(parsed.scheme(), "http" | "https") && parsed.has_host()).then(|| parsed.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn hostile_text_is_escaped_once_and_loses_what_turns_the_line_round() {
        let text = Text::new("<script>alert(1)</script>\u{202e}gpj\u{7}\u{1b}[31m & \"co\"");
        insta::assert_snapshot!(
            text.to_string(),
            @"<bdi>&#60;script&#62;alert(1)&#60;/script&#62;gpj  [31m &#38; &#34;co&#34;</bdi>"
        );
    }

    #[test]
    fn chinese_text_says_so() {
        assert_eq!(Text::new("智谱").to_string(), "<bdi lang=\"zh\">智谱</bdi>");
        assert_eq!(Text::new("Zhipu").to_string(), "<bdi>Zhipu</bdi>");
    }

    #[test]
    fn a_moment_is_as_far_away_as_one_says_it() {
        let now = at("2026-03-09T12:00:00Z");
        let check = |then: &str, expected: &str| assert_eq!(ago(at(then), now), expected, "{then}");
        check("2026-03-09T11:59:30Z", "just now");
        check("2026-03-09T11:15:00Z", "45 min ago");
        check("2026-03-08T06:00:00Z", "30 h ago");
        check("2026-03-06T11:00:00Z", "3 days ago");
        check("2025-12-24T11:00:00Z", "24 Dec 2025");
        check("2026-03-10T11:00:00Z", "10 Mar 2026");
    }

    #[test]
    fn a_sum_is_short_first_and_then_as_printed() {
        let usd = UsdRange { min: Some(14_000_000), max: Some(14_000_000), rate_year: 2026 };
        let amount = Amount::new("约1亿元", 100_000_000, Currency::CNY, Qualifier::About);
        let sum = Sum::of(&amount, Some(&usd));
        assert_eq!(sum.short, "about CNY 100M");
        assert_eq!(sum.raw, Some(Text::new("约1亿元")));
        assert_eq!(sum.usd.as_deref(), Some("≈ $14M"));
        let plain = Amount::new("$40M", 40_000_000, Currency::USD, Qualifier::Exact);
        assert_eq!(Sum::of(&plain, Some(&usd)).raw, None);
        assert_eq!(Sum::of(&plain, Some(&usd)).usd, None);
    }

    #[test]
    fn only_pages_of_the_web_become_links() {
        assert_eq!(web_link("https://a.test/x?y=1"), Some("https://a.test/x?y=1".to_owned()));
        assert_eq!(web_link("javascript:alert(1)"), None);
        assert_eq!(web_link(" JaVaScRiPt:alert(1)"), None);
        assert_eq!(web_link("data:text/html,x"), None);
        assert_eq!(web_link("/relative"), None);
    }

    proptest::proptest! {
        #[test]
        fn no_text_leaves_its_place(raw in "(\\PC|[<>&\"'\u{202e}\u{0}-\u{1f}]){0,20}") {
            let html = Text::new(&raw).to_string();
            let inside = html.strip_suffix("</bdi>").and_then(|html| html.split_once('>')).unwrap().1;
            let outlaw = |c: char| matches!(c, '<' | '>' | '"' | '\'' | '\u{202e}') || c.is_control();
            proptest::prop_assert!(!inside.contains(outlaw), "{}", html);
        }
    }

    #[test]
    fn a_round_is_named_as_people_name_it() {
        assert_eq!(round_label("b+".parse().unwrap()), "Series B+");
        assert_eq!(round_label("pre-a".parse().unwrap()), "Pre-A");
        assert_eq!(round_label("seed+".parse().unwrap()), "Seed+");
    }
}
