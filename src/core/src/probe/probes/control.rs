//! A request as it should be: what every other probe is compared with.

use alloc::format;

use super::{Came, Judged, Probe, Setting, Step, Tells, Tried};
use crate::mcp;
use crate::trace::LeftOut;

pub(super) static PROBE: Probe = Probe {
    slug: "control",
    title: "Everything as it should be",
    asks: "Whether a request with the given token, the session id in use and the agreed revision is still answered.",
    tells: Tells::Cause,
    rules: &[mcp::Step::SessionSent, mcp::Step::TokenSent],
    steps: &[Step::light()],
    applies,
    judge,
};

fn applies(setting: &Setting) -> Result<(), LeftOut> {
    match (setting.checkup && setting.fresh, setting.open) {
        (true, true) => Err(LeftOut::Shown),
        (true, false) => Err(LeftOut::NotOpen),
        (false, _) => Ok(()),
    }
}

fn judge(tried: &Tried<'_>) -> Judged {
    match tried.came(0) {
        came if came.is_taken() => Judged::expected("It is answered: token, session and address are good."),
        Came::Silent => Judged::differs("No answer came in time."),
        _ => Judged::differs(format!("It is not answered: {}.", tried.words(0))),
    }
}
