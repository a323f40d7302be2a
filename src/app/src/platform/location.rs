//! The address of this page.

/// The origin of this page, for example `https://inspector.example`.
pub(crate) fn origin() -> String {
    web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}

/// Whether this page came over TLS.
pub(crate) fn is_secure() -> bool {
    origin().starts_with("https://")
}

/// A value of the fragment, `#server=...&...`, decoded. The fragment never reaches a server.
pub(crate) fn fragment(key: &str) -> Option<String> {
    let hash = web_sys::window()?.location().hash().ok()?;
    let raw = hash.strip_prefix('#')?.split('&').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))?;
    js_sys::decode_uri_component(raw).ok()?.as_string()
}
