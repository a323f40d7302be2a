//! A client of another program: it sends what it is told, one request after the other, and all of it is recorded as it went.
//! It sees every header, as a recording from outside a browser does.

use std::time::Instant;

use inspector_core::{
    http::{Headers, Method, Mode, Request},
    id::ExchangeId,
    time::Micros,
    trace::{About, End, Purpose, Record, Trace, What},
};
use serde_json::{Value, json};

use super::{CUT, Hop, about, cors};

/// The revision it speaks.
const REVISION: &str = "2025-11-25";

/// A client that is not ours.
pub struct OtherClient {
    trace: Trace,
    start: Instant,
    ids: u32,
}

impl OtherClient {
    /// A client that has sent nothing yet.
    pub fn start(server: &str) -> Self {
        let about = About { page: None, ..about(server) };
        Self { trace: Trace::new(about), start: Instant::now(), ids: 0 }
    }

    /// Opens a session with a whole handshake, and gives its id; none when the server refuses or names none.
    pub fn open(&mut self) -> Option<String> {
        let params = json!({"protocolVersion": REVISION, "capabilities": {}, "clientInfo": {"name": "other", "version": "1.0"}});
        self.ask(None, "initialize", params);
        let opened = self.trace.exchanges().last().filter(|exchange| exchange.succeeded())?;
        let session = opened.head()?.headers.get("mcp-session-id")?.to_owned();
        self.send(Method::Post, Some(&session), json!({"jsonrpc": "2.0", "method": "notifications/initialized"}).to_string());
        Some(session)
    }

    /// Asks for something and waits for the whole answer; whether it was a result.
    pub fn ask(&mut self, session: Option<&str>, method: &str, params: Value) -> bool {
        self.ids += 1;
        let message = json!({"jsonrpc": "2.0", "id": self.ids, "method": method, "params": params});
        self.send(Method::Post, session, message.to_string());
        self.trace.exchanges().last().is_some_and(|exchange| exchange.succeeded())
    }

    /// Calls a tool in a session, as a model would.
    pub fn call(&mut self, session: &str) -> bool {
        self.ask(Some(session), "tools/call", json!({"name": "forecast", "arguments": {"place": "Oslo"}}))
    }

    /// Sends the DELETE that ends a session.
    pub fn end(&mut self, session: &str) {
        self.send(Method::Delete, Some(session), String::new());
    }

    /// The recording.
    pub fn into_trace(self) -> Trace {
        self.trace
    }

    fn send(&mut self, method: Method, session: Option<&str>, body: String) {
        let id = ExchangeId(u32::try_from(self.trace.exchanges().len()).expect("a short recording") + 1);
        let mut headers = Headers::new();
        if method == Method::Post {
            headers.push("Content-Type", "application/json");
            headers.push("Accept", "application/json, text/event-stream");
        }
        if let Some(session) = session {
            headers.push("Mcp-Session-Id", session);
            headers.push("MCP-Protocol-Version", REVISION);
        }
        let sent = headers.iter().map(|(name, _)| (name.to_owned(), headers.get(name).unwrap_or_default().to_owned())).collect();
        let request =
            Request { method, url: self.trace.about.server.clone(), headers, body, mode: Mode::Cors, secret_field: None };
        self.record(What::Request(id, Purpose::Other, request.clone()));
        let end = self.receive(id, &Hop::first(request, sent));
        self.record(What::End(id, end));
    }

    fn receive(&mut self, id: ExchangeId, hop: &Hop) -> End {
        let (mut response, _) = match hop.response(None) {
            Ok(answered) => answered,
            Err(reason) => return End::Failed(reason.to_string()),
        };
        self.record(What::Response(id, cors::full(&response)));
        loop {
            match response.next_piece() {
                Ok(Some(bytes)) => self.record(What::Chunk(id, bytes)),
                Ok(None) => return End::Complete,
                Err(_) => return End::Cut(CUT.to_owned()),
            }
        }
    }

    fn record(&mut self, what: What) {
        let at = Micros(u64::try_from(self.start.elapsed().as_micros()).expect("a short recording"));
        self.trace.push(Record { at, what });
    }
}
