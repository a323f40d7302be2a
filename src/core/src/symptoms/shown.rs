//! From a recording to what each client would have shown.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::client::{Client, Kind, Versions};
use super::condition::Truth;
use super::read::Table;
use super::sent::speaks_in;
use super::symptom::{Basis, Outcome, ShownBy, Symptom};
use super::template::{Filling, Hole};
use super::wire::Wire;
use crate::id::EventRef;
use crate::trace::Trace;

/// What one client would have shown.
#[derive(Clone, Debug)]
pub struct Shown<'t> {
    /// The client.
    pub client: &'t Client,
    /// What it would have shown; several where versions differ, where the recording leaves it open, or where a log says more.
    /// Nothing when the client would have met no failure.
    pub lines: Vec<Line<'t>>,
}

/// One thing that a client would have shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Line<'t> {
    /// The symptom it is.
    pub symptom: &'t Symptom,
    /// The versions of the client that show it.
    pub versions: &'t Versions,
    /// How we know.
    pub basis: Basis,
    /// Whether the recording leaves no doubt. If not, it is one of several.
    pub sure: bool,
    /// The text, with the name of the error in front as programs print it; `None` when nothing is shown.
    pub text: Option<String>,
    /// What that means, in one plain sentence.
    pub means: String,
    /// The code of the error.
    pub code: Option<String>,
    /// The HTTP status that the client got.
    pub status: Option<u16>,
    /// Where in the recording the client stumbles.
    pub at: EventRef,
}

/// Clients that would have shown the same.
#[derive(Clone, Debug)]
pub struct Alike<'t> {
    /// The clients, in the order of the table.
    pub clients: Vec<&'t Client>,
    /// What they would have shown.
    pub lines: Vec<Line<'t>>,
}

/// Puts those together that would have shown the same, at the place of the first.
pub fn alike(shown: Vec<Shown<'_>>) -> Vec<Alike<'_>> {
    let mut alike: Vec<Alike<'_>> = Vec::new();
    for Shown { client, lines } in shown {
        match alike.iter_mut().find(|one| one.lines == lines) {
            Some(one) => one.clients.push(client),
            None => alike.push(Alike { clients: alloc::vec![client], lines }),
        }
    }
    alike
}

/// What each client would have shown, in the order of the table. A client of which nothing is known for this failure is left out.
pub fn shown<'t>(table: &'t Table, trace: &Trace) -> Vec<Shown<'t>> {
    let met = Wire::all(trace);
    let clients = table.clients.iter().filter(|client| client.kind != Kind::Server && speaks_in(client, trace));
    clients.filter_map(|client| Some(Shown { client, lines: lines(table, client, &met)? })).collect()
}

/// The programs that would have sent something of a recording, and of which it is not known what they would have shown.
pub fn not_known<'t>(table: &'t Table, trace: &Trace) -> Vec<&'t Client> {
    let met = Wire::all(trace);
    let is_program = |client: &&Client| matches!(client.kind, Kind::Sdk | Kind::Host);
    let clients = table.clients.iter().filter(is_program).filter(|client| speaks_in(client, trace));
    clients.filter(|client| lines(table, client, &met).is_none()).collect()
}

/// Whether a browser hid an answer that other clients would have read, so that nobody knows what they show.
pub fn is_hidden(trace: &Trace) -> bool {
    Wire::all(trace).iter().any(Wire::is_hidden)
}

/// What a client would have shown; `None` when that is not known.
fn lines<'t>(table: &'t Table, client: &Client, met: &[Wire<'_>]) -> Option<Vec<Line<'t>>> {
    let mut lines = Vec::new();
    for wire in met.iter().filter(|wire| wire.is_met_by(client)) {
        let here = lines_at(table, client, wire);
        let mut main = here.iter().filter(|line| line.symptom.outcome.is_main()).peekable();
        // What is not known of the first failure cannot be made up for by the next one.
        main.peek()?;
        let goes_on = main.all(|line| line.symptom.outcome == Outcome::Works);
        lines.extend(here);
        if !goes_on {
            break;
        }
    }
    Some(lines)
}

fn lines_at<'t>(table: &'t Table, client: &Client, wire: &Wire<'_>) -> Vec<Line<'t>> {
    let mut lines = Vec::new();
    for symptom in &table.symptoms {
        let told = symptom.outcome.is_main() || symptom.outcome == Outcome::Logs;
        for by in symptom.shown_by.iter().filter(|by| told && by.client == client.id) {
            // Without a condition nothing on the wire is known to lead to it.
            let said = !symptom.when.is_empty() || !by.when.is_empty();
            let truth = symptom.holds(by, |about| wire.fact(client, about));
            if said && truth != Truth::No {
                lines.push(line(symptom, by, wire, truth));
            }
        }
    }
    // What becomes of the request first, then what a log says about it.
    let (mut main, logs): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line.symptom.outcome.is_main());
    main.extend(logs);
    main
}

fn line<'t>(symptom: &'t Symptom, by: &'t ShownBy, wire: &Wire<'_>, truth: Truth) -> Line<'t> {
    Line {
        symptom,
        versions: &by.versions,
        basis: by.basis,
        sure: truth == Truth::Yes,
        text: symptom.printed(|hole| wire.filling(hole)),
        means: symptom.means.fill(|hole| wire.filling(hole)),
        code: symptom.code.as_ref().map(|code| code.fill(|hole| wire.filling(hole))),
        status: wire.status(),
        at: wire.at(),
    }
}

impl Symptom {
    /// The text as programs print it, with the name of the error in front.
    pub fn printed(&self, filling: impl Fn(Hole) -> Filling) -> Option<String> {
        let text = self.shows.as_ref()?.fill(filling);
        let named = match &self.type_name {
            Some(name) => format!("{name}: {text}"),
            None => text,
        };
        Some(self.around.as_ref().map(|around| format!("{around} {named}")).unwrap_or(named))
    }
}
