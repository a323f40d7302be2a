//! One exchange as another program wrote it down, and traces made of many.

use alloc::string::String;
use alloc::vec::Vec;

use super::protocol::{is_metadata, names_endpoint, purpose};
use super::secrets;
use crate::http::{Headers, Method, Mode, Request, ResponseHead, Url};
use crate::id::ExchangeId;
use crate::limits::REQUEST_TIMEOUT;
use crate::mcp::Ask;
use crate::sort::sort_by;
use crate::time::{Micros, Wall};
use crate::trace::{About, End, Lacks, Permission, Purpose, Record, TokenFacts, Trace, What};

/// Stands for an address that a source does not hold: a name that can never resolve (RFC 2606 §2).
pub(super) const NOWHERE: &str = "http://unknown.invalid";

/// One exchange.
#[derive(Debug)]
pub(super) struct Entry {
    /// When the request left, if that is known.
    pub at: Option<Wall>,
    /// The request.
    pub request: Request,
    /// The head of the response; `None` when none came.
    pub head: Option<ResponseHead>,
    /// The body of the response, as far as the source holds it.
    pub body: Vec<u8>,
    /// Bytes of the body that came and that the source does not hold.
    pub missing: u64,
    /// From the request to the head.
    pub wait: Micros,
    /// From the head to the end.
    pub receive: Micros,
    /// How it ended; `None` when the source does not hold the body, so that nobody knows what was in it.
    pub end: Option<End>,
    /// Why it was sent, if the source says.
    pub purpose: Option<Purpose>,
    /// What the source does not hold of it.
    pub lacks: Lacks,
}

impl Entry {
    /// A request without an answer so far.
    pub(super) fn new(method: Method, url: Url, headers: Headers, body: String) -> Self {
        let request = Request { method, url, headers, body, secret_field: None, mode: Mode::Cors };
        Self {
            at: None,
            request,
            head: None,
            body: Vec::new(),
            missing: 0,
            wait: Micros::ZERO,
            receive: Micros::ZERO,
            end: Some(End::Complete),
            purpose: None,
            lacks: Lacks::default(),
        }
    }

    /// The server it went to: the address without query, and without the slash that servers add by a redirect.
    fn server(&self) -> String {
        let address = self.request.url.without_query();
        String::from(address.trim_end_matches('/'))
    }
}

/// A trace for each server, the one with the most exchanges first. What has no time happened when the one before it did. `hidden`: the source leaves credentials out, so that nobody knows
/// whether there were any.
pub(super) fn traces(mut entries: Vec<Entry>, hidden: bool) -> Vec<Trace> {
    let mut known = entries.iter().find_map(|entry| entry.at);
    for entry in &mut entries {
        known = entry.at.or(known);
        entry.at = known;
    }
    sort_by(&mut entries, |entry| [entry.at.map_or(0, |at| at.0.max(0).unsigned_abs()), 0, 0]);
    let mut groups: Vec<(String, Vec<Entry>)> = Vec::new();
    let mut early: Vec<Entry> = Vec::new();
    let endpoints: Vec<(String, String)> = entries.iter().filter_map(endpoint).collect();
    for entry in redirects(entries) {
        let own = entry.server();
        let server = endpoints.iter().find(|(posts, _)| *posts == own).map_or(own, |(_, stream)| stream.clone());
        // What is said of where tokens come from belongs to the server that was asked before, or to the first one.
        if is_metadata(&entry) {
            match groups.last_mut() {
                Some((_, group)) => group.push(entry),
                None => early.push(entry),
            }
            continue;
        }
        match groups.iter_mut().find(|(known, _)| *known == server) {
            Some((_, group)) => group.push(entry),
            None => {
                let mut group = core::mem::take(&mut early);
                group.push(entry);
                groups.push((server, group));
            }
        }
    }
    if !early.is_empty() {
        groups.push((String::new(), early));
    }
    sort_by(&mut groups, |(_, group)| [u64::MAX - group.len() as u64, 0, 0]);
    groups.into_iter().filter_map(|(_, group)| trace(group, hidden)).collect()
}

