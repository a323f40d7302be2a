//! The append-only log of a trace, and the bytes of its bodies under a memory limit.
//!
//! Of a body that is too long to keep, the beginning and the end stay; what was dropped between them is counted.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::ops::Range;

use super::record::{Record, What};
use crate::id::ExchangeId;
use crate::limits::{BODY_HEAD_BYTES, BODY_HEAD_CHUNKS, BODY_TAIL_BYTES, BODY_TAIL_CHUNKS, JSON_BODY_BYTES, TRACE_BYTES};
use crate::time::Micros;

/// Records in the order they happened.
#[derive(Clone, Debug)]
pub(super) struct Log {
    entries: Vec<Entry>,
    /// One for each request, in their order.
    bodies: Vec<(ExchangeId, Body)>,
    /// Bytes of all bodies together.
    held: usize,
}

/// A record as it is stored: the bytes of chunks live in the bodies.
#[derive(Clone, Debug)]
enum Entry {
    Record(Box<Record>),
    Chunk { at: Micros, exchange: ExchangeId, start: usize, end: usize },
}

#[derive(Clone, Debug, Default)]
struct Body {
    /// The beginning, up to `limit` bytes.
    head: Vec<u8>,
    head_chunks: usize,
    limit: usize,
    /// The newest chunks after the beginning, oldest first.
    tail: VecDeque<(Micros, Vec<u8>)>,
    tail_bytes: usize,
    /// Bytes between beginning and tail that were let go.
    dropped: u64,
    received: u64,
}

impl Body {
    /// So many bytes of the tail, after leaving out `skip`; `None` when there are fewer.
    fn last_bytes(&self, skip: usize, length: usize) -> Option<Vec<u8>> {
        let mut skip = skip;
        let mut bytes = Vec::with_capacity(length.min(self.tail_bytes));
        for (_, chunk) in &self.tail {
            let from = skip.min(chunk.len());
            skip -= from;
            let room = length - bytes.len();
            bytes.extend(chunk.get(from..).unwrap_or_default().iter().take(room));
        }
        (bytes.len() == length).then_some(bytes)
    }
}

impl Log {
    pub(super) const fn new() -> Self {
        Self { entries: Vec::new(), bodies: Vec::new(), held: 0 }
    }

    /// Appends a record. What does not fit is counted, never silently lost.
    pub(super) fn push(&mut self, record: Record) {
        match record.what {
            What::Chunk(exchange, bytes) if bytes.len() > BODY_TAIL_BYTES => {
                // In pieces, so that the two ends of it can be kept.
                bytes.chunks(BODY_TAIL_BYTES).for_each(|piece| self.push_chunk(record.at, exchange, piece.to_vec()));
            }
            What::Chunk(exchange, bytes) => self.push_chunk(record.at, exchange, bytes),
            What::Request(exchange, ..) => {
                self.bodies.push((exchange, Body::default()));
                self.entries.push(Entry::Record(Box::new(record)));
            }
            What::Response(exchange, ref head) => {
                if let Some(body) = self.body_mut(exchange) {
                    body.limit = if head.is_event_stream() { BODY_HEAD_BYTES } else { JSON_BODY_BYTES };
                }
                self.entries.push(Entry::Record(Box::new(record)));
            }
            What::Dropped(exchange, bytes) => {
                if let Some(body) = self.body_mut(exchange) {
                    body.dropped += bytes;
                    body.received += bytes;
                    // What follows in a recording that was read back is the tail of the body.
                    body.limit = 0;
                }
                self.entries.push(Entry::Record(Box::new(record)));
            }
            _ => self.entries.push(Entry::Record(Box::new(record))),
        }
    }

    fn body(&self, exchange: ExchangeId) -> Option<&Body> {
        let slot = self.bodies.binary_search_by_key(&exchange, |(id, _)| *id).ok()?;
        self.bodies.get(slot).map(|(_, body)| body)
    }

    fn body_mut(&mut self, exchange: ExchangeId) -> Option<&mut Body> {
        let slot = self.bodies.binary_search_by_key(&exchange, |(id, _)| *id).ok()?;
        self.bodies.get_mut(slot).map(|(_, body)| body)
    }

