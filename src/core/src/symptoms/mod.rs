//! What clients show, in both directions: from a text that a person pastes to what can be behind it, and from a recorded failure
//! to what each client would have said.
//!
//! Everything known of clients is data: [`Table`] is read from small text files, one for each symptom, that the page loads when
//! asked for. A text is written once, with holes; the same template is searched with and predicts.

mod bare;
mod client;
mod condition;
mod evidence;
mod hits;
mod manner;
mod paste;
mod rank;
mod read;
mod search;
mod sent;
mod shown;
mod symptom;
mod telling;
mod template;
mod wire;

pub use client::{Client, Kind, Speaks, Versions};
pub use condition::{About, Condition, Fact, Truth};
pub use paste::Unread;
pub use read::{Table, TableError};
pub use search::{Found, Reading, Suspect, Telling, search};
pub use shown::{Alike, Line, Shown, alike, is_hidden, not_known, shown};
pub use symptom::{Basis, Candidate, Causes, Outcome, Search, ShownBy, Symptom};
pub use template::{Filling, Hit, Hole, Template};
pub use wire::Wire;
