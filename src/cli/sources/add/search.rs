//! The search for a site's feeds: few requests, one after the other, each in its host's turn.
//!
//! What the address itself holds, then what the page declares, then the usual paths, then the
//! sitemaps of robots.txt; it ends with the first of these that brings a feed. A host that does not
//! want to be asked is asked nothing more.

use std::collections::HashSet;
use std::io;

use url::Url;

use super::candidate;
use super::candidate::Candidate;
use crate::domain::Document;
use crate::domain::PollCause;
use crate::domain::SourceKind;
use crate::domain::measure;
use crate::domain::shown;
use crate::fetch::FetchError;
use crate::fetch::Fetcher;
use crate::fetch::Manners;
use crate::http::Accept;
use crate::http::Answer;
use crate::parse::ParseError;
use crate::parse::discover;
use crate::parse::discover::Address;
use crate::parse::discover::Found;
use crate::source::children;
use crate::source::host_key;

/// Declared feeds that are tried: a site's main ones come first.
const DECLARED: usize = 6;
/// Sitemaps that are tried.
const SITEMAPS: usize = 3;
/// Of an index, so many of its documents are read to show what is in it.
const CHILDREN: usize = 2;

/// What the search came to.
#[derive(Debug, Default)]
pub(super) struct Search {
    /// The best first.
    pub(super) candidates: Vec<Candidate>,
    /// The address holds a page that can be read.
    pub(super) is_page: bool,
    /// Its title.
    pub(super) title: Option<String>,
    /// What went wrong on the way, in words.
    pub(super) trouble: Vec<String>,
    /// Hosts that want to be left alone, or do not answer.
    shunned: HashSet<String>,
}

/// What one address came to.
enum Tried {
    Feed(Box<Candidate>),
    /// A page, with the `Link` field it came with.
    Page(Box<Document>, Option<String>),
    /// Nothing, in words.
    Nothing(String),
    /// The host asked for a pause, refuses us, or does not answer: nothing more is asked of it.
    Stop(String),
}

/// Searches; `say` is told of every request before it is made.
pub(super) async fn run(
    fetcher: &Fetcher,
    url: &Url,
    allow_private: bool,
    mut say: impl FnMut(&str) -> io::Result<()>,
) -> io::Result<Search> {
    let asker = Asker { fetcher, allow_private };
    let mut search = Search::default();
    say(&format!("asking {}", shown(url)))?;
    let given = Address { url: url.clone(), title: None, found: Found::Given };
    let (page, field) = match asker.ask(&given, SourceKind::Feed).await {
        Tried::Feed(candidate) => {
            search.candidates.push(*candidate);
            return Ok(search);
        }
        Tried::Page(page, field) => (Some(page), field),
        Tried::Stop(words) => {
            search.trouble.push(words);
            return Ok(search);
        }
        Tried::Nothing(words) => {
            search.trouble.push(words);
            (None, None)
        }
    };
    let declared = page.as_ref().map(|page| discover::page(page, field.as_deref()));
    let declared = declared.unwrap_or_default();
    search.is_page = page.is_some();
    search.title = declared.title;
    let base = page.as_ref().map_or_else(|| url.clone(), |page| page.final_url.clone());
    let declared = declared.addresses.into_iter().take(DECLARED).collect();
    search.all(asker, declared, SourceKind::Feed, usize::MAX, &mut say).await?;
    if search.is_over(&base) {
        return Ok(search);
    }
    let guesses = discover::guesses(&base).into_iter();
    let guesses = guesses.map(|url| Address { url, title: None, found: Found::Guess }).collect();
    search.all(asker, guesses, SourceKind::Feed, 1, &mut say).await?;
    if search.is_over(&base) {
        return Ok(search);
    }
    let sitemaps = asker.sitemaps(&base).await;
    search.all(asker, sitemaps, SourceKind::Sitemap, 1, &mut say).await?;
    Ok(search)
}

impl Search {
    /// Something was found, or nothing more may be asked.
    fn is_over(&self, base: &Url) -> bool {
        !self.candidates.is_empty() || self.shunned.contains(&host_key(base))
    }

    /// Tries addresses until `enough` feeds with items are found.
    async fn all(
        &mut self,
        asker: Asker<'_>,
        addresses: Vec<Address>,
        kind: SourceKind,
        enough: usize,
        say: &mut impl FnMut(&str) -> io::Result<()>,
    ) -> io::Result<()> {
        let count = addresses.len();
        for (place, address) in addresses.into_iter().enumerate() {
            let host = host_key(&address.url);
            if self.candidates.iter().filter(|found| !found.items.is_empty()).count() >= enough {
                break;
            }
            if self.shunned.contains(&host) {
                continue;
            }
            say(&format!("trying {} ({})", shown(&address.url), address.found.as_str()))?;
            match asker.ask(&address, kind).await {
                Tried::Feed(candidate) => self.take(*candidate),
                Tried::Nothing(words) if address.found != Found::Guess => self.trouble.push(words),
                Tried::Nothing(_) | Tried::Page(..) => {}
                Tried::Stop(words) => {
                    let words = asker.slow(&host, count - place).unwrap_or(words);
                    self.trouble.push(words);
                    self.shunned.insert(host);
                }
            }
        }
        // Those with items first; the order of trust else.
        self.candidates.sort_by_key(|candidate| candidate.items.is_empty());
        Ok(())
    }

