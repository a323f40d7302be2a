//! The official conformance suite against the core's session: every scenario that a revision requires of a client.
//!
//! The scenarios come from the suite's own list, so that a newer suite cannot add one unnoticed. Left out are those about
//! authorization: the inspector sends the token it is given and obtains none.

#![cfg(feature = "live")]

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::Command,
};

use lab::{path_from, scratch::Scratch};
use serde_json::Value;

/// Scenarios of a client that no revision requires yet, and that say something about an inspector.
const ALSO: [&str; 1] = ["json-schema-2020-12-preservation"];

/// What the suite may leave unchecked: requests that a client of 2026-07-28 does not send.
const UNCHECKED: [&str; 2] = ["ClientMcpMethodHeader_initialize", "ClientMcpMethodHeader_notifications_initialized"];

#[test]
fn every_scenario_that_2025_11_25_requires_of_a_client_passes() {
    assert_conformance("2025-11-25");
}

#[test]
fn every_scenario_that_2026_07_28_requires_of_a_client_passes() {
    assert_conformance("2026-07-28");
}

fn assert_conformance(revision: &str) {
    let scenarios = scenarios(revision);
    assert!(scenarios.len() > ALSO.len(), "the suite requires nothing for {revision}");
    let failures: Vec<String> = scenarios.iter().filter_map(|scenario| run(revision, scenario).err()).collect();
    let passed = scenarios.len() - failures.len();
    // Past the capture of the test runner: how much was checked is worth a line even when all is well.
    let _ = writeln!(io::stderr(), "conformance {revision}: {passed} of {} client scenarios pass", scenarios.len());
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// The scenarios of the `client:` list in the suite's requirements for a revision.
fn scenarios(revision: &str) -> Vec<String> {
    let list = fs::read_to_string(suite().join(format!("requirements/{revision}.yaml"))).expect("the list of the suite");
    let client = list.lines().skip_while(|line| *line != "client:").skip(1);
    let names = client.map_while(|line| line.trim().strip_prefix("- "));
    names.filter(|name| !name.starts_with("auth/")).chain(ALSO).map(str::to_owned).collect()
}

/// Runs one scenario; the error says which checks did not pass, and what the suite printed.
fn run(revision: &str, scenario: &str) -> Result<(), String> {
    let results = Scratch::create();
    let output = Command::new(path_from("INSPECTOR_NODE"))
        .arg(suite().join("dist/index.js"))
        .args(["client", "--scenario", scenario, "--spec-version", revision])
        // The suite hands it to a shell.
        .args(["--command", concat!('"', env!("CARGO_BIN_EXE_conformance-client"), '"')])
        .arg("--output-dir")
        .arg(results.path())
        .output()
        .expect("the suite starts");
    let checks = checks(results.path());
    let status = |check: &Value| check["status"].as_str().unwrap_or_default().to_owned();
    let open = |check: &&Value| match status(check).as_str() {
        "SUCCESS" | "INFO" => false,
        "SKIPPED" => !UNCHECKED.iter().any(|name| check["name"] == *name),
        _ => true,
    };
    let open: Vec<String> = checks.iter().filter(open).map(|check| format!("  {} {}", status(check), check["name"])).collect();
    let nothing = !checks.iter().any(|check| status(check) == "SUCCESS");
    if output.status.success() && open.is_empty() && !nothing {
        return Ok(());
    }
    let printed = String::from_utf8_lossy(&output.stderr);
    Err(format!("{scenario} ({revision}) does not pass:\n{}\n{printed}", open.join("\n")))
}

/// The checks of the one run whose results are in the folder.
fn checks(results: &Path) -> Vec<Value> {
    let runs = fs::read_dir(results).expect("the results of the suite");
    let files = runs.map(|run| run.expect("a folder").path().join("checks.json"));
    files.flat_map(|file| serde_json::from_slice::<Vec<Value>>(&fs::read(file).expect("checks")).expect("JSON")).collect()
}

fn suite() -> PathBuf {
    path_from("INSPECTOR_NODE_MODULES").join("@modelcontextprotocol/conformance")
}
