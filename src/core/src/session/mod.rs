//! The session: a state machine that is handed what happens and says what to do. It never waits, asks a clock or calls out.
//!
//! The contract: call [`Session::handle`] with one input, then drain [`Session::poll_output`] until it is empty, before
//! the next input. Records come out before the actions they belong to. `WakeAt` replaces the last one: call again with
//! [`Input::Tick`] when that time has come.

mod replay;
mod requests;
mod table;

use alloc::collections::VecDeque;
use alloc::string::String;
use alloc::vec::Vec;

pub use replay::replay;
pub use table::{Came, Step};

use crate::http::{Request, ResponseHead};
use crate::id::ExchangeId;
use crate::limits::{ANSWERS, JSON_BODY_BYTES, LINGER, TOOLS_PAGES};
use crate::mcp;
use crate::rpc::{Id, Kind, Message};
use crate::time::Micros;
use crate::trace::{About, Command, End, Found, Purpose, Record, StreamDecoder, What, Why, read_body};
use requests::Credentials;

/// What can happen to a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// The person asks for something.
    Command(Command),
    /// Status and headers arrived.
    Response(ExchangeId, ResponseHead),
    /// Bytes of a body arrived.
    Chunk(ExchangeId, Vec<u8>),
    /// An exchange ended.
    End(ExchangeId, End),
    /// The time of the last `WakeAt` has come.
    Tick,
}

/// What a session wants done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Append this to the trace.
    Record(Record),
    /// Send this request.
    Send(ExchangeId, Request),
    /// Give this exchange up.
    Abort(ExchangeId),
    /// Call back at this time, or not at all.
    WakeAt(Option<Micros>),
}

/// The step whose answer is awaited.
#[derive(Debug)]
struct Pending {
    step: Step,
    exchange: ExchangeId,
    id: Id,
    deadline: Micros,
    /// Whether the request carried a session id.
    in_session: bool,
    /// The status of the response, once it is there.
    status: u16,
}

impl Pending {
    /// Whether a refusal may be about the session: the request carried one, and status or text point at it.
    fn refused(&self, text: &str) -> Came {
        let names_session = text.to_ascii_lowercase().contains("session");
        let about_session = self.status == 404 || (names_session && matches!(self.status, 200 | 400 | 401 | 403));
        if self.in_session && about_session { Came::SessionRefused } else { Came::Refused }
    }
}

/// A response that is still arriving.
#[derive(Debug, Default)]
struct Reading {
    stream: Option<StreamDecoder>,
    /// A body that is no stream, up to the limit.
    body: Vec<u8>,
    too_large: bool,
}

/// A client session of the handshake era.
#[derive(Debug)]
pub struct Session {
    about: About,
    outputs: VecDeque<Output>,
    pending: Option<Pending>,
    /// What is under way: a few requests at most, the oldest first.
    reading: Vec<(ExchangeId, Reading)>,
    credentials: Credentials,
    exchanges: u32,
    ids: u32,
    /// Requests of the server's that were answered in this run.
    answers: u32,
    cursors: Vec<String>,
    tools_offered: bool,
    wake_at: Option<Micros>,
    /// When streams that outlive the run are given up.
    linger_until: Option<Micros>,
}

impl Session {
    /// A session that has sent nothing yet.
    pub const fn new(about: About) -> Self {
        Self {
            about,
            outputs: VecDeque::new(),
            pending: None,
            reading: Vec::new(),
            credentials: Credentials { session: None, revision: None },
            exchanges: 0,
            ids: 0,
            answers: 0,
            cursors: Vec::new(),
            tools_offered: false,
            wake_at: None,
            linger_until: None,
        }
    }

    /// Whether an answer is awaited.
    pub const fn is_running(&self) -> bool {
        self.pending.is_some()
    }

    /// Whether there is a session on the server that [`Command::EndSession`] could end.
    pub const fn has_session(&self) -> bool {
        self.credentials.session.is_some()
    }

    /// Takes one input. It is recorded before it is looked at.
    pub fn handle(&mut self, now: Micros, input: Input) {
        match input {
            Input::Tick => self.tick(now),
            Input::Command(command) => {
                self.record(now, What::Command(command));
                self.command(now, command);
            }
            Input::Response(exchange, head) => {
                self.record(now, What::Response(exchange, head.clone()));
                self.response(now, exchange, &head);
            }
            Input::Chunk(exchange, bytes) => {
                let found = self.read(exchange, &bytes);
                self.record(now, What::Chunk(exchange, bytes));
                found.into_iter().for_each(|item| self.found(now, exchange, &item));
            }
            Input::End(exchange, end) => {
                self.record(now, What::End(exchange, end.clone()));
                self.end(now, exchange, &end);
            }
        }
        self.set_wake();
    }

