//! The small language that says where a value stands in JSON; described at
//! [`JsonPaths`](super::JsonPaths).
//!
//! Some APIs put JSON into a string of JSON: a path that goes on below a string reads it.

use std::borrow::Cow;
use std::str::FromStr;

use serde_json::Value;

/// More values than any honest answer has under one path.
const MAX_VALUES: usize = 10_000;

/// Paths and templates of which the first that has a value counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonPath(Vec<Form>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Form {
    Path(Vec<Step>),
    Template(Vec<Piece>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Name(String),
    Index(usize),
    Each,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Value(JsonPath),
}

/// What is wrong with a path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{path}` is no path: {reason}")]
pub struct BadPath {
    path: String,
    reason: &'static str,
}

impl FromStr for JsonPath {
    type Err = BadPath;

    fn from_str(text: &str) -> Result<JsonPath, BadPath> {
        parsed(text).map_err(|reason| BadPath { path: text.to_owned(), reason })
    }
}

impl JsonPath {
    /// Whether texts stand around a path.
    pub fn is_template(&self) -> bool {
        self.0.iter().any(|form| matches!(form, Form::Template(_)))
    }

    /// Every value that the first path with any leads to; null and "" count if there is no other.
    pub fn values<'a>(&self, value: &'a Value) -> Vec<Cow<'a, Value>> {
        let empty = |value: &Value| value.is_null() || value.as_str().is_some_and(str::is_empty);
        let mut fallback = Vec::new();
        for form in &self.0 {
            let Form::Path(path) = form else { continue };
            let values = walk(path, value);
            if values.iter().any(|value| !empty(value)) {
                return values;
            }
            if fallback.is_empty() {
                fallback = values;
            }
        }
        fallback
    }

    /// The value as text; several are joined by commas. A template has one only if every path in it
    /// has.
    pub fn text(&self, value: &Value) -> Option<String> {
        self.0.iter().find_map(|form| match form {
            Form::Path(path) => {
                let texts: Vec<_> = walk(path, value).iter().filter_map(|v| scalar(v)).collect();
                Some(texts.join(", ")).filter(|text| !text.is_empty())
            }
            Form::Template(pieces) => pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Text(text) => Some(text.clone()),
                    Piece::Value(path) => path.text(value),
                })
                .collect(),
        })
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(list) => {
            let texts: Vec<_> = list.iter().filter_map(scalar).collect();
            Some(texts.join(", ")).filter(|text| !text.is_empty())
        }
        Value::Null | Value::Bool(_) | Value::Object(_) => None,
    }
}

fn walk<'a>(path: &[Step], value: &'a Value) -> Vec<Cow<'a, Value>> {
    let mut values = vec![Cow::Borrowed(value)];
    for step in path {
        values = values.into_iter().flat_map(|value| below(step, value)).take(MAX_VALUES).collect();
    }
    values
}

fn below<'a>(step: &Step, value: Cow<'a, Value>) -> Vec<Cow<'a, Value>> {
    match value {
        Cow::Borrowed(Value::String(text)) => inner(step, text),
        Cow::Owned(Value::String(text)) => inner(step, &text),
        Cow::Borrowed(value) => children(step, value).into_iter().map(Cow::Borrowed).collect(),
        Cow::Owned(value) => owned(children(step, &value)),
    }
}

/// JSON inside a string.
fn inner<'a>(step: &Step, text: &str) -> Vec<Cow<'a, Value>> {
    if !text.trim_start().starts_with(['{', '[']) {
        return Vec::new();
    }
    serde_json::from_str(text).map_or_else(|_| Vec::new(), |value| owned(children(step, &value)))
}

fn owned<'a>(values: Vec<&Value>) -> Vec<Cow<'a, Value>> {
    values.into_iter().map(|value| Cow::Owned(value.clone())).collect()
}

fn children<'a>(step: &Step, value: &'a Value) -> Vec<&'a Value> {
    match step {
        Step::Name(name) => value.get(name).into_iter().collect(),
        Step::Index(index) => value.get(index).into_iter().collect(),
        Step::Each => match value {
            Value::Array(list) => list.iter().collect(),
            Value::Object(map) => map.values().collect(),
            _ => Vec::new(),
        },
    }
}

