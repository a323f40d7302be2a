//! What a paste holds besides the telling line: a status, a server's own words, the step of the conversation.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::hits::Found;
use super::paste::Paste;
use super::symptom::{Outcome, Symptom};
use super::template::Hole;
use crate::diagnose::Subject;
use crate::http::reason_phrase;
use crate::rpc;
use crate::said::said_in;

/// How far from the telling line a status is looked for, in lines: programs print the fields of an error below its text.
const NEAR: usize = 15;

/// How far from the telling line the step of the conversation is looked for, in lines: stack traces are long.
const AROUND: usize = 500;

/// What a status stands behind: the fields of errors, status lines, and what people write.
const BEFORE_STATUS: [&str; 8] =
    ["code: ", "\"code\":", "status: ", "\"status\":", "statuscode: ", "http/1.1 ", "http/2 ", "status code "];

/// What in a paste shows that the very first request failed.
const OPENING: [&str; 7] = [
    "in initialize",
    ".initialize()",
    "initialize request",
    "initialize response",
    "sending \"initialize\"",
    "client.connect",
    "_create_streamable_http_session",
];

/// What in a paste shows that a later request failed.
const LATER: [&str; 9] = [
    "in call_tool",
    "in list_tools",
    ".call_tool(",
    "calltool",
    "tools/call",
    "error calling tool",
    "tool execution error",
    "tool ran without",
    "sending \"tools/",
];

/// What in a paste says that it worked before.
const BEFORE: [&str; 5] = ["worked before", "been working", "it worked at", "after a restart", "redeploy"];

/// What a paste holds besides the telling line.
#[derive(Debug, Default)]
pub(super) struct Evidence<'t> {
    /// The status, where there is one and no other.
    pub(super) status: Option<u16>,
    /// The JSON-RPC code that stands near the telling line.
    code: Option<i64>,
    /// What the server's words are about, from the clearest.
    pub(super) words: Vec<Subject>,
    /// Whether these words say that there was no token, and not that it was a bad one.
    pub(super) no_token: bool,
    /// Texts of servers.
    pub(super) said: Vec<&'t Symptom>,
    /// Other texts of clients and logs.
    pub(super) beside: Vec<&'t Symptom>,
    /// Whether the first request failed; `None` when the paste does not say.
    pub(super) opening: Option<bool>,
}

impl<'t> Evidence<'t> {
    /// The evidence of a paste whose telling texts are these.
    pub(super) fn of(paste: &Paste, telling: &[&Found<'t>], all: &[Found<'t>]) -> Self {
        let line = telling.first().map_or(0, |hit| hit.line);
        let mut this = Self { opening: opening(paste, line), ..Self::default() };
        let own = telling.iter().find_map(|hit| hit.status().or_else(|| status_of(hit.get(Hole::Reason)?)));
        this.status = own.or_else(|| status_near(paste, line)).or_else(|| only_status(all));
        this.code = code_near(paste, line);
        for hit in telling {
            this.hear(hit);
        }
        for hit in all.iter().filter(|hit| hit.of_server && hit.symptom.outcome == Outcome::Fails) {
            this.hear(hit);
            if !this.said.iter().any(|known| known.slug == hit.symptom.slug) {
                this.said.push(hit.symptom);
            }
        }
        let beside = |hit: &&Found<'_>| matches!(hit.symptom.outcome, Outcome::Logs | Outcome::Follows);
        for hit in all.iter().filter(beside).filter(|hit| hit.line != line) {
            if !this.beside.iter().any(|known| known.slug == hit.symptom.slug) {
                this.beside.push(hit.symptom);
            }
        }
        this
    }

    /// Whether more is known than a text of a client.
    pub(super) fn speaks(&self) -> bool {
        self.status.is_some() || !self.words.is_empty() || !self.said.is_empty()
    }

