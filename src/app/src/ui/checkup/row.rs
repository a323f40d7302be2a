//! One row of the matrix: a probe, the requests it sent with what came for each, the rules, and the verdict.

use inspector_core::id::EventRef;
use inspector_core::probe::{self, Entry, Judged, Probe, Verdict};
use inspector_core::trace::Trace;

use crate::store::Store;
use crate::ui::dom::{El, button, el, when};
use crate::ui::shown::plain;

/// A probe, and what came of it.
#[derive(Clone, PartialEq)]
pub(super) struct Row {
    probe: &'static Probe,
    /// What came of it; nothing when it was not decided about yet.
    came: Option<Judged>,
    /// Each request with what came for it, and where that is.
    steps: Vec<(String, EventRef)>,
    /// What the specification says, and where.
    rules: Vec<(&'static str, &'static str)>,
    /// The revision it is quoted for.
    revision: String,
}

impl Row {
    /// The row of a probe in a recording.
    pub(super) fn of(entry: &Entry<'_>, trace: &Trace) -> Self {
        let steps = entry.tried.iter().flat_map(|(run, _)| run.steps.iter().zip(entry.probe.steps));
        let steps = steps.filter_map(|(id, step)| {
            let exchange = trace.exchange(*id)?;
            let what = exchange.method().unwrap_or_else(|| exchange.request.method.as_str());
            let apart = if step.apart().is_empty() { String::new() } else { format!(", {}", step.apart()) };
            let at = if exchange.response.is_some() { EventRef::response(*id) } else { EventRef::request(*id) };
            Some((format!("{what}{apart}: {}", probe::words(trace, exchange)), at))
        });
        let notes = probe::expects(entry.probe, trace);
        Self {
            probe: entry.probe,
            came: entry.tried.as_ref().map(|(_, judged)| judged.clone()),
            steps: steps.collect(),
            revision: notes.first().map(|note| note.revision.to_string()).unwrap_or_default(),
            rules: notes.into_iter().map(|note| (note.text, note.chapter)).collect(),
        }
    }
}

/// The row in the table.
pub(super) fn row(row: Row) -> El {
    let store = Store::get();
    let Row { probe, came, steps, rules, revision } = row;
    let (verdict, says) = match came {
        Some(came) => (came.verdict, came.says),
        None => (Verdict::NotTried, "Not tried yet.".to_owned()),
    };
    let tone = match verdict {
        Verdict::AsExpected => "chip ok",
        Verdict::Differs => "chip bad",
        Verdict::Unseen => "chip warn",
        Verdict::NotTried => "chip mut",
    };
    let link = |(text, at): (String, EventRef)| el("li").child(button(plain(&text), move || store.look_at(at)).class("link"));
    let arrows = (!steps.is_empty()).then(|| el("ul").class("proof").children(steps.into_iter().map(link)));
    let tried = verdict != Verdict::NotTried;
    let again = when(
        move || store.can_probe(),
        move || {
            button(if tried { "Try again" } else { "Try it" }, move || store.probe(probe))
                .class("link")
                .attr("aria-label", format!("{}: {}", if tried { "Try again" } else { "Try it" }, probe.title))
                .attr("title", probe.asks)
        },
    );
    // Roles, because a table that is laid out as a grid is one to the eye only.
    el("tr")
        .attr("role", "row")
        .attr("data-probe", probe.slug)
        .attr("data-verdict", verdict.word())
        .child(el("th").attr("role", "rowheader").attr("title", probe.asks).child(probe.title))
        .child(el("td").attr("role", "cell").child(el("p").child(plain(&says))).child(arrows))
        .child(el("td").attr("role", "cell").child(expectation(verdict, rules, &revision)))
        .child(el("td").attr("role", "cell").child(el("span").class(tone).child(verdict.as_str())))
        .child(el("td").attr("role", "cell").child(again))
}

/// What the specification says; where that is what counts, in full, else folded.
fn expectation(verdict: Verdict, rules: Vec<(&'static str, &'static str)>, revision: &str) -> El {
    if rules.is_empty() {
        return el("p").class("quiet").child("The specification does not say.");
    }
    let rule = |(text, chapter): (&str, &str)| el("p").class("quiet").attr("title", chapter).child(text);
    el("details")
        .flag("open", verdict == Verdict::Differs)
        .child(el("summary").child(format!("What {revision} says")))
        .children(rules.into_iter().map(rule))
}
