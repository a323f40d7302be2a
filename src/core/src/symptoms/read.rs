//! Reads the table: small files of `key: value` lines, each fault named with its file and line.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use super::client::{Client, Kind, Speaks, Versions};
use super::condition::Condition;
use super::symptom::{Basis, Candidate, Causes, Outcome, Search, ShownBy, Symptom};
use super::template::Template;
use crate::json;

/// The folder of the symptoms; the other files stand beside it.
const FOLDER: &str = "table/";

/// Everything known of clients and what they show.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The clients, in the order they are shown in.
    pub clients: Vec<Client>,
    /// What they show, by slug.
    pub symptoms: Vec<Symptom>,
    /// How a cause is told from what looks like it: its slug, the words, and the probe that shows it.
    pub signs: Vec<Sign>,
    /// What can be behind a status, the most likely first.
    pub statuses: Vec<(u16, Vec<String>)>,
}

/// How a cause is told from what looks like it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// The cause.
    pub slug: String,
    /// What separates it.
    pub apart: String,
}

/// Why a file of the table cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableError {
    /// The file.
    pub file: String,
    /// The line, counted from 1; the last one when something is missing.
    pub line: usize,
    /// What is wrong there, as half a sentence.
    pub reason: String,
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}: {}", self.file, self.line, self.reason)
    }
}

/// What is wrong with one line.
type Fault = (usize, String);

impl Table {
    /// Reads the files of the table: names relative to its folder, and texts.
    ///
    /// # Errors
    /// The first line that does not say what its place wants.
    pub fn read<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Result<Self, TableError> {
        let mut table = Self::default();
        for (file, text) in files {
            let read = match file {
                "clients.txt" => clients(text).map(|clients| table.clients = clients),
                "signs.txt" => signs(text).map(|signs| table.signs = signs),
                "statuses.txt" => statuses(text).map(|statuses| table.statuses = statuses),
                _ => {
                    let slug = file.strip_prefix(FOLDER).and_then(|name| name.strip_suffix(".txt")).unwrap_or(file);
                    symptom(slug, text).map(|symptom| table.symptoms.push(symptom))
                }
            };
            read.map_err(|(line, reason)| TableError { file: file.to_owned(), line, reason })?;
        }
        table.check()?;
        Ok(table)
    }

    /// Reads the table from the one file that the page loads: a JSON object from the name of each file to its text.
    ///
    /// # Errors
    /// That it is no such object, or the first line of a file that does not say what its place wants.
    pub fn from_json(text: &str) -> Result<Self, TableError> {
        let scan = json::scan(text);
        let root = scan.root(text).filter(|root| root.is_object() && scan.error.is_none());
        let entries = root.into_iter().flat_map(|root| root.entries());
        let files: Vec<(String, String)> =
            entries.filter_map(|(name, text)| Some((name.into_owned(), text.as_str()?.into_owned()))).collect();
        if files.is_empty() {
            return Err(TableError { file: String::new(), line: 1, reason: "this is no table of symptoms".to_owned() });
        }
        Self::read(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))
    }

    /// The client of that id.
    pub fn client(&self, id: &str) -> Option<&Client> {
        self.clients.iter().find(|client| client.id == id)
    }

    /// The symptom of that slug.
    pub fn symptom(&self, slug: &str) -> Option<&Symptom> {
        self.symptoms.iter().find(|symptom| symptom.slug == slug)
    }

    /// What separates a cause from what looks like it, in general.
    pub fn sign(&self, slug: &str) -> Option<&str> {
        self.signs.iter().find(|sign| sign.slug == slug).map(|sign| sign.apart.as_str())
    }

    /// What can be behind a status.
    pub fn behind_status(&self, status: u16) -> &[String] {
        self.statuses.iter().find(|(known, _)| *known == status).map_or(&[], |(_, slugs)| slugs)
    }

    fn check(&self) -> Result<(), TableError> {
        for symptom in &self.symptoms {
            if let Some(by) = symptom.shown_by.iter().find(|by| self.client(&by.client).is_none()) {
                let reason = format!("the client `{}` is not in clients.txt", by.client);
                return Err(TableError { file: format!("{FOLDER}{}.txt", symptom.slug), line: 1, reason });
            }
        }
        Ok(())
    }
}