    fn push_chunk(&mut self, at: Micros, exchange: ExchangeId, bytes: Vec<u8>) {
        let room = TRACE_BYTES.saturating_sub(self.held);
        // Not by `body_mut`, which would borrow all of the log.
        let Ok(slot) = self.bodies.binary_search_by_key(&exchange, |(id, _)| *id) else { return };
        let body = &mut self.bodies[slot].1;
        body.received += bytes.len() as u64;
        let start = body.head.len();
        let fits = start + bytes.len() <= body.limit && bytes.len() <= room && body.head_chunks < BODY_HEAD_CHUNKS;
        if body.tail.is_empty() && fits {
            body.head.extend_from_slice(&bytes);
            body.head_chunks += 1;
            self.held += bytes.len();
            self.entries.push(Entry::Chunk { at, exchange, start, end: start + bytes.len() });
            return;
        }
        body.tail_bytes += bytes.len();
        self.held += bytes.len();
        body.tail.push_back((at, bytes));
        let limit = BODY_TAIL_BYTES.min(room.max(BODY_TAIL_BYTES / 16));
        while body.tail.len() > 1 && (body.tail_bytes > limit || body.tail.len() > BODY_TAIL_CHUNKS) {
            if let Some((_, oldest)) = body.tail.pop_front() {
                body.tail_bytes -= oldest.len();
                body.dropped += oldest.len() as u64;
                self.held -= oldest.len();
            }
        }
    }

    /// The bytes of a body in a range, if they were kept whole.
    pub(super) fn bytes(&self, exchange: ExchangeId, range: Range<u64>) -> Option<Cow<'_, [u8]>> {
        let body = self.body(exchange)?;
        let (start, end) = (usize::try_from(range.start).ok()?, usize::try_from(range.end).ok()?);
        if start > end {
            return None;
        }
        if end <= body.head.len() {
            return body.head.get(start..end).map(Cow::Borrowed);
        }
        let tail_start = body.head.len() as u64 + body.dropped;
        let skip = usize::try_from(range.start.checked_sub(tail_start)?).ok()?;
        body.last_bytes(skip, end - start).map(Cow::Owned)
    }

    /// A body of which every byte came into its beginning.
    pub(super) fn whole(&self, exchange: ExchangeId) -> Option<&[u8]> {
        let Some(body) = self.body(exchange) else { return Some(&[]) };
        (body.head.len() as u64 == body.received).then_some(&body.head)
    }

    /// The kept beginning of a body.
    pub(super) fn head(&self, exchange: ExchangeId) -> &[u8] {
        self.body(exchange).map_or(&[], |body| &body.head)
    }

    /// Bytes received for a body, kept or not.
    pub(super) fn received(&self, exchange: ExchangeId) -> u64 {
        self.body(exchange).map_or(0, |body| body.received)
    }

    /// Bytes of a body that were received and let go.
    pub(super) fn dropped(&self, exchange: ExchangeId) -> u64 {
        self.body(exchange).map_or(0, |body| body.dropped)
    }

    /// Bytes of bodies held now.
    pub(super) const fn held(&self) -> usize {
        self.held
    }

    /// Every record in order, as it could be pushed again. The kept end of a long body follows its `Dropped` record,
    /// right before the exchange ends, or at the end of a recording that is still going on.
    pub(super) fn records(&self) -> Vec<Record> {
        let mut records = Vec::new();
        let mut open: Vec<ExchangeId> = self.bodies.iter().filter(|(_, b)| !b.tail.is_empty()).map(|(id, _)| *id).collect();
        for entry in &self.entries {
            match entry {
                Entry::Chunk { at, exchange, start, end } => {
                    let bytes = self.head(*exchange).get(*start..*end).unwrap_or_default();
                    records.push(Record { at: *at, what: What::Chunk(*exchange, bytes.to_vec()) });
                }
                Entry::Record(record) => {
                    if let What::End(exchange, _) = record.what
                        && let Some(at) = open.iter().position(|id| *id == exchange)
                    {
                        self.push_tail(open.remove(at), &mut records);
                    }
                    records.push((**record).clone());
                }
            }
        }
        for exchange in open {
            self.push_tail(exchange, &mut records);
        }
        records
    }

    fn push_tail(&self, exchange: ExchangeId, records: &mut Vec<Record>) {
        let Some(body) = self.body(exchange) else { return };
        let Some((first, _)) = body.tail.front() else { return };
        let already = self
            .entries
            .iter()
            .any(|entry| matches!(entry, Entry::Record(r) if matches!(r.what, What::Dropped(id, _) if id == exchange)));
        if body.dropped > 0 && !already {
            records.push(Record { at: *first, what: What::Dropped(exchange, body.dropped) });
        }
        records.extend(body.tail.iter().map(|(at, bytes)| Record { at: *at, what: What::Chunk(exchange, bytes.clone()) }));
    }
}
