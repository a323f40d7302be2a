//! The start of a probe: its file and its registration.

use super::{Register, Written, check, write_all};
use crate::process::{Outcome, read, write};
use std::path::{Path, PathBuf};

/// Where the probes are registered, in the order a checkup tries them. What opens sessions of its own comes last.
const REGISTER: Register = Register {
    file: "src/core/src/probe/probes/mod.rs",
    item: "PROBE",
    above: "    &parallel_requests::PROBE,\n",
    place: "the place at which a checkup tries it",
};

/// What is to be done after the files are there.
pub(super) const NEXT: &str = "\
  cargo test -p inspector-core --test starts --test probes    says what is left to do

ARCHITECTURE.md, “How to add a probe”, says what each part is for. A checkup sends at most 25 requests, this one's included.";

/// Writes every file that a probe needs.
///
/// # Errors
/// When the slug cannot be one or is taken, or a file cannot be read or written.
pub(super) fn start(root: &Path, slug: &str) -> Outcome<Vec<PathBuf>> {
    check(slug, false)?;
    let module = slug.replace('-', "_");
    let register = REGISTER.with(&read(&root.join(REGISTER.file))?, &module)?;
    let path = format!("src/core/src/probe/probes/{module}.rs").into();
    let text = include_str!("templates/probe.rs.template").replace("{slug}", slug);
    let mut written = write_all(root, &[Written { path, text }])?;
    write(&root.join(REGISTER.file), register)?;
    written.push(REGISTER.file.into());
    Ok(written)
}
