//! One of two recordings that are compared, and what is known of how it was shared.

use alloc::borrow::ToOwned;
use alloc::string::String;

use super::known::Veil;
use crate::trace::Trace;

/// A recording on one side of a comparison.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The recording.
    pub trace: &'a Trace,
    pub(super) veil: Veil,
    /// Whether exchanges were left out of it.
    pub(super) is_partial: bool,
}

impl<'a> Side<'a> {
    /// A recording as it was made.
    pub fn new(trace: &'a Trace) -> Self {
        // Exchanges are counted without a gap, so one shows that some were taken out.
        let last = trace.exchanges().last().map_or(0, |exchange| exchange.id.0 as usize);
        Self { trace, veil: Veil::Lifted, is_partial: last > trace.exchanges().len() }
    }

    /// A text without the id of a session that stands in it: which it was says nothing.
    pub(super) fn without_session(&self, text: &str) -> String {
        let ids = self.trace.sessions().iter().map(|line| line.id.as_str());
        ids.filter(|id| !id.is_empty()).find(|id| text.contains(id)).map_or_else(|| text.to_owned(), |id| text.replace(id, "…"))
    }

    /// One that was shared: a number, a choice or a word in it may stand over another one.
    #[must_use]
    pub const fn shared(self) -> Self {
        Self { veil: Veil::Drawn, ..self }
    }

    /// One that was shared without what has nothing to do with its failure.
    #[must_use]
    pub const fn failure_only(self) -> Self {
        Self { veil: Veil::Drawn, is_partial: true, ..self }
    }
}
