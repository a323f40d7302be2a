//! Where a server departs from what clients need to find out by themselves where its tokens come from, and how it is said.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::metadata::NotMetadata;

/// Characters of a name that somebody else chose and that is quoted.
const NAME_CHARS: usize = 160;

/// One departure. Each is something that makes clients fail, or fail in some versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deviation {
    /// A 401 has no challenge (RFC 9110 §15.5.2: must have one).
    NoChallenge,
    /// The refusal does not say where the metadata is (2025-06-18: must; later: must, or the well-known address).
    NoPointer,
    /// A parameter of the challenge needs quotes and has none.
    UnquotedParameter,
    /// The address that the challenge names may not be asked: neither https nor http on this machine.
    BadPointer(String),
    /// The challenge names a place where there is no metadata.
    NothingAtPointer(String),
    /// The metadata is of another resource than the address that was typed (RFC 9728 §3.3: must not be used).
    OtherResource {
        /// The resource it names.
        named: String,
        /// The address that was typed.
        typed: String,
    },
    /// The metadata does not name its resource (RFC 9728 §2: required).
    NoResource,
    /// The metadata names no authorization server (2025-06-18 and later: at least one).
    NoIssuers,
    /// An authorization server is named by something that may not be asked.
    BadIssuer(String),
    /// There is no metadata of the resource; what there is of an authorization server stands where 2025-03-26 had it.
    OnlyOld,
    /// The metadata is of another issuer than the one it was asked for (RFC 8414 §3.3: must not be used).
    OtherIssuer {
        /// The issuer it names.
        named: String,
        /// The one it was asked for.
        asked: String,
    },
    /// The metadata does not name its issuer (RFC 8414 §2: required).
    NoIssuer,
    /// The metadata does not say where tokens are asked for.
    NoTokenEndpoint,
    /// An endpoint is neither https nor on this machine (RFC 6749 §3.1, §3.2).
    PlainEndpoint(String),
    /// PKCE with S256 is not named; clients of 2025-11-25 and later must refuse then.
    NoPkce,
    /// Tokens for clients of their own are not among what it gives.
    NoClientCredentials,
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoChallenge => f.write_str(
                "The 401 has no WWW-Authenticate header, which it must have: clients learn from it how to get on.",
            ),
            Self::NoPointer => f.write_str(
                "The refusal does not say where the metadata is (resource_metadata). Clients that keep to 2025-06-18 look nowhere else.",
            ),
            Self::UnquotedParameter => f.write_str(
                "A parameter in WWW-Authenticate has no quotes and needs them. Some clients do not find it then.",
            ),
            Self::BadPointer(named) => write!(
                f,
                "The refusal names {} as the place of the metadata. Clients ask https addresses only, or http on their own machine.",
                Cut(named)
            ),
            Self::NothingAtPointer(named) => {
                write!(f, "There is no metadata at {}, where the refusal says it is.", Cut(named))
            }
            Self::OtherResource { named, typed } => write!(
                f,
                "The metadata is about {}, and the address is {}. Clients must not use it then.",
                Cut(named),
                Cut(typed)
            ),
            Self::NoResource => f.write_str("The metadata does not say which resource it is about, which it must."),
            Self::NoIssuers => f.write_str("The metadata names no authorization server, so clients do not know whom to ask."),
            Self::BadIssuer(named) => write!(
                f,
                "{} is named as an authorization server. Clients ask https addresses only, or http on their own machine.",
                Cut(named)
            ),
            Self::OnlyOld => f.write_str(
                "The server publishes no metadata of its own; only clients that still look where 2025-03-26 did get on.",
            ),
            Self::OtherIssuer { named, asked } => write!(
                f,
                "The metadata says it is of {}, and it was asked of {}. Clients must not use it then.",
                Cut(named),
                Cut(asked)
            ),
            Self::NoIssuer => f.write_str("The metadata does not name its issuer, which it must."),
            Self::NoTokenEndpoint => f.write_str("The metadata does not say where tokens are asked for (token_endpoint)."),
            Self::PlainEndpoint(named) => {
                write!(f, "{} is not https. A secret sent there can be read on the way.", Cut(named))
            }
            Self::NoPkce => f.write_str(
                "The metadata does not name PKCE with S256 (code_challenge_methods_supported). Clients of 2025-11-25 and later refuse to sign in there.",
            ),
            Self::NoClientCredentials => f.write_str(
                "The metadata does not name client_credentials among what it gives tokens for. It may refuse such a request.",
            ),
        }
    }
}

/// What stands where metadata should.
impl fmt::Display for NotMetadata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "an empty answer",
            Self::Page => "a web page",
            Self::NotJson => "something that is not JSON",
            Self::OtherJson => "JSON without the members it should have",
        })
    }
}

/// A name that somebody else chose, in quotes and cut where it is long.
pub(super) struct Cut<'a>(pub(super) &'a str);

impl fmt::Display for Cut<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut chars = self.0.chars();
        f.write_str("“")?;
        for c in chars.by_ref().take(NAME_CHARS) {
            fmt::Write::write_char(f, c)?;
        }
        f.write_str(if chars.next().is_some() { "…”" } else { "”" })
    }
}

/// Several of them.
pub(super) struct Names<'a>(pub(super) &'a Vec<String>);

impl fmt::Display for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, name) in self.0.iter().take(5).enumerate() {
            write!(f, "{}{}", if n > 0 { ", " } else { "" }, Cut(name))?;
        }
        if self.0.len() > 5 { write!(f, " and {} more", self.0.len() - 5) } else { Ok(()) }
    }
}
