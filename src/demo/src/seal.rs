//! `requestState`: what a stateless server gives a client to bring back, so that it need not remember having asked.
//!
//! It says until when it holds, and proves with a keyed digest that this server gave it for this very call. The digest is a
//! short one from the standard library: enough for a server that guards nothing. One that does needs an HMAC.

use std::hash::{DefaultHasher, Hasher};

use inspector_core::json;
use inspector_core::time::Micros;

use crate::limits::PATIENCE;

/// The state for a call that needs input.
pub(crate) fn seal(seed: u64, tool: &str, arguments: &str, now: Micros) -> String {
    let until = now.saturating_add(PATIENCE).as_millis();
    format!("{until}.{:016x}", digest(seed, tool, arguments, until))
}

/// Whether a state was given for this call, and still holds.
pub(crate) fn holds(seed: u64, tool: &str, arguments: &str, now: Micros, state: &str) -> bool {
    let Some((until, proof)) = state.split_once('.') else { return false };
    let Ok(until) = until.parse::<u64>() else { return false };
    now.as_millis() <= until && proof == format!("{:016x}", digest(seed, tool, arguments, until))
}

fn digest(seed: u64, tool: &str, arguments: &str, until: u64) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write_u64(seed);
    hasher.write_u64(until);
    hasher.write(tool.as_bytes());
    // Token by token: white space may differ when the same arguments are sent again.
    for token in json::scan(arguments).tokens {
        hasher.write(arguments.get(token.range()).unwrap_or_default().as_bytes());
        hasher.write_u8(0);
    }
    hasher.finish()
}
