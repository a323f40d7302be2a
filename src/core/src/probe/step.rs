//! The requests of a probe as data: what is asked, and in which one way it differs from a request as it should be.

use crate::limits::PROBE_PAUSE;
use crate::time::Micros;

/// The session id of a step that makes one up. It says by itself, in the log of a server, what it is.
pub const FORGED_ID: &str = "made-up-by-mcp-session-inspector";

/// The revision of a step that names one nobody knows.
pub const UNKNOWN_VERSION: &str = "2099-01-01";

/// One request of a probe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What is asked.
    pub ask: Ask,
    /// Which token goes along.
    pub token: Token,
    /// Which session id goes along.
    pub session: Id,
    /// Which revision is named.
    pub version: Version,
    /// What is accepted as an answer; `None` for what the transport asks for.
    pub accept: Option<&'static str>,
    /// What the body is said to be; `None` for JSON.
    pub content_type: Option<&'static str>,
    /// Whether the path has the slash at its end that the address has not, or lacks the one it has.
    pub other_slash: bool,
    /// How long nothing is sent before it.
    pub pause: Micros,
    /// Whether it is sent at once with the step before it.
    pub at_once: bool,
}

/// What a step asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// The lightest thing that the server is known to answer: `ping`, and without a handshake `server/discover` or `tools/list`.
    /// Where no conversation came about, what would open one.
    Light,
    /// `initialize`, without a session id.
    Initialize,
    /// What opens a conversation in the era that is not spoken: `server/discover` or `initialize`.
    OtherEra,
    /// GET for an event stream; it is closed as soon as it opens.
    Stream,
    /// DELETE, to end a session.
    End,
    /// A GET that the page may not read, without token or headers: that it is answered says that something is there.
    Reach,
    /// The same as browsers ask for event streams, which shows it also where a header keeps other pages' requests out.
    ReachEvents,
}

/// The token of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// The one that was given, if one was.
    Given,
    /// None.
    Left,
    /// The given one with a character changed.
    Mangled,
}

/// The session id of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Id {
    /// The one in use, if there is one.
    InUse,
    /// None.
    Left,
    /// [`FORGED_ID`].
    Forged,
    /// The one that an earlier step was given, counted from 0.
    Of(usize),
}

/// The revision that a step names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// The one in use.
    InUse,
    /// None.
    Left,
    /// [`UNKNOWN_VERSION`].
    Unknown,
}

impl Step {
    /// A request as it should be.
    pub(super) const fn new(ask: Ask) -> Self {
        Self {
            ask,
            token: Token::Given,
            session: Id::InUse,
            version: Version::InUse,
            accept: None,
            content_type: None,
            other_slash: false,
            pause: Micros::ZERO,
            at_once: false,
        }
    }

    /// Something light, as it should be.
    pub(super) const fn light() -> Self {
        Self::new(Ask::Light)
    }

    pub(super) const fn token(self, token: Token) -> Self {
        Self { token, ..self }
    }

    pub(super) const fn session(self, session: Id) -> Self {
        Self { session, ..self }
    }

    pub(super) const fn version(self, version: Version) -> Self {
        Self { version, ..self }
    }

    pub(super) const fn accept(self, accept: &'static str) -> Self {
        Self { accept: Some(accept), ..self }
    }

    pub(super) const fn content_type(self, content_type: &'static str) -> Self {
        Self { content_type: Some(content_type), ..self }
    }

    pub(super) const fn other_slash(self) -> Self {
        Self { other_slash: true, ..self }
    }

    pub(super) const fn after_a_pause(self) -> Self {
        Self { pause: Micros(PROBE_PAUSE), ..self }
    }

    pub(super) const fn at_once(self) -> Self {
        Self { at_once: true, ..self }
    }

    /// Whether it is a request as it should be, so that a refusal is about the conversation itself.
    pub fn is_plain(&self) -> bool {
        *self == Self { pause: self.pause, at_once: self.at_once, ..Self::light() }
    }

    /// What sets it apart from a request as it should be, as the end of a label; empty when nothing does.
    pub const fn apart(&self) -> &'static str {
        match self {
            Self { ask: Ask::Initialize, .. } => "without the session id",
            Self { token: Token::Left, .. } => "without the token",
            Self { token: Token::Mangled, .. } => "with the token changed",
            Self { session: Id::Left, .. } => "without the session id",
            Self { session: Id::Forged, .. } => "with a made-up session id",
            Self { ask: Ask::Light, session: Id::Of(_), .. } => "in the session that was ended",
            Self { version: Version::Left, .. } => "without MCP-Protocol-Version",
            Self { version: Version::Unknown, .. } => "naming revision 2099-01-01",
            Self { accept: Some(accept), .. } => accept_words(accept),
            Self { content_type: Some(_), .. } => "as text/plain",
            Self { other_slash: true, .. } => "the other spelling",
            Self { pause: Micros(1..), .. } => "after a pause",
            _ => "",
        }
    }
}

const fn accept_words(accept: &'static str) -> &'static str {
    // Comparing texts is not possible here; their lengths tell them apart.
    if accept.len() == "application/json".len() { "accepting JSON only" } else { "accepting event streams only" }
}
