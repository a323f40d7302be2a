//! The rules of the specification, one per row, in our own words.

use super::{Revision, Step};
use Revision::{V2024_11_05, V2025_03_26, V2025_06_18, V2025_11_25, V2026_07_28};

/// A rule, and the first and the last revision it holds for.
pub(super) struct Rule(
    pub(super) Step,
    pub(super) Revision,
    pub(super) Revision,
    pub(super) &'static str,
    pub(super) &'static str,
);

const BASE: &str = "basic";
const LIFECYCLE: &str = "basic/lifecycle";
const TRANSPORTS: &str = "basic/transports";
const STREAMABLE: &str = "basic/transports/streamable-http";
const VERSIONING: &str = "basic/versioning";
const AUTHORIZATION: &str = "basic/authorization";
const DISCOVERY: &str = "basic/authorization/authorization-server-discovery";
const CANCELLATION: &str = "basic/utilities/cancellation";
const PING: &str = "basic/utilities/ping";
const TOOLS: &str = "server/tools";
const PAGINATION: &str = "server/utilities/pagination";
const DISCOVER: &str = "server/discover";
const CACHING: &str = "server/utilities/caching";
const LOGGING: &str = "server/utilities/logging";
const COMPLETION: &str = "server/utilities/completion";
const PROMPTS: &str = "server/prompts";
const RESOURCES: &str = "server/resources";
const ROOTS: &str = "client/roots";
const SAMPLING: &str = "client/sampling";
const ELICITATION: &str = "client/elicitation";
const PROGRESS: &str = "basic/utilities/progress";
const PATTERN_PROGRESS: &str = "basic/patterns/progress";
const PATTERN_CANCELLATION: &str = "basic/patterns/cancellation";
const PATTERN_INPUT: &str = "basic/patterns/mrtr";
const PATTERN_SUBSCRIPTIONS: &str = "basic/patterns/subscriptions";

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    Rule(Step::Post, V2024_11_05, V2024_11_05, TRANSPORTS, "Messages are sent by POST to the address that the stream’s endpoint event gave. Answers come on the stream, not in the response."),
    Rule(Step::Post, V2025_03_26, V2025_03_26, TRANSPORTS, "Messages are sent by POST to the one endpoint, singly or as a batch. Accept must list both application/json and text/event-stream."),
    Rule(Step::Post, V2025_06_18, V2025_11_25, TRANSPORTS, "Each message is a POST of its own to the one endpoint. Accept must list both application/json and text/event-stream."),
    Rule(Step::Post, V2026_07_28, V2026_07_28, STREAMABLE, "Each request is a POST of its own that says everything the server needs: MCP-Protocol-Version, Mcp-Method, and the version and capabilities in _meta."),
    Rule(Step::Batch, V2025_03_26, V2025_03_26, TRANSPORTS, "A POST may hold several messages as an array. initialize must not be among them."),
    Rule(Step::Batch, V2025_06_18, V2026_07_28, TRANSPORTS, "A POST holds one message. Batches were removed in 2025-06-18."),
    Rule(Step::RequestId, V2024_11_05, V2025_11_25, BASE, "A request has an id, a string or an integer. It must not be null, and the same side must not have used it before in the session."),
    Rule(Step::RequestId, V2026_07_28, V2026_07_28, BASE, "A request has an id, a string or an integer. It must not be null, nor that of a request that still waits for its answer."),
    Rule(Step::AnswerId, V2024_11_05, V2025_11_25, BASE, "An answer carries the id of the request it answers, and either a result or an error, not both."),
    Rule(Step::AnswerId, V2026_07_28, V2026_07_28, BASE, "An answer carries the id of the request it answers. A result says in resultType whether it is the final one; one that says nothing counts as such."),
    Rule(Step::Discover, V2026_07_28, V2026_07_28, DISCOVER, "server/discover asks which versions a server speaks, what it offers and who it is. A server must answer it; a client need not ask."),
    Rule(Step::Discovered, V2026_07_28, V2026_07_28, DISCOVER, "The client should go on with one of supportedVersions. The name in _meta is what the server says of itself: nothing vouches for it."),
    Rule(Step::FallBack, V2026_07_28, V2026_07_28, STREAMABLE, "400 with an error of this revision comes from a server that speaks it: the client corrects the request. Any other 400 may come from an older one: the client goes on with initialize."),
    Rule(Step::Initialize, V2024_11_05, V2025_11_25, LIFECYCLE, "A conversation begins with initialize: the revision the client wants, which should be its latest, its capabilities and its name."),
    Rule(Step::Initialize, V2026_07_28, V2026_07_28, VERSIONING, "This revision has no handshake: initialize belongs to 2025-11-25 and earlier."),
    Rule(Step::Negotiated, V2024_11_05, V2025_11_25, LIFECYCLE, "A server that supports the revision asked for must answer with the same one, otherwise with another it supports. A client that does not support that one should disconnect."),
    Rule(Step::InitializeRefused, V2025_03_26, V2025_06_18, TRANSPORTS, "When initialize gets any 4xx, a client that also speaks HTTP+SSE tries a GET and waits for an endpoint event."),
    Rule(Step::InitializeRefused, V2025_11_25, V2025_11_25, TRANSPORTS, "When initialize gets 400, 404 or 405, a client that also speaks HTTP+SSE tries a GET and waits for an endpoint event."),
    Rule(Step::Initialized, V2024_11_05, V2025_11_25, LIFECYCLE, "After a good answer to initialize the client must send notifications/initialized. Until then the server should ask nothing but ping."),
    Rule(Step::Accepted, V2024_11_05, V2024_11_05, TRANSPORTS, "Which status accepts a message is not said; servers answer 202. What the server has to say to it comes on the stream."),
    Rule(Step::Accepted, V2025_03_26, V2025_11_25, TRANSPORTS, "A POST without a request in it gets 202 and no body when the server accepts it, otherwise an HTTP error, whose body may be a JSON-RPC error without an id."),
    Rule(Step::Accepted, V2026_07_28, V2026_07_28, STREAMABLE, "A notification gets 202 and no body when the server accepts it, otherwise a 4xx."),
    Rule(Step::Answer, V2025_03_26, V2025_11_25, TRANSPORTS, "A request is answered as application/json, with one JSON value, or as text/event-stream. A client must support both."),
    Rule(Step::Answer, V2026_07_28, V2026_07_28, STREAMABLE, "A request is answered as application/json or as text/event-stream. A client must support both."),
    Rule(Step::StreamAnswer, V2025_03_26, V2025_06_18, TRANSPORTS, "The stream should carry the answer to each request before it ends; requests and notifications of the server may come first."),
    Rule(Step::StreamAnswer, V2025_11_25, V2025_11_25, TRANSPORTS, "The stream should carry the answer in the end. After an event with an id the server may close the connection early; the client then asks for the rest by GET."),
    Rule(Step::StreamAnswer, V2026_07_28, V2026_07_28, STREAMABLE, "Notifications about the request may come first, requests must not. The answer should end the stream."),
    Rule(Step::StreamBroke, V2025_03_26, V2025_11_25, TRANSPORTS, "A connection may break at any time, and that does not cancel the request. If the events had ids, the client can ask for what is missing: GET with Last-Event-ID."),
    Rule(Step::StreamBroke, V2026_07_28, V2026_07_28, STREAMABLE, "A stream that breaks loses its request: nothing can be resumed. The client may ask again with a new id."),
    Rule(Step::GetStream, V2024_11_05, V2024_11_05, TRANSPORTS, "A client opens the stream by GET. The first event must be endpoint, with the address to send messages to."),
    Rule(Step::GetStream, V2025_03_26, V2025_11_25, TRANSPORTS, "A client may open a stream by GET, for what the server says unasked. The server answers with an event stream, or with 405 if it offers none."),
    Rule(Step::GetStream, V2026_07_28, V2026_07_28, STREAMABLE, "There is no GET stream; a server should answer 405."),
    Rule(Step::Endpoint, V2024_11_05, V2024_11_05, TRANSPORTS, "The event endpoint must name the address for all further messages of the client. Messages of the server come as events of the type message."),
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
    Rule(Step::RequestMeta, V2026_07_28, V2026_07_28, BASE, "Every request must name its version and the client’s capabilities in _meta, and should name the client. Without a required one it gets 400 and error -32602."),
    Rule(Step::MirroredHeaders, V2026_07_28, V2026_07_28, STREAMABLE, "Mcp-Method repeats the method of every request. Mcp-Name repeats the name of a tool or prompt, or the address of a resource; =?base64?…?= wraps what HTTP cannot carry."),
    Rule(Step::ParamHeaders, V2026_07_28, V2026_07_28, STREAMABLE, "A parameter with x-mcp-header goes into Mcp-Param-… too; without a value there is no header. A tool whose annotation is invalid must be left out of the list."),
    Rule(Step::HeaderMismatch, V2026_07_28, V2026_07_28, STREAMABLE, "A required header that is missing, or says something else than the body, must get 400 and error -32020. If it was Mcp-Param-…, the client should list the tools again and retry."),
    Rule(Step::CapabilityMissing, V2026_07_28, V2026_07_28, BASE, "A request that needs a capability the client did not name in its _meta must get 400 and error -32021, which lists what is missing."),
    Rule(Step::MethodUnknown, V2026_07_28, V2026_07_28, STREAMABLE, "A method the server does not have must get 404 and error -32601. By that error a client tells it from the 404 of a wrong address."),
    Rule(Step::Listen, V2026_07_28, V2026_07_28, PATTERN_SUBSCRIPTIONS, "subscriptions/listen opens a stream for what the client wants to be told. The server must not tell what was not asked for. It replaces the GET stream and resources/subscribe."),
    Rule(Step::Acknowledged, V2026_07_28, V2026_07_28, PATTERN_SUBSCRIPTIONS, "The first message of the stream must say what the server agrees to tell. Every message carries the id of the request in _meta, as subscriptionId."),
    Rule(Step::ListenEnded, V2026_07_28, V2026_07_28, PATTERN_SUBSCRIPTIONS, "A server that ends the stream should answer the request first. A stream that ends without an answer broke; the client may ask again."),
    Rule(Step::InputRequired, V2026_07_28, V2026_07_28, PATTERN_INPUT, "tools/call, prompts/get and resources/read may be answered with what the server needs to know first, but only for capabilities the client named. requestState means something to the server alone."),
    Rule(Step::InputResponses, V2026_07_28, V2026_07_28, PATTERN_INPUT, "The client asks again under a new id, with an answer for each key. requestState must go back exactly as it came; without one there must be none."),
    Rule(Step::Freshness, V2026_07_28, V2026_07_28, CACHING, "Final results of discover, lists and resources/read must say for how many milliseconds they are fresh (ttlMs) and whether others may share them (cacheScope). Without ttlMs they are stale at once."),
    Rule(Step::TokenSent, V2025_03_26, V2026_07_28, AUTHORIZATION, "A token is sent in Authorization: Bearer, on every request, and never in the address."),
    Rule(Step::Unauthorized, V2024_11_05, V2024_11_05, TRANSPORTS, "Servers should authenticate connections. How is not said: this revision has no chapter on authorization."),
    Rule(Step::ResourceMetadata, V2025_06_18, V2025_06_18, AUTHORIZATION, "A server must publish which authorization servers it takes tokens of (RFC 9728), and say where in the WWW-Authenticate header of its 401."),
    Rule(Step::ResourceMetadata, V2025_11_25, V2025_11_25, AUTHORIZATION, "A server must publish which authorization servers it takes tokens of (RFC 9728): where its 401 says, else at the well-known address with its path inserted, else at the one at the root."),
    Rule(Step::ResourceMetadata, V2026_07_28, V2026_07_28, DISCOVERY, "A server must publish which authorization servers it takes tokens of (RFC 9728): where its 401 says, else at the well-known address with its path inserted, else at the one at the root."),
    Rule(Step::IssuerMetadata, V2025_03_26, V2025_03_26, AUTHORIZATION, "A server publishes where its tokens are given at the root of its own address (RFC 8414). Where it does not, clients take /authorize, /token and /register there."),
    Rule(Step::IssuerMetadata, V2025_06_18, V2025_06_18, AUTHORIZATION, "An authorization server must publish its metadata at the well-known address of OAuth (RFC 8414), with the path of its name inserted."),
    Rule(Step::IssuerMetadata, V2025_11_25, V2025_11_25, AUTHORIZATION, "Metadata stands at the well-known address of OAuth or of OpenID Connect; clients must try both. Where it does not name PKCE with S256, they must refuse to sign in."),
    Rule(Step::IssuerMetadata, V2026_07_28, V2026_07_28, DISCOVERY, "Metadata stands at the well-known address of OAuth or of OpenID Connect; clients must try both. Its issuer must be the one it was asked for, and it must name PKCE with S256."),
    Rule(Step::TokenRequest, V2025_06_18, V2026_07_28, AUTHORIZATION, "A request for a token must name the server that it is for (resource, RFC 8707), whether or not the authorization server looks at that."),
    Rule(Step::Unauthorized, V2025_03_26, V2025_03_26, AUTHORIZATION, "401 means that a token is needed, or that this one is not valid. The client looks for the authorization server’s metadata at the root of the server’s address."),
    Rule(Step::Unauthorized, V2025_06_18, V2025_06_18, AUTHORIZATION, "A missing, invalid or expired token must get 401, with a WWW-Authenticate header that points to the protected resource metadata (RFC 9728). A token meant for another server must be refused."),
    Rule(Step::Unauthorized, V2025_11_25, V2026_07_28, AUTHORIZATION, "A missing, invalid or expired token must get 401. WWW-Authenticate names the protected resource metadata (RFC 9728), or it stands at its well-known address. A token meant for another server must be refused."),
    Rule(Step::Forbidden, V2025_03_26, V2025_06_18, AUTHORIZATION, "403 means that the token is good and does not allow this."),
    Rule(Step::Forbidden, V2025_11_25, V2026_07_28, AUTHORIZATION, "403 means that the token does not allow this; WWW-Authenticate should say insufficient_scope and which scopes are needed."),
    Rule(Step::Forbidden, V2024_11_05, V2025_06_18, TRANSPORTS, "Servers must check the Origin header, against DNS rebinding. Which status a wrong one gets is not said."),
    Rule(Step::Forbidden, V2025_11_25, V2025_11_25, TRANSPORTS, "Servers must check the Origin header, against DNS rebinding, and answer 403 to a wrong one."),
    Rule(Step::Forbidden, V2026_07_28, V2026_07_28, STREAMABLE, "Servers must check the Origin header, against DNS rebinding, and answer 403 to a wrong one."),
    Rule(Step::NotAcceptable, V2025_03_26, V2025_11_25, TRANSPORTS, "A POST must accept both application/json and text/event-stream, a GET text/event-stream. Which status other requests get is not said; 406 is HTTP’s own (RFC 9110)."),
    Rule(Step::NotAcceptable, V2026_07_28, V2026_07_28, STREAMABLE, "A POST must accept both application/json and text/event-stream. Which status other requests get is not said; 406 is HTTP’s own (RFC 9110)."),
    Rule(Step::ContentType, V2025_03_26, V2025_11_25, TRANSPORTS, "The body of a POST is JSON-RPC. Which status a body of another type gets is not said; 415 is HTTP’s own (RFC 9110)."),
    Rule(Step::ContentType, V2026_07_28, V2026_07_28, STREAMABLE, "The body of a POST is JSON-RPC. Which status a body of another type gets is not said; 415 is HTTP’s own (RFC 9110)."),
    Rule(Step::PostNotAllowed, V2025_03_26, V2025_11_25, TRANSPORTS, "The one endpoint must take both POST and GET. An address that refuses POST is not it, or speaks HTTP+SSE (2024-11-05)."),
    Rule(Step::PostNotAllowed, V2026_07_28, V2026_07_28, STREAMABLE, "The one endpoint must take POST. An address that refuses it is not the endpoint."),
    Rule(Step::Comment, V2024_11_05, V2025_11_25, TRANSPORTS, "Event streams have the format of WHATWG HTML §9.2: comments and unknown fields carry nothing. Servers send comments to keep a connection open."),
    Rule(Step::Comment, V2026_07_28, V2026_07_28, STREAMABLE, "Comments keep a connection open and must be ignored."),
    Rule(Step::Priming, V2025_03_26, V2025_06_18, TRANSPORTS, "An event without data is no message. This revision does not mention such events; 2025-11-25 made them the start of a stream."),
    Rule(Step::Priming, V2025_11_25, V2025_11_25, TRANSPORTS, "A stream should begin with an event that has an id and empty data, so that the client can come back for the rest after a break. It is no message."),
    Rule(Step::Retry, V2025_11_25, V2025_11_25, TRANSPORTS, "A server should send retry before it closes a connection early. The client must wait that long before it comes back."),
    Rule(Step::Ping, V2024_11_05, V2025_11_25, PING, "Either side may send ping. The other must answer promptly with an empty result; when it does not, the connection may be given up."),
    Rule(Step::ServerRequest, V2024_11_05, V2025_11_25, LIFECYCLE, "A server may ask only for what the client offered in initialize. The client answers each request, with -32601 when it does not know the method."),
    Rule(Step::ServerRequest, V2026_07_28, V2026_07_28, BASE, "Servers no longer send requests: what they need, they ask for in a result."),
    Rule(Step::Roots, V2024_11_05, V2025_11_25, ROOTS, "roots/list asks which folders the server may work in, if the client offered roots. Each root is a file:// address."),
    Rule(Step::Roots, V2026_07_28, V2026_07_28, ROOTS, "A result may ask for roots/list, if the request named the capability roots. Each root is a file:// address. Roots are deprecated."),
    Rule(Step::Sampling, V2024_11_05, V2025_11_25, SAMPLING, "sampling/createMessage asks for an answer from the client’s model, if the client offered sampling. A person should see the request, and be able to refuse it."),
    Rule(Step::Sampling, V2026_07_28, V2026_07_28, SAMPLING, "A result may ask for sampling/createMessage, if the request named the capability sampling. A person should see it, and be able to refuse. Sampling is deprecated."),
    Rule(Step::Elicitation, V2025_06_18, V2025_06_18, ELICITATION, "elicitation/create asks the person to fill in a form: an object with plain fields. The person may accept, decline or cancel. A server must not ask for secrets."),
    Rule(Step::Elicitation, V2025_11_25, V2025_11_25, ELICITATION, "elicitation/create asks for a form to be filled in, or a page to be visited: secrets belong there. The client must show the whole address and must not open it without consent."),
    Rule(Step::Elicitation, V2026_07_28, V2026_07_28, ELICITATION, "A result may ask for a form to be filled in, or a page to be visited: secrets belong there. The client must show the whole address and must not open it without consent."),
    Rule(Step::ServerNotification, V2024_11_05, V2026_07_28, BASE, "A notification has no id and must not be answered."),
    Rule(Step::Progress, V2024_11_05, V2025_11_25, PROGRESS, "Progress names the token of a request that still runs, and must grow. It may be a fraction, and the total may be unknown. It must stop when the request is done."),
    Rule(Step::Progress, V2026_07_28, V2026_07_28, PATTERN_PROGRESS, "Progress comes on the stream of its request, names its token, and must grow. It may be a fraction, and the total may be unknown."),
    Rule(Step::ListChanged, V2024_11_05, V2025_11_25, TOOLS, "A server that offered listChanged should say when a list has changed. The client then lists it again."),
    Rule(Step::ListChanged, V2026_07_28, V2026_07_28, TOOLS, "A server that offered listChanged should say when a list has changed, on a stream that asked for it. What was kept of the list is then stale."),
    Rule(Step::Log, V2024_11_05, V2025_11_25, LOGGING, "A server that writes log messages must offer logging. logging/setLevel sets the least level; until then the server chooses."),
    Rule(Step::Log, V2026_07_28, V2026_07_28, LOGGING, "A server must send log messages only for a request that names a level in _meta, on the stream of that request. Logging is deprecated."),
    Rule(Step::ToolsList, V2024_11_05, V2025_11_25, TOOLS, "A client lists the tools with tools/list, when the server offers the tools capability."),
    Rule(Step::ToolsList, V2026_07_28, V2026_07_28, TOOLS, "A client lists the tools with tools/list. The list no longer depends on the connection."),
    Rule(Step::ToolsPage, V2024_11_05, V2026_07_28, PAGINATION, "A cursor goes back to the server exactly as it came. One the server does not know should get -32602."),
    Rule(Step::ToolsListed, V2024_11_05, V2026_07_28, TOOLS, "Each tool has a name and an inputSchema, a JSON Schema for an object. What annotations say is a hint: trust it only as far as the server."),
    Rule(Step::ToolsListed, V2024_11_05, V2026_07_28, PAGINATION, "nextCursor says that there are more; without it this is the last page. The server chooses how long a page is."),
    Rule(Step::CallTool, V2024_11_05, V2026_07_28, TOOLS, "tools/call names a tool and its arguments. There should be a person who can refuse the call."),
    Rule(Step::ToolResult, V2024_11_05, V2025_03_26, TOOLS, "A result holds blocks of content: text, images, resources."),
    Rule(Step::ToolResult, V2025_06_18, V2026_07_28, TOOLS, "A result holds blocks of content, and structuredContent for a tool with an outputSchema, which it must match; the client should check that."),
    Rule(Step::ToolFailed, V2024_11_05, V2026_07_28, TOOLS, "isError says that the tool failed, in words for the model. A tool that does not exist, or a request that is wrong, is an error of JSON-RPC instead."),
    Rule(Step::PromptsList, V2024_11_05, V2026_07_28, PROMPTS, "A client lists the prompts with prompts/list, when the server offers the prompts capability."),
    Rule(Step::PromptGet, V2024_11_05, V2026_07_28, PROMPTS, "prompts/get fills a prompt in. An unknown name, or a required argument that is missing, should get -32602."),
    Rule(Step::ResourcesList, V2024_11_05, V2026_07_28, RESOURCES, "A client lists resources with resources/list, and with resources/templates/list what it can build addresses from, when the server offers the resources capability."),
    Rule(Step::ResourceRead, V2024_11_05, V2025_11_25, RESOURCES, "resources/read gives the content of a resource, as text or as base64. One that does not exist should get -32002."),
    Rule(Step::ResourceRead, V2026_07_28, V2026_07_28, RESOURCES, "resources/read gives the content of a resource, as text or as base64. One that does not exist must get -32602; earlier revisions said -32002."),
    Rule(Step::Subscribe, V2024_11_05, V2025_11_25, RESOURCES, "A client may subscribe to changes of a resource, when the server offers resources with subscribe."),
    Rule(Step::Subscribe, V2026_07_28, V2026_07_28, PATTERN_SUBSCRIPTIONS, "There is no resources/subscribe: the addresses are named in subscriptions/listen."),
    Rule(Step::Updated, V2024_11_05, V2025_11_25, RESOURCES, "notifications/resources/updated says that a resource the client subscribed to has changed. The client may read it again."),
    Rule(Step::Updated, V2026_07_28, V2026_07_28, PATTERN_SUBSCRIPTIONS, "notifications/resources/updated says that a resource named in subscriptions/listen has changed. The client may read it again."),
    Rule(Step::Completion, V2024_11_05, V2024_11_05, COMPLETION, "completion/complete asks what an argument of a prompt or template could be: at most 100 values, the best first."),
    Rule(Step::Completion, V2025_03_26, V2026_07_28, COMPLETION, "completion/complete asks what an argument of a prompt or template could be, when the server offers completions: at most 100 values, the best first."),
    Rule(Step::TimedOut, V2025_03_26, V2025_11_25, LIFECYCLE, "Every request should have a time limit. At the limit the sender should cancel the request and stop waiting."),
    Rule(Step::TimedOut, V2026_07_28, V2026_07_28, PATTERN_CANCELLATION, "Every request should have a time limit. At the limit the client should cancel the request, by closing its stream, and stop waiting."),
    Rule(Step::Cancelled, V2024_11_05, V2025_11_25, CANCELLATION, "A request is cancelled by notifications/cancelled with its id. initialize must not be cancelled."),
    Rule(Step::Cancelled, V2025_03_26, V2025_11_25, TRANSPORTS, "Closing the connection alone should not be taken for cancelling."),
    Rule(Step::Cancelled, V2026_07_28, V2026_07_28, STREAMABLE, "Closing the stream of a request cancels it."),
    Rule(Step::Opaque, V2024_11_05, V2026_07_28, TRANSPORTS, "The specification says nothing about CORS, in any revision: whether pages of other origins may read its answers is up to each server. It does say that servers must check the Origin header."),
];
