//! What the Model Context Protocol says: revisions, requests, results, and the words of the specification.

mod facts;
mod requests;
mod revision;
mod spec;

pub use facts::{Capability, ServerFacts, Tool, ToolsPage, read_initialize, read_tools};
pub use requests::{CLIENT_NAME, answer, initialize, initialized, tools_list};
pub use revision::{Ask, Era, Revision};
pub use spec::{SpecNote, Step, rules};
