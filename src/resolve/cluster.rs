//! Groups the mentions of a block into deals: the strongest agreements first.
//!
//! Every pair is scored once. The pairs are then taken from the best down, and two groups become
//! one unless some pair across them excludes it, or the pairs across them speak against it taken
//! together. Which mention came first plays no part, so that every order of arrival ends alike.
//!
//! Groups that people put together are one deal in the end, and groups that they told apart never
//! join (see [`super::bond`]).

use std::collections::BTreeMap;

use super::bond::Bonds;
use super::facts::Facts;
use super::score;
use super::score::Fit;

/// Two groups join over their best pair only if all pairs across them come to this on average: a
/// rumour between two rounds must not make one deal of them.
const LEAST_ON_AVERAGE: f64 = -0.8;

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

/// The deals of a block. Mentions of two parts of it meet in one deal only where people say so.
pub(super) fn cluster(block: &[&Facts<'_>], mut bonds: Bonds) -> Vec<Cluster> {
    let mut pairs = Vec::new();
    for other in 0..block.len() {
        for one in (0..other).filter(|one| block[*one].part == block[other].part) {
            pairs.push(Pair { one, other, fit: score::fit(block[one], block[other]) });
        }
    }
    let points = Points::of(&pairs, block.len());
    pairs.retain(|pair| pair.fit.points > 0.0);
    pairs.sort_by(|a, b| {
        b.fit.points.total_cmp(&a.fit.points).then((a.one, a.other).cmp(&(b.one, b.other)))
    });
    let mut groups: Vec<Vec<usize>> = (0..block.len()).map(|place| vec![place]).collect();
    let mut of: Vec<usize> = (0..block.len()).collect();
    let mut reasons: Vec<Option<String>> = vec![None; block.len()];
    for pair in &pairs {
        let (into, from) = (of[pair.one].min(of[pair.other]), of[pair.one].max(of[pair.other]));
        if into == from || !points.allow(&groups[into], &groups[from]) || !bonds.unite(into, from) {
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

/// The points of every pair; a pair that excludes one deal has none.
struct Points {
    size: usize,
    of: Vec<f64>,
}

impl Points {
    fn of(pairs: &[Pair], size: usize) -> Points {
        let mut of = vec![0.0; size * size];
        for Pair { one, other, fit } in pairs {
            of[one * size + other] = fit.points;
            of[other * size + one] = fit.points;
        }
        Points { size, of }
    }

    /// Whether two groups may be one.
    fn allow(&self, one: &[usize], other: &[usize]) -> bool {
        let mut sum = 0.0;
        for &a in one {
            for &b in other {
                sum += self.of[a * self.size + b];
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "blocks are far smaller than 2^52")]
        let pairs = (one.len() * other.len()) as f64;
        sum >= LEAST_ON_AVERAGE * pairs
    }
}
