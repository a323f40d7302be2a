//! What is covered and must still be told apart: sessions by their letter, cursors and other handles by a number.

use alloc::borrow::ToOwned;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::address::is_session;
use super::marks::Cover;
use super::shape::{alias_letter, is_legal, is_name};
use crate::trace::{Trace, letter};

/// The names that covered things go by in one recording.
#[derive(Debug, Default)]
pub(super) struct Identities {
    /// Session ids with their letter.
    sessions: BTreeMap<String, String>,
    numbers: BTreeMap<String, u32>,
}

impl Identities {
    /// Knows the sessions of a recording: first those it counts as such, by the letters they have on the page, then the ids that
    /// only stand in a header, as the unusable ones that Python servers put on refusals.
    pub(super) fn of(trace: &Trace) -> Self {
        let counted = trace.sessions().iter().map(|line| line.id.as_str());
        let sent = trace.exchanges().iter().filter_map(|exchange| exchange.session_sent());
        let heads = trace.exchanges().iter().filter_map(|exchange| exchange.head());
        let received = heads.filter_map(|head| head.headers.get("mcp-session-id"));
        let addresses = trace.exchanges().iter().map(|exchange| exchange.request.url.target());
        let named = addresses.filter_map(|target| session_in_query(target.split_once('?')?.1));
        let ids: Vec<&str> = counted.chain(sent).chain(received).chain(named).filter(|id| !id.is_empty()).collect();
        let taken: BTreeSet<&str> = ids.iter().filter_map(|id| alias_letter(id)).collect();
        let mut free = (0..).map(letter).filter(|letter| !taken.contains(letter.as_str()));
        let mut sessions = BTreeMap::new();
        for id in ids.iter().filter(|id| alias_letter(id).is_none()) {
            if !sessions.contains_key(*id) {
                sessions.insert((*id).to_owned(), free.next().unwrap_or_default());
            }
        }
        Self { sessions, numbers: BTreeMap::new() }
    }

    /// The session ids that nothing may hold from now on. One that reads like a name is a word elsewhere, and can be guessed anyway.
    pub(super) fn session_ids(self) -> Vec<String> {
        self.sessions.into_keys().filter(|id| !is_name(id)).collect()
    }

    /// What is written over a session id; `None` for an id of which this recording knows nothing.
    pub(super) fn session(&self, id: &str) -> Option<Cover> {
        if alias_letter(id).is_some() {
            return Some(Cover::Text(id.to_owned()));
        }
        let letter = self.sessions.get(id)?;
        // As the notation writes it: what makes an id illegal is what such a session fails for.
        let illegal = id.chars().find(|c| !is_legal(*c));
        let whole = format!("session{}{letter}", illegal.unwrap_or('-'));
        let short: String = illegal.into_iter().chain(letter.chars()).collect();
        // An id of nothing but what makes it illegal stays: there is nothing else in it.
        let alone = illegal.map(String::from).unwrap_or_default();
        let fits = [whole, short, alone].into_iter().find(|text| text.len() <= id.len());
        Some(fits.map_or(Cover::Stars, Cover::Text))
    }

    /// The number of a text, the same each time it is asked for.
    pub(super) fn number(&mut self, text: &str) -> u32 {
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX).saturating_add(1);
        *self.numbers.entry(text.to_owned()).or_insert(next)
    }
}

/// The session that a query names.
fn session_in_query(query: &str) -> Option<&str> {
    query.split('&').filter_map(|pair| pair.split_once('=')).find(|(name, _)| is_session(name)).map(|(_, id)| id)
}
