//! A proxy or gateway answered, because it could not get an answer from the server behind it.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, phrases, wording};

pub(super) static CAUSE: Cause =
    Cause { slug: "gateway-error", group: Group::Answer, title: "A gateway answered instead of the server", find, say };

/// 502 to 504 (RFC 9110 §15.6), 511 of networks that want a login (RFC 6585 §6), and the codes Cloudflare uses for the same; a server that refuses by itself says so in JSON-RPC.
fn is_gateway(failure: &Failure<'_>) -> bool {
    matches!(failure.status(), 502..=504 | 511 | 520..=530) && !failure.is_refused_in_rpc()
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    // Servers refuse with 503 themselves, and say so in a body that the recording may not hold.
    let unread = |failure: &Failure<'_>| failure.about == Subject::Unread;
    out.extend(facts.finding(&CAUSE, Certainty::Proven, |failure| is_gateway(failure) && !unread(failure)));
    out.extend(facts.finding(&CAUSE, Certainty::Likely, |failure| is_gateway(failure) && failure.status() != 503));
    out.extend(facts.finding(&CAUSE, Certainty::Likely, is_idle));
}

/// A 404 for a tunnel or a host that has nothing behind it at the moment: nobody has looked for a path yet.
fn is_idle(failure: &Failure<'_>) -> bool {
    let foreign = failure.status() == 404 && failure.about == Subject::Unsaid && !failure.is_refused_in_rpc();
    foreign && phrases::is_offline(&failure.words())
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let host = wording::host(facts);
    let headline = match failure.status() {
        504 | 522 | 524 => format!("A gateway in front of {host} waited for the server and gave up."),
        511 => format!("A network on the way to {host} wants a login."),
        503 => format!("{host} takes no requests at the moment."),
        404 => format!("Nothing is connected behind {host} at the moment."),
        _ => format!("A gateway in front of {host} got no usable answer from the server."),
    };
    let wait = wording::retry_after(failure).map(|wait| format!(" {wait}")).unwrap_or_default();
    Say::new(headline, wording::refused(failure) + &wait)
        .unproven(finding, "The same request, once the program behind the gateway runs, would prove it.")
}
