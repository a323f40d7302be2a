//! Every cap of the demo server, by name: it lives in somebody's page and must stay small there, whatever is sent.

use inspector_core::time::Micros;

/// Bytes of a request body that is read.
pub(crate) const BODY_BYTES: usize = 1 << 20;

/// Sessions kept at a time; the oldest one is ended for a new one, as a server may at any time (2025-11-25, session management).
pub(crate) const SESSIONS: usize = 16;

/// Streams kept at a time, with those that are over and may be asked for again; the oldest of these go first.
pub(crate) const STREAMS: usize = 64;

/// Events of one stream kept for a client that comes back for them.
pub(crate) const EVENTS: usize = 100;

/// Tool calls under way at a time.
pub(crate) const WORKS: usize = 32;

/// Subscriptions of the stateless era open at a time; the oldest one is ended for a new one.
pub(crate) const LISTENS: usize = 8;

/// Tools that can be added at run time.
pub(crate) const ADDED_TOOLS: usize = 16;

/// Tools on one page of the list: there are two pages from the start.
pub(crate) const PAGE: usize = 8;

/// A stream that says nothing for so long gets a comment, so that nothing on the way takes it for dead.
pub(crate) const KEEP_ALIVE: Micros = Micros::from_secs(15);

/// How long a client may take to answer a question of the server's, and how long the state of a stateless question holds.
pub(crate) const PATIENCE: Micros = Micros::from_secs(600);
