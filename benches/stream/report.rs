//! The table that is printed, and the plot for the documentation.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use super::Outcome;
use super::score::Score;

/// What some thousands of articles cost.
#[derive(Debug, Clone)]
pub struct Row {
    /// In the log at the end of the row.
    pub articles: usize,
    /// Of this row.
    pub count: usize,
    /// Of all threads.
    pub cpu_secs: f64,
    pub wall_secs: f64,
    /// In parse and extraction.
    pub read_secs: f64,
    pub resolve_secs: f64,
    pub rss_mb: f64,
    pub file_mb: u64,
}

impl Row {
    #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
    fn micros(&self) -> f64 {
        self.cpu_secs * 1e6 / self.count as f64
    }

    /// Percent in extraction, in resolution, and in the rest, which is the store.
    fn shares(&self) -> (f64, f64, f64) {
        let share = |secs: f64| secs * 100.0 / self.cpu_secs;
        let (read, resolve) = (share(self.read_secs), share(self.resolve_secs));
        (read, resolve, 100.0 - read - resolve)
    }
}

pub fn head() -> Outcome<()> {
    let mut out = std::io::stdout();
    writeln!(
        out,
        "| articles | a second of CPU | µs each | extract | resolve | store | RSS MB | file MB | wall s |"
    )?;
    writeln!(out, "|---:|---:|---:|---:|---:|---:|---:|---:|---:|")?;
    Ok(())
}

fn line(row: &Row) -> String {
    let (read, resolve, store) = row.shares();
    format!(
        "| {} | {:.0} | {:.0} | {read:.0} % | {resolve:.0} % | {store:.0} % | {:.0} | {} | {:.1} |",
        row.articles,
        1e6 / row.micros(),
        row.micros(),
        row.rss_mb,
        row.file_mb,
        row.wall_secs,
    )
}

pub fn row(row: &Row) -> Outcome<()> {
    writeln!(std::io::stdout(), "{}", line(row))?;
    Ok(())
}

pub fn foot(rows: &[Row], score: &Score) -> Outcome<()> {
    let count: usize = rows.iter().map(|row| row.count).sum();
    let cpu: f64 = rows.iter().map(|row| row.cpu_secs).sum();
    #[expect(clippy::cast_precision_loss, reason = "a million")]
    let per_second = count as f64 / cpu;
    let Score { told, found, wrong_merges, duplicates } = score;
    writeln!(
        std::io::stdout(),
        "\n{count} articles in {cpu:.1} s of CPU: {per_second:.0} a second on one core.\n\
         {told} deals told, {found} found: {wrong_merges} hold more than one, {duplicates} are \
         told twice."
    )?;
    let Some(folder) = std::env::var_os("DEALWATCH_BENCH_OUT").map(PathBuf::from) else {
        return Ok(());
    };
    fs::write(folder.join("stream.svg"), plot(rows))?;
    Ok(())
}

/// Microseconds an article as the log grows.
#[expect(clippy::cast_precision_loss, reason = "a million")]
fn plot(rows: &[Row]) -> String {
    let (width, height, left, low) = (640.0, 260.0, 56.0, 36.0);
    let most = rows.iter().map(Row::micros).fold(0.0, f64::max).max(1.0) * 1.15;
    let last = rows.last().map_or(1, |row| row.articles) as f64;
    let x = |articles: f64| left + (width - left - 16.0) * articles / last;
    let y = |micros: f64| height - low - (height - low - 16.0) * micros / most;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
    );
    for step in 0..=4 {
        let micros = most * f64::from(step) / 4.0;
        let at = y(micros);
        let end = width - 16.0;
        // Writing to a string cannot fail.
        let _infallible = writeln!(
            svg,
            "<path d=\"M{left} {at:.1}H{end}\" stroke=\"#ddd\"/><text x=\"{:.0}\" y=\"{:.1}\" \
             text-anchor=\"end\">{micros:.0}</text>",
            left - 6.0,
            at + 4.0
        );
    }
    let points: Vec<String> = rows
        .iter()
        .map(|row| format!("{:.1},{:.1}", x(row.articles as f64), y(row.micros())))
        .collect();
    let _infallible = writeln!(
        svg,
        "<polyline points=\"{}\" fill=\"none\" stroke=\"#0a6\" stroke-width=\"2\"/>\n\
         <text x=\"{left}\" y=\"{:.0}\">µs of CPU an article, as the log grows to {last:.0} \
         articles</text>\n</svg>",
        points.join(" "),
        height - 10.0
    );
    svg
}
