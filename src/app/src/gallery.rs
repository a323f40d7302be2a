//! The incidents that come with the page: real recordings of what made this tool necessary.
//!
//! Titles and stories are shown on the start page. The recordings are large, and apart from them, so that a first visit
//! does not load them: they come with the code that reads them.

/// One incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Incident {
    SessionTerminated,
    CouldNotFindSession,
    Redeployed,
    ClosedBeforeAnswer,
    SessionStorm,
}

impl Incident {
    /// The incidents, in the order shown.
    pub(crate) const ALL: [Self; 5] =
        [Self::SessionTerminated, Self::CouldNotFindSession, Self::Redeployed, Self::ClosedBeforeAnswer, Self::SessionStorm];

    /// What the person saw at first.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::SessionTerminated => "“Session terminated”, from the first message on",
            Self::CouldNotFindSession => "“Could not find session” on the old SSE transport",
            Self::Redeployed => "400 Bad Request since the last deployment",
            Self::ClosedBeforeAnswer => "The stream closes before the answer",
            Self::SessionStorm => "One new session for every tool call",
        }
    }

    /// What it turned out to be, without giving the diagnosis away.
    pub(crate) const fn story(self) -> &'static str {
        match self {
            Self::SessionTerminated => "One request, and a gateway that answers it. No session was ever opened.",
            Self::CouldNotFindSession => {
                "A message with its session id in the address, and a server that keeps sessions by hand."
            }
            Self::Redeployed => "It worked at 17:07. 23 minutes later, the same session is refused.",
            Self::ClosedBeforeAnswer => "The server tells how far it is, event by event, and then the stream ends.",
            Self::SessionStorm => "Twelve calls, twelve sessions, until the server takes no more.",
        }
    }

    /// The recording, in the text notation.
    pub(crate) const fn recording(self) -> &'static str {
        match self {
            Self::SessionTerminated => include_str!("../../../tests/fixtures/incidents/session-terminated.trace"),
            Self::CouldNotFindSession => include_str!("../../../tests/fixtures/incidents/could-not-find-session.trace"),
            Self::Redeployed => include_str!("../../../tests/fixtures/incidents/redeployed.trace"),
            Self::ClosedBeforeAnswer => include_str!("../../../tests/fixtures/incidents/closed-before-answer.trace"),
            Self::SessionStorm => include_str!("../../../tests/fixtures/incidents/session-storm.trace"),
        }
    }
}
