//! By which words servers and gateways say what a refusal is about.
//!
//! The words are what servers agree on, not one server's sentence: a thing, and near it what is wrong with it. They were taken
//! from servers that were measured or read: the SDKs, their older versions, web frameworks, gateways and clouds.

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

/// The rules in their order: the first one that holds decides.
const RULES: &[Rule] = &[
    rule(Subject::Crowd, &["session"], &["too many", "session limit", "maximum number", "max session", "limit reached"]),
    rule(
        Subject::Rate,
        &["rate limit*", "ratelimit*", "too many requests", "too many attempts", "throttl*", "quota", "slow down"],
        &[],
    ),
    rule(Subject::Origin, &["origin", "host", "hostname", "cors request"], FOREIGN),
    rule(Subject::Scope, &["scope"], &["insufficient", "missing", "required", "require", "lack*", "need", "not granted"]),
    rule(Subject::Scope, CREDENTIALS, &["permission", "privilege", "not have access", "does not allow", "not allowed to"]),
    rule(Subject::Version, &["protocol version", "protocolversion", "mcp version", "protocol revision"], UNSUPPORTED),
    rule(Subject::Accept, &["accept header", "client must accept", "accept must", "accept both", "acceptable media type"], &[]),
    rule(Subject::ContentType, &["content type", "media type", "mediatype", "mime type"], UNSUPPORTED),
    rule(
        Subject::Size,
        &["payload", "entity", "body", "content", "request", "header", "cookie", "uri", "url"],
        &["too large", "too long", "too big"],
    ),
    rule(
        Subject::Size,
        &["length limit exceeded", "size limit exceeded", "maximum request length", "exceeds the maximum size"],
        &[],
    ),
    rule(
        Subject::Handshake,
        &[
            "before initialization",
            "before initialize",
            "session initialization",
            "initialization not complete",
            "initialize first",
            "must initialize",
            "must be initialized",
        ],
        &[],
    ),
    // The session of a web application, not one of the protocol.
    rule(Subject::Token, &["session"], &["log in", "login", "sign in", "signin", "log back in", "sign back in"]),
    Rule { unless: NOT_OF_A_CLIENT, ..rule(Subject::Session, &["session", "sessionid"], LOST) },
    rule(Subject::Session, &["server", "client", "connection"], &["not initialized", "not initialised"]),
    Rule { unless: NOT_OF_A_CLIENT, ..rule(Subject::NoSession, &["session", "sessionid"], MISSING) },
    rule(Subject::NoSession, &["no session", "expect initialize request"], &[]),
    Rule {
        unless: &[
            "or expired",
            "expired or",
            "or has expired",
            "or is expired",
            "or an expired",
            "invalid expired",
            "expired revoked",
        ],
        ..rule(Subject::Expired, CREDENTIALS, &["expired", "expires", "expiry"])
    },
    rule(Subject::Expired, &["exp claim"], &[]),
    rule(
        Subject::Early,
        &[
            "not yet valid",
            "not valid yet",
            "not valid before",
            "used before",
            "jwt not active",
            "token not active",
            "nbf claim",
            "iat claim",
        ],
        &[],
    ),
    rule(Subject::Audience, &["audience", "aud", "issuer", "iss"], MISDIRECTED),
    rule(Subject::Token, CREDENTIALS, FAULTY),
    rule(Subject::Token, &["unauthenticated", "unauthorized", "unauthorised", "not authenticated", "not logged in"], &[]),
    rule(
        Subject::Token,
        &["please log in", "please login", "please sign in", "authorization header", "missing auth", "no auth"],
        &[],
    ),
];

/// What carries a person's right to ask.
const CREDENTIALS: &[&str] = &[
    "token",
    "jwt",
    "bearer",
    "credential",
    "api key",
    "apikey",
    "access key",
    "subscription key",
    "authentication",
    "authorization",
    "auth",
    "login",
];

