//! The protocol revisions as a table: a new revision is a row and its differences.

use core::fmt;

/// A published revision of the Model Context Protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Revision {
    /// 2024-11-05: HTTP+SSE.
    V2024_11_05,
    /// 2025-03-26: Streamable HTTP, sessions, batches.
    V2025_03_26,
    /// 2025-06-18: the version header, no batches, resource-server authorization.
    V2025_06_18,
    /// 2025-11-25: polling, 403 for a wrong origin.
    V2025_11_25,
    /// 2026-07-28: stateless, no handshake.
    V2026_07_28,
}

/// How a revision opens a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Era {
    /// `initialize`, session id, GET stream, DELETE.
    Handshake,
    /// No handshake: every request carries what the server needs.
    Stateless,
}

/// How a revision goes over HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// HTTP+SSE: a GET opens the one stream, whose first event names where to POST; every answer comes on the stream.
    HttpSse,
    /// Streamable HTTP with what makes a session: its id, a GET stream for what the server says unasked, DELETE, and GET
    /// with `Last-Event-ID` for what a broken stream still owes.
    Streamable,
    /// Streamable HTTP with nothing but POST: a stream that breaks is lost, and closing one cancels its request.
    PostOnly,
}

/// What one revision asks of a client over HTTP.
struct Row {
    revision: Revision,
    name: &'static str,
    /// Its name and what sets it apart, for a list to choose from.
    label: &'static str,
    era: Era,
    transport: Transport,
    /// Whether `MCP-Protocol-Version` goes on every request after initialize (2025-06-18, transports).
    version_header: bool,
    /// Whether a POST may carry an array of messages (2025-03-26 only).
    batches: bool,
}

#[rustfmt::skip]
const ROWS: [Row; 5] = [
    Row { revision: Revision::V2024_11_05, name: "2024-11-05", label: "2024-11-05 (HTTP+SSE)", era: Era::Handshake, transport: Transport::HttpSse, version_header: false, batches: false },
    Row { revision: Revision::V2025_03_26, name: "2025-03-26", label: "2025-03-26", era: Era::Handshake, transport: Transport::Streamable, version_header: false, batches: true },
    Row { revision: Revision::V2025_06_18, name: "2025-06-18", label: "2025-06-18", era: Era::Handshake, transport: Transport::Streamable, version_header: true, batches: false },
    Row { revision: Revision::V2025_11_25, name: "2025-11-25", label: "2025-11-25", era: Era::Handshake, transport: Transport::Streamable, version_header: true, batches: false },
    Row { revision: Revision::V2026_07_28, name: "2026-07-28", label: "2026-07-28 (stateless)", era: Era::Stateless, transport: Transport::PostOnly, version_header: true, batches: false },
];

impl Revision {
    /// The newest revision that opens with a handshake.
    pub const LATEST_HANDSHAKE: Self = Self::V2025_11_25;

    /// The newest revision.
    pub const LATEST: Self = Self::ALL[0];

    /// Every revision, newest first.
    pub const ALL: [Self; 5] = [Self::V2026_07_28, Self::V2025_11_25, Self::V2025_06_18, Self::V2025_03_26, Self::V2024_11_05];

    /// The handshake revisions that speak Streamable HTTP, newest first.
    pub const STREAMABLE: [Self; 3] = [Self::V2025_11_25, Self::V2025_06_18, Self::V2025_03_26];

    const fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }

    /// Reads a revision string exactly as the protocol writes it.
    pub fn parse(text: &str) -> Option<Self> {
        ROWS.iter().find(|row| row.name == text).map(|row| row.revision)
    }

    /// The date that names the revision.
    pub const fn as_str(self) -> &'static str {
        self.row().name
    }

    /// Its date, with what sets it apart from the others.
    pub const fn label(self) -> &'static str {
        self.row().label
    }

    /// The era it belongs to.
    pub const fn era(self) -> Era {
        self.row().era
    }

    /// How it goes over HTTP.
    pub const fn transport(self) -> Transport {
        self.row().transport
    }

    /// How it goes over HTTP where no HTTP+SSE stream was opened: servers agree on 2024-11-05 over Streamable HTTP too.
    pub const fn over_http(self) -> Transport {
        match self.row().transport {
            Transport::HttpSse => Transport::Streamable,
            transport => transport,
        }
    }

    /// Whether a server may open a session, which has an id, a GET stream and an end by DELETE, and in which a stream that
    /// broke can be resumed: Streamable HTTP from 2025-03-26 to 2025-11-25.
    pub const fn has_sessions(self) -> bool {
        matches!(self.row().transport, Transport::Streamable)
    }

    /// Whether the version header goes on every request after initialize.
    pub const fn has_version_header(self) -> bool {
        self.row().version_header
    }

    /// Whether a message body may be an array of messages.
    pub const fn has_batches(self) -> bool {
        self.row().batches
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What the person chose to speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ask {
    /// Ask for the newest handshake revision and take what the server offers.
    #[default]
    Auto,
    /// Ask for this one.
    Only(Revision),
}

impl Ask {
    /// The revision that `initialize` asks for.
    pub const fn revision(self) -> Revision {
        match self {
            Self::Auto => Revision::LATEST_HANDSHAKE,
            Self::Only(revision) => revision,
        }
    }

    /// Reads `auto` or a revision.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "auto" { Some(Self::Auto) } else { Revision::parse(text).map(Self::Only) }
    }

    /// `auto` or the revision.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Only(revision) => revision.as_str(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_revision_is_found_by_its_own_row() {
        for row in &ROWS {
            assert_eq!(row.revision.as_str(), row.name);
            assert_eq!(Revision::parse(row.name), Some(row.revision));
        }
    }

    #[test]
    fn revisions_are_ordered_by_date() {
        assert!(ROWS.windows(2).all(|pair| pair[0].name < pair[1].name && pair[0].revision < pair[1].revision));
    }

    #[test]
    fn all_are_listed_newest_first_and_labels_begin_with_the_date() {
        assert!(ROWS.iter().rev().map(|row| row.revision).eq(Revision::ALL));
        assert!(Revision::ALL.iter().all(|revision| revision.label().starts_with(revision.as_str())));
    }

    #[test]
    fn sessions_belong_to_streamable_http_with_a_handshake() {
        let sessions = Revision::ALL.into_iter().filter(|revision| revision.has_sessions());
        assert!(sessions.eq(Revision::STREAMABLE));
        assert!(Revision::STREAMABLE.iter().all(|revision| revision.era() == Era::Handshake));
    }
}
