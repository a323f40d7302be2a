//! A look at a bearer token as it was typed: what it says about itself, and what is visibly wrong with it. Never verified.

mod flaw;
mod flaws;
mod jwt;
mod mangle;
mod mask;

use alloc::boxed::Box;

pub use flaw::{Flaw, Truncation};
pub use flaws::flaws;
pub use jwt::{Jwt, Validity, validity};
pub use mangle::mangled;
pub use mask::Mask;

/// What can be said of a token without asking anyone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Token {
    /// A signed JSON Web Token, whose claims can be read.
    Jwt(Box<Jwt>),
    /// Anything else: only its issuer can tell what it means.
    Opaque {
        /// Its length in characters.
        chars: usize,
    },
}

/// Looks into a token, after [`normalise`].
pub fn inspect(raw: &str) -> Token {
    let token = normalise(raw);
    match jwt::read(token) {
        Some(jwt) => Token::Jwt(Box::new(jwt)),
        None => Token::Opaque { chars: token.chars().count() },
    }
}

/// The token that is sent for what was typed: without white space around it, and without one `Bearer ` before it.
pub fn normalise(raw: &str) -> &str {
    let token = raw.trim();
    without_bearer(token).unwrap_or(token)
}

/// What follows the name of the scheme, which RFC 9110 §11.1 compares without case; `None` when it is not there.
fn without_bearer(token: &str) -> Option<&str> {
    let (scheme, rest) = token.split_at_checked("Bearer".len())?;
    let is_alone = rest.is_empty() || rest.starts_with(char::is_whitespace);
    (scheme.eq_ignore_ascii_case("Bearer") && is_alone).then(|| rest.trim_start())
}
