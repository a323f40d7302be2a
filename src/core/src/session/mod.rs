//! The session: a state machine that is handed what happens and says what to do. It never waits, asks a clock or calls out.
//!
//! The contract: call [`Session::handle`] with one input, then drain [`Session::poll_output`] until it is empty, before
//! the next input. Records come out before the actions they belong to. `WakeAt` replaces the last one: call again with
//! [`Input::Tick`] when that time has come.
//!
//! `table` says which step follows which, `run` takes the steps, `calls` asks what the person wants to know, `questions`
//! answers the server, `streams` keeps event streams open and resumes them, `probing` tries probes, `watching` sees whether the
//! session still lives, `authorization` looks for where tokens come from, `reading` takes in what arrives, `timers` what time brings.

mod authorization;
mod calls;
mod experiment;
mod giving_up;
mod probing;
mod questions;
mod reading;
mod replay;
mod requests;
mod run;
mod streams;
mod table;
mod timers;
mod waiting;
mod watching;

use alloc::collections::VecDeque;
use alloc::string::String;
use alloc::vec::Vec;

pub use replay::replay;
pub use table::{Came, Step};

use crate::http::{Request, ResponseHead};
use crate::id::ExchangeId;
use crate::mcp::{ServerFacts, Tool};
use crate::probe::Setting;
use crate::time::Micros;
use crate::trace::{About, Command, End, Purpose, Record, What, Why};
use authorization::Search;
use experiment::Probing;
use questions::Question;
use reading::Reading;
use requests::Link;
use streams::{Listening, Resume};
use waiting::Waiting;
use watching::Watching;

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

/// A client session, of whatever revision the server turns out to speak.
#[derive(Debug)]
pub struct Session {
    about: About,
    outputs: VecDeque<Output>,
    /// Requests whose answer is awaited: one step of the run at most, and the person's calls.
    waiting: Vec<Waiting>,
    /// What is under way: a few requests at most, the oldest first.
    reading: Vec<(ExchangeId, Reading)>,
    link: Link,
    /// What the server said of itself.
    server: ServerFacts,
    /// The tools whose calls need headers of their own (2026-07-28, `x-mcp-header`).
    mirroring: Vec<Tool>,
    listening: Option<Listening>,
    /// The resources whose changes the person wants to hear of (2026-07-28).
    subscribed: Vec<String>,
    resumes: Vec<Resume>,
    questions: Vec<Question>,
    /// The request of which the browser showed nothing, as it can be sent without permission.
    blocked: Option<Request>,
    /// The probes that are being tried.
    probing: Option<Probing>,
    watching: Option<Watching>,
    /// Whether anything of the server could be read so far.
    answered: bool,
    /// A request for metadata or for a token that is under way.
    search: Option<Search>,
    /// Where the last challenge said that the metadata is.
    named_metadata: Option<String>,
    exchanges: u32,
    ids: u32,
    /// Requests of the server's that were answered in this run.
    answers: u32,
    /// How often an event stream was asked for again in this run.
    resumed: u32,
    cursors: Vec<String>,
    /// The steps taken in this run: no way of opening the conversation is tried twice.
    tried: Vec<Step>,
    /// The lists the person asked for; they are asked for again when the server says that they changed.
    listed: Vec<String>,
    /// Lists that changed while something else was awaited.
    changed: Vec<String>,
    /// How often a list was asked for again in this run.
    relisted: u32,
    wake_at: Option<Micros>,
    /// When streams that outlive the run are given up.
    linger_until: Option<Micros>,
}

impl Session {
    /// A session that has sent nothing yet.
    pub fn new(about: About) -> Self {
        Self {
            about,
            outputs: VecDeque::new(),
            waiting: Vec::new(),
            reading: Vec::new(),
            link: Link::default(),
            server: ServerFacts::default(),
            mirroring: Vec::new(),
            listening: None,
            subscribed: Vec::new(),
            resumes: Vec::new(),
            questions: Vec::new(),
            blocked: None,
            probing: None,
            watching: None,
            answered: false,
            search: None,
            named_metadata: None,
            exchanges: 0,
            ids: 0,
            answers: 0,
            resumed: 0,
            cursors: Vec::new(),
            tried: Vec::new(),
            listed: Vec::new(),
            changed: Vec::new(),
            relisted: 0,
            wake_at: None,
            linger_until: None,
        }
    }

