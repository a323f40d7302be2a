//! Sessions of the handshake era: how one begins, what it remembers, and how it ends.

use inspector_core::json::{self, Node};

use crate::envelope::{self, Error};
use crate::limits::SESSIONS;
use crate::object::Object;
use crate::offers;
use crate::params::{Params, object, text};
use crate::resources;
use crate::revision::Revision;
use crate::server::Server;
use crate::world::Level;

/// What the server tells a model about itself.
pub(crate) const INSTRUCTIONS: &str = "This server is part of the MCP Session Inspector and runs in its page. Each tool shows one \
    thing the protocol can do; nothing here has an effect outside the page.";

/// One session.
#[derive(Debug)]
pub(crate) struct Session {
    /// Its number, unique on this server.
    pub(crate) key: u32,
    /// Its id, as the client carries it.
    pub(crate) id: String,
    /// The negotiated revision.
    pub(crate) revision: Revision,
    /// What the client can do: a JSON object.
    pub(crate) capabilities: String,
    /// Whether `initialize` has been answered: HTTP+SSE has a session before that.
    pub(crate) begun: bool,
    /// Whether `notifications/initialized` has come.
    pub(crate) ready: bool,
    /// The least severe log messages that are sent.
    pub(crate) level: Level,
    /// The stream for what belongs to no request.
    pub(crate) standing: Option<u32>,
    /// The resources whose changes are told.
    pub(crate) followed: Vec<String>,
}

/// The result of `initialize`, and what the session is to remember.
#[derive(Debug)]
pub(crate) struct Opening {
    /// The revision this server answers with.
    pub(crate) revision: Revision,
    capabilities: String,
}

impl Opening {
    /// Reads the parameters of `initialize`. A revision that is `spoken` here is answered with itself, any other one with
    /// the latest (2025-11-25, version negotiation).
    ///
    /// # Errors
    /// When a parameter that must be there is missing.
    pub(crate) fn read(params: Params<'_>, latest: Revision, spoken: impl Fn(Revision) -> bool) -> Result<Self, Error> {
        let Some(asked) = text(params, &["protocolVersion"]) else {
            return Err(Error::params("Invalid params: protocolVersion is missing"));
        };
        let Some(capabilities) = object(params, &["capabilities"]) else {
            return Err(Error::params("Invalid params: capabilities is missing"));
        };
        for field in ["name", "version"] {
            if text(params, &["clientInfo", field]).is_none() {
                return Err(Error::params(format!("Invalid params: clientInfo.{field} is missing")));
            }
        }
        let revision = Revision::parse(&asked).filter(|revision| spoken(*revision)).unwrap_or(latest);
        Ok(Self { revision, capabilities: capabilities.raw().to_owned() })
    }

    /// The session that HTTP+SSE has before `initialize`.
    pub(crate) const fn before_initialize(revision: Revision) -> Self {
        Self { revision, capabilities: String::new() }
    }

    /// The answer to `initialize`.
    pub(crate) fn response(&self, id: &str) -> String {
        let result = Object::new()
            .text("protocolVersion", self.revision.as_str())
            .raw("capabilities", &offers::capabilities(self.revision))
            .raw("serverInfo", &envelope::server_info(self.revision))
            .text("instructions", INSTRUCTIONS);
        envelope::response(id, self.revision, result)
    }
}

impl Server {
    /// Begins a session. The oldest one makes room for it when there are too many.
    pub(crate) fn begin_session(&mut self, opening: Opening) -> &mut Session {
        if self.sessions.len() >= SESSIONS
            && let Some(oldest) = self.sessions.first().map(|session| session.key)
        {
            self.end_session(oldest);
        }
        self.count += 1;
        let key = self.count;
        let id = format!("demo-{:x}-{key}", self.seed);
        let Opening { revision, capabilities } = opening;
        let session = Session {
            key,
            id,
            revision,
            begun: !capabilities.is_empty(),
            capabilities,
            ready: false,
            level: Level::DEFAULT,
            standing: None,
            followed: Vec::new(),
        };
        self.sessions.push_mut(session)
    }

    /// Ends a session with everything that belongs to it.
    pub(crate) fn end_session(&mut self, key: u32) {
        self.sessions.retain(|session| session.key != key);
        while let Some(id) = self.streams.iter().find(|stream| stream.session == Some(key)).map(|stream| stream.id) {
            self.hang_up(id);
            self.forget(id);
        }
    }

    /// A session by its number.
    pub(crate) fn session(&mut self, key: u32) -> Option<&mut Session> {
        self.sessions.iter_mut().find(|session| session.key == key)
    }
}

impl Session {
    /// `initialize` in a session that was there before.
    pub(crate) fn open(&mut self, opening: Opening) {
        self.begun = true;
        self.capabilities = opening.capabilities;
    }

    /// `logging/setLevel`.
    ///
    /// # Errors
    /// For a level that is none.
    pub(crate) fn set_level(&mut self, params: Params<'_>) -> Result<Object, Error> {
        let level = text(params, &["level"]);
        self.level = level.and_then(|level| Level::parse(&level)).ok_or_else(|| Error::params("Invalid log level"))?;
        Ok(envelope::result(self.revision))
    }

    /// `resources/subscribe` and `resources/unsubscribe`.
    ///
    /// # Errors
    /// For a resource that is not there; so there are never more of them than resources.
    pub(crate) fn follow(&mut self, params: Params<'_>, on: bool) -> Result<Object, Error> {
        let uri = resources::asked_for(self.revision, params)?;
        self.followed.retain(|known| *known != uri);
        if on {
            self.followed.push(uri);
        }
        Ok(envelope::result(self.revision))
    }
}

/// Whether a client declared a capability, with `path` into its object.
pub(crate) fn declares(capabilities: &str, path: &[&str]) -> bool {
    let scan = json::scan(capabilities);
    scan.root(capabilities).and_then(|root| root.at(path)).is_some_and(Node::is_object)
}
