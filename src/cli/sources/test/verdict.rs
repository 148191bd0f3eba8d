//! What a test of a source comes to, in a word, and what to do about it.

use crate::domain::kind::words;
use crate::fetch::FetchError;
use crate::http::HttpError;
use crate::parse::ParseError;

words!(
    /// The word.
    Verdict, "verdict" {
        /// It answers, parses and is of today.
        Ok = "ok",
        /// All is well, at another address.
        Moved = "moved",
        /// It parses, and the newest item is old.
        Silent = "silent",
        /// It parses, and holds nothing.
        Empty = "empty",
        /// A check for browsers stands before it.
        BotWall = "bot wall",
        /// robots.txt refuses.
        Robots = "robots",
        /// The server refuses this client.
        Refused = "refused",
        /// 404.
        NotFound = "not found",
        /// 410.
        Gone = "gone",
        /// A web page where a feed was expected.
        NotAFeed = "no feed",
        /// The selectors or paths find nothing.
        NoMatch = "no match",
        /// What came cannot be read.
        Unreadable = "unreadable",
        /// 429, 503, or a pause the host asked for.
        Wait = "wait",
        /// 5xx.
        Broken = "server error",
        /// No answer.
        Unreachable = "unreachable",
        /// The name has no address.
        UnknownHost = "unknown host",
        /// It is, or leads, into the private network.
        Private = "private address",
        /// The configuration lacks something.
        Incomplete = "incomplete",
    }
);

impl Verdict {
    /// Of a request that brought no document.
    pub(super) fn of_fetch(error: &FetchError) -> Verdict {
        match error {
            FetchError::RateLimited { .. }
            | FetchError::Unavailable { .. }
            | FetchError::HostPaused { .. } => Verdict::Wait,
            FetchError::Gone { .. } => Verdict::Gone,
            FetchError::Status { status, .. } => match status.as_u16() {
                404 => Verdict::NotFound,
                500..=599 => Verdict::Broken,
                _ => Verdict::Refused,
            },
            FetchError::BotWall { .. } => Verdict::BotWall,
            FetchError::NotAFeed { .. } => Verdict::NotAFeed,
            FetchError::EmptyBody { .. } => Verdict::Empty,
            FetchError::Robots { .. } | FetchError::RobotsUnreachable { .. } => Verdict::Robots,
            FetchError::NoValue { .. } | FetchError::NoContact { .. } => Verdict::Incomplete,
            FetchError::Http(HttpError::TooLarge { .. } | HttpError::Encoding { .. }) => {
                Verdict::Unreadable
            }
            FetchError::Http(HttpError::Dns { .. }) => Verdict::UnknownHost,
            FetchError::LedPrivate { .. } | FetchError::Http(HttpError::PrivateAddress { .. }) => {
                Verdict::Private
            }
            _ => Verdict::Unreachable,
        }
    }

    /// Of a document that could not be read.
    pub(super) fn of_parse(error: &ParseError) -> Verdict {
        match error {
            ParseError::Empty { .. } => Verdict::Empty,
            ParseError::WebPage { .. } | ParseError::NoFeed { .. } => Verdict::NotAFeed,
            ParseError::BotWall { .. } => Verdict::BotWall,
            ParseError::NothingMatched { .. } | ParseError::NothingAt { .. } => Verdict::NoMatch,
            ParseError::NoSelectors { .. }
            | ParseError::BadSelector { .. }
            | ParseError::NoPaths { .. }
            | ParseError::BadPath { .. } => Verdict::Incomplete,
            _ => Verdict::Unreadable,
        }
    }

    /// What to do, in a few words; nothing for a source that is well.
    pub(super) const fn remedy(self) -> &'static str {
        match self {
            Self::Ok => "",
            Self::Moved => "write the new address into the catalogue",
            Self::Silent => {
                "look at its site: it may have a new feed; `dealwatch sources add SITE`"
            }
            Self::Empty => "look whether the feed has moved; switch it off if it stays empty",
            Self::BotWall => "ask the publisher for access, or switch it off",
            Self::Robots => "switch it off, or ask the publisher",
            Self::Refused => "set `http.contact`; ask the publisher for access, or switch it off",
            Self::NotFound | Self::Gone | Self::NotAFeed => {
                "find its new address: `dealwatch sources add SITE`"
            }
            Self::NoMatch => "the page was rebuilt: write new selectors",
            Self::Unreadable => "look at the warnings; report the document if it is a good feed",
            Self::Wait => "nothing now: try again later",
            Self::Broken => "nothing now: try again in a day",
            Self::Unreachable => "check the network here, and the address",
            Self::UnknownHost => "check the spelling of the host, and the name server here",
            Self::Private => {
                "if it is your own, set `allow_private = true` for it, or try `--allow-private`"
            }
            Self::Incomplete => "complete the source in your catalogue",
        }
    }
}
