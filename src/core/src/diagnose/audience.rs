//! Whom a token is made out to, against the server it was sent to. What does not match proves nothing by itself: a server can
//! have several names, and what `aud` holds is for the issuer to choose. So a name that is no address is never called wrong.

use alloc::string::String;

use crate::http::Method;
use crate::id::EventRef;
use crate::oauth::{Claims, Misfit, ResourceMetadata, Wanted, misfits, read_resource};
use crate::trace::{Exchange, TokenFacts, Trace};

/// What does not match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mismatch {
    /// Which claim.
    pub(super) claim: Claim,
    /// What the server goes by, or its origin where it does not say.
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

/// What about the token does not fit the server it was sent to; `None` when all fits, or nothing can be compared.
pub(super) fn mismatch(trace: &Trace) -> Option<Mismatch> {
    let TokenFacts::Jwt(jwt) = &trace.about.token else { return None };
    let server = &trace.about.server;
    let (said, metadata) = metadata(trace).unzip();
    let metadata = metadata.unwrap_or_default();
    let claims = Claims { issuer: &jwt.issuer, audience: &jwt.audience, scopes: &[] };
    let issuers = metadata.authorization_servers.unwrap_or_default();
    let wanted = Wanted { server, resource: metadata.resource.as_deref(), issuers: &issuers, scopes: &[] };
    misfits(&claims, &wanted).into_iter().find_map(|misfit| match misfit {
        Misfit::Audience { .. } => {
            let named = metadata.resource.clone();
            let said = said.filter(|_| named.is_some());
            Some(Mismatch { claim: Claim::Audience, expected: named.unwrap_or_else(|| server.origin()), said })
        }
        Misfit::Issuer { wanted, .. } => {
            Some(Mismatch { claim: Claim::Issuer, expected: wanted.into_iter().next().unwrap_or_default(), said })
        }
        Misfit::Scopes { .. } => None,
    })
}

/// What the server says of itself as a resource (RFC 9728 §2), where the recording holds it.
fn metadata(trace: &Trace) -> Option<(EventRef, ResourceMetadata)> {
    let asked = |exchange: &&Exchange| exchange.request.method == Method::Get && exchange.status() == Some(200);
    let plain = trace.exchanges().iter().filter(asked).filter(|exchange| !exchange.is_stream());
    plain.filter_map(|exchange| Some(EventRef::item(exchange.id, exchange.reply.items.first()?.n))).find_map(|at| {
        let read = read_resource(&trace.item_text(at)?).ok()?;
        Some((at, read))
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
            body => format!(
                "> GET /.well-known/oauth-protected-resource/mcp purpose=other\n< 200 application/json\n  body {body}\n  end\n"
            ),
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
