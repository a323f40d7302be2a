//! FastMCP servers of the Python SDK under uvicorn, in the set-ups that matter to a page.

use std::{path::PathBuf, process::Command};

use crate::process::{Process, path_from};

/// How the server is set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PythonApp {
    /// As FastMCP comes: sessions, event streams, no CORS. A page cannot read it.
    Plain,
    /// With Starlette's `CORSMiddleware`, exposing `Mcp-Session-Id`. A page can use it.
    Cors,
    /// With `CORSMiddleware` that exposes nothing: the page does not see the session id.
    CorsUnexposed,
    /// With CORS, answering JSON instead of event streams.
    Json,
    /// With CORS and a check of bearer tokens, which are JWTs; see [`mint_token`].
    Bearer,
    /// The bearer check without CORS: the preflight itself is refused.
    BearerWithoutCors,
    /// With CORS, but only one foreign origin is allowed: 403 "Invalid Origin header".
    ForeignOriginOnly,
    /// With CORS, but only one foreign host is allowed: 421 "Invalid Host header".
    ForeignHostOnly,
}

/// A running Python server.
pub struct Python(Process);

impl Python {
    /// Starts a server with the interpreter in `INSPECTOR_PYTHON`.
    pub fn start(app: PythonApp) -> Self {
        let options: &[&str] = match app {
            PythonApp::Plain => &[],
            PythonApp::Cors => &["--cors", "--expose"],
            PythonApp::CorsUnexposed => &["--cors"],
            PythonApp::Json => &["--cors", "--expose", "--json"],
            PythonApp::Bearer => &["--cors", "--expose", "--bearer"],
            PythonApp::BearerWithoutCors => &["--bearer"],
            PythonApp::ForeignOriginOnly => &["--cors", "--expose", "--only-origin", "https://app.example.com"],
            PythonApp::ForeignHostOnly => &["--cors", "--expose", "--only-host", "mcp.example.com"],
        };
        Self(Process::start("the Python server", |port| {
            let mut command = script("server.py");
            command.args(["--port", &port.to_string()]).args(options);
            command
        }))
    }

    /// Its MCP endpoint.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/mcp", self.0.port())
    }
}

/// A JWT that [`PythonApp::Bearer`] accepts, expiring this many seconds from now; negative for one that has expired.
pub fn mint_token(expires_in: i64) -> String {
    let output = script("tokens.py").arg(expires_in.to_string()).output().expect("the Python interpreter runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn script(name: &str) -> Command {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "python"].iter().collect();
    let mut command = Command::new(path_from("INSPECTOR_PYTHON"));
    // No bytecode next to the sources.
    command.arg("-B").arg(folder.join(name));
    command
}
