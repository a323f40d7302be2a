//! What a server says of itself: the results of `initialize` and `server/discover`, read leniently.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::Revision;
use super::reading::{member, of_message, texts};
use crate::json::{self, Node};
use crate::time::Micros;

/// One capability a server offers, with its options as sent: `tools`, `{"listChanged":true}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capability {
    /// The name.
    pub name: String,
    /// The options, as sent.
    pub options: String,
}

/// The result of `initialize` or `server/discover`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerFacts {
    /// `serverInfo.name`.
    pub name: String,
    /// `serverInfo.title`.
    pub title: String,
    /// `serverInfo.version`.
    pub version: String,
    /// `protocolVersion` as sent; empty when the server was discovered, for then the client knows what it speaks.
    pub protocol_version: String,
    /// The capabilities in the order sent.
    pub capabilities: Vec<Capability>,
    /// `instructions`.
    pub instructions: String,
    /// `supportedVersions` of a discovered server, as sent.
    pub supported: Vec<String>,
    /// `ttlMs`: for how many milliseconds this is fresh (2026-07-28, caching).
    pub ttl_ms: Option<i64>,
    /// `cacheScope`: `public`, `private`, or empty.
    pub cache_scope: String,
}

impl ServerFacts {
    /// The negotiated revision, if it is one we know.
    pub fn revision(&self) -> Option<Revision> {
        Revision::parse(&self.protocol_version)
    }

    /// Whether a capability is offered.
    pub fn offers(&self, capability: &str) -> bool {
        self.capabilities.iter().any(|offered| offered.name == capability)
    }

    /// Whether a capability is offered with an option that is `true`: `resources` with `subscribe`.
    pub fn allows(&self, capability: &str, option: &str) -> bool {
        self.capabilities.iter().filter(|offered| offered.name == capability).any(|offered| {
            let scan = json::scan(&offered.options);
            scan.root(&offered.options).and_then(|options| options.get(option)).and_then(|option| option.as_bool()) == Some(true)
        })
    }
}

/// Reads the message that answers `initialize`. Whatever is missing stays empty; `None` when there is no `result` object.
pub fn read_initialize(message: &str) -> Option<ServerFacts> {
    of_message(message, "result", |result| {
        Some(ServerFacts { protocol_version: member(result, "protocolVersion"), ..read_server(result, result.get("serverInfo")) })
    })
}

/// Reads the message that answers `server/discover` (2026-07-28, discovery). `None` when there is no `result` object.
pub fn read_discover(message: &str) -> Option<ServerFacts> {
    of_message(message, "result", |result| {
        Some(ServerFacts {
            supported: texts(result, "supportedVersions"),
            ..read_server(result, result.at(&["_meta", "io.modelcontextprotocol/serverInfo"]))
        })
    })
}

/// The method that a result answers, by the members that only its results have; `None` when none tells. For recordings that hold answers
/// and not what was asked.
pub fn asked_by(message: &str) -> Option<&'static str> {
    const TELLING: [(&str, &str); 6] = [
        ("protocolVersion", "initialize"),
        ("supportedVersions", "server/discover"),
        ("tools", "tools/list"),
        ("prompts", "prompts/list"),
        ("resourceTemplates", "resources/templates/list"),
        ("resources", "resources/list"),
    ];
    of_message(message, "result", |result| {
        TELLING.into_iter().find(|(member, _)| result.get(member).is_some()).map(|(_, method)| method)
    })
}

fn read_server(result: Node<'_>, info: Option<Node<'_>>) -> ServerFacts {
    let of_info = |key| info.map(|info| member(info, key)).unwrap_or_default();
    let capabilities = result.get("capabilities").map(|node| {
        node.entries().map(|(key, value)| Capability { name: key.into_owned(), options: value.raw().to_string() }).collect()
    });
    let fresh = Freshness::of(result);
    ServerFacts {
        name: of_info("name"),
        title: of_info("title"),
        version: of_info("version"),
        capabilities: capabilities.unwrap_or_default(),
        instructions: member(result, "instructions"),
        ttl_ms: fresh.ttl_ms,
        cache_scope: fresh.scope,
        ..ServerFacts::default()
    }
}

