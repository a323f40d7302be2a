//! The start of a cause: its file, its page, a recording in which it is found and one in which it is not, and its registration.

use super::{Register, Written, check, write_all};
use crate::process::{Outcome, read, write};
use std::path::{Path, PathBuf};

/// Where the causes are registered, in ranking order. The last resort takes what no other one knows.
const REGISTER: Register = Register {
    file: "src/core/src/diagnose/causes/mod.rs",
    item: "CAUSE",
    above: "    &request_refused::CAUSE,\n",
    place: "its rank",
};

/// What is to be done after the files are there.
pub(super) const NEXT: &str = "\
In causes/mod.rs, move its line to the rank it has: the causes are asked in order, and what one explains those below do not see.

  cargo test -p inspector-core --test starts --test diagnose --test diagnose_pages    says what is left to do
  INSTA_UPDATE=always cargo test -p inspector-core --test diagnose --test diagnose_pages
                                                                                      accepts its report, lists its page

Then let a server fail that way: a scenario in tests/src/fault/scenarios. ARCHITECTURE.md, “How to add a cause”, has the rest.";

/// Writes every file that a cause needs.
///
/// # Errors
/// When the slug cannot be one or is taken, or a file cannot be read or written.
pub(super) fn start(root: &Path, slug: &str) -> Outcome<Vec<PathBuf>> {
    check(slug, false)?;
    let module = slug.replace('-', "_");
    let register = REGISTER.with(&read(&root.join(REGISTER.file))?, &module)?;
    let files = [
        (format!("src/core/src/diagnose/causes/{module}.rs"), include_str!("templates/cause.rs.template")),
        (format!("src/core/src/diagnose/pages/{slug}.md"), include_str!("templates/page.md.template")),
        (format!("src/core/fixtures/causes/{slug}.trace"), include_str!("templates/fires.trace.template")),
        (format!("src/core/fixtures/causes/{slug}.quiet.trace"), include_str!("templates/quiet.trace.template")),
    ];
    let files = files.map(|(path, text)| Written { path: path.into(), text: text.replace("{slug}", slug) });
    let mut written = write_all(root, &files)?;
    write(&root.join(REGISTER.file), register)?;
    written.push(REGISTER.file.into());
    Ok(written)
}
