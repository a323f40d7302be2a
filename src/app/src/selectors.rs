//! What the views show, computed from the recording once for all of them.

use inspector_core::diagnose::{self, Finding, Kind, Report};
use inspector_core::diagram::{self, Diagram, Mark, Options, TimeMode};
use inspector_core::fingerprint::{self, LooksLike};
use leptos::prelude::*;

use crate::platform::{location, time_zone};
use crate::store::{Gutter, Store};

/// A finding with its wording.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Told {
    /// What was found.
    pub(crate) finding: Finding,
    /// What it says.
    pub(crate) report: Report,
}

/// The derived state, as handles that can be copied around.
#[derive(Clone, Copy)]
pub(crate) struct Selectors {
    /// The findings, root cause first.
    pub(crate) findings: Memo<Vec<Told>>,
    /// What the server seems to be made with.
    pub(crate) looks_like: Memo<Option<LooksLike>>,
    /// The sequence diagram at the current width.
    pub(crate) diagram: Memo<Option<Diagram>>,
    /// The width the diagram has, in pixels.
    pub(crate) width: RwSignal<u32>,
}

impl Selectors {
    /// The selectors over a store.
    pub(crate) fn new(store: Store) -> Self {
        let width = RwSignal::new(640);
        let findings = Memo::new(move |_| store.with_trace(tell).unwrap_or_default());
        let diagram = Memo::new(move |_| {
            let marks: Vec<Mark> = findings.with(|told| {
                let of = |told: &Told| {
                    let at = *told.finding.evidence.first()?;
                    Some(Mark { at, slug: told.finding.cause.slug.to_owned(), label: told.finding.cause.title.to_owned() })
                };
                told.iter().filter(|told| told.finding.kind == Kind::Problem).filter_map(of).collect()
            });
            let here = location::origin();
            let made_elsewhere =
                store.with_trace(|trace| trace.about.page.as_ref().is_some_and(|page| *page != here)).unwrap_or_default();
            let options = Options {
                time: match store.gutter.get() {
                    Gutter::SinceStart => TimeMode::SinceStart,
                    Gutter::SincePrevious => TimeMode::SincePrevious,
                    Gutter::Clock => TimeMode::Clock,
                    Gutter::SinceSelected => store.selected.get().map_or(TimeMode::SinceStart, TimeMode::SinceSelected),
                },
                comments: store.comments.get(),
                width: width.get(),
                utc_offset_minutes: time_zone::utc_offset_minutes(),
                made_elsewhere,
            };
            store.with_trace(|trace| diagram::layout(trace, &marks, &options))
        });
        let looks_like = Memo::new(move |_| store.with_trace(fingerprint::looks_like).flatten());
        Self { findings, looks_like, diagram, width }
    }

    /// The selectors of this page.
    pub(crate) fn get() -> Self {
        expect_context()
    }
}

fn tell(trace: &inspector_core::trace::Trace) -> Vec<Told> {
    let findings = diagnose::diagnose(trace);
    findings.into_iter().map(|finding| Told { report: diagnose::report(&finding, trace), finding }).collect()
}
