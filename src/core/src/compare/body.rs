//! Bodies: messages as JSON, event streams item by item, anything else as text.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::align::{APART, SAME, align};
use super::exchange::{Lines, Of, shown};
use super::json;
use super::known::{How, judge};
use crate::http::Sight;
use crate::id::EventRef;
use crate::rpc::{Kind, Message};
use crate::trace::{Exchange, Item, ItemKind, Lack};

/// What is said by the way: how often says nothing, and nor does what is in it.
const BY_THE_WAY: [&str; 2] = ["notifications/progress", "notifications/message"];

/// Compares the bodies of two requests.
pub(super) fn asked(left: Of<'_>, right: Of<'_>, budget: &mut usize, lines: &mut Lines<'_>) {
    let (one, other) = (left.1.request.body.as_str(), right.1.request.body.as_str());
    match (one.is_empty(), other.is_empty()) {
        (true, true) => {}
        (false, false) => texts((one, left), (other, right), budget, lines),
        (left_is_empty, _) => {
            let body = |text: &str| (!text.is_empty()).then(|| shown(text));
            // What another program recorded may lack a body that was sent.
            let empty = if left_is_empty { left.1 } else { right.1 };
            let how = if empty.lacks.has(Lack::Requests) { How::NotKnown } else { How::Differs };
            lines.add("", body(one), body(other), how);
        }
    }
}

/// Compares the bodies of two answers.
pub(super) fn received(left: Of<'_>, right: Of<'_>, budget: &mut usize, lines: &mut Lines<'_>) {
    let hidden = |(_, exchange): Of<'_>| exchange.head().is_none_or(|head| head.sight == Sight::Opaque);
    // What did not come is said by the status, and what is hidden cannot differ.
    if hidden(left) || hidden(right) {
        return;
    }
    let (ours, theirs) = (said(left.1), said(right.1));
    let keys = |said: &[Said<'_>]| said.iter().map(|said| said.key.clone()).collect::<Vec<String>>();
    let (left_keys, right_keys) = (keys(&ours), keys(&theirs));
    let is_one = ours.len() <= 1 && theirs.len() <= 1;
    for (one, other) in align(&left_keys, &right_keys, |one, other| if one == other { SAME } else { APART }) {
        let (one, other) = (one.and_then(|at| ours.get(at)), other.and_then(|at| theirs.get(at)));
        let number = |said: &Said<'_>| format!("item {} ", said.item.n + 1);
        let prefix = if is_one { String::new() } else { one.or(other).map(number).unwrap_or_default() };
        match (one, other) {
            (Some(one), Some(_)) if one.is_by_the_way() => lines.add("", None, None, How::Same),
            (Some(one), Some(other)) => match (one.text(left), other.text(right)) {
                (Some(text), Some(beside)) => texts((&text, left), (&beside, right), budget, &mut lines.within(&prefix)),
                _ => lines.within(&prefix).add("", Some("not kept".to_owned()), Some("not kept".to_owned()), How::NotKnown),
            },
            (one, other) => {
                let text = |said: Option<&Said<'_>>, of: Of<'_>| said.map(|said| shown(&said.text(of).unwrap_or_default()));
                let key = one.or(other).map(|said| said.key.clone()).unwrap_or_default();
                let by_the_way = one.or(other).is_some_and(Said::is_by_the_way);
                // What may still come, or was not recorded, is not missing.
                let may_come = if one.is_none() { lacks(left.1) } else { lacks(right.1) };
                let how = match (by_the_way, may_come) {
                    (true, _) => How::Expected,
                    (_, true) => How::NotKnown,
                    _ => How::Differs,
                };
                lines.within(&prefix).add(&key, text(one, left), text(other, right), how);
            }
        }
    }
}

/// Whether more may have come than is recorded.
fn lacks(exchange: &Exchange) -> bool {
    !exchange.is_over() || exchange.reply.dropped_items > 0 || exchange.lacks.has(Lack::Answers)
}

/// Compares two texts: as JSON, if both are.
fn texts(left: (&str, Of<'_>), right: (&str, Of<'_>), budget: &mut usize, lines: &mut Lines<'_>) {
    let ((one, (left, _)), (other, (right, _))) = (left, right);
    if one == other {
        return lines.add("", None, None, How::Same);
    }
    let cost = one.len() + other.len();
    if cost > *budget {
        let size = |text: &str| Some(format!("{} bytes, too much to be compared here", text.len()));
        return lines.add("", size(one), size(other), How::NotKnown);
    }
    *budget -= cost;
    if !json::compare((one, left.veil), (other, right.veil), lines) {
        let (one, other) = (left.without_session(one), right.without_session(other));
        let how = judge((&one, left.veil), (&other, right.veil));
        lines.add("", Some(shown(&one)), Some(shown(&other)), how);
    }
}

/// Something a body says.
struct Said<'a> {
    item: &'a Item,
    /// What kind of thing it is: items of one kind belong together.
    key: String,
}

impl Said<'_> {
    fn is_by_the_way(&self) -> bool {
        BY_THE_WAY.contains(&self.key.as_str())
    }

    fn text(&self, (side, exchange): Of<'_>) -> Option<String> {
        side.trace.item_text(EventRef::item(exchange.id, self.item.n))
    }
}

/// What a body says, without what only keeps a stream open or steers it.
fn said(exchange: &Exchange) -> Vec<Said<'_>> {
    let told = |item| {
        let key = key_of(item)?;
        Some(Said { item, key })
    };
    exchange.reply.items.iter().filter_map(told).collect()
}

fn key_of(item: &Item) -> Option<String> {
    match &item.what {
        ItemKind::Body | ItemKind::Oversize(_) => {
            Some(item.messages.first().map_or("text".to_owned(), |placed| kind(&placed.message)))
        }
        ItemKind::Event { kind: event, .. } if event == "message" => {
            Some(item.messages.first().map_or("event".to_owned(), |placed| kind(&placed.message)))
        }
        ItemKind::Event { kind: event, .. } => Some(format!("event {event}")),
        ItemKind::Truncated(_) => Some("an unfinished event".to_owned()),
        ItemKind::Dataless { .. } | ItemKind::Comment(_) | ItemKind::Retry(_) | ItemKind::Ignored(_) => None,
    }
}

fn kind(message: &Message) -> String {
    match &message.kind {
        Kind::Request { method, .. } | Kind::Notification { method } => method.to_string(),
        Kind::Result { .. } => "result".to_owned(),
        Kind::Error { .. } => "error".to_owned(),
        Kind::Foreign => "JSON that is no message".to_owned(),
        Kind::NotJson { .. } => "text".to_owned(),
    }
}
