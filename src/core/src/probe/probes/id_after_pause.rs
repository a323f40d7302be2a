//! Whether the session outlives a short silence.

use alloc::format;

use super::{Came, Judged, Probe, Setting, Step, Tells, Tried};
use crate::mcp;
use crate::trace::LeftOut;

pub(super) static PROBE: Probe = Probe {
    slug: "id-after-pause",
    title: "The session id after five seconds of silence",
    asks: "Whether the server forgets a session that is quiet for a moment. Watch finds out about longer ones.",
    tells: Tells::Cause,
    rules: &[mcp::Step::SessionUnknown],
    steps: &[Step::light().after_a_pause()],
    applies,
    judge,
};

fn applies(setting: &Setting) -> Result<(), LeftOut> {
    // With HTTP+SSE the address holds the id.
    if setting.over_sse { setting.wants_open() } else { setting.wants_session() }
}

fn judge(tried: &Tried<'_>) -> Judged {
    match tried.came(0) {
        came if came.is_taken() => Judged::expected("The session is still known."),
        Came::Silent => Judged::differs("No answer came in time."),
        _ => Judged::differs(format!("After five seconds of silence the session is refused: {}.", tried.words(0))),
    }
}
