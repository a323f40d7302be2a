//! By which words servers and gateways say what a refusal is about.
//!
//! The words are what servers agree on, not one server's sentence: a thing, and near it what is the matter with it. They were
//! taken from servers that were measured or read: the SDKs, their older versions, web frameworks, gateways and clouds.

use alloc::borrow::ToOwned;
use alloc::string::String;

use super::subject::Subject;
use super::words::Words;

/// One way to say it: a thing, and near it, where that is asked for, what is the matter with it.
struct Rule {
    about: Subject,
    things: &'static [&'static str],
    near: &'static [&'static str],
    /// Words beside the thing that mean something else.
    unless: &'static [&'static str],
}

const fn rule(about: Subject, things: &'static [&'static str], near: &'static [&'static str]) -> Rule {
    Rule { about, things, near, unless: &[] }
}

/// What is named by itself.
const fn says(about: Subject, things: &'static [&'static str]) -> Rule {
    rule(about, things, &[])
}

/// The rules in their order: the first one that holds decides.
#[rustfmt::skip]
const RULES: &[Rule] = &[
    rule(Subject::Crowd, SESSION, &["too many", "session limit", "maximum number", "max session", "limit reached", "max concurrent", "maximum concurrent", "concurrent session", "at capacity", "no capacity", "max reached"]),
    says(Subject::Rate, &["rate limit*", "ratelimit*", "rate exceeded", "too many requests", "too many attempts", "throttl*", "quota", "slow down"]),
    rule(Subject::Origin, &["origin", "host", "hostname", "cors request"], FOREIGN),
    rule(Subject::Scope, &["scope"], &["insufficient", "missing", "required", "require", "lack*", "need", "not granted"]),
    rule(Subject::Scope, CREDENTIALS, &["permission", "privilege", "not have access", "does not allow", "not allowed to"]),
    rule(Subject::Version, &["protocol", "mcp"], &["too new", "too old", "outdated", "obsolete", "newer than", "older than"]),
    rule(Subject::Version, &["protocol version", "protocolversion", "protocol revision"], UNSUPPORTED),
    says(Subject::Accept, &["accept header", "client must accept", "accept must", "accept both", "acceptable media type"]),
    rule(Subject::Accept, &["event stream", "application json"], &["only produce", "only return", "only respond", "only answer", "only send", "can produce", "cannot produce", "not produce", "produces only"]),
    rule(Subject::ContentType, &["content type", "media type", "mediatype", "mime type"], UNSUPPORTED),
    rule(Subject::Size, &["payload", "entity", "body", "content", "request", "header", "cookie", "uri", "url"], LARGE),
    says(Subject::Size, &["length limit exceeded", "size limit exceeded", "maximum request length"]),
    says(Subject::Handshake, &["before initialization", "before initialize", "session initialization", "initialization not complete", "must initialize"]),
    Rule { unless: NOT_OF_A_CLIENT, ..rule(Subject::Session, SESSION, LOST) },
    rule(Subject::Session, &["server", "client", "connection"], &["not initialized", "not initialised"]),
    Rule { unless: NOT_OF_A_CLIENT, ..rule(Subject::NoSession, SESSION, MISSING) },
    says(Subject::NoSession, &["no session", "expect initialize request", "initialize first"]),
    Rule { unless: OR_ELSE, ..rule(Subject::Expired, CREDENTIALS, &["expired", "expires", "expiry"]) },
    Rule { unless: OR_ELSE, ..rule(Subject::Expired, &["signature", "key", "exp"], &["expired", "claim"]) },
    says(Subject::Early, &["not yet valid", "not valid yet", "not valid before", "used before", "jwt not active", "nbf claim", "iat claim"]),
    rule(Subject::Audience, &["audience", "aud", "issuer", "iss"], MISDIRECTED),
    rule(Subject::Token, CREDENTIALS, FAULTY),
    says(Subject::Token, &["unauthenticated", "not authenticated", "not logged in", "please log in", "please login", "please sign in"]),
    says(Subject::Token, &["authorization header", "missing auth", "no auth"]),
];

const SESSION: &[&str] = &["session", "sessionid"];

/// What carries a person's right to ask.
#[rustfmt::skip]
const CREDENTIALS: &[&str] = &[
    "token", "jwt", "bearer", "credential", "api key", "apikey", "access key", "subscription key", "authentication", "authorization",
    "auth", "login",
];

