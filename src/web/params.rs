//! Query parameters, read strictly: what is not known is refused with what is.

use axum::http::StatusCode;
use url::form_urlencoded;

use super::answer::Trouble;
use crate::domain::one_line;

/// Longer than any filter a person types; a guard for the parser and the pages.
const MAX_VALUE_CHARS: usize = 2_000;

/// The parameters of one request, each at most once, empty ones left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Params(Vec<(String, String)>);

impl Params {
    /// Reads the part after `?`.
    pub(super) fn read(query: Option<&str>, known: &[&str]) -> Result<Params, Trouble> {
        let mut params: Vec<(String, String)> = Vec::new();
        for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
            let shown = one_line(&name).chars().take(40).collect::<String>();
            if !known.contains(&name.as_ref()) {
                return Err(unknown(&shown, known));
            }
            if params.iter().any(|(given, _)| *given == name) {
                let message = format!("the parameter `{shown}` is given twice");
                return Err(bad("repeated_parameter", message, "give it once"));
            }
            if value.chars().count() > MAX_VALUE_CHARS {
                let message = format!("the parameter `{shown}` is too long");
                let hint = format!("at most {MAX_VALUE_CHARS} characters");
                return Err(bad("long_parameter", message, hint));
            }
            params.push((name.into_owned(), value.into_owned()));
        }
        params.retain(|(_, value)| !value.trim().is_empty());
        Ok(Params(params))
    }

    /// The text of a parameter, if it is given and not empty.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    /// A whole number, 0 or more.
    pub(super) fn number(&self, name: &str) -> Result<Option<i64>, Trouble> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let number = text.trim().parse().ok().filter(|number| *number >= 0);
        number.map(Some).ok_or_else(|| {
            let message = format!("`{name}` is no whole number: `{}`", one_line(text));
            bad("bad_parameter", message, format!("write digits, such as {name}=50"))
        })
    }

    /// A value that is parsed from its text; the parser's words become the message.
    pub(super) fn parsed<T>(&self, name: &str, hint: &str) -> Result<Option<T>, Trouble>
    where
        T: std::str::FromStr<Err: std::fmt::Display>,
    {
        let Some(text) = self.text(name) else { return Ok(None) };
        text.parse().map(Some).map_err(|error: T::Err| {
            bad("bad_parameter", format!("{name}: {}", one_line(&error.to_string())), hint)
        })
    }
}

fn unknown(name: &str, known: &[&str]) -> Trouble {
    let hint = match known {
        [] => "there are none here".to_owned(),
        known => format!("the parameters here are {}", known.join(", ")),
    };
    bad("unknown_parameter", format!("unknown parameter `{name}`"), hint)
}

fn bad(code: &'static str, message: String, hint: impl Into<String>) -> Trouble {
    Trouble::new(StatusCode::BAD_REQUEST, code, message, hint)
}

/// `?a=1&b=2`, without the parameters that are empty; the empty text if none is left.
pub(super) fn query_string(params: &[(&str, &str)]) -> String {
    let mut writer = form_urlencoded::Serializer::new(String::new());
    writer.extend_pairs(params.iter().filter(|(_, value)| !value.is_empty()));
    let text = writer.finish();
    if text.is_empty() { text } else { format!("?{text}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, expected: Result<&[(&str, &str)], &str>) {
        let seen = Params::read(Some(query), &["filter", "limit"]);
        let seen = seen.map_err(|trouble| format!("{trouble:?}"));
        match (seen, expected) {
            (Ok(Params(seen)), Ok(expected)) => {
                let seen: Vec<_> = seen.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
                assert_eq!(seen, expected, "in: {query}");
            }
            (Err(seen), Err(expected)) => assert!(seen.contains(expected), "{seen} in: {query}"),
            (seen, expected) => panic!("{seen:?} instead of {expected:?} in: {query}"),
        }
    }

    #[test]
    fn parameters_are_read_strictly() {
        check("", Ok(&[]));
        check("filter=&limit=", Ok(&[]));
        check("filter=%E6%99%BA%E8%B0%B1+b&limit=5", Ok(&[("filter", "智谱 b"), ("limit", "5")]));
        check("fliter=x", Err("unknown parameter `fliter`"));
        check("limit=1&limit=2", Err("given twice"));
        check(&format!("filter={}", "x".repeat(2_001)), Err("too long"));
    }

    #[test]
    fn numbers_are_whole_and_not_negative() {
        let number = |text: &str| {
            let params = Params(vec![("limit".to_owned(), text.to_owned())]);
            params.number("limit").ok().flatten()
        };
        assert_eq!(number("50"), Some(50));
        assert_eq!(number("-1"), None);
        assert_eq!(number("1.5"), None);
    }

    #[test]
    fn a_link_carries_its_parameters_encoded() {
        let link = query_string(&[("filter", "智谱 a&b"), ("cursor", "")]);
        assert_eq!(link, "?filter=%E6%99%BA%E8%B0%B1+a%26b");
        assert_eq!(query_string(&[("filter", "")]), "");
    }
}
