//! What the server does with a body that is not said to be JSON.

use alloc::format;

use super::{Came, Judged, Probe, Setting, Step, Tells, Tried};
use crate::mcp;
use crate::trace::LeftOut;

pub(super) static PROBE: Probe = Probe {
    slug: "content-type",
    title: "Content-Type: text/plain",
    asks: "Whether the server reads a body that is not said to be JSON.",
    tells: Tells::Habit,
    rules: &[mcp::Step::ContentType],
    steps: &[Step::light().content_type("text/plain")],
    applies,
    judge,
};

fn applies(setting: &Setting) -> Result<(), LeftOut> {
    setting.wants_streamable()?;
    setting.wants_open()
}

fn judge(tried: &Tried<'_>) -> Judged {
    match tried.came(0) {
        came if came.is_taken() => {
            Judged::expected("It is answered: the server reads the body as JSON, whatever it is said to be.")
        }
        Came::Refused(status @ (400 | 406 | 415)) => Judged::expected(format!("It is refused with {status}.")),
        Came::Silent => Judged::differs("No answer came in time."),
        _ => Judged::differs(format!("A refusal with 415 is usual, and what came is {}.", tried.words(0))),
    }
}