/// Where a stream of HTTP+SSE says to post messages, and the server that it belongs to.
fn endpoint(entry: &Entry) -> Option<(String, String)> {
    if !names_endpoint(entry) {
        return None;
    }
    let text = String::from_utf8_lossy(&entry.body);
    let mut lines = text.lines().skip_while(|line| line.strip_prefix("event:").is_none_or(|kind| kind.trim() != "endpoint"));
    let place = lines.find_map(|line| line.strip_prefix("data:"))?;
    let posts = entry.request.url.join(place.trim())?.without_query();
    Some((String::from(posts.trim_end_matches('/')), entry.server()))
}

/// The entries with each redirect and what it led to as one exchange, as a page sees it.
fn redirects(entries: Vec<Entry>) -> Vec<Entry> {
    let mut joined: Vec<Entry> = Vec::new();
    for entry in entries {
        match joined.last_mut() {
            Some(before) if leads_to(before, &entry) => {
                before.wait = before.wait.saturating_add(before.receive).saturating_add(entry.wait);
                before.receive = entry.receive;
                before.head = entry.head.map(|head| ResponseHead {
                    redirected_to: Some(alloc::format!("{}{}", entry.request.url.origin(), entry.request.url.target())),
                    ..head
                });
                (before.body, before.missing, before.end) = (entry.body, entry.missing, entry.end);
            }
            _ => joined.push(entry),
        }
    }
    joined
}

fn leads_to(before: &Entry, next: &Entry) -> bool {
    let Some(head) = before.head.as_ref().filter(|head| (300..400).contains(&head.status)) else { return false };
    let place = head.headers.get("location").and_then(|place| before.request.url.join(place));
    place.is_some_and(|place| place == next.request.url)
}

/// What is known of the circumstances of another program's recording.
pub(super) fn about(server: Url, began: Option<Wall>, token: TokenFacts, lacks: Lacks) -> About {
    About {
        server,
        began,
        page: None,
        ask: Ask::Auto,
        timeout: Micros(REQUEST_TIMEOUT),
        token,
        token_flaws: Vec::new(),
        extra_headers: Vec::new(),
        local_network: Permission::Unknown,
        lacks,
    }
}

fn trace(mut entries: Vec<Entry>, hidden: bool) -> Option<Trace> {
    let server = entries.iter().find(|entry| !is_metadata(entry)).or_else(|| entries.first())?.request.url.clone();
    let token = match secrets::take_out(&mut entries) {
        TokenFacts::None if hidden => TokenFacts::Unknown,
        token => token,
    };
    let began = entries.iter().filter_map(|entry| entry.at).min();
    let lacks = entries.iter().fold(Lacks::default(), |all, entry| all.or(entry.lacks));
    let about = about(server, began, token, lacks);
    let mut records: Vec<Record> = Vec::new();
    for (n, entry) in entries.into_iter().enumerate() {
        let id = ExchangeId(u32::try_from(n + 1).ok()?);
        let at = entry.at.zip(began).map_or(Micros::ZERO, |(at, began)| at.saturating_sub(began));
        let answered = at.saturating_add(entry.wait);
        let over = answered.saturating_add(entry.receive);
        let purpose = entry.purpose.unwrap_or_else(|| purpose(&entry));
        let mut record = |at: Micros, what: What| records.push(Record { at, what });
        record(at, What::Request(id, purpose, entry.request));
        if let Some(head) = entry.head {
            record(answered, What::Response(id, head));
        }
        if !entry.body.is_empty() {
            record(over, What::Chunk(id, entry.body));
        }
        if entry.missing > 0 {
            record(over, What::Dropped(id, entry.missing));
        }
        if let Some(end) = entry.end {
            record(over, What::End(id, end));
        }
    }
    sort_by(&mut records, |record| [record.at.0, 0, 0]);
    Some(Trace::of(about, records))
}
