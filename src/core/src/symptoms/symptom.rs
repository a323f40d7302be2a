//! One symptom: what some clients show, when they do, and what can be behind it.

use alloc::string::String;
use alloc::vec::Vec;

use super::client::Versions;
use super::condition::{About, Condition, Fact, Truth};
use super::template::Template;

/// What some clients show, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symptom {
    /// The name of its file.
    pub slug: String,
    /// The text; `None` when there is nothing to read.
    pub shows: Option<Template>,
    /// The name of the error, as the program prints it: `McpError`.
    pub type_name: Option<String>,
    /// The code of the error, a number or a name; not every program prints it.
    pub code: Option<Template>,
    /// What stands in front of the text where a program prints both an error and its cause.
    pub around: Option<String>,
    /// What the client does.
    pub outcome: Outcome,
    /// How it is looked for in a paste.
    pub search: Search,
    /// Who shows it.
    pub shown_by: Vec<ShownBy>,
    /// What has to have happened; all of it.
    pub when: Vec<Condition>,
    /// What it means, in one plain sentence; a hole of the text can stand in it, too.
    pub means: Template,
    /// What can be behind it, in order.
    pub causes: Causes,
    /// What to do about it, where no answer of a server is behind it: nothing that this page could send would show more.
    pub advice: Option<String>,
    /// The probe that tells the causes apart.
    pub probe: Option<String>,
    /// Where we know it from.
    pub source: String,
}

/// Some versions of a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownBy {
    /// The id of the client.
    pub client: String,
    /// Its versions.
    pub versions: Versions,
    /// How we know.
    pub basis: Basis,
    /// What has to have happened for these, besides what holds for all.
    pub when: Vec<Condition>,
}

/// How we know what a client shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// We ran it and saw it.
    Measured,
    /// Its source says so, or people reported it.
    Reported,
}

impl Basis {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Measured => "measured",
            Self::Reported => "reported",
        }
    }
}

/// What a client does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It fails, with the text.
    Fails,
    /// It waits. The text is what it shows when a time limit ends that.
    Hangs,
    /// It goes on as if nothing had happened; the text, if any, goes to a handler that few programs have.
    Works,
    /// It writes the text into a log, whatever else it does.
    Logs,
    /// It puts the text around another error, which is the one that counts.
    Wraps,
    /// It shows the text after another failure, which is the one that counts.
    Follows,
}

impl Outcome {
    pub(super) const ALL: [(&'static str, Self); 6] = [
        ("fails", Self::Fails),
        ("hangs", Self::Hangs),
        ("works", Self::Works),
        ("logs", Self::Logs),
        ("wraps", Self::Wraps),
        ("follows", Self::Follows),
    ];

    /// The word for it in the table.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(_, known)| *known == self).map_or("", |(word, _)| word)
    }

    /// Whether it is what becomes of the request; a client does one of these.
    pub const fn is_main(self) -> bool {
        matches!(self, Self::Fails | Self::Hangs | Self::Works)
    }
}

/// How a text is looked for in a paste.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Search {
    /// By itself.
    #[default]
    Text,
    /// Only together with the name of its error: alone it says too little.
    WithType,
    /// By itself, and it counts where no error stands: a line of progress.
    Progress,
    /// Not at all.
    Never,
}

impl Search {
    pub(super) const NAMED: [(&'static str, Self); 3] =
        [("with-type", Self::WithType), ("progress", Self::Progress), ("never", Self::Never)];
}

/// What can be behind a symptom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Causes {
    /// By name, the most likely first.
    pub named: Vec<Candidate>,
    /// Whether the HTTP status says more.
    pub by_status: bool,
    /// What is met on the wire whenever the text is shown, by its name in `behind.txt`.
    pub groups: Vec<String>,
    /// Whether the server's words in the text say more.
    pub by_words: bool,
}

/// A cause that can be behind a symptom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its slug.
    pub slug: String,
    /// What separates it from the others; `None` when what holds in general is enough.
    pub apart: Option<String>,
}

impl Symptom {
    /// Whether it says of another text that that one counts.
    pub const fn points_elsewhere(&self) -> bool {
        matches!(self.outcome, Outcome::Wraps | Outcome::Follows)
    }

    /// Whether these facts lead to it, for some who show it.
    pub fn holds(&self, by: &ShownBy, fact: impl Fn(About) -> Fact) -> Truth {
        self.when.iter().chain(&by.when).fold(Truth::Yes, |all, condition| all.and(condition.holds(&fact)))
    }
}
