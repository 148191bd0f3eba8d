//! Groups the mentions of a block into deals: the strongest agreements first.
//!
//! Every pair is scored once. The pairs are then taken from the best down, and two groups become
//! one unless some pair across them excludes it, or the pairs across them speak against it taken
//! together. Which mention came first plays no part, so that every order of arrival ends alike.
//!
//! News meets first. What is told in passing goes to the news that it fits best, and never makes
//! one deal of two that are news: it seldom says enough to tell a round from the next.
//!
//! Groups that people put together are one deal in the end, and groups that they told apart never
//! join (see [`super::bond`]).

use std::collections::BTreeMap;

use super::bond::Bonds;
use super::facts::Facts;
use super::score;
use super::score::Fit;
use crate::domain::ArticleId;

/// Two groups join over their best pair only if all pairs across them come to this on average: a
/// rumour between two rounds must not make one deal of them.
pub(super) const LEAST_ON_AVERAGE: f64 = -0.8;
/// What an article tells beside its news is another's news from here on, if it fits that better.
const BETTER: f64 = 3.5;

/// One deal's mentions as places in the block, oldest first, each with its reason.
pub(super) struct Cluster {
    /// Places in the block.
    pub(super) members: Vec<usize>,
    /// For each member why it is here.
    pub(super) reasons: Vec<String>,
}

/// Two mentions, as places in the block, and how they fit.
struct Pair {
    one: usize,
    other: usize,
    fit: Fit,
}

/// How well two mentions of a block fit. What is told far apart is one deal only by a fact that both
/// name: of the days alone, and of what is told in passing, nobody knows which deal is meant.
pub(super) fn fit(a: &Facts<'_>, b: &Facts<'_>) -> Fit {
    let mut fit = score::fit(a, b);
    if fit.points > LEAST_ON_AVERAGE && !a.reach.meets(&b.reach) {
        // Says nothing, neither for two groups nor against them.
        fit.points = LEAST_ON_AVERAGE;
    }
    fit
}

