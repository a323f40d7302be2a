//! A recording, put together in the order of the wire.

use inspector_core::http::{Headers, Method, Mode, Request, ResponseHead, Sight, Url};
use inspector_core::id::ExchangeId;
use inspector_core::mcp::Ask;
use inspector_core::time::{Micros, Wall};
use inspector_core::trace::{About, Command, End, Lacks, Permission, Purpose, Record, TokenFacts, Trace, What};

/// The server that is talked to.
pub(crate) const SERVER: &str = "https://mcp.example.com/mcp";

pub(crate) type Pairs<'a> = &'a [(&'a str, &'a str)];

pub(crate) struct Talk {
    records: Vec<What>,
    exchanges: u32,
    server: String,
}

impl Talk {
    pub(crate) fn new() -> Self {
        Self { records: vec![What::Command(Command::Run)], exchanges: 0, server: SERVER.to_owned() }
    }

    /// With a server at another address.
    pub(crate) fn at(server: &str) -> Self {
        Self { server: server.to_owned(), ..Self::new() }
    }

    pub(crate) fn asks(mut self, command: Command) -> Self {
        self.records.push(What::Command(command));
        self
    }

    /// A POST with a JSON body.
    pub(crate) fn post(self, body: &str) -> Self {
        self.request(Method::Post, None, &[("Content-Type", "application/json")], body)
    }

    pub(crate) fn request(mut self, method: Method, url: Option<&str>, headers: Pairs<'_>, body: &str) -> Self {
        self.exchanges += 1;
        let request = Request {
            method,
            url: Url::parse(url.unwrap_or(&self.server)).unwrap(),
            headers: pairs(headers),
            body: body.to_owned(),
            secret_field: None,
            mode: Mode::Cors,
        };
        self.records.push(What::Request(ExchangeId(self.exchanges), Purpose::Other, request));
        self
    }

    /// A good answer in JSON.
    pub(crate) fn json(self, body: &str) -> Self {
        self.response(200, &[("content-type", "application/json")]).body(body.as_bytes()).end()
    }

    /// A refusal in some type.
    pub(crate) fn refusal(self, status: u16, media_type: &str, body: &str) -> Self {
        self.response(status, &[("content-type", media_type)]).body(body.as_bytes()).end()
    }

    /// A good answer as an event stream.
    pub(crate) fn stream(self, body: &str) -> Self {
        self.response(200, &[("content-type", "text/event-stream")]).body(body.as_bytes()).end()
    }

    pub(crate) fn response(mut self, status: u16, headers: Pairs<'_>) -> Self {
        let head = ResponseHead { status, redirected_to: None, headers: pairs(headers), sight: Sight::Full };
        self.records.push(What::Response(ExchangeId(self.exchanges), head));
        self
    }

    pub(crate) fn redirected(mut self, to: &str) -> Self {
        if let Some(What::Response(_, head)) = self.records.last_mut() {
            head.redirected_to = Some(to.to_owned());
        }
        self
    }

    pub(crate) fn body(mut self, bytes: &[u8]) -> Self {
        self.records.push(What::Chunk(ExchangeId(self.exchanges), bytes.to_vec()));
        self
    }

    pub(crate) fn end(self) -> Self {
        self.ends(End::Complete)
    }

    pub(crate) fn ends(mut self, end: End) -> Self {
        self.records.push(What::End(ExchangeId(self.exchanges), end));
        self
    }

    pub(crate) fn trace(self) -> Trace {
        let about = About {
            server: Url::parse(&self.server).unwrap(),
            began: Wall::parse("2026-11-21T17:07:12.004Z"),
            page: Some("https://inspector.example".to_owned()),
            ask: Ask::Auto,
            timeout: Micros(30_000_000),
            token: TokenFacts::None,
            token_flaws: Vec::new(),
            extra_headers: Vec::new(),
            local_network: Permission::Unknown,
            lacks: Lacks::default(),
        };
        let at = |n: usize| Micros(n as u64 * 1_000);
        Trace::of(about, self.records.into_iter().enumerate().map(|(n, what)| Record { at: at(n), what }))
    }
}

fn pairs(of: Pairs<'_>) -> Headers {
    let mut headers = Headers::new();
    of.iter().for_each(|(name, value)| headers.push(name, *value));
    headers
}
