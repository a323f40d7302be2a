//! The network log of the official inspector (MCP Inspector, version 2): an array with one object for each request.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::entry::{Entry, traces};
use super::parts::Parts;
use super::protocol::is_of_the_protocol;
use super::{ImportError, Imported};
use crate::http::{Headers, Method, ResponseHead, Sight, Url};
use crate::json;
use crate::numbers::count;
use crate::time::{Micros, Wall};
use crate::trace::End;

/// Whether a text is such a log: the first object of an array has these members, which no other log that is read here has.
pub(super) fn is_network_log(text: &str) -> bool {
    let first = json::items(text).next().and_then(Result::ok);
    first.is_some_and(|item| {
        let parts = Parts::of(item);
        ["method", "url", "requestHeaders"].iter().all(|name| parts.get(name).is_some())
    })
}

/// Reads a log.
pub(super) fn read(text: &str) -> Result<Imported, ImportError> {
    let items: Result<Vec<&str>, json::NotShallow> = json::items(text).collect();
    let items = items.map_err(|error| ImportError::NotJson { at: error.0 })?;
    let all = items.len();
    let entries: Vec<Entry> = items.into_iter().filter_map(exchange).filter(is_of_the_protocol).collect();
    let others = all - entries.len();
    if entries.is_empty() {
        return Err(ImportError::NothingOfTheProtocol(others));
    }
    let mut notes = Vec::new();
    if others > 0 {
        notes.push(format!("{} left out: not of the protocol.", count(others as u64, "request")));
    }
    Ok(Imported { source: String::from("network log of MCP Inspector"), traces: traces(entries, false), notes })
}

fn exchange(item: &str) -> Option<Entry> {
    let parts = Parts::of(item);
    let method = Method::parse(&parts.text("method")?)?;
    let url = Url::parse(&parts.text("url")?).ok()?;
    let headers = |name: &str| headers(&parts.parts(name));
    let mut entry = Entry::new(method, url, headers("requestHeaders"), parts.text("requestBody").unwrap_or_default());
    let stamp = || parts.get("timestamp").and_then(|number| number.parse().ok()).map(Wall);
    entry.at = parts.text("timestamp").and_then(|at| Wall::parse(&at)).or_else(stamp);
    entry.wait = parts.span("duration").unwrap_or(Micros::ZERO);
    let status = parts.number("responseStatus").and_then(|status| u16::try_from(status).ok());
    let body = parts.text("responseBody");
    if let Some(status) = status {
        let headers = headers("responseHeaders");
        entry.head = Some(ResponseHead { status, redirected_to: None, headers, sight: Sight::Full });
        entry.end = body.as_ref().map(|_| End::Complete);
    }
    entry.body = body.unwrap_or_default().into_bytes();
    match (parts.text("error"), status) {
        (Some(error), Some(_)) => entry.end = Some(End::Cut(error)),
        (Some(error), None) => entry.end = Some(End::Failed(error)),
        // Still under way when the log was written.
        (None, None) => entry.end = None,
        (None, Some(_)) => {}
    }
    Some(entry)
}

/// Headers as an object of names and texts.
fn headers(parts: &Parts<'_>) -> Headers {
    let mut headers = Headers::new();
    parts.texts().for_each(|(name, value)| headers.push(&name, value));
    headers
}