fn parsed(text: &str) -> Result<JsonPath, &'static str> {
    let mut depth = 0_i32;
    let outside = |c: char| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == '|' && depth == 0
    };
    let forms = text.split(outside).map(|form| one(form.trim()));
    Ok(JsonPath(forms.collect::<Result<_, _>>()?))
}

fn one(text: &str) -> Result<Form, &'static str> {
    if !text.contains(['{', '}']) {
        return Ok(Form::Path(steps(text)?));
    }
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once('{') {
        let (inside, after) = tail.split_once('}').ok_or("a brace is not closed")?;
        if before.contains('}') || inside.contains('{') {
            return Err("braces do not nest, and each is opened and closed");
        }
        pieces.push(Piece::Text(before.to_owned()));
        pieces.push(Piece::Value(parsed(inside)?));
        rest = after;
    }
    if rest.contains('}') {
        return Err("a brace is not opened");
    }
    pieces.push(Piece::Text(rest.to_owned()));
    Ok(Form::Template(pieces))
}

/// The steps; none for `$` or nothing, which is the value itself.
fn steps(path: &str) -> Result<Vec<Step>, &'static str> {
    let path = path.strip_prefix('$').unwrap_or(path);
    let mut steps = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        if let Some(tail) = rest.strip_prefix('[') {
            let (inside, after) = tail.split_once(']').ok_or("a bracket is not closed")?;
            steps.push(bracket(inside.trim())?);
            rest = after;
            continue;
        }
        let tail = rest.strip_prefix('.').unwrap_or(rest);
        let end = tail.find(['.', '[']).unwrap_or(tail.len());
        let (name, after) = tail.split_at_checked(end).ok_or("it is cut inside a character")?;
        if name.is_empty() || name.contains(char::is_whitespace) {
            return Err("a name is missing, or holds a space: write it as [\"the name\"]");
        }
        steps.push(Step::Name(name.to_owned()));
        rest = after;
    }
    Ok(steps)
}

fn bracket(inside: &str) -> Result<Step, &'static str> {
    if inside == "*" {
        return Ok(Step::Each);
    }
    let quoted = ['"', '\''].into_iter().find_map(|q| inside.strip_prefix(q)?.strip_suffix(q));
    match (quoted, inside.parse()) {
        (Some(name), _) => Ok(Step::Name(name.to_owned())),
        (None, Ok(index)) => Ok(Step::Index(index)),
        (None, Err(_)) => Err("in brackets stands a number, `*`, or a name in quotes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, expected: Option<&str>) {
        let value = serde_json::json!({
            "a": {"b": [{"c": 1}, {"c": "two"}], "empty": "", "null": null},
            "odd name": "x", "list": ["p", "q"], "inside": "[{\"d\": 4}]", "map": {"k": {"v": 5}},
        });
        let path: JsonPath = path.parse().unwrap();
        assert_eq!(path.text(&value).as_deref(), expected, "{path:?}");
    }

    #[test]
    fn paths_lead_down() {
        check("a.b[1].c", Some("two"));
        check("$.a.b[0].c", Some("1"));
        check("a.b[*].c", Some("1, two"));
        check("[\"odd name\"]", Some("x"));
        check("list", Some("p, q"));
        check("map[*].v", Some("5"));
        check("a.b[7].c", None);
        check("a", None);
    }

    #[test]
    fn the_first_alternative_with_a_value_counts() {
        check("a.empty | a.null | list[0]", Some("p"));
        check("a.none | a.empty", None);
        check("a.none | https://a.test/{list[1]}", Some("https://a.test/q"));
    }

    #[test]
    fn json_in_a_string_is_gone_through() {
        check("inside[0].d", Some("4"));
        check("list[0].d", None);
    }

    #[test]
    fn a_template_needs_all_its_values() {
        check("https://a.test/{list[0]}/{a.none | a.b[0].c}.html", Some("https://a.test/p/1.html"));
        check("https://a.test/{a.none}", None);
    }

    #[test]
    fn what_is_no_path_says_why() {
        let check = |path: &str, reason: &str| {
            let error = path.parse::<JsonPath>().unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        };
        check("a[b]", "in brackets stands");
        check("a[1", "a bracket is not closed");
        check("a..b", "a name is missing");
        check("{a", "a brace is not closed");
        check("a}", "a brace is not opened");
        check("{{a}}", "braces do not nest");
    }
}
