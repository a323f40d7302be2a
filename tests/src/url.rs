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

/// Where a host is: names below `test` exist nowhere (RFC 6761), and lead to the loopback here.
pub(crate) fn leads_to(host: &str) -> String {
    match host.split_once(".test:") {
        Some((_, port)) => format!("127.0.0.1:{port}"),
        None => host.to_owned(),
    }
}
