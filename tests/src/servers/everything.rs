//! npm server-everything: the TypeScript SDK 1.x, with CORS.

use super::node;
use crate::process::{Process, path_from};

/// A running server-everything.
pub struct Everything {
    process: Process,
    path: &'static str,
}

impl Everything {
    /// Starts it over Streamable HTTP, with sessions, event streams that can be resumed, and the Node in `INSPECTOR_NODE`.
    pub fn start() -> Self {
        Self::start_over("streamableHttp", "/mcp")
    }

    /// Starts it over HTTP+SSE (2024-11-05).
    pub fn start_sse() -> Self {
        Self::start_over("sse", "/sse")
    }

    /// Ends it and starts it anew at the same address, as a redeployment does.
    pub fn restart(&mut self) {
        self.process.restart();
    }

    /// Its MCP endpoint; over HTTP+SSE, the one for GET.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}{}", self.process.port(), self.path)
    }

    fn start_over(transport: &str, path: &'static str) -> Self {
        let process = Process::start("server-everything", |port| {
            let mut command = node(path_from("INSPECTOR_NODE_MODULES").join(".bin/mcp-server-everything"));
            command.arg(transport).env("PORT", port.to_string());
            command
        });
        Self { process, path }
    }
}
