//! What is remembered of a source's polls; everything here survives restarts.
//!
//! Parts that are `Default` as a whole are kept as JSON, so that a later version may add to them.

use jiff::Timestamp;
use jiff::civil::Weekday;
use serde::Deserialize;
use serde::Serialize;
use url::Url;

use super::Source;
use super::Validators;
use super::kind::words;

words!(
    /// Why a poll brought nothing; the words for people are in [`SourceState::last_error`].
    PollCause, "cause of a failure" {
        /// The name has no address.
        Dns = "dns",
        /// No connection: refused, unreachable.
        Connection = "connection",
        /// No trusted, encrypted connection.
        Tls = "tls",
        /// Too slow: to connect, to answer, or to send its body.
        Timeout = "timeout",
        /// No proper HTTP, a body that breaks off, a flood of header fields.
        Protocol = "protocol",
        /// An address that is not public.
        PrivateAddress = "private_address",
        /// A loop, too many hops, or a target that is no web address.
        Redirect = "redirect",
        /// A redirect from https to http.
        Downgrade = "downgrade",
        /// A body over the cap, a decompression bomb.
        TooLarge = "too_large",
        /// A body that cannot be decompressed.
        Encoding = "encoding",
        /// 429.
        RateLimited = "rate_limited",
        /// 503.
        Unavailable = "unavailable",
        /// 5xx other than 503.
        ServerError = "server_error",
        /// 401, 403, 407, 451.
        Forbidden = "forbidden",
        /// 404.
        NotFound = "not_found",
        /// 410.
        Gone = "gone",
        /// Any other status.
        Status = "status",
        /// A page that tests for a browser.
        BotWall = "bot_wall",
        /// A web page where a feed was.
        NotAFeed = "not_a_feed",
        /// Nothing in the body, or nothing in the document.
        Empty = "empty",
        /// The selectors of a list page, or the paths of an API, find nothing any more.
        NothingMatched = "nothing_matched",
        /// robots.txt refuses, or cannot be read.
        Robots = "robots",
        /// A document that cannot be read.
        Unreadable = "unreadable",
        /// A request that cannot be made as configured, or a 304 nobody asked for.
        Request = "request",
        /// The log could not be written, or a bug.
        Internal = "internal",
    }
);

words!(
    /// What a person should know about a source.
    SourceTrouble, "trouble of a source" {
        /// Nothing new for much longer than its rhythm.
        Silent = "silent",
        /// Redirected for good; polled at its new address.
        Moved = "moved",
        /// 410: it is not asked any more.
        Gone = "gone",
        /// Its selectors find nothing, or its document holds no entry.
        Empty = "empty",
        /// A check for browsers stands before it.
        BotWall = "bot_wall",
        /// Suddenly almost everything in it looked new: held back.
        Flood = "flood",
        /// It fails again and again.
        Failing = "failing",
    }
);

/// What a feed and its server say about its rhythm. Hints can lengthen an interval, never shorten it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Hints {
    /// The lifetime that the server gave the last answer (`max-age`, `Expires`), before its age is
    /// taken off; a 304 that names none keeps it.
    pub lifetime_secs: Option<u64>,
    /// RSS 2.0 `ttl`; 0 and absurd values are ignored.
    pub ttl_minutes: Option<u32>,
    /// The syndication module's period divided by its frequency; an hour or less is ignored,
    /// since the most used blog software writes "hourly" into every feed unasked.
    pub update_every_secs: Option<u32>,
    /// RSS `skipHours`: bit 0 is the hour from 00:00 GMT, bit 23 the last.
    pub skip_hours: u32,
    /// RSS `skipDays` in GMT: bit 0 is Monday, bit 6 Sunday.
    pub skip_days: u8,
}

impl Hints {
    /// The hours as a feed lists them; 24 counts as 0, others are ignored.
    #[must_use]
    pub fn with_skip_hours(mut self, hours: impl IntoIterator<Item = u8>) -> Hints {
        for hour in hours.into_iter().filter(|hour| *hour <= 24) {
            self.skip_hours |= 1 << (hour % 24);
        }
        self
    }

    /// The days as a feed names them.
    #[must_use]
    pub fn with_skip_days(mut self, days: impl IntoIterator<Item = Weekday>) -> Hints {
        for day in days {
            self.skip_days |= 1 << day.to_monday_zero_offset();
        }
        self
    }
}

