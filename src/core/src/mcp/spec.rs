//! What the specification says of each step, at each revision, in our own words: a table from which the page quotes.

use super::Revision;
use Revision::{V2024_11_05, V2025_03_26, V2025_06_18, V2025_11_25, V2026_07_28};

/// A rule of the specification, with where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpecNote {
    /// The revision it is quoted for.
    pub revision: Revision,
    /// The chapter, for example `basic/transports`.
    pub chapter: &'static str,
    /// The rule.
    pub text: &'static str,
}

/// Something that happens on the wire and that the specification has a rule for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A message is sent by POST.
    Post,
    /// Several messages are sent as one array.
    Batch,
    /// A request has an id.
    RequestId,
    /// An answer has an id.
    AnswerId,
    /// `initialize` is asked.
    Initialize,
    /// `initialize` is answered, and the revision is agreed on.
    Negotiated,
    /// `initialize` is refused by an HTTP status.
    InitializeRefused,
    /// `notifications/initialized` is sent.
    Initialized,
    /// A POST without a request is accepted.
    Accepted,
    /// A request is answered, as JSON or on an event stream.
    Answer,
    /// A request is answered on an event stream.
    StreamAnswer,
    /// An event stream broke.
    StreamBroke,
    /// A GET asks for an event stream.
    GetStream,
    /// An event stream is asked for again, from an event on.
    Resume,
    /// A session id is issued.
    SessionIssued,
    /// A session id is sent.
    SessionSent,
    /// A request without a session id is refused.
    SessionMissing,
    /// A request with a session id is refused because the server does not know the session.
    SessionUnknown,
    /// `initialize` is sent again, without the session id that was refused.
    StartOver,
    /// A DELETE ends a session.
    EndSession,
    /// The version header is sent.
    VersionHeader,
    /// The version header is refused.
    VersionRefused,
    /// A token is sent.
    TokenSent,
    /// 401.
    Unauthorized,
    /// 403.
    Forbidden,
    /// 406.
    NotAcceptable,
    /// 405 for a POST.
    PostNotAllowed,
    /// A comment, or a line without meaning, on an event stream.
    Comment,
    /// An event with an id and without data.
    Priming,
    /// A reconnection time.
    Retry,
    /// The server sends `ping`.
    Ping,
    /// The server asks something.
    ServerRequest,
    /// The server says something.
    ServerNotification,
    /// `tools/list` is asked.
    ToolsList,
    /// A further page of `tools/list` is asked.
    ToolsPage,
    /// `tools/list` is answered.
    ToolsListed,
    /// No answer came in time.
    TimedOut,
    /// The client gave a request up.
    Cancelled,
    /// The browser says nothing but that it failed, or that something answered.
    Opaque,
}

/// A rule, and the first and the last revision it holds for.
struct Rule(Step, Revision, Revision, &'static str, &'static str);

const BASE: &str = "basic";
const LIFECYCLE: &str = "basic/lifecycle";
const TRANSPORTS: &str = "basic/transports";
const STREAMABLE: &str = "basic/transports/streamable-http";
const VERSIONING: &str = "basic/versioning";
const AUTHORIZATION: &str = "basic/authorization";
const CANCELLATION: &str = "basic/utilities/cancellation";
const PING: &str = "basic/utilities/ping";
const TOOLS: &str = "server/tools";
const PAGINATION: &str = "server/utilities/pagination";

