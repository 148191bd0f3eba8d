//! What a text element holds: markup, escaped markup, plain text, base64.

use std::sync::Arc;

use base64::Engine;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::GeneralPurpose;
use base64::engine::GeneralPurposeConfig;

use super::super::tags::attribute;
use super::super::tags::content;
use super::super::tags::next_tag;
use super::super::text::entities;
use super::super::written::Text;
use super::fields::Field;
use super::scope::Scope;

/// Padding is left out as often as not.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The text of an element; `None` if it is empty, or no text at all.
pub(super) fn text(field: &Field<'_>, scope: &Scope) -> Option<Text> {
    let scope = scope.inside(field.attributes);
    let markup = content(field.value);
    let markup = match form(field) {
        Form::Markup => markup,
        Form::Mixed => entities(&markup).into_owned(),
        Form::Base64 => base64_text(&markup)?,
        // What is declared as bytes and holds words all the same is a text.
        Form::Bytes => base64_text(&markup)
            .or_else(|| Some(markup).filter(|markup| markup.contains([' ', '<'])))?,
    };
    (!markup.trim().is_empty()).then(|| Text { markup, base: Arc::clone(&scope.base) })
}

enum Form {
    Markup,
    /// Escaped markup inside an element that stands unescaped.
    Mixed,
    Base64,
    Bytes,
}

/// Atom 0.3 says `mode`; in Atom 1.0 a media type that is no text is base64 (RFC 4287 §4.1.3.3).
fn form(field: &Field<'_>) -> Form {
    if field.attributes.is_empty() {
        return Form::Markup;
    }
    let told =
        |name: &str| attribute(field.attributes, name).map(|value| value.to_ascii_lowercase());
    if [told("mode"), told("encoding")].iter().flatten().any(|told| told == "base64") {
        return Form::Base64;
    }
    match told("type") {
        Some(media)
            if media.contains('/')
                && !media.starts_with("text/")
                && !media.contains("xml")
                && !media.contains("html") =>
        {
            Form::Bytes
        }
        // RFC 4287 §3.1.1.2 forbids child elements under `html`; some wrap escaped text in one.
        Some(media) if matches!(media.as_str(), "html" | "text/html") => {
            let wrapped = next_tag(field.value, 0).is_some() && field.value.contains("&lt;");
            if wrapped { Form::Mixed } else { Form::Markup }
        }
        _ => Form::Markup,
    }
}

fn base64_text(value: &str) -> Option<String> {
    let digits: String = value.chars().filter(|c| !c.is_whitespace()).collect();
    String::from_utf8(BASE64.decode(digits).ok()?).ok()
}
