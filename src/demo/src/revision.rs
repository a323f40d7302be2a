//! The revisions this server speaks. What came with which is asked by comparing: a later revision is greater.

/// A published revision of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Revision {
    /// 2024-11-05: HTTP+SSE.
    V2024_11_05,
    /// 2025-03-26: Streamable HTTP, batches, annotations of tools, audio.
    V2025_03_26,
    /// 2025-06-18: the version header, structured results, elicitation, titles, resource links.
    V2025_06_18,
    /// 2025-11-25: polling; a bad argument is a result the model can read.
    V2025_11_25,
    /// 2026-07-28: stateless.
    V2026_07_28,
}

/// Every revision with its name, newest first: the order in which they are offered.
const NAMES: [(Revision, &str); 5] = [
    (Revision::V2026_07_28, "2026-07-28"),
    (Revision::V2025_11_25, "2025-11-25"),
    (Revision::V2025_06_18, "2025-06-18"),
    (Revision::V2025_03_26, "2025-03-26"),
    (Revision::V2024_11_05, "2024-11-05"),
];

impl Revision {
    /// The latest one that opens with a handshake.
    pub(crate) const LATEST_HANDSHAKE: Self = Self::V2025_11_25;

    /// Reads a name exactly as the protocol writes it.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        NAMES.iter().find(|(_, known)| *known == name).map(|(revision, _)| *revision)
    }

    /// The date that names it.
    pub(crate) fn as_str(self) -> &'static str {
        NAMES.iter().find(|(known, _)| *known == self).map_or("", |(_, name)| name)
    }

    /// Whether every request stands alone.
    pub(crate) const fn is_stateless(self) -> bool {
        matches!(self, Self::V2026_07_28)
    }

    /// Whether it opens with `initialize` and is spoken over Streamable HTTP.
    pub(crate) fn is_streamable_handshake(self) -> bool {
        self > Self::V2024_11_05 && self < Self::V2026_07_28
    }

    /// The names of those spoken over Streamable HTTP, newest first, as a JSON array.
    pub(crate) fn streamable() -> String {
        let names = NAMES.iter().filter(|(revision, _)| *revision > Self::V2024_11_05);
        crate::object::array(names.map(|(_, name)| inspector_core::json::quote(name)))
    }
}
