//! Servers of the SDKs that speak 2026-07-28, each as it comes, readable for pages.

use super::{node, python, source};
use crate::process::Process;

/// Which SDK the server is made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DualApp {
    /// `MCPServer` of Python's `mcp` 2.3: sessions in the handshake era.
    Python,
    /// FastMCP 4.1: sessions and streams that can be resumed in the handshake era, lists in pages of four.
    FastMcp,
    /// `createMcpHandler` of TypeScript's `@modelcontextprotocol/server` 2.4: the handshake era without sessions.
    TypeScript,
    /// The same with `legacy: 'reject'`: 2026-07-28 and nothing else.
    TypeScriptStrict,
}

impl DualApp {
    /// Every server that speaks both eras.
    pub const BOTH_ERAS: [Self; 3] = [Self::Python, Self::FastMcp, Self::TypeScript];

    /// Every server that speaks 2026-07-28.
    pub const ALL: [Self; 4] = [Self::Python, Self::FastMcp, Self::TypeScript, Self::TypeScriptStrict];
}

/// A running server of 2026-07-28.
pub struct Dual(Process);

impl Dual {
    /// Starts a server with the interpreter in `INSPECTOR_PYTHON_2` or the Node in `INSPECTOR_NODE`.
    pub fn start(app: DualApp) -> Self {
        Self(Process::start(&format!("{app:?}"), |port| {
            let mut command = match app {
                DualApp::Python => python("INSPECTOR_PYTHON_2", "mcp2.py"),
                DualApp::FastMcp => python("INSPECTOR_PYTHON_2", "fastmcp4.py"),
                DualApp::TypeScript | DualApp::TypeScriptStrict => node(source("node", "modern.mjs")),
            };
            command.arg(port.to_string());
            if app == DualApp::TypeScriptStrict {
                command.arg("reject");
            }
            command
        }))
    }

    /// Ends it and starts it anew at the same address, as a redeployment does.
    pub fn restart(&mut self) {
        self.0.restart();
    }

    /// Its MCP endpoint.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/mcp", self.0.port())
    }
}
