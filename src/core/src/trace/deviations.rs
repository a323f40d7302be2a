//! Where a server departs from what clients need to find out where its tokens come from, as a recording shows it.

use alloc::borrow::ToOwned;
use alloc::string::ToString;
use alloc::vec::Vec;

use super::authorization::{Authorization, Came};
use crate::http::Url;
use crate::id::EventRef;
use crate::oauth::{Deviation, allowed, base_issuer, covers, same_issuer};

impl Authorization {
    /// Where the server departs from what clients need, with the event that shows it.
    pub fn deviations(&self, server: &Url) -> Vec<(Deviation, EventRef)> {
        let mut found = Vec::new();
        self.of_challenge(&mut found);
        self.of_resource(server, &mut found);
        self.of_issuer(server, &mut found);
        found
    }

    fn of_challenge(&self, found: &mut Vec<(Deviation, EventRef)>) {
        let Some((exchange, challenge)) = &self.challenge else {
            found.extend(self.bare.map(|exchange| (Deviation::NoChallenge, EventRef::response(exchange))));
            return;
        };
        let at = EventRef::response(*exchange);
        match &challenge.resource_metadata {
            None => found.push((Deviation::NoPointer, at)),
            Some(named) if allowed(named).is_none() => found.push((Deviation::BadPointer(named.clone()), at)),
            Some(named) => {
                let asked = self.resource.iter().find(|place| Some(&place.url) == allowed(named).as_ref());
                if let Some(place) = asked.filter(|place| matches!(place.came, Came::Answered { .. }) && place.found().is_none())
                {
                    found.push((Deviation::NothingAtPointer(named.clone()), EventRef::response(place.exchange)));
                }
            }
        }
        if challenge.unquoted {
            found.push((Deviation::UnquotedParameter, at));
        }
    }

    fn of_resource(&self, server: &Url, found: &mut Vec<(Deviation, EventRef)>) {
        let Some((exchange, metadata)) = self.resource_metadata() else { return };
        let at = EventRef::response(exchange);
        match &metadata.resource {
            None => found.push((Deviation::NoResource, at)),
            Some(named) if !covers(named, &server.to_string()) => {
                found.push((Deviation::OtherResource { named: named.clone(), typed: server.to_string() }, at));
            }
            Some(_) => {}
        }
        if self.issuers().is_empty() {
            found.push((Deviation::NoIssuers, at));
        }
        let bad = self.issuers().iter().filter(|named| allowed(named).is_none());
        found.extend(bad.map(|named| (Deviation::BadIssuer(named.clone()), at)));
    }

    fn of_issuer(&self, server: &Url, found: &mut Vec<(Deviation, EventRef)>) {
        let Some((asked, exchange, metadata)) = self.issuer_metadata() else { return };
        let at = EventRef::response(exchange);
        if self.resource_metadata().is_none() && asked == base_issuer(server) {
            found.push((Deviation::OnlyOld, at));
        }
        match &metadata.issuer {
            None => found.push((Deviation::NoIssuer, at)),
            Some(named) if !same_issuer(named, asked) => {
                found.push((Deviation::OtherIssuer { named: named.clone(), asked: asked.to_owned() }, at));
            }
            Some(_) => {}
        }
        if metadata.token_endpoint.is_none() {
            found.push((Deviation::NoTokenEndpoint, at));
        }
        let endpoints = [&metadata.token_endpoint, &metadata.authorization_endpoint].into_iter().flatten();
        let plain = endpoints.filter(|endpoint| allowed(endpoint).is_none());
        found.extend(plain.map(|endpoint| (Deviation::PlainEndpoint(endpoint.clone()), at)));
        let pkce = metadata.code_challenge_methods_supported.as_deref().unwrap_or_default();
        if metadata.authorization_endpoint.is_some() && !pkce.iter().any(|method| method == "S256") {
            found.push((Deviation::NoPkce, at));
        }
        // Left out, it means what a person's sign-in needs (RFC 8414 §2).
        let grants = metadata.grant_types_supported.as_deref().unwrap_or_default();
        if !grants.iter().any(|grant| grant == "client_credentials") {
            found.push((Deviation::NoClientCredentials, at));
        }
    }
}
