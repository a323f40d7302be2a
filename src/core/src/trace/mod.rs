//! The trace: an append-only recording of everything on the wire, and what can be read from it.
//!
//! Everything a person sees is a pure view of a trace. Live sessions, opened recordings and the gallery all end here.

mod about;
mod authorization;
mod decode;
mod deviations;
mod exchange;
mod lacks;
mod log;
mod messages;
pub mod notation;
mod outcome;
mod probes;
mod questions;
mod record;
mod sessions;
mod spoken;
mod ways;

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

pub use about::{About, JwtFacts, Permission, TokenFacts, TokenFlaw};
pub use authorization::{Authorization, Came, Place as MetadataPlace};
pub use decode::{Found, StreamDecoder, read_body};
pub use exchange::{Exchange, Item, ItemKind, Place, Placed, Reply};
pub use lacks::{Lack, Lacks};
pub use outcome::Outcome;
pub use probes::{ProbeRun, ProbeStep};
pub use questions::Question;
pub use record::{Answer, Command, End, LeftOut, Purpose, Record, What, Why};
pub use sessions::{SessionLine, letter};
pub use spoken::{HowFound, Spoken};

use crate::http::Mode;
use crate::id::{EventRef, ExchangeId, Part};
use crate::limits::{STREAM_ITEMS_HEAD, STREAM_ITEMS_TAIL, TOOLS_COUNT};
use crate::mcp::{self, Ask, Era, Freshness, Prompt, Resource, ServerFacts, Template, Tool};
use crate::rpc::{self, Id};
use crate::time::Micros;

/// One page of `tools/list`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToolPage {
    /// The event that brought it.
    pub at: EventRef,
    /// How many tools it has.
    pub count: usize,
    /// The cursor of the page after it.
    pub next: Option<String>,
    /// How long it may be kept.
    pub fresh: Freshness,
}

/// A recording.
#[derive(Debug)]
pub struct Trace {
    /// What it is a recording of.
    pub about: About,
    log: log::Log,
    exchanges: Vec<Exchange>,
    /// Of each exchange, in their order; only an open event stream has one.
    decoders: Vec<Option<Box<StreamDecoder>>>,
    /// Which exchange asked with which id; a later use of an id takes its place.
    asked: BTreeMap<Id, ExchangeId>,
    sessions: Vec<SessionLine>,
    server: Option<ServerFacts>,
    tools: Vec<Tool>,
    /// Tools that may not be called, because their header annotations are not valid (2026-07-28, tools).
    dropped_tools: Vec<Tool>,
    /// The pages of `tools/list` since it was last asked from the beginning.
    tool_pages: Vec<ToolPage>,
    prompts: Vec<Prompt>,
    resources: Vec<Resource>,
    templates: Vec<Template>,
    questions: Vec<Question>,
    probes: Vec<ProbeRun>,
    commands: Vec<(Micros, Command)>,
    last: Micros,
}

impl Trace {
    /// A recording in which nothing has happened yet.
    pub const fn new(about: About) -> Self {
        Self {
            about,
            log: log::Log::new(),
            exchanges: Vec::new(),
            decoders: Vec::new(),
            asked: BTreeMap::new(),
            sessions: Vec::new(),
            server: None,
            tools: Vec::new(),
            dropped_tools: Vec::new(),
            tool_pages: Vec::new(),
            prompts: Vec::new(),
            resources: Vec::new(),
            templates: Vec::new(),
            questions: Vec::new(),
            probes: Vec::new(),
            commands: Vec::new(),
            last: Micros::ZERO,
        }
    }

    /// A recording of these records.
    pub fn of(about: About, records: impl IntoIterator<Item = Record>) -> Self {
        let mut trace = Self::new(about);
        records.into_iter().for_each(|record| trace.push(record));
        trace
    }

