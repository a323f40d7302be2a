//! How things are said: quotes, statuses, steps, spans, and one sentence for each event of a trace.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::facts::Facts;
use super::failure::{Failure, How};
use crate::http::{Method, Mode, reason_phrase};
use crate::id::{EventRef, Part};
use crate::json::{self, Node};
use crate::numbers;
use crate::time::Micros;
use crate::trace::{End, Exchange, ItemKind, Purpose, Why, letter};

/// The longest quote, in characters.
const QUOTE_CHARS: usize = 120;

/// So many of the revisions that a server names are repeated.
const REVISIONS: usize = 8;

/// Someone else's text as a quote on one line: cut, and what cannot be seen or turns the text around made visible.
pub(super) fn quote(text: &str) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        for c in word.chars() {
            if c.is_control() || is_invisible(c) {
                line.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
            } else {
                line.push(c);
            }
        }
    }
    match line.char_indices().nth(QUOTE_CHARS) {
        Some((end, _)) => format!("“{}…”", line[..end].trim_end()),
        None => format!("“{line}”"),
    }
}

/// Zero-width, joining and direction characters (Unicode general category Cf, the ones that mislead).
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// What a body says to a person: the message of a JSON error, the text of an HTML page, or the text itself.
pub(crate) fn words_in(body: &str) -> String {
    let body = body.trim();
    if body.starts_with('{') {
        let scan = json::scan(body);
        return scan.root(body).and_then(message_of).unwrap_or_else(|| body.to_string());
    }
    if is_html(body) {
        return html_text(body);
    }
    body.to_string()
}

/// The member of an error object that is meant for people; the order is from the most to the least telling.
fn message_of(node: Node<'_>) -> Option<String> {
    let text = |node: Node<'_>| node.as_str().filter(|text| !text.is_empty()).map(|text| text.into_owned());
    let nested = node.get("error").and_then(|error| error.get("message")).and_then(text);
    let flat = ["error_description", "message", "detail", "title", "error"];
    nested.or_else(|| flat.iter().find_map(|key| node.get(key).and_then(text)))
}

/// Whether a text is an HTML page.
pub(super) fn is_html(body: &str) -> bool {
    let start: String = body.trim_start().chars().take(200).collect::<String>().to_ascii_lowercase();
    start.starts_with("<!doctype") || start.starts_with("<html") || start.starts_with("<head") || start.starts_with("<body")
}

/// What an HTML page says: Express puts it in `pre`, proxies in `h1`, everyone else in `title`.
fn html_text(body: &str) -> String {
    let lower = body.to_ascii_lowercase();
    let element = |name: &str| {
        let open = lower.find(&format!("<{name}"))?;
        let start = open + lower[open..].find('>')? + 1;
        let end = start + lower[start..].find(&format!("</{name}"))?;
        let text = body.get(start..end)?.split('<').next()?.trim();
        (!text.is_empty()).then(|| text.to_string())
    };
    ["pre", "h1", "title"].iter().find_map(|name| element(name)).unwrap_or_else(|| "an HTML page".to_string())
}

/// A status as it stands on the wire: `404 Not Found`.
pub(super) fn status(status: u16) -> String {
    format!("{status} {}", reason_phrase(status)).trim_end().to_string()
}

/// What a request asked for, as a person names it: the JSON-RPC method, or what the HTTP request was for.
pub(super) fn step(exchange: &Exchange) -> String {
    match (exchange.method(), exchange.request.method, exchange.request.mode) {
        _ if exchange.purpose == Purpose::StartOver => "initialize without the session id".to_string(),
        _ if exchange.request.headers.has("last-event-id") => "the request for the rest of the stream".to_string(),
        (Some(method), ..) => method.to_string(),
        (_, _, Mode::Opaque) => "the opaque request".to_string(),
        (_, Method::Get, _) if exchange.request.url.path().starts_with("/.well-known/") => "the request for metadata".to_string(),
        (_, Method::Get, _) => "the request for an event stream".to_string(),
        (_, Method::Delete, _) => "the end of the session".to_string(),
        (_, Method::Post, _) => "an answer to the server".to_string(),
    }
}

