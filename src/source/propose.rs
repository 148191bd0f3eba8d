//! What a new source could be called, who speaks in it, and how often it is worth a poll.
//!
//! Proposals for a person, who may say otherwise; nothing here decides for a running source.

use jiff::Timestamp;
use url::Url;

use super::host_key;
use crate::domain::SourceClass;

/// Words of addresses that say nothing about what a feed is.
const EMPTY_WORDS: &[&str] = &[
    "feed",
    "feeds",
    "rss",
    "rss2",
    "atom",
    "xml",
    "json",
    "rdf",
    "index",
    "html",
    "htm",
    "php",
    "category",
    "categories",
    "tag",
    "tags",
    "topic",
    "topics",
    "section",
    "all",
    "www",
    "en",
    "zh",
    "cn",
    "v1",
    "api",
    "channel",
];
/// An id of more words is no shorter than the address.
const ID_WORDS: usize = 3;
/// An id is at most this long here; the catalogue allows more.
const ID_CHARS: usize = 40;
/// The intervals that are proposed, in seconds: the first that is at most half of the rhythm.
const RUNGS: &[u32] = &[21_600, 7_200, 3_600, 1_800, 900];

/// Hosts whose words are filings.
const FILING: &[&str] = &[
    "sec.gov",
    "hkexnews.hk",
    "cninfo.com.cn",
    "sse.com.cn",
    "szse.cn",
    "hkex.com.hk",
    "bse.cn",
    "companieshouse.gov.uk",
];
/// Hosts of press-release wires and news agencies.
const WIRE: &[&str] = &[
    "prnewswire.com",
    "businesswire.com",
    "globenewswire.com",
    "accesswire.com",
    "newswire.com",
    "prnasia.com",
    "reuters.com",
    "apnews.com",
    "xinhuanet.com",
    "news.cn",
    "kyodonews.net",
    "einpresswire.com",
    "prweb.com",
];
/// Hosts that repeat others.
const AGGREGATOR: &[&str] = &[
    "google.com",
    "bing.com",
    "yahoo.com",
    "news.ycombinator.com",
    "ycombinator.com",
    "hnrss.org",
    "techmeme.com",
    "reddit.com",
    "rsshub.app",
    "feedburner.com",
    "toutiao.com",
    "flipboard.com",
    "feedly.com",
    "gdeltproject.org",
];
/// Path words under which companies speak of themselves.
const COMPANY_WORDS: &[&str] =
    &["press", "newsroom", "press-releases", "pressroom", "investors", "company-news"];

/// Ids that differ in a number alone.
const NUMBERS: u32 = 100;

/// The same for an address at each run (FNV-1a).
fn fingerprint(url: &Url, round: u32) -> u32 {
    let bytes = url.as_str().bytes().chain(round.to_le_bytes());
    bytes.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// An id from the host and what the path says, as `techcrunch-venture`; with a number if it is
/// taken.
pub fn id(url: &Url, taken: impl Fn(&str) -> bool) -> String {
    let key = host_key(url);
    let name = key.split(['.', ':']).next().unwrap_or_default();
    let host = match url.host() {
        Some(url::Host::Domain(_)) => name.to_owned(),
        _ => key.clone(),
    };
    // `ai.example.com` says more than `example.com`.
    let domain = url.domain().unwrap_or_default();
    let below = domain.strip_suffix(key.split(':').next().unwrap_or_default()).unwrap_or_default();
    let words = below.split('.').chain(url.path().split(['/', '.']));
    let mut id = slug(&host);
    let mut added = 0;
    for word in words.map(slug).filter(|word| !word.is_empty()) {
        let known = EMPTY_WORDS.contains(&word.as_str()) || id.split('-').any(|part| part == word);
        if known || word.chars().all(|c| c.is_ascii_digit()) {
            continue;
        }
        if added == ID_WORDS || id.len() + word.len() >= ID_CHARS {
            break;
        }
        added += 1;
        id = format!("{id}-{word}");
    }
    if id.is_empty() {
        "source".clone_into(&mut id);
    }
    if !taken(&id) {
        return id;
    }
    let numbered = (2..NUMBERS).map(|number| format!("{id}-{number}"));
    // Of thousands of sources of one host each would try the numbers of all before it.
    let hashed = (0..).map(|round| format!("{id}-{:08x}", fingerprint(url, round)));
    numbered.chain(hashed).find(|id| !taken(id)).unwrap_or(id)
}

/// Small letters and digits; everything else, with escaped bytes, becomes one hyphen.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    let mut chars = text.chars().map(|c| c.to_ascii_lowercase());
    while let Some(c) = chars.next() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
            continue;
        }
        if c == '%' {
            chars.by_ref().take(2).for_each(drop);
        }
        if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// Who probably speaks, by the host and the path.