    /// Appends a record: it is kept first, then interpreted.
    pub fn push(&mut self, record: Record) {
        let at = record.at;
        self.last = self.last.max(at);
        match record.what {
            What::Chunk(id, bytes) => {
                let mut found = Vec::new();
                if let Some(decoder) = self.decoder(id) {
                    decoder.feed(&bytes, &mut |item| found.push(item));
                }
                self.log.push(Record { at, what: What::Chunk(id, bytes) });
                let received = self.log.received(id);
                if let Some(exchange) = self.exchange_mut(id) {
                    exchange.reply.bytes = received;
                    exchange.reply.last_byte = Some(at);
                }
                found.into_iter().for_each(|item| self.add_item(id, at, item));
            }
            what => {
                self.log.push(Record { at, what: what.clone() });
                self.interpret(at, what);
            }
        }
    }

    fn interpret(&mut self, at: Micros, what: What) {
        match what {
            What::Command(command) => {
                questions::on_command(&mut self.questions, &command);
                self.commands.push((at, command));
            }
            What::Request(id, purpose, request) => {
                // What is sent only to see whether anything is there is no part of the conversation.
                let silent = request.body.is_empty() || purpose.seeks_token() || request.mode != Mode::Cors;
                let calls = if silent { Vec::new() } else { rpc::read(&request.body) };
                for asked in calls.iter().filter_map(|call| call.asks()) {
                    self.asked.insert(asked.clone(), id);
                }
                let other_way = self.about.ask == Ask::Auto && matches!(purpose, Purpose::Discover | Purpose::Endpoint);
                let exchange = Exchange {
                    id,
                    at,
                    purpose,
                    probe: probes::on_request(&mut self.probes, id, purpose),
                    fallback: other_way && self.exchanges.iter().any(|earlier| earlier.purpose.opens()),
                    request,
                    lacks: self.about.lacks,
                    calls,
                    response: None,
                    reply: Reply::default(),
                    endpoint: None,
                    answer: None,
                    answered_well: false,
                    aborted: None,
                    end: None,
                };
                sessions::on_request(&mut self.sessions, &exchange);
                self.exchanges.push(exchange);
                self.decoders.push(None);
            }
            What::Response(id, head) => {
                if let Some(slot) = self.slot(id) {
                    self.decoders[slot] = StreamDecoder::of(&head).map(Box::new);
                    self.exchanges[slot].response = Some((at, head));
                }
                sessions::on_response(&mut self.sessions, &self.exchanges, id);
            }
            What::Dropped(id, bytes) => {
                let received = self.log.received(id);
                if let Some(decoder) = self.decoder(id) {
                    **decoder = decoder.after_gap(received);
                }
                if let Some(exchange) = self.exchange_mut(id) {
                    exchange.reply.bytes += bytes;
                }
            }
            What::End(id, end) => self.close(at, id, end),
            What::Abort(id, why) => {
                if let Some(slot) = self.slot(id) {
                    self.exchanges[slot].aborted = Some((at, why));
                    sessions::on_stream_over(&mut self.sessions, &self.exchanges[slot]);
                }
                questions::on_abort(&mut self.questions, id);
            }
            What::Probe(slug, left_out) => {
                self.probes.push(ProbeRun { slug, at, left_out, steps: Vec::new(), ends: Vec::new() });
            }
            What::Chunk(..) | What::Tick => {}
        }
    }

    fn close(&mut self, at: Micros, id: ExchangeId, end: End) {
        let mut found = Vec::new();
        if let Some(decoder) = self.slot(id).and_then(|slot| self.decoders[slot].take()) {
            decoder.finish(&mut |item| found.push(item));
        } else if let Some(body) = self.log.whole(id) {
            found.extend(read_body(body));
        } else {
            let what = ItemKind::Oversize(self.log.received(id));
            found.push(Found { span: 0..self.log.received(id), what, messages: Vec::new(), text: String::new() });
        }
        found.into_iter().for_each(|item| self.add_item(id, at, item));
        if let Some(slot) = self.slot(id) {
            self.exchanges[slot].end = Some((at, end));
            sessions::on_stream_over(&mut self.sessions, &self.exchanges[slot]);
        }
    }