    /// The next thing to do, until there is none.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    fn record(&mut self, at: Micros, what: What) {
        self.outputs.push_back(Output::Record(Record { at, what }));
    }

    fn command(&mut self, now: Micros, command: Command) {
        match command {
            Command::Run if self.pending.is_none() => {
                self.credentials = Credentials::default();
                self.cursors.clear();
                self.answers = 0;
                self.begin(now, Step::Initialize);
            }
            Command::EndSession if self.pending.is_none() && self.has_session() => {
                self.begin(now, Step::EndSession);
                self.credentials.session = None;
            }
            Command::Stop => self.abort_all(now, Why::Stopped),
            Command::Run | Command::EndSession => {}
        }
    }

    fn begin(&mut self, now: Micros, step: Step) {
        // Only what wants an answer has an id.
        if matches!(step, Step::Initialize | Step::ListTools | Step::StartOver) {
            self.ids += 1;
        }
        let request = requests::build(&self.about, step, self.ids, self.cursors.last().map(String::as_str), &self.credentials);
        let in_session = request.headers.has("mcp-session-id");
        let exchange = self.send(now, step.purpose(), request);
        let deadline = now.saturating_add(self.about.timeout);
        self.pending = Some(Pending { step, exchange, id: Id::ours(self.ids), deadline, in_session, status: 0 });
    }

    fn send(&mut self, now: Micros, purpose: Purpose, request: Request) -> ExchangeId {
        self.exchanges += 1;
        let exchange = ExchangeId(self.exchanges);
        self.reading.push((exchange, Reading::default()));
        self.record(now, What::Request(exchange, purpose, request.clone()));
        self.outputs.push_back(Output::Send(exchange, request));
        exchange
    }

    fn reading_mut(&mut self, exchange: ExchangeId) -> Option<&mut Reading> {
        self.reading.iter_mut().find(|(id, _)| *id == exchange).map(|(_, reading)| reading)
    }

    fn done_reading(&mut self, exchange: ExchangeId) -> Option<Reading> {
        let at = self.reading.iter().position(|(id, _)| *id == exchange)?;
        Some(self.reading.remove(at).1)
    }

    fn response(&mut self, now: Micros, exchange: ExchangeId, head: &ResponseHead) {
        let Some(reading) = self.reading_mut(exchange) else { return };
        if head.is_event_stream() {
            reading.stream = Some(StreamDecoder::default());
        }
        let announced = head.headers.get("content-length").and_then(|length| length.parse::<usize>().ok()).unwrap_or(0);
        let Some(pending) = self.pending.as_mut().filter(|pending| pending.exchange == exchange) else { return };
        pending.status = head.status;
        let step = pending.step;
        if matches!(step, Step::Initialize) && head.is_success() {
            self.credentials.session = head.headers.get("mcp-session-id").map(Into::into);
        }
        if step == Step::Reach {
            self.abort(now, exchange, Why::Done);
            self.came(now, Came::Good);
        } else if announced > JSON_BODY_BYTES && !head.is_event_stream() {
            self.abort(now, exchange, Why::TooLarge);
            self.came(now, Came::Refused);
        } else if matches!(step, Step::Initialized | Step::EndSession) && head.is_success() {
            self.came(now, Came::Good);
        }
    }

    fn read(&mut self, exchange: ExchangeId, bytes: &[u8]) -> Vec<Found> {
        let mut found = Vec::new();
        let awaited = self.pending.as_ref().is_some_and(|pending| pending.exchange == exchange);
        let Some(reading) = self.reading_mut(exchange) else { return found };
        if let Some(stream) = &mut reading.stream {
            stream.feed(bytes, &mut |item| found.push(item));
        } else if !awaited {
            // What came for nobody is in the trace; holding it here as well would let a server fill the memory.
        } else if reading.body.len() + bytes.len() <= JSON_BODY_BYTES {
            reading.body.extend_from_slice(bytes);
        } else {
            reading.too_large = true;
            reading.body = Vec::new();
        }
        found
    }

    fn found(&mut self, now: Micros, exchange: ExchangeId, found: &Found) {
        for message in &found.messages {
            if let Kind::Request { id, method } = &message.kind {
                if self.answers < ANSWERS {
                    self.answers += 1;
                    let request = requests::answer(&self.about, id, method, &self.credentials);
                    self.send(now, Purpose::Answer, request);
                }
            } else if self.answers_pending(exchange, message) {
                let came = self.take_answer(message, &found.text);
                self.came(now, came);
            }
        }
    }

    fn answers_pending(&self, exchange: ExchangeId, message: &Message) -> bool {
        let awaited = self.pending.as_ref().is_some_and(|pending| Some(&pending.id) == message.answers());
        awaited && self.pending.as_ref().is_some_and(|pending| pending.exchange == exchange)
    }

    /// What a good or bad answer to the pending step means for the run.
    fn take_answer(&mut self, message: &Message, text: &str) -> Came {
        let Some(pending) = &self.pending else { return Came::Refused };
        if message.error().is_some() {
            return pending.refused(text);
        }
        match pending.step {
            Step::Initialize => {
                let facts = mcp::read_initialize(text).unwrap_or_default();
                self.tools_offered = facts.offers("tools");
                self.credentials.revision = facts.revision();
                // A client that does not know the server's revision should disconnect (2025-11-25, lifecycle).
                if facts.revision().is_some() { Came::Good } else { Came::Refused }
            }
            Step::ListTools => match mcp::read_tools(text) {
                None => Came::Refused,
                Some(page) => match page.next {
                    Some(cursor) if self.cursors.len() + 1 < TOOLS_PAGES && !self.cursors.contains(&cursor) => {
                        self.cursors.push(cursor);
                        Came::More
                    }
                    _ => Came::Good,
                },
            },
            _ => Came::Good,
        }
    }

    fn end(&mut self, now: Micros, exchange: ExchangeId, end: &End) {
        let Some(reading) = self.done_reading(exchange) else { return };
        let mut found = Vec::new();
        match reading.stream {
            Some(stream) => stream.finish(&mut |item| found.push(item)),
            None if reading.too_large => {}
            None => found.extend(read_body(&reading.body)),
        }
        for item in &found {
            self.found(now, exchange, item);
        }
        let Some(pending) = self.pending.as_ref().filter(|pending| pending.exchange == exchange) else { return };
        let came = match end {
            End::Failed(_) => Came::Opaque,
            End::Complete | End::Cut(_) | End::Aborted => pending.refused(found.first().map_or("", |item| &item.text)),
        };
        self.came(now, came);
    }

    fn came(&mut self, now: Micros, came: Came) {
        let Some(pending) = self.pending.take() else { return };
        let next = match table::next(pending.step, came) {
            // A server that offers no tools must not be asked for them (2025-11-25, lifecycle, operation).
            Some(Step::ListTools) if !self.tools_offered => None,
            next => next,
        };
        if pending.in_session && came == Came::SessionRefused {
            self.credentials.session = None;
        }
        match next {
            Some(step) => self.begin(now, step),
            None => self.linger_until = Some(now.saturating_add(Micros(LINGER))),
        }
    }

    fn tick(&mut self, now: Micros) {
        let due = |at: Option<Micros>| at.is_some_and(|at| at <= now);
        let timed_out = self.pending.as_ref().filter(|pending| due(Some(pending.deadline))).map(|pending| pending.exchange);
        let lingered = due(self.linger_until) && self.pending.is_none();
        if timed_out.is_some() || lingered {
            self.record(now, What::Tick);
        }
        if let Some(exchange) = timed_out {
            self.abort(now, exchange, Why::TimedOut);
            self.came(now, Came::Silent);
        } else if lingered {
            self.linger_until = None;
            self.abort_all(now, Why::Done);
        }
    }

    fn abort(&mut self, now: Micros, exchange: ExchangeId, why: Why) {
        if self.done_reading(exchange).is_some() {
            self.record(now, What::Abort(exchange, why));
            self.outputs.push_back(Output::Abort(exchange));
        }
    }

    fn abort_all(&mut self, now: Micros, why: Why) {
        self.pending = None;
        let open: Vec<ExchangeId> = self.reading.iter().map(|(exchange, _)| *exchange).collect();
        open.into_iter().for_each(|exchange| self.abort(now, exchange, why));
    }

    fn set_wake(&mut self) {
        let linger = self.linger_until.filter(|_| self.pending.is_none() && !self.reading.is_empty());
        let wake_at = self.pending.as_ref().map(|pending| pending.deadline).or(linger);
        if wake_at != self.wake_at {
            self.wake_at = wake_at;
            self.outputs.push_back(Output::WakeAt(wake_at));
        }
    }
}
