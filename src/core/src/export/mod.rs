//! Ways to take a recording elsewhere.

mod curl;

pub use curl::{Shell, curl};
