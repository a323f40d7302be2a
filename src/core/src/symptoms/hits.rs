//! Which texts of the table stand where in a paste. One pass over the paste, whatever the number of texts.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use super::client::Kind;
use super::paste::{Line, Paste};
use super::read::Table;
use super::symptom::{Outcome, Search, Symptom};
use super::template::{Hole, Template};
use crate::limits::PASTE_TRIED_BYTES;

/// So many bytes of a text decide whether it is tried.
const START: usize = 4;

/// A text of the table, found.
#[derive(Debug)]
pub(super) struct Found<'t> {
    pub(super) symptom: &'t Symptom,
    /// Which of the lines of the paste.
    pub(super) line: usize,
    /// Where in it.
    pub(super) range: Range<usize>,
    /// What stood in its holes.
    pub(super) holes: Vec<(Hole, String)>,
    /// How much of it is text, in bytes.
    pub(super) weight: usize,
    /// Whether it is a server's own text, and not a client's.
    pub(super) of_server: bool,
}

impl Found<'_> {
    /// What stood in a hole.
    pub(super) fn get(&self, hole: Hole) -> Option<&str> {
        self.holes.iter().find(|(known, _)| *known == hole).map(|(_, text)| text.as_str())
    }

    /// The status in the text.
    pub(super) fn status(&self) -> Option<u16> {
        self.get(Hole::Status)?.parse().ok()
    }

    /// Whether another one on its line is to be left out because of it. What a client says of a server's words is about the
    /// client; otherwise the one counts that is more text and less hole: that says more.
    fn outdoes(&self, other: &Self) -> bool {
        let holds = |outer: &Self, inner: &Self| outer.range.start <= inner.range.start && inner.range.end <= outer.range.end;
        if self.line != other.line || !(holds(self, other) || holds(other, self)) {
            return false;
        }
        match (self.of_server, other.of_server) {
            (false, true) => holds(self, other),
            (true, false) => !holds(other, self),
            _ => (self.weight, self.range.len()) > (other.weight, other.range.len()),
        }
    }
}

/// Everything of the table that stands in a paste, in the order of the lines. It is searched from its end, and what is not reached
/// within [`PASTE_TRIED_BYTES`] counts as unread.
pub(super) fn all<'t>(table: &'t Table, paste: &mut Paste) -> Vec<Found<'t>> {
    let index = &table.index;
    let mut found = Vec::new();
    let mut left = PASTE_TRIED_BYTES;
    let mut seen = vec![usize::MAX; index.patterns.len()];
    for (at, line) in paste.lines.iter().enumerate().rev().filter(|(_, line)| !is_source(line)) {
        let before = found.len();
        for n in index.anchors_in(&line.lower) {
            if seen[n] == at {
                continue;
            }
            seen[n] = at;
            left = left.saturating_sub(line.text.len());
            let Pattern { symptom, template, of_server } = &index.patterns[n];
            let symptom = &table.symptoms[*symptom];
            let hit = template.find(&line.text, &line.lower).filter(|hit| is_spelled(symptom, &line.text[hit.range.clone()]));
            found.extend(hit.map(|hit| Found {
                symptom,
                line: at,
                range: hit.range.start..hit.range.start + line.text[hit.range.clone()].trim_end().len(),
                holes: hit.holes.into_iter().map(|(hole, text)| (hole, text.trim().into())).collect(),
                weight: template.weight(),
                of_server: *of_server,
            }));
        }
        found[before..].reverse();
        if left == 0 {
            paste.leave_unread(at);
            break;
        }
    }
    found.reverse();
    found.retain(tells_of_a_failure);
    found
}

/// All but what another text on the same line encloses; of a wrapper and what it encloses, the wrapper goes.
pub(super) fn outermost<'h, 't>(found: &'h [Found<'t>]) -> Vec<&'h Found<'t>> {
    let wraps = |hit: &Found<'_>| hit.symptom.outcome == Outcome::Wraps;
    let mut at_line: BTreeMap<usize, Vec<&Found<'_>>> = BTreeMap::new();
    found.iter().for_each(|hit| at_line.entry(hit.line).or_default().push(hit));
    let is_lesser = |hit: &Found<'_>| {
        let here = at_line.get(&hit.line).map(Vec::as_slice).unwrap_or_default();
        let mut others = here.iter().filter(|other| !core::ptr::eq(**other, hit));
        others.any(|other| match (wraps(other), wraps(hit)) {
            (true, false) => false,
            (false, true) => true,
            _ => other.outdoes(hit),
        })
    };
    found.iter().filter(|hit| !is_lesser(hit)).collect()
}

