//! JSON at any depth: keys and brackets stay, values are treated as their place says, and strings that hold JSON are read again.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::marks::{Cover, Marks};
use super::places::{Place, Rule};
use super::prose::Words;
use super::shape::{is_cover, is_name, is_random};
use super::{Redactor, Values};
use crate::json::{self, JsonError, Kind, Reason, Scan, Token};
use crate::share::Carrier;

/// So many strings that hold JSON are read inside one another.
const NESTED: usize = 3;

/// The longest name that is seen, which may have several words.
const NAME_BYTES: usize = 120;

/// The longest id of a request that is seen.
const ID_BYTES: usize = 64;

/// The words of an envelope, and those that other languages have for values: they tell what somebody took for JSON.
const ENVELOPE: &[&str] = &[
    "False", "Infinity", "NaN", "None", "True", "code", "error", "event", "data", "id", "jsonrpc", "message", "method", "null",
    "params", "result",
];

impl Redactor<'_> {
    /// Marks what is not to be seen in a JSON text. From the first error on everything is covered, but for what the error is.
    pub(super) fn json(&mut self, text: &str, place: Place, marks: &mut Marks) {
        self.json_inside(text, place, 0, marks);
    }

    fn json_inside(&mut self, text: &str, place: Place, depth: usize, marks: &mut Marks) {
        let scan = json::scan(text);
        let mut open: Vec<Place> = Vec::new();
        let mut key: Option<Place> = None;
        for (index, token) in scan.tokens.iter().enumerate() {
            let here = key.take().or(open.last().copied()).unwrap_or(place);
            match token.kind {
                Kind::ObjectStart | Kind::ArrayStart => open.push(container(&scan, text, index, here)),
                Kind::ObjectEnd | Kind::ArrayEnd => drop(open.pop()),
                Kind::Key => {
                    let name = json::string_value(&text[token.range()]).into_owned();
                    self.object_key(&name, inner(token), marks);
                    key = Some(here.member(&name));
                }
                _ => self.value(text, token, here, depth, marks),
            }
        }
        if let Some(error) = scan.error {
            let read = scan.tokens.last().map_or(0, |token| token.end as usize);
            unreadable(text, read, error, marks);
        }
    }

    /// Marks the name of a member that looks like a key. The same name is covered the same way everywhere.
    pub(super) fn object_key(&mut self, name: &str, range: Range<usize>, marks: &mut Marks) {
        let seen = if self.values == Values::Kept { !is_random(name) } else { is_name(name) };
        if !seen && !is_cover(name) {
            let number = self.identities.number(name);
            marks.add(range, Cover::Numbered(number), Carrier::Key);
        }
    }

    fn value(&mut self, text: &str, token: &Token, place: Place, depth: usize, marks: &mut Marks) {
        let raw = &text[token.range()];
        match token.kind {
            Kind::String => {
                let from = marks.len();
                let start = token.start as usize;
                // Most strings have no escapes: what is read is what stands there.
                if !raw.contains('\\') {
                    self.string(&raw[1..raw.len() - 1], place, depth, marks);
                    marks.translate(from, |at| start + 1 + at);
                    return;
                }
                let (value, positions) = decoded(raw);
                self.string(&value, place, depth, marks);
                marks.translate(from, |at| start + positions.get(at).copied().unwrap_or(raw.len() - 1));
            }
            Kind::Number => self.number(raw, place, token.range(), marks),
            _ => self.switch(raw, place, token.range(), marks),
        }
    }

    fn string(&mut self, value: &str, place: Place, depth: usize, marks: &mut Marks) {
        let may_hold_json = depth < NESTED && place.rule().0 != Rule::Secret && value.trim_start().starts_with(['{', '[']);
        if may_hold_json && json::scan(value).error.is_none() {
            self.json_inside(value, inside(place), depth + 1, marks);
        } else {
            self.scalar(value, place, marks);
        }
    }

    /// Marks what is not to be seen of a string at a place.
    pub(super) fn scalar(&mut self, value: &str, place: Place, marks: &mut Marks) {
        let (rule, what) = place.rule();
        let all = 0..value.len();
        let hides = self.values == Values::Covered;
        match rule {
            Rule::Name | Rule::Handle if is_name(value) => {}
            Rule::Name if value.len() <= NAME_BYTES && value.contains(' ') => self.text(value, Words::Names, what, marks),
            Rule::Id if value.len() <= ID_BYTES && value.chars().all(|c| c.is_ascii_alphanumeric() || "-_:./".contains(c)) => {}
            Rule::Name | Rule::Id | Rule::Handle => self.handle(value, all, what, marks),
            Rule::Said => self.text(value, Words::Prose, what, marks),
            Rule::Described if !hides => self.text(value, Words::Prose, what, marks),
            Rule::Address => self.address(value, marks),
            Rule::Value if self.values == Values::Kept => self.text(value, Words::Names, what, marks),
            Rule::Value if !hides && self.published.contains(value) => {}
            Rule::Described | Rule::Value | Rule::Secret => self.word(value, all, what, marks),
        }
    }

    fn number(&mut self, raw: &str, place: Place, range: Range<usize>, marks: &mut Marks) {
        /// The digits of a number that says nothing of anybody, at the largest level.
        const SMALL: usize = 3;
        let (rule, what) = place.rule();
        let kept = match rule {
            Rule::Name | Rule::Id | Rule::Said => true,
            Rule::Handle => raw.len() <= 6,
            Rule::Secret => false,
            Rule::Described | Rule::Value | Rule::Address => match self.values {
                Values::Covered => raw.len() == 1,
                Values::Listed => raw.len() <= SMALL,
                Values::Kept => true,
            },
        };
        if !kept && !is_number_cover(raw) {
            let number = if rule == Rule::Handle { self.identities.number(raw) } else { 0 };
            marks.add(range, Cover::Number(number), what);
        }
    }

    /// `true`, `false` and `null`.
    fn switch(&self, raw: &str, place: Place, range: Range<usize>, marks: &mut Marks) {
        let (rule, what) = place.rule();
        let is_value = rule == Rule::Secret || (rule == Rule::Value && self.values == Values::Covered);
        if is_value && raw != "null" {
            marks.add(range, Cover::Null, what);
        }
    }
}

