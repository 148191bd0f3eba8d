//! Answers on the control socket.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use serde_json::Value;
use tokio::io::AsyncBufReadExt;
use tokio::io::AsyncReadExt;
use tokio::io::AsyncWriteExt;
use tokio::io::BufReader;
use tokio::net::UnixListener;
use tokio::net::UnixStream;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::control;
use super::control::Reply;
use super::control::Request;
use super::shared::Shared;

/// The owner and the group may ask, others may not.
const MODE: u32 = 0o660;

/// Binds the socket, taking the place of one that a killed daemon left behind.
///
/// The caller holds the lock of the data directory, so no other daemon can be listening.
pub fn bind(data_dir: &Path) -> anyhow::Result<UnixListener> {
    let path = control::path(data_dir);
    match fs::remove_file(&path) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => {
            return Err(error).with_context(|| format!("cannot replace {}", path.display()));
        }
    }
    let listener = UnixListener::bind(&path)
        .with_context(|| format!("cannot listen on {}", path.display()))?;
    fs::set_permissions(&path, fs::Permissions::from_mode(MODE))
        .with_context(|| format!("cannot open {} to the group", path.display()))?;
    Ok(listener)
}

/// Serves until stopped.
pub async fn run(
    listener: UnixListener,
    shared: Arc<Shared>,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => {
                let (stream, _) = accepted.context("the control socket is gone")?;
                connections.spawn(serve(stream, Arc::clone(&shared)));
            }
            Some(served) = connections.join_next() => {
                if let Ok(Err(error)) = served {
                    tracing::debug!("A control connection ended early: {error:#}");
                }
            }
        }
    }
    connections.shutdown().await;
    Ok(())
}

/// One connection: requests in, replies out, until it is closed.
async fn serve(stream: UnixStream, shared: Arc<Shared>) -> anyhow::Result<()> {
    let uid = stream.peer_cred().map(|peer| peer.uid()).ok();
    let (read, mut write) = stream.into_split();
    let mut read = BufReader::new(read);
    loop {
        let mut line = Vec::new();
        let limit = control::MAX_REQUEST_BYTES;
        let length = (&mut read).take(limit).read_until(b'\n', &mut line).await?;
        if length == 0 {
            return Ok(());
        }
        let outcome = match serde_json::from_slice::<Request>(&line) {
            Ok(request) => shared.obey(request, uid).await,
            Err(error) => Err(anyhow::anyhow!("cannot read the request: {error}")),
        };
        let reply = match outcome {
            Ok(data) => Reply { error: None, data },
            Err(error) => Reply { error: Some(format!("{error:#}")), data: Value::Null },
        };
        let mut answer = serde_json::to_vec(&reply)?;
        answer.push(b'\n');
        write.write_all(&answer).await?;
        if length as u64 == limit {
            return Ok(());
        }
    }
}
