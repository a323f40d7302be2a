//! Reading what somebody has into recordings: a link, one of our files, or the recording of another program, from a file or a text.
//! Where a recording is put is the business of who asked for it. Nothing is sent by it.

use inspector_core::diagnose::{self, Kind};
use inspector_core::import::{self, ImportError, Imported, Read, Reader};
use inspector_core::limits::IMPORT_BYTES;
use inspector_core::share::{self, OpenError, Shared, View};
use inspector_core::trace::notation::NotationError;
use inspector_core::trace::{Outcome, Trace};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Opened, Origin, Store};
use crate::platform::files::File;
use crate::platform::schedule::Steps;

/// Bytes that are taken out of a file at a time.
const SLICE: usize = 1 << 20;

/// Bytes that are read at a time, before it is seen whether the browser should have a turn.
const PIECE: usize = 1 << 15;

/// What is shorter is read before anybody could look at its progress, in bytes.
const SHORT: usize = 2 << 20;

/// A recording that was read and is not on the page yet.
pub(crate) struct Recording {
    /// The recording.
    pub(crate) trace: Trace,
    /// Where somebody was looking.
    pub(crate) view: View,
    /// What there is to say of it.
    pub(crate) opened: Opened,
    /// How it stands in a list.
    pub(crate) listed: Listed,
}

/// A recording in a list of several that came together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Listed {
    /// The address of its server.
    pub(crate) server: String,
    /// How many exchanges it has.
    pub(crate) exchanges: usize,
    /// How it came out.
    pub(crate) outcome: Outcome,
    /// What is wrong first, in a few words.
    pub(crate) cause: Option<&'static str>,
}

/// The recordings that were found, one for each server and at least one; or why there is none.
pub(crate) type Found = Result<Vec<Recording>, String>;

/// What a person has.
pub(crate) enum Given {
    /// A text, and where it was.
    Text(String, Origin),
    /// A file.
    File(File),
}

/// How far the reading of something long has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Progress {
    /// What is read: the name of the file.
    pub(crate) name: String,
    /// Bytes that were read.
    pub(crate) read: usize,
    /// Bytes that there are.
    pub(crate) of: usize,
}

impl Store {
    /// Gives up what is being read. Nothing is told of it.
    pub(crate) fn stop_reading(self) {
        self.readings.update_value(|readings| *readings += 1);
        self.reading.set(None);
    }

    /// Reads recordings, in steps between which the page can be used, and tells what was found. What is being read already is given up.
    pub(crate) fn read(self, given: Given, told: impl FnOnce(Found) + 'static) {
        self.stop_reading();
        let mine = self.readings.get_value();
        spawn_local(async move {
            let goes_on = move || self.readings.get_value() == mine;
            let found = self.read_in_steps(given, &goes_on).await;
            if goes_on() {
                self.reading.set(None);
                told(found);
            }
        });
    }

    async fn read_in_steps(self, given: Given, goes_on: &impl Fn() -> bool) -> Found {
        let (name, length) = match &given {
            Given::Text(text, _) => ("the text".to_owned(), text.len()),
            Given::File(file) => (file.name(), file.len()),
        };
        if length > IMPORT_BYTES {
            return Err(ImportError::TooLong(length).to_string());
        }
        let mut steps = Steps::begin();
        let mut reader = Reader::default();
        for from in (0..length).step_by(SLICE) {
            let to = length.min(from + SLICE);
            let slice = match &given {
                Given::Text(text, _) => text.as_bytes().get(from..to).unwrap_or_default().to_vec(),
                Given::File(file) => {
                    file.bytes_of(from, to).await.map_err(|_| "The browser could not read this file.".to_owned())?
                }
            };
            for piece in slice.chunks(PIECE) {
                reader.feed(piece).map_err(|error| error.to_string())?;
                steps.pause().await;
                if !goes_on() {
                    return Err(String::new());
                }
            }
            if length > SHORT {
                self.reading.set(Some(Progress { name: name.clone(), read: to, of: length }));
            }
        }
        let origin = match given {
            Given::Text(_, origin) => origin,
            Given::File(_) => Origin::File(name),
        };
        let imported = match reader.finish().map_err(|error| error.to_string())? {
            Read::Imported(imported) => imported,
            Read::Text(text) => match open_ours(&text) {
                Ok(opened) => return Ok(vec![ours(opened, origin)]),
                Err(refused) => open_foreign(&text, refused)?,
            },
        };
        let mut found = Vec::new();
        let summaries: Vec<String> = imported.traces.iter().map(|trace| imported.summary(trace)).collect();
        let Imported { traces, notes, .. } = imported;
        let is_list = traces.len() > 1;
        for (trace, summary) in traces.into_iter().zip(summaries) {
            steps.pause().await;
            let opened = Opened { origin: origin.clone(), shared: Shared::Unknown, summary, notes: notes.clone() };
            // What is wrong in one that stands alone is found when it is put somewhere.
            let listed = if is_list { Listed::of(&trace) } else { Listed::in_brief(&trace) };
            found.push(Recording { listed, trace, view: View::default(), opened });
        }
        Ok(found)
    }
}

/// Opens our link, our file, or our notation.
fn open_ours(text: &str) -> Result<share::Opened, OpenError> {
    let is_link = ["http://", "https://", "#trace=", "trace="].iter().any(|start| text.trim_start().starts_with(start));
    if is_link { share::open_link(text) } else { share::open_file(text) }
}

/// Opens what is none of ours, or tells why it is nothing.
fn open_foreign(text: &str, refused: OpenError) -> Result<Imported, String> {
    use OpenError::{NotATrace, NotJson, Notation};
    if !matches!(refused, NotATrace(_) | NotJson { .. } | Notation(NotationError::NotARecording(_))) {
        return Err(refused.to_string());
    }
    import::import(text).map_err(|error| match (refused, error) {
        // It may well be one of ours that came to harm.
        (broken @ NotJson { .. }, ImportError::NotKnown(_)) => broken.to_string(),
        (_, error) => error.to_string(),
    })
}

fn ours(opened: share::Opened, origin: Origin) -> Recording {
    let summary = opened.summary();
    let share::Opened { trace, view, shared } = opened;
    let opened = Opened { origin, shared, summary, notes: Vec::new() };
    Recording { listed: Listed::in_brief(&trace), trace, view, opened }
}

impl Listed {
    /// How a recording stands.
    pub(crate) fn of(trace: &Trace) -> Self {
        let findings = diagnose::diagnose(trace);
        let problem = findings.iter().find(|finding| finding.kind == Kind::Problem);
        Self { cause: problem.map(|finding| finding.cause.title), ..Self::in_brief(trace) }
    }

    /// The same without what is wrong.
    fn in_brief(trace: &Trace) -> Self {
        let (server, exchanges) = (trace.about.server_words(), trace.exchanges().len());
        Self { server, exchanges, outcome: trace.outcome(), cause: None }
    }
}
