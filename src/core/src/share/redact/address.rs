//! Addresses: scheme, host and the words of the path are kept; user info, query values and parts that look like keys are not.

use core::ops::Range;

use super::marks::{Cover, Marks};
use super::prose::Words;
use super::shape::{is_cover, is_name, is_random};
use super::{Redactor, Values};
use crate::share::Carrier;
use crate::share::forms::percent_decoded;

/// Values of these query parameters are names of versions and the like.
const HARMLESS: &[&str] = &["api-version", "format", "protocol", "transport", "v", "version"];

/// The folder below one of these is named after a person.
const HOMES: &[&str] = &["home", "Users", "users"];

impl Redactor<'_> {
    /// Marks what is not to be seen in an absolute address, a path, or a reference without a scheme.
    pub(super) fn address(&mut self, text: &str, marks: &mut Marks) {
        let (scheme, after) = match text.split_once("://") {
            Some((scheme, _)) if is_scheme(scheme) => (scheme, scheme.len() + 3),
            _ => ("", 0),
        };
        let end = |from: usize, signs: &[char]| text[from..].find(signs).map_or(text.len(), |at| from + at);
        let path = if scheme.is_empty() { 0 } else { end(after, &['/', '?', '#']) };
        let query = end(path, &['?', '#']);
        let fragment = end(query, &['#']);
        if !scheme.is_empty() {
            self.authority(text, after..path, marks);
        }
        // `urn:...`, `data:...`: what follows the first colon is for those who know the scheme.
        let opaque = scheme.is_empty() && text[..query].split('/').next().is_some_and(|start| start.contains(':'));
        match (opaque, scheme) {
            (true, _) => {
                let colon = text.find(':').filter(|at| is_scheme(&text[..*at])).map_or(0, |at| at + 1);
                self.handle(text, colon..query, Carrier::Path, marks);
            }
            (false, "" | "http" | "https") => self.path(text, path..query, marks),
            // Files and the like: at the smaller levels their names are values.
            (false, _) if self.values == Values::Covered => {
                let start = path + usize::from(text[path..query].starts_with('/'));
                self.handle(text, start..query, Carrier::Path, marks);
            }
            (false, _) => self.path(text, path..query, marks),
        }
        if query < fragment {
            self.query(text, query + 1..fragment, Carrier::Query, marks);
        }
        if fragment < text.len() {
            self.handle(text, fragment + 1..text.len(), Carrier::Query, marks);
        }
    }

    /// Marks user info, and labels of the host that look like keys or are none.
    pub(super) fn authority(&mut self, text: &str, range: Range<usize>, marks: &mut Marks) {
        let authority = &text[range.clone()];
        let host = authority.rfind('@').map_or(range.start, |at| range.start + at + 1);
        if host > range.start {
            marks.add(range.start..host - 1, Cover::Stars, Carrier::UserInfo);
        }
        let mut at = host;
        for label in text[host..range.end].split(['.', ':']) {
            let place = at..at + label.len();
            at = place.end + 1;
            if looks_like_a_key(label) && !is_host_cover(label) && !is_cover(label) {
                let number = self.identities.number(label);
                marks.add(place, Cover::Letters(number), Carrier::Host);
            }
        }
    }

    fn path(&mut self, text: &str, range: Range<usize>, marks: &mut Marks) {
        let mut at = range.start;
        let mut before = "";
        for segment in text[range].split('/') {
            let place = at..at + segment.len();
            at = place.end + 1;
            let home = HOMES.contains(&before) && self.values != Values::Kept;
            if home || !self.lets(&percent_decoded(segment), Words::Names) {
                self.handle(text, place, Carrier::Path, marks);
            }
            before = segment;
        }
    }

    /// Marks the values of a query, or of a form in the same notation.
    pub(super) fn query(&mut self, text: &str, range: Range<usize>, what: Carrier, marks: &mut Marks) {
        let mut at = range.start;
        for pair in text[range].split('&') {
            let place = at..at + pair.len();
            at = place.end + 1;
            let Some((name, value)) = pair.split_once('=') else {
                // A word alone may be a value as well as a name.
                if !is_name(&percent_decoded(pair)) {
                    self.handle(text, place, what, marks);
                }
                continue;
            };
            if !is_name(&percent_decoded(name)) {
                marks.add(place.start..place.start + name.len(), Cover::Stars, Carrier::Key);
            }
            let place = place.start + name.len() + 1..place.end;
            if let Some(cover) = self.identities.session(value).filter(|_| is_session(name)) {
                marks.add(place, cover, Carrier::Session);
            } else if !(HARMLESS.contains(&name) || self.lets_field(name, what)) || !is_name(&percent_decoded(value)) {
                self.handle(text, place, what, marks);
            }
        }
    }

    /// Whether the value of a form's field may be seen: which grant is asked for, and what the answer of RFC 6749 §5.2 says.
    fn lets_field(&self, name: &str, what: Carrier) -> bool {
        what == Carrier::Form && ["grant_type", "token_type", "response_type", "error", "scope"].contains(&name)
    }

    /// Marks a part of a text that must still be told from others.
    pub(super) fn handle(&mut self, text: &str, range: Range<usize>, what: Carrier, marks: &mut Marks) {
        let part = &text[range.clone()];
        if !is_cover(part) {
            let number = self.identities.number(part);
            marks.add(range, Cover::Numbered(number), what);
        }
    }
}

/// Whether a text is the name of a scheme, of those that read like names (RFC 3986 §3.1).
pub(super) fn is_scheme(text: &str) -> bool {
    let signs = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    !text.is_empty() && text.len() <= 20 && signs && is_name(text)
}

/// How HTTP+SSE names its session in the query (`session_id` in Python, `sessionId` in TypeScript).
pub(super) fn is_session(name: &str) -> bool {
    ["session_id", "sessionid", "session"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Whether a label of a host name is a key, or no label: what clouds call their machines is shorter, or made of shorter parts.
fn looks_like_a_key(label: &str) -> bool {
    let is_uuid = label.len() == 36 && label.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let is_label = label.chars().all(|c| c.is_alphanumeric() || "-_[]".contains(c));
    is_uuid || !is_label || label.split('-').any(is_random)
}

/// `x1xxxx`: a label that was covered before.
fn is_host_cover(label: &str) -> bool {
    let rest = label.strip_prefix('x').map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    rest.is_some_and(|rest| rest.bytes().all(|byte| byte == b'x'))
}