/// The `key: value` lines of a text with their numbers; blank lines and those that begin with `#` say nothing.
fn lines(text: &str) -> Result<Vec<(usize, &str, &str)>, Fault> {
    let said = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    said.map(|(at, line)| {
        let (key, value) = line.split_once(": ").ok_or((at + 1, "`key: value` is expected".to_owned()))?;
        let sound = !value.is_empty() && value.trim_start() == value && !key.contains(' ');
        if sound { Ok((at + 1, key, value)) } else { Err((at + 1, "`key: value` is expected".to_owned())) }
    })
    .collect()
}

fn fault<T>(line: usize, reason: impl ToString) -> Result<T, Fault> {
    Err((line, reason.to_string()))
}

fn word<T: Copy>(known: &[(&str, T)], value: &str, line: usize) -> Result<T, Fault> {
    known.iter().find(|(word, _)| *word == value).map(|(_, it)| *it).ok_or((line, format!("`{value}` is not known here")))
}

/// Puts a value where none is yet.
fn once<T>(slot: &mut Option<T>, value: T, line: usize) -> Result<(), Fault> {
    if slot.replace(value).is_some() { fault(line, "this was said before") } else { Ok(()) }
}

fn needed<T>(slot: Option<T>, key: &str, last: usize) -> Result<T, Fault> {
    slot.ok_or((last, format!("`{key}` is missing")))
}

