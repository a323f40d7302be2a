//! The laboratory: servers that work, servers that fail on purpose, and a browser to watch the page with.
//!
//! `fault`, `demo`, `site`, `client`, `drive`, `http` the plain clients of each era (`handshake`, `http_sse`, `stateless`) and `symptoms` need
//! no other program, so the fast tests stay fast to build.
//! `servers`, `browser` and `inspector` drive real programs and exist only with the feature `live`.

#[cfg(feature = "live")]
pub mod browser;
pub mod checkups;
pub mod client;
pub mod clients;
pub mod demo;
pub mod docs;
pub mod drive;
pub mod fault;
pub mod handshake;
pub mod http;
pub mod http_sse;
#[cfg(feature = "live")]
pub mod inspector;
pub mod jwt;
mod listener;
#[cfg(feature = "live")]
mod process;
#[cfg(feature = "live")]
pub mod scratch;
#[cfg(feature = "live")]
pub mod servers;
pub mod site;
pub mod stateless;
pub mod symptoms;
mod url;

#[cfg(feature = "live")]
pub use process::path_from;
