//! An address as people type it: without a scheme, or with that of feed readers.

use ::url::Host;
use ::url::Url;

/// The address that is meant, or why none is. A name without a scheme is asked by https; one that
/// can only be in one's own network, by http.
pub fn typed(text: &str) -> Result<Url, String> {
    let text = text.trim();
    let lower = text.get(..7).map(str::to_ascii_lowercase);
    let bare = match lower.as_deref() {
        Some("feed://") => text.get(7..).unwrap_or_default(),
        Some(start) if start.starts_with("feed:") => text.get(5..).unwrap_or_default(),
        _ => text,
    };
    let read = |whole: &str| {
        whole.parse::<Url>().map_err(|error| format!("is no address ({error}); try https://…"))
    };
    if bare.contains("://") {
        let url = read(bare)?;
        return match url.scheme() {
            "http" | "https" if url.has_host() => Ok(url),
            other => Err(format!("is not polled: {other} is neither http nor https")),
        };
    }
    let mut url = read(&format!("https://{bare}"))?;
    let (named, own) = match url.host() {
        Some(Host::Domain(name)) => {
            let own = is_own(name);
            (own || name.contains('.') || url.port().is_some(), own)
        }
        Some(Host::Ipv4(_)) => (bare.split(['/', ':']).next().is_some_and(is_dotted), true),
        Some(Host::Ipv6(_)) => (true, true),
        None => (false, false),
    };
    // `mailto:a@b.c` reads as somebody's name and password.
    if !named || !url.username().is_empty() {
        return Err("is no address; try https://…".to_owned());
    }
    if own {
        // Both are schemes of the web.
        let _changed = url.set_scheme("http");
    }
    Ok(url)
}

fn is_own(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name == "localhost"
        || [".localhost", ".local", ".lan", ".internal"].iter().any(|end| name.ends_with(end))
}

/// `1.2.3.4`, and not the `12` that could be read as one number.
fn is_dotted(host: &str) -> bool {
    host.split('.').count() == 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(typed(text).ok().map(String::from).as_deref(), expected, "in: {text}");
    }

    #[test]
    fn an_address_is_taken_as_people_type_it() {
        check(" quay.test/news ", Some("https://quay.test/news"));
        check("quay.test", Some("https://quay.test/"));
        check("quay.test:8443/rss", Some("https://quay.test:8443/rss"));
        check("feed://quay.test/rss", Some("https://quay.test/rss"));
        check("FEED:https://quay.test/rss", Some("https://quay.test/rss"));
        check("http://quay.test", Some("http://quay.test/"));
        check("localhost:8080/rss", Some("http://localhost:8080/rss"));
        check("127.0.0.1:8080/rss", Some("http://127.0.0.1:8080/rss"));
        check("[::1]/rss", Some("http://[::1]/rss"));
        check("nas.local/rss", Some("http://nas.local/rss"));
        check("港湾.test/rss", Some("https://xn--j6wog.test/rss"));
    }

    #[test]
    fn what_is_no_address_of_the_web_says_so() {
        for text in [
            "",
            "not",
            "not an address",
            "12",
            "ftp://quay.test",
            "mailto:a@quay.test",
            "file:///x",
        ] {
            check(text, None);
        }
    }
}
