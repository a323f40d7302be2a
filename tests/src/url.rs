//! The little of a URL the laboratory needs: everything it talks to is plain HTTP on the loopback.

/// Splits `http://HOST:PORT/PATH?QUERY` into `HOST:PORT` and `/PATH?QUERY`.
///
/// # Panics
/// On any other kind of URL.
pub(crate) fn split(url: &str) -> (&str, &str) {
    let rest = url.strip_prefix("http://").unwrap_or_else(|| panic!("the laboratory speaks plain http only: {url}"));
    match rest.find('/') {
        Some(slash) => rest.split_at(slash),
        None => (rest, "/"),
    }
}
