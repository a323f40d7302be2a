//! Whether two JSON texts have the same value, whatever their spelling.

use alloc::string::String;

use super::number::decimal;
use crate::json::{self, Kind};

/// Whether two JSON texts mean the same: numbers by value, strings by their characters; the order of members counts.
pub fn same(one: &str, other: &str) -> bool {
    one == other || canonical(one) == canonical(other)
}

/// A text that is equal for equal values. Not JSON.
pub(super) fn canonical(text: &str) -> String {
    let scan = json::scan(text);
    let mut out = String::with_capacity(text.len());
    for token in &scan.tokens {
        let raw = text.get(token.range()).unwrap_or_default();
        match token.kind {
            Kind::Key | Kind::String => out.push_str(&json::quote(&json::string_value(raw))),
            Kind::Number => decimal(raw).write(&mut out),
            _ => out.push_str(raw),
        }
        out.push(' ');
    }
    out
}
