//! `cargo xtask serve | test | build | bench`: sets up what is missing, then does it.

fn main() {}
