//! The demo server: a Model Context Protocol server that lives where it is called, with no network in between.
//!
//! It is written against the specification and knows nothing of this project's own client: `/mcp` is Streamable HTTP, with the
//! handshake revisions 2025-03-26, 2025-06-18 and 2025-11-25 and the stateless 2026-07-28 on one endpoint, and `/sse` is HTTP+SSE
//! of 2024-11-05. It has no clock, no threads and no sockets: [`Server::handle`] is told what happens and when, and
//! [`Server::poll_output`] says what goes out.

mod base64;
mod checks;
mod envelope;
mod handshake;
mod legacy;
mod limits;
mod listens;
mod media;
mod mirrored;
mod object;
mod offers;
mod params;
mod prompts;
mod resources;
mod revision;
mod schema;
mod seal;
mod server;
mod sessions;
mod stateless;
mod streams;
mod tools;
mod work;
mod world;

pub use server::{ConnectionId, Input, Output, Request, Server};
