//! Which rules of the specification bear on an event of a recording, at the revision that was spoken there.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::http::{Method, Mode, ResponseHead, Sight};
use crate::id::{EventRef, Part};
use crate::json;
pub use crate::mcp::SpecNote;
use crate::mcp::{self, ResultKind, Revision, Step, rules};
use crate::rpc::{Kind, Message};
use crate::trace::{End, Exchange, Item, ItemKind, Lack, Place, Placed, Purpose, Trace, Why};

/// Characters of a refusal that are searched for what it is about.
const REFUSAL_CHARS: usize = 2_000;

/// What the specification says of an event, the most telling first.
pub fn spec_notes(trace: &Trace, at: EventRef) -> Vec<SpecNote> {
    let Some(exchange) = trace.exchange(at.exchange) else { return Vec::new() };
    let steps = match at.part {
        Part::Request => of_request(exchange),
        Part::Response => of_response(trace, exchange),
        Part::Item(_) => trace.item(at).map(|item| of_item(trace, exchange, item)).unwrap_or_default(),
        Part::End => of_end(exchange),
    };
    let revision = spoken(trace, exchange, at.part);
    steps.into_iter().flat_map(|step| rules(step, revision)).collect()
}

/// The revision that counts for a part of an exchange: what its header says, else what was agreed on, else what was
/// asked for. When `initialize` is sent, nothing has been agreed on yet.
fn spoken(trace: &Trace, exchange: &Exchange, part: Part) -> Revision {
    let opening = exchange.method() == Some("initialize");
    let sent = exchange.request.headers.get("mcp-protocol-version").and_then(Revision::parse);
    let agreed = trace.server().and_then(|server| server.revision()).filter(|_| !opening || part != Part::Request);
    let asked = || opening.then(|| asked(&exchange.request.body)).flatten();
    sent.or(agreed).or_else(asked).unwrap_or(trace.about.ask.revision())
}

fn asked(body: &str) -> Option<Revision> {
    let scan = json::scan(body);
    Revision::parse(&scan.root(body)?.at(&["params", "protocolVersion"])?.as_str()?)
}

fn of_request(exchange: &Exchange) -> Vec<Step> {
    let headers = &exchange.request.headers;
    if let Some(step) = of_token(exchange.purpose) {
        return vec![step];
    }
    let mut steps = match exchange.request.method {
        _ if exchange.request.mode != Mode::Cors => return vec![Step::Opaque],
        Method::Get if headers.has("last-event-id") => vec![Step::Resume, Step::GetStream],
        Method::Get if exchange.purpose == Purpose::Endpoint => vec![Step::GetStream, Step::Endpoint],
        Method::Get => vec![Step::GetStream],
        Method::Delete => vec![Step::EndSession],
        Method::Post if exchange.calls.len() > 1 => vec![Step::Batch],
        Method::Post if exchange.purpose == Purpose::StartOver => vec![Step::StartOver, Step::Initialize],
        Method::Post if exchange.call().is_some_and(|call| call.answers().is_some()) => vec![Step::AnswerId],
        Method::Post => exchange.method().and_then(|method| of_method(method, &exchange.request.body)).into_iter().collect(),
    };
    let posted = exchange.request.method == Method::Post && !exchange.lacks.has(Lack::Http);
    steps.extend(exchange.fallback.then_some(Step::FallBack));
    steps.extend(posted.then_some(Step::Post));
    steps.extend(exchange.wants_answer().then_some(Step::RequestId));
    steps.extend(exchange.session_sent().map(|_| Step::SessionSent));
    steps.extend(headers.has("mcp-protocol-version").then_some(Step::VersionHeader));
    steps.extend(headers.has("mcp-method").then_some(Step::RequestMeta));
    steps.extend(headers.has("mcp-method").then_some(Step::MirroredHeaders));
    let mirrors = headers.iter().any(|(name, _)| name.to_ascii_lowercase().starts_with("mcp-param-"));
    steps.extend(mirrors.then_some(Step::ParamHeaders));
    steps.extend(exchange.sent_token().then_some(Step::TokenSent));
    steps
}

/// What is asked beside the conversation, about tokens.
const fn of_token(purpose: Purpose) -> Option<Step> {
    match purpose {
        Purpose::ResourceMetadata => Some(Step::ResourceMetadata),
        Purpose::IssuerMetadata => Some(Step::IssuerMetadata),
        Purpose::Token => Some(Step::TokenRequest),
        _ => None,
    }
}

