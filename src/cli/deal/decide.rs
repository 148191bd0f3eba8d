//! What people decide about deals, from the command line to whoever writes the log.

use anyhow::Context as _;
use jiff::Timestamp;
use serde_json::json;

use super::super::context::Context;
use super::super::context::Refusal;
use super::super::context::now;
use super::super::deals::local;
use super::super::printer::Printer;
use crate::config;
use crate::daemon::control;
use crate::daemon::control::Request;
use crate::daemon::decisions;
use crate::daemon::lock;
use crate::decide::Answer;
use crate::decide::Decision;
use crate::decide::Given;
use crate::domain::DealId;
use crate::domain::Field;
use crate::domain::one_line;
use crate::extract::stated;
use crate::pipeline::Knowledge;
use crate::pipeline::Pipeline;
use crate::query;
use crate::store::Store;

/// Takes a decision, through the daemon if it runs, and prints what became of it.
pub(in crate::cli) fn take(
    decision: &Decision,
    context: &Context,
    printer: &mut Printer,
) -> anyhow::Result<u8> {
    let answer = decide(decision, context)?;
    let number = answer.decision;
    let back = match decision {
        Decision::Undo { .. } => String::new(),
        _ => {
            format!(" (decision {number}; `dealwatch deal undo --decision {number}` takes it back)")
        }
    };
    printer.say(&one_line(&format!("{}{back}", answer.words)))?;
    Ok(super::super::EXIT_DONE)
}

fn decide(decision: &Decision, context: &Context) -> anyhow::Result<Answer> {
    let loaded = context.load()?;
    let data_dir = loaded.data_dir.path.clone();
    let who = std::env::var("USER").unwrap_or_else(|_| "somebody".to_owned());
    let request = Request::Decide { who: who.clone(), decision: json!(decision) };
    let asked = control::ask(&data_dir, &request)
        .with_context(|| format!("cannot ask the daemon of {}", data_dir.display()))?;
    if let Some(reply) = asked {
        return match reply.error {
            Some(error) => Err(Refusal(error).into()),
            None => Ok(serde_json::from_value(reply.data)?),
        };
    }
    let _lock = lock::take(&data_dir)?;
    let store = Store::open(loaded.database(), now())?;
    let knowledge = Knowledge {
        routes: loaded.config.alerts().routes(),
        silence: loaded.config.deals.silence(),
        table: loaded.entities,
        rates: config::rates()?,
        watchers: Vec::new(),
    };
    let pipeline = Pipeline::new(store, std::sync::Arc::new(knowledge));
    decisions::take(&pipeline, who, json!(decision), now())
}

/// `field=value` as the decision carries it.
pub(super) fn given(pair: &str) -> Result<Given, Refusal> {
    let Some((field, words)) = pair.split_once('=') else {
        return Err(Refusal(format!("`{pair}` is no `field=value`; for example `round=b`")));
    };
    let field: Field = field
        .trim()
        .parse()
        .map_err(|error: <Field as std::str::FromStr>::Err| Refusal(error.to_string()))?;
    let value = stated::value(field, words).map_err(|error| Refusal(error.to_string()))?;
    Ok(Given { field, value, raw: Some(words.trim().to_owned()) })
}

/// Prints what was decided, about one deal or at all.
pub(super) fn list(
    deal: Option<i64>,
    format: super::super::Format,
    context: &Context,
    printer: &mut Printer,
) -> anyhow::Result<u8> {
    let (_, log) = context.log()?;
    let decisions = log.read_blocking(|conn| query::decisions(conn, deal.map(DealId)))?;
    if decisions.is_empty() {
        printer.say("nobody decided anything")?;
        return Ok(super::super::EXIT_NOTHING);
    }
    match format {
        super::super::Format::Json => {
            printer.line(&serde_json::to_string_pretty(&decisions)?)?;
        }
        super::super::Format::Jsonl => {
            for decision in &decisions {
                printer.line(&serde_json::to_string(decision)?)?;
            }
        }
        super::super::Format::Csv => {
            return Err(Refusal("decisions have no CSV; use --format jsonl".to_owned()).into());
        }
        super::super::Format::Table => {
            for decision in &decisions {
                printer.line(&one_line(&line(decision)))?;
            }
        }
    }
    Ok(super::super::EXIT_DONE)
}

/// One decision in one line.
pub(super) fn line(decision: &query::DecisionView) -> String {
    let undone = |at: Timestamp| {
        let by = decision.undone_by.as_ref().map(|who| format!(" by {who}")).unwrap_or_default();
        format!(", taken back {}{by}", local(at))
    };
    let undone = decision.undone_at.map(undone).unwrap_or_default();
    format!("{}  decision {}: {}{undone}", local(decision.at), decision.id, said(decision))
}

/// Who decided what, and why.
pub(super) fn said(decision: &query::DecisionView) -> String {
    let because =
        decision.because.as_ref().map(|why| format!(", because {why}")).unwrap_or_default();
    format!("{} {}{because}", decision.who, decision.words)
}
