//! Puts every client through every fault, in a few programs at once.

use std::{collections::BTreeMap, process::Command, thread};

use serde_json::{Value, json};

use super::{
    Cell, Client, Fault, Matrix, Printed, Program, Thrown, Transport, faults::Served, places, printed::normal, program::Speaking,
};
use crate::servers::{node, python, source};

impl Program {
    const ALL: [Self; 3] = [Self::Python1, Self::Python2, Self::Node];

    fn name(self) -> &'static str {
        match self {
            Self::Python1 => "mcp1_client.py",
            Self::Python2 => "mcp2_client.py",
            Self::Node => "clients.mjs",
        }
    }

    fn command(self) -> Command {
        match self {
            Self::Python1 => python("INSPECTOR_PYTHON", self.name()),
            Self::Python2 => python("INSPECTOR_PYTHON_2", self.name()),
            Self::Node => node(source("node", self.name())),
        }
    }
}

/// How often a cell is measured that is not as it was known: some clients race with themselves, and a client that has
/// changed says the same each time.
const TRIES: usize = 3;

/// One cell of the matrix.
type Place = (&'static Fault, &'static Client);

/// Runs every client against every fault, each against a server of its own.
pub fn measure(known: &Matrix) -> Matrix {
    let mut measured = Matrix::default();
    for _ in 0..TRIES {
        let differs = |(fault, client): &Place| {
            let cell = measured.cell(fault, client);
            cell.is_none() || cell != known.cell(fault, client)
        };
        let open: Vec<Place> = places().filter(differs).collect();
        if open.is_empty() {
            break;
        }
        let Matrix { versions, cells } = measure_all(&open);
        measured.versions.extend(versions);
        measured.cells.extend(cells);
    }
    measured
}

/// Runs all programs at once.
fn measure_all(places: &[Place]) -> Matrix {
    let runs = Program::ALL.map(|program| {
        let places: Vec<_> = places.iter().filter(|(_, client)| client.program == program).copied().collect();
        thread::spawn(move || measure_with(program, &places))
    });
    let mut all = Matrix::default();
    for run in runs {
        let Matrix { versions, cells } = run.join().expect("a program that came to its end");
        all.versions.extend(versions);
        all.cells.extend(cells);
    }
    all
}

fn measure_with(program: Program, places: &[Place]) -> Matrix {
    if places.is_empty() {
        return Matrix::default();
    }
    let mut speaking = Speaking::start(program.name(), program.command());
    let installed = speaking.next();
    let version = |(_, client): &Place| (client.id.to_owned(), text(&installed["versions"][client.key]));
    let versions = places.iter().map(version).collect();
    let runs: Vec<(Place, Served)> = places.iter().map(|place| (*place, place.0.serve())).collect();
    for (run, ((fault, client), served)) in runs.iter().enumerate() {
        let transport = if fault.transport == Transport::Sse { "sse" } else { "http" };
        let (url, token) = (&served.url, &served.token);
        speaking.order(&json!({"run": run, "client": client.key, "url": url, "transport": transport, "token": token}));
    }
    speaking.end_orders();
    let mut cells = BTreeMap::new();
    for _ in &runs {
        let said = speaking.next();
        let run = said["run"].as_u64().and_then(|run| runs.get(usize::try_from(run).ok()?)).expect("a run that was ordered");
        let ((fault, client), served) = run;
        cells.insert((fault.name.to_owned(), client.id.to_owned()), cell(&said, &served.url));
    }
    Matrix { versions, cells }
}

fn cell(said: &Value, url: &str) -> Cell {
    let error = &said["error"];
    let thrown = (!error.is_null()).then(|| Thrown {
        wrapped: error["wrapped"] == true,
        class: text(&error["class"]),
        code: (!error["code"].is_null()).then(|| text(&error["code"])),
        message: normal(&text(&error["message"]), url),
    });
    let printed = match thrown {
        thrown if said["hung"] == true => Printed::Hangs(thrown),
        Some(thrown) => Printed::Fails(thrown),
        None => Printed::Works,
    };
    let tells = matches!(&printed, Printed::Fails(thrown) if !thrown.message.is_empty()) || printed == Printed::Works;
    let lines = said["log"].as_array().into_iter().flatten().filter(|_| !tells).map(|line| normal(&text(line), url));
    let mut log: Vec<String> = lines.collect();
    log.dedup();
    Cell { printed, log }
}

/// A string or a number as text.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
