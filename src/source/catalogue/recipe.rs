//! Checks of what a row says beyond the ordinary: selectors, request, paths, filters.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use jiff::fmt::strtime;
use scraper::Selector;

use super::Check;
use super::Row;
use crate::domain::Ask;
use crate::domain::EdgarFilter;
use crate::domain::HeaderValue;
use crate::domain::JsonPaths;
use crate::domain::Method;
use crate::domain::Selectors;
use crate::domain::SourceKind;
use crate::domain::json_path::JsonPath;
use crate::source::template;

/// What the environment's variables for headers are called, so that a catalogue from somewhere
/// cannot send off any other secret of the process.
pub const VARIABLE_PREFIX: &str = "DEALWATCH_";
/// Headers that are ours to set: who we are, what is cached, how the body is packed.
const OURS: &[&str] = &[
    "accept-encoding",
    "connection",
    "content-length",
    "content-type",
    "cookie",
    "from",
    "host",
    "if-modified-since",
    "if-none-match",
    "transfer-encoding",
    "user-agent",
];
/// A longer gap between two requests to a host is a mistake in the unit.
const MAX_GAP_SECS: u32 = 300;

impl Check<'_> {
    /// Whether the source can be asked and read as it is described.
    pub(super) fn recipe(&mut self, kind: SourceKind, row: &Row) {
        if let Some(request) = &row.request {
            self.request(request);
        }
        if row.max_age_days == Some(0) {
            self.problem("max_age_days", "0 leaves nothing: leave the key out");
        }
        if let Some(secs) = row.gap_secs.filter(|secs| *secs > MAX_GAP_SECS) {
            self.problem("gap_secs", format!("{secs} is over {MAX_GAP_SECS}"));
        }
        self.params(row);
        let enabled = row.enabled.unwrap_or(true);
        self.of_kind("selectors", SourceKind::Page, kind, row.selectors.is_some());
        self.of_kind("json", SourceKind::Json, kind, row.json.is_some());
        self.of_kind("edgar", SourceKind::Edgar, kind, row.edgar.is_some());
        match (&row.selectors, &row.json, &row.edgar) {
            (Some(selectors), ..) => self.selectors(selectors),
            (None, ..) if kind == SourceKind::Page && enabled => self.problem(
                "selectors",
                "a page needs at least `item`: give it, or set `enabled = false`",
            ),
            (_, Some(paths), _) => self.paths(paths),
            (_, None, _) if kind == SourceKind::Json && enabled => self.problem(
                "json",
                "an API needs the paths `items` and `title`: give them, or set `enabled = false`",
            ),
            (.., Some(filter)) => self.edgar(filter),
            _ => {}
        }
    }

    fn of_kind(&mut self, table: &str, wanted: SourceKind, kind: SourceKind, given: bool) {
        if given && wanted != kind {
            let message = format!("is only read for kind `{wanted}`, and this one is `{kind}`");
            self.problem(table, message);
        }
    }

    /// Values that no word in braces asks for.
    fn params(&mut self, row: &Row) {
        let wanted = template::names(&row.url);
        for name in values(row).keys().filter(|name| !wanted.contains(&name.as_str())) {
            let key = if name == "query" { "query".to_owned() } else { format!("params.{name}") };
            self.problem(&key, format!("the url has no `{{{name}}}` to put it into"));
        }
    }

    fn request(&mut self, ask: &Ask) {
        let body = !ask.form.is_empty() || ask.json.is_some();
        if ask.method == Some(Method::Get) && body {
            self.problem("request.method", "GET has no body: use POST, or drop `form` and `json`");
        }
        if !ask.form.is_empty() && ask.json.is_some() {
            self.problem("request", "`form` and `json` are both given: keep one");
        }
        for (name, value) in &ask.headers {
            self.header(name, value);
        }
    }

    fn header(&mut self, name: &str, value: &HeaderValue) {
        let key = format!("request.headers.{}", name.escape_debug());
        let token = |b: u8| b.is_ascii_alphanumeric() || b"-_.!#$%&'*+^`|~".contains(&b);
        if name.is_empty() || !name.bytes().all(token) {
            self.problem(&key, "is no name of a header");
        }
        if OURS.contains(&name.to_ascii_lowercase().as_str()) {
            self.problem(&key, "is set by dealwatch itself, the same for every server");
        }
        match value {
            HeaderValue::Text(text) if text.chars().any(|c| c.is_control() || !c.is_ascii()) => {
                self.problem(&key, "is not plain ASCII in one line");
            }
            HeaderValue::Variable { env, .. } if !env.starts_with(VARIABLE_PREFIX) => {
                let message = format!("`{env}`: the variable's name begins with {VARIABLE_PREFIX}");
                self.problem(&key, message);
            }
            HeaderValue::Text(_) | HeaderValue::Variable { .. } | HeaderValue::File { .. } => {}
        }
    }

    fn selectors(&mut self, selectors: &Selectors) {
        let Selectors { item, title, link, date, summary } = selectors;
        let parts = [("title", title), ("link", link), ("date", date), ("summary", summary)];
        let parts = parts.into_iter().filter_map(|(key, part)| Some((key, part.as_deref()?)));
        let parts: Vec<_> = parts.map(|(key, part)| (key, Selectors::split(part).0)).collect();
        for (key, css) in [("item", item.as_str())].into_iter().chain(parts) {
            // An attribute of the item itself has no selector before it.
            if key != "item" && css.trim().is_empty() {
                continue;
            }
            if let Err(error) = Selector::parse(css) {
                let message = format!("`{}` is no CSS selector: {error}", css.escape_debug());
                self.problem(&format!("selectors.{key}"), message);
            }
        }
    }

    fn paths(&mut self, paths: &JsonPaths) {
        let JsonPaths { after: _, items, id, title, link, date, date_format, summary, author } =
            paths;
        if let Some(format) = date_format {
            self.date_format(format);
        }
        let optional = [id, link, date, summary, author].map(Option::as_deref);
        let keys = ["id", "link", "date", "summary", "author"];
        let optional = keys.into_iter().zip(optional).filter_map(|(key, path)| Some((key, path?)));
        for (key, path) in [("items", items.as_str()), ("title", title)].into_iter().chain(optional)
        {
            match path.parse::<JsonPath>() {
                Ok(path) if key == "items" && path.is_template() => {
                    self.problem("json.items", "is a path, not a template with braces");
                }
                Ok(_) => {}
                Err(error) => self.problem(&format!("json.{key}"), error.to_string()),
            }
        }
    }

    fn date_format(&mut self, format: &str) {
        if let Err(error) = strtime::format(format, DateTime::constant(2026, 11, 24, 8, 0, 0, 0)) {
            self.problem("json.date_format", format!("{error}: use as `%d/%m/%Y %H:%M`"));
        }
    }

    fn edgar(&mut self, filter: &EdgarFilter) {
        for item in &filter.items {
            let is_code = matches!(item.as_bytes(), [b'0'..=b'9', b'.', b'0'..=b'9', b'0'..=b'9']);
            if !is_code {
                let message =
                    format!("`{}` is no item of an 8-K: use as `1.01`", item.escape_debug());
                self.problem("edgar.items", message);
            }
        }
        if filter.forms.iter().any(|form| form.trim().is_empty()) {
            self.problem("edgar.forms", "a form without a name: use as `8-K`");
        }
    }
}

/// What stands for the words in braces.
pub(super) fn values(row: &Row) -> BTreeMap<String, String> {
    let mut values = row.params.clone().unwrap_or_default();
    values.extend(row.query.clone().map(|query| ("query".to_owned(), query)));
    values
}