/// The step that a message of the client's is.
fn of_method(method: &str, body: &str) -> Option<Step> {
    Some(match method {
        "initialize" => Step::Initialize,
        "notifications/initialized" => Step::Initialized,
        "notifications/cancelled" => Step::Cancelled,
        "server/discover" => Step::Discover,
        "subscriptions/listen" => Step::Listen,
        "tools/list" if body.contains("\"cursor\"") => Step::ToolsPage,
        "tools/list" => Step::ToolsList,
        _ if body.contains("\"inputResponses\"") => Step::InputResponses,
        "tools/call" => Step::CallTool,
        "prompts/list" => Step::PromptsList,
        "prompts/get" => Step::PromptGet,
        "resources/list" | "resources/templates/list" => Step::ResourcesList,
        "resources/read" => Step::ResourceRead,
        "resources/subscribe" | "resources/unsubscribe" => Step::Subscribe,
        "completion/complete" => Step::Completion,
        "ping" => Step::Ping,
        _ => return None,
    })
}

fn of_response(trace: &Trace, exchange: &Exchange) -> Vec<Step> {
    let Some(head) = exchange.head() else { return Vec::new() };
    if head.sight == Sight::Opaque {
        return vec![Step::Opaque];
    }
    if let Some(step) = of_token(exchange.purpose) {
        return vec![step];
    }
    // Nothing is known of a head that is not in the recording; what stands in the body has its own rules.
    if head.sight.is_body_alone() {
        return Vec::new();
    }
    if !head.is_success() {
        return of_refusal(trace, exchange, head);
    }
    let issued = trace.sessions().iter().any(|line| line.issued == Some(EventRef::response(exchange.id)));
    let mut steps = match exchange.request.method {
        Method::Get => vec![Step::GetStream],
        Method::Delete => vec![Step::EndSession],
        Method::Post if exchange.asks_unknown() => Vec::new(),
        Method::Post if !exchange.wants_answer() => vec![Step::Accepted],
        Method::Post if exchange.is_stream() => vec![Step::StreamAnswer, Step::Answer],
        Method::Post => {
            let told = exchange.reply.items.iter().flat_map(|item| of_item(trace, exchange, item));
            told.chain([Step::Answer]).collect()
        }
    };
    steps.splice(0..0, issued.then_some(Step::SessionIssued));
    steps
}

fn of_refusal(trace: &Trace, exchange: &Exchange, head: &ResponseHead) -> Vec<Step> {
    let said = trace.body_start(exchange.id, REFUSAL_CHARS).to_ascii_lowercase();
    let opening = exchange.method() == Some("initialize");
    let in_session = exchange.session_sent().is_some();
    // Servers refuse sessions with many a status; what the body names tells which rule was meant.
    let about_session = said.contains("session");
    let about_version = said.contains("protocol version") || said.contains("protocol-version");
    let code = exchange.refusal().and_then(|(code, ..)| code);
    let stateless = exchange.request.headers.has("mcp-method");
    let mut steps = match (head.status, exchange.request.method) {
        (400, _) if code == Some(-32020) => vec![Step::HeaderMismatch],
        (400, _) if code == Some(-32021) => vec![Step::CapabilityMissing],
        (400, _) if about_version || code == Some(-32022) => vec![Step::VersionRefused],
        (404, _) if code == Some(-32601) && !in_session => vec![Step::MethodUnknown],
        (404, _) if in_session => vec![Step::SessionUnknown],
        (400, _) if exchange.lacked("mcp-session-id") && !opening && !stateless => vec![Step::SessionMissing],
        (_, _) if in_session && about_session => vec![Step::SessionUnknown],
        (401, _) => vec![Step::Unauthorized],
        (403, _) => vec![Step::Forbidden],
        (405, Method::Get) => vec![Step::GetStream],
        (405, Method::Delete) => vec![Step::EndSession],
        (405, Method::Post) => vec![Step::PostNotAllowed],
        (406, _) => vec![Step::NotAcceptable],
        (415, _) => vec![Step::ContentType],
        _ => Vec::new(),
    };
    let tries_older = opening && (400..500).contains(&head.status) && !matches!(head.status, 401 | 403 | 406);
    steps.extend(tries_older.then_some(Step::InitializeRefused));
    steps.extend((!exchange.wants_answer() && exchange.call().is_some()).then_some(Step::Accepted));
    steps
}

