//! The core of the MCP Session Inspector: everything that can be known without a browser, a clock or a network.
#![no_std]
extern crate alloc;

pub mod asked;
pub mod characters;
pub mod compare;
pub mod diagnose;
pub mod diagram;
pub mod economy;
pub mod explain;
pub mod export;
pub mod fingerprint;
pub mod http;
pub mod id;
pub mod import;
pub mod json;
pub mod limits;
pub mod mcp;
pub mod numbers;
pub mod oauth;
pub mod probe;
pub mod rpc;
pub mod said;
pub mod schema;
pub mod session;
pub mod share;
mod sort;
pub mod sse;
pub mod symptoms;
pub mod time;
pub mod token;
pub mod trace;
pub mod watch;