/// What is said of credentials that are not accepted.
#[rustfmt::skip]
const FAULTY: &[&str] = &[
    "invalid", "not valid", "missing", "required", "require", "need", "fail*", "rejected", "unknown", "unrecognized", "not recognized",
    "malformed", "revoked", "not provided", "not supplied", "not present", "not found", "no", "must", "expected", "verif*", "unable",
    "cannot", "cant", "could not", "badly", "wrong", "incorrect", "bad", "not accepted", "empty", "not configured", "not allowed",
    "not active", "inactive", "unsupported", "mismatch", "without", "expired", "denied",
];

/// What is said beside "expired" by those who do not know which it is.
const OR_ELSE: &[&str] =
    &["or expired", "expired or", "or has expired", "or is expired", "or an expired", "invalid expired", "expired revoked"];

/// What is said of an audience or an issuer that is another one.
#[rustfmt::skip]
const MISDIRECTED: &[&str] = &[
    "invalid", "mismatch", "match", "wrong", "fail*", "untrusted", "not trusted", "not allowed", "not accepted", "unexpected", "unknown",
    "claim", "not configured",
];

/// What is said of a session that is not there.
#[rustfmt::skip]
const LOST: &[&str] = &[
    "not found", "not be found", "unknown", "invalid", "not valid", "expired", "terminated", "no valid", "not exist", "doesnt exist",
    "no longer", "could not find", "couldnt find", "cannot find", "cant find", "unable to find", "failed to find", "no such", "closed",
    "ended", "timed out", "inactive", "not active", "no active", "stale", "lost", "gone", "unrecognized", "not recognized", "not known",
    "deleted", "destroyed", "evicted", "revoked", "not initialized", "no transport found",
];

/// What is said of a session that was not named.
#[rustfmt::skip]
const MISSING: &[&str] = &[
    "missing", "required", "require", "must include", "must be provided", "must provide", "must contain", "must have", "must be set",
    "not provided", "not present", "not set", "not specified", "not supplied", "absent", "expected", "expects", "need",
    "include a valid", "valid mcp session id",
];

/// What speaks of sessions and does not say that the client's is unknown: ownership, a second stream, their end.
#[rustfmt::skip]
const NOT_OF_A_CLIENT: &[&str] = &[
    "mismatch", "does not match", "per session", "session termination", "without a session", "must not include", "already initialized",
];

/// Where a web application speaks of the session of a person.
const LOGGED_IN: &[&str] = &["log in", "log back in", "login", "sign in", "sign back in", "signin"];

/// What is said of what a server does not speak.
#[rustfmt::skip]
const UNSUPPORTED: &[&str] = &[
    "unsupported", "not supported", "isnt supported", "invalid", "unknown", "mismatch", "incompatible", "unacceptable", "must",
    "expected", "unexpected", "not allowed", "wrong", "incorrect", "missing", "required", "was not", "error", "supported versions",
];

/// What is said of what goes beyond a limit.
const LARGE: &[&str] =
    &["too large", "too long", "too big", "larger than allowed", "exceeds the maximum", "exceeded the maximum"];

/// What is said of a host or an origin that is not served.
#[rustfmt::skip]
const FOREIGN: &[&str] = &[
    "invalid", "not allowed", "isnt allowed", "disallowed", "blocked", "forbidden", "untrusted", "not trusted", "not permitted",
    "not in allow*", "not in the allow*", "not on the allow*", "not in our allow*", "not allowlisted", "not whitelisted", "not listed",
    "not on the list", "not in the list", "not accepted", "not recognized", "rejected", "rebinding",
];

/// What has a word in it that means something else there.
#[rustfmt::skip]
const HARMLESS: &[&str] = &[
    "unexpected token", "page token", "progress token", "continuation token", "max token", "sync token", "upstream host", "origin server",
];

/// What guards web forms. An MCP client has nothing to do with it, whatever it is called.
const FORGERY: &[&str] = &["csrf*", "xsrf*", "forgery", "authenticity token", "antiforgery*"];

/// What is said of what broke behind a server that still answers in JSON-RPC.
#[rustfmt::skip]
const BROKEN: &[&str] = &[
    "internal error", "internal server error", "unexpected error", "unhandled", "connection closed", "connection refused",
    "connection reset", "econnrefused", "econnreset", "socket hang up", "fetch failed", "upstream", "exception", "traceback", "panic*",
];

/// What is said of an answer that took too long.
const LATE: &[&str] = &["timed out", "timeout", "time out", "deadline exceeded", "took too long"];

