//! Headers: an allow-list of names, each with what its value may look like. A name that is not in it keeps its name only.

use super::marks::{Cover, Marks};
use super::prose::Words;
use super::shape::is_name;
use super::{Place, Redactor};
use crate::http::{HeaderValue, Headers};
use crate::id::EventRef;
use crate::share::Carrier;

/// What the value of a known header may look like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Shape {
    /// Names, numbers and dates of the protocol: `no-cache`, `GET, POST`.
    Names,
    /// A date of HTTP, a number: digits are what it is about.
    Digits,
    /// Sentences, in a challenge for example.
    Prose,
    /// An address.
    Address,
    Host,
    /// The scheme of the credentials is kept.
    Credentials,
    Cookie,
    Session,
    /// What must still be told from others.
    Handle,
    /// The name of a tool or a prompt; the address of a resource.
    NameOrAddress,
    /// What the servers on the way call this request in their logs: not a secret, and what their operators ask for.
    RequestId,
}

/// Known headers, by name in lower case.
const SHAPES: &[(&str, Shape)] = &[
    ("accept", Shape::Names),
    ("accept-encoding", Shape::Names),
    ("accept-language", Shape::Names),
    ("access-control-allow-credentials", Shape::Names),
    ("access-control-allow-headers", Shape::Names),
    ("access-control-allow-methods", Shape::Names),
    ("access-control-allow-origin", Shape::Address),
    ("access-control-expose-headers", Shape::Names),
    ("access-control-max-age", Shape::Digits),
    ("access-control-request-headers", Shape::Names),
    ("access-control-request-method", Shape::Names),
    ("age", Shape::Digits),
    ("allow", Shape::Names),
    ("alt-svc", Shape::Names),
    ("authorization", Shape::Credentials),
    ("cache-control", Shape::Names),
    ("cf-ray", Shape::RequestId),
    ("connection", Shape::Names),
    ("content-encoding", Shape::Names),
    ("content-length", Shape::Digits),
    ("content-type", Shape::Names),
    ("cookie", Shape::Cookie),
    ("date", Shape::Digits),
    ("deprecation", Shape::Names),
    ("host", Shape::Host),
    ("keep-alive", Shape::Names),
    ("last-event-id", Shape::Handle),
    ("location", Shape::Address),
    ("mcp-method", Shape::Names),
    ("mcp-name", Shape::NameOrAddress),
    ("mcp-protocol-version", Shape::Names),
    ("mcp-session-id", Shape::Session),
    ("origin", Shape::Address),
    ("proxy-authenticate", Shape::Prose),
    ("proxy-authorization", Shape::Credentials),
    ("referer", Shape::Address),
    ("retry-after", Shape::Digits),
    ("server", Shape::Names),
    ("set-cookie", Shape::Cookie),
    ("strict-transport-security", Shape::Names),
    ("traceparent", Shape::RequestId),
    ("transfer-encoding", Shape::Names),
    ("user-agent", Shape::Names),
    ("vary", Shape::Names),
    ("via", Shape::Names),
    ("warning", Shape::Prose),
    ("www-authenticate", Shape::Prose),
    ("x-accel-buffering", Shape::Names),
    ("x-amzn-errortype", Shape::Names),
    ("x-amzn-requestid", Shape::RequestId),
    ("x-amzn-trace-id", Shape::RequestId),
    ("x-cache", Shape::Names),
    ("x-content-type-options", Shape::Names),
    ("x-correlation-id", Shape::RequestId),
    ("x-powered-by", Shape::Names),
    ("x-request-id", Shape::RequestId),
    ("x-vercel-id", Shape::RequestId),
];

/// The longest id of a request that is taken for one.
const REQUEST_ID: usize = 100;

