//! Lines on a terminal, or in the journal when run as a service.

use std::io::Write;
use std::sync::Mutex;

use serde::Deserialize;
use serde::Serialize;

use super::Receipt;
use super::Retry;
use super::SendError;
use crate::alert::message::Message;

/// A `[[receiver.terminal]]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Unique among receivers.
    pub name: String,
    /// Where the lines go.
    #[serde(default)]
    pub stream: Stream,
}

/// Where the lines go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stream {
    /// Standard output.
    #[default]
    Stdout,
    /// Standard error, beside the log.
    Stderr,
}

/// Ready to print.
pub struct Terminal {
    name: String,
    out: Mutex<Box<dyn Write + Send>>,
}

impl Terminal {
    /// Prints to the process's own stream.
    pub fn new(settings: &Settings) -> Terminal {
        let out: Box<dyn Write + Send> = match settings.stream {
            Stream::Stdout => Box::new(std::io::stdout()),
            Stream::Stderr => Box::new(std::io::stderr()),
        };
        Terminal { name: settings.name.clone(), out: Mutex::new(out) }
    }

    /// The receiver's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Prints the message; it is clean of control characters already.
    pub fn send(&self, message: &Message) -> Result<Receipt, SendError> {
        let mut text = message.headline.clone();
        for line in &message.lines {
            text.push_str("\n    ");
            text.push_str(line);
        }
        if let Some(link) = &message.link {
            text.push_str("\n    ");
            text.push_str(link);
        }
        text.push('\n');
        let failed = |error: std::io::Error| SendError {
            words: format!("cannot print to receiver `{}`: {error}", self.name),
            retry: Retry::Later,
            status: None,
            excerpt: String::new(),
        };
        let mut out = self.out.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(failed)?;
        Ok(Receipt { status: None, excerpt: String::new() })
    }
}
