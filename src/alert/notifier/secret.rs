//! Secrets of receivers: given in the configuration or, better, in a file.

use std::fmt;
use std::path::Path;
use std::path::PathBuf;

use serde::Deserialize;
use serde::Serialize;
use serde::Serializer;

/// A secret; shown as `***` wherever it is printed.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The secret itself, for the one place that needs it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(secret: String) -> Self {
        Secret(secret)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("***")
    }
}

/// The inline secret, or the first line of the file.
pub fn load(key: &str, inline: Option<&Secret>, file: Option<&PathBuf>) -> Result<Secret, String> {
    match (inline, file) {
        (Some(_), Some(_)) => Err(format!("{key} and {key}_file are both given: keep one")),
        (Some(secret), None) => Ok(secret.clone()),
        (None, Some(file)) => read(key, file),
        (None, None) => Err(format!("{key} or {key}_file is missing")),
    }
}

fn read(key: &str, file: &Path) -> Result<Secret, String> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| format!("{key}_file: cannot read {}: {error}", file.display()))?;
    let line = text.lines().next().unwrap_or_default().trim();
    if line.is_empty() {
        return Err(format!("{key}_file: {} is empty", file.display()));
    }
    Ok(Secret(line.to_owned()))
}
