//! Which causes a text can have, in order: what the table names, moved by what else the paste holds.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::evidence::Evidence;
use super::read::Table;
use super::search::{Reading, Suspect};
use super::symptom::Symptom;
use crate::diagnose::{Certainty, Subject, cause};
use crate::sort::sort_by;

/// What the first cause that the table names is worth; each further one is worth less.
const NAMED: i32 = 100;
/// What the first cause behind a status or a kind of answer is worth where the table names others.
const BEHIND: i32 = 44;
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
    let groups = || readings.iter().flat_map(|reading| &reading.symptom.causes.groups);
    let own = evidence.status.map(|status| status.to_string()).or_else(|| groups().find(|group| is_status(group)).cloned());
    let open = readings.iter().any(|reading| reading.symptom.causes.by_status) || groups().any(|group| is_status(group));
    match own {
        Some(status) => behind(table, &mut weighed, &status, STATUS_AGREES, open),
        None if open => behind(table, &mut weighed, "any", 0, true),
        None => {}
    }
    groups().filter(|group| !is_status(group)).for_each(|group| behind(table, &mut weighed, group, 0, true));
    for about in &evidence.words {
        for (at, slug) in table.behind(words(*about, evidence.no_token)).iter().enumerate() {
            add(&mut weighed, slug, WORDS - STEP * 6 * position(at), None);
        }
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
    // Nothing is likely by a text that only points at another one, and nothing where no answer is behind it.
    let says = |reading: &Reading<'_>| !reading.symptom.points_elsewhere() && reading.symptom.advice.is_none();
    let says = evidence.speaks() || readings.iter().any(says);
    if let Some(first) = suspects.first_mut().filter(|_| says && lead >= LEAD) {
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

/// Adds what can be behind something that was met, if that is `open`, and confirms what is named already.
fn behind(table: &Table, weighed: &mut Vec<Weighed>, name: &str, confirms: i32, open: bool) {
    let first = if weighed.is_empty() { NAMED } else { BEHIND };
    for (at, slug) in table.behind(name).iter().enumerate() {
        match weighed.iter_mut().find(|one| one.slug == *slug) {
            Some(one) if confirms > 0 => one.worth += confirms - position(at),
            Some(_) => {}
            None if open => add(weighed, slug, first - STEP * position(at), None),
            None => {}
        }
    }
}

fn is_status(group: &str) -> bool {
    group.bytes().all(|byte| byte.is_ascii_digit())
}

/// What a server's words are about, by its name in `behind.txt`.
const fn words(about: Subject, no_token: bool) -> &'static str {
    match about {
        Subject::Crowd => "words-crowd",
        Subject::Origin => "words-origin",
        Subject::Scope => "words-scope",
        Subject::Version => "words-version",
        Subject::Accept => "words-accept",
        Subject::ContentType => "words-content-type",
        Subject::Size => "words-size",
        Subject::Rate => "words-rate",
        Subject::NoSession => "words-no-session",
        Subject::Session | Subject::SomeSession => "words-session",
        Subject::Handshake => "words-handshake",
        Subject::Expired => "words-expired",
        Subject::Early => "words-early",
        Subject::Audience => "words-audience",
        Subject::Token if no_token => "words-no-token",
        Subject::Token => "words-token",
        Subject::Method => "words-method",
        Subject::Params => "words-params",
        Subject::Headers => "words-headers",
        Subject::Capability => "words-capability",
        Subject::Internal => "words-internal",
        Subject::Unsaid | Subject::Unread => "",
    }
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
