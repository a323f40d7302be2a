//! What a recording tells of where the server's tokens come from: the challenge, the metadata that was asked for, and what does
//! not fit.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Command, End, Exchange, ItemKind, Purpose, Trace, Why};
use crate::http::{Sight, Url, reason_phrase};
use crate::id::{EventRef, ExchangeId};
use crate::mcp::{Ask, Revision};
use crate::oauth::{
    Bearer, Claims, IssuerMetadata, Misfit, NotMetadata, ResourceMetadata, TokenAnswer, Trouble, Wanted, base_issuer, bearer,
    issuer_places, misfits, read_issuer, read_resource, read_token_answer, resource_places, same_issuer, trouble,
};

/// What came of asking at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Came<T> {
    /// Nothing yet.
    Waiting,
    /// An answer.
    Answered {
        /// Its status.
        status: u16,
        /// What it holds.
        what: T,
    },
    /// Nothing that the browser shows: no answer, or one that the page may not read.
    Hidden,
    /// A redirect that was not followed.
    Redirected,
    /// Nothing within the limit.
    Silent,
    /// Given up by the person.
    Stopped,
    /// More than this page reads.
    TooLarge,
}

/// A place that was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place<T> {
    /// The exchange.
    pub exchange: ExchangeId,
    /// The address.
    pub url: Url,
    /// What came of it.
    pub came: Came<T>,
}

/// What a recording tells of where tokens come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Authorization {
    /// The last refusal with a challenge for bearer tokens, and what that says.
    pub challenge: Option<(ExchangeId, Bearer)>,
    /// The last refusal whose challenge CORS may hide: whether there was one is unknown.
    pub hidden: Option<ExchangeId>,
    /// The last 401 that plainly had no challenge.
    pub bare: Option<ExchangeId>,
    /// Where the metadata of the server was asked for, in order.
    pub resource: Vec<Place<Result<ResourceMetadata, NotMetadata>>>,
    /// Where the metadata of authorization servers was asked for, in order, each with the issuer it was asked for.
    pub issuer: Vec<(String, Place<Result<IssuerMetadata, NotMetadata>>)>,
    /// The requests for a token, in order.
    pub tokens: Vec<Place<TokenAnswer>>,
}

impl<T> Place<Result<T, NotMetadata>> {
    /// The metadata, when it is there.
    pub const fn found(&self) -> Option<&T> {
        match &self.came {
            Came::Answered { status: 200..300, what: Ok(found) } => Some(found),
            _ => None,
        }
    }

    /// What came of it, in a few words.
    pub fn words(&self) -> String {
        match &self.came {
            Came::Waiting => "asking…".to_string(),
            Came::Answered { status: 200..300, what: Ok(_) } => "found".to_string(),
            Came::Answered { status: 200..300, what: Err(other) } => format!("{other}"),
            Came::Answered { status, .. } => format!("{status} {}", reason_phrase(*status)).trim_end().to_string(),
            Came::Hidden => "hidden by the browser".to_string(),
            Came::Redirected => "leads on to another address".to_string(),
            Came::Silent => "no answer in time".to_string(),
            Came::Stopped => "stopped".to_string(),
            Came::TooLarge => "too large to be metadata".to_string(),
        }
    }
}

impl Place<TokenAnswer> {
    /// Why there is no token that can be used; nothing when there is one, or may still be.
    pub fn trouble(&self) -> Option<Trouble> {
        match &self.came {
            Came::Waiting => None,
            Came::Answered { status, what } => trouble(*status, what),
            Came::Hidden => Some(Trouble::Hidden),
            Came::Redirected => Some(Trouble::Redirected),
            Came::Silent => Some(Trouble::Silent),
            Came::Stopped => Some(Trouble::Stopped),
            Came::TooLarge => Some(Trouble::TooLarge),
        }
    }
}

impl Authorization {
    /// What the server says of itself, and where.
    pub fn resource_metadata(&self) -> Option<(ExchangeId, &ResourceMetadata)> {
        self.resource.iter().rev().find_map(|place| Some((place.exchange, place.found()?)))
    }

    /// What the last authorization server that was found says of itself: the issuer it was asked for, where, and what.
    pub fn issuer_metadata(&self) -> Option<(&str, ExchangeId, &IssuerMetadata)> {
        self.issuer.iter().rev().find_map(|(asked, place)| Some((asked.as_str(), place.exchange, place.found()?)))
    }

    /// The authorization servers that the server names.
    pub fn issuers(&self) -> &[String] {
        self.resource_metadata().and_then(|(_, found)| found.authorization_servers.as_deref()).unwrap_or_default()
    }

    /// The scopes that the challenge names.
    pub fn wanted_scopes(&self) -> Vec<String> {
        let scope = self.challenge.as_ref().and_then(|(_, challenge)| challenge.scope.as_deref()).unwrap_or_default();
        scope.split_whitespace().map(ToOwned::to_owned).collect()
    }

