//! Headers of two messages: by name whatever its case, and with what one of both sides could not see.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};

use super::exchange::{Lines, shown};
use super::known::{How, Veil, judge};
use crate::http::{HeaderNameProblem, HeaderValue, Headers, Sight, check_name};
use crate::trace::TokenFacts;

/// Headers whose values are never the same twice: moments, what was handed out for this one request, what is left of a budget,
/// and the length, which the body tells better. Session ids are among them: that there is one tells, not which.
const EXPECTED: [&str; 24] = [
    "age",
    "cf-ray",
    "content-length",
    "date",
    "etag",
    "expires",
    "last-event-id",
    "last-modified",
    "mcp-session-id",
    "nel",
    "report-to",
    "reporting-endpoints",
    "retry-after",
    "server-timing",
    "set-cookie",
    "traceparent",
    "tracestate",
    "x-amz-cf-id",
    "x-amzn-requestid",
    "x-amzn-trace-id",
    "x-cloud-trace-context",
    "x-correlation-id",
    "x-request-id",
    "x-vercel-id",
];

/// Those of them that say something by being there.
const TELLING: [&str; 4] = ["last-event-id", "mcp-session-id", "retry-after", "set-cookie"];

/// Headers of an answer that every page sees (Fetch standard, CORS-safelisted response-header names).
const SAFELISTED: [&str; 7] =
    ["cache-control", "content-language", "content-length", "content-type", "expires", "last-modified", "pragma"];

/// Beginnings of names with the same habit.
const EXPECTED_FAMILIES: [&str; 4] = ["ratelimit", "x-ratelimit", "x-rate-limit", "cf-cache"];

/// Headers that browsers add and pages never see, besides those that a page may not set.
const ADDED_BY_BROWSERS: [&str; 6] = ["accept-language", "cache-control", "dnt", "pragma", "priority", "user-agent"];

/// What may be missing from one list of headers without being absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unseen {
    /// Nothing: every header is there.
    Nothing,
    /// Of an answer: whatever CORS hides.
    ByCors,
    /// Of a request: what the browser adds.
    ByBrowser,
    /// Whatever the source of the recording did not write down.
    Everything,
}

impl Unseen {
    /// Of an answer.
    pub(super) const fn of(sight: Sight) -> Self {
        match sight {
            Sight::Full => Self::Nothing,
            Sight::CorsFiltered => Self::ByCors,
            Sight::Opaque | Sight::Listed | Sight::Messages | Sight::Events => Self::Everything,
        }
    }

    fn hides(self, name: &str) -> bool {
        match self {
            Self::Nothing => false,
            Self::Everything => true,
            Self::ByCors => !SAFELISTED.contains(&name),
            Self::ByBrowser => check_name(name) == Err(HeaderNameProblem::ReservedByBrowser) || ADDED_BY_BROWSERS.contains(&name),
        }
    }
}

/// The headers of one message, and how far they can be trusted to be all.
pub(super) struct Fields<'a> {
    pub(super) headers: &'a Headers,
    pub(super) unseen: Unseen,
    pub(super) veil: Veil,
    /// What is known of the token of the recording.
    pub(super) token: &'a TokenFacts,
}

/// Compares two lists of headers.
pub(super) fn compare(left: &Fields<'_>, right: &Fields<'_>, lines: &mut Lines<'_>) {
    let (ours, theirs) = (left.by_name(), right.by_name());
    let mut names: alloc::vec::Vec<&String> = ours.keys().chain(theirs.keys()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let (one, other) = (ours.get(name), theirs.get(name));
        let how = match (one, other) {
            (Some(one), Some(other)) if one != other && is_expected(name) => How::Expected,
            (Some(one), Some(other)) => judge((one, left.veil), (other, right.veil)),
            (None, _) | (_, None) if is_expected(name) && !TELLING.contains(&name.as_str()) => How::Expected,
            (None, _) if left.may_have(name) => How::NotKnown,
            (_, None) if right.may_have(name) => How::NotKnown,
            _ => How::Differs,
        };
        lines.add(name, one.map(|text| shown(text)), other.map(|text| shown(text)), how);
    }
}

impl Fields<'_> {
    /// The values by the name in lower case; those of fields with the same name together (RFC 9110 §5.3).
    fn by_name(&self) -> BTreeMap<String, String> {
        let mut fields: BTreeMap<String, String> = BTreeMap::new();
        for (name, value) in self.headers.iter() {
            let text = match value {
                HeaderValue::Text(text) => text.clone(),
                HeaderValue::Secret(slot) if slot.is_bearer() => "Bearer •••".to_string(),
                HeaderValue::Secret(_) => "•••".to_string(),
            };
            let before = fields.remove(&name.to_ascii_lowercase());
            fields.insert(name.to_ascii_lowercase(), before.map_or(text.clone(), |before| format!("{before}, {text}")));
        }
        fields
    }

    /// Whether a header that is not in the list may have been there.
    fn may_have(&self, name: &str) -> bool {
        self.unseen.hides(name) || (name == "authorization" && *self.token == TokenFacts::Unknown)
    }
}

fn is_expected(name: &str) -> bool {
    EXPECTED.binary_search(&name).is_ok() || EXPECTED_FAMILIES.iter().any(|family| name.starts_with(family))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_in_order_so_that_each_is_found() {
        assert!(EXPECTED.is_sorted());
    }

    #[test]
    fn what_a_browser_adds_is_missing_from_what_a_page_made_without_being_absent() {
        assert!(["host", "user-agent", "sec-fetch-mode"].iter().all(|name| Unseen::ByBrowser.hides(name)));
        assert!(!["authorization", "x-api-key", "mcp-protocol-version"].iter().any(|name| Unseen::ByBrowser.hides(name)));
    }
}