#[rustfmt::skip]
const RULES: &[Rule] = &[
    Rule(Step::Post, V2024_11_05, V2024_11_05, TRANSPORTS, "Messages are sent by POST to the address that the stream’s endpoint event gave. Answers come on the stream, not in the response."),
    Rule(Step::Post, V2025_03_26, V2025_03_26, TRANSPORTS, "Messages are sent by POST to the one endpoint, singly or as a batch. Accept must list both application/json and text/event-stream."),
    Rule(Step::Post, V2025_06_18, V2025_11_25, TRANSPORTS, "Each message is a POST of its own to the one endpoint. Accept must list both application/json and text/event-stream."),
    Rule(Step::Post, V2026_07_28, V2026_07_28, STREAMABLE, "Each request is a POST of its own that says everything the server needs: MCP-Protocol-Version, Mcp-Method, and the version and capabilities in _meta."),
    Rule(Step::Batch, V2025_03_26, V2025_03_26, TRANSPORTS, "A POST may hold several messages as an array. initialize must not be among them."),
    Rule(Step::Batch, V2025_06_18, V2026_07_28, TRANSPORTS, "A POST holds one message. Batches were removed in 2025-06-18."),
    Rule(Step::RequestId, V2024_11_05, V2025_11_25, BASE, "A request has an id, a string or an integer. It must not be null, and the same side must not have used it before in the session."),
    Rule(Step::AnswerId, V2024_11_05, V2025_11_25, BASE, "An answer carries the id of the request it answers, and either a result or an error, not both."),
    Rule(Step::Initialize, V2024_11_05, V2025_11_25, LIFECYCLE, "A conversation begins with initialize: the revision the client wants, which should be its latest, its capabilities and its name."),
    Rule(Step::Initialize, V2026_07_28, V2026_07_28, VERSIONING, "This revision has no handshake: initialize belongs to 2025-11-25 and earlier."),
    Rule(Step::Negotiated, V2024_11_05, V2025_11_25, LIFECYCLE, "A server that supports the revision asked for must answer with the same one, otherwise with another it supports. A client that does not support that one should disconnect."),
    Rule(Step::InitializeRefused, V2025_03_26, V2025_06_18, TRANSPORTS, "When initialize gets any 4xx, a client that also speaks HTTP+SSE tries a GET and waits for an endpoint event."),
    Rule(Step::InitializeRefused, V2025_11_25, V2025_11_25, TRANSPORTS, "When initialize gets 400, 404 or 405, a client that also speaks HTTP+SSE tries a GET and waits for an endpoint event."),
    Rule(Step::Initialized, V2024_11_05, V2025_11_25, LIFECYCLE, "After a good answer to initialize the client must send notifications/initialized. Until then the server should ask nothing but ping."),
    Rule(Step::Accepted, V2025_03_26, V2025_11_25, TRANSPORTS, "A POST without a request in it gets 202 and no body when the server accepts it, otherwise an HTTP error, whose body may be a JSON-RPC error without an id."),
    Rule(Step::Accepted, V2026_07_28, V2026_07_28, STREAMABLE, "A notification gets 202 and no body when the server accepts it, otherwise a 4xx."),
    Rule(Step::Answer, V2025_03_26, V2025_11_25, TRANSPORTS, "A request is answered as application/json, with one JSON value, or as text/event-stream. A client must support both."),
    Rule(Step::Answer, V2026_07_28, V2026_07_28, STREAMABLE, "A request is answered as application/json or as text/event-stream. A client must support both."),
    Rule(Step::StreamAnswer, V2025_03_26, V2025_06_18, TRANSPORTS, "The stream should carry the answer to each request before it ends; requests and notifications of the server may come first."),
    Rule(Step::StreamAnswer, V2025_11_25, V2025_11_25, TRANSPORTS, "The stream should carry the answer in the end. After an event with an id the server may close the connection early; the client then asks for the rest by GET."),
    Rule(Step::StreamBroke, V2025_03_26, V2025_11_25, TRANSPORTS, "A connection may break at any time, and that does not cancel the request. If the events had ids, the client can ask for what is missing: GET with Last-Event-ID."),
    Rule(Step::StreamBroke, V2026_07_28, V2026_07_28, STREAMABLE, "A stream that breaks loses its request: nothing can be resumed. The client may ask again with a new id."),
    Rule(Step::GetStream, V2024_11_05, V2024_11_05, TRANSPORTS, "A client opens the stream by GET. The first event must be endpoint, with the address to send messages to."),
    Rule(Step::GetStream, V2025_03_26, V2025_11_25, TRANSPORTS, "A client may open a stream by GET, for what the server says unasked. The server answers with an event stream, or with 405 if it offers none."),
    Rule(Step::GetStream, V2026_07_28, V2026_07_28, STREAMABLE, "There is no GET stream; a server should answer 405."),
    Rule(Step::Resume, V2025_03_26, V2025_11_25, TRANSPORTS, "After a break the client may GET with Last-Event-ID. The server may then send again what came after that event on that stream, and on no other."),
    Rule(Step::SessionIssued, V2025_03_26, V2025_11_25, TRANSPORTS, "A server may give the session an id, in the Mcp-Session-Id header of the response with the initialize result: visible ASCII only, and hard to guess."),
    Rule(Step::SessionSent, V2025_03_26, V2025_11_25, TRANSPORTS, "Once the server has given a session id, the client must send it on every request, in Mcp-Session-Id."),
    Rule(Step::SessionSent, V2026_07_28, V2026_07_28, STREAMABLE, "This revision has no sessions; a server should ignore Mcp-Session-Id."),
    Rule(Step::SessionMissing, V2025_03_26, V2025_11_25, TRANSPORTS, "A server that needs a session id should answer 400 to a request without one, initialize excepted."),
    Rule(Step::SessionUnknown, V2025_03_26, V2025_11_25, TRANSPORTS, "A session that the server has ended must be answered with 404. The client must then begin a new one: initialize without an id."),
    Rule(Step::StartOver, V2025_03_26, V2025_11_25, TRANSPORTS, "A client that gets 404 for a request with a session id must begin a new session: initialize without an id."),
    Rule(Step::EndSession, V2025_03_26, V2025_11_25, TRANSPORTS, "A client that no longer needs its session should send DELETE with the id. The server may answer 405: it does not let clients end sessions."),
    Rule(Step::EndSession, V2026_07_28, V2026_07_28, STREAMABLE, "This revision has no sessions to end; a server should answer 405 to DELETE."),
    Rule(Step::VersionHeader, V2025_06_18, V2025_11_25, TRANSPORTS, "On every request after initialize the client must send MCP-Protocol-Version with the revision agreed on."),
    Rule(Step::VersionHeader, V2026_07_28, V2026_07_28, STREAMABLE, "Every request must carry MCP-Protocol-Version, equal to the version in _meta; otherwise it gets 400 and error -32020."),
    Rule(Step::VersionRefused, V2025_06_18, V2025_11_25, TRANSPORTS, "A revision in MCP-Protocol-Version that the server does not support must get 400. Without the header it should assume 2025-03-26, unless it knows better."),
    Rule(Step::VersionRefused, V2026_07_28, V2026_07_28, VERSIONING, "A revision the server does not serve gets 400 and error -32022, which lists the ones it does."),
    Rule(Step::TokenSent, V2025_03_26, V2026_07_28, AUTHORIZATION, "A token is sent in Authorization: Bearer, on every request, and never in the address."),
    Rule(Step::Unauthorized, V2024_11_05, V2024_11_05, TRANSPORTS, "Servers should authenticate connections. How is not said: this revision has no chapter on authorization."),
    Rule(Step::Unauthorized, V2025_03_26, V2025_03_26, AUTHORIZATION, "401 means that a token is needed, or that this one is not valid. The client looks for the authorization server’s metadata at the root of the server’s address."),
    Rule(Step::Unauthorized, V2025_06_18, V2025_06_18, AUTHORIZATION, "A missing, invalid or expired token must get 401, with a WWW-Authenticate header that points to the protected resource metadata (RFC 9728). A token meant for another server must be refused."),
    Rule(Step::Unauthorized, V2025_11_25, V2026_07_28, AUTHORIZATION, "A missing, invalid or expired token must get 401. WWW-Authenticate names the protected resource metadata (RFC 9728), or it stands at its well-known address. A token meant for another server must be refused."),
    Rule(Step::Forbidden, V2025_03_26, V2025_06_18, AUTHORIZATION, "403 means that the token is good and does not allow this."),
    Rule(Step::Forbidden, V2025_11_25, V2026_07_28, AUTHORIZATION, "403 means that the token does not allow this; WWW-Authenticate should say insufficient_scope and which scopes are needed."),
    Rule(Step::Forbidden, V2024_11_05, V2025_06_18, TRANSPORTS, "Servers must check the Origin header, against DNS rebinding. Which status a wrong one gets is not said."),
    Rule(Step::Forbidden, V2025_11_25, V2025_11_25, TRANSPORTS, "Servers must check the Origin header, against DNS rebinding, and answer 403 to a wrong one."),
    Rule(Step::Forbidden, V2026_07_28, V2026_07_28, STREAMABLE, "Servers must check the Origin header, against DNS rebinding, and answer 403 to a wrong one."),
    Rule(Step::NotAcceptable, V2025_03_26, V2025_11_25, TRANSPORTS, "A POST must accept both application/json and text/event-stream, a GET text/event-stream. Which status other requests get is not said; 406 is HTTP’s own (RFC 9110)."),
    Rule(Step::PostNotAllowed, V2025_03_26, V2025_11_25, TRANSPORTS, "The one endpoint must take both POST and GET. An address that refuses POST is not it, or speaks HTTP+SSE (2024-11-05)."),
    Rule(Step::PostNotAllowed, V2026_07_28, V2026_07_28, STREAMABLE, "The one endpoint must take POST. An address that refuses it is not the endpoint."),
    Rule(Step::Comment, V2024_11_05, V2025_11_25, TRANSPORTS, "Event streams have the format of WHATWG HTML §9.2: comments and unknown fields carry nothing. Servers send comments to keep a connection open."),
    Rule(Step::Comment, V2026_07_28, V2026_07_28, STREAMABLE, "Comments keep a connection open and must be ignored."),
    Rule(Step::Priming, V2025_03_26, V2025_06_18, TRANSPORTS, "An event without data is no message. This revision does not mention such events; 2025-11-25 made them the start of a stream."),
    Rule(Step::Priming, V2025_11_25, V2025_11_25, TRANSPORTS, "A stream should begin with an event that has an id and empty data, so that the client can come back for the rest after a break. It is no message."),
    Rule(Step::Retry, V2025_11_25, V2025_11_25, TRANSPORTS, "A server should send retry before it closes a connection early. The client must wait that long before it comes back."),
    Rule(Step::Ping, V2024_11_05, V2025_11_25, PING, "Either side may send ping. The other must answer promptly with an empty result; when it does not, the connection may be given up."),
    Rule(Step::ServerRequest, V2024_11_05, V2025_11_25, LIFECYCLE, "A server may ask only for what the client offered in initialize. This client offers nothing, so it answers any request but ping with -32601."),
    Rule(Step::ServerRequest, V2026_07_28, V2026_07_28, BASE, "Servers no longer send requests: what they need, they ask for in a result."),
    Rule(Step::ServerNotification, V2024_11_05, V2026_07_28, BASE, "A notification has no id and must not be answered."),
    Rule(Step::ToolsList, V2024_11_05, V2025_11_25, TOOLS, "A client lists the tools with tools/list, when the server offers the tools capability."),
    Rule(Step::ToolsList, V2026_07_28, V2026_07_28, TOOLS, "A client lists the tools with tools/list. The list no longer depends on the connection."),
    Rule(Step::ToolsPage, V2024_11_05, V2026_07_28, PAGINATION, "A cursor goes back to the server exactly as it came. One the server does not know should get -32602."),
    Rule(Step::ToolsListed, V2024_11_05, V2026_07_28, TOOLS, "Each tool has a name and an inputSchema, a JSON Schema for an object. What annotations say is a hint: trust it only as far as the server."),
    Rule(Step::ToolsListed, V2024_11_05, V2026_07_28, PAGINATION, "nextCursor says that there are more; without it this is the last page. The server chooses how long a page is."),
    Rule(Step::TimedOut, V2025_03_26, V2025_11_25, LIFECYCLE, "Every request should have a time limit. At the limit the sender should cancel the request and stop waiting."),
    Rule(Step::Cancelled, V2024_11_05, V2025_11_25, CANCELLATION, "A request is cancelled by notifications/cancelled with its id. initialize must not be cancelled."),
    Rule(Step::Cancelled, V2025_03_26, V2025_11_25, TRANSPORTS, "Closing the connection alone should not be taken for cancelling."),
    Rule(Step::Cancelled, V2026_07_28, V2026_07_28, STREAMABLE, "Closing the stream of a request cancels it."),
    Rule(Step::Opaque, V2024_11_05, V2026_07_28, TRANSPORTS, "The specification says nothing about CORS, in any revision: whether pages of other origins may read its answers is up to each server. It does say that servers must check the Origin header."),
];

