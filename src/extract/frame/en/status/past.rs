//! Whether something is told as what was before the news, and when it was.

use super::super::line::Line;
use super::super::line::Segment;
use super::super::verbs::Form;
use super::super::verbs::Trigger;
use crate::domain::Span;
use crate::extract::Found;
use crate::extract::date::When;
use crate::extract::status::Cue;

/// Told as something that was before the news.
pub(in super::super) fn is_past(line: &Line<'_>, trigger: &Trigger, segment: Segment) -> bool {
    if line.in_title() {
        // `cuts 200 jobs a year after $500M raise`
        let since = (trigger.start.saturating_sub(4)..trigger.start).any(|at| {
            line.word(at) == "after"
                && matches!(
                    line.back(at, 1),
                    "year" | "years" | "months" | "weeks" | "days" | "month"
                )
        });
        return since
            || (0..line.len()).any(|at| {
                matches!(
                    line.word(at),
                    "archive" | "archives" | "flashback" | "throwback" | "anniversary"
                )
            });
    }
    let group = line.group_start(trigger.start);
    // `X said it had raised $5M`: the past of what is reported, not of what was before it.
    let reported = (segment.from..group).any(|at| {
        matches!(
            line.word(at),
            "said"
                | "says"
                | "announced"
                | "told"
                | "confirmed"
                | "disclosed"
                | "revealed"
                | "reported"
        )
    }) && line.facts.dates.iter().all(|date| !date.value.past);
    // `When it was over, A had won the patents`: what the clause before leads up to.
    let led_up = matches!(line.word(0), "when" | "by") && (1..group).any(|at| line.word(at) == ",");
    let had = !reported && !led_up && (group..trigger.start).any(|at| line.word(at) == "had");
    let from = line.byte(segment.from);
    let to = line.byte(segment.to);
    let start = line.byte(trigger.start);
    let near = |span: Span, reach: usize| {
        span.start() >= from && span.start() < to && span.start().abs_diff(start) < reach
    };
    let dated = line.facts.dates.iter().any(|date| {
        // After another verb a date belongs to that verb: `which raised $5M in 2022, announced`.
        let own = segment.from == 0 || date.span.start() > start;
        date.value.past
            && own
            && near(date.span, 160)
            && !is_of_origin(line, date.span)
            && !is_compared(line, date.span)
    });
    let cued = line.facts.cues.iter().any(|cue| {
        let plain = matches!(
            line.text.of(cue.span),
            "had raised" | "had acquired" | "had bought" | "had invested"
        );
        cue.value == Cue::Past
            && !(plain && (reported || led_up))
            && near(cue.span, 60)
            && bears_on(line, cue, trigger.start)
    });
    had || dated || cued || is_aside(line, trigger, group)
}

/// `X, which raised $5M, said`: told of the company in passing.
fn is_aside(line: &Line<'_>, trigger: &Trigger, group: usize) -> bool {
    trigger.form == Form::Past
        && group == trigger.start
        && line.back(group, 1) == "which"
        && line.back(group, 2) == ","
        && (trigger.end..line.len()).any(|at| {
            line.word(at) == ","
                && matches!(
                    line.word(at + 1),
                    "said"
                        | "says"
                        | "is"
                        | "has"
                        | "will"
                        | "plans"
                        | "told"
                        | "launched"
                        | "named"
                        | "hired"
                        | "raised"
                        | "reported"
                        | "posted"
                        | "opened"
                        | "expects"
                        | "expanded"
                        | "introduced"
                        | "released"
                        | "unveiled"
                        | "announced"
                )
        })
}

/// `months after it raised $5M` tells of an earlier raise; `X raised $10M months after that` and
/// `Months after that, X raised $10M` do not.
fn bears_on(line: &Line<'_>, cue: &Found<Cue>, trigger: usize) -> bool {
    let words = line.text.of(cue.span);
    let succession = words.ends_with("after")
        || matches!(
            words,
            "follows a"
                | "following a"
                | "comes after"
                | "fresh off"
                | "on the heels of"
                | "comes just"
        );
    let from = line.unit_at(cue.span.start());
    if !succession {
        // `bought the patents of X, once a rival of A`: what a later clause says of somebody.
        return words != "once" || from < trigger;
    }
    from < trigger && (from..trigger).all(|at| line.word(at) != ",")
}

/// `up from $11 billion in January`, `twice what it was last year`: the time of a comparison.
fn is_compared(line: &Line<'_>, date: Span) -> bool {
    let place = line.unit_at(date.start());
    let before = || (place.saturating_sub(7)..place).rev();
    let clause = || before().take_while(|at| !matches!(line.word(*at), "," | ";" | "." | "and"));
    let from = clause().any(|at| {
        matches!(line.word(at), "from" | "than" | "against" | "above")
            && (at + 1..place).any(|at| line.sum(at).is_some())
    });
    from || clause()
        .any(|at| matches!(line.word(at), "double" | "twice" | "triple" | "times" | "than"))
}

/// `founded in 2021`, `since 2019`: dates the company, or a stretch of time, and not the deal.
fn is_of_origin(line: &Line<'_>, date: Span) -> bool {
    let place = line.unit_at(date.start());
    let before = |n| line.back(place, n);
    let origin = |word| {
        matches!(
            word,
            "founded"
                | "launched"
                | "started"
                | "established"
                | "created"
                | "formed"
                | "up"
                | "began"
                | "born"
                | "incorporated"
                | "joined"
                | "left"
                | "graduated"
                | "founding"
                | "released"
                | "unveiled"
                | "introduced"
        )
    };
    // `first made public on May 27`: when it was told, and not when it was done.
    let first_told = (2..6).any(|n| before(n) == "first")
        && (1..5).any(|n| {
            matches!(
                before(n),
                "public" | "announced" | "disclosed" | "reported" | "revealed" | "proposed"
            )
        });
    first_told
        || matches!(before(1), "since" | "by" | "until" | "from" | "through")
        || origin(before(1))
        || (matches!(before(1), "in" | "of" | "late" | "early") && origin(before(2)))
        || (before(2) == "in" && origin(before(3)))
}

/// The date beside a trigger.
pub(in super::super) fn when(
    line: &Line<'_>,
    trigger: &Trigger,
    segment: Segment,
) -> Option<Found<When>> {
    let (from, to) = (line.byte(segment.from), line.byte(segment.to));
    let start = line.byte(trigger.start);
    let within = line.facts.dates.iter().filter(|date| {
        date.span.start() >= from && date.span.start() < to && date.value.date.is_some()
    });
    within.min_by_key(|date| date.span.start().abs_diff(start)).cloned()
}
