//! Which requests of a recording a client would have sent too.

use super::client::{Client, Speaks};
use crate::diagnose::Failure;
use crate::mcp::Era;
use crate::trace::{Exchange, Purpose, Trace};

/// The code that names the revisions a server speaks instead: a client that shares none with it goes no other way (2026-07-28).
const UNSUPPORTED_VERSION: i64 = -32022;

/// Whether a recording holds something that this client would have sent.
pub(super) fn speaks_in(client: &Client, trace: &Trace) -> bool {
    trace.exchanges().iter().any(|exchange| asks(exchange) && sends(client, trace, exchange))
}

/// Whether it was sent to get on, and not only to find something out.
pub(super) fn asks(exchange: &Exchange) -> bool {
    !exchange.purpose.is_probe() && exchange.purpose != Purpose::EndSession
}

/// Whether a client knows this way in.
pub(super) fn sends(client: &Client, trace: &Trace, exchange: &Exchange) -> bool {
    match client.speaks {
        Speaks::Both if leads_to_initialize(trace, exchange) => false,
        Speaks::Both if exchange.method() == Some("initialize") => {
            let back = trace.exchanges().iter().any(|other| leads_to_initialize(trace, other));
            back || !(trace.is_superseded(exchange) || trace.is_a_vain_try(exchange))
        }
        Speaks::Both => !trace.is_superseded(exchange) && !trace.is_a_vain_try(exchange),
        Speaks::Handshake => exchange.era_sent() != Some(Era::Stateless) && !exchange.fallback,
    }
}

/// Whether a `server/discover` was refused in a way that sends a client that begins with it on to `initialize`. This page may have
/// sent the two the other way round: what the client shows is what came of `initialize`.
pub(super) fn leads_to_initialize(trace: &Trace, exchange: &Exchange) -> bool {
    let refused = || Failure::read(trace, exchange).and_then(|failure| failure.code());
    exchange.method() == Some("server/discover")
        && refused().is_some_and(|code| code != UNSUPPORTED_VERSION)
        && trace.exchanges().iter().any(|other| other.method() == Some("initialize"))
}
