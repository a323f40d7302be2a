//! Whether a token fits a server, as far as its claims tell: whom it is for, who issued it, what it allows.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use super::deviation::{Cut, Names};
use crate::http::Url;

/// What a token says of itself; empty where it says nothing.
#[derive(Clone, Copy, Debug)]
pub struct Claims<'a> {
    /// `iss`.
    pub issuer: &'a str,
    /// `aud`.
    pub audience: &'a [String],
    /// `scope`.
    pub scopes: &'a [String],
}

/// What a server wants, as far as it is known.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Its address.
    pub server: &'a Url,
    /// The name that its metadata gives it.
    pub resource: Option<&'a str>,
    /// The issuers whose tokens it takes; empty where it does not say.
    pub issuers: &'a [String],
    /// The scopes that its refusal names.
    pub scopes: &'a [String],
}

/// Why a token does not fit a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// It is for other servers.
    Audience {
        /// `aud` of the token.
        audience: Vec<String>,
        /// What one of them would have to be.
        wanted: String,
    },
    /// Another issuer than those that the server names.
    Issuer {
        /// `iss` of the token.
        issuer: String,
        /// The issuers that the server names.
        wanted: Vec<String>,
    },
    /// It lacks scopes that the refusal names.
    Scopes {
        /// Those it lacks.
        missing: Vec<String>,
    },
}

/// What does not fit. An audience that is no address says nothing: only the server knows what it means. And of one origin, only
/// the server can say that another path is not meant: many are one resource at several paths.
pub fn misfits(claims: &Claims<'_>, wanted: &Wanted<'_>) -> Vec<Misfit> {
    let mut found = Vec::new();
    let own = canonical(wanted.server);
    let named = wanted.resource.unwrap_or(&own);
    let is_address = |audience: &String| audience.starts_with("https://") || audience.starts_with("http://");
    let near = |audience: &str| Url::parse(audience).is_ok_and(|url| url.origin() == wanted.server.origin());
    let unsaid = |audience: &str| wanted.resource.is_none() && near(audience);
    let fits = |audience: &String| covers(audience, &own) || same(audience, named) || unsaid(audience);
    if !claims.audience.is_empty() && claims.audience.iter().all(|audience| is_address(audience) && !fits(audience)) {
        found.push(Misfit::Audience { audience: claims.audience.to_vec(), wanted: named.to_owned() });
    }
    if !claims.issuer.is_empty() && !wanted.issuers.is_empty() && !wanted.issuers.iter().any(|one| same(one, claims.issuer)) {
        found.push(Misfit::Issuer { issuer: claims.issuer.to_owned(), wanted: wanted.issuers.to_vec() });
    }
    let lacks = |scope: &&String| !claims.scopes.contains(scope);
    let missing: Vec<String> = wanted.scopes.iter().filter(lacks).cloned().collect();
    if !claims.scopes.is_empty() && !missing.is_empty() {
        found.push(Misfit::Scopes { missing });
    }
    found
}

/// The name of a server as the resource of a request for a token: without the slash that stands for an empty path
/// (2025-06-18 and later, authorization, canonical server URI).
pub fn canonical(server: &Url) -> String {
    if server.target() == "/" { server.origin() } else { server.to_string() }
}

/// Whether a name is that of a resource, or of a place above it at the same origin, as clients accept it
/// (TypeScript SDK 1.x and Python SDK 1.x, `check_resource_allowed`).
pub fn covers(name: &str, resource: &str) -> bool {
    let (Ok(name), Ok(resource)) = (Url::parse(name), Url::parse(resource)) else { return name == resource };
    let folder = |url: &Url| alloc::format!("{}/", url.path().trim_end_matches('/'));
    name.origin() == resource.origin() && folder(&resource).starts_with(&folder(&name))
}

/// Whether two names of issuers are the same, but for the case of the host and a slash at the end, which clients overlook.
pub fn same_issuer(one: &str, other: &str) -> bool {
    same(one, other)
}

fn same(one: &str, other: &str) -> bool {
    let plain = |text: &str| Url::parse(text).map_or_else(|_| text.to_owned(), |url| url.to_string());
    plain(one).trim_end_matches('/') == plain(other).trim_end_matches('/')
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Audience { audience, wanted } => {
                write!(f, "The token is for {}, not for {}.", Names(audience), Cut(wanted))
            }
            Self::Issuer { issuer, wanted } => {
                write!(f, "The token was issued by {}; the server takes tokens of {}.", Cut(issuer), Names(wanted))
            }
            Self::Scopes { missing } => write!(f, "The token lacks what the refusal asks for: {}.", Names(missing)),
        }
    }
}
