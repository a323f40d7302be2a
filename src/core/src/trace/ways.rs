//! The ways in that were tried: which of them counts, and which was only a step of finding out.

use super::Trace;
use super::exchange::Exchange;
use super::record::Purpose;
use crate::http::{Method, ResponseHead};
use crate::mcp::{self, Era, Revision};

impl Trace {
    /// Whether a way in was refused and another one took its place: then it was a step of finding out, not a failure
    /// (2025-11-25, transports, backwards compatibility; 2026-07-28, versioning).
    pub fn is_superseded(&self, exchange: &Exchange) -> bool {
        let mut later = self.exchanges().iter().filter(|other| other.id > exchange.id);
        exchange.purpose.opens() && !exchange.succeeded() && later.any(|way| self.takes_over(exchange, way))
    }

    /// Whether an exchange tried another way in that nothing spoke for: being refused as well says nothing new.
    pub fn is_a_vain_try(&self, exchange: &Exchange) -> bool {
        let mut earlier = self.exchanges().iter().filter(|other| other.id < exchange.id && other.purpose.opens());
        exchange.fallback && !exchange.succeeded() && !earlier.any(|from| self.takes_over(from, exchange))
    }

    /// Whether `way` is the way in from then on, after `from` was refused: it works, or what the server said leads there.
    fn takes_over(&self, from: &Exchange, way: &Exchange) -> bool {
        match way.purpose {
            Purpose::Discover if way.fallback && self.points_to_stateless(from) => true,
            // Clients that begin with `server/discover` go on with `initialize`, and what comes of that counts.
            Purpose::Initialize if from.purpose == Purpose::Discover => way.succeeded() || !self.points_to_stateless(from),
            Purpose::Discover => way.succeeded() && (way.fallback || from.purpose == Purpose::Discover),
            // An event stream where no POST is taken is one of HTTP+SSE, or meant to be.
            Purpose::Endpoint if way.fallback && opened_stream(way) && matches!(from.status(), Some(404 | 405)) => true,
            Purpose::Endpoint => way.fallback && way.succeeded(),
            // A server without `server/discover` can be asked for its tools all the same.
            Purpose::ListTools | Purpose::Call => way.succeeded() && way.era_sent() == Some(Era::Stateless),
            // Another program's GET, when the conversation went on at the endpoint that it named.
            _ => way.endpoint.as_ref().is_some_and(|endpoint| {
                let posted = |other: &Exchange| other.request.method == Method::Post && other.request.url == *endpoint;
                self.exchanges().iter().any(|other| other.id > way.id && posted(other))
            }),
        }
    }

    /// Whether what came for an exchange says that the server speaks the stateless era.
    fn points_to_stateless(&self, from: &Exchange) -> bool {
        let Some((code, message, at)) = from.refusal() else {
            return from.purpose == Purpose::Initialize && from.succeeded() && self.answers_stateless();
        };
        let modern = code.is_some_and(|code| mcp::is_modern(code, from.status().unwrap_or_default(), message));
        let named = self.item_text(at).and_then(|text| mcp::read_supported(&text)).unwrap_or_default();
        let names = |era| named.iter().any(|name| Revision::parse(name).map(Revision::era) == Some(era));
        names(Era::Stateless) || (modern && !names(Era::Handshake))
    }

    /// Whether the server answered `initialize` with a revision that has no `initialize`.
    fn answers_stateless(&self) -> bool {
        self.server().and_then(|server| server.revision()).map(Revision::era) == Some(Era::Stateless)
    }

    /// Whether `initialize` was answered with a revision that is not known here: that ends the handshake, well formed as
    /// the answer may be (2025-11-25, lifecycle).
    pub fn speaks_unknown_revision(&self) -> bool {
        self.initialized().is_some() && self.server().is_none_or(|server| server.revision().is_none())
    }

    /// Where `server/discover` was answered with a result that names no revision, and nothing came about after it.
    pub fn discovers_nothing(&self) -> Option<&Exchange> {
        let mut asked = self.exchanges().iter().filter(|exchange| exchange.purpose == Purpose::Discover);
        let told = asked.find(|exchange| exchange.succeeded())?;
        let went_on = |other: &Exchange| other.id > told.id && !other.purpose.is_probe() && other.answered_well;
        let named = self.server().is_some_and(|server| !server.supported.is_empty());
        Some(told).filter(|_| !named && !self.exchanges().iter().any(went_on))
    }

    /// Where `initialize` was answered with a revision of the stateless era, and nothing came about in it.
    pub fn stuck_between_eras(&self) -> Option<&Exchange> {
        let came_about = |exchange: &Exchange| {
            exchange.succeeded() && exchange.era_sent() == Some(Era::Stateless) && !exchange.purpose.is_probe()
        };
        let stuck = self.answers_stateless() && !self.exchanges().iter().any(came_about);
        self.initialized().filter(|_| stuck)
    }

    /// The first `initialize` that was answered with a result.
    fn initialized(&self) -> Option<&Exchange> {
        let mut asked = self.exchanges().iter().filter(|exchange| exchange.method() == Some("initialize"));
        asked.find(|exchange| !exchange.purpose.is_probe() && exchange.succeeded())
    }
}

fn opened_stream(way: &Exchange) -> bool {
    way.is_stream() && way.head().is_some_and(ResponseHead::is_success)
}
