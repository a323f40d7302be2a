//! One thing a server said, as far as it can give away what the server is made with.

use alloc::string::String;
use alloc::vec::Vec;

use crate::http::Headers;
use crate::id::EventRef;
use crate::json::{self, Node};
use crate::trace::{Exchange, Item, ItemKind, Place, Trace};

/// Longer texts are lists and results, in which a tool speaks and not the SDK; in bytes.
const TEXT_BYTES: u64 = 8 * 1024;

/// So many items of a body are read.
const ITEMS: usize = 4;

/// One answer, or one message on a stream.
pub(super) struct Answer<'a> {
    /// The JSON-RPC method of the request it answers, if it had one.
    pub(super) method: &'a str,
    /// The status.
    pub(super) status: u16,
    /// The headers that can be seen.
    pub(super) headers: &'a Headers,
    /// The host that was asked.
    pub(super) host: &'a str,
    /// What it said, without space around it.
    pub(super) text: String,
    /// Whether it is an event of the stream that names the endpoint of HTTP+SSE.
    pub(super) is_endpoint: bool,
    /// Where it stands.
    pub(super) at: EventRef,
}

/// What an exchange brought. Nothing where the browser shows nothing.
pub(super) fn answers<'a>(trace: &'a Trace, exchange: &'a Exchange) -> Vec<Answer<'a>> {
    let Some(head) = exchange.head().filter(|head| head.status != 0) else { return Vec::new() };
    let answer = |at: EventRef, text: String, method: Option<&'a str>, is_endpoint: bool| Answer {
        method: method.unwrap_or_default(),
        status: head.status,
        headers: &head.headers,
        host: exchange.request.url.host(),
        text: text.trim().into(),
        is_endpoint,
        at,
    };
    let speaks = |item: &&Item| matches!(item.what, ItemKind::Body | ItemKind::Event { .. });
    let items =
        exchange.reply.items.iter().filter(speaks).take(ITEMS).filter(|item| item.span.end - item.span.start <= TEXT_BYTES);
    let said = items.map(|item| {
        let at = EventRef::item(exchange.id, item.n);
        // With HTTP+SSE the answer to one request comes in the exchange of another.
        let answered = item.messages.iter().find_map(|placed| match placed.place {
            Place::Answers(id) => trace.exchange(id),
            _ => None,
        });
        answer(at, trace.item_text(at).unwrap_or_default(), answered.unwrap_or(exchange).method(), item.is_endpoint())
    });
    let mut said: Vec<Answer<'a>> = said.collect();
    if said.is_empty() {
        said.push(answer(EventRef::response(exchange.id), String::new(), exchange.method(), false));
    }
    said
}

impl Answer<'_> {
    /// Whether the text is an object whose members are these, in this order.
    pub(super) fn has_members(&self, names: &[&str]) -> bool {
        self.read(|root| root.entries().map(|(name, _)| name).eq(names.iter().copied())).unwrap_or_default()
    }

    /// The value of a member, a step per name; `None` when it is no text.
    pub(super) fn string(&self, path: &[&str]) -> Option<String> {
        self.read(|root| root.at(path)?.as_str().map(|text| text.into_owned())).flatten()
    }

    fn read<T>(&self, read: impl FnOnce(Node<'_>) -> T) -> Option<T> {
        let scan = json::scan(&self.text);
        scan.root(&self.text).map(read)
    }
}
