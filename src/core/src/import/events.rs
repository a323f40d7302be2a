//! The body of an event stream, as `curl -N` prints it or somebody saved it: what was asked, status and headers are not in it.

use alloc::string::String;
use alloc::vec::Vec;

use super::entry::{NOWHERE, about};
use super::{ImportError, Imported, secrets};
use crate::http::{Headers, Method, Mode, Request, ResponseHead, Sight, Url};
use crate::id::ExchangeId;
use crate::time::Micros;
use crate::trace::{Lack, Lacks, Purpose, Record, TokenFacts, Trace, What};

/// Whether a text is an event stream: it begins with a field or a comment, and an event of it has data (WHATWG HTML §9.2.5).
pub(super) fn is_stream(text: &str) -> bool {
    let is_field = |line: &str| ["event:", "data:", "id:", "retry:", ":"].iter().any(|name| line.starts_with(name));
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let data = |line: &str| line.strip_prefix("data:").is_some_and(|data| data.trim_start().starts_with(['{', '[', '/', 'h']));
    lines.clone().next().is_some_and(is_field) && lines.any(data)
}

/// Reads it.
pub(super) fn read(text: &str) -> Result<Imported, ImportError> {
    let url = Url::parse(NOWHERE).map_err(|_| ImportError::NoAddress)?;
    let id = ExchangeId(1);
    let request = Request {
        method: Method::Post,
        url: url.clone(),
        headers: Headers::new(),
        body: String::new(),
        secret_field: None,
        mode: Mode::Cors,
    };
    let head = ResponseHead { status: 0, redirected_to: None, headers: Headers::new(), sight: Sight::Events };
    let body = secrets::without_bearers(text.into()).into_bytes();
    // No end: whether the server closed it, or somebody stopped reading, is not in it.
    let whats = [What::Request(id, Purpose::Other, request), What::Response(id, head), What::Chunk(id, body)];
    let lacks = Lacks::of([Lack::Address, Lack::Http, Lack::Requests, Lack::Times]);
    let records = whats.into_iter().map(|what| Record { at: Micros::ZERO, what });
    let trace = Trace::of(about(url, None, TokenFacts::Unknown, lacks), records);
    Ok(Imported { source: "event stream".into(), traces: Vec::from([trace]), notes: Vec::new() })
}