/// The deals of a block. Mentions of two parts of it meet in one deal only where people say so.
///
/// `beside` is what the articles of the block tell of the company that is not of the block.
pub(super) fn cluster(
    block: &[&Facts<'_>],
    beside: &[&Facts<'_>],
    mut bonds: Bonds,
) -> Vec<Cluster> {
    let (mut pairs, points) = scored(block, beside);
    pairs.retain(|pair| pair.fit.points > 0.0);
    let news = |place: usize| block[place].told.mention.main;
    let passing = |pair: &Pair| !(news(pair.one) && news(pair.other));
    pairs.sort_by(|a, b| {
        let by_points = b.fit.points.total_cmp(&a.fit.points);
        passing(a).cmp(&passing(b)).then(by_points).then((a.one, a.other).cmp(&(b.one, b.other)))
    });
    let mut groups: Vec<Vec<usize>> = (0..block.len()).map(|place| vec![place]).collect();
    let mut of: Vec<usize> = (0..block.len()).collect();
    let mut reasons: Vec<Option<String>> = vec![None; block.len()];
    for pair in &pairs {
        let (into, from) = (of[pair.one].min(of[pair.other]), of[pair.one].max(of[pair.other]));
        let told = |group: usize| groups[group].iter().any(|place| news(*place));
        let bridges = || passing(pair) && told(into) && told(from);
        if into == from
            || bridges()
            || !points.allow(&groups[into], &groups[from])
            || !bonds.unite(into, from)
        {
            continue;
        }
        let words = pair.fit.words.join("; ");
        // The later of the two is the one that is explained, unless it already is.
        for place in [pair.other, pair.one] {
            if reasons[place].is_none() {
                reasons[place] = Some(words.clone());
                break;
            }
        }
        let moved = std::mem::take(&mut groups[from]);
        for &place in &moved {
            of[place] = into;
        }
        groups[into].extend(moved);
    }
    let mut deals: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for place in 0..block.len() {
        deals.entry(bonds.deal(place)).or_default().push(place);
    }
    // A deal's key is its oldest place, so that deals come in order of their oldest mention.
    deals
        .into_values()
        .map(|members| {
            let why = |(index, place): (usize, &usize)| {
                let decided = bonds.words(*place).filter(|_| of[*place] == *place).cloned();
                match reasons[*place].take().or(decided) {
                    Some(words) => words,
                    None if index == 0 => "first to tell this deal".to_owned(),
                    None => "as those before it".to_owned(),
                }
            };
            let reasons = members.iter().enumerate().map(why).collect();
            Cluster { members, reasons }
        })
        .collect()
}

/// Every pair with its points.
fn scored(block: &[&Facts<'_>], beside: &[&Facts<'_>]) -> (Vec<Pair>, Points) {
    let mut pairs = Vec::new();
    for other in 0..block.len() {
        for one in (0..other).filter(|one| block[*one].part == block[other].part) {
            pairs.push(Pair { one, other, fit: fit(block[one], block[other]) });
        }
    }
    let mut points = Points::of(&pairs, block);
    let beside = Beside::of(block, beside);
    for pair in &mut pairs {
        let (one, other, fit) = (block[pair.one], block[pair.other], pair.fit.points);
        if beside.tells(pair.one, one, other, fit) || beside.tells(pair.other, other, one, fit) {
            pair.fit.points = f64::NEG_INFINITY;
        }
    }
    for pair in &pairs {
        points.set(pair);
    }
    (pairs, points)
}

/// For each place the other deals that its article tells beside it.
struct Beside<'a, 'b>(Vec<Vec<&'a Facts<'b>>>);

impl<'a, 'b> Beside<'a, 'b> {
    fn of(block: &[&'a Facts<'b>], beside: &[&'a Facts<'b>]) -> Beside<'a, 'b> {
        let mut articles: BTreeMap<ArticleId, Vec<&'a Facts<'b>>> = BTreeMap::new();
        for facts in block.iter().chain(beside) {
            articles.entry(facts.told.article).or_default().push(facts);
        }
        let others = |facts: &&'a Facts<'b>| {
            let apart = |other: &&Facts<'_>| {
                other.told.id != facts.told.id
                    && other.part == facts.part
                    && fit(facts, other).points == f64::NEG_INFINITY
            };
            let all = articles.get(&facts.told.article).into_iter().flatten();
            all.copied().filter(apart).collect()
        };
        Beside(block.iter().map(others).collect())
    }

    /// The article that tells `one`, which is at `place`, as its news tells another deal beside it,
    /// and `other` is that one: an earlier round with the sum and the backers that `other` has.
    fn tells(&self, place: usize, one: &Facts<'_>, other: &Facts<'_>, fits: f64) -> bool {
        let least = BETTER.max(fits + 1.0);
        let is_other = |beside: &&Facts<'_>| {
            beside.told.id != other.told.id && fit(beside, other).points > least
        };
        one.told.mention.main && other.told.mention.main && self.0[place].iter().any(is_other)
    }
}

/// The points of every pair; a pair that excludes one deal has none.
struct Points {
    main: Vec<bool>,
    of: Vec<f64>,
}

impl Points {
    fn of(pairs: &[Pair], block: &[&Facts<'_>]) -> Points {
        let main: Vec<bool> = block.iter().map(|facts| facts.told.mention.main).collect();
        let mut points = Points { of: vec![0.0; main.len() * main.len()], main };
        for pair in pairs {
            points.set(pair);
        }
        points
    }

    fn set(&mut self, Pair { one, other, fit }: &Pair) {
        let size = self.main.len();
        self.of[one * size + other] = fit.points;
        self.of[other * size + one] = fit.points;
    }

    fn fit(&self, a: usize, b: usize) -> f64 {
        self.of[a * self.main.len() + b]
    }

    /// Whether two groups may be one. Where both hold news, what is told in passing is not asked:
    /// it can only exclude.
    fn allow(&self, one: &[usize], other: &[usize]) -> bool {
        let (mut all, mut news) = (Average::default(), Average::default());
        for &a in one {
            for &b in other {
                let points = self.fit(a, b);
                all.add(points);
                if self.main[a] && self.main[b] {
                    news.add(points);
                }
            }
        }
        let asked = if news.count > 0.0 { news } else { all };
        all.sum > f64::NEG_INFINITY && asked.sum >= LEAST_ON_AVERAGE * asked.count
    }
}

/// A sum of points and how many they are.
#[derive(Clone, Copy, Default)]
struct Average {
    sum: f64,
    count: f64,
}

impl Average {
    fn add(&mut self, points: f64) {
        self.sum += points;
        self.count += 1.0;
    }
}
