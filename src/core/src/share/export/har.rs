//! HTTP Archive 1.2 (W3C Web Performance Working Group, draft of 2012), as browsers and HTTP tools open it.
//!
//! What HAR has no member for stands in members of our own, which begin with an underscore as the format asks: `_purpose`,
//! `_sight`, `_error`, `_lacks`. Other programs pass them over; this one reads them again.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use base64ct::{Base64, Encoding};

use crate::http::{HeaderValue, Headers, Method, Request, ResponseHead, Sight, reason_phrase};
use crate::id::ExchangeId;
use crate::json::{Object, array};
use crate::time::{Micros, Wall};
use crate::trace::{End, Exchange, Lack, Trace, What};

/// The archive, one entry on a line.
pub(super) fn har(trace: &Trace) -> String {
    let bodies = bodies(trace);
    let none = Body::default();
    let entry = |exchange: &Exchange| entry(trace, exchange, bodies.get(&exchange.id).unwrap_or(&none));
    let entries: Vec<String> = trace.exchanges().iter().map(entry).collect();
    let mut creator = Object::new();
    creator.text("name", "MCP Session Inspector");
    creator.text("version", env!("CARGO_PKG_VERSION"));
    let mut log = Object::new();
    log.text("version", "1.2");
    log.raw("creator", &creator.close());
    log.raw("pages", &array([page(trace)]));
    log.raw("entries", &format!("[\n{}\n]", entries.join(",\n")));
    let mut comment = String::from("Redacted: what could be a secret is covered with asterisks.");
    if trace.about.lacks.any() {
        comment.push_str(" Made of a log that does not hold everything: what _lacks names is made up to fit this format.");
    }
    if trace.about.began.is_none() {
        comment.push_str(" The date is not known; times count from 1970-01-01.");
    }
    log.text("comment", &comment);
    format!("{{\"log\":{}}}\n", log.close())
}

fn page(trace: &Trace) -> String {
    let mut timings = Object::new();
    timings.raw("onContentLoad", "-1");
    timings.raw("onLoad", "-1");
    let mut page = Object::new();
    page.text("startedDateTime", &moment(trace, Micros::ZERO));
    page.text("id", "session");
    page.text("title", &trace.about.server.to_string());
    page.raw("pageTimings", &timings.close());
    page.close()
}

fn moment(trace: &Trace, at: Micros) -> String {
    trace.about.began.unwrap_or(Wall(0)).saturating_add(at).to_string()
}

/// What was kept of a body.
#[derive(Default)]
struct Body {
    bytes: Vec<u8>,
    /// Bytes that came and were not kept.
    dropped: u64,
}

fn bodies(trace: &Trace) -> BTreeMap<ExchangeId, Body> {
    let mut bodies: BTreeMap<ExchangeId, Body> = BTreeMap::new();
    for record in trace.records() {
        match record.what {
            What::Chunk(id, bytes) => bodies.entry(id).or_default().bytes.extend(bytes),
            What::Dropped(id, bytes) => bodies.entry(id).or_default().dropped += bytes,
            _ => {}
        }
    }
    bodies
}

fn entry(trace: &Trace, exchange: &Exchange, body: &Body) -> String {
    let over = exchange.last_at();
    let answered = exchange.response.as_ref().map_or(over, |(at, _)| *at);
    let mut timings = Object::new();
    for unknown in ["blocked", "dns", "connect", "ssl"] {
        timings.raw(unknown, "-1");
    }
    timings.raw("send", "0");
    timings.raw("wait", &millis(answered.saturating_sub(exchange.at)));
    timings.raw("receive", &millis(over.saturating_sub(answered)));
    let mut entry = Object::new();
    entry.text("pageref", "session");
    entry.text("startedDateTime", &moment(trace, exchange.at));
    entry.raw("time", &millis(over.saturating_sub(exchange.at)));
    entry.raw("request", &request(&exchange.request));
    entry.raw("response", &response(exchange.head(), body));
    entry.raw("cache", "{}");
    entry.raw("timings", &timings.close());
    entry.text("_purpose", exchange.purpose.as_str());
    let lacks: Vec<&str> = exchange.lacks.iter().map(Lack::as_str).collect();
    if !lacks.is_empty() {
        entry.text("_lacks", &lacks.join(" "));
    }
    if let Some((sight, comment)) = exchange.head().and_then(|head| Some((head.sight, unseen(head.sight)?))) {
        entry.text("_sight", sight.as_str());
        entry.text("comment", comment);
    }
    if let Some(error) = error(exchange) {
        entry.text("_error", &error);
    }
    entry.close()
}

