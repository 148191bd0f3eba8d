//! How a deal's status moves through its mentions.

use super::facts::Facts;
use crate::domain::DealStatus;
use crate::domain::DealStatus::Announced;
use crate::domain::DealStatus::Completed;
use crate::domain::DealStatus::Denied;
use crate::domain::DealStatus::Expired;
use crate::domain::DealStatus::InTalks;
use crate::domain::DealStatus::Rumoured;
use crate::domain::DealStatus::Seeking;
use crate::domain::DealStatus::Terminated;
use crate::domain::StatusStep;

/// Whether a later word moves the deal, or only repeats what is known.
///
/// A rumour after an announcement tells nothing new; a denial cannot undo one. What was broken off
/// or denied comes back by an announcement, or by talks that are reported anew.
fn moves(from: DealStatus, to: DealStatus) -> bool {
    match (from, to) {
        (_, Expired) | (Completed | Expired, _) => false,
        (Seeking, _) => to != Seeking,
        (Rumoured, _) => !matches!(to, Seeking | Rumoured),
        (InTalks, _) => !matches!(to, Seeking | Rumoured | InTalks),
        (Announced, _) => matches!(to, Completed | Terminated),
        (Terminated, _) => matches!(to, InTalks | Announced | Completed),
        (Denied, _) => matches!(to, InTalks | Announced | Completed | Terminated),
    }
}

/// The life of a deal, oldest first; never empty for a cluster that is not.
///
/// What is told in passing counts only where no news tells it: it looks back.
pub(super) fn steps(members: &[&Facts<'_>]) -> Vec<StatusStep> {
    let any_main = members.iter().any(|member| member.told.mention.main);
    let mut steps: Vec<StatusStep> = Vec::new();
    for member in members.iter().filter(|member| member.told.mention.main || !any_main) {
        let status = member.told.mention.status;
        if steps.last().is_none_or(|last| moves(last.status, status)) {
            steps.push(StatusStep { status, at: member.told.at, mention: Some(member.told.id) });
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(told: &[DealStatus], expected: &[DealStatus]) {
        let mut life: Vec<DealStatus> = Vec::new();
        for &status in told {
            if life.last().is_none_or(|&last| moves(last, status)) {
                life.push(status);
            }
        }
        assert_eq!(life, expected, "{told:?}");
    }

    #[test]
    fn a_deal_goes_from_rumour_to_close() {
        check(
            &[Rumoured, InTalks, Rumoured, Announced, Announced, Completed],
            &[Rumoured, InTalks, Announced, Completed],
        );
    }

    #[test]
    fn a_denial_cannot_undo_an_announcement() {
        check(&[Announced, Denied, Rumoured, InTalks], &[Announced]);
        check(&[Rumoured, Denied, Rumoured], &[Rumoured, Denied]);
        check(&[Rumoured, Denied, Announced], &[Rumoured, Denied, Announced]);
    }

    #[test]
    fn what_was_broken_off_can_come_back() {
        check(&[InTalks, Terminated, Rumoured], &[InTalks, Terminated]);
        check(&[InTalks, Terminated, Announced], &[InTalks, Terminated, Announced]);
    }
}
