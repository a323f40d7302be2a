//! HTTP Archive 1.2, as Chrome, Firefox, HTTP Toolkit and this program write it. An entry is read only as far as it is of interest.

mod scan;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use base64ct::{Base64, Encoding};

use scan::{Part, Scanner};

use super::entry::{Entry, traces};
use super::parts::Parts;
use super::protocol::{is_of_the_protocol, may_be_of_the_protocol};
use super::{ImportError, Imported};
use crate::http::{Headers, Method, ResponseHead, Sight, Url};
use crate::limits::{RECORDING_EXCHANGES, TRACE_BYTES};
use crate::numbers::count;
use crate::time::{Micros, Wall};
use crate::trace::{End, Lack, Lacks, Purpose};

/// How Chrome calls itself in what it writes. It leaves credentials out unless somebody asks for them.
const CHROME: &str = "WebInspector";

/// Whether a text is HAR: an object that begins with the member `log`.
pub(super) fn is_har(text: &str) -> bool {
    let rest = text.strip_prefix('{').map(str::trim_start).and_then(|rest| rest.strip_prefix("\"log\""));
    rest.is_some_and(|rest| rest.trim_start().starts_with(':'))
}

/// Reads an archive.
pub(super) fn read(text: &str) -> Result<Imported, ImportError> {
    let mut reader = Reader::new();
    reader.feed(text);
    reader.finish()
}

/// Reads an archive that comes in pieces. Held are the exchanges of the protocol, and at most one entry beside them.
#[derive(Debug)]
pub(super) struct Reader {
    scanner: Scanner,
    found: Found,
}

/// What was found so far.
#[derive(Debug, Default)]
struct Found {
    creator: String,
    entries: Vec<Entry>,
    bytes: usize,
    left_out: LeftOut,
}

impl Reader {
    /// At the beginning.
    pub(super) fn new() -> Self {
        Self { scanner: Scanner::new(), found: Found::default() }
    }

    /// Reads on.
    pub(super) fn feed(&mut self, piece: &str) {
        let found = &mut self.found;
        self.scanner.feed(piece, &mut |part| match part {
            Part::Creator(text) => found.creator = String::from(text),
            Part::Entry(text) => found.take(text),
            Part::TooLong => found.left_out.too_long += 1,
        });
    }

    /// What was read. An archive that is broken is what comes before that, unless there is nothing.
    pub(super) fn finish(self) -> Result<Imported, ImportError> {
        let Found { creator, entries, left_out, .. } = self.found;
        let broken = self.scanner.broken_at();
        if entries.is_empty() {
            let others = ImportError::NothingOfTheProtocol(left_out.others);
            return Err(broken.map_or(others, |at| ImportError::NotJson { at }));
        }
        let mut notes = left_out.notes();
        if let Some(at) = broken {
            notes.push(match self.scanner.is_cut_off() {
                true => "The end of the file is missing: what came last is not known.".into(),
                false => format!("The file goes wrong at byte {at}: what comes after that is not known."),
            });
        }
        let creator = Parts::of(&creator);
        let (name, version) = (creator.text("name").unwrap_or_default(), creator.text("version").unwrap_or_default());
        let credentials =
            entries.iter().any(|entry| entry.request.headers.has("authorization") || entry.request.headers.has("cookie"));
        let hidden = name == CHROME && !credentials;
        if hidden {
            notes.push("It holds no credentials, as Chrome leaves them out of the HAR files it calls sanitized: whether a token was sent is not known.".into());
        }
        let bodies = entries.iter().filter(|entry| entry.end.is_none()).count();
        if bodies > 0 {
            notes.push(format!("The file does not hold the {}: what was said in it is not known.", bodies_of(bodies)));
        }
        Ok(Imported {
            source: String::from(format!("HAR of {name} {version}").trim_end()),
            traces: traces(entries, hidden),
            notes,
        })
    }
}

impl Found {
    /// Takes an entry, if it is of the protocol.
    fn take(&mut self, text: &str) {
        let Some(entry) = entry(text, &mut self.left_out) else { return };
        let bytes = entry.request.body.len() + entry.body.len();
        if self.entries.len() >= RECORDING_EXCHANGES || self.bytes + bytes > TRACE_BYTES {
            self.left_out.more += 1;
            return;
        }
        self.bytes += bytes;
        self.entries.push(entry);
    }
}

fn bodies_of(answers: usize) -> String {
    if answers == 1 { "body of 1 answer".into() } else { format!("bodies of {}", count(answers as u64, "answer")) }
}

/// What was left out, by why.
#[derive(Debug, Default)]
struct LeftOut {
    others: usize,
    preflights: usize,
    /// Longer than what is read of one.
    too_long: usize,
    /// Of the protocol, beyond what one recording holds.
    more: usize,
}

