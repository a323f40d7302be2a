//! npm server-everything over Streamable HTTP: the TypeScript SDK, with sessions, event streams and CORS.

use std::process::Command;

use crate::process::{Process, path_from};

/// A running server-everything.
pub struct Everything(Process);

impl Everything {
    /// Starts it from the `node_modules` folder in `INSPECTOR_NODE_MODULES`.
    pub fn start() -> Self {
        let program = path_from("INSPECTOR_NODE_MODULES").join(".bin/mcp-server-everything");
        Self(Process::start("server-everything", |port| {
            let mut command = Command::new(program);
            command.arg("streamableHttp").env("PORT", port.to_string());
            command
        }))
    }

    /// Its MCP endpoint.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/mcp", self.0.port())
    }
}
