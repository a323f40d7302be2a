//! What real clients say when a server fails is what the matrix says they do; `tests/clients.rs` holds the table of symptoms
//! against the same matrix.

#![cfg(feature = "live")]

use lab::clients::{Matrix, measure};

const MATRIX: &str = include_str!("snapshots/live_clients__what_clients_say.snap");

#[test]
fn every_client_says_what_the_matrix_says() {
    insta::assert_snapshot!("what_clients_say", measure(&Matrix::parse(MATRIX)).to_string());
}
