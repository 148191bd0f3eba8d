//! The one way to standard output and standard error.
//!
//! Data goes to standard output, talk to standard error. Text from outside is stripped of what a
//! terminal would act on.

use std::io;
use std::io::IsTerminal;
use std::io::Write;

/// Where a command's data and talk go.
pub struct Printer {
    out: Box<dyn Write + Send>,
    talk: Box<dyn Write + Send>,
    /// Columns of the terminal; `None` when the data goes to a file or a pipe.
    width: Option<usize>,
    /// Whether colours help.
    colour: bool,
}

impl Printer {
    /// Standard output and standard error of this process.
    pub fn standard(no_colour: bool) -> Printer {
        let stdout = io::stdout();
        let terminal = stdout.is_terminal();
        let width = terminal
            .then(|| rustix::termios::tcgetwinsize(&stdout).ok())
            .flatten()
            .map(|size| usize::from(size.ws_col))
            .filter(|&columns| columns > 0);
        Printer {
            out: Box::new(io::BufWriter::new(stdout)),
            talk: Box::new(io::stderr()),
            width,
            colour: terminal && !no_colour,
        }
    }

    /// Columns of the terminal; `None` when the data goes to a file or a pipe.
    pub fn width(&self) -> Option<usize> {
        self.width
    }

    /// Whether colours help.
    pub fn colour(&self) -> bool {
        self.colour
    }

    /// The writer for data.
    pub fn out(&mut self) -> &mut (dyn Write + Send) {
        &mut *self.out
    }

    /// One line of data; `text` must be clean.
    pub fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{text}")
    }

    /// One line of talk; `text` must be clean.
    pub fn say(&mut self, text: &str) -> io::Result<()> {
        self.out.flush()?;
        writeln!(self.talk, "{text}")
    }

    /// Hands everything on.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Text from outside without what a terminal would act on: control characters become spaces,
/// marks that change the direction of writing vanish.
pub fn clean(text: &str) -> String {
    text.chars()
        .filter(|&c| !is_direction_mark(c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// Unicode's bidirectional controls (UAX 9), with which text can be made to look like other text.
fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_gets_nothing_to_act_on() {
        assert_eq!(clean("a\u{1b}[31mred\u{7}\u{9b}2J"), "a [31mred  2J");
        assert_eq!(clean("智谱\u{202e}gpj.exe"), "智谱gpj.exe");
        assert_eq!(clean("two\nlines"), "two lines");
    }
}