pub fn class(url: &Url) -> SourceClass {
    let host = url.host_str().unwrap_or_default();
    let key = host_key(url);
    let is_in = |list: &[&str]| list.contains(&key.as_str()) || list.contains(&host);
    let mut path = url.path().split('/');
    if is_in(FILING) {
        SourceClass::Filing
    } else if is_in(WIRE) {
        SourceClass::Wire
    } else if is_in(AGGREGATOR) {
        SourceClass::Aggregator
    } else if path.any(|word| COMPANY_WORDS.contains(&word)) {
        SourceClass::Company
    } else {
        SourceClass::Media
    }
}

/// The usual time between two items, in seconds: the median gap. `None` below three dates.
pub fn rhythm_secs(dates: &[Timestamp]) -> Option<u64> {
    let mut dates = dates.to_vec();
    dates.sort_unstable();
    let mut gaps: Vec<i64> =
        dates.windows(2).map(|pair| pair[1].as_second() - pair[0].as_second()).collect();
    gaps.sort_unstable();
    if gaps.len() < 2 {
        return None;
    }
    gaps.get(gaps.len() / 2).map(|gap| gap.unsigned_abs())
}

/// From the first to the last date, in seconds: how far back the list reaches.
pub fn span_secs(dates: &[Timestamp]) -> Option<u64> {
    let (first, last) = (dates.iter().min()?, dates.iter().max()?);
    Some((last.as_second() - first.as_second()).unsigned_abs()).filter(|span| *span > 0)
}

/// How often to poll: twice per item, and twice per list, so that none is missed; between a
/// quarter of an hour and six hours. Half an hour if the dates do not tell.
pub fn every_secs(dates: &[Timestamp]) -> u32 {
    const DEFAULT: u32 = 1_800;
    let Some(rhythm) = rhythm_secs(dates) else { return DEFAULT };
    let wanted = span_secs(dates).map_or(rhythm, |span| rhythm.min(span)) / 2;
    let fits = |rung: &&u32| u64::from(**rung) <= wanted;
    RUNGS.iter().find(fits).or(RUNGS.last()).copied().unwrap_or(DEFAULT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_id(url: &str, expected: &str) {
        assert_eq!(id(&url.parse().unwrap(), |id| id == "taken"), expected, "for: {url}");
    }

    #[test]
    fn an_id_says_whose_feed_it_is_and_of_what() {
        check_id("https://quaypost.test/category/venture/feed/", "quaypost-venture");
        check_id("https://www.quaypost.co.uk/rss.xml", "quaypost");
        check_id("https://ai.quaypost.com/feed", "quaypost-ai");
        check_id(
            "https://quaypost.com/News%20and%20Views/AI_Labs/rss",
            "quaypost-news-and-views-ai-labs",
        );
        check_id("http://127.0.0.1:8080/news/feed", "127-0-0-1-8080-news");
        check_id("https://taken.test/feed", "taken-2");
        check_id("https://港湾.test/feed", "xn-j6wog");
    }

    #[test]
    fn every_proposed_id_is_one_the_catalogue_takes() {
        for url in ["https://a.test/%E6%96%B0%E9%97%BB/rss", "https://[::1]/f", "https://x.test/"] {
            let id = id(&url.parse().unwrap(), |_| false);
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(!id.is_empty() && id.chars().all(plain), "{id}");
        }
    }

    #[test]
    fn who_speaks_is_told_by_the_address() {
        let check =
            |url: &str, expected| assert_eq!(class(&url.parse().unwrap()), expected, "{url}");
        check("https://www.sec.gov/x.atom", SourceClass::Filing);
        check("https://www.prnewswire.com/rss/x", SourceClass::Wire);
        check("https://news.google.com/rss/search?q=x", SourceClass::Aggregator);
        check("https://acme.test/newsroom/feed", SourceClass::Company);
        check("https://quaypost.test/feed", SourceClass::Media);
    }

    #[test]
    fn the_interval_follows_the_rhythm() {
        let dates = |gap: i64, count: i64| -> Vec<Timestamp> {
            (0..count).map(|n| Timestamp::from_second(1_700_000_000 + n * gap).unwrap()).collect()
        };
        let check = |gap, expected| assert_eq!(every_secs(&dates(gap, 10)), expected, "{gap}");
        check(60, 900);
        check(3_600, 1_800);
        check(86_400, 21_600);
        assert_eq!(every_secs(&[]), 1_800);
        assert_eq!(every_secs(&dates(60, 2)), 1_800);
        assert_eq!(rhythm_secs(&dates(100, 5)), Some(100));
        assert_eq!(span_secs(&dates(100, 5)), Some(400));
    }
}
