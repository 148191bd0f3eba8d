//! A scripted HTTP server on loopback that keeps every request, byte for byte.

use std::collections::HashMap;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::io::Write;
use std::net::Shutdown;
use std::net::TcpListener;
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Instant;

use url::Url;

/// One request as it came.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: String,
    /// The request target as sent.
    pub target: String,
    /// Names in lower case; values as sent, without the one space after the colon.
    pub fields: Vec<(String, Vec<u8>)>,
    pub body: Vec<u8>,
    pub at: Instant,
}

impl Request {
    /// The value of a field as text, "" if it was not sent.
    pub fn field(&self, name: &str) -> String {
        let found = self.fields.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| String::from_utf8_lossy(value).into_owned()).unwrap_or_default()
    }

    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(known, _)| known == name)
    }
}

/// What the server does with a request.
#[derive(Debug, Clone)]
pub struct Reply {
    status: u16,
    fields: Vec<(String, String)>,
    body: Vec<u8>,
    hold: Hold,
    sized: bool,
}

/// Where the server stops and waits until the client gives up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hold {
    Nowhere,
    BeforeHead,
    InBody,
    /// One byte of the body after the other, with a pause.
    Drip,
}

/// Between two bytes of a body that drips.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(20);

impl Reply {
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Reply {
        Reply { status, fields: Vec::new(), body: body.into(), hold: Hold::Nowhere, sized: true }
    }

    /// 200 with a small feed.
    pub fn feed(title: &str) -> Reply {
        let body = format!("<rss version=\"2.0\"><channel><title>{title}</title></channel></rss>");
        Reply::new(200, body).field("Content-Type", "application/rss+xml")
    }

    pub fn redirect(status: u16, to: &str) -> Reply {
        Reply::new(status, "").field("Location", to)
    }

    pub fn field(mut self, name: &str, value: &str) -> Reply {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Without `Content-Length`: the body ends with the connection.
    pub fn unsized_body(mut self) -> Reply {
        self.sized = false;
        self
    }

    /// Accepts the request and never answers.
    pub fn never(mut self) -> Reply {
        self.hold = Hold::BeforeHead;
        self
    }

    /// Sends the body byte by byte, for ever if it is long enough.
    pub fn dripping(mut self) -> Reply {
        self.hold = Hold::Drip;
        self
    }

    /// Sends the header and half of the body.
    pub fn stalled(mut self) -> Reply {
        self.hold = Hold::InBody;
        self
    }
}

/// The server; it stops when dropped.
pub struct Server {
    shared: Arc<Shared>,
    port: u16,
}

struct Shared {
    script: Mutex<HashMap<String, Vec<Reply>>>,
    requests: Mutex<Vec<Request>>,
    in_flight: AtomicUsize,
    most_in_flight: AtomicUsize,
    stopped: AtomicBool,
}

impl Server {
    pub fn start() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            script: Mutex::default(),
            requests: Mutex::default(),
            in_flight: AtomicUsize::new(0),
            most_in_flight: AtomicUsize::new(0),
            stopped: AtomicBool::new(false),
        });
        let for_thread = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming() {
                if for_thread.stopped.load(Ordering::SeqCst) {
                    break;
                }
                let shared = Arc::clone(&for_thread);
                if let Ok(stream) = stream {
                    thread::spawn(move || serve(&shared, stream));
                }
            }
        });
        Server { shared, port }
    }

    /// The replies to requests for `target`, in order; the last one is repeated.
    pub fn on(&self, target: &str, replies: impl IntoIterator<Item = Reply>) -> &Server {
        let replies = replies.into_iter().collect();
        self.shared.script.lock().unwrap().insert(target.to_owned(), replies);
        self
    }

    pub fn url(&self, target: &str) -> Url {
        format!("http://127.0.0.1:{}{target}", self.port).parse().unwrap()
    }

    /// All requests so far.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.requests.lock().unwrap().clone()
    }

    /// The most requests that were open at once.
    pub fn most_in_flight(&self) -> usize {
        self.shared.most_in_flight.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        // Wakes the listener; if nobody listens any more, there is nobody to wake.
        drop(TcpStream::connect(("127.0.0.1", self.port)));
    }
}

