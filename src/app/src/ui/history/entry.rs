//! A recording as it is kept: redacted like a link and looked through for secrets; and how much is kept of all of them.

use inspector_core::limits::{HISTORY_BYTES, HISTORY_RECORDING_BYTES, HISTORY_RECORDINGS};
use inspector_core::numbers::count;
use inspector_core::share::{self, Level};
use inspector_core::trace::Trace;
use leptos::prelude::*;

use super::keeping::History;
use crate::platform::clock;
use crate::platform::database::{Database, Entry, Refused};
use crate::store::Listed;

impl History {
    /// The recording on the page as it is kept: redacted as a link is at the level "everything", and looked through for secrets.
    pub(super) fn made(self, id: f64) -> Option<(Entry, String)> {
        let made = untrack(|| self.store.with_trace(|trace| self.entry(id, trace)))?;
        self.word.set(made.as_ref().err().map(|why| format!("This recording is not kept in the history. {why}")));
        made.ok()
    }

    fn entry(self, id: f64, trace: &Trace) -> Result<(Entry, String), String> {
        if trace.held_bytes() > HISTORY_RECORDING_BYTES {
            return Err(format!("It is larger than {} MB.", HISTORY_RECORDING_BYTES / 1_000_000));
        }
        let redacted = share::redact(trace, Level::Everything, &self.sharing.more());
        let text = self.sharing.with_secrets(|secrets| share::file(&redacted, &self.store.view(), secrets));
        let text = text.map_err(|taint| taint.to_string())?;
        let listed = Listed::of(redacted.trace());
        let entry = Entry {
            id,
            name: listed.server.clone(),
            server: listed.server,
            at: trace.about.began.unwrap_or_else(clock::wall).0 as f64,
            outcome: listed.outcome.as_str().to_owned(),
            cause: listed.cause.unwrap_or_default().to_owned(),
            exchanges: listed.exchanges as f64,
            bytes: text.len() as f64,
        };
        Ok((entry, text))
    }

    /// Removes the oldest until the rest is within the bounds.
    pub(super) async fn make_room(self, database: &Database) -> Result<(), Refused> {
        let mut bytes = 0.0;
        let mut old = Vec::new();
        for (n, entry) in database.list().await?.into_iter().enumerate() {
            bytes += entry.bytes;
            if n >= HISTORY_RECORDINGS || bytes > HISTORY_BYTES as f64 {
                old.push(entry.id);
            }
        }
        if !old.is_empty() {
            self.word.set(Some(format!("{} made room for a later one.", count(old.len() as u64, "older recording"))));
            database.remove(&old).await?;
        }
        Ok(())
    }
}
