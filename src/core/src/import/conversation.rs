//! A recording made of messages alone, as logs hold them: who said what, in which order, and sometimes when.
//!
//! Each message of the client becomes an exchange. What the server says belongs to the request that it answers; what answers nothing
//! to the request that is open, or to the last one.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::entry::about;
use super::secrets;
use crate::http::{Headers, Method, Mode, Request, ResponseHead, Sight, Url};
use crate::id::ExchangeId;
use crate::limits::{RECORDING_EXCHANGES, TRACE_BYTES};
use crate::numbers::count;
use crate::rpc::{self, Id, Message};
use crate::sort::sort_by;
use crate::time::{Micros, Wall};
use crate::trace::{End, Lack, Lacks, Purpose, Record, TokenFacts, Trace, What};

/// Who said a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    Client,
    Server,
}

/// One message, or a batch of them.
pub(super) struct Said {
    /// When, if that is known.
    pub at: Option<Wall>,
    /// Who, if the source says.
    pub who: Option<Who>,
    /// The JSON, as it stands in the source.
    pub text: String,
}

/// A recording, and what of the source is not in it.
pub(super) struct Conversation {
    pub trace: Trace,
    /// Answers to requests that are not in the source, and what was said before anything was asked.
    pub strays: usize,
    /// Messages beyond what one recording holds.
    pub more: usize,
}

impl Conversation {
    /// What was left out, one sentence each.
    pub(super) fn notes(&self) -> Vec<String> {
        let note = |n: usize, why: &str| (n > 0).then(|| format!("{} left out: {why}.", count(n as u64, "message")));
        let strays = note(self.strays, "what it answers, or what it was said after, is not in it");
        [strays, note(self.more, "more than this page holds, the later ones")].into_iter().flatten().collect()
    }
}

/// How methods begin that only servers use.
const OF_SERVERS: [&str; 7] = [
    "elicitation/",
    "notifications/message",
    "notifications/progress",
    "notifications/prompts/",
    "notifications/resources/",
    "notifications/tools/",
    "sampling/",
];

/// Puts messages together. `name`: what the source calls the server, of which it does not say the address. `dated`: its times are those
/// of a clock, with the zone.
pub(super) fn conversation(said: Vec<Said>, name: Option<&str>, dated: bool) -> Option<Conversation> {
    let timed = said.iter().any(|said| said.at.is_some());
    let began = said.iter().find_map(|said| said.at);
    let mut lacks = Vec::from([Lack::Address, Lack::Http]);
    lacks.extend((!timed).then_some(Lack::Times));
    let mut asked = BTreeMap::new();
    // What is more than one recording holds is only counted.
    let (mut clients, mut more) = (0, 0);
    let placed = |said: Said| {
        if clients >= RECORDING_EXCHANGES {
            more += 1;
            return None;
        }
        let messages = rpc::read(&said.text);
        let who = said.who.unwrap_or_else(|| infer(&messages, &asked));
        asked.extend(messages.iter().filter_map(Message::asks).map(|id| (id.clone(), who)));
        clients += usize::from(who == Who::Client);
        Some((said, messages, who))
    };
    let all: Vec<(Said, Vec<Message>, Who)> = said.into_iter().filter_map(placed).collect();
    let mut teller = Teller::new(address(name)?, began);
    // What came back alone, as somebody keeps it who saves an answer.
    let alone = !all.iter().any(|(_, _, who)| *who == Who::Client);
    if alone {
        lacks.push(Lack::Requests);
        teller.ask(String::new(), Purpose::Other);
    }
    let mut bytes = 0;
    for (said, messages, who) in all {
        bytes += said.text.len();
        if bytes > TRACE_BYTES {
            more += 1;
            continue;
        }
        match who {
            Who::Client => teller.client(said, &messages),
            Who::Server => teller.server(said, &messages, alone),
        }
    }
    let about = about(teller.url.clone(), began.filter(|_| dated), TokenFacts::Unknown, Lacks::of(lacks));
    let (strays, records) = (teller.strays, teller.records());
    (!records.is_empty()).then(|| Conversation { trace: Trace::of(about, records), strays, more })
}

/// The address that stands in the place of the one that is not known.
fn address(name: Option<&str>) -> Option<Url> {
    let letters = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let label: String = name.unwrap_or_default().chars().map(letters).take(60).collect();
    let label = label.trim_matches('-');
    let label = if label.is_empty() { "unknown" } else { label };
    Url::parse(&format!("http://{label}.invalid/")).ok()
}

/// Who says such a message: whoever has the method, and of answers not the one who asked.
fn infer(messages: &[Message], asked: &BTreeMap<Id, Who>) -> Who {
    let Some(message) = messages.first() else { return Who::Server };
    match (message.method(), message.answers()) {
        (Some("roots/list"), _) => Who::Server,
        (Some(method), _) if OF_SERVERS.iter().any(|start| method.starts_with(start)) => Who::Server,
        (Some(_), _) => Who::Client,
        (None, Some(id)) if asked.get(id) == Some(&Who::Server) => Who::Client,
        (None, _) => Who::Server,
    }
}

