//! What a checkup says of servers, as a page of the documentation.

use std::fmt::{Result, Write};

use inspector_core::{
    probe::{self, Entry, Verdict},
    trace::{LeftOut, Trace, letter},
};

use crate::docs::cell;

/// A server that was checked.
pub struct Checked {
    /// What it is made with.
    pub title: String,
    /// How it is set up, in a sentence.
    pub about: &'static str,
    /// The recording of the checkup.
    pub trace: Trace,
}

impl Checked {
    /// Its name in the head of a column.
    fn name(&self) -> String {
        let spoken = self.trace.spoken().map(|spoken| spoken.revision.to_string()).unwrap_or_default();
        format!("{}, {spoken}", self.title)
    }

    /// What was said, without what differs from run to run: the port, and the ids of sessions.
    fn stable(&self, text: &str) -> String {
        let origin = self.trace.about.server.origin();
        let host = origin.split("://").last().unwrap_or_default();
        let text = text.replace(host, "localhost");
        let name = |text: String, (n, id): (usize, &str)| text.replace(id, &format!("session-{}", letter(n)));
        self.trace.sessions().iter().map(|line| line.id.as_str()).enumerate().fold(text, name)
    }
}

/// The page as Markdown.
pub fn page(all: &[Checked]) -> String {
    let mut page = String::new();
    write(&mut page, all).expect("a string");
    page
}

fn write(page: &mut String, all: &[Checked]) -> Result {
    writeln!(
        page,
        "# Checkups of real servers\n\n\
        What **Run checkup** says of servers as their SDKs make them: what it tries, what the specification expects at the revision\n\
        that is spoken, what came, and the verdict. The servers run on this computer and are asked over sockets, where nothing is hidden;\n\
        in a page, some of it is hidden by CORS and then stands as “cannot be seen from a page”. `tests/tests/live_checkup.rs` runs\n\
        this and holds the page; `INSTA_UPDATE=always` writes it. The programs are in `tests/python` and `tests/node`.\n\n\
        “As expected” is also what the specification leaves open. “Handshake”: it has shown that already. A dash: it could not be tried, and\n\
        the section of the server says why.\n"
    )?;
    glance(page, all)?;
    all.iter().try_for_each(|checked| section(page, checked))
}

/// Probes against servers: nothing but the verdicts.
fn glance(page: &mut String, all: &[Checked]) -> Result {
    let matrices: Vec<_> = all.iter().map(|checked| probe::matrix(&checked.trace)).collect();
    let heads: Vec<String> = all.iter().map(Checked::name).collect();
    writeln!(page, "| | {} |\n|---|{}", heads.join(" | "), "---|".repeat(all.len()))?;
    for (n, probe) in probe::all().iter().enumerate() {
        let verdicts: Vec<_> = matrices.iter().map(|matrix| glimpse(&matrix[n])).collect();
        writeln!(page, "| {} | {} |", cell(probe.title), verdicts.join(" | "))?;
    }
    Ok(())
}

/// A verdict in one or two words; a dash for what could not be tried.
fn glimpse(entry: &Entry<'_>) -> &'static str {
    let why = entry.tried.as_ref().and_then(|(run, _)| run.left_out);
    if why == Some(LeftOut::Shown) { "handshake" } else { brief(entry.verdict()) }
}

const fn brief(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::AsExpected => "as expected",
        Verdict::Differs => "**differs**",
        Verdict::Unseen => "not seen",
        Verdict::NotTried => "–",
    }
}

/// One server: each probe with the rules, what came for each of its requests, and what that means.
fn section(page: &mut String, checked: &Checked) -> Result {
    let trace = &checked.trace;
    let matrix = probe::matrix(trace);
    writeln!(page, "\n## {}\n\n{}", checked.name(), checked.about)?;
    writeln!(page, "{} requests, the handshake included: {}.\n", trace.exchanges().len(), probe::tally(&matrix))?;
    writeln!(page, "| what was tried | what the specification says | what came | verdict | requests |\n|---|---|---|---|---|")?;
    for entry in matrix.iter().filter(|entry| entry.verdict() != Verdict::NotTried) {
        row(page, checked, entry)?;
    }
    let left_out: Vec<_> = matrix.iter().filter(|entry| entry.verdict() == Verdict::NotTried).collect();
    if !left_out.is_empty() {
        writeln!(page, "\nNot tried:\n")?;
    }
    for entry in left_out {
        let why = entry.tried.as_ref().map(|(_, judged)| judged.says.as_str()).unwrap_or_default();
        writeln!(page, "- {}: {why}", entry.probe.title)?;
    }
    Ok(())
}

fn row(page: &mut String, checked: &Checked, entry: &Entry<'_>) -> Result {
    let Some((run, judged)) = &entry.tried else { return Ok(()) };
    let rules: Vec<_> = probe::expects(entry.probe, &checked.trace).into_iter().map(|note| note.text).collect();
    let came = run.steps.iter().filter_map(|id| checked.trace.exchange(*id));
    let came: Vec<_> = came.map(|exchange| probe::words(&checked.trace, exchange)).collect();
    writeln!(
        page,
        "| {} | {} | {} `{}` | {} | {} |",
        cell(entry.probe.title),
        cell(&rules.join(" ")),
        cell(&checked.stable(&judged.says)),
        cell(&checked.stable(&told(&came).join("`, `"))),
        brief(judged.verdict),
        run.steps.len() + run.ends.len()
    )
}

/// What came for each request, in order; what came several times in a row is told once.
fn told(came: &[String]) -> Vec<String> {
    let alike = came.chunk_by(|one, next| one == next);
    alike.map(|alike| if alike.len() > 1 { format!("{} × {}", alike.len(), alike[0]) } else { alike[0].clone() }).collect()
}
