//! What the server turned out to speak, and how that was found.

use alloc::format;
use alloc::string::String;

use super::Trace;
use super::exchange::Exchange;
use super::lacks::Lack;
use super::record::Purpose;
use crate::mcp::{Ask, Era, Revision, Transport};

/// What a server speaks, as far as a recording shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// The revision that was agreed on, or accepted.
    pub revision: Revision,
    /// How it goes over HTTP. It does not follow from the revision: SDK servers agree on newer ones over HTTP+SSE.
    /// `None` where a recording holds messages alone.
    pub transport: Option<Transport>,
    /// How it was found.
    pub found: HowFound,
}

/// How the way in was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HowFound {
    /// It is the one that was chosen.
    Chosen,
    /// The first thing that was tried.
    AtOnce,
    /// `initialize` was refused with this status, and another way worked.
    After(u16),
    /// `initialize` was answered with a revision that has no `initialize`.
    Named,
}

impl Trace {
    /// What the server speaks; `None` before it has said so, or when it names no revision that is known here.
    pub fn spoken(&self) -> Option<Spoken> {
        // A server that does not answer `server/discover` is spoken to all the same; what a probe tries, nobody speaks.
        let is_taken = |exchange: &Exchange| exchange.succeeded() && !exchange.purpose.is_probe();
        let taken =
            || self.exchanges().iter().rfind(|exchange| is_taken(exchange) && exchange.era_sent() == Some(Era::Stateless));
        let said = self.server().and_then(|server| server.revision());
        let revision = said.or_else(|| taken().and_then(|exchange| exchange.revision_sent()))?;
        let opened = self.exchanges().iter().rfind(|exchange| exchange.purpose.opens() && exchange.succeeded());
        let over_sse = self.exchanges().iter().any(|exchange| exchange.purpose == Purpose::Endpoint && exchange.succeeded());
        let first = self.exchanges().iter().find(|exchange| exchange.purpose.opens());
        let found = match (self.about.ask, first, opened) {
            (Ask::Only(_), ..) => HowFound::Chosen,
            (Ask::Auto, Some(first), Some(opened)) if first.id != opened.id && first.succeeded() => HowFound::Named,
            (Ask::Auto, Some(first), Some(opened)) if first.id != opened.id => HowFound::After(first.status().unwrap_or(0)),
            _ => HowFound::AtOnce,
        };
        let transport = if over_sse { Transport::HttpSse } else { revision.over_http() };
        let transport = (!self.about.lacks.has(Lack::Http)).then_some(transport);
        Some(Spoken { revision, transport, found })
    }
}

impl Spoken {
    /// What is spoken: `2025-11-25 over Streamable HTTP`.
    pub fn what(&self) -> String {
        let how = match self.transport {
            None => "",
            Some(Transport::HttpSse) => " over HTTP+SSE (deprecated)",
            Some(Transport::Streamable) => " over Streamable HTTP",
            Some(Transport::PostOnly) => ", stateless",
        };
        format!("{}{how}", self.revision)
    }

    /// One line: `Speaks 2026-07-28, stateless: found after initialize was refused with 400.`
    pub fn words(&self) -> String {
        let found = match self.found {
            HowFound::Chosen => String::from(", as you chose"),
            HowFound::AtOnce => String::new(),
            HowFound::After(0) => String::from(": found after initialize was refused"),
            HowFound::After(status) => format!(": found after initialize was refused with {status}"),
            HowFound::Named => String::from(": found because initialize was answered with it"),
        };
        format!("Speaks {}{found}.", self.what())
    }
}