impl Redactor<'_> {
    /// The headers of a message, as far as they may be seen.
    pub(super) fn headers(&mut self, headers: &Headers, at: EventRef) -> Headers {
        let mut kept = Headers::new();
        for (name, value) in headers.iter() {
            let shown = self.header_name(name, Some(at));
            match value {
                HeaderValue::Secret(slot) => kept.push_secret(&shown, *slot),
                HeaderValue::Text(value) => {
                    let mut marks = Marks::new();
                    self.header(name, value, &mut marks);
                    kept.push(&shown, self.covered(value, &marks, Some(at)));
                }
            }
        }
        kept
    }

    /// The name of a header, or asterisks for one that looks like a key.
    pub(super) fn header_name(&mut self, name: &str, at: Option<EventRef>) -> alloc::string::String {
        let mut marks = Marks::new();
        if !is_name(name) {
            marks.add(0..name.len(), Cover::Stars, Carrier::Key);
        }
        self.covered(name, &marks, at)
    }

    fn header(&mut self, name: &str, value: &str, marks: &mut Marks) {
        let lower = name.to_ascii_lowercase();
        let all = 0..value.len();
        let Ok(known) = SHAPES.binary_search_by_key(&lower.as_str(), |(name, _)| name) else {
            match lower.starts_with("mcp-param-") {
                true => self.scalar(value, Place::ParamHeader, marks),
                false => marks.add(all, Cover::Stars, Carrier::Header),
            }
            return;
        };
        match SHAPES[known].1 {
            Shape::Names => self.text(value, Words::Names, Carrier::Header, marks),
            Shape::Prose => self.text(value, Words::Prose, Carrier::Word, marks),
            Shape::Digits if is_number(value) || is_http_date(value) => {}
            Shape::Digits => marks.add(all, Cover::Stars, Carrier::Header),
            Shape::Address if matches!(value, "*" | "null") => {}
            Shape::Address => self.address(value, marks),
            Shape::Host => self.authority(value, all, marks),
            Shape::Cookie => marks.add(all, Cover::Stars, Carrier::Cookie),
            Shape::Credentials => {
                let scheme = value.split_once(' ').map_or(0, |(scheme, _)| if is_name(scheme) { scheme.len() + 1 } else { 0 });
                self.word(&value[scheme..], scheme..value.len(), Carrier::Authorization, marks);
            }
            Shape::Session => match self.identities.session(value) {
                Some(cover) => marks.add(all, cover, Carrier::Session),
                None => marks.add(all, Cover::Stars, Carrier::Session),
            },
            Shape::Handle if is_name(value) => {}
            Shape::Handle => self.handle(value, all, Carrier::Handle, marks),
            Shape::NameOrAddress if value.contains(':') => self.address(value, marks),
            Shape::NameOrAddress if is_name(value) => {}
            Shape::NameOrAddress => self.handle(value, all, Carrier::Key, marks),
            Shape::RequestId => {
                let id = |c: char| c.is_ascii_alphanumeric() || "-_:;=./".contains(c);
                if value.len() > REQUEST_ID || !value.chars().all(id) {
                    marks.add(all, Cover::Stars, Carrier::Header);
                }
            }
        }
    }
}

fn is_number(value: &str) -> bool {
    (1..=12).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit())
}

/// A date as HTTP writes it (RFC 9110 §5.6.7): `Fri, 27 Nov 2026 08:15:00 GMT`.
fn is_http_date(value: &str) -> bool {
    const FORM: &[u8] = b"Aaa, 00 Aaa 0000 00:00:00 GMT";
    let fits = |(byte, form): (u8, &u8)| match form {
        b'0' => byte.is_ascii_digit(),
        b'a' => byte.is_ascii_lowercase(),
        b'A' => byte.is_ascii_uppercase(),
        form => byte == *form,
    };
    value.len() == FORM.len() && value.bytes().zip(FORM).all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_in_order_so_that_each_is_found() {
        assert!(SHAPES.is_sorted_by_key(|(name, _)| name));
    }

    #[test]
    fn a_date_of_http_is_told_from_other_text() {
        assert!(is_http_date("Fri, 27 Nov 2026 08:15:00 GMT"));
        assert!(!is_http_date("Fri, 27 Nov 2026 08:15:00 CET") && !is_http_date("AKIAIOSFODNN7EXAMPLE"));
    }
}