/// How long a result may be kept, and for whom (2026-07-28, caching).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Freshness {
    /// `ttlMs`, in milliseconds as sent: a negative one counts as 0, and so does none.
    pub ttl_ms: Option<i64>,
    /// `cacheScope`: `public`, `private`, or empty when it is not said.
    pub scope: String,
}

impl Freshness {
    fn of(result: Node<'_>) -> Self {
        Self { ttl_ms: result.get("ttlMs").and_then(|ttl| ttl.as_i64()), scope: member(result, "cacheScope") }
    }

    /// What it means, in words: `may be kept for 1 min, for everybody`. `None` when the server does not say.
    pub fn words(&self) -> Option<String> {
        let millis = u64::try_from(self.ttl_ms?).unwrap_or(0);
        let span = if millis == 0 {
            String::from("must not be kept")
        } else {
            format!("may be kept for {}", Micros::from_millis(millis))
        };
        let whom = match self.scope.as_str() {
            "public" => ", for everybody",
            "private" => ", for this token alone",
            _ => "",
        };
        Some(if millis == 0 { span } else { span + whom })
    }
}

/// Reads how long the result in a message may be kept; empty when the message does not say.
pub fn read_freshness(message: &str) -> Freshness {
    of_message(message, "result", |result| Some(Freshness::of(result))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_a_result_may_be_kept_is_said_in_words() {
        let said = |result: &str| read_freshness(&format!(r#"{{"result":{result}}}"#)).words();
        assert_eq!(said(r#"{"ttlMs":60000,"cacheScope":"public"}"#).as_deref(), Some("may be kept for 1 min, for everybody"));
        assert_eq!(
            said(r#"{"ttlMs":500,"cacheScope":"private"}"#).as_deref(),
            Some("may be kept for 500 ms, for this token alone")
        );
        assert_eq!(said(r#"{"ttlMs":0,"cacheScope":"public"}"#).as_deref(), Some("must not be kept"));
        assert_eq!(said("{}"), None);
    }

    #[test]
    fn an_initialize_result_is_read_whole() {
        let facts = read_initialize(
            r#"{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-06-18","capabilities":{"tools":{"listChanged":false},"prompts":{}},
               "serverInfo":{"name":"orders","title":"Orders","version":"3.2.0"},"instructions":"Ask first."}}"#,
        )
        .unwrap();
        assert_eq!((facts.name.as_str(), facts.title.as_str(), facts.version.as_str()), ("orders", "Orders", "3.2.0"));
        assert_eq!(facts.revision(), Some(Revision::V2025_06_18));
        assert!(facts.offers("tools") && facts.offers("prompts") && !facts.offers("resources"));
        assert_eq!(facts.capabilities[0].options, r#"{"listChanged":false}"#);
        assert_eq!(facts.instructions, "Ask first.");
    }

    #[test]
    fn what_is_missing_stays_empty() {
        assert_eq!(read_initialize(r#"{"result":{}}"#), Some(ServerFacts::default()));
        assert_eq!(read_discover(r#"{"result":{}}"#), Some(ServerFacts::default()));
        assert_eq!(read_initialize(r#"{"error":{"code":1}}"#), None);
        assert_eq!(read_freshness(r#"{"error":{"code":1}}"#), Freshness::default());
    }

    #[test]
    fn a_discovered_server_names_itself_in_meta_and_no_revision() {
        let facts = read_discover(
            r#"{"result":{"resultType":"complete","supportedVersions":["2026-07-28","2025-11-25"],"capabilities":{"tools":{}},
               "_meta":{"io.modelcontextprotocol/serverInfo":{"name":"orders","version":"4"}},"ttlMs":60000,"cacheScope":"public"}}"#,
        )
        .unwrap();
        assert_eq!((facts.name.as_str(), facts.version.as_str(), facts.revision()), ("orders", "4", None));
        assert_eq!(facts.supported, ["2026-07-28", "2025-11-25"]);
        assert_eq!((facts.ttl_ms, facts.cache_scope.as_str()), (Some(60_000), "public"));
    }

    #[test]
    fn an_option_is_allowed_only_when_it_is_true() {
        let facts =
            read_initialize(r#"{"result":{"capabilities":{"resources":{"subscribe":true,"listChanged":false},"tools":{}}}}"#)
                .unwrap();
        assert!(facts.allows("resources", "subscribe"));
        assert!(!facts.allows("resources", "listChanged") && !facts.allows("tools", "listChanged"));
    }
}