    /// Takes what a server said inside a text.
    fn hear(&mut self, hit: &Found<'_>) {
        let code = hit.get(Hole::Code).and_then(|code| code.parse().ok()).or(self.code);
        for hole in [Hole::Body, Hole::Message, Hole::Rest] {
            let Some(text) = hit.get(hole).filter(|text| !text.is_empty()) else { continue };
            let said = rpc_error(text);
            let (code, words) = said.map_or_else(|| (code, said_in(text)), |(inner, words)| (inner.or(code), words));
            // The reason phrase of the status says no more than the status.
            if self.status.is_some_and(|status| reason_phrase(status).eq_ignore_ascii_case(words.trim())) {
                continue;
            }
            let about = Subject::of(&words, code, self.status.unwrap_or(400));
            if about != Subject::Unsaid && !self.words.contains(&about) {
                self.words.push(about);
            }
            let lower = words.to_ascii_lowercase();
            self.no_token |=
                about == Subject::Token && ["missing", "required", "no bearer"].iter().any(|word| lower.contains(word));
        }
    }
}

/// The status whose reason phrase this is.
fn status_of(reason: &str) -> Option<u16> {
    (400..600).find(|status| !reason.is_empty() && reason_phrase(*status) == reason)
}

/// Code and message of a JSON-RPC error that a text begins with; what follows it is the program's.
fn rpc_error(text: &str) -> Option<(Option<i64>, String)> {
    let end = text.rfind('}')? + 1;
    let message = rpc::read(text.get(..end)?).into_iter().next()?;
    message.error().map(|(code, message)| (code, message.to_string()))
}

/// The one status that the texts hold; `None` when there are several.
fn only_status(all: &[Found<'_>]) -> Option<u16> {
    let mut statuses = all.iter().filter_map(Found::status);
    let first = statuses.next()?;
    statuses.all(|status| status == first).then_some(first)
}

/// A status that stands close to a line.
fn status_near(paste: &Paste, line: usize) -> Option<u16> {
    let near = line.saturating_sub(2)..(line + NEAR).min(paste.lines.len());
    paste.lines.get(near)?.iter().find_map(|line| BEFORE_STATUS.iter().find_map(|words| status_after(&line.lower, words)))
}

/// A JSON-RPC code that stands close to a line: programs print it as a field of the error.
fn code_near(paste: &Paste, line: usize) -> Option<i64> {
    let near = line..(line + NEAR).min(paste.lines.len());
    let after = |text: &str, words: &str| {
        let rest = text.split_once(words)?.1.trim_start();
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(rest.len());
        rest[..end].parse().ok().filter(|code| (-32_800..=-32_000).contains(code))
    };
    let words = ["code: ", "code=", "\"code\":", "error ", "code "];
    paste.lines.get(near)?.iter().find_map(|line| words.iter().find_map(|words| after(&line.lower, words)))
}

/// A status from 400 on that stands right after some words.
fn status_after(lower: &str, words: &str) -> Option<u16> {
    let rest = lower.split_once(words)?.1.trim_start();
    let digits = rest.get(..3).filter(|_| !rest[3..].starts_with(|c: char| c.is_ascii_digit()))?;
    // 408 is what Python clients call their own time limit.
    digits.parse().ok().filter(|status| (400..600).contains(status) && *status != 408)
}

/// Whether the paste speaks of the first request or of a later one, around a line.
fn opening(paste: &Paste, line: usize) -> Option<bool> {
    let around = line.saturating_sub(AROUND)..(line + AROUND).min(paste.lines.len());
    let lines = paste.lines.get(around)?;
    let says = |words: &[&str]| lines.iter().any(|line| words.iter().any(|word| line.lower.contains(word)));
    match (says(&OPENING), says(&LATER) || says(&BEFORE)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_three_digits_after_words_that_announce_one() {
        assert_eq!(status_after("  code: 404, ", "code: "), Some(404));
        assert_eq!(status_after("code: -32001", "code: "), None);
        assert_eq!(status_after("http/1.1 200 ok", "http/1.1 "), None);
        assert_eq!(status_after("code: 4040", "code: "), None);
        assert_eq!(status_after("code: é404", "code: "), None);
    }

    #[test]
    fn an_error_is_read_out_of_the_text_that_a_program_put_around_it() {
        let text = r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32001,"message":"no"}}. Try again"#;
        assert_eq!(rpc_error(text), Some((Some(-32001), "no".into())));
        assert_eq!(rpc_error("Not Found"), None);
    }
}