impl LeftOut {
    fn notes(&self) -> Vec<String> {
        let note = |n: usize, thing: &str, why: &str| (n > 0).then(|| format!("{} left out: {why}.", count(n as u64, thing)));
        let notes = [
            note(self.others, "request", "not of the protocol"),
            note(self.preflights, "preflight", "what a browser asks before it sends a request is not shown here"),
            note(self.too_long, "request", "too long to be read"),
            note(self.more, "exchange", "more than this page holds, the later ones"),
        ];
        notes.into_iter().flatten().collect()
    }
}

/// An entry, if it is of the protocol.
fn entry(text: &str, left_out: &mut LeftOut) -> Option<Entry> {
    let parts = Parts::of(text);
    let entry = exchange(&parts);
    match entry {
        Some(entry) if entry.purpose.is_some() || is_of_the_protocol(&entry) => Some(entry),
        _ if parts.parts("request").text("method").as_deref() == Some("OPTIONS") => {
            left_out.preflights += 1;
            None
        }
        _ => {
            left_out.others += 1;
            None
        }
    }
}

fn exchange(parts: &Parts<'_>) -> Option<Entry> {
    let sent = parts.parts("request");
    let method = Method::parse(&sent.text("method")?)?;
    let url = Url::parse(&sent.text("url")?).ok()?;
    let body = sent.parts("postData").text("text").unwrap_or_default();
    let mut entry = Entry::new(method, url, headers(&sent), body);
    entry.purpose = parts.text("_purpose").and_then(|word| Purpose::parse(&word));
    entry.lacks = parts.text("_lacks").map(|words| Lacks::of(words.split(' ').filter_map(Lack::parse))).unwrap_or_default();
    // Most entries of an archive are of something else; their bodies are not read.
    if entry.purpose.is_none() && !may_be_of_the_protocol(&entry) {
        return None;
    }
    entry.at = parts.text("startedDateTime").and_then(|at| Wall::parse(&at));
    let timings = parts.parts("timings");
    let all = parts.span("time");
    entry.receive = timings.span("receive").unwrap_or(Micros::ZERO);
    entry.wait = all.map_or_else(|| timings.span("wait").unwrap_or(Micros::ZERO), |all| all.saturating_sub(entry.receive));
    let error = parts.text("_error").or_else(|| parts.parts("response").text("_error")).filter(|error| !error.is_empty());
    answer(&mut entry, &parts.parts("response"), parts.text("_sight").as_deref());
    match (error, &entry.head) {
        (Some(error), Some(_)) => entry.end = Some(End::Cut(error)),
        (Some(error), None) => entry.end = Some(End::Failed(error)),
        (None, None) => entry.end = Some(End::Failed(String::from("no answer is in the file"))),
        (None, Some(_)) => {}
    }
    // How it went on is not in the log that the archive was made of.
    if entry.lacks.has(Lack::Http) || entry.lacks.has(Lack::Answers) {
        entry.end = None;
    }
    Some(entry)
}

fn answer(entry: &mut Entry, response: &Parts<'_>, sight: Option<&str>) {
    let status = response.number("status").and_then(|status| u16::try_from(status).ok()).unwrap_or(0);
    let sight = sight.and_then(Sight::parse).unwrap_or(Sight::Full);
    if status == 0 && sight != Sight::Opaque && !sight.is_body_alone() {
        return;
    }
    entry.head = Some(ResponseHead { status, redirected_to: None, headers: headers(response), sight });
    let content = response.parts("content");
    let text = content.text("text").filter(|text| !text.is_empty());
    // A member that is not there says nothing; only these answers have no body (RFC 9110 §6.4.1), or none that matters.
    let without = matches!(status, 202 | 204 | 300..400) || content.number("size") == Some(0) && content.get("text").is_some();
    let is_missing = text.is_none() && !without && sight != Sight::Opaque;
    entry.body = match (content.text("encoding").as_deref(), text) {
        (Some("base64"), Some(text)) => Base64::decode_vec(&text).unwrap_or_default(),
        (_, Some(text)) => text.into_bytes(),
        (_, None) => Vec::new(),
    };
    if is_missing {
        entry.missing = content.number("size").unwrap_or(0);
        entry.end = None;
    }
}

/// The headers but for those of HTTP/2 that are none (RFC 9113 §8.3).
fn headers(parts: &Parts<'_>) -> Headers {
    let mut headers = Headers::new();
    for header in parts.items("headers") {
        let header = Parts::of(header);
        if let (Some(name), Some(value)) = (header.text("name").filter(|name| !name.starts_with(':')), header.text("value")) {
            headers.push(&name, value);
        }
    }
    headers
}
