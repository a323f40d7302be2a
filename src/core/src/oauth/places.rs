//! Where metadata is looked for, in the order that the revision asks for.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::http::{Scheme, Url};
use crate::mcp::Revision;

/// The well-known name of a resource's metadata (RFC 9728 §3).
const RESOURCE: &str = "/.well-known/oauth-protected-resource";
/// The well-known name of an authorization server's metadata (RFC 8414 §3).
const ISSUER: &str = "/.well-known/oauth-authorization-server";
/// The well-known name that OpenID Connect has for the same (Discovery 1.0 §4).
const OPENID: &str = "/.well-known/openid-configuration";

/// An address that may be asked: https, or http on this machine only.
pub fn allowed(address: &str) -> Option<Url> {
    Url::parse(address).ok().filter(|url| url.scheme() == Scheme::Https || url.is_loopback())
}

/// Where a server's metadata may be: where its challenge says, then the well-known address with the path of the server
/// inserted, then the one at the root (2025-11-25 and later, authorization server discovery). Nowhere before 2025-06-18.
/// `revision` is `None` while none is agreed on: then the newest rules count.
pub fn resource_places(server: &Url, named: Option<&str>, revision: Option<Revision>) -> Vec<Url> {
    if revision == Some(Revision::V2025_03_26) {
        return Vec::new();
    }
    let inserted = (server.target() != "/").then(|| at(server, &format!("{RESOURCE}{}", server.target()))).flatten();
    let all = [named.and_then(allowed), inserted, at(server, RESOURCE)];
    distinct(all)
}

/// Where the metadata of an authorization server may be: under the name that OAuth has, then under those of OpenID Connect,
/// which 2025-11-25 added.
pub fn issuer_places(issuer: &Url, revision: Option<Revision>) -> Vec<Url> {
    // A slash at the end is no part of what is inserted (RFC 8414 §3.1).
    let path = issuer.path().trim_end_matches('/');
    let openid = revision.is_none_or(|revision| revision >= Revision::V2025_11_25);
    let all = [
        at(issuer, &format!("{ISSUER}{path}")),
        at(issuer, &format!("{OPENID}{path}")).filter(|_| openid),
        at(issuer, &format!("{path}{OPENID}")).filter(|_| openid),
    ];
    distinct(all)
}

/// The authorization server of a server that names none: the server itself, without its path (2025-03-26, authorization).
pub fn base_issuer(server: &Url) -> String {
    server.origin()
}

fn at(base: &Url, target: &str) -> Option<Url> {
    Url::parse(&format!("{}{target}", base.origin())).ok()
}

fn distinct(all: impl IntoIterator<Item = Option<Url>>) -> Vec<Url> {
    let mut places: Vec<Url> = Vec::new();
    for place in all.into_iter().flatten() {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places
}
