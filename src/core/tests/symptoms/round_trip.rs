//! From a recorded failure to what clients show, and from there back to its cause.

use inspector_core::diagnose::{Kind, diagnose};
use inspector_core::symptoms::{Line, Outcome, search, shown};

use super::{cause_fixtures, table};

/// What a client shows that does not lead back: the recording, the client, and why.
const LOST: &[(&str, &str, &str)] = &[
    (
        "legacy-sse-server.post",
        "*",
        "a stream that names an address and ends looks to clients like any that ends without the answer",
    ),
    (
        "version-unsupported.older",
        "*",
        "the words name no protocol, and the list of revisions beside them is printed by no client",
    ),
    (
        "redirect-dropped-token.quiet",
        "python-1",
        "up to 1.25 a redirect may have become a GET: then nothing of the refusal is left",
    ),
];

#[test]
fn what_a_client_shows_leads_back_to_the_cause() {
    let table = table();
    let mut lost = Vec::new();
    let mut found = 0;
    for (name, recording) in cause_fixtures() {
        let findings = diagnose(&recording.trace);
        let Some(root) = findings.iter().find(|finding| finding.kind == Kind::Problem) else { continue };
        for of in shown(table, &recording.trace) {
            let fails =
                of.lines.iter().filter(|line| matches!(line.symptom.outcome, Outcome::Fails | Outcome::Hangs | Outcome::Logs));
            for (line, text) in fails.filter_map(|line| Some((line, line.text.clone()?))) {
                let excused = LOST.iter().any(|(at, by, _)| {
                    (*at == name || name.starts_with(&format!("{at}."))) && (*by == of.client.id || *by == "*")
                });
                if excused {
                    continue;
                }
                let paste = printed(&text, line);
                let suspects: Vec<String> = search(table, &paste).causes.into_iter().map(|suspect| suspect.slug).collect();
                if suspects.iter().any(|slug| slug == root.cause.slug) {
                    found += 1;
                } else {
                    lost.push(format!(
                        "{name} {} {} {}: {paste:.100}\n    {suspects:?}",
                        of.client.id, line.symptom.slug, root.cause.slug
                    ));
                }
            }
        }
    }
    let all = lost.len() + found;
    let advice = "name the cause where its text is (src/symptoms/table), or behind the status, the kind of answer or the words (behind.txt)";
    assert!(lost.is_empty(), "{} of {all} do not lead back to their cause: {advice}\n{}", lost.len(), lost.join("\n"));
}

/// What a program prints of an error: its text, with something in the place of what nobody can know, and its fields below.
fn printed(text: &str, line: &Line<'_>) -> String {
    let mut out = text.replace('…', "1");
    if let Some(code) = &line.code {
        out += &format!("\n  code: {code}");
    }
    if let Some(status) = line.status.filter(|_| line.symptom.type_name.as_deref() == Some("SdkHttpError")) {
        out += &format!("\n  data: {{ status: {status}");
    }
    out
}
