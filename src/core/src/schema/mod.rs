//! Forms from JSON Schema: what a person may fill in, what they typed as exact JSON, and the way back.
//!
//! [`form`] reads a schema (2020-12, and the words of draft-07 that differ) into fields; [`start`] gives them their defaults;
//! [`fill`] writes what was typed as JSON and says what the schema has against it; [`read_back`] turns JSON into answers again.
//! Nothing is fetched, and nothing here ever keeps JSON from being sent: servers are also to be tested with bad input.
//!
//! What a form cannot express is a field of its own kind, [`Kind::Raw`], typed as JSON, with the reason for it.

mod answer;
mod build;
mod canonical;
mod check;
mod fill;
mod flaw;
mod form;
mod format;
mod gather;
mod number;
mod options;
mod pattern;
mod refs;
mod why;
mod words;

use alloc::string::String;

pub use answer::{Answer, Loss, at, put, read_back, start};
pub use build::form;
pub use canonical::same;
pub use check::flaws;
pub use fill::fill;
pub use flaw::{Flaw, Problem};
pub use form::{Bound, Choice, Field, Form, Group, Kind, Note, Span};
pub use why::Why;

/// The object that a schema gives when nobody touches its form: every default, and every value that has no alternative.
pub fn defaults(schema: &str) -> String {
    let form = form(schema);
    fill(&form, &start(&form)).0
}

/// Goes one step further in a JSON Pointer (RFC 6901 §3).
pub fn step(path: &mut String, name: &str) {
    path.push('/');
    for c in name.chars() {
        match c {
            '~' => path.push_str("~0"),
            '/' => path.push_str("~1"),
            c => path.push(c),
        }
    }
}
