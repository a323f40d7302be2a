//! Real servers from files: they answer as they were measured to, and the session of the page talks to them in virtual time.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its input should stop")]

use inspector_core::http::{Headers, Method, Request, ResponseHead, Sight, Url};
use inspector_core::id::ExchangeId;
use inspector_core::mcp::Ask;
use inspector_core::session::{Input, Output, Session};
use inspector_core::time::Micros;
use inspector_core::trace::{About, Command, End, Lacks, Permission, TokenFacts, Trace};

/// A server that answers from a file: `> METHOD [path] [rpc-method] [tool or cursor] [2026-07-28]`, then the status, the type
/// and the body. With HTTP+SSE the body of a 202 goes to the stream.
struct Server {
    text: String,
}

struct Answer<'a> {
    status: u16,
    words: Vec<&'a str>,
    body: &'a str,
}

impl Server {
    fn read(name: &str) -> Self {
        let path = format!("{}/fixtures/servers/{name}.answers", env!("CARGO_MANIFEST_DIR"));
        Self { text: std::fs::read_to_string(path).unwrap() }
    }

    /// Where it is.
    fn url(&self) -> Url {
        let path = self.text.lines().find_map(|line| line.strip_prefix("at ")).unwrap_or("/mcp");
        Url::parse(&format!("https://a.example{path}")).unwrap()
    }

    /// The answer whose heading fits a request best: the one that names the most of it.
    fn answer(&self, request: &Request) -> Answer<'_> {
        let message: serde_json::Value = serde_json::from_str(&request.body).unwrap_or_default();
        let text = |pointer: &str| message.pointer(pointer).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
        let home = request.url == self.url();
        let told = [
            request.method.as_str().to_owned(),
            if home { String::new() } else { request.url.path().to_owned() },
            text("/method"),
            text("/params/name"),
            text("/params/cursor"),
            request.headers.get("mcp-method").map(|_| "2026-07-28".to_owned()).unwrap_or_default(),
            request.headers.get("mcp-session-id").map(|_| "in session".to_owned()).unwrap_or_default(),
        ];
        let fits = |heading: &str| {
            let words = heading.replace("in session", "in_session");
            let named = words.split_whitespace().all(|word| told.iter().any(|told| told.replace(' ', "_") == word));
            // What has an address, a method or a name of its own must be answered by it.
            let asked = told[..5].iter().all(|told| told.is_empty() || heading.split_whitespace().any(|word| word == told));
            (named && asked).then_some(words.split_whitespace().count())
        };
        let blocks = self.text.split("\n> ").skip(1).filter_map(|block| block.split_once('\n'));
        let best = blocks.filter_map(|(heading, rest)| Some((fits(heading)?, rest))).max_by_key(|(words, _)| *words);
        let (_, rest) = best.unwrap_or_else(|| panic!("no answer to {told:?}"));
        let (head, body) = rest.split_once('\n').unwrap_or((rest, ""));
        let mut words: Vec<&str> = head.trim_start_matches("< ").split_whitespace().collect();
        Answer { status: words.remove(0).parse().unwrap(), words, body: body.trim_end_matches('\n') }
    }
}

/// A session with one of these servers.
pub(crate) struct Visit {
    server: Server,
    session: Session,
    /// What was recorded.
    pub(crate) trace: Trace,
    now: Micros,
    wake_at: Option<Micros>,
    stream: Option<ExchangeId>,
}

impl Visit {
    /// Runs the handshake with the server of that name.
    pub(crate) fn run(name: &str, ask: Ask) -> Self {
        let server = Server::read(name);
        let about = About {
            server: server.url(),
            began: None,
            page: Some("https://inspector.example".to_owned()),
            ask,
            timeout: Micros::from_secs(30),
            token: TokenFacts::Opaque { chars: 20 },
            token_flaws: Vec::new(),
            extra_headers: Vec::new(),
            local_network: Permission::Unknown,
            lacks: Lacks::default(),
        };
        let (session, trace) = (Session::new(about.clone()), Trace::new(about));
        let (now, wake_at, stream) = (Micros::ZERO, None, None);
        let mut visit = Self { server, session, trace, now, wake_at, stream };
        visit.command(Command::Run);
        visit
    }

    /// Does what the person asks.
    pub(crate) fn command(&mut self, command: Command) {
        self.feed(Input::Command(command));
    }

    /// Asks the server for something.
    pub(crate) fn call(&mut self, method: &str, params: &str) {
        self.command(Command::Call { method: method.to_owned(), params: params.to_owned() });
    }

    fn feed(&mut self, input: Input) {
        let mut inputs = std::collections::VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            self.now = self.now.saturating_add(Micros::from_millis(5));
            self.session.handle(self.now, input);
            while let Some(output) = self.session.poll_output() {
                match output {
                    Output::Record(record) => self.trace.push(record),
                    Output::Send(id, request) => inputs.extend(self.reply(id, &request)),
                    Output::Abort(id) => inputs.push_back(Input::End(id, End::Aborted)),
                    Output::WakeAt(at) => self.wake_at = at,
                }
            }
            if let Some(at) = self.wake_at.filter(|at| *at <= self.now) {
                self.wake_at = None;
                inputs.push_back(Input::Tick);
                self.now = at;
            }
        }
    }

    fn reply(&mut self, id: ExchangeId, request: &Request) -> Vec<Input> {
        let message: serde_json::Value = serde_json::from_str(&request.body).unwrap_or_default();
        let asked = message.pointer("/params/protocolVersion").and_then(|value| value.as_str()).unwrap_or("2025-11-25");
        let version = if asked == "2026-07-28" { "2025-11-25" } else { asked };
        let answer = self.server.answer(request);
        let body = answer.body.replace("\"id\":ID", &format!("\"id\":{}", message["id"]));
        let body = body.replace("VERSION", version).replace(":ID", &format!(":{}", message["id"]));
        let pushed = answer.words.contains(&"Accepted");
        let mut headers = Headers::new();
        if let Some(media) = answer.words.iter().find(|word| word.contains('/')) {
            headers.push("content-type", *media);
        }
        if answer.words.contains(&"session") {
            headers.push("mcp-session-id", "5f1c0a77d6f94c0f");
        }
        let head = ResponseHead { status: answer.status, redirected_to: None, headers, sight: Sight::Full };
        let events = format!("{body}\n\n").into_bytes();
        let text = if pushed { b"Accepted".to_vec() } else { events.clone() };
        let mut inputs = vec![Input::Response(id, head)];
        if !body.is_empty() || pushed {
            inputs.push(Input::Chunk(id, text));
        }
        if !answer.words.contains(&"open") {
            inputs.push(Input::End(id, End::Complete));
        } else if request.method == Method::Get {
            self.stream = Some(id);
        }
        if pushed && !body.is_empty() {
            inputs.push(Input::Chunk(self.stream.unwrap(), events));
        }
        inputs
    }
}
