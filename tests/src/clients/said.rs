//! Whether the table of symptoms says of a failure what a client really said.

use std::{fs, path::Path};

use inspector_core::{
    symptoms::{Basis, Line, Outcome, Table, shown},
    trace::Trace,
};

use super::{Cell, Client, Fault, Printed, Thrown, printed::normal};

/// The table of the project.
pub fn table() -> Table {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/core/src/symptoms");
    let files = |folder: &str| {
        let entries = fs::read_dir(root.join(folder)).expect("the folder of the table");
        let names = entries.map(|entry| entry.expect("a file").file_name().into_string().expect("a name"));
        names.filter(|name| name.ends_with(".txt")).map(|name| format!("{folder}{name}")).collect::<Vec<_>>()
    };
    let mut names = [files(""), files("table/")].concat();
    names.sort();
    let texts: Vec<_> = names.iter().map(|name| fs::read_to_string(root.join(name)).expect("a text")).collect();
    let pairs = names.iter().map(String::as_str).zip(texts.iter().map(String::as_str));
    Table::read(pairs).unwrap_or_else(|error| panic!("{error}"))
}

/// What the table says of one cell.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing that was measured.
    Silent,
    /// What the client said.
    Right,
    /// Something else: this.
    Wrong(String),
}

impl Verdict {
    /// What the table says, where it is not right.
    pub fn claim(&self) -> Option<&str> {
        match self {
            Self::Right => None,
            Self::Silent => Some("nothing that was measured"),
            Self::Wrong(claim) => Some(claim),
        }
    }
}

/// Holds what the table says of a recorded failure against what a client said at the same failure.
pub fn judge(table: &Table, trace: &Trace, client: &Client, version: &str, cell: &Cell) -> Verdict {
    let Some(shown) = shown(table, trace).into_iter().find(|shown| shown.client.id == client.id) else { return Verdict::Silent };
    let meets_a_failure = !shown.lines.is_empty();
    let lines: Vec<_> = shown.lines.into_iter().filter(|line| line.versions.contains(version)).collect();
    let url = trace.about.server.to_string();
    // The client goes on past what it ignores; what it says comes of the failure that it meets last.
    let last = lines.iter().rev().find(|line| line.symptom.outcome.is_main()).map(|line| line.at);
    let main: Vec<_> = lines.iter().filter(|line| line.symptom.outcome.is_main() && Some(line.at) == last).collect();
    let right = match &main[..] {
        [] if meets_a_failure => return Verdict::Silent,
        [] => cell.printed == Printed::Works,
        main if main.iter().all(|line| line.basis == Basis::Reported) => return Verdict::Silent,
        main => main.iter().any(|line| says(line, &cell.printed, &url)),
    };
    let keeps_its_log = matches!(cell.printed, Printed::Hangs(_));
    let logs = lines.iter().filter(|line| line.symptom.outcome == Outcome::Logs && line.sure && line.basis == Basis::Measured);
    let missing: Vec<_> = logs.filter(|line| keeps_its_log && !is_logged(line, cell, &url)).collect();
    if right && missing.is_empty() {
        return Verdict::Right;
    }
    let claims: Vec<_> = if right { missing } else { main }.into_iter().map(|line| told(line, &url)).collect();
    Verdict::Wrong(if claims.is_empty() { "works: it meets no failure".to_owned() } else { claims.join("\n") })
}

/// What a maintainer has to know of a cell: which client of which version, at which fault, and what each witness says.
pub fn report(fault: &Fault, client: &Client, version: &str, witnesses: &[(&str, &str)]) -> String {
    let head = format!("{} {version} at {}: {}", client.name, fault.name, fault.about());
    let told = witnesses.iter().map(|(who, said)| {
        let said: Vec<_> = said.lines().map(str::trim).collect();
        format!("\n  {who:17}{}", said.join(&format!("\n  {:17}", "")))
    });
    told.fold(head, |report, line| report + line.as_str())
}

/// A line of the table in words, with the file it stands in.
fn told(line: &Line<'_>, url: &str) -> String {
    let (outcome, slug, basis) = (line.symptom.outcome.as_str(), &line.symptom.slug, line.basis.as_str());
    let code = line.code.as_ref().map(|code| format!(" (code {code})")).unwrap_or_default();
    let text = line.text.as_ref().map(|text| format!(": {}", normal(text, url))).unwrap_or_default();
    let doubt = if line.sure { "" } else { ", one of several" };
    format!("{outcome}{text}{code}   [{slug}.txt, {basis}{doubt}]")
}

fn says(line: &Line<'_>, printed: &Printed, url: &str) -> bool {
    match (line.symptom.outcome, printed) {
        (Outcome::Works, Printed::Works) | (Outcome::Hangs, Printed::Hangs(None)) => true,
        // Some clients have a time limit from the start: to wait for it is to fail.
        (Outcome::Fails, Printed::Fails(thrown) | Printed::Hangs(Some(thrown)))
        | (Outcome::Hangs, Printed::Hangs(Some(thrown))) => is_thrown(line, thrown, url),
        _ => false,
    }
}

fn is_thrown(line: &Line<'_>, thrown: &Thrown, url: &str) -> bool {
    let code = line.code.as_ref().is_none_or(|code| thrown.code.as_ref().is_some_and(|real| fits(code, real)));
    let full = if thrown.message.is_empty() { thrown.class.clone() } else { format!("{}: {}", thrown.class, thrown.message) };
    code && line.text.as_ref().is_none_or(|text| fits(&normal(text, url), &full))
}

fn is_logged(line: &Line<'_>, cell: &Cell, url: &str) -> bool {
    let Some(text) = &line.text else { return true };
    let text = normal(text, url);
    cell.log.iter().any(|real| real.split_once(": ").is_some_and(|(_, real)| fits(&text, real)))
}

/// Whether a text is what was foretold, `…` standing for what nobody could know. What was foretold may be only the first line of
/// what is printed.
fn fits(foretold: &str, text: &str) -> bool {
    let (foretold, text) = (without_ids(foretold), without_ids(text));
    let mut pieces = foretold.split('…');
    let Some(mut rest) = pieces.next().and_then(|start| text.strip_prefix(start)) else { return false };
    let mut open = false;
    for piece in pieces {
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
        open = piece.is_empty();
    }
    open || rest.is_empty() || rest.starts_with(' ')
}

/// The text without the numbers of requests that a quoted body repeats: every client counts its own.
fn without_ids(text: &str) -> String {
    let mut parts = text.split(r#""id":"#);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| kept + r#""id":"# + part.trim_start_matches(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_text_fits_what_was_foretold_of_it() {
        for (foretold, text) in [
            ("McpError: Session terminated", "McpError: Session terminated"),
            (
                "ValidationError: … validation errors for InitializeResult",
                "ValidationError: 3 validation errors for InitializeResult capabilities",
            ),
            ("Failed to parse JSON response: …", "Failed to parse JSON response: 1 validation error"),
            (r#"Error: {"id":1,"error":{}}"#, r#"Error: {"id":0,"error":{}}"#),
        ] {
            assert!(fits(foretold, text), "{foretold}");
        }
        for (foretold, text) in [
            ("McpError: Session", "McpError: Sessions"),
            ("McpError: Session terminated", "MCPError: Session terminated"),
            ("Waited … seconds.", "Waited ten minutes."),
        ] {
            assert!(!fits(foretold, text), "{foretold}");
        }
    }
}
