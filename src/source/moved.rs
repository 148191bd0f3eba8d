//! When a permanent redirect is believed: the third time in a row, over three days or more, with
//! entries at its end that we knew.

use jiff::SignedDuration;
use jiff::Timestamp;
use url::Url;

use crate::domain::Redirect;
use crate::domain::Rewritten;
use crate::domain::Source;
use crate::domain::SourceState;

/// So often in a row, without an answer in between that was not redirected for good.
const TIMES: u32 = 3;
/// A mistake in a server's configuration is mostly found within this time.
const LASTS: SignedDuration = SignedDuration::from_hours(3 * 24);

/// A document was understood: where its address led, by permanent redirects alone (`None` if it
/// did not), and whether it held an entry that we knew.
///
/// Returns the rewriting that begins now.
pub fn observe(
    state: &mut SourceState,
    source: &Source,
    moved_to: Option<&Url>,
    overlaps: bool,
    now: Timestamp,
) -> Option<Rewritten> {
    if state.rewritten.as_ref().is_some_and(|rewritten| rewritten.configured != source.url) {
        state.rewritten = None;
    }
    let asked = state.address(source).clone();
    let Some(to) = moved_to.filter(|to| **to != asked) else {
        state.redirect = None;
        return None;
    };
    let known = state.redirect.take().filter(|known| known.from == asked && known.to == *to);
    let redirect = match known {
        Some(known) => Redirect {
            times: known.times.saturating_add(1),
            overlaps: known.overlaps || overlaps,
            // A clock that was turned back starts the days again.
            first_at: known.first_at.min(now),
            ..known
        },
        None => Redirect { from: asked.clone(), to: to.clone(), times: 1, first_at: now, overlaps },
    };
    let lasts = now.duration_since(redirect.first_at) >= LASTS;
    if redirect.times < TIMES || !lasts || !redirect.overlaps {
        state.redirect = Some(redirect);
        return None;
    }
    let rewritten =
        Rewritten { configured: source.url.clone(), old: asked, to: redirect.to, at: now };
    state.rewritten = Some(rewritten.clone());
    Some(rewritten)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::tests::source;

    const DAY: i64 = 86_400;

    fn url(path: &str) -> Url {
        format!("https://a.test/{path}").parse().unwrap()
    }

    /// What each look saw: its second, where it led, whether entries overlapped.
    fn run(looks: &[(i64, Option<&str>, bool)]) -> (SourceState, usize) {
        let mut state = SourceState::default();
        let source = source("a", "https://a.test/feed");
        let mut told = 0;
        for (at, to, overlaps) in looks {
            let to = to.map(url);
            let now = Timestamp::from_second(1_000_000_000 + at).unwrap();
            let begins = observe(&mut state, &source, to.as_ref(), *overlaps, now);
            told += usize::from(begins.is_some());
        }
        (state, told)
    }

    #[track_caller]
    fn check(looks: &[(i64, Option<&str>, bool)], address: &str) {
        let (state, told) = run(looks);
        let source = source("a", "https://a.test/feed");
        assert_eq!(state.address(&source), &url(address), "{looks:?}");
        assert_eq!(told, usize::from(address != "feed"), "{looks:?}");
    }

    #[test]
    fn t16_three_in_a_row_over_three_days_are_believed() {
        let new = Some("new");
        check(&[(0, new, true)], "feed");
        check(&[(0, new, true), (DAY, new, true)], "feed");
        check(&[(0, new, true), (DAY, new, true), (2 * DAY, new, true)], "feed");
        check(&[(0, new, true), (DAY, new, true), (3 * DAY, new, true)], "new");
        check(&[(0, new, false), (DAY, new, true), (3 * DAY, new, false)], "new");
        check(&[(0, new, true), (4 * DAY, new, true)], "feed");
    }

    #[test]
    fn t16_what_comes_in_between_or_shares_nothing_begins_anew() {
        let (new, other) = (Some("new"), Some("other"));
        check(&[(0, new, true), (DAY, None, true), (3 * DAY, new, true)], "feed");
        check(&[(0, new, true), (DAY, new, true), (4 * DAY, other, true)], "feed");
        check(&[(0, new, false), (DAY, new, false), (4 * DAY, new, false)], "feed");
        // A redirect to where we are is none.
        check(
            &[(0, Some("feed"), true), (DAY, Some("feed"), true), (4 * DAY, Some("feed"), true)],
            "feed",
        );
    }

    #[test]
    fn the_old_address_is_kept_and_another_configuration_counts_at_once() {
        let new = Some("new");
        let (mut state, _) = run(&[(0, new, true), (DAY, new, true), (3 * DAY, new, true)]);
        let rewritten = state.rewritten.clone().unwrap();
        assert_eq!((rewritten.old, rewritten.to), (url("feed"), url("new")));
        let changed = source("a", "https://a.test/own");
        assert_eq!(state.address(&changed), &url("own"));
        observe(&mut state, &changed, None, true, Timestamp::UNIX_EPOCH);
        assert_eq!(state.rewritten, None);
    }
}
