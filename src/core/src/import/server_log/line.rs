//! What one line of a log says of a request, and whether two lines are about the same one.

use alloc::string::String;
use alloc::vec::Vec;

use super::access;
use crate::http::Method;
use crate::import::pairs::pairs;
use crate::import::stamp::Stamp;
use crate::time::Micros;

/// What is known of a request from one line or several.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub method: Option<Method>,
    pub target: Option<String>,
    pub status: Option<u16>,
    /// Headers that the log names, those of the protocol by their own name.
    pub headers: Vec<(&'static str, String)>,
    /// Whether it says that a token came, or that none did.
    pub token: Option<bool>,
    pub at: Option<Stamp>,
    pub took: Option<Micros>,
    pub is_preflight: bool,
}

/// What loggers call the things of a request that are told.
const HEADERS: [(&str, &str); 7] = [
    ("mcp_session_id", "mcp-session-id"),
    ("mcp_protocol_version", "mcp-protocol-version"),
    ("protocol_version", "mcp-protocol-version"),
    ("accept", "accept"),
    ("content_type", "content-type"),
    ("mcp_method", "mcp-method"),
    ("last_event_id", "last-event-id"),
];

impl Line {
    pub(super) fn read(text: &str) -> Self {
        let mut line = Self { at: Stamp::find(text.get(..200).unwrap_or(text)), ..Self::default() };
        if let Some(access) = access::read(text) {
            line.is_preflight = access.method == "OPTIONS";
            line.method = Method::parse(access.method);
            line.target = Some(access.target.into());
            line.status = access.status;
            return line;
        }
        pairs(text).into_iter().for_each(|(name, value)| line.pair(&name, value));
        line
    }

    fn pair(&mut self, name: &str, value: String) {
        let lower = value.to_ascii_lowercase();
        let absent = matches!(lower.as_str(), "" | "-" | "missing" | "none" | "null" | "undefined" | "n/a");
        match name {
            "method" | "http_method" | "request_method" => {
                self.is_preflight |= value == "OPTIONS";
                self.method = Method::parse(&value).or(self.method);
            }
            "path" | "url" | "uri" | "http_target" | "http_path" | "request_path"
                if value.starts_with('/') || value.contains("://") =>
            {
                self.target = Some(value);
            }
            "status" | "status_code" | "http_status" | "http_status_code" | "response_status" => {
                self.status = value.get(..3).and_then(|status| status.parse().ok()).filter(|status| (100..600).contains(status));
            }
            "duration_ms" | "elapsed_ms" | "took_ms" | "latency_ms" => {
                let millis: Option<f64> = value.trim_end_matches("ms").parse().ok().filter(|millis: &f64| *millis >= 0.0);
                self.took = millis.map(|millis| Micros((millis * 1_000.0) as u64));
            }
            "has_auth" | "authenticated" | "has_token" => self.token = lower.parse().ok(),
            "authorization" => self.token = Some(!absent),
            _ => {
                let known = HEADERS.iter().find(|(theirs, _)| *theirs == name).map(|(_, header)| *header);
                // An id that stands for "there is none" is no id.
                if let Some(header) = known.filter(|header| !absent && !self.headers.iter().any(|(known, _)| known == header)) {
                    self.headers.push((header, value));
                }
            }
        }
    }

    /// Whether it says anything of a request.
    pub(super) fn says(&self) -> bool {
        self.is_preflight || self.is_request() || self.status.is_some() || !self.headers.is_empty() || self.token.is_some()
    }

    /// Whether it is enough to be shown: where it went, or in which session.
    pub(super) fn is_request(&self) -> bool {
        let in_session = self.headers.iter().any(|(name, _)| *name == "mcp-session-id");
        self.target.is_some() || (in_session && (self.method.is_some() || self.status.is_some()))
    }

    /// Whether another line can be about the same request: none of the two says what the other has already said.
    pub(super) fn goes_with(&self, other: &Self) -> bool {
        let agree = |one: Option<&str>, two: Option<&str>| one.is_none() || two.is_none() || one == two;
        let same = agree(self.target.as_deref(), other.target.as_deref())
            && agree(self.method.map(Method::as_str), other.method.map(Method::as_str));
        let repeats = other.headers.iter().any(|(name, value)| {
            self.headers
                .iter()
                .any(|(known, told)| known == name && (told != value || other.status.is_none() && *name == "mcp-session-id"))
        });
        same && self.status.is_none() && !repeats
    }

    /// Adds what another line says of it.
    pub(super) fn add(&mut self, other: Self) {
        self.method = self.method.or(other.method);
        self.target = self.target.take().or(other.target);
        self.status = self.status.or(other.status);
        for (name, value) in other.headers {
            if !self.headers.iter().any(|(known, _)| *known == name) {
                self.headers.push((name, value));
            }
        }
        self.token = self.token.or(other.token);
        self.at = self.at.or(other.at);
        self.took = self.took.or(other.took);
    }
}