fn of_item(trace: &Trace, exchange: &Exchange, item: &Item) -> Vec<Step> {
    match &item.what {
        ItemKind::Comment(_) | ItemKind::Ignored(_) => vec![Step::Comment],
        ItemKind::Retry(_) => vec![Step::Retry],
        ItemKind::Dataless { .. } => vec![Step::Priming],
        _ if item.is_endpoint() => vec![Step::Endpoint],
        ItemKind::Event { .. } if item.messages.is_empty() => vec![Step::Priming],
        ItemKind::Truncated(_) => vec![Step::StreamBroke],
        ItemKind::Event { .. } | ItemKind::Body => {
            let text = || trace.item_text(EventRef::item(exchange.id, item.n)).unwrap_or_default();
            item.messages.first().map(|placed| of_message(trace, exchange, placed, &text)).unwrap_or_default()
        }
        ItemKind::Oversize(_) => Vec::new(),
    }
}

fn of_message(trace: &Trace, exchange: &Exchange, placed: &Placed, text: &dyn Fn() -> String) -> Vec<Step> {
    let asked = match placed.place {
        Place::Answers(to) => trace.exchange(to).unwrap_or(exchange).method(),
        _ => None,
    };
    match (&placed.message.kind, asked) {
        (Kind::Request { method, .. }, _) => vec![match method.as_str() {
            "ping" => Step::Ping,
            "roots/list" => Step::Roots,
            "sampling/createMessage" => Step::Sampling,
            "elicitation/create" => Step::Elicitation,
            _ => Step::ServerRequest,
        }],
        (Kind::Notification { method }, _) => {
            let step = match method.as_str() {
                "notifications/progress" => Some(Step::Progress),
                "notifications/message" => Some(Step::Log),
                "notifications/subscriptions/acknowledged" => Some(Step::Acknowledged),
                "notifications/resources/updated" => Some(Step::Updated),
                method if method.ends_with("/list_changed") => Some(Step::ListChanged),
                _ => None,
            };
            step.into_iter().chain([Step::ServerNotification]).collect()
        }
        (Kind::Result { .. }, Some("initialize")) => vec![Step::Negotiated],
        (Kind::Result { .. }, Some("server/discover")) => vec![Step::Discovered, Step::Freshness],
        (Kind::Result { .. }, Some("tools/list")) => vec![Step::ToolsListed, Step::Freshness],
        (Kind::Result { .. }, Some("subscriptions/listen")) => vec![Step::ListenEnded],
        (Kind::Result { .. }, Some(method)) => {
            let text = text();
            match method {
                _ if matches!(mcp::read_result_kind(&text), ResultKind::InputRequired { .. }) => vec![Step::InputRequired],
                "tools/call" if mcp::read_call(&text).is_some_and(|call| call.is_error) => vec![Step::ToolFailed],
                "tools/call" => vec![Step::ToolResult],
                _ => vec![Step::AnswerId],
            }
        }
        (Kind::Result { .. } | Kind::Error { .. }, _) => vec![Step::AnswerId],
        (Kind::Foreign | Kind::NotJson { .. }, _) => vec![Step::Answer],
    }
}

fn of_end(exchange: &Exchange) -> Vec<Step> {
    let truncated = exchange.reply.items.last().is_some_and(|item| matches!(item.what, ItemKind::Truncated(_)));
    match (exchange.aborted, &exchange.end) {
        (Some((_, Why::TimedOut)), _) => vec![Step::TimedOut, Step::Cancelled],
        (Some((_, Why::Stopped)), _) => vec![Step::Cancelled],
        (Some(_), _) => Vec::new(),
        (None, Some((_, End::Failed(_)))) if exchange.response.is_none() => vec![Step::Opaque],
        (None, Some((_, End::Failed(_) | End::Cut(_)))) => vec![Step::StreamBroke],
        (None, Some((_, End::Complete))) if truncated => vec![Step::StreamBroke],
        (None, Some((_, End::Complete))) if exchange.is_stream() && exchange.call().and_then(Message::asks).is_some() => {
            vec![Step::StreamAnswer]
        }
        (None, Some((_, End::Complete | End::Aborted)) | None) => Vec::new(),
    }
}
