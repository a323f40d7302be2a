//! Looking for where tokens come from, and asking for one: beside the conversation, without its token and its session.

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::IntoIter;

use super::Session;
use crate::http::{Headers, Method, Mode, Request, ResponseHead, Url};
use crate::id::ExchangeId;
use crate::mcp::{Ask, Revision};
use crate::oauth::{Grant, allowed, base_issuer, bearer, issuer_places, read_issuer, read_resource, resource_places};
use crate::time::Micros;
use crate::trace::{End, Found, Purpose, Why};

/// A request of this kind that is under way. There is one at most.
#[derive(Debug)]
pub(super) struct Search {
    pub(super) on: ExchangeId,
    pub(super) deadline: Micros,
    purpose: Purpose,
    status: u16,
    /// Where to look next, when there is nothing here.
    rest: IntoIter<Url>,
}

impl Session {
    /// Asks the server for its metadata; what that names at the same origin is asked as well, and nothing else.
    pub(super) fn find_resource(&mut self, now: Micros) {
        let places = resource_places(&self.about.server, self.named_metadata.as_deref(), self.authorization_revision());
        self.look(now, Purpose::ResourceMetadata, places.into_iter());
    }

    /// Asks an authorization server for its metadata.
    pub(super) fn find_issuer(&mut self, now: Micros, issuer: &str) {
        let own = |url: &Url| url.origin() == self.about.server.origin();
        let Some(issuer) = allowed(issuer).or_else(|| Url::parse(issuer).ok().filter(own)) else { return };
        self.look(now, Purpose::IssuerMetadata, issuer_places(&issuer, self.authorization_revision()).into_iter());
    }

    /// Asks for a token. A secret goes over https only, or stays on this machine (RFC 6749 §3.2).
    pub(super) fn request_token(&mut self, now: Micros, grant: &Grant) {
        if allowed(&grant.endpoint.to_string()).is_some() {
            self.seek(now, Purpose::Token, grant.request(), vec![].into_iter());
        }
    }

    /// Asks at the next place; when there is none left for a server's metadata, the server itself is taken for its
    /// authorization server, as in 2025-03-26.
    fn look(&mut self, now: Micros, purpose: Purpose, mut rest: IntoIter<Url>) {
        match rest.next() {
            Some(url) => self.seek(now, purpose, metadata(url), rest),
            None if purpose == Purpose::ResourceMetadata => self.find_issuer(now, &base_issuer(&self.about.server)),
            None => {}
        }
    }

    fn seek(&mut self, now: Micros, purpose: Purpose, request: Request, rest: IntoIter<Url>) {
        let on = self.send(now, purpose, request);
        let deadline = now.saturating_add(self.about.timeout);
        self.search = Some(Search { on, deadline, purpose, status: 0, rest });
    }

    /// Whether an exchange is one of these.
    pub(super) fn is_searching_on(&self, exchange: ExchangeId) -> bool {
        self.search.as_ref().is_some_and(|search| search.on == exchange)
    }

    /// Takes in a response head: of a search its status, of the conversation where the metadata is.
    pub(super) fn note_head(&mut self, exchange: ExchangeId, head: &ResponseHead) {
        if let Some(search) = self.search.as_mut().filter(|search| search.on == exchange) {
            search.status = head.status;
        } else if let Some(challenge) = head.headers.get("www-authenticate").and_then(bearer) {
            self.named_metadata = challenge.resource_metadata;
        }
    }

    /// What a search was answered with; goes on to the next place when it is not what was looked for.
    pub(super) fn search_ended(&mut self, now: Micros, end: &End, body: Option<&Found>) {
        let Some(Search { purpose, status, rest, .. }) = self.search.take() else { return };
        let whole = (200..300).contains(&status) && *end == End::Complete;
        let text = body.filter(|_| whole).map_or("", |found| found.text.as_str());
        match purpose {
            Purpose::ResourceMetadata => match read_resource(text).map(|found| found.authorization_servers) {
                Ok(Some(issuers)) if !issuers.is_empty() => {
                    let origin = self.about.server.origin();
                    let is_own = |issuer: &&String| Url::parse(issuer).is_ok_and(|url| url.origin() == origin);
                    if let Some(own) = issuers.iter().find(is_own) {
                        self.find_issuer(now, own);
                    }
                }
                _ => self.look(now, purpose, rest),
            },
            Purpose::IssuerMetadata if read_issuer(text).is_err() => self.look(now, purpose, rest),
            _ => {}
        }
    }

    /// Gives up the place that is asked; after the time for it, goes on to the next one.
    pub(super) fn give_search_up(&mut self, now: Micros, why: Why) {
        let Some(Search { on, purpose, rest, .. }) = self.search.take() else { return };
        self.abort(now, on, why);
        if why == Why::TimedOut {
            self.look(now, purpose, rest);
        }
    }

    /// The revision whose rules tell where to look; none while none is agreed on.
    fn authorization_revision(&self) -> Option<Revision> {
        match self.about.ask {
            Ask::Only(revision) => Some(revision),
            Ask::Auto => self.link.revision,
        }
    }
}

/// A request for metadata: nothing of the person's goes along, and it needs no preflight (Fetch standard, CORS-safelisted).
fn metadata(url: Url) -> Request {
    let mut headers = Headers::new();
    headers.push("Accept", "application/json");
    Request { method: Method::Get, url, headers, body: String::new(), secret_field: None, mode: Mode::Cors }
}