/// How a source was seen to publish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Rhythm {
    /// Entries of the last document.
    pub items: u32,
    /// In how many seconds the whole document turns over, at its busiest of late; `None` while
    /// that is not known.
    pub window_secs: Option<u64>,
    /// Seconds between two new entries, on average.
    pub expected_secs: Option<u64>,
    /// The last document that held any entry.
    pub items_at: Option<Timestamp>,
    /// The last document with an entry that was not known.
    pub new_at: Option<Timestamp>,
    /// The last document that held no entry we knew: entries in between may have been missed.
    pub overflowed_at: Option<Timestamp>,
    /// How often that happened.
    pub overflows: u32,
    /// The server's floor in seconds, while it is longer than the window: what is lost is lost at
    /// the server's own wish.
    pub floor_over_window_secs: Option<u64>,
}

/// A permanent redirect that is being watched: it may be a mistake of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redirect {
    /// Where it begins.
    pub from: Url,
    /// Where it ends.
    pub to: Url,
    /// How often in a row it was seen with a feed at its end.
    pub times: u32,
    /// The first of them.
    pub first_at: Timestamp,
    /// An entry that we knew was seen at its end.
    pub overlaps: bool,
}

/// An address in force instead of the configured one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rewritten {
    /// What the configuration said; another configuration ends the rewriting.
    pub configured: Url,
    /// What was asked before; the configured address unless it moved twice.
    pub old: Url,
    /// What is asked instead.
    pub to: Url,
    /// Since when.
    pub at: Timestamp,
}

/// Entries that are stored and held back, because almost all of a document suddenly looked new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flood {
    /// The last document of which entries were held.
    pub at: Timestamp,
    /// Entries that nobody was told of, of all documents since the flag went up.
    pub held: u32,
    /// Entries of the documents they came in.
    pub of: u32,
}

/// How a source was treated, and what that saved its publisher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PollCounts {
    /// Requests so far, redirects that were followed included.
    pub requests: u64,
    /// Those without a validator.
    pub unconditional: u64,
    /// Answers 304.
    pub not_modified: u64,
    /// Answers 429.
    pub rate_limited: u64,
    /// Polls that failed.
    pub errors: u64,
    /// The shortest time between the starts of two polls, in milliseconds.
    pub shortest_gap_ms: Option<u64>,
    /// Bytes of bodies, as transferred.
    pub bytes: u64,
    /// Bytes that a 304 spared, by the size of the last full body.
    pub saved_bytes: u64,
    /// The last full body, as transferred.
    pub body_bytes: u64,
}

/// What a person was last told of a source's health.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raised {
    /// What.
    pub trouble: SourceTrouble,
    /// When.
    pub at: Timestamp,
}

/// What is remembered of a source's polls; survives restarts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SourceState {
    /// Of the last answer that was wholly parsed and stored, for the URL in `validators_url`.
    pub validators: Validators,
    /// The URL the validators belong to.
    pub validators_url: Option<String>,
    /// Not before.
    pub next_poll_at: Option<Timestamp>,
    /// The last request.
    pub polled_at: Option<Timestamp>,
    /// The last answer that was understood, 304 included.
    pub succeeded_at: Option<Timestamp>,
    /// The last answer that brought something new.
    pub changed_at: Option<Timestamp>,
    /// Failures in a row.
    pub failures: u32,
    /// The last failure in words; `None` after a success.
    pub last_error: Option<String>,
    /// The last failure as a word; `None` after a success.
    pub cause: Option<PollCause>,
    /// Stopped for good (410), with the reason.
    pub stopped: Option<String>,
    /// Whether the first poll has seeded the log.
    pub seeded: bool,
    /// Hash of the last body, hexadecimal: an unchanged body is not parsed again.
    pub body_hash: Option<String>,
    /// How the last document was read: by another version, or with other selectors, it would have
    /// to be asked for again whole.
    pub reader: Option<String>,
    /// What the feed asked for when it was last read; a 304 keeps it.
    pub hints: Hints,
    /// How it publishes.
    pub rhythm: Rhythm,
    /// A permanent redirect that is not acted upon yet.
    pub redirect: Option<Redirect>,
    /// An address in force instead of the configured one.
    pub rewritten: Option<Rewritten>,
    /// Entries held back; kept until a person or a calm document ends it.
    pub flood: Option<Flood>,
    /// How politely it was asked.
    pub counts: PollCounts,
    /// What a person was last told of its health.
    pub raised: Option<Raised>,
    /// What was odd about the last document that was read, in words.
    pub odd: Vec<String>,
}

impl SourceState {
    /// What is asked for: the configured address, or the one that a lasting redirect put in its
    /// place. A changed configuration counts again at once.
    pub fn address<'a>(&'a self, source: &'a Source) -> &'a Url {
        match &self.rewritten {
            Some(rewritten) if rewritten.configured == source.url => &rewritten.to,
            _ => &source.url,
        }
    }

    /// Lets a stopped source be asked again at once, as if it had not failed yet, and ends a hold.
    pub fn revive(&mut self) {
        self.stopped = None;
        self.flood = None;
        self.failures = 0;
        self.next_poll_at = None;
    }
}