/// What of a response could not be seen.
const fn unseen(sight: Sight) -> Option<&'static str> {
    match sight {
        Sight::Full => None,
        Sight::CorsFiltered => Some("Recorded by a page: headers that CORS hides from it are missing."),
        Sight::Opaque => Some("Recorded by a page that may not read this answer: its status and its headers are not known."),
        Sight::Listed => Some("Made of a log that holds the status and few headers: the others are not known."),
        Sight::Messages | Sight::Events => Some("Made of a log that holds no HTTP: status and headers are not known."),
    }
}

/// How it ended, unless in order.
fn error(exchange: &Exchange) -> Option<String> {
    match (&exchange.end, exchange.aborted) {
        (Some((_, End::Failed(said) | End::Cut(said))), _) => Some(said.clone()),
        (_, Some((_, why))) => Some(why.as_str().to_string()),
        (Some((_, End::Aborted)), None) => Some(String::from("aborted")),
        (Some((_, End::Complete)), None) => None,
        (None, None) => Some(String::from("not over when the recording ended")),
    }
}

fn millis(span: Micros) -> String {
    match span.0 % 1_000 {
        0 => (span.0 / 1_000).to_string(),
        rest => format!("{}.{rest:03}", span.0 / 1_000),
    }
}

fn request(sent: &Request) -> String {
    let mut request = head(&sent.headers);
    request.text("method", sent.method.as_str());
    request.text("url", &sent.url.to_string());
    let query = sent.url.target().split_once('?').map(|(_, query)| query).unwrap_or_default();
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    request.raw(
        "queryString",
        &array(pairs.map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            named(name, value)
        })),
    );
    let mut body = sent.body.clone();
    if let Some(field) = &sent.secret_field {
        body.push_str(&format!("&{}=***", field.name));
    }
    if !body.is_empty() || sent.method == Method::Post {
        let mut data = Object::new();
        data.text("mimeType", sent.headers.get("content-type").unwrap_or_default());
        data.raw("params", "[]");
        data.text("text", &body);
        request.raw("postData", &data.close());
    }
    request.raw("bodySize", &body.len().to_string());
    request.close()
}

fn response(answer: Option<&ResponseHead>, body: &Body) -> String {
    let none = Headers::new();
    let headers = answer.map_or(&none, |head| &head.headers);
    let status = answer.map_or(0, |head| head.status);
    let mut response = head(headers);
    response.raw("status", &status.to_string());
    response.text("statusText", reason_phrase(status));
    response.text("redirectURL", answer.and_then(|head| head.redirected_to.as_deref()).unwrap_or_default());
    let mut content = Object::new();
    content.raw("size", &(body.bytes.len() as u64 + body.dropped).to_string());
    content.text("mimeType", headers.get("content-type").unwrap_or("x-unknown"));
    match core::str::from_utf8(&body.bytes) {
        Ok(text) => content.text("text", text),
        Err(_) => {
            content.text("text", &Base64::encode_string(&body.bytes));
            content.text("encoding", "base64");
        }
    }
    if body.dropped > 0 {
        content.text("comment", &format!("{} bytes from its middle are missing.", body.dropped));
    }
    response.raw("content", &content.close());
    response.raw("bodySize", "-1");
    response.close()
}

/// What requests and responses have in common.
fn head(headers: &Headers) -> Object {
    let mut head = Object::new();
    head.text("httpVersion", "unknown");
    head.raw("cookies", "[]");
    let text = |value: &HeaderValue| match value {
        HeaderValue::Text(text) => text.clone(),
        HeaderValue::Secret(_) => String::from("***"),
    };
    head.raw("headers", &array(headers.iter().map(|(name, value)| named(name, &text(value)))));
    head.raw("headersSize", "-1");
    head
}

fn named(name: &str, value: &str) -> String {
    let mut pair = Object::new();
    pair.text("name", name);
    pair.text("value", value);
    pair.close()
}
