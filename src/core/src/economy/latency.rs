//! How long answers took, by method: from the request to its answer, on whichever stream that came.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::id::EventRef;
use crate::rpc::Message;
use crate::sort::sort_by;
use crate::time::Micros;
use crate::trace::{Exchange, Placed, Trace};

/// How long the answers to one method took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Latency {
    /// The JSON-RPC method.
    pub method: String,
    /// How often it was asked.
    pub asked: usize,
    /// How often an answer came, a result or an error; what was refused by its status alone has none.
    pub answered: usize,
    /// How long that took; `None` when no answer came, or the recording has no times.
    pub spread: Option<Spread>,
}

/// The order statistics of some spans of time. A percentile is one of the spans: the smallest that so many percent of them do
/// not exceed (nearest rank).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// The shortest.
    pub min: Micros,
    /// The median.
    pub p50: Micros,
    /// Nine of ten take no longer.
    pub p90: Micros,
    /// All but one in a hundred take no longer.
    pub p99: Micros,
    /// The longest.
    pub max: Micros,
}

impl Spread {
    /// The statistics of these spans; `None` when there are none.
    pub fn of(mut spans: Vec<Micros>) -> Option<Self> {
        sort_by(&mut spans, |span| [span.0, 0, 0]);
        let (min, max) = (*spans.first()?, *spans.last()?);
        let rank = |percent: usize| spans.get((spans.len() * percent).div_ceil(100).saturating_sub(1)).copied().unwrap_or(max);
        Some(Self { min, p50: rank(50), p90: rank(90), p99: rank(99), max })
    }
}

#[derive(Default)]
struct Asked {
    first: usize,
    asked: usize,
    spans: Vec<Micros>,
}

/// The latencies of a recording, the most frequent method first.
pub(super) fn by_method(trace: &Trace) -> Vec<Latency> {
    let mut methods: BTreeMap<&str, Asked> = BTreeMap::new();
    let counted = trace.exchanges().iter().filter(|exchange| !exchange.purpose.is_probe());
    for exchange in counted {
        for call in exchange.calls.iter().filter(|call| call.asks().is_some()) {
            let Some(method) = call.method() else { continue };
            let first = methods.len();
            let asked = methods.entry(method).or_insert_with(|| Asked { first, ..Asked::default() });
            asked.asked += 1;
            asked.spans.extend(answered_at(trace, exchange, call).map(|at| at.saturating_sub(exchange.at)));
        }
    }
    let mut methods: Vec<(&str, Asked)> = methods.into_iter().collect();
    sort_by(&mut methods, |(_, asked)| [u64::MAX - asked.asked as u64, asked.first as u64, 0]);
    let timed = super::span(trace).is_some();
    let latency = |(method, Asked { asked, spans, .. }): (&str, Asked)| Latency {
        method: method.to_owned(),
        asked,
        answered: spans.len(),
        spread: Spread::of(spans).filter(|_| timed),
    };
    methods.into_iter().map(latency).collect()
}

/// When the answer to a call had arrived whole.
fn answered_at(trace: &Trace, exchange: &Exchange, call: &Message) -> Option<Micros> {
    // Of a batch the trace remembers one answer; the others came back on the same exchange (2025-03-26, batching).
    let of_call = |(_, placed): &(EventRef, &Placed)| placed.message.answers() == call.asks();
    let answer = if exchange.calls.len() > 1 { exchange.received().find(of_call).map(|(at, _)| at) } else { exchange.answer };
    trace.item(answer?).map(|item| item.at)
}
