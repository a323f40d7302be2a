//! A correct server of the handshake era, with the wording of the SDK it stands for.

use std::{
    collections::HashMap,
    sync::{
        Mutex,
        mpsc::{Receiver, Sender, channel},
    },
};

use super::{
    call::Call,
    reply::{Reply, comment, event},
};

/// Whose bodies and headers the server sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stack {
    /// Python `mcp` from 1.26.
    Python,
    /// Python `mcp` up to 1.25.
    PythonBefore126,
    /// The transport of the TypeScript SDK.
    TypeScript,
    /// The Express example of the TypeScript SDK, widely copied (server-everything among others).
    Express,
    /// rmcp 0.8 to 0.13.
    RmcpBefore017,
}

/// How a server goes about its work.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Habits {
    pub(crate) stack: Stack,
    /// What it calls itself.
    pub(crate) name: &'static str,
    /// What it tells a model to do.
    pub(crate) instructions: &'static str,
    /// Answers as event streams instead of JSON.
    pub(crate) streams: bool,
    /// Issues session ids.
    pub(crate) issues_session: bool,
    /// Refuses requests without a session id.
    pub(crate) wants_session: bool,
    /// Over how many pages the six tools are spread: 1, 2, 3 or 6.
    pub(crate) pages: usize,
}

impl Habits {
    /// JSON answers, a session, one page of tools.
    pub(crate) const PLAIN: Self = Self {
        stack: Stack::Python,
        name: "weather",
        instructions: "Ask for a city by its name.",
        streams: false,
        issues_session: true,
        wants_session: true,
        pages: 1,
    };

    pub(crate) const fn of(stack: Stack) -> Self {
        Self { stack, ..Self::PLAIN }
    }
}

/// The revisions it speaks; another one asked for is answered with the last.
const REVISIONS: [&str; 4] = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"];

const TOOLS: [(&str, &str); 6] = [
    ("forecast", "Weather forecast for a city"),
    ("current_conditions", "Temperature, wind and rain right now"),
    ("alerts", "Warnings in force for a region"),
    ("radar", "Rain radar as an image"),
    ("tides", "High and low water at a harbour"),
    ("air_quality", "Fine dust, ozone and pollen"),
];

/// The server and the sessions it knows.
pub(crate) struct Sound {
    habits: Habits,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The sessions it knows, each with the turn it was opened at.
    sessions: HashMap<String, usize>,
    opened: usize,
    /// How many turns were taken.
    turns: usize,
    restarted: bool,
    /// How often something was counted.
    counted: usize,
    /// The open streams of HTTP+SSE, by session.
    streams: HashMap<String, Sender<Vec<u8>>>,
}

impl Sound {
    pub(crate) fn new(habits: Habits) -> Self {
        Self { habits, state: Mutex::default() }
    }

    pub(crate) fn sessions_opened(&self) -> usize {
        self.state.lock().unwrap().opened
    }

    /// Sessions that were opened and not ended.
    pub(crate) fn sessions_open(&self) -> usize {
        self.state.lock().unwrap().sessions.len()
    }

    /// Forgets every session, as a redeployment does; only the first call has an effect.
    pub(crate) fn restart_once(&self) {
        let mut state = self.state.lock().unwrap();
        if !state.restarted {
            state.restarted = true;
            state.sessions.clear();
        }
    }

    /// Counts, and tells how often it did.
    pub(crate) fn count(&self) -> usize {
        let mut state = self.state.lock().unwrap();
        state.counted += 1;
        state.counted
    }

    /// Takes the next turn, as the processes behind one address do. Whether it is the turn of the process that knows a session:
    /// there are two of them.
    pub(crate) fn take_turn(&self, session: Option<&str>) -> bool {
        let mut state = self.state.lock().unwrap();
        state.turns += 1;
        let (turn, opened) = (state.turns, session.and_then(|id| state.sessions.get(id)));
        opened.is_none_or(|opened| (turn - opened) % 2 == 0)
    }

    /// Puts a new id in the place of a session's.
    pub(crate) fn rename(&self, session: &str) -> String {
        self.state.lock().unwrap().sessions.remove(session);
        self.open_session()
    }

    /// Opens a session of HTTP+SSE: its id, and what its stream has to send.
    pub(crate) fn open_stream(&self) -> (String, Receiver<Vec<u8>>) {
        let id = self.open_session();
        let (tell, pieces) = channel();
        self.state.lock().unwrap().streams.insert(id.clone(), tell);
        (id, pieces)
    }

    /// Answers a message on the stream of its session; false when there is no such stream.
    pub(crate) fn push_reply(&self, session: &str, call: &Call) -> bool {
        let reply = if call.is_notification() { None } else { self.reply_to(call) };
        // An empty piece is not sent; whether the stream is there shows all the same.
        let event = reply.map(|message| format!("event: message\r\ndata: {message}\r\n\r\n")).unwrap_or_default();
        let state = self.state.lock().unwrap();
        state.streams.get(session).is_some_and(|stream| stream.send(event.into_bytes()).is_ok())
    }

    /// Ends the stream of a session.
    pub(crate) fn close_stream(&self, session: &str) {
        self.state.lock().unwrap().streams.remove(session);
    }

    /// What a working server answers.
    pub(crate) fn answer(&self, call: &Call) -> Reply {
        let stack = self.habits.stack;
        if call.http.path != "/mcp" {
            return stack.wrong_path(call);
        }
        let known = call.session().map(|id| self.state.lock().unwrap().sessions.contains_key(id));
        match (call.http.method.as_str(), known) {
            ("POST" | "DELETE", Some(false)) if self.habits.wants_session => stack.unknown_session(),
            ("POST", None) if self.habits.wants_session && !call.asks("initialize") => stack.missing_session(),
            ("POST", _) => self.post(call),
            ("DELETE", Some(true)) => self.end_session(call),
            ("GET", Some(true)) if self.habits.streams => {
                stack.sign(Reply::ok().stream([comment("ping"), super::reply::Step::Hold]))
            }
            _ => stack.method_not_allowed(),
        }
    }

