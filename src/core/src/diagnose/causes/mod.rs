//! The causes, one file each, in ranking order.
//!
//! What explains the most stands first: what was wrong before anything was sent, then what kept the request from the
//! server, then what the server refused by name, then what its answer was, and last what only a status says.

mod server_unreachable;
mod session_stale;
mod token_rejected;

use super::Cause;

/// Every cause, in ranking order.
pub(super) const ALL: &[&Cause] = &[&server_unreachable::CAUSE, &session_stale::CAUSE, &token_rejected::CAUSE];
