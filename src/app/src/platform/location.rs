//! The address of this page.

/// The origin of this page, for example `https://inspector.example`.
pub(crate) fn origin() -> String {
    web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}

/// Whether this page came over TLS.
pub(crate) fn is_secure() -> bool {
    origin().starts_with("https://")
}

/// The address without its fragment.
pub(crate) fn without_fragment() -> String {
    let href = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}

/// Whether the address has a fragment.
pub(crate) fn has_fragment() -> bool {
    web_sys::window().and_then(|window| window.location().hash().ok()).is_some_and(|hash| hash.len() > 1)
}

/// A value of the fragment, `#server=...&...`, decoded. The fragment never reaches a server.
pub(crate) fn fragment(key: &str) -> Option<String> {
    let hash = web_sys::window()?.location().hash().ok()?;
    let raw = hash.strip_prefix('#')?.split('&').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))?;
    js_sys::decode_uri_component(raw).ok()?.as_string()
}

/// Whether the fragment has a word that stands alone, as in `#causes`.
pub(crate) fn fragment_names(word: &str) -> bool {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    hash.trim_start_matches('#').split('&').any(|part| part == word)
}

/// The fragment of an address that holds a recording, as it stands there.
pub(crate) fn trace() -> Option<String> {
    web_sys::window()?.location().hash().ok().filter(|hash| hash.starts_with("#trace="))
}

/// Takes a recording out of the address.
pub(crate) fn forget_trace() {
    if trace().is_some()
        && let Some(history) = web_sys::window().and_then(|window| window.history().ok())
    {
        let state = history.state().unwrap_or_default();
        let _ = history.replace_state_with_url(&state, "", Some(&without_fragment()));
    }
}
