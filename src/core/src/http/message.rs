//! A request to send and the head of a response, each with what the browser's rules do to it.

use alloc::string::String;

use super::{HeaderValue, Headers, SecretSlot, Url};

/// The HTTP methods the protocol uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Carries one JSON-RPC message.
    Post,
    /// Opens an event stream, or asks whether anything answers.
    Get,
    /// Ends a session.
    Delete,
}

impl Method {
    /// The name on the request line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Post => "POST",
            Self::Get => "GET",
            Self::Delete => "DELETE",
        }
    }

    /// Reads the name on a request line.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Post, Self::Get, Self::Delete].into_iter().find(|method| method.as_str() == text)
    }
}

/// How the browser is asked to treat a request (Fetch standard, request mode).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The response is readable if the server's CORS headers allow it.
    Cors,
    /// The response is never readable; that one arrived at all is the answer (`no-cors`).
    Opaque,
    /// An event stream is asked for, and what comes is never read. Engines give up for good when a page may not read an answer,
    /// and try again when none came (WHATWG HTML §9.2.3), so it shows that something is there even where a header keeps opaque
    /// requests out (`Cross-Origin-Resource-Policy`).
    Events,
}

/// A request as the session wants it sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// Where to.
    pub url: Url,
    /// The fields this page sets; what the browser adds by itself is not visible to a page.
    pub headers: Headers,
    /// The body, empty for none.
    pub body: String,
    /// A field at the end of a body that is a form, with a value that only the transport knows.
    pub secret_field: Option<SecretField>,
    /// Readable or opaque.
    pub mode: Mode,
}

/// A field of a form whose value is a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretField {
    /// Its name.
    pub name: String,
    /// Its value.
    pub slot: SecretSlot,
}

impl Request {
    /// The secrets that go into it when it leaves.
    pub fn secrets(&self) -> impl Iterator<Item = SecretSlot> {
        let in_headers = self.headers.iter().filter_map(|(_, value)| match value {
            HeaderValue::Secret(slot) => Some(*slot),
            HeaderValue::Text(_) => None,
        });
        in_headers.chain(self.secret_field.iter().map(|field| field.slot))
    }
}

/// How much of a response the page could see, or the source of a recording wrote down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Every header is here: same origin, or a recording from outside a browser.
    Full,
    /// Only safelisted and exposed headers are here (Fetch standard, CORS-filtered response): a header that is not
    /// in the list is *unknown*, not absent.
    CorsFiltered,
    /// Something answered; neither status nor headers nor body can be seen (opaque response).
    Opaque,
    /// The recording has the status; a header that is not in the list is *unknown*.
    Listed,
    /// The recording has neither status nor headers, and of the body the messages, one on a line.
    Messages,
    /// The recording has neither status nor headers; the body is an event stream as it came.
    Events,
}

impl Sight {
    const ALL: [Self; 6] = [Self::Full, Self::CorsFiltered, Self::Opaque, Self::Listed, Self::Messages, Self::Events];

    /// The word for it in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::CorsFiltered => "cors",
            Self::Opaque => "opaque",
            Self::Listed => "listed",
            Self::Messages => "messages",
            Self::Events => "events",
        }
    }

    /// Reads that word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sight| sight.as_str() == text)
    }

    /// Whether the source wrote down nothing but the body.
    pub const fn is_body_alone(self) -> bool {
        matches!(self, Self::Messages | Self::Events)
    }
}

/// Status line and headers of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseHead {
    /// The status code; 0 for one that cannot be seen or is not in the recording.
    pub status: u16,
    /// The final URL when redirects were followed to another address than asked, otherwise `None`.
    pub redirected_to: Option<String>,
    /// The visible headers.
    pub headers: Headers,
    /// Which headers could be seen at all.
    pub sight: Sight,
}

impl ResponseHead {
    /// Whether the status is 200 to 299. One that is not in the recording is not.
    pub const fn is_success(&self) -> bool {
        self.status >= 200 && self.status < 300
    }

    /// The media type without parameters, in lower case; empty when there is none.
    pub fn media_type(&self) -> String {
        let value = self.headers.get("content-type").unwrap_or_default();
        value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// Whether its media type is known, or that it names none: CORS hides it from nobody (Fetch standard, CORS-safelisted
    /// response-header names), and the source of a recording may not have written it down.
    pub fn tells_its_type(&self) -> bool {
        matches!(self.sight, Sight::Full | Sight::CorsFiltered) || self.headers.has("content-type")
    }

    /// Whether the body is an event stream.
    pub fn is_event_stream(&self) -> bool {
        self.sight == Sight::Events || self.media_type() == "text/event-stream"
    }

    /// Whether the body claims to be JSON (`application/json` or a `+json` type).
    pub fn is_json(&self) -> bool {
        let media_type = self.media_type();
        media_type == "application/json" || media_type.ends_with("+json")
    }
}

/// The reason phrase of a status code (RFC 9110 §15 and the IANA registry), empty for one that has none.
pub const fn reason_phrase(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        205 => "Reset Content",
        206 => "Partial Content",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        407 => "Proxy Authentication Required",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "Length Required",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        414 => "URI Too Long",
        415 => "Unsupported Media Type",
        416 => "Range Not Satisfiable",
        417 => "Expectation Failed",
        421 => "Misdirected Request",
        422 => "Unprocessable Content",
        423 => "Locked",
        424 => "Failed Dependency",
        425 => "Too Early",
        426 => "Upgrade Required",
        428 => "Precondition Required",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        451 => "Unavailable For Legal Reasons",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "HTTP Version Not Supported",
        506 => "Variant Also Negotiates",
        507 => "Insufficient Storage",
        508 => "Loop Detected",
        511 => "Network Authentication Required",
        _ => "",
    }
}
