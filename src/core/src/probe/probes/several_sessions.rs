//! Whether one client may have several sessions at once.

use alloc::format;

use super::{Ask, Came, Id, Judged, Probe, Setting, Step, Tells, Tried};
use crate::mcp;
use crate::trace::LeftOut;

pub(super) static PROBE: Probe = Probe {
    slug: "several-sessions",
    title: "Two sessions opened at once, then ended",
    asks: "Whether the server gives each its own session, and lets both be ended.",
    tells: Tells::Rule,
    rules: &[mcp::Step::SessionIssued, mcp::Step::EndSession],
    steps: &[
        Step::new(Ask::Initialize),
        Step::new(Ask::Initialize).at_once(),
        Step::new(Ask::End).session(Id::Of(0)),
        Step::new(Ask::End).session(Id::Of(1)).at_once(),
    ],
    applies,
    judge,
};

fn applies(setting: &Setting) -> Result<(), LeftOut> {
    setting.wants_session()
}

fn judge(tried: &Tried<'_>) -> Judged {
    let (Some(first), Some(second)) = (tried.issued(0), tried.issued(1)) else {
        let odd = if tried.issued(0).is_some() { 1 } else { 0 };
        return Judged::differs(format!("A second and third session could not be opened: {}.", tried.words(odd)));
    };
    if first == second {
        return Judged::differs("Both were given the same id, so what one does the other sees.");
    }
    match (tried.came(2), tried.came(3)) {
        (Came::Taken, Came::Taken) => Judged::expected("Each has an id of its own, and both are ended."),
        (Came::Refused(405), Came::Refused(405)) => {
            Judged::expected("Each has an id of its own. DELETE is refused with 405: clients may not end sessions here.")
        }
        (Came::Taken, _) => Judged::differs(format!("The second could not be ended: {}.", tried.words(3))),
        _ => Judged::differs(format!("The first could not be ended: {}.", tried.words(2))),
    }
}