    fn add_item(&mut self, id: ExchangeId, at: Micros, found: Found) {
        let Some(slot) = self.slot(id) else { return };
        let reply = &self.exchanges[slot].reply;
        let n = reply.items.len() as u64 + reply.dropped_items;
        let n = u32::try_from(n).unwrap_or(u32::MAX);
        let event = EventRef::item(id, n);
        let mut messages = Vec::new();
        // What another server says is no message of this conversation, whatever it looks like.
        let said = if self.exchanges[slot].purpose.seeks_token() { &[][..] } else { &found.messages };
        for (n, message) in said.iter().enumerate() {
            let placed = Placed { message: message.clone(), place: self.place(slot, event, message) };
            let text = found.text_of(n);
            self.learn(event, &placed, &text);
            questions::on_message(&mut self.questions, event, message, &text);
            messages.push(placed);
        }
        let item = Item { n, at, span: found.span, what: found.what, messages };
        let exchange = &mut self.exchanges[slot];
        if item.is_endpoint() {
            sessions::on_endpoint(&mut self.sessions, event, &found.text);
            // Whether it is at the same origin cannot be told where that is not in the recording.
            let named = match exchange.lacks.has(Lack::Address) {
                true => exchange.request.url.join(&found.text),
                false => exchange.request.url.join_within(&found.text),
            };
            exchange.endpoint = exchange.endpoint.take().or(named);
        }
        let reply = &mut exchange.reply;
        reply.items.push(item);
        if reply.items.len() > STREAM_ITEMS_HEAD + STREAM_ITEMS_TAIL * 2 {
            // In lots, so that a flood costs a move of the tail now and then, not at every event.
            reply.items.drain(STREAM_ITEMS_HEAD..STREAM_ITEMS_HEAD + STREAM_ITEMS_TAIL);
            reply.dropped_items += STREAM_ITEMS_TAIL as u64;
        }
    }

    /// Finds the request a message answers; remembers the answer.
    fn place(&mut self, slot: usize, event: EventRef, message: &rpc::Message) -> Place {
        let is_answer = matches!(message.kind, rpc::Kind::Result { .. } | rpc::Kind::Error { .. });
        if !is_answer {
            return Place::Other;
        }
        // Where what was asked is not in the recording, an answer answers what it came for.
        if self.exchanges[slot].asks_unknown() {
            let exchange = &mut self.exchanges[slot];
            let failed = message.error().is_some();
            exchange.answered_well = !failed && (exchange.answered_well || exchange.answer.is_none());
            exchange.answer = if failed { Some(event) } else { exchange.answer.or(Some(event)) };
            return Place::Answers(exchange.id);
        }
        let id = match message.answers() {
            Some(id) if *id != Id::Null => id,
            _ => return Place::Unnamed,
        };
        let is_here = |id: &Id| self.exchanges[slot].calls.iter().any(|call| call.asks() == Some(id));
        let spelled = Some(id).filter(|id| !is_here(id) && !self.asked.contains_key(id)).and_then(Id::spelled);
        let id = spelled.as_ref().unwrap_or(id);
        let here = is_here(id);
        let target = if here { Some(self.exchanges[slot].id) } else { self.asked.get(id).copied() };
        let Some(target) = target.and_then(|target| self.slot(target)) else { return Place::Orphan };
        let exchange = &mut self.exchanges[target];
        match exchange.answer {
            Some(_) if exchange.calls.len() == 1 => Place::Duplicate(exchange.id),
            _ => {
                exchange.answer = exchange.answer.or(Some(event));
                exchange.answered_well |= exchange.answer == Some(event) && message.error().is_none();
                Place::Answers(exchange.id)
            }
        }
    }

