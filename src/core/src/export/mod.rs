//! Ways to take a recording elsewhere.

pub mod curl;
