//! Logs of messages that other programs keep as JSON: the protocol log of the official inspector, the log of MCPJam, the tape of mcp-tape.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::conversation::{Conversation, Said, Who, conversation};
use super::parts::Parts;
use super::{ImportError, Imported, secrets};
use crate::json;
use crate::numbers::count;
use crate::said::quote;
use crate::sort::sort_by;
use crate::time::{Micros, Wall};

/// The forms that are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Official inspector, version 2: an array of messages, a request together with its answer.
    Inspector,
    /// MCPJam inspector: an array of messages of all servers, the newest first.
    McpJam,
    /// mcp-tape, version 1: a line that says so, then a message on each line.
    Tape,
}

/// The form of a text, by the members of its first object.
pub(super) fn form(text: &str) -> Option<Form> {
    let all = |item: &str, names: &[&str]| {
        let parts = Parts::of(item);
        names.iter().all(|name| parts.get(name).is_some())
    };
    if text.starts_with('[') {
        let first = json::items(text).next().and_then(Result::ok)?;
        return match first {
            item if all(item, &["direction", "payload", "serverId"]) => Some(Form::McpJam),
            item if all(item, &["direction", "message", "timestamp"]) => Some(Form::Inspector),
            _ => None,
        };
    }
    let first = text.lines().next()?;
    let is_meta = first.starts_with('{') && Parts::of(first).text("type").as_deref() == Some("meta");
    (is_meta && all(first, &["v", "startedAt"])).then_some(Form::Tape)
}

/// Reads a log of that form.
pub(super) fn read(form: Form, text: &str) -> Result<Imported, ImportError> {
    match form {
        Form::Inspector => inspector(text),
        Form::McpJam => mcpjam(text),
        Form::Tape => tape(text),
    }
}

fn array(text: &str) -> Result<Vec<Parts<'_>>, ImportError> {
    json::items(text).map(|item| item.map(Parts::of).map_err(|error| ImportError::NotJson { at: error.0 })).collect()
}

fn time(parts: &Parts<'_>, name: &str) -> Option<Wall> {
    let stamp = || parts.get(name).and_then(|number| number.parse().ok()).map(Wall);
    parts.text(name).and_then(|at| Wall::parse(&at)).or_else(stamp)
}

/// A request holds its answer and how long that took; what the server asked holds what the client answered.
fn inspector(text: &str) -> Result<Imported, ImportError> {
    let items = array(text)?;
    let (mut said, mut notes) = (Vec::new(), Vec::new());
    for item in &items {
        let Some(message) = item.get("message") else { continue };
        let at = time(item, "timestamp");
        // Whoever said it; older files do not say who that was.
        let who = match item.text("origin").as_deref() {
            Some("client") => Some(Who::Client),
            Some("server") => Some(Who::Server),
            _ => None,
        };
        said.push(Said { at, who, text: message.into() });
        if let Some(response) = item.get("response") {
            let took = item.span("duration").unwrap_or(Micros::ZERO);
            let who = who.map(|who| if who == Who::Client { Who::Server } else { Who::Client });
            said.push(Said { at: at.map(|at| at.saturating_add(took)), who, text: response.into() });
        }
        // What went wrong below the messages is in its words alone.
        if let Some(error) = item.text("clientError").filter(|_| notes.is_empty()) {
            let method = Parts::of(message).text("method").unwrap_or_default();
            let words = secrets::without_bearers(quote(&error));
            notes.push(format!("MCP Inspector says of {method}: {words}. Paste these words under “What your client shows”."));
        }
    }
    one("protocol log of MCP Inspector", in_order(said), None, notes)
}

fn mcpjam(text: &str) -> Result<Imported, ImportError> {
    let items = array(text)?;
    let mut servers: Vec<(String, Vec<Said>)> = Vec::new();
    let (mut others, mut all) = (0, 0);
    for item in items.iter().rev() {
        let of_server = item.text("source").is_none_or(|source| source == "mcp-server");
        let Some(payload) = item.get("payload").filter(|payload| of_server && payload.contains("\"jsonrpc\"")) else {
            others += 1;
            continue;
        };
        all += 1;
        let name = item.text("serverName").or_else(|| item.text("serverId")).unwrap_or_default();
        let who = match item.text("direction").unwrap_or_default().to_ascii_lowercase().as_str() {
            "" => None,
            "send" => Some(Who::Client),
            _ => Some(Who::Server),
        };
        let said = Said { at: time(item, "timestamp"), who, text: payload.into() };
        match servers.iter_mut().find(|(known, _)| *known == name) {
            Some((_, group)) => group.push(said),
            None => servers.push((name, Vec::from([said]))),
        }
    }
    if all == 0 {
        return Err(ImportError::NothingOfTheProtocol(others));
    }
    sort_by(&mut servers, |(_, said)| [u64::MAX - said.len() as u64, 0, 0]);
    let told = servers.into_iter().filter_map(|(name, said)| conversation(in_order(said), Some(&name), true));
    let told: Vec<Conversation> = told.collect();
    let mut notes: Vec<String> = told.iter().flat_map(Conversation::notes).collect();
    if others > 0 {
        notes.push(format!("{} left out: of apps and tokens, not of a server.", count(others as u64, "entry")));
    }
    Ok(Imported { source: "log of MCPJam".into(), traces: told.into_iter().map(|told| told.trace).collect(), notes })
}

fn tape(text: &str) -> Result<Imported, ImportError> {
    let mut lines = text.lines();
    let meta = lines.next().map(Parts::of);
    let label = meta.as_ref().and_then(|meta| meta.text("label"));
    let (mut said, mut unread) = (Vec::new(), 0);
    for line in lines.filter(|line| !line.trim().is_empty()) {
        let parts = Parts::of(line);
        let who = match parts.text("dir").as_deref() {
            Some("in") => Some(Who::Client),
            Some("out") => Some(Who::Server),
            _ => None,
        };
        match (who, parts.get("raw")) {
            (Some(_), Some(raw)) => said.push(Said { at: time(&parts, "t"), who, text: raw.into() }),
            _ if parts.text("type").as_deref() == Some("end") => {}
            _ => unread += 1,
        }
    }
    let mut notes = Vec::new();
    if unread > 0 {
        notes.push(format!("{} left out: without a message.", count(unread, "line")));
    }
    one("mcp-tape", said, label.as_deref(), notes)
}

/// In the order of time, where it is known; a stable order, so that what has the same time stays as it was.
fn in_order(mut said: Vec<Said>) -> Vec<Said> {
    sort_by(&mut said, |said| [said.at.map_or(0, |at| at.0.max(0).unsigned_abs()), 0, 0]);
    said
}

fn one(source: &str, said: Vec<Said>, name: Option<&str>, mut notes: Vec<String>) -> Result<Imported, ImportError> {
    let all = said.len();
    let told = conversation(said, name, true).ok_or(ImportError::NothingOfTheProtocol(all))?;
    notes.extend(told.notes());
    Ok(Imported { source: source.into(), traces: Vec::from([told.trace]), notes })
}
