//! The table of symptoms says of every fault what real clients said of it. What they said is in the matrix, which
//! `live_clients.rs` holds against the clients themselves.

use std::thread;

use lab::clients::{CLIENTS, Cell, Client, FAULTS, Fault, Matrix, Verdict, judge, table};

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
    let verdicts = verdicts();
    let complaints: Vec<_> = verdicts
        .iter()
        .filter(|(fault, client, ..)| !is_gap(fault, client))
        .filter_map(|(fault, client, cell, verdict)| complaint(fault, client, cell, verdict))
        .collect();
    let count = complaints.len();
    assert_eq!(count, 0, "{count} of {} cells of the table are wrong:\n\n{}", verdicts.len(), complaints.join("\n\n"));
}

#[test]
fn what_cannot_be_foretold_is_still_not_foretold() {
    let closed: Vec<_> = verdicts()
        .into_iter()
        .filter(|(fault, client, _, verdict)| is_gap(fault, client) && *verdict == Verdict::Right)
        .map(|(fault, client, ..)| format!("{} {}", fault.name, client.id))
        .collect();
    assert_eq!(closed, [""; 0]);
}

type Judged = (&'static Fault, &'static Client, Cell, Verdict);

/// Every cell of the matrix, with what the table says of a recording of the same failure.
fn verdicts() -> Vec<Judged> {
    let (matrix, table) = (Matrix::parse(MATRIX), table());
    let traces: Vec<_> = FAULTS.iter().map(|fault| thread::spawn(|| fault.trace())).collect();
    let mut verdicts = Vec::new();
    for (fault, trace) in FAULTS.iter().zip(traces) {
        let trace = trace.join().expect("a recording");
        for client in &CLIENTS {
            let cell = matrix.cell(fault, client).expect("a cell; the live tests measure it").clone();
            let version = matrix.versions.get(client.id).expect("a version");
            let verdict = judge(&table, &trace, client, version, &cell);
            verdicts.push((fault, client, cell, verdict));
        }
    }
    verdicts
}

/// What a maintainer has to know of a cell that is wrong.
fn complaint(fault: &Fault, client: &Client, cell: &Cell, verdict: &Verdict) -> Option<String> {
    let claim = match verdict {
        Verdict::Right => return None,
        Verdict::Silent => "nothing that was measured",
        Verdict::Wrong(claim) => claim,
    };
    let (claim, log) = (claim.replace('\n', "\n                   "), cell.log.join("\n                   log: "));
    let log = if log.is_empty() { log } else { format!("\n                   log: {log}") };
    let (name, about, said) = (fault.name, fault.about(), &cell.printed);
    Some(format!("{} at {name}: {about}\n  the table says   {claim}\n  the client said  {said}{log}", client.name))
}