/// The place of an object or array: a message by what it has, the result of a tool by how it came out.
fn container(scan: &Scan, text: &str, index: usize, here: Place) -> Place {
    let Some(node) = scan.node(text, index) else { return here };
    let has = |name: &str| node.get(name).is_some();
    let is_message = || has("jsonrpc") || has("method") || has("result") || node.at(&["error", "code"]).is_some();
    match here {
        Place::Message | Place::Sent if node.is_object() && !is_message() => Place::Foreign,
        Place::Result if node.get("isError").and_then(|failed| failed.as_bool()) == Some(true) => Place::FailedResult,
        here => here,
    }
}

/// The place of JSON that stands in a string at a place.
const fn inside(place: Place) -> Place {
    match place.rule().0 {
        // An error that passes on what another server said, or a gateway that wraps it.
        Rule::Said => Place::Message,
        _ => place,
    }
}

/// The place between the quotes of a string or key.
const fn inner(token: &Token) -> Range<usize> {
    token.start as usize + 1..token.end as usize - 1
}

/// The text of a string with its escapes resolved, and for each byte of it (and for its end) the byte of `raw` it was read from.
fn decoded(raw: &str) -> (String, Vec<usize>) {
    let mut text = String::with_capacity(raw.len());
    let mut positions = Vec::with_capacity(raw.len());
    for (at, c) in json::characters(raw) {
        text.push(c);
        positions.resize(text.len(), at);
    }
    positions.push(raw.len() - 1);
    (text, positions)
}

/// `0e000`, `12e00`: a number that was covered before.
fn is_number_cover(raw: &str) -> bool {
    let short = matches!(raw, "0" | "-0");
    let long =
        raw.split_once('e').is_some_and(|(n, zeros)| n.bytes().all(|b| b.is_ascii_digit()) && zeros.bytes().all(|b| b == b'0'));
    short || long
}

/// Covers letters and digits from `read` on. The character at which reading stops is kept if that leaves the error what it was.
fn unreadable(text: &str, read: usize, error: JsonError, marks: &mut Marks) {
    let at = error.at as usize;
    // A bad escape is two characters.
    let kept = at..at + if error.reason == Reason::BadEscape { 2 } else { 1 };
    let hidden = |kept: Range<usize>| {
        let mut hidden = Marks::new();
        for run in runs(text, read, |at, c| c.is_alphanumeric() && !kept.contains(&at)) {
            let word = &text[run.clone()];
            if word.len() > 1 && !ENVELOPE.contains(&word) {
                hidden.add(run, Cover::Stars, Carrier::Unreadable);
            }
        }
        hidden
    };
    let mut copy = text.as_bytes().to_vec();
    hidden(kept.clone()).apply(&mut copy, |_| {});
    let same = core::str::from_utf8(&copy).is_ok_and(|copy| json::scan(copy).error == Some(error));
    marks.append(hidden(if same { kept } else { 0..0 }));
}

/// The runs of characters from `from` on that are wanted.
fn runs(text: &str, from: usize, wanted: impl Fn(usize, char) -> bool) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().skip_while(|(at, _)| *at < from).filter(|(at, c)| wanted(*at, *c)) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += c.len_utf8(),
            _ => runs.push(at..at + c.len_utf8()),
        }
    }
    runs
}
