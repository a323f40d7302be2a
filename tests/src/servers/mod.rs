//! Real MCP servers, each on a loopback port of its own and ended when dropped.

mod everything;
mod python;

pub use everything::Everything;
pub use python::{Python, PythonApp, mint_token};
