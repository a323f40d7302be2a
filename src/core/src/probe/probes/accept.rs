//! What the server does when only one of the two media types is accepted.

use alloc::format;

use super::{Came, Judged, Probe, Setting, Step, Tells, Tried};
use crate::mcp;
use crate::trace::LeftOut;

pub(super) static PROBE: Probe = Probe {
    slug: "accept",
    title: "Accept: JSON only, then event streams only",
    asks: "Whether clients that accept only one of the two kinds of answer are served or refused.",
    tells: Tells::Habit,
    rules: &[mcp::Step::NotAcceptable],
    steps: &[Step::light().accept("application/json"), Step::light().accept("text/event-stream")],
    applies,
    judge,
};

fn applies(setting: &Setting) -> Result<(), LeftOut> {
    setting.wants_streamable()?;
    setting.wants_open()
}

fn judge(tried: &Tried<'_>) -> Judged {
    let says = |n| match tried.came(n) {
        came if came.is_taken() => "it is answered".into(),
        Came::Refused(406) => "it is refused with 406".into(),
        _ => tried.words(n),
    };
    let good = |n| tried.came(n).is_taken() || matches!(tried.came(n), Came::Refused(400 | 406));
    let words = format!("With JSON alone {}; with event streams alone {}.", says(0), says(1));
    if good(0) && good(1) { Judged::expected(words) } else { Judged::differs(words) }
}
