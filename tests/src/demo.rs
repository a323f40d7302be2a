//! Runs the core's session against the demo server in one process and in virtual time: no sockets, no threads, no sleeping, and
//! the same recording every time.

mod loopback;

use std::collections::{BTreeMap, VecDeque};

use inspector_core::{
    http::{Request, ResponseHead, Sight, Url},
    id::ExchangeId,
    session::{Input, Output, Session},
    time::Micros,
    trace::{About, Answer, Command, End, Question, Trace},
};
use inspector_demo::{self as server, ConnectionId, Server};
use serde_json::Value;

pub use loopback::Loopback;

use crate::drive;

/// The address the page has for the demo server: Streamable HTTP.
pub const URL: &str = "https://demo.invalid/mcp";

/// The same server over HTTP+SSE.
pub const SSE_URL: &str = "https://demo.invalid/sse";

/// How long everything takes from one side to the other.
const LATENCY: Micros = Micros::from_millis(1);

/// The circumstances of a run against the demo server: [`URL`] or [`SSE_URL`].
pub fn about(url: &str) -> About {
    About { server: Url::parse(url).expect("the address of a server"), ..drive::about(URL) }
}

/// One run of the handshake, to its end.
pub fn run(about: About) -> Trace {
    let mut demo = Demo::start(about);
    demo.command(Command::Run);
    demo.wait_until_idle();
    demo.into_trace()
}

/// Something on its way.
enum Mail {
    ToServer(server::Input),
    ToSession(Input),
}

/// A session and the server it talks to.
pub struct Demo {
    session: Session,
    trace: Trace,
    server: Server,
    now: Micros,
    session_wakes: Option<Micros>,
    server_wakes: Option<Micros>,
    /// What is under way, in the order of arrival.
    mail: VecDeque<(Micros, Mail)>,
    /// The exchanges that have not ended.
    open: BTreeMap<ConnectionId, ExchangeId>,
    /// The exchanges that were given up; they end as soon as the one thing at hand is done.
    given_up: Vec<ExchangeId>,
}

impl Demo {
    /// A session that has sent nothing yet, and a server that knows nobody yet.
    pub fn start(about: About) -> Self {
        Self {
            session: Session::new(about.clone()),
            trace: Trace::new(about),
            server: Server::new(1),
            now: Micros::ZERO,
            session_wakes: None,
            server_wakes: None,
            mail: VecDeque::new(),
            open: BTreeMap::new(),
            given_up: Vec::new(),
        }
    }

    /// Does what the person asks for, and returns at once.
    pub fn command(&mut self, command: Command) {
        self.tell_session(Input::Command(command));
    }

    /// Whether an answer is awaited, or a stream is open that is not kept so on purpose.
    pub fn is_busy(&self) -> bool {
        self.session.is_busy()
    }

    /// Lets time pass until nothing is awaited, and nothing is open that is not kept so on purpose.
    pub fn wait_until_idle(&mut self) {
        while self.is_busy() {
            self.next();
        }
    }

    /// Asks the server for something and lets time pass until the session is idle again; `answer` says what is answered to each
    /// question of the server's.
    pub fn ask(&mut self, method: &str, params: &Value, answer: impl Fn(&Question) -> Value) {
        self.command(Command::Call { method: method.to_owned(), params: params.to_string() });
        while self.is_busy() {
            match self.trace.questions().first().cloned() {
                Some(question) => {
                    let answer = Answer::Result(answer(&question).to_string());
                    self.command(Command::Answer { to: question.at, key: question.key, answer });
                }
                None => self.next(),
            }
        }
    }

    fn next(&mut self) {
        assert!(self.step(Micros(u64::MAX)), "something is awaited that can never come");
    }

    /// Lets so much time pass, whether the session is busy or not.
    pub fn wait(&mut self, time: Micros) {
        let until = self.now.saturating_add(time);
        while self.step(until) {}
        self.now = until;
    }

    /// The recording so far.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// The recording; what is still open is left.
    pub fn into_trace(self) -> Trace {
        self.trace
    }

    /// Lets the next thing happen, if it happens by then.
    fn step(&mut self, until: Micros) -> bool {
        let arrives = self.mail.front().map(|(at, _)| *at);
        let next = [arrives, self.session_wakes, self.server_wakes].into_iter().flatten().min();
        let Some(at) = next.filter(|at| *at <= until) else { return false };
        self.now = self.now.max(at);
        if arrives == Some(at) {
            match self.mail.pop_front() {
                Some((_, Mail::ToServer(input))) => self.tell_server(input),
                Some((_, Mail::ToSession(input))) => self.tell_session(input),
                None => {}
            }
        } else if self.session_wakes == Some(at) {
            self.session_wakes = None;
            self.tell_session(Input::Tick);
        } else {
            self.server_wakes = None;
            self.tell_server(server::Input::Tick);
        }
        true
    }

    fn post(&mut self, mail: Mail) {
        self.mail.push_back((self.now.saturating_add(LATENCY), mail));
    }

    fn tell_server(&mut self, input: server::Input) {
        self.server.handle(self.now, input);
        while let Some(output) = self.server.poll_output() {
            match output {
                server::Output::Head(connection, status, headers) => {
                    let head = ResponseHead { status, redirected_to: None, headers, sight: Sight::Full };
                    self.pass_on(connection, |id| Input::Response(id, head));
                }
                server::Output::Chunk(connection, bytes) => self.pass_on(connection, |id| Input::Chunk(id, bytes)),
                server::Output::End(connection) => self.pass_on(connection, |id| Input::End(id, End::Complete)),
                server::Output::WakeAt(at) => self.server_wakes = at,
            }
        }
    }

    /// Sends on what the server says, if anybody wants to hear it.
    fn pass_on(&mut self, connection: ConnectionId, input: impl FnOnce(ExchangeId) -> Input) {
        if let Some(id) = self.open.get(&connection).copied() {
            self.post(Mail::ToSession(input(id)));
        }
    }

    fn tell_session(&mut self, input: Input) {
        match &input {
            // What was given up has nothing more to say.
            Input::Response(id, _) | Input::Chunk(id, _) if !self.is_open(*id) => return,
            Input::End(id, _) => {
                if !self.is_open(*id) {
                    return;
                }
                self.open.remove(&ConnectionId(id.0));
            }
            _ => {}
        }
        self.session.handle(self.now, input);
        while let Some(output) = self.session.poll_output() {
            match output {
                Output::Record(record) => self.trace.push(record),
                Output::WakeAt(at) => self.session_wakes = at,
                Output::Send(id, request) => {
                    let connection = ConnectionId(id.0);
                    self.open.insert(connection, id);
                    self.post(Mail::ToServer(server::Input::Request(connection, on_the_wire(request))));
                }
                Output::Abort(id) if self.is_open(id) => {
                    self.post(Mail::ToServer(server::Input::Closed(ConnectionId(id.0))));
                    self.given_up.push(id);
                }
                Output::Abort(_) => {}
            }
        }
        while let Some(id) = self.given_up.pop() {
            self.tell_session(Input::End(id, End::Aborted));
        }
    }

    fn is_open(&self, id: ExchangeId) -> bool {
        self.open.contains_key(&ConnectionId(id.0))
    }
}

/// A request as the server sees it. The laboratory sends no token here: a secret is not visible in headers.
fn on_the_wire(request: Request) -> server::Request {
    server::Request {
        method: request.method.as_str().to_owned(),
        target: request.url.target().to_owned(),
        headers: request.headers,
        body: request.body.into_bytes(),
    }
}
