//! What stands on the rows beside the conversation: metadata and tokens, at the server or at an authorization server.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::phrases::{count, short};
use super::words::Teller;
use crate::http::{ResponseHead, Url};
use crate::id::EventRef;
use crate::oauth::{TokenAnswer, read_issuer, read_resource, read_token_answer};
use crate::time::Micros;
use crate::trace::{Exchange, Purpose, Trace};

/// Whether an exchange was with an authorization server at another origin than the server's.
pub(super) fn is_elsewhere(trace: &Trace, exchange: &Exchange) -> bool {
    exchange.purpose.seeks_token() && exchange.request.url.origin() != trace.about.server.origin()
}

/// The authorization servers at other origins, in the order they were asked.
pub(super) fn others(trace: &Trace) -> Vec<String> {
    let mut others: Vec<String> = Vec::new();
    for exchange in trace.exchanges().iter().filter(|exchange| is_elsewhere(trace, exchange)) {
        let authority = exchange.request.url.authority();
        if !others.contains(&authority) {
            others.push(authority);
        }
    }
    others
}

/// What a request of this purpose asks for, after method and address.
pub(super) const fn asks(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Token => ", for a token",
        // The address says it.
        _ => "",
    }
}

impl Teller<'_> {
    /// What came back, and whether something is wrong with it. Metadata need not be at every place where it is looked for.
    pub(super) fn aside(&self, exchange: &Exchange, head: &ResponseHead) -> (String, bool) {
        let text = self.trace.item_text(EventRef::item(exchange.id, 0)).unwrap_or_default();
        let told = match exchange.purpose {
            Purpose::Token => return self.token(exchange, head, &text),
            _ if !head.is_success() => Ok(self.refusal(exchange, head)),
            Purpose::ResourceMetadata => {
                read_resource(&text).map(|found| match found.authorization_servers.as_deref().unwrap_or_default() {
                    [] => "no authorization server named".into(),
                    [one] => format!("tokens of {}", short(&name(one))),
                    more => count(more.len() as u64, "authorization server"),
                })
            }
            _ => read_issuer(&text).map(|found| match found.token_endpoint {
                Some(endpoint) => format!("tokens at {}", short(&target(&endpoint, exchange))),
                None => "no token endpoint named".into(),
            }),
        };
        let said = told.unwrap_or_else(|other| format!("{other}"));
        (format!("{} · {said}", head.status), false)
    }

    fn token(&self, exchange: &Exchange, head: &ResponseHead, text: &str) -> (String, bool) {
        let said = match read_token_answer(text) {
            TokenAnswer::Issued { expires_in, .. } if head.is_success() => {
                let seconds = expires_in.and_then(|seconds| u64::try_from(seconds).ok());
                let until = seconds.map(|seconds| format!(", valid for {}", Micros::from_secs(seconds))).unwrap_or_default();
                return (format!("{} · a token{until}", head.status), false);
            }
            TokenAnswer::Refused(refused) => short(&refused.error),
            TokenAnswer::Other(other) if head.is_success() => format!("{other}"),
            _ => self.refusal(exchange, head),
        };
        (format!("{} · {said}", head.status), true)
    }
}

/// An issuer as a person names it: without the scheme.
fn name(issuer: &str) -> String {
    Url::parse(issuer).map_or_else(|_| issuer.into(), |url| format!("{}{}", url.authority(), url.path().trim_end_matches('/')))
}

/// An endpoint as seen from whom it was learned of.
fn target(endpoint: &str, exchange: &Exchange) -> String {
    match Url::parse(endpoint) {
        Ok(url) if url.origin() == exchange.request.url.origin() => url.target().into(),
        _ => endpoint.into(),
    }
}
