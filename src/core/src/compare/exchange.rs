//! Two exchanges beside one another: what was sent, what came, how long it took, how it ended.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::body;
use super::headers::{self, Fields, Unseen};
use super::known::{How, judge};
use super::side::Side;
use super::timing;
use crate::http::{ResponseHead, Sight, reason_phrase};
use crate::json;
use crate::limits::COMPARE_LINES;
use crate::sse::Inside;
use crate::trace::{End, Exchange, ItemKind, Lack, Why};

/// Characters of a value that are shown.
const VALUE_CHARS: usize = 240;

/// Which part of two exchanges is compared, in the order on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The request line.
    Request,
    /// The headers of the request.
    Sent,
    /// The body of the request.
    Asked,
    /// The status, and where redirects led.
    Status,
    /// The headers of the answer.
    Headers,
    /// The body of the answer; of an event stream, item by item.
    Body,
    /// How long it took.
    Timing,
    /// How it ended.
    End,
}

impl Part {
    /// Every part, in the order shown.
    pub const ALL: [Self; 8] =
        [Self::Request, Self::Sent, Self::Asked, Self::Status, Self::Headers, Self::Body, Self::Timing, Self::End];

    /// What it is called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Request => "Request",
            Self::Sent => "Headers sent",
            Self::Asked => "Body sent",
            Self::Status => "Status",
            Self::Headers => "Headers received",
            Self::Body => "Body received",
            Self::Timing => "Timing",
            Self::End => "End",
        }
    }

    /// The word for it in the list of steps.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Request | Self::Sent | Self::Asked => "request",
            Self::Status => "status",
            Self::Headers => "headers",
            Self::Body => "body",
            Self::Timing => "timing",
            Self::End => "end",
        }
    }

    /// Whether this side sent it.
    pub const fn is_sent(self) -> bool {
        matches!(self, Self::Request | Self::Sent | Self::Asked)
    }
}

/// One place of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where: the name of a header, a JSON Pointer, the number of an item.
    pub place: String,
    /// What stands there on the left, cut to a length; `None` for nothing.
    pub left: Option<String>,
    /// What stands there on the right.
    pub right: Option<String>,
    /// How they relate.
    pub how: How,
}

/// One part of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Which.
    pub part: Part,
    /// What is worth a line: all but what says the same. Of the timing every line.
    pub lines: Vec<Line>,
    /// How many places say the same.
    pub alike: usize,
    /// How many more places differ than there are lines for.
    pub more: usize,
}

impl Section {
    /// Whether it differs in something that says something.
    pub fn differs(&self) -> bool {
        self.more > 0 || self.lines.iter().any(|line| line.how == How::Differs)
    }
}

/// The lines of a section while it is made.
pub(super) struct Lines<'a> {
    section: &'a mut Section,
    /// What goes before every place.
    prefix: String,
}

impl Lines<'_> {
    /// Adds a place; what says the same is counted.
    pub(super) fn add(&mut self, place: &str, left: Option<String>, right: Option<String>, how: How) {
        match how {
            How::Same if self.section.part != Part::Timing => self.section.alike += 1,
            How::Differs if self.are_full() => self.section.more += 1,
            _ if self.are_full() => {}
            _ => {
                let place = format!("{}{place}", self.prefix);
                self.section.lines.push(Line { place, left, right, how });
            }
        }
    }

    /// Whether there is no room for more lines.
    pub(super) const fn are_full(&self) -> bool {
        self.section.lines.len() >= COMPARE_LINES
    }

    /// Counts places that differ and have no line.
    pub(super) const fn leave_out(&mut self, count: usize) {
        self.section.more += count;
    }

    /// Lines that belong to one item.
    pub(super) fn within<'b>(&'b mut self, prefix: &str) -> Lines<'b> {
        Lines { section: self.section, prefix: prefix.to_owned() }
    }
}

/// A value as a line shows it: on one line, cut to a length.
pub(super) fn shown(text: &str) -> String {
    json::preview(text, VALUE_CHARS)
}

/// An exchange in its recording.
pub(super) type Of<'a> = (&'a Side<'a>, &'a Exchange);

/// Compares two exchanges, part by part. `budget` is how many bytes of bodies may be read; it is used up.
pub(super) fn compare(left: Of<'_>, right: Of<'_>, budget: &mut usize) -> Vec<Section> {
    let section = |part: Part, fill: &mut dyn FnMut(&mut Lines<'_>)| {
        let mut section = Section { part, lines: Vec::new(), alike: 0, more: 0 };
        fill(&mut Lines { section: &mut section, prefix: String::new() });
        section
    };
    Part::ALL
        .map(|part| {
            section(part, &mut |lines| match part {
                Part::Request => request(left, right, lines),
                Part::Sent => sent(left, right, lines),
                Part::Asked => body::asked(left, right, budget, lines),
                Part::Status => status(left, right, lines),
                Part::Headers => received(left, right, lines),
                Part::Body => body::received(left, right, budget, lines),
                Part::Timing => timing::compare(left, right, lines),
                Part::End => end(left, right, lines),
            })
        })
        .into_iter()
        .filter(|section| !section.lines.is_empty() || section.alike > 0 || section.more > 0)
        .collect()
}

