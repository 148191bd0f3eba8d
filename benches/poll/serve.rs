//! The feeds' server, in a process of its own so that its work is not counted.

use std::collections::HashMap;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::io::Write;
use std::net::TcpStream;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

use tokio::io::AsyncBufReadExt;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use super::Outcome;
use super::feeds;

/// Starts this program again as the server; returns its port.
pub fn start() -> Outcome<(Child, u16)> {
    let mut child =
        Command::new(std::env::current_exe()?).arg("--serve").stdout(Stdio::piped()).spawn()?;
    let mut line = String::new();
    BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut line)?;
    Ok((child, line.trim().parse()?))
}

/// Sets what the feeds show.
pub fn revision(port: u16, revision: usize) -> Outcome<()> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    write!(stream, "GET /revision/{revision} HTTP/1.1\r\nConnection: close\r\n\r\n")?;
    stream.read_to_end(&mut Vec::new())?;
    Ok(())
}

#[derive(Default)]
struct State {
    revision: AtomicUsize,
    bodies: Mutex<HashMap<(usize, usize), Arc<String>>>,
}

pub async fn run() -> Outcome<()> {
    let listener = TcpListener::bind("0.0.0.0:0").await?;
    writeln!(std::io::stdout(), "{}", listener.local_addr()?.port())?;
    let state = Arc::new(State::default());
    let mut connections = JoinSet::new();
    loop {
        let (stream, _) = listener.accept().await?;
        connections.spawn(connection(stream, Arc::clone(&state)));
        while connections.try_join_next().is_some() {}
    }
}

/// One connection; whoever hangs up ends it.
async fn connection(stream: tokio::net::TcpStream, state: Arc<State>) -> Outcome<()> {
    stream.set_nodelay(true)?;
    let mut stream = tokio::io::BufReader::new(stream);
    loop {
        let (mut path, mut tag, mut close) = (String::new(), String::new(), false);
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let line = line.trim_end();
            let lower = line.to_ascii_lowercase();
            if line.is_empty() {
                break;
            } else if path.is_empty() {
                line.split(' ').nth(1).unwrap_or_default().clone_into(&mut path);
            } else if let Some(value) = lower.strip_prefix("if-none-match: ") {
                value.clone_into(&mut tag);
            }
            close |= lower == "connection: close";
        }
        let answer = answer(&path, &tag, &state);
        stream.get_mut().write_all(answer.as_bytes()).await?;
        if close {
            return Ok(());
        }
    }
}

fn answer(path: &str, tag: &str, state: &State) -> String {
    let mut parts = path.split('/').skip(1);
    let (kind, number) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    match (kind, number.parse::<usize>()) {
        ("revision", Ok(number)) => {
            state.revision.store(number, Ordering::Relaxed);
            "HTTP/1.1 204 No Content\r\n\r\n".to_owned()
        }
        ("feed", Ok(feed)) => {
            let revision = state.revision.load(Ordering::Relaxed);
            let current = format!("\"{feed}-{revision}\"");
            if tag == current {
                return format!("HTTP/1.1 304 Not Modified\r\nETag: {current}\r\n\r\n");
            }
            let body = {
                let mut bodies =
                    state.bodies.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                let made = || Arc::new(feeds::rss(feed, revision));
                Arc::clone(bodies.entry((feed, revision)).or_insert_with(made))
            };
            format!(
                "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: {current}\r\n\
                 Content-Length: {}\r\n\r\n{body}",
                body.len()
            )
        }
        _ => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_owned(),
    }
}