    /// Takes what a good answer says of the server.
    fn learn(&mut self, event: EventRef, placed: &Placed, text: &str) {
        let (Place::Answers(to), rpc::Kind::Result { .. }) = (placed.place, &placed.message.kind) else { return };
        // What a probe is told is not what the session goes by, nor is what is asked again and again to see that it lives.
        let by_the_way = |asked: &&Exchange| asked.purpose.is_probe() || asked.purpose == Purpose::Watch;
        let Some(asked) = self.exchange(to).filter(|asked| !by_the_way(asked)) else { return };
        // A list begins anew when it is asked for without a cursor.
        let first = !asked.request.body.contains("\"cursor\"");
        let unknown = asked.asks_unknown();
        match asked.method().or_else(|| mcp::asked_by(text).filter(|_| unknown)) {
            Some("initialize") => self.server = mcp::read_initialize(text),
            Some("server/discover") => {
                let version = asked.request.headers.get("mcp-protocol-version").map(Into::into).unwrap_or_default();
                self.server = mcp::read_discover(text).map(|facts| ServerFacts { protocol_version: version, ..facts });
            }
            Some("tools/list") => {
                let Some(page) = mcp::read_tools(text) else {
                    // An answer in form, and not what was asked for.
                    self.exchange_mut(to).into_iter().for_each(|asked| asked.answered_well = false);
                    return;
                };
                let stateless = asked.era_sent() == Some(Era::Stateless);
                if first {
                    self.tool_pages.clear();
                }
                self.tool_pages.push(ToolPage {
                    at: event,
                    count: page.items.len(),
                    next: page.next,
                    fresh: mcp::read_freshness(text),
                });
                let (dropped, tools) =
                    page.items.into_iter().partition(|tool| stateless && !mcp::annotation_flaws(tool).is_empty());
                put(&mut self.tools, first, tools);
                put(&mut self.dropped_tools, first, dropped);
            }
            Some("prompts/list") => {
                put(&mut self.prompts, first, mcp::read_prompts(text).map(|page| page.items).unwrap_or_default())
            }
            Some("resources/list") => {
                put(&mut self.resources, first, mcp::read_resources(text).map(|page| page.items).unwrap_or_default())
            }
            Some("resources/templates/list") => {
                put(&mut self.templates, first, mcp::read_templates(text).map(|page| page.items).unwrap_or_default())
            }
            _ => {}
        }
    }

    fn slot(&self, id: ExchangeId) -> Option<usize> {
        self.exchanges.binary_search_by_key(&id, |exchange| exchange.id).ok()
    }

    /// The decoder of an open event stream.
    fn decoder(&mut self, id: ExchangeId) -> Option<&mut Box<StreamDecoder>> {
        self.slot(id).and_then(|slot| self.decoders[slot].as_mut())
    }

    fn exchange_mut(&mut self, id: ExchangeId) -> Option<&mut Exchange> {
        self.slot(id).map(|slot| &mut self.exchanges[slot])
    }

    /// The exchanges in the order of their requests.
    pub fn exchanges(&self) -> &[Exchange] {
        &self.exchanges
    }

    /// One exchange.
    pub fn exchange(&self, id: ExchangeId) -> Option<&Exchange> {
        self.slot(id).map(|slot| &self.exchanges[slot])
    }

    /// One item of a body.
    pub fn item(&self, at: EventRef) -> Option<&Item> {
        let Part::Item(n) = at.part else { return None };
        let items = &self.exchange(at.exchange)?.reply.items;
        items.binary_search_by_key(&n, |item| item.n).ok().map(|slot| &items[slot])
    }

    /// When an event happened.
    pub fn when(&self, at: EventRef) -> Option<Micros> {
        let exchange = self.exchange(at.exchange)?;
        match at.part {
            Part::Request => Some(exchange.at),
            Part::Response => exchange.response.as_ref().map(|(at, _)| *at),
            Part::Item(_) => self.item(at).map(|item| item.at),
            Part::End => exchange.aborted.map(|(at, _)| at).or(exchange.end.as_ref().map(|(at, _)| *at)),
        }
    }