fn request(left: Of<'_>, right: Of<'_>, lines: &mut Lines<'_>) {
    let methods = [left, right].map(|(_, exchange)| exchange.request.method.as_str());
    let how = if methods[0] == methods[1] { How::Same } else { How::Differs };
    lines.add("method", Some(methods[0].to_owned()), Some(methods[1].to_owned()), how);
    // That two recordings are of two servers is no difference of every request.
    let own = |(side, exchange): Of<'_>| exchange.request.url == side.trace.about.server;
    if own(left) && own(right) {
        return;
    }
    let [one, other] = [left, right].map(address);
    let how = judge((&one, left.0.veil), (&other, right.0.veil));
    lines.add("address", Some(shown(&one)), Some(shown(&other)), how);
}

/// The address of a request, without its server if that is the one of the recording, and without the id of a session.
fn address((side, exchange): Of<'_>) -> String {
    let url = &exchange.request.url;
    let is_own = url.origin() == side.trace.about.server.origin();
    side.without_session(&if is_own { url.target().to_owned() } else { url.to_string() })
}

fn sent(left: Of<'_>, right: Of<'_>, lines: &mut Lines<'_>) {
    let [one, other] = [&left, &right].map(|(side, exchange)| Fields {
        headers: &exchange.request.headers,
        unseen: match side.trace.about.page {
            _ if exchange.lacks.has(Lack::RequestHeaders) => Unseen::Everything,
            Some(_) => Unseen::ByBrowser,
            None => Unseen::Nothing,
        },
        veil: side.veil,
        token: &side.trace.about.token,
    });
    headers::compare(&one, &other, lines);
}

fn status(left: Of<'_>, right: Of<'_>, lines: &mut Lines<'_>) {
    let says = |(_, exchange): Of<'_>| match exchange.head() {
        Some(head) if head.sight == Sight::Opaque => Err("hidden by the browser"),
        Some(head) if head.status == 0 => Err("not recorded"),
        Some(head) => Ok(format!("{} {}", head.status, reason_phrase(head.status)).trim_end().to_owned()),
        None if exchange.is_over() => Ok("no answer".to_owned()),
        None => Err("not recorded"),
    };
    let (one, other) = (says(left), says(right));
    let how = match (&one, &other) {
        (Ok(one), Ok(other)) if one == other => How::Same,
        (Ok(_), Ok(_)) => How::Differs,
        _ => How::NotKnown,
    };
    let text = |says: Result<String, &str>| Some(says.unwrap_or_else(str::to_owned));
    lines.add("status", text(one), text(other), how);
    let to = |(_, exchange): Of<'_>| exchange.head().and_then(|head| head.redirected_to.clone());
    if let (one, other) = (to(left), to(right))
        && (one.is_some() || other.is_some())
    {
        let how = if one.is_some() == other.is_some() { How::Same } else { How::Differs };
        lines.add("redirected to", one.map(|text| shown(&text)), other.map(|text| shown(&text)), how);
    }
}

fn received<'a>(left: Of<'a>, right: Of<'a>, lines: &mut Lines<'_>) {
    // Without an answer there are none, which the status says.
    let (Some(one), Some(other)) = (left.1.head(), right.1.head()) else { return };
    let fields = |side: &Side<'a>, head: &'a ResponseHead| Fields {
        headers: &head.headers,
        unseen: Unseen::of(head.sight),
        veil: side.veil,
        token: &side.trace.about.token,
    };
    let (one, other) = (fields(left.0, one), fields(right.0, other));
    headers::compare(&one, &other, lines);
}

fn end(left: Of<'_>, right: Of<'_>, lines: &mut Lines<'_>) {
    let [one, other] = [left, right].map(|(_, exchange)| ending(exchange));
    let how = match (&one, &other) {
        (Some((one, _)), Some((other, _))) if one == other => How::Same,
        (Some(_), Some(_)) => How::Differs,
        _ => How::NotKnown,
    };
    let text =
        |end: Option<(&'static str, String)>| end.map_or("not recorded".to_string(), |(kind, said)| kind.to_owned() + &said);
    lines.add("ended", Some(text(one)), Some(text(other)), how);
}

/// How an exchange ended, and what was said of it; `None` while nothing says that it did.
fn ending(exchange: &Exchange) -> Option<(&'static str, String)> {
    let cut_short = exchange.reply.items.last().map(|item| &item.what);
    let said = |text: &str| if text.is_empty() { String::new() } else { format!(": {}", shown(text)) };
    if let Some((_, why)) = exchange.aborted {
        let why = match why {
            Why::Stopped => "stopped by the person",
            Why::TimedOut => "given up: no answer within the limit",
            Why::TooLarge => "given up: too large to read",
            // The client needed no more of it, so it came to its end.
            Why::Done => "complete",
        };
        return Some((why, String::new()));
    }
    let (_, end) = exchange.end.as_ref()?;
    Some(match (end, cut_short) {
        (End::Complete, Some(ItemKind::Truncated(Inside::Character))) => ("ended inside a character", String::new()),
        (End::Complete, Some(ItemKind::Truncated(_))) => ("ended inside an event", String::new()),
        (End::Complete, _) => ("complete", String::new()),
        (End::Failed(text), _) => ("no response", said(text)),
        (End::Cut(text), _) => ("broke off", said(text)),
        (End::Aborted, _) => ("given up by the client", String::new()),
    })
}
