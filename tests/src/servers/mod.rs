//! Real MCP servers, each on a loopback port of its own and ended when dropped.
//!
//! | transport | handshake era | both eras | 2026-07-28 only |
//! |---|---|---|---|
//! | Streamable HTTP | [`Python`], [`Everything::start`] | [`Dual`] | [`DualApp::TypeScriptStrict`] |
//! | HTTP+SSE | [`PythonApp::HttpSse`], [`Everything::start_sse`] | | |
//!
//! All but Everything offer the same: `forecast`, `survey` (tells of its progress), `book` (asks the person), `open_station`
//! (changes the list of tools); a prompt, and thirty resources. `tests/python` and `tests/node` say it in full.

mod dual;
mod everything;
mod python;
mod tls;

use std::{path::PathBuf, process::Command};

pub use dual::{Dual, DualApp};
pub use everything::Everything;
pub use python::{Python, PythonApp, mint_token, mint_token_of};
pub use tls::{PAGE, Tls};

use crate::process::path_from;

/// Runs a program of `tests/python` with the interpreter in an environment variable.
pub(crate) fn python(interpreter: &str, program: &str) -> Command {
    let mut command = Command::new(path_from(interpreter));
    // No bytecode next to the sources.
    command.arg("-B").arg(source("python", program));
    command
}

/// Runs a program with the Node in `INSPECTOR_NODE`.
pub(crate) fn node(program: PathBuf) -> Command {
    let mut command = Command::new(path_from("INSPECTOR_NODE"));
    command.arg(program);
    command
}

pub(crate) fn source(folder: &str, program: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), folder, program].iter().collect()
}
