//! Politeness towards a host, as values: one request at a time, with a gap, and pauses.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;
use url::Host;
use url::Url;

use super::cadence::MAX_RETRY_AFTER_SECS;

/// What is known of one host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct HostState {
    /// No request before this: the gap after the last one, or a pause the host asked for.
    pub not_before: Option<Timestamp>,
    /// A longer gap than ours, in seconds, from robots.txt.
    #[serde(default)]
    pub crawl_delay_secs: u32,
    /// The day of `requests`, counted from 1970 in UTC.
    #[serde(default)]
    pub day: i64,
    /// Requests on that day.
    #[serde(default)]
    pub requests: u32,
    /// A request is under way; not remembered over a restart.
    #[serde(skip)]
    pub in_flight: bool,
}

/// How much may be asked of one host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// From the end of one request to the next.
    pub gap: SignedDuration,
    /// Requests in a day (UTC); 0 does not count.
    pub daily: u32,
}

const DAY_SECS: i64 = 86_400;

fn day(at: Timestamp) -> i64 {
    at.as_second().div_euclid(DAY_SECS)
}

impl HostState {
    /// When the next request may start: `None` while one is under way.
    pub fn free_at(&self, now: Timestamp) -> Option<Timestamp> {
        (!self.in_flight).then(|| self.not_before.unwrap_or(now).max(now))
    }
}

/// All hosts, by [`host_key`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hosts(BTreeMap<String, HostState>);

impl Hosts {
    /// From what was kept: hosts and until when they are left alone.
    ///
    /// A pause of more than [`MAX_RETRY_AFTER_SECS`] from `now` is cut to that: nobody asked for
    /// more, so the clock has been turned back since.
    pub fn paused(kept: impl IntoIterator<Item = (String, Timestamp)>, now: Timestamp) -> Hosts {
        let longest = SignedDuration::from_secs(MAX_RETRY_AFTER_SECS.cast_signed());
        let latest = now.saturating_add(longest).unwrap_or(Timestamp::MAX);
        let mut hosts = Hosts::default();
        for (key, until) in kept {
            hosts.pause(&key, until.min(latest));
        }
        hosts
    }

    /// Every host that is known, to be kept.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &HostState)> {
        self.0.iter().map(|(key, state)| (key.as_str(), state))
    }

    /// The state of one host; of an unknown one, that it is free.
    pub fn get(&self, key: &str) -> HostState {
        self.0.get(key).copied().unwrap_or_default()
    }

    /// Whether a request to the host may start now.
    pub fn is_free(&self, key: &str, now: Timestamp) -> bool {
        self.get(key).free_at(now).is_some_and(|at| at <= now)
    }

    /// A request starts.
    pub fn begin(&mut self, key: &str) {
        self.0.entry(key.to_owned()).or_default().in_flight = true;
    }

    /// A turn of so many requests is over; the next may start after the gap, or the host's longer
    /// crawl delay. Once half of the day's budget is spent, the rest is spread over what is left of
    /// the day, so that no source of the host waits until midnight.
    pub fn end(&mut self, key: &str, now: Timestamp, budget: Budget, requests: u32) {
        let today = day(now);
        let state = self.0.entry(key.to_owned()).or_default();
        state.in_flight = false;
        if state.day != today {
            (state.day, state.requests) = (today, 0);
        }
        state.requests = state.requests.saturating_add(requests);
        let crawl_delay = SignedDuration::from_secs(state.crawl_delay_secs.into());
        let gap = budget.gap.max(crawl_delay).max(spread(state, now, budget.daily));
        delay(state, now.saturating_add(gap).unwrap_or(Timestamp::MAX));
    }

    /// What was counted before a restart.
    pub fn set_spent(&mut self, key: &str, day: i64, requests: u32) {
        if requests > 0 {
            let state = self.0.entry(key.to_owned()).or_default();
            (state.day, state.requests) = (day, requests);
        }
    }

    /// The clock has been turned back by `ahead`: every pause stays as long as it was.
    pub fn mend(&mut self, ahead: SignedDuration) {
        for state in self.0.values_mut() {
            state.not_before = state.not_before.and_then(|at| at.saturating_sub(ahead).ok());
        }
    }

    /// Nothing is asked of the host until then; a pause is never shortened.
    pub fn pause(&mut self, key: &str, until: Timestamp) {
        delay(self.0.entry(key.to_owned()).or_default(), until);
    }

    /// The gap that the host's robots.txt asks for.
    pub fn set_crawl_delay(&mut self, key: &str, secs: u32) {
        if secs > 0 || self.0.contains_key(key) {
            self.0.entry(key.to_owned()).or_default().crawl_delay_secs = secs;
        }
    }

    /// Forgets hosts of which nothing needs to be remembered.
    pub fn prune(&mut self, now: Timestamp) {
        let today = day(now);
        self.0.retain(|_, state| {
            state.in_flight
                || state.day == today
                || state.crawl_delay_secs > 0
                || state.not_before.is_some_and(|at| at > now)
        });
    }
}

