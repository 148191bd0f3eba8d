//! One address per page: links made absolute, and the canonical form that is compared.

mod tracking;
mod typed;

use std::borrow::Cow;

use ::url::Url;

use tracking::is_tracking;

pub use typed::typed;

/// `href` against `base`; only addresses of the web, without user and password.
pub fn absolute(base: &Url, href: &str) -> Option<Url> {
    let href = href.trim();
    if href.is_empty() {
        return None;
    }
    let mut url = base.join(href).ok()?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return None;
    }
    if !url.username().is_empty() || url.password().is_some() {
        url.set_username("").ok()?;
        url.set_password(None).ok()?;
    }
    Some(url)
}

/// Labels before a host's name that say for which screen it serves.
const SCREENS: &[&str] = &["www.", "m.", "mobile.", "wap.", "3g.", "touch.", "amp."];

/// What stands under a country and belongs to nobody: `com.cn`, `co.uk`.
const SHARED: &[&str] = &["com", "net", "org", "gov", "edu", "co", "ac", "or", "ne"];

/// Files that are the folder they stand in.
const INDEX: &[&str] = &["index.html", "index.htm", "index.shtml", "default.html", "default.htm"];

/// The form by which two addresses of one page compare equal.
///
/// Without fragment, tracking parameters, session, default port and last slash; `https`, the
/// desktop host, the page instead of its AMP copy, percent-encoding in one spelling; remaining
/// parameters in alphabetical order. A fragment that is a route (`#!/a`, `#/a`) stays.
/// It is a key, not an address to fetch.
pub fn canonical(url: &Url) -> String {
    let cached = of_amp_cache(url);
    let url = cached.as_ref().unwrap_or(url);
    let full_host = url.host_str().unwrap_or_default();
    let host = desktop_host(full_host);
    let port = match url.port() {
        None | Some(80 | 443) => String::new(),
        Some(port) => format!(":{port}"),
    };
    let mut key = format!("https://{host}{port}{}", page_path(url.path()));
    let kept = |(name, value): &(Cow<'_, str>, Cow<'_, str>)| !is_tracking(&host, name, value);
    let mut pairs: Vec<_> = url.query_pairs().filter(kept).collect();
    pairs.sort();
    if !pairs.is_empty() {
        let query =
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        key.push('?');
        key.push_str(&query);
    }
    if let Some(route) = url.fragment().filter(|part| part.starts_with(['!', '/'])) {
        key.push('#');
        key.push_str(route);
    }
    key
}

/// Whether a page at `url` may name `told` as its address: on the same site, not the front page
/// for an article, and without losing the parameter that says which article it is.
pub fn may_stand_for(told: &Url, url: &Url) -> bool {
    let is_front = |url: &Url| page_path(url.path()).is_empty() && url.query().is_none();
    let named_by_query = |url: &Url| canonical(url).contains('?');
    let loses = page_path(told.path()) == page_path(url.path())
        && named_by_query(url)
        && !named_by_query(told);
    site(told) == site(url) && (!is_front(told) || is_front(url)) && !loses
}

/// The name that a site's hosts share: `example.com.cn` for `m.news.example.com.cn`.
pub fn site(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default().trim_end_matches('.');
    let labels: Vec<&str> = host.split('.').collect();
    let is_shared = |label: &&&str| SHARED.contains(*label);
    let is_address = host.ends_with(|c: char| c.is_ascii_digit() || c == ']');
    let below_shared = labels.len().checked_sub(2).and_then(|at| labels.get(at)).filter(is_shared);
    let length = if is_address { labels.len() } else { 2 + usize::from(below_shared.is_some()) };
    labels.get(labels.len().saturating_sub(length)..).unwrap_or_default().join(".")
}

/// The page of which a cache serves the AMP copy: `…cdn.ampproject.org/c/s/HOST/PATH`,
/// `www.google.com/amp/s/HOST/PATH`.
fn of_amp_cache(url: &Url) -> Option<Url> {
    let host = url.host_str()?;
    let path = url.path().strip_prefix('/')?;
    let rest = if host == "cdn.ampproject.org" || host.ends_with(".cdn.ampproject.org") {
        let (kind, rest) = path.split_once('/')?;
        Some(rest).filter(|_| matches!(kind, "a" | "c" | "v"))
    } else if host.starts_with("www.google.") || host == "www.bing.com" {
        path.strip_prefix("amp/")
    } else {
        None
    }?;
    let page = rest.strip_prefix("s/").unwrap_or(rest);
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    // A host has a point; what is left otherwise is a page of the cache itself.
    let has_host = page.split('/').next().is_some_and(|host| host.contains('.'));
    Url::parse(&format!("https://{page}{query}")).ok().filter(|_| has_host)
}

/// The host without the labels that say for which screen it serves.
fn desktop_host(host: &str) -> String {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let mut rest = host.as_str();
    while let Some(shorter) = SCREENS.iter().find_map(|label| rest.strip_prefix(label)) {
        let first = shorter.split('.').next().unwrap_or_default();
        let is_suffix = SHARED.contains(&first) && shorter.matches('.').count() == 1;
        if !shorter.contains('.') || is_suffix {
            break;
        }
        rest = shorter;
    }
    rest.to_owned()
}

