//! `initialize` was answered, and the notification that ends the handshake was refused.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, wording};
use crate::trace::Exchange;

pub(super) static CAUSE: Cause =
    Cause { slug: "initialized-refused", group: Group::Session, title: "The end of the handshake was refused", find, say };

fn is_refused(failure: &Failure<'_>) -> bool {
    failure.is_refused() && failure.exchange.method() == Some("notifications/initialized")
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    out.extend(facts.finding(&CAUSE, Certainty::Proven, is_refused));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let went_on = |other: &Exchange| other.id > failure.exchange.id && other.wants_answer() && other.succeeded();
    let after = match facts.trace.exchanges().iter().any(went_on) {
        true => " Requests after it were answered all the same; many clients give up here.",
        false => "",
    };
    Say::new(
        format!("{} answered initialize and refused the notification that ends the handshake.", wording::host(facts)),
        wording::refused(failure) + after,
    )
}
