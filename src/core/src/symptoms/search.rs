//! From what a person pastes to what can be behind it.

use alloc::string::String;
use alloc::vec::Vec;

use super::bare;
use super::client::{Client, Versions};
use super::evidence::Evidence;
use super::hits::{self, Found as Hit};
use super::paste::{Line, Paste, Unread};
use super::rank;
use super::read::Table;
use super::symptom::{Basis, Outcome, Symptom};
use super::telling::{Tier, telling, tier};
use super::template::Filling;
use crate::diagnose::Certainty;
use crate::sort::sort_by;

/// The longest line that is quoted, in characters.
const QUOTE_CHARS: usize = 400;

/// So many other texts of a paste are named.
const ALSO: usize = 6;

/// What was found in a paste.
#[derive(Clone, Debug, Default)]
pub struct Found<'t> {
    /// The line that tells the most; `None` when no line looks like an error.
    pub telling: Option<Telling>,
    /// What it can be, the best first. Nothing when nobody here knows it.
    pub readings: Vec<Reading<'t>>,
    /// What can be behind it, in order.
    pub causes: Vec<Suspect>,
    /// The probes that tell the causes apart.
    pub probes: Vec<String>,
    /// Other texts that are known, with the numbers of their lines.
    pub also: Vec<(usize, &'t Symptom)>,
    /// What to do, where no answer of a server is behind it.
    pub advice: Option<&'t str>,
    /// What of the paste was not searched.
    pub unread: Option<Unread>,
}

/// A line of a paste.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    /// Its number, from 1.
    pub line: usize,
    /// Its text without colours and frames, cut where it is long.
    pub text: String,
}

/// One way to read the telling line.
#[derive(Clone, Debug)]
pub struct Reading<'t> {
    /// The symptom it is.
    pub symptom: &'t Symptom,
    /// What it means here.
    pub means: String,
    /// Who shows it, of those that the paste leaves open.
    pub shown_by: Vec<(&'t Client, &'t Versions, Basis)>,
}

/// A cause that can be behind a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspect {
    /// Its slug.
    pub slug: String,
    /// How sure: likely or possible, never proven by a text alone.
    pub certainty: Certainty,
    /// Whether it is only a remote possibility.
    pub remote: bool,
    /// What separates it from the others.
    pub apart: String,
}

/// Searches a paste: a line, a stack trace, or a whole log. Only what the table knows is said; time is linear in its length.
pub fn search<'t>(table: &'t Table, text: &str) -> Found<'t> {
    let mut paste = Paste::read(text);
    let all = hits::all(table, &mut paste);
    let outer = hits::outermost(&all);
    let best = telling(&paste, &outer);
    // What only says that another text counts says less than a status does.
    let bare = if best.is_none_or(|best| tier(best) >= Tier::Wrapper) { bare::find(table, &paste) } else { None };
    let Some(best) = bare.as_ref().or(best) else {
        return Found { telling: last_error(&paste).map(quote), unread: paste.unread, ..Found::default() };
    };
    // Of a wrapper alone nothing follows, but that the error inside it is one that nobody here knows.
    let inner = last_error(&paste).filter(|_| best.symptom.outcome == Outcome::Wraps);
    if let Some(leaf) = inner.filter(|line| !outer.iter().any(|hit| core::ptr::eq(&paste.lines[hit.line], *line))) {
        return Found { telling: Some(quote(leaf)), unread: paste.unread, ..Found::default() };
    }
    let line = &paste.lines[best.line];
    let alike = |hit: &&Hit<'_>| hit.line == best.line && hit.range == best.range;
    let together = outer.iter().copied().chain(bare.as_ref()).filter(alike).collect();
    let together = of_this_type(line, together);
    let readings = readings(table, &paste, &together);
    let evidence = Evidence::of(&paste, &together, &all);
    let causes = rank::causes(table, &readings, &evidence);
    let mut probes: Vec<String> = Vec::new();
    for probe in readings.iter().filter_map(|reading| reading.symptom.probe.as_ref()) {
        if !probes.contains(probe) {
            probes.push(probe.clone());
        }
    }
    let also = also(&paste, &outer, best);
    let advice = readings.iter().find_map(|reading| reading.symptom.advice.as_deref());
    Found { telling: Some(quote(line)), readings, causes, probes, also, advice, unread: paste.unread }
}

/// Of several readings those whose name of the error is the one on the line, when it is that of one of them.
fn of_this_type<'h, 't>(line: &Line, together: Vec<&'h Hit<'t>>) -> Vec<&'h Hit<'t>> {
    let Some(name) = together.first().and_then(|hit| hits::type_before(line, hit.range.start)) else { return together };
    let is = |hit: &&Hit<'_>| hit.symptom.type_name.as_deref() == Some(name);
    if together.iter().any(is) { together.into_iter().filter(is).collect() } else { together }
}

