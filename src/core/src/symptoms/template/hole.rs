//! The holes of a template: what can stand in them.

use alloc::string::String;

/// What goes into a hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hole {
    /// The HTTP status.
    Status,
    /// Its reason phrase.
    Reason,
    /// The address that was asked.
    Url,
    /// The origin of another address.
    Origin,
    /// The address that a redirect leads to.
    Location,
    /// The body of the response.
    Body,
    /// The code of a JSON-RPC error.
    Code,
    /// Its message.
    Message,
    /// The media type of the response, with its parameters.
    Type,
    /// The same without parameters.
    Media,
    /// The revision that the server named.
    Version,
    /// The method that was asked for.
    Method,
    /// The path that was asked for.
    Path,
    /// A scope that a token lacks.
    Scope,
    /// A number nobody can know beforehand.
    Number,
    /// A name nobody can know beforehand.
    Name,
    /// Words nobody can know beforehand.
    Rest,
}

impl Hole {
    const ALL: [(&'static str, Self); 17] = [
        ("status", Self::Status),
        ("reason", Self::Reason),
        ("url", Self::Url),
        ("origin", Self::Origin),
        ("location", Self::Location),
        ("body", Self::Body),
        ("code", Self::Code),
        ("message", Self::Message),
        ("type", Self::Type),
        ("media", Self::Media),
        ("version", Self::Version),
        ("method", Self::Method),
        ("path", Self::Path),
        ("scope", Self::Scope),
        ("number", Self::Number),
        ("name", Self::Name),
        ("rest", Self::Rest),
    ];

    pub(super) fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, hole)| *hole)
    }

    /// Whether a character can be part of it. All of them are one line.
    pub(super) fn allows(self, c: char) -> bool {
        match self {
            Self::Status => c.is_ascii_digit(),
            Self::Code | Self::Number => c.is_ascii_digit() || matches!(c, '-' | '.'),
            Self::Url | Self::Origin | Self::Location | Self::Path => !c.is_whitespace() && !matches!(c, '"' | '\'' | '<' | '>'),
            Self::Reason => c.is_alphabetic() || matches!(c, ' ' | '-' | '\''),
            Self::Method => c.is_alphanumeric() || matches!(c, '/' | '_' | '-'),
            Self::Type | Self::Media => !matches!(c, '"' | '\'' | ')' | '(' | '{'),
            Self::Version => !c.is_whitespace() && !matches!(c, '"' | '\'' | ',' | ')'),
            Self::Scope | Self::Name => !matches!(c, '"' | '`'),
            Self::Body | Self::Message | Self::Rest => true,
        }
    }

    /// Whether a text can stand in it.
    pub(super) fn takes(self, text: &str) -> bool {
        let sound = match self {
            Self::Status => text.len() == 3 && !text.starts_with(['0', '6', '7', '8', '9']),
            Self::Reason | Self::Type | Self::Media | Self::Body | Self::Message | Self::Rest => true,
            _ => !text.is_empty(),
        };
        sound && text.chars().all(|c| self.allows(c))
    }
}

/// What is known of a hole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filling {
    /// It is this.
    Text(String),
    /// It is known that there is nothing.
    Absent,
    /// Nobody can know.
    Unknown,
}
