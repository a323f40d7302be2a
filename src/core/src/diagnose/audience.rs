//! Whom a token is made out to, against the server it was sent to. What does not match proves nothing by itself: a server can
//! have several names, and what `aud` holds is for the issuer to choose. So a name that is no address is never called wrong.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use crate::http::Url;
use crate::id::EventRef;
use crate::json::{self, Node};
use crate::trace::{Exchange, JwtFacts, TokenFacts, Trace};

/// Where a server says for whom tokens have to be made out, and by whom (RFC 9728 §3).
const METADATA: &str = "/.well-known/oauth-protected-resource";

/// What does not match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mismatch {
    /// Which claim.
    pub(super) claim: Claim,
    /// What the server goes by, or its address where it does not say.
    pub(super) expected: String,
    /// The metadata that says so.
    pub(super) said: Option<EventRef>,
}

/// A claim that names a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Claim {
    /// `aud`: the servers it is meant for.
    Audience,
    /// `iss`: who issued it.
    Issuer,
}

/// What a server says of itself as a resource (RFC 9728 §2).
struct Metadata {
    at: EventRef,
    resource: String,
    servers: Vec<String>,
}

/// What about the token does not fit the server it was sent to; `None` when all fits, or nothing can be compared.
pub(super) fn mismatch(trace: &Trace) -> Option<Mismatch> {
    let TokenFacts::Jwt(jwt) = &trace.about.token else { return None };
    let metadata = metadata(trace);
    foreign_audience(trace, jwt, metadata.as_ref()).or_else(|| foreign_issuer(jwt, metadata?))
}

fn foreign_audience(trace: &Trace, jwt: &JwtFacts, metadata: Option<&Metadata>) -> Option<Mismatch> {
    let meant: Vec<Url> = jwt.audience.iter().map(|audience| Url::parse(audience)).collect::<Result<_, _>>().ok()?;
    let resource = metadata.and_then(|metadata| Url::parse(&metadata.resource).ok());
    let names = [Some(&trace.about.server), resource.as_ref()];
    let fits = |audience: &Url| names.iter().flatten().any(|name| is_within(name, audience));
    // Of one origin, only the server can say that another path is not meant: many are one resource at several paths.
    let near = |audience: &Url| audience.origin() == trace.about.server.origin();
    if meant.is_empty() || meant.iter().any(fits) || (resource.is_none() && meant.iter().any(near)) {
        return None;
    }
    let said = metadata.filter(|_| resource.is_some());
    Some(Mismatch {
        claim: Claim::Audience,
        expected: said.map_or_else(|| trace.about.server.origin(), |metadata| metadata.resource.clone()),
        said: said.map(|metadata| metadata.at),
    })
}

fn foreign_issuer(jwt: &JwtFacts, metadata: Metadata) -> Option<Mismatch> {
    let bare = |name: &str| name.trim_end_matches('/').to_owned();
    let known = metadata.servers.iter().any(|server| bare(server) == bare(&jwt.issuer));
    let expected = metadata.servers.first().filter(|_| !known && !jwt.issuer.is_empty())?.clone();
    Some(Mismatch { claim: Claim::Issuer, expected, said: Some(metadata.at) })
}

/// Whether an address is the audience or lies below it.
fn is_within(address: &Url, audience: &Url) -> bool {
    let (path, above) = (address.path().trim_end_matches('/'), audience.path().trim_end_matches('/'));
    let below = path.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    address.origin() == audience.origin() && below
}

/// What the server says of itself, where the recording holds it.
fn metadata(trace: &Trace) -> Option<Metadata> {
    let asked = |exchange: &&Exchange| exchange.request.url.path().starts_with(METADATA) && exchange.status() == Some(200);
    trace.exchanges().iter().filter(asked).find_map(|exchange| {
        let at = EventRef::item(exchange.id, exchange.reply.items.first()?.n);
        let text = trace.item_text(at)?;
        let scan = json::scan(&text);
        let root = scan.root(&text).filter(|root| root.is_object())?;
        let string = |node: Node<'_>| node.as_str().map(|text| text.into_owned());
        let servers = root.get("authorization_servers").into_iter().flat_map(Node::items);
        let resource = root.get("resource").and_then(string).unwrap_or_default();
        Some(Metadata { at, resource, servers: servers.filter_map(string).collect() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::notation::read;
    use alloc::format;

    fn found(server: &str, audience: &str, metadata: &str) -> Option<Claim> {
        let token = format!(r#"token jwt {{"iss":"https://login.example.com","aud":[{audience}],"scope":[]}}"#);
        let asked = match metadata {
            "" => String::new(),
            body => format!("> GET {METADATA}/mcp purpose=other\n< 200 application/json\n  body {body}\n  end\n"),
        };
        let text = format!("mcp-trace 1\nserver {server}\n{token}\n{asked}");
        mismatch(&read(&text).unwrap().trace).map(|mismatch| mismatch.claim)
    }

    #[test]
    fn an_audience_that_is_the_server_or_above_it_fits() {
        for audience in ["https://a.example/mcp", "https://a.example/mcp/", "https://a.example", "https://A.example:443/"] {
            assert_eq!(found("https://a.example/mcp", &format!("\"{audience}\""), ""), None, "{audience}");
        }
        assert_eq!(found("https://a.example/mcp", r#""https://b.example/userinfo","https://a.example""#, ""), None);
    }

    #[test]
    fn an_address_elsewhere_does_not_fit() {
        for audience in ["https://b.example/mcp", "http://a.example/mcp", "https://a.example:8443/mcp"] {
            let claim = found("https://a.example/mcp", &format!("\"{audience}\""), "");
            assert_eq!(claim, Some(Claim::Audience), "{audience}");
        }
    }

    #[test]
    fn a_name_that_is_no_address_is_never_called_wrong() {
        for audience in [r#""orders-api""#, r#""api://4f1c""#, r#""urn:orders""#, r#""orders-api","https://b.example""#, ""] {
            assert_eq!(found("https://a.example/mcp", audience, ""), None, "{audience}");
        }
    }

    #[test]
    fn another_path_of_the_same_origin_is_wrong_only_when_the_server_says_so() {
        let (server, audience) = ("https://a.example/mcp", r#""https://a.example/other""#);
        assert_eq!(found(server, audience, ""), None);
        assert_eq!(found(server, audience, r#"{"resource":"https://a.example/mcp"}"#), Some(Claim::Audience));
    }

    #[test]
    fn the_name_that_the_server_goes_by_fits_whatever_its_address_is() {
        let metadata = r#"{"resource":"https://public.example/mcp"}"#;
        assert_eq!(found("https://a.example/mcp", r#""https://public.example/mcp""#, metadata), None);
    }

    #[test]
    fn an_issuer_is_compared_with_those_that_the_server_names() {
        for (servers, claim) in [("https://login.example.com/", None), ("https://other.example", Some(Claim::Issuer))] {
            let metadata = format!(r#"{{"resource":"https://a.example/mcp","authorization_servers":["{servers}"]}}"#);
            assert_eq!(found("https://a.example/mcp", r#""orders-api""#, &metadata), claim, "{servers}");
        }
    }
}