    /// The exchange whose answer is awaited.
    pub fn waiting(&self) -> Option<ExchangeId> {
        let resource = self.resource.iter().find(|place| place.came == Came::Waiting).map(|place| place.exchange);
        let issuer = || self.issuer.iter().find(|(_, place)| place.came == Came::Waiting).map(|(_, place)| place.exchange);
        let tokens = || self.tokens.iter().find(|place| place.came == Came::Waiting).map(|place| place.exchange);
        resource.or_else(issuer).or_else(tokens)
    }
}

impl Trace {
    /// What this recording tells of where tokens come from.
    pub fn authorization(&self) -> Authorization {
        let mut found = Authorization::default();
        for exchange in self.exchanges() {
            let text = || self.item_text(EventRef::item(exchange.id, 0)).unwrap_or_default();
            match exchange.purpose {
                Purpose::ResourceMetadata => found.resource.push(place(exchange, || read_resource(&text()))),
                Purpose::IssuerMetadata => {
                    let asked = self.asked_issuer(&found, &exchange.request.url);
                    found.issuer.push((asked, place(exchange, || read_issuer(&text()))));
                }
                Purpose::Token => found.tokens.push(place(exchange, || read_token_answer(&text()))),
                _ => self.see_challenge(exchange, &mut found),
            }
        }
        found
    }

    fn see_challenge(&self, exchange: &Exchange, found: &mut Authorization) {
        let Some(head) = exchange.head().filter(|head| matches!(head.status, 401 | 403)) else { return };
        match head.headers.get("www-authenticate") {
            Some(value) => found.challenge = bearer(value).map(|challenge| (exchange.id, challenge)).or(found.challenge.take()),
            None if head.sight == Sight::CorsFiltered => found.hidden = Some(exchange.id),
            None if head.status == 401 => found.bare = Some(exchange.id),
            None => {}
        }
    }

    /// The issuer whose metadata is looked for at an address.
    fn asked_issuer(&self, found: &Authorization, at: &Url) -> String {
        let commanded = self.commands().iter().rev().filter_map(|(_, command)| match command {
            Command::FindIssuer(issuer) => Some(issuer.as_str()),
            _ => None,
        });
        let is_there = |issuer: &&str| Url::parse(issuer).is_ok_and(|url| issuer_places(&url, None).contains(at));
        let named = commanded.chain(found.issuers().iter().map(String::as_str)).find(is_there);
        named.map_or_else(|| base_issuer(at), ToString::to_string)
    }

    /// The revision whose rules tell where metadata is looked for; `None` while none is agreed on.
    pub fn authorization_revision(&self) -> Option<Revision> {
        match self.about.ask {
            Ask::Only(revision) => Some(revision),
            Ask::Auto => self.spoken().map(|spoken| spoken.revision),
        }
    }

    /// Where [`Command::FindResource`] looks, until it finds something; and for an authorization server that is found at the same
    /// origin, nowhere else.
    pub fn metadata_places(&self) -> Vec<Url> {
        let told = self.authorization().challenge.and_then(|(_, challenge)| challenge.resource_metadata);
        let (server, revision) = (&self.about.server, self.authorization_revision());
        let mut places = resource_places(server, told.as_deref(), revision);
        let base = Url::parse(&base_issuer(server)).ok();
        places.extend(base.iter().flat_map(|base| issuer_places(base, revision)));
        places
    }

    /// Why a token does not fit this server, as far as its claims, the challenge and the metadata tell.
    pub fn misfits_of(&self, claims: &Claims<'_>) -> Vec<Misfit> {
        let found = self.authorization();
        let named = found.resource_metadata().and_then(|(_, metadata)| metadata.resource.as_deref());
        let issuer = found.issuer_metadata().and_then(|(_, _, metadata)| metadata.issuer.clone());
        let unnamed = issuer.filter(|issuer| !found.issuers().iter().any(|named| same_issuer(named, issuer)));
        let issuers: Vec<String> = found.issuers().iter().cloned().chain(unnamed).collect();
        let scopes = found.wanted_scopes();
        misfits(claims, &Wanted { server: &self.about.server, resource: named, issuers: &issuers, scopes: &scopes })
    }
}

fn place<T>(exchange: &Exchange, read: impl Fn() -> T) -> Place<T> {
    let oversize = exchange.reply.items.iter().any(|item| matches!(item.what, ItemKind::Oversize(_)));
    let came = match (exchange.aborted, &exchange.end, exchange.head()) {
        (Some((_, Why::TimedOut)), ..) => Came::Silent,
        _ if oversize => Came::TooLarge,
        (Some((_, Why::TooLarge)), ..) => Came::TooLarge,
        (Some(_), ..) => Came::Stopped,
        (None, None, _) => Came::Waiting,
        (None, Some((_, End::Aborted)), _) => Came::Stopped,
        (None, Some(_), Some(head)) if head.sight == Sight::Opaque => Came::Redirected,
        (None, Some(_), Some(head)) => Came::Answered { status: head.status, what: read() },
        (None, Some(_), None) => Came::Hidden,
    };
    Place { exchange: exchange.id, url: exchange.request.url.clone(), came }
}