/// What a text is about, as far as a status lets it: who is known and may not do it is "unauthorized" to some, under 403.
pub(super) fn named(text: &str, status: u16) -> Subject {
    // The code stands for every fault of a token (RFC 6750 §3.1); the words beside it say which.
    let (coded, rest) = (text.contains("invalid_token"), text.replace("invalid_token", "\n"));
    let words = Words::of(&rest).without(HARMLESS);
    if words.hold(FORGERY) {
        return Subject::Unsaid;
    }
    let holds = |rule: &&Rule| {
        let said = if rule.near.is_empty() { words.hold(rule.things) } else { words.hold_near(rule.things, rule.near) };
        said && !words.hold_near(rule.things, rule.unless)
    };
    match RULES.iter().find(holds).map(|rule| rule.about) {
        Some(Subject::Session | Subject::NoSession) if words.hold(LOGGED_IN) => Subject::Token,
        Some(Subject::Scope) if coded => Subject::Token,
        Some(about) => about,
        None if coded || (status != 403 && words.hold(&["unauthorized", "unauthorised"])) => Subject::Token,
        None if words.hold(SESSION) && !words.hold(NOT_OF_A_CLIENT) => Subject::SomeSession,
        None => Subject::Unsaid,
    }
}

/// Whether a text speaks of credentials at all.
pub(super) fn speaks_of_credentials(text: &str) -> bool {
    let words = Words::of(text).without(HARMLESS);
    !words.hold(FORGERY) && (words.hold(CREDENTIALS) || words.hold(&["unauthorized", "unauthorised", "unregistered"]))
}

/// Whether a text finds fault with credentials that came, and does not say that there were none.
pub(super) fn finds_fault(text: &str) -> bool {
    let faulty = &["invalid", "not valid", "rejected", "unknown", "revoked", "malformed", "incorrect", "wrong"];
    let none = &["missing", "required", "require", "no", "need", "not provided", "absent"];
    let words = Words::of(&text.replace("invalid_token", "")).without(HARMLESS);
    words.hold_near(CREDENTIALS, faulty) && !words.hold(none)
}

/// Whether a text says that something broke.
pub(super) fn is_broken(text: &str) -> bool {
    Words::of(text).hold(BROKEN)
}

/// Whether a text says that nothing is connected at the moment: what tunnels and hosts say of a program that is not there.
pub(super) fn is_offline(text: &str) -> bool {
    let things = &["endpoint", "tunnel", "server", "origin", "agent", "upstream", "backend", "application", "app"];
    let gone = &["offline", "not connected", "disconnected", "not online", "unavailable", "not running", "asleep", "sleeping"];
    let words = Words::of(text);
    words.hold_near(things, gone) || words.hold_near(&["tunnel"], &["not found", "no such", "no active", "does not exist"])
}

/// The header with credentials that a refusal misses, where it speaks of no other: `x-api-key` in `Missing x-api-key header`.
pub(super) fn wanted_header(text: &str) -> Option<String> {
    const OF_CREDENTIALS: [&str; 5] = ["key", "token", "auth", "secret", "signature"];
    let words = Words::of(text);
    let missed = words.hold(MISSING) || words.hold(&["no", "needs"]);
    if !missed || words.hold(FORGERY) || words.hold(&["bearer", "authorization"]) {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let mut names = lower.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').filter(|name| name.contains('-'));
    let is_header = |name: &str| name.starts_with("x-") || name.ends_with("-key");
    names.find(|name| is_header(name) && OF_CREDENTIALS.iter().any(|part| name.contains(part))).map(ToOwned::to_owned)
}

/// Whether a text says that plain HTTP came to a port of HTTPS: nginx, Go, Apache, Node behind a proxy.
pub(super) fn wants_https(text: &str) -> bool {
    let words = Words::of(text);
    words.hold(&["https port", "https server", "ssl enabled server port", "https is required", "https required", "use https"])
}

/// Whether a text says that something took too long.
pub(super) fn is_late(text: &str) -> bool {
    Words::of(text).hold(LATE)
}

/// Whether a text says that an address does not take the method of the request, and nothing about what was asked.
pub(super) fn refuses_method(text: &str) -> bool {
    Words::of(text).hold_near(&["http method", "request method", "method post", "post method", "http request method"], UNTAKEN)
        || Words::of(text).hold(&["unsupported method post", "method not allowed"])
}

const UNTAKEN: &[&str] = &["not allowed", "not supported", "not configured to allow", "unsupported", "disallowed"];

/// Whether the words are a router's own: short, and about nothing but an address that it does not have.
pub(super) fn is_of_a_router(text: &str) -> bool {
    let words = Words::of(text);
    let bare = words.are(&["not found"], &["404", "http", "status", "error"]);
    let place = &["route", "path", "page", "url", "requested url", "requested resource", "resource", "endpoint"];
    let absent = &["not found", "not be found", "could not be found", "no", "matched"];
    bare || (words.count() <= 14 && (words.hold(&["cannot post", "cannot get"]) || words.hold_near(place, absent)))
}