fn symptom(slug: &str, text: &str) -> Result<Symptom, Fault> {
    let last = text.lines().count().max(1);
    let (mut shows, mut type_name, mut code, mut outcome, mut search) = (None, None, None, None, None);
    let (mut around, mut means, mut probe, mut source) = (None, None, None, None);
    let (mut shown_by, mut when, mut causes) = (Vec::new(), Vec::new(), Causes::default());
    for (line, key, value) in lines(text)? {
        match key {
            "shows" => once(&mut shows, Template::parse(value).map_err(|reason| (line, reason.to_owned()))?, line)?,
            "type" => once(&mut type_name, value.to_owned(), line)?,
            "code" => once(&mut code, Template::parse(value).map_err(|reason| (line, reason.to_owned()))?, line)?,
            "around" => once(&mut around, value.to_owned(), line)?,
            "outcome" => once(&mut outcome, word(&Outcome::ALL, value, line)?, line)?,
            "search" => {
                once(&mut search, word(&[("with-type", Search::WithType), ("never", Search::Never)], value, line)?, line)?
            }
            "measured" => clients_of(value, Basis::Measured, line, &mut shown_by)?,
            "reported" => clients_of(value, Basis::Reported, line, &mut shown_by)?,
            "when" => when.push(Condition::parse(value).map_err(|reason| (line, reason.to_owned()))?),
            "means" => once(&mut means, value.to_owned(), line)?,
            "cause" => causes.named.push(candidate(value, line)?),
            "causes" if value == "by status" => causes.by_status = true,
            "causes" if value == "by words" => causes.by_words = true,
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

fn slug_in(value: &str, line: usize) -> Result<String, Fault> {
    let sound = value.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if sound && !value.is_empty() { Ok(value.to_owned()) } else { fault(line, format!("`{value}` is no name")) }
}

fn clients(text: &str) -> Result<Vec<Client>, Fault> {
    let mut clients: Vec<Client> = Vec::new();
    for (line, key, value) in lines(text)? {
        if key == "client" {
            let id = slug_in(value, line)?;
            if clients.iter().any(|known| known.id == id) {
                return fault(line, "this client is there already");
            }
            let (name, versions, hints) = (String::new(), String::new(), Vec::new());
            clients.push(Client { id, name, versions, kind: Kind::Sdk, speaks: Speaks::Handshake, hints });
            continue;
        }
        let Some(client) = clients.last_mut() else { return fault(line, "`client` comes first") };
        match key {
            "name" => value.clone_into(&mut client.name),
            "versions" => value.clone_into(&mut client.versions),
            "kind" => client.kind = word(&Kind::ALL, value, line)?,
            "speaks" => client.speaks = word(&[("handshake", Speaks::Handshake), ("both", Speaks::Both)], value, line)?,
            "hint" => client.hints.push(value.to_owned()),
            _ => return fault(line, format!("`{key}` is not known here")),
        }
    }
    match clients.iter().find(|client| client.name.is_empty()) {
        Some(client) => fault(text.lines().count(), format!("`name` of {} is missing", client.id)),
        None => Ok(clients),
    }
}

fn signs(text: &str) -> Result<Vec<Sign>, Fault> {
    let sign = |(line, slug, apart): (usize, &str, &str)| Ok(Sign { slug: slug_in(slug, line)?, apart: apart.to_owned() });
    lines(text)?.into_iter().map(sign).collect()
}

fn statuses(text: &str) -> Result<Vec<(u16, Vec<String>)>, Fault> {
    let status = |(line, status, slugs): (usize, &str, &str)| {
        let status = status.parse().map_err(|_| (line, "a status is expected".to_owned()))?;
        let slugs = slugs.split(", ").map(|slug| slug_in(slug, line)).collect::<Result<_, _>>()?;
        Ok((status, slugs))
    };
    lines(text)?.into_iter().map(status).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLIENTS: &str =
        "client: python-1\nname: Python SDK\nversions: 1.8 to 1.30\nkind: sdk\nspeaks: handshake\nhint: McpError\n";
    const SYMPTOM: &str = "# Any 404.\nshows: Session terminated\noutcome: fails\nmeasured: python-1 >=1.8\nwhen: status 404\n\
                           means: A request was answered with 404.\ncause: session-stale: It worked before.\nsource: run\n";

    fn read(symptom: &str) -> Result<Table, TableError> {
        Table::read([("clients.txt", CLIENTS), ("table/a-b.txt", symptom)])
    }

    #[test]
    fn a_symptom_is_read_from_its_lines() {
        let table = read(SYMPTOM).unwrap();
        let symptom = table.symptom("a-b").unwrap();
        assert_eq!((symptom.outcome, symptom.when.len(), symptom.search), (Outcome::Fails, 1, Search::Text));
        assert_eq!(symptom.shown_by[0].versions.to_string(), "1.8 and later");
        assert_eq!(symptom.causes.named[0].apart.as_deref(), Some("It worked before."));
        assert_eq!(table.client("python-1").unwrap().hints, ["McpError"]);
    }

    #[test]
    fn every_fault_names_its_line() {
        for (from, to, line) in [
            ("shows: Session terminated", "shows: Session {nope}", 2),
            ("outcome: fails", "outcome: explodes", 3),
            ("outcome: fails", "outcome: fails\noutcome: fails", 4),
            ("outcome: fails\n", "", 7),
            ("python-1 >=1.8", "python-1 someday", 4),
            ("python-1 >=1.8", "Python", 4),
            ("when: status 404", "when: status red", 5),
            ("means: A request was answered with 404.", "means:", 6),
            ("cause: session-stale", "cause: Session stale", 7),
            ("source: run", "sauce: run", 8),
        ] {
            let error = read(&SYMPTOM.replace(from, to)).unwrap_err();
            assert_eq!((error.file.as_str(), error.line), ("table/a-b.txt", line), "{to}: {error}");
        }
    }

    #[test]
    fn a_client_has_to_be_known() {
        let error = read(&SYMPTOM.replace("python-1", "perl")).unwrap_err();
        assert_eq!(error.reason, "the client `perl` is not in clients.txt");
    }

    #[test]
    fn the_table_is_read_from_one_json_file_too() {
        let json = format!("{{\"clients.txt\":{},\"table/a-b.txt\":{}}}", json::quote(CLIENTS), json::quote(SYMPTOM));
        assert_eq!(Table::from_json(&json).unwrap().symptoms, read(SYMPTOM).unwrap().symptoms);
        assert!(Table::from_json("[]").is_err() && Table::from_json("{").is_err());
    }
}
