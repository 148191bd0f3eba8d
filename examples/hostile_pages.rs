//! What hostile pages cost: `hostile_pages`. Prints size, time and outcome of each.
//!
//! The first ones are refused before a parser sees them; the last ones are as wild as the guards
//! let pass.

use std::io::Write;
use std::time::Instant;

use dealwatch::domain::ArticleId;
use dealwatch::domain::Document;
use dealwatch::domain::Purpose;
use dealwatch::domain::SourceId;
use dealwatch::domain::Validators;
use dealwatch::parse;
use jiff::Timestamp;
use url::Url;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let attributes = (0..20_000).map(|n| format!("a{n}=1 ")).collect::<Vec<_>>().concat();
    let deep = format!("{}text{}", "<div>".repeat(245), "</div>".repeat(245));
    let pages = [
        ("5,000 nested div", "<div>".repeat(5_000)),
        ("50,000 nested div", "<div>".repeat(50_000)),
        ("5,000 nested tables", "<table><tr><td>".repeat(5_000)),
        ("100,000 links", "<a href=/x>link</a>".repeat(100_000)),
        ("50,000 paragraphs", "<p>some words of text</p>".repeat(50_000)),
        ("20,000 attributes", format!("<i {attributes}>")),
        ("attributes without end", format!("<i {}", attributes.repeat(10))),
        ("5,000 unclosed p", "<p>Words enough, so that this counts as text.".repeat(5_000)),
        ("19,000 links", "<a href=/x>link</a>".repeat(19_000)),
        ("80 times 245 nested", deep.repeat(80)),
        ("9,000 div with p", "<div><p>Words, enough of them, for text.</p></div>".repeat(9_000)),
        ("3 MB of text", "Words, and more of them. ".repeat(125_000)),
    ];
    let mut out = std::io::stdout();
    for (name, html) in pages {
        let document = document(&html)?;
        let start = Instant::now();
        let outcome = parse::main_text(&document);
        let took = start.elapsed();
        let outcome = match outcome {
            Ok(page) => format!("{} characters", page.text.chars().count()),
            Err(error) => error.to_string(),
        };
        writeln!(out, "{name:24} {:>9} bytes {took:>12.1?}  {outcome}", html.len())?;
    }
    Ok(())
}

fn document(html: &str) -> Result<Document, url::ParseError> {
    let url = Url::parse("https://page.test/a")?;
    Ok(Document {
        source: SourceId::from("page"),
        purpose: Purpose::Page(ArticleId(1)),
        final_url: url.clone(),
        url,
        content_type: Some("text/html".to_owned()),
        validators: Validators::default(),
        fetched_at: Timestamp::MAX,
        body: html.as_bytes().to_vec(),
    })
}