/// One request per connection keeps the script simple.
fn serve(shared: &Shared, mut stream: TcpStream) {
    let Some(request) = read(&stream) else { return };
    let open = shared.in_flight.fetch_add(1, Ordering::SeqCst) + 1;
    shared.most_in_flight.fetch_max(open, Ordering::SeqCst);
    let reply = shared.next(&request.target);
    shared.requests.lock().unwrap().push(request);
    if reply.hold == Hold::BeforeHead {
        shared.in_flight.fetch_sub(1, Ordering::SeqCst);
        wait_for_the_end(&mut stream);
        return;
    }
    let mut head = Vec::new();
    write!(head, "HTTP/1.1 {} Scripted\r\nConnection: close\r\n", reply.status).unwrap();
    for (name, value) in &reply.fields {
        write!(head, "{name}: {value}\r\n").unwrap();
    }
    if reply.status != 304 && reply.sized {
        write!(head, "Content-Length: {}\r\n", reply.body.len()).unwrap();
    }
    head.extend_from_slice(b"\r\n");
    if reply.hold == Hold::Drip {
        shared.in_flight.fetch_sub(1, Ordering::SeqCst);
        // A client that has waited enough ends it.
        drop(drip(&mut stream, &head, &reply.body));
        return;
    }
    let half = if reply.hold == Hold::InBody { reply.body.len() / 2 } else { reply.body.len() };
    head.extend_from_slice(&reply.body[..half]);
    // Closed before its last byte: whoever asks next has had that.
    let (last, rest) = head.split_last().unwrap();
    let sent = stream.write_all(rest);
    shared.in_flight.fetch_sub(1, Ordering::SeqCst);
    let sent = sent.and_then(|()| stream.write_all(&[*last]));
    if sent.is_ok() && reply.hold == Hold::InBody {
        wait_for_the_end(&mut stream);
    }
    // A client that has seen enough is no error of the server.
    drop(stream.shutdown(Shutdown::Write));
}

fn drip(stream: &mut TcpStream, head: &[u8], body: &[u8]) -> std::io::Result<()> {
    stream.write_all(head)?;
    body.chunks(1).try_for_each(|byte| {
        thread::park_timeout(PAUSE);
        stream.write_all(byte)
    })
}

fn wait_for_the_end(stream: &mut TcpStream) {
    let mut rest = Vec::new();
    drop(stream.read_to_end(&mut rest));
}

impl Shared {
    fn next(&self, target: &str) -> Reply {
        let mut script = self.script.lock().unwrap();
        match script.get_mut(target) {
            Some(replies) if replies.len() > 1 => replies.remove(0),
            Some(replies) => replies.first().cloned().unwrap_or_else(|| Reply::new(500, "")),
            None => Reply::new(404, "nothing here"),
        }
    }
}

fn read(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let mut line = Vec::new();
    reader.read_until(b'\n', &mut line).ok()?;
    let first = String::from_utf8(line).ok()?;
    let mut words = first.split_whitespace();
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut fields = Vec::new();
    loop {
        let mut line = Vec::new();
        reader.read_until(b'\n', &mut line).ok()?;
        let line = line.strip_suffix(b"\r\n")?;
        if line.is_empty() {
            break;
        }
        let colon = line.iter().position(|byte| *byte == b':')?;
        let name = String::from_utf8_lossy(&line[..colon]).to_ascii_lowercase();
        let value = &line[colon + 1..];
        fields.push((name, value.strip_prefix(b" ").unwrap_or(value).to_vec()));
    }
    let mut request = Request { method, target, fields, body: Vec::new(), at: Instant::now() };
    let length = request.field("content-length").parse().unwrap_or(0);
    request.body = vec![0; length];
    reader.read_exact(&mut request.body).ok()?;
    Some(request)
}