/// Whether the name of the error has its own spelling: `McpError` and `MCPError` are those of different programs. Who typed it in
/// lower case meant either.
fn is_spelled(symptom: &Symptom, found: &str) -> bool {
    let name = symptom.type_name.as_deref().filter(|_| symptom.search == Search::WithType).unwrap_or_default();
    found.get(..name.len()).is_some_and(|here| here == name || here.bytes().all(|byte| byte.is_ascii_lowercase()))
}

/// Whether a line of a log tells of something that failed: a good status does not, nor a path that is no endpoint, nor the GET for
/// a stream that a server need not have.
fn tells_of_a_failure(hit: &Found<'_>) -> bool {
    let bad = hit.status().is_none_or(|status| status >= 300);
    let asked = hit.get(Hole::Path).or_else(|| hit.get(Hole::Url)).filter(|_| hit.symptom.outcome == Outcome::Logs);
    let Some(path) = asked.filter(|_| bad).map(str::to_ascii_lowercase) else { return bad };
    let is = |word: &str| path.contains(word);
    match hit.get(Hole::Method) {
        Some("POST") => is("mcp") || is("sse") || is("message"),
        Some("GET") => is("sse"),
        _ => false,
    }
}

/// Whether a line is source code that a stack trace quotes: it holds the texts of the program that did not happen, too.
fn is_source(line: &Line) -> bool {
    ["throw new ", "raise ", "return err(", "logger."].iter().any(|start| line.lower.starts_with(start))
}

/// What is searched for, and which texts begin with which bytes, so that a paste is gone through once.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    patterns: Vec<Pattern>,
    /// Whether some text begins with these two bytes: most places of a paste end here.
    pairs: Vec<bool>,
    by_start: BTreeMap<[u8; START], Vec<usize>>,
}

/// One text that is searched for.
#[derive(Clone, Debug)]
struct Pattern {
    /// Which of the symptoms of the table.
    symptom: usize,
    template: Template,
    /// Whether only servers show it.
    of_server: bool,
}

impl Index {
    pub(super) fn of(table: &Table) -> Self {
        let mut this = Self { patterns: Vec::new(), pairs: vec![false; 1 << 16], by_start: BTreeMap::new() };
        for (n, symptom) in table.symptoms.iter().enumerate() {
            let Some(template) = pattern(symptom) else { continue };
            let Some(start) = template.anchor().as_bytes().first_chunk::<START>() else { continue };
            this.pairs[pair(start)] = true;
            this.by_start.entry(*start).or_default().push(this.patterns.len());
            this.patterns.push(Pattern { symptom: n, template, of_server: is_of_a_server(table, symptom) });
        }
        this
    }

    /// The texts whose longest piece stands somewhere in a line; a text can be named more than once.
    fn anchors_in<'i>(&'i self, lower: &'i str) -> impl Iterator<Item = usize> + 'i {
        let bytes = lower.as_bytes();
        let windows = bytes.windows(START).enumerate().filter_map(|(at, window)| Some((at, window.first_chunk::<START>()?)));
        let likely = windows.filter(|(_, window)| self.pairs[pair(window)]);
        likely.filter_map(|(at, window)| Some((at, self.by_start.get(window)?))).flat_map(move |(at, texts)| {
            texts.iter().copied().filter(move |n| bytes[at..].starts_with(self.patterns[*n].template.anchor().as_bytes()))
        })
    }
}

/// What of a symptom is searched for.
fn pattern(symptom: &Symptom) -> Option<Template> {
    let shows = symptom.shows.as_ref()?;
    match (symptom.search, &symptom.type_name) {
        (Search::Never, _) => None,
        (Search::WithType, Some(name)) => Some(shows.after(&format!("{name}: "))),
        _ => Some(shows.clone()),
    }
}

fn pair(start: &[u8; START]) -> usize {
    usize::from(start[0]) << 8 | usize::from(start[1])
}

/// Whether a server's own words were found, and not a client's.
fn is_of_a_server(table: &Table, symptom: &Symptom) -> bool {
    symptom.shown_by.iter().all(|by| table.client(&by.client).is_some_and(|client| client.kind == Kind::Server))
}

/// The name of the error that stands right before a place of a line: `McpError` of `mcp.McpError: Session terminated`.
pub(super) fn type_before(line: &Line, at: usize) -> Option<&str> {
    let before = line.text.get(..at)?;
    let before = before.strip_suffix(": ").or_else(|| before.strip_suffix("('")).or_else(|| before.strip_suffix("(\""))?;
    let start = before.rfind(|c: char| !c.is_alphanumeric() && c != '_').map_or(0, |at| at + 1);
    before.get(start..).filter(|name| name.starts_with(|c: char| c.is_ascii_uppercase()))
}
