//! The one way in which an address is shown: in logs, errors, messages, the API and pages.

use url::Url;

/// What stands in the place of a secret.
const MASK: &str = "***";

/// Names of parameters whose value lets its holder in. Compared without case, `-` and `_`.
const SECRET: &[&str] = &[
    "accesskey",
    "accesstoken",
    "apikey",
    "apisecret",
    "appkey",
    "appid",
    "appsecret",
    "auth",
    "authkey",
    "authorization",
    "authtoken",
    "clientsecret",
    "credential",
    "jwt",
    "key",
    "licence",
    "license",
    "pass",
    "passwd",
    "password",
    "pwd",
    "secret",
    "secretkey",
    "session",
    "sessionid",
    "sid",
    "sig",
    "sign",
    "signature",
    "subscriptionkey",
    "tk",
    "token",
    "userkey",
    "usertoken",
    "xapikey",
];

/// Whether a parameter or header of this name holds a secret.
pub fn is_secret(name: &str) -> bool {
    let plain: String = name
        .chars()
        .filter(|c| !matches!(c, '-' | '_' | '.'))
        .flat_map(char::to_lowercase)
        .collect();
    SECRET.contains(&plain.as_str())
        || ["token", "secret", "password", "apikey"].iter().any(|tail| plain.ends_with(tail))
}

/// The address as it may be shown: without credentials and fragment, and with the value of every
/// parameter masked that lets its holder in. Everything else is as it is asked for.
pub fn shown(url: &Url) -> String {
    let mut shown = url.clone();
    shown.set_fragment(None);
    // Only fails for addresses that cannot hold any.
    if !url.username().is_empty() || url.password().is_some() {
        let _cannot = shown.set_password(None).and_then(|()| shown.set_username(""));
    }
    if let Some(query) = url.query() {
        shown.set_query(Some(&masked(query)));
    }
    shown.into()
}

/// Where the address leads, without what is asked there: for errors and logs, which do not need
/// the query and cannot know every name that a secret has.
pub fn place(url: &Url) -> String {
    let mut place = url.clone();
    place.set_query(None);
    shown(&place)
}

/// The same as [`shown`] for an address that is kept as text; one that is none is not shown at all.
pub fn shown_text(url: &str) -> String {
    url.parse().map_or_else(|_| MASK.to_owned(), |url| shown(&url))
}

fn masked(query: &str) -> String {
    let part = |part: &str| match part.split_once('=') {
        Some((name, _)) if is_secret(&decoded(name)) => format!("{name}={MASK}"),
        _ => part.to_owned(),
    };
    query.split('&').map(part).collect::<Vec<_>>().join("&")
}

/// A name that hides behind percent signs is the same name.
fn decoded(name: &str) -> String {
    url::form_urlencoded::parse(name.as_bytes())
        .next()
        .map(|(name, _)| name.into_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, expected: &str) {
        assert_eq!(shown(&url.parse().unwrap()), expected);
    }

    #[test]
    fn what_lets_its_holder_in_is_masked() {
        check("https://reader:pw@a.test/feed", "https://a.test/feed");
        check("https://reader@a.test:8443/feed", "https://a.test:8443/feed");
        for name in
            ["token", "key", "api_key", "API-Key", "apikey", "access_token", "sig", "X-Feed-Token"]
        {
            check(
                &format!("https://a.test/f?q=a&{name}=s3cr3t&n=1"),
                &format!("https://a.test/f?q=a&{name}=***&n=1"),
            );
        }
        check("https://a.test/f?%74oken=s3cr3t", "https://a.test/f?%74oken=***");
        check("https://a.test/f?token=a=b", "https://a.test/f?token=***");
    }

    #[test]
    fn everything_else_is_shown_as_it_is_asked_for() {
        for url in [
            "https://news.a.test/rss/search?q=%22AI%22+when:1d&hl=zh-CN&ceid=CN:zh",
            "http://127.0.0.1:8080/%E8%9E%8D?x=%7e&empty=&flag",
        ] {
            check(url, url);
        }
        check("https://a.test/f#part", "https://a.test/f");
        let url = "https://a:b@a.test/f?s=x#y".parse().unwrap();
        assert_eq!(place(&url), "https://a.test/f");
    }
}
