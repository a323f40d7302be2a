//! The groups in which the causes are listed, in the order in which a conversation meets them.

/// What a cause is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Whether the browser lets the page reach the server.
    Reaching,
    /// Whether an MCP server is at the address.
    Address,
    /// Who asks, and what that allows.
    Token,
    /// The session that requests belong to.
    Session,
    /// What both sides agree on before anything is asked: revision, headers, media types, methods of HTTP.
    Agreement,
    /// What came back for a request.
    Answer,
    /// The transport of 2024-11-05.
    HttpSse,
    /// Tools, and how they are listed.
    Offers,
}

impl Group {
    /// Every group, in the order in which they are listed.
    pub const ALL: [Self; 8] =
        [Self::Reaching, Self::Address, Self::Token, Self::Session, Self::Agreement, Self::Answer, Self::HttpSse, Self::Offers];

    /// The heading above its causes.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Reaching => "Reaching the server from a page",
            Self::Address => "The address",
            Self::Token => "The token",
            Self::Session => "The session",
            Self::Agreement => "Versions and headers",
            Self::Answer => "The answer",
            Self::HttpSse => "HTTP+SSE (2024-11-05)",
            Self::Offers => "What the server offers",
        }
    }
}
