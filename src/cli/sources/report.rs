//! `dealwatch sources report`: how each source does, what to do, and how politely it was asked.

use super::pause;
use super::pause::Pauses;
use crate::cli::EXIT_DONE;
use crate::cli::EXIT_FAILED;
use crate::cli::Format;
use crate::cli::context::Context;
use crate::cli::context::Refusal;
use crate::cli::context::now;
use crate::cli::deals::local;
use crate::cli::deals::zoned;
use crate::cli::printer::Printer;
use crate::cli::table::Table;
use crate::config::Loaded;
use crate::domain::Source;
use crate::domain::SourceId;
use crate::domain::measure;
use crate::domain::one_line;
use crate::query;
use crate::query::SourceReport;
use crate::query::export;
use crate::store::Store;

/// Arguments of `dealwatch sources report`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Ids of sources; all that are switched on when none is given.
    #[arg(value_name = "ID")]
    sources: Vec<String>,
    /// Only those that need a hand.
    #[arg(long)]
    sick: bool,
    /// How to print it.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

/// Runs the command; a source that needs a hand gives exit code 1.
pub(super) fn run(args: &Args, context: &Context, printer: &mut Printer) -> anyhow::Result<u8> {
    let loaded = context.load()?;
    let wanted = wanted(args, &loaded)?;
    let mut reports = all(&loaded, &wanted)?;
    if args.sick {
        reports.retain(SourceReport::is_sick);
    }
    match (args.format, reports.as_slice()) {
        (Format::Table, [report]) if args.sources.len() == 1 => one(report, printer)?,
        (Format::Table | Format::Csv, _) => {
            printer.table(&table(&reports), args.format == Format::Csv)?;
        }
        (Format::Json, _) => export::json(printer.out(), &reports)?,
        (Format::Jsonl, _) => {
            for report in &reports {
                export::jsonl(printer.out(), report)?;
            }
        }
    }
    let sick = reports.iter().filter(|report| report.is_sick()).count();
    printer.say(&summary(&reports, sick))?;
    Ok(if sick == 0 { EXIT_DONE } else { EXIT_FAILED })
}

fn wanted(args: &Args, loaded: &Loaded) -> anyhow::Result<Vec<Source>> {
    if args.sources.is_empty() {
        return Ok(loaded.registry.enabled().cloned().collect());
    }
    let one = |id: &String| {
        let found = loaded.registry.get(&SourceId::from(id.as_str())).cloned();
        let hint = "`dealwatch sources list --all` lists them";
        found.ok_or_else(|| Refusal(format!("there is no source `{id}`: {hint}")).into())
    };
    args.sources.iter().map(one).collect()
}

/// The reports on these sources; before the first start nothing is known of any.
pub(in crate::cli) fn all(loaded: &Loaded, wanted: &[Source]) -> anyhow::Result<Vec<SourceReport>> {
    let database = loaded.database();
    if !database.exists() {
        return Ok(query::source::unknown(wanted, now()));
    }
    let store = Store::open_read_only(&database)?;
    let mut reports = store.read_blocking(|conn| query::source::reports(conn, wanted, now()))?;
    let pauses = Pauses::load(loaded)?;
    for (report, source) in reports.iter_mut().zip(wanted).filter(|(_, source)| source.enabled) {
        let moved = report.moved_to.as_deref().and_then(|to| to.parse().ok());
        report.host_pause = pauses.of(moved.as_ref().unwrap_or(&source.url)).cloned();
    }
    Ok(reports)
}

/// Those that need a hand first.
fn table(reports: &[SourceReport]) -> Table {
    let head =
        ["ID", "HEALTH", "LAST OK", "LAST NEW", "POLITE", "304", "ASKED", "WORDS", "WHAT TO DO"];
    let mut table = Table::new(&head)
        .keeping(&["ID", "HEALTH", "LAST OK", "LAST NEW", "POLITE", "304", "ASKED"]);
    let mut sorted: Vec<&SourceReport> = reports.iter().collect();
    sorted.sort_by_key(|report| !report.is_sick());
    for report in sorted {
        let polite = report.politeness.as_ref();
        table.row([
            report.view.id.to_string(),
            report.word(),
            report.view.succeeded_at.map(local).unwrap_or_default(),
            report.view.changed_at.map(local).unwrap_or_default(),
            polite.map(|polite| polite.score.to_string()).unwrap_or_default(),
            polite.map(|polite| format!("{} %", polite.not_modified_percent)).unwrap_or_default(),
            report.view.requests.to_string(),
            {
                let pause = report.host_pause.as_ref().map(pause::words).into_iter();
                pause.chain([report.state.words.clone()]).collect::<Vec<_>>().join("; ")
            },
            report.state.remedy.clone().unwrap_or_default(),
        ]);
    }
    table
}

