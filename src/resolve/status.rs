//! How a deal's status moves through its mentions, and through their absence.

use jiff::SignedDuration;
use jiff::Timestamp;

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

/// When it is, and how long a rumour lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// The present.
    pub now: Timestamp,
    /// A rumour that nothing followed for longer is expired; `None` keeps it for ever.
    pub silence: Option<SignedDuration>,
}

impl Clock {
    /// When what was last heard of at `heard` expired, if it was before `until`.
    fn expired(self, heard: Timestamp, until: Timestamp) -> Option<Timestamp> {
        let end = heard.checked_add(self.silence?).ok()?;
        (end < until).then_some(end)
    }
}

/// What waits for more: nobody has announced, denied or ended it.
fn waits(status: DealStatus) -> bool {
    matches!(status, Seeking | Rumoured | InTalks)
}

/// Whether a later word moves the deal, or only repeats what is known.
///
/// A rumour after an announcement tells nothing new; a denial cannot undo one. What was broken off
/// or denied comes back by an announcement, or by talks that are reported anew; what expired, by
/// any news.
fn moves(from: DealStatus, to: DealStatus) -> bool {
    match (from, to) {
        (_, Expired) | (Completed, _) => false,
        (Expired, _) => true,
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
/// What is told in passing counts only where no news tells it: it looks back. Every news breaks
/// the silence, also one that moves nothing.
pub(super) fn steps(members: &[&Facts<'_>], clock: Clock) -> Vec<StatusStep> {
    let any_main = members.iter().any(|member| member.told.mention.main);
    let news = members.iter().filter(|member| member.told.mention.main || !any_main);
    let mut life = Life::default();
    for member in news {
        let told = member.told;
        life.pass(told.at, clock);
        let status = told.mention.status;
        if life.steps.last().is_none_or(|last| moves(last.status, status)) {
            life.steps.push(StatusStep { status, at: told.at, mention: Some(told.id) });
        }
        life.heard = life.heard.max(Some(told.at));
    }
    life.pass(clock.now, clock);
    life.steps
}

/// A deal's steps so far, and when it was last heard of.
#[derive(Default)]
struct Life {
    steps: Vec<StatusStep>,
    heard: Option<Timestamp>,
}

impl Life {
    /// Lets time pass until the next news.
    fn pass(&mut self, until: Timestamp, clock: Clock) {
        let waiting = self.steps.last().is_some_and(|last| waits(last.status));
        let Some(heard) = self.heard.filter(|_| waiting) else { return };
        if let Some(at) = clock.expired(heard, until) {
            self.steps.push(StatusStep { status: Expired, at, mention: None });
        }
    }
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

    /// Each status with the day on which it is told, then the life as it is on day 400.
    #[track_caller]
    fn check_days(told: &[(i64, DealStatus)], expected: &[(i64, DealStatus)]) {
        use crate::domain::EntityId;
        use crate::resolve::tests;
        let mut told: Vec<_> = told
            .iter()
            .zip(1..)
            .map(|((day, status), id)| tests::told(id, *day, "paper", |m| m.status = *status))
            .collect();
        let start = tests::told(0, 0, "paper", |_| ()).at;
        let day = |day: i64| start + SignedDuration::from_hours(day * 24);
        let clock = Clock { now: day(400), silence: Some(SignedDuration::from_hours(180 * 24)) };
        for _ in 0..told.len() {
            told.rotate_left(1);
            let life = tests::with_knowledge(|knowledge| {
                let target = EntityId::from("lanternfish-ai");
                let parts = [crate::resolve::Part { target: &target, told: &told }];
                let block = super::super::facts::block(&parts, knowledge);
                steps(&block.iter().collect::<Vec<_>>(), clock)
            });
            let life: Vec<_> = life.iter().map(|step| (step.at, step.status)).collect();
            let expected: Vec<_> = expected.iter().map(|(d, status)| (day(*d), *status)).collect();
            assert_eq!(life, expected);
        }
    }

    #[test]
    fn a_rumour_that_nothing_followed_expires() {
        check_days(&[(0, Rumoured)], &[(0, Rumoured), (180, Expired)]);
        check_days(&[(0, InTalks), (100, InTalks)], &[(0, InTalks), (280, Expired)]);
        check_days(
            &[(0, Rumoured), (300, Rumoured)],
            &[(0, Rumoured), (180, Expired), (300, Rumoured)],
        );
        check_days(&[(220, Seeking)], &[(220, Seeking)]);
    }

    #[test]
    fn news_brings_an_expired_deal_back() {
        check_days(
            &[(0, Rumoured), (190, Announced)],
            &[(0, Rumoured), (180, Expired), (190, Announced)],
        );
        check_days(
            &[(0, Rumoured), (190, Denied)],
            &[(0, Rumoured), (180, Expired), (190, Denied)],
        );
    }

    #[test]
    fn what_is_settled_never_expires() {
        for status in [Announced, Completed, Denied, Terminated] {
            check_days(&[(0, status)], &[(0, status)]);
        }
    }

    #[test]
    fn what_was_broken_off_can_come_back() {
        check(&[InTalks, Terminated, Rumoured], &[InTalks, Terminated]);
        check(&[InTalks, Terminated, Announced], &[InTalks, Terminated, Announced]);
    }
}