/// What the specification says of a step at a revision; nothing when it has no rule there.
pub fn rules(step: Step, revision: Revision) -> impl Iterator<Item = SpecNote> {
    RULES
        .iter()
        .filter(move |Rule(of, first, last, ..)| *of == step && (*first..=*last).contains(&revision))
        .map(move |Rule(.., chapter, text)| SpecNote { revision, chapter, text })
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    fn texts(step: Step, revision: Revision) -> Vec<&'static str> {
        rules(step, revision).map(|note| note.text).collect()
    }

    #[test]
    fn rules_are_short_and_whole_sentences() {
        for Rule(step, first, last, chapter, text) in RULES {
            assert!(first <= last && !chapter.is_empty(), "{step:?}");
            assert!(text.len() <= 240 && text.ends_with('.') && !text.contains("  "), "{step:?}: {} {text}", text.len());
        }
    }

    #[test]
    fn no_chapter_speaks_twice_of_one_step_at_one_revision() {
        for Rule(step, first, ..) in RULES {
            let mut chapters: Vec<_> = rules(*step, *first).map(|note| note.chapter).collect();
            chapters.sort_unstable();
            assert!(chapters.windows(2).all(|pair| pair[0] != pair[1]), "{step:?} {first}");
        }
    }

    #[test]
    fn the_version_header_is_asked_for_exactly_where_the_client_sends_it() {
        for revision in Revision::STREAMABLE {
            assert_eq!(rules(Step::VersionHeader, revision).next().is_some(), revision.has_version_header(), "{revision}");
        }
    }

    #[test]
    fn batches_are_allowed_by_one_revision_alone() {
        for revision in Revision::STREAMABLE {
            let allowed = texts(Step::Batch, revision).iter().any(|text| text.contains("may hold several"));
            assert_eq!(allowed, revision.has_batches(), "{revision}");
        }
    }

    #[test]
    fn there_are_no_sessions_before_streamable_http_and_none_after_the_handshake() {
        assert!(texts(Step::SessionIssued, V2024_11_05).is_empty());
        assert!(texts(Step::SessionUnknown, V2025_03_26)[0].contains("404"));
        assert!(texts(Step::SessionUnknown, V2026_07_28).is_empty());
    }

    #[test]
    fn a_wrong_origin_gets_403_from_the_last_handshake_revision_on() {
        let mandated = |revision| texts(Step::Forbidden, revision).iter().any(|text| text.contains("answer 403"));
        assert!(!mandated(V2025_06_18) && mandated(V2025_11_25) && mandated(V2026_07_28));
    }
}
