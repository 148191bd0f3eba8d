//! One address per page: links made absolute, and the canonical form that is compared.

use ::url::Url;

/// Query parameters that say where a reader came from, never which page it is.
const TRACKING: &[&str] = &[
    "fbclid",
    "gclid",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "twclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "_hsenc",
    "_hsmi",
    "ncid",
    "cmpid",
    "ocid",
    "ref",
    "ref_src",
    "referrer",
    "source",
    "src",
    "spm",
    "scm",
    "from",
    "isappinstalled",
    "share_token",
    "share_source",
    "sharefrom",
    "timestamp",
    "guccounter",
    "guce_referrer",
    "guce_referrer_sig",
    "smid",
    "sref",
    "taid",
    "tpcc",
    "partner",
    "feature",
    "amp",
    "outputtype",
];

/// Beginnings of such parameters.
const TRACKING_PREFIXES: &[&str] = &["utm_", "hsa_", "pk_", "mtm_", "at_", "_ga", "vero_"];

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

/// The form by which two addresses of one page compare equal.
///
/// Without fragment, tracking parameters, default port and last slash; `https`, the desktop
/// host, the page instead of its AMP copy; remaining parameters in alphabetical order.
/// It is a key, not an address to fetch.
pub fn canonical(url: &Url) -> String {
    let host = desktop_host(url.host_str().unwrap_or_default());
    let port = match url.port() {
        None | Some(80 | 443) => String::new(),
        Some(port) => format!(":{port}"),
    };
    let mut key = format!("https://{host}{port}{}", page_path(url.path()));
    let mut pairs: Vec<_> = url.query_pairs().filter(|(name, _)| !is_tracking(name)).collect();
    pairs.sort();
    if !pairs.is_empty() {
        let query =
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        key.push('?');
        key.push_str(&query);
    }
    key
}

/// The host by which two addresses of one outlet compare equal.
pub fn site(url: &Url) -> String {
    desktop_host(url.host_str().unwrap_or_default())
}

fn is_tracking(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    TRACKING.contains(&name.as_str())
        || TRACKING_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

/// The host without the label that says for which screen it serves.
fn desktop_host(host: &str) -> String {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let mut rest = host.as_str();
    for label in ["www.", "m.", "amp.", "mobile.", "wap."] {
        if let Some(shorter) = rest.strip_prefix(label).filter(|shorter| shorter.contains('.')) {
            rest = shorter;
        }
    }
    rest.to_owned()
}

fn page_path(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    let path = path.strip_suffix("/amp").unwrap_or(path);
    let path = if path.starts_with("/amp/") { path.get(4..).unwrap_or(path) } else { path };
    path.strip_suffix("/index.html").unwrap_or(path)
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
