//! JSON Web Tokens (RFC 7519) in their compact signed form (RFC 7515 §7.1): three base64url parts with dots between.

use alloc::string::String;
use alloc::vec::Vec;

use base64ct::{Base64UrlUnpadded, Encoding};

use crate::json::{Node, scan};
use crate::limits::TOKEN_BYTES;
use crate::time::Wall;

/// What a JSON Web Token says. Every claim may be missing, and none is verified.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Jwt {
    /// The header as JSON text, as it was sent.
    pub header: String,
    /// The claims as JSON text, as they were sent.
    pub payload: String,
    /// `alg` of the header: the algorithm of the signature.
    pub alg: Option<String>,
    /// `typ` of the header, `at+jwt` for an access token of RFC 9068.
    pub typ: Option<String>,
    /// `kid` of the header: which of the issuer's keys made the signature.
    pub kid: Option<String>,
    /// `iss`: who issued it.
    pub iss: Option<String>,
    /// `sub`: whom it speaks for.
    pub sub: Option<String>,
    /// `aud`: the servers it is meant for.
    pub aud: Vec<String>,
    /// What it allows: the words of `scope` (RFC 8693 §4.2), or of `scp` as some issuers name it.
    pub scopes: Vec<String>,
    /// `iat`: when it was issued.
    pub iat: Option<Wall>,
    /// `nbf`: the moment before which it is not valid.
    pub nbf: Option<Wall>,
    /// `exp`: the moment from which on it is no longer valid.
    pub exp: Option<Wall>,
}

/// Whether a token is valid at a moment, by its own dates.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Validity {
    /// Valid now.
    Valid {
        /// When it expires.
        until: Wall,
    },
    /// No longer valid.
    Expired {
        /// When it expired.
        since: Wall,
    },
    /// Not yet valid.
    NotYet {
        /// When it becomes valid.
        from: Wall,
    },
    /// Valid now, and it names no end.
    NoExpiry,
}

/// Compares the dates of a token with `now`, without leeway: a server may grant some seconds (RFC 7519 §4.1.4).
pub fn validity(jwt: &Jwt, now: Wall) -> Validity {
    match (jwt.nbf, jwt.exp) {
        (_, Some(since)) if since <= now => Validity::Expired { since },
        (Some(from), _) if from > now => Validity::NotYet { from },
        (_, Some(until)) => Validity::Valid { until },
        (_, None) => Validity::NoExpiry,
    }
}

/// Reads a token that has the form of a signed JWT; `None` for any other, or one above [`TOKEN_BYTES`].
pub(super) fn read(token: &str) -> Option<Jwt> {
    if token.len() > TOKEN_BYTES {
        return None;
    }
    let mut parts = token.split('.');
    let (header, payload, _signature) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let mut jwt = Jwt { header: object(header)?, payload: object(payload)?, ..Jwt::default() };
    let header = scan(&jwt.header);
    let header = header.root(&jwt.header)?;
    jwt.alg = text(header, "alg");
    jwt.typ = text(header, "typ");
    jwt.kid = text(header, "kid");
    let claims = scan(&jwt.payload);
    let claims = claims.root(&jwt.payload)?;
    jwt.iss = text(claims, "iss");
    jwt.sub = text(claims, "sub");
    jwt.aud = claims.get("aud").map(strings).unwrap_or_default();
    jwt.scopes = claims.get("scope").or_else(|| claims.get("scp")).map(words).unwrap_or_default();
    jwt.iat = moment(claims, "iat");
    jwt.nbf = moment(claims, "nbf");
    jwt.exp = moment(claims, "exp");
    Some(jwt)
}

/// The JSON object in a base64url part, padded or not; `None` when there is none.
pub(super) fn object(part: &str) -> Option<String> {
    let bytes = Base64UrlUnpadded::decode_vec(part.trim_end_matches('=')).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let scan = scan(&text);
    let is_object = scan.error.is_none() && scan.root(&text).is_some_and(Node::is_object);
    is_object.then_some(text)
}

fn text(object: Node<'_>, key: &str) -> Option<String> {
    Some(object.get(key)?.as_str()?.into_owned())
}

/// A string alone, or the strings of an array.
fn strings(node: Node<'_>) -> Vec<String> {
    match node.as_str() {
        Some(one) => alloc::vec![one.into_owned()],
        None => node.items().filter_map(|item| Some(item.as_str()?.into_owned())).collect(),
    }
}

/// The words of a string, or of the strings of an array.
fn words(node: Node<'_>) -> Vec<String> {
    strings(node).iter().flat_map(|text| text.split_whitespace()).map(String::from).collect()
}

/// A NumericDate (RFC 7519 §2): seconds since 1970, fractions allowed.
fn moment(claims: Node<'_>, key: &str) -> Option<Wall> {
    claims.get(key)?.as_thousandths().map(Wall)
}
