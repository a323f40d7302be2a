//! The clients we know of: what they are called, which revisions they speak, and what in a paste gives them away.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// A client program, or something else whose texts people paste.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// How the table names it, for example `python-1`.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Which versions of it are meant.
    pub versions: String,
    /// What it is.
    pub kind: Kind,
    /// Which revisions it begins with.
    pub speaks: Speaks,
    /// What in a paste speaks for it, in its own spelling: paths, names of errors.
    pub hints: Vec<String>,
}

/// What a client is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A library that speaks the protocol.
    Sdk,
    /// A program for people, built on one.
    Host,
    /// A page in a browser: it alone is bound by CORS.
    Page,
    /// A tool that knows HTTP and nothing of the protocol.
    Tool,
    /// A server: what it answers, or writes into its log.
    Server,
}

impl Kind {
    pub(super) const ALL: [(&'static str, Self); 5] =
        [("sdk", Self::Sdk), ("host", Self::Host), ("page", Self::Page), ("tool", Self::Tool), ("server", Self::Server)];
}

/// Which revisions a client begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaks {
    /// `initialize` only (2024-11-05 to 2025-11-25).
    Handshake,
    /// `server/discover` first, and `initialize` where that is refused (2026-07-28).
    Both,
}

/// Versions of a client: `1.25`, `1.9` to `1.12`, up to `1.25`, from `1.30` on; all when neither end is given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Versions {
    first: Option<String>,
    last: Option<String>,
}

impl Versions {
    /// Reads `>=1.30`, `<=1.25`, `1.9-1.12` or `1.25`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let version = |text: &str| {
            let sound = text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || c == '.');
            sound.then(|| String::from(text))
        };
        if let Some(first) = text.strip_prefix(">=") {
            return Some(Self { first: Some(version(first)?), last: None });
        }
        if let Some(last) = text.strip_prefix("<=") {
            return Some(Self { first: None, last: Some(version(last)?) });
        }
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        Some(Self { first: Some(version(first)?), last: Some(version(last)?) })
    }

    /// Whether all versions of the client are meant.
    pub const fn is_all(&self) -> bool {
        self.first.is_none() && self.last.is_none()
    }

    /// Whether a version is among them; `1.25` stands for all of its releases.
    pub fn contains(&self, version: &str) -> bool {
        let version = numbers(version);
        let at_least = self.first.as_ref().is_none_or(|first| version >= numbers(first));
        let at_most = self.last.as_ref().is_none_or(|last| {
            let last = numbers(last);
            version.iter().take(last.len()).le(last.iter())
        });
        at_least && at_most
    }
}

impl fmt::Display for Versions {
    /// In words: `1.9 to 1.12`, `up to 1.25`, `1.30 and later`; nothing for all.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.first, &self.last) {
            (Some(first), Some(last)) if first == last => f.write_str(first),
            (Some(first), Some(last)) => write!(f, "{first} to {last}"),
            (Some(first), None) => write!(f, "{first} and later"),
            (None, Some(last)) => write!(f, "up to {last}"),
            (None, None) => Ok(()),
        }
    }
}

fn numbers(version: &str) -> Vec<u32> {
    version.split('.').map_while(|part| part.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn versions_are_read_compared_and_told() {
        for (text, inside, outside, words) in [
            (">=1.30", "1.30.0", "1.29.4", "1.30 and later"),
            ("<=1.25", "1.25.3", "1.26", "up to 1.25"),
            ("1.9-1.12", "1.12.4", "1.8.1", "1.9 to 1.12"),
            ("1.25", "1.25.1", "1.24", "1.25"),
        ] {
            let versions = Versions::parse(text).unwrap();
            assert!(versions.contains(inside) && !versions.contains(outside), "{text}");
            assert_eq!(versions.to_string(), words);
        }
        assert!(Versions::default().contains("7") && Versions::default().is_all());
    }

    #[test]
    fn what_is_no_version_is_refused() {
        for text in ["", "one", ">=", "1.x", "1.2-"] {
            assert_eq!(Versions::parse(text), None, "{text}");
        }
    }
}
