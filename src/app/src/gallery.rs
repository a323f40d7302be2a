//! The incidents that come with the page: real recordings of what made this tool necessary.

/// One incident.
pub(crate) struct Incident {
    /// What the person saw at first.
    pub(crate) title: &'static str,
    /// What it turned out to be, without giving the diagnosis away.
    pub(crate) story: &'static str,
    /// The recording, in the text notation.
    pub(crate) recording: &'static str,
}

/// The incidents, in the order shown.
pub(crate) const INCIDENTS: [Incident; 5] = [
    Incident {
        title: "“Session terminated”, from the first message on",
        story: "A notebook, four clients, five attempts, a gateway that answered every one.",
        recording: include_str!("../../../tests/fixtures/incidents/session-terminated.trace"),
    },
    Incident {
        title: "“Could not find session” on the old SSE transport",
        story: "Valid credentials, a session id in the address, and a server that tracks sessions by hand.",
        recording: include_str!("../../../tests/fixtures/incidents/could-not-find-session.trace"),
    },
    Incident {
        title: "400 Bad Request since the last deployment",
        story: "It worked at 17:07. Then every tool “ran without output or errors”.",
        recording: include_str!("../../../tests/fixtures/incidents/redeployed.trace"),
    },
    Incident {
        title: "The stream closes before the answer",
        story: "The server works for a while, sends a few events, and then the line goes quiet.",
        recording: include_str!("../../../tests/fixtures/incidents/closed-before-answer.trace"),
    },
    Incident {
        title: "One new session for every tool call",
        story: "Twenty connections for one question, until the server stopped taking any.",
        recording: include_str!("../../../tests/fixtures/incidents/session-storm.trace"),
    },
];
