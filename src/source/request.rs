//! The request that a source asks for, at a given time.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;
use url::Url;
use url::form_urlencoded;

use super::template;
use crate::domain::HeaderValue;
use crate::domain::Method;
use crate::domain::Source;

/// What is sent for a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// With every word in braces filled in.
    pub url: Url,
    /// Beside those that every request has. A value may be a secret.
    pub headers: Vec<(String, HeaderValue)>,
    /// GET has none.
    pub body: Option<Body>,
}

/// The body of a POST.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// Of `bytes`; none for an empty body.
    pub content_type: Option<&'static str>,
    /// As sent.
    pub bytes: Vec<u8>,
}

/// The request at `now`, to `address`: the source's own, or the one it has moved to. An address
/// that depends on the time is always the source's own.
pub fn request(source: &Source, address: &Url, now: Timestamp) -> Request {
    let fill = |text: &str| template::at(text, now, source.utc_offset_minutes);
    let own = source.url.as_str();
    let url = if template::has_moment(own) { fill(own).parse().ok() } else { None };
    let url = url.unwrap_or_else(|| address.clone());
    let Some(ask) = &source.recipe.request else {
        return Request { url, headers: Vec::new(), body: None };
    };
    let headers = ask.headers.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
    let body = (ask.method() == Method::Post).then(|| match &ask.json {
        Some(json) => Body {
            content_type: Some("application/json"),
            bytes: filled(json, &fill).to_string().into_bytes(),
        },
        None if ask.form.is_empty() => Body::default(),
        None => Body {
            content_type: Some("application/x-www-form-urlencoded"),
            bytes: form(&ask.form, &fill).into_bytes(),
        },
    });
    Request { url, headers, body }
}

fn form(fields: &BTreeMap<String, String>, fill: &impl Fn(&str) -> String) -> String {
    let pairs = fields.iter().map(|(name, value)| (name, fill(value)));
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

fn filled(json: &Value, fill: &impl Fn(&str) -> String) -> Value {
    match json {
        Value::String(text) => Value::String(fill(text)),
        Value::Array(list) => list.iter().map(|value| filled(value, fill)).collect(),
        Value::Object(map) => {
            map.iter().map(|(name, value)| (name.clone(), filled(value, fill))).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => json.clone(),
    }
}

/// Whether whoever answers wants to know who asks before anything else: the SEC refuses clients
/// without a contact (<https://www.sec.gov/os/accessing-edgar-data>).
pub fn needs_contact(source: &Source) -> bool {
    source.kind == crate::domain::SourceKind::Edgar || super::host_key(&source.url) == "sec.gov"
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::source::catalogue;

    #[track_caller]
    fn check(row: &str, url: &str, body: Option<(Option<&str>, &str)>) {
        let text = format!("[[source]]\nid = 'a'\nkind = 'json'\n{row}");
        let source = catalogue::parse(Path::new("a"), &text).unwrap().remove(0);
        let request = request(&source, &source.url, "2026-11-24T04:00:00Z".parse().unwrap());
        assert_eq!(request.url.as_str(), url);
        let sent = request.body.as_ref();
        let sent = sent.map(|b| (b.content_type, str::from_utf8(&b.bytes).unwrap()));
        assert_eq!(sent, body);
    }

    const JSON: &str = "json = { items = 'list', title = 'title' }";

    #[test]
    fn a_request_is_filled_in_for_its_day() {
        check(
            &format!(
                "url = 'https://a.test/s?from={{date-1d}}&q={{query}}'\nquery = 'a b'\n{JSON}"
            ),
            "https://a.test/s?from=2026-11-23&q=a%20b",
            None,
        );
        check(
            &format!("url = 'https://a.test/%7B1%7D?q={{date}}'\n{JSON}"),
            "https://a.test/%7B1%7D?q=2026-11-24",
            None,
        );
    }

    #[test]
    fn a_body_is_a_form_or_json() {
        check(
            &format!(
                "url = 'https://a.test/q'\n{JSON}\n[source.request.form]\n\
                 seDate = '{{date-1d}}~{{date}}'\nsearchkey = '收购'"
            ),
            "https://a.test/q",
            Some((
                Some("application/x-www-form-urlencoded"),
                "seDate=2026-11-23%7E2026-11-24&searchkey=%E6%94%B6%E8%B4%AD",
            )),
        );
        check(
            &format!(
                "url = 'https://a.test/q'\n{JSON}\n[source.request.json]\n\
                 seDate = ['{{date}}']\npageNum = 1"
            ),
            "https://a.test/q",
            Some((Some("application/json"), "{\"pageNum\":1,\"seDate\":[\"2026-11-24\"]}")),
        );
        check(
            &format!("url = 'https://a.test/q'\n{JSON}\nrequest = {{ method = 'POST' }}"),
            "https://a.test/q",
            Some((None, "")),
        );
    }
}
