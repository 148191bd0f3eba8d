//! Many sources at once: hosts side by side, the sources of one host one after the other.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::Trial;
use super::Verdict;
use crate::cli::Format;
use crate::cli::deals::local;
use crate::cli::printer::Printer;
use crate::cli::table::Table;
use crate::cli::table::cut;
use crate::domain::Source;
use crate::domain::measure;
use crate::domain::one_line;
use crate::entity::EntityTable;
use crate::fetch::Fetcher;
use crate::query::export;
use crate::source::host_key;

/// A line of progress is no longer: the whole words are in the table.
const PROGRESS_COLUMNS: usize = 100;

/// Tests every source; `seen` is told of each as it comes, with how many are done of how many.
/// The trials come back in the order of the sources.
pub(super) async fn run(
    fetcher: Arc<Fetcher>,
    sources: Vec<Source>,
    table: Arc<EntityTable>,
    jobs: usize,
    mut seen: impl FnMut(usize, usize, &Trial) -> std::io::Result<()>,
) -> anyhow::Result<Vec<Trial>> {
    let all = sources.len();
    let mut hosts: BTreeMap<String, Vec<(usize, Source)>> = BTreeMap::new();
    for (place, source) in sources.into_iter().enumerate() {
        hosts.entry(host_key(&source.url)).or_default().push((place, source));
    }
    // The longest queues first: they decide when all is done.
    let mut queues: Vec<_> = hosts.into_values().collect();
    queues.sort_by_key(|queue| std::cmp::Reverse(queue.len()));
    let slots = Arc::new(Semaphore::new(jobs));
    let (sender, mut trials) = mpsc::channel(jobs.max(1));
    let mut tasks = JoinSet::new();
    for queue in queues {
        let (fetcher, table) = (Arc::clone(&fetcher), Arc::clone(&table));
        let (slots, sender) = (Arc::clone(&slots), sender.clone());
        tasks.spawn(async move {
            for (place, source) in queue {
                // Never closed.
                let Ok(_slot) = slots.acquire().await else { return };
                let trial = Trial::run(&fetcher, &source, &table).await;
                if sender.send((place, trial)).await.is_err() {
                    return;
                }
            }
        });
    }
    drop(sender);
    let mut done = Vec::with_capacity(all);
    while let Some((place, trial)) = trials.recv().await {
        seen(done.len() + 1, all, &trial)?;
        done.push((place, trial));
    }
    while let Some(ended) = tasks.join_next().await {
        ended?;
    }
    done.sort_by_key(|(place, _)| *place);
    Ok(done.into_iter().map(|(_, trial)| trial).collect())
}

/// ` 12/59  techcrunch-ai: ok, 20 items`
pub(super) fn progress(done: usize, all: usize, trial: &Trial) -> String {
    let width = all.to_string().len();
    let what = match (&trial.words, &trial.reading) {
        (Some(words), _) => words.clone(),
        (None, Some(read)) => measure::count(read.items, "item"),
        (None, None) => String::new(),
    };
    let line = format!("{done:>width$}/{all}  {}: {}, {what}", trial.source.id, trial.verdict);
    cut(&one_line(&line), PROGRESS_COLUMNS)
}

/// `59 tested: 48 ok, 3 moved, 8 …`
pub(super) fn summary(trials: &[Trial]) -> String {
    let mut counts: BTreeMap<Verdict, usize> = BTreeMap::new();
    for trial in trials {
        *counts.entry(trial.verdict).or_default() += 1;
    }
    let counts: Vec<String> =
        counts.iter().map(|(verdict, count)| format!("{count} {verdict}")).collect();
    format!("{} tested: {}", trials.len(), counts.join(", "))
}

/// What is not well first, and nothing that a person need not read.
pub(super) fn print(trials: &[Trial], format: Format, printer: &mut Printer) -> anyhow::Result<()> {
    match format {
        Format::Json => export::json(printer.out(), trials)?,
        Format::Jsonl => {
            for trial in trials {
                export::jsonl(printer.out(), trial)?;
            }
        }
        Format::Table | Format::Csv => {
            let mut sorted: Vec<&Trial> = trials.iter().collect();
            sorted.sort_by_key(|trial| std::cmp::Reverse(trial.verdict));
            printer.table(&table(&sorted), format == Format::Csv)?;
        }
    }
    Ok(())
}

fn table(trials: &[&Trial]) -> Table {
    let head = ["SOURCE", "VERDICT", "ITEMS", "NEWEST", "DEALS", "WHAT TO DO", "WORDS"];
    let mut table = Table::new(&head).keeping(&["SOURCE", "VERDICT", "ITEMS", "NEWEST", "DEALS"]);
    for trial in trials {
        let read = trial.reading.as_ref();
        let deals = read.map(|read| {
            let main = |item: &super::trial::Item| item.deals.iter().any(|deal| deal.main);
            read.articles.iter().filter(|item| main(item)).count()
        });
        table.row([
            trial.source.id.to_string(),
            trial.verdict.to_string(),
            read.map(|read| read.items.to_string()).unwrap_or_default(),
            read.and_then(|read| read.last).map(local).unwrap_or_default(),
            deals.map(|deals| deals.to_string()).unwrap_or_default(),
            trial.remedy.unwrap_or_default().to_owned(),
            trial.words.clone().unwrap_or_default(),
        ]);
    }
    table
}
