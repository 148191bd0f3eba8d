//! How politely sources are asked.

use jiff::SignedDuration;
use serde::Deserialize;
use serde::Serialize;

use crate::source::Budget;

/// The section `fetch` of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Between the end of one request to a host and the next.
    pub host_gap_ms: u32,
    /// Requests to one host in a day (UTC), all its sources and pages together; 0 does not count.
    pub host_daily_budget: u32,
    /// Requests under way at once, all hosts together.
    pub parallel: u16,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { host_gap_ms: 2_000, host_daily_budget: 1_000, parallel: 16 }
    }
}

impl Settings {
    /// Every value that cannot work, as `key: what is wrong and what to do`.
    pub fn problems(&self) -> Vec<String> {
        if self.parallel == 0 {
            vec!["parallel: 0 asks nobody; leave the key out".to_owned()]
        } else {
            Vec::new()
        }
    }

    /// As the hosts' turns take it.
    pub fn budget(&self) -> Budget {
        let gap = SignedDuration::from_millis(self.host_gap_ms.into());
        Budget { gap, daily: self.host_daily_budget }
    }
}