/// The ways to read a text that the rest of the paste leaves open: by the code of the error, and by who is hinted at.
fn readings<'t>(table: &'t Table, paste: &Paste, together: &[&Hit<'t>]) -> Vec<Reading<'t>> {
    let codes: Vec<&str> =
        together.iter().filter_map(|hit| plain_code(hit.symptom)).filter(|code| says_code(paste, code)).collect();
    let open = |symptom: &Symptom| codes.is_empty() || plain_code(symptom).is_none_or(|code| codes.contains(&code));
    let named = |client: &&Client| together.iter().any(|hit| hit.symptom.shown_by.iter().any(|by| by.client == client.id));
    let hinted: Vec<(&str, usize)> =
        table.clients.iter().filter(named).map(|client| (client.id.as_str(), hints(client, paste))).collect();
    let hints = |client: &Client| hinted.iter().find(|(id, _)| *id == client.id).map_or(0, |(_, hints)| *hints);
    let mut readings: Vec<(usize, Reading<'t>)> = Vec::new();
    for hit in together.iter().filter(|hit| open(hit.symptom)) {
        let symptom = hit.symptom;
        if readings.iter().any(|(_, known)| known.symptom.slug == symptom.slug) {
            continue;
        }
        let mut shown_by: Vec<(&Client, &Versions, Basis)> = Vec::new();
        for by in &symptom.shown_by {
            let known = |one: &(&Client, &Versions, Basis)| one.0.id == by.client && (*one.1 == by.versions || one.1.is_all());
            if let Some(client) = table.client(&by.client).filter(|_| !shown_by.iter().any(known)) {
                shown_by.push((client, &by.versions, by.basis));
            }
        }
        let best = shown_by.iter().map(|by| hints(by.0)).max().unwrap_or_default();
        shown_by.retain(|by| best == 0 || hints(by.0) > 0);
        sort_by(&mut shown_by, |by| [u64::MAX - hints(by.0) as u64, 0, 0]);
        let filling = |hole| hit.get(hole).map_or(Filling::Unknown, |text| Filling::Text(text.into()));
        readings.push((best, Reading { symptom, means: symptom.means.fill(filling), shown_by }));
    }
    let most = readings.iter().map(|(best, _)| *best).max().unwrap_or_default();
    readings.retain(|(best, _)| most == 0 || *best > 0);
    sort_by(&mut readings, |(best, _)| [u64::MAX - *best as u64, 0, 0]);
    readings.into_iter().map(|(_, reading)| reading).collect()
}

/// How many hints of a client a paste holds.
fn hints(client: &Client, paste: &Paste) -> usize {
    client.hints.iter().filter(|hint| paste.lines.iter().any(|line| line.text.contains(hint.as_str()))).count()
}

/// The code of a symptom, when it is always the same.
fn plain_code(symptom: &Symptom) -> Option<&str> {
    symptom.code.as_ref()?.plain()
}

/// Whether a paste holds a code as a number or a name of its own: 32600 is not in -32600.
fn says_code(paste: &Paste, code: &str) -> bool {
    let inner = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    paste.lines.iter().any(|line| {
        line.text.match_indices(code).any(|(at, _)| {
            let before = line.text[..at].chars().next_back();
            let after = line.text[at + code.len()..].chars().next();
            !before.is_some_and(inner) && !after.is_some_and(inner)
        })
    })
}

/// The other texts that are known, each once, without wrappers.
fn also<'t>(paste: &Paste, outer: &[&Hit<'t>], best: &Hit<'t>) -> Vec<(usize, &'t Symptom)> {
    let mut also: Vec<(usize, &Symptom)> = Vec::new();
    let number = |hit: &Hit<'_>| paste.lines[hit.line].number;
    for hit in outer.iter().filter(|hit| number(hit) != number(best) && hit.symptom.outcome != Outcome::Wraps) {
        let known = hit.symptom.shows == best.symptom.shows || also.iter().any(|(_, known)| known.shows == hit.symptom.shows);
        if !known && also.len() < ALSO {
            also.push((number(hit), hit.symptom));
        }
    }
    also
}

/// The last line that looks like an error: of an exception group that is the leaf, of a chain its end.
fn last_error(paste: &Paste) -> Option<&Line> {
    let looks = |line: &&Line| {
        let name = line.text.split([':', '(']).next().unwrap_or_default().trim();
        let last = name.rsplit('.').next().unwrap_or_default();
        let one_word = !name.is_empty() && !name.contains(' ');
        one_word && (last.ends_with("Error") || last.ends_with("Exception")) || line.lower.starts_with("error: ")
    };
    paste.lines.iter().rev().find(looks)
}

fn quote(line: &Line) -> Telling {
    let text = line.text.trim();
    let cut = text.char_indices().nth(QUOTE_CHARS).map(|(at, _)| at);
    let text = cut.map_or_else(|| text.into(), |at| String::from(&text[..at]) + "…");
    Telling { line: line.number, text }
}
