//! What the clients are held against: fault servers, each over the transport whose fault it is, and addresses without a server.

use inspector_core::{
    mcp::{Ask, Revision},
    time::Micros,
    trace::{About, TokenFacts, Trace},
};

use crate::{
    drive,
    fault::{FaultServer, Nobody, Scenario},
};

/// How messages travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// Streamable HTTP.
    Http,
    /// HTTP+SSE (2024-11-05).
    Sse,
}

/// One failure that every client is put through.
#[derive(Debug, Clone, Copy)]
pub struct Fault {
    /// Its name in the matrix: the scenario's, or what is at the address.
    pub name: &'static str,
    /// How the clients speak to it.
    pub transport: Transport,
    at: At,
}

/// What is at the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Scenario,
    /// Nothing: connections are refused.
    Nobody,
}

/// A fault that is being served, until dropped.
pub struct Served {
    /// The address to give to the client.
    pub url: String,
    /// The token to give to the client.
    pub token: Option<String>,
    _at: Kept,
}

/// Keeps what is at the address as it is.
enum Kept {
    Server(#[expect(dead_code, reason = "serves until dropped")] FaultServer),
    Nobody(#[expect(dead_code, reason = "keeps the port from others until dropped")] Nobody),
}

const fn http(name: &'static str) -> Fault {
    Fault { name, transport: Transport::Http, at: At::Scenario }
}

const fn sse(name: &'static str) -> Fault {
    Fault { name, transport: Transport::Sse, at: At::Scenario }
}

/// Every fault, in the order of the matrix.
pub static FAULTS: &[Fault] = &[
    http("ok"),
    http("ok-stream"),
    http("ok-stateless"),
    http("working-stateless"),
    http("working-polling"),
    http("working-get-404"),
    http("working-get-500"),
    http("working-get-html"),
    Fault { name: "nobody-listens", transport: Transport::Http, at: At::Nobody },
    http("connection-closed"),
    http("connection-closed-later"),
    http("endpoint-not-found-starlette"),
    http("endpoint-not-found-express"),
    http("endpoint-not-found-fastapi"),
    http("not-an-mcp-endpoint"),
    http("not-an-mcp-endpoint-json"),
    http("not-an-mcp-endpoint-later"),
    http("legacy-sse-forced"),
    http("redirect-301"),
    http("redirect-302"),
    http("redirect-307"),
    http("redirect-308"),
    http("redirect-307-other"),
    http("token-missing"),
    http("token-rejected"),
    http("token-rejected-ts"),
    http("token-rejected-gateway-404"),
    http("token-expired"),
    http("origin-rejected"),
    http("origin-rejected-ts"),
    http("host-rejected"),
    http("accept-refused"),
    http("method-not-allowed"),
    http("session-stale-404-python"),
    http("session-stale-400-python"),
    http("session-stale-404-ts"),
    http("session-stale-400-express"),
    http("session-stale-401-rmcp"),
    http("session-missing"),
    http("request-before-initialized"),
    http("initialized-refused"),
    http("initialized-refused-400"),
    http("initialized-refused-401"),
    http("initialized-refused-404"),
    http("bare-400"),
    http("bare-401"),
    http("bare-403"),
    http("bare-404"),
    http("bare-409"),
    http("bare-410"),
    http("bare-413"),
    http("bare-415"),
    http("bare-422"),
    http("bare-429"),
    http("bare-500"),
    http("bare-504"),
    http("bare-400-later"),
    http("bare-401-later"),
    http("bare-403-later"),
    http("bare-404-later"),
    http("bare-404-later-no-session"),
    http("bare-405-later"),
    http("bare-410-later"),
    http("bare-429-later"),
    http("bare-503-later"),
    http("gateway-502"),
    http("gateway-503"),
    http("gateway-504"),
    http("server-error"),
    http("server-error-text"),
    http("server-error-jsonrpc"),
    http("rpc-invalid-params"),
    http("rpc-invalid-params-later"),
    http("rpc-method-not-found"),
    http("rpc-internal-error"),
    http("rpc-null-id"),
    http("rpc-null-id-later"),
    http("rpc-other-id"),
    http("rpc-text-id"),
    http("initialize-of-another-kind"),
    http("response-content-type"),
    http("response-content-type-octets"),
    http("response-content-type-none"),
    http("response-not-json"),
    http("response-not-json-later"),
    http("response-not-jsonrpc-lambda"),
    http("response-not-jsonrpc-detail"),
    http("response-not-jsonrpc-later"),
    http("response-empty-202"),
    http("response-empty-202-later"),
    http("response-empty-204"),
    http("response-empty-json"),
    http("response-cut"),
    http("response-timeout"),
    http("response-timeout-always"),
    http("response-timeout-later"),
    http("stream-without-response"),
    http("stream-empty"),
    http("stream-empty-always"),
    http("stream-cut-in-event"),
    http("stream-cut-in-chunk"),
    http("stream-cut-politely"),
    http("stream-not-json"),
    http("stream-not-json-always"),
    http("stream-not-resumable"),
    http("stream-not-replayed"),
    http("conflicting-stream"),
    http("version-2099"),
    http("version-newer"),
    http("header-mismatch"),
    http("tools-not-offered"),
    sse("legacy-sse-chosen"),
    Fault { name: "nobody-listens-sse", transport: Transport::Sse, at: At::Nobody },
    sse("streamable-only"),
    sse("legacy-get-401"),
    sse("legacy-get-404"),
    sse("legacy-get-500"),
    sse("legacy-get-html"),
    sse("legacy-first-event-other"),
    sse("legacy-sse-no-endpoint"),
    sse("legacy-sse-no-endpoint-silent"),
    sse("legacy-sse-endpoint-foreign"),
    sse("legacy-sse-prefix"),
    sse("legacy-sse-two-workers"),
    sse("legacy-sse-stream-ends"),
    sse("legacy-stream-closes"),
    sse("legacy-post-400"),
    sse("legacy-post-401"),
    sse("legacy-never-answers"),
];

impl Fault {
    /// One line: what is at the address.
    pub fn about(&self) -> &'static str {
        match self.at {
            At::Scenario => self.scenario().about,
            At::Nobody => "nothing listens at the address",
        }
    }

    /// Serves it afresh: some servers fail once only.
    pub fn serve(&self) -> Served {
        match self.at {
            At::Scenario => {
                let scenario = self.scenario();
                let server = FaultServer::start(scenario);
                Served {
                    url: server.url(),
                    token: Some(scenario.token()).filter(|token| !token.is_empty()),
                    _at: Kept::Server(server),
                }
            }
            At::Nobody => {
                let nobody = Nobody::find();
                Served { url: nobody.url(), token: None, _at: Kept::Nobody(nobody) }
            }
        }
    }

    /// The recording that our own session makes of it, as a program that is no page.
    pub fn trace(&self) -> Trace {
        let served = self.serve();
        let scenario = (self.at == At::Scenario).then(|| self.scenario());
        let ask = match (self.transport, scenario) {
            (Transport::Sse, _) => Ask::Only(Revision::V2024_11_05),
            (Transport::Http, Some(scenario)) => Ask::parse(scenario.protocol).expect("a protocol"),
            (Transport::Http, None) => Ask::Auto,
        };
        let waits = scenario.is_some_and(|scenario| scenario.waits);
        let timeout = if waits { Micros::from_millis(800) } else { Micros::from_secs(20) };
        let token = served.token.as_ref().map_or(TokenFacts::None, |token| TokenFacts::Opaque { chars: token.len() });
        drive::run(About { page: None, ask, timeout, token, ..drive::about(&served.url) })
    }

    fn scenario(&self) -> Scenario {
        Scenario::by_name(self.name).unwrap_or_else(|| panic!("no scenario is called {}", self.name))
    }
}
