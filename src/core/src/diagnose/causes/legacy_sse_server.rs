//! The server speaks HTTP+SSE, the transport of 2024-11-05: it takes no POST where it is asked, and names another address on
//! an event stream. Where the conversation went on that way it is a note, else it is why `initialize` was refused.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, How, Say, Subject, wording};
use crate::http::Method;
use crate::id::EventRef;
use crate::trace::Exchange;

pub(super) static CAUSE: Cause = Cause {
    slug: "legacy-sse-server",
    group: Group::Address,
    title: "The server speaks the older HTTP+SSE transport",
    find,
    say,
};

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let judged = |failure: &Failure<'_>| judge(facts, failure);
    let Some(certainty) = facts.open().find_map(judged) else { return out.extend(note(facts)) };
    let found = facts.finding(&CAUSE, certainty, |failure| judged(failure).is_some());
    out.extend(found.map(|found| found.and(named_by(facts).map(|(_, at)| at))));
}

/// How sure it is that what opens a conversation was posted to the event stream's address. A GET that came back with anything
/// but an event stream speaks against it.
fn judge(facts: &Facts<'_>, failure: &Failure<'_>) -> Option<Certainty> {
    let exchange = failure.exchange;
    let refused = matches!(failure.status(), 400 | 404 | 405) && failure.about == Subject::Unsaid;
    // Some servers take any method where they open the stream.
    let opened = failure.how == How::Unanswered && exchange.names_endpoint();
    let opens = matches!(exchange.method(), Some("initialize" | "server/discover"));
    if !(refused || opened) || !opens || failure.is_legacy_post() {
        return None;
    }
    if named_by(facts).is_some() {
        return Some(Certainty::Proven);
    }
    let asked = |other: &Exchange| other.request.method == Method::Get && other.request.url == exchange.request.url;
    let allow = exchange.head().and_then(|head| head.headers.get("allow")).unwrap_or_default().to_ascii_uppercase();
    // A refusal in JSON-RPC comes from the handler of a POST.
    let takes_get = !failure.is_refused_in_rpc() && allow.contains("GET") && !allow.contains("POST");
    let path = exchange.request.url.path().trim_end_matches('/').ends_with("/sse");
    if facts.trace.exchanges().iter().any(asked) {
        return None;
    }
    match failure.status() {
        405 if path || takes_get => Some(Certainty::Likely),
        404 if path => Some(Certainty::Possible),
        _ => None,
    }
}

/// The stream that named an address for messages, and where.
fn named_by<'a>(facts: &Facts<'a>) -> Option<(&'a Exchange, EventRef)> {
    let stream = facts.trace.exchanges().iter().find(|exchange| exchange.names_endpoint())?;
    let item = stream.reply.items.iter().find(|item| item.is_endpoint())?;
    Some((stream, EventRef::item(stream.id, item.n)))
}

/// After a refused POST the conversation came about over HTTP+SSE.
fn note(facts: &Facts<'_>) -> Option<Finding> {
    let (stream, named) = named_by(facts).filter(|_| facts.is_good())?;
    let all = || facts.trace.exchanges().iter();
    let refused =
        all().find(|exchange| exchange.id < stream.id && exchange.status().is_some() && facts.trace.is_superseded(exchange))?;
    let answered =
        all().any(|exchange| exchange.id > stream.id && exchange.method() == Some("initialize") && exchange.succeeded());
    let at = EventRef::response(refused.id);
    answered.then(|| Finding::new(&CAUSE, Certainty::Proven, named).and([at]).note())
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else {
        return Say::new(
            format!("{} speaks HTTP+SSE, the transport that Streamable HTTP replaced.", wording::host(facts)),
            String::from(
                "It was found with a GET, after the POST was refused. Clients that do not try that stop at the refusal.",
            ),
        );
    };
    let url = &failure.exchange.request.url;
    let named = match named_by(facts) {
        Some((stream, _)) if stream.id == failure.exchange.id => "It opened an event stream that says where to post.".to_string(),
        Some(_) => wording::refused(failure) + " A GET of the address opened an event stream that says where to post.",
        None => wording::refused(failure),
    };
    Say::new(
        format!("{} seems to speak HTTP+SSE, and it was spoken to over Streamable HTTP.", wording::host_of(facts, url)),
        format!("{named} Choose 2024-11-05 under Protocol."),
    )
    .unproven(finding, "A GET of the address that opens an event stream with an endpoint event would prove it: Auto sends one.")
}
