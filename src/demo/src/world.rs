//! What all clients of the server share: the tools added at run time, the count of calls, and what has changed.

use inspector_core::json::quote;

use crate::envelope;
use crate::object::Object;
use crate::resources::CALLS;

/// How severe a log message is; a more severe one is greater (RFC 5424, section 6.2.1, counted the other way).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Level(u8);

const LEVELS: [&str; 8] = ["debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"];

impl Level {
    /// Steps of a tool, one by one.
    pub(crate) const DEBUG: Self = Self(0);
    /// What a tool does.
    pub(crate) const INFO: Self = Self(1);
    /// What a tool could not do.
    pub(crate) const ERROR: Self = Self(4);
    /// What a session hears until it sets another level.
    pub(crate) const DEFAULT: Self = Self::INFO;

    /// Reads a level by its name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        LEVELS.iter().position(|level| *level == name).and_then(|at| u8::try_from(at).ok()).map(Self)
    }

    /// Its name.
    pub(crate) fn as_str(self) -> &'static str {
        LEVELS.get(usize::from(self.0)).copied().unwrap_or_default()
    }
}

/// Something that clients may want to hear of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// There is another tool.
    Tools,
    /// A resource has other contents.
    Resource(&'static str),
}

impl Change {
    /// The notification, with a `_meta` if there is one.
    pub(crate) fn notification(self, meta: Option<&str>) -> String {
        let params = meta.map(|meta| Object::new().raw("_meta", meta));
        match self {
            Self::Tools => envelope::notification("notifications/tools/list_changed", params),
            Self::Resource(uri) => {
                let params = params.unwrap_or_else(Object::new).text("uri", uri);
                envelope::notification("notifications/resources/updated", Some(params))
            }
        }
    }
}

/// A tool added at run time: its name, and what it says.
#[derive(Clone, Debug)]
pub(crate) struct Added {
    /// Its name.
    pub(crate) name: String,
    /// What it answers.
    pub(crate) says: String,
}

/// The state that no session owns.
#[derive(Clone, Debug, Default)]
pub(crate) struct World {
    /// The tools added at run time, in their order.
    pub(crate) added: Vec<Added>,
    /// How many tools have been called.
    pub(crate) calls: u32,
    /// What has not been told yet.
    pub(crate) changes: Vec<Change>,
}

impl World {
    /// Counts a call, which is what the resource of calls shows.
    pub(crate) fn count_call(&mut self) {
        self.calls = self.calls.saturating_add(1);
        self.changes.push(Change::Resource(CALLS));
    }
}

/// What a tool tells while it runs.
#[derive(Clone, Debug)]
pub(crate) enum Note {
    /// How far it is.
    Progress {
        /// Steps done.
        done: u64,
        /// Steps in all.
        total: u64,
    },
    /// A log message.
    Log(Level, String),
}

impl Note {
    /// The parameters of `notifications/message`.
    pub(crate) fn log(level: Level, text: &str) -> Object {
        Object::new().text("level", level.as_str()).text("logger", "demo").raw("data", &quote(text))
    }
}
