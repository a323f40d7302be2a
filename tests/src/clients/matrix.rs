//! The matrix: what every client says to every fault, as a text that people read and tests compare.

use std::{collections::BTreeMap, fmt};

use super::{CLIENTS, Client, FAULTS, Fault, Printed};

const HEAD: &str = "\
What seven MCP clients say when a server fails, measured with the real ones against the fault servers of these tests.
A line is the error as it leaves the client: its class, its code, its text in one line. EG> stands for an exception group
around it, whose own text is `unhandled errors in a TaskGroup (1 sub-exception)`. A client that hangs was given a limit
of ten seconds where it has one; what it then says follows. What it told its log or its error callback follows as `log:`
where nothing else tells: when it hangs, or when its error has no text.
";

/// One cell: what the client printed, and the telling lines of its log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What a person sees.
    pub printed: Printed,
    /// What the client told its log.
    pub log: Vec<String>,
}

/// What every client says to every fault.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matrix {
    /// The installed version of each client.
    pub versions: BTreeMap<String, String>,
    /// By the names of the fault and of the client.
    pub cells: BTreeMap<(String, String), Cell>,
}

impl Matrix {
    /// What a client says to a fault, if it was measured.
    pub fn cell(&self, fault: &Fault, client: &Client) -> Option<&Cell> {
        self.cells.get(&(fault.name.to_owned(), client.id.to_owned()))
    }

    /// Reads what `Display` writes; what stands before the list of clients does not matter.
    ///
    /// # Panics
    /// On any other text.
    pub fn parse(text: &str) -> Self {
        let mut matrix = Self::default();
        let mut fault = None;
        let mut last = None;
        for line in text.lines().skip_while(|line| *line != "clients").skip(1) {
            if let Some(log) = line.strip_prefix(INDENT).and_then(|line| line.strip_prefix("log: ")) {
                let cell = last.as_ref().and_then(|at| matrix.cells.get_mut(at)).expect("a client above its log");
                cell.log.push(log.to_owned());
            } else if let Some(row) = line.strip_prefix("  ") {
                let (client, rest) = row.split_at_checked(WIDTH).unwrap_or((row, ""));
                let client = client.trim_end().to_owned();
                match &fault {
                    None => {
                        let version = rest.rsplit(' ').next().unwrap_or_default().to_owned();
                        matrix.versions.insert(client, version);
                    }
                    Some(fault) => {
                        let at = (String::clone(fault), client);
                        matrix.cells.insert(at.clone(), Cell { printed: Printed::parse(rest), log: Vec::new() });
                        last = Some(at);
                    }
                }
            } else if let Some((name, _)) = line.split_once(": ") {
                fault = Some(name.to_owned());
            }
        }
        matrix
    }
}

const WIDTH: usize = 19;
const INDENT: &str = "                       ";

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.printed)?;
        self.log.iter().try_for_each(|line| write!(f, "\nlog: {line}"))
    }
}

impl fmt::Display for Matrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEAD}\nclients")?;
        for client in &CLIENTS {
            let version = self.versions.get(client.id).map_or("not run", String::as_str);
            writeln!(f, "  {:WIDTH$}{}, {version}", client.id, client.name)?;
        }
        for fault in FAULTS {
            writeln!(f, "\n{}: {}", fault.name, fault.about())?;
            for client in &CLIENTS {
                let Some(cell) = self.cell(fault, client) else { continue };
                let cell = cell.to_string();
                let mut lines = cell.lines();
                writeln!(f, "  {:WIDTH$}{}", client.id, lines.next().unwrap_or_default())?;
                lines.try_for_each(|line| writeln!(f, "{INDENT}{line}"))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_back() {
        let versions = CLIENTS.iter().map(|client| (client.id.to_owned(), "1.2.3".to_owned())).collect();
        let mut matrix = Matrix { versions, ..Matrix::default() };
        let log = vec!["streamable_http: Unexpected content type: text/html".to_owned()];
        matrix.cells.insert(("bare-404".into(), "python-1".into()), Cell { printed: Printed::Hangs(None), log });
        matrix.cells.insert(("bare-404".into(), "ai-sdk".into()), Cell { printed: Printed::Works, log: Vec::new() });
        assert_eq!(Matrix::parse(&matrix.to_string()), matrix);
    }
}
