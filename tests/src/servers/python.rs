//! Servers of the Python SDK 1.x under uvicorn, in the set-ups that matter to a page.

use super::python;
use crate::process::Process;

/// Names the interpreter that has the SDK 1.x.
const INTERPRETER: &str = "INSPECTOR_PYTHON";

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
    /// The low-level server over HTTP+SSE (2024-11-05) with CORS; its tools come in pages of ten.
    HttpSse,
}

/// A running Python server.
pub struct Python {
    process: Process,
    path: &'static str,
}

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
            PythonApp::HttpSse => &[],
        };
        let (program, path) = if app == PythonApp::HttpSse { ("http_sse.py", "/sse") } else { ("server.py", "/mcp") };
        Self::run(program, path, options)
    }

    /// As [`PythonApp::Bearer`], and its metadata names this authorization server.
    pub fn start_with_issuer(issuer: &str) -> Self {
        Self::run("server.py", "/mcp", &["--cors", "--expose", "--bearer", "--issuer", issuer])
    }

    fn run(program: &str, path: &'static str, options: &[&str]) -> Self {
        let process = Process::start(program, |port| {
            let mut command = python(INTERPRETER, program);
            command.arg(port.to_string()).args(options);
            command
        });
        Self { process, path }
    }

    /// Ends it and starts it anew at the same address, as a redeployment does.
    pub fn restart(&mut self) {
        self.process.restart();
    }

    /// Ends it at once, in the middle of whatever it answers.
    pub fn end(&mut self) {
        self.process.end();
    }

    /// Its MCP endpoint; over HTTP+SSE, the one for GET.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}{}", self.process.port(), self.path)
    }
}

/// A JWT that [`PythonApp::Bearer`] accepts, expiring this many seconds from now; negative for one that has expired.
pub fn mint_token(expires_in: i64) -> String {
    mint(&[&expires_in.to_string()])
}

/// The same, issued by a given authorization server.
pub fn mint_token_of(issuer: &str, expires_in: i64) -> String {
    mint(&[&expires_in.to_string(), issuer])
}

fn mint(arguments: &[&str]) -> String {
    let output = python(INTERPRETER, "tokens.py").args(arguments).output().expect("the Python interpreter runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