    fn post(&self, call: &Call) -> Reply {
        if call.is_notification() {
            return self.habits.stack.sign(Reply::new(202, "Accepted").header("content-type", "application/json"));
        }
        match (call.method(), self.reply_to(call)) {
            (Some("initialize"), Some(message)) => self.in_new_session(&message),
            (_, Some(message)) => self.message(&message),
            (_, None) => Reply::new(400, "Bad Request").json(error("null", -32700, "Parse error")),
        }
    }

    /// The message that answers a request, whatever carries it; `None` when it is no request.
    pub(crate) fn reply_to(&self, call: &Call) -> Option<String> {
        Some(match call.method()? {
            "initialize" => {
                let asked = call.param("protocolVersion").unwrap_or_default();
                let revision = REVISIONS.iter().find(|known| **known == asked).unwrap_or(&REVISIONS[REVISIONS.len() - 1]);
                response(&call.id(), &self.initialized(revision, r#"{"tools":{"listChanged":false}}"#))
            }
            "tools/list" => response(&call.id(), &self.tools_page(call)),
            "tools/call" => response(&call.id(), r#"{"content":[{"type":"text","text":"Fair, light winds."}]}"#),
            "ping" => response(&call.id(), "{}"),
            _ => error(&call.id(), -32601, "Method not found"),
        })
    }

    /// The result of `initialize`.
    fn initialized(&self, revision: &str, capabilities: &str) -> String {
        let Habits { name, instructions, .. } = self.habits;
        format!(
            r#"{{"protocolVersion":"{revision}","capabilities":{capabilities},"serverInfo":{{"name":"{name}","version":"1.0.0"}},"instructions":"{instructions}"}}"#
        )
    }

    /// A successful `initialize`, with a session when the habits say so.
    pub(crate) fn welcome(&self, call: &Call, revision: &str, capabilities: &str) -> Reply {
        self.in_new_session(&response(&call.id(), &self.initialized(revision, capabilities)))
    }

    fn in_new_session(&self, message: &str) -> Reply {
        let reply = self.message(message);
        if self.habits.issues_session { reply.header("mcp-session-id", self.open_session()) } else { reply }
    }

    fn open_session(&self) -> String {
        let mut state = self.state.lock().unwrap();
        state.opened += 1;
        let id = self.habits.stack.session_id(state.opened);
        let turn = state.turns;
        state.sessions.insert(id.clone(), turn);
        id
    }

    fn end_session(&self, call: &Call) -> Reply {
        if let Some(id) = call.session() {
            self.state.lock().unwrap().sessions.remove(id);
        }
        self.habits.stack.sign(Reply::ok())
    }

    /// The result of `tools/list` for the page asked for.
    pub(crate) fn tools_page(&self, call: &Call) -> String {
        let page = call.param("cursor").and_then(|cursor| cursor.strip_prefix("page-")?.parse().ok()).unwrap_or(1);
        let next = (page < self.habits.pages).then(|| format!("page-{}", page + 1));
        let size = TOOLS.len() / self.habits.pages;
        tools(TOOLS.iter().skip((page - 1) * size).take(size), next.as_deref())
    }

    /// A JSON-RPC result, as JSON or as an event stream according to the habits.
    pub(crate) fn result(&self, call: &Call, result: &str) -> Reply {
        self.message(&response(&call.id(), result))
    }

    /// A JSON-RPC message, as JSON or as an event stream according to the habits.
    pub(crate) fn message(&self, message: &str) -> Reply {
        let reply = if self.habits.streams {
            // A priming event (2025-11-25) gives the client an id to resume from before there is anything to say.
            let priming = super::reply::Step::Write(b"id: 0\r\nretry: 3000\r\ndata: \r\n\r\n".to_vec());
            Reply::ok().stream([priming, comment("keep-alive"), event(message)])
        } else {
            Reply::ok().json(message)
        };
        self.habits.stack.sign(reply)
    }
}

/// A JSON-RPC response.
pub(crate) fn response(id: &str, result: &str) -> String {
    format!(r#"{{"jsonrpc":"2.0","id":{id},"result":{result}}}"#)
}

/// A JSON-RPC error, fields in the order of the Python SDK.
pub(crate) fn error(id: &str, code: i32, message: &str) -> String {
    format!(r#"{{"jsonrpc":"2.0","id":{id},"error":{{"code":{code},"message":"{message}"}}}}"#)
}

/// A `tools/list` result.
pub(crate) fn tools<'a>(tools: impl Iterator<Item = &'a (&'a str, &'a str)>, next_cursor: Option<&str>) -> String {
    let tools: Vec<_> = tools.map(|(name, description)| tool(name, description)).collect();
    let cursor = next_cursor.map(|cursor| format!(r#","nextCursor":"{cursor}""#)).unwrap_or_default();
    format!(r#"{{"tools":[{}]{cursor}}}"#, tools.join(","))
}

/// One tool that takes a place.
pub(crate) fn tool(name: &str, description: &str) -> String {
    format!(
        r#"{{"name":"{name}","title":"{name}","description":"{description}","inputSchema":{{"type":"object","properties":{{"place":{{"type":"string","description":"City, region or harbour"}}}},"required":["place"]}},"annotations":{{"readOnlyHint":true}}}}"#
    )
}
