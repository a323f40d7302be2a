//! Something in front of the server keeps requests from it: the address was taken out of service, or a firewall for the web
//! takes the request for an attack or its sender for a machine.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Fresh, Group, Instead, Say, Subject, wording};

pub(super) static CAUSE: Cause = Cause {
    slug: "gone-or-blocked",
    group: Group::Answer,
    title: "The address is closed, or a firewall blocks the request",
    find,
    say,
};

/// What the pages of web application firewalls and bot checks say: Cloudflare, Akamai, AWS and Azure, Imperva, F5, Sucuri,
/// Vercel, DataDome, HUMAN, Fortinet, Zscaler, Barracuda.
const BLOCKED: &[&str] = &[
    "you have been blocked",
    "been blocked",
    "request blocked",
    "request is blocked",
    "request was blocked",
    "web page blocked",
    "page blocked",
    "attention required",
    "just a moment...",
    "checking your browser",
    "verify you are human",
    "are you a robot",
    "are you human",
    "captcha",
    "security checkpoint",
    "ddos protection",
    "incapsula incident",
    "requested url was rejected",
    "web application firewall",
    "website firewall",
    "unusual traffic",
    "bot detection",
    "automated access",
    "security policy",
    "support id",
    "incident id",
    "reference #",
    "reference&#32;",
    "mod_security",
    "modsecurity",
    "access blocked",
    "blocked your access",
];

/// What hosts say of an application that somebody has switched off.
const STOPPED: &[&str] = &[
    "app is stopped",
    "app is paused",
    "app is disabled",
    "application is stopped",
    "application is paused",
    "application is disabled",
    "application has been stopped",
    "site is disabled",
    "site has been disabled",
    "site is suspended",
    "website is suspended",
    "service is suspended",
    "service has been suspended",
    "project is paused",
    "project has been paused",
    "deployment is paused",
    "space is paused",
    "account has been suspended",
    "account is suspended",
];

/// Whether a page or a sentence of somebody who is not the server says one of these: its own refusals are JSON-RPC.
fn says(failure: &Failure<'_>, phrases: &[&str]) -> bool {
    let page = matches!(failure.instead(), Some(Instead::Document | Instead::OtherType));
    let refused = matches!(failure.status(), 400..=599) && !failure.is_refused_in_rpc();
    let body = failure.body.to_ascii_lowercase();
    (page || refused) && phrases.iter().any(|words| body.contains(words))
}

fn is_stopped(failure: &Failure<'_>) -> bool {
    matches!(failure.about, Subject::Unsaid | Subject::SomeSession) && says(failure, STOPPED)
}

fn is_blocked(failure: &Failure<'_>) -> bool {
    let open = matches!(failure.about, Subject::Unsaid | Subject::SomeSession);
    // Cloudflare names its refusals by number where no page is wanted.
    let numbered = failure.status() == 403 && !failure.is_refused_in_rpc() && failure.body.starts_with("error code: 10");
    open && (numbered || says(failure, BLOCKED))
}

/// 410 (RFC 9110 §15.5.11) and 451 (RFC 7725) say it themselves. In a session a 410 may mean that one, unless a new one is refused
/// in the same way.
fn is_gone(facts: &Facts<'_>, failure: &Failure<'_>) -> bool {
    let alike = facts.started_over(failure).is_some_and(|(fresh, _)| fresh == Fresh::RefusedAlike);
    let worked = facts.worked_before(failure.exchange);
    let gone = failure.status() == 410 && ((!failure.in_session() && !worked) || alike);
    (gone || failure.status() == 451) && failure.about == Subject::Unsaid
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is = |failure: &Failure<'_>| is_gone(facts, failure) || is_stopped(failure) || is_blocked(failure);
    out.extend(facts.finding(&CAUSE, Certainty::Proven, is));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let (host, url) = (wording::host(facts), &failure.exchange.request.url);
    let headline = match failure.status() {
        410 => format!("{host} has taken {} out of service.", url.path()),
        451 => format!("{host} may not serve this address for legal reasons."),
        _ if is_stopped(failure) => format!("The application behind {host} has been stopped."),
        _ => format!("A firewall in front of {host} blocks the request."),
    };
    let seen = match failure.is_refused() {
        true => wording::refused(failure),
        false => {
            let page = wording::page(failure);
            format!("{} was answered with {page}.", wording::capital(&wording::step(failure.exchange)))
        }
    };
    Say::new(headline, seen)
}
