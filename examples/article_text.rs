//! Reads the main text of saved article pages: `article_text FOLDER > PRED.json`.
//!
//! FOLDER holds `html/ID.html` or `html/ID.html.gz`, and may hold `ground-truth.json`
//! (`{"ID": {"url": …}}`) for the pages' addresses. Prints `{"ID": {"articleBody": text}}`; pages
//! that could not be read are named on stderr and have an empty text.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

use dealwatch::domain::ArticleId;
use dealwatch::domain::Document;
use dealwatch::domain::Purpose;
use dealwatch::domain::SourceId;
use dealwatch::domain::Validators;
use dealwatch::parse;
use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;
use url::Url;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: article_text FOLDER > PRED.json")?;
    let folder = Path::new(&folder);
    let truth: Value = match fs::read_to_string(folder.join("ground-truth.json")) {
        Ok(text) => serde_json::from_str(&text)?,
        Err(_) => json!({}),
    };
    let mut pages = BTreeMap::new();
    for entry in fs::read_dir(folder.join("html"))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let id = name.split('.').next().unwrap_or_default().to_owned();
        let address = truth.pointer(&format!("/{id}/url")).and_then(Value::as_str);
        pages.insert(id, document(&bytes(&path)?, address.unwrap_or("https://page.test/a"))?);
    }
    let (mut texts, mut took) = (serde_json::Map::new(), Vec::new());
    let mut stderr = std::io::stderr();
    for (id, page) in &pages {
        let start = Instant::now();
        let text = match parse::main_text(page) {
            Ok(page) => page.text,
            Err(error) => {
                writeln!(stderr, "{id}: {error}")?;
                String::new()
            }
        };
        took.push(start.elapsed());
        texts.insert(id.clone(), json!({ "articleBody": text }));
    }
    took.sort();
    let (median, longest) = (took.get(took.len() / 2), took.last());
    writeln!(stderr, "{} pages; median {median:?}, longest {longest:?}", pages.len())?;
    writeln!(std::io::stdout(), "{}", Value::Object(texts))?;
    Ok(())
}

fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    let raw = fs::read(path)?;
    if path.extension().is_none_or(|end| end != "gz") {
        return Ok(raw);
    }
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(raw.as_slice()).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn document(body: &[u8], address: &str) -> Result<Document, url::ParseError> {
    let url = Url::parse(address)?;
    Ok(Document {
        source: SourceId::from("page"),
        purpose: Purpose::Page(ArticleId(1)),
        final_url: url.clone(),
        url,
        content_type: Some("text/html".to_owned()),
        validators: Validators::default(),
        fetched_at: Timestamp::MAX,
        body: body.to_vec(),
    })
}
