//! Escaping for the markup that the outlets write.

/// For text and for attribute values in double quotes, in HTML and in XML.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

/// A CDATA section; an end mark inside is split over two.
pub(super) fn cdata(text: &str) -> String {
    format!("<![CDATA[{}]]>", text.replace("]]>", "]]]]><![CDATA[>"))
}

/// `<p>` elements, one a line.
pub(super) fn paragraphs<'a>(paragraphs: impl Iterator<Item = &'a str>) -> String {
    joined(paragraphs, |text| format!("<p>{}</p>\n", escape(text)))
}

/// The markup of all items, one after the other.
pub(super) fn joined<T>(
    items: impl IntoIterator<Item = T>,
    markup: impl Fn(T) -> String,
) -> String {
    items.into_iter().map(markup).collect()
}
