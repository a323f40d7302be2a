//! JSON Web Tokens, wherever they stand: what explains a refusal is kept in words, who they speak for and the signature are not.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::Redactor;
use super::marks::{Cover, Marks};
use super::shape::is_name;
use crate::share::Carrier;
use crate::time::Wall;
use crate::token::{self, Jwt, Token};
use crate::trace::{JwtFacts, TokenFacts};

/// What stands in the place of a token begins so, and ends in a closing bracket.
const FACTS: &str = "jwt(";

/// The names of claims that are kept, in their order.
const KEPT: [&str; 7] = ["alg", "iss", "aud", "scope", "iat", "nbf", "exp"];

/// The longest issuer, audience or scope that is kept.
const LONGEST: usize = 200;

impl Redactor<'_> {
    /// What may be seen of a token (RFC 7519): `jwt(alg=RS256,iss=https://idp.example,aud=orders,exp=1763744832)`. Not as a token
    /// again: nothing that goes out may be a part of one. `None` for any other text, and when it would be longer than the token.
    pub(super) fn token(&mut self, text: &str) -> Option<String> {
        let jwt = text.starts_with("eyJ").then(|| token::inspect(text))?;
        let Token::Jwt(jwt) = jwt else { return None };
        let facts = self.facts(&jwt);
        (facts.len() <= text.len()).then_some(facts)
    }

    fn facts(&mut self, jwt: &Jwt) -> String {
        let mut facts: Vec<String> = Vec::new();
        let mut several = |name: &str, values: Vec<String>| {
            if !values.is_empty() {
                facts.push(format!("{name}={}", values.join("+")));
            }
        };
        several("alg", jwt.alg.iter().map(|alg| self.plain_name(alg)).collect());
        several("iss", jwt.iss.iter().map(|issuer| self.issuer(issuer)).collect());
        several("aud", jwt.aud.iter().map(|audience| self.audience(audience)).collect());
        several("scope", jwt.scopes.iter().map(|scope| self.audience(scope)).collect());
        let moment = |at: &Wall| at.0.div_euclid(1_000).to_string();
        several("iat", jwt.iat.iter().map(moment).collect());
        several("nbf", jwt.nbf.iter().map(moment).collect());
        several("exp", jwt.exp.iter().map(moment).collect());
        format!("{FACTS}{})", facts.join(","))
    }

    /// Where the facts of a token end that begin here; `None` when it is something else that only begins like them.
    pub(super) fn facts_end(&mut self, text: &str) -> Option<usize> {
        let (facts, _) = text.strip_prefix(FACTS)?.split_once(')')?;
        let mut known = |fact: &str| {
            let Some((name, values)) = fact.split_once('=').filter(|(name, _)| KEPT.contains(name)) else { return false };
            values.split('+').all(|value| match name {
                "alg" => self.plain_name(value) == value,
                "iss" => self.issuer(value) == value,
                "aud" | "scope" => self.audience(value) == value,
                _ => value.len() <= 13 && value.parse::<i64>().is_ok(),
            })
        };
        let whole = facts.is_empty() || facts.split(',').all(&mut known);
        let end = FACTS.len() + facts.len() + 1;
        let stars = text[end..].len() - text[end..].trim_start_matches('*').len();
        whole.then_some(end + stars)
    }

    /// What is known of the token that a recording was made with.
    pub(super) fn token_facts(&mut self, facts: &TokenFacts) -> TokenFacts {
        let TokenFacts::Jwt(jwt) = facts else { return facts.clone() };
        TokenFacts::Jwt(JwtFacts {
            alg: self.plain_name(&jwt.alg),
            issuer: self.issuer(&jwt.issuer),
            audience: jwt.audience.iter().map(|audience| self.audience(audience)).collect(),
            scopes: jwt.scopes.iter().map(|scope| self.audience(scope)).collect(),
            ..jwt.clone()
        })
    }

    /// An issuer is public; its address may have the id of a tenant in it.
    fn issuer(&mut self, issuer: &str) -> String {
        if issuer.len() <= LONGEST && issuer.chars().all(is_plain) { issuer.to_string() } else { self.audience(issuer) }
    }

    /// An audience or a scope: an address, which may be that of a server with a key in its path, or a name.
    fn audience(&mut self, audience: &str) -> String {
        let mut marks = Marks::new();
        if audience.contains("://") {
            self.address(audience, &mut marks);
        } else if audience.len() > LONGEST {
            marks.add(0..audience.len(), Cover::Stars, Carrier::Jwt);
        }
        let seen = self.covered(audience, &marks, None);
        seen.chars().map(|c| if is_plain(c) { c } else { '*' }).collect()
    }

    /// A name, or asterisks.
    fn plain_name(&mut self, name: &str) -> String {
        let mut marks = Marks::new();
        if !is_name(name) || !name.chars().all(is_plain) {
            marks.add(0..name.len(), Cover::Stars, Carrier::Jwt);
        }
        self.covered(name, &marks, None)
    }
}

/// Whether a character may stand in what is kept: none that would end it, or need an escape somewhere.
const fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, ':' | '/' | '.' | '_' | '-' | '~' | '*')
}