    /// Whether an answer is awaited, of the server's or of the person's.
    pub fn is_running(&self) -> bool {
        let aside = self.probing.is_some() || self.search.is_some();
        let awaits = self.waiting.iter().any(|waiting| waiting.step != Step::Watch);
        awaits || aside || self.questions.iter().any(Question::holds_a_call)
    }

    /// Whether something is under way that ends by itself. A stream that is kept open on purpose is not.
    pub fn is_busy(&self) -> bool {
        self.is_running() || !self.waiting.is_empty() || !self.resumes.is_empty() || self.leftovers().next().is_some()
    }

    /// Whether there is a session on the server that [`Command::EndSession`] could end.
    pub const fn has_session(&self) -> bool {
        self.link.has_session()
    }

    /// Whether the conversation is open, so that [`Command::Call`] and [`Command::Listen`] mean something.
    pub const fn is_open(&self) -> bool {
        self.link.revision.is_some() && self.probing.is_none()
    }

    /// Whether the session is asked again and again whether it lives.
    pub const fn is_watching(&self) -> bool {
        self.watching.is_some()
    }

    /// What is known now, for the choice of probes.
    pub fn setting(&self) -> Setting {
        self.probe_setting()
    }

    /// Whether the stream on which the server speaks unasked is open, or will be opened again.
    pub const fn is_listening(&self) -> bool {
        self.listening.is_some()
    }

    /// Takes one input. It is recorded before it is looked at.
    pub fn handle(&mut self, now: Micros, input: Input) {
        match input {
            Input::Tick => self.tick(now),
            Input::Command(command) => {
                self.record(now, What::Command(command.clone()));
                self.command(now, command);
            }
            Input::Response(exchange, head) => {
                self.record(now, What::Response(exchange, head.clone()));
                self.response(now, exchange, &head);
            }
            Input::Chunk(exchange, bytes) => {
                let found = self.read(exchange, &bytes);
                self.record(now, What::Chunk(exchange, bytes));
                found.into_iter().for_each(|(at, item)| self.found(now, at, &item));
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
            Command::Run if !self.is_running() => self.run(now),
            Command::EndSession if !self.is_running() && self.has_session() => self.end_session(now),
            Command::Stop => self.stop(now),
            Command::Call { method, params } if self.is_open() => self.call(now, method, params),
            Command::Cancel(exchange) if self.is_searching_on(exchange) => self.give_search_up(now, Why::Stopped),
            Command::Cancel(exchange) => self.cancel(now, exchange, Why::Stopped),
            Command::Answer { to, key, answer } => self.answer(now, to, &key, answer),
            Command::Listen if self.is_open() && !self.is_listening() => self.listen(now),
            Command::Unlisten => self.unlisten(now),
            Command::Probe(slug) if !self.is_running() => self.try_probe(now, &slug),
            Command::Checkup if !self.is_running() => self.check_up(now),
            Command::Watch(every) if self.probing.is_none() => self.watch(now, every),
            Command::Unwatch => self.unwatch(now),
            Command::FindResource if self.is_free_aside() => self.find_resource(now),
            Command::FindIssuer(issuer) if self.is_free_aside() => self.find_issuer(now, &issuer),
            Command::RequestToken(grant) if self.is_free_aside() => self.request_token(now, &grant),
            Command::Run | Command::EndSession | Command::Call { .. } | Command::Listen => {}
            Command::FindResource | Command::FindIssuer(_) | Command::RequestToken(_) => {}
            Command::Probe(_) | Command::Checkup | Command::Watch(_) => {}
        }
    }

    /// Whether a search for where tokens come from may begin.
    const fn is_free_aside(&self) -> bool {
        self.search.is_none() && self.probing.is_none()
    }

    fn next_id(&mut self) -> u32 {
        self.ids += 1;
        self.ids
    }

    fn send(&mut self, now: Micros, purpose: Purpose, request: Request) -> ExchangeId {
        self.exchanges += 1;
        if let Some(probing) = &mut self.probing {
            probing.spend();
        }
        let exchange = ExchangeId(self.exchanges);
        let opaque = (!purpose.is_probe()).then(|| requests::opaque(&request, purpose, &self.link));
        self.reading.push((exchange, Reading::of(opaque)));
        self.record(now, What::Request(exchange, purpose, request.clone()));
        self.outputs.push_back(Output::Send(exchange, request));
        exchange
    }
}
