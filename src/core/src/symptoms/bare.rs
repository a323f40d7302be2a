//! A status and nothing else: what many programs show, and what people remember.

use alloc::vec;
use core::ops::Range;

use super::hits::Found;
use super::paste::{Line, Paste};
use super::read::Table;
use super::template::Hole;
use crate::http::reason_phrase;

/// The symptom of the table that says what such a text means.
const SYMPTOM: &str = "bare-status";

/// What announces a status.
const BEFORE: [&str; 14] = [
    "http/1.1 ",
    "http/1.0 ",
    "http/2 ",
    "http/3 ",
    "http error ",
    "http status ",
    "http ",
    "status code ",
    "status code: ",
    "statuscode: ",
    "status: ",
    "status=",
    "\"status\":",
    "responseerror: ",
];

/// Words that stand around a status when it is all that somebody knows.
const AROUND: [&str; 9] = ["error", "http", "status", "code", "a", "got", "server", "returned", "response"];

/// The last status of a paste that stands there as one; `None` where none does.
pub(super) fn find<'t>(table: &'t Table, paste: &Paste) -> Option<Found<'t>> {
    let symptom = table.symptom(SYMPTOM)?;
    let (line, range) = paste.lines.iter().enumerate().rev().find_map(|(at, line)| Some((at, status_in(line)?)))?;
    let status = paste.lines[line].text[range.clone()].into();
    Some(Found { symptom, line, range, holes: vec![(Hole::Status, status)], weight: 0, of_server: false })
}

/// Where a line has a status: announced, with its reason phrase behind it, or alone.
fn status_in(line: &Line) -> Option<Range<usize>> {
    let lower = line.lower.as_str();
    // A line for each request says of many that went well, and a package manager speaks of its own server.
    if lower.starts_with("npm ")
        || lower.contains(" http/1.1\"")
        || lower.contains(" http/1.0\"")
        || lower.contains(" http/2.0\"")
    {
        return None;
    }
    let announced = BEFORE.iter().find_map(|words| {
        let at = lower.find(words)? + words.len();
        let at = at + lower[at..].len() - lower[at..].trim_start().len();
        status_at(lower, at).filter(|status| *status >= 400).map(|_| at..at + 3)
    });
    announced.or_else(|| with_reason(lower)).or_else(|| alone(lower))
}

/// The status that is written at a place, as a number of its own.
fn status_at(lower: &str, at: usize) -> Option<u16> {
    let digits = lower.get(at..at + 3).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let inner = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let before = lower[..at].chars().next_back().filter(|c| inner(*c) || matches!(c, '.' | '#' | '$'));
    let rest = &lower[at + 3..];
    let goes_on = rest.starts_with(inner) || rest.starts_with('.') && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    digits.parse().ok().filter(|status| (300..600).contains(status) && before.is_none() && !goes_on)
}

/// `502 Bad Gateway`, `404, message='Not Found'`
fn with_reason(lower: &str) -> Option<Range<usize>> {
    let digits = lower.match_indices(['3', '4', '5']).map(|(at, _)| at);
    digits.filter_map(|at| Some((at, status_at(lower, at)?))).find_map(|(at, status)| {
        let rest = lower[at + 3..].trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
        let rest = rest.strip_prefix("message='").unwrap_or(rest);
        let reason = reason_phrase(status).to_ascii_lowercase();
        (!reason.is_empty() && rest.starts_with(&reason)).then_some(at..at + 3)
    })
}

/// `404`, `Error 401:`
fn alone(lower: &str) -> Option<Range<usize>> {
    let at = lower.find(|c: char| c.is_ascii_digit())?;
    status_at(lower, at).filter(|status| *status >= 400)?;
    let mut words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.all(|word| AROUND.contains(&word) || lower[at..].starts_with(word)).then_some(at..at + 3)
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::*;

    fn status(text: &str) -> Option<String> {
        let paste = Paste::read(text);
        let line = paste.lines.first()?;
        status_in(line).map(|range| line.text[range].into())
    }

    #[test]
    fn a_status_is_one_where_it_is_announced_explained_or_alone() {
        for text in [
            "404",
            "HTTP 404",
            "HTTP 404 Not Found",
            "Error: 404",
            "404 Not Found",
            "< HTTP/2 404",
            "HTTP/1.1 404 Not Found",
            "got a 404",
            "Request failed with status code 404",
            "ClientResponseError: 404, message='Not Found', url='https://x.example/mcp'",
            "nginx: 404 (Not Found)",
        ] {
            assert_eq!(status(text).as_deref(), Some("404"), "{text}");
        }
    }

    #[test]
    fn other_numbers_are_none() {
        for text in [
            "processed 404 orders",
            "404 orders",
            "port 4040",
            "http://x:404/",
            "1.404",
            "404.5 ms",
            "HTTP 200 OK",
            "npm error 404 Not Found - GET https://registry.npmjs.org/x",
            "\"GET /health HTTP/1.1\" 404 Not Found",
            "line 404: Bad Request",
            "é404",
        ] {
            assert_eq!(status(text), None, "{text}");
        }
    }
}
