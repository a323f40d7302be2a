//! A ticket in Markdown: what is wrong, what shows it, where, what went over the wire, and how to send it again.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::markdown::{block, code, sentence};
use super::{Drawn, mermaid};
use crate::diagnose::{Finding, report};
use crate::export::curl::{Shell, curl};
use crate::fingerprint::looks_like;
use crate::numbers::{count, grouped};
use crate::share::Redacted;
use crate::time::{Wall, human_duration};
use crate::trace::{Exchange, Lack, TokenFacts, Trace};

/// So many exchanges are listed; a ticket is to be read.
const LISTED: usize = 60;

/// The ticket. `link` leads to the recording.
pub(super) fn ticket(redacted: &Redacted, link: Option<&str>) -> String {
    let trace = redacted.trace();
    let drawn = Drawn::of(trace);
    let mut text = String::new();
    match drawn.problems.split_first() {
        Some((first, others)) => {
            cause(&mut text, first, trace);
            also(&mut text, others, trace);
        }
        None => text.push_str("## Nothing was found to be wrong\n\n"),
    }
    if let Some(link) = link {
        text.push_str(&format!("Recording: <{link}>\n\n"));
    }
    environment(&mut text, trace);
    messages(&mut text, trace);
    text.push_str("### Sequence\n\n");
    text.push_str(&block("mermaid", &mermaid::mermaid(&drawn)));
    let failed = drawn.problems.first().and_then(|first| trace.exchange(first.evidence.first()?.exchange));
    // A command that leaves out what is not known would ask for something else.
    if let Some(exchange) = failed.filter(|_| trace.about.lacks.leave_requests_whole()) {
        text.push_str(&format!("\n### Send request {} again\n\n", exchange.id.0));
        text.push_str(&block("sh", &curl(&exchange.request, Shell::Posix)));
    }
    removed(&mut text, redacted);
    text
}

fn cause(text: &mut String, finding: &Finding, trace: &Trace) {
    let report = report(finding, trace);
    text.push_str(&format!("## {}\n\n{}\n\n", sentence(&report.headline), sentence(&report.summary)));
    text.push_str(&format!("Cause: {} ({})\n\n", code(finding.cause.slug), finding.certainty.as_str()));
    for (n, proof) in report.proof.iter().enumerate() {
        let when = trace.when(proof.at).filter(|_| !trace.about.lacks.has(Lack::Times));
        let when = when.map(|at| format!(", after {}", human_duration(at.0))).unwrap_or_default();
        text.push_str(&format!("{}. {} (event {}{when})\n", n + 1, sentence(&proof.text), code(&proof.at.to_string())));
    }
    text.push('\n');
    if let Some(missing) = report.missing {
        text.push_str(&format!("Not proven yet: {}\n\n", sentence(&missing)));
    }
}

fn also(text: &mut String, others: &[Finding], trace: &Trace) {
    for finding in others {
        let headline = sentence(&report(finding, trace).headline);
        text.push_str(&format!("- Also: {headline} ({}, {})\n", code(finding.cause.slug), finding.certainty.as_str()));
    }
    if !others.is_empty() {
        text.push('\n');
    }
}

fn environment(text: &mut String, trace: &Trace) {
    let about = &trace.about;
    let mut rows: Vec<(&str, String)> =
        [("Server", about.address().map_or_else(|| String::from("not in this recording"), |url| code(&url.to_string())))].into();
    rows.extend(trace.spoken().map(|spoken| ("Speaks", spoken.what())));
    if let Some(server) = trace.server() {
        rows.push(("Calls itself", code(format!("{} {}", server.name, server.version).trim())));
    }
    rows.extend(looks_like(trace).map(|found| ("Looks like", found.words())));
    rows.push(("Token", token(&about.token)));
    rows.push((
        "Asked by",
        about.page.as_deref().map_or_else(|| String::from("no page"), |page| format!("a page of {}", code(page))),
    ));
    if let Some(began) = about.began {
        rows.push(("Recorded", format!("{began}, by the clock of the computer that asked")));
    }
    if about.lacks.any() {
        let lacks: Vec<&str> = about.lacks.iter().map(Lack::words).collect();
        rows.push(("Not in this recording", lacks.join("; ")));
    }
    rows.push(("Made with", format!("MCP Session Inspector {}", env!("CARGO_PKG_VERSION"))));
    text.push_str("### Environment\n\n| | |\n|---|---|\n");
    for (name, value) in rows {
        text.push_str(&format!("| {name} | {value} |\n"));
    }
    text.push('\n');
}

/// What is known of the token, which is never the token.
fn token(token: &TokenFacts) -> String {
    match token {
        TokenFacts::None => String::from("none"),
        TokenFacts::Unknown => String::from("not known"),
        TokenFacts::Opaque { chars } => format!("{chars} characters, no JSON Web Token"),
        TokenFacts::Jwt(jwt) => {
            let mut facts = alloc::vec![String::from("JSON Web Token")];
            let mut fact = |name: &str, value: &str| {
                if !value.is_empty() {
                    facts.push(format!("{name} {}", code(value)));
                }
            };
            fact("algorithm", &jwt.alg);
            fact("issuer", &jwt.issuer);
            fact("audience", &jwt.audience.join(" "));
            fact("scope", &jwt.scopes.join(" "));
            for (name, at) in [("not before", jwt.not_before), ("expires", jwt.expires)] {
                if let Some(at) = at {
                    facts.push(format!("{name} {}", Wall::from_secs(at)));
                }
            }
            facts.join(", ")
        }
    }
}

fn messages(text: &mut String, trace: &Trace) {
    text.push_str("### Messages\n\n| # | At | Request | Answer | Took | Bytes |\n|---|---|---|---|---|---|\n");
    for exchange in trace.exchanges().iter().take(LISTED) {
        text.push_str(&message(exchange));
    }
    let more = trace.exchanges().len().saturating_sub(LISTED);
    if more > 0 {
        text.push_str(&format!("\n{} more are left out.\n", count(more as u64, "exchange")));
    }
    text.push('\n');
}

fn message(exchange: &Exchange) -> String {
    let method = if exchange.lacks.has(Lack::Http) { String::new() } else { format!("{} ", exchange.request.method.as_str()) };
    let asked = exchange.method().map_or_else(|| String::from(exchange.purpose.as_str()), String::from);
    let answer = match (exchange.status(), exchange.head()) {
        (Some(status), Some(head)) => [status.to_string(), code(head.media_type().as_ref())].join(" "),
        (None, Some(head)) if head.sight.is_body_alone() => String::from("status not in this recording"),
        (None, Some(_)) => String::from("not visible to a page"),
        (_, None) => String::from("none"),
    };
    let unknown = String::from("?");
    let spans = exchange.lacks.has(Lack::Spans);
    let took = if spans { unknown.clone() } else { human_duration(exchange.last_at().saturating_sub(exchange.at).0).to_string() };
    let at = if exchange.lacks.has(Lack::Times) { unknown } else { exchange.at.offset() };
    let bytes = grouped(exchange.reply.bytes);
    format!("| {} | {at} | {method}{} | {answer} | {took} | {bytes} |\n", exchange.id.0, code(&asked))
}

fn removed(text: &mut String, redacted: &Redacted) {
    let removed: Vec<String> = redacted.removed().iter().map(|removed| removed.what.words(removed.count)).collect();
    if !removed.is_empty() {
        text.push_str(&format!("\nCovered or left out: {}.\n", removed.join(", ")));
    }
}
