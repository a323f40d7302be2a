//! What a redaction removed: which kinds of things, how many, and where they stood.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::id::{EventRef, ExchangeId};

/// So many places are remembered of one kind of thing; the rest is counted.
const PLACES: usize = 50;

/// A kind of thing that can hold a secret, or be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Carrier {
    /// Credentials in `Authorization` and `Proxy-Authorization`.
    Authorization,
    /// `Cookie` and `Set-Cookie`.
    Cookie,
    /// The value of a header that is not known to be harmless.
    Header,
    /// An argument that a request repeats in a header (`Mcp-Param-*`, 2026-07-28).
    ParamHeader,
    /// A session id; it became a letter.
    Session,
    /// A JSON Web Token; algorithm, issuer, audience, scopes and times were kept.
    Jwt,
    /// The part of a host name that looks like a key.
    Host,
    /// User name and password in an address.
    UserInfo,
    /// A part of a path that looks like a key.
    Path,
    /// A value in the query of an address.
    Query,
    /// A field of a form.
    Form,
    /// A value in the arguments of a call.
    Argument,
    /// A value in what a tool, a prompt or a resource gave.
    Result,
    /// What a person answered to a question of the server's.
    Answer,
    /// Instructions, descriptions and other text that a server publishes.
    Description,
    /// A value in a schema: a default, an example, a choice.
    Schema,
    /// A cursor, a progress token, an event id, or a key that a server made up.
    Handle,
    /// The state that a server gives along with its questions (2026-07-28, multi round-trip requests).
    State,
    /// The name of a member, a field or a tool that looks like a key.
    Key,
    /// A value in other JSON.
    Value,
    /// A word in an error message or another text.
    Word,
    /// Markup, script or text of a web page.
    Page,
    /// A comment of an event stream.
    Comment,
    /// Data that could not be read: broken off, of another type, or too large.
    Unreadable,
    /// A text that the person asked to cover.
    Chosen,
    /// An exchange that was left out.
    Exchange,
}

/// What one of a kind is called, and several of them, in the order of the kinds.
const WORDS: [(Carrier, &str, &str); 26] = [
    (Carrier::Authorization, "credential in a header", "credentials in headers"),
    (Carrier::Cookie, "cookie", "cookies"),
    (Carrier::Header, "value of a header", "values of headers"),
    (Carrier::ParamHeader, "argument in a header", "arguments in headers"),
    (Carrier::Session, "session id", "session ids"),
    (Carrier::Jwt, "token", "tokens"),
    (Carrier::Host, "part of a host name", "parts of host names"),
    (Carrier::UserInfo, "password in an address", "passwords in addresses"),
    (Carrier::Path, "part of a path", "parts of paths"),
    (Carrier::Query, "value in an address", "values in addresses"),
    (Carrier::Form, "field of a form", "fields of forms"),
    (Carrier::Argument, "argument", "arguments"),
    (Carrier::Result, "value in a result", "values in results"),
    (Carrier::Answer, "answer", "answers"),
    (Carrier::Description, "description", "descriptions"),
    (Carrier::Schema, "value in a schema", "values in schemas"),
    (Carrier::Handle, "cursor or id", "cursors and ids"),
    (Carrier::State, "request state", "request states"),
    (Carrier::Key, "name that looks like a key", "names that look like keys"),
    (Carrier::Value, "other value", "other values"),
    (Carrier::Word, "word in a message", "words in messages"),
    (Carrier::Page, "part of a web page", "parts of web pages"),
    (Carrier::Comment, "comment", "comments"),
    (Carrier::Unreadable, "unreadable part", "unreadable parts"),
    (Carrier::Chosen, "text you chose", "texts you chose"),
    (Carrier::Exchange, "exchange", "exchanges"),
];

impl Carrier {
    /// How many of the kind, in words: `1 session id`, `3 session ids`.
    pub fn words(self, count: usize) -> String {
        let words =
            WORDS.iter().find(|(kind, ..)| *kind == self).map_or("", |(_, one, several)| if count == 1 { one } else { several });
        format!("{count} {words}")
    }
}

/// Everything of one kind that was removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// The kind.
    pub what: Carrier,
    /// How many there were.
    pub count: usize,
    /// The events they stood in, each once and in order; at most [`PLACES`], and none for what stood in the head of the recording.
    pub at: Vec<EventRef>,
}

/// Collects what is removed.
#[derive(Debug, Default)]
pub(super) struct Tally(Vec<(Carrier, usize, BTreeSet<EventRef>)>);

impl Tally {
    /// Counts one thing.
    pub(super) fn add(&mut self, what: Carrier, at: Option<EventRef>) {
        let slot = match self.0.binary_search_by_key(&what, |(known, ..)| *known) {
            Ok(slot) => slot,
            Err(slot) => {
                self.0.insert(slot, (what, 0, BTreeSet::new()));
                slot
            }
        };
        let Some((_, count, places)) = self.0.get_mut(slot) else { return };
        *count += 1;
        if places.len() < PLACES {
            places.extend(at);
        }
    }

    /// Counts an exchange that was left out.
    pub(super) fn leave_out(&mut self, exchange: ExchangeId) {
        self.add(Carrier::Exchange, Some(EventRef::request(exchange)));
    }

    /// What was counted, by kind.
    pub(super) fn list(&self) -> Vec<Removed> {
        let list = self.0.iter();
        list.map(|(what, count, at)| Removed { what: *what, count: *count, at: at.iter().copied().collect() }).collect()
    }
}
