//! What came of each exchange, on one line: for lists that have no room for a row per message.

use alloc::collections::BTreeMap;
use alloc::string::String;

use super::steps::{Happening, steps};
use super::words::Teller;
use super::{RowKind, Tone};
use crate::id::{EventRef, ExchangeId};
use crate::trace::Trace;

/// What came of each exchange: its response, the event that answers it, and its end where something is wrong with that. The same
/// words as on the rows of the ladder.
pub fn came(trace: &Trace) -> BTreeMap<ExchangeId, String> {
    let mut teller = Teller::new(trace);
    let mut came: BTreeMap<ExchangeId, String> = BTreeMap::new();
    for step in steps(trace) {
        let words = teller.tell(&step);
        let exchange = step.exchange;
        let refuses = |at: EventRef| exchange.refusal().is_some_and(|(.., refusal)| refusal == at);
        let tells = match step.what {
            Happening::Request | Happening::Dropped(_) => false,
            Happening::Response => true,
            Happening::Item(_) => exchange.answer == Some(step.event) || refuses(step.event),
            Happening::End(_) => {
                let vain = exchange.wants_answer() && exchange.answer.is_none();
                vain || words.tone == Tone::Failed || matches!(words.kind, RowKind::Failure | RowKind::Stopped)
            }
        };
        if tells {
            let line = came.entry(exchange.id).or_default();
            if !line.is_empty() {
                line.push_str(" · ");
            }
            line.push_str(&words.label);
        }
    }
    came
}
