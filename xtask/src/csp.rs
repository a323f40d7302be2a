//! The page's Content-Security-Policy: as strict as a page that may call any server can have.

/// What `www/index.html` declares, and `www/_headers` together with [`HEADER_ONLY`].
///
/// Scripts, styles, fonts and images are the page's own; `'wasm-unsafe-eval'` lets it compile its wasm,
/// and nothing else. Pictures and sound that a tool gave are shown from their own bytes (`data:`), never loaded from anywhere.
/// It may connect to any server, because the person may type any.
pub(crate) const POLICY: &str = "default-src 'none'; \
    script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; \
    img-src 'self' data: blob:; \
    media-src data:; \
    font-src 'self'; \
    connect-src 'self' http: https:; \
    manifest-src 'self'; \
    base-uri 'none'; \
    form-action 'none'; \
    object-src 'none'";

/// What counts in a response header only (CSP Level 3, §3.3: a `<meta>` element cannot hold it).
#[cfg(test)]
const HEADER_ONLY: &str = "frame-ancestors 'none'";

/// The policy while `trunk serve` watches: its reload script listens on a WebSocket.
pub(crate) fn while_serving() -> String {
    POLICY.replace("connect-src 'self'", "connect-src 'self' ws: wss:")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::{read, workspace_root};

    #[test]
    fn the_page_declares_exactly_this_policy() {
        let page = read(&workspace_root().join("www/index.html")).unwrap();
        let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">");
        assert!(page.contains(&meta), "www/index.html must hold {meta}");
    }

    #[test]
    fn the_headers_file_sends_exactly_this_policy() {
        let headers = read(&workspace_root().join("www/_headers")).unwrap();
        let line = format!("  Content-Security-Policy: {POLICY}; {HEADER_ONLY}");
        assert!(headers.lines().any(|found| found == line), "www/_headers must hold {line}");
    }

    #[test]
    fn serving_adds_the_websocket_and_nothing_else() {
        let serving = while_serving();
        assert!(serving.contains("connect-src 'self' ws: wss: http: https:;"));
        assert_eq!(serving.replace(" ws: wss:", ""), POLICY);
    }
}