/// Writes the records, in the order in which things were said.
struct Teller {
    url: Url,
    began: Option<Wall>,
    clock: Micros,
    records: Vec<Record>,
    /// Which exchange asked with which id.
    asked: BTreeMap<Id, usize>,
    exchanges: Vec<Standing>,
    /// Exchanges that asked for an answer, the latest last; some of them have it.
    open: Vec<usize>,
    strays: usize,
}

/// How an exchange stands.
#[derive(Default)]
struct Standing {
    /// The last record of what came for it.
    last: Option<usize>,
    answered: bool,
}

impl Teller {
    const fn new(url: Url, began: Option<Wall>) -> Self {
        Self {
            url,
            began,
            clock: Micros::ZERO,
            records: Vec::new(),
            asked: BTreeMap::new(),
            exchanges: Vec::new(),
            open: Vec::new(),
            strays: 0,
        }
    }

    fn record(&mut self, what: What) {
        self.records.push(Record { at: self.clock, what });
    }

    /// What has no time of its own was said when the message before it was.
    fn tick(&mut self, at: Option<Wall>) {
        let passed = at.zip(self.began).map_or(Micros::ZERO, |(at, began)| at.saturating_sub(began));
        self.clock = self.clock.max(passed);
    }

    fn ask(&mut self, body: String, purpose: Purpose) -> usize {
        let n = self.exchanges.len();
        let request = Request {
            method: Method::Post,
            url: self.url.clone(),
            headers: Headers::new(),
            body,
            secret_field: None,
            mode: Mode::Cors,
        };
        self.record(What::Request(number(n), purpose, request));
        self.exchanges.push(Standing::default());
        n
    }

    fn client(&mut self, said: Said, messages: &[Message]) {
        self.tick(said.at);
        let call = messages.first().and_then(Message::method);
        let purpose = match call {
            Some("notifications/cancelled") => Purpose::Cancel,
            Some("subscriptions/listen") => Purpose::Listen,
            None => Purpose::Answer,
            call => Purpose::usual(Method::Post, Mode::Cors, call),
        };
        let n = self.ask(secrets::without_bearers(said.text), purpose);
        for id in messages.iter().filter_map(Message::asks) {
            self.asked.insert(id.clone(), n);
            self.open.push(n);
        }
    }

    fn server(&mut self, said: Said, messages: &[Message], alone: bool) {
        self.tick(said.at);
        let answers = messages.iter().find(|message| message.method().is_none());
        let id = answers.and_then(Message::answers).filter(|id| **id != Id::Null);
        let known = id.and_then(|id| self.asked.get(id).or_else(|| self.asked.get(&id.spelled()?))).copied();
        while self.open.last().is_some_and(|n| self.exchanges[*n].answered) {
            self.open.pop();
        }
        let latest = self.open.last().copied();
        let to = match (known, answers) {
            (Some(n), _) => Some(n),
            (None, Some(_)) => latest.or_else(|| alone.then(|| self.exchanges.len().checked_sub(1)).flatten()),
            (None, None) => latest.or_else(|| self.exchanges.len().checked_sub(1)),
        };
        let Some(n) = to else {
            self.strays += 1;
            return;
        };
        if self.exchanges[n].last.is_none() {
            let head = ResponseHead { status: 0, redirected_to: None, headers: Headers::new(), sight: Sight::Messages };
            self.record(What::Response(number(n), head));
        }
        // A line break between the members of JSON says nothing, and would end the line that a message is.
        let mut line = secrets::without_bearers(said.text).replace(['\r', '\n'], " ").into_bytes();
        line.push(b'\n');
        self.record(What::Chunk(number(n), line));
        let standing = &mut self.exchanges[n];
        standing.answered |= answers.is_some();
        standing.last = Some(self.records.len() - 1);
    }

    /// The records. What was answered is over once the last thing has come; of what was not, nobody knows.
    fn records(self) -> Vec<Record> {
        let mut ends: Vec<(usize, ExchangeId)> = Vec::new();
        for (n, standing) in self.exchanges.iter().enumerate().filter(|(_, standing)| standing.answered) {
            ends.extend(standing.last.map(|last| (last, number(n))));
        }
        sort_by(&mut ends, |(last, _)| [*last as u64, 0, 0]);
        let mut ends = ends.into_iter().peekable();
        let mut records = Vec::with_capacity(self.records.len() + ends.len());
        for (n, record) in self.records.into_iter().enumerate() {
            let at = record.at;
            records.push(record);
            if let Some((_, id)) = ends.next_if(|(last, _)| *last == n) {
                records.push(Record { at, what: What::End(id, End::Complete) });
            }
        }
        records
    }
}

/// The number of the n-th exchange.
fn number(n: usize) -> ExchangeId {
    ExchangeId(u32::try_from(n + 1).unwrap_or(u32::MAX))
}
