//! Which causes a text can have, in order: what the table names, moved by what else the paste holds.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::evidence::Evidence;
use super::read::Table;
use super::search::{Reading, Suspect};
use super::symptom::Symptom;
use crate::diagnose::{Certainty, Subject, cause};
use crate::sort::sort_by;

/// What the first cause that the table names is worth; each further one is worth less.
const NAMED: i32 = 100;
/// What the first cause of a status is worth where the table names others.
const BY_STATUS: i32 = 44;
/// What is worth less than this is only a remote possibility.
const REMOTE: i32 = 45;
/// What a server's own words are worth: more than any order of the table.
const WORDS: i32 = 150;
/// How much less the next one is worth.
const STEP: i32 = 8;
/// What a status is worth for a cause that is named.
const STATUS_AGREES: i32 = 30;
/// What it costs a cause of sessions that the very first request failed, when there was no session yet.
const NO_SESSION_YET: i32 = 90;
/// What it is worth to a cause of sessions that a later request failed.
const SESSION_THERE: i32 = 25;
/// What the first cause of another known text of the paste is worth.
const BESIDE: i32 = 60;
/// So far ahead of all others, the first cause is likely.
const LEAD: i32 = 32;

/// Causes that need a session that was opened before.
const IN_SESSION: [&str; 3] = ["session-stale", "session-not-shared", "session-ended-by-client"];

/// A cause with its worth and what separates it.
struct Weighed {
    slug: String,
    worth: i32,
    apart: Option<String>,
}

/// The causes behind some readings of a text, the most likely first.
pub(super) fn causes(table: &Table, readings: &[Reading<'_>], evidence: &Evidence<'_>) -> Vec<Suspect> {
    let mut weighed: Vec<Weighed> = Vec::new();
    readings.iter().for_each(|reading| named(&mut weighed, reading.symptom));
    let of = |reading: &Reading<'_>| evidence.status.or(reading.symptom.causes.status);
    let open = readings.iter().any(|reading| reading.symptom.causes.by_status);
    match readings.iter().find_map(of) {
        Some(status) => by_status(table, &mut weighed, status, open),
        None if open => by_status(table, &mut weighed, 0, true),
        None => {}
    }
    for about in &evidence.words {
        by_words(&mut weighed, *about, evidence.no_token);
    }
    for said in &evidence.said {
        for (at, candidate) in said.causes.named.iter().enumerate() {
            let worth = WORDS - 20 - STEP * 5 * position(at);
            add(&mut weighed, &candidate.slug, worth, candidate.apart.as_ref());
        }
    }
    if weighed.is_empty() && readings.iter().any(|reading| reading.symptom.causes.by_words) {
        add(&mut weighed, "request-refused", NAMED, None);
    }
    for beside in &evidence.beside {
        for (at, candidate) in beside.causes.named.iter().enumerate() {
            let worth = if weighed.iter().any(|one| one.slug == candidate.slug) { STEP } else { BESIDE - STEP * position(at) };
            add(&mut weighed, &candidate.slug, worth, candidate.apart.as_ref());
        }
    }
    if evidence.opening == Some(false) {
        // The handshake has worked: so did the address, and the token then.
        let worked = |one: &mut Weighed| match one.slug.as_str() {
            slug if IN_SESSION.contains(&slug) => one.worth += SESSION_THERE,
            "endpoint-not-found" | "legacy-sse-server" => one.worth -= NO_SESSION_YET,
            _ => {}
        };
        weighed.iter_mut().for_each(worked);
    }
    if evidence.opening == Some(true) && !evidence.words.iter().any(|about| about.is_session()) {
        weighed.iter_mut().filter(|one| IN_SESSION.contains(&one.slug.as_str())).for_each(|one| one.worth -= NO_SESSION_YET);
    }
    sort_by(&mut weighed, |one| [u64::try_from(10_000 - one.worth).unwrap_or_default(), 0, 0]);
    let lead = weighed.first().map_or(0, |first| first.worth - weighed.get(1).map_or(0, |second| second.worth));
    let mut suspects: Vec<Suspect> = weighed.into_iter().map(|one| suspect(table, one)).collect();
    if let Some(first) = suspects.first_mut().filter(|_| lead >= LEAD) {
        first.certainty = Certainty::Likely;
    }
    suspects
}

fn named(weighed: &mut Vec<Weighed>, symptom: &Symptom) {
    for (at, candidate) in symptom.causes.named.iter().enumerate() {
        let known = weighed.iter().any(|one| one.slug == candidate.slug);
        // Several readings of one text do not make what they have in common more likely.
        if !known {
            add(weighed, &candidate.slug, NAMED - STEP * position(at), candidate.apart.as_ref());
        }
    }
}

/// Adds what can be behind a status, if that is `open`, and confirms what is named already.
fn by_status(table: &Table, weighed: &mut Vec<Weighed>, status: u16, open: bool) {
    let first = if weighed.is_empty() { NAMED } else { BY_STATUS };
    for (at, slug) in table.behind_status(status).iter().enumerate() {
        match weighed.iter_mut().find(|one| one.slug == *slug) {
            Some(one) if status != 0 => one.worth += STATUS_AGREES - position(at),
            Some(_) => {}
            None if open => add(weighed, slug, first - STEP * position(at), None),
            None => {}
        }
    }
}

fn by_words(weighed: &mut Vec<Weighed>, about: Subject, no_token: bool) {
    let slugs: &[&str] = match about {
        Subject::Crowd => &["session-storm"],
        Subject::Origin => &["origin-or-host-rejected"],
        Subject::Scope => &["scope-insufficient"],
        Subject::Version => &["version-unsupported", "era-mismatch"],
        Subject::Accept => &["accept-refused"],
        Subject::NoSession => &["session-missing", "session-header-hidden"],
        Subject::Session | Subject::SomeSession => &["session-stale"],
        Subject::Handshake => &["request-before-initialized"],
        Subject::Expired => &["token-expired"],
        Subject::Early => &["token-not-yet-valid"],
        Subject::Audience => &["token-wrong-audience", "token-rejected"],
        Subject::Token if no_token => &["token-missing", "token-rejected"],
        Subject::Token => &["token-rejected", "token-expired"],
        Subject::Method => &["method-not-found"],
        Subject::Params => &["invalid-params", "request-before-initialized"],
        Subject::Headers => &["header-mismatch", "era-mismatch"],
        Subject::Capability => &["capability-missing"],
        Subject::Internal => &["server-error"],
        Subject::Unsaid => &[],
    };
    slugs.iter().enumerate().for_each(|(at, slug)| add(weighed, slug, WORDS - STEP * 6 * position(at), None));
}

/// Adds to the worth of a cause, or the cause with that worth; what separates it is what was said first.
fn add(weighed: &mut Vec<Weighed>, slug: &str, worth: i32, apart: Option<&String>) {
    match weighed.iter_mut().find(|one| one.slug == slug) {
        Some(one) => one.worth += worth,
        None => weighed.push(Weighed { slug: slug.to_owned(), worth, apart: apart.cloned() }),
    }
}

fn suspect(table: &Table, one: Weighed) -> Suspect {
    let general = || table.sign(&one.slug).map(ToOwned::to_owned);
    let title = || cause(&one.slug).map(|cause| String::from(cause.title) + ".");
    let apart = one.apart.clone().or_else(general).or_else(title).unwrap_or_default();
    Suspect { slug: one.slug, certainty: Certainty::Possible, remote: one.worth < REMOTE, apart }
}

fn position(at: usize) -> i32 {
    i32::try_from(at).unwrap_or(i32::MAX / 1_000)
}
