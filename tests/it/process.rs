//! The binary as a child: its lines as they come, its end, and no child left behind.

use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::process::Child;
use std::process::Command;
use std::process::ExitStatus;
use std::process::Stdio;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;
use std::time::Instant;

/// Nothing here takes so long unless it is broken.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// A running child that is killed when the test ends, however it ends.
pub struct Process {
    child: Child,
    lines: Receiver<String>,
    seen: Vec<String>,
}

/// Whose lines are read; the other stream is thrown away.
#[derive(Clone, Copy)]
pub enum Stream {
    Out,
    Err,
}

impl Process {
    pub fn start(command: &mut Command, stream: Stream) -> Process {
        let (out, err) = match stream {
            Stream::Out => (Stdio::piped(), Stdio::null()),
            Stream::Err => (Stdio::null(), Stdio::piped()),
        };
        let mut child = command.stdin(Stdio::null()).stdout(out).stderr(err).spawn().unwrap();
        let pipe: Box<dyn Read + Send> = match stream {
            Stream::Out => Box::new(child.stdout.take().unwrap()),
            Stream::Err => Box::new(child.stderr.take().unwrap()),
        };
        let (sender, lines) = channel();
        thread::spawn(move || {
            let whole = BufReader::new(pipe).lines().map_while(Result::ok);
            whole.take_while(|line| sender.send(line.clone()).is_ok()).count()
        });
        Process { child, lines, seen: Vec::new() }
    }

    /// The next line that holds the words; panics with everything said if none comes in time.
    #[track_caller]
    pub fn wait_for(&mut self, words: &str) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let Ok(line) = self.lines.recv_timeout(left) else {
                panic!("`{words}` was not said:\n{}", self.seen.join("\n"));
            };
            self.seen.push(line.clone());
            if line.contains(words) {
                return line;
            }
        }
    }

    /// Looks again and again, reading lines in between, until the condition holds.
    #[track_caller]
    pub fn wait_until(&mut self, what: &str, mut holds: impl FnMut() -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !holds() {
            if let Ok(line) = self.lines.recv_timeout(Duration::from_millis(10)) {
                self.seen.push(line);
            }
            let said = || self.seen.join("\n");
            assert!(Instant::now() < deadline, "{what} did not come true:\n{}", said());
        }
    }

    /// SIGKILL; nothing of it runs when this returns.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM, how it ended, and everything it said.
    #[track_caller]
    pub fn terminate(mut self, grace: Duration) -> (ExitStatus, String) {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
        let deadline = Instant::now() + grace;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                self.seen.extend(self.lines.iter());
                return (status, self.seen.join("\n"));
            }
            assert!(Instant::now() < deadline, "it did not stop:\n{}", self.seen.join("\n"));
            if let Ok(line) = self.lines.recv_timeout(Duration::from_millis(10)) {
                self.seen.push(line);
            }
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already; either way it is waited for.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
