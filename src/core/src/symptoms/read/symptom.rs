//! Reads the file of one symptom.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::vec::Vec;

use super::super::client::Versions;
use super::super::condition::Condition;
use super::super::symptom::{Basis, Candidate, Causes, Outcome, Search, ShownBy, Symptom};
use super::super::template::Template;
use super::lines::{Fault, fault, lines, needed, once, slug_in, word};

pub(super) fn symptom(slug: &str, text: &str) -> Result<Symptom, Fault> {
    let last = text.lines().count().max(1);
    let (mut shows, mut type_name, mut code, mut outcome, mut search) = (None, None, None, None, None);
    let (mut around, mut means, mut advice, mut probe, mut source) = (None, None, None, None, None);
    let (mut shown_by, mut when, mut causes) = (Vec::new(), Vec::new(), Causes::default());
    for (line, key, value) in lines(text)? {
        match key {
            "shows" => once(&mut shows, Template::parse(value).map_err(|reason| (line, reason.to_owned()))?, line)?,
            "type" => once(&mut type_name, value.to_owned(), line)?,
            "code" => once(&mut code, Template::parse(value).map_err(|reason| (line, reason.to_owned()))?, line)?,
            "around" => once(&mut around, value.to_owned(), line)?,
            "outcome" => once(&mut outcome, word(&Outcome::ALL, value, line)?, line)?,
            "search" => once(&mut search, word(&Search::NAMED, value, line)?, line)?,
            "measured" => clients_of(value, Basis::Measured, line, &mut shown_by)?,
            "reported" => clients_of(value, Basis::Reported, line, &mut shown_by)?,
            "when" => when.push(Condition::parse(value).map_err(|reason| (line, reason.to_owned()))?),
            "means" => once(&mut means, Template::parse(value).map_err(|reason| (line, reason.to_owned()))?, line)?,
            "cause" => causes.named.push(candidate(value, line)?),
            "causes" if value == "by status" => causes.by_status = true,
            "causes" if value == "by words" => causes.by_words = true,
            "causes" if value.starts_with("as ") => causes.groups.push(slug_in(&value["as ".len()..], line)?),
            "advice" => once(&mut advice, value.to_owned(), line)?,
            "probe" => once(&mut probe, slug_in(value, line)?, line)?,
            "source" => once(&mut source, value.to_owned(), line)?,
            _ => return fault(line, format!("`{key}: {value}` is not known here")),
        }
    }
    if shown_by.is_empty() {
        return fault(last, "`measured` or `reported` is missing");
    }
    let search = search.unwrap_or_default();
    if search == Search::WithType && type_name.is_none() {
        return fault(last, "`type` is missing");
    }
    let outcome = needed(outcome, "outcome", last)?;
    if shows.is_none() && !matches!(outcome, Outcome::Hangs | Outcome::Works) {
        return fault(last, "`shows` is missing");
    }
    Ok(Symptom {
        slug: slug_in(slug, 1)?,
        shows,
        type_name,
        code,
        around,
        outcome,
        search,
        shown_by,
        when,
        means: needed(means, "means", last)?,
        causes,
        advice,
        probe,
        source: needed(source, "source", last)?,
    })
}

/// `python-1, typescript-1 <=1.20`, and what holds for these only: `python-1 when step opening; session no`
fn clients_of(value: &str, basis: Basis, line: usize, out: &mut Vec<ShownBy>) -> Result<(), Fault> {
    let (clients, conditions) = value.split_once(" when ").unwrap_or((value, ""));
    let conditions = conditions.split("; ").filter(|text| !text.is_empty());
    let when: Vec<Condition> =
        conditions.map(|text| Condition::parse(text).map_err(|reason| (line, reason.to_owned()))).collect::<Result<_, _>>()?;
    for entry in clients.split(", ") {
        let (client, versions) = match entry.split_once(' ') {
            Some((client, range)) => {
                (client, Versions::parse(range).ok_or((line, format!("`{range}` is no range of versions")))?)
            }
            None => (entry, Versions::default()),
        };
        out.push(ShownBy { client: slug_in(client, line)?, versions, basis, when: when.clone() });
    }
    Ok(())
}

/// `session-stale`, or `session-stale: it worked before.`
fn candidate(value: &str, line: usize) -> Result<Candidate, Fault> {
    let (slug, apart) = value.split_once(": ").map_or((value, None), |(slug, apart)| (slug, Some(apart.to_owned())));
    Ok(Candidate { slug: slug_in(slug, line)?, apart })
}
