//! A made stream of news: deals with rumours, announcements, copies, translations and closings, in
//! the order in which they are delivered. The same seed is the same stream.
//!
//! One deal of five hundred is of one of a few companies that everybody writes about, and is told
//! some two hundred times; the others are told nine times on average. Companies come back with
//! their next round, buyers buy two companies in one week, and some names are alike.

// Said in full, because a test includes this file as well.
#[path = "made/names.rs"]
mod names;
#[path = "made/telling.rs"]
mod telling;
#[path = "made/words.rs"]
mod words;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use dealwatch::domain::Article;
use fastrand::Rng;
use jiff::SignedDuration;
use jiff::Timestamp;

use names::Name;
use names::Names;
use telling::Tongue;

/// Articles of an ordinary deal on average; with the hot ones it is ten.
const ORDINARY: std::ops::RangeInclusive<usize> = 3..=15;
/// Of one hot deal.
const HOT: std::ops::RangeInclusive<usize> = 120..=280;
/// One deal of so many is hot.
const ONE_HOT_OF: usize = 500;
/// Companies that everybody writes about.
const HOT_COMPANIES: usize = 5;
/// Deals that begin on a day: some 275 articles.
const DEALS_PER_DAY: i64 = 27;
/// A company raises again after so many days.
const AGAIN_DAYS: i64 = 220;
const DAY_SECS: i64 = 86_400;

/// An article and which deal it tells.
#[derive(Debug, Clone)]
pub struct Made {
    pub article: Article,
    /// The deal that is its news.
    pub deal: usize,
    /// When it reaches the log, in seconds since the first deal.
    pub delivered: i64,
}

impl PartialEq for Made {
    fn eq(&self, other: &Made) -> bool {
        self.place() == other.place()
    }
}

impl Eq for Made {}

impl PartialOrd for Made {
    fn partial_cmp(&self, other: &Made) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Made {
    fn cmp(&self, other: &Made) -> std::cmp::Ordering {
        self.place().cmp(&other.place())
    }
}

impl Made {
    fn place(&self) -> (i64, &str) {
        (self.delivered, &self.article.key)
    }
}

/// A company's name and what is known of it.
#[derive(Debug, Clone)]
struct Company {
    name: Name,
    tongue: Tongue,
    field: usize,
    /// Its last round: place among the rounds, and millions.
    last: Option<(usize, i64)>,
    /// Seconds since the first deal at which it may do the next.
    free_at: i64,
}

/// What happens to a company.
#[derive(Debug, Clone)]
enum Event {
    Round { round: usize, lead: Name, other: Name },
    Purchase { buyer: Name },
}

/// A deal of the stream.
#[derive(Debug, Clone)]
struct Deal {
    number: usize,
    company: Company,
    event: Event,
    millions: i64,
    renminbi: bool,
    begins: i64,
    articles: usize,
}

/// Never ends.
pub struct Stream {
    dice: Rng,
    names: Names,
    hot: Vec<Company>,
    others: Vec<Company>,
    /// Bought in this week, and by whom: who buys one may buy two.
    bought: Option<(Name, i64)>,
    deals: usize,
    articles: usize,
    waiting: BinaryHeap<Reverse<Made>>,
}

impl Stream {
    pub fn new(seed: u64) -> Stream {
        let mut stream = Stream {
            dice: Rng::with_seed(seed),
            names: Names::new(seed),
            hot: Vec::new(),
            others: Vec::new(),
            bought: None,
            deals: 0,
            articles: 0,
            waiting: BinaryHeap::new(),
        };
        for number in 0..HOT_COMPANIES {
            let mut company = stream.company(stream.names.company(23_000 + number));
            company.tongue = Tongue::Both;
            stream.hot.push(company);
        }
        stream
    }

    fn company(&mut self, name: Name) -> Company {
        let tongue = match self.dice.u8(0..20) {
            0..=9 => Tongue::English,
            10..=15 => Tongue::Chinese,
            _ => Tongue::Both,
        };
        let field = self.dice.usize(0..words::FIELDS_EN.len());
        Company { name, tongue, field, last: None, free_at: 0 }
    }