/// The path without what says how the page is shown.
fn page_path(path: &str) -> String {
    let path = without_session(path);
    let mut path = one_spelling(path);
    loop {
        let shorter = path.trim_end_matches('/');
        let folder = INDEX
            .iter()
            .find_map(|file| shorter.strip_suffix(file).filter(|folder| folder.ends_with('/')));
        let shorter = folder.or_else(|| without_amp(shorter)).unwrap_or(shorter);
        let shorter = shorter.trim_end_matches('/');
        if let Some(stem) = path.strip_suffix(".amp.html").filter(|stem| names_a_page(stem)) {
            path = format!("{stem}.html");
        } else if shorter.len() < path.len() {
            path = shorter.to_owned();
        } else {
            return path;
        }
    }
}

/// `/a-story/amp`, `/amp/a-story`, `/a-story.amp`; but `/tools/amp` may be a page about AMP.
fn without_amp(path: &str) -> Option<&str> {
    let of_front = (path == "/amp").then_some("");
    let shorter = path
        .strip_suffix("/amp")
        .or_else(|| path.strip_suffix(".amp"))
        .or_else(|| path.strip_prefix("/amp").filter(|rest| rest.starts_with('/')));
    of_front.or_else(|| shorter.filter(|path| names_a_page(path)))
}

/// Whether the last part looks like an article's: a number, words with hyphens, a file, Chinese.
fn names_a_page(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    last.contains(|c: char| c.is_ascii_digit() || "-_.%".contains(c))
}

/// `/a;jsessionid=1F` is `/a`; other parameters of a path stay.
fn without_session(path: &str) -> &str {
    let lower = path.to_ascii_lowercase();
    let at = lower.find(";jsessionid=").or_else(|| lower.find(";phpsessid="));
    at.and_then(|at| path.get(..at)).unwrap_or(path)
}

