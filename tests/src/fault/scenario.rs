//! A scenario: one realistic server, named after what is wrong with it.

use inspector_core::trace::{Permission, Trace};
use serde_json::Value;

use super::{
    FaultServer,
    call::Call,
    cors::Cors,
    reply::Answer,
    scenarios::GROUPS,
    sound::{Habits, Sound, Stack},
};
use crate::{drive::OtherClient, jwt};

/// A token that nobody issued.
pub const TOKEN: &str = "2f6c1d0e9b7a4853a1c60f4be29d7c58e3b1946a";

/// What a scenario does instead of the sound server; `None` leaves the request to it.
pub(crate) type Fault = fn(&Call, &Sound) -> Option<Answer>;

/// One realistic server, named after what is wrong with it.
#[derive(Debug, Clone, Copy)]
pub struct Scenario {
    /// The stable name, as in `cargo run -p inspector-tests --bin fault -- NAME`.
    pub name: &'static str,
    /// One line: what the server does.
    pub about: &'static str,
    /// The slug of the root cause, when there is exactly one; `None` for servers that work, for those that are only big, and
    /// for those that are unclear.
    pub cause: Option<&'static str>,
    /// Whether it fails in a way that more than one cause has: what clients say of it is known all the same.
    pub unclear: bool,
    /// How sure the page can be of it: `proven`, `likely` or `possible`.
    pub certainty: &'static str,
    /// Whether the session works all the same, so that the cause is a note beside the success.
    pub works: bool,
    /// The protocol that is to be chosen for it: `auto`, or a revision.
    pub protocol: &'static str,
    /// Whether it shows only when the time for an answer runs out.
    pub waits: bool,
    /// What the client does, where the fault is one of the client, or takes another one than this page's to show.
    client: Option<fn(&mut OtherClient)>,
    /// The claims of the token that is typed, for a time in seconds since 1970.
    claims: Option<fn(i64) -> Value>,
    token: bool,
    /// The name by which it is called; on the loopback, where it is, whatever the name.
    pub(super) host: &'static str,
    /// What a page of the web needs of the browser for it, and whether that was given; nothing where any page will do.
    pub from_the_web: Option<Permission>,
    pub(super) path: &'static str,
    pub(super) habits: Habits,
    pub(super) cors: Cors,
    pub(super) fault: Fault,
}

impl Scenario {
    /// Every scenario there is.
    pub fn all() -> impl Iterator<Item = Self> {
        GROUPS.iter().flat_map(|group| group.iter().copied())
    }

    /// The scenario of this name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::all().find(|scenario| scenario.name == name)
    }

    /// A server without a fault.
    pub(super) const fn new(name: &'static str, about: &'static str) -> Self {
        Self {
            name,
            about,
            cause: None,
            unclear: false,
            certainty: "proven",
            works: false,
            protocol: "auto",
            waits: false,
            client: None,
            claims: None,
            token: false,
            host: "127.0.0.1",
            from_the_web: None,
            path: "/mcp",
            habits: Habits::PLAIN,
            cors: Cors::Open,
            fault: |_, _| None,
        }
    }

    /// The token that has to be typed for it: one that it refuses, or one whose claims matter. Empty for none.
    pub fn token(&self) -> String {
        match self.claims {
            Some(claims) => jwt::unsigned(&claims(jwt::now())),
            None if self.token || (self.name.starts_with("token-") && self.name != "token-missing") => TOKEN.to_owned(),
            None => String::new(),
        }
    }

    /// Whether the fault shows in the recording of another client than this page's.
    pub const fn has_a_client(&self) -> bool {
        self.client.is_some()
    }

    /// The recording of the client that the fault is about, in a conversation with a server of this scenario; none where this
    /// page's own client shows the fault.
    pub fn recorded(&self, server: &FaultServer) -> Option<Trace> {
        let mut client = OtherClient::start(&server.url());
        self.client?(&mut client);
        Some(client.into_trace())
    }

    pub(super) const fn cause(mut self, slug: &'static str) -> Self {
        self.cause = Some(slug);
        self
    }

    /// It fails, and its failure has more than one cause.
    pub(super) const fn unclear(mut self) -> Self {
        self.unclear = true;
        self
    }

    /// The cause can only be told with this certainty.
    pub(super) const fn certainty(mut self, certainty: &'static str) -> Self {
        self.certainty = certainty;
        self
    }

    /// The session works all the same.
    pub(super) const fn works(mut self) -> Self {
        self.works = true;
        self
    }

    /// It shows when a token is sent.
    pub(super) const fn with_token(mut self) -> Self {
        self.token = true;
        self
    }

    /// It is called by this name, which leads to the loopback in the laboratory.
    pub(super) const fn called(mut self, host: &'static str) -> Self {
        self.host = host;
        self
    }

    /// It shows to a page that came over https from the web, in a browser that says this of the local network.
    pub(super) const fn for_the_web(mut self, local_network: Permission) -> Self {
        self.from_the_web = Some(local_network);
        self
    }

    /// It shows when this protocol is chosen.
    pub(super) const fn protocol(mut self, protocol: &'static str) -> Self {
        self.protocol = protocol;
        self
    }

    /// It shows when the time for an answer runs out.
    pub(super) const fn waits(mut self) -> Self {
        self.waits = true;
        self
    }

    /// It shows when a client does this.
    pub(super) const fn client(mut self, client: fn(&mut OtherClient)) -> Self {
        self.client = Some(client);
        self
    }

    /// It shows with a token of these claims.
    pub(super) const fn claims(mut self, claims: fn(i64) -> Value) -> Self {
        self.claims = Some(claims);
        self
    }

    pub(super) const fn at(mut self, path: &'static str) -> Self {
        self.path = path;
        self
    }

    pub(super) const fn habits(mut self, habits: Habits) -> Self {
        self.habits = habits;
        self
    }

    pub(super) const fn stack(self, stack: Stack) -> Self {
        self.habits(Habits::of(stack))
    }

    pub(super) const fn cors(mut self, cors: Cors) -> Self {
        self.cors = cors;
        self
    }

    pub(super) const fn fault(mut self, fault: Fault) -> Self {
        self.fault = fault;
        self
    }
}