/// The host, with the port where it is not the usual one.
pub(super) fn host(facts: &Facts<'_>) -> String {
    facts.trace.about.server.authority()
}

/// A session by its letter: `session A`.
pub(super) fn session(facts: &Facts<'_>, id: &str) -> String {
    let at = facts.trace.sessions().iter().position(|line| line.id == id);
    at.map_or_else(|| "the session".to_string(), |n| format!("session {}", letter(n)))
}

/// The span from one moment to a later one, in words.
pub(super) fn between(earlier: Micros, later: Micros) -> String {
    later.saturating_sub(earlier).to_string()
}

/// Names as people list them: `a`, `a and b`, `a, b and c`.
pub(super) fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The revisions that a refusal names, as a sentence of its own with a space in front; nothing when it names none.
pub(super) fn supported(failure: &Failure<'_>, facts: &Facts<'_>) -> String {
    let named = failure.supported(facts.trace);
    let is_date = |name: &str| name.len() == 10 && name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let said: Vec<String> =
        named.iter().take(REVISIONS).map(|name| if is_date(name) { name.clone() } else { quote(name) }).collect();
    if said.is_empty() { String::new() } else { format!(" It speaks {}.", list(&said)) }
}

/// One of a thing or several: `1 request`, `3 requests`.
pub(super) fn count(n: usize, one: &str) -> String {
    numbers::count(n as u64, one)
}

/// How a request was refused, the server's words quoted.
pub(super) fn refused(failure: &Failure<'_>) -> String {
    let words = failure.words();
    let said = if words.is_empty() { ", without a word".to_string() } else { format!(": {}", quote(&words)) };
    let asked = capital(&step(failure.exchange));
    match failure.how {
        How::Status(code) => format!("{asked} was answered with {}{said}.", status(code)),
        How::Error(Some(code)) => format!("{asked} was answered with error {code}{said}."),
        _ => format!("{asked} was answered with an error{said}."),
    }
}

/// One event as a sentence.
pub(super) fn event(facts: &Facts<'_>, at: EventRef) -> String {
    let Some(exchange) = facts.trace.exchange(at.exchange) else { return String::new() };
    match at.part {
        Part::Request => request(facts, exchange),
        Part::Response => response(facts, exchange),
        Part::Item(_) => item(facts, exchange, at),
        Part::End => end(exchange),
    }
}

fn request(facts: &Facts<'_>, exchange: &Exchange) -> String {
    let with = match (exchange.session_sent().map(|id| session(facts, id)), exchange.sent_token()) {
        (Some(session), true) => format!(" with {session} and a token"),
        (Some(session), false) => format!(" with {session}"),
        (None, true) => " with a token".to_string(),
        (None, false) => String::new(),
    };
    format!("{} was sent{with}.", capital(&step(exchange)))
}

fn response(facts: &Facts<'_>, exchange: &Exchange) -> String {
    let Some((at, head)) = &exchange.response else { return format!("{} got no response.", capital(&step(exchange))) };
    let after = between(exchange.at, *at);
    if head.status == 0 {
        return format!("Something answered {} after {after}; a page may not see what.", step(exchange));
    }
    let said = if head.is_success() { String::new() } else { said(facts, exchange) };
    let issued = facts.trace.sessions().iter().find(|line| line.issued == Some(EventRef::response(exchange.id)));
    let issued = issued.map(|line| format!(" and {}", session(facts, &line.id))).unwrap_or_default();
    format!("{} was answered with {}{issued} after {after}{said}.", capital(&step(exchange)), status(head.status))
}

/// `: “Session not found”`, or nothing when the body is empty.
fn said(facts: &Facts<'_>, exchange: &Exchange) -> String {
    let words = facts.failure(|failure| failure.exchange.id == exchange.id).map(|failure| failure.words());
    words.filter(|words| !words.is_empty()).map(|words| format!(": {}", quote(&words))).unwrap_or_default()
}