/// Escapes of letters, digits and `-._~` decoded, the others in capitals (RFC 3986 §6.2.2).
fn one_spelling(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, tail)) = rest.split_once('%') {
        out.push_str(before);
        let code = tail.get(..2).filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit()));
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => {
                out.push(char::from(byte));
            }
            Some(_) => {
                out.push('%');
                out.extend(
                    code.into_iter().flat_map(|code| code.chars()).map(|c| c.to_ascii_uppercase()),
                );
            }
            None => out.push('%'),
        }
        rest = if code.is_some() { tail.get(2..).unwrap_or_default() } else { tail };
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, expected: &str) {
        assert_eq!(canonical(&Url::parse(url).unwrap()), expected, "for: {url}");
    }

    #[test]
    fn what_does_not_name_the_page_is_dropped() {
        check(
            "http://News.Example.com:80/a/b/?utm_source=x&id=7#top",
            "https://news.example.com/a/b?id=7",
        );
        check(
            "https://example.com/a?fbclid=1&gclid=2&spm=a.b&from=timeline",
            "https://example.com/a",
        );
        check("https://example.com/p?b=2&a=1&UTM_Medium=rss", "https://example.com/p?a=1&b=2");
        check("https://example.com:8443/", "https://example.com:8443");
        check("https://example.com./a/;jsessionid=1F2E", "https://example.com/a");
        check("https://example.com/a?PHPSESSID=1&share_token=2&gaa_at=3", "https://example.com/a");
        check("https://36kr.example.com/p/1?f=rss", "https://36kr.example.com/p/1");
        check("https://example.com/s?wfr=spider&for=pc&id=17", "https://example.com/s?id=17");
        check("https://example.com/index.html", "https://example.com");
    }

    #[test]
    fn mobile_and_amp_copies_are_the_same_page() {
        check("https://m.example.com/p/1", "https://example.com/p/1");
        check("https://www.example.com/p/1", "https://example.com/p/1");
        check("https://amp.example.com/p/1", "https://example.com/p/1");
        check("https://www.example.com/p/1/amp/", "https://example.com/p/1");
        check("https://example.com/amp/p/1", "https://example.com/p/1");
        check("https://example.com/ampere/1", "https://example.com/ampere/1");
        check("https://example.com/p/1?amp=1", "https://example.com/p/1");
        check("https://m.cn/p", "https://m.cn/p");
        check("https://wap.com.cn/p", "https://wap.com.cn/p");
        check("https://3g.news.example.com.cn/p/1", "https://news.example.com.cn/p/1");
        check("https://m.www.example.com/p/1", "https://example.com/p/1");
        check("https://example.com/2026/a-story.amp", "https://example.com/2026/a-story");
        check("https://example.com/a-story.amp.html", "https://example.com/a-story.html");
        check("https://example.com/a-story?outputType=amp", "https://example.com/a-story");
        check(
            "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/a-story/amp?id=2",
            "https://example.com/a-story?id=2",
        );
        check("https://www.google.com/amp/s/amp.example.com/p/1", "https://example.com/p/1");
    }

    #[test]
    fn what_names_the_page_is_kept() {
        for url in [
            "https://example.com?p=123",
            "https://example.com/view.php?id=7",
            "https://example.com/news?article=1&page=2",
            "https://example.com/tools/amp",
            "https://example.com/app#!/story/1",
            "https://example.com/app#/story/1",
            "https://example.com/a%2Fb",
            "https://example.com/a;v=2/b",
            "https://example.com/index.php?id=3",
            "https://example.com/for?for=you",
            "https://google.com/amp/about",
            "https://mp.weixin.qq.com/s?__biz=Mz&idx=1&mid=22&sn=ab",
            "https://mp.weixin.qq.com/s/AbCdEf",
        ] {
            check(url, url);
        }
        check(
            "http://mp.weixin.qq.com/s?__biz=Mz&mid=22&idx=1&sn=ab&chksm=c&scene=27&key=k#rd",
            "https://mp.weixin.qq.com/s?__biz=Mz&idx=1&mid=22&sn=ab",
        );
    }

    #[test]
    fn percent_encoding_has_one_spelling() {
        check("https://example.com/%7ejoe/%e8%9e%8d", "https://example.com/~joe/%E8%9E%8D");
        check("https://example.com/100%", "https://example.com/100%");
        check("https://example.com/a%2fb%zz", "https://example.com/a%2Fb%zz");
    }

    #[test]
    fn a_page_names_an_address_of_its_own_site() {
        let check = |told: &str, url: &str, expected: bool| {
            let (told, url) = (Url::parse(told).unwrap(), Url::parse(url).unwrap());
            assert_eq!(may_stand_for(&told, &url), expected, "{told} for {url}");
        };
        check("https://example.com/a-story", "https://m.example.com/a-story?x=1&utm_id=2", false);
        check("https://example.com/a-story", "https://m.example.com/a-story?utm_id=2", true);
        check("https://example.com/2026/a-story", "https://example.com/?p=7", true);
        check("https://example.com.cn/1", "https://news.example.com.cn/1", true);
        check("https://other.com.cn/1", "https://example.com.cn/1", false);
        check("https://other.example/1", "https://example.com/1", false);
        check("https://example.com/", "https://example.com/a-story", false);
        check("https://example.com/view", "https://example.com/view?id=3", false);
        check("https://example.com/", "https://example.com/", true);
    }

    proptest::proptest! {
        /// Any address that parses: the key is an address, is its own key, and its host is a part
        /// of the one before.
        #[test]
        fn a_key_is_its_own_key(
            host in "(www\\.|m\\.|amp\\.|wap\\.){0,3}[a-z]{1,6}(\\.com|\\.cn|\\.com\\.cn|\\.)",
            path in "(/(amp|index\\.html|a-b|%[0-9a-fA-F]{2}|%2e|;jsessionid=x|融资|[ -~]{0,6}|x\\.amp(\\.html)?)){0,5}/?",
            tail in "(\\?[ -~]{0,20})?(#[!/a-z]{0,5})?",
        ) {
            if let Ok(url) = Url::parse(&format!("http://{host}{path}{tail}")) {
                let key = canonical(&url);
                let again = Url::parse(&key);
                proptest::prop_assert!(again.is_ok(), "{url} became {key}");
                proptest::prop_assert_eq!(canonical(&again.unwrap()), key, "from {}", url);
            }
        }

        /// Two articles of one site stay two, whatever stands around their numbers.
        #[test]
        fn two_numbers_are_two_articles(
            a in 1_u32..100_000, b in 1_u32..100_000,
            form in proptest::sample::select(&[
                "https://m.example.com/p/{}?utm_source=x", "https://example.com/?p={}",
                "https://example.com/view.php?from=x&id={}", "https://example.com/amp/{}/",
                "https://example.com/{}/amp", "https://example.com/a-story-{}.amp.html",
                "https://example.com/#!/p/{}", "https://example.com/{}/index.html",
            ][..]),
        ) {
            let key = |n: u32| canonical(&Url::parse(&form.replace("{}", &n.to_string())).unwrap());
            proptest::prop_assert_eq!(key(a) == key(b), a == b);
        }
    }

    #[test]
    fn chinese_paths_and_hosts_are_kept() {
        check(
            "https://example.com/融资?词=一",
            "https://example.com/%E8%9E%8D%E8%B5%84?%E8%AF%8D=%E4%B8%80",
        );
    }

    #[test]
    fn links_become_absolute_and_only_web_addresses_pass() {
        let base = Url::parse("https://example.com/news/list.html").unwrap();
        let read = |href| absolute(&base, href).map(String::from);
        assert_eq!(read(" ../a?b=c ").as_deref(), Some("https://example.com/a?b=c"));
        assert_eq!(read("//cdn.example.org/x").as_deref(), Some("https://cdn.example.org/x"));
        assert_eq!(read("https://u:p@example.com/").as_deref(), Some("https://example.com/"));
        assert_eq!(read("javascript:alert(1)"), None);
        assert_eq!(read("mailto:a@example.com"), None);
        assert_eq!(read("data:text/html,x"), None);
        assert_eq!(read(""), None);
    }
}