/// The wait that makes the rest of a budget last until midnight.
fn spread(state: &HostState, now: Timestamp, daily: u32) -> SignedDuration {
    if daily == 0 || state.requests < daily.div_ceil(2) {
        return SignedDuration::ZERO;
    }
    let left = DAY_SECS - now.as_second().rem_euclid(DAY_SECS);
    let requests = i64::from(daily.saturating_sub(state.requests));
    // Of n requests the last may be at midnight: n + 1 waits for none left is the whole rest.
    SignedDuration::from_secs(if requests == 0 { left } else { left / requests })
}

fn delay(state: &mut HostState, until: Timestamp) {
    state.not_before = Some(state.not_before.map_or(until, |at| at.max(until)));
}

/// Second-level labels under which names are registered in the countries of our sources.
const SHARED_LABELS: &[&str] =
    &["ac", "co", "com", "edu", "go", "gov", "idv", "ne", "net", "or", "org"];

/// Whom politeness is owed: the registrable domain, near enough, so that `www.` and `api.` of one
/// publisher share one budget; an address stands for itself. With the port, if the URL names one.
///
/// Hosting services count as one host, which errs on the polite side.
pub fn host_key(url: &Url) -> String {
    let host = match url.host() {
        Some(Host::Domain(name)) => registrable(name.trim_end_matches('.')),
        Some(address) => address.to_string(),
        None => String::new(),
    };
    url.port().map_or_else(|| host.clone(), |port| format!("{host}:{port}"))
}

