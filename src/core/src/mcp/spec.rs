//! What the specification says of a step, at the revision in use, in our own words.

use super::Revision;

/// A rule of the specification, with where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpecNote {
    /// The chapter, for example `basic/transports`.
    pub chapter: &'static str,
    /// The rule.
    pub text: &'static str,
}

/// What the specification says of a message at a revision. `answer` asks about the response instead of the request.
pub const fn spec_note(_method: &str, _answer: bool, _revision: Revision) -> Option<SpecNote> {
    None
}
