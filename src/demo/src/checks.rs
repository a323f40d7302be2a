//! What HTTP says of a request before its body is read: origin, media types, size, headers.

use inspector_core::http::{HeaderValue, Headers, Url};

use crate::envelope::Error;
use crate::limits::BODY_BYTES;

/// The origin of the page's own demo server: a name that can never resolve (RFC 2606, section 2).
const OWN_ORIGIN: &str = "https://demo.invalid";

/// The media type of one message.
pub(crate) const JSON: &str = "application/json";

/// The media type of an event stream.
pub(crate) const EVENT_STREAM: &str = "text/event-stream";

/// A server must validate `Origin` (every revision, transports): ours and this machine's may call.
///
/// # Errors
/// 403 for any other one, as 2025-11-25 wants it.
pub(crate) fn origin(headers: &Headers) -> Result<(), Error> {
    let Some(origin) = headers.get("origin") else { return Ok(()) };
    if origin == OWN_ORIGIN || Url::parse(origin).is_ok_and(|url| url.is_loopback()) {
        return Ok(());
    }
    Err(Error::refused(403, Error::INVALID_REQUEST, format!("Forbidden: the origin {origin} may not call this server")))
}

/// A client lists every media type it must be ready for. A range that covers one counts (RFC 9110, section 12.5.1).
///
/// # Errors
/// 406 when one is missing.
pub(crate) fn accepts(headers: &Headers, wanted: &[&str]) -> Result<(), Error> {
    let missing = wanted.iter().find(|media_type| !listed(headers, media_type));
    missing.map_or(Ok(()), |media_type| {
        Err(Error::refused(406, Error::INVALID_REQUEST, format!("Not acceptable: the Accept header must list {media_type}")))
    })
}

fn listed(headers: &Headers, media_type: &str) -> bool {
    let all = media_type.split('/').next().unwrap_or_default();
    let covers = |range: &str| {
        let mut parts = range.split(';').map(|part| part.trim().to_ascii_lowercase());
        let name = parts.next().unwrap_or_default();
        let named = name == media_type || name == "*/*" || name.strip_suffix("/*") == Some(all);
        named && !parts.any(|weight| weight.strip_prefix("q=").is_some_and(|q| q.trim_end_matches(['0', '.']).is_empty()))
    };
    values(headers, "accept").any(|value| value.split(',').any(covers))
}

/// Every value of a header; it may stand there more than once.
fn values<'a>(headers: &'a Headers, name: &'a str) -> impl Iterator<Item = &'a str> {
    headers.iter().filter_map(move |(field, value)| match value {
        HeaderValue::Text(text) if field.eq_ignore_ascii_case(name) => Some(text.as_str()),
        _ => None,
    })
}

/// A message is sent as `application/json`.
///
/// # Errors
/// 415 for anything else.
pub(crate) fn content_type(headers: &Headers) -> Result<(), Error> {
    let sent = headers.get("content-type").unwrap_or_default();
    if sent.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(JSON) {
        return Ok(());
    }
    Err(Error::refused(415, Error::INVALID_REQUEST, format!("Unsupported media type: the Content-Type must be {JSON}")))
}

/// The body as text.
///
/// # Errors
/// When it is too large or not UTF-8, which JSON must be (RFC 8259, section 8.1).
pub(crate) fn text(body: &[u8]) -> Result<&str, Error> {
    if body.len() > BODY_BYTES {
        return Err(Error::refused(413, Error::INVALID_REQUEST, format!("A body may have up to {BODY_BYTES} bytes")));
    }
    std::str::from_utf8(body).map_err(|_| Error::refused(400, Error::PARSE, "Parse error: the body is not UTF-8"))
}

/// Whether a header value has only characters it may have (RFC 9110, section 5.5, without the obsolete ones).
pub(crate) fn is_field_value(value: &str) -> bool {
    value.bytes().all(|byte| byte == b'\t' || (b' '..=b'~').contains(&byte))
}
