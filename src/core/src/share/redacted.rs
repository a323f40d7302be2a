//! A recording that can be shown to anybody: the only thing that links and files are made of.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use super::redact::{Values, clean};
use super::report::{Removed, Tally};
use super::{Level, More, failure};
use crate::diagnose::diagnose;
use crate::id::ExchangeId;
use crate::trace::{Record, Trace, What};

/// A recording without its secrets. Made by [`redact`] alone, so that nothing else can become a link.
pub struct Redacted {
    trace: Trace,
    level: Level,
    removed: Vec<Removed>,
    keeps_findings: bool,
    /// The session ids of the original, which must not be in anything that is made of this.
    live: Vec<String>,
}

impl Redacted {
    /// What goes out: a recording like any other, so the page can show it as one.
    pub const fn trace(&self) -> &Trace {
        &self.trace
    }

    /// How much of the recording it is.
    pub const fn level(&self) -> Level {
        self.level
    }

    /// What was removed, by kind.
    pub fn removed(&self) -> &[Removed] {
        &self.removed
    }

    /// Whether the same is found in it as in the recording it was made of: slugs, certainty, evidence and what the wording needs.
    /// It is, unless the person took out what a finding stands on.
    pub const fn keeps_findings(&self) -> bool {
        self.keeps_findings
    }

    pub(super) fn live(&self) -> &[String] {
        &self.live
    }
}

/// A recording with the values in its bodies, for a file that somebody asked for. Headers, addresses, credentials and session
/// ids are covered as ever. A type of its own: no link can be made of it.
pub struct WithBodies {
    trace: Trace,
    removed: Vec<Removed>,
    live: Vec<String>,
}

impl WithBodies {
    /// What goes out.
    pub const fn trace(&self) -> &Trace {
        &self.trace
    }

    /// What was removed, by kind.
    pub fn removed(&self) -> &[Removed] {
        &self.removed
    }

    pub(super) fn live(&self) -> &[String] {
        &self.live
    }
}

/// Takes out of a recording what could be a secret, and what this level does without.
///
/// What may be seen is listed: headers by name and by what their value looks like, members of messages by their place, words by
/// whether they read like words. Everything else is covered with asterisks, as many as it had bytes. Session ids become letters,
/// what else must be told apart (cursors, event ids, parts of paths) gets a number, and of a JSON Web Token algorithm, issuer,
/// audience, scopes and times stay. Redacting what is redacted changes nothing.
pub fn redact(trace: &Trace, level: Level, more: &More) -> Redacted {
    let values = if level == Level::Everything { Values::Listed } else { Values::Covered };
    let cleaned = clean(trace, values, more);
    let (about, live, mut tally) = (cleaned.about, cleaned.live, cleaned.tally);
    let mut records = without(cleaned.records, more);
    if level != Level::Everything {
        records = thin(trace, records);
    }
    if level == Level::Failure {
        records = failure::needed(&about, records);
    }
    let redacted = Trace::of(about, records);
    count_left_out(trace, &redacted, &mut tally);
    let keeps_findings = diagnose(trace) == diagnose(&redacted);
    Redacted { trace: redacted, level, removed: tally.list(), keeps_findings, live }
}

/// Takes out of a recording what could be a credential, and keeps the other values in bodies: arguments, results, answers.
///
/// What looks like made by a generator is covered in them, and what stands under the name of a credential.
pub fn keep_bodies(trace: &Trace, more: &More) -> WithBodies {
    let cleaned = clean(trace, Values::Kept, more);
    let mut tally = cleaned.tally;
    let kept = Trace::of(cleaned.about, without(cleaned.records, more));
    count_left_out(trace, &kept, &mut tally);
    WithBodies { trace: kept, removed: tally.list(), live: cleaned.live }
}

fn without(mut records: Vec<Record>, more: &More) -> Vec<Record> {
    records.retain(|record| record.what.exchange().is_none_or(|id| !more.exchanges.contains(&id)));
    records
}

fn count_left_out(original: &Trace, redacted: &Trace, tally: &mut Tally) {
    let kept: BTreeSet<ExchangeId> = redacted.exchanges().iter().map(|exchange| exchange.id).collect();
    let left_out = original.exchanges().iter().map(|exchange| exchange.id).filter(|id| !kept.contains(id));
    left_out.for_each(|id| tally.leave_out(id));
}

/// Without what only a run itself needs: timers that ran out, and the pieces in which a body came that is no event stream.
fn thin(trace: &Trace, records: Vec<Record>) -> Vec<Record> {
    let is_stream = |id: ExchangeId| trace.exchange(id).is_some_and(|exchange| exchange.is_stream());
    let mut thinned: Vec<Record> = Vec::with_capacity(records.len());
    for record in records {
        let before = thinned.last_mut();
        match (record.what, before) {
            (What::Tick, _) => {}
            (What::Chunk(id, piece), Some(Record { at, what: What::Chunk(before, bytes) }))
                if *before == id && !is_stream(id) =>
            {
                *at = record.at;
                bytes.extend(piece);
            }
            (what, _) => thinned.push(Record { what, ..record }),
        }
    }
    thinned
}