    /// The bytes an item was read from, if they were kept.
    pub fn item_bytes(&self, at: EventRef) -> Option<Cow<'_, [u8]>> {
        self.log.bytes(at.exchange, self.item(at)?.span.clone())
    }

    /// The data of an event, or the whole text of another body.
    pub fn item_text(&self, at: EventRef) -> Option<String> {
        let item = self.item(at)?;
        let bytes = self.log.bytes(at.exchange, item.span.clone())?;
        if item.what == ItemKind::Body {
            return read_body(&bytes).map(|found| found.text);
        }
        decode::event_text(&bytes)
    }

    /// The bytes of a body in a range, if they were kept whole.
    pub fn body_bytes(&self, id: ExchangeId, range: Range<u64>) -> Option<Cow<'_, [u8]>> {
        self.log.bytes(id, range)
    }

    /// The kept beginning of a body as text, at most so many characters.
    pub fn body_start(&self, id: ExchangeId, chars: usize) -> String {
        let head = self.log.head(id);
        let bytes = &head[..head.len().min(chars * 4)];
        String::from_utf8_lossy(bytes).chars().take(chars).collect()
    }

    /// Bytes of a body that were received and not kept.
    pub fn body_dropped(&self, id: ExchangeId) -> u64 {
        self.log.dropped(id)
    }

    /// Bytes of bodies held now, of all exchanges.
    pub const fn held_bytes(&self) -> usize {
        self.log.held()
    }

    /// The sessions of this recording, in the order they were first seen.
    pub fn sessions(&self) -> &[SessionLine] {
        &self.sessions
    }

    /// What the server said of itself in `initialize`.
    pub const fn server(&self) -> Option<&ServerFacts> {
        self.server.as_ref()
    }

    /// The tools listed so far.
    pub fn tools(&self) -> &[Tool] {
        &self.tools
    }

    /// The tools a client must leave out, because their header annotations are not valid (2026-07-28, tools).
    pub fn dropped_tools(&self) -> &[Tool] {
        &self.dropped_tools
    }

    /// The prompts listed so far.
    pub fn prompts(&self) -> &[Prompt] {
        &self.prompts
    }

    /// The resources listed so far.
    pub fn resources(&self) -> &[Resource] {
        &self.resources
    }

    /// The resource templates listed so far.
    pub fn templates(&self) -> &[Template] {
        &self.templates
    }

    /// What the server asked and nobody has answered yet.
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// Whether every page of tools was read.
    pub fn tools_complete(&self) -> bool {
        self.tool_pages.last().is_some_and(|page| page.next.is_none())
    }

    /// The pages of tools, in the order they came; from the first again when the list was asked for anew.
    pub fn tool_pages(&self) -> &[ToolPage] {
        &self.tool_pages
    }

    /// The probes that were tried or left out, in their order.
    pub fn probes(&self) -> &[ProbeRun] {
        &self.probes
    }

    /// The slug of the probe that an exchange is a step of, and which.
    pub fn probe_of(&self, exchange: &Exchange) -> Option<(&str, usize)> {
        let ProbeStep { run, step } = exchange.probe?;
        Some((self.probes.get(run)?.slug.as_str(), step?))
    }

    /// What the person asked for, and when.
    pub fn commands(&self) -> &[(Micros, Command)] {
        &self.commands
    }

    /// When the last thing happened.
    pub const fn last_at(&self) -> Micros {
        self.last
    }

    /// Whether nothing has happened.
    pub fn is_empty(&self) -> bool {
        self.exchanges.is_empty()
    }

    /// Every record in order; pushed again, they make the same trace.
    pub fn records(&self) -> Vec<Record> {
        self.log.records()
    }
}

/// Adds a page to a list, up to the cap that holds for every list of a server's.
fn put<T>(list: &mut Vec<T>, first: bool, page: Vec<T>) {
    if first {
        list.clear();
    }
    let room = TOOLS_COUNT.saturating_sub(list.len());
    list.extend(page.into_iter().take(room));
}
