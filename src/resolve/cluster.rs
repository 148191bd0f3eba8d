//! Groups the mentions of a block into deals, in the block's canonical order.

use super::facts::Facts;
use super::score;

/// One deal's mentions as places in the block, oldest first, each with its reason.
pub(super) struct Cluster {
    /// Places in the block.
    pub(super) members: Vec<usize>,
    /// For each member why it is here.
    pub(super) reasons: Vec<String>,
}

/// Each mention joins the cluster that holds its best fit, unless a member excludes it; else it
/// starts its own.
///
/// Mentions whose news is the deal go first, so that what is told in passing finds the deals that
/// are known by their own news.
pub(super) fn cluster(block: &[Facts<'_>]) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::new();
    let main = (0..block.len()).filter(|&place| block[place].told.mention.main);
    let background = (0..block.len()).filter(|&place| !block[place].told.mention.main);
    for place in main.chain(background) {
        match best(&clusters, block, place) {
            Some((index, words)) => {
                clusters[index].members.push(place);
                clusters[index].reasons.push(words);
            }
            None => clusters.push(Cluster {
                members: vec![place],
                reasons: vec!["first to tell this deal".to_owned()],
            }),
        }
    }
    for cluster in &mut clusters {
        let mut pairs: Vec<(usize, String)> =
            cluster.members.drain(..).zip(cluster.reasons.drain(..)).collect();
        pairs.sort_by_key(|(place, _)| *place);
        (cluster.members, cluster.reasons) = pairs.into_iter().unzip();
    }
    clusters.sort_by_key(|cluster| cluster.members.first().copied());
    clusters
}

/// The cluster with the best fitting member that no member excludes, with the words.
fn best(clusters: &[Cluster], block: &[Facts<'_>], place: usize) -> Option<(usize, String)> {
    let candidate = &block[place];
    let mut best: Option<(f64, usize, String)> = None;
    for (index, cluster) in clusters.iter().enumerate() {
        // Two deals that one article tells apart are two.
        let told_apart = |&member: &usize| {
            block[member].told.article == candidate.told.article
                && block[member].told.mention.main
                && candidate.told.mention.main
        };
        if cluster.members.iter().any(told_apart)
            || cluster.members.iter().any(|&m| score::veto(&block[m], candidate).is_some())
        {
            continue;
        }
        for &member in &cluster.members {
            let fit = score::fit(&block[member], candidate);
            if fit.points > 0.0 && best.as_ref().is_none_or(|(points, ..)| fit.points > *points) {
                best = Some((fit.points, index, fit.words.join("; ")));
            }
        }
    }
    best.map(|(_, index, words)| (index, words))
}
