//! What a client wants to be told of, on the one stream of `subscriptions/listen` (2026-07-28, subscriptions).

use alloc::string::String;
use alloc::vec::Vec;

use super::ServerFacts;
use super::object::Object;
use super::reading::{of_message, texts};
use crate::json::{self, Node};
use crate::rpc::Id;

/// The kinds of notifications a client asks for, or a server agrees to send.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// `toolsListChanged`.
    pub tools: bool,
    /// `promptsListChanged`.
    pub prompts: bool,
    /// `resourcesListChanged`.
    pub resources: bool,
    /// `resourceSubscriptions`: the resources whose changes are told.
    pub uris: Vec<String>,
}

impl Wanted {
    /// Everything a server offers to tell, and of these resources their changes.
    pub fn offered(server: &ServerFacts, uris: &[String]) -> Self {
        Self {
            tools: server.allows("tools", "listChanged"),
            prompts: server.allows("prompts", "listChanged"),
            resources: server.allows("resources", "listChanged"),
            uris: if server.allows("resources", "subscribe") { uris.to_vec() } else { Vec::new() },
        }
    }

    /// Whether there is nothing to be told.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The params of `subscriptions/listen`: everything a server offers to tell, and of these resources their changes.
pub fn listen_params(server: &ServerFacts, uris: &[String]) -> String {
    let wanted = Wanted::offered(server, uris);
    let mut filter = Object::new();
    let flags =
        [("toolsListChanged", wanted.tools), ("promptsListChanged", wanted.prompts), ("resourcesListChanged", wanted.resources)];
    for (name, _) in flags.iter().filter(|(_, wanted)| *wanted) {
        filter.raw(name, "true");
    }
    if !wanted.uris.is_empty() {
        let quoted: Vec<String> = wanted.uris.iter().map(|uri| json::quote(uri)).collect();
        filter.raw("resourceSubscriptions", &["[", &quoted.join(","), "]"].concat());
    }
    let mut params = Object::new();
    params.raw("notifications", &filter.end());
    params.end()
}

/// Reads what `notifications/subscriptions/acknowledged` agrees to send. `None` when it does not say.
pub fn read_acknowledged(message: &str) -> Option<Wanted> {
    of_message(message, "params", |params| {
        let filter = params.get("notifications").filter(|filter| filter.is_object())?;
        let flag = |name| filter.get(name).and_then(|flag| flag.as_bool()) == Some(true);
        Some(Wanted {
            tools: flag("toolsListChanged"),
            prompts: flag("promptsListChanged"),
            resources: flag("resourcesListChanged"),
            uris: texts(filter, "resourceSubscriptions"),
        })
    })
}

/// Reads to which `subscriptions/listen` request a notification, or the answer that ends the stream, belongs: its id.
pub fn read_subscription(message: &str) -> Option<Id> {
    let id = |part: Node<'_>| part.at(&["_meta", "io.modelcontextprotocol/subscriptionId"]).map(Id::read);
    of_message(message, "params", id).or_else(|| of_message(message, "result", id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mcp::read_discover;

    fn server(capabilities: &str) -> ServerFacts {
        read_discover(&alloc::format!(r#"{{"result":{{"capabilities":{capabilities}}}}}"#)).unwrap()
    }

    #[test]
    fn a_client_asks_for_what_the_server_offers_and_no_more() {
        let uris = [String::from("file:///a\"b"), String::from("file:///c")];
        let all = server(
            r#"{"tools":{"listChanged":true},"prompts":{"listChanged":true},"resources":{"subscribe":true,"listChanged":true}}"#,
        );
        assert_eq!(
            listen_params(&all, &uris),
            r#"{"notifications":{"toolsListChanged":true,"promptsListChanged":true,"resourcesListChanged":true,"resourceSubscriptions":["file:///a\"b","file:///c"]}}"#
        );
        let some = server(r#"{"tools":{},"prompts":{"listChanged":false},"resources":{"listChanged":true}}"#);
        assert_eq!(listen_params(&some, &uris), r#"{"notifications":{"resourcesListChanged":true}}"#);
        assert_eq!(listen_params(&ServerFacts::default(), &uris), r#"{"notifications":{}}"#);
        assert!(Wanted::offered(&ServerFacts::default(), &uris).is_empty() && !Wanted::offered(&all, &[]).is_empty());
    }

    #[test]
    fn a_server_agrees_to_some_of_it() {
        let acknowledged = read_acknowledged(
            r#"{"params":{"_meta":{"io.modelcontextprotocol/subscriptionId":4},"notifications":{"toolsListChanged":true,"resourceSubscriptions":["a:"]}}}"#,
        );
        assert_eq!(acknowledged, Some(Wanted { tools: true, uris: ["a:".into()].into(), ..Wanted::default() }));
        assert_eq!(read_acknowledged(r#"{"params":{}}"#), None);
    }

    #[test]
    fn every_message_of_a_stream_names_the_request_that_opened_it() {
        let meta = r#"{"_meta":{"io.modelcontextprotocol/subscriptionId":"4"}}"#;
        for part in ["params", "result"] {
            assert_eq!(read_subscription(&alloc::format!(r#"{{"{part}":{meta}}}"#)), Some(Id::Text("4".into())));
        }
        assert_eq!(read_subscription(r#"{"params":{}}"#), None);
    }
}
