//! What a checkup comes to: the probes it tries, under the limit of what it may send.
//!
//! There may be more probes than a checkup has requests. Then those that tell less give way, and can be tried alone.

use alloc::vec::Vec;

use super::{Probe, Setting, all};
use crate::limits::{CHECKUP_REQUESTS, HANDSHAKE_REQUESTS};
use crate::trace::LeftOut;

/// How much a probe tells. What tells more is tried rather than what tells less; of two that tell the same, the one that comes
/// first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tells {
    /// What the cause of a failure is: the address, the token, the session, the revision, one process of several.
    Cause,
    /// Whether the server keeps a rule that clients rely on.
    Rule,
    /// What it does where the specification leaves it open.
    Habit,
}

/// What a checkup would do with each probe: the most requests it would send, or why it is left out.
///
/// What it turns out to do may be less: a session that is lost on the way ends what needs one.
pub fn plan(setting: &Setting) -> Vec<(&'static Probe, Result<u32, LeftOut>)> {
    let limit = if setting.fresh { CHECKUP_REQUESTS - HANDSHAKE_REQUESTS } else { CHECKUP_REQUESTS };
    plan_within(limit, &Setting { checkup: true, ..*setting }, all())
}

/// Whether the first of the probes that are still to come is tried, with so many requests left; and if not, why.
///
/// # Errors
/// Why it is left out.
pub(crate) fn applies_within(left: u32, setting: &Setting, to_come: &[&'static Probe]) -> Result<(), LeftOut> {
    plan_within(left, setting, to_come).first().map_or(Ok(()), |(_, planned)| planned.map(|_| ()))
}

fn plan_within(mut left: u32, setting: &Setting, probes: &[&'static Probe]) -> Vec<(&'static Probe, Result<u32, LeftOut>)> {
    let applies = |probe: &&'static Probe| (*probe, probe.applies(setting).map(|()| probe.requests(setting)));
    let mut planned: Vec<_> = probes.iter().map(applies).collect();
    for tells in [Tells::Cause, Tells::Rule, Tells::Habit] {
        for (_, requests) in planned.iter_mut().filter(|(probe, _)| probe.tells == tells) {
            match requests {
                Ok(requests) if *requests <= left => left -= *requests,
                Ok(_) => *requests = Err(LeftOut::Limit),
                Err(_) => {}
            }
        }
    }
    planned
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot find its probe must fail")]
mod tests {
    use super::*;
    use crate::mcp::Revision;
    use crate::probe::by_slug;

    /// With everything that a probe can ask for.
    const FULL: Setting = Setting {
        revision: Some(Revision::V2025_11_25),
        over_sse: false,
        open: true,
        session: true,
        token: true,
        answered: false,
        path: true,
        fresh: false,
        checkup: true,
    };

    fn sum(plan: &[(&'static Probe, Result<u32, LeftOut>)]) -> u32 {
        plan.iter().filter_map(|(_, requests)| requests.ok()).sum()
    }

    #[test]
    fn whatever_the_limit_is_what_tells_less_gives_way() {
        for limit in 0..=60 {
            let plan = plan_within(limit, &FULL, all());
            assert!(sum(&plan) <= limit);
            for (n, (probe, _)) in plan.iter().enumerate().filter(|(_, (_, fits))| *fits == Err(LeftOut::Limit)) {
                let before = plan.iter().enumerate().filter(|(other, (it, _))| (it.tells, *other) < (probe.tells, n));
                let taken: u32 = before.filter_map(|(_, (_, requests))| requests.ok()).sum();
                assert!(taken + probe.requests(&FULL) > limit, "{probe:?} would fit into {limit}: {plan:?}");
            }
        }
    }

    #[test]
    fn the_habits_give_way_first_and_the_causes_last() {
        let enough = sum(&plan_within(99, &FULL, all()));
        let plan = plan_within(enough - 1, &FULL, all());
        let left_out: Vec<_> = plan.iter().filter(|(_, fits)| *fits == Err(LeftOut::Limit)).collect();
        assert!(matches!(left_out[..], [(probe, _)] if probe.tells == Tells::Habit), "{left_out:?}");
        let causes: u32 = all().iter().filter(|probe| probe.tells == Tells::Cause).map(|probe| probe.requests(&FULL)).sum();
        assert!(causes + HANDSHAKE_REQUESTS <= CHECKUP_REQUESTS, "a checkup has room for all that tell causes: {causes}");
    }

    #[test]
    fn what_was_planned_is_what_is_tried_when_nothing_changes() {
        for limit in 0..=60 {
            let mut left = limit;
            for (n, (probe, planned)) in plan_within(limit, &FULL, all()).into_iter().enumerate() {
                let tried = applies_within(left, &FULL, &all()[n..]);
                assert_eq!(tried.err(), planned.err(), "{probe:?} within {limit}");
                left -= planned.unwrap_or(0);
            }
        }
    }

    #[test]
    fn what_needs_no_room_leaves_it_to_others() {
        let several = by_slug("several-sessions").unwrap();
        let without = Setting { session: false, ..FULL };
        assert_eq!(applies_within(0, &without, &[several]), Err(LeftOut::NoSession));
        let accept = by_slug("accept").unwrap();
        assert_eq!(applies_within(2, &FULL, &[accept, several]), Ok(()));
    }
}
