//! Whether the server wants the session id that it issued.

use alloc::format;

use super::{Came, Id, Judged, Probe, Setting, Step, Tells, Tried};
use crate::mcp;
use crate::trace::LeftOut;

pub(super) static PROBE: Probe = Probe {
    slug: "no-session-id",
    title: "No session id",
    asks: "Whether the server wants the id that it issued, and says so in the right way.",
    tells: Tells::Rule,
    rules: &[mcp::Step::SessionMissing],
    steps: &[Step::light().session(Id::Left)],
    applies,
    judge,
};

fn applies(setting: &Setting) -> Result<(), LeftOut> {
    setting.wants_session()
}

fn judge(tried: &Tried<'_>) -> Judged {
    match tried.came(0) {
        came if came.is_taken() => Judged::expected("It is answered: the server issues an id and does not need it."),
        Came::Refused(400) => Judged::expected("It is refused with 400, as it should be."),
        Came::Silent => Judged::differs("No answer came in time; 400 is due."),
        _ => Judged::differs(format!("400 is due, and what came is {}.", tried.words(0))),
    }
}
