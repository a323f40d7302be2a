//! The MCP clients that people use, and what they say when a server fails: measured with the real ones (feature `live`), and
//! kept as a text that is read without them.

mod faults;
mod matrix;
mod printed;
#[cfg(feature = "live")]
mod program;
#[cfg(feature = "live")]
mod run;
mod said;

pub use faults::{FAULTS, Fault, Transport};
pub use matrix::{Cell, Matrix};
pub use printed::{Printed, Thrown};
#[cfg(feature = "live")]
pub use run::measure;
pub use said::{Verdict, judge, report, table};

/// A client as it is run by the programs of `tests/python` and `tests/node`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client {
    /// Its name in the table of symptoms.
    pub id: &'static str,
    /// What it is called, with the name of its package.
    pub name: &'static str,
    /// What the program calls it.
    key: &'static str,
    program: Program,
}

/// One program for each environment, because starting one takes longer than many runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Program {
    /// Has the Python SDK 1.x.
    Python1,
    /// Has the Python SDK 2.x and FastMCP 4.
    Python2,
    /// Has the TypeScript SDK 1.x and 2.x and the AI SDK.
    Node,
}

/// What is left out of the matrix, because it comes out one way or the other by chance: fault and client.
pub const CHANCE: [(&str, &str); 3] = [
    // Its `server/discover` is refused with an id that it did not send, and the GET that it sends meanwhile is refused too: the
    // first refusal is passed over, or fails the session.
    ("working-get-404", "ai-sdk"),
    ("working-get-500", "ai-sdk"),
    ("working-get-html", "ai-sdk"),
];

/// Every place of the matrix, in its order.
pub fn places() -> impl Iterator<Item = (&'static Fault, &'static Client)> {
    let every = FAULTS.iter().flat_map(|fault| CLIENTS.iter().map(move |client| (fault, client)));
    every.filter(|(fault, client)| !CHANCE.contains(&(fault.name, client.id)))
}

/// Every client that is measured, in the order of the matrix.
pub static CLIENTS: [Client; 7] = [
    Client { id: "python-1", name: "Python, mcp 1.x", key: "mcp", program: Program::Python1 },
    Client { id: "python-2", name: "Python, mcp 2.x", key: "mcp", program: Program::Python2 },
    Client { id: "fastmcp-4", name: "Python, fastmcp 4.x", key: "fastmcp", program: Program::Python2 },
    Client { id: "typescript-1", name: "TypeScript, @modelcontextprotocol/sdk 1.x", key: "typescript-1", program: Program::Node },
    Client {
        id: "typescript-2",
        name: "TypeScript, @modelcontextprotocol/client 2.x",
        key: "typescript-2",
        program: Program::Node,
    },
    Client {
        id: "typescript-2-auto",
        name: "the same with versionNegotiation: auto",
        key: "typescript-2-auto",
        program: Program::Node,
    },
    Client { id: "ai-sdk", name: "TypeScript, @ai-sdk/mcp 2.x", key: "ai-sdk", program: Program::Node },
];
