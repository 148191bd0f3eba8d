//! Links of search engines that lead through themselves to the page they mean.

use ::url::Url;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Longer than any address of a page.
const MAX_TOKEN: usize = 4_096;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// To the page itself.
    Plain,
    /// Through somebody to this page.
    Through(Url),
    /// Through somebody, and only they know where to.
    Opaque,
}

/// Reads where a link leads, without asking anybody.
pub fn target(url: &Url) -> Link {
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let is_bing = host == "bing.com" || host.ends_with(".bing.com");
    if is_bing && url.path().to_ascii_lowercase().starts_with("/news/apiclick") {
        return named(url, &["url"]);
    }
    if host == "news.google.com" {
        return match token(url) {
            Some(token) => inside(token).map_or(Link::Opaque, Link::Through),
            None if named(url, &["url"]) != Link::Opaque => named(url, &["url"]),
            None => Link::Plain,
        };
    }
    if host.starts_with("google.") && url.path() == "/url" {
        return named(url, &["url", "q"]);
    }
    Link::Plain
}

/// Whether a link leads through somebody who alone knows where to: nothing to fetch.
pub fn is_opaque(url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| target(&url) == Link::Opaque)
}

fn named(url: &Url, names: &[&str]) -> Link {
    let mut pairs = url.query_pairs();
    let value = pairs.find(|(name, _)| names.contains(&name.as_ref())).map(|(_, value)| value);
    value.and_then(|value| web(&value)).map_or(Link::Opaque, Link::Through)
}

fn web(text: &str) -> Option<Url> {
    let url = Url::parse(text.trim()).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
}

/// What stands behind `/articles/` or `/read/`.
fn token(url: &Url) -> Option<&str> {
    let mut parts = url.path_segments()?;
    parts.find(|part| matches!(*part, "articles" | "read"))?;
    parts.next().filter(|token| !token.is_empty() && token.len() <= MAX_TOKEN)
}

/// Older tokens hold the address in a field of a small binary message: field 4, and its length.
/// Newer ones hold a number that only the server understands.
fn inside(token: &str) -> Option<Url> {
    let bytes = URL_SAFE_NO_PAD.decode(token).or_else(|_| URL_SAFE.decode(token)).ok()?;
    let rest = bytes.strip_prefix(&[0x08, 0x13])?.strip_prefix(&[0x22])?;
    let (low, rest) = rest.split_first()?;
    let (length, rest) = match low & 0x80 {
        0 => (usize::from(*low), rest),
        _ => {
            let (high, rest) = rest.split_first().filter(|(high, _)| **high < 0x80)?;
            (usize::from(low & 0x7f) | usize::from(*high) << 7, rest)
        }
    };
    web(str::from_utf8(rest.get(..length)?).ok()?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(url: &str, expected: &str) {
        let shown = match target(&Url::parse(url).unwrap()) {
            Link::Plain => "plain".to_owned(),
            Link::Opaque => "opaque".to_owned(),
            Link::Through(url) => url.to_string(),
        };
        assert_eq!(shown, expected, "for: {url}");
    }

    fn google(address: &[u8]) -> String {
        let mut bytes = vec![0x08, 0x13, 0x22];
        match address.len() {
            length @ 0..0x80 => bytes.push(u8::try_from(length).unwrap()),
            length => bytes.extend([
                u8::try_from(length & 0x7f).unwrap() | 0x80,
                u8::try_from(length >> 7).unwrap(),
            ]),
        }
        bytes.extend(address);
        bytes.extend([0xd2, 0x01, 0x00]);
        format!("https://news.google.com/rss/articles/{}?oc=5", URL_SAFE_NO_PAD.encode(bytes))
    }

    #[test]
    fn links_that_say_where_they_lead_are_unwrapped() {
        check(
            "http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&tid=6f&url=https%3a%2f%2fa.test%2fx%3fid%3d1&c=12&mkt=en-us",
            "https://a.test/x?id=1",
        );
        check(
            "https://www.google.com/url?rct=j&sa=t&url=https://a.test/x&ct=ga",
            "https://a.test/x",
        );
        check("https://news.google.com/news/url?sa=t&url=https://a.test/y", "https://a.test/y");
        check(&google(b"https://a.test/short"), "https://a.test/short");
        let long = format!("https://a.test/{}", "x".repeat(200));
        check(&google(long.as_bytes()), &long);
    }

    #[test]
    fn what_only_its_server_knows_is_opaque() {
        check(&google(b"AU_yqLM3fJ"), "opaque");
        check("https://news.google.com/rss/articles/CBMixyz!?oc=5", "opaque");
        check("https://www.bing.com/news/apiclick.aspx?tid=1", "opaque");
        check("https://www.bing.com/news/apiclick.aspx?url=javascript:x", "opaque");
    }

    #[test]
    fn other_links_are_plain() {
        check("https://a.test/url?url=https://b.test/", "plain");
        check("https://news.google.com/topics/x", "plain");
        check("https://bing.com.a.test/news/apiclick.aspx?url=https://b.test", "plain");
    }

    proptest! {
        #[test]
        fn no_token_panics(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let mut whole = vec![0x08, 0x13, 0x22];
            whole.extend(bytes);
            inside(&URL_SAFE_NO_PAD.encode(&whole));
        }
    }
}
