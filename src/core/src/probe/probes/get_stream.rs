//! Whether the server offers a stream on which it speaks unasked, and how it says that it does not.

use alloc::format;

use super::{Ask, Came, Judged, Probe, Setting, Step, Tells, Tried, opened_stream};
use crate::mcp::{self, Era};
use crate::trace::LeftOut;

pub(super) static PROBE: Probe = Probe {
    slug: "get-stream",
    title: "GET for an event stream",
    asks: "Whether the server offers a stream on which it speaks unasked.",
    tells: Tells::Rule,
    rules: &[mcp::Step::GetStream],
    steps: &[Step::new(Ask::Stream)],
    applies,
    judge,
};

fn applies(setting: &Setting) -> Result<(), LeftOut> {
    setting.wants_streamable()?;
    setting.wants_open()
}

fn judge(tried: &Tried<'_>) -> Judged {
    let opened = tried.step(0).is_some_and(opened_stream);
    match (tried.came(0), tried.era()) {
        (Came::Taken, Era::Handshake) if opened => Judged::expected("A stream opens."),
        (Came::Refused(405), _) => Judged::expected("It is refused with 405: the server offers no such stream."),
        (Came::Refused(409), Era::Handshake) => {
            Judged::expected("It is refused with 409: another stream of this session is open, and there is one at most.")
        }
        (Came::Silent, _) => Judged::differs("No answer came in time; an event stream or 405 is due."),
        (_, Era::Handshake) => Judged::differs(format!("An event stream or 405 is due, and what came is {}.", tried.words(0))),
        (_, Era::Stateless) => Judged::differs(format!("405 is due, and what came is {}.", tried.words(0))),
    }
}
