//! The one way to standard output and standard error.
//!
//! Data goes to standard output, talk to standard error. Text from outside is stripped of what a
//! terminal would act on.

use std::io;
use std::io::IsTerminal;
use std::io::Write;

use serde::Serialize;

use super::Format;
use super::context::Refusal;
use super::table::Table;
use crate::domain::one_line;

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

    /// One record in the format that is asked for; `what` names it where that has none.
    pub fn record<T: Serialize>(
        &mut self,
        format: Format,
        record: &T,
        what: &str,
        lines: impl Fn(&T) -> Vec<String>,
    ) -> anyhow::Result<()> {
        match format {
            Format::Json => self.line(&serde_json::to_string_pretty(record)?)?,
            Format::Jsonl => self.line(&serde_json::to_string(record)?)?,
            Format::Csv => {
                return Err(Refusal(format!("{what} has no CSV; use --format json")).into());
            }
            Format::Table => {
                for line in lines(record) {
                    self.line(&one_line(&line))?;
                }
            }
        }
        Ok(())
    }

    /// A table, cut to the terminal, or its values separated by commas.
    pub fn table(&mut self, table: &Table, csv: bool) -> io::Result<()> {
        if csv {
            return table.csv(&mut *self.out);
        }
        let lines = table.lines(self.width);
        lines.iter().try_for_each(|line| self.line(line))
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
