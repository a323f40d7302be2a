//! What a browser asks a server for on behalf of a page of another origin, and what it then shows to the page (Fetch
//! standard, §3.3 and §4.8 to 4.10, for requests without credentials).

use std::collections::BTreeMap;

use inspector_core::http::{Headers, ResponseHead, Sight};

use crate::client::Response;

/// Response headers that a page always sees (CORS-safelisted response-header names).
const VISIBLE: [&str; 7] =
    ["cache-control", "content-language", "content-length", "content-type", "expires", "last-modified", "pragma"];

/// Media types a form can send: the only ones a page may send without asking.
const FORM_TYPES: [&str; 3] = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];

/// The headers of the preflight for a request; `None` when it needs no permission.
pub(super) fn preflight(page: &str, method: &str, headers: &[(String, String)]) -> Option<Vec<(&'static str, String)>> {
    let mut unsafe_names: Vec<_> = names_that_need_permission(headers).collect();
    unsafe_names.sort();
    if unsafe_names.is_empty() && is_simple(method) {
        return None;
    }
    Some(vec![
        ("Origin", page.to_owned()),
        ("Access-Control-Request-Method", method.to_owned()),
        ("Access-Control-Request-Headers", unsafe_names.join(",")),
    ])
}

/// Whether the answer to a preflight lets the request through.
pub(super) fn permits(answer: &Response, page: &str, method: &str, headers: &[(String, String)]) -> bool {
    let methods = list(answer, "access-control-allow-methods");
    let allowed = list(answer, "access-control-allow-headers");
    // The star does not cover Authorization (CORS non-wildcard request-header name).
    let header_allowed = |name: String| allowed.contains(&name) || (name != "authorization" && allowed.contains("*"));
    (200..300).contains(&answer.status)
        && is_readable(answer, page)
        && (is_simple(method) || methods.contains(&method.to_ascii_lowercase()) || methods.contains("*"))
        && names_that_need_permission(headers).all(header_allowed)
}

/// The head as a page of another origin sees it; `None` when it may not read the response.
pub(super) fn filtered(response: &Response, page: &str) -> Option<ResponseHead> {
    let exposed = list(response, "access-control-expose-headers");
    let visible = |name: &str| VISIBLE.contains(&name) || exposed.contains(name) || exposed.contains("*");
    is_readable(response, page).then(|| head(response, Sight::CorsFiltered, visible))
}

/// The head as a page of the same origin sees it, or a program that is no page.
pub(super) fn full(response: &Response) -> ResponseHead {
    head(response, Sight::Full, |_| true)
}

/// Whether a response may answer a request in `no-cors` mode of a page at another site (Fetch standard, §3.6,
/// `Cross-Origin-Resource-Policy`).
pub(super) fn lets_in(response: &Response) -> bool {
    !matches!(response.headers.get("cross-origin-resource-policy"), Some("same-origin" | "same-site"))
}

/// The head of a response to a request in `no-cors` mode, whatever it was.
pub(super) fn opaque() -> ResponseHead {
    ResponseHead { status: 0, redirected_to: None, headers: Headers::new(), sight: Sight::Opaque }
}

fn head(response: &Response, sight: Sight, visible: impl Fn(&str) -> bool) -> ResponseHead {
    // A browser lists names in lower case and in order, and joins the values of one name.
    let mut joined: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in &response.headers.0 {
        let name = name.to_ascii_lowercase();
        if name == "set-cookie" || !visible(&name) {
            continue;
        }
        joined.entry(name).and_modify(|all| *all = format!("{all}, {value}")).or_insert_with(|| value.clone());
    }
    let mut headers = Headers::new();
    joined.into_iter().for_each(|(name, value)| headers.push(&name, value));
    ResponseHead { status: response.status, redirected_to: None, headers, sight }
}

/// The CORS check.
fn is_readable(response: &Response, page: &str) -> bool {
    response.headers.get("access-control-allow-origin").is_some_and(|allowed| allowed == "*" || allowed == page)
}

/// Methods that need no preflight.
fn is_simple(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "POST")
}

/// The names, in lower case, of the headers a page may not send without asking.
fn names_that_need_permission(headers: &[(String, String)]) -> impl Iterator<Item = String> {
    let harmless = |name: &str, value: &str| match name {
        "accept" | "accept-language" | "content-language" => true,
        "content-type" => FORM_TYPES.contains(&value.split(';').next().unwrap_or_default().trim()),
        _ => false,
    };
    headers
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value))
        .filter(move |(name, value)| !harmless(name, value))
        .map(|(name, _)| name)
}

/// The entries of a header that is a list, in lower case.
fn list(response: &Response, name: &str) -> std::collections::BTreeSet<String> {
    let value = response.headers.get(name).unwrap_or_default();
    value.split(',').map(|entry| entry.trim().to_ascii_lowercase()).collect()
}
