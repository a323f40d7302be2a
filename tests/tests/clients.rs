//! The table of symptoms says of every fault what real clients said of it. What they said is in the matrix, which
//! `live_clients.rs` holds against the clients themselves.

use std::{collections::HashMap, thread};

use lab::clients::{Cell, Client, FAULTS, Fault, Matrix, Verdict, judge, places, report, table};

const MATRIX: &str = include_str!("snapshots/live_clients__what_clients_say.snap");

/// What cannot be foretold from the recording of our own session, and why.
const GAPS: &[(&str, &[&str], &str)] = &[
    ("gateway-504", &["python-1"], "nginx has a reason phrase of its own, and a page does not see it"),
    ("initialize", AUTO, "the server refuses server/discover, which this client asks first and our session does not"),
    ("header-mismatch", &["ai-sdk"], "it stops at the refusal of server/discover, where the other clients go on to initialize"),
    ("tools-not-offered", LISTING, "it asks for tools that are not offered, and our session does not"),
];

const AUTO: &[&str] = &["typescript-2-auto"];
const LISTING: &[&str] = &["python-1", "python-2", "fastmcp-4", "typescript-1", "ai-sdk"];

/// Servers that fail at `initialize` and refuse `server/discover` as an older server does.
const AT_INITIALIZE: &[&str] =
    &["rpc-other-id", "response-content-type", "response-content-type-octets", "response-content-type-none", "response-timeout"];

fn is_gap(fault: &Fault, client: &Client) -> bool {
    let named = |name: &str| name == fault.name || (name == "initialize" && AT_INITIALIZE.contains(&fault.name));
    GAPS.iter().any(|(name, clients, _)| named(name) && clients.contains(&client.id))
}

#[test]
fn the_table_says_what_the_clients_said() {
    let judged = judged();
    let foretold = judged.iter().filter(|it| !is_gap(it.fault, it.client));
    let wrong = foretold.filter_map(|it| {
        let witnesses = [("the table says", it.verdict.claim()?), ("the client said", &it.cell.to_string())];
        Some(report(it.fault, it.client, &it.version, &witnesses))
    });
    let wrong: Vec<_> = wrong.collect();
    assert!(wrong.is_empty(), "{} of {} cells of the table are wrong:\n\n{}", wrong.len(), judged.len(), wrong.join("\n\n"));
}

#[test]
fn what_cannot_be_foretold_is_still_not_foretold() {
    let closed = judged().into_iter().filter(|it| is_gap(it.fault, it.client) && it.verdict == Verdict::Right);
    let closed: Vec<_> = closed.map(|it| format!("{} {}", it.fault.name, it.client.id)).collect();
    assert_eq!(closed, [""; 0]);
}

/// A cell of the matrix, and what the table says of a recording of the same failure.
struct Judged {
    fault: &'static Fault,
    client: &'static Client,
    version: String,
    cell: Cell,
    verdict: Verdict,
}

fn judged() -> Vec<Judged> {
    let (matrix, table) = (Matrix::parse(MATRIX), table());
    let traces: Vec<_> = FAULTS.iter().map(|fault| (fault.name, thread::spawn(|| fault.trace()))).collect();
    let traces: HashMap<_, _> = traces.into_iter().map(|(name, trace)| (name, trace.join().expect("a recording"))).collect();
    let judge = |(fault, client): (&'static Fault, &'static Client)| {
        let cell = matrix.cell(fault, client).unwrap_or_else(|| panic!("{} {}: not measured", fault.name, client.id)).clone();
        let version = matrix.versions[client.id].clone();
        let verdict = judge(&table, &traces[fault.name], client, &version, &cell);
        Judged { fault, client, version, cell, verdict }
    };
    places().map(judge).collect()
}