    /// Two addresses of one feed are one candidate.
    fn take(&mut self, new: Candidate) {
        let twin = |known: &Candidate| {
            known.source.url == new.source.url
                || (!known.items.is_empty() && same_items(known, &new))
        };
        if !self.candidates.iter().any(twin) {
            self.candidates.push(new);
        }
    }
}

fn same_items(a: &Candidate, b: &Candidate) -> bool {
    let links = |candidate: &Candidate| -> Vec<Option<String>> {
        candidate.items.iter().map(|item| item.link.clone()).collect()
    };
    links(a) == links(b)
}

/// Who asks, and how far.
#[derive(Clone, Copy)]
struct Asker<'a> {
    fetcher: &'a Fetcher,
    allow_private: bool,
}

impl Asker<'_> {
    async fn ask(self, address: &Address, kind: SourceKind) -> Tried {
        let url = &address.url;
        let is_feedlike = discover::looks_like_a_feed(url);
        // Somebody declared it, or it can be nothing but a feed; the rest is a page until it is
        // seen.
        let (manners, accept) = match address.found {
            Found::Given if is_feedlike => (Manners::Invited, Accept::Feed),
            Found::Given => (Manners::Guest, Accept::Page),
            Found::Guess => (Manners::Guest, Accept::Feed),
            _ => (Manners::Invited, Accept::Feed),
        };
        match self.fetcher.look(url, accept, manners, self.allow_private).await {
            Ok(answer) => match understand(address, answer, kind, self.fetcher.hosts().now()) {
                Tried::Feed(mut candidate) => {
                    self.go_on(&mut candidate).await;
                    Tried::Feed(candidate)
                }
                other => other,
            },
            Err(error) if wants_peace(&error) => Tried::Stop(error.words()),
            Err(FetchError::Http(error)) if address.found != Found::LinkElement => {
                Tried::Stop(FetchError::from(error).words())
            }
            Err(error) => Tried::Nothing(error.words()),
        }
    }

    /// Of an index, what the newest of the documents say in which it goes on.
    async fn go_on(self, candidate: &mut Candidate) {
        let further = std::mem::take(&mut candidate.further).into_iter();
        let named = further.map(|further| (further.url, further.modified));
        let children = children::named(&[], named, &candidate.source.url);
        for child in children.into_iter().take(CHILDREN) {
            if !candidate.items.is_empty() {
                break;
            }
            let (accept, manners) = (Accept::Feed, Manners::Invited);
            let asked = self.fetcher.look(&child.url, accept, manners, self.allow_private).await;
            match asked {
                Ok(answer) => {
                    let now = self.fetcher.hosts().now();
                    let document = candidate::document(&child.url, answer, now);
                    match candidate.fill(&document) {
                        Ok(()) => {}
                        Err(error) => candidate.warnings.push(error.to_string()),
                    }
                }
                Err(error) => {
                    candidate.warnings.push(error.words());
                    if wants_peace(&error) {
                        break;
                    }
                }
            }
        }
    }

    /// The sitemaps that the site's robots.txt names, which is known by now or read here.
    async fn sitemaps(self, base: &Url) -> Vec<Address> {
        let rules = self.fetcher.rules(base, self.allow_private).await;
        let found = rules.map(|rules| discover::sitemaps(rules.sitemaps(), base));
        found.unwrap_or_default().into_iter().take(SITEMAPS).collect()
    }

    /// That a host's robots.txt makes the rest of the search long.
    fn slow(self, host: &str, left: usize) -> Option<String> {
        let secs = self.fetcher.hosts().snapshot().get(host).crawl_delay_secs;
        let whole = u64::from(secs).saturating_mul(left as u64);
        (secs > 0).then(|| {
            format!(
                "the robots.txt of `{host}` asks for {} between two requests: the {} left to try \
                 would take {}, and are not asked; give the address of the feed itself",
                measure::span(secs.into()),
                if left == 1 { "one address".to_owned() } else { format!("{left} addresses") },
                measure::span(whole)
            )
        })
    }
}

/// Whether the host would rather not be asked anything more.
fn wants_peace(error: &FetchError) -> bool {
    matches!(error, FetchError::HostPaused { .. } | FetchError::RobotsUnreachable { .. })
        || matches!(
            error.cause(),
            PollCause::RateLimited
                | PollCause::Unavailable
                | PollCause::Forbidden
                | PollCause::BotWall
        )
}

fn understand(address: &Address, answer: Answer, kind: SourceKind, now: jiff::Timestamp) -> Tried {
    let field = answer.fields.link.clone();
    // A lasting redirect says where to ask from now on, another does not.
    let to_poll = if answer.permanent { answer.final_url.clone() } else { address.url.clone() };
    let document = candidate::document(&address.url, answer, now);
    let kind = if is_sitemap(&document.body) { SourceKind::Sitemap } else { kind };
    match candidate::read(&document, to_poll, kind, address.found) {
        Ok(candidate) => Tried::Feed(Box::new(candidate)),
        Err(ParseError::WebPage { .. }) => Tried::Page(Box::new(document), field),
        Err(error @ ParseError::BotWall { .. }) => Tried::Stop(error.to_string()),
        Err(error) => Tried::Nothing(error.to_string()),
    }
}

/// By its root; what is packed by itself, and not by the way it came, is one, too.
fn is_sitemap(body: &[u8]) -> bool {
    const HEAD_BYTES: usize = 4_096;
    let head = String::from_utf8_lossy(body.get(..HEAD_BYTES.min(body.len())).unwrap_or_default());
    body.starts_with(&[0x1f, 0x8b]) || head.contains("<urlset") || head.contains("<sitemapindex")
}
