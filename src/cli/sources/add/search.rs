//! The search for a site's feeds: few requests, one after the other, each in its host's turn.
//!
//! What the address itself holds, then what the page declares, then the usual paths, then the
//! sitemaps of robots.txt; it ends with the first of these that brings a feed.

use std::io;

use url::Url;

use super::candidate;
use super::candidate::Candidate;
use crate::domain::Document;
use crate::domain::SourceKind;
use crate::domain::one_line;
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

/// Declared feeds that are tried: a site's main ones come first.
const DECLARED: usize = 6;
/// Sitemaps that are tried.
const SITEMAPS: usize = 2;

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
    /// Nothing more may be asked, or nobody answers.
    stopped: bool,
}

/// What one address came to.
enum Tried {
    Feed(Box<Candidate>),
    /// A page, with the `Link` field it came with.
    Page(Box<Document>, Option<String>),
    /// Nothing, in words.
    Nothing(String),
    /// The host asked for a pause, or does not answer: further requests would be in vain.
    Stop(String),
}

/// Searches; `say` is told of every request before it is made.
pub(super) async fn run(
    fetcher: &Fetcher,
    url: &Url,
    mut say: impl FnMut(&str) -> io::Result<()>,
) -> io::Result<Search> {
    let mut search = Search::default();
    say(&format!("asking {}", shown(url)))?;
    let given = Address { url: url.clone(), title: None, found: Found::Given };
    let (page, field) = match ask(fetcher, &given, SourceKind::Feed).await {
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
    let declared = declared.addresses.into_iter().take(DECLARED);
    search.all(fetcher, declared, SourceKind::Feed, usize::MAX, &mut say).await?;
    if search.is_over() {
        return Ok(search);
    }
    let guesses = discover::guesses(&base).into_iter();
    let guesses = guesses.map(|url| Address { url, title: None, found: Found::Guess });
    search.all(fetcher, guesses, SourceKind::Feed, 1, &mut say).await?;
    if search.is_over() {
        return Ok(search);
    }
    let sitemaps = sitemaps(fetcher, &base, &mut say).await?.into_iter().take(SITEMAPS);
    search.all(fetcher, sitemaps, SourceKind::Sitemap, 1, &mut say).await?;
    Ok(search)
}

impl Search {
    /// Something was found, or nothing more may be asked.
    fn is_over(&self) -> bool {
        !self.candidates.is_empty() || self.stopped
    }

    /// Tries addresses until `enough` feeds are found.
    async fn all(
        &mut self,
        fetcher: &Fetcher,
        addresses: impl Iterator<Item = Address>,
        kind: SourceKind,
        enough: usize,
        say: &mut impl FnMut(&str) -> io::Result<()>,
    ) -> io::Result<()> {
        for address in addresses {
            if self.candidates.len() >= enough {
                break;
            }
            say(&format!("trying {} ({})", shown(&address.url), address.found.as_str()))?;
            match ask(fetcher, &address, kind).await {
                Tried::Feed(candidate) => self.take(*candidate),
                Tried::Nothing(words) if address.found != Found::Guess => self.trouble.push(words),
                Tried::Nothing(_) | Tried::Page(..) => {}
                Tried::Stop(words) => {
                    self.trouble.push(words);
                    self.stopped = true;
                    break;
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

async fn ask(fetcher: &Fetcher, address: &Address, kind: SourceKind) -> Tried {
    let url = &address.url;
    let is_feedlike = discover::looks_like_a_feed(url);
    // Somebody declared it, or it can be nothing but a feed; the rest is a page until it is seen.
    let (manners, accept) = match address.found {
        Found::Given if is_feedlike => (Manners::Invited, Accept::Feed),
        Found::Given => (Manners::Guest, Accept::Page),
        Found::Guess => (Manners::Guest, Accept::Feed),
        _ => (Manners::Invited, Accept::Feed),
    };
    match fetcher.look(url, accept, manners).await {
        Ok(answer) => understand(address, answer, kind, fetcher.hosts().now()),
        Err(
            error @ (FetchError::RateLimited { .. }
            | FetchError::Unavailable { .. }
            | FetchError::HostPaused { .. }
            | FetchError::RobotsUnreachable { .. }),
        ) => Tried::Stop(error.words()),
        Err(FetchError::Http(error)) if address.found != Found::LinkElement => {
            Tried::Stop(FetchError::from(error).words())
        }
        Err(error) => Tried::Nothing(error.words()),
    }
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
        Err(error) => Tried::Nothing(error.to_string()),
    }
}

fn is_sitemap(body: &[u8]) -> bool {
    const HEAD_BYTES: usize = 1_024;
    let head = String::from_utf8_lossy(body.get(..HEAD_BYTES.min(body.len())).unwrap_or_default());
    head.contains("<urlset") || head.contains("<sitemapindex")
}

/// The sitemaps that the site's robots.txt names.
async fn sitemaps(
    fetcher: &Fetcher,
    base: &Url,
    say: &mut impl FnMut(&str) -> io::Result<()>,
) -> io::Result<Vec<Address>> {
    let Ok(robots) = base.join("/robots.txt") else { return Ok(Vec::new()) };
    say(&format!("reading {robots} for sitemaps"))?;
    let answer = fetcher.look(&robots, Accept::Text, Manners::Invited).await;
    let found = answer.map(|answer| discover::sitemaps(&answer.body, base)).unwrap_or_default();
    // Lists of everything a site ever wrote are no news.
    let news = |address: &Address| one_line(address.url.path()).to_lowercase().contains("news");
    Ok(found.into_iter().filter(news).collect())
}
