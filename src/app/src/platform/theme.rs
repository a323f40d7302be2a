//! Light or dark: as the system says, until the person chooses; the choice is kept on this device.

/// Where the choice is kept. Nothing else of this page is stored.
const KEY: &str = "theme";

/// What the person chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the system says.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The choice kept on this device, if storage is there and can be read.
    pub(crate) fn stored() -> Self {
        let stored = web_sys::window().and_then(|window| window.local_storage().ok().flatten()?.get_item(KEY).ok().flatten());
        match stored.as_deref() {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
    }

    /// The next choice of the button.
    pub(crate) const fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    /// The word for it.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Shows it, and keeps the choice if storage lets us.
    pub(crate) fn apply(self) {
        let Some(window) = web_sys::window() else { return };
        if let Some(root) = window.document().and_then(|document| document.document_element()) {
            let _ = match self {
                Self::System => root.remove_attribute("data-theme"),
                chosen => root.set_attribute("data-theme", chosen.as_str()),
            };
        }
        if let Ok(Some(storage)) = window.local_storage() {
            let _ = match self {
                Self::System => storage.remove_item(KEY),
                chosen => storage.set_item(KEY, chosen.as_str()),
            };
        }
    }
}
