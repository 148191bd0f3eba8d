//! The daemon's Unix socket: one JSON request a line, one JSON reply a line.
//!
//! Commands that change anything ask here while the daemon runs, so that the log has one writer.
//! Who may is decided by the permissions of the socket: its owner and its group.

use std::io;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Write;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;
use serde::Serialize;
use serde_json::Value;

use crate::store::replay::Asked;

/// The socket's name in the data directory.
const NAME: &str = "control.sock";
/// A request is at most this long: a chunk of documents for `ingest`.
pub const MAX_REQUEST_BYTES: u64 = 64 * 1024 * 1024;
/// Polling many slow sources takes minutes.
const PATIENCE: Duration = Duration::from_mins(10);

/// What can be asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Request {
    /// Is somebody there?
    Ping,
    /// Poll these sources now; all that are enabled when empty.
    Poll {
        /// Ids.
        sources: Vec<String>,
    },
    /// Ask these sources again although they have stopped.
    Revive {
        /// Ids.
        sources: Vec<String>,
    },
    /// Run documents through the whole path.
    Ingest {
        /// As lines of the batch format.
        documents: Vec<Value>,
    },
    /// Read the next piece of stored articles again.
    Replay {
        /// Which; the same question goes on with the same run.
        asked: Asked,
    },
    /// A person's decision about a deal.
    Decide {
        /// Who decides, for the record.
        who: String,
        /// What.
        decision: Value,
    },
    /// Read the configuration again.
    Reload,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// What went wrong, with the remedy.
    pub error: Option<String>,
    /// The answer.
    pub data: Value,
}

/// Where the socket of a data directory is.
pub fn path(data_dir: &Path) -> PathBuf {
    data_dir.join(NAME)
}

/// Asks the daemon of this data directory; `None` when none runs.
pub fn ask(data_dir: &Path, request: &Request) -> io::Result<Option<Reply>> {
    let mut stream = match UnixStream::connect(path(data_dir)) {
        Ok(stream) => stream,
        Err(error) if is_nobody(&error) => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            let words = "permission denied: it is for members of its group; `id` lists your groups";
            return Err(io::Error::new(error.kind(), words));
        }
        Err(error) => return Err(error),
    };
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut line = serde_json::to_vec(request)?;
    line.push(b'\n');
    stream.write_all(&line)?;
    let mut answer = String::new();
    BufReader::new(stream).read_line(&mut answer)?;
    if answer.is_empty() {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the daemon hung up"));
    }
    Ok(Some(serde_json::from_str(&answer)?))
}

/// No socket, or one that a killed daemon left behind.
fn is_nobody(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused)
}
