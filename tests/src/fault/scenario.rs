//! A scenario: one realistic server, named after what is wrong with it.

use super::{
    call::Call,
    cors::Cors,
    reply::Answer,
    scenarios::GROUPS,
    sound::{Habits, Sound, Stack},
};

/// What a scenario does instead of the sound server; `None` leaves the request to it.
pub(crate) type Fault = fn(&Call, &Sound) -> Option<Answer>;

/// One realistic server, named after what is wrong with it.
#[derive(Debug, Clone, Copy)]
pub struct Scenario {
    /// The stable name, as in `cargo run -p inspector-tests --bin fault -- NAME`.
    pub name: &'static str,
    /// One line: what the server does.
    pub about: &'static str,
    /// The slug of the root cause, when there is exactly one; `None` for servers that work and for those that are only big.
    pub cause: Option<&'static str>,
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
        Self { name, about, cause: None, path: "/mcp", habits: Habits::PLAIN, cors: Cors::Open, fault: |_, _| None }
    }

    pub(super) const fn cause(mut self, slug: &'static str) -> Self {
        self.cause = Some(slug);
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