    /// Begins the next deal: its articles wait for their time.
    fn begin(&mut self) {
        let begins = i64::try_from(self.deals).unwrap_or(0) * DAY_SECS / DEALS_PER_DAY;
        let deal = if self.deals % ONE_HOT_OF == ONE_HOT_OF / 4 {
            self.hot_round(begins)
        } else if self.dice.u8(0..100) < 27 {
            self.purchase(begins)
        } else {
            self.round(begins)
        };
        self.deals += 1;
        let told = telling::tell(&deal, &mut self.dice, self.articles);
        self.articles += told.len();
        self.waiting.extend(told.into_iter().map(Reverse));
    }

    fn hot_round(&mut self, begins: i64) -> Deal {
        let place = self.deals / ONE_HOT_OF % HOT_COMPANIES;
        let round = self.hot[place].last.map_or(2, |(round, _)| round + 1);
        let last = self.hot[place].last.map_or(500, |(_, millions)| millions);
        // Up or down, but never by so little that the two could be one.
        let up = last < 1_000 || (last < 9_000 && self.dice.bool());
        let millions = if up { last * 3 } else { last / 4 };
        let company = self.hot[place].clone();
        self.hot[place].last = Some((round, millions));
        let event = self.round_event(round);
        let articles = self.dice.usize(HOT);
        Deal { number: self.deals, company, event, millions, renminbi: false, begins, articles }
    }

    fn round_event(&mut self, round: usize) -> Event {
        let lead = self.names.fund(&mut self.dice);
        let other = self.names.fund(&mut self.dice);
        Event::Round { round, lead, other }
    }

    fn round(&mut self, begins: i64) -> Deal {
        let (place, round, millions) = match self.back_again(begins) {
            Some(place) => {
                let (round, millions) = self.others[place].last.unwrap_or((0, 10));
                (place, round + 1, telling::nice(millions * self.dice.i64(16..32) / 10))
            }
            None => {
                let place = self.new_company();
                (place, self.dice.usize(0..3), telling::nice(self.dice.i64(8..220)))
            }
        };
        let company = self.others[place].clone();
        self.others[place].last = Some((round, millions));
        self.others[place].free_at = begins + AGAIN_DAYS * DAY_SECS;
        let event = self.round_event(round);
        self.deal(company, event, millions, begins)
    }

    fn purchase(&mut self, begins: i64) -> Deal {
        let place = self.back_again(begins).unwrap_or_else(|| self.new_company());
        // It is nobody's any more.
        self.others[place].free_at = i64::MAX;
        let company = self.others[place].clone();
        let again = self.bought.take().filter(|_| self.dice.u8(0..4) == 0);
        let (buyer, millions) = match again {
            Some((buyer, millions)) => (buyer, telling::nice(millions * 11 / 10)),
            None => (self.names.buyer(&mut self.dice), telling::nice(self.dice.i64(30..900))),
        };
        self.bought = Some((buyer.clone(), millions));
        self.deal(company, Event::Purchase { buyer }, millions, begins)
    }

    fn deal(&mut self, company: Company, event: Event, millions: i64, begins: i64) -> Deal {
        let renminbi = company.tongue == Tongue::Chinese && self.dice.u8(0..10) < 6;
        let articles = self.dice.usize(ORDINARY);
        Deal { number: self.deals, company, event, millions, renminbi, begins, articles }
    }

    /// A company that may do its next deal.
    fn back_again(&mut self, now: i64) -> Option<usize> {
        if self.others.is_empty() || self.dice.u8(0..10) < 4 {
            return None;
        }
        let free = |place: &usize| self.others[*place].free_at <= now;
        let dice = &mut self.dice;
        (0..8).map(|_| dice.usize(0..self.others.len())).find(free)
    }

    fn new_company(&mut self) -> usize {
        let number = self.others.len();
        let name = if number > 0 && self.dice.u8(0..20) == 0 {
            self.names.look_alike(number - 1)
        } else {
            self.names.company(number)
        };
        let company = self.company(name);
        self.others.push(company);
        number
    }
}

impl Iterator for Stream {
    type Item = Made;

    fn next(&mut self) -> Option<Made> {
        loop {
            let begins = i64::try_from(self.deals).ok()? * DAY_SECS / DEALS_PER_DAY;
            if self.waiting.peek().is_some_and(|Reverse(made)| made.delivered < begins) {
                return self.waiting.pop().map(|Reverse(made)| made);
            }
            self.begin();
        }
    }
}

/// The moment so many seconds after the first deal.
pub fn at(secs: i64) -> Timestamp {
    let start = Timestamp::from_second(1_609_459_200).unwrap_or_default();
    start.checked_add(SignedDuration::from_secs(secs)).unwrap_or(start)
}
