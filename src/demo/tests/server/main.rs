//! The rules of the specification, one by one, against the demo server: in virtual time, with requests written by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot read an answer must fail")]

mod any_bytes;
mod changes;
mod client;
mod http_sse;
mod offers;
mod requests;
mod sessions;
mod stateless;
mod streams;
mod tools;
