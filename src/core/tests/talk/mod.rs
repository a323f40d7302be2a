//! A session and somebody who plays the server, by hand and with a clock that only moves when told.

#![allow(dead_code, reason = "not every test that has this module says everything")]

use inspector_core::http::{Headers, Request, ResponseHead, Sight, Url};
use inspector_core::id::{EventRef, ExchangeId};
use inspector_core::mcp::Ask;
use inspector_core::session::{Input, Output, Session, replay};
use inspector_core::time::Micros;
use inspector_core::trace::{About, Answer, Command, End, Lacks, Permission, TokenFacts, Trace};

pub(crate) struct Talk {
    pub(crate) session: Session,
    pub(crate) trace: Trace,
    wake_at: Option<Micros>,
    now: Micros,
    sent: Vec<(ExchangeId, Request)>,
    aborted: Vec<ExchangeId>,
}

impl Talk {
    /// The person pressed Run.
    pub(crate) fn run(ask: Ask) -> Self {
        let mut talk = Self::begin(ask);
        talk.command(Command::Run);
        talk
    }

    /// Nothing was pressed yet.
    pub(crate) fn begin(ask: Ask) -> Self {
        let about = About {
            server: Url::parse("https://a.example/mcp").unwrap(),
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
        Self {
            session: Session::new(about.clone()),
            trace: Trace::new(about),
            wake_at: None,
            now: Micros::ZERO,
            sent: Vec::new(),
            aborted: Vec::new(),
        }
    }

    pub(crate) fn command(&mut self, command: Command) {
        self.feed(Input::Command(command));
    }

    pub(crate) fn call(&mut self, method: &str, params: &str) {
        self.command(Command::Call { method: method.to_owned(), params: params.to_owned() });
    }

    pub(crate) fn reply_to(&mut self, event: &str, key: &str, result: &str) {
        let answer = Answer::Result(result.to_owned());
        self.command(Command::Answer { to: event.parse::<EventRef>().unwrap(), key: key.to_owned(), answer });
    }

    /// The one request that was sent since the last time, as `METHOD target rpc-method`, and its exchange.
    #[track_caller]
    pub(crate) fn sent(&mut self) -> (ExchangeId, Request) {
        assert_eq!(self.sent.len(), 1, "{:#?}", self.sent);
        self.sent.remove(0)
    }

    /// Asserts what was sent since the last time, in short, and returns the exchange of the last.
    #[track_caller]
    pub(crate) fn expect(&mut self, wanted: &[&str]) -> ExchangeId {
        let sent: Vec<_> = self.sent.iter().map(|(_, request)| short(request)).collect();
        assert_eq!(sent, wanted);
        let last = self.sent.last().map_or(ExchangeId(0), |(id, _)| *id);
        self.sent.clear();
        last
    }

    /// What was sent since the last time, in short.
    pub(crate) fn sent_in_short(&mut self) -> Vec<String> {
        self.sent.drain(..).map(|(_, request)| short(&request)).collect()
    }

    /// The next request that was sent and not given up.
    pub(crate) fn next_sent(&mut self) -> Option<ExchangeId> {
        let aborted = self.aborted.clone();
        self.sent.retain(|(id, _)| !aborted.contains(id));
        (!self.sent.is_empty()).then(|| self.sent.remove(0).0)
    }

    pub(crate) fn aborted(&mut self) -> Vec<u32> {
        std::mem::take(&mut self.aborted).into_iter().map(|id| id.0).collect()
    }

    /// A whole response.
    pub(crate) fn answer(&mut self, to: ExchangeId, status: u16, headers: &[(&str, &str)], body: &str) {
        self.head(to, status, headers);
        if !body.is_empty() {
            self.feed(Input::Chunk(to, body.as_bytes().to_vec()));
        }
        self.feed(Input::End(to, End::Complete));
    }

    pub(crate) fn json(&mut self, to: ExchangeId, status: u16, body: &str) {
        self.answer(to, status, &[("content-type", "application/json")], body);
    }

    pub(crate) fn open_stream(&mut self, to: ExchangeId) {
        self.head(to, 200, &[("content-type", "text/event-stream")]);
    }

    pub(crate) fn push(&mut self, on: ExchangeId, event: &str) {
        self.feed(Input::Chunk(on, format!("{event}\n\n").into_bytes()));
    }

    pub(crate) fn end(&mut self, id: ExchangeId, end: End) {
        self.feed(Input::End(id, end));
    }

    pub(crate) fn head(&mut self, to: ExchangeId, status: u16, headers: &[(&str, &str)]) {
        let mut list = Headers::new();
        headers.iter().for_each(|(name, value)| list.push(name, *value));
        let head = ResponseHead { status, redirected_to: None, headers: list, sight: Sight::Full };
        self.feed(Input::Response(to, head));
    }

    /// Time passes; the session is called when it wants to be.
    pub(crate) fn wait(&mut self, span: Micros) {
        let until = self.now.saturating_add(span);
        while let Some(at) = self.wake_at.filter(|at| *at <= until) {
            self.now = at;
            self.feed(Input::Tick);
        }
        self.now = until;
    }

    /// Time passes and nobody calls the session until it is over, as when a computer sleeps.
    pub(crate) fn sleep(&mut self, span: Micros) {
        self.now = self.now.saturating_add(span);
        self.feed(Input::Tick);
    }

    fn feed(&mut self, input: Input) {
        self.session.handle(self.now, input);
        while let Some(output) = self.session.poll_output() {
            match output {
                Output::Record(record) => self.trace.push(record),
                Output::Send(id, request) => self.sent.push((id, request)),
                Output::Abort(id) => self.aborted.push(id),
                Output::WakeAt(at) => self.wake_at = at,
            }
        }
    }
}

impl Drop for Talk {
    /// Whatever was said, the session says it again when it is run over the recording.
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let records = self.trace.records();
            assert_eq!(replay(self.trace.about.clone(), &records), records);
        }
    }
}

/// `POST /mcp tools/list`, with the headers of the session and of the stream; another server by its whole address.
pub(crate) fn short(request: &Request) -> String {
    let elsewhere = if request.url.host() == "a.example" { String::new() } else { request.url.origin() };
    let mut out = format!("{} {elsewhere}{}", request.method.as_str(), request.url.target());
    let message: serde_json::Value = serde_json::from_str(&request.body).unwrap_or_default();
    if let Some(method) = message["method"].as_str() {
        out.push_str(&format!(" {method}"));
    } else if !message["result"].is_null() {
        out.push_str(&format!(" result {}", message["result"]));
    } else if !message["error"].is_null() {
        out.push_str(&format!(" error {}", message["error"]["code"]));
    }
    for (name, short) in [("mcp-session-id", "session"), ("mcp-protocol-version", "version"), ("last-event-id", "after")] {
        if let Some(value) = request.headers.get(name) {
            out.push_str(&format!(" {short}={value}"));
        }
    }
    out
}