/// `59 sources: 55 well, 4 need a hand, politeness 96 on average`
fn summary(reports: &[SourceReport], sick: usize) -> String {
    let scores: Vec<u32> =
        reports.iter().filter_map(|report| Some(report.politeness.as_ref()?.score)).collect();
    let asked = u32::try_from(scores.len()).unwrap_or(u32::MAX);
    let average = scores.iter().sum::<u32>().checked_div(asked);
    let average = average.map(|score| format!(", politeness {score} of 100 on average"));
    let fresh = reports.iter().filter(|report| report.view.polled_at.is_none()).count();
    let fresh = if fresh == 0 { String::new() } else { format!(", {fresh} not asked yet") };
    let need = if sick == 1 { "needs" } else { "need" };
    format!(
        "{}: {sick} {need} a hand{fresh}{}",
        measure::count(reports.len(), "source"),
        average.unwrap_or_default()
    )
}

/// Everything about one source.
fn one(report: &SourceReport, printer: &mut Printer) -> std::io::Result<()> {
    let view = &report.view;
    let lang = view.lang.map(|lang| format!(", {lang}")).unwrap_or_default();
    let mut steps = vec![
        ("address", view.url.clone()),
        ("health", format!("{}: {}", report.word(), report.state.words)),
    ];
    let mut put = |step, words: Option<String>| steps.extend(words.map(|words| (step, words)));
    put("what to do", report.state.remedy.clone());
    let pause = report.host_pause.as_ref();
    put("host", pause.map(|pause| format!("{}: {}", pause::words(pause), pause.reason)));
    put("asked at", report.moved_to.clone());
    put("last asked", view.polled_at.map(zoned));
    put("last ok", view.succeeded_at.map(zoned));
    put("last new", view.changed_at.map(zoned));
    put("next poll", view.next_poll_at.map(zoned));
    for odd in &report.odd {
        put("oddly", Some(odd.clone()));
    }
    put("articles", Some(view.articles.to_string()));
    put("rhythm", rhythm(report));
    if let Some(polite) = &report.politeness {
        put("politeness", Some(format!("{} of 100", polite.score)));
        for reason in &polite.reasons {
            put("", Some(reason.clone()));
        }
        let conditional = polite.conditional_percent;
        let conditional = conditional.map(|n| format!(", {n} % conditional after the first"));
        put(
            "requests",
            Some(format!(
                "{}{}, {} % answered 304, {} answered 429",
                polite.requests,
                conditional.unwrap_or_default(),
                polite.not_modified_percent,
                polite.rate_limited
            )),
        );
        let gap = polite.shortest_gap_ms.map(|gap| measure::span(gap / 1_000));
        put("closest", gap.map(|gap| format!("{gap} between two polls")));
        let (bytes, saved) = (measure::size(polite.bytes), measure::size(polite.saved_bytes));
        put("traffic", Some(format!("{bytes} received, {saved} spared by 304")));
    }
    let about = format!("{}  {} ({}, {}{lang})", view.id, view.name, view.kind, view.class);
    printer.line(&one_line(&about))?;
    for (step, words) in steps {
        printer.line(one_line(&format!("  {step:<11} {words}")).trim_end())?;
    }
    Ok(())
}

fn rhythm(report: &SourceReport) -> Option<String> {
    let rhythm = &report.rhythm;
    let every = rhythm.expected_secs.map(|secs| format!("an entry every {}", measure::span(secs)));
    let window =
        rhythm.window_secs.map(|secs| format!("its list turns over in {}", measure::span(secs)));
    let words: Vec<String> = every.into_iter().chain(window).collect();
    (!words.is_empty()).then(|| words.join(", "))
}
