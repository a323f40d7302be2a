//! Version 1 of how a recording is written: frozen. Links and files that say 1 are read by this, whatever comes later.
//!
//! Only texts and numbers, no type of the rest of the program: what changes there must not change what was written. The form is
//! described in `docs/formats.md`. A new version is a new folder beside this one, and a step from this one's types to it.

mod body;
mod read;
mod write;

use alloc::string::String;
use alloc::vec::Vec;

pub(in crate::share) use read::read;
pub(in crate::share) use write::{Written, write};

/// What the member `version` says.
pub(in crate::share) const VERSION: u32 = 1;

/// A recording. Texts that name one of several things hold the word for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::share) struct Recording {
    /// How much of the original it is: `failure`, `names`, `everything` or `bodies`.
    pub level: String,
    /// The event that was selected: `3.item.4`.
    pub event: Option<String>,
    /// The tab that was open.
    pub tab: Option<String>,
    pub server: String,
    /// RFC 3339, in UTC.
    pub began: Option<String>,
    pub page: Option<String>,
    pub ask: String,
    /// Microseconds.
    pub timeout: u64,
    pub token: Token,
    pub flaws: Vec<String>,
    /// Names of the extra headers.
    pub extra: Vec<String>,
    /// What the browser said of the way to this computer and its network: `granted`, `unasked` or `denied`.
    pub local_network: Option<String>,
    /// What its source did not write down: `address`, `http`, `request-headers`, `requests`, `answers`, `spans`,
    /// `times`.
    pub lacks: Vec<String>,
    pub records: Vec<Record>,
}

/// What is known of the token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::share) enum Token {
    #[default]
    None,
    Unknown,
    /// Its length in characters.
    Opaque(u64),
    Jwt(Jwt),
}

/// What is known of a JSON Web Token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::share) struct Jwt {
    pub alg: String,
    pub iss: String,
    pub aud: Vec<String>,
    pub scope: Vec<String>,
    pub iat: Option<i64>,
    pub nbf: Option<i64>,
    pub exp: Option<i64>,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::share) struct Record {
    /// Microseconds since the record before it.
    pub after: i64,
    pub what: What,
}

/// What happened, by the word in `type`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::share) enum What {
    /// A word alone: one of [`WORDS`].
    Word(String),
    /// `try-probe`: the person asked for this probe.
    TryProbe(String),
    /// `probe`: it begins, or is left out and why.
    Probe(String, Option<String>),
    /// `watch`: at this interval in microseconds.
    Watch(u64),
    /// `find-issuer`
    FindIssuer(String),
    /// `request-token`
    RequestToken(Grant),
    /// `cancel`
    Cancel(u32),
    /// `call`
    Call { method: String, params: String },
    /// `answer`
    Answer { to: String, key: String, answer: Answer },
    /// `request`
    Request(Request),
    /// `response`
    Response(Response),
    /// `body`
    Body(u32, Vec<u8>),
    /// `dropped`
    Dropped(u32, u64),
    /// `end`: how, and what the transport said.
    End(u32, String, String),
    /// `abort`
    Abort(u32, String),
}

/// Kinds of records that have nothing else to say.
const WORDS: [&str; 9] = ["run", "stop", "end-session", "listen", "unlisten", "tick", "checkup", "unwatch", "find-resource"];

/// What a token was asked for with, but for the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::share) struct Grant {
    pub endpoint: String,
    pub client: String,
    pub scope: String,
    pub resource: String,
    pub auth: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::share) enum Answer {
    /// JSON.
    Result(String),
    Error(i64, String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::share) struct Request {
    pub exchange: u32,
    pub purpose: String,
    pub method: String,
    pub url: String,
    /// `cors`, `opaque` or `events`.
    pub mode: String,
    pub headers: Vec<(String, Value)>,
    pub body: String,
    /// A field of a form whose value is a secret.
    pub field: Option<(String, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::share) struct Response {
    pub exchange: u32,
    pub status: u16,
    /// `full`, `cors`, `opaque`, `listed`, `messages` or `events`.
    pub sight: String,
    pub to: Option<String>,
    pub headers: Vec<(String, Value)>,
}

/// The value of a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::share) enum Value {
    Text(String),
    /// Which secret stood there: `token`, `extra 0`.
    Secret(String),
}
