//! What real clients say when a server fails is what the matrix says they do; `clients.rs` holds the table of symptoms against
//! the same matrix.

#![cfg(feature = "live")]

use lab::clients::{Matrix, judge, measure, places, report, table};

const MATRIX: &str = include_str!("snapshots/live_clients__what_clients_say.snap");

#[test]
fn every_client_says_what_the_matrix_says() {
    let known = Matrix::parse(MATRIX);
    let measured = measure(&known);
    let changed = changed(&known, &measured);
    if !changed.is_empty() {
        eprintln!("{} cells have changed:\n\n{}\n", changed.len(), changed.join("\n\n"));
    }
    insta::assert_snapshot!("what_clients_say", measured.to_string());
}

/// Each cell that is not as it was, in words, with what the table of symptoms says of it.
fn changed(known: &Matrix, measured: &Matrix) -> Vec<String> {
    let table = table();
    let differs = places().filter(|(fault, client)| known.cell(fault, client) != measured.cell(fault, client));
    differs
        .filter_map(|(fault, client)| {
            let (cell, version) = (measured.cell(fault, client)?, &measured.versions[client.id]);
            let verdict = judge(&table, &fault.trace(), client, version, cell);
            let before = known.cell(fault, client).map_or("not measured".to_owned(), ToString::to_string);
            let witnesses = [
                ("it was", before.as_str()),
                ("the table says", verdict.claim().unwrap_or("what the client said")),
                ("the client said", &cell.to_string()),
            ];
            Some(report(fault, client, version, &witnesses))
        })
        .collect()
}