/// What is said of credentials that are not accepted.
const FAULTY: &[&str] = &[
    "invalid",
    "not valid",
    "missing",
    "required",
    "require",
    "need",
    "fail*",
    "rejected",
    "unknown",
    "unrecognized",
    "not recognized",
    "malformed",
    "revoked",
    "not provided",
    "not supplied",
    "not present",
    "not found",
    "no",
    "must",
    "expected",
    "verif*",
    "unable",
    "cannot",
    "cant",
    "could not",
    "badly",
    "wrong",
    "incorrect",
    "bad",
    "not accepted",
    "empty",
    "not configured",
    "not allowed",
    "not active",
    "inactive",
    "unsupported",
    "mismatch",
    "without",
    "expired",
];

/// What is said of an audience or an issuer that is another one.
const MISDIRECTED: &[&str] = &[
    "invalid",
    "mismatch",
    "match",
    "wrong",
    "fail*",
    "untrusted",
    "not trusted",
    "not allowed",
    "not accepted",
    "unexpected",
    "unknown",
    "claim",
    "not configured",
];

/// What is said of a session that is not there.
const LOST: &[&str] = &[
    "not found",
    "not be found",
    "unknown",
    "invalid",
    "not valid",
    "expired",
    "terminated",
    "no valid",
    "not exist",
    "doesnt exist",
    "no longer",
    "could not find",
    "couldnt find",
    "cannot find",
    "cant find",
    "unable to find",
    "failed to find",
    "no such",
    "closed",
    "ended",
    "timed out",
    "inactive",
    "not active",
    "no active",
    "stale",
    "lost",
    "gone",
    "unrecognized",
    "not recognized",
    "not known",
    "deleted",
    "destroyed",
    "evicted",
    "revoked",
    "not initialized",
    "no transport found",
];

/// What is said of a session that was not named.
const MISSING: &[&str] = &[
    "missing",
    "required",
    "require",
    "must include",
    "must be provided",
    "must provide",
    "must contain",
    "must have",
    "must be set",
    "not provided",
    "not present",
    "not set",
    "not specified",
    "not supplied",
    "absent",
    "expected",
    "expects",
    "need",
    "include a valid",
    "valid mcp session id",
];

/// What speaks of sessions and does not say that the client's is unknown: ownership, a second stream, their end.
const NOT_OF_A_CLIENT: &[&str] = &[
    "mismatch",
    "does not match",
    "per session",
    "session termination",
    "without a session",
    "must not include",
    "already initialized",
];

/// What is said of what a server does not speak.
const UNSUPPORTED: &[&str] = &[
    "unsupported",
    "not supported",
    "isnt supported",
    "invalid",
    "unknown",
    "mismatch",
    "incompatible",
    "unacceptable",
    "must",
    "expected",
    "unexpected",
    "not allowed",
    "wrong",
    "incorrect",
    "missing",
    "required",
    "was not",
    "supported versions",
];

/// What is said of a host or an origin that is not served.
const FOREIGN: &[&str] = &[
    "invalid",
    "not allowed",
    "isnt allowed",
    "disallowed",
    "blocked",
    "forbidden",
    "untrusted",
    "not trusted",
    "not permitted",
    "not in allow*",
    "rebinding",
];

/// What has a word in it that means something else there.
const HARMLESS: &[&str] = &[
    "unexpected token",
    "page token",
    "progress token",
    "continuation token",
    "max token",
    "sync token",
    "upstream host",
    "origin server",
];

/// What guards web forms. An MCP client has nothing to do with it, whatever it is called.
const FORGERY: &[&str] = &["csrf*", "xsrf*", "forgery", "authenticity token", "antiforgery*"];

/// What a text is about.
pub(super) fn named(text: &str) -> Subject {
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
        Some(Subject::Scope) if coded => Subject::Token,
        Some(about) => about,
        None if coded => Subject::Token,
        None if words.hold(&["session", "sessionid"]) && !words.hold(NOT_OF_A_CLIENT) => Subject::SomeSession,
        None => Subject::Unsaid,
    }
}
