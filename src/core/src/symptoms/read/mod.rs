//! Reads the table: small files of `key: value` lines, each fault named with its file and line.

mod lines;
mod small;
mod symptom;

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::client::Client;
use super::hits::Index;
use super::symptom::Symptom;
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
    /// What can be behind something that is met on the wire, the most likely first: by a status, a kind of answer, or words.
    pub behind: Vec<(String, Vec<String>)>,
    /// What pastes are searched for.
    pub(super) index: Index,
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

impl Table {
    /// Reads the files of the table: names relative to its folder, and texts.
    ///
    /// # Errors
    /// The first line that does not say what its place wants.
    pub fn read<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Result<Self, TableError> {
        let mut table = Self::default();
        for (file, text) in files {
            let read = match file {
                "clients.txt" => small::clients(text).map(|clients| table.clients = clients),
                "signs.txt" => small::signs(text).map(|signs| table.signs = signs),
                "behind.txt" => small::behind(text).map(|behind| table.behind = behind),
                _ => {
                    let slug = file.strip_prefix(FOLDER).and_then(|name| name.strip_suffix(".txt")).unwrap_or(file);
                    symptom::symptom(slug, text).map(|symptom| table.symptoms.push(symptom))
                }
            };
            read.map_err(|(line, reason)| TableError { file: file.to_owned(), line, reason })?;
        }
        table.check()?;
        table.index = Index::of(&table);
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

    /// What can be behind something that is met on the wire.
    pub fn behind(&self, name: &str) -> &[String] {
        self.behind.iter().find(|(known, _)| known == name).map_or(&[], |(_, slugs)| slugs)
    }

    fn check(&self) -> Result<(), TableError> {
        for symptom in &self.symptoms {
            let client = symptom.shown_by.iter().find(|by| self.client(&by.client).is_none());
            let group = symptom.causes.groups.iter().find(|group| self.behind(group).is_empty());
            let reason = match (client, group) {
                (Some(by), _) => format!("the client `{}` is not in clients.txt", by.client),
                (None, Some(group)) => format!("`{group}` is not in behind.txt"),
                (None, None) => continue,
            };
            return Err(TableError { file: format!("{FOLDER}{}.txt", symptom.slug), line: 1, reason });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::super::symptom::{Outcome, Search};
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