fn registrable(name: &str) -> String {
    let labels: Vec<&str> = name.rsplit('.').collect();
    let shared = matches!(
        labels.as_slice(),
        [country, second, ..] if country.len() == 2 && SHARED_LABELS.contains(second)
    );
    let count = if shared { 3 } else { 2 };
    labels.into_iter().take(count).rev().collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, key: &str) {
        assert_eq!(host_key(&url.parse().unwrap()), key);
    }

    #[test]
    fn hosts_of_one_publisher_share_a_key() {
        check("https://www.36kr.com/feed", "36kr.com");
        check("https://pitchhub.36kr.com/x", "36kr.com");
        check("https://www.cninfo.com.cn/x", "cninfo.com.cn");
        check("https://a.b.example.co.uk/", "example.co.uk");
        check("https://x.ai/news", "x.ai");
        check("https://example.net.:443/", "example.net");
        check("http://localhost:8080/", "localhost:8080");
        check("http://127.0.0.1:8080/", "127.0.0.1:8080");
        check("http://[::1]/", "[::1]");
    }

    #[test]
    fn a_host_is_free_again_after_the_gap_and_after_the_longest_pause() {
        let at = |secs: i64| Timestamp::from_second(1_000 + secs).unwrap();
        let gap = Budget { gap: SignedDuration::from_secs(2), daily: 0 };
        let mut hosts = Hosts::default();
        assert!(hosts.is_free("a", at(0)));
        hosts.begin("a");
        assert!(!hosts.is_free("a", at(100)));
        hosts.end("a", at(1), gap, 1);
        assert!(!hosts.is_free("a", at(2)));
        assert!(hosts.is_free("a", at(3)));
        hosts.pause("a", at(60));
        hosts.pause("a", at(30));
        assert!(!hosts.is_free("a", at(59)));
        assert!(hosts.is_free("a", at(60)));
        assert!(hosts.is_free("b", at(0)));
        hosts.set_crawl_delay("b", 10);
        hosts.end("b", at(0), gap, 1);
        assert!(!hosts.is_free("b", at(9)));
        hosts.prune(at(2 * DAY_SECS));
        assert_eq!(hosts.iter().map(|(key, _)| key).collect::<Vec<_>>(), ["b"]);
    }

    #[test]
    fn a_days_budget_is_never_exceeded_and_lasts_all_day() {
        const DAILY: u32 = 100;
        let budget = Budget { gap: SignedDuration::from_secs(2), daily: DAILY };
        let mut hosts = Hosts::default();
        let mut now = Timestamp::from_second(20_000 * DAY_SECS).unwrap();
        let mut asked = [0_u32; 3];
        let mut latest = now;
        loop {
            now = hosts.get("a").free_at(now).unwrap();
            let Some(count) = asked.get_mut(usize::try_from(day(now) - 20_000).unwrap()) else {
                break;
            };
            *count += 1;
            latest = now;
            hosts.begin("a");
            hosts.end("a", now, budget, 1);
        }
        assert!(asked.iter().all(|count| (DAILY - 1..=DAILY).contains(count)), "{asked:?}");
        assert!(latest.as_second().rem_euclid(DAY_SECS) > DAY_SECS - 2_000, "{latest}");
        // A restart goes on counting, another day begins anew.
        let mut restarted = Hosts::default();
        restarted.set_spent("a", day(latest), DAILY);
        restarted.end("a", latest, budget, 1);
        assert!(restarted.get("a").not_before.unwrap().as_second() % DAY_SECS == 0);
        let tomorrow = latest.saturating_add(SignedDuration::from_hours(24)).unwrap();
        restarted.end("a", tomorrow, budget, 1);
        assert_eq!(restarted.get("a").requests, 1);
    }

    #[test]
    fn t24_a_clock_that_is_turned_back_does_not_lengthen_a_pause() {
        let at = |secs: i64| Timestamp::from_second(1_000_000 + secs).unwrap();
        let mut hosts = Hosts::default();
        hosts.pause("a", at(3_600 + 600));
        hosts.mend(SignedDuration::from_secs(3_600));
        assert_eq!(hosts.get("a").not_before, Some(at(600)));
    }

    #[test]
    fn a_pause_survives_a_restart_and_a_clock_that_was_years_ahead() {
        let now = Timestamp::from_second(1_000).unwrap();
        let after = |secs| now.saturating_add(SignedDuration::from_secs(secs)).unwrap();
        let kept = [("a".to_owned(), after(600)), ("b".to_owned(), after(1_000_000_000))];
        let hosts = Hosts::paused(kept, now);
        assert_eq!(hosts.get("a").not_before, Some(after(600)));
        assert_eq!(hosts.get("b").not_before, Some(after(604_800)));
    }

    #[test]
    fn what_is_kept_of_a_host_survives_a_restart() {
        let mut hosts = Hosts::default();
        hosts.pause("a.test", "2026-03-07T12:00:00Z".parse().unwrap());
        hosts.begin("a.test");
        let kept = serde_json::to_string(&hosts).unwrap();
        let back: Hosts = serde_json::from_str(&kept).unwrap();
        let state = back.get("a.test");
        assert!(!state.in_flight);
        assert_eq!(state.not_before, hosts.get("a.test").not_before);
    }
}