fn item(facts: &Facts<'_>, exchange: &Exchange, at: EventRef) -> String {
    let Some(item) = facts.trace.item(at) else { return String::new() };
    // With HTTP+SSE the answer to one request comes in the exchange of another.
    let exchange = facts.trace.exchange(facts.about(at)).unwrap_or(exchange);
    let error = item.messages.iter().find_map(|placed| placed.message.error());
    let asked = step(exchange);
    match (&item.what, error) {
        (_, Some((Some(code), message))) => format!("{} was answered with error {code}: {}.", capital(&asked), quote(message)),
        (_, Some((None, message))) => format!("{} was answered with an error: {}.", capital(&asked), quote(message)),
        _ if item.is_endpoint() => "The event stream said where to send messages.".to_string(),
        (ItemKind::Truncated(_), _) => format!("The event stream for {asked} ended inside an event."),
        _ if exchange.succeeded() && exchange.answer == Some(at) => format!("{} was answered with a result.", capital(&asked)),
        (ItemKind::Body, _) => {
            let body = facts.trace.body_start(exchange.id, QUOTE_CHARS * 2);
            format!("The body of the answer to {asked} begins with {}.", quote(&body))
        }
        _ => format!("An event arrived on the stream for {asked}."),
    }
}

fn end(exchange: &Exchange) -> String {
    let asked = step(exchange);
    if let Some((at, why)) = exchange.aborted {
        let after = between(exchange.at, at);
        return match why {
            Why::TimedOut => format!("{} was given up after {after}.", capital(&asked)),
            Why::TooLarge => format!("The answer to {asked} was given up: it is too large to read here."),
            Why::Stopped => format!("{} was stopped after {after}.", capital(&asked)),
            Why::Done => format!("{} was closed here after {after}.", capital(&asked)),
        };
    }
    let bytes = exchange.reply.bytes;
    match &exchange.end {
        Some((at, End::Failed(text))) => {
            format!("{} failed after {} without a response: {}.", capital(&asked), between(exchange.at, *at), quote(text))
        }
        Some((at, End::Cut(_))) => {
            format!("The answer to {asked} broke off after {} and {}.", between(exchange.at, *at), count_bytes(bytes))
        }
        Some((at, _)) => format!("The answer to {asked} ended after {} and {}.", between(exchange.at, *at), count_bytes(bytes)),
        None => format!("{} is still open.", capital(&asked)),
    }
}

/// A number of bytes as people say it.
pub(super) fn count_bytes(bytes: u64) -> String {
    match bytes {
        1 => "1 byte".to_string(),
        0..10_000 => format!("{bytes} bytes"),
        10_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}

/// The text with a capital first letter, unless it begins with the name of a method.
pub(super) fn capital(text: &str) -> String {
    let method = text.split_whitespace().next().is_some_and(|word| word.contains('/') || word == "initialize" || word == "ping");
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if !method => [first.to_ascii_uppercase()].into_iter().chain(chars).collect(),
        _ => text.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_one_line_cut_and_shows_what_hides() {
        assert_eq!(quote(" a\n  b\u{202E}c "), "“a b\\u{202e}c”");
        assert!(quote(&"x".repeat(500)).ends_with("x…”"));
    }

    #[test]
    fn the_words_of_a_body_are_the_part_meant_for_people() {
        for (body, words) in [
            (
                r#"{"jsonrpc":"2.0","id":"server-error","error":{"code":-32600,"message":"Session not found"}}"#,
                "Session not found",
            ),
            (r#"{"error": "invalid_token", "error_description": "Authentication required"}"#, "Authentication required"),
            (r#"{"detail":"Not Found"}"#, "Not Found"),
            (
                "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<title>Error</title>\n</head>\n<body>\n<pre>Cannot POST /nope</pre>\n</body>\n</html>\n",
                "Cannot POST /nope",
            ),
            (
                "<html>\n<head><title>502 Bad Gateway</title></head>\n<body>\n<center><h1>502 Bad Gateway</h1></center>",
                "502 Bad Gateway",
            ),
            ("Not Found", "Not Found"),
        ] {
            assert_eq!(words_in(body), words);
        }
    }
}
