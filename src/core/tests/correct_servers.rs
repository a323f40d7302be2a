//! A correct server is never called broken: real servers answer as they were measured to, and whatever way the session takes
//! to them, nothing is wrong with it. Where the person chose a way that a server does not have, just that is said.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its input should stop")]

use inspector_core::diagnose::{Kind, diagnose};
use inspector_core::http::{Headers, Method, Request, ResponseHead, Sight, Url};
use inspector_core::id::ExchangeId;
use inspector_core::mcp::{Ask, Revision};
use inspector_core::session::{Input, Output, Session};
use inspector_core::time::Micros;
use inspector_core::trace::{About, Command, End, Outcome, Permission, Purpose, TokenFacts, Trace};

/// The servers, by the names of their files, and what is said when a way is chosen that they do not have: 2024-11-05,
/// 2025-03-26 to 2025-11-25, 2026-07-28. Nothing for the ways they have.
const SERVERS: [(&str, [&str; 3]); 8] = [
    ("python-1.30", ["streamable-only-server", "", "era-mismatch"]),
    ("python-2.3", ["streamable-only-server", "", ""]),
    ("fastmcp-4", ["streamable-only-server", "", ""]),
    ("typescript-2", ["streamable-only-server", "", ""]),
    ("typescript-2-modern-only", ["streamable-only-server", "era-mismatch", ""]),
    ("everything-streamable", ["streamable-only-server", "", "era-mismatch"]),
    ("everything-sse", ["", "legacy-sse-server", "legacy-sse-server"]),
    ("python-sse", ["", "legacy-sse-server", "legacy-sse-server"]),
];

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
struct Visit {
    server: Server,
    session: Session,
    trace: Trace,
    now: Micros,
    wake_at: Option<Micros>,
    stream: Option<ExchangeId>,
}

impl Visit {
    fn run(name: &str, ask: Ask) -> Self {
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
        };
        let (session, trace) = (Session::new(about.clone()), Trace::new(about));
        let (now, wake_at, stream) = (Micros::ZERO, None, None);
        let mut visit = Self { server, session, trace, now, wake_at, stream };
        visit.command(Command::Run);
        visit
    }

    fn command(&mut self, command: Command) {
        self.feed(Input::Command(command));
    }

    fn call(&mut self, method: &str, params: &str) {
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

    fn problems(&self) -> Vec<&'static str> {
        self.found(Kind::Problem)
    }

    fn found(&self, kind: Kind) -> Vec<&'static str> {
        diagnose(&self.trace).iter().filter(|finding| finding.kind == kind).map(|finding| finding.cause.slug).collect()
    }
}

/// Every choice of the form, with what it is among the ways of a server.
fn choices() -> impl Iterator<Item = (Ask, usize)> {
    let way = |revision| match revision {
        Revision::V2024_11_05 => 0,
        Revision::V2026_07_28 => 2,
        _ => 1,
    };
    Revision::ALL.into_iter().map(move |revision| (Ask::Only(revision), way(revision)))
}

#[test]
fn auto_finds_the_way_into_each_and_nothing_is_wrong() {
    for (name, _) in SERVERS {
        let visit = Visit::run(name, Ask::Auto);
        assert_eq!((visit.problems(), visit.trace.outcome()), (vec![], Outcome::Ok), "{name}");
        assert!(visit.trace.tools_complete() && !visit.trace.tools().is_empty(), "{name}");
    }
}

#[test]
fn only_the_older_transport_is_worth_a_note() {
    for (name, _) in SERVERS {
        let notes = Visit::run(name, Ask::Auto).found(Kind::Note);
        let expected: &[&str] = if name.ends_with("sse") { &["legacy-sse-server"] } else { &[] };
        assert_eq!(notes, expected, "{name}");
    }
}

#[test]
fn a_way_that_a_server_has_works_when_it_is_chosen() {
    for (name, ways) in SERVERS {
        for (ask, _) in choices().filter(|(_, way)| ways[*way].is_empty()) {
            let visit = Visit::run(name, ask);
            assert_eq!((visit.found(Kind::Note), visit.problems()), (vec![], vec![]), "{name} {}", ask.as_str());
            assert_eq!(visit.trace.outcome(), Outcome::Ok, "{name} {}", ask.as_str());
        }
    }
}

#[test]
fn a_way_that_a_server_does_not_have_is_named_and_nothing_else() {
    for (name, ways) in SERVERS {
        for (ask, way) in choices().filter(|(_, way)| !ways[*way].is_empty()) {
            let visit = Visit::run(name, ask);
            assert_eq!(visit.problems(), [ways[way]], "{name} {}", ask.as_str());
        }
    }
}

#[test]
fn what_the_person_does_in_a_good_session_is_no_problem() {
    for (name, ways) in SERVERS {
        let chosen = choices().filter(|(_, way)| ways[*way].is_empty()).map(|(ask, _)| ask);
        for ask in chosen.chain([Ask::Auto]) {
            let mut visit = Visit::run(name, ask);
            visit.command(Command::Listen);
            visit.call("tools/call", r#"{"name":"forecast","arguments":{"city":"Oslo"}}"#);
            visit.call("tools/call", r#"{"name":"evacuate","arguments":{"city":"Oslo"}}"#);
            visit.call("prompts/list", "");
            assert_eq!((visit.problems(), visit.trace.prompts().len()), (vec![], 1), "{name} {}", ask.as_str());
            visit.command(Command::EndSession);
            assert_eq!((visit.problems(), visit.trace.outcome()), (vec![], Outcome::Ok), "{name} {}", ask.as_str());
        }
    }
}

#[test]
fn an_unknown_tool_is_never_blamed_on_the_session() {
    for (name, _) in SERVERS {
        let mut visit = Visit::run(name, Ask::Auto);
        visit.call("tools/call", r#"{"name":"nosuchtool"}"#);
        // TypeScript 2 answers with an error, the others with a result that says so.
        let expected: &[&str] = if name.starts_with("typescript") { &["invalid-params"] } else { &[] };
        assert_eq!(visit.problems(), expected, "{name}");
        assert!(visit.trace.exchanges().iter().all(|exchange| exchange.purpose != Purpose::StartOver), "{name}");
    }
}

#[test]
fn a_call_that_waits_for_the_person_and_is_given_up_is_no_problem() {
    for name in ["python-2.3", "fastmcp-4", "typescript-2", "typescript-2-modern-only"] {
        let mut visit = Visit::run(name, Ask::Only(Revision::V2026_07_28));
        visit.call("tools/call", r#"{"name":"book","arguments":{"city":"Oslo"}}"#);
        assert_eq!(visit.trace.questions().len(), 1, "{name}");
        let call = visit.trace.exchanges().last().unwrap().id;
        visit.command(Command::Cancel(call));
        assert_eq!((visit.problems(), visit.trace.outcome()), (vec![], Outcome::Ok), "{name}");
    }
}
